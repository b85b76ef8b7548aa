import pytest

from charts.parabola import parabola_figure
from tests.charts.figures import PARABOLA, SPAN
from tests.charts.seen import ranges, trace

DRAWN = parabola_figure(PARABOLA, 3.0, SPAN, "weight", landing=1.0)
WITHOUT_LANDING = parabola_figure(PARABOLA, 3.0, SPAN, "weight")


def test_the_curve_is_the_parabola_over_the_span() -> None:
    curve = trace(DRAWN, "loss")
    assert (curve["x"][0], curve["x"][-1]) == SPAN
    assert curve["y"] == pytest.approx([1 + 2 * (x - 2) ** 2 for x in curve["x"]])


def test_the_ball_lies_on_the_parabola() -> None:
    ball = trace(DRAWN, "now")
    assert (ball["x"], ball["y"]) == ([3.0], [3.0])


def test_the_tangent_touches_the_parabola_at_the_ball_with_its_slope() -> None:
    tangent = trace(DRAWN, "tangent")
    (left, right), (low, high) = tangent["x"], tangent["y"]
    assert (high - low) / (right - left) == pytest.approx(4.0)
    assert ((left + right) / 2, (low + high) / 2) == pytest.approx((3.0, 3.0))


def test_the_star_stands_at_the_bottom() -> None:
    star = trace(DRAWN, "best possible")
    assert (star["x"], star["y"], star["marker"]["symbol"]) == ([2.0], [1.0], "star")


def test_the_arrow_goes_from_the_ball_to_the_landing_at_the_ball_s_height() -> None:
    arrow = trace(DRAWN, "the step: − learning rate · slope")
    assert (arrow["x"], arrow["y"]) == ([3.0, 1.0], [3.0, 3.0])


def test_the_landing_lies_on_the_parabola() -> None:
    landing = trace(DRAWN, "after the step")
    assert (landing["x"], landing["y"]) == ([1.0], [3.0])


def test_without_a_landing_there_is_no_arrow() -> None:
    names = [part["name"] for part in WITHOUT_LANDING["data"]]
    assert names == ["loss", "tangent", "best possible", "now"]


def test_the_ranges_do_not_depend_on_the_landing() -> None:
    assert ranges(parabola_figure(PARABOLA, 3.0, SPAN, "weight", landing=1e300)) == ranges(WITHOUT_LANDING)


def test_the_ranges_do_not_change_while_the_ball_moves_within_the_span() -> None:
    one, other = (parabola_figure(PARABOLA, now, SPAN, "weight") for now in (0.5, 3.9))
    assert ranges(one) == ranges(other)
