"""A position has one form in the URL and one in JSON, and each is read back as the same position."""

import json
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as some

from qc_core.quality_control.position import Position, format_json, format_query, read_json, read_query

# Half a character, which JSON can hold, is no part of any URL.
TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=30)
POSITIONS = some.builds(Position, TEXT, TEXT)
ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.sampled_from(["group", "metric", "x"]), inner),
)


@given(POSITIONS)
def test_a_position_is_read_back_from_its_url(position: Position) -> None:
    query = urlencode({"name": "mouse"} | format_query(position))
    assert read_query(dict(parse_qsl(query))) == position


@given(POSITIONS)
def test_a_position_is_read_back_from_its_json(position: Position) -> None:
    assert read_json(json.loads(json.dumps(format_json(position)))) == position


@given(ANYTHING)
def test_any_json_from_the_browser_is_read_as_a_position(value: object) -> None:
    position = read_json(value)
    assert isinstance(position.group, str) and isinstance(position.metric, str)


def test_the_parameters_of_a_url_leave_out_what_is_empty() -> None:
    assert format_query(Position("probe=A/type=drift", "Drift")) == {"group": "probe=A/type=drift", "metric": "Drift"}
    assert format_query(Position("probe=A")) == {"group": "probe=A"}
    assert format_query(Position()) == {}
