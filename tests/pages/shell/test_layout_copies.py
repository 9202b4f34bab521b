"""A copy of the containers around a fragment is what Streamlit's own is, with each container copied once."""

from copy import deepcopy
from typing import Any

import pytest
from streamlit.cursor import Cursor, LockedCursor, RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.Element_pb2 import Element

from pages.shell.layout_copies import share_copies


def build_stack(depth: int) -> tuple[DeltaGenerator, ...]:
    """Containers within each other, as they are around a fragment."""
    stack = [DeltaGenerator(root_container=0, cursor=RunningCursor(0))]
    for level in range(depth):
        cursor = RunningCursor(0, (0,) * (level + 1))
        cursor._index = level
        inner = DeltaGenerator(root_container=0, cursor=cursor, parent=stack[-1], block_type="vertical")
        inner._creating_fragment_id = f"fragment {level}"
        stack.append(inner)
    return tuple(stack)


def describe(container: DeltaGenerator | None) -> list[Any]:
    """All that a container and those around it hold."""
    found = []
    while container is not None:
        cursor = container._provided_cursor
        assert cursor is not None
        more = (container._block_type, container._creating_fragment_id, container._form_data)
        found.append((type(cursor), cursor.delta_path, cursor.transient_index, list(cursor.transient_elements), *more))
        container = container._parent
    return found


@pytest.fixture
def shared_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The copies of a running portal, for one test."""
    monkeypatch.setattr(DeltaGenerator, "__deepcopy__", DeltaGenerator.__deepcopy__)
    monkeypatch.setattr(Cursor, "__deepcopy__", None, raising=False)
    share_copies()


@pytest.mark.usefixtures("shared_copies")
def test_a_copy_holds_what_the_stack_held_and_shares_nothing_with_it() -> None:
    stack = build_stack(6)
    before = [describe(one) for one in stack]
    copied = deepcopy(stack)
    assert [describe(one) for one in copied] == before
    for one in copied:
        assert one._cursor is not None
        one._cursor.lock_element()
    assert [describe(one) for one in stack] == before
    assert [one._cursor.index for one in copied if one._cursor] == [1, *range(1, 7)]


@pytest.mark.usefixtures("shared_copies")
def test_each_container_is_copied_once() -> None:
    copied = deepcopy(build_stack(6))
    assert [one._parent for one in copied[1:]] == list(copied[:-1])


@pytest.mark.usefixtures("shared_copies")
def test_elements_that_are_shown_for_a_moment_are_copied() -> None:
    for cursor in (RunningCursor(0, (1, 2)), LockedCursor(0, (1, 2), 3)):
        cursor.get_transient_cursor()
        cursor.transient_elements[0] = Element()
        copied = deepcopy(cursor)
        assert (type(copied), copied.delta_path) == (type(cursor), cursor.delta_path)
        assert list(copied.transient_elements) == [Element()]
        assert copied.transient_elements[0] is not cursor.transient_elements[0]
        assert copied.transient_elements is not cursor.transient_elements
