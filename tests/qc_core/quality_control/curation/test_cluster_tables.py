from typing import Any

import pytest
from hypothesis import given, settings

from qc_core.quality_control.curation.cluster_tables import read_clusters
from tests.qc_core.quality_control.documents import any_json

GROUPS = {"0": {"group": "good"}, "7": {"group": "mua"}}


@pytest.mark.parametrize(
    "content",
    [
        {"0": "good", "7": "mua"},
        {"cluster_id": [0, 7], "group": ["good", "mua"]},
        {"cluster_id": ["0", "7"], "group": ["good", "mua"]},
        {"cluster_id": [0.0, 7.0], "group": ["good", "mua"]},
        {"cluster_id": {"0": 0, "1": 7}, "group": {"0": "good", "1": "mua"}},
        {"group": {"0": "good", "7": "mua"}},
        {"cluster_group": {"0": "good", "7": "mua"}},
        {"cluster_group.tsv": {"0": "good", "7": "mua"}},
        [["cluster_id", "group"], [0, "good"], [7, "mua"]],
    ],
)
def test_every_form_of_a_table_of_clusters_is_read(content: Any) -> None:
    assert read_clusters(content) == GROUPS


def test_all_columns_are_facts() -> None:
    content = {"id": [3, 4], "KSLabel": ["good", "mua"], "n_spikes": [10, None], "remark": ["", "x"]}
    assert read_clusters(content) == {
        "3": {"KSLabel": "good", "n_spikes": 10, "remark": ""},
        "4": {"KSLabel": "mua", "n_spikes": None, "remark": "x"},
    }
    assert read_clusters({"group": {"0": "good"}, "KSLabel": {"0": "mua", "1": "good"}}) == {
        "0": {"group": "good", "KSLabel": "mua"},
        "1": {"KSLabel": "good"},
    }


def test_column_of_other_values_is_named_value() -> None:
    assert read_clusters({"0": "axon", "1": None}) == {"0": {"value": "axon"}, "1": {}}
    assert read_clusters({"0": "good", "1": ""}) == {"0": {"group": "good"}, "1": {"group": ""}}
    assert read_clusters({"0": 0.5, "1": True}) == {"0": {"value": 0.5}, "1": {"value": True}}


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        None,
        {"note": "good"},
        {"cluster_id": [0, 1], "group": ["good"]},
        {"cluster_id": [0, 0], "group": ["good", "mua"]},
        {"cluster_id": [0, 1]},
        {"cluster_id": [0, None], "group": ["good", "mua"]},
        {"quality": {"reference": "a.png", "label": "good"}},
        {"0": {"group": "good"}},
        [["cluster_id", "group"], [0]],
        [[1, 2], [3, 4]],
    ],
)
def test_anything_else_is_no_table_of_clusters(content: Any) -> None:
    assert read_clusters(content) is None


@settings(deadline=None, max_examples=200)
@given(any_json)
def test_any_content_is_read_as_facts_by_cluster_or_not_at_all(content: Any) -> None:
    found = read_clusters(content)
    assert found is None or all(isinstance(name, str) and isinstance(facts, dict) for name, facts in found.items())
