"""Look one key up where a widget asks for one: Streamlit makes a copy of all that a session holds for that.

Each number field, list and line of text asks whether its own value was set to nothing. To do so it gathers the values
of all widgets, and those of our components are made anew each time: the cost grows with the square of the number of
cards. Whether a component is known is asked, too, by making its value.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import _is_internal_key


def look_up_widgets() -> None:
    """From now on the state of a session is looked up by key, and gathered only where all of it is asked for."""
    SessionState.__contains__ = has_key  # type: ignore[method-assign]  # replaced
    SafeSessionState.filtered_state = property(FilteredState)  # type: ignore[method-assign, assignment]  # replaced


def has_key(state: SessionState, key: str) -> bool:
    """In place of `SessionState.__contains__`: the same, without making the value as a page reads it."""
    widget_id, known = state._get_widget_id(key), state._key_id_mapper.id_key_mapping
    try:
        state._getitem(widget_id, known.get(key, key) if widget_id == key else key)
    except KeyError:
        return False
    return True


class FilteredState(Mapping[str, Any]):
    """What `SessionState.filtered_state` holds, the values of widgets by their keys among it."""

    def __init__(self, safe: SafeSessionState) -> None:
        self._lock, self._state = safe._lock, safe._state

    def __getitem__(self, key: str) -> Any:
        if is_element_id(key) or _is_internal_key(key):  # Streamlit's own names, of which most are left out
            return self._gather()[key]
        with self._lock:
            return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._gather())

    def __len__(self) -> int:
        return len(self._gather())

    def __repr__(self) -> str:
        return repr(self._gather())

    def _gather(self) -> dict[str, Any]:
        with self._lock:
            return self._state.filtered_state
