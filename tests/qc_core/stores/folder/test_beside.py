"""What lies next to the quality control that is read: parts, further documents, and names that are nearly right."""

from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import StoreUnavailable
from qc_core.stores.folder.other_files import is_nearly_right
from qc_core.stores.folder.scan import FolderScan
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.results import read_results
from tests.qc_core.stores.building import NOW, document, put

DESCRIPTION = {"name": "900108_2026-03-02_09-00-00", "project_name": "Ephys", "subject_id": "900108"}


def read_listing(root: Path) -> Any:
    return FolderStore(root, lambda: NOW, walk_every=0).read_listing()


def problems(root: Path) -> dict[str, Any]:
    return {problem.where: problem.reason for problem in read_listing(root).problems}


def test_a_document_of_another_name_is_read_with_the_parts_next_to_it(tmp_path: Path) -> None:
    put(tmp_path / "asset", qc=document("Pass"), data_description=DESCRIPTION, subject={"subject_id": "7"})
    found = read_listing(tmp_path)
    (summary,) = found.summaries
    assert (summary.name, summary.project, summary.subject_id) == (DESCRIPTION["name"], "Ephys", "7")
    assert found.problems == ()
    (results,) = read_results(tmp_path / "asset" / "qc.json")
    assert results.record.name == DESCRIPTION["name"] and results.described


def test_a_document_of_another_name_in_the_folder_of_an_asset_is_that_asset(tmp_path: Path) -> None:
    inside = "ecephys_900133_2026-03-02_09-00-00"
    put(tmp_path / inside, qc=document("Pass"))
    put(tmp_path / "many", **{"ecephys_900134_2026-03-02_09-00-00": document("Pass"), "one more": document("Pass")})
    listed = read_listing(tmp_path).summaries
    assert {(summary.name, summary.subject_id) for summary in listed} == {
        (inside, "900133"),
        ("ecephys_900134_2026-03-02_09-00-00", "900134"),
        ("one more", None),
    }


def test_a_part_that_changes_next_to_a_document_of_another_name_is_seen(tmp_path: Path) -> None:
    put(tmp_path, qc=document("Pass"), data_description=DESCRIPTION)
    store = FolderStore(tmp_path, lambda: NOW, walk_every=0)
    (summary,) = store.read_listing().summaries
    put(tmp_path, data_description={**DESCRIPTION, "project_name": "Another project"})
    assert store.get_fresh(summary.record_id).asset.project == "Another project"
    assert store.read_listing().summaries[0].project == "Another project"


def test_a_broken_part_next_to_a_document_of_another_name_is_listed_under_its_own_path(tmp_path: Path) -> None:
    put(tmp_path / "asset", qc=document("Pass"), subject="{")
    assert list(problems(tmp_path)) == ["asset/subject.json"]


def test_a_record_of_another_name_wins_over_the_files_next_to_it(tmp_path: Path) -> None:
    own = {"name": "mouse", "subject": {"subject_id": "1"}, "quality_control": document("Pass")}
    put(tmp_path, mouse=own, subject={"subject_id": "2"}, data_description={"project_name": "Ephys"})
    (summary,) = read_listing(tmp_path).summaries
    assert (summary.name, summary.subject_id, summary.project) == ("mouse", "1", "Ephys")


def test_a_document_next_to_the_one_that_is_read_is_listed_as_ignored(tmp_path: Path) -> None:
    put(tmp_path / "a", quality_control=document("Pass"), quality_control_fib=document("Fail"), procedures=document())
    put(tmp_path / "b", metadata={"name": "b", "quality_control": None}, copy={"quality_control": document("Fail")})
    put(tmp_path / "c", quality_control=document("Pass"), training={"metrics": [{"loss": 1}]}, broken="{")
    output = problems(tmp_path)
    assert output.keys() == {"a/quality_control_fib.json", "b/copy.json"}
    assert "quality_control.json is read instead" in output["a/quality_control_fib.json"]
    assert "metadata.nd.json is read instead" in output["b/copy.json"]


def test_a_further_document_is_judged_again_when_it_changes(tmp_path: Path) -> None:
    put(tmp_path, quality_control=document(), further={"metrics": []})
    scan = FolderScan(tmp_path)
    assert scan.walk().problems == []
    put(tmp_path, further=document("Fail"))
    assert [problem.where for problem in scan.walk().problems] == ["further.json"]


def test_another_quality_control_in_the_record_is_on_the_list_too(tmp_path: Path) -> None:
    put(tmp_path / "a", quality_control=document("Pass"), metadata={"quality_control": document("Fail")})
    assert "holds another quality control" in problems(tmp_path)["a/metadata.nd.json"]


@pytest.mark.parametrize(
    ("name", "nearly"),
    [
        ("quality_controlfib", True),
        ("quality_control", True),
        ("quality-control.json", True),
        ("QualityControl.json", True),
        ("quality_control.JSON", True),
        ("Quality Control", True),
        ("quality_control.json.txt", True),
        ("quality_control.json", False),
        ("quality.json", False),
        ("control.json", False),
        ("data_description.json", False),
    ],
)
def test_names_that_are_nearly_right(name: str, nearly: bool) -> None:
    assert is_nearly_right(name) is nearly


@pytest.mark.parametrize(
    "name",
    ["quality_controlfib", "quality_control", "quality_control.fib", "quality_control.JSON", "QualityControl.json"],
)
def test_a_file_with_a_name_that_is_nearly_right_is_named_or_read(tmp_path: Path, name: str) -> None:
    put(tmp_path / "asset", data_description=DESCRIPTION)
    file = tmp_path / "asset" / name
    file.write_text('{"metrics"')
    assert "quality control is read from a file named quality_control.json" in problems(tmp_path)[f"asset/{name}"]
    put(tmp_path / "asset", whole=document("Pass"))
    (tmp_path / "asset" / "whole.json").rename(file)
    found = read_listing(tmp_path)
    is_json = name.lower().endswith(".json")
    assert [summary.name for summary in found.summaries] == ([DESCRIPTION["name"]] if is_json else [])
    assert [problem.where for problem in found.problems] == ([] if is_json else [f"asset/{name}"])


def test_a_folder_of_the_files_name_is_reported_unless_it_holds_the_asset(tmp_path: Path) -> None:
    put(tmp_path / "a", data_description=DESCRIPTION)
    (tmp_path / "a" / "quality_control").mkdir()
    put(tmp_path / "b", data_description=DESCRIPTION)
    put(tmp_path / "b" / "quality_control", quality_control=document("Pass"))
    put(tmp_path / "c", quality_control=document("Pass"))
    (tmp_path / "c" / "quality_control").mkdir()
    assert list(problems(tmp_path)) == ["a/quality_control"]
    assert "It is a folder" in problems(tmp_path)["a/quality_control"]


def test_copies_and_figures_next_to_the_document_are_not_near_misses(tmp_path: Path) -> None:
    put(tmp_path, quality_control=document("Pass"))
    for name in ("quality_control.json.bak", "quality_control.json~", "quality_control.png"):
        (tmp_path / name).write_text("x")
    assert problems(tmp_path) == {}
    (tmp_path / "quality_controlfib").write_text("{}")
    assert "quality_control.json is read instead" in problems(tmp_path)["quality_controlfib"]


def test_results_name_what_was_not_read_in_their_own_folder_and_last_what_lies_in_none(tmp_path: Path) -> None:
    put(tmp_path / "a", quality_control=document("Pass"), further=document("Fail"))
    put(tmp_path / "b", data_description=DESCRIPTION)
    (tmp_path / "b" / "quality_controlfib").write_text("{}")
    one, left = read_results(tmp_path)
    assert [problem.where for problem in one.not_read] == ["a/further.json"]
    assert left.record is None and left.path.endswith("quality_controlfib") and left.folder.name == "b"
    (alone,) = read_results(tmp_path / "a" / "quality_control.json")
    assert [problem.where for problem in alone.not_read] == ["further.json"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreUnavailable, match="There is no quality_control"):
        read_results(tmp_path / "empty")
