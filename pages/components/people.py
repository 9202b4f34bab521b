"""Names of people on the screen, with a warning if a name can be confused with another."""

from pages.shell.errors import plain
from pages.shell.portal import person_name
from pages.shell.session import reviews
from qc_core.identity.look_alikes import LookAlikes
from qc_core.quality_control.document import QualityControl


def list_signers(document: QualityControl) -> set[str]:
    """Everyone who signed something in a document: statuses, and versions of curations."""
    names = {entry.evaluator for metric in document.metrics for entry in metric.history}
    curations = [metric.curation for metric in document.metrics if metric.curation]
    return names | {curator for curation in curations for curator, _ in curation.history}


def get_look_alike_warning(record_id: str, name: str) -> str | None:
    """The warning for a name that can be confused with another name in that record, None if it cannot."""
    opened = reviews.get_review(record_id)
    if opened.look_alikes is None:
        opened.look_alikes = LookAlikes(sorted(list_signers(opened.stored.document) | {person_name()}))
    return opened.look_alikes.warning(name)


def format_person(record_id: str, name: str) -> str:
    """A name for Markdown, followed by the warning where there is one."""
    doubt = get_look_alike_warning(record_id, name)
    return f"{plain(name)} (⚠ {plain(doubt)})" if doubt else plain(name)


def format_person_in_table(record_id: str, name: str) -> str:
    """The same as text without Markdown."""
    doubt = get_look_alike_warning(record_id, name)
    return f"{name} (⚠ {doubt})" if doubt else name
