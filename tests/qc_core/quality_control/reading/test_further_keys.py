"""Keys next to those that an editor shows, and answers that contradict a status."""

import json
from typing import Any

import pytest

from qc_core.json_document import differences
from qc_core.quality_control.status import Status
from qc_core.quality_control.values.answers import apply_answer, editor, find_contradicting_status
from qc_core.quality_control.values.editors import further_keys
from tests.qc_core.quality_control.values.value_samples import PER_ASSET, RULED, TEXT, checkbox, dropdown

F, P, W = Status.FAIL, Status.PASS, Status.PENDING


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"n": {"sua": 80}, **dropdown(), "link": "https://figurl.org"}, "High"),
        ({"n": {"sua": 80}, **checkbox(), "link": "https://figurl.org"}, ["A"]),
        ({"n": {"sua": 80}, "value": 12.5, "rule": "value < 20", "link": "https://figurl.org"}, 7),
        (json.dumps({"n": {"sua": 80}, **dropdown(), "link": "https://figurl.org"}), "High"),
        ({"value": {"n": {"sua": 80}, **dropdown()}, "rule": "True", "link": "https://figurl.org"}, "High"),
    ],
)
def test_unknown_keys_are_found_and_kept_in_order(value: Any, answer: Any) -> None:
    kind = editor(value)
    assert further_keys(value, kind) == {"n": {"sua": 80}, "link": "https://figurl.org"}
    after = apply_answer(value, kind, answer)
    assert further_keys(after, editor(after)) == further_keys(value, kind)
    before, written = (json.loads(one) if isinstance(one, str) else one for one in (value, after))
    assert list(written) == list(before)
    changes = differences((), before, written)
    assert [change.path[-1] for change in changes] == ["value"]


@pytest.mark.parametrize(
    "value", [None, 5, "x", {"a": 1}, RULED, TEXT, dropdown(), checkbox(), PER_ASSET, {"type": "x"}]
)
def test_a_value_without_further_keys_has_none(value: Any) -> None:
    assert further_keys(value, editor(value)) == {}


@pytest.mark.parametrize(
    ("value", "status", "implied"),
    [
        (dropdown("High"), P, F),
        (dropdown("High"), F, None),
        (dropdown("High"), None, F),
        (dropdown(""), P, None),
        (dropdown("Odd"), P, None),
        (dropdown("High", status=None), P, None),
        (TEXT.replace('""', '"High"'), P, F),
        (checkbox(["A", "B"]), P, W),
        (checkbox([]), P, None),
        (checkbox(["C", "Z"]), P, F),
        (RULED, F, P),
        (RULED, P, None),
        (5, P, None),
    ],
    ids=lambda one: repr(one)[:50],
)
def test_an_answer_that_contradicts_the_status_is_found(value: Any, status: Any, implied: Any) -> None:
    assert find_contradicting_status(value, status) is implied
