"""What was measured, and how it is printed: medians with their spread, compared with the floor and the aim."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEAD = ("what", "record", "median", "min – max", "n", "floor", "ratio", "aim", "")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should be at most: so many times its floor, or so much."""

    most: float
    of_floor: bool = False

    def describe(self, unit: str) -> str:
        """The aim as it is printed."""
        return f"≤ {self.most:g} × floor" if self.of_floor else f"≤ {self.most:g} {unit}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: measured values, those of the floor from the same run, and the aim."""

    what: str
    record: str
    values: Sequence[float]
    unit: str = "s"
    floor: Sequence[float] = ()
    aim: Aim | None = None
    digits: int = 2

    @property
    def met(self) -> bool | None:
        """Whether the median meets the aim, None where there is none."""
        if self.aim is None:
            return None
        most = self.aim.most * (median(self.floor) if self.aim.of_floor else 1)
        return median(self.values) <= most

    def cells(self) -> tuple[str, ...]:
        """The line of the table."""
        middle = median(self.values)
        floor = median(self.floor) if self.floor else None
        return (
            self.what,
            self.record,
            f"{middle:.{self.digits}f} {self.unit}",
            f"{min(self.values):.{self.digits}f} – {max(self.values):.{self.digits}f}" if len(self.values) > 1 else "",
            str(len(self.values)),
            f"{floor:.{self.digits}f} {self.unit}" if floor is not None else "",
            f"{middle / floor:.2f} ×" if floor else "",
            self.aim.describe(self.unit) if self.aim else "",
            {True: "met", False: "missed", None: ""}[self.met],
        )


def table(figures: Sequence[Figure]) -> str:
    """All lines under one head, aligned; numbers to the right."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    left = {0, 1, 7, 8}
    lines = [
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "─" * max(map(len, lines)))
    return "\n".join(lines)
