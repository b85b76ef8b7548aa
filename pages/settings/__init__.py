"""What can be set: one table, completing what was not chosen, and the link that holds it. No widget in sight."""
