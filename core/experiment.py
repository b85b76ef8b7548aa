"""The experiment: everything a run depends on, in one value that can be compared and kept as a key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from core.batches import Batches
from core.checks import finite_array, same_length, whole_number
from core.data.dataset import Dataset
from core.losses import MEAN_SQUARED_ERROR, Loss
from core.network import Network
from core.neuron import Neuron
from core.nudges import Nudges, checked_nudges
from core.optimisers import DESCENT, Optimiser
from core.schedule import Schedule, checked, constant, learning_rate_at

Model = Neuron | Network


@dataclass(frozen=True)
class Experiment:
    """What is trained on which data, from where, how and how long. Whatever is not in here cannot change a run.

    `start` (n_parameters,): weights, then the bias where the model has one. Without `batches` each step sees all
    samples. Raises ValueError, naming the argument, when the start or a nudge does not fit, a number is not finite, or
    `iterations` is no whole number, 0 or more.
    """

    data: Dataset
    model: Model
    start: tuple[float, ...]
    schedule: Schedule
    iterations: int
    loss: Loss = MEAN_SQUARED_ERROR
    optimiser: Optimiser = DESCENT
    batches: Batches | None = None
    nudges: Nudges = ()

    def __post_init__(self) -> None:
        start = finite_array("start", self.start, 1)
        same_length("start", start, self.model.n_parameters(self.data.n_features), "parameters")
        object.__setattr__(self, "start", tuple(start.tolist()))
        object.__setattr__(self, "iterations", whole_number("iterations", self.iterations))
        object.__setattr__(self, "schedule", checked(self.schedule))
        object.__setattr__(self, "nudges", checked_nudges(self.nudges, len(start)))

    @classmethod
    def on(
        cls,
        data: Dataset,
        *,
        start: Iterable[float] | None = None,
        learning_rate: float | None = None,
        iterations: int | None = None,
        **others: Any,
    ) -> Self:
        """Return an experiment on these data, with what they propose where nothing else is said."""
        return cls(
            data=data,
            start=tuple(data.start.tolist() if start is None else start),
            iterations=data.iterations if iterations is None else iterations,
            **{
                "model": Neuron(data.has_bias),
                "schedule": constant(data.learning_rate if learning_rate is None else learning_rate),
                **others,
            },
        )

    @property
    def learning_rate(self) -> float:
        """The learning rate that is in force when the run ends: that of the step which would be next."""
        return learning_rate_at(self.schedule, self.iterations)
