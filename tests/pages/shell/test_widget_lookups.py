"""What is looked up in the state of a session is what Streamlit gathers, for one key and for all."""

import json

import pytest
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import WidgetMetadata

from pages.shell.widget_lookups import FilteredState, has_key

FIELD, UNKEYED, INTERNAL = "$$ID-1-field", "$$ID-2-None", "$$STREAMLIT_INTERNAL_KEY_form"


@pytest.fixture
def safe() -> SafeSessionState:
    """A session with values of its own, a field that was set to nothing and others, and what Streamlit keeps in it."""
    state = SessionState()
    state["reviews"], state["empty"], state[INTERNAL] = ["a"], None, 1
    for widget_id, key, value in ((FIELD, "field", None), (UNKEYED, None, 3), ("$$ID-3-other", "other", 4)):
        if key is not None:
            state._key_id_mapper[key] = widget_id
        metadata = WidgetMetadata(widget_id, lambda sent: sent, json.dumps, value_type="json_value")
        state._set_widget_metadata(metadata)
        state._new_widget_state.set_from_value(widget_id, value)
    return SafeSessionState(state, lambda: None)


def test_each_key_has_the_value_that_streamlit_gathers(safe: SafeSessionState) -> None:
    gathered, found = safe.filtered_state, FilteredState(safe)
    assert set(gathered) == {"reviews", "empty", "field", "other"}
    assert dict(found) == gathered
    assert (len(found), repr(found)) == (len(gathered), repr(gathered))
    for key in (*gathered, "missing", FIELD, UNKEYED, INTERNAL):
        assert (key in found) == (key in gathered), key
        assert found.get(key, "absent") == gathered.get(key, "absent"), key
        assert has_key(safe._state, key) == SessionState.__contains__(safe._state, key), key
    assert [has_key(safe._state, key) for key in ("field", FIELD, UNKEYED, "missing")] == [True, True, True, False]


def test_a_value_that_was_set_since_is_found(safe: SafeSessionState) -> None:
    found = FilteredState(safe)
    assert "later" not in found
    safe["later"] = 5
    assert found["later"] == 5
    del safe["later"]
    assert "later" not in found
