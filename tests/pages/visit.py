"""Somebody who visits the app: opens it at an address, reads what it shows and uses its controls."""

import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch
from urllib.parse import parse_qsl

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData
from streamlit.testing.v1 import AppTest, local_script_runner

from pages.settings.table import Settings
from wording import exact, speak

APP = Path(__file__).parents[2] / "app.py"
PATIENCE = 60
DIAL = "learning_rate"
"""The setting whose slider and field are one control, a component of its own."""


class Visit:
    """One session with the app; every run of it must end without an exception, and without an error if it may not."""

    may_fail = False

    def __init__(self, page: str | None = None, *, locale: str | None = None, **address: str) -> None:
        """Open a page, or the front door, at this address, with a browser that speaks this language."""
        self.locale = locale
        self.app = AppTest.from_file(APP, default_timeout=PATIENCE)
        if locale:
            self.app.context["locale"] = locale
        if page:
            self.app.switch_page(f"pages/{page}.py")
        self.app.query_params = dict(address)
        self._run()

    def follow(self, **address: str) -> Self:
        """Open the same page at another address, which a session meets on the way back or forth in the history."""
        self.app.query_params = dict(address)
        with patch.object(local_script_runner, "RerunData", partial(RerunData, is_history_navigation=True)):
            return self._run()

    def go(self, page: str) -> Self:
        """Click on another page, which opens without any settings in its address."""
        self.app.query_params = {}
        self.app.switch_page(f"pages/{page}.py")
        return self._run()

    def type(self, name: str, text: str) -> Self:
        """Type into a field, or as the dial's number."""
        if name == DIAL:
            return self.report("typed", {"text": text, "n": self.dial["answered"] + 1})
        self.app.text_input(name).set_value(text)
        return self._run()

    def pick(self, name: str, value: str | int | tuple[int, ...]) -> Self:
        """Pick from a list or from values side by side."""
        (widget,) = [w for w in (*self.app.selectbox, *self.app.button_group) if w.key == name]
        widget.set_value(value)
        return self._run()

    def slide(self, name: str, value: float) -> Self:
        """Move a slider or the dial."""
        if name == DIAL:
            return self.report("moved", {"rate": value, "n": self.dial["answered"] + 1, "done": True})
        self.slider(name).set_value(value)
        return self._run()

    def flip(self, name: str) -> Self:
        """Turn a switch."""
        toggle: Any = self.app.toggle(name)
        toggle.set_value(not toggle.value)
        return self._run()

    def open_tab(self, label: str, tabs: str = "details_") -> Self:
        """Open one of the tabs under the pictures, or of others."""
        (key,) = [key for key in self.app.session_state.keys() if str(key).startswith(tabs)]  # noqa: SIM118
        self.app.session_state[key] = label
        return self._run()

    def unfold(self, name: str) -> Self:
        """Unfold what is folded away under this name."""
        self.app.session_state[f"{name}_{self.settings.lang or (self.locale or 'en').split('-')[0]}"] = True
        return self._run()

    def press(self, name: str) -> Self:
        """Press a button."""
        self.app.button(name).click()
        return self._run()

    def click_figure(self, player: int, **click: float) -> Self:
        """Click on a point of a player's figure."""
        players = [found for found in self._elements("bidi_component") if '"plotly"' in found.proto.json]
        return self._trigger(players[player].proto.id, "clicked", click)

    def report(self, event: str, value: Any) -> Self:
        """Let the dial report what no browser need have made sure of."""
        (dial,) = [found for found in self._elements("bidi_component") if '"stops"' in found.proto.json]
        return self._trigger(dial.proto.id, event, value)

    def tell(self, kind: str, **report: Any) -> Self:
        """Let the first player report what a hand does to a live run."""
        (player, *_others) = [found for found in self._elements("bidi_component") if '"plotly"' in found.proto.json]
        answered = self.live["answered"]
        return self._trigger(player.proto.id, "steered", {"reports": [{"n": answered + 1, "kind": kind, **report}]})

    def ask_for(self, file: Any, number: Any = 1, menu: int = 0) -> Self:
        """Ask for a text to take home."""
        menus = [found for found in self._elements("bidi_component") if '"files"' in found.proto.json]
        return self._trigger(menus[menu].proto.id, "asked", {"n": number, "file": file})

    def turn(self, rate: float, **where: Any) -> Self:
        """Turn the dial while a live run stands, or plays, at an iteration."""
        move = {"rate": rate, "n": self.dial["answered"] + 1, "done": True, "after": self.live["answered"]}
        return self.report("moved", {**move, **where})

    def _trigger(self, component: str, event: str, value: Any) -> Self:
        moves = self.moves()
        report = json.dumps([{"event": event, "value": value}])
        moves.widgets.add(id=_make_trigger_id(component, "events"), json_trigger_value=report)
        return self._run(moves)

    def moves(self) -> WidgetStates:
        """What the browser says of all widgets, with what was set since the last run."""
        states: WidgetStates = self.app._tree.get_widget_states()
        return states

    def meet_a_new_server(self) -> Self:
        """Send what was set since the last run to a server that has forgotten this session."""
        moves = self.moves()
        new = AppTest.from_file(APP)
        self.app._session_state, self.app.session_state = new._session_state, new.session_state
        return self._run(moves)

    def speak(self, language: str) -> Self:
        """Change the language of the app."""
        self.language_switch().set_value(language)
        return self._run()

    def slider(self, name: str) -> Any:
        """The slider of a setting."""
        (slider,) = [slider for slider in self.app.select_slider if str(slider.key).startswith(f"{name}_")]
        return slider

    def language_switch(self) -> Any:
        """The languages side by side in the header."""
        (switch,) = [group for group in self.app.button_group if str(group.key).startswith("lang")]
        return switch

    def field(self, name: str) -> str:
        """What stands in a field, or as the dial's number."""
        if name == DIAL:
            self._speak()
            return exact(self.dial["rate"])
        return str(self.app.text_input(name).value)

    @property
    def chosen(self) -> dict[str, Any]:
        """What this session has chosen."""
        return dict(self.app.session_state["chosen"])

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        settings: Settings = self.app.session_state["settings"]
        return settings

    @property
    def address(self) -> dict[str, str]:
        """The settings in the address of the page."""
        (query,) = {component["query"] for component in self._components if "query" in component}
        return dict(parse_qsl(query, strict_parsing=bool(query)))

    @property
    def title(self) -> str:
        """The sentence at the top."""
        titles = [str(title.value) for title in self.app.title] or re.findall(r"<h1>(.*?)</h1>", self.html)
        (title,) = titles
        return re.sub("<.*?>", "", title)

    @property
    def texts(self) -> list[str]:
        """All that the page says in Markdown."""
        return [str(text.value) for text in self.app.markdown]

    @property
    def buttons(self) -> dict[str, str]:
        """The label of each button."""
        return {str(button.key): button.label for button in self.app.button}

    @property
    def warnings(self) -> list[str]:
        """What the app complains about, as a person reads it."""
        return [re.sub(r"\\([\W_])|`", r"\1", markdown) for markdown in self.warnings_as_markdown]

    @property
    def warnings_as_markdown(self) -> list[str]:
        """What the app complains about, with the marks for formatting and those that undo them."""
        return [str(warning.value) for warning in self.app.warning]

    @property
    def players(self) -> list[dict[str, Any]]:
        """What each player of the page is given to show."""
        return [component for component in self._components if "figures" in component]

    @property
    def dial(self) -> dict[str, Any]:
        """What the dial of the learning rate is given to show."""
        (dial,) = [component for component in self._components if "stops" in component]
        return dial

    @property
    def player(self) -> dict[str, Any]:
        """What the first player is given to show, whether it plays at once or not."""
        return {name: value for name, value in self.players[0].items() if name not in {"autoplay", "live"}}

    @property
    def to_take_home(self) -> list[dict[str, Any]]:
        """What each menu of files to take home is given."""
        return [component for component in self._components if "files" in component]

    @property
    def live(self) -> dict[str, Any]:
        """What the first player is told of the live run."""
        live: dict[str, Any] = self.players[0]["live"]
        return live

    def moved(self, figure: int, name: str) -> list[dict[str, Any]]:
        """What the frames of one of the first player's figures give the last moving trace of this name."""
        drawn = self.player["figures"][figure]
        number = [k for k in drawn["frames"][0]["traces"] if drawn["data"][k]["name"] == name][-1]
        return [frame["data"][frame["traces"].index(number)] for frame in drawn["frames"]]

    def trace(self, figure: int, name: str) -> dict[str, Any]:
        """The first trace of this name in one of the first player's figures."""
        found: dict[str, Any] = next(t for t in self.player["figures"][figure]["data"] if t.get("name") == name)
        return found

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures of all players."""
        return [figure for player in self.players for figure in player["figures"]]

    @property
    def html(self) -> str:
        """All that the page sets as HTML."""
        return "\n".join(str(html.value) for html in self._elements("html"))

    def table(self, title: str) -> list[list[str]]:
        """The cells of the table with this title, row by row, without its header."""
        rows = re.findall(r"<tr>(.*?)</tr>", self._table(title))
        return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows[1:]]

    def header(self, title: str) -> list[str]:
        """The header of the table with this title."""
        return re.findall(r'<th scope="col">(.*?)</th>', self._table(title))

    def _table(self, title: str) -> str:
        (found,) = re.findall(rf'aria-label="{title}"><table>(.*?)</table>', self.html, re.DOTALL)
        return str(found)

    @property
    def _components(self) -> list[dict[str, Any]]:
        return [_data(found.proto.json) for found in self._elements("bidi_component")]

    def _elements(self, kind: str) -> Sequence[Any]:
        return self.app.get(kind)

    def _speak(self) -> None:
        speak(self.settings.lang or (self.locale or "en").split("-")[0])

    def _run(self, moves: WidgetStates | None = None) -> Self:
        # AppTest formats the widgets' options in this thread, so it must speak the language that the page spoke.
        if "settings" in self.app.session_state:
            self._speak()
        self.app._run(moves or self.moves())
        assert [exception.message for exception in self.app.exception] == []
        assert self.may_fail or [error.value for error in self.app.error] == []
        return self


def _data(text: str) -> dict[str, Any]:
    """What a component is given; the player is given one text that holds all it shows."""
    data: dict[str, Any] = json.loads(text, parse_constant=_refuse)
    shown = json.loads(data.pop("shown", "{}"), parse_constant=_refuse)
    return {**data, **shown}


def _refuse(literal: str) -> None:
    raise AssertionError(f"{literal} in what the player is given: no browser can read that")
