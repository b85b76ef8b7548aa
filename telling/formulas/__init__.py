"""One training step in formulas: each part in a file of its own, and `parts` puts them together."""
