"""The run as a program of PyTorch: its tensors, its losses, its `backward`, and its optimisers where they are ours."""

from textwrap import dedent
from typing import Any

from core.experiment import Experiment
from core.losses import CrossEntropy, Huber, Loss
from core.network import Network
from core.optimisers import Adam, Momentum, Nesterov, Optimiser, RMSProp
from programs.given import batches_of, conditions, ending, heading, in_batches, samples_of
from programs.layers import by_layers, layer, layer_names
from programs.lines import comment, indented, remark, stacked
from wording import _

ACTIVATIONS = {"tanh": "torch.tanh({})", "sigmoid": "torch.sigmoid({})", "relu": "torch.relu({})", "identity": "{}"}


def pytorch_program(experiment: Experiment) -> str:
    """Return the program; it leaves the arrays `parameters` and `loss` behind."""
    functions = _forward(experiment), batches_of(experiment.batches)
    arrays = "parameters, loss = np.array(path), np.array(losses)"
    run = stacked(_given(experiment), _optimiser(experiment), _loop(experiment), arrays, ending())
    return heading(experiment, "PyTorch") + "\n" + stacked(_imports(experiment), *functions, run, apart=2) + "\n"


def _imports(experiment: Experiment) -> str:
    return stacked(
        in_batches(experiment.batches, "from itertools import count\n"),
        "import numpy as np\nimport torch\nfrom torch.nn.functional import " + _loss_name(experiment.loss),
        remark("torch.set_default_dtype(torch.float64)", _("numbers of 64 bits, as ours")),
    )


def _loss_name(loss: Loss) -> str:
    if isinstance(loss, CrossEntropy):
        return "binary_cross_entropy_with_logits"
    return "huber_loss" if isinstance(loss, Huber) else "mse_loss"


def _forward(experiment: Experiment) -> str:
    model = experiment.model
    if not isinstance(model, Network):
        return f"def forward(inputs):\n    return inputs @ weights{' + bias' if model.has_bias else ''}"
    hidden = ACTIVATIONS[model.activation.name].format("inputs @ first_weights + first_bias")
    return f"def forward(inputs):\n    hidden = {hidden}\n    return hidden @ second_weights + second_bias"


def _given(experiment: Experiment) -> str:
    values = by_layers(experiment, experiment.start)
    names = layer_names(experiment)
    return stacked(
        samples_of(experiment.data, "torch.tensor"),
        *(f"{name} = {_followed(part)}" for name, part in zip(names, values, strict=True)),
        f"parts = [{', '.join(names)}]",
        conditions(experiment, by_layer=True),
        apart=0,
    )


def _followed(part: list[Any] | float) -> str:
    """Return a tensor of whose computations a graph is kept."""
    return layer(part, "torch.tensor").removesuffix(")") + ", requires_grad=True)"


def _by_hand(experiment: Experiment) -> bool:
    """Whether PyTorch's optimiser is another: its momentum remembers moves before the learning rate has scaled them."""
    optimiser = experiment.optimiser
    return isinstance(optimiser, Momentum | Nesterov) and len({rate for _at, rate in experiment.schedule}) > 1


def _optimiser(experiment: Experiment) -> str:
    first = "learning_rate" if len(experiment.schedule) == 1 else "learning_rates[0]"
    if not _by_hand(experiment):
        return f"optimiser = torch.optim.{_call(experiment.optimiser, first)}"
    why = _(
        "torch.optim.SGD lets the learning rate scale the whole velocity, ours only what is added to it: where the "
        "rate changes that is another run, so the update is written out."
    )
    return stacked(
        comment(why),
        f"momentum = {experiment.optimiser.momentum!r}",  # type: ignore[attr-defined]
        "velocities = [torch.zeros_like(part) for part in parts]",
        apart=0,
    )


def _call(optimiser: Optimiser, rate: str) -> str:
    match optimiser:
        case RMSProp():
            return f"RMSprop(parts, lr={rate}, alpha={optimiser.decay!r}, eps={optimiser.epsilon!r})"
        case Adam():
            betas = f"({optimiser.mean_decay!r}, {optimiser.square_decay!r})"
            return f"Adam(parts, lr={rate}, betas={betas}, eps={optimiser.epsilon!r})"
        case Momentum() | Nesterov() if optimiser.momentum > 0:
            nesterov = ", nesterov=True" if isinstance(optimiser, Nesterov) else ""
            return f"SGD(parts, lr={rate}, momentum={optimiser.momentum!r}{nesterov})"
        case _:
            return f"SGD(parts, lr={rate})"


def _loop(experiment: Experiment) -> str:
    batches = experiment.batches
    body = (
        _turn(experiment),
        _nudge(experiment),
        _cost(experiment),
        remark("if iteration > 0 and not torch.isfinite(cost):", _("it exploded")) + "\n    break",
        "path.append(torch.cat([part.detach().flatten() for part in parts]).tolist())",
        "losses.append(cost.item())",
        in_batches(batches, f"batch = next(rows)\n{_cost(experiment, '[batch]')}"),
        _update(experiment),
    )
    before = stacked("path, losses = [], []", in_batches(batches, "rows = batches(len(targets))"), apart=0)
    return f"{before}\nfor iteration in range(iterations + 1):\n{indented(*body)}"


def _cost(experiment: Experiment, chosen: str = "") -> str:
    loss = experiment.loss
    delta = f", delta={loss.delta!r}" if isinstance(loss, Huber) else ""
    return f"cost = {_loss_name(loss)}(forward(inputs{chosen}), targets{chosen}{delta})"


def _turn(experiment: Experiment) -> str:
    if len(experiment.schedule) == 1:
        return ""
    change = "learning_rate" if _by_hand(experiment) else 'optimiser.param_groups[0]["lr"]'
    return f"if iteration in learning_rates:\n    {change} = learning_rates[iteration]"


def _nudge(experiment: Experiment) -> str:
    if not experiment.nudges:
        return ""
    still = (
        "velocities = [torch.zeros_like(part) for part in parts]" if _by_hand(experiment) else "optimiser.state.clear()"
    )
    return dedent(f"""\
        if iteration in nudges:
            for part, value in zip(parts, nudges[iteration]):
                part.data = torch.tensor(value)
            {still}""")


def _update(experiment: Experiment) -> str:
    cost = "cost"
    if experiment.loss.summed:
        cost = f"(cost * len(targets{'[batch]' if experiment.batches else ''}))"
    backward = remark(f"{cost}.backward()", _("in place of backward"))
    if not _by_hand(experiment):
        return stacked("optimiser.zero_grad()", backward, remark("optimiser.step()", _("in place of update")), apart=0)
    nesterov = isinstance(experiment.optimiser, Nesterov)
    moves = (
        "velocity.mul_(momentum).sub_(learning_rate * part.grad)",
        "part += momentum * velocity - learning_rate * part.grad" if nesterov else "part += velocity",
        "part.grad = None",
    )
    each = "for part, velocity in zip(parts, velocities):\n" + indented(*moves)
    return stacked(backward, "with torch.no_grad():\n" + indented(each), apart=0)
