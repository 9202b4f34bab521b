"""Find the arrays of a Zarr folder by its metadata (formats 2 and 3), with the reason where one is not read.

Format 2: zarr-specs.readthedocs.io/en/latest/v2/v2.0.html, format 3: the same site, v3/core. The levels of an OME-Zarr
(ngff.openmicroscopy.org, `multiscales`) are arrays like any other. Example of format 2, `volume.zarr/0/.zarray`:
`{"zarr_format": 2, "shape": [9, 20, 30], "chunks": [1, 20, 30], "dtype": "<u2", "compressor": {"id": "zlib"}, …}`.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qc_core.stores.figures.decoding.array_choice import FoundArray, is_shown, measure_touched
from qc_core.stores.figures.decoding.sources import FigureSource

_PACKERS = frozenset(("blosc", "zlib", "gzip", "zstd", "lz4", "bz2", "lzma", "shuffle", "delta", "bitround"))
_CHECKSUMS = frozenset(("crc32", "crc32c", "adler32", "fletcher32"))
CODECS = _PACKERS | _CHECKSUMS
"""What unpacks numbers and runs nothing; numcodecs knows others, and one of them loads Python objects."""
_OF_FORMAT_3 = frozenset(("bytes", "transpose", "sharding_indexed"))
_UNREAD_CODEC = "It is packed in a way that the portal does not read. Blosc, gzip, zstd, lz4, bz2 and lzma are read."
_UNREAD_FORM = "Its metadata is damaged, or of a form that the portal does not read."
_KIND_OF_FORMAT_2 = re.compile(r"[<>|]([iuf])([1248])")
_KIND_OF_FORMAT_3 = re.compile(r"(int|uint|float)(8|16|32|64)")
_MOST_NODES, _DEEPEST, _MOST_BYTES = 1000, 8, 8_000_000
_METADATA_NAMES = ("zarr.json", ".zarray")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ZarrArray:
    """An array, of which Zarr format, and its metadata, without its attributes; `key` is that of its metadata."""

    found: FoundArray
    format: int
    path: str
    key: str
    metadata: bytes


def find_arrays(source: FigureSource, most_pixels: int) -> list[ZarrArray]:
    """The arrays with slices that could be pictures, those of a `multiscales` first, in its order."""
    found = []
    for path, version, metadata in _walk(source):
        array = _describe_2(path, metadata) if version == 2 else _describe_3(path, metadata)
        if array is not None and is_shown(array.shape, array.kind[0], most_pixels):
            known = {name: value for name, value in metadata.items() if name != "attributes"}
            key = _METADATA_NAMES[0] if version != 2 else _METADATA_NAMES[1]
            key = f"{path}/{key}" if path else key
            found.append(ZarrArray(array, version, path, key, json.dumps(known).encode()))
    return found


def _walk(source: FigureSource) -> Iterator[tuple[str, int, Json]]:
    """The path, format and metadata of each array; what consolidated metadata names is not read again."""
    waiting, seen = deque([("", 0)]), {""}
    consolidated: dict[str, Json] = {}
    while waiting:
        path, depth = waiting.popleft()
        metadata = consolidated.get(_join(path, "zarr.json")) or _read_json(source, _join(path, "zarr.json"))
        if metadata:
            if metadata.get("node_type") == "array":
                yield path, 3, metadata
                continue
            inline = _as_object(_as_object(metadata.get("consolidated_metadata")).get("metadata"))
            consolidated |= {_join(_join(path, key), "zarr.json"): _as_object(one) for key, one in inline.items()}
            attributes, named = _as_object(metadata.get("attributes")), list(inline)
        else:
            metadata = consolidated.get(_join(path, ".zarray")) or _read_json(source, _join(path, ".zarray"))
            if metadata:
                yield path, 2, metadata
                continue
            inline = _as_object(_read_json(source, _join(path, ".zmetadata")).get("metadata"))
            consolidated |= {_join(path, key): _as_object(one) for key, one in inline.items()}
            attributes, named = _read_json(source, _join(path, ".zattrs")), [key.rpartition("/")[0] for key in inline]
        levels = _list_levels(attributes)
        children = [*levels, *named, *([] if named or depth >= _DEEPEST else source.list_names(path))]
        for child in filter(_is_path, children):
            below = _join(path, child)
            if below not in seen and len(seen) < _MOST_NODES:
                seen.add(below)
                waiting.append((below, depth + 1))


def _list_levels(attributes: Json) -> list[str]:
    """The paths of the levels of an OME-Zarr, the finest first."""
    scales = _as_object(attributes.get("ome")).get("multiscales") or attributes.get("multiscales")
    levels = [one for scale in _as_list(scales) for one in _as_list(_as_object(scale).get("datasets"))]
    return [path for one in levels if isinstance(path := _as_object(one).get("path"), str)]


def _describe_2(path: str, metadata: Json) -> FoundArray | None:
    shape, chunks = _read_lengths(metadata.get("shape")), _read_lengths(metadata.get("chunks"))
    kind = _KIND_OF_FORMAT_2.fullmatch(str(metadata.get("dtype")))
    if shape is None or chunks is None or kind is None:
        return None
    packed = [metadata.get("compressor"), *_as_list(metadata.get("filters"))]
    is_known = all(one is None or _as_object(one).get("id") in CODECS for one in packed)
    bits = 8 * int(kind[2])
    name = {"i": "int", "u": "uint", "f": "float"}[kind[1]] + str(bits)
    return _describe(path, name, shape, chunks, is_known=is_known)


def _describe_3(path: str, metadata: Json) -> FoundArray | None:
    grid = _as_object(metadata.get("chunk_grid"))
    shape = _read_lengths(metadata.get("shape"))
    chunks = _read_lengths(_as_object(grid.get("configuration")).get("chunk_shape"))
    kind, codecs = str(metadata.get("data_type")), _as_list(metadata.get("codecs"))
    if shape is None or chunks is None or not _KIND_OF_FORMAT_3.fullmatch(kind) or grid.get("name") != "regular":
        return None
    if len(codecs) == 1 and _as_object(codecs[0]).get("name") == "sharding_indexed":  # its parts are read alone
        chunks = _read_lengths(_as_object(_as_object(codecs[0]).get("configuration")).get("chunk_shape"))
    is_known = _are_known(codecs) and not metadata.get("storage_transformers")
    return _describe(path, kind, shape, chunks, is_known=is_known)


def _describe(
    path: str, kind: str, shape: tuple[int, ...], chunks: tuple[int, ...] | None, *, is_known: bool
) -> FoundArray:
    if chunks is None or len(chunks) != len(shape) or 0 in chunks:
        return FoundArray(f"/{path}", shape, kind, 0, _UNREAD_FORM)
    bits = int("".join(filter(str.isdigit, kind)))
    touched, problem = measure_touched(shape, chunks, bits // 8)
    return FoundArray(f"/{path}", shape, kind, touched, problem if is_known else _UNREAD_CODEC)


def _are_known(codecs: list[Any]) -> bool:
    """Whether all codecs of format 3 are of the list, those within shards too."""
    for one in map(_as_object, codecs):
        name = str(one.get("name"))
        if name.removeprefix("numcodecs.") not in CODECS and name not in _OF_FORMAT_3:
            return False
        within = _as_object(one.get("configuration"))
        if name == "sharding_indexed":
            parts = [*_as_list(within.get("codecs")), *_as_list(within.get("index_codecs"))]
            if any(_as_object(part).get("name") == "sharding_indexed" for part in parts) or not _are_known(parts):
                return False
    return True


def _read_json(source: FigureSource, key: str) -> Json:
    """An object in a file of metadata, {} where there is none."""
    try:
        content = source.read(key, 0, _MOST_BYTES + 1)
        if content is None or len(content) > _MOST_BYTES:
            return {}
        return _as_object(json.loads(content))
    except (OSError, ValueError):
        return {}


def _read_lengths(value: object) -> tuple[int, ...] | None:
    if isinstance(value, list) and all(type(one) is int and 0 <= one < 2**53 for one in value) and len(value) < 33:
        return tuple(value)
    return None


def _is_path(child: str) -> bool:
    """Whether a name leads below its group, and to no file of metadata."""
    return all(part and part not in (".", "..") and "\0" not in part for part in child.split("/")) and not (
        child.rpartition("/")[2].startswith(".z") or child == "zarr.json"
    )


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _as_object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
