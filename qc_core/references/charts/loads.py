"""Remove from a Vega or Vega-Lite chart what would make the browser load or open addresses other than its data.

A chart is drawn in the portal's page, with the reader's login. These parts of the two languages name addresses:

- marks of the type `image` load pictures (vega.github.io/vega/docs/marks/image): such a chart is not drawn;
- `href` opens an address at a click, and `url` is that of an image mark: both are left out;
- `cursor` takes any CSS cursor, pictures too, also as a signal of that name: left out;
- `bind` makes an HTML input with any attribute (vega.github.io/vega/docs/signals/#bind), for instance
  `{"input": "image", "src": …}`, or listens to any `element` of the page: only inputs that are known stay.

Pictures in tooltips depend on the data, so `pages/components/frontend/figure/chart.js` leaves them out in the browser.
"""

from collections.abc import Mapping

from qc_core.json_document.value import JsonValue

RAW = ("values", "datasets", "usermeta")
"""Parts that hold data itself, in which nothing is looked for."""
MAX_DEPTH = 60
"""Levels of nesting; a chart with more is not drawn, so that nothing is overlooked in it."""
_LEADS_AWAY = ("href", "cursor")
_INPUTS = {"range", "checkbox", "radio", "select", "text", "number", "color", "date", "time", "month", "week", "search"}
_OF_AN_INPUT = {"input", "min", "max", "step", "options", "labels", "name", "placeholder", "debounce", "value"}


def draws_pictures(part: JsonValue, depth: int = 0) -> bool:
    """Whether a chart, or a part of one, has a mark that loads pictures; also where it is too deep to be sure."""
    if not isinstance(part, Mapping | list):
        return False
    if depth > MAX_DEPTH:
        return True
    if isinstance(part, list):
        return any(draws_pictures(item, depth + 1) for item in part)
    if "image" in (part.get("mark"), part.get("type")):
        return True
    return any(draws_pictures(value, depth + 1) for key, value in part.items() if key not in RAW)


def without_addresses(part: JsonValue, key: str = "") -> JsonValue:
    """The part of a chart without addresses other than those of data; `key` is the key of the part.

    The chart is at most `MAX_DEPTH` levels deep, which `draws_pictures` has made sure.
    """
    if isinstance(part, list):
        items = [item for item in part if not (key in {"signals", "params"} and _is_cursor(item))]
        return [without_addresses(item, key) for item in items]
    if not isinstance(part, Mapping):
        return part
    if key == "bind":
        return _read_binding(part)
    dropped = _LEADS_AWAY if key == "data" else (*_LEADS_AWAY, "url")
    return {
        name: value if name in RAW else without_addresses(value, name)
        for name, value in part.items()
        if name not in dropped
    }


def _is_cursor(signal: JsonValue) -> bool:
    """Whether a signal or parameter is the one that Vega takes for the pointer's shape over the whole chart."""
    return isinstance(signal, Mapping) and signal.get("name") == "cursor"


def _read_binding(bind: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """A binding to an input, or one for each field (`{"Year": {"input": "range", …}}`), with what is known alone."""
    if "input" not in bind:
        kept = {name: value for name, value in bind.items() if name != "element"}
        return {name: _read_binding(value) if isinstance(value, Mapping) else value for name, value in kept.items()}
    known = {name: value for name, value in bind.items() if name in _OF_AN_INPUT}
    return known | {"input": bind["input"] if bind["input"] in _INPUTS else "text"}
