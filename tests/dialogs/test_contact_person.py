"""The contact person's side: four short messages, a test that must be answered, and words for one case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs import contact_person
from dialogs.alert import (
    Acknowledged,
    Alert,
    AlertState,
    ContactAnswer,
    Declined,
    Mistaken,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    ResidentLeft,
    TakenOver,
    Track,
)
from dialogs.duty import Away
from dialogs.effects import (
    ForgetPerson,
    Purpose,
    Say,
    SetState,
    SetTimer,
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
    Joined,
    Kind,
    NoCaseFits,
    Pressed,
    Sent,
    Started,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place
from dialogs.words import Word
from tests.dialogs.cast import NOW, english, neutral, offered, only, words

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


def test_joining_is_a_language_four_messages_and_a_test(new: Contact, knowledge: Knowledge) -> None:
    """Ready is who has answered an alert once."""
    outcome = happens(new, Joined("en"), knowledge)
    assert SetState("joining") in outcome.effects
    for data in ("l:en", "in:0", "in:1", "in:2", "in:3", "test:have"):
        assert data in offered(outcome.effects)
        assert not outcome.person.joined
        outcome = happens(outcome.person, Pressed(data), knowledge)
    assert (outcome.person.joined, outcome.person.place) == (True, Place.MENU)
    assert {SetState("active"), ShowCommands()} <= set(outcome.effects)
    assert outcome.person.tested_at == NOW


@pytest.mark.parametrize(("app", "locale"), [("ar", "ar"), ("xx", "sv")])
def test_an_app_in_a_language_we_do_not_speak_is_no_obstacle(
    new: Contact, knowledge: Knowledge, app: str, locale: str
) -> None:
    """The default answers, and the first question is the language."""
    assert happens(new, Joined(app), knowledge).person.locale == locale


@pytest.mark.parametrize("page", range(4))
def test_the_introduction_is_four_messages_that_fit_a_screen(
    new: Contact, knowledge: Knowledge, page: int
) -> None:
    """Read on a bus; `/start` shows the one she is at."""
    said = words(happens(replace(new, place=Place.INTRODUCTION, page=page), Started(), knowledge).effects)
    assert said.startswith(f"{page + 1}/4.")
    assert len(said) < 250


def test_a_test_says_that_it_is_one_and_looks_like_a_real_one(new: Contact, knowledge: Knowledge) -> None:
    """Nobody is frightened, and the button is known."""
    outcome = happens(replace(new, place=Place.INTRODUCTION, page=3), Pressed("in:3"), knowledge)
    assert "This is a test" in words(outcome.effects)
    assert SetTimer(Timer.TEST, NOW + timedelta(hours=24)) in outcome.effects


def test_an_unanswered_test_comes_again_each_day(new: Contact, knowledge: Knowledge) -> None:
    """An untested contact person is a hole in the chain (R28)."""
    outcome = happens(replace(new, place=Place.TEST), TimerFell(Timer.TEST, NOW), knowledge)
    assert only(Say, outcome.effects)[0].purpose is Purpose.ROUTINE
    assert only(SetTimer, outcome.effects)


def test_the_test_may_be_answered_in_words(new: Contact, knowledge: Knowledge) -> None:
    """As a real one may."""
    typed = happens(replace(new, place=Place.TEST), Wrote("i have it", Word.HAVE_IT), knowledge)
    assert typed.effects == (TellOwnAlert(Acknowledged(2)),), "a real case that waits comes first"
    assert happens(typed.person, NoCaseFits(Acknowledged(2)), knowledge).person.joined


def test_an_answered_test_stays_answered(mina: Contact, knowledge: Knowledge) -> None:
    """An old button and an old row change nothing."""
    assert only(Toast, happens(mina, Pressed("test:have"), knowledge).effects)


def test_once_a_month_the_test_comes_again_until_it_is_answered(mina: Contact, knowledge: Knowledge) -> None:
    """A chain that was tested in spring says nothing about autumn (R28)."""
    tested = happens(replace(mina, test_sent_at=NOW), Pressed("test:have"), knowledge)
    (timer,) = [each for each in only(SetTimer, tested.effects) if each.timer is Timer.TEST]
    assert timedelta(days=29) < timer.at - NOW < timedelta(days=31)
    asked = happens(tested.person, TimerFell(Timer.TEST, timer.at), knowledge)
    assert "This is a test" in words(asked.effects)
    assert asked.person.test_sent_at == NOW
    again = happens(asked.person, TimerFell(Timer.TEST, NOW), knowledge)
    assert only(SetTimer, again.effects)[0].at == NOW + timedelta(hours=24)
    assert only(Say, happens(again.person, Wrote("hello"), knowledge).effects)


def test_who_is_away_is_tested_when_she_is_back(mina: Contact, knowledge: Knowledge) -> None:
    """A holiday is no hole in the chain; somebody stands in."""
    away = replace(mina, away=Away(NOW + timedelta(days=7)))
    asked = happens(away, TimerFell(Timer.TEST, NOW), knowledge)
    assert asked.effects == (SetTimer(Timer.TEST, NOW + timedelta(days=8)),)


@pytest.mark.parametrize(("days", "untested"), [(None, True), (1, False), (32, False), (34, True)])
def test_a_test_expires(mina: Contact, days: int | None, untested: bool) -> None:
    """A month, and three days to answer."""
    tested_at = None if days is None else NOW - timedelta(days=days)
    assert contact_person.is_untested(replace(mina, tested_at=tested_at), NOW) is untested


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


def test_words_that_mean_nothing_are_answered_with_how_it_works(mina: Contact, knowledge: Knowledge) -> None:
    """And say that nobody else reads them."""
    said = words(happens(mina, Wrote("is she all right?"), knowledge).effects)
    assert "reaches nobody else" in said
    assert "I have it" in said


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


@pytest.mark.parametrize("word", [Word.STOP, Word.FORGET])
def test_leaving_asks_once_and_then_erases_her(mina: Contact, knowledge: Knowledge, word: Word) -> None:
    """She promised something to people; a slip must not end it."""
    asked = happens(mina, Wrote("x", word), knowledge)
    assert only(ForgetPerson, asked.effects) == []
    assert offered(asked.effects) == ["ch:leave-yes", "ch:help"]
    left = happens(mina, Pressed("ch:leave-yes"), knowledge)
    assert isinstance(left.effects[-1], ForgetPerson)
    assert "Thank you" in words(left.effects)


def test_privacy_says_what_is_kept_about_her(mina: Contact, knowledge: Knowledge) -> None:
    """And that residents see her name."""
    said = words(happens(mina, Wrote("x", Word.PRIVACY), knowledge).effects)
    assert "Residents see your name" in said
    assert "Telegram can technically read" in said


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


@pytest.mark.parametrize("state", [AlertState.RAISED, AlertState.WAITING, AlertState.ACKNOWLEDGED])
@pytest.mark.parametrize("holder", [None, 2, 3])
def test_typed_words_fit_only_cases_they_can_be_about(state: AlertState, holder: int | None) -> None:
    """A guess could end the wrong case."""
    if (holder is None) is (state is AlertState.ACKNOWLEDGED):
        return
    case = Alert(7, 1, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW, state, holder=holder)
    assert contact_person.fits(case, Acknowledged(2)) is (holder is None)
    assert contact_person.fits(case, Declined(2)) is (holder in (None, 2))
    assert contact_person.fits(case, Reached(2)) is (holder == 2)
    assert contact_person.fits(case, TakenOver(2)) is (holder != 2)
    for answer in (ReachedSafe(2), ReachedNeedsMore(2), NotReached(2), Mistaken(2)):
        assert contact_person.fits(case, answer) is (holder == 2)
    assert not contact_person.fits(case, ResidentLeft())


@pytest.mark.parametrize(("action", "_word", "_pressed", "typed"), ACTIONS)
def test_where_several_cases_fit_each_has_a_button_that_works(
    mina: Contact,
    knowledge: Knowledge,
    action: str,
    _word: Word,
    _pressed: ContactAnswer,
    typed: ContactAnswer,
) -> None:
    """The same as the button under the alert."""
    case = Alert(7, 1, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW, step=4)
    button = contact_person.case_button(case, typed)
    assert button.data == f"al:7:4:{action}"
    assert "7" in english((button.label,))
    (told,) = only(TellAlert, happens(mina, Pressed(button.data), knowledge).effects)
    assert (told.alert, type(told.event)) == (7, type(typed))


def test_answers_about_no_case_say_that_nothing_was_changed() -> None:
    """She must not believe that it is dealt with."""
    for text in (contact_person.no_case(), contact_person.case_gone()):
        assert "Nothing was changed" in english(text)
    assert english(contact_person.which_case()).endswith("?")


def test_a_resident_hears_neutrally_that_a_contact_person_left() -> None:
    """The name comes after what a lock screen shows (R35)."""
    text = contact_person.contact_left("Mina")
    assert neutral(Say(text))
    assert "Mina" not in english(text[:1])
    assert len(text[0].source) >= 120


def test_the_commands_of_a_contact_person_are_known_words() -> None:
    """A command nobody understands would be a dead button."""
    assert {word for word, _text in contact_person.COMMANDS} <= set(Word)
    assert all(english((text,)) for _word, text in contact_person.COMMANDS)


def test_coordinators_hear_of_a_contact_person_who_cannot_be_reached() -> None:
    """Her name stands below the line that may show on a lock screen."""
    first, second = contact_person.cannot_be_reached("Mina")
    assert "Mina" not in english((first,))
    assert english((second,)).startswith("Mina cannot be reached in Telegram any more.")
    assert neutral(Say((first, second)))
