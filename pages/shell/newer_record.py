"""Changes that others made to the record of an open review, and which of them concern the reader's own edits."""

from pages.shell.errors import plain
from pages.shell.formatting import count
from pages.shell.open_review import OpenReview
from qc_core.quality_control.annotating.changes import MetricEdit, NotesEdit
from qc_core.quality_control.annotating.news import News, find_news


def get_news(review: OpenReview) -> News:
    """The known changes by others that the page does not show yet."""
    newer = review.newer
    return find_news(review.stored.document, newer.document) if newer is not None else News()


def count_touched(review: OpenReview, news: News) -> int:
    """How many changes in `news` concern something that the reader changed, too; all notes count as one."""
    mine = {review.part_of(key) for key, edit in review.edits.items() if isinstance(edit, MetricEdit)}
    notes = news.notes and any(isinstance(edit, NotesEdit) for edit in review.edits.values())
    return sum(metric.key in mine for metric in news.changed) + int(notes)


def can_show_quietly(review: OpenReview) -> bool:
    """Whether there is a newer record that affects no edit of the reader and moves nothing on the page."""
    news = get_news(review)
    return review.newer is not None and news.same_layout and not count_touched(review, news)


def describe_news(review: OpenReview) -> str:
    """A sentence in Markdown for the reader: who changed how much; "" where nothing is new.

    >>> describe_news(review)
    'Grace Hopper changed 2 metrics, 1 of which you changed, too.'
    """
    news = get_news(review)
    if not news:
        return ""
    who = ", ".join(map(plain, news.people[:2])) or "Someone else"
    if len(news.people) > 2:
        who += f" and {count(len(news.people) - 2, 'other')}"
    what = [count(len(news.changed), "metric")] if news.changed else []
    what += ["notes"] if news.notes else []
    parts = [f"changed {' and '.join(what)}"] if what else []
    parts += [f"removed {count(news.removed, 'metric')}"] if news.removed else []
    touched = count_touched(review, news)
    mine = f", {touched} of which you changed, too" if touched else ""
    return f"{who} {' and '.join(parts) or 'changed how the metrics are grouped'}{mine}."
