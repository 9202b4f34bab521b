import json
from typing import Any

import pytest

from qc_core.references.messages import MAX_BYTES, FrameMessage, read_message

ORIGINS = ("https://figurl.org",)


def frame_message(data: Any, origin: Any = "https://figurl.org") -> dict[str, Any]:
    return {"origin": origin, "text": json.dumps(data)}


def test_json_from_an_allowed_origin_is_heard() -> None:
    assert read_message(frame_message({"curation": {"labelsByUnit": {}}}), ORIGINS) == FrameMessage(
        "https://figurl.org", {"curation": {"labelsByUnit": {}}}
    )


def test_a_message_names_the_record_and_the_metric_that_its_frame_was_made_for() -> None:
    message = frame_message({"a": 1}) | {"record": "r", "metric": "metrics/3"}
    assert read_message(message, ORIGINS) == FrameMessage("https://figurl.org", {"a": 1}, "r", "metrics/3")


@pytest.mark.parametrize(
    "message",
    [
        None,
        "text",
        {},
        frame_message({}, "https://evil.org"),
        frame_message({}, "null"),
        frame_message({}, ["https://figurl.org"]) | {"origin": ["https://figurl.org"]},
        {"origin": "https://figurl.org", "text": {"curation": 1}},
        {"origin": "https://figurl.org", "text": "{"},
        {"origin": "https://figurl.org", "text": "[" * 100_000},
        {"origin": "https://figurl.org", "text": '"' + "x" * MAX_BYTES + '"'},
        {"origin": "https://figurl.org", "text": '"\ud800"'},
        frame_message({}) | {"metric": 5},
        frame_message({}) | {"record": None},
    ],
)
def test_anything_else_is_not(message: Any) -> None:
    assert read_message(message, ORIGINS) is None
