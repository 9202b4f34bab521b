"""What a Vega-Lite specification says of its own size."""

from collections.abc import Mapping

from qc_core.json_value import JsonValue

_SEVERAL_VIEWS = ("facet", "concat", "hconcat", "vconcat", "repeat")
_FACETING_CHANNELS = ("facet", "row", "column")


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
