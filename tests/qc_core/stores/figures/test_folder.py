"""Figures in an asset's own folder: whatever a path says, nothing outside is reached."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import ReferenceUnreadable
from qc_core.stores.figures.folder import SemicolonNames, file_inside, size_of_zarr
from qc_core.stores.ports import Measured


def test_a_folder_that_is_a_link_out_of_the_asset_is_refused(asset: Path) -> None:
    (asset / "away").symlink_to(asset.parents[1])
    with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
        file_inside(asset, "away/secret.png")


def test_a_link_inside_the_asset_is_followed(asset: Path) -> None:
    (asset / "in.png").symlink_to("figures/drift #1 50%.png")
    assert file_inside(asset, "in.png").name == "drift #1 50%.png"


def test_an_asset_folder_that_is_itself_a_link_is_fine(asset: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(asset)
    assert file_inside(tmp_path / "linked", "figures/drift #1 50%.png").read_bytes() == b"drift"


def test_paths_that_leave_the_asset_are_refused_whether_or_not_anything_is_there(asset: Path) -> None:
    for path in ("../../secret.png", "../../no such thing.png", "figures/../../../secret.png", str(asset.parents[1])):
        with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
            file_inside(asset, path)


def test_encoded_paths_are_not_decoded(asset: Path) -> None:
    for path in ("..%2f..%2fsecret.png", "figures/drift%20%231%2050%25.png", "%2e%2e/%2e%2e/secret.png"):
        with pytest.raises(ReferenceUnreadable, match="is missing"):
            file_inside(asset, path)


def test_names_with_a_semicolon_are_found_where_files_are(asset: Path) -> None:
    (asset / "results" / "deep;er").mkdir(parents=True)
    for path in ("figures/a;b.png", "results/x;y.png", "results/deep;er/c;d.png"):
        (asset / path).write_bytes(b"figure")
    (asset / "away;.png").symlink_to(asset.parents[1] / "secret.png")
    names = SemicolonNames(asset)
    assert all(names.exist(path) for path in ("figures/a;b.png", "x;y.png", "deep;er/c;d.png", "results/x;y.png"))
    others = (
        "figures/a",
        "figures/a;b",
        "a;b.png",
        "deep;er",
        "away;.png",
        "figures/drift #1 50%.png",
        "../a;b.png",
        "\0;",
    )
    assert not any(names.exist(path) for path in others)


def test_each_folder_is_listed_once_for_all_names(asset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = []
    iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: listed.append(folder) or iterdir(folder))
    names = SemicolonNames(asset)
    assert not any(names.exist(f"figures/{number}.png;figures/b.png") for number in range(100))
    assert listed == [asset / "figures", asset / "results" / "figures"]


def test_folders_pipes_and_impossible_names_are_no_figures(asset: Path) -> None:
    os.mkfifo(asset / "pipe.png")
    (asset / "circle.png").symlink_to("circle.png")
    for path in ("figures", "", ".", "pipe.png", "circle.png", "a\x00b.png", "x" * 5000, "figures/drift #1 50%.png/x"):
        with pytest.raises(ReferenceUnreadable):
            file_inside(asset, path)


def test_the_size_of_a_zarr_is_that_of_its_files_with_a_mark_where_the_count_stopped(asset: Path) -> None:
    (asset / "results" / "a.zarr" / "0").mkdir(parents=True)
    for number in range(4):
        (asset / "results" / "a.zarr" / "0" / f"{number}.0").write_bytes(bytes(10))
    (asset / "away.zarr").symlink_to(asset.parents[1])
    assert size_of_zarr(asset, "a.zarr") == Measured(40)
    assert size_of_zarr(asset, "a.zarr", most=3) == Measured(30, whole=False)
    for path in ("away.zarr", "../../assets/mouse/results/a.zarr/../../../..", "figures", "gone.zarr", "a\x00.zarr"):
        assert size_of_zarr(asset, path) is None


@settings(deadline=None, max_examples=100)
@given(
    steps=st.lists(
        st.sampled_from(["..", ".", "figures", "away", "secret.png", "", "mouse", "\\"]) | st.text(max_size=3)
    )
)
def test_no_path_ever_reaches_the_secret(tmp_path_factory: pytest.TempPathFactory, steps: Any) -> None:
    root = tmp_path_factory.mktemp("secret")
    (root / "secret.png").write_bytes(b"secret")
    asset = root / "assets" / "mouse"
    (asset / "figures").mkdir(parents=True)
    (asset / "away").symlink_to(root)
    with pytest.raises(ReferenceUnreadable):
        file_inside(asset, "/".join(steps))
