"""What lives as long as the process is not looked through for garbage after each run; what ended still goes."""

import gc
import sys
import types
import weakref
from collections.abc import Callable, Iterator

import pytest

from pages.shell import garbage
from pages.shell.garbage import freeze_modules


class Knot:
    """An object that only a collection of garbage can take away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def load_module(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Makes it look as if one more module was loaded, each time that it is called."""
    monkeypatch.setattr(garbage, "_modules_seen", 0)
    names = (f"a_module_of_this_test_{number}" for number in range(9))

    def load() -> None:
        name = next(names)
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))

    yield load
    gc.unfreeze()


def test_objects_alive_after_loading_modules_are_frozen(load_module: Callable[[], None]) -> None:
    load_module()
    assert freeze_modules()
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 1_000


def test_nothing_is_frozen_if_no_module_was_loaded(load_module: Callable[[], None]) -> None:
    load_module()
    freeze_modules()
    knot = Knot()
    assert not freeze_modules()
    assert any(one is knot for one in gc.get_objects())


def test_frozen_garbage_is_collected_when_more_modules_are_loaded(load_module: Callable[[], None]) -> None:
    knot = Knot()
    load_module()
    freeze_modules()
    gone = weakref.ref(knot)
    del knot
    gc.collect()
    assert gone() is not None
    load_module()
    freeze_modules()
    assert gone() is None
