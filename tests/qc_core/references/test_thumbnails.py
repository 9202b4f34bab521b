"""Which figures have a small picture, and at which address."""

import pytest

from qc_core.references.shown import reference_digest, resolve_figure
from qc_core.references.thumbnails import thumbnail_address


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("a/b.png", f"/thumbnail/r/{reference_digest('a/b.png')}/b.png"),
        ("b.tif", f"/thumbnail/r/{reference_digest('b.tif')}/b.tif"),
        ("c.svg", f"/files/r/{reference_digest('c.svg')}/c.svg"),
        ("a.png;c.jpg", f"/thumbnail/r/{reference_digest('a.png')}/a.png"),
        ("a.pdf;c.jpg", None),
        ("https://example.org/a.png", None),
        ("a.mp4", None),
        ("a.json", None),
        ("words", None),
        (None, None),
    ],
)
def test_raster_pictures_of_ours_have_a_small_picture(reference: str | None, address: str | None) -> None:
    assert thumbnail_address(resolve_figure(reference, "r")) == address
