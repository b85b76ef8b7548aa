"""Part 5, update: what becomes of the parameters."""

from core.optimisers import DESCENT
from telling.formulas.optimisers import moved
from telling.formulas.tables import parameter_table
from telling.formulas.written import Part, Passage, Written
from telling.latex import symbols
from telling.names import names_in
from wording import _


def update(written: Written) -> Part:
    """Write the update: of every parameter where plain descent moves one neuron, else of one, with a table of all."""
    few = written.hidden is None and written.step.experiment.optimiser == DESCENT
    return Part(_("5 · Update: one step downhill"), [_of_all(written) if few else _of_one(written)])


def _of_all(written: Written) -> Passage:
    moves = [moved(written, j, name) for j, name in enumerate(symbols(written.data))]
    return Passage(moves[0].words, [line for move in moves for line in move.lines])


def _of_one(written: Written) -> Passage:
    """Write it for a neuron's first parameter, for a network the bias of its output."""
    j, name = (0, symbols(written.data)[0]) if written.hidden is None else (-1, "c")
    move = moved(written, j, name)
    text = _("In numbers for one parameter, {name}; the table has all of them.")
    told = text.format(name=names_in(written.step.experiment)[j])
    return Passage(f"{move.words} {told}", move.lines, parameter_table(written, with_update=True))
