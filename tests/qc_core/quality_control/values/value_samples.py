"""Values of every kind, for the tests of values."""

import math
from typing import Any


def dropdown(
    value: str = "", options: Any = ("Low", "High"), status: Any = ("Pass", "Fail"), kind: str = "dropdown"
) -> dict[str, Any]:
    options = list(options) if isinstance(options, tuple) else options
    return {"value": value, "options": options, "status": list(status) if status else status, "type": kind}


def checkbox(value: str = "", options: Any = ("A", "B", "C"), status: Any = ("Pass", "Pending", "Fail")) -> Any:
    return dropdown(value, options, status, "checkbox")


DICT = {"a": [1, 2], "b": [1.5, None]}
WITH_NAN = {"a": [1, 2], "b": [1.5, math.nan], "c": [2**60, 1]}
RECORDS = [{"unit": 1, "snr": 5.2, "label": "good"}, {"snr": 3.0, "unit": 2, "label": None}]
INDEXED = {"Index": ["x", "y"], "n": [1, 2]}
RULED = {"value": 5, "rule": "value > 3"}
SENTENCE = {"value": False, "rule": "Fail for epilepsy probablity > 0.5"}
TEXT = '{ "value": "", "options": ["Low", "High"],  "status": ["Pass", "Fail"], "type": "dropdown" }'
PER_ASSET = {"values": [1, None], "options": None, "type": None}
CHOSEN = {"values": ["Low", "Odd"], "options": ["Low", "High"], "type": "dropdown"}
TICKED = {"values": [["Low"], []], "options": ["Low", "High"], "type": "checkbox"}
CURATED = {"curations": ["{}"], "curation_history": [], "type": "curation"}
SCALARS = {"a": 1, "b": "x", "c": None, "d": False}
