"""Give programs a short-lived address of a figure that a record refers to."""

from dataclasses import dataclass
from urllib.parse import quote

from qc_core.errors import NotAllowed, RecordNotFound
from qc_core.references.shown import files_named
from qc_core.services import Services
from qc_core.stores.figures.tokens import TOKEN_LIFETIME
from qc_core.stores.ports import Redirect, StoredRecord


@dataclass(frozen=True, slots=True)
class Signed:
    """An address that needs no login, good for at least `seconds` more: of a hosted store, or a path on the portal."""

    url: str
    seconds: int


def sign_reference(services: Services, name: str, reference: str) -> Signed:
    """The address of the one file that `reference` names, in the first record of that name that holds it.

    Raises RecordNotFound where there is no such record, NotAllowed where none of that name holds the reference,
    and what the figure store raises.
    """
    found = [services.records.get_fresh(record_id) for record_id in services.records.find_ids(name)]
    if not found:
        raise RecordNotFound(f"There is no record named {name}.", "Give the whole name of a data asset.")
    for record in found:
        digest = _find_held(services, record, reference)
        if digest is not None:
            break
    else:
        raise NotAllowed(
            "The record does not hold that reference.",
            "Give one as a metric of the record has it; of a pair, one of the two.",
        )
    found_at = services.figures.open(record.record_id, digest)
    if isinstance(found_at, Redirect):
        return Signed(found_at.url, found_at.max_age)
    name = files_named([reference], services.figures.locations(record))[digest].name
    token = services.figure_tokens.issue(record.record_id, digest)
    return Signed(f"/lent/{token}/{quote(name, safe='')}", int(TOKEN_LIFETIME.total_seconds()))


def _find_held(services: Services, record: StoredRecord, reference: str) -> str | None:
    """The digest of the file, where the record's own references name it, and the reference names it alone."""
    locations = services.figures.locations(record)
    asked = files_named([reference], locations)
    held = files_named((metric.reference for metric in record.document.metrics), locations)
    (digest,) = asked if len(asked) == 1 else (None,)
    return digest if digest in held else None
