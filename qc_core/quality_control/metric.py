"""A metric, an evaluation, and what identifies them."""

from dataclasses import dataclass, field

from qc_core.json_document.value import JsonPath, JsonValue
from qc_core.quality_control.curation.versions import Curation
from qc_core.quality_control.status import Status, StatusEntry


@dataclass(frozen=True, slots=True)
class Problem:
    """Something unexpected in a document: its path, and a sentence for people."""

    path: JsonPath
    sentence: str


@dataclass(frozen=True, slots=True)
class Modality:
    """A modality as the document names it; either part may be "" in older records."""

    name: str
    abbreviation: str

    @property
    def label(self) -> str:
        """The short form for people: the abbreviation, else the name, else "no modality"."""
        return self.abbreviation or self.name or "no modality"


@dataclass(frozen=True, slots=True, order=True)
class Fingerprint:
    """What identifies a metric independently of its position. Metrics that share one differ only by their position.

    `group` is the v1 evaluation's name, or the v2 tags as sorted `key:value` (list tags: the bare tags, sorted).
    What the document does not have is "".
    """

    name: str
    stage: str
    modality: str
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric, parsed. `value` is the JSON value as stored; `history` is oldest-listed first.

    `path` is its path in the quality_control document, `("metrics", 3)` or `("evaluations", 1, "metrics", 3)`.
    `evaluation` is the position of its v1 evaluation, None in v2. `tags` are (key, value) pairs; for list tags
    and v1 tags the key is "". `history_key` is the name of the field with its status entries, None where the
    document has no such field. `problems` are sentences for people; `read_only` is the reason why the
    metric cannot be annotated, or None. `curation` is what its value holds where the metric is a curation.
    """

    path: JsonPath
    fingerprint: Fingerprint
    name: str
    modality: Modality
    stage: str
    value: JsonValue
    history: tuple[StatusEntry, ...]
    history_key: str | None
    description: str | None
    reference: str | None
    tags: tuple[tuple[str, str], ...]
    evaluated_assets: tuple[str, ...]
    evaluation: int | None
    object_type: str | None
    curation: Curation | None = None
    problems: tuple[str, ...] = field(default=())
    read_only: str | None = None

    @property
    def key(self) -> str:
        """A text that identifies this metric within its document, e.g. "metrics/3"."""
        return "/".join(str(step) for step in self.path)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A v1 evaluation. `metrics` are positions in the document's flat tuple of metrics.

    `latest_status` is the stored roll-up, None where the document has none (then none is ever added).
    `own_status` is the evaluation's own status in the earliest shape; it counts if its metrics have no status at
    all. `read_only` is the reason why its notes cannot be written, or None.
    """

    path: JsonPath
    name: str
    modality: Modality
    stage: str
    description: str | None
    notes: str | None
    tags: tuple[str, ...]
    allow_failed_metrics: bool
    latest_status: str | None
    created: str | None
    metrics: tuple[int, ...]
    own_status: Status | None = None
    read_only: str | None = None
