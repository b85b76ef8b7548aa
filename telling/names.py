"""What things are called, in the language that is spoken."""

import math

from core.data.dataset import Dataset
from core.experiment import Experiment, Model
from core.lesson.slips import Slip
from core.lesson.suspects import Verdict
from core.network import Network
from core.theory.factors import stable_product
from core.theory.in_force import LimitKind
from core.theory.limits import Regime
from core.training import History
from wording import _, number


def parameter_names(data: Dataset, model: Model | None = None) -> list[str]:
    """Return what the parameters are called: weight (or w1, w2, ...), then bias where there is one.

    Of a network w1→3 is the weight from the first input into the third hidden neuron, b3 that neuron's bias, v3 its
    weight into the output, and c the output's bias.
    """
    if isinstance(model, Network):
        neurons, sources = range(1, model.n_hidden + 1), [*(f"w{j}→" for j in range(1, data.n_features + 1)), "b"]
        return [*(f"{source}{k}" for source in (*sources, "v") for k in neurons), "c"]
    weights = [_("weight")] if data.n_features == 1 else [f"w{j}" for j in range(1, data.n_features + 1)]
    return [*weights, _("bias")] if data.has_bias else weights


def names_in(experiment: Experiment) -> list[str]:
    """Return what the parameters of an experiment are called."""
    return parameter_names(experiment.data, experiment.model)


def handle_names(data: Dataset) -> list[str]:
    """Return what the handles of the prediction are called; none where it is no line and there are no bars."""
    if data.n_samples == 1:
        return [_("Bar of {weight}").format(weight=f"w{j}") for j in range(1, data.n_features + 1)]
    return (
        [_("Left end of the line"), _("Middle of the line"), _("Right end of the line")] if data.n_features == 1 else []
    )


def watched_name(history: History, value: str) -> str:
    """Return what a watched value of a run is called: the first weight, an output, the error, or the sharpness."""
    data = history.experiment.data
    if value == "sharpness":
        return _sharpness_name(history)
    if value == "accuracy":
        return _("share on the right side")
    if value == "error":
        return _("error along the steep direction")
    if value == "weight":
        return names_in(history.experiment)[0]
    if data.n_samples == 1 or data.n_features > 1:
        return _("output")
    return _("output at {input}").format(input=f"{number(float(data.inputs[-1, 0]))} {data.input_unit}".strip())


def _sharpness_name(history: History) -> str:
    product = stable_product(history.experiment.optimiser)
    if math.isinf(product) or not history.learning_rate:
        return _("sharpness")
    edge = number(product / history.learning_rate, 3)
    return _("sharpness, and the edge {product} / learning rate = {edge}").format(product=number(product, 3), edge=edge)


def regime_names(*, is_certain: bool = True) -> dict[Regime, str]:
    """Return what the regimes are called; where the loss is no parabola it is not certain that a run explodes."""
    return {
        Regime.CREEPING: _("too slow"),
        Regime.MONOTONE: _("steady"),
        Regime.OVERSHOOTING: _("overshoots"),
        Regime.BOUNCING: _("bounces for ever"),
        Regime.DIVERGING: _("explodes") if is_certain else _("may explode"),
    }


def limit_names() -> dict[LimitKind, str]:
    """Return what a limit is called that does not move."""
    return {
        LimitKind.EXACT: _("limit"),
        LimitKind.WHOLE: _("limit for all samples at once"),
        LimitKind.EVERYWHERE: _("limit that holds everywhere"),
        LimitKind.STEEPEST: _("limit where it is steepest"),
    }


def verdict_names() -> dict[Verdict, str]:
    """Return what can be said of a backward pass."""
    return {
        Verdict.RIGHT: _("right"),
        Verdict.RESCALED: _("only rescaled"),
        Verdict.WRONG: _("wrong direction"),
    }


def slip_names() -> dict[Slip, str]:
    """Return what went wrong in a predicted parameter, as the end of a sentence."""
    return {
        Slip.ADDED: _("the gradient was added instead of subtracted"),
        Slip.NO_RATE: _("the learning rate was forgotten"),
        Slip.ADDED_WITHOUT_RATE: _("sign and learning rate were forgotten"),
        Slip.NO_TWO: _("the factor 2 was forgotten"),
        Slip.NO_MEAN: _("the division by the number of samples was forgotten"),
        Slip.ONLY_CHANGE: _("only the change was given, not the new value"),
        Slip.UNCHANGED: _("nothing was changed"),
        Slip.PLAIN: _("the step of plain descent was taken"),
    }
