"""People at work on one folder of assets, for tests: each with a screen of their own, over the real stores."""

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from qc_core.identity.permissions import Allowed, Person
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating import editing
from qc_core.quality_control.annotating.changes import Conflict, Edit, MetricEdit, NotesEdit
from qc_core.quality_control.annotating.rebase import keep_mine
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.status import Status
from qc_core.reviewing import Review, Submission, open_review, save, submit
from qc_core.stores.draft_port import DraftStore
from qc_core.stores.folder.store import FolderStore
from qc_core.stores.ports import RecordStore, StoredRecord, ValueLog
from qc_core.stores.state.draft_store import FolderDrafts

START = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
ECEPHYS = {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"}
DROPDOWN = {"value": "", "options": ["Low", "High"], "status": ["Pass", "Fail"], "type": "dropdown"}


class Clock:
    """A clock that is a second later each time it is asked."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def v2_metric(name: str, value: JsonValue = 1, probe: str = "A", status: str = "Pending") -> dict[str, Any]:
    return {
        "object_type": "QC metric",
        "name": name,
        "modality": dict(ECEPHYS),
        "stage": "Raw data",
        "value": copy.deepcopy(value),
        "status_history": [
            {"object_type": "QC status", "evaluator": "", "status": status, "timestamp": "2025-01-01T00:00:00Z"}
        ],
        "description": None,
        "reference": f"figures/{name}.png",
        "tags": {"probe": probe},
        "evaluated_assets": None,
    }


def v2_document(*metrics: dict[str, Any]) -> dict[str, Any]:
    status = {"probe:A": "Pending", "ecephys": "Pending", "Raw data": "Pending"}
    return {
        "object_type": "Quality control",
        "schema_version": "2.4.2",
        "metrics": list(metrics) or [v2_metric("drift", DROPDOWN), v2_metric("noise", 0.5), v2_metric("yield", None)],
        "key_experimenters": None,
        "notes": None,
        "default_grouping": ["probe"],
        "allow_tag_failures": [],
        "status": status,
    }


def v1_metric(name: str, value: JsonValue = 1) -> dict[str, Any]:
    return {
        "name": name,
        "value": copy.deepcopy(value),
        "status_history": [{"evaluator": "", "status": "Pending", "timestamp": "2025-01-01T00:00:00Z"}],
        "description": None,
        "reference": f"figures/{name}.png",
        "evaluated_assets": None,
    }


def v1_document(*metrics: dict[str, Any]) -> dict[str, Any]:
    held = list(metrics) or [v1_metric("drift", DROPDOWN), v1_metric("noise", 0.5), v1_metric("yield", None)]

    def evaluation(name: str, inside: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "modality": dict(ECEPHYS),
            "stage": "Raw data",
            "name": name,
            "description": None,
            "metrics": inside,
            "tags": None,
            "notes": None,
            "allow_failed_metrics": False,
            "latest_status": "Pending",
            "created": "2025-01-01T00:00:00Z",
        }

    evaluations = [evaluation("Probe A", held), evaluation("Probe B", [v1_metric("drift")])]
    return {"schema_version": "1.2.2", "evaluations": evaluations, "notes": None}


class StoredInFolder:
    """A folder with one asset and a folder for drafts; `raw` and `rewrite` bypass the portal, as pipelines do."""

    def __init__(self, folder: Path, document: JsonValue) -> None:
        self.assets, self.state, self.clock = folder / "assets", folder / "state", Clock()
        (self.assets / "ecephys_1").mkdir(parents=True)
        self.file = self.assets / "ecephys_1" / "quality_control.json"
        self.file.write_text(json.dumps(document, indent=2))

    @property
    def record_id(self) -> str:
        """The id of the asset, by what its files are now."""
        summaries = self.store().read_listing().summaries
        return str(summaries[0].record_id)

    def raw(self) -> Any:
        return json.loads(self.file.read_text())

    def rewrite(self, change: Callable[[Any], None]) -> None:
        document = self.raw()
        change(document)
        self.file.write_text(json.dumps(document, indent=2))

    def text(self) -> str:
        """All that is stored, to the letter."""
        return self.file.read_text()

    def store(self) -> Any:
        return FolderStore(self.assets, self.clock, walk_every=0)


class StoredInDatabase:
    """The same with the asset in a database, behind a gateway."""

    def __init__(self, folder: Path, document: JsonValue, gateway: Any, store: Callable[[Clock], RecordStore]) -> None:
        self.state, self.clock, self.gateway, self._store = folder / "state", Clock(), gateway, store
        self.record_id = gateway.put({"_id": "record-1", "name": "ecephys_1", "quality_control": document})

    def raw(self) -> Any:
        return copy.deepcopy(self.gateway.get(self.record_id)["quality_control"])

    def rewrite(self, change: Callable[[Any], None]) -> None:
        document = self.raw()
        change(document)
        self.gateway.put({"_id": self.record_id, "name": "ecephys_1", "quality_control": document})

    def text(self) -> str:
        assert len(self.gateway.collection.documents) == 1, "there is a second record"
        return json.dumps(self.raw())

    def store(self) -> Any:
        return self._store(self.clock)


AnyStored = StoredInFolder | StoredInDatabase


class Reviewer:
    """Someone with the review open in one tab. What they do, they do upon what they last looked at."""

    def __init__(
        self,
        stored: AnyStored,
        name: str,
        tab: str = "tab-1",
        store: RecordStore | None = None,
        drafts: DraftStore | None = None,
        log: ValueLog | None = None,
    ) -> None:
        self.stored, self.name, self.tab, self.log = stored, name, tab, log
        self.store: RecordStore = store or stored.store()
        self.drafts: DraftStore = drafts or FolderDrafts(stored.state)
        self.record_id = stored.record_id
        self.screen: Review = self.reload()

    def reload(self) -> Review:
        self.screen = open_review(self.store, self.drafts, self.name, self.record_id, self.stored.clock())
        return self.screen

    def metric(self, which: str | int) -> Metric:
        metrics = self.screen.stored.document.metrics
        return metrics[which] if isinstance(which, int) else next(m for m in metrics if m.name == which)

    def set_value(self, which: str | int, value: JsonValue) -> None:
        self._edit(which, editing.with_value, value)

    def choose(self, which: str | int, status: Status) -> None:
        self._edit(which, editing.with_status, status)

    def annotate(self, which: str | int, note: str) -> None:
        self._edit(which, editing.with_note, note)

    def write_notes(self, text: str | None, path: tuple[str | int, ...] = ("notes",), anchor: str = "") -> None:
        document, key = self.screen.stored.document, editing.notes_key(path)
        seen = document.notes if path == ("notes",) else document.evaluations[int(path[1])].notes
        before = self.screen.edits.get(key)
        edit = editing.with_notes(
            before if isinstance(before, NotesEdit) else None, path, anchor, seen, text, self.stored.clock()
        )
        self._keep(key, edit)

    def undo(self, which: str | int) -> None:
        self._keep(self.screen.key_of(self.metric(which)), None)

    def keep(self, conflict: Conflict) -> None:
        self.reload()
        now = next(each for each in self.screen.change_set.conflicts if each.key == conflict.key)
        mine = keep_mine(now, self.screen.stored.document, self.stored.clock())
        self._keep(conflict.key, mine, keeps_sent=False)

    def take_theirs(self, conflict: Conflict) -> None:
        self._keep(conflict.key, None)

    def submit(
        self, *keys: str, shown: Mapping[str, Edit] | None = None, seen: StoredRecord | None = None
    ) -> Submission:
        """Open the review dialog, and submit what it shows, or only some of it; the record was `seen` just now."""
        if shown is None:
            edits = (self.screen if seen else self.reload()).edits
            shown = {key: edits[key] for key in keys or edits}
        return submit(
            self.store,
            self.drafts,
            owner=self.name,
            record_id=self.record_id,
            tab=self.tab,
            shown=shown,
            may=Allowed(Person(self.name)),
            clock=self.stored.clock,
            pause=lambda _: None,
            random=Random(0),
            log=self.log,
            seen=seen,
        )

    def _edit(self, which: str | int, change: Callable[..., MetricEdit | None], wanted: Any) -> None:
        metric = self.metric(which)
        generation = self.screen.stored.document.generation
        key = self.screen.key_of(metric)
        self._keep(key, change(self.screen.edits.get(key), metric, generation, wanted, self.stored.clock()))

    def _keep(self, key: str, edit: Edit | None, *, keeps_sent: bool = True) -> None:
        before = self.screen.entries.get(key) or self.screen.merged.get(key)
        entry = editing.build_entry(edit, before, self.stored.clock())
        entry = entry if keeps_sent else replace(entry, sent=())
        saved = save(self.drafts, person_key=self.name, record_id=self.record_id, tab=self.tab, entries={key: entry})
        self.screen.entries.clear()
        self.screen.entries.update(saved)
