"""docs/for-metric-authors.md: every block of code on it runs unchanged, against fakes of the hosted services."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from qc_core.pipeline.check.checks import check_document
from qc_core.pipeline.check.findings import Severity
from qc_core.pipeline.export.table import COLUMNS, Shape
from qc_core.quality_control.document import read
from tests.fakes.internet import Internet
from tests.qc_core.quality_control.documents import NOW
from tools.doc_blocks import PAGE, RAW, ROOT, blocks, capsule, rows, script

TEXT = PAGE.read_text("utf-8")
TIMEOUT = 300
"""Seconds that the whole page may take, on a machine that is busy; alone it takes some ten."""
KINDS = [
    *("Number", "String", "Boolean", "List", "Dictionary with `index`", "Dropdown", "Checkbox", "Rule-based"),
    *("Multi-asset", "Curation"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The whole page, run once: the capsule it was run in, what it printed, and what the services were sent."""
    folder = tmp_path_factory.mktemp("capsule")
    capsule(folder)
    before = (folder / "data" / "quality_control.json").read_bytes()
    (folder / "page.py").write_text(script(TEXT))
    browser = folder / "browser"
    # Plays a person's browser, and the person who then presses Ctrl+C.
    browser.write_text(f'#!/bin/sh\necho "$1" > {folder}/looked-at\nkill -INT $PPID\n')
    browser.chmod(0o755)
    secret = {"KACHERY_ZONE": "aind", **_kachery_keys()}
    with Internet(folder, [{"_id": "a-record", "name": RAW}], secret) as internet:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
        environment = kept | internet.environment
        environment["PATH"] = f"{Path(sys.executable).parent}:{kept['PATH']}"
        environment |= {"PYTHONPATH": str(ROOT), "HOME": str(folder), "BROWSER": f"{browser} %s"}
        done = _run(folder, environment)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return SimpleNamespace(folder=folder, done=done, internet=internet, before=before)


def _run(folder: Path, environment: Any) -> Any:
    """Run the page's script; where it hangs, what it started is ended with it."""
    command, pipe = [sys.executable, "page.py"], subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as process:
        try:
            printed, report = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, printed, report)


def _kachery_keys() -> dict[str, Any]:
    from kachery_cloud._client_keys import _generate_keypair

    public, private = _generate_keypair()
    return {"KACHERY_CLOUD_CLIENT_ID": public, "KACHERY_CLOUD_PRIVATE_KEY": private, "unused": secrets.token_hex(4)}


def test_every_block_of_code_is_run_or_read() -> None:
    assert {block.language for block in blocks(TEXT)} == {"python", "sh", "json"}
    assert TEXT.count("```") == 2 * len(blocks(TEXT))


def test_the_page_makes_results_that_have_each_kind_of_value_and_no_error(run: SimpleNamespace) -> None:
    document = read(json.loads((run.folder / "results" / "quality_control.json").read_text()))
    names = {metric.name for metric in document.metrics}
    assert len(rows(TEXT)) == len(KINDS)
    assert all(re.search(r'(?:metric\(|name=)"([^"]+)"', row.code)[1] in names for row in rows(TEXT))
    assert "0 errors" in run.done.stdout
    assert json.loads((run.folder / "check.json").read_text())["errors"] == 0


def test_earlier_annotations_are_kept_and_nothing_is_added_twice(run: SimpleNamespace) -> None:
    document = json.loads((run.folder / "results" / "quality_control.json").read_text())
    earlier = json.loads(run.before)["metrics"][0]
    assert document["metrics"][0] == earlier
    names = [metric["name"] for metric in document["metrics"]]
    assert len(names) == len(set(names)) == 1 + 2 + len(KINDS)


def test_the_asset_is_derived_from_its_input(run: SimpleNamespace) -> None:
    described = json.loads((run.folder / "results" / "data_description.json").read_text())
    assert described["data_level"] == "derived" and described["source_data"] == [RAW]
    assert (run.folder / "results" / "subject.json").exists()


def test_the_figure_was_stored_and_the_evaluation_sent_signed_with_its_reference(run: SimpleNamespace) -> None:
    (sent,) = run.internet.evaluations
    assert sent["data_asset_id"] == "a-record"
    (metric,) = sent["qc_evaluation"][0]["metrics"]
    digest = metric["reference"].removeprefix("sha1://").removesuffix("?label=drift_map.png")
    assert run.internet.stored[digest] == (run.folder / "results" / "figures" / "drift_map.png").read_bytes()
    assert run.internet.refused == []


def test_the_results_were_pushed_once_with_their_figures_and_read_back(run: SimpleNamespace) -> None:
    made = json.loads((run.folder / "results" / "quality_control.json").read_text())
    pushed = run.internet.collection.documents["a-record"]["quality_control"]
    assert [metric["name"] for metric in pushed["metrics"]] == [metric["name"] for metric in made["metrics"]]
    references = {metric["reference"] for metric in pushed["metrics"]}
    assert all(part.startswith("sha1://") for reference in references for part in reference.split(";"))
    assert set(run.internet.stored) == {part[7:47] for one in references for part in one.split(";")}
    output = run.done.stdout
    assert "a-record" in output.splitlines()
    assert output.index("to store") < output.index("stored ") < output.index("read back")
    assert output.count("read back") == 1  # from Python there was nothing left to push


def test_the_status_and_the_table_were_printed(run: SimpleNamespace) -> None:
    assert "exit code 3" in run.done.stdout
    report = json.loads((run.folder / "status.json").read_text())
    assert (report["name"], report["at"]) == (RAW, "2025-06-15T23:59:59.999999Z")
    rows_written = (run.folder / "metrics.csv").read_text("utf-8-sig").splitlines()
    assert rows_written[0].startswith('"asset","record_id"') and len(rows_written) > len(KINDS)
    assert (run.folder / "metrics.parquet").read_bytes()[:4] == b"PAR1"


def test_every_column_of_the_table_is_named() -> None:
    named = re.search(r"The columns: (.+?)\.\n", TEXT, re.DOTALL)
    assert re.findall(r"`(\w+)`", named[1]) == list(COLUMNS[Shape.METRICS])


def test_the_results_were_shown_in_a_browser(run: SimpleNamespace) -> None:
    assert "/view?name=ecephys_734812_2025-01-20_13-04-51_sorted_" in (run.folder / "looked-at").read_text()


@pytest.mark.parametrize(
    "block", [b for b in blocks(TEXT) if b.language == "json"], ids=lambda block: f"line {block.line}"
)
def test_every_example_in_json_is_a_document_without_fault(block: Any) -> None:
    raw = json.loads(block.code)
    found = list(check_document(raw, read(raw), lambda path: None, NOW))
    assert not [finding for finding in found if finding.severity is not Severity.NOTE], found


def test_the_table_shows_every_kind_of_value_as_a_small_picture() -> None:
    assert [row.kind for row in rows(TEXT)] == KINDS
    for row in rows(TEXT):
        picture = PAGE.parent / row.picture
        assert picture.stat().st_size < 60_000, f"{row.picture} is too large"
        with Image.open(picture) as opened:
            assert opened.format == "PNG" and opened.width >= 200


def test_no_picture_of_a_card_is_left_over() -> None:
    there = {path.name for path in (PAGE.parent / "cards").iterdir()}
    assert there == {row.picture.removeprefix("cards/") for row in rows(TEXT)}
