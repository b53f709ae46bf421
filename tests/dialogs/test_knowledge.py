"""What every decision may look up: read once, never changed while running."""

from dataclasses import FrozenInstanceError

import pytest

from dialogs.knowledge import Knowledge
from dialogs.risk.reader import Reader
from tests.dialogs.cast import library


def test_the_real_reader_and_the_real_guides_fit(knowledge: Knowledge) -> None:
    """The stand-ins of the tests take the places of the real ones."""
    real = Knowledge(library().guides, library().lines, Reader([]), knowledge.locales, knowledge.zones)
    assert real.reader.read("").level == knowledge.reader.read("").level == 0
    assert list(real.guides) == [guide.id for guide in real.guides.values()]


def test_it_cannot_be_changed_while_running(knowledge: Knowledge) -> None:
    """All people are decided about by the same knowledge."""
    with pytest.raises(FrozenInstanceError):
        knowledge.organisation = "Somebody else"  # type: ignore[misc]


def test_every_guide_shows_only_lines_that_are_known(knowledge: Knowledge) -> None:
    """A page that names an unknown line would fail in front of her."""
    shown = {
        line for guide in knowledge.guides.values() for step in guide.steps.values() for line in step.lines
    }
    assert shown
    assert shown <= set(knowledge.lines)
