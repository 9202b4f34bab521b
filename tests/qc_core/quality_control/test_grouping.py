from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.quality_control.document import Dialect, read
from qc_core.quality_control.grouping import (
    address_text,
    build_tree,
    find_group,
    first_group_to_review,
    group_by_reference,
    group_text,
    leaf_with,
    leaves,
    read_address,
    walk,
)
from qc_core.quality_control.rollup import count_pending, document_review_status
from qc_core.quality_control.status import Generation, Status
from tests.qc_core.quality_control.documents import (
    NOW,
    entry,
    evaluation,
    hostile_documents,
    quality_control_of,
    records,
    v1,
    v1_metric,
    v2,
    v2_metric,
)

BEHAVIOR = {"name": "Behavior", "abbreviation": "behavior"}


def grow_tree(raw: Any) -> Any:
    return build_tree(read(raw), NOW)


def leaf_texts(root: Path) -> list[Any]:
    return [(group_text(leaf), leaf.metrics) for leaf in leaves(root)]


def assert_tree_is_whole(raw: Any) -> Any:
    document = read(raw)
    root = build_tree(document, NOW)
    below = [index for leaf in leaves(root) for index in leaf.metrics]
    assert sorted(below) == list(range(len(document.metrics)))
    assert root.pending == count_pending(document, NOW)
    if document.metrics and document.dialect is not Dialect.V1A:  # there an evaluation without metrics counts too
        assert root.status == document_review_status(document, NOW)
    texts = [group_text(group) for group in walk(root)]
    assert len(set(texts)) == len(texts)
    for group in walk(root):
        assert find_group(root, group_text(group)) is group
        if group.children:
            assert sorted(index for child in group.children for index in child.metrics) == sorted(group.metrics)
            assert sum(child.pending for child in group.children) == group.pending
            assert all(child.address[:-1] == group.address for child in group.children)
        gathered = group_by_reference(document, group)
        assert sorted(index for _, indices in gathered for index in indices) == sorted(group.metrics)
        assert None not in [reference for reference, _ in gathered][:-1]
    return document, root


@settings(deadline=None, max_examples=120)
@given(hostile_documents)
def test_the_leaves_of_any_document_hold_each_metric_exactly_once(raw: Any) -> None:
    assert_tree_is_whole(raw)


@pytest.mark.parametrize("path", records())
def test_the_leaves_of_every_shared_record_hold_each_metric_exactly_once(path: Any) -> None:
    document, root = assert_tree_is_whole(quality_control_of(path))
    assert bool(root.children) == bool(document.metrics)
    if document.generation is Generation.V2 and root.pending:
        assert first_group_to_review(root).pending


@given(st.lists(st.tuples(st.text(), st.text())).map(tuple))
@settings(deadline=None, max_examples=200)
def test_an_address_survives_its_text(address: Any) -> None:
    assert read_address(address_text(address)) == address


@given(st.text(alphabet="ab/=%2F5D#"))
@settings(deadline=None, max_examples=200)
def test_any_text_from_a_url_is_a_group_or_none(text: Any) -> None:
    root = grow_tree(v2(v2_metric(), v2_metric(tags={"probe": "a/b=c%"})))
    group = find_group(root, text)
    assert group is None or group in walk(root)


def test_address_names_the_group() -> None:
    root = grow_tree(v2(v2_metric(tags={"probe": "Probe/A=1%"})))
    assert group_text(first_group_to_review(root)) == "probe=Probe%2FA%3D1%25/stage=Raw data"
    assert find_group(root, "") is root
    assert find_group(root, "probe=gone") is None
    assert find_group(root, "probe=Probe%2fA%3d1%25").label == "Probe/A=1%"
    assert find_group(root, "nonsense") is None


def test_each_level_takes_the_first_of_its_keys_and_none_comes_last() -> None:
    root = grow_tree(
        v2(
            v2_metric(tags={}),
            v2_metric(tags={"fiber": "1", "channel": "red"}),
            v2_metric(tags={"channel": "red"}, stage="Processing"),
            v2_metric(tags={"fiber": "1"}),
            default_grouping=[["fiber", "channel"], "stage"],
        )
    )
    assert leaf_texts(root) == [
        ("fiber=1/stage=Raw data", (1, 3)),
        ("channel=red/stage=Processing", (2,)),
        ("fiber=(none)/stage=Raw data", (0,)),
    ]


def test_tag_named_none_differs_from_a_missing_tag() -> None:
    root = grow_tree(v2(v2_metric(tags={"probe": "(none)"}), v2_metric(tags={}), default_grouping=["probe"]))
    assert leaf_texts(root) == [("probe=(none)", (0,)), ("probe=(none) #2", (1,))]


def test_several_modalities_are_the_top_level_unless_grouping_names_them() -> None:
    metrics = v2_metric(), v2_metric(modality=BEHAVIOR), v2_metric(modality=None)
    root = grow_tree(v2(*metrics, default_grouping=["probe"]))
    assert [child.label for child in root.children] == ["ecephys", "behavior", "(none)"]
    named = grow_tree(v2(*metrics, default_grouping=["probe", "modality"]))
    assert [child.key for child in named.children] == ["probe"]
    assert [child.key for child in grow_tree(v2(metrics[0], default_grouping=["probe"])).children] == ["probe"]


@pytest.mark.parametrize("grouping", [[], None, "probe", ["unheard of"], [3], [[]]])
def test_stage_groups_without_a_usable_grouping(grouping: Any) -> None:
    root = grow_tree(v2(v2_metric(), v2_metric(stage="Processing"), default_grouping=grouping))
    assert leaf_texts(root) == [("stage=Raw data", (0,)), ("stage=Processing", (1,))]


def test_list_tags_group_by_the_first_listed_tag_of_the_grouping() -> None:
    root = grow_tree(
        v2(
            v2_metric(tags=["red", "signal"]),
            v2_metric(tags=["other"]),
            v2_metric(tags=["files", "red"]),
            v2_metric(tags=["red"]),
            default_grouping=["files", "signal", "red", "unused"],
        )
    )
    assert leaf_texts(root) == [("tag=files", (2,)), ("tag=signal", (0,)), ("tag=red", (3,)), ("tag=(none)", (1,))]


def test_v1_groups_by_evaluation_with_distinct_labels() -> None:
    one = v1_metric()
    root = grow_tree(
        v1(
            evaluation("Drift", one),
            evaluation("Drift", one, stage="Processing"),
            evaluation("Drift", one, stage="Processing"),
            evaluation("Noise", one),
            evaluation("Empty"),
        )
    )
    assert leaf_texts(root) == [
        ("evaluation=Drift (Raw data)", (0,)),
        ("evaluation=Drift (Processing)", (1,)),
        ("evaluation=Drift (Processing) #2", (2,)),
        ("evaluation=Noise", (3,)),
    ]


def test_a_group_adds_up_by_the_rules_of_its_generation() -> None:
    failed = v1_metric("m", entry("Fail"))
    root = grow_tree(v1(evaluation("forgiven", failed, allow_failed_metrics=True), evaluation("not", failed)))
    assert [child.status for child in root.children] == [Status.PASS, Status.FAIL]
    tagged = [v2_metric("m", entry("Fail"), tags={"probe": probe}) for probe in "AB"]
    root = grow_tree(v2(*tagged, allow_tag_failures=["A"]))
    assert [child.status for child in root.children] == [Status.PASS, Status.FAIL]


def test_the_first_leaf_with_something_pending_is_opened() -> None:
    metrics = [v2_metric("m", entry(word), tags={"probe": probe}) for word, probe in (("Fail", "A"), ("Pending", "B"))]
    assert first_group_to_review(grow_tree(v2(*metrics, default_grouping=["probe"]))).label == "B"
    assert first_group_to_review(grow_tree(v2(metrics[0], default_grouping=["probe"]))).label == "A"
    assert first_group_to_review(grow_tree(None)) == grow_tree(None)


def test_a_groups_metrics_gather_under_their_references() -> None:
    references = ["b.png", None, "a.png", "b.png", ""]
    document = read(v2(*[v2_metric(reference=reference) for reference in references]))
    assert group_by_reference(document, build_tree(document, NOW)) == (
        ("b.png", (0, 3)),
        ("a.png", (2,)),
        (None, (1, 4)),
    )


def test_endless_levels_do_not_exhaust_the_stack() -> None:
    tags = {f"key {n}": "x" for n in range(2000)}
    root = grow_tree(v2(v2_metric(tags=tags), v2_metric(tags={}), default_grouping=list(tags)))
    assert sorted(index for leaf in leaves(root) for index in leaf.metrics) == [0, 1]


def test_the_leaf_of_a_metric_is_the_one_that_holds_it() -> None:
    root = grow_tree(
        v2(*(v2_metric(f"m{n}", tags={"probe": probe}) for n, probe in enumerate("ABA")), default_grouping=["probe"])
    )
    assert [leaf_with(root, index).label for index in range(3)] == ["A", "B", "A"]


@pytest.mark.parametrize(
    ("tags", "allowed", "status_map", "reason"),
    [
        ({"type": "motion"}, ["motion"], {"type:motion": "Pass"}, "allow_tag_failures: motion"),
        ({"type": "motion"}, ["type:motion"], {"type:motion": "Pass"}, "allow_tag_failures: type:motion"),
        ({"type": "motion"}, ["type:motion"], {"motion": "Fail"}, None),
        (["a", "b", "c"], [["a", "b"]], {"a": "Pass"}, "allow_tag_failures: a and b"),
        (["a", "c"], [["a", "b"]], {"a": "Fail"}, None),
        ({"type": "motion"}, ["type"], {"type:motion": "Fail"}, None),
    ],
)
def test_group_lists_why_failures_count_as_pass(tags: Any, allowed: Any, status_map: Any, reason: str | None) -> None:
    metric = v2_metric("drift", entry("Fail"), tags=tags)
    root = build_tree(read(v2(metric, allow_tag_failures=allowed, status=status_map, default_grouping=[])), NOW)
    assert root.allowed == ((f"Fail, allowed: counts as Pass ({reason})",) if reason else ())
    assert root.status == ("Pass" if reason else "Fail")
