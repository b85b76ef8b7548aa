"""The pages about the learning rate: a click that takes a rate along, and a path that walks in step."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from charts.iterations import frame_iterations
from core.data.builtin import celsius
from core.experiment import Experiment
from core.training import train
from tests.browser.conftest import PageAt, wait_until_still
from tests.browser.seen import IN_UNITS, go_to

RUN = train(Experiment.on(celsius(), learning_rate=1e-4, iterations=10_000))
"""The run that every page opens with, trained here once more."""
FRAMES = frame_iterations(RUN.iterations)
PLACES = [0, 3, len(FRAMES) - 1]

# Reads what is really drawn, in the units of the axes. `__data__` is where the plotting library notes what it drew.
SCENE = """async () => {
  for (let pictures = 0; pictures < 3; pictures++) await new Promise(requestAnimationFrame);
  const [map, picture] = document.querySelectorAll('.player-figure');
  const drawn = (figure, index) => [...figure.querySelectorAll('.scatterlayer .trace')]
    .find((trace) => trace.__data__[0].trace.index === index);
  const numbers = (text) => text.match(/-?[0-9.]+(e-?[0-9]+)?/g).map(Number);
  const inUnits = (figure, place) => (IN_UNITS)(figure)(place);
  const point = (trace) => numbers([...trace.querySelectorAll('.point[transform]')].at(-1).getAttribute('transform'));
  const named = (figure, name) => figure.data.findIndex((trace) => trace.name === name);
  const line = drawn(picture, named(picture, 'now')).querySelector('path.js-line');
  return {
    marker: inUnits(map, point(drawn(map, named(map, 'now')))),
    path: inUnits(map, point(drawn(map, named(map, 'path')))),
    points: drawn(map, named(map, 'path')).querySelectorAll('.point').length,
    line: line.getAttribute('d').slice(1).split('L').map(numbers).map((end) => inUnits(picture, end)),
    pixel: [map, picture].map((figure) => Math.abs(inUnits(figure, [0, 1])[1] - inUnits(figure, [0, 0])[1])),
    caption: document.querySelector('.player-caption').textContent,
  };
}""".replace("IN_UNITS", IN_UNITS)
# Where the point of the U-curve that is nearest to a learning rate stands on the screen.
POINT = """(rate) => {
  const plot = document.querySelector('.st-key-u_curve .player-figure') ?? document.querySelector('.player-figure');
  const { layout: { xaxis, yaxis }, data: [{ x, y }] } = plot;
  const distance = (k) => Math.abs(Math.log(x[k] / rate));
  const nearest = [...x.keys()].reduce((a, b) => (distance(b) < distance(a) ? b : a));
  const box = plot.querySelector('.nsewdrag').getBoundingClientRect();
  const share = ({ range: [low, high] }, value) => (Math.log10(value) - low) / (high - low);
  return {
    rate: x[nearest],
    at: [box.left + share(xaxis, x[nearest]) * box.width, box.bottom - share(yaxis, y[nearest]) * box.height],
  };
}"""


@pytest.fixture(scope="module")
def surface(shared_page_at: PageAt) -> Page:
    return shared_page_at("/loss_surface")


@pytest.fixture(scope="module", params=PLACES)
def seen(surface: Page, request: pytest.FixtureRequest) -> dict[str, Any]:
    """What is drawn at one place of the run, and the iteration that belongs there."""
    go_to(surface, request.param)
    return {**surface.evaluate(SCENE), "place": request.param, "iteration": FRAMES[request.param]}


@pytest.fixture(scope="module")
def clicked(shared_page_at: PageAt) -> tuple[Page, float]:
    """The page after a click on a point of the U-curve, and the point's learning rate."""
    page = shared_page_at("/learning_rate")
    page.locator(".player-figure").first.scroll_into_view_if_needed()
    point = page.evaluate(POINT, 4e-4)
    page.mouse.move(*point["at"])
    page.mouse.click(*point["at"])
    expect(page).to_have_url(re.compile("learning_rate="))
    wait_until_still(page)
    return page, point["rate"]


def rate_in_address(page: Page) -> float:
    return float(parse_qs(urlsplit(page.url).query)["learning_rate"][0])


def exact_rate(page: Page) -> float:
    return float(page.locator(".dial-number").input_value())


def test_the_marker_on_the_map_stands_where_the_history_is(seen: dict[str, Any]) -> None:
    expected = [float(RUN.weights[seen["iteration"], 0]), float(RUN.bias[seen["iteration"]])]
    assert seen["marker"] == pytest.approx(expected, abs=seen["pixel"][0] / 10)


def test_the_path_on_the_map_ends_where_the_history_is(seen: dict[str, Any]) -> None:
    expected = [float(RUN.weights[seen["iteration"], 0]), float(RUN.bias[seen["iteration"]])]
    assert seen["path"] == pytest.approx(expected, abs=seen["pixel"][0] / 10)


def test_the_path_on_the_map_has_a_point_for_each_frame_so_far(seen: dict[str, Any]) -> None:
    assert seen["points"] == seen["place"] + 1


def test_the_prediction_line_beside_the_map_stands_where_the_history_is(seen: dict[str, Any]) -> None:
    weight, bias = float(RUN.weights[seen["iteration"], 0]), float(RUN.bias[seen["iteration"]])
    heights = [y for _, y in seen["line"]]
    assert heights == pytest.approx([-50 * weight + bias, 49 * weight + bias], abs=seen["pixel"][1] / 10)


def test_the_caption_under_the_map_names_the_iteration(seen: dict[str, Any]) -> None:
    assert seen["caption"].startswith(f"iteration {seen['iteration']:,} ")


def test_a_click_on_the_u_curve_writes_its_rate_into_the_address(clicked: tuple[Page, float]) -> None:
    page, rate = clicked
    assert rate_in_address(page) == pytest.approx(rate, rel=5e-3)


def test_a_click_on_the_u_curve_writes_its_rate_into_the_field(clicked: tuple[Page, float]) -> None:
    page, _ = clicked
    assert exact_rate(page) == rate_in_address(page)


def test_a_click_on_the_u_curve_moves_the_diamond_there(clicked: tuple[Page, float]) -> None:
    page, _ = clicked
    diamond = page.evaluate("() => document.querySelector('.player-figure').data[1].x[0]")
    assert diamond == rate_in_address(page)


def test_the_map_s_axes_have_the_same_scale_on_the_screen(surface: Page) -> None:
    scales = surface.evaluate("""() => {
      const figure = document.querySelector('.player-figure'), area = figure.querySelector('.nsewdrag');
      const extent = ({ range: [low, high] }) => high - low, size = (side) => Number(area.getAttribute(side));
      return [size('width') / extent(figure.layout.xaxis), size('height') / extent(figure.layout.yaxis)];
    }""")
    assert scales[0] == pytest.approx(scales[1], rel=1e-3)


def test_the_map_and_the_surface_may_be_exchanged_again_and_again(surface: Page) -> None:
    for text, trace in (("in 3-D", "surface"), ("from above", "contour"), ("in 3-D", "surface")):
        surface.get_by_text(text, exact=True).click()
        surface.wait_for_function(
            "(type) => document.querySelector('.player-figure')?.data?.[0].type === type", arg=trace
        )
        wait_until_still(surface)


@pytest.fixture(scope="module")
def solid(surface: Page) -> Page:
    """The surface in three dimensions."""
    if surface.evaluate("() => document.querySelector('.player-figure').data[0].type") != "surface":
        surface.get_by_text("in 3-D", exact=True).click()
    surface.locator(".player-figure canvas").first.wait_for(state="attached")
    wait_until_still(surface)
    return surface


def test_the_path_in_three_dimensions_grows_with_the_place(solid: Page) -> None:
    go_to(solid, 3)
    solid.wait_for_function("() => document.querySelector('.player-figure').data[1].x.length === 4")
    path = solid.evaluate("() => { const { x, y } = document.querySelector('.player-figure').data[1]; return [x, y]; }")
    assert np.array(path) == pytest.approx(np.array([RUN.weights[:4, 0], RUN.bias[:4]]), rel=1e-9)
