"""The words on the player's controls."""

from wording import _, language


def words() -> dict[str, str]:
    """Return the words on the player's controls."""
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "back": _("One frame back"),
        "forth": _("One frame forth"),
        "place": _("Place in the run"),
        "speed": _("Speed"),
        "live": _("Live"),
        "liveHelp": _("Live: Play trains on from where the run stands, and the dial stays in your hand."),
        "pace": _("Iterations per second"),
        "perSecond": _("{n} / s"),
        "train": _("Train on"),
        "steps": _("Train {n} iterations"),
        "step": _("Train one iteration"),
        "language": language(),
        "missing": _("The picture could not be loaded. Trying again …"),
        "stale": _("Not connected: this picture may be old. Trying again …"),
    }
