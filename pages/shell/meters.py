"""The metrics behind `/metrics`, kept by prometheus-client for this process since its start."""

from prometheus_client import REGISTRY, Counter, Gauge, Histogram
from streamlit.runtime import Runtime

from qc_core.reviewing import Submission

_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
_submissions = Counter("qc_portal_submissions", "Submissions, by outcome.", ["outcome"])
_conflicts = Counter("qc_portal_conflicts", "Changes that conflicted with somebody else's change.")
_errors = Counter("qc_portal_errors", "Errors shown to people and programs, by kind.", ["kind"])
_store = Histogram(
    "qc_portal_store_seconds",
    "Seconds that a page waited for the store of records.",
    ["operation"],
    buckets=_SECONDS,
)
_gateway = Histogram(
    "qc_portal_gateway_seconds",
    "Seconds of each request to the database's gateway, by outcome.",
    ["operation", "outcome"],
    buckets=_SECONDS,
)


def count_submission(outcome: Submission) -> None:
    """Count one submission, and its conflicts."""
    failed = type(outcome.failure).__name__ if outcome.failure else None
    _submissions.labels(failed or ("conflict" if outcome.conflicts else "landed")).inc()
    _conflicts.inc(len(outcome.conflicts))


def count_error(kind: str) -> None:
    """Count one error that was shown to somebody."""
    _errors.labels(kind).inc()


def observe_store(operation: str, seconds: float) -> None:
    """Note how long the store of records took."""
    _store.labels(operation).observe(seconds)


def observe_gateway(operation: str, seconds: float, well: bool) -> None:
    """Note one request to the database's gateway: each try of a read is one."""
    _gateway.labels(operation, "answered" if well else "failed").observe(seconds)


def count_refusal(status: int) -> None:
    """Count one request to a route of ours that was answered with an error."""
    _errors.labels(f"http {status}").inc()


def _sessions() -> float:
    # Streamlit keeps the number to itself; its own page of metrics has it among much else.
    return float(Runtime.instance()._session_mgr.num_active_sessions()) if Runtime.exists() else 0.0


Gauge("qc_portal_sessions", "Pages that are open now.", registry=REGISTRY).set_function(_sessions)
