"""What a position opens, and what comes before and after it: card, figure, group."""

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.quality_control.grouping import build_tree, group_text, leaves
from qc_core.quality_control.navigation import Navigator
from qc_core.quality_control.position import Position
from tests.qc_core.quality_control.documents import grouped_document

NOW = datetime(2026, 1, 1, tzinfo=UTC)
METRICS = [
    ("a", "x.png", "Pass", "one"),
    ("b", "x.png", "Pass", "one"),
    ("c", "y.png", "Pass", "two"),
    ("d", "z.png", "Pending", "two"),
    ("e", "z.png", "Pending", "two"),
    ("f", None, "Pending", "three"),
]


def navigator_of(metrics: list[tuple[str, str | None, str, str]]) -> Navigator:
    """The navigator of a v2 document of (name, reference, status, group) metrics."""
    document = grouped_document(metrics)
    return Navigator(document, build_tree(document, NOW))


@pytest.mark.parametrize(
    ("wanted", "position", "missing"),
    [
        (Position(), Position("type=two", "d"), None),
        (Position("type=two"), Position("type=two", "c"), None),
        (Position("type=one", "b"), Position("type=one", "a"), None),
        (Position("", "f"), Position("type=three", "f"), None),
        (Position("type=gone"), Position("type=two", "c"), "group type=gone"),
        (Position("type=one", "gone"), Position("type=one", "a"), "metric gone"),
    ],
)
def test_a_position_opens_the_page_of_its_metric(wanted: Position, position: Position, missing: str | None) -> None:
    opened = navigator_of(METRICS).resolve(wanted, NOW)
    assert (opened.position, opened.missing) == (position, missing)


def test_position_opened_before_stays_open_while_it_exists() -> None:
    navigator = navigator_of(METRICS)
    assert navigator.resolve(Position(), NOW, Position("type=one", "a")).position == Position("type=one", "a")
    assert navigator.resolve(Position(), NOW, Position("type=gone", "a")).position == Position("type=two", "d")


def test_figures_follow_each_other_within_a_group() -> None:
    navigator = navigator_of(METRICS)
    first = navigator.resolve(Position("type=two"), NOW)
    assert navigator.previous_figure(first) is None
    following = navigator.next_figure(first)
    assert following == Position("type=two", "d")
    last = navigator.resolve(following, NOW)
    assert navigator.next_figure(last) is None
    assert navigator.previous_figure(last) == first.position


def test_the_cards_begin_at_the_metric_asked_for_or_the_first_undecided_one() -> None:
    navigator = navigator_of(METRICS)
    opened = navigator.resolve(Position("type=two", "d"), NOW)
    assert navigator.first_card(opened, NOW) == 0
    assert navigator.first_card(opened, NOW, decided={3}) == 1
    assert navigator.first_card(opened, NOW, decided={3, 4}) is None
    assert navigator.first_card(navigator.resolve(Position("type=two", "e"), NOW), NOW) == 1


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.sampled_from(["x.png", "y.png", None]),
            st.sampled_from(["Pass", "Pending"]),
            st.sampled_from(["one", "two/three"]),
        ),
        min_size=1,
    )
)
def test_walking_forward_meets_every_metric_once_and_backward_in_reverse(metrics: list[Any]) -> None:
    navigator = navigator_of(metrics)
    groups = [group_text(leaf) for leaf in leaves(navigator.root)]
    seen: list[int] = []
    position: Position | None = Position(groups[0])
    walked = []
    while position is not None:
        opened = navigator.resolve(position, NOW)
        walked.append(opened.position)
        seen += opened.figure_page.metrics
        position = navigator.next_figure(opened) or navigator.next_group(opened)
    assert sorted(seen) == list(range(len(metrics)))
    assert list(dict.fromkeys(one.group for one in walked)) == groups
    for before, after in itertools.pairwise(walked):
        opened = navigator.resolve(after, NOW)
        previous = navigator.previous_figure(opened)
        assert previous == before if previous else navigator.previous_group(opened) == Position(before.group)
