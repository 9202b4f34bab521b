"""Check the metrics: references, values, names, tags and histories.

The parser of references and `editor` decide what can be shown and edited, so a kind added there is known here too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from qc_core.pipeline.check.findings import (
    CheckFinding,
    describe_metric,
    error,
    list_metrics,
    list_some,
    note,
    shorten,
    warning,
)
from qc_core.pipeline.check.not_json import numbers_that_are_not_json
from qc_core.quality_control.curation.objects import objects
from qc_core.quality_control.document import Dialect, QualityControl
from qc_core.quality_control.metric import Fingerprint, Metric
from qc_core.quality_control.rollup import tag_names
from qc_core.quality_control.status import Generation
from qc_core.quality_control.values.editor_kinds import ChoiceEditor, ChoicesEditor
from qc_core.quality_control.values.editors import editor, further_keys
from qc_core.references.figures import NoFigure, PairFigure, TextFigure
from qc_core.references.locations import Locations
from qc_core.references.reference import AssetFile, Pair, parse, semicolon_names
from qc_core.references.shown import resolve_figure

MissingFile = Callable[[str], str | None]
"""The reason why there is no figure at a relative path, or None if there is one."""

_ANYWHERE = Locations("s3://asset/results", "s3://raw-asset/data")
"""Results have no location yet: placeholders for it count as filled in."""
_ALWAYS = ("modality", "stage")
"""Keys that v2 can always group by (docs/formats.md#second-generation)."""


def check_metrics(document: QualityControl, missing: MissingFile) -> Iterator[CheckFinding]:
    """All findings about the metrics of one document."""
    yield from _references(document, missing)
    for metric in document.metrics:
        yield from _value(metric)
        yield from _history(metric)
    yield from _descriptions(document)
    yield from _duplicates(document)
    yield from _check_grouping(document)


def _references(document: QualityControl, missing: MissingFile) -> Iterator[CheckFinding]:
    bare = []
    users: dict[str, list[str]] = defaultdict(list)
    names = semicolon_names(document.references(), lambda path: missing(path) is None)
    anywhere = replace(_ANYWHERE, semicolon_names=names)
    for metric in document.metrics:
        of_objects = list(_of_objects(metric))
        if isinstance(resolve_figure(metric.reference, "", anywhere), NoFigure) and not of_objects:
            bare.append(metric)
        for place, text in ((describe_metric(metric), metric.reference), *of_objects):
            files = _files(text, anywhere)
            for file in files:
                users[file.path].append(place)
            yield from _not_shown(place, text, anywhere)
            if files and text and text.strip().startswith("/"):
                yield note(
                    "absolute-reference",
                    place,
                    f"Its reference “{shorten(text)}” begins with a slash.",
                    "Write it relative to quality_control.json, without a mount or results/ before it.",
                )
    for path, places in users.items():
        reason = missing(path)
        if reason:
            yield error(
                "missing-figure",
                list_some(list(dict.fromkeys(places))),
                shorten(reason, 300),
                "Save the figure next to quality_control.json, or repair the reference; upper and lower case count.",
            )
    if bare:
        yield note(
            "no-reference",
            list_metrics(bare),
            f"{_count(bare)} without a reference: reviewers see no figure for it.",
            "Refer to a figure, however simple; many metrics may share one.",
        )


def _of_objects(metric: Metric) -> Iterator[tuple[str, str]]:
    """The references of the objects in a metric's curation, in all its versions, each once, with the object's place."""
    found: dict[tuple[str, str], None] = {}
    for version in metric.curation.versions if metric.curation else ():
        for one in objects(version.content) or ():
            if one.reference:
                found[f"{describe_metric(metric)}, object {shorten(one.key, 60)}", one.reference] = None
    yield from found


def _files(text: str | None, locations: Locations) -> list[AssetFile]:
    """The files of the asset that a reference names: none, one, or both of a pair."""
    reference = parse(text, locations)
    named = (reference.left, reference.right) if isinstance(reference, Pair) else (reference,)
    return [part for part in named if isinstance(part, AssetFile)]


def _not_shown(place: str, text: str | None, locations: Locations) -> Iterator[CheckFinding]:
    figure = resolve_figure(text, "", locations)
    for part in (figure.left, figure.right) if isinstance(figure, PairFigure) else (figure,):
        if isinstance(part, TextFigure):
            how = "is given as a link, and is not shown" if part.link else "is shown as text"
            reason = f" {part.reason}" if part.reason else ""
            yield warning(
                "reference-not-shown",
                place,
                f"Its reference “{shorten(part.text)}” {how}.{reason}",
                "Store a figure of a kind that the portal shows, such as PNG, SVG, PDF or MP4, and refer to that.",
            )


def _value(metric: Metric) -> Iterator[CheckFinding]:
    kind = editor(metric.value, metric.object_type, metric.evaluated_assets)
    why = getattr(kind, "why", None)  # only `JsonEditor` and `JsonView` have it
    if why is not None and next(numbers_that_are_not_json(metric.value), None) is None:
        yield warning(
            "no-editor",
            describe_metric(metric),
            f"Its value has no editor of its own and is shown as JSON. {why}",
            "Use one of the kinds of value that the guide for authors of metrics lists.",
        )
    further = further_keys(metric.value, kind)
    if further:
        yield note(
            "further-keys",
            describe_metric(metric),
            f"Its value holds “{shorten('”, “'.join(further))}” besides the keys of its kind: it is only shown.",
            "Keep it if reviewers should read it; put what is to be reviewed into a metric of its own.",
        )
    if not isinstance(kind, ChoiceEditor | ChoicesEditor):
        return
    if not kind.fits:
        yield warning(
            "value-is-no-option",
            describe_metric(metric),
            "Its value is none of its options.",
            "Leave the value empty, or make it one of the options.",
        )
    if kind.statuses and None in kind.statuses:
        yield warning(
            "option-without-status",
            describe_metric(metric),
            "Some of its options imply a status, and others imply none.",
            "Give a status for each option, in the same order, or for none of them.",
        )


def _history(metric: Metric) -> Iterator[CheckFinding]:
    times = [entry.timestamp for entry in metric.history if entry.timestamp]
    if any(entry.assumed_utc for entry in metric.history):
        yield warning(
            "time-without-zone",
            describe_metric(metric),
            "A time in its status_history has no zone: programs assume different zones.",
            "Write datetime.now(timezone.utc).",
        )
    if times != sorted(times):
        yield warning(
            "history-out-of-order",
            describe_metric(metric),
            "Its status_history is not in the order of time: programs differ in which entry they use.",
            "List the oldest first.",
        )


def _descriptions(document: QualityControl) -> Iterator[CheckFinding]:
    undescribed = [metric for metric in document.metrics if not (metric.description or _description(document, metric))]
    if undescribed:
        yield note(
            "no-description",
            list_metrics(undescribed),
            f"{_count(undescribed)} without a description: reviewers do not see when it passes.",
            "State the rule: “Pass when below 10 µm.”",
        )


def _description(document: QualityControl, metric: Metric) -> str | None:
    return None if metric.evaluation is None else document.evaluations[metric.evaluation].description


def _duplicates(document: QualityControl) -> Iterator[CheckFinding]:
    alike: dict[Fingerprint, list[Metric]] = defaultdict(list)
    for metric in document.metrics:
        if metric.key in document.duplicates:
            alike[metric.fingerprint].append(metric)
    group = "evaluation" if document.generation is Generation.V1 else "tags"
    for metrics in alike.values():
        yield warning(
            "duplicate",
            list_metrics(metrics),
            f"{len(metrics)} metrics share their name, stage, modality and {group}: they differ only in their order.",
            f"Give each a name or {group} of its own.",
        )


def _check_grouping(document: QualityControl) -> Iterator[CheckFinding]:
    """Levels and tags that group nothing. v1 groups by its evaluations, so it is not checked."""
    if document.generation is not Generation.V2 or not document.metrics:
        return
    by_list = document.dialect is Dialect.V2_LIST_TAGS
    tagged = {value if by_list else key for metric in document.metrics for key, value in metric.tags}
    usable = tagged if by_list else tagged | set(_ALWAYS)
    grouping = {word for level in document.default_grouping for word in level}
    what = "tag" if by_list else "key"
    holders = _index_by_key(document.metrics)
    for index, level in enumerate(document.default_grouping):
        if usable.isdisjoint(level):
            yield warning(
                "groups-nothing",
                f"default_grouping[{index}]",
                f"No metric has the {what} “{shorten(' or '.join(level))}”, so this level groups nothing.",
                f"Use a {what} that metrics have" + ("." if by_list else ", or modality or stage."),
            )
            continue
        having = set[int]().union(*(holders.get(word, ()) for word in level))
        if by_list or len(having) == len(document.metrics):
            continue
        without = [metric for number, metric in enumerate(document.metrics) if number not in having]
        if len(without) > len(document.metrics) / 2:
            yield warning(
                "level-mostly-lacking",
                f"default_grouping[{index}]",
                f"{len(without)} of {len(document.metrics)} metrics lack “{shorten(' or '.join(level))}”, by which "
                f"this level groups: {list_metrics(without)}.",
                'Group by keys that most metrics have, or name keys of a kind as one level: [["probe", "camera"]].',
            )
        else:
            yield note(
                "ungrouped",
                list_metrics(without),
                f"{_count(without)} without “{shorten(' or '.join(level))}”, by which default_grouping groups: "
                "shown under “(none)”.",
                "Tag them too, unless they are about the whole.",
            )
    for word in sorted(tagged - grouping):
        yield note(
            "tag-unused",
            "default_grouping",
            f"The {what} “{shorten(word)}” of the tags is in no level of default_grouping, so it groups nothing.",
            "Add it to default_grouping, if reviewers should see metrics grouped by it.",
        )
    yield from _check_allowed_failures(document)


def _index_by_key(metrics: Sequence[Metric]) -> dict[str, set[int]]:
    """Which metrics, by their number, have each key that a level can group by: of their tags, modality and stage."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, metric in enumerate(metrics):
        always = {"modality": metric.modality.abbreviation or metric.modality.name, "stage": metric.stage}
        for key in (*(key for key, value in always.items() if value), *(key for key, _ in metric.tags)):
            found[key].add(number)
    return found


def _check_allowed_failures(document: QualityControl) -> Iterator[CheckFinding]:
    words = set[str]().union(*(tag_names(metric) for metric in document.metrics))
    for index, together in enumerate(document.allow_tag_failures):
        if not words.issuperset(together):
            yield warning(
                "forgives-nothing",
                f"allow_tag_failures[{index}]",
                f"No metric has the tag “{shorten(' and '.join(together))}”, so no failure is allowed.",
                "Name a tag's value, or its key and value as key:value; a key alone matches nothing.",
            )


def _count(metrics: list[Metric]) -> str:
    return "A metric" if len(metrics) == 1 else f"{len(metrics)} metrics"
