"""Copy where a fragment is drawn once: Streamlit copies each container that it lies in once for all those below it.

For each fragment it copies the containers around it, to draw there again later. Each copy takes a container's parents
with it, over and over, so the work grows with the square of the depth: for the cards of a group a third of all.
"""

from copy import deepcopy
from typing import Any

from streamlit.cursor import Cursor, SparseList
from streamlit.delta_generator import DeltaGenerator


def share_copies() -> None:
    """From now on what is copied together shares its copies of parents."""
    DeltaGenerator.__deepcopy__ = _copy_container  # type: ignore[method-assign, assignment]  # replaced
    Cursor.__deepcopy__ = _copy_cursor  # type: ignore[attr-defined]  # added


def _copy_container(container: DeltaGenerator, memo: dict[int, Any]) -> DeltaGenerator:
    """As Streamlit's own, with the memory of what is copied already handed on."""
    copied = DeltaGenerator(
        root_container=container._root_container,
        cursor=deepcopy(container._cursor, memo),
        parent=deepcopy(container._parent, memo),
        block_type=container._block_type,
    )
    copied._form_data = deepcopy(container._form_data, memo)
    copied._creating_fragment_id = container._creating_fragment_id
    return copied


def _copy_cursor(cursor: Cursor, memo: dict[int, Any]) -> Cursor:
    """A cursor holds numbers, a tuple of numbers, and what is shown for a moment, which is mostly nothing."""
    copied = object.__new__(type(cursor))
    copied.__dict__.update(cursor.__dict__)
    shown = cursor._transient_elements
    copied._transient_elements = deepcopy(shown, memo) if len(shown) else SparseList()
    return copied
