"""How each optimiser moves a parameter: its formulas, the same with this step's numbers, and the results."""

from core.optimisers import Adam, Momentum, Nesterov, RMSProp
from telling.formulas.written import Passage, Written, both
from telling.latex import slope_of, word
from wording import _, number


def moved(written: Written, j: int, name: str) -> Passage:
    """Write how the parameter at place `j`, which formulas call `name`, moves."""
    match written.step.experiment.optimiser:
        case Momentum(momentum=momentum):
            return _by_momentum(written, j, name, momentum)
        case Nesterov(momentum=momentum):
            return _by_nesterov(written, j, name, momentum)
        case RMSProp() as optimiser:
            return _by_rmsprop(written, j, name, optimiser)
        case Adam() as optimiser:
            return _by_adam(written, j, name, optimiser)
        case _:
            return _by_descent(written, j, name)


def _by_descent(written: Written, j: int, name: str) -> Passage:
    step, left = written.step, f"{_new(name)} = "
    before, rate, slope = map(written.term, (step.parameters[j], step.learning_rate, step.gradient[j]))
    return Passage(
        _("Each parameter moves against its gradient, by the learning rate η times the gradient."),
        [
            rf"{left}{name} - \eta \cdot {_slope(name)}",
            rf"{left}{before} - {rate} \cdot {slope}",
            left + written.result(step.after[j]),
        ],
    )


def _by_momentum(written: Written, j: int, name: str, momentum: float) -> Passage:
    words = _(
        "A heavy ball: its velocity keeps the part β = {momentum} and gains the step downhill. The parameter moves by "
        "the new velocity."
    )
    formula, filled = f"+ {_new(_velocity())}", f"+ {written.term(written.step.next_state[0][j])}"
    lines = [*_gained(written, j, name, momentum), *_landed(written, j, name, formula, filled)]
    return Passage(words.format(momentum=number(momentum)), lines)


def _by_nesterov(written: Written, j: int, name: str, momentum: float) -> Passage:
    words = _(
        "A heavy ball that looks ahead: its velocity keeps the part β = {momentum} and gains the step downhill. The "
        "parameter moves by β times the new velocity, and once more by the step downhill."
    )
    step = written.step
    b, gained, rate, slope = map(written.term, (momentum, step.next_state[0][j], step.learning_rate, step.gradient[j]))
    formula = rf"+ \beta \cdot {_new(_velocity())} - \eta \cdot {_slope(name)}"
    filled = rf"+ {b} \cdot {gained} - {rate} \cdot {slope}"
    lines = [*_gained(written, j, name, momentum), *_landed(written, j, name, formula, filled)]
    return Passage(words.format(momentum=number(momentum)), lines)


def _by_rmsprop(written: Written, j: int, name: str, optimiser: RMSProp) -> Passage:
    words = _(
        "The mean square follows the square of the gradient, which is then divided by its root: so each parameter has "
        "a pace of its own, however steep its slope. ε only keeps the divisor from zero."
    )
    step, square = written.step, _new(_mean_square())
    numbers = (step.learning_rate, step.gradient[j], step.next_state[0][j], optimiser.epsilon)
    rate, slope, value, epsilon = map(written.term, numbers)
    formula = rf"- \eta \cdot \frac{{{_slope(name)}}}{{\sqrt{{{square}}} + \varepsilon}}"
    filled = rf"- {rate} \cdot \frac{{{slope}}}{{\sqrt{{{value}}} + {epsilon}}}"
    followed = _squared(written, j, name, optimiser.decay, 0)
    return Passage(words, [*followed, *_landed(written, j, name, formula, filled)])


def _by_adam(written: Written, j: int, name: str, optimiser: Adam) -> Passage:
    words = _(
        "Mean and mean square follow the gradient and its square. Both began at zero; the divisions make up for that, "
        "in this step with t = {t}. The parameter moves by the mean over the root of the mean square: about as far as "
        "the learning rate, however steep its slope. ε only keeps the divisor from zero."
    )
    step, t = written.step, written.step.next_state[2]
    general = _paced(written, optimiser, _new(_mean()), _new(_mean_square()), r"\varepsilon", "t")
    mean, square, epsilon = map(written.term, (step.next_state[0][j], step.next_state[1][j], optimiser.epsilon))
    rate = written.term(step.learning_rate)
    special = _paced(written, optimiser, mean, square, epsilon, written.result(t))
    slope = (_slope(name), written.term(step.gradient[j]))
    lines = [
        *_followed(written, _mean(), optimiser.mean_decay, step.state[0][j], slope, step.next_state[0][j]),
        *_squared(written, j, name, optimiser.square_decay, 1),
        *_landed(written, j, name, rf"- \eta \cdot {general}", rf"- {rate} \cdot {special}"),
    ]
    return Passage(words.format(t=number(t)), lines)


def _paced(written: Written, optimiser: Adam, mean: str, square: str, epsilon: str, t: str) -> str:
    """Write the corrected mean over the root of the corrected mean square."""
    decay, other = written.term(optimiser.mean_decay), written.term(optimiser.square_decay)
    below = rf"\sqrt{{{square} \,/\, (1 - {other}^{{{t}}})}} + {epsilon}"
    return rf"\frac{{{mean} \,/\, (1 - {decay}^{{{t}}})}}{{{below}}}"


def _gained(written: Written, j: int, name: str, momentum: float) -> list[str]:
    """Write what becomes of the velocity."""
    step = written.step
    numbers = (momentum, step.state[0][j], step.learning_rate, step.gradient[j])
    b, before, rate, slope = map(written.term, numbers)
    return both(
        _new(_velocity()),
        rf"\beta \cdot {_velocity()} - \eta \cdot {_slope(name)}",
        rf"{b} \cdot {before} - {rate} \cdot {slope}",
        written.result(step.next_state[0][j]),
    )


def _squared(written: Written, j: int, name: str, decay: float, place: int) -> list[str]:
    """Write how the mean square, at this place of what is remembered, follows the gradient's square."""
    step = written.step
    square = (rf"\left( {_slope(name)} \right)^2", written.square(step.gradient[j]))
    return _followed(written, _mean_square(), decay, step.state[place][j], square, step.next_state[place][j])


def _followed(
    written: Written, mean: str, decay: float, before: float, value: tuple[str, str], after: float
) -> list[str]:
    """Write how a mean follows a value, which is given as formula and number: decay · mean + (1 − decay) · value."""
    kept, new = written.term(decay), written.term(1 - decay)
    formula, filled = value
    return both(
        _new(mean),
        rf"{kept} \cdot {mean} + {new} \cdot {formula}",
        rf"{kept} \cdot {written.term(before)} + {new} \cdot {filled}",
        written.result(after),
    )


def _landed(written: Written, j: int, name: str, formula: str, filled: str) -> list[str]:
    """Write where the parameter comes to by what is added to it."""
    before, after = written.term(written.step.parameters[j]), written.result(written.step.after[j])
    return both(_new(name), f"{name} {formula}", f"{before} {filled}", after)


def _new(name: str) -> str:
    """Return what formulas call a new value: w_new, w_2,new or velocity_new."""
    (letter, _underline, place), new = name.partition("_"), word(_("new"))
    return f"{letter}_{{{place + ',' if place else ''}{new}}}"


def _slope(name: str) -> str:
    return slope_of(word(_("loss")), name)


def _velocity() -> str:
    return word(_("velocity"))


def _mean() -> str:
    return word(_("mean"))


def _mean_square() -> str:
    return word(_("mean square"))
