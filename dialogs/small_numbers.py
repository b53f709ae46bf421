"""
Figures about few people are figures about somebody: what is small is not told, and nothing else tells it.

A cell below five is "fewer than five", none among them. A total is told only where every cell of its row or column
is: so whatever is told follows from cells that are told themselves, and no subtraction leads to a small one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Table:
    """What may be told; None is "fewer than five" in a cell, and "not told" in a total."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int | None


def tell(counts: Sequence[Sequence[int]]) -> Table:
    """Return what may be told of `counts`, a list of rows that are equally long."""
    cells = tuple(tuple(count if count >= FEW else None for count in row) for row in counts)
    rows = tuple(_sum(row) for row in cells)
    columns = tuple(_sum(column) for column in zip(*cells, strict=True))
    return Table(cells, rows, columns, _sum(rows))


def _sum(told: Sequence[int | None]) -> int | None:
    counts = [count for count in told if count is not None]
    return sum(counts) if len(counts) == len(told) else None
