"""Who is served when: in the order in which jobs begin, never by the time they take."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from qc_core.errors import StoreUnavailable, TooBusy
from qc_core.stores.figures.fair_pool import FairPool, PoolLimits


class Order:
    """Makes jobs that note when they begin; jobs made by `held` wait for `release` first."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.release = threading.Event()

    def job(self, name: str) -> Callable[[], str]:
        def act() -> str:
            self.begun.append(name)
            return name

        return act

    def hold(self, started: threading.Event) -> Callable[[], None]:
        def act() -> None:
            started.set()
            assert self.release.wait(30)

        return act


@pytest.fixture
def order() -> Iterator[Order]:
    made = Order()
    yield made
    made.release.set()


@contextmanager
def occupy(pool: FairPool, order: Order, who: str, threads: int = 1) -> Iterator[None]:
    """As many threads of the pool at work for one person, until the end of the block."""
    for number in range(threads):
        started = threading.Event()
        pool.submit(who, "blocks", ("block", who, number), order.hold(started))
        assert started.wait(30)
    yield
    order.release.set()


def pool_of(threads: int = 1, per_person: int = 1, **more: Any) -> FairPool:
    return FairPool("test", PoolLimits(threads, per_person, **more))


def test_a_job_gives_its_result_or_its_error() -> None:
    pool = pool_of()
    assert pool.submit("A", "figure", 1, lambda: 42).future.result(30) == 42
    with pytest.raises(ZeroDivisionError):
        pool.submit("A", "figure", 2, lambda: 1 // 0).future.result(30)
    assert pool.submit("A", "figure", 1, lambda: 43).future.result(30) == 43


def test_another_person_comes_next_however_much_one_has_asked_for(order: Order) -> None:
    pool = pool_of()
    with occupy(pool, order, "A"):
        jobs = [pool.submit("A", "figure", f"A{at}", order.job(f"A{at}")) for at in range(20)]
        jobs += [pool.submit("B", "figure", f"B{at}", order.job(f"B{at}")) for at in range(2)]
    for job in jobs:
        job.future.result(30)
    assert order.begun[:4] == ["B0", "A0", "B1", "A1"]


def test_one_person_never_takes_the_last_thread(order: Order) -> None:
    pool = pool_of(threads=3, per_person=2)
    with occupy(pool, order, "A", threads=2):
        waits = pool.submit("A", "figure", "A", order.job("A"))
        assert pool.submit("B", "figure", "B", order.job("B")).future.result(30) == "B"
        assert not waits.future.done()
    assert waits.future.result(30) == "A"


def test_one_figure_never_takes_all_the_threads_of_a_person(order: Order) -> None:
    pool = pool_of(threads=3, per_person=2, per_figure=1)
    with occupy(pool, order, "A"):
        waits = pool.submit("A", "blocks", "odd", order.job("odd"))
        assert pool.submit("A", "other", "other", order.job("other")).future.result(30) == "other"
        assert not waits.future.done()
    assert waits.future.result(30) == "odd"


def test_another_figure_of_a_person_comes_next_however_often_one_is_requested(order: Order) -> None:
    pool = pool_of()
    with occupy(pool, order, "A"):
        jobs = [pool.submit("A", "odd", f"odd{at}", order.job(f"odd{at}")) for at in range(20)]
        jobs.append(pool.submit("A", "other", "other", order.job("other")))
    for job in jobs:
        job.future.result(30)
    assert order.begun.index("other") <= 1


def test_two_requests_for_the_same_share_one_job(order: Order) -> None:
    pool = pool_of()
    with occupy(pool, order, "A"):
        jobs = [pool.submit(who, "figure", "same", order.job("same")) for who in ("A", "A", "B")]
    assert {job.future.result(30) for job in jobs} == {"same"}
    assert order.begun == ["same"]


def test_a_shared_job_comes_when_it_is_the_turn_of_any_who_ask(order: Order) -> None:
    pool = pool_of()
    with occupy(pool, order, "A"):
        jobs = [pool.submit("A", "figure", f"A{at}", order.job(f"A{at}")) for at in range(10)]
        pool.submit("B", "figure", "A9", order.job("A9"))
    for job in jobs:
        job.future.result(30)
    assert order.begun[0] == "A9"
    assert len(order.begun) == 10


def test_a_job_without_a_thread_fails_and_the_next_one_works(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    pool = pool_of()
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        job = pool.submit("A", "figure", "1", order.job("1"))
    with pytest.raises(StoreUnavailable, match="no more threads"):
        job.future.result(30)
    pool.leave(job)
    assert pool.submit("A", "figure", "1", order.job("1")).future.result(30) == "1"


def test_too_much_is_refused_by_figure_by_person_and_in_all(order: Order) -> None:
    pool = pool_of(waiting=4, waiting_per_person=3, waiting_per_figure=2)
    with occupy(pool, order, "A"):
        for key, figure in (("1", "x"), ("2", "x"), ("3", "y")):
            pool.submit("A", figure, key, order.job(key))
        for figure in ("x", "z"):
            with pytest.raises(TooBusy, match="You have asked"):
                pool.submit("A", figure, "4", order.job("4"))
        pool.submit("A", "x", "2", order.job("2"))  # the same again takes no slot
        pool.submit("B", "x", "5", order.job("5"))
        with pytest.raises(TooBusy, match="More figures"):
            pool.submit("C", "x", "6", order.job("6"))


def test_job_without_waiters_is_not_begun(order: Order) -> None:
    pool = pool_of()
    with occupy(pool, order, "A"):
        left = pool.submit("B", "figure", "left", order.job("left"))
        shared = [pool.submit(who, "figure", "shared", order.job("shared")) for who in ("B", "C")]
        last = pool.submit("D", "figure", "last", order.job("last"))
        pool.leave(left)
        pool.leave(shared[0])
    for job in (shared[1], last):
        job.future.result(30)
    assert sorted(order.begun) == ["last", "shared"]


def test_it_is_stuck_when_every_thread_works_on_what_should_have_ended(order: Order) -> None:
    now = [0.0]
    pool = FairPool("test", PoolLimits(threads=2, per_person=2, overdue=60), monotonic=lambda: now[0])
    with occupy(pool, order, "A"):
        now[0] = 100.0
        assert not pool.is_stuck()
        started = threading.Event()
        job = pool.submit("B", "figure", "second", order.hold(started))
        assert started.wait(30)
        assert not pool.is_stuck()
        now[0] = 200.0
        assert pool.is_stuck()
    job.future.result(30)
    assert not pool.is_stuck()
