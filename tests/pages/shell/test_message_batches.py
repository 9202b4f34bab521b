"""What sessions send through batches arrives whole and in order, and wakes the event loop once for all that wait."""

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest

from pages.shell.message_batches import Batches

Call = Callable[[], None]


def test_waiting_calls_are_made_in_order_by_one_wake() -> None:
    woken: list[Call] = []
    made: list[int] = []
    batches = Batches(woken.append)
    for number in range(5):
        batches.add(partial(made.append, number))
    assert len(woken) == 1 and made == []
    woken.pop()()
    assert made == [0, 1, 2, 3, 4]
    batches.add(lambda: made.append(5))
    assert len(woken) == 1
    woken.pop()()
    assert made[-1] == 5


def test_what_a_call_adds_waits_for_the_next_turn() -> None:
    woken: list[Call] = []
    made: list[str] = []
    batches = Batches(woken.append)

    def add_another() -> None:
        made.append("first")
        batches.add(lambda: made.append("second"))

    batches.add(add_another)
    woken.pop()()
    assert made == ["first"] and len(woken) == 1
    woken.pop()()
    assert made == ["first", "second"]


def test_a_call_that_fails_costs_no_other() -> None:
    woken: list[Call] = []
    made: list[str] = []
    batches = Batches(woken.append)

    def fail() -> None:
        raise ValueError("broken")

    batches.add(fail)
    batches.add(lambda: made.append("after"))
    with pytest.raises(ValueError, match="broken"):
        woken.pop()()
    woken.pop()()
    assert made == ["after"] and not woken


def test_a_loop_that_could_not_be_woken_is_woken_by_the_next_call() -> None:
    woken: list[Call] = []
    closed = [True]

    def wake(call: Call) -> None:
        if closed:
            raise RuntimeError("Event loop is closed")
        woken.append(call)

    batches, made = Batches(wake), list[str]()
    with pytest.raises(RuntimeError):
        batches.add(lambda: made.append("one"))
    closed.clear()
    batches.add(lambda: made.append("two"))
    woken.pop()()
    assert made == ["one", "two"]


def test_calls_of_many_threads_all_arrive_each_thread_in_its_order() -> None:
    threads, each = 8, 2_000
    made: list[tuple[int, int]] = []
    done = asyncio.Event()

    async def receive() -> None:
        batches = Batches(asyncio.get_running_loop().call_soon_threadsafe)

        def take(thread: int, number: int) -> None:
            made.append((thread, number))
            if len(made) == threads * each:
                done.set()

        def send(thread: int) -> None:
            for number in range(each):
                batches.add(partial(take, thread, number))

        senders = [Thread(target=send, args=(thread,)) for thread in range(threads)]
        for sender in senders:
            sender.start()
        await asyncio.wait_for(done.wait(), 60)
        for sender in senders:
            sender.join()

    asyncio.run(receive())
    for thread in range(threads):
        assert [number for sender, number in made if sender == thread] == list(range(each))
