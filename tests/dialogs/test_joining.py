"""The first minutes: one question at a time, every no respected, a human from the first message on."""

from datetime import time, timedelta

import pytest

from dialogs.effects import RaiseAlert, SetContacts, SetState, ShowCommands, Toast
from dialogs.events import BotBlocked, BotUnblocked, Joined, Started, Timer, TimerFell
from dialogs.joining import LONGEST_NAME
from dialogs.people import Consent, Place, Resident
from dialogs.words import Word
from tests.dialogs.cast import JOSEF, MINA, NOW, YES, Talk, neutral, newcomer, only

QUESTIONS = [
    Place.LANGUAGE,
    Place.WHAT,
    Place.CONSENT_CHECK_INS,
    Place.CONSENT_READING,
    Place.CONSENT_TELLING,
    Place.NAME,
    Place.PHONE_HIDE,
    Place.PHONE_LOCK,
    Place.PHONE_DISAPPEAR,
    Place.CONTACTS,
    Place.ZONE,
    Place.TIME,
    Place.DAYS,
    Place.MISSED,
]
ALL_YES = [
    "l:sv",
    "j:what",
    "j:check-ins:yes",
    "j:reading:yes",
    "j:telling:yes",
    "j:no-name",
    "ph:hide:done",
    "ph:lock:later",
    "ph:disappear:done",
    "j:contact:2",
    "j:contacts",
    "j:zone",
    "t:2000",
    "j:days:work",
    "j:missed:3",
]
ALL_NO = [
    "l:sv",
    "j:what",
    "j:check-ins:no",
    "j:reading:no",
    "j:telling:no",
    "j:no-name",
    "ph:skip",
    "j:contacts",
]


def joining(*presses: str, **changes: object) -> Talk:
    """Leyla, who has just come, and what she pressed."""
    talk = Talk(newcomer(**changes)).happens(Joined("en"))
    for data in presses:
        assert data in talk.offers, f"{data} was not offered"
        talk.presses(data)
    return talk


def at(place: Place, **changes: object) -> Talk:
    """Leyla at one question."""
    return Talk(newcomer(place=place, **changes))


def test_the_first_message_is_only_about_the_language() -> None:
    """Nothing of what this is before she can read it."""
    talk = joining()
    assert talk.offers == ["l:sv", "l:en", "l:ar"]
    assert SetState("joining") in talk.effects


@pytest.mark.parametrize(("app", "locale"), [("ar", "ar"), ("xx", "en")])
def test_the_first_message_speaks_her_apps_language_where_we_can(app: str, locale: str) -> None:
    """Where not, the one her invitation was made with."""
    assert Talk(newcomer()).happens(Joined(app)).resident.locale == locale


def test_who_says_yes_to_everything_is_asked_fourteen_things_and_ready() -> None:
    """And what she said is what is kept."""
    talk = joining(*ALL_YES)
    resident = talk.resident
    assert (resident.joined, resident.place, resident.consent, resident.locale) == (
        True,
        Place.MENU,
        YES,
        "sv",
    )
    assert resident.contacts == (MINA,)
    assert resident.rhythm.at == time(20)
    assert (resident.rhythm.days, resident.rhythm.missed_days) == ((1, 2, 3, 4, 5), 3)
    assert {SetState("active"), ShowCommands()} <= set(talk.effects)
    assert talk.timers[Timer.CHECK_IN] == NOW + timedelta(hours=2)


def test_joining_ends_with_a_trial() -> None:
    """What comes at eight is known from now."""
    talk = joining(*ALL_YES)
    assert talk.resident.check_in is not None
    assert talk.resident.check_in.slot == "t"
    talk.presses(talk.button("4"))
    assert "That was a trial" in talk.words
    assert "5 days a week" in talk.words
    assert "g:list" in talk.offers


def test_with_nobody_to_tell_nothing_is_promised() -> None:
    """She hears so, the guides work, and it is looked at again: activation is refused with an empty chain (R28)."""
    talk = Talk(newcomer(proposed=())).happens(Joined("en"))
    talk.nobody_there = True
    for data in ALL_NO:
        talk.presses(data)
    assert (talk.resident.joined, talk.resident.place) == (False, Place.NOBODY)
    assert SetState("active") not in talk.effects
    assert "nobody of <organisation> is here" in talk.words
    assert "g:list" in talk.offers
    assert talk.timers[Timer.CHAIN] > NOW
    assert talk.passes(days=2).says == [], "the clock looks again in silence"


@pytest.mark.parametrize("how", ["she writes", "the clock"])
def test_when_somebody_is_there_at_last_everything_begins(how: str) -> None:
    """The clock says so in one neutral line, by day."""
    talk = at(Place.NOBODY, consent=YES)
    talk.nobody_there = True
    talk.writes("hello")
    talk.nobody_there = False
    if how == "she writes":
        talk.writes("hello")
    else:
        talk.passes(hours=20)
        assert neutral(talk.says[0])
        assert "Everything is ready now" in talk.words
    assert talk.resident.joined
    assert (talk.resident.check_in is not None) is (how == "she writes"), "unasked, there is no trial"
    assert Timer.CHECK_IN in talk.timers
    assert Timer.CHAIN not in talk.timers


def test_who_says_no_to_everything_is_ready_too() -> None:
    """The guides work for everybody, and nothing comes by itself (S7)."""
    talk = joining(*ALL_NO)
    assert talk.resident.joined
    assert talk.resident.consent == Consent(check_ins=False, reading=False, telling=False)
    assert talk.resident.check_in is None
    assert talk.timers == {}
    assert "g:shelf:money" in talk.presses("g:list").offers


def test_missed_days_are_asked_only_where_somebody_may_be_told() -> None:
    """A question that changes nothing is not asked."""
    assert at(Place.DAYS, consent=YES, contacts=(MINA,)).presses("j:days:all").resident.place is Place.MISSED
    assert at(Place.DAYS, consent=YES).presses("j:days:all").resident.joined


def test_a_name_may_be_made_up_or_missing_and_is_kept_short() -> None:
    """It shows on the lock screen with each check-in."""
    assert at(Place.NAME).writes("  Ley \n la ").resident.name == "Ley la"
    for no_name in ("x" * (LONGEST_NAME + 1), "he is standing outside", "/menu2"):
        asked_again = at(Place.NAME).writes(no_name)
        assert (asked_again.resident.name, asked_again.resident.place) == ("", Place.NAME)
    assert at(Place.NAME).presses("j:no-name").resident.name == ""


@pytest.mark.parametrize(
    ("written", "zone"),
    [("Europe/London", "Europe/London"), ("london", "Europe/London"), (" KABUL ", "Asia/Kabul")],
)
def test_a_time_zone_is_understood_as_people_write_it(written: str, zone: str) -> None:
    """Whoever is not in Sweden is asked at her own hour."""
    talk = at(Place.ZONE).writes(written)
    assert (talk.resident.rhythm.zone, talk.resident.place) == (zone, Place.TIME)


@pytest.mark.parametrize("written", ["Mars", "", "/", "Europe"])
def test_an_unknown_time_zone_is_asked_again(written: str) -> None:
    """A wrong guess would write at night."""
    talk = at(Place.ZONE).writes(written)
    assert talk.resident.place is Place.ZONE
    assert "j:zone" in talk.offers


def test_the_time_may_be_written() -> None:
    """Whatever a button does, words do too."""
    assert at(Place.TIME).writes("9.15").resident.rhythm.at == time(9, 15)
    assert at(Place.TIME).writes("later").resident.place is Place.TIME


def test_contacts_are_switched_on_and_off_in_the_operators_order() -> None:
    """Nobody is told whom she did not choose."""
    talk = at(Place.CONTACTS).presses("j:contact:3").presses("j:contact:2")
    assert talk.resident.contacts == (MINA, JOSEF)
    assert talk.presses("j:contact:3").resident.contacts == (MINA,)
    assert talk.presses("j:contact:99").resident.contacts == (MINA,)
    assert SetContacts((2,)) in talk.presses("j:contacts").effects


def test_without_a_named_contact_person_she_hears_who_is_asked() -> None:
    """Not nobody: the people who run this."""
    talk = at(Place.CONTACTS, proposed=()).happens(Started())
    assert "the people at <organisation>" in talk.words
    assert talk.offers == ["j:contacts"]


@pytest.mark.parametrize("place", QUESTIONS)
def test_changing_the_language_keeps_the_open_question(place: Place) -> None:
    """She noticed at the fifth question that another language is easier (R14)."""
    talk = at(place, proposed=(MINA,)).writes("language", Word.LANGUAGE).presses("l:ar")
    assert talk.resident.locale == "ar"
    assert talk.resident.place is (Place.WHAT if place is Place.LANGUAGE else place)
    assert ShowCommands() in talk.effects
    assert talk.offers


@pytest.mark.parametrize("place", QUESTIONS)
def test_every_question_can_be_seen_again(place: Place) -> None:
    """After a cleared chat or another app, `/start` leads back to it."""
    talk = at(place).happens(Started())
    assert talk.resident.place is place
    assert talk.offers


@pytest.mark.parametrize("place", QUESTIONS)
@pytest.mark.parametrize(
    "data", ["j:odd", "j:", "j:reading", "ci:now", "set", "company", "j:days:odd", "j:missed:9"]
)
def test_a_button_that_does_not_answer_the_open_question_shows_it_again(place: Place, data: str) -> None:
    """Also one from an earlier message; nothing is changed by it."""
    talk = at(place)
    before = talk.resident
    talk.presses(data)
    assert talk.resident == before
    assert only(Toast, talk.effects)
    assert talk.says


@pytest.mark.parametrize("purpose", ["check-ins", "reading", "telling"])
def test_a_consent_is_only_taken_where_it_was_asked(purpose: str) -> None:
    """An old yes to one thing is no yes to another (S7)."""
    places = {
        "check-ins": Place.CONSENT_CHECK_INS,
        "reading": Place.CONSENT_READING,
        "telling": Place.CONSENT_TELLING,
    }
    for asked, place in places.items():
        consent = at(place).presses(f"j:{purpose}:yes").resident.consent
        assert (consent == Consent()) is (asked != purpose)


def test_asking_for_somebody_works_before_anything_was_agreed() -> None:
    """From the first message on."""
    talk = joining().writes("someone", Word.SOMEONE)
    assert [alarm.reasons for alarm in only(RaiseAlert, talk.effects)] == [("someone",)]
    assert talk.resident.place is Place.LANGUAGE


def _half_way() -> Resident:
    return newcomer(place=Place.CONSENT_TELLING, consent=Consent(check_ins=True, reading=False))


@pytest.mark.parametrize("detour", ["stop and begin again", "block and unblock"])
def test_a_detour_while_joining_leads_back_to_the_open_question(detour: str) -> None:
    """A check-in that came meanwhile took her out of joining, and no button led back in."""
    talk = Talk(_half_way())
    if detour == "block and unblock":
        talk.happens(BotBlocked()).happens(BotUnblocked())
    else:
        talk.writes("stop", Word.STOP).presses("p:resume")
    talk.passes(days=2).happens(Started())
    assert "j:telling:yes" in talk.offers


def test_who_stopped_half_way_and_then_finished_is_asked_as_she_chose() -> None:
    """She said yes to check-ins after all; "the real one comes at 20:00" must be true."""
    talk = at(Place.WHAT, proposed=()).writes("stop", Word.STOP)
    for data in [*ALL_YES[1:9], *ALL_YES[10:14]]:
        talk.presses(data)
    assert talk.resident.joined
    assert Timer.CHECK_IN in talk.timers


def test_a_check_in_never_falls_before_she_said_yes() -> None:
    """A row that should not exist asks nobody."""
    talk = at(Place.WHAT).happens(TimerFell(Timer.CHECK_IN, NOW))
    assert talk.says == []


def test_all_is_fine_is_an_answer_while_joining_too() -> None:
    """A word of reassurance must not throw her out of the room where she is asked something."""
    talk = Talk(newcomer(place=Place.NAME)).writes("everything is fine", Word.ALL_FINE)
    assert talk.resident.place is Place.NAME
    assert "short name" in talk.words
