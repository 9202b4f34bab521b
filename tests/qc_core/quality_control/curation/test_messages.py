import copy
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.quality_control.curation import messages as curation_messages
from qc_core.quality_control.curation.messages import (
    CurationFormat,
    ReceivedCuration,
    RefusedMessage,
    read,
)
from tests.qc_core.quality_control.documents import any_json

VIEWED = {"labelsByUnit": {"1": ["accept"], "2": []}, "mergeGroups": [[1, 2]], "labelChoices": ["accept"]}
SORTED = {
    "format_version": "2",
    "unit_ids": [1, 2, 3, "x"],
    "label_definitions": {"quality": {"label_options": ["good", "noise"], "exclusive": True}},
    "manual_labels": [{"unit_id": 1, "quality": ["noise"]}, {"unit_id": "x", "labels": {"quality": ["good"]}}],
    "removed": [1],
    "merges": [{"unit_ids": [2, 3], "new_unit_id": None}, [2, 3]],
    "splits": [{"unit_id": 2, "mode": "indices", "indices": [[0, 1]]}],
}


def from_gui(data: Any, **more: Any) -> Any:
    return {"type": "curation-data", "identifier": "probe-A", "data": data} | more


@pytest.mark.parametrize(
    ("message", "content", "form"),
    [
        ({"curation": VIEWED}, VIEWED, CurationFormat.SORTINGVIEW),
        ({"curation": {"labelsByUnit": {}}}, {"labelsByUnit": {}}, CurationFormat.SORTINGVIEW),
        ({"curation": json.dumps(VIEWED)}, VIEWED, CurationFormat.SORTINGVIEW),
        ({"curation": SORTED}, SORTED, CurationFormat.SPIKEINTERFACE),
        (from_gui(SORTED), SORTED, CurationFormat.SPIKEINTERFACE),
        (from_gui(json.dumps(SORTED), identifier=5), SORTED, CurationFormat.SPIKEINTERFACE),
        (
            from_gui({"format_version": 2, "unit_ids": []}),
            {"format_version": 2, "unit_ids": []},
            CurationFormat.SPIKEINTERFACE,
        ),
    ],
)
def test_a_known_message_gives_its_curation(message: Any, content: Any, form: Any) -> None:
    assert read(message) == ReceivedCuration(content, form)


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (None, "not an object"),
        ("curation", "not an object"),
        ([VIEWED], "not an object"),
        ({}, "no curation"),
        (VIEWED, "no curation"),
        ({"type": "panel-ready"}, "no curation"),
        (from_gui(None), "not an object"),
        ({"curation": "{"}, "not JSON"),
        ({"curation": "[" * 100_000}, "not JSON"),
        ({"curation": {}}, "neither"),
        ({"curation": {"labelsByUnit": []}}, "labelsByUnit"),
        ({"curation": {"labelsByUnit": {"1": "accept"}}}, "lists of labels"),
        ({"curation": {"labelsByUnit": {}, "mergeGroups": {"1": 2}}}, "mergeGroups"),
        ({"curation": {"labelsByUnit": {}, "mergeGroups": [[True]]}}, "mergeGroups"),
        (from_gui({**SORTED, "format_version": "1"}), "format_version"),
        (from_gui({**SORTED, "format_version": "3"}), "format_version"),
        (from_gui({**SORTED, "unit_ids": None}), "unit_ids"),
        (from_gui({**SORTED, "unit_ids": [1.5]}), "unit_ids"),
        (from_gui({**SORTED, "label_definitions": {"quality": {}}}), "label_definitions"),
        (from_gui({**SORTED, "label_definitions": None}), "category"),
        (from_gui({**SORTED, "manual_labels": [{"unit_id": 9, "quality": []}]}), "not in unit_ids"),
        (from_gui({**SORTED, "manual_labels": [{"unit_id": "1", "quality": []}]}), "not in unit_ids"),
        (from_gui({**SORTED, "manual_labels": [{"unit_id": 1, "quality": "good"}]}), "lists of labels"),
        (from_gui({**SORTED, "manual_labels": ["1"]}), "not in unit_ids"),
        (from_gui({**SORTED, "removed": [[1]]}), "removed"),
        (from_gui({**SORTED, "removed": {"1": 1}}), "removed is not a list"),
        (from_gui({**SORTED, "merges": [{"unit_ids": [2]}]}), "merges"),
        (from_gui({**SORTED, "merges": [[2, 9]]}), "merges"),
        (from_gui({**SORTED, "splits": [{"unit_id": 9}]}), "splits"),
        ({"curation": {"labelsByUnit": {"1": [math.nan]}}}, "NaN"),
        ({"curation": {"labelsByUnit": {"1": [object()]}}}, "not JSON"),
    ],
)
def test_anything_else_is_refused_with_the_reason(message: Any, why: str) -> None:
    found = read(message)
    assert isinstance(found, RefusedMessage) and why in found.reason and found.reason.endswith(".")


def test_too_large_messages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curation_messages, "MAX_PARTS", 50)
    monkeypatch.setattr(curation_messages, "MAX_CHARACTERS", 1000)
    many = {"labelsByUnit": {str(unit): ["accept"] for unit in range(60)}}
    long = {"labelsByUnit": {"1": ["x" * 1001]}}
    for sent in (many, long, {"labelsByUnit": {"k" * 1001: []}}):  # type: ignore[var-annotated]  # JSON of mixed types
        for message in ({"curation": sent}, {"curation": json.dumps(sent)}):
            assert "too large" in read(message).reason
    assert isinstance(read({"curation": {"labelsByUnit": {"1": ["accept"]}}}), ReceivedCuration)


def test_too_deep_messages_are_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert "deeper" in read({"curation": {"labelsByUnit": {}, "more": deep}}).reason


_units = st.lists(st.integers(0, 9) | st.text("ab", max_size=2), max_size=4)


def _spoilt(draw: Any, whole: Any) -> Any:
    sent = copy.deepcopy(whole)
    for key in draw(st.lists(st.sampled_from(sorted(sent)), max_size=2)):
        sent[key] = draw(any_json | _units)
    return sent


@st.composite
def _messages(draw: Any) -> Any:
    sent = _spoilt(draw, draw(st.sampled_from([VIEWED, SORTED])))
    kind = draw(st.sampled_from(["curation", "gui", "text", "bare"]))
    return {
        "curation": {"curation": sent},
        "gui": from_gui(sent),
        "text": {"curation": json.dumps(sent)},
        "bare": sent,
    }[kind]


@settings(deadline=None, max_examples=300)
@given(_messages() | any_json)
def test_whatever_is_sent_is_a_curation_of_a_known_format_or_refused(message: Any) -> None:
    before = copy.deepcopy(message)
    found = read(message)
    assert repr(message) == repr(before)
    if isinstance(found, RefusedMessage):
        assert found.reason.endswith(".")
        return
    content = found.content
    if found.format is CurationFormat.SORTINGVIEW:
        assert all(isinstance(label, str) for labels in content["labelsByUnit"].values() for label in labels)
    else:
        known = [(type(unit), unit) for unit in content["unit_ids"]]
        assert all((type(unit), unit) in known for unit in content.get("removed") or [])
    assert json.loads(json.dumps(dict(content), allow_nan=False)) == content
