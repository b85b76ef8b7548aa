"""A student without a browser: one session over a WebSocket, in Streamlit's own protocol."""

import asyncio
import json
import time
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, Self

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from rooms.words import COOKIE

LABEL = "Learning rate"
"""The label of what is moved: the dial on every page of the app, and the plain app's slider."""

LONGEST_RUN = 60
"""Seconds after which a run that has not finished counts as an error."""


class Student(AbstractAsyncContextManager["Student"]):
    """One session at the server of this port of this machine; `page` and `query` are what its address says.

    Where it has a `token`, it comes with the cookie by which a class knows a browser.
    """

    def __init__(self, port: int, page: str = "", query: str = "", token: str = "") -> None:
        self.port, self.page, self.query, self.token = port, page, query, token
        self.page_hash = ""
        self.slider: Element | None = None
        self.dial: dict[str, Any] = {}
        self.shown: list[Element] = []
        self.fragment = ""

    async def __aenter__(self) -> Self:
        self.socket: ClientConnection = await connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            additional_headers={"Cookie": f"{COOKIE}={self.token}"} if self.token else {},
            subprotocols=["streamlit"],  # type: ignore[list-item] # a NewType that a plain string satisfies
            max_size=None,
            compression=None,
            open_timeout=LONGEST_RUN,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()

    async def open(self) -> float:
        """Open the page; return how long it took, in seconds."""
        return await self._run(BackMsg())

    async def move(self, option: int) -> float:
        """Move to one of the options, counted from 0; return how long the answer took, in seconds."""
        assert self.slider, f"no slider {LABEL} on page {self.page}"
        message = BackMsg()
        widgets = message.rerun_script.widget_states.widgets
        if self.dial:
            widgets.add(
                id=_make_trigger_id(self.slider.bidi_component.id, "events"), json_trigger_value=self._turn(option)
            )
        else:
            slider = self.slider.slider
            widgets.add(id=slider.id).string_array_value.data.append(slider.options[option % len(slider.options)])
        return await self._run(message)

    async def look_again(self) -> float:
        """Have the part of the page made anew that asks for it; return how long it took, in seconds."""
        message = BackMsg()
        message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = self.fragment, True
        return await self._run(message)

    @property
    def texts(self) -> list[str]:
        """What the last run has said in Markdown."""
        return [element.markdown.body for element in self.shown if element.WhichOneof("type") == "markdown"]

    def _turn(self, option: int) -> str:
        """Return what the dial reports when a person lets go of it."""
        stops = self.dial["stops"]
        value = {"rate": stops[option % len(stops)], "n": self.dial["answered"] + 1, "done": True}
        return json.dumps([{"event": "moved", "value": value}])

    async def _run(self, message: BackMsg) -> float:
        state = message.rerun_script
        state.page_name, state.page_script_hash, state.query_string = self.page, self.page_hash, self.query
        state.context_info.locale = "en-GB"
        self.shown = []
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(LONGEST_RUN):
            while not self._is_last(ForwardMsg.FromString(await self.socket.recv(decode=False))):
                pass
        return time.perf_counter() - started

    def _is_last(self, message: ForwardMsg) -> bool:
        """Note what a browser would remember; return whether the run has finished and no other follows."""
        match message.WhichOneof("type"):
            case "navigation":
                self.page_hash = message.navigation.page_script_hash
            case "auto_rerun":
                self.fragment = message.auto_rerun.fragment_id
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._note(message.delta.new_element)
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _note(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR):
            raise RuntimeError(f"page {self.page}: {element}")
        if kind == "slider" and element.slider.label == LABEL:
            self.slider = element
        if kind == "bidi_component" and (data := json.loads(element.bidi_component.json or "{}")).get("label") == LABEL:
            self.slider, self.dial = element, data
        self.shown.append(element)
