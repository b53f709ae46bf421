"""Two troubles at once, one list."""

from pathlib import Path

import pytest

from faults import clock_jumps, disk, disk_and_clock
from faults.findings import Finding
from faults.scale import SHORT, Scale


async def test_both_are_proven_in_folders_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither may be left out, nor stand on the other's toes."""
    folders = []

    async def one(_scale: Scale, folder: Path) -> list[Finding]:
        folders.append(folder)
        return [Finding("disk and clock", folder.name, "0", "0", True)]

    monkeypatch.setattr(disk, "prove", one)
    monkeypatch.setattr(clock_jumps, "prove", one)
    found = await disk_and_clock.prove(SHORT, tmp_path)
    assert [each.what for each in found] == ["disk", "clock"]
    assert len(set(folders)) == 2
