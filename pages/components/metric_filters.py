"""The filters of metrics over many assets: two fields of text, and lists of values that occur, with their counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from pages.shell.errors import plain
from pages.shell.formatting import count
from pages.shell.portal import person_in_queries
from pages.shell.session import widget_state
from qc_core.assets.list_view import list_conditions
from qc_core.assets.metrics import CONDITION_OF_KEY, MetricQuery
from qc_core.assets.query import CONDITION_OF, Facet

ASSET_FACETS = {
    "project": Facet.PROJECT,
    "subject": Facet.SUBJECT,
    "experimenter": Facet.EXPERIMENTER,
    "key_experimenter": Facet.KEY_EXPERIMENTER,
}
"""What assets are filtered by, and counted by for the choices."""
ON_ASSETS = {key: CONDITION_OF[facet] for key, facet in ASSET_FACETS.items()}
MINE_HELP = (
    "Assets whose key experimenter you are, by the name or the address of your login. Where an asset names none, those "
    "whose experimenter you are."
)
ON_METRICS = {key: CONDITION_OF_KEY[key] for key in ("modality", "stage", "tag", "metric")}
"""In the order in which they are shown."""
_FIELD_WIDTH, _FIELDS_WIDTH = 200, 632
"""Pixels of a list of values, and of a row of three."""
_TITLES = {"metric": "Name", "key_experimenter": "Key experimenter"}


@dataclass(frozen=True, slots=True)
class Extra:
    """One more filter of a page: a choice of one, None for any."""

    title: str
    options: Mapping[str, str]
    chosen: str | None


def draw(
    page: str,
    query: MetricQuery,
    counts: Mapping[str, Mapping[str, int]],
    change: Callable[[MetricQuery, dict[str, str | None]], None],
    extras: Mapping[str, Extra] | None = None,
) -> None:
    """The filters of a page, of which `page` is the name. `counts` are the values to choose from, by filter.

    `change` is called in a callback with the query as it is now, and what is chosen of `extras`.
    """
    extras = extras or {}
    chosen = {key: list(_values(query, key)) for key in (*ON_ASSETS, *ON_METRICS)}
    number = sum(map(bool, chosen.values())) + sum(extra.chosen is not None for extra in extras.values())

    def apply_filters() -> None:
        change(_read(page, query), {key: widget_state.get_value(f"{page}-{key}") for key in extras})

    def clear() -> None:
        change(MetricQuery(), dict.fromkeys(extras))

    with st.container(key="qc-metric-filters", horizontal=True, vertical_alignment="center"):
        _text(page, "text", "Metric or tag", query.text, apply_filters)
        _text(page, "asset", "Asset, subject or project", query.assets.text, apply_filters)
        label = f"Filters ({number})" if number else "Filters"
        popover = st.popover(label, icon=":material/filter_list:", width="content")
        with popover, st.container(key="qc-filter-fields", horizontal=True, gap="small", width=_FIELDS_WIDTH):
            for key, values in chosen.items():
                _list(page, key, values, counts.get(key, {}), apply_filters)
            for key, extra in extras.items():
                _choice(page, key, extra, apply_filters)
        _mine(page, query, apply_filters)
        if number or query.text or query.assets.has_conditions:
            st.button("Clear filters", key=f"{page}-clear", type="tertiary", icon=":material/close:", on_click=clear)
    parts = _describe(query, extras)
    if parts:
        st.caption(f"Only {plain('; '.join(parts))}")


def _mine(page: str, query: MetricQuery, apply_filters: Callable[[], None]) -> None:
    """For who is not a guest: whether only what they are responsible for is listed."""
    if me := person_in_queries():
        widget_state.set_value(f"{page}-mine", me in query.assets.people)
        st.checkbox("Mine", key=f"{page}-mine", on_change=apply_filters, help=MINE_HELP, width="content")


def _text(page: str, key: str, label: str, text: str, apply_filters: Callable[[], None]) -> None:
    widget_state.set_value(f"{page}-{key}", text)
    st.text_input(
        label,
        key=f"{page}-{key}",
        type="search",
        live=True,
        on_change=apply_filters,
        placeholder=label,
        label_visibility="collapsed",
        width=260,
    )


def _list(page: str, key: str, values: list[str], counts: Mapping[str, int], apply_filters: Callable[[], None]) -> None:
    widget_state.set_value(f"{page}-{key}", values)
    thing = "asset" if key in ON_ASSETS else "metric"
    options = [*counts, *(value for value in values if value not in counts)]
    st.multiselect(
        _TITLES.get(key, key.capitalize()),
        options,
        key=f"{page}-{key}",
        format_func=lambda option: f"{option} ({count(counts[option], thing)})" if option in counts else option,
        on_change=apply_filters,
        placeholder="Any",
        width=_FIELD_WIDTH,
    )


def _choice(page: str, key: str, extra: Extra, apply_filters: Callable[[], None]) -> None:
    widget_state.set_value(f"{page}-{key}", extra.chosen)
    st.selectbox(
        extra.title,
        list(extra.options),
        key=f"{page}-{key}",
        format_func=extra.options.__getitem__,
        on_change=apply_filters,
        placeholder="Any",
        index=None,
        width=_FIELD_WIDTH,
    )


def _read(page: str, query: MetricQuery) -> MetricQuery:
    """The query with what the widgets hold now; conditions that have no widget stay."""

    def read(keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        return {name: tuple(widget_state.get_value(f"{page}-{key}") or ()) for key, name in keys.items()}

    def text(key: str) -> str:
        return str(widget_state.get_value(f"{page}-{key}") or "").strip()

    me = person_in_queries()
    mine = widget_state.get_value(f"{page}-mine") if me else None
    people = query.assets.people if mine is None else tuple(one for one in query.assets.people if one != me)
    people += (me,) if mine else ()
    assets = replace(query.assets, text=text("asset"), people=people, **read(ON_ASSETS))  # type: ignore[arg-type]  # tuples of texts
    return replace(query, assets=assets, text=text("text"), **read(ON_METRICS))  # type: ignore[arg-type]  # the same


def _values(query: MetricQuery, key: str) -> Sequence[str]:
    values: tuple[str, ...] = (
        getattr(query.assets, ON_ASSETS[key]) if key in ON_ASSETS else getattr(query, ON_METRICS[key])
    )
    return values


def _describe(query: MetricQuery, extras: Mapping[str, Extra]) -> list[str]:
    """The conditions that are not seen in a field of text, such as `["stage Raw data", "project Ephys"]`."""
    parts = [
        f"{_TITLES.get(key, key).lower()} {' and '.join(values) if key == 'tag' else ' or '.join(values)}"
        for key, name in ON_METRICS.items()
        if (values := getattr(query, name))
    ]
    parts += [condition.text for condition in list_conditions(query.assets)]
    return parts + [
        f"{extra.title.lower()} {extra.options[extra.chosen].lower()}"
        for extra in extras.values()
        if extra.chosen is not None and extra.chosen in extra.options
    ]
