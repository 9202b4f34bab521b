"""How much an upload's check does: in proportion to the record, with bounds, and no more once nobody waits for it."""

import asyncio
import json
import sys
from typing import Any, Never

import pytest
from starlette.requests import Request

from pages.routes import uploads
from qc_core.uploading.metadata import MAX_METRICS, MAX_PROBLEMS, EndedError, NotARecordError, check_metadata
from tests.qc_core.quality_control.documents import NOW, evaluation, v1, v1_metric, v2, v2_metric
from tests.waiting import wait_until


def body(*metrics: Any, **more: Any) -> Any:
    return json.dumps({"name": "a_test", "quality_control": v2(*metrics, **more)}).encode()


def calls_of_check(sent: Any) -> Any:
    """How many Python functions are called for the check of a body."""
    calls = 0

    def count(_frame: Any, event: Any, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        check_metadata(sent, NOW)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "changed",
    [
        lambda link: {},
        lambda link: {"tags": {"probe": f"Probe{link}"}},
        lambda link: {"tags": {f"key{link}": "x"}},
        lambda link: {"status_history": [], "stage": 5},
        lambda link: {"reference": f"figures/{link}.png"},
    ],
    ids=["same name", "a tag of its own", "a key of its own", "refused", "a figure of its own"],
)
def test_the_check_of_an_upload_takes_steps_in_proportion_to_its_metrics(changed: Any) -> None:
    few, many = (body(*[v2_metric(**changed(link)) for link in range(number)]) for number in (100, 400))
    check_metadata(few, NOW)  # what is loaded and built once
    assert calls_of_check(many) < 6 * calls_of_check(few)


@pytest.mark.parametrize("in_one_level", [False, True])
def test_levels_of_its_metrics_own_keys_take_steps_in_proportion_too(in_one_level: bool) -> None:
    def group(number: int) -> Any:
        keys = [f"key{link}" for link in range(number)]
        metrics = [v2_metric(tags={key: "x"}) for key in keys]
        return body(*metrics, default_grouping=[keys] if in_one_level else keys)

    few, many = group(100), group(400)
    check_metadata(few, NOW)
    assert calls_of_check(many) < 6 * calls_of_check(few)


def test_evaluations_that_are_refused_take_steps_in_proportion_too() -> None:
    few, many = (
        json.dumps(
            {"name": "a_test", "quality_control": v1(*[evaluation("x", v1_metric(status_history=[]))] * number)}
        ).encode()
        for number in (100, 400)
    )
    check_metadata(few, NOW)
    assert calls_of_check(many) < 6 * calls_of_check(few)


def test_the_problems_of_an_upload_are_bounded() -> None:
    problems = check_metadata(
        body(*[v2_metric(f"m{link}", stage=5) for link in range(MAX_PROBLEMS + 200)]), NOW
    ).problems
    assert MAX_PROBLEMS <= len(problems) <= MAX_PROBLEMS + 3
    assert "more problems than these" in problems[-1]


@pytest.mark.parametrize(
    "quality_control",
    [{"metrics": [0] * (MAX_METRICS + 1)}, {"evaluations": [{"metrics": [0] * MAX_METRICS}, {"metrics": [0]}]}],
)
def test_an_upload_with_too_many_metrics_is_refused(quality_control: Any) -> None:
    with pytest.raises(NotARecordError, match="more than 20000 metrics"):
        check_metadata(json.dumps({"name": "a_test", "quality_control": quality_control}).encode(), NOW)


def test_a_check_ends_at_its_next_step_when_the_sender_is_gone() -> None:
    asked: list[Any] = []

    def is_gone_at_third_call() -> bool:
        asked.append(None)
        return len(asked) >= 3

    with pytest.raises(EndedError):
        check_metadata(body(*[v2_metric()] * 5000), NOW, is_gone_at_third_call)
    assert len(asked) == 3


def test_the_route_ends_a_check_when_the_client_disconnects(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait_until_gone(_services: Any, _body: Any, _by: Any, is_gone: Any) -> Never:
        wait_until(is_gone)
        raise EndedError

    async def receive_disconnect() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    monkeypatch.setattr(uploads, "keep", wait_until_gone)
    monkeypatch.setattr(uploads, "services", lambda: None)
    request = Request({"type": "http", "method": "POST", "headers": []}, receive_disconnect)
    with pytest.raises(EndedError):
        asyncio.run(uploads._keep(request, b"{}", "somebody"))
