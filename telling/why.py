"""What stands behind “Why?”: all that the headline leaves out, and each term explained where it is met."""

from core.theory.limits import Regime
from core.theory.outcome import slowest_factor
from core.theory.quadratic import Quadratic, theory
from core.training import History
from telling.reasons import reasons
from telling.sentence import sentence
from wording import N_, _, number

TERMS = {
    Regime.CREEPING: N_("creeping"),
    Regime.MONOTONE: N_("monotone convergence"),
    Regime.OVERSHOOTING: N_("oscillating convergence, or overshooting"),
    Regime.BOUNCING: N_("oscillation without damping"),
    Regime.DIVERGING: N_("divergence"),
}
"""What textbooks call the regimes."""


def why(history: History) -> list[str]:
    """Return paragraphs, as Markdown: what happened, and what its words mean."""
    known = theory(history.experiment)
    if known is None or not known.is_plain:
        return [sentence(history), *reasons(history)]
    if known.is_flat:
        return [sentence(history)]
    return [sentence(history), *_explained(history, known)]


def _explained(history: History, known: Quadratic) -> list[str]:
    rate, steepest = history.learning_rate, 2 / known.limits.stable
    numbers = {
        "steepest": number(steepest),
        "rate": number(rate),
        "factor": number(1 - rate * steepest),
        "slowest": number(slowest_factor(history, known)),
        "term": _(TERMS[known.limits.regime(rate)]),
    }
    texts = [
        _(
            "**Limit**: the largest stable learning rate, 2 / {steepest}. The loss is a valley, and {steepest} is how "
            "strongly it curves where it is steepest: the largest eigenvalue of its Hessian."
        ),
        _(
            "**Overshooting**: a step multiplies the error across the valley by 1 − {rate} · {steepest} = {factor}. A "
            "negative factor is the other side; a size above 1 is farther away than before."
        ),
        *([_half_the_error()] if rate < known.limits.stable else []),
        _("Textbooks call what is seen here {term}."),
    ]
    return [text.format(**numbers) for text in texts]


def _half_the_error() -> str:
    return _(
        "**Half the error**: along the slowest direction a step leaves {slowest} of the error, and so "
        "half of it is gone in that many steps. That direction decides how long it takes."
    )
