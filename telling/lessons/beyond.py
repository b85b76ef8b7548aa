"""Four lessons on other data and other models: many answers, a hidden bug, a hidden layer, and the moving limit."""

import numpy as np

from core.data.builtin import celsius, weighted_sum
from core.experiment import Experiment
from core.lesson.differences import central_differences, gradient_at
from core.losses import accuracy
from core.theory.in_force import edge_shares
from core.theory.quadratic import quadratic
from telling.lessons.lesson import Lesson, Link, Numbers
from telling.lessons.runs import as_listed, hidden_layer_on_sine, known_of_thermometer, line, one_neuron_on_corners
from wording import N_, number, percent

OTHER_START = (10.0, 20.0, 30.0, 0.0)
ENOUGH = 50
"""After so many iterations only rounding is left of the error; after the article's ten it shows in the table."""
SUSPECT = "F"
"""The letter behind which the seed 0 hides the article's listing."""
BAD_START = -0.1
RATES = (0.05, 0.1, 0.2, 0.3, 0.4)
HIDDEN = 8


def _answering() -> Numbers:
    run = line(weighted_sum(), iterations=ENOUGH)
    other = quadratic(weighted_sum()).best(np.array(OTHER_START))
    return {
        "target": number(float(run.experiment.data.targets[0])),
        "equal": number(float(run.experiment.data.targets[0]) / len(run.parameters[0])),
        "start": "; ".join(map(number, run.parameters[0].tolist())),
        "end": "; ".join(number(weight) for weight in run.parameters[-1].tolist()),
        "moved": number(float(run.parameters[-1, 0] - run.parameters[0, 0])),
        "other_start": "; ".join(map(number, OTHER_START)),
        "other_end": "; ".join(number(weight) for weight in other.round(9).tolist()),
    }


def _checking() -> Numbers:
    run, known = as_listed(), known_of_thermometer()
    start = np.array(run.experiment.start)
    found, differences = gradient_at(run.experiment, start), central_differences(Experiment.on(celsius()), start)
    return {
        "suspect": SUSPECT,
        "loss": number(float(run.loss[-1])),
        "weight": number(float(run.weights[-1, 0])),
        "best": number(float(known.best(start)[0])),
        "found": number(float(found[0]), 6),
        "differences": number(float(differences[0]), 6),
        "bad_start": number(BAD_START),
    }


def _separating() -> Numbers:
    run = one_neuron_on_corners()
    right = accuracy(run.experiment.loss.predicted(run.outputs(run.iterations)), run.experiment.data.targets)
    return {
        "iterations": number(run.iterations),
        "right": percent(float(right)),
        "loss": number(float(run.loss[-1]), 3),
        "hidden": number(HIDDEN),
    }


def _at_the_edge() -> Numbers:
    shares = [float(edge_shares(hidden_layer_on_sine(rate, 0), [0])[0]) for rate in RATES]
    last = hidden_layer_on_sine(RATES[-1], 500)
    names = ("lowest", "low", "middle", "high", "highest")
    return {
        **{name: number(rate) for name, rate in zip(names, RATES, strict=True)},
        **{f"{name}_start": percent(share, 3) for name, share in zip(names, shares, strict=True)},
        "exploded": number(last.diverged_at or 0),
    }


BEYOND = (
    Lesson(
        title=N_("Many right answers"),
        minutes=10,
        link=Link("train", {"dataset": "weighted-sum", "iterations": str(ENOUGH), "wait": "on"}),
        ask=N_("Four weights shall add up to {target}. They begin at {start}. Which weights will it find?"),
        says=N_("{equal} each: there is one right answer."),
        show=(
            N_("The table of iterations: {end}. Each weight has moved by the same {moved}."),
            N_("The second link begins at {other_start} and ends at {other_end}: just as right."),
        ),
        conclude=N_("There can be endlessly many right answers, and the start decides which one is found."),
        numbers=_answering,
        then=Link(
            "train",
            {
                "dataset": "weighted-sum",
                "iterations": str(ENOUGH),
                "weights": ",".join(f"{weight:g}" for weight in OTHER_START),
            },
        ),
    ),
    Lesson(
        title=N_("It looks right. Is it?"),
        minutes=15,
        link=Link("find_the_bug", {"suspect": SUSPECT}),
        ask=N_("Suspect {suspect} trains down to a loss of {loss}, and its line looks right. Is its code right?"),
        says=N_("Yes: the loss falls and the line fits."),
        show=(
            N_(
                "Read its code together: for the weight it multiplies by the outputs, where the chain rule has the "
                "inputs."
            ),
            N_("The gradient check: it finds {found} for the weight, the differences say {differences}."),
            N_("It ends at a weight of {weight}; the best is {best}. Type {bad_start} as start weight: it explodes."),
        ),
        conclude=N_("A picture that looks right proves nothing; a gradient check does."),
        numbers=_checking,
    ),
    Lesson(
        title=N_("What one neuron cannot do"),
        minutes=10,
        link=Link("train", {"dataset": "xor", "model": "neuron", "wait": "on"}),
        ask=N_(
            "Opposite corners have the same colour. Will one neuron, which draws one straight line, tell them apart?"
        ),
        says=N_("It only has to train longer."),
        show=(
            N_(
                "After {iterations} iterations {right} are on the right side: like a coin. Give it more; the loss "
                "stays at {loss}."
            ),
            N_("Let somebody draw a straight line that separates the colours. There is none."),
            N_("The second link has {hidden} hidden neurons: all samples are on the right side."),
        ),
        conclude=N_("One neuron draws one line; a hidden layer bends it."),
        numbers=_separating,
        then=Link("train", {"dataset": "xor"}),
    ),
    Lesson(
        title=N_("The limit that moves"),
        minutes=10,
        link=Link("moving_limit", {"dataset": "sine", "wait": "on"}),
        ask=N_(
            "A hidden layer and five learning rates. At the start {lowest} is at {lowest_start} of its limit, {low} at "
            "{low_start}, {middle} at {middle_start}, {high} at {high_start}, {highest} at {highest_start}. Which of "
            "them explode?"
        ),
        says=N_("{high} and {highest}: they are past the limit. The others keep their distance."),
        show=(
            N_(
                "Only {highest} explodes, at iteration {exploded}. {high} starts past the limit, jumps, and comes back."
            ),
            N_("{low} starts well below and climbs to the edge by itself: training makes the valley sharper."),
            N_("{low}, {middle} and {high} all end at the edge: nobody has set that."),
        ),
        conclude=N_("In a network the limit moves while it trains, and training goes to its edge by itself."),
        numbers=_at_the_edge,
    ),
)
