"""What a link can hide or lock: each setting that has a widget, and the groups and buttons that stand beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from pages.settings.page import PageSettings
from pages.settings.row import Nowhere, Row
from wording import N_


@dataclass(frozen=True)
class Control:
    """What a control is called, in English, and the controls it holds; not all of them change a setting."""

    label: str
    holds: tuple[str, ...] = ()
    can_be_locked: bool = True


GROUPS = {
    "learning_rate": Control(N_("Learning rate"), ("schedule",)),
    "schedule": Control(N_("Schedule")),
    "start": Control(N_("Start (weights, bias, random start, nudges)"), ("weights", "bias", "seed", "draw", "nudges")),
    "draw": Control(N_("Random start")),
    "nudges": Control(N_("Nudges")),
    "data_options": Control(
        N_("Data options (noise, features, rescaling)"),
        ("noise", "noise_seed", "features", "target", "gap", "standardise", "summed"),
    ),
    "view_options": Control(
        N_("View options (trail, valley, axes)"), ("trail", "valley", "muted", "watch", "loss_axis", "iteration_axis")
    ),
    "more": Control(
        N_("More neurons"),
        (
            *("model", "hidden", "activation", "loss", "delta", "optimiser", "momentum"),
            *("batch", "batch_seed", "held_out", "held_out_seed"),
        ),
    ),
    "live": Control(N_("Live")),
    "land": Control(N_("Land it")),
    "reset": Control(N_("Reset")),
    "board": Control(N_("Board")),
    "lang": Control(N_("Language")),
    "navigation": Control(N_("Page menu"), can_be_locked=False),
    "copy_link": Control(N_("Copy link"), can_be_locked=False),
    "why": Control(N_("Why?"), can_be_locked=False),
    "tour": Control(N_("Tour"), can_be_locked=False),
    "tables": Control(N_("Tables and code"), can_be_locked=False),
    "tasks": Control(N_("Try this"), can_be_locked=False),
    "take_home": Control(N_("Take home"), can_be_locked=False),
    "own": Control(N_("Your data")),
    "dataset": Control(N_("Data set"), ("own",)),
}
"""Groups of settings, and what is no setting; some have the name of the setting that they change."""


def _controls() -> dict[str, Control]:
    rows: dict[str, Row] = {field.name: field.metadata["row"] for field in fields(PageSettings)}
    shown = {name: Control(row.label) for name, row in rows.items() if not isinstance(row.widget, Nowhere)}
    return {**GROUPS, **{name: control for name, control in shown.items() if name not in GROUPS}}


CONTROLS = _controls()
LOCKABLE = tuple(name for name, control in CONTROLS.items() if control.can_be_locked)


@lru_cache(maxsize=64)
def all_of(names: tuple[str, ...]) -> frozenset[str]:
    """Return the names, and with each group what it holds."""
    return frozenset(_with_parts(names))


def _with_parts(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield name
        yield from CONTROLS[name].holds
