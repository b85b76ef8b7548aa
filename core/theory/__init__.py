"""What can be known of a run without taking its steps."""
