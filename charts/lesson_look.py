"""The colours of what only the lessons' figures show; none of them has another meaning in `charts.look`."""

GRADIENT = "#B8860B"
AFTER = "#7B61C8"

GRADIENT_LINE = {"color": GRADIENT, "width": 2, "dash": "dash"}
AFTER_LINE = {"color": AFTER, "width": 4, "dash": "dashdot"}
