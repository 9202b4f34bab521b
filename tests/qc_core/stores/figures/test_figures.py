"""What a record names, and where it is looked for: in the asset's folder, under its location, in S3, in Kachery."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qc_core.errors import RecordNotFound, ReferenceUnreadable
from qc_core.references.locations import Locations
from qc_core.references.shown import reference_digest
from qc_core.settings.model import Settings
from qc_core.stores.figures import store as figure_store
from qc_core.stores.figures.copies import FigureCopies
from qc_core.stores.figures.kachery import KacheryFigures
from qc_core.stores.figures.s3 import S3Figures
from qc_core.stores.figures.store import Figures
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.parts import HostedParts
from qc_core.stores.ports import Redirect
from tests.fakes.kachery import Kachery
from tests.fakes.s3 import S3
from tests.qc_core.stores.building import NOW, document, put


def figures_of(
    folder: Path,
    *,
    database: bool = False,
    monotonic: Any = lambda: 0.0,
    environment: Any = None,
    store: Any = FolderStore,
) -> Figures:
    """The figures of assets in a folder; `database` as if their records came without their folders."""
    settings = Settings.from_env(environment or {}, address="localhost")
    records, copies = store(folder, lambda: NOW, walk_every=0), FigureCopies(folder.parent / "copies")
    hosted = S3Figures(settings, copies, lambda: NOW), KacheryFigures(settings, copies, lambda: NOW)
    return Figures(records, *hosted, folder_of=None if database else records.folder_of, monotonic=monotonic)


def figures_for(asset: Any, reference: str, *, database: bool = False, **more: Any) -> Any:
    put(asset, metadata={"_id": "mouse", "quality_control": document("Pass", reference=reference), **more})
    return figures_of(asset.parent, database=database)


def test_a_figure_that_the_record_names_is_found(asset: Path) -> None:
    path = "figures/drift #1 50%.png"
    for reference in (path, f"/{path}", f"results/{path}", f"/results/{path}", f"{path};figures/other.png"):
        found = figures_for(asset, reference).local_file("mouse", reference_digest(path))
        assert found == (asset / path).resolve()


def test_a_figure_with_a_semicolon_in_its_name_is_found_and_else_the_pair_is(asset: Path) -> None:
    for path in ("semi;colon.png", "a.png", "b.png"):
        (asset / "figures" / path).write_bytes(path.encode())
    whole, pair = "figures/semi;colon.png", "figures/a.png;figures/b.png"
    figures = figures_for(asset, whole)
    assert figures.locations(figures._records.get_fresh("mouse")).semicolon_names == {whole}
    assert figures.local_file("mouse", reference_digest(whole)).read_bytes() == b"semi;colon.png"
    figures = figures_for(asset, pair)
    assert figures.locations(figures._records.get_fresh("mouse")).semicolon_names == frozenset()
    assert figures.local_file("mouse", reference_digest("figures/b.png")).read_bytes() == b"b.png"


@pytest.mark.parametrize(
    ("path", "is_name"), [("semi;colon.png", True), ("semi;gone.png", False), ("a.png;b.png", False)]
)
def test_a_listed_bucket_is_asked_about_what_does_not_read_as_a_pair(
    asset: Path, s3: S3, monkeypatch: pytest.MonkeyPatch, path: str, is_name: bool
) -> None:
    for name, value in s3.settings("listed").items():
        monkeypatch.setenv(name, value)
    for key in ("mouse/semi;colon.png", "mouse/a.png;b.png"):
        s3.put("listed", key, b"picture")
    put(
        asset,
        metadata={"_id": "mouse", "quality_control": document("Pass", reference=path), "location": "s3://listed/mouse"},
    )
    figures = figures_of(asset.parent, database=True, environment=s3.settings("listed"))
    s3.asked.clear()
    assert figures.locations(figures._records.get_fresh("mouse")).semicolon_names == (
        {path} if is_name else frozenset()
    )
    assert len(s3.asked) == ("semi" in path)


def test_a_page_that_was_drawn_with_a_pair_still_finds_both(asset: Path) -> None:
    figures = figures_for(asset, "a.png;b.png")
    for path in ("a.png;b.png", "a.png", "b.png"):
        (asset / path).write_bytes(path.encode())
    for path in ("a.png;b.png", "a.png", "b.png"):
        assert figures.local_file("mouse", reference_digest(path)).read_bytes() == path.encode()


def test_a_folder_named_results_inside_the_asset_is_looked_into(asset: Path) -> None:
    (asset / "results").mkdir()
    (asset / "results" / "x.png").write_bytes(b"x")
    assert figures_for(asset, "results/x.png").local_file("mouse", reference_digest("x.png")).read_bytes() == b"x"


def test_existing_file_that_the_record_does_not_name_is_refused(asset: Path) -> None:
    (asset / "other.png").write_bytes(b"x")
    figures = figures_for(asset, "figures/drift #1 50%.png")
    for digest in (reference_digest("other.png"), "", "../x", reference_digest("")):
        with pytest.raises(ReferenceUnreadable, match="names no such figure"):
            figures.local_file("mouse", digest)


def test_a_record_that_changed_is_asked_again(asset: Path) -> None:
    path = "figures/drift #1 50%.png"
    figures = figures_for(asset, path)
    assert figures.local_file("mouse", reference_digest(path))
    put(asset, metadata={"_id": "mouse", "quality_control": document(reference="elsewhere.png")})
    with pytest.raises(ReferenceUnreadable):
        figures.local_file("mouse", reference_digest(path))


def test_a_missing_figure_is_reported_with_its_name_and_whom_to_ask(asset: Path) -> None:
    with pytest.raises(ReferenceUnreadable) as caught:
        figures_for(asset, "figures/gone.png").local_file("mouse", reference_digest("figures/gone.png"))
    assert "figures/gone.png is missing" in caught.value.message
    assert "pipeline" in caught.value.hint


def test_an_asset_that_is_not_there_has_no_figures(asset: Path) -> None:
    with pytest.raises(RecordNotFound):
        figures_for(asset, "x.png").local_file("rat", reference_digest("x.png"))


@pytest.mark.parametrize("link", ["../../secret.png", "absolute"])
def test_a_link_out_of_the_asset_is_refused(asset: Path, link: str) -> None:
    target = asset.parents[1] / "secret.png"
    (asset / "out.png").symlink_to(target if link == "absolute" else link)
    assert (asset / "out.png").read_bytes() == b"secret"
    with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
        figures_for(asset, "out.png").local_file("mouse", reference_digest("out.png"))


def test_a_figure_that_is_not_in_the_folder_is_looked_for_under_the_records_location(asset: Path) -> None:
    figures = figures_for(asset, "figures/gone #1.png", location="s3://bucket/mouse")
    found = figures.open("mouse", reference_digest("figures/gone #1.png"))
    assert isinstance(found, Redirect)
    assert found.url == "https://bucket.s3.amazonaws.com/mouse/figures/gone%20%231.png"


def test_a_figure_that_is_in_the_folder_is_never_asked_for_elsewhere(asset: Path) -> None:
    path = "figures/drift #1 50%.png"
    figures = figures_for(asset, path, location="s3://bucket/mouse")
    assert isinstance(figures.open("mouse", reference_digest(path)), Path)


def test_a_link_out_of_the_folder_is_refused_whatever_the_location(asset: Path) -> None:
    (asset / "out.png").symlink_to("../../secret.png")
    with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
        figures_for(asset, "out.png", location="s3://bucket/mouse").open("mouse", reference_digest("out.png"))


def test_records_of_a_database_have_their_figures_under_their_location(asset: Path) -> None:
    path = "figures/drift #1 50%.png"  # which lies in the folder too, and nobody asks there
    figures = figures_for(asset, path, database=True, location="s3://bucket/mouse/")
    found = figures.open("mouse", reference_digest(path))
    assert isinstance(found, Redirect)
    assert found.url == "https://bucket.s3.amazonaws.com/mouse/figures/drift%20%231%2050%25.png"


@pytest.mark.parametrize("location", [None, "/data/mouse", "s3://", "https://evil.org/mouse", 7])
def test_a_record_without_a_location_in_s3_is_reported(asset: Path, location: int | str | None) -> None:
    figures = figures_for(asset, "a.png", database=True, location=location)
    with pytest.raises(ReferenceUnreadable, match="does not state where its asset is"):
        figures.open("mouse", reference_digest("a.png"))


def test_a_figure_outside_of_its_record_is_found_only_where_the_record_names_it(asset: Path) -> None:
    figures = figures_for(asset, "s3://bucket/a.png")
    assert isinstance(figures.open("mouse", reference_digest("s3://bucket/a.png")), Redirect)
    with pytest.raises(ReferenceUnreadable, match="names no such figure"):
        figures.open("mouse", reference_digest("s3://bucket/b.png"))


class Uploads(FolderStore):
    """A store whose records were all uploaded to try them."""

    def get_fresh(self, record_id: str) -> Any:
        return replace(super().get_fresh(record_id), uploaded=True)


def test_nothing_is_signed_for_an_uploaded_record_in_a_listed_bucket(
    asset: Path, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in s3.settings("listed").items():
        monkeypatch.setenv(name, value)
    s3.put("listed", "a.png", b"x")
    put(asset, metadata={"_id": "mouse", "quality_control": document("Pass", reference="s3://listed/a.png")})
    digest = reference_digest("s3://listed/a.png")
    configured = s3.settings("listed")
    stored = figures_of(asset.parent, environment=configured).open("mouse", digest)
    uploaded = figures_of(asset.parent, environment=configured, store=Uploads).open("mouse", digest)
    assert "X-Amz-Signature" in stored.url
    assert uploaded.url == f"{s3.url}/listed/a.png"


class TestLocations:
    RAW = "{raw_asset_location}/a.png"

    def record(self, folder: Path, name: str, location: Any, *sources: Any, reference: Any = None) -> None:
        metadata = {"_id": folder.name, "name": name, "location": location}
        described = {"source_data": list(sources)} if sources else {}
        put(
            folder,
            metadata=metadata | {"data_description": described, "quality_control": document(reference=reference)},
        )

    def locations(self, folder: Path, record_id: str = "mine", **more: Any) -> Any:
        figures = figures_of(folder, **more)
        return figures.locations(FolderStore(folder, lambda: NOW).get_fresh(record_id))

    def test_the_raw_asset_is_found_by_name_among_the_assets(self, tmp_path: Path) -> None:
        self.record(tmp_path / "mine", "sorted", "s3://one/sorted", "raw", reference=self.RAW)
        self.record(tmp_path / "source", "raw", "s3://two/raw")
        assert self.locations(tmp_path) == Locations("s3://one/sorted", "s3://two/raw")

    def test_asset_in_the_same_bucket_comes_first_among_several_of_one_name(self, tmp_path: Path) -> None:
        self.record(tmp_path / "mine", "sorted", "s3://two/sorted", "raw", reference=self.RAW)
        for bucket in ("one", "two", "three"):
            self.record(tmp_path / f"source-{bucket}", "raw", f"s3://{bucket}/raw")
        assert self.locations(tmp_path).raw == "s3://two/raw"

    def test_a_source_that_is_itself_derived_leads_on_to_the_raw_asset(self, tmp_path: Path) -> None:
        self.record(tmp_path / "mine", "curated", "s3://one/curated", "sorted", reference=self.RAW)
        self.record(tmp_path / "between", "sorted", "s3://one/sorted", "raw")
        self.record(tmp_path / "source", "raw", "s3://one/raw")
        assert self.locations(tmp_path).raw == "s3://one/raw"

    def test_a_raw_asset_is_its_own(self, tmp_path: Path) -> None:
        self.record(tmp_path / "mine", "raw", "s3://one/raw", reference=self.RAW)
        assert self.locations(tmp_path) == Locations("s3://one/raw", "s3://one/raw")

    def test_sources_in_a_circle_or_missing_or_broken_give_no_location(self, tmp_path: Path) -> None:
        self.record(tmp_path / "mine", "a", "s3://one/a", "b", reference=self.RAW)
        assert self.locations(tmp_path).raw is None
        self.record(tmp_path / "other", "b", "s3://one/b", "a")
        assert self.locations(tmp_path).raw is None
        put(tmp_path / "other", metadata='{"_id": "other", "name": "b", "quality_control": [')
        assert self.locations(tmp_path).raw is None

    def test_a_raw_asset_that_comes_later_is_found_after_a_while(self, tmp_path: Path) -> None:
        seconds = [0.0]
        self.record(tmp_path / "mine", "sorted", "s3://one/sorted", "raw", reference=self.RAW)
        figures = figures_of(tmp_path, monotonic=lambda: seconds[0])
        with pytest.raises(ReferenceUnreadable, match="names no such figure"):
            figures.open("mine", reference_digest("s3://one/raw/a.png"))
        self.record(tmp_path / "source", "raw", "s3://one/raw")
        seconds[0] += timedelta(minutes=2).total_seconds()
        assert isinstance(figures.open("mine", reference_digest("s3://one/raw/a.png")), Redirect)

    def test_other_records_are_not_asked_where_no_reference_needs_them(self, tmp_path: Path) -> None:
        self.record(tmp_path / "mine", "sorted", "s3://one/sorted", "raw", reference="a.png")
        self.record(tmp_path / "source", "raw", "s3://one/raw")
        assert self.locations(tmp_path) == Locations("s3://one/sorted", None)


def test_slices_are_read_of_parts_in_s3_and_of_a_whole_file_in_kachery(
    asset: Path, s3: S3, kachery: Kachery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = s3.settings("listed") | kachery.settings(tmp_path / "kachery")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    s3.put("listed", "mouse/a.h5", b"hdf5")
    sha1 = kachery.put(b"kachery")
    metrics = document("Pass", reference=f"a.h5;sha1://{sha1}?label=b.h5")
    put(asset, metadata={"_id": "mouse", "quality_control": metrics, "location": "s3://listed/mouse"})
    figures = figures_of(asset.parent, database=True, environment=environment)
    digests = list(figures._files_of(figures._records.get_fresh("mouse")))
    parts, whole = (figures.get_sliced_source("mouse", digest) for digest in digests)
    assert isinstance(parts, HostedParts) and parts.read("", 1, 2) == b"df"
    assert isinstance(whole, Path) and whole.read_bytes() == b"kachery"
    monkeypatch.setattr(figure_store, "_MOST_HASHED", 6)
    with pytest.raises(ReferenceUnreadable, match=r"b\.h5 is larger than .* to compare its hash"):
        figures.get_sliced_source("mouse", digests[1])
