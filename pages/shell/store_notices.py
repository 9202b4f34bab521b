"""The notices of a page whose store is slow, unavailable or still being read, and its limited automatic retries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import streamlit as st

from pages.shell import meters
from pages.shell.errors import plain
from pages.shell.formatting import count, format_age, format_clock_time
from pages.shell.portal import now, services
from pages.shell.session import retries, reviews
from qc_core.errors import QcError, StoreSlow, StoreUnavailable
from qc_core.reviewing import Review
from qc_core.stores.listing import FolderProgress, IndexState, MetricPage, RecordProgress

EVERY = 5.0
"""Seconds between two tries."""
_TRIED_FOR = 300.0
_SLOW_EVERY = 2.0
_MORE_COMES_EVERY = 2.0
_GLANCE = 0.2


@contextmanager
def handle_store_errors(what: str) -> Iterator[None]:
    """If the store fails and there is nothing to show yet, report that, and redraw the page once the store answers."""
    try:
        yield
    except StoreSlow as error:
        _count(what, error)
        st.warning(
            f"{plain(error.message)} The portal waits for up to {_TRIED_FOR / 60:.0f} minutes: "
            "what you opened is shown here as soon as it arrives.",
            icon=":material/hourglass_top:",
        )
        _try_again(what, st.rerun, every=_SLOW_EVERY)
    except StoreUnavailable as error:
        _count(what, error)
        st.error(f"{plain(error.message)}\n\n{plain(error.hint)}", icon="⚠️")
        _try_again(what, st.rerun)
    else:
        retries.set_retries(what, 0)


def draw_record_notice(review: Review) -> None:
    """Above a record from the cache: the reason, and its age."""
    what = f"record {review.stored.record_id}"
    with st.container(key="qc-store"):  # always there, so that what is below does not move
        if review.trouble is None or review.read_at is None:
            retries.set_retries(what, 0)
        else:
            _as_last_read(what, review.stored.record_id, review.read_at, review.trouble)


def _as_last_read(what: str, record_id: str, read_at: datetime, trouble: StoreUnavailable) -> None:
    _count(what, trouble)
    st.warning(
        f"{plain(str(trouble))} You see the record as it was read at "
        f"**{format_clock_time(read_at)}, {format_age(read_at, now())}**. What you change is kept as a draft; "
        "submit it once the database answers again.",
        icon=":material/cloud_off:",
    )
    _try_again(what, lambda: _retry_record(record_id, read_at, trouble))


def retry_draft(record_id: str, *, well: bool) -> None:
    """Retry automatically to read or store a draft, where that fails."""
    if well:
        retries.set_retries(f"draft {record_id}", 0)
    else:
        _try_again(f"draft {record_id}", lambda: reviews.retry_draft(record_id))


def draw_stale_listing_notice(index: IndexState) -> None:
    """Above a list that could not be refreshed: the reason, and its age."""
    with st.container(key="qc-store"):  # always there, so that what is below does not move
        if index.error is not None:
            _count("the list", index.error)
            age = f" This is the list as read {format_age(index.read_at, now())}." if index.read_at else ""
            words = f"{plain(index.error.message)}{age} {plain(index.error.hint)}"
            st.warning(words, icon=":material/cloud_off:")
            _try_again("the list", st.rerun)
        elif not index.reading:
            retries.set_retries("the list", 0)


def draw_listing_progress(index: IndexState) -> None:
    """Below a list that is limited, or still being read."""
    if index.tables_at is not None:
        age = format_age(index.tables_at, now())
        st.caption(
            f"Assets that were not read yet are listed without a status, from public tables that were written {age}."
        )
    if index.reading and index.error is None:
        if index.progress is not None:
            _folder_progress(index.progress, index.read_at)
        else:
            _record_progress(index.records)
        _try_again("the list", st.rerun, every=_MORE_COMES_EVERY)
    if index.limited_to:
        st.caption(
            f"These are the {index.limited_to:,} records that were changed last. The address `view?name=…` or "
            "`view?id=…` opens any other."
        )


def draw_metrics_progress(page: MetricPage) -> None:
    """Above what is known of many assets' metrics: how many of these assets were read, while that goes on."""
    if page.reading and page.assets_read < page.assets:
        share = page.assets_read / page.assets
        read = f"{page.assets_read:,} of {count(page.assets, 'asset')}"
        st.progress(share, f"Reading the metrics: {read} so far. What follows is about these.")
        _try_again("the metrics", st.rerun, every=_MORE_COMES_EVERY)
    elif page.assets_read < page.assets:
        rest = count(page.assets - page.assets_read, "asset")
        st.caption(f"The metrics of {rest} were not read: what follows is about the other {page.assets_read:,}.")


def _folder_progress(progress: FolderProgress, read_at: datetime | None) -> None:
    before = f" The list shows the assets as of {format_age(read_at, now())}." if read_at else ""
    if progress.assets is None:
        st.progress(0.0, f"Reading the folder: {count(progress.folders, 'folder')} so far.{before}")
    else:
        share = progress.read / progress.assets if progress.assets else 1.0
        st.progress(share, f"Reading the folder: {progress.read:,} of {count(progress.assets, 'asset')}.{before}")


def _record_progress(progress: RecordProgress | None) -> None:
    if progress is None or not progress.total:
        so_far = f" {count(progress.read, 'asset')} so far." if progress else ""
        st.caption(f"Still reading the database: more assets will appear.{so_far}")
        return
    share = min(1.0, progress.read / progress.total)
    text = f"Reading the database: {progress.read:,} of about {count(progress.total, 'asset')}. More will appear."
    st.progress(share, text)


def _retry_record(record_id: str, read_at: datetime, shown: StoreUnavailable) -> None:
    try:
        cached = services().records.get_cached(record_id, _GLANCE)
        changed = cached.error is None or cached.read_at != read_at or cached.error.message != shown.message
    except QcError:
        changed = True  # the page shows what it is
    if changed and not reviews.get_review(record_id).in_dialog:  # which that would close; then the page is drawn anyway
        st.rerun()


def _count(what: str, error: StoreUnavailable) -> None:
    """Count an outage once for each page that shows it, however often it is retried."""
    if retries.get_retries(what) == 0:
        meters.count_error(type(error).__name__)


def _try_again(what: str, attempt: Callable[[], object], *, every: float = EVERY) -> None:
    """Attempt something every few seconds for a limited time, and then only on a click."""
    most = int(_TRIED_FOR / every)
    if retries.get_retries(what) >= most:
        if st.button("Try again", icon=":material/refresh:", key=f"again-{what}"):
            retries.set_retries(what, 0)
            st.rerun()
        return
    drawn = False

    def again() -> None:
        nonlocal drawn
        if not drawn:  # the first run is that of the page itself
            drawn = True
            return
        retries.set_retries(what, retries.get_retries(what) + 1)
        if retries.get_retries(what) >= most:
            st.rerun()
        attempt()

    st.fragment(again, run_every=every)()
