"""
What people of one language might write when they need a guide: `guides/keywords/<locale>.yaml`.

A mapping from the guide's id to a list of short questions and words, as they are typed on a phone, and `small-talk` to
what asks for nothing. They are never shown to anybody; `finding.py` learns from them.
"""

from collections.abc import Set

from dialogs.finding import NO_GUIDE
from dialogs.marked_yaml import Notes, opened


def parse_keywords(file: str, text: str, guides: Set[str]) -> dict[str, list[str]]:
    """Read one language's phrases; raise `GuideFaults` where a guide is unknown or a list is no list of texts."""
    notes = Notes(file)
    top = opened(text, notes, "the file")
    known = sorted((*guides, NO_GUIDE))
    found = {guide: [phrase.text for phrase in top.texts(guide)] for guide in known if guide in top}
    top.close()
    notes.settle()
    return found
