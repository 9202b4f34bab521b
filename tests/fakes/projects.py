"""A project of several subjects, each with raw and derived assets over some months: for pages about many assets."""

import itertools
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.fakes.assets import ECEPHYS, Asset, document, metric

PROJECT = "Dynamic routing"
RIGS = ("NP1", "NP2")
PEOPLE = ("Ada Lovelace", "Grace Hopper", "Mary Anning")
VIDEOS = {"name": "Behavior videos", "abbreviation": "behavior-videos"}
START = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Session:
    """A raw asset, and the one that was made from it."""

    raw: Asset
    derived: Asset


def make_project(assets: Path, *, subjects: int = 4, sessions: int = 5) -> list[Session]:
    """Sessions of each subject, a week apart. Of the last subject's, the raw assets are not in the folder."""
    made = []
    for subject, session in itertools.product(range(subjects), range(sessions)):
        at = START + timedelta(days=7 * session + 2 * subject)
        made.append(_make_session(assets, subject, session, at, has_raw=subject < subjects - 1 or subjects == 1))
    return made


def _make_session(assets: Path, subject: int, session: int, at: datetime, *, has_raw: bool) -> Session:
    subject_id = str(720001 + subject)
    name = f"ecephys_{subject_id}_{at:%Y-%m-%d_%H-%M-%S}"
    processed = at + timedelta(hours=20 + 9 * session)
    derived = f"{name}_sorted_{processed:%Y-%m-%d_%H-%M-%S}"
    turn = subject + session
    people = {"instrument_id": RIGS[subject % 2], "experimenters": [PEOPLE[subject % 3]]}
    acquisition = {"schema_version": "2.0.0", "acquisition_start_time": at.isoformat(), **people}
    video = metric("Dropped frames", turn % 4, modality=VIDEOS, tags={"camera": "eye"})
    raw = document(
        video | {"status_history": _history(at, "Fail" if turn % 4 == 3 else "Pass", None)},
        metric("Duration", 61.0 + turn % 3, tags={}, status_history=_history(at, "Pass", None)),
        default_grouping=[],
    )
    drift = round(6 + 2.3 * session - 1.7 * (subject % 3), 2)
    decided = None if session >= 3 and turn % 2 else ("Fail" if drift > 12 else "Pass")
    history = _history(processed, "Pending", decided, days=1 + 3 * turn)
    sorting = document(
        metric("Drift", drift, stage="Processing", status_history=history),
        metric("Units", 140 - 9 * turn, stage="Processing", status_history=_history(processed, "Pass", None)),
        metric("Remark", "", stage="Analysis", status_history=_history(processed, "Pending", "Pass", days=2 + turn)),
    )
    of_both = {"schema_version": "2.2.0", "subject_id": subject_id, "project_name": PROJECT}
    described = of_both | {"name": name, "data_level": "raw", "modalities": [ECEPHYS, VIDEOS]}
    made = of_both | {"name": derived, "data_level": "derived", "modalities": [ECEPHYS], "source_data": [name]}
    times = {"creation_time": processed.isoformat()}
    if has_raw:
        _write(assets / name, described, acquisition, raw)
    _write(assets / derived, made | times, acquisition, sorting)
    return Session(Asset(name, assets / name), Asset(derived, assets / derived))


def _history(at: datetime, first: str, decided: str | None, *, days: int = 0) -> list[dict[str, Any]]:
    entry = {"object_type": "QC status", "evaluator": "Pipeline", "status": first, "timestamp": at.isoformat()}
    if decided is None:
        return [entry]
    later = {"evaluator": "Ada Lovelace", "status": decided, "timestamp": (at + timedelta(days=days)).isoformat()}
    return [entry, entry | later]


def _write(folder: Path, description: Any, acquisition: Any, quality_control: Any) -> None:
    folder.mkdir(parents=True)
    files = {
        "data_description": description,
        "acquisition": acquisition,
        "quality_control": quality_control,
        "subject": {"schema_version": "2.0.0", "subject_id": description["subject_id"]},
    }
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")
