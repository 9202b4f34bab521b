"""The doctor reports what is wrong, and its write test leaves a record as it was."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qc_core import __main__ as command_line
from qc_core.errors import RecordNotFound
from qc_core.health.doctor import write_test
from qc_core.stores.docdb.gateway import Gateway
from tests.fakes.gateway import FakeGateway
from tests.fakes.kachery import Kachery
from tests.qc_core.stores.building import NOW, document


@pytest.fixture
def record(fake_gateway: FakeGateway) -> Any:
    fake_gateway.put({"_id": "record-1", "name": "mouse", "quality_control": document()})
    return fake_gateway.get("record-1")


def test_the_write_test_finds_all_well_and_leaves_the_record_as_it_was(
    fake_gateway: FakeGateway, client_of: Callable[..., Gateway], record: Any
) -> None:
    before = copy.deepcopy(record)
    findings = list(write_test(client_of(), "record-1", NOW))
    assert [finding.line() for finding in findings if not finding.well] == []
    assert len(findings) == 8
    assert fake_gateway.get("record-1") == before


def test_the_write_test_finds_a_gateway_that_ignores_conditions(
    fake_gateway: FakeGateway, client_of: Callable[..., Gateway], record: Any
) -> None:
    fake_gateway.ignores_conditions = True
    lines = [finding.line() for finding in write_test(client_of(), "record-1", NOW) if not finding.well]
    assert any("conditions are ignored" in line for line in lines)


def test_a_record_that_is_not_there_is_not_made(fake_gateway: FakeGateway, client_of: Callable[..., Gateway]) -> None:
    with pytest.raises(RecordNotFound):
        list(write_test(client_of(), "nobody", NOW))
    assert fake_gateway.collection.documents == {}


def test_the_command_prints_a_line_for_each_and_its_exit_code_reports_whether_all_is_well(
    record: Any,
    fake_gateway: FakeGateway,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    kachery: Kachery,
) -> None:
    monkeypatch.setenv("QC_PORTAL_STATE", str(tmp_path))
    monkeypatch.setenv("KACHERY_GATEWAY_URL", kachery.url)
    assert command_line.main(["doctor", "--write-test", "record-1"]) == 0
    output = capsys.readouterr().out
    assert "ok   Records: 1 asset, in the database behind" in output and "ok   no second record" in output
    fake_gateway.secret = "another"
    assert command_line.main(["doctor", "--write-test", "record-1"]) == 1
    assert "did not accept the AWS credentials" in capsys.readouterr().out
    monkeypatch.delenv("API_GATEWAY_HOST")
    assert command_line.main(["doctor", "--write-test", "record-1"]) == 1
    assert "API_GATEWAY_HOST" in capsys.readouterr().err
