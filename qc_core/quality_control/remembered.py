"""Remember what is found out about a document, for as long as the document itself is held.

A document never changes, and many people open the same one. What it says at a moment changes only where a history has
an entry in the future: from the time of the last entry on it stays as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import ref

from qc_core.quality_control.document import QualityControl

MAX_RESULTS = 64
"""Results that are remembered of one document at most: a tree may be asked for by ever other keys."""

_lock = Lock()
_known: dict[int, "_Known"] = {}
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@dataclass(slots=True)
class _Known:
    """What is remembered of one document. `settled_at` is the time of its last entry."""

    document: "ref[QualityControl]"
    settled_at: datetime
    results: dict[object, Any] = field(default_factory=dict)


def remember(
    function: Callable[Concatenate[QualityControl, Parameters], Result],
) -> Callable[Concatenate[QualityControl, Parameters], Result]:
    """A function of a document that finds each result once. What it gives must not be changed by anybody."""

    @wraps(function)
    def remembered(document: QualityControl, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        return _recall(_know(document), function, lambda: function(document, *args, **kwargs), args, kwargs)

    return remembered


def remember_settled(
    function: Callable[Concatenate[QualityControl, datetime, Parameters], Result],
) -> Callable[Concatenate[QualityControl, datetime, Parameters], Result]:
    """A function of a document and a moment that finds each result once, of moments when no entry is in the future."""

    @wraps(function)
    def remembered(
        document: QualityControl, at: datetime, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Result:
        known = _know(document)
        if at < known.settled_at:
            return function(document, at, *args, **kwargs)
        return _recall(known, function, lambda: function(document, at, *args, **kwargs), args, kwargs)

    return remembered


def _recall(known: _Known, function: object, find: Callable[[], Result], args: Any, kwargs: Any) -> Result:
    key = (function, args, tuple(sorted(kwargs.items())))
    with _lock:  # another thread may drop the oldest result
        if key in known.results:
            remembered: Result = known.results[key]
            return remembered
    found = find()
    with _lock:
        known.results[key] = found
        while len(known.results) > MAX_RESULTS:
            del known.results[next(iter(known.results))]
    return found


def _know(document: QualityControl) -> _Known:
    """What is remembered of this very document: two of equal content are two, since to compare them takes long."""
    name = id(document)
    known = _known.get(name)
    if known is None or known.document() is not document:
        known = _Known(ref(document, lambda _: _forget(name)), _find_last_time(document))
        with _lock:
            _known[name] = known
    return known


def _forget(name: int) -> None:
    """A document is gone: so is what was remembered of it, unless another has its place already."""
    known = _known.get(name)
    if known is not None and known.document() is None:
        _known.pop(name, None)


def _find_last_time(document: QualityControl) -> datetime:
    times = (entry.timestamp for metric in document.metrics for entry in metric.history if entry.timestamp)
    return max(times, default=datetime.min.replace(tzinfo=UTC))
