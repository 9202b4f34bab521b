"""The v2 roll-up against aind-data-schema itself (which alters what it validates, hence the deep copies)."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aind_data_schema.core.quality_control import QualityControl
from aind_data_schema_models.modalities import Modality
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.quality_control.document import Dialect, read
from qc_core.quality_control.rollup import document_status, metric_statuses, status_map
from qc_core.quality_control.status import Generation, Status
from tests.qc_core.quality_control.documents import NOW, quality_control_of, records, valid_v2_documents


def by_the_schema(raw: Any) -> Any:
    return QualityControl.model_validate(copy.deepcopy(raw))


@settings(deadline=None, max_examples=60)
@given(valid_v2_documents, st.integers(-4, 4), st.sampled_from(["A", "B", "probe:A", "type:B", "none"]))
def test_generated_documents_add_up_as_in_the_schema(raw: Any, days: Any, tag: Any) -> None:
    schema, document = by_the_schema(raw), read(raw)
    at = NOW + timedelta(days=days)
    assert document_status(document, at) == schema.evaluate_status(date=at).value
    assert document_status(document, at, tag=tag) == schema.evaluate_status(tag=tag, date=at).value
    ecephys = Modality.ECEPHYS
    assert document_status(document, at, modality="ecephys") == schema.evaluate_status(modality=ecephys, date=at).value
    assert (
        document_status(document, at, stage="Processing", tag=tag)
        == schema.evaluate_status(stage="Processing", tag=tag, date=at).value
    )


@settings(deadline=None, max_examples=60)
@given(valid_v2_documents)
def test_generated_documents_get_the_status_map_of_the_schema(raw: Any) -> None:
    now = datetime.now(UTC)
    expected = {str(getattr(key, "value", key)): status.value for key, status in by_the_schema(raw).status.items()}
    assert status_map(read(raw), now) == expected


@pytest.mark.parametrize("path", [one for one in records() if "v2__" in str(one.id) or one.id is None])
def test_shared_v2_records_add_up_as_in_the_schema(path: Any) -> None:
    raw = quality_control_of(path)
    now = datetime.now(UTC)
    document, schema = read(raw), by_the_schema(raw)
    assert document.generation is Generation.V2
    assert document_status(document, now) == schema.evaluate_status(date=now).value
    assert list(metric_statuses(document, now)) == [
        Status(max(metric.status_history, key=lambda one: one.timestamp).status) for metric in schema.metrics
    ]
    for key, status in status_map(document, now).items():
        if document.dialect is Dialect.V2_LIST_TAGS and key in {tag for m in document.metrics for _, tag in m.tags}:
            assert status == schema.evaluate_status(tag=key, date=now).value
        elif key in schema.status:
            assert status == schema.status[key].value
