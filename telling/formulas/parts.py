"""The five parts of one training step: each with its formula, the same with this step's numbers, and the result."""

from collections.abc import Callable, Mapping

from core.lesson.step import Step
from telling.formulas.backward import backward
from telling.formulas.forward import forward
from telling.formulas.loss import grad_output, loss
from telling.formulas.update import update
from telling.formulas.written import Part, Written

PARTS: Mapping[str, Callable[[Written], Part]] = {
    "1": forward,
    "2": loss,
    "3": grad_output,
    "4": backward,
    "5": update,
}


def parts(step: Step, sample: int, digits: int, active: str = "all") -> list[Part]:
    """Return the parts in the order in which they are computed: all, or the `active` one, "1" to "5".

    `sample` is the place, counted from 0, of a sample among those that the step sees.
    """
    written = Written(step, sample, digits, alone=active != "all")
    return [make(written) for name, make in PARTS.items() if active in ("all", name)]
