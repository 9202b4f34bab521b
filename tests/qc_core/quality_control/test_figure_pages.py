"""An open group as figure pages: one reference each, at most a screenful of cards, every metric exactly once."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qc_core.quality_control.figure_pages import (
    figure_pages,
    find_metric,
    first_pending,
    first_undecided,
    metric_address,
    metrics_on_other_pages,
    metrics_sharing_figure,
    page_number_of,
)
from qc_core.quality_control.grouping import build_tree, leaves
from qc_core.references.locations import Locations
from tests.qc_core.quality_control.documents import grouped_document

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def document_of(metrics: list[tuple[str, str | None, str]], groups: str = "") -> Any:
    """A v2 document of (name, reference, status) metrics, all in one group, or each in the group of its letter."""
    return grouped_document(
        (name, reference, status, groups[number] if groups else "all")
        for number, (name, reference, status) in enumerate(metrics)
    )


def only_leaf(document: Any) -> Any:
    return next(leaves(build_tree(document, NOW)))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["x.png", "y.png", None]), st.just("Pass")), min_size=1)
)
def test_every_metric_is_on_exactly_one_figure_page(metrics: list[tuple[str, str | None, str]]) -> None:
    document = document_of(metrics)
    found = figure_pages(document, only_leaf(document), limit=3)
    assert sorted(index for page in found for index in page.metrics) == list(range(len(metrics)))
    assert all(len(page.metrics) <= 3 for page in found)
    assert all(document.metrics[index].reference == page.reference for page in found for index in page.metrics)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["a", "a~2", "b"]), st.none(), st.just("Pass")), min_size=1))
def test_an_address_leads_back_to_a_metric_of_that_name(metrics: list[tuple[str, str | None, str]]) -> None:
    document = document_of(metrics)
    group = only_leaf(document)
    for index in group.metrics:
        address = metric_address(document, group, index)
        found = find_metric(document, group, address)
        assert found is not None
        assert metric_address(document, group, found) == address or document.metrics[found].name == address


def test_metrics_of_one_name_have_distinct_addresses() -> None:
    document = document_of([("drift", None, "Pass"), ("drift", None, "Pass")])
    group = only_leaf(document)
    assert [metric_address(document, group, index) for index in (0, 1)] == ["drift", "drift~2"]
    assert find_metric(document, group, "drift~2") == 1
    assert find_metric(document, group, "gone") is None


def test_metrics_beyond_a_screenful_go_on_numbered_parts() -> None:
    document = document_of([(f"m{n}", "x.png", "Pass") for n in range(45)])
    found = figure_pages(document, only_leaf(document))
    assert [(len(page.metrics), page.part, page.parts) for page in found] == [(20, 1, 3), (20, 2, 3), (5, 3, 3)]
    assert page_number_of(found, 44) == 2
    assert page_number_of(found, None) == 0


def test_the_first_pending_metric_is_the_one_to_open() -> None:
    document = document_of([("a", "x.png", "Pass"), ("b", "y.png", "Pending"), ("c", None, "Pending")])
    assert first_pending(document, only_leaf(document), NOW) == 1
    nothing = document_of([("a", "x.png", "Pass")])
    assert first_pending(nothing, only_leaf(nothing), NOW) is None


def test_one_figure_spelled_in_several_ways_is_one_page() -> None:
    spellings = ["figures/x.png", "/figures/x.png", "results/figures/x.png", "/results/./figures/x.png"]
    placed = "{derived_asset_location}/y.png", "s3://bucket/asset/y.png"
    pairs = "figures/x.png;z.png", "/figures/x.png ; results/z.png"
    rows = [(f"m{n}", text, "Pass") for n, text in enumerate([*spellings, *placed, None, *pairs, "  "])]
    document = document_of(rows)
    found = figure_pages(document, only_leaf(document), Locations("s3://bucket/asset"))
    assert [(page.reference, page.metrics) for page in found] == [
        ("figures/x.png", (0, 1, 2, 3)),
        (placed[0], (4, 5)),
        (pairs[0], (7, 8)),
        (None, (6, 9)),
    ]
    assert metrics_sharing_figure(document, placed[1], Locations("s3://bucket/asset")) == (4, 5)
    assert metrics_sharing_figure(document, None) == ()


def test_metrics_of_a_figure_on_other_pages_are_found_under_any_spelling() -> None:
    rows = [("a", "x.png", "Pass"), ("b", "y.png", "Pass"), ("c", "/results/x.png", "Fail"), ("d", None, "Pass")]
    document = document_of([*rows, ("e", "x.png", "Pass"), ("f", "x.png", "Pass")], groups="AABBAC")
    root = build_tree(document, NOW)
    first = figure_pages(document, next(leaves(root)))[0]
    assert first.metrics == (0, 4)
    assert [(group.label, metrics) for group, metrics in metrics_on_other_pages(document, root, first)] == [
        ("B", (2,)),
        ("C", (5,)),
    ]


def test_other_parts_of_a_figure_are_on_other_pages() -> None:
    document = document_of([("a", "x.png", "Pass"), ("b", "x.png", "Pass"), ("c", None, "Pass"), ("d", None, "Pass")])
    root = build_tree(document, NOW)
    first, second, *bare = figure_pages(document, next(leaves(root)), limit=1)
    assert [metrics for _, metrics in metrics_on_other_pages(document, root, first)] == [(1,)]
    assert [metrics for _, metrics in metrics_on_other_pages(document, root, second)] == [(0,)]
    assert all(metrics_on_other_pages(document, root, page) == () for page in bare)


def test_the_first_undecided_metric_is_pending_and_has_no_status_in_the_draft() -> None:
    document = document_of([("a", "f.png", "Pass"), ("b", "f.png", "Pending"), ("c", "f.png", "Pending")])
    assert first_undecided(document, (0, 1, 2), NOW) == 1
    assert first_undecided(document, (0, 1, 2), NOW, decided={1}) == 2
    assert first_undecided(document, (2,), NOW, decided={1}) == 0
    assert first_undecided(document, (0, 1, 2), NOW, decided={1, 2}) is None
    assert first_undecided(document, (), NOW) is None
