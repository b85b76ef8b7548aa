"""The numbers of one variant of the worksheet, and what is to be found for them: neighbours get different ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from core.checks import Array, whole_number
from core.data.builtin import celsius, tips, weighted_sum
from core.data.dataset import Dataset
from core.data.standardising import standardise
from core.experiment import Experiment
from core.lesson.step import Step, step_after
from core.theory.limits import Regime
from core.theory.quadratic import Quadratic, quadratic
from core.theory.slices import Parabola
from core.training import train

T = TypeVar("T")
STEPS = 3
"""So many steps are calculated by hand."""
NUDGE = 0.1
"""How far the weight is moved to either side in a gradient check by hand."""
DEGREES = (30, -20, 10, 40, -10, 20, -40)
WEIGHTS = (0.5, 1.5, 0.2, 1.2, 0.8)
BIASES = (10, 0, 30, 20)
RATES = (0.0001, 0.0004, 0.0002, 0.0005)
FROM_BEST = (-0.8, 0.6, -0.4, 1.1)
"""How far from the best weight one is asked which way it should go."""
ITERATIONS_OF_CURVE = (10_000, 1000, 100)
RATES_ACROSS = (0.0003, 0.0011, 0.0013, 0.0004, 0.0009, 0.0014)
SHARES_OF_LIMIT = (0.8, 1.1)
ITERATIONS = (1000, 5000, 2000, 10_000)
CURVATURES = (2, 8, 5, 4, 10)
STARTS = ((10, 20, 30, 0), (5, 1, 2, 8), (40, 40, 12, 4), (0, 50, 30, 4), (7, 9, 11, 13))
CLAIMS = (1.0, 0.5, -1.0)
"""What a program's gradient is of the right one: that, half of it, or turned round."""
CORNERS = ((0, 1, 1, 0), (0, 0, 1, 1), (1, 0, 0, 1))
"""The classes of the corners: below left, below right, above left, above right."""
SHARPNESSES = (12.0, 30.0, 18.0, 45.0)
RATES_OF_NETWORK = (0.1, 0.05, 0.2)


def _pick(options: Sequence[T], number: int) -> T:
    """Take turns: two numbers that follow each other never get the same."""
    return options[number % len(options)]


@dataclass(frozen=True)
class Variant:
    """One variant of the worksheet; everything on it follows from its `number`, 0 or more.

    Raises ValueError for another number.
    """

    number: int

    def __post_init__(self) -> None:
        whole_number("number", self.number)

    @property
    def degrees(self) -> float:
        """The temperature for which an output is asked."""
        return float(_pick(DEGREES, self.number))

    @property
    def start(self) -> tuple[float, float]:
        """The weight and the bias with which everything by hand begins."""
        return _pick(WEIGHTS, self.number), float(_pick(BIASES, self.number))

    @property
    def output(self) -> float:
        """What the neuron says for the temperature."""
        return float(np.dot(self.start, [self.degrees, 1.0]))

    @property
    def target(self) -> float:
        """What it should say: a row of the article's table."""
        data = celsius()
        return float(data.targets[np.flatnonzero(data.inputs[:, 0] == self.degrees)[0]])

    @property
    def sample(self) -> Dataset:
        """The article's sample, 42 degrees to 107.6."""
        data = celsius()
        return data.only(int(np.flatnonzero(data.inputs[:, 0] == 42)[0]))

    @property
    def learning_rate(self) -> float:
        """The rate of the steps by hand."""
        return _pick(RATES, self.number)

    @property
    def steps(self) -> list[Step]:
        """The steps by hand, on the one sample."""
        experiment = Experiment.on(self.sample, start=self.start, learning_rate=self.learning_rate, iterations=STEPS)
        history = train(experiment)
        return [step_after(history, iteration) for iteration in range(STEPS)]

    @property
    def parabola(self) -> Parabola:
        """The loss of the one sample over the weight, with the bias of the start."""
        return quadratic(self.sample).parabola(np.array(self.start), 0)

    @property
    def asked_weight(self) -> float:
        """The weight for which the way is asked."""
        return round(self.parabola.best + _pick(FROM_BEST, self.number), 1)

    @property
    def iterations_of_curve(self) -> int:
        """After how many iterations the loss is drawn over the learning rate."""
        return _pick(ITERATIONS_OF_CURVE, self.number)

    def losses(self, rates: Array) -> Array:
        """Return the loss of the article's run after that many iterations at each rate, (n_rates,)."""
        return quadratic(celsius()).final_losses(celsius().start, rates, self.iterations_of_curve)

    @property
    def rate_across(self) -> float:
        """A learning rate for which the factor across the valley is asked."""
        return _pick(RATES_ACROSS, self.number)

    @property
    def factor(self) -> float:
        """What a step at this rate multiplies the error along the steepest direction by."""
        return float(quadratic(celsius()).step_factors(self.rate_across)[-1])

    @property
    def regime(self) -> Regime:
        """What becomes of a run at this rate."""
        return quadratic(celsius()).limits.regime(self.rate_across)

    @property
    def other(self) -> Quadratic:
        """What is known of another data set, whose limit is asked."""
        return quadratic(_pick((tips(), weighted_sum(), standardise(celsius())), self.number))

    @property
    def other_rate(self) -> float:
        """A learning rate for it, written with two digits."""
        return float(f"{_pick(SHARES_OF_LIMIT, self.number) * self.other.limits.stable:.1e}")

    @property
    def iterations(self) -> int:
        """After how many iterations a run may look finished."""
        return _pick(ITERATIONS, self.number)

    @property
    def end(self) -> tuple[float, float, float]:
        """Its weight, bias and loss there."""
        run = quadratic(celsius()).trajectory(Experiment.on(celsius(), iterations=self.iterations))
        return float(run.weights[-1, 0]), float(run.bias[-1]), float(run.loss[-1])

    @property
    def curvature(self) -> float:
        """How strongly a round valley curves."""
        return float(_pick(CURVATURES, self.number))

    @property
    def start_of_sum(self) -> tuple[float, ...]:
        """Four weights that shall add up to 100."""
        return tuple(map(float, _pick(STARTS, self.number)))

    @property
    def end_of_sum(self) -> tuple[float, ...]:
        """Where they are led."""
        return tuple(quadratic(weighted_sum()).best(np.array(self.start_of_sum)).round(9).tolist())

    @property
    def claim(self) -> float:
        """What a program takes for the slope over the weight at the start."""
        return self.parabola.slope(self.start[0]) * _pick(CLAIMS, self.number)

    @property
    def claim_is_right(self) -> bool:
        return self.claim == self.parabola.slope(self.start[0])

    @property
    def corners(self) -> tuple[int, ...]:
        """The classes of four corners."""
        return _pick(CORNERS, self.number)

    @property
    def is_separable(self) -> bool:
        """Whether one straight line separates the classes: not where opposite corners are alike."""
        return self.corners[0] != self.corners[3]

    @property
    def sharpness(self) -> float:
        """How sharp the loss of a network is somewhere."""
        return _pick(SHARPNESSES, self.number)

    @property
    def rate_of_network(self) -> float:
        """The rate at which it trains."""
        return _pick(RATES_OF_NETWORK, self.number)
