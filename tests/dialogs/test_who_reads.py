"""Who is reading: nothing that is hers shows before her own code, and help never waits for it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import lock, who_reads
from dialogs.alert import Track
from dialogs.covert import REASONS
from dialogs.effects import (
    CheckHours,
    ClearChat,
    DeleteWritten,
    Effect,
    FindActivities,
    FindActivitiesIn,
    GatherData,
    KeepLetter,
    OpenLetters,
    PassOn,
    Purpose,
    RaiseAlert,
    Say,
    SendFile,
    SendMyFile,
    SetTimer,
    StopTimer,
    Toast,
)
from dialogs.events import (
    CallPromised,
    ContactPersonLeft,
    Event,
    Kind,
    LetterCame,
    LetterPassed,
    Pressed,
    Sent,
    Started,
    TalkBegun,
    TalkOver,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.guide import Remind
from dialogs.letters import Letter, TalkNow
from dialogs.lock import Lock
from dialogs.people import CheckIn, Errand, ExpectedCall, HardDay, Place, Question, Resident
from dialogs.words import Word
from tests.dialogs.cast import (
    MINA,
    NOW,
    Calm,
    Hears,
    MustNotRead,
    Talk,
    a_lock,
    english,
    leyla,
    only,
    typed,
    words,
)

HOUR: Final = timedelta(hours=1)
QUESTION: Final = "Hello. Please write your short number or word."
NOTHING: Final = "There is nothing here."
MENU: Final = "What would you like to do?"
SECRETS: Final = (
    "Mina",
    "Josef",
    "Linden",
    "grandmother",
    "violence_line",
    "health_advice",
    "organisation",
    "unheard-of",
    "rotected",
    "ecrecy",
    "police",
    "contact person",
)
"""What the front room never says: names, numbers that say why, and words of what is kept for her."""
FETCHING: Final = (OpenLetters, GatherData, SendMyFile, FindActivities, FindActivitiesIn, CheckHours)
"""Orders that would bring something of hers onto the screen."""


def full(**changes: object) -> Resident:
    """Leyla, about whom there is something of everything."""
    something = {
        "lock": a_lock(),
        "check_in": CheckIn(NOW.date(), "d", NOW),
        "errands": (Errand("police-court", "report", Remind.ONCE, NOW.date(), 24),),
        "hard_days": (HardDay(11, 25, "grandmother"),),
        "told": ("TV2",),
        "told_at": NOW,
        "talk": TalkNow(5, MINA.id, "Mina", NOW - HOUR, NOW - HOUR, veiled=True),
        "calls": (ExpectedCall(MINA.id, "Mina", NOW + HOUR),),
        "question": Question("TV", NOW),
        "near": "unheard-of",
        "covert": "tulip",
    }
    return leyla(**{**something, **changes})


def covered(**changes: object) -> Resident:
    """The same, after her second code was written."""
    return full(lock=lock.covered(a_lock(), NOW, ()), **changes)


def opened(**changes: object) -> Resident:
    """The same, after her own."""
    return full(lock=lock.opened(a_lock(), NOW), **changes)


def shown(effects: tuple[Effect, ...]) -> str:
    """All that comes onto her screen."""
    return words(effect for effect in effects if not isinstance(effect, Say) or effect.to in (None, 1))


def labels(effects: tuple[Effect, ...]) -> str:
    """All that stands on buttons."""
    return "\n".join(
        english((button.label,)) for say in only(Say, effects) for row in say.keyboard for button in row
    )


def harmless(effects: tuple[Effect, ...], *, helps: bool = True) -> None:
    """Nothing of hers shows, and nothing of hers is fetched; an answer to danger may name a line that `helps`."""
    heard = [
        each
        for each in effects
        if not (helps and isinstance(each, Say) and each.purpose is Purpose.EMERGENCY)
    ]
    grave = only(Say, effects)
    assert not {"Mina", "Josef", "Linden"}.intersection(re.findall(r"\w+", words(grave)))
    said = f"{shown(tuple(heard))}\n{labels(effects)}"
    told = [secret for secret in SECRETS if secret in said]
    assert not told, (told, said)
    assert not [effect for effect in effects if isinstance(effect, FETCHING)]
    assert not only(SendFile, effects)


@cache
def everything() -> tuple[str, ...]:
    """The data of every button that is reached from the menu, and some of buttons that come by themselves."""
    found = dict.fromkeys(
        ("menu", "sp", "told", "tk:show", "tk:end", "tk:who", "ci:now", "set:more", "g:more", "lock")
    )
    found |= dict.fromkeys(
        ("q:TV:yes", "q:TV:no", "q-open:TV", "company", "act:see:1", "near:begin", "words")
    )
    found |= dict.fromkeys(
        (*who_reads.DOORS, "p:mydata", "p:forget", "p:erase", "x", "", "g", "g:tick:bills:0")
    )
    for data in (waiting := list(found)):
        if len(waiting) > 900:
            break
        for place in (Place.MENU, Place.ERRAND):
            talk = Talk(opened(place=place, asking="bills:due:monthly"), Calm())
            for each in talk.presses(data).offers:
                if each not in found:
                    found[each] = None
                    waiting.append(each)
    return tuple(found)


# --- without a check nothing changes ---


def test_who_chose_no_check_is_asked_nothing() -> None:
    """The default is off: nobody meets it who did not want it."""
    for data in ("set", "set:contacts", "sp", "tk:show", "told"):
        with_none = Talk(full(lock=None, last_sign=NOW - 99 * HOUR), Calm()).presses(data)
        assert QUESTION not in with_none.words
        assert NOTHING not in with_none.words


def test_who_chose_none_may_write_numbers() -> None:
    """Nothing is worked out, counted or deleted."""
    talk = Talk(leyla(), Calm()).writes("4711")
    assert only(DeleteWritten, talk.effects) == []
    assert talk.resident.lock is None


# --- before what is hers ---


def test_what_is_hers_is_shown_only_after_her_own_code() -> None:
    """The way she goes every day: a tap, the question, the menu, the same tap."""
    talk = Talk(full(), Calm()).presses("set:contacts")
    assert talk.words == QUESTION
    assert talk.offers == []
    talk.writes("4711")
    assert talk.words == MENU
    assert only(DeleteWritten, talk.effects) == [DeleteWritten(77)]
    assert "Mina" in labels(talk.presses("set:contacts").effects)


def test_a_code_in_the_digits_of_another_script_is_the_same() -> None:
    """Her keyboard changed, not she."""
    talk = Talk(full(), Calm()).presses("sp").writes("٤٧١١")
    assert talk.words == MENU
    assert talk.resident.lock is not None
    assert talk.resident.lock.is_open(NOW)


def test_a_word_is_as_good_as_a_number() -> None:
    """The one that was agreed with whoever invited her."""
    talk = Talk(full(lock=a_lock("blue tulip", "red rose")), Calm()).presses("sp")
    assert talk.writes("  Blue TULIP ").words == MENU
    assert "Your shared plan" in talk.presses("sp").words


def test_no_button_of_the_bot_shows_what_is_hers_while_it_is_closed() -> None:
    """Every button there is, pressed by somebody who found the phone."""
    assert len(everything()) > 300
    for data in everything():
        harmless(Talk(full(), Calm()).presses(data).effects)


def test_no_button_of_the_bot_shows_what_is_hers_while_it_is_covered() -> None:
    """The same, by somebody who believes that everything is shown."""
    for data in everything():
        talk = Talk(covered(), Calm()).presses(data)
        harmless(talk.effects, helps=False)
        assert QUESTION not in talk.words, data


@pytest.mark.parametrize("word", list(Word))
@pytest.mark.parametrize("her", [full(), covered(), full(talk=None), covered(talk=None)])
def test_no_word_shows_what_is_hers(word: Word, her: Resident) -> None:
    """Whatever a button does, a word does too; so it is asked at both."""
    harmless(Talk(her, Calm()).writes(word.value, word).effects)


def test_each_word_is_let_in_where_its_button_is() -> None:
    """A word without a line is her own words, and those are answered elsewhere."""
    said_by_her = {word for word in Word if word not in who_reads.TOPICS}
    assert {Word.SETTINGS, Word.MY_DATA, Word.PLAN, Word.SHOW, Word.FORGET}.isdisjoint(said_by_her)
    for word, topic in who_reads.TOPICS.items():
        assert who_reads.door_of(topic) in who_reads.Door, word


@pytest.mark.parametrize(
    "data", ["", "x", "set:what", "g", "g:shelf:safety", "g:open:police-court", "p:x", "new:thing", "j:what"]
)
def test_what_stands_nowhere_needs_the_check(data: str) -> None:
    """A screen that somebody builds next year is closed until somebody has thought about it."""
    assert who_reads.door_of(data) is who_reads.Door.HERS


# --- when it is asked ---


def test_it_closes_by_itself_and_asks_again() -> None:
    """She put the phone down in the kitchen."""
    talk = Talk(opened(), Calm())
    assert "Your shared plan" in talk.presses("sp").words
    talk.now += 29 * timedelta(minutes=1)
    assert "Your shared plan" in talk.presses("sp").words
    talk.now += 30 * timedelta(minutes=1)
    assert talk.presses("sp").words == QUESTION


@pytest.mark.parametrize("data", ["menu", "g:list", "set"])
def test_after_a_long_silence_it_is_asked_first(data: str) -> None:
    """Once: whoever does not answer still sees what anybody may see."""
    talk = Talk(full(lock=a_lock(acted_at=NOW - 13 * HOUR)), Calm())
    assert talk.presses(data).words == QUESTION
    assert talk.presses(data).words not in (QUESTION, "")


def test_another_script_than_lately_is_asked_about() -> None:
    """A hand that takes over the phone often writes in another one."""
    mine = lock.written(lock.opened(a_lock(), NOW), "arabic", NOW)
    talk = Talk(full(lock=mine, talk=None, check_in=None), Calm())
    assert QUESTION not in talk.writes("كيف حالك اليوم").words
    assert talk.writes("who are you").words == QUESTION
    assert talk.presses("sp").words == QUESTION, "it is closed as well"
    talk.writes("4711")
    assert QUESTION not in talk.writes("hello again").words, "with her code both are hers"


def test_letters_to_somebody_else_may_be_in_any_script() -> None:
    """She writes Arabic to me and Swedish to Mina."""
    mine = lock.written(lock.opened(a_lock(), NOW), "arabic", NOW)
    talk = Talk(full(lock=mine, talk=TalkNow(5, MINA.id, "Mina", NOW, NOW)), Calm()).writes("hej Mina")
    assert only(PassOn, talk.effects)
    assert QUESTION not in talk.words


def test_another_language_and_an_emptied_chat_close_it() -> None:
    """Both are what a new hand may do first."""
    for done in ("l:sv", "p:hide"):
        talk = Talk(opened(talk=None), Calm()).presses(done)
        assert talk.presses("sp").words == QUESTION, done


def test_she_closes_it_with_one_word() -> None:
    """Before she hands the phone over."""
    talk = Talk(opened(talk=None), Calm()).writes("lock", Word.LOCK)
    assert talk.words == MENU
    assert talk.presses("sp").words == QUESTION


# --- help never waits ---


@pytest.mark.parametrize("her", [full(), covered(), full(lock=a_lock(acted_at=None)), full(talk=None)])
def test_help_hiding_and_stopping_never_wait(her: Resident) -> None:
    """Nobody is asked for a number who needs a human."""
    assert only(RaiseAlert, Talk(her, Calm()).presses("someone").effects)
    assert only(RaiseAlert, Talk(her, Calm()).writes("someone", Word.SOMEONE).effects)
    assert only(ClearChat, Talk(her, Calm()).presses("p:hide").effects)
    assert only(ClearChat, Talk(her, Calm()).writes("hide", Word.HIDE).effects)
    assert Talk(her, Calm()).presses("p:stop").resident.stopped
    assert Talk(her, Calm()).writes("/stop", Word.STOP).resident.stopped


@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("her", [full(), covered(), full(lock=a_lock(acted_at=None)), full(talk=None)])
@pytest.mark.parametrize("asked", [False, True])
def test_words_of_danger_never_wait(her: Resident, level: int, asked: bool) -> None:
    """Also as an answer to the question itself, and nobody's name shows."""
    talk = Talk(her, Hears())
    if asked:
        talk.presses("sp")
    talk.writes(f"he is here TV{level}")
    assert [alarm.level for alarm in talk.alarms] == [level]
    assert any(say.purpose is Purpose.EMERGENCY for say in talk.says)
    assert QUESTION not in talk.words
    assert not {"Mina", "Josef"}.intersection(talk.words.replace(".", "").split())


def test_danger_is_read_only_where_she_agreed() -> None:
    """The check is no reason to read."""
    silent = replace(leyla().consent, reading=False)
    for her in (full(consent=silent), covered(consent=silent), full(consent=silent, talk=None)):
        Talk(her, MustNotRead()).presses("sp").writes("TV3 he is here")


def test_a_face_is_an_answer_and_what_follows_waits() -> None:
    """The day is settled; what weighs is hers."""
    talk = Talk(full(talk=None), Calm())
    talk.presses(talk.button("1"))
    assert "Thank you for answering." in talk.words
    assert "weigh" not in talk.words
    assert talk.resident.missed == 0
    more = talk.offers[0]
    assert talk.presses(more).words == QUESTION
    talk.writes("4711")
    assert "What weighs most today?" in talk.presses(more).words


def test_her_own_words_are_an_answer_too() -> None:
    """Nothing shows by it."""
    talk = Talk(full(talk=None), Calm())
    talk.presses(talk.button("write")).writes("it was all right")
    assert "That was your check-in" in talk.words


def test_a_typed_covert_word_still_calls() -> None:
    """What she chose before there was a check."""
    for her in (full(talk=None), covered(talk=None)):
        talk = Talk(her, Calm()).writes("tulip")
        assert [alarm.reasons for alarm in talk.alarms] == [REASONS]


# --- guessing ---


def test_a_wrong_one_is_asked_for_again_and_taken_out_of_the_chat() -> None:
    """It may be the right one but for one digit."""
    talk = Talk(full(), Calm()).presses("sp").writes("4712")
    assert talk.words == f"That was another one.\n\n{QUESTION}"
    assert only(DeleteWritten, talk.effects)
    assert talk.writes("4711").words == MENU


def test_after_five_wrong_ones_it_looks_as_if_it_were_open() -> None:
    """Whoever guesses learns nothing, and a contact person hears of it a moment later."""
    talk = Talk(full(), Calm()).presses("sp")
    for guess in ("9999", "8888", "7777", "6666"):
        talk.writes(guess)
    assert talk.writes("5555").words == MENU
    assert talk.presses("sp").words == NOTHING
    assert talk.writes("4711").words not in (MENU, QUESTION), "nothing is looked at"
    talk.falls(Timer.CODE)
    assert talk.alarms == []


def test_guessing_is_told_quietly_and_only_with_her_yes() -> None:
    """It may have been herself."""
    for telling, alarms in ((True, [RaiseAlert(Track.QUIET, 1, ("tried",))]), (False, [])):
        her = full(consent=replace(leyla().consent, telling=telling))
        talk = Talk(her, Calm()).presses("sp")
        for _ in range(5):
            talk.writes("9999")
        assert talk.alarms == []
        assert talk.falls(Timer.CODE).alarms == alarms


def test_after_a_while_her_own_one_opens_again() -> None:
    """She is never shut out for good, and never from help."""
    talk = Talk(full(), Calm()).presses("sp")
    for _ in range(5):
        talk.writes("9999")
    assert only(RaiseAlert, talk.presses("someone").effects)
    talk.now += lock.SHUT_FOR
    assert talk.presses("sp").words == QUESTION
    assert talk.writes("4711").words == MENU


def test_a_wrong_number_stays_a_letter_where_she_writes_with_somebody() -> None:
    """Closed or not: unasked, four digits in a talk are passed on and not taken away from her."""
    talk = Talk(full(), Calm()).writes("1830")
    assert only(PassOn, talk.effects)
    assert not only(DeleteWritten, talk.effects)
    asked = Talk(full(), Calm()).presses("sp").writes("1830")
    assert only(DeleteWritten, asked.effects)
    assert not only(PassOn, asked.effects)


def test_nobody_gets_in_by_trying_all_numbers() -> None:
    """All there are, one after the other, at once: a handful is looked at."""
    talk, looked_at = Talk(full(), Calm()), 0
    for number in range(10_000):
        guess = f"{9_999 - number:04}"
        talk.presses("sp")
        looked_at += typed(talk.resident, guess, talk.now).derived is not None
        talk.writes(guess)
        assert talk.resident.lock is not None
        assert not talk.resident.lock.is_open(talk.now)
    assert looked_at == lock.MOST_WRONG


def test_numbers_she_writes_to_somebody_are_letters() -> None:
    """Four digits are an hour, a bus, a door: in an open talk they are passed on and counted as nothing."""
    talk = Talk(opened(talk=TalkNow(5, MINA.id, "Mina", NOW, NOW)), Calm())
    for _ in range(9):
        talk.writes("1830")
        assert only(PassOn, talk.effects)
        assert not only(DeleteWritten, talk.effects)
    assert talk.resident.lock is not None
    assert talk.resident.lock.is_open(talk.now)


def test_an_hour_is_an_hour_where_she_is_asked_for_one() -> None:
    """The time of her check-ins is no guess."""
    talk = Talk(opened(talk=None), Calm()).presses("set:time").writes("1830")
    assert talk.resident.rhythm.at.hour == 18
    assert talk.resident.lock is not None
    assert talk.resident.lock.wrong == ()


# --- the second one ---


def _answers(talk: Talk) -> list[Effect]:
    return [effect for effect in talk.effects if not isinstance(effect, RaiseAlert)]


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("her", [full(), opened(), full(talk=None), full(check_in=None), full(contacts=())])
def test_the_second_is_answered_like_the_own_one(her: Resident, asked: bool) -> None:
    """Same words, same buttons, same orders in the same sequence; nothing else, and nothing less."""
    both = []
    for code in ("4711", "2580"):
        talk = Talk(her, Calm())
        if asked:
            talk.presses("sp")
        both.append(_answers(talk.writes(code)))
        assert talk.alarms == [], "the alert is not raised in the answer: that would take longer"
    assert both[0] == both[1]


@pytest.mark.parametrize("her", [full(), full(consent=leyla().consent.__class__())])
def test_behind_the_second_people_are_told_a_moment_later(her: Resident) -> None:
    """At the highest level, without consent to anything: it is a call of hers. Behind the own one nobody is."""
    calls = Talk(her, Calm()).writes("2580").falls(Timer.CODE)
    assert calls.alarms == [RaiseAlert(Track.URGENT, 3, REASONS)]
    assert calls.words == ""
    assert calls.falls(Timer.CODE).alarms == [], "once"
    assert Talk(her, Calm()).writes("4711").falls(Timer.CODE).effects == ()


@pytest.mark.parametrize("next_event", [Pressed("p:stop"), Pressed("menu"), Started(), Wrote("4711")])
def test_the_call_is_not_lost_whatever_comes_before_the_timer(next_event: Event) -> None:
    """Stopping stops every timer; a crash may come; her own code may follow at once."""
    talk = Talk(full(), Calm()).writes("2580")
    event = typed(talk.resident, "4711", talk.now) if isinstance(next_event, Wrote) else next_event
    assert RaiseAlert(Track.URGENT, 3, REASONS) in talk.happens(event).effects


def test_what_it_opens_holds_until_the_own_one_without_a_word_about_it() -> None:
    """Nothing that others have for her comes; a letter is kept, and waits for her."""
    talk = Talk(full(), Calm()).writes("2580").falls(Timer.CODE)
    talk.now += 20 * HOUR
    assert talk.presses("menu").words == MENU, "nothing is asked any more, however long it was silent"
    assert talk.presses("sp").words == NOTHING
    talk.happens(LetterCame(5, 9, Letter("grandmother is well", talk.now)))
    assert only(KeepLetter, talk.effects)
    assert talk.words == ""
    back = talk.writes("4711")
    assert back.words == f"{MENU}\n\nHello. There is something new here, whenever you have a moment."
    assert "Your shared plan" in talk.presses("sp").words


def test_letters_are_not_taken_in_by_writing_and_are_not_written_there() -> None:
    """Closed: hers are passed on, and what waits stays veiled. Covered: nothing is passed on."""
    closed = Talk(full(), Calm()).writes("I am at the station")
    assert only(PassOn, closed.effects)
    assert closed.resident.talk is not None
    assert closed.resident.talk.veiled
    assert not only(PassOn, Talk(covered(), Calm()).writes("I am at the station").effects)
    assert not only(PassOn, Talk(covered(), Calm()).happens(Sent(Kind.VOICE, file="x")).effects)


def test_a_letter_is_veiled_where_nobody_has_shown_who_looks() -> None:
    """She wrote a minute ago; whether it is her who reads now nobody knows."""
    here = TalkNow(5, MINA.id, "Mina", NOW, NOW)
    letter = LetterCame(5, 9, Letter("grandmother is well", NOW))
    assert "grandmother" in Talk(opened(talk=here), Calm()).happens(letter).words
    harmless(Talk(full(talk=here), Calm()).happens(letter).effects)


def test_that_a_letter_was_passed_on_names_nobody_while_it_is_closed() -> None:
    """She hears that it went, and not to whom."""
    talk = Talk(full(), Calm()).happens(LetterPassed(5, NOW))
    assert talk.words == "Passed on."


def test_every_alert_from_there_is_one_nobody_answers_in_that_chat() -> None:
    """Else "Mina has seen it" would come onto that screen."""
    for event in (Pressed("someone"), Wrote("someone", Word.SOMEONE), Wrote("TV3")):
        alarms = Talk(covered(), Hears()).happens(event).alarms
        assert alarms
        assert all("covert" in alarm.reasons for alarm in alarms)


def test_a_pause_cannot_be_made_by_whoever_found_the_phone() -> None:
    """Her silence would be noticed by nobody."""
    for her in (full(), covered()):
        talk = Talk(her, Calm())
        assert talk.presses("set:pause:14").resident.paused_until is None
        assert talk.writes("/pause", Word.PAUSE).resident.paused_until is None


EVENTS: Final = st.one_of(
    st.sampled_from(everything()).map(Pressed),
    st.sampled_from(list(Word)).map(lambda word: Wrote(f"/{word.value}", word)),
    st.text(max_size=50).map(Wrote),
    st.sampled_from(
        ["TV1", "TV2", "TV3 he comes", "SU1 SU1", "HU1", "tulip", "9999", "1830", "hello", "٩٩٩٩"]
    ).map(Wrote),
    st.sampled_from(list(Kind)).map(lambda kind: Sent(kind, "TV2", "file")),
    st.just(Started()),
)
"""What somebody else with the phone can do."""

FROM_OTHERS: Final = st.one_of(
    st.sampled_from([timer for timer in Timer if timer is not Timer.CHAIN]).map(lambda t: TimerFell(t, NOW)),
    st.sampled_from(
        [
            LetterCame(5, 9, Letter("grandmother is well", NOW, "Mina")),
            LetterCame(5, 9, Letter("", NOW, "Mina", kind="photo", file="x")),
            LetterPassed(5, NOW),
            TalkOver(5, "contact"),
            TalkBegun(6, 1, MINA.id, "Linden", "Mina"),
            ContactPersonLeft(MINA.id),
            CallPromised(MINA.id, "Mina", NOW + 5 * HOUR),
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=12), st.booleans())
def test_whatever_is_done_there_nothing_that_is_hers_shows(events: list[Event], second: bool) -> None:
    """An impersonation drill of some thousand steps: every guess that is not her own code stays outside."""
    talk = Talk(covered() if second else full(), Hears())
    for event in events:
        done = event
        if isinstance(event, Wrote) and event.word is None:
            done = typed(talk.resident, event.text, talk.now)
        harmless(talk.happens(done).effects)
        talk.now += timedelta(minutes=7)
    assert talk.resident.lock is not None
    assert not talk.resident.lock.is_open(talk.now)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(EVENTS, FROM_OTHERS), max_size=12))
def test_whatever_comes_while_it_is_covered_nothing_that_is_hers_shows(events: list[Event]) -> None:
    """Not what is done there, and not what others have for her."""
    talk = Talk(covered(), Hears())
    for event in events:
        harmless(talk.happens(event).effects, helps=False)
        talk.now += timedelta(minutes=7)
    assert isinstance(talk.resident.lock, Lock)
    assert talk.resident.lock.covered


def _orders(effects: tuple[Effect, ...]) -> Iterator[type[Effect]]:
    return (type(effect) for effect in effects)


def test_what_comes_by_itself_goes_on_as_always() -> None:
    """A chat that falls silent would be noticed: the neutral question comes, closed or covered."""
    for her in (full(talk=None), covered(talk=None)):
        talk = Talk(her, Calm())
        talk.now += 24 * HOUR
        assert "How is today?" in talk.happens(TimerFell(Timer.CHECK_IN, talk.now)).words
        assert StopTimer not in set(_orders(talk.effects)) or SetTimer in set(_orders(talk.effects))
        assert not only(Toast, talk.effects)
