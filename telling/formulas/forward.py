"""Part 1, forward: what the neuron, or the network layer by layer, makes of one sample's inputs."""

from core.lesson.hidden import HiddenLayer
from telling.formulas.tables import hidden_table
from telling.formulas.written import Part, Passage, Written, both
from telling.latex import long_sum, numbered, of_neuron, symbols, weight_into, word
from wording import _, number

VALUES = {"tanh": r"\tanh({z})", "sigmoid": r"\frac{{1}}{{1 + e^{{-{z}}}}}", "relu": r"\max(0, {z})", "identity": "{z}"}
"""What each activation makes of a sum z."""


def forward(written: Written) -> Part:
    """Write the way from the inputs to the output, and of two classes to the probability of the second."""
    layers = [_neuron(written)] if written.hidden is None else _network(written, written.hidden)
    return Part(_("1 · Forward: the output"), [*layers, *([_probability(written)] if written.says_probability else [])])


def _neuron(written: Written) -> Passage:
    data, step = written.data, written.step
    values = zip(step.inputs[written.sample], step.parameters, strict=True)
    filled = [written.product(x, p) for x, p in [*values][: data.n_features]]
    bias = [written.term(step.parameters[-1])] if data.has_bias else []
    letters = zip(numbered("x", data.n_features), symbols(data), strict=False)
    left = f"{word(_('output'))} = "
    return Passage(
        _("The input times the weight, plus the bias, is the output."),
        [
            left + " + ".join([*(rf"{x} \cdot {w}" for x, w in letters), *(["b"] if bias else [])]),
            left + " + ".join([*filled, *bias]),
            left + written.result(step.outputs[written.sample]),
        ],
    )


def _network(written: Written, hidden: HiddenLayer) -> list[Passage]:
    text = _(
        "Each hidden neuron k adds up the inputs times its weights, and its bias: the sum z. Its value h is what the "
        "activation makes of z. With the numbers of neuron {neuron}, and then all of them:"
    )
    return [
        Passage(
            text.format(neuron=number(hidden.strongest(written.sample) + 1)),
            _hidden_lines(written, hidden),
            hidden_table(written, hidden),
        ),
        Passage(
            _("The output neuron does the same once more: the values times its weights v, plus its own bias c."),
            _output_lines(written, hidden),
        ),
    ]


def _hidden_lines(written: Written, hidden: HiddenLayer) -> list[str]:
    i, k = written.sample, hidden.strongest(written.sample)
    letters = numbered("x", written.data.n_features)
    general = " + ".join([*(rf"{x} \cdot {weight_into(j, 'k')}" for j, x in enumerate(letters, start=1)), "b_k"])
    values = zip(written.step.inputs[i, :-1], hidden.first[:-1, k], strict=True)
    filled = " + ".join([*(written.product(x, w) for x, w in values), written.term(hidden.first[-1, k])])
    formula, (z, h) = VALUES[hidden.activation.name], (hidden.sums[i, k], hidden.values[i, k])
    inner = written.term(z) if hidden.activation.name == "sigmoid" else written.result(z)
    filled_in = "" if hidden.activation.name == "identity" else f"{formula.format(z=inner)} = "
    return [
        f"z_k = {general}",
        f"{of_neuron('z', k + 1)} = {filled} = {written.result(z)}",
        f"h_k = {formula.format(z='z_k')}",
        f"{of_neuron('h', k + 1)} = {filled_in}{written.result(h)}",
    ]


def _output_lines(written: Written, hidden: HiddenLayer) -> list[str]:
    i, bias = written.sample, written.term(written.step.parameters[-1])
    products = long_sum(hidden.n_hidden, lambda k: written.product(hidden.second[k], hidden.values[i, k]))
    left = f"{word(_('output'))} = "
    return [
        rf"{left}\sum_k v_k \cdot h_k + c",
        f"{left}{products} + {bias}",
        left + written.result(written.step.outputs[i]),
    ]


def _probability(written: Written) -> Passage:
    text = _("The output is a logit, any number at all. The sigmoid makes a probability p of it: that of “{name}”.")
    name, output = written.data.class_names[1], written.step.outputs[written.sample]
    sigmoid = VALUES["sigmoid"]
    return Passage(
        text.format(name=_(name)),
        both(
            "p",
            sigmoid.format(z=word(_("output"))),
            sigmoid.format(z=written.term(output)),
            written.result(written.step.predicted[written.sample]),
        ),
    )
