"""The graph that a library builds of one step: its nodes, what is written on them, and the same as a table."""

from charts.graph import Box
from core.checks import Array
from core.lesson.graph import Node
from wording import N_, _, number

DIGITS = 4
LEAVES = {
    "inputs": N_("inputs"),
    "weights": N_("weights"),
    "biases": N_("biases"),
    "second weights": N_("output weights"),
    "bias": N_("bias"),
    "targets": N_("targets"),
}
"""What is given; operations keep the names that they have in the libraries."""
GIVEN = ("inputs", "targets")
"""Leaves that are data: their gradients nobody asks for."""


def boxes(nodes: list[Node], sample: int) -> list[Box]:
    """Return a box for each node, the operations one below the other and what is given beside them."""
    rows, last = _rows(nodes), len(nodes) - 1
    return [
        Box(_written(node, sample), rows[k], k > 0 and not node.of, "loss" if k == last else _meaning(node), node.of)
        for k, node in enumerate(nodes)
    ]


def _written(node: Node, sample: int) -> str:
    return "<br>".join(filter(None, [f"<b>{_name(node)}</b> {_shape(node.value)}".strip(), _numbers(node, sample)]))


def _meaning(node: Node) -> str:
    return "operation" if node.of else "data" if node.name in GIVEN else "now"


def _rows(nodes: list[Node]) -> list[int]:
    """Return in which row each node stands: an operation below the one before it, a leaf beside what is made of it."""
    operations = [k for k, node in enumerate(nodes) if node.of or k == 0]
    row = {k: place for place, k in enumerate(operations)}
    return [row[k] if k in row else next(row[o] for o in operations if k in nodes[o].of) for k in range(len(nodes))]


def _numbers(node: Node, sample: int) -> str:
    """Return value and gradient as they stand on a box."""
    value, owed = _said(node, node.value, sample), _said(node, node.gradient, sample)
    return " ".join([*([f"= {value}"] if value else []), *([f"▲ {owed}"] if owed and node.name not in GIVEN else [])])


def graph_rows(nodes: list[Node], sample: int) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of the table: each node, what it is made of, its shape, value and gradient."""
    header = ["", _("node"), _("made of"), _("shape"), _("value"), _("gradient")]
    rows = [
        [
            number(k),
            _name(node),
            ", ".join(map(number, node.of)),
            _shape(node.value) or _("a number"),
            _said(node, node.value, sample) or "…",
            "–" if node.name in GIVEN else _said(node, node.gradient, sample) or "…",
        ]
        for k, node in enumerate(nodes)
    ]
    return header, rows


def _name(node: Node) -> str:
    return _(LEAVES[node.name]) if node.name in LEAVES else node.name


def _shape(value: Array) -> str:
    return " × ".join(map(number, value.shape))


def _said(node: Node, array: Array, sample: int) -> str:
    """Write a number, or of an array with one for each sample that of the chosen one; nothing of any other array."""
    has_one_each = node.of or node.name in GIVEN
    shown = array[sample] if has_one_each and array.ndim else array
    return number(float(shown.reshape(())), DIGITS) if shown.size == 1 else ""
