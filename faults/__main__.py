"""`python -m faults`: do everything to the bot that may be done to it, and print one table."""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any, Final, TypeAlias

from faults import table
from faults.findings import Finding
from faults.scale import SHORT, WHOLE, Scale

Proof: TypeAlias = Callable[[Scale, Path], Awaitable[list[Finding]]]

PARTS: Final = {
    "kill matrix": "faults.kill_matrix",
    "outcomes": "faults.outcomes",
    "outages": "faults.outages",
    "disk and clock": "faults.disk_and_clock",
    "wave": "faults.wave",
    "strange updates": "faults.strange_updates",
    "relays": "faults.relays",
}
"""In the order of the table; each module has `prove(scale, folder)`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 1 where anything did not hold, or could not be tried."""
    parser = argparse.ArgumentParser(
        prog="python -m faults", description="Kill the bot, starve it, lie to it; count what came of it."
    )
    parser.add_argument("--short", action="store_true", help="less of everything: some minutes at most")
    parser.add_argument("--seed", type=int, metavar="N", help="another course of chance")
    parser.add_argument("--part", choices=PARTS, action="append", metavar="NAME", help="only this part")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the findings to FILE as well")
    given = parser.parse_args(arguments)
    scale = SHORT if given.short else WHOLE
    scale = scale if given.seed is None else replace(scale, seed=given.seed)
    begun = perf_counter()
    findings = asyncio.run(prove(scale, proofs(given.part or list(PARTS))))
    machine = _machine(scale, perf_counter() - begun)
    print("\n".join(table.lines(findings)))
    print("\n" + ", ".join(f"{name} {value}" for name, value in machine.items()))
    if given.json is not None:
        given.json.write_text(json.dumps(table.as_json(findings, machine), indent=1) + "\n", "utf-8")
    return 0 if findings and all(each.held for each in findings) else 1


def proofs(names: Sequence[str]) -> dict[str, Proof]:
    """Return the parts of these names that there are, in their order."""
    return {
        name: import_module(module).prove
        for name, module in PARTS.items()
        if name in names and find_spec(module) is not None
    }


async def prove(scale: Scale, parts: dict[str, Proof]) -> list[Finding]:
    """One part after the other; one that breaks is a finding and keeps nobody else from going on."""
    findings: list[Finding] = []
    for name, proof in parts.items():
        _tell(name)
        with tempfile.TemporaryDirectory(prefix="vidare-faults-") as folder:
            try:
                findings += await proof(scale, Path(folder))
            except Exception as error:  # noqa: BLE001 -- whatever it is, the table says so
                traceback.print_exc()
                findings.append(
                    Finding(name, "could not be tried", type(error).__name__, "to be tried", False)
                )
    return findings


def _tell(what: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {what}", file=sys.stderr, flush=True)


def _machine(scale: Scale, seconds: float) -> dict[str, Any]:
    """Where and with what; without names of machines or folders."""
    return {
        "Python": platform.python_version(),
        "cores": os.cpu_count(),
        "seed": scale.seed,
        "seconds": round(seconds),
    }


if __name__ == "__main__":
    raise SystemExit(main())
