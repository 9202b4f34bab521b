from typing import Any

import pytest

from qc_core.quality_control.annotating.asset_changes import list_changes
from qc_core.quality_control.document import read
from tests.qc_core.quality_control.documents import entry, quality_control_of, records, v2, v2_metric

FIRST = entry("Pending", "2025-01-01T10:00:00Z", "Pipeline")
BY_ADA = entry("Fail", "2025-01-02T10:00:30Z", "Ada")


def rows(document: Any) -> list[Any]:
    return [
        (
            change.who,
            change.index,
            change.was.word if change.was else "",
            change.entry.word if change.entry else "",
            [note.will for note in change.notes],
        )
        for change in list_changes(read(document), ())
    ]


def test_change_has_one_row_with_its_note() -> None:
    notes = "2025-01-02 10:00 UTC · Ada · drift: hum\n2025-01-03 10:00 UTC · Bo · drift: later"
    assert rows(v2(v2_metric("drift", FIRST, BY_ADA), notes=notes)) == [
        ("Bo", 0, "", "", ["later"]),
        ("Ada", 0, "Pending", "Fail", ["hum"]),
        ("Pipeline", 0, "", "Pending", []),
    ]


def test_notes_by_hand_come_last_as_nobody_knows_when_they_were_written() -> None:
    assert rows(v2(v2_metric("drift", FIRST), notes="By hand."))[-1] == ("", None, "", "", ["By hand."])


@pytest.mark.parametrize("path", records())
def test_every_entry_of_every_record_has_a_row(path: Any) -> None:
    document = read(quality_control_of(path))
    changes = list_changes(document, ())
    entries = [change.entry for change in changes if change.entry]
    assert len(entries) == sum(len(metric.history) for metric in document.metrics)
    times = [change.at for change in changes if change.at]
    assert times == sorted(times, reverse=True)
