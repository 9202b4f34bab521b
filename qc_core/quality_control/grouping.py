"""Metrics as a tree of groups with rolled-up status, and the addresses of groups.

The leaves hold each metric exactly once: a metric without any key of a level is under "(none)". An address is the
(key, label) pairs from the root down, as text `probe=ProbeA/type=drift`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from qc_core.json_document.value import is_unset
from qc_core.quality_control.document import Dialect, QualityControl
from qc_core.quality_control.metric_facts import label_evaluations, read_facts, read_own_facts
from qc_core.quality_control.remembered import remember_settled
from qc_core.quality_control.rollup import (
    find_allowed_failures,
    get_counted_statuses,
    get_review_statuses,
)
from qc_core.quality_control.status import Generation, Status, roll_up
from qc_core.quality_control.status_counts import StatusCounts, count_one, sum_counts
from qc_core.references.locations import NO_LOCATIONS, Locations
from qc_core.references.reference import NoReference, Reference, parse

NONE = "(none)"
_MAX_DEPTH = 12
"""Levels of the tree at most; a document must not be able to exhaust the stack."""

Address = tuple[tuple[str, str], ...]
Levels = tuple[tuple[str, ...], ...]
"""What each level of a tree is grouped by: the first of these keys that a metric has."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of metrics: `metrics` are positions in the document's metrics, those of its children included.

    `key` is what it was grouped by ("probe"), `label` what all its metrics have there ("ProbeA"); `address` is
    these pairs from the root down. The root has neither and an empty address. `status` is by the generation's
    rules, over each metric's `review_status`, None where no metric has one; `counts` has how many metrics have which.
    `lacking` is True for "(none)", whose metrics have no key of its level. `allowed` are the reasons why failures in
    it count as Pass, each once.
    """

    label: str
    key: str
    address: Address
    status: Status | None
    counts: StatusCounts
    metrics: tuple[int, ...]
    children: tuple["Group", ...]
    lacking: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def pending(self) -> int:
        """How many of its metrics are left to decide."""
        return self.counts.pending


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of the tree: which branch each metric takes (None: the "(none)" branch).

    `key` names the "(none)" branch; `order` has the branches that go first, in their order.
    """

    key: str
    branch: Callable[[int], tuple[str, str] | None]
    order: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Statuses:
    of_metrics: tuple[Status | None, ...]
    counted: tuple[Status | None, ...]
    allowed: Mapping[int, str]


@remember_settled
def build_tree(
    document: QualityControl, at: datetime, levels: Levels = (), metrics: tuple[int, ...] | None = None
) -> Group:
    """The metrics of a document, grouped: v1 by evaluation, v2 by `default_grouping`, else by stage.

    By modality first, where there are several and the grouping does not name it. `levels`, if there are any, are
    grouped by instead; `metrics` are the positions of those in the tree, None for all.
    """
    review, counted = get_review_statuses(document, at), get_counted_statuses(document, at)
    either = tuple(one or other for one, other in zip(counted, review, strict=True))
    statuses = _Statuses(review, either, find_allowed_failures(document, at))
    everything = tuple(range(len(document.metrics))) if metrics is None else metrics
    found = [_key_level(read_facts(document), keys) for keys in levels[:_MAX_DEPTH]] or _levels(document)
    return _group(("", "All metrics"), (), everything, found, statuses)


def walk(root: Group) -> Iterator[Group]:
    """The group and all groups below it, depth first, in the order they are shown."""
    yield root
    for child in root.children:
        yield from walk(child)


def leaves(root: Group) -> Iterator[Group]:
    """The groups without children, in the order they are shown."""
    return (group for group in walk(root) if not group.children)


def first_group_to_review(root: Group) -> Group:
    """The group to open first: the first leaf with something Pending, else the first leaf."""
    return next((leaf for leaf in leaves(root) if leaf.pending), None) or next(leaves(root))


def leaf_with(root: Group, index: int) -> Group:
    """The leaf that holds the metric at a position; each metric of the group is in exactly one."""
    return next(leaf for leaf in leaves(root) if index in leaf.metrics)


def group_text(group: Group) -> str:
    """A group's address as text for a URL: `probe=ProbeA/type=drift`; "" for the root."""
    return address_text(group.address)


def address_text(address: Address) -> str:
    """An address as text; `/`, `=` and `%` within its parts are percent-escaped.

    `(("probe", "A/B"), ("type", "drift"))` gives `probe=A%2FB/type=drift`.
    """
    return "/".join(f"{_escape(key)}={_escape(label)}" for key, label in address)


def read_address(text: str) -> Address | None:
    """The address that `address_text` wrote, or None if the text is none."""
    if not text:
        return ()
    pairs = [step.split("=") for step in text.split("/")]
    if any(len(pair) != 2 for pair in pairs):
        return None
    return tuple((_unescape(key), _unescape(label)) for key, label in pairs)


def find_group(root: Group, text: str) -> Group | None:
    """The group with that address, or None if there is none."""
    address = read_address(text)
    if address is None:
        return None
    group: Group | None = root
    for depth in range(1, len(address) + 1):
        children: Sequence[Group] = group.children if group else ()
        group = next((child for child in children if child.address == address[:depth]), None)
    return group


def group_by_reference(
    document: QualityControl, group: Group, locations: Locations = NO_LOCATIONS
) -> tuple[tuple[str | None, tuple[int, ...]], ...]:
    """A group's metrics by the figure that they refer to, in order of appearance; those without one last, under None.

    A figure may be spelled in several ways, with or without `results/`: the result has its first spelling.
    `locations` are those of the record.
    """
    gathered: dict[Reference, list[int]] = {}
    spelled: dict[Reference, str | None] = {}
    parsed: dict[str | None, Reference] = {}
    for index in group.metrics:
        text = document.metrics[index].reference
        reference = parsed.get(text)
        if reference is None:
            reference = parsed[text] = parse(None if is_unset(text) else text, locations)
        spelled.setdefault(reference, text)
        gathered.setdefault(reference, []).append(index)
    bare = gathered.pop(NoReference(), None)
    found = [(spelled[reference], tuple(indices)) for reference, indices in gathered.items()]
    return (*found, (None, tuple(bare))) if bare else tuple(found)


def _group(
    named: tuple[str, str],
    address: Address,
    metrics: tuple[int, ...],
    levels: Sequence[_Level],
    statuses: _Statuses,
    *,
    lacking: bool = False,
) -> Group:
    children: list[Group] = []
    if levels and metrics:
        for pair, below in _branches(metrics, levels[0]):
            none = levels[0].branch(below[0]) is None
            children.append(_group(pair, (*address, pair), below, levels[1:], statuses, lacking=none))
    return Group(
        label=named[1],
        key=named[0],
        address=address,
        status=roll_up(statuses.counted[index] for index in metrics),
        counts=sum_counts(
            count_one(statuses.of_metrics[index], is_allowed=index in statuses.allowed) for index in metrics
        ),
        metrics=metrics,
        children=tuple(children),
        allowed=tuple(dict.fromkeys(statuses.allowed[index] for index in metrics if index in statuses.allowed)),
        lacking=lacking,
    )


def _branches(metrics: tuple[int, ...], level: _Level) -> list[tuple[tuple[str, str], tuple[int, ...]]]:
    found: dict[tuple[str, str], list[int]] = {pair: [] for pair in level.order}
    none: list[int] = []
    for index in metrics:
        pair = level.branch(index)
        (none if pair is None else found.setdefault(pair, [])).append(index)
    branches = [(pair, tuple(indices)) for pair, indices in found.items() if indices]
    if none:
        label = NONE
        while (level.key, label) in found:  # a document may have this label as a tag
            label += " #2"
        branches.append(((level.key, label), tuple(none)))
    return branches


def _levels(document: QualityControl) -> list[_Level]:
    facts = [read_own_facts(metric) for metric in document.metrics]
    known = {key for of_metric in facts for key in of_metric}
    if document.generation is Generation.V1:
        levels = [_evaluation_level(document)]
    elif document.dialect is Dialect.V2_LIST_TAGS:
        levels = _list_tag_levels(document)
    else:
        # A level that no metric has a key of would only put all of them under one "(none)".
        usable = [keys for keys in dict.fromkeys(document.default_grouping) if not known.isdisjoint(keys)]
        levels = [_key_level(facts, keys) for keys in usable[:_MAX_DEPTH]]
    if not levels:
        levels = [_key_level(facts, ("stage",))]
    several = len({of_metric.get("modality") for of_metric in facts} - {None}) > 1
    named = any(level.key == "modality" for level in levels)
    return [_key_level(facts, ("modality",)), *levels] if several and not named else levels


def _key_level(facts: Sequence[Mapping[str, str]], keys: tuple[str, ...]) -> _Level:
    """By the first of the keys that a metric has: `modality`, `stage`, or a tag's."""

    def branch(index: int) -> tuple[str, str] | None:
        return next(((key, facts[index][key]) for key in keys if key in facts[index]), None)

    return _Level(keys[0], branch)


def _list_tag_levels(document: QualityControl) -> list[_Level]:
    """With list tags `default_grouping` holds the tags themselves: a metric is under the first of them that it has."""
    words = tuple(dict.fromkeys(word for level in document.default_grouping for word in level))
    order = {word: rank for rank, word in enumerate(words)}
    ranks = [min((order[tag] for _, tag in metric.tags if tag in order), default=None) for metric in document.metrics]

    def branch(index: int) -> tuple[str, str] | None:
        rank = ranks[index]
        return None if rank is None else ("tag", words[rank])

    usable = any(rank is not None for rank in ranks)
    return [_Level("tag", branch, tuple(("tag", word) for word in words))] if usable else []


def _evaluation_level(document: QualityControl) -> _Level:
    labels = label_evaluations(document.evaluations)

    def branch(index: int) -> tuple[str, str] | None:
        position = document.metrics[index].evaluation
        return None if position is None else ("evaluation", labels[position])

    return _Level("evaluation", branch)


def _escape(part: str) -> str:
    return part.replace("%", "%25").replace("/", "%2F").replace("=", "%3D")


def _unescape(part: str) -> str:
    return re.sub("(?i)%(25|2F|3D)", lambda found: chr(int(found[1], 16)), part)
