from pathlib import Path
from typing import Any

from hypothesis import given, settings

from qc_core.quality_control.document import read
from qc_core.quality_control.folding import fold, path_text
from qc_core.quality_control.grouping import build_tree, group_text, leaves, walk
from tests.qc_core.quality_control.documents import NOW, hostile_documents, v2, v2_metric


def grow_tree(raw: Any) -> Any:
    return build_tree(read(raw), NOW)


def leaf_texts(root: Path) -> list[Any]:
    return [(group_text(leaf), leaf.metrics) for leaf in leaves(root)]


def list_drawn(group: Any) -> list[Any]:
    """A tree as nested pairs of label and children."""
    return [(child.label, list_drawn(child)) for child in group.children]


def test_a_none_group_with_a_single_child_is_folded_into_it() -> None:
    root = grow_tree(
        v2(
            v2_metric(tags={"camera": "Face"}),
            v2_metric(tags={"harp": "A"}),
            v2_metric(tags={"metric": "bias"}),
            v2_metric(tags={"metric": "licks"}),
            default_grouping=["camera", "contract", "harp", "metric"],
        )
    )
    assert list_drawn(fold(root)) == [("Face", []), ("(none)", [("A", []), ("(none)", [("bias", []), ("licks", [])])])]


def test_a_folded_group_keeps_the_address_of_the_group_that_it_shows() -> None:
    root = grow_tree(
        v2(v2_metric(tags={"camera": "Face"}), v2_metric(tags={}), default_grouping=["camera", "harp", "stage"])
    )
    assert [group_text(leaf) for leaf in leaves(fold(root))] == [group_text(leaf) for leaf in leaves(root)]


def test_the_path_to_a_group_names_none_only_where_there_is_nothing_else() -> None:
    root = grow_tree(
        v2(
            v2_metric(tags={"metric": "bias"}),
            v2_metric(tags={"camera": "Face"}),
            v2_metric(tags={}),
            default_grouping=["camera", "metric"],
        )
    )
    assert [path_text(leaf) for leaf in leaves(root)] == ["Face", "bias", "(none)"]


@settings(deadline=None, max_examples=60)
@given(hostile_documents)
def test_folding_keeps_every_leaf_and_no_none_group_has_a_single_child(raw: Any) -> None:
    root = grow_tree(raw)
    shown = fold(root)
    assert [(group_text(leaf), leaf.metrics) for leaf in leaves(shown)] == leaf_texts(root)
    for group in walk(shown):
        assert not (len(group.children) == 1 and (group.lacking or group.children[0].lacking))
