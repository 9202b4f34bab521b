"""Vega and Vega-Lite specifications: recognise them, find the data that they load, and prepare them for the page."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from urllib.parse import quote

from qc_core.json_document.value import JsonValue
from qc_core.references.charts.loads import MAX_DEPTH, RAW, without_addresses
from qc_core.references.kind import suffix
from qc_core.references.reference import AssetFile, StoredFile, parse
from qc_core.references.s3 import S3File, read_s3
from qc_core.references.shown import reference_digest

_SCHEMA = re.compile(r"https?://vega\.github\.io/schema/(vega|vega-lite)/v[\d.]+\.json", re.IGNORECASE)
_SEVERAL_VIEWS = ("facet", "concat", "hconcat", "vconcat", "repeat")
_FACETING_CHANNELS = ("facet", "row", "column")
_TABLES = ("csv", "tsv", "dsv")
_COMPUTED = "an address that is computed: "
_TOO_DEEP = f"more than {MAX_DEPTH} levels:"
_OF_A_GROUP = ("data", "scales", "projections", "axes", "legends", "title", "marks", "layout")
_OF_THE_VIEW = ("width", "height", "padding", "autosize", "background")


class ChartKind(StrEnum):
    """The two languages of charts."""

    VEGA = "vega"
    VEGA_LITE = "vega-lite"


def chart_kind(found: JsonValue) -> ChartKind | None:
    """Which chart a JSON value is, by its `$schema`; None for anything else, and for what could not be drawn."""
    if isinstance(found, Mapping) and not all(
        isinstance(found.get(key, {}), Mapping) for key in ("datasets", "encoding")
    ):
        return None
    schema = found.get("$schema") if isinstance(found, Mapping) else None
    version = _SCHEMA.fullmatch(schema.strip().rstrip("#")) if isinstance(schema, str) else None
    return ChartKind(version[1].lower()) if version else None


def fills_any_frame(spec: Mapping[str, JsonValue]) -> bool:
    """Whether the chart can be given the size of a frame: one view (or layers of one), not sized by its steps.

    Vega-Lite gives a width and height to a view, not to a facet or concatenation of views, and a `{"step": …}`
    size follows from the number of marks (vega.github.io/vega-lite/docs/size.html).
    """
    encoding = spec.get("encoding")
    channels = encoding if isinstance(encoding, Mapping) else {}
    if any(key in spec for key in _SEVERAL_VIEWS) or any(key in channels for key in _FACETING_CHANNELS):
        return False
    return not any(isinstance(spec.get(side), Mapping) for side in ("width", "height"))


def data_addresses(drawn: JsonValue) -> tuple[str, ...]:
    """Every address that a chart loads data from, once; of what `prepare_chart` gives, those that a page asks for."""
    return tuple(dict.fromkeys(_data_urls(drawn)))


def foreign_data(spec: JsonValue, chart: StoredFile) -> str | None:
    """The first address that a chart loads data from and that leads out of the asset, None if there is none.

    An address that is not text but a signal (`{"signal": "…"}`, Vega) may lead anywhere.
    """
    return next((url for url in _data_urls(spec) if _next_to(url, chart) is None), None)


def data_files(spec: JsonValue, chart: StoredFile) -> dict[str, StoredFile]:
    """Digest → every file that a chart loads from its own folder; `chart` is where it lies itself."""
    files = [file for url in _data_urls(spec) if (file := _next_to(url, chart))]
    return {reference_digest(file.identity): file for file in files}


def prepare_chart(
    spec: Mapping[str, JsonValue], chart: StoredFile, address: Callable[[StoredFile], str]
) -> dict[str, JsonValue]:
    """The chart as the page draws it: data from its own folder at our addresses, and nothing that controls the page.

    Tables are asked for as JSON (`?rows`): Vega's reader of CSV makes code from the names of columns, which the
    page's policy forbids. `usermeta` is left out: vega-embed takes options from it, among them addresses to load and
    markup to show; so are addresses other than of data (`chart_loads`). A padding that is one number is written out,
    since Streamlit sets its parts.
    """

    def redirect_data(data: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
        file = _next_to(data["url"], chart)
        if file is None:
            return data
        form = data.get("format")
        form = dict(form) if isinstance(form, Mapping) else {}
        if form.get("type", suffix(file.name)) not in _TABLES:
            return {**data, "url": address(file)}
        delimiter = form.pop("delimiter", "")
        query = f"?rows={quote(delimiter, safe='')}" if isinstance(delimiter, str) else "?rows"
        return {**data, "url": address(file) + query, "format": {**form, "type": "json"}}

    kept = without_addresses(spec)
    assert isinstance(kept, Mapping), "a chart without its addresses is a chart"
    drawn = {key: _move(value, redirect_data, key == "data", 1) for key, value in kept.items() if key != "usermeta"}
    padding = drawn.get("padding")
    if isinstance(padding, int | float) and not isinstance(padding, bool):
        drawn["padding"] = dict.fromkeys(("top", "left", "right", "bottom"), padding)
    return _in_a_group(drawn) if chart_kind(spec) is ChartKind.VEGA else drawn


def _in_a_group(spec: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The same Vega chart with everything in one group mark of its size.

    Streamlit takes the top-level `data` of a chart out and makes one table of it, as fits Vega-Lite. Vega's is a list
    of named sources with transforms. It stays inside a group, which may hold all that a chart may
    (vega.github.io/vega/docs/marks/group).
    """
    moved = {key: spec[key] for key in _OF_A_GROUP if key in spec}
    given_signals = spec.get("signals")
    signals = [one for one in given_signals if isinstance(one, Mapping)] if isinstance(given_signals, list) else []
    own = [one for one in signals if one.get("name") in _OF_THE_VIEW]
    given = spec.get("encode")
    encode = dict(given) if isinstance(given, Mapping) else {}
    update = encode.get("update")
    size = {side: {"signal": side} for side in ("width", "height")}
    encode["update"] = size | (dict(update) if isinstance(update, Mapping) else {})
    group = {"type": "group", "encode": encode, "signals": [one for one in signals if one not in own], **moved}
    rest = {key: value for key, value in spec.items() if key not in (*_OF_A_GROUP, "signals", "encode")}
    return {**rest, "signals": own, "marks": [group]}


def _next_to(url: str, chart: StoredFile) -> StoredFile | None:
    """The file that a relative address in a chart means; None for one that leads elsewhere.

    Next to a chart of the asset lies the asset; next to an object in S3 its own folder; next to a file in Kachery
    nothing.
    """
    match chart:
        case AssetFile(path):
            found = parse("/" + _steps(url, path))
            return found if isinstance(found, AssetFile) else None
        case S3File(bucket, key):
            steps = _steps(url, key)
            inside = steps.startswith(key[: key.rfind("/") + 1]) and not url.startswith("/")
            read = read_s3(f"s3://{bucket}/{steps}") if inside else ""
            return read if isinstance(read, S3File) else None
    return None


def _steps(url: str, base: str) -> str:
    """The path that a relative address leads to from a file; "" where it leads out of everything."""
    if ":" in url or url.startswith("//"):
        return ""
    steps: list[str] = []
    for step in [*(() if url.startswith("/") else base.split("/")[:-1]), *url.split("/")]:
        if step == ".." and not steps:
            return ""
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _data_urls(part: JsonValue, is_data: bool = False, depth: int = 0) -> list[str]:
    if depth > MAX_DEPTH and isinstance(part, Mapping | list):
        return [_TOO_DEEP]
    if isinstance(part, list):
        return [url for item in part for url in _data_urls(item, is_data, depth + 1)]
    if not isinstance(part, Mapping):
        return []
    own = part.get("url")
    found = [own if isinstance(own, str) else _COMPUTED] if is_data and own is not None else []
    return found + [
        url
        for key, value in part.items()
        if isinstance(value, Mapping | list) and key not in RAW
        for url in _data_urls(value, key == "data", depth + 1)
    ]


def _move(
    part: JsonValue,
    redirect: Callable[[Mapping[str, JsonValue]], Mapping[str, JsonValue]],
    is_data: bool,
    depth: int,
) -> JsonValue:
    """The same part of a chart, with everything under a key `data` that names an address passed through `redirect`."""
    if depth > MAX_DEPTH:
        return part
    if isinstance(part, list):
        return [_move(item, redirect, is_data, depth + 1) for item in part]
    if not isinstance(part, Mapping):
        return part
    if is_data and isinstance(part.get("url"), str):
        part = redirect(part)
    items = part.items()
    return {key: value if key in RAW else _move(value, redirect, key == "data", depth + 1) for key, value in items}
