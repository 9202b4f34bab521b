"""Open a review, keep its draft, and submit a change set: the use cases of reviewing."""

from qc_core.reviewing.draft_keeping import remove_landed, save, save_known
from qc_core.reviewing.opening import Review, build_review, open_review
from qc_core.reviewing.submission import TRIES, Submission, submit

__all__ = [
    "TRIES",
    "Review",
    "Submission",
    "build_review",
    "open_review",
    "remove_landed",
    "save",
    "save_known",
    "submit",
]
