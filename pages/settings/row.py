"""What is to be said of one setting, in one place: what it is called, which values it takes, and how it is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pages.settings.kinds import Kind

SoFar = Any
"""The settings, complete as far as the rows above this one."""


@dataclass(frozen=True)
class Field:
    """A field for exact values; `width` in pixels, or all there is where it is None."""

    width: Callable[[SoFar], int | None] = lambda settings: None


def wide(pixels: int) -> Callable[[SoFar], int]:
    """Return a width that is always the same."""
    return lambda settings: pixels


@dataclass(frozen=True)
class Slider:
    """A slider over some `places`, standing at the nearest one; with an exact field where that has a width.

    The field stands `beside` the slider, or below it where the slider needs all the room there is.
    """

    places: Callable[[SoFar], tuple[float, ...]]
    logarithmic: bool = True
    exact: int | None = None
    beside: bool = True


@dataclass(frozen=True)
class Dial:
    """The learning rate's dial: a slider with the regimes painted on its track, and the exact number."""


@dataclass(frozen=True)
class Switch:
    """On or off; `label` is shorter than the setting's own, where there is little room."""

    label: str = ""


@dataclass(frozen=True)
class SideBySide:
    """A few named values side by side."""

    names: Callable[[SoFar], Mapping[Any, str]]


@dataclass(frozen=True)
class Pick:
    """A list of named values to pick from."""

    names: Callable[[SoFar], Mapping[Any, str]]


@dataclass(frozen=True)
class Pair:
    """Two of many numbered values, picked one after the other; or the one value there is `instead`, and its name."""

    names: Callable[[SoFar], Mapping[int, str]]
    instead: str
    called: str


@dataclass(frozen=True)
class Nowhere:
    """A setting without a widget of this table's: what shows it stands elsewhere."""


Widget = Field | Slider | Dial | Switch | SideBySide | Pick | Pair | Nowhere


@dataclass(frozen=True)
class Row:
    """One setting. Texts are English, for `_`; functions are given the settings above this row, complete.

    `default` is a value, or a function that follows it from the data. `suits` says whether a value fits the data set,
    `matters` whether the setting changes anything there: where not, it is not shown and keeps its default. `title` is
    what its widget is called, where that says more; `shown` hides a widget that nobody asked for. `kept` settings
    outlive a change of the data set.
    """

    label: str
    kind: Kind
    widget: Widget
    default: Any
    help: str = ""
    title: Callable[[SoFar], str] | None = None
    suits: Callable[[SoFar, Any], bool] = lambda settings, value: True
    matters: Callable[[SoFar], bool] = lambda settings: True
    shown: Callable[[Any], bool] = lambda settings: True
    kept: bool = False

    def default_in(self, settings: SoFar) -> Any:
        """Return the value in force where none was chosen."""
        return self.default(settings) if callable(self.default) else self.default


def setting(label: str, kind: Kind, widget: Widget, default: Any, **more: Any) -> Any:
    """Return a field of a dataclass that carries its row."""
    return field(metadata={"row": Row(label, kind, widget, default, **more)})
