"""The data for a view in which curations are made: its metric, the versions that can be sent to it, and its draft."""

from collections.abc import Callable
from typing import TypedDict

from pages.shell.formatting import count, format_clock_time, format_time
from pages.shell.portal import services
from pages.shell.session import frames, navigation, page_permissions, reviews, widget_state
from qc_core.json_document.value import JsonValue
from qc_core.quality_control.annotating.changes import MetricEdit
from qc_core.quality_control.curation import objects as curated_objects
from qc_core.quality_control.curation.versions import Curation, Version
from qc_core.quality_control.figure_pages import metrics_sharing_figure
from qc_core.quality_control.metric import Metric
from qc_core.references.embeds import session_name
from qc_core.references.figures import EmbedFigure
from qc_core.stores.ports import StoredRecord


class NamedMetric(TypedDict):
    """A metric that shares the view."""

    key: str
    name: str


class ListedVersion(TypedDict):
    """A version that can be sent; the draft has the number 0."""

    number: int
    label: str


class SentVersion(TypedDict):
    """A version on its way into the view."""

    nonce: str
    label: str
    content: JsonValue


class CurationData(TypedDict):
    """The type of the same name in `types.d.ts`."""

    metric: str
    metrics: list[NamedMetric]
    session: str
    versions: list[ListedVersion]
    draft: str | None
    send: SentVersion | None
    hint: str


def build_data(stored: StoredRecord, figure: EmbedFigure, preferred: tuple[int, ...]) -> CurationData | None:
    """What the view of a figure is given, None where no metric has this figure.

    Of several curations with one figure, it is the one that was chosen, else the first of the `preferred` metrics.
    """
    found = _find_curations(stored, figure.text)
    if not found:
        return None
    chosen = frames.get_chosen_metric(stored.record_id, figure.text)
    shown = {stored.document.metrics[index].key for index in preferred}
    metric = min(found, key=lambda one: (one.key != chosen, one.key not in shown))
    curation = metric.curation
    locations = services().figures.locations(stored)
    data = CurationData(
        metric=metric.key,
        metrics=[NamedMetric(key=one.key, name=one.name) for one in found],
        session=session_name(locations.derived),
        versions=[],
        draft=None,
        send=None,
        hint="",
    )
    if curation is not None:
        review = reviews.get_review(stored.record_id)
        edit = review.metric_edit(review.key_of(metric))
        refused = page_permissions.get_refusal(stored) or metric.read_only or curation.read_only
        data["versions"] = _list_versions(curation, edit)
        data["draft"] = _describe_draft(curation, edit)
        data["send"] = _choose_version(stored.record_id, metric, curation, edit)
        data["hint"] = (
            "What you send from the view is not kept: you can only view this record."
            if refused
            else f"What you send from the view becomes a draft of version {len(curation.items) + 1}."
        )
    return data


def handle_request(record_id: str, figure: str) -> Callable[[], None]:
    """The callback for the component: another metric for the view, or a version to be sent into it."""

    def apply_request() -> None:
        asked = widget_state.get_trigger("figure", "requested")
        if not isinstance(asked, dict) or not isinstance(asked.get("metric"), str):
            return
        number = asked.get("version")
        if isinstance(number, int):
            frames.request_version(record_id, asked["metric"], number)
        else:
            frames.choose_metric(record_id, figure, asked["metric"])
        navigation.redraw(record_id, navigation.VIEW)

    return apply_request


def _find_curations(stored: StoredRecord, reference: str) -> list[Metric]:
    """The curations with this figure; where none of its metrics is a curation, the first of them."""
    locations = services().figures.locations(stored)
    metrics = [
        stored.document.metrics[index] for index in metrics_sharing_figure(stored.document, reference, locations)
    ]
    return [metric for metric in metrics if metric.curation is not None] or metrics[:1]


def _list_versions(curation: Curation, edit: MetricEdit | None) -> list[ListedVersion]:
    versions = [
        ListedVersion(number=one.number, label=_label(one)) for one in reversed(curation.versions) if _is_sendable(one)
    ]
    if edit and edit.version and isinstance(edit.version.content, dict):
        versions.insert(0, ListedVersion(number=frames.DRAFT, label=_draft_label(curation, edit)))
    return versions


def _choose_version(record_id: str, metric: Metric, curation: Curation, edit: MetricEdit | None) -> SentVersion | None:
    """The version that was asked for, else the newest; with a draft none is sent before the reader has decided."""
    requested = frames.get_requested_version(record_id, metric.key)
    draft = edit.version if edit else None
    if requested and requested.number == frames.DRAFT and draft and edit and isinstance(draft.content, dict):
        return SentVersion(nonce=requested.nonce, label=_draft_label(curation, edit), content=draft.content)
    number = requested.number if requested else 0
    if requested and 0 < number <= len(curation.items) and _is_sendable(curation.version(number)):
        version, nonce = curation.version(number), requested.nonce
    else:
        newest = next((one for one in reversed(curation.versions) if _is_sendable(one)), None)
        if draft is not None or newest is None:
            return None
        version, nonce = newest, f"newest-{newest.number}"
    return SentVersion(nonce=nonce, label=_label(version), content=version.content)


def _is_sendable(version: Version) -> bool:
    return isinstance(version.content, dict)


def _label(version: Version) -> str:
    who = version.curator.strip() or "no name recorded"
    when = format_time(version.timestamp) if version.timestamp else "time not recorded"
    return f"Version {version.number} · {who} · {when}"


def _draft_label(curation: Curation, edit: MetricEdit) -> str:
    return f"{_draft_name(curation)} · {format_clock_time(edit.edited_at)}"


def _draft_name(curation: Curation) -> str:
    return f"Your draft of version {len(curation.items) + 1}"


def _describe_draft(curation: Curation, edit: MetricEdit | None) -> str | None:
    """The draft in a sentence, compared with the version before it."""
    if edit is None or edit.version is None:
        return None
    begun = f"{_draft_name(curation)}, kept {format_clock_time(edit.edited_at)}, is not submitted yet"
    newest = curation.newest
    if newest is None:
        return f"{begun}."
    found = curated_objects.differences(newest.content, edit.version.content)
    if not found:
        return f"{begun}. Its objects are those of version {newest.number}."
    are = "differs" if len(found) == 1 else "differ"
    return f"{begun}: {count(len(found), 'object')} {are} from version {newest.number}."
