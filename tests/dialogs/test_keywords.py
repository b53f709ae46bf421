"""What people call a guide, as its file says."""

import pytest

from dialogs.keywords import parse_keywords
from dialogs.marked_yaml import GuideFaults

GUIDES = {"bills", "housing"}


def test_phrases_are_read_by_guide() -> None:
    """A guide without phrases in this language is no fault: the other languages still find it."""
    assert parse_keywords("sv.yaml", "bills: [räkning, hur betalar jag]\n", GUIDES) == {
        "bills": ["räkning", "hur betalar jag"]
    }


@pytest.mark.parametrize("text", ["bils: [x]", "bills: x", "bills: [[x]]", "- bills"])
def test_a_fault_is_told(text: str) -> None:
    """A misspelt guide would never be found."""
    with pytest.raises(GuideFaults):
        parse_keywords("sv.yaml", text, GUIDES)
