"""A table whose cells are texts, statuses and links that stay in the session."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.shell import browser_components
from qc_core.quality_control.position import Position, format_json


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column by its title; numbers are aligned to the right.

    `share` is its part of the table's width in percent, so that tables below each other are aligned; 0 leaves the
    width to what is in it.
    """

    title: str
    number: bool = False
    share: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a cell: a text, a link, or with a `status` and no text its badge; `quiet` marks a remark.

    A link with a `position` leads to it within the open review.
    """

    text: str = ""
    href: str = ""
    status: str | None = None
    quiet: bool = False
    position: Position | None = None

    def build_data(self) -> dict[str, Any]:
        """What the browser is given."""
        optional: dict[str, Any] = {"href": self.href or None, "status": self.status, "quiet": self.quiet or None}
        optional["position"] = format_json(self.position) if self.position else None
        return {"text": self.text} | {key: value for key, value in optional.items() if value is not None}


Cell = str | Part | Sequence[Part]


def draw_table(
    key: str,
    label: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Cell]],
    on_followed: Callable[[], None] | None = None,
    *,
    titled: bool = True,
) -> None:
    """Draw a table; `label` describes it to a screen reader. `on_followed` is the callback of links with a position.

    Without `titled`, as below another table of these columns, their titles are for screen readers alone.
    """
    data = {
        "label": label,
        "titled": titled,
        "columns": [{"title": column.title, "number": column.number, "share": column.share} for column in columns],
        "rows": [[[part.build_data() for part in _parts(cell)] for cell in row] for row in rows],
    }
    callback = {} if on_followed is None else {"on_followed_change": on_followed}
    browser_components.link_table(key=key, data=data, **callback)


def _parts(cell: Cell) -> Sequence[Part]:
    if isinstance(cell, str):
        return (Part(cell),) if cell else ()
    return (cell,) if isinstance(cell, Part) else cell
