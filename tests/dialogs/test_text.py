"""Texts as the core says them: a source, a context, values that are never a source."""

from dialogs.text import Message, _, _n, plain


def test_what_a_person_typed_is_only_ever_a_value() -> None:
    """Braces in a name must not be filled in, nor looked up in a catalogue."""
    said = _("joining", "Hello {name}.", name="{emergency}")
    assert said == Message("joining", "Hello {name}.", (("name", "{emergency}"),))
    assert said.source == "Hello {name}."


def test_the_same_words_in_another_context_are_another_text() -> None:
    """ "Open" on a door and on a question are two words elsewhere."""
    assert _("a", "Open") != _("b", "Open")


def test_a_text_that_counts_carries_both_forms_and_its_count() -> None:
    """Which form it is depends on the reader's language."""
    said = _n("settings", "{count} day", "{count} days", 3, name="L")
    assert (said.source, said.plural, said.count) == ("{count} day", "{count} days", 3)
    assert dict(said.values) == {"name": "L", "count": 3}


def test_a_plain_value_has_nothing_to_translate() -> None:
    """No context: no catalogue is asked."""
    assert plain("Mina") == Message("", "{value}", (("value", "Mina"),))


def test_equal_texts_are_equal() -> None:
    """Decisions are compared whole, also as members of sets."""
    assert {_("a", "b", c=1), _("a", "b", c=1)} == {_("a", "b", c=1)}
