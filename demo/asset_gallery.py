"""The gallery: one metric for each kind of figure, and for each location (v2)."""

from __future__ import annotations

from pathlib import Path

from demo import gallery_pages as pages
from demo import gallery_pictures as pictures
from demo.documents import V2, Json, write_asset
from demo.histories import PASS_AUTO, PENDING, ran
from demo.records import acquisition_v2, description_v2

NAME = "gallery_2025-06-01_12-00-00"
LOCATION = f"s3://aind-open-data/{NAME}"
LISTED = "s3://aind-qc-figures/gallery"
"""A bucket that no settings list unless somebody lists it; that and the location above are made up."""

NEUROGLANCER = "https://neuroglancer-demo.appspot.com/#!s3://aind-open-data/gallery/neuroglancer_config.json"
FIGURL = "https://figurl.org/f?v=npm://@fi-sci/figurl-sortingview@12/dist&d=sha1://0f1e2d3c4b5a&label=Unit%20summary"
SORTINGVIEW = "https://figurl.org/f?v=gs://figurl/spikesortingview-10&d=sha1://5a4b3c2d1e0f&label=Sorting%20curation"
EPHYS_GUI = (
    "https://ephys.allenneuraldynamics.org/ephys_gui_app?analyzer_path=s3://aind-open-data/gallery/analyzer.zarr"
)
FIGURES: dict[str, list[tuple[str, str]]] = {
    "pictures": [
        ("PNG", "figures/cells.png"),
        ("JPEG", "figures/cells.jpg"),
        ("GIF", "figures/cells.gif"),
        ("WebP", "figures/cells.webp"),
        ("BMP", "figures/cells.bmp"),
        ("SVG", "figures/trace.svg"),
    ],
    "converted pictures": [
        ("TIFF, 16 bits, three pages", "figures/stack.tif"),
        ("TIFF, floating point", "figures/correlation.tiff"),
        ("TIFF, colour", "figures/overlay.tif"),
        ("PNG, 16 bits", "figures/raw16.png"),
        ("TIFF, damaged", "figures/damaged.tif"),
    ],
    "documents and videos": [
        ("PDF", "figures/report.pdf"),
        ("MP4", "figures/video.mp4"),
        ("WebM", "figures/video.webm"),
        ("MOV", "figures/video.mov"),
        ("AVI", "figures/video.avi"),
    ],
    "charts": [
        ("Vega-Lite, data inside", "figures/rates.vl.json"),
        ("Vega-Lite, data beside it", "figures/trials.vl.json"),
        ("Vega", "figures/rates.vg.json"),
        ("Vega-Lite, data elsewhere", "figures/elsewhere.vl.json"),
        ("HTML without a library", "figures/canvas.html"),
        ("HTML by Altair", "figures/altair.html"),
        ("HTML by Altair, library inside", "figures/altair-inline.html"),
        ("HTML by Plotly", "figures/plotly.html"),
        ("HTML by Bokeh", "figures/bokeh.html"),
    ],
    "embedded views": [
        ("Neuroglancer", NEUROGLANCER),
        ("FigURL", FIGURL),
        ("SortingView", SORTINGVIEW),
        ("Ephys GUI", EPHYS_GUI),
        ("Rerun", "recordings/session_v0.19.1.rrd"),
        ("Rerun, no version", "recordings/session.rrd"),
        ("Any other site", "https://example.org/dashboards/42?panel=drift"),
    ],
    "texts and data": [
        ("CSV", "figures/trials.csv"),
        ("TSV", "figures/units.tsv"),
        ("Text, long", "logs/pipeline.log"),
        ("JSON", "figures/parameters.json"),
        ("Markdown", "figures/summary.md"),
        ("HDF5", "data/spikes.h5"),
        ("NWB", "data/session.nwb"),
        ("Zarr", "data/volume.zarr"),
    ],
    "pairs": [
        ("PNG and WebP", "figures/cells.png;figures/cells.webp"),
        ("Two converted pictures", "figures/stack.tif;figures/raw16.png"),
        ("PNG and SVG", "figures/cells.png;figures/trace.svg"),
        ("Two videos", "figures/video.mp4;figures/video.webm"),
        ("Picture and video", "figures/cells.png;figures/video.mp4"),
        ("Picture and table", "figures/cells.png;figures/units.tsv"),
        ("Three parts", "figures/cells.png;figures/cells.jpg;figures/cells.gif"),
        ("An empty part", "figures/cells.png;"),
        ("A semicolon in a fragment", "https://example.org/figures/drift.png#xywh=0;0;9;figures/cells.jpg"),
    ],
    "places": [
        ("Results folder", "/results/figures/cells.png"),
        ("Web", "https://example.org/figures/drift%20map.png?size=large"),
        ("Web, percent-encoded", "https%3A//example.org/figures/drift.png"),
        ("Web, TIFF", "https://example.org/figures/stack.tif"),
        ("Under its location", "figures/in_the_bucket.png"),
        ("Location of this asset", "{derived_asset_location}/figures/derived.png"),
        ("Location of the raw asset", "{raw_asset_location}/figures/raw.png"),
        ("S3, public", "s3://aind-open-data/gallery/figures/cells.png"),
        ("S3, public, HTML", "s3://aind-open-data/gallery/figures/page.html"),
        ("S3, public, Zarr", "s3://aind-open-data/gallery/data/volume.zarr"),
        ("S3, listed", f"{LISTED}/figures/cells.png"),
        ("S3, listed, 16 bits", f"{LISTED}/figures/raw16.png"),
        ("S3, listed, NWB", f"{LISTED}/data/session.nwb"),
        ("Kachery", "sha1://2dd45c5fb86f960c3d87733fc987d2c11de552e0?label=cells.png"),
    ],
}
"""Group → name and reference of each of its metrics."""
MADE_UP = "Made up: nothing lies at this address. It shows what a reader sees when a figure cannot be had."
MADE_UP_VIEW = "Made up: the site is real, the state that it is asked for is not. It shows how a view is framed."


def make(folder: Path) -> None:
    """The whole asset."""
    pictures.make(folder)
    pages.make(folder)
    writer = V2(ran("2025-06-02T09:00:00"))
    metrics = [_metric(writer, kind, name, reference) for kind, named in FIGURES.items() for name, reference in named]
    quality = writer.document(metrics, ["kind"], notes=None, key_experimenters=None)
    description = description_v2(
        NAME, "gallery", "2025-06-01T12:00:00Z", "Portal gallery", "Ada Lovelace", ["behavior-videos"]
    )
    times = "2025-06-01T12:00:00-07:00", "2025-06-01T12:30:00-07:00"
    acquisition = acquisition_v2("gallery", *times, "Gallery", "none", ["Ada Lovelace"])
    record = {"object_type": "Metadata", "schema_version": "2.2.3", "name": NAME, "location": LOCATION}
    parts = {"quality_control": quality, "data_description": description, "acquisition": acquisition}
    parts |= {"metadata.nd": record}
    write_asset(folder, parts, indent=2)


def _metric(writer: V2, kind: str, name: str, reference: str) -> Json:
    entries = PENDING if name in {"PNG", "SortingView"} else PASS_AUTO
    return writer.metric(
        name, ("behavior-videos", "Analysis", {"kind": kind}), 1, entries, reference, describe_made_up(kind, reference)
    )


def describe_made_up(kind: str, reference: str) -> str | None:
    """The description of a reference that leads to nothing in the world; None for one to a file of the asset."""
    if kind == "embedded views" and reference.startswith("https"):
        return MADE_UP_VIEW
    return MADE_UP if "in_the_bucket" in reference or reference.startswith(("https", "s3:", "sha1:", "{")) else None
