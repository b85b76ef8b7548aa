"""The six backward passes of “Find the bug”: who hides behind which letter, what each does, and its training."""

import inspect
import re
from functools import cache, lru_cache

import numpy as np

from core.gradient_check import RULES, Verdict
from core.training import History, train
from pages.frame.runs import KEPT_RUNS, Run
from pages.settings.table import SUSPECTS
from wording import _


def suspects(shuffle: int) -> dict[str, str]:
    """Return which rule hides behind each letter."""
    order = np.random.default_rng(shuffle).permutation(list(RULES))
    return dict(zip(SUSPECTS, order.tolist(), strict=True))


@cache
def code_of(slug: str) -> str:
    """Return a rule's code with a neutral name and without the docstring that gives it away."""
    source = re.sub(r'    """.*?"""\n', "", inspect.getsource(RULES[slug].backward), flags=re.DOTALL)
    return re.sub(r"def \w+\(.*", "def backward(inputs, outputs, targets):", source, count=1)


@lru_cache(maxsize=KEPT_RUNS)
def history_of(run: Run, slug: str) -> History:
    """Train like the run, but with this rule's backward pass."""
    return train(run.dataset, run.start, run.rate_of_mean, max(run.history.iterations, 1), RULES[slug].backward)


def verdict_names() -> dict[Verdict, str]:
    """Return what can be said of a backward pass."""
    return {
        Verdict.RIGHT: _("right"),
        Verdict.RESCALED: _("only rescaled"),
        Verdict.WRONG: _("wrong direction"),
    }


def told(slug: str, verdict: Verdict) -> str:
    """Say whether the verdict is right, and what the rule does."""
    stories = {
        "as-derived": _("This is the one that the chain rule gives, and that this app uses."),
        "listing": _("This is the article's published listing: it multiplies by the output instead of the input."),
        "sign": _("It takes the residual the wrong way round, and so goes uphill."),
        "missing-sum": _("It does not add up: only the last sample counts."),
        "missing-two": _("The factor 2 is missing: the direction is right, and the steps are half as long."),
        "bias-inputs": _("The bias's gradient is multiplied by the inputs, as if the bias were a weight."),
    }
    right = _("Right.") if verdict is RULES[slug].verdict else _("Not so.")
    return f"**{right}** {stories[slug]}"
