"""Play, Pause, the speed, and what happens on the way."""

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from charts.iterations import frame_iterations
from core.data.builtin import celsius
from core.experiment import Experiment
from core.training import train
from tests.browser.conftest import PageAt
from tests.browser.seen import Scene, go_to, iteration, line_heights, scene, scenes_while_playing, slider_place

ADDRESS = "/train?iterations=40"
"""So short a run that the marker's place on the curve tells the iteration to a hundredth."""
RUN = train(Experiment.on(celsius(), learning_rate=1e-4, iterations=40))
FRAMES = frame_iterations(40)
HEIGHTS = np.array([line_heights(RUN, i) for i in FRAMES])
LAST = len(FRAMES) - 1
TENTH_OF_A_PIXEL = 0.1
"""In degrees, for the picture's axis shows about one in each pixel."""

# Plays for one second of an imagined clock, which no real one can disturb; returns the place that is reached.
ONE_SECOND = """(speed) => {
  const real = [requestAnimationFrame, cancelAnimationFrame], waiting = new Map();
  let calls = 0;
  requestAnimationFrame = (draw) => (waiting.set(++calls, draw), calls);
  cancelAnimationFrame = (call) => waiting.delete(call);
  const [play, choice, place] = ['play', 'speed', 'place'].map((part) => document.querySelector(`.player-${part}`));
  choice.value = speed;
  play.click();
  for (const now of [0, 1000]) [...waiting].forEach(([call, draw]) => { waiting.delete(call); draw(now); });
  const reached = Number(place.value);
  play.click();
  [requestAnimationFrame, cancelAnimationFrame] = real;
  waiting.forEach((draw) => requestAnimationFrame(draw));
  return reached;
}"""


@pytest.fixture(scope="module")
def short_run(shared_page_at: PageAt) -> Page:
    return shared_page_at(ADDRESS)


@pytest.fixture(scope="module")
def played(short_run: Page) -> list[Scene]:
    """Every picture that was drawn from the start of the run to its end."""
    short_run.get_by_label("Speed").select_option("4")
    go_to(short_run, 0, FRAMES)
    return scenes_while_playing(short_run)


@pytest.fixture
def page(short_run: Page) -> Page:
    """The page at the start of the run, with nothing moving."""
    if "Pause" in short_run.locator(".player-play").inner_text():
        short_run.locator(".player-play").click()
    short_run.get_by_label("Speed").select_option("2")
    go_to(short_run, 0, FRAMES)
    return short_run


def is_a_frame(seen: Scene) -> bool:
    """Whether the line is drawn exactly where the run had it at the iteration of some frame."""
    return bool(np.abs(HEIGHTS - seen.heights).max(axis=1).min() < TENTH_OF_A_PIXEL)


def play_until(page: Page, place: int) -> None:
    page.get_by_role("button", name="Play").click()
    reached = "(place) => document.querySelector('.player-place').value >= place - 0.01"
    page.wait_for_function(reached, arg=slider_place(FRAMES[place], FRAMES))


def test_play_moves_the_line_through_many_positions(played: list[Scene]) -> None:
    assert len({seen.heights for seen in played}) > 10


def test_play_walks_the_marker_along_the_whole_loss_curve(played: list[Scene]) -> None:
    walked = [seen.marker[0] for seen in played]
    assert walked[0] < 1
    assert all(before <= after for before, after in pairwise(walked))
    assert walked[-1] == pytest.approx(RUN.iterations, abs=0.01)


def test_the_marker_goes_down_while_the_loss_falls(played: list[Scene]) -> None:
    assert all(before.marker[1] >= after.marker[1] for before, after in pairwise(played))


def test_between_two_frames_the_line_moves_smoothly(played: list[Scene]) -> None:
    assert not all(map(is_a_frame, played))


def test_while_it_plays_picture_and_curve_are_always_in_step(played: list[Scene]) -> None:
    for seen in played:
        line = [np.interp(np.log10(1 + seen.marker[0]), np.log10(1 + np.array(FRAMES)), end) for end in HEIGHTS.T]
        assert seen.heights == pytest.approx(line, abs=2 * TENTH_OF_A_PIXEL)


def test_while_it_plays_the_place_slider_is_in_step_with_the_marker(played: list[Scene]) -> None:
    for seen in played:
        assert seen.place == pytest.approx(1000 * np.log10(1 + seen.marker[0]) / np.log10(41), abs=1)


def test_between_two_iterations_the_caption_says_to_which_one_it_goes(played: list[Scene]) -> None:
    for seen in played:
        next_one = FRAMES.index(iteration(seen))
        assert FRAMES[max(next_one - 1, 0)] - 0.02 <= seen.marker[0] <= FRAMES[next_one] + 0.02
        assert seen.caption.startswith("→") or is_a_frame(seen)


def test_the_axes_stay_as_they_are_while_it_plays(played: list[Scene]) -> None:
    assert all(seen.ranges == played[0].ranges for seen in played)


def test_at_the_end_of_the_run_the_line_is_the_trained_neuron_s(played: list[Scene]) -> None:
    assert played[-1].heights == pytest.approx(line_heights(RUN, RUN.iterations), abs=TENTH_OF_A_PIXEL)


def test_at_the_end_the_button_says_play_again(played: list[Scene]) -> None:
    assert "Pause" in played[0].button
    assert "Play" in played[-1].button


def test_play_at_the_end_begins_at_the_start(page: Page) -> None:
    from_the_start = page.evaluate(ONE_SECOND, 1)
    go_to(page, LAST, FRAMES)
    assert page.evaluate(ONE_SECOND, 1) == from_the_start


def test_play_goes_on_from_where_it_stands(page: Page) -> None:
    go_to(page, 20, FRAMES)
    assert slider_place(20, FRAMES) < page.evaluate(ONE_SECOND, 1) < 1000


def test_twice_the_speed_goes_twice_as_far_in_the_same_time(page: Page) -> None:
    reached = {}
    for speed in (1, 2, 4):
        go_to(page, 0, FRAMES)
        reached[speed] = page.evaluate(ONE_SECOND, speed)
    # At its own speed the first steps take half a second each.
    assert reached == pytest.approx({speed: slider_place(2 * speed, FRAMES) for speed in reached}, abs=0.1)


def test_pause_stops_on_a_frame(page: Page) -> None:
    play_until(page, 3)
    page.get_by_role("button", name="Pause").click()
    assert is_a_frame(scene(page))


def test_after_pause_nothing_moves(page: Page) -> None:
    play_until(page, 3)
    page.get_by_role("button", name="Pause").click()
    assert scene(page) == scene(page)


def test_while_it_plays_nothing_is_sent_to_the_server_or_from_it(page: Page) -> None:
    network = page.context.new_cdp_session(page)
    messages: list[object] = []
    for direction in ("Sent", "Received"):
        network.on(f"Network.webSocketFrame{direction}", lambda message: messages.append(message))
    network.send("Network.enable")
    page.get_by_label("Speed").select_option("4")
    go_to(page, 20, FRAMES)
    play_until(page, LAST)
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    network.detach()
    assert messages == []


def test_with_reduced_motion_it_steps_from_frame_to_frame(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.get_by_label("Speed").select_option("4")
    scenes = scenes_while_playing(page)
    page.emulate_media(reduced_motion="no-preference")
    assert len({seen.heights for seen in scenes}) > 3
    assert all(map(is_a_frame, scenes))
