"""The outcome of an attempt to send a message."""

from enum import Enum


class Outcome(Enum):
    """SENT: the other side took it. REFUSED: it certainly did not, for now. UNKNOWN: nobody can say."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
