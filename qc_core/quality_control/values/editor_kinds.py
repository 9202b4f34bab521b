"""The kinds of editor of a metric's value: what each needs to be drawn, and what its answer is."""

from dataclasses import dataclass
from typing import Literal

from qc_core.json_document.value import JsonValue
from qc_core.quality_control.status import Status

ItemKind = Literal["number", "integer", "text", "yes or no"]


@dataclass(frozen=True, slots=True)
class NumberEditor:
    """A finite number. The answer is a number, or None for a cleared field."""

    value: int | float
    integer: bool


@dataclass(frozen=True, slots=True)
class TextEditor:
    """A text, maybe "". The answer is a text."""

    value: str


@dataclass(frozen=True, slots=True)
class YesNoEditor:
    """A boolean. The answer is True, False, or None for unset."""

    value: bool


@dataclass(frozen=True, slots=True)
class UnsetEditor:
    """Null: nothing was entered yet. The answer is a text, read by `typed_entry`; None or "" leave it unset."""


@dataclass(frozen=True, slots=True)
class ListEditor:
    """A list of items of one kind, maybe empty (then "text"). The answer is a list; None in it is a blank row."""

    items: tuple[JsonValue, ...]
    item_kind: ItemKind


@dataclass(frozen=True, slots=True)
class TableEditor:
    """A dict of lists of one length ("columns"), each of one kind; a dict of scalars ("scalars": one row); or a list of
    dicts with the same keys ("records": a row each), as `[{"unit": 1, "snr": 5.2}, {"unit": 2, "snr": 3.1}]`.

    `columns` are all keys of the dict, or of the first one, as spelled, `rows` have a cell for each; `index` is the one
    of the columns that names the rows, or None. The answer is the rows, each with its cells in the order of `columns`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[JsonValue, ...], ...]
    index: str | None
    form: Literal["columns", "scalars", "records"]


@dataclass(frozen=True, slots=True)
class ChoiceEditor:
    """A dropdown. `chosen` is the stored value, None where unset; `fits` is False for one that is not an option.

    `statuses` has one status (or None) for each option, or is None where the options imply no status at all.
    The answer is an option, None for the empty choice, or the stored value that does not fit, if it is to stay.
    """

    options: tuple[JsonValue, ...]
    statuses: tuple[Status | None, ...] | None
    chosen: JsonValue
    fits: bool


@dataclass(frozen=True, slots=True)
class ChoicesEditor:
    """A checkbox list, like `ChoiceEditor` with any number chosen.

    `chosen` are options. `not_options` are other stored values: they count as no answer, and the next choice removes
    them. The answer is the list of the options that are to be chosen.
    """

    options: tuple[JsonValue, ...]
    statuses: tuple[Status | None, ...] | None
    chosen: tuple[JsonValue, ...]
    not_options: tuple[JsonValue, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether all that is stored is an option."""
        return not self.not_options


@dataclass(frozen=True, slots=True)
class EncodedEditor:
    """A dropdown or checkbox list that is stored as JSON text. The answer is that of `inner`."""

    inner: ChoiceEditor | ChoicesEditor


@dataclass(frozen=True, slots=True)
class JsonEditor:
    """Anything else, edited as JSON; `why` is a sentence. The answer is a value, read and checked by `json_entry`."""

    value: JsonValue
    why: str


@dataclass(frozen=True, slots=True)
class JsonView:
    """What is too large or too deep for a field of text: shown as JSON, not edited; `why` is a sentence."""

    value: JsonValue
    why: str


PlainEditor = (
    NumberEditor
    | TextEditor
    | YesNoEditor
    | UnsetEditor
    | ListEditor
    | TableEditor
    | ChoiceEditor
    | ChoicesEditor
    | EncodedEditor
    | JsonEditor
    | JsonView
)


@dataclass(frozen=True, slots=True)
class RuleEditor:
    """A value with the rule that judges it. The answer is that of `inner`, the inner value's own editor."""

    inner: PlainEditor
    rule: str


@dataclass(frozen=True, slots=True)
class MultiAssetEditor:
    """A value for each of several assets. The answer is the list of their answers.

    `assets` names the one that each of `inner` belongs to, "" where the record names none; there may be more of
    them than stored values.
    """

    inner: tuple[PlainEditor, ...]
    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CurationEditor:
    """A curation, a list of versions: `Metric.curation` has them, and `editing.with_version` adds one.

    It has no answer: existing versions are never changed.
    """


Editor = PlainEditor | RuleEditor | MultiAssetEditor | CurationEditor
