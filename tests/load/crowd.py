"""One life of a portal's process with many people at work on a database, for `tests/load/soak.py` to kill.

Each submission is signed by a name of its own, so that the record shows which are in it, and how often. What was
acknowledged goes to a log for each person, durably, before that person goes on. `python -m tests.load.crowd FOLDER
PEOPLE SUBMISSIONS TIMEOUT`, the seconds that an answer is waited for; the gateway is in the environment.
"""

import os
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from qc_core.errors import NotAllowed, QcError
from qc_core.identity.permissions import Allowed, Person, Refused
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating.changes import DraftEntry, Tombstone
from qc_core.quality_control.annotating.editing import edit_key, with_note, with_status
from qc_core.quality_control.status import Status
from qc_core.reviewing import Review, open_review, save, submit
from qc_core.settings.model import Settings
from qc_core.stores.docdb.gateway import Gateway
from qc_core.stores.docdb.http_session import Timeouts
from qc_core.stores.docdb.store import DocDbStore
from qc_core.stores.docdb.validation import Validator
from qc_core.stores.state.draft_store import FolderDrafts

NOT_ALLOWED_EVERY = 20
NOTED_EVERY = 10


class ReportingGateway(Gateway):
    def update(self, wanted: Mapping[str, JsonValue], update: Mapping[str, JsonValue]) -> None:
        print("sending", flush=True)  # noqa: T201 - this is how it is watched
        super().update(wanted, update)


def now() -> datetime:
    return datetime.now(UTC)


class Reviewer:
    """One person, who submits until all is done."""

    def __init__(self, folder: Path, store: DocDbStore, number: int, record_ids: list[str]) -> None:
        self.store, self.drafts, self.record_ids = store, FolderDrafts(folder / "state"), record_ids
        self.number, self.log = number, folder / f"person-{number}.log"
        self.random = Random(f"{number} {os.getpid()}")

    def work(self, submissions: int) -> None:
        done = len(self.log.read_text().splitlines()) if self.log.exists() else 0
        for task in range(done, submissions):
            person = Person(f"person {self.number} task {task}")
            record_id = self.record_ids[Random(person.name).randrange(len(self.record_ids))]
            what = ""
            while not what:
                try:
                    what = self._submit_task(person, record_id, task)
                except QcError:  # the database could not even be read: the person clicks again
                    time.sleep(self.random.random())
            self._acknowledge(f"{what} {record_id} {person.name}")

    def _submit_task(self, person: Person, record_id: str, task: int) -> str:
        review = self._review(person, record_id)
        if not review.merged and any(
            e.evaluator == person.name for m in review.stored.document.metrics for e in m.history
        ):
            return "landed"  # killed after the draft was settled, before the log was written
        if review.landed_keys and not review.edits:
            self._drop(review, person, record_id)
            return "landed"
        if not review.edits:
            self._annotate(review, person, record_id, task)
            review = self._review(person, record_id)
        forbidden = task % NOT_ALLOWED_EVERY == NOT_ALLOWED_EVERY - 1
        try:
            outcome = submit(
                self.store,
                self.drafts,
                owner=person.key,
                record_id=record_id,
                tab="tab",
                shown=review.edits,
                may=Refused("Not this one.") if forbidden else Allowed(person),
                clock=now,
                pause=time.sleep,
                random=self.random,
            )
        except NotAllowed:
            self._drop(review, person, record_id)
            return "refused"
        if outcome.landed or outcome.landed_before:
            return "landed"
        if outcome.conflicts:
            self._drop(self._review(person, record_id), person, record_id)
            return "conflict"
        return ""

    def _annotate(self, review: Review, person: Person, record_id: str, task: int) -> None:
        document = review.stored.document
        metric = document.metrics[Random(f"{person.name} metric").randrange(len(document.metrics))]
        assert document.generation
        other = Status.FAIL if metric.history[-1].status is Status.PASS else Status.PASS
        edit = with_status(None, metric, document.generation, other, now())
        if task % NOTED_EVERY == 0:
            edit = with_note(edit, metric, document.generation, f"by {person.name}.", now())
        assert edit
        save(
            self.drafts,
            person_key=person.name,
            record_id=record_id,
            tab="tab",
            entries={edit_key(metric): DraftEntry(edit)},
        )

    def _drop(self, review: Review, person: Person, record_id: str) -> None:
        gone = {key: DraftEntry(Tombstone(now())) for key in review.merged}
        save(self.drafts, person_key=person.name, record_id=record_id, tab="tab", entries=gone)

    def _review(self, person: Person, record_id: str) -> Review:
        return open_review(self.store, self.drafts, person.name, record_id, now())

    def _acknowledge(self, line: str) -> None:
        with self.log.open("a") as log:
            log.write(f"{line}\n")
            log.flush()
            os.fsync(log.fileno())


def main() -> None:
    folder, people, submissions = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    database = Settings.from_env(os.environ, address="localhost").database
    assert database
    wait = float(sys.argv[4])
    timeouts = Timeouts(connect=5, read=wait, write=wait, all_tries=60, tries=8, first_pause=0.05, longest_pause=1.0)
    store = DocDbStore(ReportingGateway(database, timeouts), now, Validator(), timeout=60)
    record_ids = (folder / "record_ids").read_text().split()
    crowd = [Reviewer(folder, store, number, record_ids) for number in range(people)]
    with ThreadPoolExecutor(people) as pool:
        list(pool.map(lambda reviewer: reviewer.work(submissions), crowd))


if __name__ == "__main__":
    main()
