"""Documents for the tests: any JSON, hostile variations of real shapes, valid v2 documents, and the shared records."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from qc_core.quality_control.document import read
from tests.paths import RECORDS

NOW = datetime(2025, 6, 1, tzinfo=UTC)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["Pass", "Fail", "Pending", "modality", "stage", "probe", "2025-01-01T00:00:00Z", "dropdown"]),
)
any_json = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=6) | st.just("type"), inner, max_size=4)
    ),
    max_leaves=10,
)


def entry(status: str = "Pass", timestamp: str = "2025-01-01T00:00:00Z", evaluator: str = "Ada") -> dict[str, Any]:
    return {"evaluator": evaluator, "status": status, "timestamp": timestamp}


def v2_metric(name: str = "drift", *history: Any, **changed: Any) -> Any:
    metric = {
        "object_type": "QC metric",
        "name": name,
        "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        "stage": "Raw data",
        "value": 0.4,
        "status_history": list(history) or [entry()],
        "description": None,
        "reference": None,
        "tags": {"probe": "ProbeA"},
        "evaluated_assets": None,
    }
    return metric | changed


def v2(*metrics: Any, **changed: Any) -> Any:
    document = {
        "object_type": "Quality control",
        "schema_version": "2.4.2",
        "metrics": list(metrics),
        "key_experimenters": None,
        "notes": None,
        "default_grouping": ["probe", "stage"],
        "allow_tag_failures": [],
        "status": None,
    }
    return document | changed


def v1_metric(name: str = "drift", *history: Any, **changed: Any) -> Any:
    metric = {
        "name": name,
        "value": 1,
        "status_history": list(history) or [entry()],
        "description": None,
        "reference": None,
        "evaluated_assets": None,
    }
    return metric | changed


def evaluation(name: str = "Drift map", *metrics: Any, **changed: Any) -> Any:
    raw = {
        "modality": {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        "stage": "Raw data",
        "name": name,
        "description": None,
        "metrics": list(metrics),
        "tags": None,
        "notes": None,
        "allow_failed_metrics": False,
        "latest_status": "Pass",
        "created": "2025-01-01T00:00:00Z",
    }
    return raw | changed


def v1(*evaluations: Any, **changed: Any) -> Any:
    return {"schema_version": "1.2.2", "evaluations": list(evaluations), "notes": None} | changed


@st.composite
def _spoilt(draw: Any, whole: Any) -> Any:
    """An object with some members replaced by anything, or gone, or the thing replaced as a whole."""
    if draw(st.integers(0, 9)) == 0:
        return draw(any_json)
    raw = dict(draw(whole))
    for key in draw(st.lists(st.sampled_from(sorted(raw)), max_size=3)):
        if draw(st.booleans()):
            raw[key] = draw(any_json)
        else:
            raw.pop(key, None)
    return raw


_words = st.sampled_from(["ProbeA", "ProbeB", "drift", "(none)", "a/b=c%", "", "Raw data"])
_tags = st.one_of(
    st.dictionaries(st.sampled_from(["probe", "type", "stage", "modality", "tag"]), _words, max_size=3),
    st.lists(_words, max_size=3),
)
_entries = _spoilt(
    st.builds(entry, st.sampled_from(["Pass", "Fail", "Pending", "Odd"]), st.sampled_from(["2025-01-01", "x", "3000"]))
)
_histories = st.lists(_entries, min_size=1, max_size=3)
_modalities = st.sampled_from(
    [{"name": "Behavior", "abbreviation": "behavior"}, {"abbreviation": "ecephys"}, {"name": "Odd"}, "FIP", None]
)
_v2_metrics = st.builds(
    lambda history, tags, modality, stage, value, reference: v2_metric(
        "m", *history, tags=tags, modality=modality, stage=stage, value=value, reference=reference
    ),
    _histories,
    _tags,
    _modalities,
    st.sampled_from(["Raw data", "Processing", ""]),
    any_json,
    st.sampled_from([None, "", "a.png", "b.png"]),
)
_levels = st.lists(
    st.one_of(_words, st.sampled_from(["probe", "type", "modality", "stage"]), st.lists(_words, max_size=2)),
    max_size=4,
)
_v1_metrics = st.builds(lambda history, value: v1_metric("m", *history, value=value), _histories, any_json)
_evaluations = st.builds(
    lambda name, metrics, modality, allow: evaluation(name, *metrics, modality=modality, allow_failed_metrics=allow),
    _words,
    st.lists(_spoilt(_v1_metrics), max_size=3),
    _modalities,
    st.booleans(),
)
_early_evaluations = st.builds(
    lambda stage, metrics, own: {
        "evaluation_modality": {"abbreviation": "ecephys"},
        "evaluation_stage": stage,
        "qc_metrics": metrics,
        "stage_status": own,
        "notes": None,
    },
    _words,
    st.lists(any_json, max_size=3) | st.dictionaries(_words, any_json, max_size=3),
    st.sampled_from(["Pass", "Fail", None]),
)

hostile_documents = st.one_of(
    any_json,
    _spoilt(
        st.builds(
            lambda metrics, levels, allowed: v2(
                *metrics, default_grouping=levels, allow_tag_failures=allowed, status={}
            ),
            st.lists(_spoilt(_v2_metrics), max_size=5),
            _levels,
            _levels,
        )
    ),
    _spoilt(st.builds(lambda evaluations: v1(*evaluations), st.lists(_spoilt(_evaluations), max_size=4))),
    _spoilt(st.builds(lambda evaluations: v1(*evaluations), st.lists(_spoilt(_early_evaluations), max_size=3))),
)


def raw_metric_count(raw: Any) -> Any:
    """How many entries a document has, counted without the code under test."""
    if not isinstance(raw, dict):
        return 0
    if isinstance(raw.get("metrics"), list):
        return len(raw["metrics"])
    if "metrics" in raw and raw["metrics"] is not None:
        return 0 if not isinstance(raw.get("evaluations"), list) else _in_evaluations(raw["evaluations"])
    return _in_evaluations(raw["evaluations"]) if isinstance(raw.get("evaluations"), list) else 0


def _in_evaluations(evaluations: Any) -> Any:
    count = 0
    for raw in evaluations:
        if isinstance(raw, dict):
            held = raw["metrics"] if raw.get("metrics") is not None else raw.get("qc_metrics")
            count += len(held) if isinstance(held, list | dict) else 0
    return count


_times = st.integers(-3, 3).map(lambda step: (NOW + timedelta(days=step)).isoformat())
_real_modalities = st.sampled_from(
    [
        {"name": "Extracellular electrophysiology", "abbreviation": "ecephys"},
        {"name": "Behavior", "abbreviation": "behavior"},
        {"name": "Fiber photometry", "abbreviation": "fib"},
    ]
)
valid_v2_documents = st.builds(
    lambda metrics, allowed: v2(*metrics, allow_tag_failures=allowed),
    st.lists(
        st.builds(
            lambda history, modality, stage, tags: v2_metric("m", *history, modality=modality, stage=stage, tags=tags),
            st.lists(st.builds(entry, st.sampled_from(["Pass", "Fail", "Pending"]), _times), min_size=1, max_size=4),
            _real_modalities,
            st.sampled_from(["Raw data", "Processing", "Analysis"]),
            st.dictionaries(st.sampled_from(["probe", "type"]), st.sampled_from(["A", "B", "probe:A"]), max_size=2),
        ),
        min_size=1,
        max_size=5,
    ),
    st.lists(st.sampled_from(["A", "probe:B", "probe", "C"]), max_size=2),
)


def records() -> list[Any]:
    """A parameter for each of the shared records, or one that skips where they are absent."""
    paths = sorted(RECORDS.glob("*.json"))
    if not paths:
        return [pytest.param(None, marks=pytest.mark.skip(reason="the shared records are not here"))]
    return [pytest.param(path, id=path.stem) for path in paths]


def quality_control_of(path: Path) -> Any:
    raw = json.loads(path.read_text())
    return raw.get("quality_control", raw)


def grouped_document(metrics: Iterable[tuple[str, str | None, str, str]]) -> Any:
    """A parsed v2 document of (name, reference, status, group) metrics, grouped by their tag `type`."""
    return read(
        {
            "metrics": [
                {
                    "object_type": "QC metric",
                    "name": name,
                    "modality": {"name": "Behavior", "abbreviation": "behavior"},
                    "stage": "Raw data",
                    "value": 0,
                    "reference": reference,
                    "status_history": [{"evaluator": "", "status": status, "timestamp": "2025-01-01T00:00:00Z"}],
                    "tags": {"type": group},
                }
                for name, reference, status, group in metrics
            ],
            "default_grouping": ["type"],
        }
    )
