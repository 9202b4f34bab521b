"""The addresses of the pages `/subject` and `/project`."""

from collections.abc import Mapping
from dataclasses import dataclass

from pages.shell.address import read_pairs, set_pairs
from qc_core.assets.project_history import MetricKind
from qc_core.assets.query import AssetQuery
from qc_core.assets.query_text import parse_query


@dataclass(frozen=True, slots=True)
class SubjectAddress:
    """The address of a subject's page: the subject itself, or one of its assets by id or name."""

    subject: str = ""
    record_id: str = ""
    name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the address names nothing."""
        return not (self.subject or self.record_id or self.name)


def read_subject_address() -> SubjectAddress:
    """The subject that the URL names."""
    last = dict(read_pairs())
    return SubjectAddress(*(last.get(key, "").strip() for key in ("subject", "id", "name")))


def open_subject(subject: str) -> None:
    """From the page of subjects: go to another one."""
    set_pairs([("subject", subject)])


def read_project_address() -> AssetQuery:
    """The project, and the conditions on its assets, that the URL names; what it states wrongly counts as absent."""
    return parse_query(read_pairs())


def set_project_filters(filters: Mapping[str, list[str]]) -> None:
    """Replace these parameters in the URL of a project; an empty one is taken out."""
    kept = [(key, value) for key, value in read_pairs() if key not in filters]
    set_pairs([*kept, *((key, value) for key, values in filters.items() for value in values)])


def read_metric_kind() -> MetricKind:
    """The metric that the URL of a project names by `metric`, `stage` and `tag`; empty where it names none."""
    pairs = read_pairs()
    last = dict(pairs)
    tags = tuple(sorted(value for key, value in pairs if key == "tag"))
    return MetricKind(last.get("metric", ""), last.get("stage", ""), tags)


def set_metric_kind(kind: MetricKind) -> None:
    """Show another metric on the page of a project."""
    set_project_filters({"metric": [kind.name], "stage": [kind.stage] if kind.stage else [], "tag": list(kind.tags)})
