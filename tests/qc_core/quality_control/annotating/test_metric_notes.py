from typing import Any

from qc_core.quality_control.annotating.metric_notes import find_notes
from qc_core.quality_control.document import read
from tests.qc_core.quality_control.documents import entry, v2, v2_metric

FIRST = entry("Pending", "2025-01-01T10:00:00Z", "Pipeline")
BY_ADA = entry("Fail", "2025-01-02T10:00:30Z", "Ada")


def list_notes(notes: str, *metrics: Any, of: int = 0) -> list[Any]:
    document = read(v2(*metrics, notes=notes))
    found = find_notes(document, document.metrics[of])
    return [(each.line.note, each.entry.word if each.entry else "", each.shared_with) for each in found]


def test_note_is_found_with_the_status_that_it_came_with() -> None:
    drift = v2_metric("drift", FIRST, BY_ADA)
    notes = "By hand.\n2025-01-02 10:00 UTC · Ada · drift: hum\n2025-01-01 12:00 UTC · Bo · drift: wait"
    assert list_notes(notes, drift) == [("hum", "Fail", 0), ("wait", "Pending", 0)]


def test_note_of_a_metric_with_a_longer_name_is_not_taken() -> None:
    metrics = [v2_metric("drift", FIRST), v2_metric("max · drift", FIRST)]
    notes = "2025-01-02 10:00 UTC · Ada · max · drift: hum"
    assert list_notes(notes, *metrics) == []
    assert list_notes(notes, *metrics, of=1) == [("hum", "Pending", 0)]


def test_note_belongs_to_the_metric_of_that_name_that_the_person_signed() -> None:
    metrics = [v2_metric("drift", FIRST, tags={"probe": probe}) for probe in "AB"]
    metrics[1]["status_history"] = [FIRST, BY_ADA]
    notes = "2025-01-02 10:00 UTC · Ada · drift: hum"
    assert list_notes(notes, *metrics) == []
    assert list_notes(notes, *metrics, of=1) == [("hum", "Fail", 0)]


def test_note_alone_may_be_of_any_metric_of_that_name() -> None:
    metrics = [v2_metric("drift", FIRST, tags={"probe": probe}) for probe in "AB"]
    notes = "2025-01-03 10:00 UTC · Ada · drift: hum"
    assert list_notes(notes, *metrics) == list_notes(notes, *metrics, of=1) == [("hum", "Pending", 1)]


def test_metric_without_notes_has_none() -> None:
    assert list_notes("", v2_metric("drift")) == list_notes("drift: by hand", v2_metric("drift")) == []
