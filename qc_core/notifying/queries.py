"""What a subscription asks for, as the query of a queue."""

from qc_core.assets.queue import QueueQuery, format_queue_query, parse_queue_query
from qc_core.errors import BadSetting
from qc_core.settings.notifications import Subscription

_ORDER = {"sort", "order"}
"""What an address holds besides conditions; it is not asked for."""


def read_query(subscription: Subscription) -> QueueQuery:
    """The query of a subscription. Raises BadSetting for an unknown condition, which would match all assets."""
    pairs = [pair for pair in subscription.query if pair[0] not in _ORDER]
    query = parse_queue_query(pairs)
    understood = {key for key, _ in format_queue_query(query)}
    unknown = [key for key, _ in pairs if key not in understood]
    if unknown or query.older_than is not None:
        raise BadSetting(
            f"QC_PORTAL_NOTIFY has the condition {(unknown or ['age'])[0]!r} for {name_address(subscription.address)}.",
            "Use those that the address of a queue has, such as project, person, subject, stage and tag.",
        )
    return query


def name_address(address: str) -> str:
    """An address for a report: of a web address the host alone, since its path may be secret."""
    return address.split("/")[2] if "://" in address else address
