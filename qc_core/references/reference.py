"""Parse the text of a `reference` into one of a closed set of types (docs/formats.md#references).

The order is scheme, path suffix, host; no decision depends on a word elsewhere in the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from qc_core.references.kachery import KacheryFile, is_kachery, read_kachery
from qc_core.references.kind import FigureKind, kind_of, kind_of_name
from qc_core.references.locations import (
    NO_LOCATIONS,
    Locations,
    describe_unfilled,
    fill_address,
    fill_path,
    has_placeholder,
)
from qc_core.references.s3 import S3File, is_s3, read_s3
from qc_core.references.web import is_web, last_segment, unusable


@dataclass(frozen=True, slots=True)
class NoReference:
    """The metric names no figure."""


@dataclass(frozen=True, slots=True)
class AssetFile:
    """A file of the asset: a relative POSIX path, without `.`, `..` or a leading `results/`. It is not a URL."""

    path: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]

    @property
    def identity(self) -> str:
        """What its short name in our addresses is made of; never the same as that of another kind of file."""
        return self.path


@dataclass(frozen=True, slots=True)
class WebFile:
    """A figure at an http(s) address, which only the browser ever loads."""

    url: str

    @property
    def name(self) -> str:
        """The file's own name, decoded; the query and the fragment are no part of it."""
        return last_segment(self.url)


StoredFile = AssetFile | S3File | KacheryFile
"""What the portal has an address of its own for, and looks up itself where that is opened."""
File = StoredFile | WebFile


@dataclass(frozen=True, slots=True)
class PlainText:
    """What can only be read: `link` is its http(s) address, if it is one; `reason` is why it is not shown."""

    text: str
    link: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures to compare, joined by `;`. However the `text` is spelled, the same two are the same pair."""

    left: File
    right: File
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class RefusedReference:
    """A path that is not followed, and why."""

    text: str
    reason: str


Single = NoReference | File | PlainText | RefusedReference
Reference = Single | Pair

_ENCODED = re.compile(r"https?%3A|(?:s3|sha1)%3A(?:/|%2F){2}", re.IGNORECASE)
_ENCODED_WEB = re.compile(r"https?%3A", re.IGNORECASE)
_SCHEME = re.compile(
    r"[a-z][a-z0-9+.-]*://|(?:about|blob|data|file|filesystem|ftp|javascript|kachery|mailto|tel|urn|vbscript|view-source):",
    re.IGNORECASE,
)
"""Of names without `//` only known schemes count: the name of a file may hold a colon."""
_DRIVE = re.compile(r"[A-Za-z]:")
_PLACEHOLDER = re.compile(r"\{[A-Za-z_]+\}")
_FILE_SUFFIX = re.compile(r"[^.].*\.[A-Za-z][A-Za-z0-9]{0,9}", re.DOTALL)
_MAX_JOINTS = 20
"""Beyond this a text is not a list of references, and trying every `;` of an address would take long."""
_MAX_TOKENS = 6
"""Beyond this only the whole of a text is looked for as one name."""
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def parse(reference: str | None, locations: Locations = NO_LOCATIONS) -> Reference:
    """Read a metric's reference; never raises, whatever it holds.

        figures/drift.png → AssetFile                      https://example.org/drift.png → WebFile
        s3://bucket/figures/drift.png → S3File             sha1://{40 digits}?label=drift.png → KacheryFile
        figures/before.png;figures/after.png → Pair        seen by eye → PlainText
        ../drift.png → RefusedReference                    nothing → NoReference

    `locations` are those of the asset whose record holds the reference, for the placeholders in it, and for figures
    with a `;` in their name: one that exists is that figure, and no pair.
    """
    text = (reference or "").strip()
    joints = text.count(";")
    if (
        joints == 0
        or text in locations.semicolon_names
        or _other_scheme(text)
        or (joints > _MAX_JOINTS and _is_web_like(text))
    ):
        return _single(text, locations)
    if joints > _MAX_JOINTS:
        return PlainText(text, reason=_too_many(joints + 1, joints + 1))
    parts = _split(text, locations.semicolon_names)
    if len(parts) == 1:
        return _single(parts[0], locations)
    named = [part for part in parts if part]
    if len(named) == 1:
        return _single(named[0], locations)
    if len(parts) > 2:
        return PlainText(text, reason=_too_many(len(parts), len(named)))
    if not named:
        return PlainText(text, reason="It joins two references, and both are empty.")
    return _pair(text, _single(parts[0], locations), _single(parts[1], locations))


def texts_of(reference: str, locations: Locations = NO_LOCATIONS) -> tuple[str, ...]:
    """The text of each figure that a reference names: two of a pair, else the one."""
    text = reference.strip()
    return tuple(_split(text, locations.semicolon_names)) if isinstance(parse(text, locations), Pair) else (text,)


def semicolon_names(references: Iterable[str | None], exists: Callable[[str], bool]) -> frozenset[str]:
    """Those texts in references that name one file of the asset with a `;` in its name, for `Locations`.

    `exists` answers whether the asset has a file at a relative path; it is asked once for each path that holds a `;`.
    """
    texts = {
        text for reference in references if reference and ";" in reference for text in _list_joined(reference.strip())
    }
    paths = {text: file.path for text in texts if isinstance(file := _single(text), AssetFile)}
    found = {path: exists(path) for path in dict.fromkeys(paths.values())}
    return frozenset(text for text, path in paths.items() if found[path])


def _list_joined(text: str) -> Iterator[str]:
    """The texts within a reference that may be one name with a `;` in it: the whole, and parts of a pair."""
    yield text
    tokens = text.split(";")
    if 2 < len(tokens) <= _MAX_TOKENS:
        for start in range(len(tokens)):
            for end in range(start + 2, len(tokens) + 1):
                yield ";".join(tokens[start:end]).strip()


def _too_many(parts: int, named: int) -> str:
    empty = f", {parts - named} of them empty" if named < parts else ""
    return f"It joins {parts} references{empty}; two can be compared."


def _pair(text: str, left: Single, right: Single) -> Reference:
    for part in (left, right):
        if isinstance(part, RefusedReference):
            return RefusedReference(text, part.reason)
    if isinstance(left, File) and isinstance(right, File):
        return Pair(left, right, text)
    if isinstance(left, File) or isinstance(right, File):
        return PlainText(text, reason="Only one of the two that it joins is a file.")
    return PlainText(text)


def _split(text: str, names: frozenset[str] = frozenset()) -> list[str]:
    """Split at each `;` that joins references; one inside a URL, or inside one of the `names`, stays where it is."""
    parts: list[str] = []
    tokens = text.split(";")
    while tokens:
        length = _length_of_name(tokens, names)
        token, tokens = ";".join(tokens[:length]), tokens[length:]
        if length == 1 and parts and not _joins(parts[-1], token.strip()):
            parts[-1] = f"{parts[-1]};{token}".strip()
        else:
            parts.append(token.strip())
    return parts


def _length_of_name(tokens: list[str], names: frozenset[str]) -> int:
    """How many of the first tokens are one name, the longest if there are several; 1 where none are."""
    lengths = range(len(tokens), 1, -1) if names else ()
    return next((length for length in lengths if ";".join(tokens[:length]).strip() in names), 1)


def _joins(before: str, after: str) -> bool:
    """Whether the `;` between these two separates references: after a URL, only where a figure may begin."""
    if not _is_web_like(before):
        return True
    if isinstance(_single(before), WebFile):
        return after == "" or _is_web_like(after) or _is_figure(after)
    return _is_web_like(after) and "?" not in before and "#" not in before


def _is_web_like(text: str) -> bool:
    return is_web(text) or _ENCODED_WEB.match(text) is not None


def _other_scheme(text: str) -> bool:
    return _SCHEME.match(text) is not None and not (is_web(text) or is_s3(text) or is_kachery(text))


def _is_figure(text: str) -> bool:
    one = _single(text)
    return isinstance(one, StoredFile) and kind_of(one) is not FigureKind.OTHER


def _single(text: str, locations: Locations = NO_LOCATIONS) -> Single:
    if not text:
        return NoReference()
    if _ENCODED_WEB.match(text):
        return _web(_decode_address(text, locations))
    if is_web(text):
        return _web(fill_address(text, locations))
    if _ENCODED.match(text):
        text = unquote(text)
    if text.startswith("{") and has_placeholder(text):
        text = fill_path(text, locations)
        if text.startswith("{"):
            return PlainText(text, reason=describe_unfilled(text))
    if is_s3(text):
        return _file_or_reason(text, read_s3(text))
    if is_kachery(text):
        return _file_or_reason(text, read_kachery(text))
    if _other_scheme(text):
        return PlainText(text, reason="The portal does not open addresses of this kind.")
    return _path(text)


def _file_or_reason(text: str, found: S3File | KacheryFile | str) -> Single:
    return PlainText(text, reason=found) if isinstance(found, str) else found


def _decode_address(text: str, locations: Locations) -> str:
    """A wholly percent-encoded address, decoded once, with the locations in it.

    Pipelines make those with placeholders from the names of recordings, such as “Record Node 101#Neuropix”, and encode
    the whole at the end: there a # behind the ? belongs to a name, and would cut the address off.
    """
    address = unquote(text)
    if has_placeholder(address):
        path, mark, query = address.partition("?")
        address = path + mark + query.replace("#", "%23")
    return fill_address(address, locations).replace(" ", "%20")


def _web(text: str) -> Single:
    if _PLACEHOLDER.search(text):
        return PlainText(text, reason=describe_unfilled(text) or "It holds a placeholder that is not filled in.")
    reason = unusable(text)
    if reason:
        return PlainText(text, reason=reason)
    if kind_of_name(last_segment(text)) in (FigureKind.OTHER, FigureKind.HTML):  # a web page is a link
        return PlainText(text, link=text)
    return WebFile(text)


def _path(text: str) -> Single:
    is_path = "/" in text or "\\" in text or _DRIVE.match(text) or _FILE_SUFFIX.fullmatch(text)
    if not is_path and text != "..":
        return PlainText(text)
    if _UNREADABLE.search(text):
        return RefusedReference(text, "It holds control characters.")
    if "\\" in text:
        return RefusedReference(text, "It holds a backslash: paths in an asset are written with “/”.")
    steps = [step for step in text.split("/") if step not in ("", ".")]
    if ".." in steps:
        return RefusedReference(text, "It leads out of its folder (“..”).")
    if steps and steps[0] == "results":
        del steps[0]
    if not steps:
        return PlainText(text)
    if _DRIVE.match(steps[0]):
        return RefusedReference(text, "It names a drive: only files of the asset are shown.")
    return AssetFile("/".join(steps))
