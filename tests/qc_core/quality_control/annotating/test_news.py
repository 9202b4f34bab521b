"""What others wrote since a document was read: which metrics, by whom, and whether anything moves."""

import copy
from typing import Any

from qc_core.quality_control.annotating.news import News, find_news
from qc_core.quality_control.document import read
from tests.fakes.assets import PIPELINE, document, metric, three_metrics

GRACE = {"evaluator": "Grace Hopper", "status": "Fail", "timestamp": "2025-03-01T00:00:00Z"}


def news_of(change: Any) -> News:
    before = three_metrics() | {"notes": "As it was."}
    after = copy.deepcopy(before)
    change(after)
    return find_news(read(before), read(after))


def test_the_same_document_has_no_news() -> None:
    assert not news_of(lambda after: None)


def test_a_new_status_names_who_signed_it() -> None:
    def change(after: Any) -> None:
        after["metrics"][1]["status_history"] += [GRACE, PIPELINE | {"timestamp": "2025-03-02T00:00:00Z"}]

    news = news_of(change)
    assert [one.name for one in news.changed] == ["Noise"]
    assert (news.people, news.removed, news.notes, news.same_layout) == (("Grace Hopper", "Pipeline"), 0, False, True)


def test_a_value_is_compared_by_its_type() -> None:
    assert [one.name for one in news_of(lambda after: after["metrics"][1].update(value=3.5)).changed] == ["Noise"]
    assert not find_news(read(document(metric("A", 1))), read(document(metric("A", 1))))
    assert find_news(read(document(metric("A", 1))), read(document(metric("A", True))))


def test_a_new_a_removed_and_a_moved_metric_change_the_layout() -> None:
    added = news_of(lambda after: after["metrics"].append(metric("New")))
    assert ([one.name for one in added.changed], added.same_layout) == (["New"], False)
    removed = news_of(lambda after: after["metrics"].pop())
    assert (removed.changed, removed.removed, removed.same_layout) == ((), 1, False)
    assert not news_of(lambda after: after["metrics"].reverse()).same_layout
    assert not news_of(lambda after: after["metrics"][0].update(reference="b.png")).same_layout
    assert not news_of(lambda after: after.update(default_grouping=["stage"])).same_layout


def test_other_notes_are_news() -> None:
    news = news_of(lambda after: after.update(notes="Otherwise."))
    assert (news.changed, news.notes, bool(news)) == ((), True, True)
