"""A grid of metrics: its tiles in order, its verdicts and steps, and its query in an address."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.grid import (
    GridStep,
    build_reasons,
    build_verdicts,
    describe_grid,
    find_drafted,
    find_reasons_given,
    format_grid_query,
    is_open_ended,
    merge_tiles,
    name_tile,
    order_tiles,
    parse_grid_query,
    read_steps,
)
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.query import AssetQuery
from qc_core.quality_control import document as documents
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.status import Generation, Status
from tests.fakes.assets import document, metric
from tests.qc_core.assets import building
from tests.qc_core.assets.building import summary

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def row(asset_name: str, name: str = "Drift", number: int = 0, **more: Any) -> MetricRow:
    asset = summary(asset_name, acquisition_time=more.pop("acquired", None))
    return building.row(name, asset=asset, key=f"metrics/{number}", **({"stage": "Raw data"} | more))


def test_tiles_are_ordered_by_time_and_then_as_in_their_record() -> None:
    rows = [
        row("late", acquired=NOW),
        row("early", "b", 10, acquired=NOW - timedelta(days=1)),
        row("early", "a", 9, acquired=NOW - timedelta(days=1)),
        row("without a time"),
    ]
    ordered = order_tiles(rows, 9)
    assert [(one.asset.name, one.name) for one in ordered] == [
        ("without a time", "Drift"),
        ("early", "b"),
        ("early", "a"),
        ("late", "Drift"),
    ]
    assert order_tiles(rows, 1) == ordered[-1:]
    assert order_tiles(rows, 0) == ()


def test_an_open_grid_keeps_its_order_and_what_was_decided_in_it() -> None:
    first, second, third = row("first", changed_at=NOW), row("second"), row("third")
    older = row("first", changed_at=NOW - timedelta(days=1), status="Pending")
    assert merge_tiles((second, first), (third, older), {name_tile(second)}) == (second, first, third)
    assert merge_tiles((second, first), (third, first), ()) == (first, third)


@given(
    st.builds(
        MetricQuery,
        names=st.lists(st.sampled_from(["Drift", "Å & b"]), unique=True).map(tuple),
        tags=st.lists(st.sampled_from(["probe:A", "x"]), unique=True).map(tuple),
        statuses=st.lists(st.sampled_from(["Pass", "Fail", "Pending"]), unique=True).map(tuple),
    )
)
def test_a_query_in_an_address_is_the_same_query(query: MetricQuery) -> None:
    assert parse_grid_query(parse_qsl(urlencode(format_grid_query(query)))) == query


def test_an_address_is_read_whatever_it_holds() -> None:
    assert parse_grid_query([("status", "Great"), ("metric", "Drift")]) == MetricQuery(names=("Drift",))
    assert is_open_ended(parse_grid_query([("project", "Ephys")]))
    assert not is_open_ended(parse_grid_query([("id", "a")]))
    query = MetricQuery(AssetQuery(projects=("Ephys",)), names=("Drift",), tags=("probe:A",), statuses=("Pending",))
    assert describe_grid(query) == "Drift · tag probe:A · Pending · Project: Ephys"


def test_a_verdict_is_made_where_the_metric_is_and_can_be_annotated() -> None:
    shown = documents.read(document(metric("Drift"), metric("Noise", status="Pass"), metric("Twin"), metric("Twin")))
    rows = [row("a", "Drift", 7), row("a", "Noise", 1), row("a", "Twin", 9), row("a", "Gone", 0)]
    found = build_verdicts(shown, rows, {}, editing.edit_key, Status.FAIL, NOW)
    drift, noise = (editing.edit_key(shown.metrics[index]) for index in (0, 1))
    assert set(found.edits) == {drift, noise}, "one that was moved is found by its name, where no other has it"
    assert set(found.refused) == {name_tile(rows[2]), name_tile(rows[3])}
    edit = found.edits[drift]
    assert isinstance(edit, MetricEdit)
    assert edit.status is Status.FAIL
    assert edit.status_by_hand


def test_the_rest_is_what_nobody_decided_or_changed() -> None:
    shown = documents.read(document(metric("Drift"), metric("Noise", status="Pass"), metric("Power")))
    rows = [row("a", "Drift", 0), row("a", "Noise", 1), row("a", "Power", 2)]
    power = shown.metrics[2]
    noted = editing.with_note(None, power, Generation.V2, "odd", NOW)
    assert noted is not None
    edits = {editing.edit_key(power): noted}
    found = build_verdicts(shown, rows, edits, editing.edit_key, Status.PASS, NOW, only_left=True)
    assert set(found.edits) == {editing.edit_key(shown.metrics[0])}
    assert find_drafted(rows, edits) == {name_tile(rows[2]): ""}
    decided = build_verdicts(shown, rows, edits, editing.edit_key, Status.FAIL, NOW).edits
    drafted = find_drafted(rows, {key: edit for key, edit in decided.items() if edit is not None})
    assert drafted == {name_tile(one): "Fail" for one in rows}


def test_a_reason_is_for_a_fail_of_the_draft_and_is_taken_back_when_it_is_given_again() -> None:
    shown = documents.read(document(metric("Drift"), metric("Noise", status="Fail")))
    rows = [row("a", "Drift", 0), row("a", "Noise", 1), row("a", "Gone", 2)]
    failed = build_verdicts(shown, rows[:1], {}, editing.edit_key, Status.FAIL, NOW).edits

    def give(edits: Any, number: int) -> Any:
        offered = ("drift", "noise")
        return build_reasons(shown, rows, edits, editing.edit_key, lambda _: offered, number, NOW)

    given = give(failed, 2)
    assert find_reasons_given(rows, given.edits) == {name_tile(rows[0]): ("noise",)}
    assert find_drafted(rows, given.edits) == {name_tile(rows[0]): "Fail"}
    assert set(given.refused) == {name_tile(rows[1]), name_tile(rows[2])}, "a Fail of the record has its own note"
    both = give(given.edits, 1).edits
    assert find_reasons_given(rows, both) == {name_tile(rows[0]): ("noise", "drift")}
    assert find_reasons_given(rows, give(give(both, 1).edits, 2).edits) == {}
    assert give(failed, 3).edits == {}, "there is no such reason"


def test_a_step_is_taken_once() -> None:
    asked = [[1, "Pass", ["a", "a", 3]], [2, "rest", ["b"]], [3, "reason", ["a"], 4], [4, "undo", []]]
    sent = {"sitting": "8", "steps": [*asked, [5, "reason", ["a"]], [6, "Pass", ["a"], 4]]}
    steps = [GridStep("Pass", ("a",)), GridStep("rest", ("b",)), GridStep("reason", ("a",), 4), GridStep("undo")]
    assert read_steps(sent, "", 0) == ("8", 4, steps)
    assert read_steps(sent, "8", 2) == ("8", 4, steps[2:])
    assert read_steps(sent, "8", 4) == ("8", 4, [])
    assert read_steps(sent, "7", 4) == ("8", 4, steps), "another page counts from the beginning"


@given(
    st.recursive(
        st.none() | st.integers() | st.text() | st.sampled_from(["sitting", "steps", "Pass"]),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["sitting", "steps", "x"]), inner),
    )
)
def test_any_message_of_a_browser_is_read(sent: object) -> None:
    _, number, steps = read_steps(sent, "8", 5)
    assert number >= 0 or not steps
    assert all(isinstance(one, GridStep) for one in steps)
