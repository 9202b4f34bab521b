"""What machines ask: alive, ready, counts."""

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from pages.routes import machines
from qc_core.stores.figures.fair_pool import FairPool, PoolLimits
from tests.fakes.portal import Portal


def read_answer(answer: Any) -> Any:
    return answer.status, json.loads(answer.body)


def test_alive_and_ready(portal: Portal) -> None:
    assert read_answer(portal.ask("/healthz")) == (200, {"alive": True})
    assert read_answer(portal.ask("/readyz")) == (200, {"ready": True, "records": True, "state": True, "copies": True})


def test_it_is_not_alive_while_all_that_decodes_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    time, started, release = [0.0], threading.Event(), threading.Event()
    pool = FairPool("test", PoolLimits(threads=1, per_person=1, overdue=60), monotonic=lambda: time[0])
    monkeypatch.setattr(machines, "services", lambda: SimpleNamespace(decoding=pool))

    def healthz() -> Any:
        answer = asyncio.run(machines.healthz(Request({"type": "http"})))
        return answer.status_code, json.loads(answer.body)

    job = pool.submit("A", "figure", 1, lambda: (started.set(), release.wait(30)))
    assert started.wait(30)
    assert healthz() == (200, {"alive": True})
    time[0] = 61.0
    assert healthz() == (503, {"alive": False})
    release.set()
    job.future.result(30)
    assert healthz() == (200, {"alive": True})


def test_a_portal_without_its_folder_or_its_state_is_alive_and_not_ready(
    start_portal: Callable[..., Portal], tmp_path: Path
) -> None:
    assets, state = tmp_path / "assets", tmp_path / "state"
    assets.mkdir()
    state.write_text("a file where a folder should be")
    at = start_portal(assets=assets, state=state)
    assert read_answer(at.ask("/readyz")) == (503, {"ready": False, "records": True, "state": False, "copies": True})
    assets.rmdir()
    assert read_answer(at.ask("/readyz"))[0] == 503
    assert read_answer(at.ask("/healthz")) == (200, {"alive": True})


def test_portal_with_an_invalid_setting_is_alive_and_not_ready(start_portal: Callable[..., Portal]) -> None:
    at = start_portal(more={"QC_PORTAL_READ_ONLY": "perhaps", "QC_PORTAL_METRICS": "1"})
    assert read_answer(at.ask("/healthz"))[0] == 200
    assert read_answer(at.ask("/readyz")) == (503, {"ready": False, "settings": False})
    assert at.ask("/metrics").status == 404


def test_counts_are_given_where_the_setting_asks_for_them(portal: Portal, start_portal: Callable[..., Portal]) -> None:
    assert portal.ask("/metrics").status == 404
    at = start_portal(more={"QC_PORTAL_METRICS": "1"})
    at.ask("/readyz")
    at.ask("/files/no-such-record/digest/a.png")
    text = at.ask("/metrics").text
    for name in ("sessions", "submissions", "conflicts", "errors", "store_seconds", "gateway_seconds"):
        assert f"# TYPE qc_portal_{name}" in text, name
    assert 'qc_portal_store_seconds_count{operation="query"} 1.0' in text
    assert 'qc_portal_errors_total{kind="http 404"} 1.0' in text
