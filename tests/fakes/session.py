"""A session with a portal, without a browser: the WebSocket of a page, for what no page of ours would send."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.fakes.portal import TIMEOUT, Portal

_EVENTS = "$$STREAMLIT_INTERNAL_KEY_"


@dataclass(frozen=True, slots=True)
class Control:
    """A button, a row of them, or a component of ours: what a press of it sends."""

    widget: str
    fragment: str
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Session:
    """One open page, and all that the server drew on it."""

    line: ClientConnection
    page: str
    query: str
    text: str = ""
    id: str = ""
    """What Streamlit knows the session by."""
    controls: dict[str, Control] = field(default_factory=dict)
    runs: int = 0
    """How many runs of the script, or of parts of it, have begun."""

    def run(self, control: Control | None = None, option: str = "") -> "Session":
        """Run the whole page and wait for its end; with what a press sends, whether or not it was ever drawn here."""
        self._send(control, option, "")
        while True:
            packet = self._hear()
            if (
                packet.WhichOneof("type") == "script_finished"
                and packet.script_finished == packet.FINISHED_SUCCESSFULLY
            ):
                return self

    def press(self, control: Control, option: str = "", *, then: str) -> "Session":
        """Press a button, or one of a row, as the page does; wait until something with these words was drawn."""
        before = len(self.text)
        self._send(control, option, control.fragment)
        while then not in self.text[before:]:
            self._hear()
        return self

    def count_runs(
        self,
        control: Control,
        option: str = "",
        *,
        event: dict[str, Any] | None = None,
        also: tuple[Control, str] | None = None,
    ) -> int:
        """Press a button, or let a component report an event, and wait until parts were drawn: by how many runs.

        `also` is an option of another button group that the same message chooses.
        """
        before = self.runs
        self._send(control, option, control.fragment, event, also)
        while self._hear().script_finished != ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
            pass
        return self.runs - before

    def _send(
        self,
        control: Control | None,
        option: str,
        fragment: str,
        event: dict[str, Any] | None = None,
        also: tuple[Control, str] | None = None,
    ) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_name, run.fragment_id = self.query, self.page, fragment
        if control is not None:
            state = run.widget_states.widgets.add()
            state.id = control.widget
            if event is not None:  # with the component's own state, as the page sends it
                state.json_value = "{}"
                state = run.widget_states.widgets.add()
                state.id, state.json_trigger_value = f"{_EVENTS}{control.widget}__events", json.dumps([event])
            elif option:
                state.string_array_value.data.append(option)
            else:
                state.trigger_value = True
        if also is not None:
            state = run.widget_states.widgets.add()
            state.id = also[0].widget
            state.string_array_value.data.append(also[1])
        self.line.send(message.SerializeToString())

    def _hear(self) -> Any:
        packet = ForwardMsg.FromString(self.line.recv(timeout=TIMEOUT))
        if packet.WhichOneof("type") == "new_session":
            self.runs += 1
            self.id = packet.new_session.initialize.session_id or self.id
        if packet.WhichOneof("type") == "delta":
            self.text += str(packet.delta)
            self._note_controls(packet)
        return packet

    def _note_controls(self, packet: Any) -> None:
        element = packet.delta.new_element
        match element.WhichOneof("type"):
            case "button":
                self.controls[element.button.label] = Control(element.button.id, packet.delta.fragment_id)
            case "bidi_component":
                component = element.bidi_component
                self.controls[component.component_name] = Control(component.id, packet.delta.fragment_id)
            case "button_group":
                group = element.button_group
                options = tuple(f"{one.content_icon} {one.content}".strip() for one in group.options)
                self.controls[group.label] = Control(group.id, packet.delta.fragment_id, options)


@contextmanager
def session(portal: Portal, page: str = "", query: str = "", *, cookie: str = "") -> Iterator[Session]:
    """Open a page of a portal with this `Cookie`, from the portal's own origin, as its own scripts do."""
    given = portal.ask("/_stcore/health").cookies
    (kept,) = [one.partition(";")[0] for one in given if one.startswith("_streamlit_xsrf=")]
    where = f"{portal.url.replace('http', 'ws', 1)}/_stcore/stream"
    headers = {"Cookie": "; ".join(filter(None, (kept, cookie)))}
    spoken = [Subprotocol("streamlit"), Subprotocol(kept.partition("=")[2])]
    with connect(
        where, origin=Origin(portal.url), subprotocols=spoken, additional_headers=headers, max_size=None
    ) as line:
        yield Session(line, page, query).run()
