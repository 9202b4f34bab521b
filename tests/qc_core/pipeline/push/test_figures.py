"""Which references of a document are local figures, and what the document holds once they are in Kachery."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from qc_core.pipeline.push.figures import replace_local_figures
from qc_core.quality_control.document import read
from tests.qc_core.quality_control.documents import any_json, evaluation, v1, v1_metric, v2, v2_metric


def find_stored(path: str) -> str | None:
    """Every file is there but one, and those with a `;` in their name but one."""
    there = path == "semi;colon.png" if ";" in path else path != "gone.png"
    return f"sha1://{path}" if there else None


def plan_record(document: Any) -> Any:
    return replace_local_figures(document, read(document), find_stored)


@pytest.mark.parametrize(
    ("reference", "will"),
    [
        ("figures/drift.png", "sha1://figures/drift.png"),
        ("/results/figures/drift.png", "sha1://figures/drift.png"),
        ("shank0 #1 s3 sha1.png", "sha1://shank0 #1 s3 sha1.png"),
        ("a.png;b.png", "sha1://a.png;sha1://b.png"),
        ("a.png;https://example.org/b.png", "sha1://a.png;https://example.org/b.png"),
        ("a.png; gone.png", "sha1://a.png;gone.png"),
        ("semi;colon.png", "sha1://semi;colon.png"),
        ("a.png;semi;colon.png", "sha1://a.png;sha1://semi;colon.png"),
    ],
)
def test_local_figures_are_replaced_alone_and_in_pairs(reference: str, will: str) -> None:
    for document in (v2(v2_metric(reference=reference)), v1(evaluation("Drift", v1_metric(reference=reference)))):
        assert read(plan_record(document).quality_control).metrics[0].reference == will
        assert read(document).metrics[0].reference == reference


@pytest.mark.parametrize(
    "reference",
    [
        None,
        "",
        "s3://bucket/a.png",
        "https://figurl.org/f?v=1",
        f"sha1://{'0' * 40}?label=a.png",
        "../a.png",
        "gone.png",
    ],
)
def test_references_to_other_than_local_figures_stay(reference: str | None) -> None:
    document = v2(v2_metric(reference=reference))
    found = plan_record(document)
    assert found.quality_control == document
    assert found.missing == (("gone.png",) if reference == "gone.png" else ())


@pytest.mark.parametrize("as_text", [False, True])
def test_figures_of_the_objects_of_a_curation_are_replaced_too(as_text: bool) -> None:
    version = {"1": {"quality": "good", "reference": "units/1.png"}, "2": {"quality": "noise", "reference": None}}
    document = v2(
        v2_metric(
            object_type="Curation metric",
            type="Spike sorting curation",
            value=[json.dumps(version) if as_text else version],
            curation_history=[],
        )
    )
    (item,) = plan_record(document).quality_control["metrics"][0]["value"]
    assert (json.loads(item) if as_text else item)["1"] == {"quality": "good", "reference": "sha1://units/1.png"}
    assert isinstance(item, str) is as_text


def test_reference_that_is_a_whole_object_is_replaced() -> None:
    version = {"0": "units/0.png", "1": {"reference": "units/1.png"}}
    curation = v2_metric(object_type="Curation metric", type="Event traces", value=[version], curation_history=[])
    (item,) = plan_record(v2(curation)).quality_control["metrics"][0]["value"]
    assert item == {"0": "sha1://units/0.png", "1": {"reference": "sha1://units/1.png"}}


@given(any_json)
@settings(max_examples=40, deadline=None)
def test_no_document_breaks_it(document: Any) -> None:
    assert plan_record(document).quality_control is document or read(document).metrics
