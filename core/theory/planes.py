"""A plane in the space of all parameters, and the loss of any model over it: a map on which a run's path is drawn.

The path's own directions are those in which it is longest, after Li, Xu, Taylor, Studer and Goldstein, Visualizing the
loss landscape of neural nets (2018): the principal components of its distances to where it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.checks import Array
from core.experiment import Experiment
from core.network import Network
from core.training import History, losses

MOST_STEPS = 1000
"""Of a longer run so many iterations are looked at."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The loss at origin + x · directions[0] + y · directions[1], of any model.

    `origin` (n_parameters,); `directions` (2, n_parameters) are of length one and at right angles. `corners` (2, 2)
    are the least and the greatest x and y of the paths of some runs, and `share` is how much of these lies in the
    plane: of their squared distances to the lowest end.
    """

    experiment: Experiment
    origin: Array
    directions: Array
    corners: Array
    share: float

    @property
    def outputs(self) -> int:
        """How many numbers make one loss: an output for each sample, or what each hidden neuron says to it."""
        model = self.experiment.model
        return self.experiment.data.n_samples * (model.n_hidden if isinstance(model, Network) else 1)

    def seen(self, parameters: Array) -> Array:
        """Return x and y of the parameters (..., n_parameters), (..., 2): of the point in the plane next to them."""
        points: Array = (parameters - self.origin) @ self.directions.T
        return points

    def loss(self, points: Array) -> Array:
        """Return the loss at `points` (..., 2), shape (...,)."""
        parameters = self.origin + points.reshape(-1, 2) @ self.directions
        return losses(self.experiment, parameters).reshape(points.shape[:-1])


def over_pair(histories: Sequence[History], pair: tuple[int, int]) -> Sheet:
    """Return the plane of two parameters (counted from 0), the others held where the lowest run ends."""
    path, end = _paths(histories)
    directions = np.eye(path.shape[1])[list(pair)]
    origin = end.copy()
    origin[list(pair)] = 0.0
    return _sheet(histories[0].experiment, origin, directions, path, end)


def along_paths(histories: Sequence[History]) -> Sheet:
    """Return the plane through the end of the lowest run in which the paths of all are longest.

    The start of the first one lies to the left, and most of the way above or below is above.
    """
    path, end = _paths(histories)
    moves = path - end
    scale = float(np.abs(moves).max()) or 1.0
    directions = np.linalg.eigh((moves / scale).T @ (moves / scale))[1][:, :-3:-1].T
    points = moves @ directions.T
    ways = np.array([-points[0, 0], points[np.abs(points[:, 1]).argmax(), 1]])
    return _sheet(histories[0].experiment, end, directions * np.where(ways < 0, -1.0, 1.0)[:, np.newaxis], path, end)


def gets_down(history: History) -> bool:
    """Return whether a run ends no higher than it began; else its plane goes through where its loss is least."""
    return history.diverged_at is None and bool(history.loss[-1] <= history.loss[0])


def _paths(histories: Sequence[History]) -> tuple[Array, Array]:
    """Return the parameters on the way of all runs, one after the other, and where the lowest of them ends."""
    ways = [_way(history) for history in histories]
    lowest = min(range(len(ways)), key=lambda k: float(histories[k].loss.min()))
    return np.concatenate([path for path, _end in ways]), ways[lowest][1]


def _way(history: History) -> tuple[Array, Array]:
    """Return the parameters on the way, and where it ends; of a run that does not get down, where its loss is least."""
    end = last = history.iterations
    if not gets_down(history):
        end = int(history.loss.argmin())
        last = min(max(end, 1), last)  # with the first step, or there would be no direction
    shown = np.unique(np.linspace(0, last, MOST_STEPS).astype(int))
    return history.parameters[shown], history.parameters[end]


def _sheet(experiment: Experiment, origin: Array, directions: Array, path: Array, end: Array) -> Sheet:
    points, moves = (path - origin) @ directions.T, path - end
    scale = float(np.abs(moves).max()) or 1.0
    whole, within = (float(np.sum((each / scale) ** 2)) for each in (moves, moves @ directions.T))
    corners = np.array([points.min(axis=0), points.max(axis=0)])
    return Sheet(experiment, origin, directions, corners, within / whole if whole else 1.0)
