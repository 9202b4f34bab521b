"""Compare the open figure with the same figure of another session, chosen from a strip of thumbnails.

Which sessions there are is asked by the browser (`/sessions/…`), once the reader opens the strip. The other figure is
that of the other record's own metric, served under that record's rules.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from pages.shell import address as addresses
from pages.shell import browser_components, links
from pages.shell.address import ReviewAddress
from pages.shell.known_figures import KnownFigures
from pages.shell.portal import now, services
from pages.shell.session import widget_state
from qc_core.assets.metrics import MetricQuery, MetricRow
from qc_core.assets.query import AssetQuery
from qc_core.assets.sessions import find_same_figure
from qc_core.errors import QcError
from qc_core.quality_control.metric import Metric
from qc_core.quality_control.position import Position
from qc_core.references.embeds import embeds_of
from qc_core.references.figures import ConvertedFigure, Figure, NoFigure, PictureFigure, SwipeFigure, VideoFigure
from qc_core.references.shown import resolve_figure
from qc_core.stores.ports import StoredRecord
from qc_core.stores.summary import metric_rows


@dataclass(frozen=True, slots=True)
class OtherSession:
    """The same figure of another record, as its content wants it to be shown; or why there is none (`problem`).

    `row` is the other record's metric.
    """

    record_id: str
    name: str
    problem: str | None = None
    row: MetricRow | None = None
    figure: Figure = NoFigure()  # noqa: RUF009  # it is frozen


def find(
    stored: StoredRecord, metrics: list[Metric], address: ReviewAddress, figures: KnownFigures
) -> OtherSession | None:
    """The other session that the address names, for the figure of these metrics; None where it names none."""
    other_id = address.compared
    if not other_id:
        return None
    try:
        other = services().records.get_recent(other_id)
        at, keys = now(), [metric.key for metric in metrics]
        wanted = [row for row in metric_rows(stored, at) if row.key in keys]
        row = find_same_figure(wanted, metric_rows(other, at))
        if row is None:
            return OtherSession(other_id, other.name, "has no figure for this metric.")
        locations, embeds = services().figures.locations(other), embeds_of(services().settings)
        figure = figures.get(resolve_figure(row.reference, other_id, locations, embeds), other_id)
    except QcError as error:
        return OtherSession(other_id, other_id, f"cannot be shown. {error.message} {error.hint}".strip())
    return OtherSession(other_id, other.name, row=row, figure=figure)


def pair(stored: StoredRecord, figure: Figure, other: OtherSession) -> SwipeFigure | None:
    """Both in the viewer of pairs, each named by its session; None where one of them is not a picture or video.

    `figure` is the open one, as its content wants it to be shown.
    """
    left, right = _as_media(figure), _as_media(other.figure)
    if left is None or right is None or other.row is None:
        return None
    mine = f"This session, {_day(stored.asset.acquisition_time)}: {left.name}"
    theirs = f"{_day(other.row.asset.acquisition_time)}, {other.row.status or 'no status'}: {right.name}"
    return SwipeFigure(replace(left, name=mine), replace(right, name=theirs), None)


def draw_line(
    stored: StoredRecord,
    metrics: list[Metric],
    position: Position,
    address: ReviewAddress,
    other: OtherSession | None,
) -> None:
    """The line below the figure: the way to another session, which one is shown, and the way back."""
    key = "sessions"

    def open_session() -> None:
        record_id = widget_state.get_trigger(key, "chosen")
        addresses.open_comparison(position, record_id if isinstance(record_id, str) else "")

    browser_components.sessions(
        key=key,
        data={
            "address": _build_address(stored.record_id, metrics[0].key),
            "metric": metrics[0].name,
            "subject": stored.asset.subject_id,
            "project": stored.asset.project,
            "compared": _describe(other) if other else None,
            "grids": _link_grids(stored, metrics[0]),
        },
        on_chosen_change=open_session,
    )


def _describe(other: OtherSession) -> dict[str, Any]:
    row, link = other.row, ReviewAddress(record_id=other.record_id)
    return {
        "record": other.record_id,
        "asset": other.name,
        "day": _day(row.asset.acquisition_time) if row else "",
        "status": row.status if row else "",
        "href": link.href(row.position) if row else link.href(),
        "problem": other.problem,
    }


def _link_grids(stored: StoredRecord, metric: Metric) -> list[dict[str, str]]:
    """The grids of a metric: over all sessions of its subject and of its project, and all of its name in its asset."""
    asset, name = stored.asset, metric.name
    scopes = []
    if asset.subject_id:
        scopes.append(("All sessions in a grid", AssetQuery(subjects=(asset.subject_id,))))
    if asset.project:
        scopes.append(("All of the project", AssetQuery(projects=(asset.project,))))
    if sum(one.name == name for one in stored.document.metrics) > 1:
        scopes.append(("All of this asset", AssetQuery(ids=(stored.record_id,))))
    tags = tuple(f"{key}:{value}" if key else value for key, value in metric.tags)
    grids = []
    for text, assets in scopes:
        query = MetricQuery(assets, names=(name,), tags=() if assets.ids else tags)
        grids.append({"text": text, "href": links.link_grid(query)})
    return grids


def _build_address(record_id: str, metric_key: str) -> str:
    """`/sessions/<record>?metric=metrics%2F3`."""
    query = urlencode({"metric": metric_key}, errors="surrogatepass")
    return f"/sessions/{quote(record_id, safe='', errors='surrogatepass')}?{query}"


def _as_media(figure: Figure) -> PictureFigure | VideoFigure | None:
    if isinstance(figure, ConvertedFigure):
        return PictureFigure(figure.address, figure.name)
    return figure if isinstance(figure, PictureFigure | VideoFigure) else None


def _day(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d}" if time else "no date"
