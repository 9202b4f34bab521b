"""Draw what a callback asks for in the run that called it: Streamlit begins another run for that.

A verdict draws its card and the bar, a click on a group the panes, and so on: the parts that `navigation.redraw` asks
for with `st.rerun`. Streamlit begins a run for the part in which the click was, calls the callback, breaks off, and
begins another run for the parts that the callback named. Server and browser do twice what each run begins and ends
with. So a run begins with the parts that its callbacks are known to ask for, and where they ask for no other, it goes
on.

One message can hold a click and what a field sends late. Where the callback of the one asks for other parts, and that
of the other for none, since it is drawn in any case, Streamlit draws the former alone: a click had no effect. Then both
are drawn.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests
from streamlit.runtime.state.session_state import SessionState

_order_fragment_ids = MemoryFragmentStorage.order_fragment_ids
_request_rerun_batch = ScriptRequests.request_rerun_batch
_run_callback = SessionState._run_callback_and_record_rerun


class _Run(threading.local):
    """The run of this thread: whether a callback of it asked for no part, so that its own is to be drawn."""

    draws_own = False


_run = _Run()


def list_redrawn(part: str) -> tuple[str, ...]:
    """The parts that are drawn again after a click in this one, as far as that can be known before its callback.

    Where a callback asks for others, these are drawn instead, by a run of their own.
    """
    if part.startswith("card-"):
        return part, "bar"
    if part in ("groups", "keys"):  # they stay as they are: their clicks and keys lead to a group or a figure
        return ("panes",)
    return (part,)


def draw_in_one_run() -> None:
    """From now on parts are drawn in the run whose callback asked for them."""
    MemoryFragmentStorage.order_fragment_ids = _order_redrawn  # type: ignore[method-assign, assignment]  # replaced
    ScriptRequests.request_rerun_batch = _request_others  # type: ignore[method-assign, assignment]  # replaced
    SessionState._run_callback_and_record_rerun = _note_own  # type: ignore[method-assign, assignment]  # replaced


def _order_redrawn(storage: MemoryFragmentStorage, fragment_ids: list[str]) -> list[str]:
    """In place of `order_fragment_ids`, with which each run of fragments begins: those that will be wanted."""
    _run.draws_own = False
    names, ids = storage._target_key_by_id, storage._ids_by_target_key
    wanted: dict[str, None] = {}
    for fragment_id in fragment_ids:
        parts = list_redrawn(names.get(fragment_id, ""))
        found = [one for part in parts for one in ids.get(part, ())]
        wanted |= dict.fromkeys(found or [fragment_id])
    return _order_fragment_ids(storage, list(wanted))


def _request_others(requests: ScriptRequests, batch: list[RerunData]) -> bool:
    """In place of `request_rerun_batch`, by which all that callbacks asked for is requested once they have returned."""
    context = get_script_run_ctx(suppress_warning=True)
    drawn = (context.fragment_ids_this_run or ()) if context else ()
    if are_drawn([one.fragment_id_queue for one in batch], drawn):
        return True
    if _run.draws_own and drawn and context and batch[-1].page_script_hash == context.page_script_hash:
        batch = [*batch, replace(batch[-1], fragment_id_queue=list(drawn), replay_trigger_states=None)]
    return _request_rerun_batch(requests, batch)


def _note_own(state: SessionState, votes: Any, run: Callable[[], None]) -> None:
    """In place of the method that calls each callback: note whether one asked for no part."""
    _run_callback(state, votes, run)
    _run.draws_own = votes.wants_interaction_default


def are_drawn(wanted: Sequence[Iterable[str]], drawn: Iterable[str]) -> bool:
    """Whether a run that draws these fragments draws all that was asked for; each request for none is for the page."""
    known = set(drawn)
    return bool(wanted) and all(one and known.issuperset(one) for one in map(list, wanted))
