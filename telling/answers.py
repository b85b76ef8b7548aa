"""What is answered to a learner: to a typed guess of the next parameter, and to a verdict on a backward pass."""

from core.lesson.slips import is_right, slip_in
from core.lesson.step import Step
from core.lesson.suspects import LINE_UPS, Verdict
from telling.names import names_in, slip_names
from telling.suspects import stories
from wording import AmbiguousNumberError, _, number, parse_number


def answer(step: Step, k: int, text: str) -> str:
    """Say how good a typed guess for parameter `k`, counted from 0, is, and which slip it looks like."""
    name = names_in(step.history.experiment)[k]
    try:
        guess = parse_number(text)
    except ValueError as problem:
        return unreadable(name, problem)
    after = float(step.after[k])
    if is_right(guess, float(step.parameters[k]), after):
        return _("{name}: right. It becomes {after}.").format(name=name, after=number(after, 8))
    off = _("{name}: off by {off}.").format(name=name, off=number(guess - after))
    return f"{off} {_looks(step, k, guess)}".rstrip()


def unreadable(name: str, problem: ValueError) -> str:
    """Say that what was typed for something is no number, or that it can be read in several ways."""
    if isinstance(problem, AmbiguousNumberError):
        return _("{name}: that can be read in more than one way. Type it as one of these: {readings}.").format(
            name=name, readings="; ".join(problem.readings)
        )
    return _("{name}: that is not a number yet. Type one such as {example}; nothing is lost.").format(
        name=name, example=number(0.5)
    )


def _looks(step: Step, k: int, guess: float) -> str:
    slip = slip_in(step, k, guess)
    return _("It looks as if {slip}.").format(slip=slip_names()[slip]) if slip else ""


def told(suspect: str, verdict: Verdict) -> str:
    """Say whether the verdict on a suspect, a key of some line-up, is right, and what the suspect does."""
    truth = next(suspects[suspect].verdict for suspects in LINE_UPS if suspect in suspects)
    right = _("Right.") if verdict is truth else _("Not so.")
    return f"**{right}** {stories()[suspect]}"
