"""Hand the messages of a run to the event loop in batches: Streamlit wakes the loop twice for each of them.

A review is some 120 messages. To wake the loop is a system call, before and after which threads wait for each other:
while many pages were opened at once, a tenth of the server's processor time and more went to it.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner.script_runner import ScriptRunnerEvent

_on_scriptrunner_event = AppSession._on_scriptrunner_event
_lock = Lock()
_batches: WeakKeyDictionary[asyncio.AbstractEventLoop, "Batches"] = WeakKeyDictionary()


class Batches:
    """Calls from any thread that an event loop makes in their order; it is woken once for all that wait."""

    def __init__(self, wake: Callable[[Callable[[], None]], object]) -> None:
        """`wake` lets the event loop make a call soon, from any thread: `loop.call_soon_threadsafe`."""
        self._wake = wake
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_awake = False

    def add(self, call: Callable[[], None]) -> None:
        """Let the event loop make this call, after all that were added before. Raises what `wake` raises."""
        self._waiting.append(call)  # before the flag is read: a loop that is awake takes whatever is there by then
        if not self._is_awake:
            self._is_awake = True
            self._request()

    def _request(self) -> None:
        try:
            self._wake(self._make_calls)
        except BaseException:
            self._is_awake = False
            raise

    def _make_calls(self) -> None:
        self._is_awake = False
        number = len(self._waiting)  # what is added meanwhile wakes the loop again: others have their turn before
        try:
            while number and self._waiting:
                number -= 1
                self._waiting.popleft()()
        finally:
            if number and self._waiting:  # one of them failed, which the loop reports
                self._is_awake = True
                self._request()


def batch_messages() -> None:
    """From now on sessions reach their event loop in batches."""
    AppSession._on_scriptrunner_event = _take_event  # type: ignore[method-assign, assignment]  # replaced
    AppSession._call_soon_on_event_loop = _call_soon_on_event_loop  # type: ignore[method-assign, assignment]  # replaced
    Runtime._enqueued_some_message = _request_sending  # type: ignore[method-assign, assignment]  # replaced


def _take_event(
    session: AppSession,
    sender: ScriptRunner | None,
    event: ScriptRunnerEvent,
    forward_msg: ForwardMsg | None = None,
    **more: Any,
) -> None:
    """In place of `_on_scriptrunner_event`: a message, which most events are, goes straight to the session's queue."""
    if event is ScriptRunnerEvent.ENQUEUE_FORWARD_MSG and forward_msg is not None:
        session._call_soon_on_event_loop(partial(_enqueue, session, sender, forward_msg))
    else:
        _on_scriptrunner_event(session, sender, event, forward_msg, **more)


def _enqueue(session: AppSession, sender: ScriptRunner | None, message: ForwardMsg) -> None:
    """What the session does with a message: one of a run that has been given up is dropped."""
    if sender is session._scriptrunner:
        session._enqueue_forward_msg(message)


def _call_soon_on_event_loop(session: AppSession, callback: Callable[[], None]) -> None:
    """In place of the method of that name: a call after the loop has closed is dropped, as there."""
    loop = session._event_loop
    batches = _batches.get(loop)
    if batches is None:
        with _lock:
            batches = _batches.setdefault(loop, Batches(loop.call_soon_threadsafe))
    try:
        batches.add(callback)
    except RuntimeError:
        if not loop.is_closed():
            raise


def _request_sending(runtime: Runtime) -> None:
    """In place of `_enqueued_some_message`: on the event loop's own thread it need not be woken."""
    objects = runtime._get_async_objs()
    if asyncio._get_running_loop() is objects.eventloop:
        objects.need_send_data.set()
    else:
        objects.eventloop.call_soon_threadsafe(objects.need_send_data.set)
