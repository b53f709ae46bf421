"""All findings as one plain table, and as JSON for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from bench.table import laid
from faults.findings import Finding

HEADINGS: Final = ("part", "what", "figure", "asked", "")


def lines(findings: Sequence[Finding]) -> list[str]:
    """The table; a part is named at its first line."""
    cells: list[tuple[str, ...]] = [HEADINGS]
    for before, each in zip([None, *findings], findings, strict=False):
        part = "" if before is not None and before.part == each.part else each.part
        cells.append((part, each.what, each.figure, each.asked, "held" if each.held else "BROKEN"))
    return laid(cells)


def as_json(findings: Sequence[Finding], machine: dict[str, Any]) -> dict[str, Any]:
    """The same for a program; `machine` says where and with what."""
    return {"machine": machine, "findings": [asdict(each) for each in findings]}
