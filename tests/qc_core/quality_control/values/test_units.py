"""Units of numbers: read with the number where its object names one, kept by an edit, never guessed."""

from typing import Any

import pytest

from qc_core.quality_control.values.answers import apply_answer, editor, summary
from tests.qc_core.quality_control.values.value_samples import dropdown


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"value": 15.1, "unit": "µm"}, "15.1 µm"),
        ({"units": "µm", "value": 15}, "15 µm"),
        ({"value": 15.1, "rule": "value < 20", "unit": "µm"}, "15.1 µm"),
        (dropdown(2, (1, 2)) | {"unit": "ms"}, "2 ms"),
        ("15.1 µm", "15.1 µm"),
        ({"value": 15.1, "unit": None}, "value: 15.1, unit: (no value)"),
        ({"drift": 3.1, "unit": "µm"}, "drift: 3.1, unit: µm"),
        ({"value": True, "unit": "µm"}, "value: True, unit: µm"),
        ({"unit": "µm"}, "unit: µm"),
    ],
)
def test_a_number_is_read_with_the_unit_that_its_object_names(value: Any, line: str) -> None:
    assert summary(value) == line


def test_the_unit_of_a_number_survives_an_edit() -> None:
    ruled = {"value": 15.1, "rule": "value < 20", "unit": "µm"}
    assert apply_answer(ruled, editor(ruled), 16) == ruled | {"value": 16}
    table = {"value": 15.1, "unit": "µm"}
    assert apply_answer(table, editor(table), ((16, "µm"),)) == table | {"value": 16}
