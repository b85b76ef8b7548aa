"""What is said in the game of landing: what is to be done, and how well it was done."""

from wording import _, number


def invitation(start: int, starts: int, par: int, tolerance: float, beat: int) -> str:
    """Say what is to be done from this start; with the score of somebody else to `beat`, unless that is 0."""
    text = _(
        "**Land it**, {start} of {starts}: train on and steer, until every parameter is within {tolerance} of its "
        "best, in few iterations. Par is {par}, with the best single rate."
    )
    told = text.format(start=start, starts=starts, par=number(par), tolerance=number(tolerance))
    dare = _("Somebody landed in {iterations} and dares you to beat it.")
    return f"{told} {dare.format(iterations=number(beat))}" if beat else told


def score(iterations: int, explosions: int, par: int, beat: int) -> str:
    """Say in how many iterations the run has landed, how often it exploded, and how that compares."""
    text = _("Landed in {iterations} iterations, with {explosions} explosions. Par is {par}.")
    told = text.format(iterations=number(iterations), explosions=number(explosions), par=number(par))
    return f"{told} {_compared(iterations, par, beat)}"


def _compared(iterations: int, par: int, beat: int) -> str:
    if beat and iterations < beat:
        return _("You have beaten {beat}!").format(beat=number(beat))
    if beat:
        return _("{beat} is still to be beaten.").format(beat=number(beat))
    if iterations < par:
        return _("Better than any single rate!")
    return _("A rate that changes on the way can do better.")
