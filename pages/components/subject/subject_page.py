"""The page of a subject: what is known of it, its timeline, and its assets."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.components import status_chart
from pages.components.subject import asset_table, timeline
from pages.shell import browser_components, history_address, links, store_notices
from pages.shell.errors import plain
from pages.shell.formatting import count
from pages.shell.portal import services
from pages.shell.session import widget_state
from qc_core.assets.index import AssetSummary, SortBy
from qc_core.assets.query import AssetQuery, Facet
from qc_core.assets.subject_history import build_history, list_missing_sources
from qc_core.stores.listing import AssetPage

MAX_ASSETS = 2000
"""Assets that a page shows at most: the newest ones."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The assets that an address leads to; `title` names the subject, or the asset if it has none."""

    title: str
    subject: str
    page: AssetPage


def draw() -> None:
    """The page that the address names. Raises what the index raises."""
    wanted = history_address.read_subject_address()
    if wanted.is_empty:
        st.title("Subjects", anchor=False)
        _draw_choice()
        return
    found = _find(wanted)
    if found is None:
        of_asset = wanted.record_id or wanted.name
        _draw_unknown(f"an asset {of_asset}" if of_asset else f"of a subject {wanted.subject}")
        return
    store_notices.draw_stale_listing_notice(found.page)
    assets = found.page.result.rows
    missing = list_missing_sources(assets)
    sources = services().index.query(AssetQuery(names=missing, limit=MAX_ASSETS)).result if missing else None
    shared = found.page.result.shared_names | (sources.shared_names if sources else frozenset())
    history = build_history(assets, sources.rows if sources else ())
    _draw_header(found, assets)
    timeline.draw(history, shared)
    asset_table.draw(history, shared)
    if found.page.result.total > len(assets):
        st.caption(f"These are the newest {len(assets):,} of {count(found.page.result.total, 'asset')}.")
    status_chart.draw_links()
    store_notices.draw_listing_progress(found.page)


def _find(wanted: history_address.SubjectAddress) -> _Found | None:
    """The assets of the subject, or the asset alone if its record names no subject; None if there is none."""
    subject = wanted.subject
    if not subject:
        ids = (wanted.record_id,) if wanted.record_id else ()
        names = () if ids else (wanted.name,)
        page = services().index.query(AssetQuery(ids=ids, names=names, limit=1))
        if not page.result.rows:
            return None
        asset = page.result.rows[0]
        if not asset.subject_id:
            return _Found(f"Asset {asset.name}", "", page)
        subject = asset.subject_id
    page = services().index.query(AssetQuery(subjects=(subject,), sort=SortBy.ACQUISITION_TIME, limit=MAX_ASSETS))
    return _Found(f"Subject {subject}", subject, page) if page.result.rows else None


def _draw_header(found: _Found, assets: Sequence[AssetSummary]) -> None:
    st.title(plain(found.title), anchor=False)
    if not found.subject:
        st.info(
            "This record names no subject, so only the asset itself is shown. A record names it in "
            "`subject.subject_id`, or its asset's name does."
        )
        return
    projects = sorted({asset.project for asset in assets if asset.project})
    genotypes = sorted({asset.genotype for asset in assets if asset.genotype})
    pending = sum(asset.pending for asset in assets)
    facts = [*genotypes, count(found.page.result.total, "asset"), f"{count(pending, 'metric')} Pending"]
    st.caption(" · ".join(plain(fact) for fact in facts))
    data = []
    if pending:
        data.append({"text": "Review what is Pending", "href": links.link_queue([("subject", found.subject)])})
    data += [{"text": f"Project {project}", "href": links.link_project(project)} for project in projects]
    data.append({"text": "In the list of assets", "href": links.link_assets(AssetQuery(subjects=(found.subject,)))})
    browser_components.links(key="subject-links", data={"links": data, "belowEachOther": False})


def _draw_unknown(what: str) -> None:
    st.title("Nothing found", anchor=False)
    st.info(
        f"No record here is {plain(what)}. Check the address for a typing error, or choose a subject below. A record "
        "that was just written appears here once it has been read, mostly within a minute."
    )
    _draw_choice()


def _draw_choice() -> None:
    """A field for the subject, with all subjects that there are."""
    page = services().index.query(AssetQuery(limit=1, facets=(Facet.SUBJECT,)))
    subjects = page.result.facets[Facet.SUBJECT]
    if not subjects and not page.reading:
        st.info("No record here names a subject. A record does so in `subject.subject_id`, or by its asset's name.")
    widget_state.set_value("subject-choice", None)
    st.selectbox(
        "Subject",
        list(subjects),
        index=None,
        key="subject-choice",
        format_func=lambda subject: f"{subject} · {count(subjects.get(subject, 0), 'asset')}",
        placeholder=f"Choose one of {count(len(subjects), 'subject')}, or type to search",
        on_change=_choose,
        width=420,
    )
    store_notices.draw_listing_progress(page)


def _choose() -> None:
    chosen = widget_state.get_value("subject-choice")
    if isinstance(chosen, str):
        history_address.open_subject(chosen)
