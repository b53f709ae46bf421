"""Tests for a reading put into sentences."""

from dialogs.risk.categories import REASONS
from dialogs.risk.explain import explain, reasons
from dialogs.risk.reader import FAILED, Reader, Reading
from tests.dialogs.risk.lexicons import tiny

READING = Reader([tiny()]).read("jag orkar inte mer, jag vill dö ikväll, pappa slog mig")


def test_each_category_is_told_once_at_its_highest_level() -> None:
    """A contact person reads this at night: short, gravest first."""
    assert reasons(READING) == (REASONS["SU", 3], REASONS["TV", 2])


def test_an_explanation_names_patterns_and_rules_but_no_words_of_hers() -> None:
    """It may end in a report to those who keep the lexicon."""
    for locale, head in (("en", "Level 3: emergency."), ("sv", "Nivå 3: nödläge.")):
        sentences = explain(READING, "sv" if locale == "sv" else "en")
        assert sentences[0] == head
        assert any("t.su.1" in sentence and "explicit > now" in sentence for sentence in sentences)
        assert not any("slog" in sentence for sentence in sentences)


def test_a_failed_reading_has_a_reason_too() -> None:
    """The contact person is asked to look after her."""
    failed = Reading(1, (FAILED,), "x")
    assert reasons(failed) == (REASONS["reader", 1],)
    assert len(explain(failed, "en")) == 2


def test_a_calm_message_has_no_reasons() -> None:
    """Nothing heard, nothing told."""
    assert reasons(Reading(0, (), "x")) == ()
