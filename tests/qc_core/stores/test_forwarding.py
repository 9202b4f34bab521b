"""A wrapper of a record store forwards every method of the port, with its arguments and its answer."""

import inspect
from typing import Any

import pytest

from qc_core.errors import StoreUnavailable
from qc_core.stores.forwarding import ForwardingRecords
from qc_core.stores.ports import RecordStore
from qc_core.stores.timed import MeasuredRecords

METHODS = [name for name, _ in inspect.getmembers(RecordStore, inspect.isfunction) if not name.startswith("_")]
ARGUMENTS: dict[str, tuple[object, ...]] = {
    "get_cached": ("id", 1.5),
    "find_ids": ("name", True),
    "submit": ("id", "a patch"),
    "read_ahead": (["id", "another"],),
}


class Recorder:
    """Answers every call with its name and arguments."""

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: (name, arguments)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_of_the_port_is_forwarded(method: str) -> None:
    arguments = ARGUMENTS.get(method, ("id",))
    wrapped: Any = ForwardingRecords(Recorder())
    answer = getattr(wrapped, method)(*arguments)
    assert answer == (None if method in ("submit", "read_ahead") else (method, arguments))
    mine, wanted = (inspect.signature(getattr(of, method)) for of in (ForwardingRecords, RecordStore))
    assert mine == wanted


@pytest.mark.parametrize("method", METHODS)
def test_every_call_is_measured_also_one_that_fails(method: str) -> None:
    class Failing:
        def __getattr__(self, name: str) -> Any:
            def fail(*_: object) -> None:
                raise StoreUnavailable("It is down.")

            return fail

    measured: list[tuple[str, float]] = []
    times = iter([10.0, 12.5])
    store: Any = MeasuredRecords(
        Failing(),
        lambda name, seconds: measured.append((name, seconds)),
        lambda: next(times),
    )
    with pytest.raises(StoreUnavailable):
        getattr(store, method)(*ARGUMENTS.get(method, ("id",)))
    assert measured == [(method, 2.5)]
