"""A queue of metrics: its order, what comes next, what leaves it, and its query in an address."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.metric_counts import count_values
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.query import AssetQuery
from qc_core.assets.queue import (
    Queue,
    QueueQuery,
    find_decided,
    format_queue_query,
    item_id,
    order_by_figure,
    parse_queue_query,
)
from qc_core.quality_control.annotating.changes import Edit, MetricEdit, Seen
from qc_core.quality_control.metric import Fingerprint
from qc_core.quality_control.position import Position
from qc_core.quality_control.status import Status
from tests.qc_core.assets import building
from tests.qc_core.assets.building import summary

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


def row(asset_name: str, metric: str, number: int = 0, **more: Any) -> MetricRow:
    asset = summary(asset_name, status="Pending", pending=1, metrics=1)
    known = {"stage": "Raw data", "changed_at": NOW - timedelta(days=3), "evaluator": "Pipeline"}
    return building.row(metric, asset=asset, key=f"metrics/{number}", **(known | more))


def rows_of(counts: list[int]) -> tuple[MetricRow, ...]:
    return tuple(row(f"asset {a}", f"metric {m}", m) for a, count in enumerate(counts) for m in range(count))


COUNTS = st.lists(st.integers(0, 5), max_size=5)


def decide(queue: Queue, of: MetricRow, status: str = "Pass") -> Queue:
    record_id = of.asset.record_id
    mine = {item: one for item, one in queue.decided.items() if item[0] == record_id}
    return queue.with_decided(record_id, {**mine, item_id(of): status})


def edit(name: str, status: Status | None) -> MetricEdit:
    seen = Seen(None, None, Status.PENDING, 1, None)
    return MetricEdit(("metrics", 0), Fingerprint(name, "Raw data", "ecephys", ()), seen, NOW, status=status)


@given(COUNTS, st.data())
def test_every_metric_is_decided_once_whatever_is_skipped(counts: list[int], data: st.DataObject) -> None:
    rows = rows_of(counts)
    skipped_ones = data.draw(st.sets(st.sampled_from(rows))) if rows else set()
    queue, visited, passed_over = Queue(rows), [], set()
    following = queue.first_row()
    while following is not None:
        queue = queue.with_current(item_id(following))
        if following in skipped_ones and following not in passed_over:
            passed_over.add(following)
            queue = queue.with_skipped(item_id(following))
        else:
            queue = decide(queue, following)
            visited.append(following)
        following = queue.next_row()
        if following is None and queue.left:  # nothing but the current one is left
            following = queue.current_row
    assert sorted(map(item_id, visited)) == sorted(map(item_id, rows))
    assert queue.left == ()
    late = [one for one in visited if one in skipped_ones]
    assert visited[len(visited) - len(late) :] == late, "skipped ones come after all others"


@given(COUNTS, st.data())
def test_metric_that_left_the_queue_never_comes_next(counts: list[int], data: st.DataObject) -> None:
    rows = rows_of(counts)
    some = st.sets(st.sampled_from(rows)) if rows else st.just(set())
    gone, decided = data.draw(some), data.draw(some)
    queue = Queue(rows)
    for one in decided:
        queue = decide(queue, one)
    if rows:
        queue = queue.with_current(item_id(data.draw(st.sampled_from(rows))))
    current = queue.current_row
    fresh = queue.with_rows([one for one in rows if one not in gone])
    assert fresh.rows == tuple(one for one in rows if one not in gone), "the others stay in order"
    assert fresh.submitted == len(gone & decided)
    assert fresh.elsewhere == len(gone - decided)
    assert fresh.total + fresh.elsewhere == len(rows)
    following = fresh.next_row()
    assert following is None or (following not in gone and item_id(following) not in fresh.decided)
    later = [one for one in rows[rows.index(current) + 1 :] if one not in gone | decided] if current else []
    assert not later or following == later[0], "the next one is that after the current, also where that has left"


def test_new_metrics_follow_the_known_ones() -> None:
    known, new = row("a", "Drift"), row("b", "Noise")
    assert Queue((known,)).with_rows([new, known]).rows == (known, new)


def test_a_skipped_metric_comes_back_after_all_others() -> None:
    first, second = row("a", "Drift"), row("a", "Noise", 1)
    queue = Queue((first, second)).with_current(item_id(first)).with_skipped(item_id(first))
    assert queue.next_row() == second
    queue = decide(queue.with_current(item_id(second)), second)
    assert queue.next_row() == first
    assert queue.left_skipped == (first,)
    assert queue.with_current(item_id(first)).next_row() is None


def test_previous_is_the_metric_before_also_when_it_is_decided() -> None:
    first, second = row("a", "Drift"), row("a", "Noise", 1)
    queue = decide(Queue((first, second)), first).with_current(item_id(second))
    assert queue.previous_row() == first
    assert queue.with_current(item_id(first)).previous_row() is None


def test_a_record_is_finished_with_its_last_decision() -> None:
    first, second, other = row("a", "Drift"), row("a", "Noise", 1), row("b", "Drift")
    queue = decide(Queue((first, second, other)), first)
    assert queue.finished_records == ()
    assert decide(queue, second).finished_records == ("a",)


def test_pass_and_fail_in_a_draft_decide_and_pending_does_not() -> None:
    rows = [row("a", "Drift", 0), row("a", "Noise", 1), row("a", "Power", 2)]
    edits: dict[str, Edit] = {
        "metrics/0#aa": edit("Drift", Status.PASS),
        "metrics/1#bb": edit("Noise", Status.PENDING),
        "metrics/2#cc": edit("Power", None),
    }
    assert find_decided(rows, edits) == {("a", "Drift"): "Pass"}


def test_a_decision_is_found_where_a_pipeline_moved_its_metric() -> None:
    moved = {"metrics/7#aa": edit("Drift", Status.FAIL)}
    assert find_decided([row("a", "Drift", 0), row("a", "Noise", 1)], moved) == {("a", "Drift"): "Fail"}
    alike = [row("a", "Drift", 0), row("a", "Drift", 1, position=Position("", "Drift~2"))]
    assert find_decided(alike, moved) == {}, "it could be either"
    assert find_decided(alike, {"metrics/1#aa": edit("Drift", Status.FAIL)}) == {("a", "Drift~2"): "Fail"}


def test_metrics_of_one_figure_follow_one_another() -> None:
    figures = ["a.png", "b.png", "a.png", None, "b.png"]
    rows = [row("a", f"m{n}", n, reference=figure) for n, figure in enumerate(figures)]
    assert [one.name for one in order_by_figure(rows)] == ["m0", "m2", "m1", "m4", "m3"]


def test_only_what_has_been_pending_for_long_enough_is_in_a_queue_of_an_age() -> None:
    rows = [row("a", "new", changed_at=NOW - timedelta(hours=5)), row("a", "old"), row("a", "undated", changed_at=None)]
    assert [one.name for one in QueueQuery(older_than=3).select(rows, NOW)] == ["old"]
    assert len(QueueQuery().select(rows, NOW)) == 3


@given(TEXT, st.lists(TEXT, unique=True), st.lists(TEXT, unique=True), st.one_of(st.none(), st.integers(0, 9999)))
def test_a_query_survives_its_address(text: str, names: list[str], projects: list[str], age: int | None) -> None:
    assets = AssetQuery(text=text, projects=tuple(projects), experimenters=tuple(names), people=tuple(names))
    metrics = MetricQuery(assets, text, tuple(names), tuple(names), tuple(projects), tuple(names))
    query = QueueQuery(metrics, age)
    assert parse_queue_query(parse_qsl(urlencode(format_queue_query(query)))) == query


@given(st.lists(st.tuples(st.sampled_from(["q", "age", "tag", "status", "page", "sort", "from", "x"]), st.text())))
def test_any_address_gives_a_query_of_pending_metrics(pairs: list[tuple[str, str]]) -> None:
    query = parse_queue_query(pairs)
    assert query.at_store.statuses == ("Pending",)
    assert query.at_store.assets.pending
    assert query.metrics.statuses == ()


def test_values_are_counted_over_what_all_other_conditions_leave() -> None:
    rows = [row("a", "Drift"), row("a", "Noise", 1, stage="Processing"), row("a", "Power", 2, tags=("probe:A",))]
    counts = count_values(rows, MetricQuery(stages=("Raw data",)))
    assert counts["stage"] == {"Raw data": 2, "Processing": 1}
    assert counts["metric"] == {"Drift": 1, "Power": 1}
    assert counts["tag"] == {"probe:A": 1}
