"""Versions of a curation in a folder of assets: added by several people, none lost, and nothing else touched."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qc_core.quality_control.annotating import editing
from qc_core.quality_control.status import Status
from tests.qc_core.stores.reviewers import Reviewer, StoredInFolder, v1_document, v1_metric, v2_document, v2_metric

FIRST = {"0": {"reference": "figures/0.png", "label": "good"}}
ENTRY = {"curator": "Pipeline", "timestamp": "2025-01-01T00:00:00Z"}


def in_v1() -> Any:
    value = {"curations": [json.dumps(FIRST)], "curation_history": [], "type": "curation"}
    return v1_document(v1_metric("events", value), v1_metric("noise", 0.5))


def in_v2() -> Any:
    curation = {"object_type": "Curation metric", "type": "events", "value": [FIRST]}
    curation["curation_history"] = [{"object_type": "Curation history", **ENTRY}]
    return v2_document(v2_metric("events") | curation, v2_metric("noise", 0.5))


BOTH = pytest.mark.parametrize("document", [in_v1(), in_v2()], ids=["v1", "v2"])


def add(reviewer: Reviewer, label: str) -> None:
    reviewer._edit("events", editing.with_version, {"0": {"label": label}})


def labels(stored: StoredInFolder) -> list[tuple[str, str]]:
    """Label and curator of each version, oldest first."""
    versions = Reviewer(stored, "Nobody").metric("events").curation.versions
    return [(one.content["0"]["label"], one.curator) for one in versions]


@BOTH
def test_two_people_add_versions_and_none_is_lost(tmp_path: Path, document: Any) -> None:
    stored = StoredInFolder(tmp_path, document)
    first = labels(stored)
    ada, grace = Reviewer(stored, "Ada Lovelace"), Reviewer(stored, "Grace Hopper")
    add(ada, "noise")
    add(grace, "MUA")
    grace.choose("noise", Status.FAIL)
    landed = ada.submit()
    assert len(landed.landed) == 1 and landed.failure is None
    (entry,) = landed.as_read_back.values()
    assert (entry.evaluator, entry.status) == ("Ada Lovelace", Status.PENDING)
    held = grace.submit()
    assert [change.metric.name for change in held.landed] == ["noise"], "what nobody touched lands"
    (conflict,) = held.conflicts
    assert conflict.by == "Ada Lovelace"
    grace.keep(conflict)
    assert len(grace.submit().landed) == 1
    assert labels(stored) == [*first, ("noise", "Ada Lovelace"), ("MUA", "Grace Hopper")]
    assert grace.reload().edits == {}


@BOTH
def test_a_version_added_between_reading_and_writing_is_seen(tmp_path: Path, document: Any) -> None:
    stored = StoredInFolder(tmp_path, document)
    ada, grace = Reviewer(stored, "Ada Lovelace"), Reviewer(stored, "Grace Hopper")
    add(ada, "noise")
    add(grace, "MUA")
    sent = ada.store.submit

    def in_between(*arguments: Any) -> None:
        ada.store.submit = sent
        assert len(grace.submit().landed) == 1
        sent(*arguments)

    ada.store.submit = in_between  # type: ignore[assignment]  # replaces the method
    assert len(ada.submit().conflicts) == 1
    assert [curator for _, curator in labels(stored)][-1] == "Grace Hopper"


@BOTH
def test_the_file_changes_at_the_version_and_its_signatures_and_nowhere_else(tmp_path: Path, document: Any) -> None:
    stored = StoredInFolder(tmp_path, document)
    before = stored.file.read_text().splitlines()
    ada = Reviewer(stored, "Ada Lovelace")
    add(ada, "noise")
    ada.submit()
    after = stored.file.read_text().splitlines()
    lost = Counter(line.rstrip(",") for line in before) - Counter(line.rstrip(",") for line in after)
    assert all("[]" in line for line in lost), "only a list that was empty is rewritten"
    ada.reload()
    add(ada, "noise")
    assert ada.reload().edits == {}, "the newest version is the same already"
