"""The language nobody speaks is whole, so that what is missing in it is missing in the code."""

from pathlib import Path

from bot import catalogues
from bot.translating import fold
from tests import pseudo


def test_every_text_is_in_it(tmp_path: Path) -> None:
    """With all placeholders and forms, as the check of any language wants it."""
    pseudo.make(tmp_path)
    left = [fault for fault in catalogues.faults(tmp_path) if fault.what != "not translated"]
    assert [str(each) for each in left] == []


def test_a_turned_text_is_seen_and_still_typed() -> None:
    """No plain letter is left but in a placeholder; folding makes the letters plain again, so typed labels work."""
    assert pseudo.plain_words(pseudo.turned("Call {emergency} now.").replace("{emergency}", "")) == []
    assert "{emergency}" in pseudo.turned("Call {emergency} now.")
    assert fold(pseudo.turned("Menu")) == "menu"
