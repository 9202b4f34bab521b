"""A curation, in both generations: read whatever it holds, added to and never changed."""

import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings

from qc_core.errors import BadRecord
from qc_core.json_document import apply
from qc_core.json_document.patch import LengthIs, ValueIs, find_failed_conditions
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import Change, Conflict, DraftEntry, NewVersion
from qc_core.quality_control.annotating.draft_text import read_draft, write_draft
from qc_core.quality_control.annotating.rebase import build_change_set, keep_mine
from qc_core.quality_control.annotating.signing import build_patch
from qc_core.quality_control.curation.unit_editing import empty_version
from qc_core.quality_control.document import read
from qc_core.quality_control.status import Status
from tests.qc_core.quality_control.annotating.edits import LATER, judge, send_edit
from tests.qc_core.quality_control.documents import NOW, any_json, entry, evaluation, v1, v1_metric, v2, v2_metric

OLD, NEW = {"0": {"reference": "a.png"}}, {"0": {"reference": "a.png", "label": "good"}}
PIPELINE = {"object_type": "Curation history", "curator": "Pipeline", "timestamp": "2025-01-01T00:00:00Z"}


def in_v2(*items: Any, history: Any = (PIPELINE,), **changed: Any) -> Any:
    raw = {"object_type": "Curation metric", "type": "events", "value": list(items), "curation_history": list(history)}
    return v2(v2_metric("events", **(raw | changed)), v2_metric("drift"))


def in_v1(*items: Any, history: Any = ()) -> Any:
    value = {"curations": list(items), "curation_history": list(history), "type": "curation"}
    return v1(evaluation("A", v1_metric("events", value=value)))


def lists_of(raw: Any) -> Any:
    metric = raw["metrics"][0] if "metrics" in raw else raw["evaluations"][0]["metrics"][0]["value"]
    return metric.get("value", metric.get("curations")), metric["curation_history"]


def curation_of(raw: Any) -> Any:
    return read(raw).metrics[0].curation


def with_version(raw: Any, content: Any, edit: Any = None) -> Any:
    document = read(raw)
    return editing.with_version(edit, document.metrics[0], document.generation, content, NOW)


SHAPES = [
    pytest.param(in_v2(OLD), dict, id="v2, an object"),
    pytest.param(in_v2(OLD, json.dumps(OLD), history=[PIPELINE, PIPELINE]), str, id="v2, the newest is text"),
    pytest.param(in_v2(history=[]), dict, id="v2, none yet"),
    pytest.param(in_v1(json.dumps(OLD)), str, id="v1, text, nothing in its history"),
    pytest.param(in_v1(OLD, history=[{"timestamp": "2025-01-01 00:00:00", "curator": "x"}]), dict, id="v1, an object"),
    pytest.param(in_v1(), str, id="v1, none yet"),
]


@pytest.mark.parametrize(("raw", "form"), SHAPES)
def test_a_version_is_appended_in_the_form_of_the_newest_and_signed(raw: Any, form: Any) -> None:
    before = copy.deepcopy(raw)
    after, edit = send_edit(raw, with_version(raw, NEW))
    items, history = lists_of(after)
    old_items, old_history = lists_of(raw)
    assert items[:-1] == old_items and history[:-1] == old_history, "nothing is overwritten"
    assert type(items[-1]) is form
    assert (json.loads(items[-1]) if form is str else items[-1]) == NEW
    signed = curation_of(after).newest
    assert (signed.curator, signed.content) == ("Ada", NEW) and signed.timestamp >= LATER
    status = read(after).metrics[0].history[-1]
    assert (status.evaluator, status.status, status.written) == ("Ada", Status.PASS, history[-1]["timestamp"])
    assert ("object_type" in history[-1]) is ("metrics" in raw)
    assert list(history[-1]) == list(old_history[-1] if old_history else history[-1]), "keys in the order that is there"
    assert raw == before
    assert judge(after, edit) == "landed"


@pytest.mark.parametrize("build", [in_v2, in_v1])
def test_clear_is_a_new_empty_version_and_nothing_is_deleted(build: Any) -> None:
    labels = [{"unit_id": 7, "labels": {"quality": ["good"]}}]
    content = {"format_version": "2", "unit_ids": [7, 8], "manual_labels": labels, "merges": [{"unit_ids": [7, 8]}]}
    raw = build(content)
    after, _ = send_edit(raw, with_version(raw, empty_version(content)))
    (kept, newest), _ = lists_of(after)
    assert kept == content, "the version before is as it was"
    assert newest["manual_labels"] == newest["merges"] == [] and newest["unit_ids"] == [7, 8]
    assert curation_of(after).newest.curator == "Ada"


def test_a_history_that_is_missing_or_null_is_made() -> None:
    for raw in (in_v2(OLD), in_v1(json.dumps(OLD))):
        for spoilt in ("gone", "null"):
            changed = copy.deepcopy(raw)
            holder = changed["metrics"][0] if "metrics" in raw else changed["evaluations"][0]["metrics"][0]["value"]
            if spoilt == "gone":
                del holder["curation_history"]
            else:
                holder["curation_history"] = None
            after, edit = send_edit(changed, with_version(changed, NEW))
            assert [one["curator"] for one in lists_of(after)[1]] == ["Ada"]
            assert judge(after, edit) == "landed"


@pytest.mark.parametrize("raw", [in_v2(OLD), in_v1(json.dumps(OLD))], ids=["v2", "v1"])
def test_the_conditions_are_the_lengths_of_its_lists(raw: Any) -> None:
    document = read(raw)
    changes = build_change_set(document, {"k": DraftEntry(with_version(raw, NEW))}, LATER)
    conditions = build_patch(raw, document, changes, "Ada", LATER).patch.conditions
    place = (*document.metrics[0].path, "value")
    about_value = [one for one in conditions if place == one.path[: len(place)]]
    assert about_value and all(isinstance(one, LengthIs) for one in about_value), "its versions are not sent back whole"
    assert not any(isinstance(one, ValueIs) and one.path[-1] == "curation_history" for one in conditions)
    assert find_failed_conditions(raw, conditions) == ()
    for position in (0, 1):
        grown = copy.deepcopy(raw)
        lists_of(grown)[position].append("more")
        assert find_failed_conditions(grown, conditions), "somebody else added a version, or an entry"


def test_a_version_that_somebody_else_added_is_a_conflict_and_ones_own_goes_on_top() -> None:
    raw = in_v2(OLD)
    edit = with_version(raw, NEW)
    theirs, _ = send_edit(raw, with_version(raw, {"0": {"label": "bad"}}), person="Grace")
    conflict = judge(theirs, edit)
    assert isinstance(conflict, Conflict) and conflict.by == "Grace"
    mine = keep_mine(conflict, read(theirs), LATER)
    after, _ = send_edit(theirs, mine)
    assert [one.curator for one in curation_of(after).versions] == ["Pipeline", "Grace", "Ada"]
    assert keep_mine(conflict, read(send_edit(raw, edit, person="Grace")[0]), LATER) is None, (
        "they changed it to the same"
    )


def test_an_edit_changed_after_it_landed_adds_what_is_new_on_top() -> None:
    raw = in_v2(OLD)
    after, landed = send_edit(raw, with_version(raw, NEW))
    more = {"0": {"label": "very good"}}
    change = judge(after, DraftEntry(with_version(raw, more, landed.edit), landed.sent))
    assert isinstance(change, Change) and change.edit.version == NewVersion(more)
    final = apply(
        after,
        build_patch(
            after, read(after), build_change_set(read(after), {"k": DraftEntry(change.edit)}, LATER), "Ada", LATER
        ).patch.operations,
    )
    assert [one.content for one in curation_of(final).versions] == [OLD, NEW, more]


def test_content_equal_to_the_newest_version_is_no_edit() -> None:
    raw = in_v2(OLD, json.dumps(NEW))
    assert with_version(raw, NEW) is None
    edit = with_version(raw, OLD)
    assert with_version(raw, NEW, edit) is None


def test_a_status_and_a_note_go_with_a_version() -> None:
    raw = in_v2(OLD)
    document = read(raw)
    edit = with_version(raw, NEW)
    edit = editing.with_status(edit, document.metrics[0], document.generation, Status.FAIL, LATER)
    edit = editing.with_note(edit, document.metrics[0], document.generation, "unit 0", LATER)
    after, _ = send_edit(raw, edit)
    assert read(after).metrics[0].history[-1].status is Status.FAIL
    assert "unit 0" in after["notes"]


def test_a_draft_keeps_it() -> None:
    edit = with_version(in_v2(OLD), NEW)
    assert read_draft(write_draft({"k": DraftEntry(edit)})) == ({"k": DraftEntry(edit)}, ())
    old = json.loads(write_draft({"k": DraftEntry(edit)}))
    del old["entries"]["k"]["version"]
    assert read_draft(json.dumps(old))[0]["k"].edit.version is None, "a draft from before there were curations"
    old["entries"]["k"]["version"] = [1, 2]
    assert read_draft(json.dumps(old))[1]


def test_numbers_that_json_does_not_have_are_not_written() -> None:
    with pytest.raises(BadRecord, match="NaN"):
        send_edit(in_v2(OLD), with_version(in_v2(OLD), {"0": math.nan}))


@pytest.mark.parametrize(
    "raw", [in_v2(value={"a": 1}), in_v2(value=None), in_v2(OLD, curation_history="x"), in_v2(curation_history={})]
)
def test_curation_without_room_for_a_version_can_still_be_rated(raw: Any) -> None:
    curation = curation_of(raw)
    assert curation.read_only.endswith(".")
    with pytest.raises(BadRecord):
        send_edit(raw, with_version(raw, NEW))
    document = read(raw)
    edit = editing.with_status(None, document.metrics[0], document.generation, Status.FAIL, NOW)
    after, _ = send_edit(raw, edit)
    assert after["metrics"][0]["value"] == raw["metrics"][0]["value"]


def test_the_history_belongs_to_the_newest_versions() -> None:
    grace = {"curator": "Grace", "timestamp": "2025-02-01 10:00:00+00:00"}
    versions = curation_of(in_v1("{}", "{", json.dumps(OLD), history=[grace])).versions
    assert [(one.number, one.curator, one.as_text) for one in versions] == [
        (1, "", True),
        (2, "", True),
        (3, "Grace", True),
    ]
    assert versions[2].timestamp.isoformat() == "2025-02-01T10:00:00+00:00"
    assert versions[1].content == "{" and versions[1].problem.endswith(".")
    more = curation_of(in_v2(OLD, history=[PIPELINE, grace]))
    assert more.newest.curator == "Grace"


def test_all_figures_of_its_objects_are_references_of_the_document() -> None:
    raw = in_v2({"0": {"reference": "old.png"}}, json.dumps({"1": {"reference": "new.png"}, "2": {"reference": ""}}))
    assert [one for one in read(raw).references() if one] == ["old.png", "new.png"]


@settings(deadline=None, max_examples=200)
@given(any_json, any_json, any_json)
def test_whatever_a_curation_holds_it_is_read_and_nothing_in_it_is_lost(value: Any, history: Any, kind: Any) -> None:
    raw = v2(
        v2_metric("c", entry(), object_type="Curation metric", value=value, curation_history=history, type=kind),
        v2_metric("d", entry(), value={"curations": value, "curation_history": history, "type": kind}),
    )
    document = read(raw)
    assert len(list(document.references())) >= 2
    for metric in document.metrics:
        if metric.curation is None or metric.curation.read_only:
            continue
        assert len(metric.curation.versions) == len(metric.curation.items)
        edit = editing.with_version(None, metric, document.generation, {"new": 1}, NOW)
        if edit is None:
            continue
        after = apply(
            raw,
            build_patch(
                raw, document, build_change_set(document, {"k": DraftEntry(edit)}, LATER), "Ada", LATER
            ).patch.operations,
        )
        found = read(after).metrics[metric.path[1]].curation
        assert found.items[:-1] == metric.curation.items
        assert found.newest.content == {"new": 1}
