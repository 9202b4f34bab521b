import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.errors import RecordNotFound, ReferenceUnreadable
from qc_core.references.shown import reference_digest
from qc_core.stores.figures import FolderFigures, file_inside
from qc_core.stores.folder import FolderStore

from .building import NOW, document, put


@pytest.fixture
def asset(tmp_path):
    """An asset with a figure, beside a secret."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    asset = tmp_path / "assets" / "mouse"
    (asset / "figures").mkdir(parents=True)
    (asset / "figures" / "drift #1 50%.png").write_bytes(b"drift")
    return asset


def figures_for(asset, reference):
    put(asset, metadata={"_id": "mouse", "quality_control": document("Pass", reference=reference)})
    return FolderFigures(FolderStore(asset.parent, lambda: NOW, walk_every=0))


def test_a_figure_that_the_record_names_is_found(asset):
    path = "figures/drift #1 50%.png"
    for reference in (path, f"/{path}", f"results/{path}", f"/results/{path}", f"{path};figures/other.png"):
        found = figures_for(asset, reference).local_file("mouse", reference_digest(path))
        assert found == (asset / path).resolve()


def test_a_folder_named_results_inside_the_asset_is_looked_into(asset):
    (asset / "results").mkdir()
    (asset / "results" / "x.png").write_bytes(b"x")
    assert figures_for(asset, "results/x.png").local_file("mouse", reference_digest("x.png")).read_bytes() == b"x"


def test_what_the_record_does_not_name_is_refused_though_it_is_there(asset):
    (asset / "other.png").write_bytes(b"x")
    figures = figures_for(asset, "figures/drift #1 50%.png")
    for digest in (reference_digest("other.png"), "", "../x", reference_digest("")):
        with pytest.raises(ReferenceUnreadable, match="names no such figure"):
            figures.local_file("mouse", digest)


def test_a_record_that_changed_is_asked_again(asset):
    path = "figures/drift #1 50%.png"
    figures = figures_for(asset, path)
    assert figures.local_file("mouse", reference_digest(path))
    put(asset, metadata={"_id": "mouse", "quality_control": document(reference="elsewhere.png")})
    with pytest.raises(ReferenceUnreadable):
        figures.local_file("mouse", reference_digest(path))


def test_a_missing_figure_says_which_and_whom_to_tell(asset):
    with pytest.raises(ReferenceUnreadable) as caught:
        figures_for(asset, "figures/gone.png").local_file("mouse", reference_digest("figures/gone.png"))
    assert "figures/gone.png is missing" in caught.value.message
    assert "pipeline" in caught.value.hint


def test_an_asset_that_is_not_there_has_no_figures(asset):
    with pytest.raises(RecordNotFound):
        figures_for(asset, "x.png").local_file("rat", reference_digest("x.png"))


@pytest.mark.parametrize("link", ["../../secret.png", "absolute"])
def test_a_link_out_of_the_asset_is_refused(asset, link):
    target = asset.parents[1] / "secret.png"
    (asset / "out.png").symlink_to(target if link == "absolute" else link)
    assert (asset / "out.png").read_bytes() == b"secret"
    with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
        figures_for(asset, "out.png").local_file("mouse", reference_digest("out.png"))


def test_a_folder_that_is_a_link_out_of_the_asset_is_refused(asset):
    (asset / "away").symlink_to(asset.parents[1])
    with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
        file_inside(asset, "away/secret.png")


def test_a_link_inside_the_asset_is_followed(asset):
    (asset / "in.png").symlink_to("figures/drift #1 50%.png")
    assert file_inside(asset, "in.png").name == "drift #1 50%.png"


def test_an_asset_folder_that_is_itself_a_link_is_fine(asset, tmp_path):
    (tmp_path / "linked").symlink_to(asset)
    assert file_inside(tmp_path / "linked", "figures/drift #1 50%.png").read_bytes() == b"drift"


def test_paths_that_leave_the_asset_are_refused_whether_or_not_anything_is_there(asset):
    for path in ("../../secret.png", "../../no such thing.png", "figures/../../../secret.png", str(asset.parents[1])):
        with pytest.raises(ReferenceUnreadable, match="leads out of its asset"):
            file_inside(asset, path)


def test_encoded_paths_are_not_decoded(asset):
    for path in ("..%2f..%2fsecret.png", "figures/drift%20%231%2050%25.png", "%2e%2e/%2e%2e/secret.png"):
        with pytest.raises(ReferenceUnreadable, match="is missing"):
            file_inside(asset, path)


def test_folders_pipes_and_impossible_names_are_no_figures(asset):
    os.mkfifo(asset / "pipe.png")
    (asset / "circle.png").symlink_to("circle.png")
    for path in ("figures", "", ".", "pipe.png", "circle.png", "a\x00b.png", "x" * 5000, "figures/drift #1 50%.png/x"):
        with pytest.raises(ReferenceUnreadable):
            file_inside(asset, path)


@settings(deadline=None, max_examples=100)
@given(
    steps=st.lists(
        st.sampled_from(["..", ".", "figures", "away", "secret.png", "", "mouse", "\\"]) | st.text(max_size=3)
    )
)
def test_no_path_ever_reaches_the_secret(tmp_path_factory, steps):
    root = tmp_path_factory.mktemp("secret")
    (root / "secret.png").write_bytes(b"secret")
    asset = root / "assets" / "mouse"
    (asset / "figures").mkdir(parents=True)
    (asset / "away").symlink_to(root)
    with pytest.raises(ReferenceUnreadable):
        file_inside(asset, "/".join(steps))
