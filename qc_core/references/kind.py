"""What kind of figure a file is, by the suffix of its name and nothing else."""

from enum import StrEnum
from typing import Protocol


class FigureKind(StrEnum):
    """The kinds of file that are shown in different ways; OTHER is named, not shown."""

    IMAGE = "image"
    SVG = "svg"
    PDF = "pdf"
    VIDEO = "video"
    VEGA_LITE = "vega-lite"
    OTHER = "other"


class Named(Protocol):
    """Anything with the name of a file: `AssetFile` and `WebFile`."""

    @property
    def name(self) -> str:
        """The last part of its path."""
        ...


_KINDS = {
    "png": FigureKind.IMAGE,
    "jpg": FigureKind.IMAGE,
    "jpeg": FigureKind.IMAGE,
    "gif": FigureKind.IMAGE,
    "webp": FigureKind.IMAGE,
    "bmp": FigureKind.IMAGE,
    "svg": FigureKind.SVG,
    "pdf": FigureKind.PDF,
    "mp4": FigureKind.VIDEO,
    "webm": FigureKind.VIDEO,
    "avi": FigureKind.VIDEO,  # few browsers play these two: the others say so, and offer the file
    "mov": FigureKind.VIDEO,
    "json": FigureKind.VEGA_LITE,  # .vl.json and .vega.json end so too
}
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
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "h5": "application/x-hdf5",
    "hdf5": "application/x-hdf5",
    "nwb": "application/x-hdf5",
}


def suffix(name: str) -> str:
    """The suffix of a file's name in lower case, without its dot; "" if there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def kind_of_name(name: str) -> FigureKind:
    """The kind that a file's name says, whatever the case of its suffix."""
    return _KINDS.get(suffix(name), FigureKind.OTHER)


def kind_of(file: Named) -> FigureKind:
    """The kind of an `AssetFile` or `WebFile`."""
    return kind_of_name(file.name)


def media_type(name: str) -> str:
    """The Content-Type to send a file with, from a fixed table (the system's own differs between machines)."""
    return _MEDIA_TYPES.get(suffix(name), "application/octet-stream")
