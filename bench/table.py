"""The result as one plain table, and as JSON for programs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from bench.figures import Spread

HEADINGS: Final = ("what", "measured", "from - to", "goal", "")


@dataclass(frozen=True, slots=True)
class Goal:
    """What we want to reach; `at` is the limit itself."""

    kind: Literal["at least", "at most"]
    at: float

    def reached(self, value: float) -> bool:
        """Whether `value` is on the right side."""
        return value >= self.at if self.kind == "at least" else value <= self.at


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `low` and `high` are missing where there is one value only."""

    what: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    goal: Goal | None = None


def row(what: str, measured: Spread | float, unit: str, goal: Goal | None = None) -> Row:
    """A row of a spread or of a single value."""
    if isinstance(measured, Spread):
        return Row(what, measured.middle, unit, measured.low, measured.high, goal)
    return Row(what, measured, unit, goal=goal)


def number(value: float) -> str:
    """Three digits that count, and no more: the rest is noise."""
    if abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    if abs(value) >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 1 or value == 0 else f"{value:.3f}"


def count(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}".replace(",", " ")


def lines(rows: Sequence[Row]) -> list[str]:
    """The table, its columns as wide as they need to be."""
    return laid([HEADINGS, *(_cells(each) for each in rows)])


def laid(cells: Sequence[Sequence[str]]) -> list[str]:
    """Lay out cells, the headings first."""
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    laid = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    ruled = [laid[0], "  ".join("-" * width for width in widths), *laid[1:]]
    return [line.rstrip() for line in ruled]


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    between = (
        f"{number(row.low)} - {number(row.high)}" if row.low is not None and row.high is not None else ""
    )
    if row.goal is None:
        return (row.what, f"{number(row.value)} {row.unit}", between, "", "")
    goal = f"{row.goal.kind} {number(row.goal.at)} {row.unit}"
    verdict = "reached" if row.goal.reached(row.value) else "MISSED"
    return (row.what, f"{number(row.value)} {row.unit}", between, goal, verdict)


def as_json(rows: Sequence[Row], machine: dict[str, Any]) -> dict[str, Any]:
    """The same for a program; `machine` says where it was measured."""
    made = []
    for each in rows:
        fields = asdict(each)
        fields["reached"] = None if each.goal is None else each.goal.reached(each.value)
        made.append(fields)
    return {"machine": machine, "rows": made}
