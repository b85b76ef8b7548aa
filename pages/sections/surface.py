"""The map of the loss, from above or in three dimensions, with the path of the run on it."""

from charts.contours import Walk
from charts.surface import contour_figure, surface_figure
from core.theory.planes import Sheet, along_paths, over_pair
from core.theory.quadratic import Quadratic
from core.theory.slices import Plane
from core.training import History
from pages.player.player import Picture
from telling.surface import Pair, axis_names
from wording import _


def plane_of(history: History, known: Quadratic | None, pair: Pair) -> Plane | Sheet:
    """Return the plane of two parameters, counted from 0, or of none of them, the path's own."""
    if pair is None:
        return along_paths([history])
    if known is None:
        return over_pair([history], pair)
    ends_well = history.diverged_at is None
    return known.plane(history.parameters[-1] if ends_well else known.best(history.parameters[0]), pair)


def map_picture(
    history: History, plane: Plane | Sheet, pair: Pair, iterations: list[int], view: str, sentence: str
) -> Picture:
    """Return the picture of the loss over the plane, with the path of the run."""
    path = history.parameters[iterations]
    path = plane.seen(path) if isinstance(plane, Sheet) else path[:, list(pair or ())]
    walk = Walk(path, plane, axis_names(history, pair))
    alt = _("The loss over {first} and {second}, with the path of the run from its start to its end. {sentence}")
    alt = alt.format(first=walk.names[0], second=walk.names[1], sentence=sentence)
    draw = surface_figure if view == "3d" else contour_figure
    return Picture(draw(walk, iterations), alt, share=1.2)
