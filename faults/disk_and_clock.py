"""What may happen to the machine under the bot: its disk and its clock, at the same time and in towns of their own."""

import asyncio
from pathlib import Path

from faults import clock_jumps, disk
from faults.findings import Finding
from faults.scale import Scale


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """Both at once: most of the time they wait."""
    proofs = (disk.prove(scale, folder / "disk"), clock_jumps.prove(scale, folder / "clock"))
    return [finding for found in await asyncio.gather(*proofs) for finding in found]
