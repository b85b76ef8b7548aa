"""Nudges: parameters that a hand has put elsewhere in mid-run, from where training goes on."""

from itertools import pairwise

from core.checks import finite_array, same_length, whole_number

Nudges = tuple[tuple[int, tuple[float, ...]], ...]
"""Pairs of an iteration, and the parameters that the run has there in place of what the step made of them."""


def checked_nudges(nudges: Nudges, n_parameters: int) -> Nudges:
    """Return the nudges; raise ValueError unless they go forward from 1, and fit the model with finite numbers.

    At 0 there is nothing to nudge: those parameters are the start.
    """
    iterations = [whole_number("nudge's iteration", iteration) for iteration, _parameters in nudges]
    if any(later <= earlier for earlier, later in pairwise([0, *iterations])):
        raise ValueError(f"nudges must go forward from iteration 1, not through {iterations}")
    arrays = [finite_array("nudge", parameters, 1) for _iteration, parameters in nudges]
    for array in arrays:
        same_length("nudge", array, n_parameters, "parameters")
    return tuple(zip(iterations, (tuple(array.tolist()) for array in arrays), strict=True))


def nudged(nudges: Nudges, iteration: int, parameters: tuple[float, ...]) -> Nudges:
    """Return the nudges with this one, and without those of later iterations."""
    return (*(nudge for nudge in nudges if nudge[0] < iteration), (iteration, parameters))


def nudges_until(nudges: Nudges, iteration: int) -> Nudges:
    """Return the nudges that a run has had when it stands at this iteration."""
    return tuple(nudge for nudge in nudges if nudge[0] <= iteration)
