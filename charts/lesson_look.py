"""The colours of what only the lessons' figures show; none of them has another meaning in `charts.look`."""

GRADIENT = "#B8860B"
AFTER = "#7B61C8"
GUESS = "#9A6032"
"""What a person has predicted."""

GRADIENT_LINE = {"color": GRADIENT, "width": 2, "dash": "dash"}
AFTER_LINE = {"color": AFTER, "width": 4, "dash": "dashdot"}
GUESS_LINE = {"color": GUESS, "width": 3, "dash": "longdash"}
GUESS_POINT = {"color": GUESS, "size": 12, "symbol": "square", "line": {"width": 1.5, "color": "white"}}
