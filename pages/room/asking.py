"""What a page asks while its answers wait: in a room what the class is asked, else what the run does."""

from pages.frame.session import settings
from pages.room.membership import member
from pages.settings.tasks import kind_of
from telling.rooms import task_line
from wording import _


def question() -> tuple[str, str]:
    """Return the question, and what to do first."""
    now = settings()
    if member():
        return task_line(kind_of(now), now.iterations), _("Drag the dial: each try becomes a point on the wall.")
    return _("What does this run do?"), _("Say first what it does, and why. Then compare.")
