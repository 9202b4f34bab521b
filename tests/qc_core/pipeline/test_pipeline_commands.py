"""`find-id`, `push`, `status` and `export` as a person or a pipeline runs them: what is printed, and the exit codes."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qc_core.__main__ import main
from tests.fakes.gateway import FakeGateway
from tests.fakes.gateway_requests import Fault
from tests.fakes.kachery import Kachery, keys
from tests.fakes.secrets_manager import SecretsManager
from tests.paths import ROOT
from tests.qc_core.quality_control.documents import entry, evaluation, v1, v1_metric, v2, v2_metric

NAME, ID = "ecephys_1_2025-01-01_00-00-00", "the-record"
KEYS = keys()
SECRETS = (KEYS["KACHERY_CLOUD_PRIVATE_KEY"], "s3cret", "a secret of the tests")
NEW = v1(evaluation("Drift", v1_metric("Drift", entry("Pending"), reference="figures/drift.png")))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Run a command: its exit code, what it printed, and what it wrote to the error output."""
    monkeypatch.setenv("QC_PORTAL_STATE", str(tmp_path / "state"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: Any) -> Any:
        code = main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        assert not any(secret in printed.out + printed.err for secret in SECRETS)
        return code, printed.out, printed.err

    return command


@pytest.fixture
def record(fake_gateway: FakeGateway) -> Callable[[], Any]:
    fake_gateway.put({"_id": ID, "name": NAME, "location": f"s3://bucket/{NAME}", "quality_control": v1()})
    return lambda: fake_gateway.get(ID)["quality_control"]


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch, fake_gateway: FakeGateway) -> Iterator[Kachery]:
    """Kachery, and the Secrets Manager that holds its keys."""
    kachery, manager = Kachery(), SecretsManager()
    manager.secret("/aind/prod/kachery/credentials", KEYS)
    for name, value in (manager.environment | fake_gateway.environment | {"KACHERY_GATEWAY_URL": kachery.url}).items():
        monkeypatch.setenv(name, value)
    yield kachery
    manager.stop()
    kachery.stop()


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    (folder / "figures").mkdir(parents=True)
    (folder / "figures" / "drift.png").write_bytes(b"figure")
    (folder / "quality_control.json").write_text(json.dumps(NEW))
    return folder


def test_find_id_prints_the_id_alone(run: Callable[..., tuple[int, str, str]], record: Callable[[], Any]) -> None:
    assert run("find-id", NAME) == (0, f"{ID}\n", "")


def test_find_id_of_several_or_none_reports_the_reason(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], fake_gateway: FakeGateway
) -> None:
    code, out, err = run("find-id", "no such name")
    assert (code, out) == (1, "") and "No record has the name" in err
    fake_gateway.put({"_id": "twin", "name": NAME, "location": "s3://other/x"})
    code, out, err = run("find-id", NAME)
    assert (code, out) == (1, "") and "twin  s3://other/x" in err and ID in err


def test_find_id_needs_a_database(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("API_GATEWAY_HOST", raising=False)
    code, out, err = run("find-id", NAME)
    assert (code, out) == (1, "") and "Set API_GATEWAY_HOST" in err


def test_push_shows_what_it_will_do_and_stops_where_it_is_a_dry_run(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")  # looking takes no credentials, and no Kachery
    code, out, _ = run("push", NAME, results, "--dry-run")
    assert code == 0 and record() == v1()
    for words in (
        ID,
        f"s3://bucket/{NAME}",
        "1 figure to store",
        "figures/drift.png",
        "evaluation “Drift” with “Drift”",
    ):
        assert words in out


def test_push_asks_and_does_nothing_without_a_yes(
    run: Callable[..., tuple[int, str, str]],
    record: Callable[[], Any],
    results: Path,
    services: Kachery,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code, _, err = run("push", NAME, results)
    assert code == 1 and "Pass --yes" in err  # nobody is there to be asked
    monkeypatch.setattr("sys.stdin", Terminal("\n"))
    code, out, _ = run("push", NAME, results)
    assert code == 1 and "Do this? [y/N]" in out and out.endswith("Nothing was stored or sent.\n")
    assert (record(), services.asked) == (v1(), [])
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run("push", NAME, results)[0] == 0
    assert len(record()["evaluations"]) == 1


def test_push_with_yes_lands_with_keys_of_the_secrets_manager_and_a_repeat_adds_nothing(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], results: Path, services: Kachery
) -> None:
    code, out, err = run("push", NAME, results, "--yes")
    assert (code, err) == (0, "") and "read back: 1 metric" in out
    assert services.zones["aind"]
    code, out, _ = run("push", NAME, results, "--yes")
    assert code == 0 and "Nothing to add" in out
    assert len(record()["evaluations"]) == 1


def test_failed_push_gives_advice_and_continues_when_repeated(
    run: Callable[..., tuple[int, str, str]],
    record: Callable[[], Any],
    results: Path,
    services: Kachery,
    fake_gateway: FakeGateway,
) -> None:
    services.closed = True
    code, _, err = run("push", NAME, results, "--yes")
    assert code == 1 and "does not let these keys store" in err and record() == v1()
    services.closed = False
    fake_gateway.next(Fault(status=400), on="add_qc_evaluation")
    code, _, err = run("push", NAME, results, "--yes")
    assert code == 1 and "does not accept the evaluation (400)" in err
    assert run("push", NAME, results, "--yes")[0] == 0


def test_a_push_that_is_killed_half_way_leaves_nothing_that_a_repeat_would_double(
    run: Callable[..., tuple[int, str, str]],
    record: Callable[[], Any],
    results: Path,
    services: Kachery,
    fake_gateway: FakeGateway,
) -> None:
    (results / "quality_control.json").write_text(
        json.dumps(v1(*(evaluation(name, v1_metric(name, reference="figures/drift.png")) for name in "ABC")))
    )
    command = [sys.executable, "-m", "qc_core", "push", NAME, str(results), "--yes"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def kill_it_at_the_second() -> None:
        if record()["evaluations"]:
            fake_gateway.before_update = None
            process.kill()

    fake_gateway.before_update = kill_it_at_the_second
    process.communicate()
    assert process.returncode == -9
    assert [one["name"] for one in record()["evaluations"]] == ["A", "B"]  # the second landed, and its answer was lost
    assert run("push", NAME, results, "--yes")[0] == 0
    assert [one["name"] for one in record()["evaluations"]] == ["A", "B", "C"]


def test_push_needs_a_database_and_picks_one_record_by_id(
    run: Callable[..., tuple[int, str, str]],
    record: Callable[[], Any],
    results: Path,
    fake_gateway: FakeGateway,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake_gateway.put({"_id": "twin", "name": NAME, "quality_control": v1()})
    code, _, err = run("push", NAME, results, "--dry-run")
    assert code == 1 and "say which one by its id" in err
    code, out, _ = run("push", NAME, results, "--dry-run", "--id", "twin")
    assert code == 0 and "Record   twin" in out
    monkeypatch.delenv("API_GATEWAY_HOST")
    assert "Set API_GATEWAY_HOST" in run("push", NAME, results, "--dry-run")[2]


@pytest.mark.parametrize(("status", "code"), [("Pass", 0), ("Fail", 1), ("Pending", 3)])
def test_status_gives_an_exit_code_for_records_and_files(
    run: Callable[..., tuple[int, str, str]], fake_gateway: FakeGateway, tmp_path: Path, status: str, code: int
) -> None:
    document = v2(v2_metric("drift", entry("Pass"), entry(status, "2025-02-01T00:00:00Z")))
    fake_gateway.put({"_id": ID, "name": NAME, "quality_control": document})
    file = tmp_path / "quality_control.json"
    file.write_text(json.dumps(document))
    for what in (NAME, file, tmp_path):
        found, out, _ = run("status", what)
        assert found == code and out.startswith(status)
        assert run("status", what, "--date", "2025-01-15")[0] == 0
        assert run("status", what, "--tag", "ProbeB")[0] == 0
    assert json.loads(run("status", NAME, "--format", "json")[1])["exit_code"] == code


def test_missing_status_has_its_own_exit_code(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], tmp_path: Path, fake_gateway: FakeGateway
) -> None:
    (tmp_path / "odd.json").write_text("{}")
    for arguments in (["nobody"], [NAME, "--date", "soon"], [tmp_path / "odd.json"], [NAME]):
        code, _, err = run("status", *arguments)
        assert code == 2 and "Traceback" not in err


def test_status_of_a_folder_of_the_settings(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assets = tmp_path / "assets"
    for name in (NAME, f"copy/{NAME}"):
        (assets / name).mkdir(parents=True)
        (assets / name / "quality_control.json").write_text(json.dumps(v2(v2_metric("drift", entry("Fail")))))
    monkeypatch.setenv("QC_PORTAL_ASSETS", str(assets))
    monkeypatch.delenv("API_GATEWAY_HOST", raising=False)
    code, _, err = run("status", NAME)
    assert code == 2 and "2 records have the name" in err
    chosen = err.splitlines()[1].split()[0]
    assert run("status", NAME, "--id", chosen)[0] == 1
    assert f"searched for in {assets}; API_GATEWAY_HOST" in run("status", "nobody")[2]


def test_export_chooses_the_format_by_suffix_and_reports_counts(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    fake_gateway.put({"_id": "two", "name": "another", "quality_control": v2(v2_metric(), v2_metric("noise"))})
    for ending in ("csv", "parquet", "json"):
        code, out, err = run("export", "another", "--output", tmp_path / f"all.{ending}")
        assert (code, out, err) == (0, "", "2 rows of 1 record.\n")
    assert [row["metric"] for row in json.loads((tmp_path / "all.json").read_text())] == ["drift", "noise"]
    code, out, _ = run("export", "--all", "--rows", "history", "--date", "2025-01-15")
    assert code == 0 and len(out.splitlines()) == 3


def test_export_that_lacks_something_exits_with_1_and_names_it(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], tmp_path: Path
) -> None:
    output = tmp_path / "all.json"
    code, _, err = run("export", NAME, "gone", "--output", output)
    assert code == 1 and "not read: gone" in err and json.loads(output.read_text()) == []
    code, _, err = run("export", "--project", "Nobody's", "--output", output)
    assert code == 0 and "0 rows of 0 records.\nNo record matches." in err and "QC_PORTAL_ASSETS" in err
    for arguments in ([], ["--all", NAME], [NAME, "--format", "parquet"], [NAME, "--output", tmp_path / "x.txt"]):
        code, out, err = run("export", *arguments)
        assert (code, out) == (1, "") and err


def test_an_export_whose_reader_has_enough_ends_without_a_fuss(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], fake_gateway: FakeGateway
) -> None:
    metrics = [v2_metric(str(number), value="x" * 1000) for number in range(200)]
    fake_gateway.put({"_id": "two", "name": "another", "quality_control": v2(*metrics)})
    command = [sys.executable, "-m", "qc_core", "export", "--all"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline().startswith('"asset"')
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 1


def test_an_export_that_breaks_off_leaves_the_earlier_file(
    run: Callable[..., tuple[int, str, str]], record: Callable[[], Any], fake_gateway: FakeGateway, tmp_path: Path
) -> None:
    output = tmp_path / "all.csv"
    output.write_text("earlier")
    fake_gateway.always(Fault(status=404), on="find")
    assert run("export", "--all", "--output", output)[0] == 1
    fake_gateway.heal()
    shutil.rmtree(tmp_path / "gone", ignore_errors=True)
    code, _, err = run("export", "--all", "--output", tmp_path / "gone" / "all.csv")
    assert code == 1 and "its folder is gone" in err
    assert (output.read_text(), sorted(path.name for path in tmp_path.glob(".*"))) == ("earlier", [])
