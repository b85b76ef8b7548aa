"""The tour: four things to try with the dial, the last of which is the first explosion."""

from core.theory.limits import Regime
from wording import N_, _

STEPS = (
    N_("The dots are what the neuron shall learn, the dashed line is what it says at first. Press Play and watch."),
    N_("The learning rate says how far each step goes. Drag the dial to the right, into the blue: it learns faster."),
    N_("Now into the orange. Every step jumps across to the other side, and still it arrives: that is overshooting."),
    N_("And now over the limit, into the red. What do the steps do?"),
)
WANTED = (None, Regime.MONOTONE, Regime.OVERSHOOTING, Regime.DIVERGING)
"""The regime in which a step has been done; the first one only looks."""


def tour_text(step: int) -> str:
    """Return what a step of the tour (counted from 1) asks for."""
    return _("{step} of {last}. {text}").format(step=step, last=len(STEPS), text=_(STEPS[step - 1]))


def praise(step: int, regime: Regime) -> str:
    """Return what is said when a step has been done; nothing before."""
    if regime is not WANTED[step - 1]:
        return ""
    if step < len(STEPS):
        return _("That is it.")
    return _("Your first explosion! Every step lands farther away than the one before. Below the limit it comes back.")
