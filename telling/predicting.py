"""Predict first: what is asked, what is known beforehand, and why a question does not suit a run."""

from collections.abc import Sequence

from core.lesson.prediction import Answer, Kind, Question, Unsuited
from core.lesson.scoring import FULL
from core.losses import Loss
from core.optimisers import Momentum, Nesterov
from core.training import History
from telling.answers import unreadable
from wording import N_, _, number, parse_number

TITLES = {
    Kind.LINE: N_("Draw where the line will be after the next step."),
    Kind.LOSS: N_("How large will the loss be at iteration {iteration}?"),
    Kind.REGIME: N_("What will this learning rate do?"),
    Kind.LIMIT: N_("From which learning rate on will it explode?"),
}
TO_DO = {
    Kind.LINE: N_("Drag both ends of your line, or move them with the arrow keys, and check it."),
    Kind.LOSS: N_("It starts at {loss}. Drag your point up or down, move it with the arrow keys, or type a number."),
    Kind.REGIME: N_("Four ways in which the first steps can go. Choose one of them, and check it."),
    Kind.LIMIT: N_("Drag your line up or down, move it with the arrow keys, or type a number."),
}
ALTS = {
    Kind.LINE: N_("The data, the line before the step, and your line, which has a handle at each end."),
    Kind.LOSS: N_("The loss at the start, and yours at iteration {iteration}, which has a handle."),
    Kind.REGIME: N_("Four sketches of the error in the first steps: too slow, steady, overshooting, exploding."),
    Kind.LIMIT: N_("An axis of learning rates, and your limit on it, which has a handle."),
}
UNSUITED = {
    Unsuited.NO_LINE: N_("These predictions are no straight line over one input, so there is no line to draw."),
    Unsuited.NO_LIMIT: N_(
        "For this run no exact limit of the learning rate is known beforehand, so there is nothing to ask."
    ),
    Unsuited.FLAT: N_("These data are flat: there is nothing to learn, and nothing to ask."),
    Unsuited.STEERED: N_("This run does not go its way at one learning rate, so there is no single answer."),
    Unsuited.ALREADY_THERE: N_("This run starts where it should end, so there is nothing to predict."),
    Unsuited.TOO_FAR: N_("There are no numbers for where this run goes, so there is nothing to predict."),
}


def question_names() -> dict[str, str]:
    """Return what the questions are called, by their names in a link; nothing stands for none."""
    return {
        "": _("nothing"),
        Kind.LINE.value: _("the line after the next step"),
        Kind.LOSS.value: _("the loss later on"),
        Kind.REGIME.value: _("what the learning rate does"),
        Kind.LIMIT.value: _("the largest stable learning rate"),
    }


def title(asked: Question) -> str:
    """Return the question."""
    return _(TITLES[asked.kind]).format(iteration=number(asked.iteration))


def known_before(asked: Question, history: History, *, is_rescaled: bool) -> str:
    """Say which run is asked about, and what is to be done: Markdown."""
    now, name = asked.experiment, f"**{_(asked.experiment.data.name)}**"
    if asked.kind is Kind.LIMIT:
        facts = [name]
    else:
        rate = number(history.experiment.learning_rate)
        facts = [_("{data}, learning rate **{rate}**").format(data=name, rate=rate)]
    facts += [_("inputs rescaled")] if is_rescaled else []
    facts += _of_the_step(now.loss, asked)
    to_do = _(TO_DO[asked.kind]).format(loss=number(float(history.loss[0])))
    return f"{' · '.join(facts)}. {to_do}"


def _of_the_step(loss: Loss, asked: Question) -> list[str]:
    optimiser, samples = asked.experiment.optimiser, number(asked.experiment.data.n_samples)
    told = []
    if loss.summands(asked.experiment.data.targets) > 1:
        told.append(_("the gradient added up over the {n} samples").format(n=samples))
    if isinstance(optimiser, Momentum | Nesterov):
        told.append(_("a momentum of {b}").format(b=number(optimiser.momentum)))
    return told


def alt(asked: Question) -> str:
    """Say what the picture shows before anything is told."""
    return _(ALTS[asked.kind]).format(iteration=number(asked.iteration))


def reason_why_not(reason: Unsuited) -> str:
    """Say why a question does not suit a run."""
    return f"{_('Here no question comes first.')} {_(UNSUITED[reason])}"


def handle_names(kind: Kind) -> list[str]:
    """Return what the handles in the picture are called."""
    return {
        Kind.LINE: [_("Left end of the line"), _("Right end of the line")],
        Kind.LOSS: [_("Your loss")],
        Kind.LIMIT: [_("Your limit")],
    }.get(kind, [])


def field_name(kind: Kind) -> str:
    """Return what the field is called in which a number can be typed."""
    return _("Your limit") if kind is Kind.LIMIT else _("Your loss")


def typed_value(kind: Kind, text: str) -> float:
    """Read what was typed. Raises ValueError, with a sentence that says what it should be, for all but a number > 0."""
    try:
        value = parse_number(text)
    except ValueError as problem:
        raise ValueError(unreadable(field_name(kind), problem)) from None
    if value > 0:
        return value
    raise ValueError(_("{name}: it is a number greater than zero. Nothing is lost.").format(name=field_name(kind)))


def points(answer: Answer) -> str:
    """Say how good an answer was."""
    return _("{score} of {full}").format(score=number(answer.score), full=number(FULL))


def tally(answers: Sequence[Answer]) -> str:
    """Say how good several answers were; nothing of a single one."""
    if len(answers) < 2:
        return ""
    mean = round(sum(answer.score for answer in answers) / len(answers))
    return _("{n} answers, {mean} on average").format(n=number(len(answers)), mean=number(mean))
