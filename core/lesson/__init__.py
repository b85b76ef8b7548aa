"""What the lessons compute: one step with every number, finite differences, suspects and slips."""
