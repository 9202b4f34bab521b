"""What lives as long as the process is not looked through for garbage after each run; what ended still goes."""

import gc
import sys
import tomllib
import types
import weakref
from collections.abc import Callable, Iterator

import pytest

from pages.shell import garbage
from pages.shell.garbage import COLLECT_EVERY, collect_garbage, freeze_modules
from tests.paths import ROOT


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


def test_garbage_is_collected_now_and_then_and_not_after_each_run(
    load_module: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_module()
    assert collect_garbage()
    knot = Knot()
    gone = weakref.ref(knot)
    del knot
    gc.disable()
    try:
        assert not collect_garbage()
        assert gone() is not None
        monkeypatch.setattr(garbage, "_collected_at", garbage._collected_at - COLLECT_EVERY)
        assert collect_garbage()
        assert gone() is None
    finally:
        gc.enable()


def test_streamlit_does_not_collect_garbage_after_each_run() -> None:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        assert tomllib.load(file)["runner"]["postScriptGC"] is False
