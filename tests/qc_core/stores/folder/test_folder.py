"""What an asset in a folder is, how it is named, and how what cannot be read is reported."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import BadRecord, RecordNotFound, StoreUnavailable
from qc_core.stores.folder.store import FolderStore
from tests.paths import RECORDS
from tests.qc_core.stores.building import NOW, document, put, run


def store(root: Path) -> FolderStore:
    return FolderStore(root, lambda: NOW, walk_every=0)


def read_names(root: Path) -> Any:
    """Names with status, and paths with reasons."""
    listing = store(root).read_listing()
    names = {summary.name: summary.status for summary in listing.summaries}
    return names, {problem.where: problem.reason for problem in listing.problems}


def test_a_folder_of_many_however_deep(tmp_path: Path) -> None:
    put(tmp_path / "one", quality_control=document("Pass"))
    put(tmp_path / "lab" / "2025" / "two", metadata={"name": "named two", "quality_control": document("Fail")})
    assert read_names(tmp_path) == ({"one": "Pass", "named two": "Fail"}, {})


def test_one_asset_may_be_the_root_and_a_results_folder_is_named_by_its_parent(tmp_path: Path) -> None:
    asset = put(tmp_path / "ecephys_1" / "results", quality_control=document("Pass"))
    put(asset / "inner", quality_control=document("Fail"))
    assert read_names(asset) == ({"ecephys_1": "Pass"}, {})
    assert read_names(tmp_path) == ({"ecephys_1": "Pass"}, {})


def test_the_parts_next_to_the_quality_control_are_read(tmp_path: Path) -> None:
    put(
        tmp_path / "asset",
        quality_control=document(),
        data_description={"name": "ecephys_1", "project_name": "Ephys", "modality": [{"abbreviation": "ecephys"}]},
        subject={"subject_id": "1"},
        session={"session_start_time": "2025-04-09T17:25:12-07:00"},
    )
    (summary,) = store(tmp_path).read_listing().summaries
    assert (summary.name, summary.project, summary.subject_id) == ("ecephys_1", "Ephys", "1")
    assert summary.modalities == ("ecephys",)
    assert summary.acquisition_time.isoformat() == "2025-04-09T17:25:12-07:00"


def test_a_part_that_is_null_is_as_good_as_missing(tmp_path: Path) -> None:
    put(tmp_path / "asset", quality_control=document("Pass"), subject="null", metadata={"subject": {"subject_id": "7"}})
    assert read_names(tmp_path) == ({"asset": "Pass"}, {})
    assert store(tmp_path).read_listing().summaries[0].subject_id == "7"


def test_hidden_folders_and_arrays_are_not_entered(tmp_path: Path) -> None:
    put(tmp_path / ".snapshots" / "one", quality_control=document())
    put(tmp_path / "raw.zarr" / "two", quality_control=document())
    assert read_names(tmp_path) == ({}, {})


def test_links_to_folders_are_followed_once_and_circles_end(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    put(root / "z" / "one", quality_control=document("Pass"))
    put(elsewhere / "two", quality_control=document("Fail"))
    put(tmp_path / "next to the root", quality_control=document("Fail"))
    (root / "a link to z").symlink_to(root / "z")
    (root / "elsewhere").symlink_to(elsewhere)
    (root / "z" / "up").symlink_to(root)
    (root / "z" / "beyond").symlink_to(tmp_path)
    (root / "itself").symlink_to("itself")
    listing = store(root).read_listing()
    assert [summary.name for summary in listing.summaries] == ["two", "one"]
    assert listing.problems == ()


def test_the_quality_control_file_wins_over_the_record_and_a_difference_is_reported(tmp_path: Path) -> None:
    put(tmp_path / "a", quality_control=document("Pass"), metadata={"name": "a", "quality_control": document("Fail")})
    put(tmp_path / "b", quality_control=document("Pass"), metadata={"name": "b", "quality_control": document("Pass")})
    put(tmp_path / "c", quality_control=document("Pass"), metadata={"name": "c", "subject": {"subject_id": "7"}})
    folder = store(tmp_path)
    records = [folder.get_fresh(summary.record_id) for summary in folder.read_listing().summaries]
    assert [record.quality_control == document("Pass") for record in records] == [True] * 3
    assert [len(record.problems) for record in records] == [1, 0, 0]
    assert "holds another quality control" in records[0].problems[0]
    assert records[2].asset.subject_id == "7"


def test_broken_files_are_listed_with_path_and_reason_and_the_rest_works(tmp_path: Path) -> None:
    put(tmp_path / "good", quality_control=document("Pass"))
    put(tmp_path / "cut off", quality_control='{"metrics": [')
    put(tmp_path / "a list", metadata=[1])
    put(tmp_path / "odd shape", quality_control={"metrix": []})
    put(tmp_path / "no subject", quality_control=document("Fail"), subject="{")
    put(tmp_path / "latin", metadata="").joinpath("metadata.nd.json").write_bytes(b'{"name": "caf\xe9"}')
    (tmp_path / "a folder" / "quality_control.json").mkdir(parents=True)
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "metadata.nd.json").symlink_to("nowhere")
    names, problems = read_names(tmp_path)
    assert names == {"good": "Pass", "no subject": "Fail", "odd shape": ""}
    output = {
        "a folder/quality_control.json": "not a file",
        "a list/metadata.nd.json": "no JSON object",
        "cut off/quality_control.json": "not JSON",
        "gone/metadata.nd.json": "leads nowhere",
        "latin/metadata.nd.json": "not UTF-8",
        "no subject/subject.json": "not JSON",
        "odd shape/quality_control.json": "no known shape",
    }
    assert problems.keys() == output.keys()
    for where, word in output.items():
        assert word in problems[where], (where, problems[where])


def test_a_broken_asset_is_found_by_name_and_opening_it_gives_the_reason(tmp_path: Path) -> None:
    put(tmp_path / "cut off", quality_control="{")
    folder = store(tmp_path)
    (record_id,) = folder.find_ids("cut off")
    with pytest.raises(BadRecord, match=r"cut off/quality_control\.json cannot be read .* not JSON"):
        folder.get_fresh(record_id)


def test_an_unknown_shape_opens_read_only(tmp_path: Path) -> None:
    put(tmp_path / "odd", quality_control={"metrix": []})
    folder = store(tmp_path)
    assert folder.get_fresh(folder.find_ids("odd")[0]).read_only


def test_files_without_permission_are_problems_until_they_can_be_read(open_folder: Path) -> None:
    put(open_folder / "asset", quality_control=document("Pass"), subject={"subject_id": "1"})
    put(open_folder / "closed", quality_control=document("Fail"))
    (open_folder / "asset" / "subject.json").chmod(0)
    (open_folder / "closed" / "quality_control.json").chmod(0)
    (open_folder / "closed folder").mkdir(mode=0)
    script = """
listing = FolderStore(Path(sys.argv[1]), lambda: datetime.now(UTC)).read_listing()
print([summary.name for summary in listing.summaries], sorted(problem.where for problem in listing.problems))
print({problem.reason for problem in listing.problems if "file" not in problem.where})
"""
    output = run(script, open_folder, as_nobody=True)
    paths = ["asset/subject.json", "closed folder", "closed/quality_control.json"]
    assert f"['asset'] {paths}" in output.stdout, output.stderr
    assert "this account has no permission there" in output.stdout


def test_unreadable_file_is_tried_again_though_it_is_unchanged(open_folder: Path) -> None:
    open_folder.chmod(0o777)
    script = """
import json
from datetime import timedelta
asset = Path(sys.argv[1]) / "asset"
asset.mkdir()
(asset / "metadata.nd.json").write_text('{"name": "mouse", "quality_control": {"metrics": []}}')
folder = FolderStore(asset, lambda: datetime.now(UTC) + timedelta(hours=1), walk_every=0)
for mode in (0, 0o644):
    (asset / "metadata.nd.json").chmod(mode)
    print([summary.name for summary in folder.read_listing().summaries], len(folder.read_listing().problems))
    print(len(folder.find_ids("mouse")))
"""
    output = run(script, open_folder, as_nobody=True)
    assert output.stdout.splitlines() == ["[] 1", "0", "['mouse'] 0", "1"], output.stderr


def test_loose_records_are_assets_and_other_json_is_none(tmp_path: Path) -> None:
    put(tmp_path, record={"name": "ecephys_1", "quality_control": document("Pass")}, behavior_2=document("Fail"))
    put(tmp_path, settings={"a": 1}, broken="{", numbers=[1], counts={"metrics": {"loss": 1}})
    put(tmp_path, hollow={"describedBy": "https://x/aind_data_schema/core/quality_control.py"})
    os.mkfifo(tmp_path / "pipe.json")
    names, problems = read_names(tmp_path)
    assert names == {"ecephys_1": "Pass", "behavior_2": "Fail"}
    assert list(problems) == ["hollow.json"]
    assert "neither `metrics` nor `evaluations`" in problems["hollow.json"]


def test_a_root_that_is_missing_or_no_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for root in (tmp_path / "gone", tmp_path / "file"):
        with pytest.raises(StoreUnavailable, match="cannot be opened as a folder"):
            store(root).read_listing()


def test_two_of_one_id_are_both_listed_and_the_second_is_a_problem(tmp_path: Path) -> None:
    for name in ("a", "b"):
        put(tmp_path / name, metadata={"_id": "same", "name": name, "quality_control": document()})
    folder = store(tmp_path)
    first, second = (summary.record_id for summary in folder.read_listing().summaries)
    assert first == "same"
    assert len(second) == 20
    assert folder.get_fresh(second).name == "b"
    assert [(problem.where, "same _id as a" in problem.reason) for problem in folder.read_listing().problems] == [
        ("b", True)
    ]


@pytest.mark.parametrize("own", ["", "../etc", "a/b", "white space", "é", 7.5, None, ["x"], "x" * 200, "#", "?a=b"])
def test_an_id_that_no_address_can_hold_is_replaced_by_a_stable_one(tmp_path: Path, own: Any) -> None:
    put(tmp_path / "asset", metadata={"_id": own, "quality_control": document()})
    (record_id,) = store(tmp_path).find_ids("asset")
    assert len(record_id) == 20
    assert store(tmp_path).get_fresh(record_id).record_id == record_id


def test_an_id_that_pretends_to_be_anothers_path_does_not_get_it(tmp_path: Path) -> None:
    put(tmp_path / "victim", quality_control=document())
    (victim,) = store(tmp_path).find_ids("victim")
    put(tmp_path / "a thief", metadata={"_id": victim, "quality_control": document()})
    folder = store(tmp_path)
    assert folder.get_fresh(victim).name == "victim"
    assert sorted(summary.name for summary in folder.read_listing().summaries) == ["a thief", "victim"]


def test_an_asset_that_replaces_another_does_not_take_its_id(tmp_path: Path) -> None:
    put(tmp_path / "asset", metadata={"_id": "first", "quality_control": document()})
    folder = store(tmp_path)
    folder.get_fresh("first")
    put(tmp_path / "asset", metadata={"_id": "second", "quality_control": document()})
    with pytest.raises(RecordNotFound):
        folder.get_fresh("first")
    assert folder.get_fresh("second").name == "asset"


def test_the_walk_is_repeated_only_after_a_while_but_a_record_is_never_stale(tmp_path: Path) -> None:
    moments = [0.0]
    put(tmp_path / "one", quality_control=document("Pass"))
    folder = FolderStore(tmp_path, lambda: NOW, monotonic=lambda: moments[0], walk_every=1)
    (one,) = (summary.record_id for summary in folder.read_listing().summaries)
    put(tmp_path / "two", quality_control=document("Pass"))
    assert len(folder.read_listing().summaries) == 1
    moments[0] = 1.5
    assert len(folder.read_listing().summaries) == 2
    put(tmp_path / "one", quality_control=document("Fail"))
    assert folder.get_fresh(one).quality_control == document("Fail")


def test_a_change_that_leaves_size_time_and_inode_is_seen_while_the_file_is_fresh(tmp_path: Path) -> None:
    file = put(tmp_path / "one", quality_control=document("Pass")) / "quality_control.json"
    stamp = NOW.timestamp()
    os.utime(file, (stamp, stamp))
    folder = store(tmp_path)
    (one,) = folder.find_ids("one")
    assert folder.get_fresh(one).quality_control == document("Pass")
    assert [each.status for each in folder.read_listing().summaries] == ["Pass"]
    file.write_text(file.read_text().replace("Pass", "Fail"))
    os.utime(file, (stamp, stamp))
    assert folder.get_fresh(one).quality_control == document("Fail")
    assert [each.status for each in folder.read_listing().summaries] == ["Fail"]


def test_a_status_in_the_future_counts_once_its_time_has_come(tmp_path: Path) -> None:
    raw = document("Pending")
    later = NOW + timedelta(hours=1)
    raw["metrics"][0]["status_history"].append({"evaluator": "E", "status": "Pass", "timestamp": later.isoformat()})
    put(tmp_path / "one", quality_control=raw)
    moments = [NOW]
    folder = FolderStore(tmp_path, lambda: moments[0])
    assert [each.status for each in folder.read_listing().summaries] == ["Pending"]
    moments[0] = later + timedelta(seconds=1)
    assert [each.status for each in folder.read_listing().summaries] == ["Pass"]


def test_the_cache_of_records_is_bounded_and_never_wrong(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path / str(number), quality_control=document("Pass", notes=str(number)))
    folder = FolderStore(tmp_path, lambda: NOW, cache_bytes=1)
    for _ in range(2):
        for number in range(5):
            (record_id,) = folder.find_ids(str(number))
            assert folder.get_fresh(record_id).document.notes == str(number)


def test_the_shared_records_open_as_one_folder() -> None:
    if not RECORDS.is_dir():
        pytest.skip("the shared records are not here")
    folder = store(RECORDS)
    listing = folder.read_listing()
    documents = [path for path in RECORDS.glob("*.json") if not path.name.startswith("bad__")]
    assert len(listing.summaries) == len(documents)
    assert len({summary.record_id for summary in listing.summaries}) == len(documents)
    assert [problem.where[:5] for problem in listing.problems if "_id" not in problem.reason] == ["bad__"]
    for summary in listing.summaries:
        record = folder.get_fresh(summary.record_id)
        assert len(record.document.metrics) == summary.metrics > 0
        assert json.dumps(record.quality_control)
