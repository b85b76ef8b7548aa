"""Figures: a history in, a plotly figure with frames out. No web page in sight."""
