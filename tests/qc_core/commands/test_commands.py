"""The commands as a person or a pipeline runs them."""

import json
import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from qc_core.__main__ import main
from tests.fakes.login import settings
from tests.fakes.portal import free_port
from tests.paths import ROOT
from tests.qc_core.pipeline.check.folders import fine_document, fine_metric, write_folder
from tests.qc_core.quality_control.documents import v1, v2, v2_metric


@pytest.mark.parametrize(
    ("metric", "options", "code"),
    [
        ({}, [], 0),
        ({}, ["--strict"], 0),
        ({"value": {}}, [], 0),
        ({"value": {}}, ["--strict"], 1),
        ({"stage": "Nowhere"}, [], 2),
        ({"stage": "Nowhere"}, ["--strict", "--json"], 2),
    ],
)
def test_check_reports_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], metric: Any, options: Any, code: int
) -> None:
    results = write_folder(tmp_path, fine_document(fine_metric(**metric)))
    assert main(["check", str(results), *options]) == code
    output = capsys.readouterr().out
    assert json.loads(output)["errors"] == 1 if "--json" in options else output.startswith(str(tmp_path))


def test_check_of_a_folder_without_results_is_an_error_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "gone")]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_merge_prints_the_result_alone_and_reports_on_the_error_output_what_was_done(
    tmp_path: Path, capfdbinary: Any
) -> None:
    for name, document in (("old", v2(v2_metric())), ("new", v2(v2_metric(value=9), v2_metric("noise")))):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    assert main(["merge", str(tmp_path / "old.json"), str(tmp_path / "new.json")]) == 0
    output = capfdbinary.readouterr()
    assert [metric["name"] for metric in json.loads(output.out)["metrics"]] == ["drift", "noise"]
    assert output.err.decode().splitlines() == [
        "1 metric added; 1 were there, and are kept.",
        "  kept as it was, though the new value or reference differs: metrics[0] “drift”",
    ]


def test_merge_writes_to_a_file_and_refuses_two_generations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.json").write_text(json.dumps(v2(v2_metric())))
    (tmp_path / "new.json").write_text(json.dumps(v1()))
    arguments = ["merge", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--output", str(tmp_path / "x.json")]
    assert main(arguments) == 1
    assert "cannot become one document" in capsys.readouterr().err
    assert not (tmp_path / "x.json").exists()
    (tmp_path / "new.json").write_text(json.dumps(v2(v2_metric("noise"))))
    assert main(arguments) == 0
    assert len(json.loads((tmp_path / "x.json").read_text())["metrics"]) == 2


def test_check_open_shows_the_results_in_the_portal_read_only_until_it_is_ended(tmp_path: Path) -> None:
    results = write_folder(tmp_path / "results", fine_document())
    before = (results / "quality_control.json").read_bytes()
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$1" > {tmp_path}/address.part\nmv {tmp_path}/address.part {tmp_path}/address\n'
    )
    browser.chmod(0o755)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "qc_core", "check", str(results), "--open", "--port", str(port)],
        cwd=ROOT,
        env=os.environ
        | {"BROWSER": f"{browser} %s", "QC_PORTAL_STATE": str(tmp_path / "state")}
        | {"ALLOW_WEBSOCKET_ORIGIN": "qc.example.org", "QC_PORTAL_STORE": "docdb", "QC_PORTAL_GUESTS": "0"}
        | settings(port, "http://localhost:9"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr
        lines = iter(process.stderr.readline, "")
        address = next(line for line in lines if line.startswith("Open ")).split()[-1]
        assert address.startswith(f"http://localhost:{port}/view?name=776259_")
        connection = HTTPConnection("localhost", port, timeout=60)
        connection.request("GET", "/readyz")  # the settings can be used, whatever the environment has
        assert json.loads(connection.getresponse().read())["ready"] is True
        connection.request("GET", f"/api/signed-reference?{address.partition('?')[2]}&reference=x")
        answer = connection.getresponse()
        assert (answer.status, answer.read()[:1]) == (403, b"{")  # nobody is asked to log in: 401
        shaken = {
            "Origin": f"http://localhost:{port}",
            **{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"},
            "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
        }
        connection.request("GET", "/_stcore/stream", headers=shaken)
        assert connection.getresponse().status == 101
        connection.close()
    finally:
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=60)
    assert process.returncode == 0, output
    assert "0 errors, 0 warnings, 0 notes." in output[0]
    assert (tmp_path / "address").read_text().strip() == address
    assert (results / "quality_control.json").read_bytes() == before
    assert not (tmp_path / "state").exists()


def test_check_open_names_a_port_that_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = write_folder(tmp_path, fine_document())
    with socket.socket() as other:
        other.bind(("localhost", 0))
        other.listen()
        assert main(["check", str(results), "--open", "--port", str(other.getsockname()[1])]) == 2
    assert "--port" in capsys.readouterr().err


def test_the_settings_page_agrees_with_the_code() -> None:
    output = subprocess.run(
        [sys.executable, "-m", "qc_core", "settings-page"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert output == (ROOT / "docs" / "settings.md").read_bytes(), (
        "make it again: python -m qc_core settings-page > docs/settings.md"
    )
