"""A finding is a line of the table and nothing else."""

from dataclasses import FrozenInstanceError, astuple

import pytest

from faults.findings import Finding


def test_a_finding_is_not_changed_afterwards() -> None:
    """What was found stays found."""
    finding = Finding("wave", "skipped", "1 of 9", "0", held=False)
    assert astuple(finding) == ("wave", "skipped", "1 of 9", "0", False)
    with pytest.raises(FrozenInstanceError):
        finding.held = True  # type: ignore[misc]
