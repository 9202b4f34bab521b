"""One of the processes of test_two_processes.py: submits annotations until all are done, however often it is killed.

Each task is a person of its own, so that the record shows whose annotation it holds, and how often. Prints every step
on its standard output, so that a watcher can kill it in the middle of one; what was acknowledged goes to its log.
"""

import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from qc_core.errors import NotAllowed
from qc_core.identity.permissions import Allowed, Person, Refused
from qc_core.json_document.patch import Patch
from qc_core.quality_control.annotating.changes import DraftEntry, Tombstone
from qc_core.quality_control.annotating.editing import edit_key, with_note, with_status
from qc_core.quality_control.status import Status
from qc_core.reviewing import Review, open_review, save, submit
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.state.draft_store import FolderDrafts

TASKS = 200
NOT_ALLOWED_EVERY = 25


def say(step: str) -> None:
    print(step, flush=True)  # noqa: T201 - this is how it is watched


class ReportingStore(FolderStore):
    def submit(self, record_id: str, patch: Patch) -> None:
        say("sending")
        super().submit(record_id, patch)
        say("sent")


class ReportingDrafts(FolderDrafts):
    def write(
        self,
        person: str,
        record_id: str,
        tab: str,
        entries: Mapping[str, DraftEntry],
        *,
        name: str = "",
        mark: str | None = None,
        is_known: bool = False,
    ) -> None:
        say("keeping")
        super().write(person, record_id, tab, entries, name=name, mark=mark, is_known=is_known)
        say("kept")


def _now() -> datetime:
    return datetime.now(UTC)


class Submitter:
    def __init__(self, folder: Path, name: str) -> None:
        self.store, self.drafts = ReportingStore(folder / "assets", _now), ReportingDrafts(folder / "state")
        self.name, self.log = name, folder / f"{name}.log"
        self.record_id = self.store.read_listing().summaries[0].record_id
        self.random = Random(name)

    def run(self) -> None:
        done = len(self.log.read_text().splitlines()) if self.log.exists() else 0
        for task in range(done, TASKS):
            self._acknowledge(f"{self._do(task)} {self.name} {task}")

    def _do(self, task: int) -> str:
        person = Person(f"{self.name} {task}")
        forbidden = task % NOT_ALLOWED_EVERY == 0
        review = self._review(person)
        if not review.merged and self._is_signed(review, person):
            return "landed"  # killed after the draft was settled, before the log was
        while not review.landed_keys:
            if not review.edits:
                self._edit(review, person, task)
                review = self._review(person)
            outcome = self._submit(review, person, forbidden)
            if outcome == "conflict":
                self._drop(review, person)
            if outcome != "again":
                return outcome
            review = self._review(person)
        self._drop(review, person)
        return "landed"

    def _edit(self, review: Review, person: Person, task: int) -> None:
        document = review.stored.document
        metric = document.metrics[task % len(document.metrics)]
        assert document.generation
        newest = metric.history[-1].status
        other = Status.FAIL if newest is Status.PASS else Status.PASS
        edit = with_status(None, metric, document.generation, other, _now())
        edit = with_note(edit, metric, document.generation, f"task {self.name} {task}.", _now())
        assert edit
        save(
            self.drafts,
            person_key=person.name,
            record_id=self.record_id,
            tab="t",
            entries={edit_key(metric): DraftEntry(edit)},
        )

    def _submit(self, review: Review, person: Person, forbidden: bool) -> str:
        try:
            outcome = submit(
                self.store,
                self.drafts,
                owner=person.key,
                record_id=self.record_id,
                tab="t",
                shown=review.edits,
                may=Refused("Not this one.") if forbidden else Allowed(person),
                clock=_now,
                pause=time.sleep,
                random=self.random,
            )
        except NotAllowed:
            self._drop(review, person)
            return "refused"
        if outcome.landed or outcome.landed_before:
            return "landed"
        return "conflict" if outcome.conflicts else "again"

    def _drop(self, review: Review, person: Person) -> None:
        gone = {key: DraftEntry(Tombstone(_now())) for key in review.merged}
        save(self.drafts, person_key=person.name, record_id=self.record_id, tab="t", entries=gone)

    def _review(self, person: Person) -> Review:
        return open_review(self.store, self.drafts, person.name, self.record_id, _now())

    def _is_signed(self, review: Review, person: Person) -> bool:
        return any(entry.evaluator == person.name for m in review.stored.document.metrics for entry in m.history)

    def _acknowledge(self, line: str) -> None:
        with self.log.open("a") as log:
            log.write(f"{line}\n")
            log.flush()
            os.fsync(log.fileno())


if __name__ == "__main__":
    Submitter(Path(sys.argv[1]), sys.argv[2]).run()
