"""Threads for costly work, shared fairly: by person, and for each person by figure. Its queue is bounded."""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from qc_core.errors import StoreUnavailable, TooBusy
from qc_core.stores.background import start_thread

_LATER = "Try again in a moment."
Lane = tuple[str, str]
"""A person, and a figure that they ask for."""


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """`threads` work at once; of one person at most `per_person`, so that another always finds a free one.

    Of these at most `per_figure` work on one figure: where nobody knows who asks, all count as one person.

    `waiting` jobs may wait in all, `waiting_per_person` of one person, `waiting_per_figure` of one person for one
    figure. A job that runs longer than `overdue` seconds is stuck, since its own limits should have ended it.
    """

    threads: int
    per_person: int
    per_figure: int = 1000
    waiting: int = 300
    waiting_per_person: int = 100
    waiting_per_figure: int = 30
    overdue: float = 120


FETCHING = PoolLimits(threads=12, per_person=8, per_figure=4, waiting=1000, waiting_per_person=300)
"""Finding a figure's file, and copying it from where it is hosted: mostly waiting."""
DECODING = PoolLimits(threads=3, per_person=2, per_figure=1)
"""Limited processes at once. Each may take `conversions.Limits.memory`."""

LISTING = PoolLimits(threads=4, per_person=3, per_figure=2, waiting_per_figure=100)
"""Lists of assets while somebody types, and the pieces of exports: arithmetic, and reading from the disk."""


@dataclass(eq=False, slots=True)
class Job:
    """A requested job; `future` gets its result. Requests for the same share one job."""

    key: Hashable
    act: Callable[[], Any]
    future: "Future[Any]" = field(default_factory=Future)
    lanes: set[Lane] = field(default_factory=set)
    askers: int = 0
    begun: float | None = None


class FairPool:
    """Runs jobs of many people; the next one is a job of the person who was served least recently.

    A thread ends when nothing is left to do for it. `makes` is what its jobs give, for sentences to the reader.
    """

    def __init__(
        self, name: str, limits: PoolLimits, monotonic: Callable[[], float] = time.monotonic, *, makes: str = "figure"
    ) -> None:
        self.makes = makes
        self._name, self._limits, self._monotonic = name, limits, monotonic
        self._lock = threading.Lock()
        self._jobs: dict[Hashable, Job] = {}
        self._waiting: dict[Lane, deque[Job]] = {}
        self._running: dict[Job, Lane] = {}
        self._served: dict[Lane, int] = {}
        self._turn = 0
        self._threads = 0

    def submit(self, who: str, figure: str, key: Hashable, act: Callable[[], Any]) -> Job:
        """Ask for what `act` gives; a second request for the same `key` meanwhile gets the same job.

        Raises TooBusy where too much waits. Who no longer wants it calls `leave`.
        """
        lane = (who, figure)
        with self._lock:
            job = self._jobs.get(key)
            if job is None or (job.begun is None and lane not in job.lanes):
                self._refuse_beyond_limits(lane)
                job = job or self._jobs.setdefault(key, Job(key, act))
                job.lanes.add(lane)
                self._waiting.setdefault(lane, deque()).append(job)
            job.askers += 1
            self._start_threads()
        return job

    def leave(self, job: Job) -> None:
        """One waiter has left. If it was the last, and the job has not started, the job is dropped."""
        with self._lock:
            job.askers -= 1
            if job.askers <= 0 and job.begun is None and self._jobs.get(job.key) is job:
                self._take_out(job)
                del self._jobs[job.key]

    def is_stuck(self) -> bool:
        """Whether every thread runs a job that is overdue."""
        with self._lock:
            begun = [job.begun or 0.0 for job in self._running]
        return len(begun) >= self._limits.threads and max(begun) < self._monotonic() - self._limits.overdue

    def _refuse_beyond_limits(self, lane: Lane) -> None:
        limits = self._limits
        of_person = sum(len(jobs) for (who, _), jobs in self._waiting.items() if who == lane[0])
        if of_person >= limits.waiting_per_person or len(self._waiting.get(lane, ())) >= limits.waiting_per_figure:
            raise TooBusy(f"You have asked for more {self.makes}s than can be made at once.", _LATER)
        if sum(map(len, self._waiting.values())) >= limits.waiting:
            raise TooBusy(f"More {self.makes}s are asked for than can be made at once.", _LATER)

    def _start_threads(self) -> None:
        """As many as can work now; a job that the system gives no thread for fails. The lock is held."""
        while self._threads < self._limits.threads and (job := self._next()):
            self._threads += 1
            try:
                start_thread(f"{self._name}-{self._turn}", partial(self._work, job))
            except StoreUnavailable as error:
                self._threads -= 1
                del self._running[job]
                del self._jobs[job.key]
                job.future.set_exception(error)

    def _work(self, first: Job) -> None:
        job: Job | None = first
        while job is not None:
            try:
                result, error = job.act(), None
            except Exception as raised:  # noqa: BLE001  # it goes to the callers, through the future
                result, error = None, raised
            with self._lock:
                del self._running[job]
                del self._jobs[job.key]
                following = self._next()
                self._threads -= following is None
                self._start_threads()
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)
            job = following

    def _next(self) -> Job | None:
        """The job to begin now, as begun; None where nothing waits that may begin. The lock is held.

        First the person with the fewest jobs at work, then the one served least recently, and so for their figures.
        """
        at_work = list(self._running.values())
        people = [who for who, _ in at_work]
        may = [
            lane
            for lane in self._waiting
            if people.count(lane[0]) < self._limits.per_person and at_work.count(lane) < self._limits.per_figure
        ]
        if not may:
            return None
        served: dict[str, int] = {}
        for (who, _), turn in self._served.items():
            served[who] = max(turn, served.get(who, 0))
        lane = min(
            may,
            key=lambda one: (
                people.count(one[0]),
                served.get(one[0], 0),
                at_work.count(one),
                self._served.get(one, 0),
            ),
        )
        job = self._waiting[lane][0]
        self._take_out(job)
        self._turn += 1
        self._served[lane] = self._turn
        job.begun = self._monotonic()
        self._running[job] = lane
        busy = {who for who, _ in (*self._waiting, *self._running.values())}
        self._served = {one: turn for one, turn in self._served.items() if one[0] in busy}
        return job

    def _take_out(self, job: Job) -> None:
        for lane in job.lanes:
            jobs = self._waiting[lane]
            jobs.remove(job)
            if not jobs:
                del self._waiting[lane]
