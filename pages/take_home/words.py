"""The words on the button and in its menu."""

from wording import _


def words() -> dict[str, str]:
    """Return the words on the button and in its menu."""
    return {
        "open": _("Take home"),
        "help": _("Files that keep what is shown here."),
        "picture": _("Picture"),
        "film": _("Film of the run"),
        "page": _("Page that works offline"),
        "cancel": _("Cancel"),
        "working": _("How much is done"),
        "saved": _("Saved: {file}"),
        "cancelled": _("Cancelled."),
        "failed": _("This could not be made. Try again."),
        "noFilm": _("This browser cannot record a film."),
    }
