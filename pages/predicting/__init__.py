"""Predict first: what is asked in this session before a page shows its run, and what has been answered."""
