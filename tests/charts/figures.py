"""The registry: every figure of the product, with every run that is worth drawing with it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import numpy as np

from charts.bounce import bounce_figure
from charts.class_answers import Scale, class_choices_figure, class_values_figure
from charts.class_curve import Known, Point, class_curve_figure
from charts.contours import Walk
from charts.curves import curves_figure
from charts.dependencies import Edge, Node, dependencies_figure
from charts.differences import differences_figure
from charts.guessed_limit import guessed_limit_figure, limit_bounds
from charts.guessed_line import guessed_line_figure
from charts.guessed_loss import guessed_loss_figure
from charts.guessed_regime import guessed_regime_figure
from charts.iterations import IterationScale, frame_iterations, sharpness_iterations
from charts.look import Figure
from charts.loss_curve import loss_figure
from charts.moving_limit import moving_limit_figure
from charts.parabola import parabola_figure
from charts.prediction import prediction_figure
from charts.progress import progress_figure
from charts.residuals import residuals_figure
from charts.side_by_side import losses_figure, predictions_figure
from charts.surface import contour_figure, surface_figure
from charts.u_curve import u_curve_figure
from charts.valley import valley_figure
from core.batches import Batches
from core.checks import Array
from core.data.builtin import celsius
from core.data.clouds import xor
from core.data.curves import sine
from core.data.dataset import Dataset
from core.data.more import hours
from core.experiment import Experiment
from core.lesson.differences import difference_errors
from core.lesson.prediction import Kind, Question, question, unsuited
from core.lesson.step import Step, step_after
from core.lesson.truth import first_errors, regime_of
from core.losses import CrossEntropy
from core.network import Network
from core.optimisers import Adam, Momentum
from core.schedule import constant
from core.theory.limits import Regime
from core.theory.outcome import distances, errors_along_directions
from core.theory.quadratic import theory
from core.theory.slices import Parabola
from core.theory.watched import watched
from core.training import History
from telling.diagram import diagram
from telling.names import watched_name
from tests.charts.runs import (
    RUNS,
    best_loss,
    history,
    iterations,
    known,
    limits_of,
    live_curves,
    live_prediction,
    portion,
    trained,
)

PARABOLA = Parabola(best=2.0, least=1.0, curvature=4.0)
SPAN = (0.0, 4.0)
STEPS = np.logspace(-15, 2, 60)
RATES = ("a tenth", "once", "ten times")
REGIME_NAMES = {regime: f"<{regime.value}>" for regime in Regime}
"""Words that are no messages of the catalogue: a page hands them over in its own language."""
NODES = (
    Node("input", "42", 0.0, 1.0),
    Node("weight", "0.5", 0.0, 0.0),
    Node("output", "21.5", 1.2, 0.0),
    Node("loss", "7,413", 2.2, 0.0),
)
EDGES = (Edge(0, 2, "0.5"), Edge(1, 2, "42"), Edge(2, 3))
BOUNCES = 40


@dataclass(frozen=True, eq=False)
class Entry:
    """A figure that can be drawn again, with frames at other iterations; `iterations` are those of a page.

    A figure that has no frames, or always the same ones, draws without looking at its argument.
    """

    draw: Callable[[list[int]], Figure]
    iterations: list[int]
    says_something: bool = True


def at_rest(draw: Callable[[], Figure], *, says_something: bool = True) -> Entry:
    """A figure without frames."""
    return Entry(lambda _iterations: draw(), [], says_something)


def prediction(run: History, *, with_trail: bool) -> Entry:
    return Entry(
        partial(prediction_figure, run, theory(run.experiment), with_trail=with_trail),
        iterations(run),
    )


def loss(run: History, *, loss_axis: str) -> Entry:
    return Entry(partial(loss_figure, run, best_loss(run), loss_axis=loss_axis), iterations(run))


def curves(run: History, *, watch: str, loss_axis: str = "auto", logarithmic: bool = True) -> Entry:
    scale = IterationScale(run.iterations, logarithmic)

    def draw(shown: list[int]) -> Figure:  # the name of what is watched is said in the language of the moment
        second = watched(run, theory(run.experiment), watch)
        name = watched_name(run, watch)
        parts = {"scale": scale, "loss_axis": loss_axis, "limits": limits_of(run)}
        return curves_figure(run, best_loss(run), second, name, shown, **parts)

    return Entry(draw, iterations(run))


def live(run: History, *, loss_axis: str) -> Entry:
    return Entry(lambda shown: live_curves(run, shown, loss_axis=loss_axis), portion(run))


def followed(run: History) -> Entry:
    return Entry(lambda shown: live_prediction(run, shown), portion(run))


def valley(run: History) -> Entry:
    value = "output" if run.experiment.data.n_samples == 1 else "weight"
    return Entry(
        lambda shown: valley_figure(run, known(run), watched(run, known(run), value), "p", shown), iterations(run)
    )


@cache
def compared(run: History) -> tuple[list[History], list[int]]:
    """A run, and the same at a tenth and at ten times the learning rate, and the iterations to compare them at."""
    rates = (min(factor * run.experiment.learning_rate, 1e307) for factor in (0.1, 1.0, 10.0))
    histories = [trained(replace(run.experiment, schedule=constant(rate))) for rate in rates]
    return histories, frame_iterations(max(history.iterations for history in histories), (77,))


def losses(run: History) -> Entry:
    histories, shown = compared(run)
    return Entry(partial(losses_figure, histories, RATES), shown)


def predictions(run: History) -> Entry:
    histories, shown = compared(run)
    return Entry(partial(predictions_figure, histories, RATES), shown)


def first_residuals(run: History) -> Entry:
    last = run.experiment.data.n_samples - 1
    return at_rest(partial(residuals_figure, step_after(run, 0), last, after=True, squares=True))


def last_residuals(run: History) -> Entry:
    return at_rest(partial(residuals_figure, step_after(run, run.iterations), 0, after=False, squares=False))


def u_curve(run: History) -> Entry:
    limits, start, rate = known(run).limits, run.parameters[0], run.experiment.learning_rate
    greatest = 10 * limits.stable if np.isfinite(limits.stable) else 1.0
    rates = np.geomspace(greatest / 10_000, greatest, 50)
    losses = known(run).final_losses(start, np.append(rates, rate), run.experiment.iterations)
    now, first = (rate, float(losses[-1])), float(run.loss[0])
    spoken = [REGIME_NAMES[limits.regime(one)] for one in rates.tolist()]
    return at_rest(partial(u_curve_figure, rates, losses[:-1], first, now, limits, REGIME_NAMES, spoken))


def progress(run: History) -> Entry:
    shown = iterations(run)
    with np.errstate(all="ignore"):
        away = np.abs(distances(run, known(run), shown))
    return at_rest(partial(progress_figure, away, shown, [f"p{k}" for k in range(away.shape[1])], 0.5))


def bounces(run: History) -> Entry:
    with np.errstate(all="ignore"):
        parts = errors_along_directions(run, known(run), BOUNCES)
    return Entry(lambda _iterations: bounce_figure(parts), list(range(len(parts[0]))))


def parabola(run: History) -> Entry:
    now = float(run.parameters[0, 0])
    with np.errstate(all="ignore"):
        found = known(run).parabola(run.parameters[0], 0)
    half = min(1.5 * abs(now - found.best) or 1.0, 1e300)
    span, landing = (found.best - half, found.best + half), now - run.experiment.learning_rate * found.slope(now)
    return at_rest(partial(parabola_figure, found, now, span, "w", landing=landing))


def walk(run: History, shown: list[int]) -> Walk:
    """The run over its first two parameters, the others held where it ends, or at their best if it never began."""
    held = known(run).best(run.parameters[0]) if run.diverged_at == 0 else run.parameters[-1]
    with np.errstate(all="ignore"):
        return Walk(run.parameters[shown, :2], known(run).plane(held, (0, 1)), ("p", "q"))


def contours(run: History) -> Entry:
    return Entry(lambda shown: contour_figure(walk(run, shown), shown), iterations(run))


def surface(run: History) -> Entry:
    return Entry(lambda shown: surface_figure(walk(run, shown), shown), iterations(run))


def asked_about(run: History, kind: Kind) -> Question:
    return question(kind, run.experiment)


def guessed_line(run: History, *, told: bool) -> Entry:
    return at_rest(partial(guessed_line_figure, asked_about(run, Kind.LINE), run, (1.0, 20.0), told=told))


def guessed_loss(run: History, *, told: bool) -> Entry:
    return at_rest(partial(guessed_loss_figure, asked_about(run, Kind.LOSS), run, 20.0, told=told))


def guessed_regime(run: History) -> Entry:
    asked = asked_about(run, Kind.REGIME)
    with np.errstate(all="ignore"):
        truth = regime_of(asked), first_errors(asked, run)
    return at_rest(partial(guessed_regime_figure, REGIME_NAMES, Regime.MONOTONE, *truth))


def guessed_limit(run: History) -> Entry:
    bounds = limit_bounds(run.experiment.data.learning_rate)
    return at_rest(partial(guessed_limit_figure, bounds, bounds[1], known(run).limits, REGIME_NAMES))


OF_A_QUESTION: dict[str, Kind] = {
    "guessed line": Kind.LINE,
    "guessed line, told": Kind.LINE,
    "guessed loss": Kind.LOSS,
    "guessed loss, told": Kind.LOSS,
    "guessed regime, told": Kind.REGIME,
    "guessed limit, told": Kind.LIMIT,
}

OF_A_RUN: dict[str, Callable[[History], Entry]] = {
    "prediction": partial(prediction, with_trail=True),
    "prediction without a trail": partial(prediction, with_trail=False),
    "linear loss": partial(loss, loss_axis="linear"),
    "logarithmic loss": partial(loss, loss_axis="log"),
    "loss": partial(loss, loss_axis="auto"),
    "curves of the weight": partial(curves, watch="weight"),
    "curves of the output": partial(curves, watch="output", loss_axis="log"),
    "curves of the error": partial(curves, watch="error", loss_axis="linear"),
    "curves over an even axis": partial(curves, watch="weight", logarithmic=False),
    "live curves": partial(live, loss_axis="auto"),
    "live curves over a linear loss": partial(live, loss_axis="linear"),
    "live prediction": followed,
    "valley": valley,
    "losses": losses,
    "predictions": predictions,
    "first residuals": first_residuals,
    "last residuals": last_residuals,
    "U-curve": u_curve,
    "progress": progress,
    "bounces": bounces,
    "parabola": parabola,
    "contours": contours,
    "surface": surface,
    "guessed line": partial(guessed_line, told=False),
    "guessed line, told": partial(guessed_line, told=True),
    "guessed loss": partial(guessed_loss, told=False),
    "guessed loss, told": partial(guessed_loss, told=True),
    "guessed regime, told": guessed_regime,
    "guessed limit, told": guessed_limit,
}
NEED_A_THEORY = ("valley", "U-curve", "progress", "bounces", "parabola", "contours", "surface")
NEED_A_SLOPE = ("bounces",)
NEED_A_PLANE = ("contours", "surface")
NEED_A_START_WITHIN = ("parabola",)
LARGEST_START = 1e300
"""Farther away the parabola's own numbers are none any more; no page lets anybody start there."""


def fits(figure: str, experiment: Experiment) -> bool:
    """Whether an experiment can be drawn so."""
    if kind := OF_A_QUESTION.get(figure):
        return experiment.iterations > 0 and unsuited(question(kind, experiment), trained(experiment)) is None
    found = theory(experiment)
    return (
        (found is not None or figure not in NEED_A_THEORY)
        and (len(experiment.start) > 1 or figure not in NEED_A_PLANE)
        and (max(map(abs, experiment.start)) <= LARGEST_START or figure not in NEED_A_START_WITHIN)
        and (figure not in NEED_A_SLOPE or (found is not None and np.isfinite(found.limits.stable)))
    )


def edge_of_the_numbers(start: tuple[float, ...], run: str = "a line that settles") -> Step:
    experiment = replace(RUNS[run](), start=start)
    return step_after(trained(experiment), 0)


def differences(forward: Array, central: Array) -> Entry:
    return at_rest(partial(differences_figure, STEPS, forward, central, 1e-3))


def measured() -> Entry:
    run = history("a line that settles")
    return differences(*difference_errors(run.experiment, run.parameters[0], STEPS))


def ball(parabola: Parabola, now: float, span: tuple[float, float], landing: float | None) -> Entry:
    return at_rest(partial(parabola_figure, parabola, now, span, "w", landing=landing))


def dependencies(active: list[int], *, backwards: bool) -> Entry:
    return at_rest(partial(dependencies_figure, NODES, EDGES, active, backwards=backwards), says_something=False)


def residuals_at(start: tuple[float, ...], run: str = "a line that settles") -> Entry:
    return at_rest(partial(residuals_figure, edge_of_the_numbers(start, run), 0, after=True, squares=True))


def bent(data: Dataset, **chosen: Any) -> Step:
    """The first step of a network in batches."""
    model = Network(4)
    chosen = {"model": model, "start": tuple(model.start(data.n_features, 1)), "batches": Batches(7), **chosen}
    return step_after(trained(Experiment.on(data, **chosen, iterations=1)), 0)


def layers(substep: str) -> Entry:
    return at_rest(lambda: dependencies_figure(**diagram(bent(sine()), 0, substep)))


def residuals_of(step: Step) -> Entry:
    return at_rest(partial(residuals_figure, step, 0, after=True, squares=True))


RATES_TRIED = np.geomspace(1e-6, 1e-2, 60)
TRIED = [Point(0.0001, 900.0, "Quick Otter"), Point(0.0009, 30.0, "Calm Bear"), Point(0.002, None, "Quick Otter")]
OUT_OF_THIS_WORLD = [Point(1e300, None, "Calm Bear"), Point(0.0, 1000.0, "Calm Bear"), Point(1e-3, 1e-300, "Fair Owl")]


def class_curve(tries: list[Point], *, is_revealed: bool) -> Entry:
    experiment = Experiment.on(celsius(), iterations=100)
    known = theory(experiment)
    assert known
    start = np.array(experiment.start)
    ends = Known(RATES_TRIED, known.final_losses(start, RATES_TRIED, 100), 2_000.0, known.limits)
    return at_rest(lambda: class_curve_figure(tries, ends, REGIME_NAMES, is_revealed=is_revealed))


def class_values(values: list[float], truth: float | None) -> Entry:
    scale = Scale("<loss>", (0.1, 1e7), is_logarithmic=True, can_explode=True)
    return at_rest(lambda: class_values_figure(values, scale, truth))


def class_choices(truth: Regime | None) -> Entry:
    counts = {Regime.CREEPING: 0, Regime.MONOTONE: 3, Regime.OVERSHOOTING: 5, Regime.DIVERGING: 1}
    return at_rest(lambda: class_choices_figure(counts, REGIME_NAMES, truth))


@cache
def at_the_edge(rate: float = 0.1, *, steered: bool = False, **others: Any) -> History:
    """A network that comes to the edge of stability."""
    start = Network(8).start(1, seed=1)
    schedule = ((0, rate), (200, rate / 2)) if steered else constant(rate)
    return trained(Experiment.on(sine(), model=Network(8), start=start, schedule=schedule, iterations=400, **others))


def sharpness_of(run: History) -> Entry:
    def draw(shown: list[int]) -> Figure:
        with np.errstate(all="ignore"):
            second = watched(run, None, "sharpness", sharpness_iterations(run.iterations, shown))
        name, scale = watched_name(run, "sharpness"), IterationScale(run.iterations)
        return curves_figure(run, None, second, name, shown, scale=scale, held_out=sine(noise_seed=1))

    return Entry(draw, iterations(run))


def nearing_the_edge(*runs: History) -> Entry:
    last = max(run.iterations for run in runs)
    return Entry(
        partial(moving_limit_figure, runs, [f"<{k}>" for k in range(len(runs))]), frame_iterations(last, (77,))
    )


ALONE: dict[str, Callable[[], Entry]] = {
    "sharpness": lambda: sharpness_of(at_the_edge()),
    "sharpness of a steered run": lambda: sharpness_of(at_the_edge(steered=True)),
    "sharpness of a run that explodes": lambda: sharpness_of(at_the_edge(1.0)),
    "sharpness at a rate of zero": lambda: sharpness_of(at_the_edge(0.0)),
    "sharpness without an edge": lambda: sharpness_of(at_the_edge(optimiser=Adam())),
    "sharpness in batches": lambda: sharpness_of(at_the_edge(batches=Batches(7))),
    "moving limit": lambda: nearing_the_edge(at_the_edge(), at_the_edge(0.05), at_the_edge(0.4)),
    "moving limit of runs that explode": lambda: nearing_the_edge(at_the_edge(1.0), at_the_edge(1e300)),
    "moving limit at a rate of zero": lambda: nearing_the_edge(at_the_edge(0.0)),
    "moving limit with momentum": lambda: nearing_the_edge(at_the_edge(optimiser=Momentum(0.5))),
    "moving limit without an edge": lambda: nearing_the_edge(at_the_edge(optimiser=Adam())),
    "guessed regime": lambda: at_rest(partial(guessed_regime_figure, REGIME_NAMES, None)),
    "guessed limit": lambda: at_rest(partial(guessed_limit_figure, (1e-6, 0.1), 1e-4, None, REGIME_NAMES)),
    "class curve": lambda: class_curve(TRIED, is_revealed=False),
    "class curve, revealed": lambda: class_curve(TRIED, is_revealed=True),
    "class curve before a try": lambda: class_curve([], is_revealed=True),
    "class curve of rates out of this world": lambda: class_curve(OUT_OF_THIS_WORLD, is_revealed=True),
    "class answers": lambda: class_values([40.0, 900.0, 1e300, math.inf], None),
    "class answers, revealed": lambda: class_values([40.0, 900.0], 638.7),
    "class answers, exploding": lambda: class_values([math.inf], math.inf),
    "class answers before one": lambda: class_values([], None),
    "class choices": lambda: class_choices(None),
    "class choices, revealed": lambda: class_choices(Regime.OVERSHOOTING),
    "differences": measured,
    "differences without any error": lambda: differences(0 * STEPS, 0 * STEPS),
    "differences that are no numbers": lambda: differences(np.full(60, np.nan), np.full(60, np.inf)),
    "differences of infinity": lambda: differences(np.full(60, np.inf), np.full(60, np.nan)),
    "differences of 1e300": lambda: differences(np.full(60, 1e300), np.full(60, 1e-300)),
    "dependencies": lambda: dependencies([0], backwards=False),
    "dependencies backwards": lambda: dependencies([0, 2], backwards=True),
    "parabola, flat": lambda: ball(Parabola(0.0, 5.0, 0.0), 1.0, (-1.0, 1.0), 1.0),
    "parabola, flat at zero": lambda: ball(Parabola(0.0, 0.0, 0.0), 1.0, (-1.0, 1.0), 1.0),
    "parabola without a landing": lambda: ball(PARABOLA, 3.0, SPAN, None),
    "parabola with a landing at 1e300": lambda: ball(PARABOLA, 3.0, SPAN, 1e300),
    "parabola with a landing at infinity": lambda: ball(PARABOLA, 3.0, SPAN, float("-inf")),
    "parabola with a landing nowhere": lambda: ball(PARABOLA, 3.0, SPAN, float("nan")),
    "parabola from 1e300": lambda: ball(PARABOLA, 1e300, (2 - 1.5e300, 2 + 1.5e300), -1e300),
    "parabola with a ball at 1e300": lambda: ball(PARABOLA, 1e300, SPAN, 1.0),
    "parabola as narrow as rounding": lambda: ball(PARABOLA, 2 + 4.5e-16, (2 - 1e-15, 2 + 1e-15), 2.0),
    "dependencies of a network": lambda: layers("4"),
    "dependencies of a network at rest": lambda: layers("all"),
    "residuals of a network": lambda: residuals_of(bent(sine())),
    "residuals of two classes": lambda: residuals_of(bent(hours(), loss=CrossEntropy())),
    "residuals in the plane": lambda: residuals_of(bent(xor(), loss=CrossEntropy())),
    "residuals at the edge of the numbers": lambda: residuals_at((1e308, 0.0)),
    "residuals of an output of 1e17": lambda: residuals_at((1e17, 0.0, 0.0, 0.0), "weights that settle"),
    "bounces of a single step": lambda: Entry(lambda _iterations: bounce_figure([np.array([1.0])]), [0]),
}


ENTRIES = [
    *((figure, "") for figure in ALONE),
    *((figure, run) for figure in OF_A_RUN for run in RUNS if fits(figure, RUNS[run]())),
]
"""The figure and the run of each entry; of a figure that needs no run of its own, the figure alone."""


def entry(figure: str, run: str) -> Entry:
    """The entry of a figure and a run."""
    return OF_A_RUN[figure](history(run)) if run else ALONE[figure]()
