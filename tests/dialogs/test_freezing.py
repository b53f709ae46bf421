"""A frozen chat: a stranger's answer to everything, and people are called all the same."""

from dataclasses import replace

import pytest

from dialogs.alert import Repeated, Track
from dialogs.covert import REASONS
from dialogs.effects import (
    AnswerAsStranger,
    EndTalk,
    LetHappen,
    RaiseAlert,
    RecordCheckIn,
    Say,
    TellAlertOnTrack,
)
from dialogs.events import (
    CallChange,
    CallChanged,
    ContactProposed,
    Event,
    Frozen,
    Kind,
    Pressed,
    Sent,
    Started,
    Timer,
    TimerFell,
    Unfrozen,
    Wrote,
)
from dialogs.letters import TalkNow
from dialogs.people import Agreed, Consent, ExpectedCall, Resident
from dialogs.words import Word
from tests.dialogs.cast import NOW, MustNotRead, Talk, a_lock, english, leyla, neutral, only, unprompted


def frozen(**changes: object) -> Talk:
    """Leyla, whose phone was stolen."""
    return Talk(leyla(**changes)).happens(Frozen())


def test_freezing_says_nothing_to_her_and_tells_her_contact_persons() -> None:
    """Each of them at once, with nothing of it on a lock screen; open cases learn it too."""
    talk = frozen()
    assert unprompted(talk.effects) == []
    assert [each.to for each in talk.says] == [2, 3]
    assert all("get in touch another way" in english(each.text) for each in talk.says)
    assert "Linden" not in english(talk.says[0].text[:1])
    assert only(TellAlertOnTrack, talk.effects) == [
        TellAlertOnTrack(track, Repeated(("covert",))) for track in Track
    ]


def test_without_her_yes_nobody_is_told() -> None:
    """She said that she would ask herself (the operator is told to do it)."""
    assert frozen(consent=Consent(check_ins=True, reading=True, telling=False)).says == []


def test_freezing_twice_is_freezing_once() -> None:
    """Two presses at once."""
    talk = frozen()
    assert talk.happens(Frozen()).effects == ()


def test_an_open_question_is_no_silence() -> None:
    """She may never have seen it."""
    talk = Talk(leyla(missed=1)).asks().happens(Frozen())
    assert (talk.resident.check_in, talk.resident.missed) == (None, 0)
    assert [each.state for each in only(RecordCheckIn, talk.effects)] == ["undelivered"]
    assert not {Timer.CHECK_IN, Timer.REMINDER, Timer.QUESTION} & set(talk.timers)
    assert talk.passes(days=9).effects == ()


def test_a_talk_ends_and_a_promised_call_is_uncertain() -> None:
    """Whoever would write or call hears that she cannot be reached there."""
    call = ExpectedCall(2, "Mina", NOW.replace(hour=19))
    talk = frozen(talk=TalkNow(7, 2, "Mina", NOW), calls=(call,))
    assert only(EndTalk, talk.effects) == [EndTalk(7, "blocked")]
    assert only(LetHappen, talk.effects) == [LetHappen(2, CallChanged(1, CallChange.UNREACHABLE))]


@pytest.mark.parametrize(
    "event",
    [
        Started(),
        Wrote("hello"),
        Wrote("hello", edited=True),
        Wrote("stop", Word.STOP),
        Wrote("forget me", Word.FORGET),
        Wrote("settings", Word.SETTINGS),
        Wrote("my data", Word.MY_DATA),
        Pressed("p:erase"),
        Pressed("set:see:2:told:no"),
        Pressed("set:contacts"),
        Pressed("g:list"),
        Sent(Kind.PHOTO),
    ],
)
def test_whoever_writes_there_hears_what_strangers_hear(event: Event) -> None:
    """Nothing of hers is shown, and nothing of hers can be changed or erased."""
    talk = frozen()
    before = talk.resident
    assert talk.happens(event).effects == (AnswerAsStranger(),)
    assert replace(talk.resident, heard=(), nights=()) == before


@pytest.mark.parametrize("level", [2, 3])
def test_words_of_danger_call_for_people(level: int) -> None:
    """It may be she; whoever comes knows that another may be reading."""
    talk = frozen().writes(f"TV{level}")
    (alarm,) = talk.alarms
    assert (alarm.track, alarm.level, alarm.reasons) == (Track.URGENT, level, (f"TV{level}", "covert"))
    assert talk.says == []


@pytest.mark.parametrize("word", ["someone", "her own word"])
def test_so_do_the_words_that_ask_for_somebody(word: str) -> None:
    """By the word, and by the one she chose herself."""
    talk = frozen(covert="her own word")
    talk.writes(word, Word.SOMEONE if word == "someone" else None)
    assert "covert" in talk.alarms[0].reasons
    assert talk.says == []


def test_a_question_that_cannot_be_asked_is_taken_for_unanswered() -> None:
    """A threat that is not sure would have been asked about; here nobody can ask."""
    (alarm,) = frozen().writes("TV1").alarms
    assert alarm == RaiseAlert(Track.URGENT, 2, ("TV1", "covert"))
    assert frozen().writes("DI1").alarms == []


def test_who_said_no_to_being_read_is_not_read() -> None:
    """Freezing gives no right she has not given."""
    her = leyla(consent=Consent(check_ins=True, reading=False, telling=True))
    assert Talk(her, MustNotRead()).happens(Frozen()).writes("anything").alarms == []


@pytest.mark.parametrize("timer", list(Timer))
def test_no_timer_says_anything(timer: Timer) -> None:
    """What does not measure silence is looked at again the next day."""
    talk = frozen().happens(TimerFell(timer, NOW))
    assert only(Say, talk.effects) == []
    assert only(RaiseAlert, talk.effects) == []


def test_unfreezing_asks_nothing_and_tells_her_gently() -> None:
    """Neutral, and the rhythm goes on; those who were told hear that it is over."""
    talk = frozen().happens(Unfrozen())
    (hers,) = [each for each in talk.says if each.to is None]
    assert neutral(hers)
    assert not hers.keyboard
    assert [each.to for each in talk.says if each.to is not None] == [2, 3]
    assert talk.resident == leyla()
    assert talk.timers[Timer.CHECK_IN] > NOW


def test_unfreezing_at_night_waits_for_the_day() -> None:
    """Whoever is with her sees that it works; her phone stays still."""
    talk = Talk(leyla(), now=NOW.replace(hour=23)).happens(Frozen()).happens(Unfrozen())
    assert [each.to for each in talk.says] == [2, 3]
    assert [each.to for each in talk.falls_due(Timer.NEWS).says] == [None]


def test_what_was_not_frozen_is_not_unfrozen() -> None:
    """No message out of nothing."""
    assert Talk(leyla()).happens(Unfrozen()).effects == ()


def test_whoever_is_proposed_meanwhile_is_news_afterwards() -> None:
    """Nothing is lost by it, and nothing is shown."""
    talk = frozen().happens(ContactProposed(Agreed(4, "Sara")))
    assert talk.says == []
    talk.happens(Unfrozen())
    assert "set:contact:4" in talk.offers


def test_an_old_document_is_not_frozen() -> None:
    """Fields have defaults."""
    assert Resident(1, "Linden").frozen is None


def test_a_second_code_calls_from_a_frozen_chat_too() -> None:
    """She may be made to write there; who looks on reads what every stranger reads."""
    talk = frozen(lock=a_lock()).writes("2580")
    assert [alarm.reasons for alarm in talk.alarms] == [REASONS]
    assert talk.says == []
    talk.writes("2580")
    assert len(talk.alarms) == 1, "once for each time she writes it"
    assert frozen(lock=a_lock()).writes("4711").alarms == []
