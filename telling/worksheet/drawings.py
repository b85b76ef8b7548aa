"""The drawings of the worksheet: an empty graph, the same with its curve, and four corners."""

from collections.abc import Sequence

import numpy as np

from core.data.builtin import celsius
from core.lesson.variant import Variant
from core.theory.quadratic import quadratic
from telling.worksheet.room import picture
from wording import SUPERSCRIPTS, _, number

WIDTH, HEIGHT = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 70, 620, 16, 200
DECADES_OF_RATES = (-6, -2)
DECADES_OF_LOSS = (0, 4)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
    'font-size="15">{inside}</svg>'
)
TRIED = np.logspace(*DECADES_OF_RATES, 600)


def graph(variant: Variant, *, solved: bool = False) -> str:
    """Return a graph of the loss over the learning rate: empty, or with the curve."""
    drawn = f"{_grid()}{_curve(variant) if solved else ''}"
    alt = (
        _("The curve of the loss at the end over the learning rate.") if solved else _("An empty graph for your curve.")
    )
    return picture(SVG.format(width=WIDTH, height=HEIGHT, inside=drawn), alt, "graph")


def _grid() -> str:
    rates, losses = (range(low, high + 1) for low, high in (DECADES_OF_RATES, DECADES_OF_LOSS))
    columns = "".join(
        f'<path d="M{_x(10.0**e):.1f} {TOP}V{BOTTOM}" stroke="#999"/>'
        f'<text x="{_x(10.0**e):.1f}" y="{BOTTOM + 20}" text-anchor="middle">10{str(e).translate(SUPERSCRIPTS)}</text>'
        for e in rates
    )
    rows = "".join(
        f'<path d="M{LEFT} {_y(10.0**e):.1f}H{RIGHT}" stroke="#999"/>'
        f'<text x="{LEFT - 8}" y="{_y(10.0**e) + 5:.1f}" text-anchor="end">{number(10.0**e)}</text>'
        for e in losses
    )
    names = _("learning rate"), _("loss at the end")
    below = f'<text x="{(LEFT + RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{names[0]}</text>'
    beside = f'<text transform="rotate(-90 14 108)" x="14" y="108" text-anchor="middle">{names[1]}</text>'
    return columns + rows + below + beside


def _curve(variant: Variant) -> str:
    """Draw the curve up to the wall, and where that stands."""
    losses, limit = variant.losses(TRIED), _x(quadratic(celsius()).limits.stable)
    inside = slice(0, int(np.argmax(losses > 10.0 ** DECADES_OF_LOSS[1])) + 1)
    points = " ".join(
        f"{_x(rate):.1f},{_y(loss):.1f}" for rate, loss in zip(TRIED[inside], losses[inside], strict=True)
    )
    wall = f'<path d="M{limit:.1f} {TOP}V{BOTTOM}" stroke="#000" stroke-dasharray="6 4"/>'
    word = _("limit")
    name = f'<text x="{limit + 8:.1f}" y="{TOP + 30}">{word}</text>'
    return f'<polyline points="{points}" fill="none" stroke="#000" stroke-width="3"/>{wall}{name}'


def _x(rate: float) -> float:
    low, high = DECADES_OF_RATES
    return float(LEFT + (np.log10(rate) - low) / (high - low) * (RIGHT - LEFT))


def _y(loss: float) -> float:
    low, high = DECADES_OF_LOSS
    height = np.log10(np.clip(loss, 10.0**low, 10.0**high)) - low
    return float(BOTTOM - height / (high - low) * (BOTTOM - TOP))


def corners(classes: Sequence[int]) -> str:
    """Return four corners, those of the second class filled."""
    places = ((30, 90), (120, 90), (30, 30), (120, 30))
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="10" stroke="#000" stroke-width="2" fill="{"#000" if one else "none"}"/>'
        for (x, y), one in zip(places, classes, strict=True)
    )
    return picture(SVG.format(width=150, height=120, inside=dots), _("Four corners, two of them filled."), "corners")
