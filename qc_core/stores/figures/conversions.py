"""Convert files that are not sent unchanged, in limited processes, and cache the results within a limit."""

import hashlib
import json
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qc_core.errors import QcError, ReferenceUnreadable, StoreUnavailable, TooCostly
from qc_core.references.charts.tables import TableLimits
from qc_core.references.kind import FigureKind, is_sliced, kind_of_name
from qc_core.references.kind import suffix as get_suffix
from qc_core.stores.cache import BoundedCache
from qc_core.stores.figures.decoding.limited import OutOfBounds, ProcessLimits, prepare, run
from qc_core.stores.figures.decoding.undecodable import Undecodable
from qc_core.stores.files.disk_cache import DiskCache
from qc_core.stores.parts import HostedParts

LOW, HIGH = 0.5, 99.5
"""The percentiles that become black and white unless somebody asks for others."""
THUMBNAIL = (420, 300)
"""Width and height of a small picture at most, in pixels: twice what the page shows, for dense screens."""
MAX_WINDOW = 50
"""Pages of a TIFF at most whose maximum is drawn; the same as in `decoding/stacks.py`, which is slow to import."""
FIRST_PAGE = (0, 1)
"""The first page of a TIFF alone."""
_FORM = 4
"""Raised whenever the same file would give something else."""
_REFUSALS = 1000
_ZARR_METADATA = ("zarr.json", ".zarray", ".zgroup", ".zattrs", ".zmetadata")
_HINT = "Tell the people who run the pipeline that wrote it, or download the file and open it in another program."
_TABLE_HINT = "Have the pipeline write a smaller table, of what the chart shows."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a conversion may take. The cache holds `cached` bytes; `shown` pixels are sent at most.

    `pixels` are those of one picture as it lies there, `compared` of each of a pair. `svg` bytes has an SVG at most.
    """

    seconds: float = 40
    memory: int = 1536 * 1024**2
    pixels: int = 150_000_000
    compared: int = 100_000_000
    shown: int = 36_000_000
    svg: int = 50_000_000
    table: TableLimits = field(default_factory=TableLimits)
    cached: int = 512 * 1024**2


@dataclass(frozen=True, slots=True)
class Converted:
    """A file on disk, and what was done: for a PNG size, pages, and the percentiles and values of a stretch."""

    path: Path
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConvertedPair:
    """Two pictures of one size, (width, height), as rows of red, green and blue bytes."""

    size: tuple[int, int]
    left: bytes
    right: bytes


class Conversions:
    """Converts files and caches results and failures. Safe for many threads, which limit their number themselves."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        """`folder` is made when the first file is kept in it."""
        self._limits = limits or Limits()
        self._cache = DiskCache(folder, self._limits.cached)
        self._refused: BoundedCache[str, QcError] = BoundedCache(_REFUSALS)
        self._harmless: BoundedCache[str, bool] = BoundedCache(_REFUSALS)

    def prepare(self, names: Iterable[str]) -> None:
        """Have the libraries that pages and slices of such files need imported ahead; nothing is waited for."""
        found = {get_suffix(name) for name in names if is_sliced(name) or kind_of_name(name) is FigureKind.CONVERTED}
        if found:
            prepare(sorted(found))

    def png(
        self,
        source: Path | HostedParts,
        low: float = LOW,
        high: float = HIGH,
        *,
        name: str | None = None,
        pages: tuple[int, int] = FIRST_PAGE,
        array: str = "",
    ) -> Converted:
        """A page as PNG, greyscale of more than 8 bits stretched between two percentiles.

        `pages` are the number of a TIFF's page, or of a slice of an array, from 0, and of how many from there on the
        maximum is drawn. `array` names an array of a file or Zarr folder that holds several, "" for the usual one.

        `name` is how people know it, its own by default. Raises ReferenceUnreadable when it is damaged, too large
        or takes too long, StoreUnavailable when the cache cannot be written.
        """
        name = name or source.name
        key = self._key(source, name, ("png", low, high, self._limits.shown, *pages, array))
        arguments: dict[str, Any] = {"source": _name_source(source), "low": low, "high": high}
        arguments |= {"first": pages[0], "window": pages[1], "array": array}
        arguments |= {"most_pixels": self._limits.pixels, "shown_pixels": self._limits.shown}
        parts = source if isinstance(source, HostedParts) else None
        with self._cache.lock(key):
            if cached := self._find_cached(key, ".png"):
                return cached
            if is_sliced(name):
                return self._make(key, ".png", arguments, f"No slice of {name} can be shown.", "", parts)
            return self._make(key, ".png", arguments, f"The picture {name} cannot be shown.", _HINT, parts)

    def get_kept_png(
        self, source: Path | HostedParts, low: float, high: float, pages: tuple[int, int] = FIRST_PAGE, array: str = ""
    ) -> Converted | None:
        """What `png` gives, where it is there already; None where it has to be made, or cannot be."""
        try:
            key = self._key(source, source.name, ("png", low, high, self._limits.shown, *pages, array))
            return self._find_cached(key, ".png")
        except ReferenceUnreadable:
            return None

    def thumbnail(self, source: Path, *, name: str | None = None) -> Converted:
        """A small JPEG of a picture, as `THUMBNAIL` wide and high at most. Raises as `png`."""
        name = name or source.name
        key = self._key(source, name, ("thumbnail", *THUMBNAIL))
        width, height = THUMBNAIL
        arguments = {"source": str(source), "width": width, "height": height, "low": LOW, "high": HIGH}
        arguments |= {"most_pixels": self._limits.pixels}
        with self._cache.lock(key):
            return self._find_cached(key, ".thumbnail") or self._make(
                key, ".thumbnail", arguments, f"There is no small picture of {name}.", _HINT
            )

    def get_kept_thumbnail(self, source: Path) -> Converted | None:
        """What `thumbnail` gives, where it is there already; None where it has to be made, or cannot be."""
        try:
            return self._find_cached(self._key(source, source.name, ("thumbnail", *THUMBNAIL)), ".thumbnail")
        except ReferenceUnreadable:
            return None

    def rows(self, source: Path, delimiter: str, *, name: str) -> Converted:
        """The rows of a CSV or TSV that a chart loads as a JSON list. Raises as `png`, also where it holds too much.

        The suffix of `source` gives the delimiter, unless `delimiter` does.
        """
        key = self._key(source, name, ("rows", delimiter, self._limits.table))
        most = self._limits.table
        arguments: dict[str, Any] = {"source": str(source), "name": source.name, "delimiter": delimiter}
        arguments |= {"rows": most.rows, "cells": most.cells, "written": most.written}
        with self._cache.lock(key):
            return self._find_cached(key, ".rows") or self._make(
                key, ".rows", arguments, f"The table {name} cannot be drawn.", _TABLE_HINT
            )

    def check_svg(self, source: Path, *, name: str) -> None:
        """Raises TooCostly for an SVG that would take a browser too long to draw, or that is none."""
        key = self._key(source, name, ("svg",))
        arguments = {"source": str(source), "most_bytes": self._limits.svg, "most_pixels": self._limits.pixels}
        with self._cache.lock(key):
            if not self._harmless.get(key):
                self._run(
                    key, "svg", arguments, f"The SVG {name} is not drawn here.", "It can be downloaded.", TooCostly
                )
                self._harmless.put(key, True, 1)

    def pair(self, left: Path, right: Path, width: int) -> ConvertedPair:
        """Both pictures at a width, in the shape of the left one. Raises ReferenceUnreadable, StoreUnavailable."""
        key = "-".join(self._key(one, one.name, ("pair", width)) for one in (left, right))
        target = self._cache.temporary_file()
        arguments = {"sources": [str(left), str(right)], "target": str(target), "width": width}
        arguments |= {"low": LOW, "high": HIGH, "most_pixels": self._limits.compared}
        try:
            self._cache.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            facts = self._run(key, "pair", arguments, "", _HINT)
            width, height = facts["size"]
            both, one = target.read_bytes(), 3 * width * height
        except OSError as error:
            raise self._not_kept() from error
        finally:
            with suppress(OSError):
                target.unlink(missing_ok=True)
        return ConvertedPair((width, height), both[:one], both[one:])

    def _key(self, source: Path | HostedParts, name: str, asked: tuple[Any, ...]) -> str:
        try:
            version = _read_version(source)
        except OSError as error:
            raise ReferenceUnreadable(f"The figure {name} cannot be read.", _HINT) from error
        arguments = (_FORM, _name_source(source), *version, *asked)
        return hashlib.sha256(repr(arguments).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _find_cached(self, key: str, suffix: str) -> Converted | None:
        path, facts = self._cache.get(f"{key}{suffix}"), self._cache.get(f"{key}.json")
        if path is None or facts is None:
            return None
        try:
            return Converted(path, json.loads(facts.read_text("utf-8")))
        except (OSError, ValueError):
            return None

    def _make(
        self,
        key: str,
        suffix: str,
        arguments: dict[str, Any],
        sentence: str,
        hint: str,
        parts: HostedParts | None = None,
    ) -> Converted:
        facts: dict[str, Any] = {}

        def convert(path: Path) -> None:
            facts.update(self._run(key, suffix[1:], arguments | {"target": str(path)}, sentence, hint, parts=parts))

        try:
            path = self._cache.put(f"{key}{suffix}", convert)
            self._cache.put(f"{key}.json", lambda target: _write_text(target, json.dumps(facts)))
        except OSError as error:
            raise self._not_kept() from error
        return Converted(path, facts)

    def _run(
        self,
        key: str,
        task: str,
        arguments: dict[str, Any],
        sentence: str,
        hint: str,
        kind: type[ReferenceUnreadable] = ReferenceUnreadable,
        parts: HostedParts | None = None,
    ) -> dict[str, Any]:
        """The answer of the limited process. Refusals are cached, since they would be the same again."""
        limits = self._limits
        if refused := self._refused.get(key):
            raise kind(refused.message, refused.hint)
        try:
            return run(task, arguments, ProcessLimits(limits.seconds, limits.memory), parts)
        except Undecodable as error:
            refusal = kind(f"{sentence} {error}".strip(), hint)
            if not isinstance(error, OutOfBounds):
                self._refused.put(key, refusal, 1)
            raise refusal from error

    def _not_kept(self) -> StoreUnavailable:
        return StoreUnavailable(
            "The converted figure could not be kept.", f"Is there room in {self._cache.folder}, and may it be written?"
        )


def _name_source(source: Path | HostedParts) -> str | dict[str, Any]:
    """How a task names what it reads: by its path, or by name and size where it asks for parts of it."""
    return str(source) if isinstance(source, Path) else {"name": source.name, "size": source.size}


def _read_version(source: Path | HostedParts) -> list[int | str]:
    """Times and sizes of a file, or of a Zarr folder and its metadata, which change with it. Raises OSError."""
    if isinstance(source, HostedParts):
        return [source.version]
    about = source.stat()
    version: list[int | str] = [about.st_mtime_ns, about.st_size]
    if stat.S_ISDIR(about.st_mode):
        for name in _ZARR_METADATA:
            with suppress(OSError):
                of_file = (source / name).stat()
                version += [of_file.st_mtime_ns, of_file.st_size]
    return version


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


HEADER = 26
"""The bytes of a PNG that say how deep it is."""


def is_deep_grey_png(head: bytes) -> bool:
    """Whether a file that begins so is a PNG of 16-bit greyscale; browsers show only its upper 8 bits.

    Bit depth and colour type are the 25th and 26th byte (w3.org/TR/png, 11.2.1); types 0 and 4 are grey.
    """
    return head[:8] == b"\x89PNG\r\n\x1a\n" and len(head) >= HEADER and head[24] == 16 and head[25] in (0, 4)
