"""Part 4, backward: the gradients of the parameters by the chain rule, through one layer or through two."""

from core.lesson.hidden import HiddenLayer
from telling.formulas.tables import parameter_table
from telling.formulas.written import Part, Passage, Written, both
from telling.latex import of_neuron, slope_of, symbols, weight_into, word
from wording import _, number


def backward(written: Written) -> Part:
    """Write the gradients: of one neuron's every parameter, of a network's those on one way back."""
    if written.hidden is None:
        return _neuron(written)
    title = _("4 · Backward: the gradients of all parameters, by the chain rule")
    return Part(title, _network(written, written.hidden))


def _neuron(written: Written) -> Part:
    words = _("The output's gradient times what the output owes to the parameter, added up over all samples.")
    if not written.step.sees_all:
        words = _("The output's gradient times what the output owes to the parameter, added up over the batch.")
    lines = [line for j, name in enumerate(symbols(written.data)) for line in _gradient_of(written, j, name)]
    return Part(_("4 · Backward: the gradients of weight and bias, by the chain rule"), [Passage(words, lines)])


def _gradient_of(written: Written, j: int, name: str) -> list[str]:
    step, output = written.step, word(_("output"))
    left = f"{_over(name)} = "
    owed = {"b": "1", "w": "x_i"}.get(name, f"x_{{i{j + 1}}}")
    products = written.sum_of(step.grad_output, step.inputs[:, j])
    formula = rf"{left}\sum_i {_over(f'{output}_i')} \cdot {owed}"
    return [formula, left + products, left + written.result(step.gradient[j])]


def _over(name: str) -> str:
    """Return the derivative of the loss over something."""
    return slope_of(word(_("loss")), name)


def _network(written: Written, hidden: HiddenLayer) -> list[Passage]:
    k = hidden.strongest(written.sample)
    return [_second_layer(written, hidden, k), _through_neuron(written, hidden, k), _first_layer(written, hidden, k)]


def _second_layer(written: Written, hidden: HiddenLayer, k: int) -> Passage:
    text = _(
        "From the output back through both layers, by way of neuron {neuron}, which adds most to this sample's output. "
        "What the output owes to the weight v is the value h, and to the bias c it is 1; the samples are added up."
    )
    chain, value = _over(f"{word(_('output'))}_i"), of_neuron("h", f"i,{k + 1}")
    slopes, gradient = written.step.grad_output, written.step.gradient
    place, products = hidden.first.size + k, written.sum_of(slopes, hidden.values[:, k])
    return Passage(
        text.format(neuron=number(k + 1)),
        [
            *both(
                _over(of_neuron("v", k + 1)),
                rf"\sum_i {chain} \cdot {value}",
                products,
                written.result(gradient[place]),
            ),
            *both(_over("c"), rf"\sum_i {chain}", written.sum_of(slopes), written.result(gradient[-1])),
        ],
    )


def _through_neuron(written: Written, hidden: HiddenLayer, k: int) -> Passage:
    i, (v, h, z) = written.sample, (of_neuron(letter, k + 1) for letter in "vhz")
    slope, value = written.step.grad_output[i], hidden.grad_values[i, k]
    owed = slope_of(h, z)
    return Passage(
        _("This sample's slope goes on: times the weight v to the value h, times the activation's slope to the sum z."),
        [
            *both(
                _over(h),
                rf"{_over(word(_('output')))} \cdot {v}",
                written.product(slope, hidden.second[k]),
                written.result(value),
            ),
            f"{owed} = {_slope(written, hidden, k)}",
            *both(
                _over(z),
                rf"{_over(h)} \cdot {owed}",
                written.product(value, hidden.slopes[i, k]),
                written.result(hidden.grad_sums[i, k]),
            ),
        ],
    )


def _slope(written: Written, hidden: HiddenLayer, k: int) -> str:
    """Return the activation's slope, written with its value h: the formula, the same with numbers, and the result."""
    value, result = hidden.values[written.sample, k], written.result(hidden.slopes[written.sample, k])
    h, z, h_filled = of_neuron("h", k + 1), of_neuron("z", k + 1), written.term(value)
    match hidden.activation.name:
        case "tanh":
            return f"1 - {h}^2 = 1 - {written.square(value)} = {result}"
        case "sigmoid":
            return rf"{h} \cdot (1 - {h}) = {h_filled} \cdot (1 - {h_filled}) = {result}"
        case "relu":
            return rf"\begin{{cases}} 1 & {z} > 0 \\ 0 & {z} \le 0 \end{{cases}} = {result}"
        case _:
            return result


def _first_layer(written: Written, hidden: HiddenLayer, k: int) -> Passage:
    n_features, gradient = written.data.n_features, written.step.gradient
    chain, slopes = _over(of_neuron("z", f"i,{k + 1}")), hidden.grad_sums[:, k]
    lines = []
    for j, x in enumerate(["x_i"] if n_features == 1 else [f"x_{{i,{j}}}" for j in range(1, n_features + 1)]):
        left = _over(weight_into(j + 1, k + 1))
        products = written.sum_of(slopes, written.step.inputs[:, j])
        lines += both(left, rf"\sum_i {chain} \cdot {x}", products, written.result(gradient[j * hidden.n_hidden + k]))
    bias = written.result(gradient[n_features * hidden.n_hidden + k])
    lines += both(_over(of_neuron("b", k + 1)), rf"\sum_i {chain}", written.sum_of(slopes), bias)
    return Passage(
        _("What the sum z owes to a weight is its input, and to the bias b it is 1; the samples are added up."),
        lines,
        parameter_table(written, with_update=False) if written.alone else "",
    )
