"""What is said of the noise floor: how high it is at several learning rates, and where there is none."""

from collections.abc import Sequence
from math import isfinite

from core.theory.noise_floor import Floor
from core.training import History
from wording import _, number


def run_names(histories: Sequence[History]) -> list[str]:
    """Return what the runs are called: by their constant rates, and the last one by its falling."""
    return [*(number(history.experiment.schedule[0][1], 3) for history in histories[:-1]), _("falling")]


def headline(floors: Sequence[float], *, has_noise: bool, knows_least: bool) -> str:
    """Say in a sentence what the picture shows."""
    *constant, falling = floors
    if not has_noise:
        return _("These data have no noise, so every batch agrees at the best: no floor.")
    if not isfinite(constant[0]):
        return _("At this learning rate small batches make the run explode.")
    if falling < min(constant):
        below = _("A constant rate stays up at its noise floor; a falling one gets below.")
        return below if knows_least else _("The falling learning rate ends lowest.")
    if constant == sorted(constant, reverse=True):
        return _("The smaller the learning rate, the lower the noise floor.")
    if constant[0] == min(constant):
        return _("In so few steps the greatest learning rate is still the lowest.")
    return _("The noise of the batches keeps each run up at a floor of its own.")


def explained(histories: Sequence[History], floors: Sequence[float], floor: Floor, *, at_best: bool) -> str:
    """Say how high each run is over its last quarter, and where the runs begin."""
    if not floor.has_noise:
        return _("All go on down, each as fast as its learning rate allows; a falling rate only slows down.")
    *constant, falling = floors
    text = _("{height} at {rate}")
    pairs = zip(run_names(histories), constant, strict=False)
    heights = ", ".join(text.format(height=number(height, 3), rate=name) for name, height in pairs)
    said = _measured(knows_least=floor.least is not None).format(heights=heights, falling=number(falling, 3))
    return f"{said} {_begun(at_best=at_best, knows_least=floor.least is not None)}"


def _measured(*, knows_least: bool) -> str:
    if knows_least:
        return _(
            "In the last quarter the loss is above the least by {heights} (medians). The rate that falls, to a tenth "
            "from half of the steps on and to a hundredth from three quarters on, ends at {falling}."
        )
    return _(
        "In the last quarter the loss is {heights} (medians). The rate that falls, to a tenth from half of the steps "
        "on and to a hundredth from three quarters on, ends at {falling}."
    )


def _begun(*, at_best: bool, knows_least: bool) -> str:
    if at_best:
        return _(
            "These runs begin at the best parameters themselves, and no constant rate stays there; from the start the "
            "smallest rate would take longer than this to come down to its floor."
        )
    if knows_least:
        return _("These runs begin at the start: each comes down until the noise of its batches outweighs the slope.")
    return _("The least loss is not known here: so this is the loss itself.")
