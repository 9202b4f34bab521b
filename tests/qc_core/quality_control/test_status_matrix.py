from typing import Any

import pytest

from qc_core.quality_control.arrangement import select_metrics
from qc_core.quality_control.document import read
from qc_core.quality_control.status_matrix import build_matrix
from tests.qc_core.quality_control.documents import NOW, entry, quality_control_of, records, v2, v2_metric


def test_matrix_has_a_row_a_modality_a_column_a_stage_and_a_line_a_tag() -> None:
    document = read(
        v2(
            v2_metric("a", entry("Fail")),
            v2_metric("b", entry("Pending"), stage="Processing", tags={"probe": "B"}),
            v2_metric("c", entry("Pass"), modality={"name": "Video", "abbreviation": "video"}),
        )
    )
    matrix = build_matrix(document, NOW)
    assert matrix.stages == ("Raw data", "Processing")
    found = [(name, [str(cell.status) if cell else "" for cell in cells]) for name, cells in matrix.rows]
    assert found == [("ecephys", ["Fail", "Pending"]), ("video", ["Pass", ""])]
    assert [(tag, str(cell.status), cell.total) for tag, cell in matrix.tags] == [
        ("probe:B", "Pending", 1),
        ("probe:ProbeA", "Fail", 2),
    ]


def test_tags_are_in_the_order_of_their_keys_and_then_of_their_values_with_numbers_by_size() -> None:
    shank = [("shank", value) for value in ("10", "2", "a", "B", "02")]
    tags = [*shank, ("probe", "ProbeB"), ("probe", "ProbeA10"), ("Probe", "X"), ("probe", "ProbeA9")]
    document = read(v2(*(v2_metric(f"m{n}", entry(), tags={key: value}) for n, (key, value) in enumerate(tags))))
    assert [tag for tag, _ in build_matrix(document, NOW).tags] == [
        *("Probe:X", "probe:ProbeA9", "probe:ProbeA10", "probe:ProbeB"),
        *("shank:02", "shank:2", "shank:10", "shank:a", "shank:B"),
    ]


@pytest.mark.parametrize("path", records())
def test_conditions_of_each_cell_select_its_metrics(path: Any) -> None:
    document = read(quality_control_of(path))
    matrix = build_matrix(document, NOW)
    cells = [cell for _, row in matrix.rows for cell in row if cell]
    assert sum(cell.total for cell in cells) == len(document.metrics)
    for cell in (*cells, *(cell for _, cell in matrix.tags)):
        if cell.conditions:
            assert len(select_metrics(document, cell.conditions, NOW)) == cell.total
