"""What kind of figure a file is, by the suffix of its name and nothing else."""

from enum import StrEnum
from typing import Protocol


class FigureKind(StrEnum):
    """The kinds of file that are shown in different ways; DATA is named, not shown, and OTHER is not known."""

    IMAGE = "image"
    SVG = "svg"
    CONVERTED = "converted"
    PDF = "pdf"
    VIDEO = "video"
    JSON = "json"
    HTML = "html"
    TABLE = "table"
    MARKDOWN = "markdown"
    TEXT = "text"
    RERUN = "rerun"
    DATA = "data"
    OTHER = "other"


class Named(Protocol):
    """Anything with the name of a file."""

    @property
    def name(self) -> str:
        """The last part of its path."""
        ...


SUFFIXES: dict[FigureKind, tuple[str, ...]] = {
    FigureKind.IMAGE: ("png", "jpg", "jpeg", "gif", "webp", "bmp"),
    FigureKind.SVG: ("svg",),
    FigureKind.CONVERTED: ("tif", "tiff"),
    FigureKind.PDF: ("pdf",),
    FigureKind.VIDEO: ("mp4", "webm", "mov", "avi"),  # few browsers play the last two
    FigureKind.JSON: ("json",),  # .vl.json and .vg.json end so too: the content decides whether it is a chart
    FigureKind.HTML: ("html", "htm"),
    FigureKind.TABLE: ("csv", "tsv"),
    FigureKind.MARKDOWN: ("md", "markdown"),
    FigureKind.TEXT: ("txt", "log", "yaml", "yml", "toml", "ini", "xml"),
    FigureKind.RERUN: ("rrd",),
    FigureKind.DATA: ("h5", "hdf5", "nwb", "zarr", "npy", "npz", "mat", "parquet"),
}
"""Every suffix that the portal knows, by kind; docs/references.md is made from it."""

_KINDS = {suffix: kind for kind, suffixes in SUFFIXES.items() for suffix in suffixes}
_MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "xml": "application/xml",
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "h5": "application/x-hdf5",
    "hdf5": "application/x-hdf5",
    "nwb": "application/x-hdf5",
} | dict.fromkeys(("txt", "log", "yaml", "yml", "toml", "ini"), "text/plain; charset=utf-8")
_READ_HERE = {
    FigureKind.CONVERTED,
    FigureKind.PDF,
    FigureKind.JSON,
    FigureKind.HTML,
    FigureKind.TABLE,
    FigureKind.MARKDOWN,
    FigureKind.TEXT,
}
_DATA_FORMATS = {
    "h5": "HDF5",
    "hdf5": "HDF5",
    "nwb": "NWB",
    "zarr": "Zarr",
    "npy": "NumPy",
    "npz": "NumPy",
    "mat": "MATLAB",
    "parquet": "Parquet",
}


def suffix(name: str) -> str:
    """The suffix of a file's name in lower case, without its dot; "" if there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def kind_of_name(name: str) -> FigureKind:
    """The kind by a file's name, whatever the case of its suffix."""
    return _KINDS.get(suffix(name), FigureKind.OTHER)


def kind_of(file: Named) -> FigureKind:
    """The kind of a file, wherever it lies."""
    return kind_of_name(file.name)


def media_type(name: str) -> str:
    """The Content-Type to send a file with, from a fixed table (the system's own differs between machines)."""
    return _MEDIA_TYPES.get(suffix(name), "application/octet-stream")


def is_read_by_scripts(name: str) -> bool:
    """Whether such a file is read by the portal or a script of its page, or shown in a frame of ours.

    Then the portal has to send it. Pictures and videos are loaded by the browser itself, from any location.
    """
    return kind_of_name(name) in _READ_HERE


def is_sliced(name: str) -> bool:
    """Whether slices of an array in such a file, or Zarr folder, are shown."""
    return suffix(name) in ("h5", "hdf5", "nwb", "zarr")


def data_format(name: str) -> str:
    """What people call the format of a file of data: “NWB”, “Zarr”."""
    return _DATA_FORMATS.get(suffix(name), suffix(name))
