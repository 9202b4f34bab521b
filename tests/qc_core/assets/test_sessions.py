"""The same figure over sessions: which metric of another record has it, and in which order sessions are listed."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from qc_core.assets.metrics import MetricRow
from qc_core.assets.sessions import find_same_figure, list_sessions
from tests.qc_core.assets import building
from tests.qc_core.assets.building import NOON, summary


def row(
    record: str = "this",
    name: str = "Drift",
    *,
    day: int | None = 5,
    tags: tuple[str, ...] = ("probe:A",),
    stage: str = "Raw data",
    reference: str | None = "drift.png",
) -> MetricRow:
    asset = summary(record, acquisition_time=NOON + timedelta(days=day) if day is not None else None)
    return building.row(name, asset=asset, tags=tags, stage=stage, reference=reference)


THIS = [row(), row(name="Noise")]


def test_the_first_metric_that_the_other_record_has_names_its_figure() -> None:
    drift, noise = row("other"), row("other", "Noise", reference="noise.png")
    assert find_same_figure(THIS, [noise, drift]) is drift
    assert find_same_figure(THIS, [noise]) is noise
    assert find_same_figure(THIS, [row("other", reference=None), noise]) is noise, "it has no figure"


def test_a_metric_of_other_tags_or_name_is_another_and_one_of_another_stage_comes_last() -> None:
    assert find_same_figure(THIS, [row("other", tags=("probe:B",)), row("other", "Units")]) is None
    staged = row("other", stage="Processing")
    assert find_same_figure(THIS, [staged]) is staged
    exact = row("other", "Noise")
    assert find_same_figure(THIS, [staged, exact]) is exact
    assert find_same_figure([], [exact]) is None


def test_sessions_are_listed_by_time_each_once_with_this_one_among_them() -> None:
    rows = [
        row("late", day=9),
        row("early", day=1),
        row("early", "Noise", day=1),
        row("undated", day=None),
        row("no", "Units"),
    ]
    assert [one.asset.record_id for one in list_sessions(THIS, rows, 10)] == ["undated", "early", "this", "late"]
    assert [one.asset.record_id for one in list_sessions(THIS, rows, 2)] == ["this", "late"]


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["Drift", "Noise", "Units"]), st.none() | st.integers(0, 9))
    )
)
def test_each_record_is_listed_at_most_once(found: list[tuple[str, str, int | None]]) -> None:
    listed = list_sessions(THIS, [row(record, name, day=day) for record, name, day in found], 10)
    ids = [one.asset.record_id for one in listed]
    assert len(ids) == len(set(ids)) and "this" in ids
    assert set(ids) - {"this"} == {record for record, name, _ in found if name != "Units"}
