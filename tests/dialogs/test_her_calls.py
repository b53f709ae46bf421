"""A promised call on her side: neutral, by day, answered or not, and never a reason told to others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs import her_calls
from dialogs.calls import stamp
from dialogs.effects import ForgetPerson, LetHappen, Purpose, Say, SetTimer, Toast
from dialogs.events import (
    BotBlocked,
    CallAnswered,
    CallChange,
    CallChanged,
    CallOver,
    CallPromised,
    CallTakenBack,
    CallUncertain,
    ContactPersonLeft,
    Event,
    Timer,
)
from dialogs.people import ExpectedCall, Resident
from tests.dialogs.cast import NOW, Talk, english, neutral, only, unprompted

AT = NOW + timedelta(hours=2)
CALL = ExpectedCall(2, "Mina", AT)
STAMP = stamp(AT)


def at(hour: int, minute: int = 0, *, day: int = 24) -> datetime:
    """A moment in November, on Stockholm's clock."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


@pytest.fixture
def waiting(leyla: Resident) -> Talk:
    """Leyla has heard that Mina calls in two hours."""
    return Talk(leyla).happens(CallPromised(2, "Mina", AT))


def passed(talk: Talk) -> list[LetHappen]:
    """What her contact person hears of."""
    return only(LetHappen, talk.effects)


# --- she hears of it ---


def test_she_hears_at_once_who_and_when_below_a_neutral_line(waiting: Talk) -> None:
    """A lock screen shows a hundred letters; these are more, and say nothing."""
    (told,) = waiting.says
    assert told.purpose is Purpose.NOTE, "she waits for it: at least once"
    assert neutral(told)
    assert "Mina" not in english(told.text[:1])
    assert f"Mina gets in touch with you: {AT}" in waiting.words
    assert waiting.offers == [f"ca:ok:2:{STAMP}", f"ca:no:2:{STAMP}"]
    assert waiting.timers[Timer.CALL] == AT - timedelta(minutes=15)


@pytest.mark.parametrize(
    ("now", "call", "told"),
    [
        (at(22), at(10, day=25), at(8, day=25)),
        (at(3), at(10), at(8)),
        (at(22), at(22, 30), None),
        (at(3), at(8, 10), None),
        (at(20, 59), at(10, day=25), None),
        (at(8), at(10), None),
        (at(21), at(8, 30, day=25), at(8, day=25)),
    ],
)
def test_in_the_night_it_waits_unless_it_cannot(
    leyla: Resident, now: datetime, call: datetime, told: datetime | None
) -> None:
    """Nothing unasked that can wait between nine and eight."""
    assert her_calls.tell_at(leyla, call, now) == told
    talk = Talk(leyla, now=now).happens(CallPromised(2, "Mina", call))
    assert bool(talk.says) is (told is None)
    if told is not None:
        assert talk.timers[Timer.CALL] == told
        assert "Mina gets in touch" in talk.falls_due(Timer.CALL).words
        assert talk.timers[Timer.CALL] == call - timedelta(minutes=15) or call - told <= timedelta(minutes=30)


def test_the_night_is_the_one_on_her_clock(leyla: Resident) -> None:
    """She may have moved to London."""
    there = replace(leyla, rhythm=replace(leyla.rhythm, zone="Europe/London"))
    assert her_calls.tell_at(leyla, at(10, day=25), at(21, 30)) is not None
    assert her_calls.tell_at(there, at(10, day=25), at(21, 30)) is None


def test_the_same_promise_twice_is_heard_once(waiting: Talk) -> None:
    """Two presses, one message."""
    assert waiting.happens(CallPromised(2, "Mina", AT)).says == []


def test_a_new_time_says_what_it_is_instead_of(waiting: Talk) -> None:
    """She must not wait twice."""
    waiting.happens(CallPromised(2, "Mina", AT + timedelta(hours=1)))
    assert f"instead of {AT}" in waiting.words
    assert [call.at for call in waiting.resident.calls] == [AT + timedelta(hours=1)]
    waiting.happens(CallPromised(3, "Josef", AT))
    assert len(waiting.resident.calls) == 2, "another person's is another call"


# --- she answers ---


def test_it_suits(waiting: Talk) -> None:
    """One tap; the reminder then asks nothing more."""
    waiting.presses(f"ca:ok:2:{STAMP}")
    assert passed(waiting) == [LetHappen(2, CallAnswered(1, AT, suits=True))]
    waiting.falls_due(Timer.CALL)
    assert waiting.offers == []


def test_another_time_please(waiting: Talk) -> None:
    """Then nobody is waited for at that time."""
    waiting.presses(f"ca:no:2:{STAMP}")
    assert passed(waiting) == [LetHappen(2, CallAnswered(1, AT, suits=False))]
    assert waiting.resident.calls == ()
    assert Timer.CALL not in waiting.timers


@pytest.mark.parametrize("data", ["ca:ok:2:1", f"ca:ok:3:{STAMP}", f"ca:odd:2:{STAMP}", "ca:ok", "ca"])
def test_an_old_or_forged_answer_changes_nothing(waiting: Talk, data: str) -> None:
    """It is kindly refused."""
    before = waiting.resident.calls
    assert only(Toast, waiting.presses(data).effects)
    assert waiting.resident.calls == before


def test_an_answer_after_the_call_is_none(waiting: Talk) -> None:
    """The hour is over."""
    waiting.now = AT
    assert only(Toast, waiting.presses(f"ca:no:2:{STAMP}").effects)


# --- time passes ---


def test_a_quarter_of_an_hour_before_she_is_reminded(waiting: Talk) -> None:
    """Neutrally, once, and not after the call."""
    waiting.falls_due(Timer.CALL)
    (reminder,) = waiting.says
    assert (reminder.purpose, reminder.until) == (Purpose.ROUTINE, AT)
    assert neutral(reminder)
    assert Timer.CALL not in waiting.timers


@pytest.mark.parametrize("late", [timedelta(minutes=15), timedelta(hours=9)])
def test_a_reminder_that_is_over_is_not_sent(waiting: Talk, late: timedelta) -> None:
    """After an outage her contact person is asked instead."""
    waiting.now = AT - timedelta(minutes=15) + late
    assert waiting.falls(Timer.CALL).says == []


def test_a_call_that_is_near_is_told_and_not_reminded_of(leyla: Resident) -> None:
    """One message is enough."""
    talk = Talk(leyla).happens(CallPromised(2, "Mina", NOW + timedelta(minutes=15)))
    assert len(talk.says) == 1
    assert Timer.CALL not in talk.timers


def test_in_a_pause_no_reminder_comes(waiting: Talk) -> None:
    """Quiet is quiet."""
    waiting.presses("set:pause:7")
    assert waiting.falls_due(Timer.CALL).says == []


def test_a_call_nobody_told_the_outcome_of_is_forgotten(waiting: Talk) -> None:
    """She no longer waits for it after two days."""
    waiting.now = AT + timedelta(days=2)
    assert waiting.falls(Timer.CALL).resident.calls == ()


# --- her contact person ---


def test_who_was_tried_to_be_reached_hears_so(waiting: Talk) -> None:
    """She may have waited beside a phone that did not ring."""
    waiting.now = AT
    waiting.happens(CallOver(2, reached=False))
    assert "has tried" in waiting.words
    assert all(neutral(say) for say in unprompted(waiting.effects))
    assert waiting.resident.calls == ()


def test_after_a_talk_nothing_more_is_said(waiting: Talk) -> None:
    """They have talked."""
    assert waiting.happens(CallOver(2, reached=True)).says == []
    assert waiting.resident.calls == ()


@pytest.mark.parametrize(("event", "left"), [(CallTakenBack(2), 0), (CallUncertain(2), 1)])
def test_a_call_that_may_not_come_is_told_with_a_way_to_a_person(
    waiting: Talk, event: Event, left: int
) -> None:
    """She must not wait for nothing, nor alone."""
    waiting.happens(event)
    assert waiting.offers == ["someone"]
    assert all(neutral(say) for say in unprompted(waiting.effects))
    assert len(waiting.resident.calls) == left


@pytest.mark.parametrize("event", [CallTakenBack(3), CallUncertain(3), CallOver(3, reached=False)])
def test_news_about_no_call_is_no_news(waiting: Talk, event: Event) -> None:
    """Nothing is said about what she never heard of."""
    assert waiting.happens(event).says == []
    assert len(waiting.resident.calls) == 1


def test_what_she_was_not_told_yet_is_taken_back_in_silence(leyla: Resident) -> None:
    """Promised and taken back in one night."""
    talk = Talk(leyla, now=at(22)).happens(CallPromised(2, "Mina", at(10, day=25)))
    assert talk.happens(CallTakenBack(2)).says == []
    assert Timer.CALL not in talk.timers


def test_a_contact_person_who_left_calls_no_more(waiting: Talk) -> None:
    """She hears both: who is gone, and that the call does not come."""
    waiting.happens(ContactPersonLeft(2))
    assert "no longer one of your contact persons" in waiting.words
    assert "cannot get in touch as promised" in waiting.words
    assert waiting.resident.calls == ()


# --- what else she does ---


@pytest.mark.parametrize("data", ["p:stop", "p:erase", "set:see:2:told:no"])
def test_however_she_ends_it_her_contact_person_hears_only_that_it_is_off(waiting: Talk, data: str) -> None:
    """S23: no reason leaves her phone."""
    waiting.presses(data)
    assert passed(waiting) == [LetHappen(2, CallChanged(1, CallChange.OFF))]


def test_erasing_her_passes_it_on_before_she_is_gone(waiting: Talk) -> None:
    """Afterwards nobody knows of it any more."""
    kinds = [type(effect) for effect in waiting.presses("p:erase").effects]
    assert kinds.index(LetHappen) < kinds.index(ForgetPerson)


def test_taking_a_yes_back_leaves_other_calls_alone(waiting: Talk) -> None:
    """Josef's stays, and so does that of a coordinator whom she never chose."""
    waiting.happens(CallPromised(3, "Josef", AT)).happens(CallPromised(9, "Karin", AT))
    waiting.presses("set:see:2:told:no")
    assert {call.contact for call in waiting.resident.calls} == {3, 9}


def test_a_pause_and_a_block_tell_who_promised(waiting: Talk) -> None:
    """Nobody else reminds her."""
    assert passed(waiting.presses("set:pause:7")) == [
        LetHappen(2, CallChanged(1, CallChange.PAUSED, NOW + timedelta(days=7)))
    ]
    assert passed(waiting.happens(BotBlocked())) == [LetHappen(2, CallChanged(1, CallChange.UNREACHABLE))]


def test_a_call_after_the_pause_is_nobodys_news(leyla: Resident) -> None:
    """It is reminded of as usual."""
    talk = Talk(leyla).happens(CallPromised(2, "Mina", NOW + timedelta(days=9)))
    assert passed(talk.presses("set:pause:7")) == []


def test_after_her_word_nothing_about_a_call_shows_on_her_phone(waiting: Talk) -> None:
    """Somebody may be holding it (R25)."""
    waiting.resident = replace(waiting.resident, covert="blue door")
    waiting.writes("blue door")
    assert waiting.alarms
    assert Timer.CALL not in waiting.timers
    assert waiting.happens(CallOver(2, reached=False)).says == []


@pytest.mark.parametrize(
    ("changes", "writable", "asked", "refused"),
    [
        ({}, True, False, False),
        ({}, False, False, True),
        ({}, False, True, True),
        ({"paused_until": AT}, True, False, True),
        ({"paused_until": AT}, True, True, False),
        ({"paused_until": NOW}, True, False, False),
        ({"stopped": True}, True, False, True),
        ({"stopped": True}, True, True, False),
    ],
)
def test_a_promise_breaks_no_pause_unless_she_asked_for_somebody(
    leyla: Resident, changes: dict[str, object], writable: bool, asked: bool, refused: bool
) -> None:
    """Staff cannot break what she set (S13)."""
    resident = replace(leyla, **changes)  # type: ignore[arg-type]
    answer = her_calls.refused(resident, writable=writable, asked=asked, now=NOW)
    assert (answer is not None) is refused
    assert answer is None or answer.alias == "Linden"


def test_the_timer_is_the_earliest_of_all(waiting: Talk) -> None:
    """A person has one timer of a kind."""
    waiting.happens(CallPromised(3, "Josef", NOW + timedelta(hours=1)))
    assert waiting.timers[Timer.CALL] == NOW + timedelta(minutes=45)
    assert only(SetTimer, waiting.effects)
    assert only(Say, waiting.falls_due(Timer.CALL).effects)
    assert waiting.timers[Timer.CALL] == AT - timedelta(minutes=15)
