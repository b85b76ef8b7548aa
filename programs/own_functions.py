"""The functions that train, taken from where they run, and written as a program without classes has them."""

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from textwrap import dedent, indent
from typing import Any

import core.activations
from core.activations import Activation, sigmoid
from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss
from core.network import Network
from core.optimisers import GradientDescent, Optimiser, update
from programs.lines import stacked
from wording import N_, _

FORWARD = N_("Predict: each output is the sum of the inputs times their parameters.")
BACKWARD = N_("Find the gradient by the chain rule, in the reverse order of forward.")
OF_NETWORK = N_("Predict: the hidden neurons first, then the output, which weighs what they say.")
LAYERS = N_("Return the first layer's weights and biases, the second layer's weights, and its bias.")
UPDATE = N_("Take one step downhill.")
BEGIN = N_("Return what the optimiser remembers before the first step.")
VALUE = N_("Return the mean over the samples of how wrong each output is.")
SLOPE = N_("Return how the loss changes with each output.")
SUMMANDS = re.compile(r" \* \((2 \* )?self\.summands\(targets\) / targets\.shape\[-1\]\)")
OF_OTHERS = {
    "loss.slope(": "loss_slope(",
    "self.activation.value(": "activation(",
    "self.activation.slope(": "activation_slope(",
    "self.": "",
}


def training_functions(experiment: Experiment, says: bool = True) -> tuple[str, str, str]:
    """Return forward, backward and update; what each of them does is left to the reader where it `says` nothing."""
    model, optimiser = experiment.model, experiment.optimiser
    step = update if isinstance(optimiser, GradientDescent) else optimiser.step
    told = OF_NETWORK if isinstance(model, Network) else FORWARD, BACKWARD, UPDATE
    forward, backward, moved = told if says else ("", "", "")
    return written(model.forward, forward), written(model.backward, backward), written(step, moved, name="update")


def model_functions(experiment: Experiment) -> str:
    """Return forward and backward, with what they need."""
    model = experiment.model
    forward, backward, _update = training_functions(experiment)
    if not isinstance(model, Network):
        return stacked(forward, backward, apart=2)
    needed = activation_functions(model.activation), written(model.layers, LAYERS)
    return stacked(f"n_hidden = {model.n_hidden}", *needed, forward, backward, apart=2)


def loss_functions(loss: Loss) -> str:
    """Return the loss and its slope, with what they need."""
    slope = SUMMANDS.sub(lambda found: _factor(found[1] or "", loss.summed), _lines(loss.slope))
    return stacked(
        f"delta = {loss.delta!r}" if isinstance(loss, Huber) else "",
        written(sigmoid) if isinstance(loss, CrossEntropy) else "",
        written(loss.value, VALUE, name="loss_value"),
        function("loss_slope", ["outputs", "targets"], _(SLOPE), _unowned(slope)),
        apart=2,
    )


def _factor(two: str, summed: bool) -> str:
    """Return what the slope is multiplied by: 2/n or 1/n, or where it is summed 2 or nothing."""
    if summed:
        return " * 2" if two else ""
    return f" * ({'2' if two else '1'} / targets.shape[-1])"


def optimiser_functions(experiment: Experiment) -> str:
    """Return the update, and what it remembers at first where it remembers anything."""
    optimiser, (_forward, _backward, step) = experiment.optimiser, training_functions(experiment)
    if isinstance(optimiser, GradientDescent):
        return step
    return stacked(constants(optimiser), written(optimiser.begin, BEGIN), step, apart=2)


def constants(optimiser: Optimiser) -> str:
    """Return the optimiser's numbers, a line each."""
    return "\n".join(f"{field.name} = {getattr(optimiser, field.name)!r}" for field in fields(optimiser))  # type: ignore[arg-type]


def activation_functions(activation: Activation) -> str:
    """Return the activation and its slope, with what they need."""
    value, slope = _expressions()[activation.name]
    return stacked(
        written(sigmoid) if activation.name == "sigmoid" else "",
        function("activation", ["z"], "", f"return {value}"),
        function("activation_slope", ["a"], "", f"return {slope}"),
        apart=2,
    )


@cache
def _expressions() -> dict[str, tuple[str, str]]:
    """Return the value of each activation at z, and its slope where the value is a, as they stand in the source."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(core.activations))) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Activation"]
    return {ast.literal_eval(call.args[0]): (_at(call.args[1], "z"), _at(call.args[2], "a")) for call in made}


def _at(called: ast.expr, argument: str) -> str:
    return ast.unparse(called.body if isinstance(called, ast.Lambda) else called) + (
        "" if isinstance(called, ast.Lambda) else f"({argument})"
    )


def written(source: Callable[..., Any], says: str = "", name: str = "") -> str:
    """Return a function or method as a function: without types, and with a docstring of one line."""
    arguments = [argument for argument in inspect.signature(source).parameters if argument != "loss"]
    return function(name or source.__name__, arguments, _(says), body(source))


def function(name: str, arguments: list[str], says: str, lines: str) -> str:
    """Return a function."""
    docstring = f'    """{says}"""\n' if says else ""
    return f"def {name}({', '.join(arguments)}):\n{docstring}{indent(lines, '    ')}"


def body(source: Callable[..., Any]) -> str:
    """Return the lines of a function, without its docstring, its types, and whose they are."""
    return _unowned(_lines(source))


def _lines(source: Callable[..., Any]) -> str:
    text = dedent(inspect.getsource(source))
    first = ast.parse(text).body[0]
    assert isinstance(first, ast.FunctionDef)
    after_docstring = text.splitlines()[first.body[1].lineno - 1 :]
    return dedent("\n".join(after_docstring)).replace(": Array = ", " = ")


def _unowned(lines: str) -> str:
    for theirs, ours in OF_OTHERS.items():
        lines = lines.replace(theirs, ours)
    return lines
