"""Read several records by one request."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qc_core.stores.docdb.failures import AnswerTooLarge
from qc_core.stores.docdb.gateway import Gateway

_MOST = 50
"""The number of ids in the address of one request, at most."""


def read_batch(gateway: Gateway, record_ids: Sequence[str], projection: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The records with these ids that the gateway gives together, in halves where they are too large for one answer.

    One that is missing, or too large by itself, is left out. Raises StoreUnavailable.
    """
    waiting = [list(record_ids[start : start + _MOST]) for start in range(0, len(record_ids), _MOST)]
    while waiting:
        some = waiting.pop(0)
        try:
            yield from gateway.find({"_id": {"$in": some}}, projection, limit=len(some))
        except AnswerTooLarge:
            middle = len(some) // 2
            waiting[:0] = [half for half in (some[:middle], some[middle:]) if len(some) > 1]
