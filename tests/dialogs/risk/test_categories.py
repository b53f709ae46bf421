"""Tests for the names and reasons told to people."""

from string import Formatter

from dialogs.risk.categories import CATEGORIES, CATEGORY_NAMES, REASONS


def test_every_category_has_a_name_and_a_reason_for_each_level() -> None:
    """An alert without a reason in words would leave a contact person guessing."""
    assert {*CATEGORIES, "reader"} == CATEGORY_NAMES.keys()
    assert {(category, level) for category in CATEGORIES for level in (1, 2, 3)} <= REASONS.keys()


def test_a_reason_takes_her_alias_and_nothing_else() -> None:
    """What a resident wrote has no way into an alert."""
    fields = {
        name
        for message in REASONS.values()
        for _text, name, *_rest in Formatter().parse(message.source)
        if name
    }
    assert fields <= {"alias"}
