"""The contact person's side: four short messages, a test that must be answered, and words for one case."""

from dataclasses import replace

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
from dialogs.effects import (
    ForgetPerson,
    GatherResidents,
    Say,
    ShowCommands,
    TellAlert,
    TellOwnAlert,
    Toast,
)
from dialogs.events import (
    BotBlocked,
    BotUnblocked,
    ContactPersonLeft,
    DataGathered,
    Event,
    Kind,
    Pressed,
    Removed,
    Sent,
    Started,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place, Role
from dialogs.words import Word
from tests.dialogs.cast import NOW, offered, only, words

ACTIONS: list[tuple[str, Word, ContactAnswer, ContactAnswer]] = [
    ("have", Word.HAVE_IT, Acknowledged(2, 3), Acknowledged(2)),
    ("cannot", Word.CANNOT, Declined(2, 3), Declined(2)),
    ("reached", Word.REACHED, Reached(2, 3), Reached(2)),
    ("safe", Word.SAFE, ReachedSafe(2, 3), ReachedSafe(2)),
    ("more", Word.NEEDS_MORE, ReachedNeedsMore(2, 3), ReachedNeedsMore(2)),
    ("missed", Word.NOT_REACHED, NotReached(2, 3), NotReached(2)),
    ("mistaken", Word.MISTAKE, Mistaken(2, 3), Mistaken(2)),
    ("over", Word.TAKE_OVER, TakenOver(2, 3), TakenOver(2)),
]


@pytest.fixture
def new() -> Contact:
    """Mina, who has just come."""
    return Contact(2, "Mina")


def happens(contact: Contact, event: Event, knowledge: Knowledge) -> Outcome[Contact]:
    """Let something happen to her now."""
    return contact_person.decide(contact, event, NOW, knowledge)


@pytest.mark.parametrize(("action", "word", "pressed", "typed"), ACTIONS)
def test_a_button_names_its_case_and_a_word_is_for_the_one_it_can_mean(
    mina: Contact, knowledge: Knowledge, action: str, word: Word, pressed: ContactAnswer, typed: ContactAnswer
) -> None:
    """What a button does, a word does too (R27)."""
    assert happens(mina, Pressed(f"al:7:3:{action}"), knowledge).effects == (TellAlert(7, pressed),)
    assert happens(mina, Wrote("x", word), knowledge).effects == (TellOwnAlert(typed),)


@pytest.mark.parametrize(
    "data", ["al:7:3:odd", "al:x:3:have", "al:7:x:have", "al:7", "in:0", "q:TV:yes", "", "l:xx"]
)
def test_a_forged_or_old_button_changes_nothing(mina: Contact, knowledge: Knowledge, data: str) -> None:
    """It is kindly refused."""
    outcome = happens(mina, Pressed(data), knowledge)
    assert only(Toast, outcome.effects)
    assert outcome.person == mina


def test_an_edited_word_is_no_answer(mina: Contact, knowledge: Knowledge) -> None:
    """What was typed first is what was acted on."""
    assert happens(mina, Wrote("reached", Word.REACHED, edited=True), knowledge).effects == ()


@pytest.mark.parametrize("place", [Place.LANGUAGE, Place.INTRODUCTION, Place.TEST])
def test_before_she_is_ready_any_words_show_what_is_open(
    new: Contact, knowledge: Knowledge, place: Place
) -> None:
    """She is led on."""
    here = replace(new, place=place)
    for event in (Wrote("hello"), Started()):
        outcome = happens(here, event, knowledge)
        assert offered(outcome.effects)
        assert outcome.person.place is place


@pytest.mark.parametrize("place", [Place.INTRODUCTION, Place.TEST, Place.MENU])
def test_the_language_can_be_changed_at_any_time(new: Contact, knowledge: Knowledge, place: Place) -> None:
    """And she stays where she is (R14)."""
    here = replace(new, place=place)
    assert "l:ar" in offered(happens(here, Wrote("x", Word.LANGUAGE), knowledge).effects)
    outcome = happens(here, Pressed("l:ar"), knowledge)
    assert outcome.person == replace(here, locale="ar")
    assert ShowCommands() in outcome.effects


@pytest.mark.parametrize("kind", Kind)
def test_what_is_not_text_is_answered(mina: Contact, knowledge: Knowledge, kind: Kind) -> None:
    """Silence would look like a broken bot."""
    assert only(Say, happens(mina, Sent(kind), knowledge).effects)


@pytest.mark.parametrize(
    "event",
    [
        BotBlocked(),
        BotUnblocked(),
        DataGathered(0, 0, 0),
        ContactPersonLeft(3),
        TimerFell(Timer.CHECK_IN, NOW),
    ],
)
def test_what_is_not_about_her_changes_nothing(mina: Contact, knowledge: Knowledge, event: Event) -> None:
    """No message, no timer."""
    assert happens(mina, event, knowledge) == Outcome(mina)


def test_who_is_removed_hears_one_sentence_and_nothing_of_her_stays(
    mina: Contact, knowledge: Knowledge
) -> None:
    """The same as when she leaves, only that another one decided it."""
    removed = contact_person.decide(mina, Removed(), NOW, knowledge)
    assert len(only(Say, removed.effects)) == 1
    assert "has ended your part here" in words(removed.effects)
    assert isinstance(removed.effects[-1], ForgetPerson)


def test_a_coordinators_notes_stand_at_the_desk(mina: Contact, knowledge: Knowledge) -> None:
    """She may read about everybody, so the word says where; a contact person gets her residents."""
    karin = replace(mina, role=Role.COORDINATOR)
    for person, desk in ((karin, True), (mina, False)):
        asked = contact_person.decide(person, Wrote("notes", Word.NOTES), NOW, knowledge)
        assert ("write “desk”" in words(asked.effects)) is desk
        assert only(GatherResidents, asked.effects)
