"""Many people on a database that fails now and then, through a portal that is killed again and again; then a count."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from qc_core.quality_control.document import read
from qc_core.quality_control.rollup import rollup_operations
from qc_core.stores.state.draft_store import FolderDrafts
from tests.fakes import assets
from tests.fakes.gateway import FakeGateway
from tests.paths import ROOT


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done. `rate` is how many of all requests meet a fault: a 503, a lost answer, or a time-out.

    An answer is waited for `timeout` seconds; one that times out is on its way a quarter longer, and then applied.
    """

    people: int
    submissions: int
    assets: int
    metrics: int
    rate: float = 0.05
    kills: int = 10
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What the people were answered, and what the database holds in the end; `wrong` should be empty."""

    acknowledged: dict[str, int]
    found: int
    updates_sent: int
    requests: int
    kills: int
    records: int
    timed_out: int
    wrong: tuple[str, ...]


def run(folder: Path, scale: Scale, gateway: FakeGateway) -> Counts:
    """Let them work until all is done, over a running gateway."""
    for number in range(scale.assets):
        document = assets.document(*(assets.metric(f"metric {n}", n) for n in range(scale.metrics)))
        gateway.put({"_id": f"record-{number}", "name": f"asset_{number}", "quality_control": document})
    record_ids = [f"record-{number}" for number in range(scale.assets)]
    (folder / "record_ids").write_text("\n".join(record_ids))
    gateway.rate, gateway.late, gateway.remembers = scale.rate, scale.timeout * 1.25, False
    gateway.counted.clear()
    total, killed, chance = scale.people * scale.submissions, 0, Random(7)
    arguments = (str(folder), str(scale.people), str(scale.submissions), str(scale.timeout))
    command = [sys.executable, "-m", "tests.load.crowd", *arguments]
    for life in range(scale.kills + 1):
        environment = os.environ | gateway.environment | {"PYTHONPATH": str(ROOT)}
        with (folder / "said.txt").open("a") as errors:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
            )
            assert process.stdout
            share = total // (scale.kills + 1)
            until = life * share + chance.randrange(share)
            for _ in process.stdout:  # it prints when it is about to send something: a good moment to die
                if life < scale.kills and len(_read_acknowledged(folder)) >= until:
                    process.kill()
                    killed += 1
                    break
            process.stdout.close()
            code = process.wait()
        if life == scale.kills:
            assert code == 0, (folder / "said.txt").read_text()[-3000:]
    gateway.heal()
    return _count(folder, gateway, record_ids, scale, killed)


def _read_acknowledged(folder: Path) -> list[str]:
    return [line for log in sorted(folder.glob("person-*.log")) for line in log.read_text().splitlines()]


def _count(folder: Path, gateway: FakeGateway, record_ids: list[str], scale: Scale, killed: int) -> Counts:
    lines = [line.split(" ", 2) for line in _read_acknowledged(folder)]
    acknowledged = Counter(what for what, _, _ in lines)
    wrong: list[str] = []
    if len(lines) != scale.people * scale.submissions or len({who for _, _, who in lines}) != len(lines):
        wrong.append(f"{len(lines)} submissions were acknowledged, not {scale.people * scale.submissions}")
    if set(gateway.collection.documents) != set(record_ids):
        wrong.append(f"there are records that nobody made: {set(gateway.collection.documents) - set(record_ids)}")
    found, when = _list_signed_entries(gateway, record_ids, wrong)
    for what, record_id, who in lines:
        expected = 1 if what == "landed" else 0
        if found[record_id, who] != expected or sum(found[each, who] for each in record_ids) != expected:
            wrong.append(f"{who} was answered “{what}”, and is found {found[record_id, who]} times in {record_id}")
    for number in range(scale.people):
        times = [when[who] for what, _, who in lines if what == "landed" and who.split()[1] == str(number)]
        if times != sorted(set(times)):
            wrong.append(f"the annotations of person {number} are not in order")
    drafts = FolderDrafts(folder / "state")
    left = [who for _, record_id, who in lines if drafts.read(who, record_id)]
    if left:
        wrong.append(f"drafts were left: {left[:5]}")
    return Counts(
        acknowledged=dict(acknowledged),
        found=sum(found.values()),
        updates_sent=gateway.counted["update_one"],
        requests=gateway.counted.total() - gateway.counted["late"],
        kills=killed,
        records=len(record_ids),
        timed_out=gateway.counted["late"],
        wrong=tuple(wrong),
    )


def _list_signed_entries(
    gateway: FakeGateway, record_ids: list[str], wrong: list[str]
) -> tuple[Counter[tuple[str, str]], dict[str, Any]]:
    found: Counter[tuple[str, str]] = Counter()
    when: dict[str, Any] = {}
    for record_id in record_ids:
        raw = json.loads(json.dumps(gateway.get(record_id)["quality_control"]))
        document = read(raw)
        for metric in document.metrics:
            times = [entry.timestamp for entry in metric.history if entry.timestamp]
            if times != sorted(set(times)) or len(times) != len(metric.history):
                wrong.append(f"the history of {metric.name} in {record_id} is not in order")
            for entry in metric.history[1:]:
                found[record_id, entry.evaluator] += 1
                when[entry.evaluator] = entry.timestamp
        if rollup_operations(document, datetime.now(UTC)):
            wrong.append(f"the stored roll-up of {record_id} is stale")
        noted = Counter(line.rsplit("by ", 1)[1].rstrip(".") for line in (document.notes or "").splitlines())
        for who, times_noted in noted.items():
            if times_noted != 1 or found[record_id, who] != 1:
                wrong.append(f"the note of {who} in {record_id} is found {times_noted} times")
    return found, when
