"""A practice case: says so on each screen, touches nothing, and is answered by button and by word."""

import pytest

from dialogs import contact_person
from dialogs.alert import (
    Acknowledged,
    ContactAnswer,
    Declined,
    Mistaken,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    TakenOver,
)
from dialogs.effects import Say, TellOwnAlert, Toast
from dialogs.events import Event, NoCaseFits, Pressed, Wrote
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place
from dialogs.words import Word
from tests.dialogs.cast import NOW, offered, only, words

FIRST = "🔵 Practice."


def happens(contact: Contact, event: Event, knowledge: Knowledge) -> Outcome[Contact]:
    """Let something happen to her now."""
    return contact_person.decide(contact, event, NOW, knowledge)


@pytest.mark.parametrize("begin", [Wrote("practice", Word.PRACTICE), Pressed("pr:begin")])
def test_a_whole_case_by_buttons(mina: Contact, knowledge: Knowledge, begin: Event) -> None:
    """Every screen opens with the word, and nothing but screens happens."""
    outcome = happens(mina, begin, knowledge)
    for data in ("pr:have", "pr:reached", "pr:safe"):
        assert words(outcome.effects).startswith(FIRST)
        assert all(isinstance(effect, Say) for effect in outcome.effects)
        assert data in offered(outcome.effects)
        outcome = happens(outcome.person, Pressed(data), knowledge)
    assert words(outcome.effects).startswith(FIRST)
    assert "whole case" in words(outcome.effects)
    assert outcome.person == mina, "nothing has changed"


def test_a_whole_case_by_words(mina: Contact, knowledge: Knowledge) -> None:
    """A real case that waits comes first; where there is none, the word is for the practice."""
    outcome = happens(mina, Pressed("pr:begin"), knowledge)
    for word, answer in (
        (Word.HAVE_IT, Acknowledged(2)),
        (Word.REACHED, Reached(2)),
        (Word.SAFE, ReachedSafe(2)),
    ):
        typed = happens(outcome.person, Wrote("x", word), knowledge)
        assert typed.effects == (TellOwnAlert(answer),)
        outcome = happens(typed.person, NoCaseFits(answer), knowledge)
    assert "whole case" in words(outcome.effects)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Declined(2), "ask the next person at once"),
        (NotReached(2), "stay open"),
        (ReachedNeedsMore(2), "stay with you"),
        (Mistaken(2), "talked with her yourself"),
        (TakenOver(2), "another place"),
        (ReachedSafe(2), "another place"),
    ],
)
def test_any_other_answer_says_what_it_would_do(
    mina: Contact, knowledge: Knowledge, answer: ContactAnswer, said: str
) -> None:
    """And the case goes on."""
    practising = happens(mina, Pressed("pr:begin"), knowledge).person
    outcome = happens(practising, NoCaseFits(answer), knowledge)
    assert said in words(outcome.effects)
    assert words(outcome.effects).startswith(FIRST)
    assert offered(outcome.effects) == ["pr:have", "pr:cannot"]


def test_another_word_ends_it(mina: Contact, knowledge: Knowledge) -> None:
    """A later "I have it" must not be taken for practice."""
    practising = happens(mina, Pressed("pr:begin"), knowledge).person
    left = happens(practising, Wrote("away", Word.HOURS), knowledge).person
    assert left.place is Place.MENU
    assert "No open case" in words(happens(left, NoCaseFits(Acknowledged(2)), knowledge).effects)


@pytest.mark.parametrize("data", ["pr:have", "pr:safe", "pr:odd", "pr"])
def test_a_button_of_an_earlier_practice_is_old(mina: Contact, knowledge: Knowledge, data: str) -> None:
    """It is kindly refused."""
    assert only(Toast, happens(mina, Pressed(data), knowledge).effects)


def test_whoever_has_just_joined_is_offered_it(knowledge: Knowledge) -> None:
    """After the test alert, when she is ready."""
    new = Contact(2, "Mina", place=Place.TEST)
    assert "pr:begin" in offered(happens(new, Pressed("test:have"), knowledge).effects)
    assert only(Toast, happens(new, Pressed("pr:begin"), knowledge).effects), "and not before"
