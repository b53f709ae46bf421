"""Promising a call: when, the reminder, how it went, and that no promise is lost in silence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs import calls, contact_person
from dialogs.alert import NotReached
from dialogs.effects import ForgetPerson, LetHappen, PromiseCall, Purpose, Say, SetTimer, StopTimer, Toast
from dialogs.events import (
    BotBlocked,
    BotUnblocked,
    CallAnswered,
    CallChange,
    CallChanged,
    CallNoted,
    CallOver,
    CallRefused,
    CallTakenBack,
    CallUncertain,
    Event,
    NoCaseFits,
    Pressed,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place, PromisedCall
from dialogs.words import Word
from tests.dialogs.cast import NOW, neutral, offered, only, words

AT = NOW + timedelta(hours=1)
CALL = PromisedCall(1, "Linden", AT)
STAMP = calls.stamp(AT)


class Day:
    """Mina on her phone: keeps her, her timer and the clock, and what followed last."""

    def __init__(self, mina: Contact, knowledge: Knowledge, now: datetime = NOW) -> None:
        self.mina, self.knowledge, self.now = mina, knowledge, now
        self.timer: datetime | None = None
        self.outcome: Outcome[Contact] = Outcome(mina)

    def happens(self, event: Event) -> "Day":
        """Let something happen to her now."""
        self.outcome = contact_person.decide(self.mina, event, self.now, self.knowledge)
        self.mina = self.outcome.person
        for effect in self.outcome.effects:
            if isinstance(effect, SetTimer) and effect.timer is Timer.CALL:
                self.timer = effect.at
            elif isinstance(effect, StopTimer) and effect.timer is Timer.CALL:
                self.timer = None
        return self

    def time_comes(self, late: timedelta = timedelta(0)) -> "Day":
        """Her timer falls, `late` after an outage."""
        assert self.timer is not None
        due, self.timer = self.timer, None
        self.now = due + late
        return self.happens(TimerFell(Timer.CALL, due))

    @property
    def says(self) -> list[Say]:
        """What she reads just now."""
        return only(Say, self.outcome.effects)

    @property
    def said(self) -> str:
        """The same as words."""
        return words(self.outcome.effects)

    @property
    def offers(self) -> list[str]:
        """The data of the buttons below it."""
        return offered(self.outcome.effects)

    @property
    def passed_on(self) -> list[LetHappen]:
        """What the resident hears of."""
        return only(LetHappen, self.outcome.effects)


@pytest.fixture
def day(mina: Contact, knowledge: Knowledge) -> Day:
    """Mina at six in the evening."""
    return Day(mina, knowledge)


@pytest.fixture
def promised(day: Day) -> Day:
    """Mina has promised Leyla a call in an hour."""
    return day.happens(CallNoted(1, "Linden", AT))


def at(hour: int, minute: int = 0, *, day: int = 24) -> datetime:
    """A moment in November, on Stockholm's clock."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


# --- when ---


def test_when_is_asked_with_the_hours_that_are_still_ahead(mina: Contact, knowledge: Knowledge) -> None:
    """At noon both, in the evening none of today's."""
    noon = Day(mina, knowledge, at(12)).happens(Pressed("cl:for:1"))
    assert noon.offers == ["cl:in:1:30", "cl:in:1:60", "cl:at:1:1500", "cl:at:1:1800", "cl:am:1", "cl:none"]
    evening = Day(mina, knowledge, at(19)).happens(Pressed("cl:for:1"))
    assert evening.offers == ["cl:in:1:30", "cl:in:1:60", "cl:am:1", "cl:none"]


@pytest.mark.parametrize(
    ("data", "moment"),
    [
        ("cl:in:1:30", at(12, 30)),
        ("cl:in:1:60", at(13)),
        ("cl:at:1:1500", at(15)),
        ("cl:at:1:1800", at(18)),
        ("cl:am:1", at(10, day=25)),
    ],
)
def test_a_time_is_chosen_by_button(mina: Contact, knowledge: Knowledge, data: str, moment: datetime) -> None:
    """One tap."""
    day = Day(mina, knowledge, at(12)).happens(Pressed("cl:for:1")).happens(Pressed(data))
    assert day.outcome.effects == (PromiseCall(1, moment),)
    assert (day.mina.place, day.mina.calling) == (Place.MENU, None)


def test_a_second_press_promises_nothing_again(mina: Contact, knowledge: Knowledge) -> None:
    """Two presses at once are one call, and she hears of one."""
    day = Day(mina, knowledge, at(12)).happens(Pressed("cl:for:1")).happens(Pressed("cl:in:1:30"))
    day.happens(Pressed("cl:in:1:30"))
    assert only(PromiseCall, day.outcome.effects) == []
    assert only(Toast, day.outcome.effects)


@pytest.mark.parametrize(
    ("written", "moment"), [("15:00", at(15)), ("kl 9.15", at(9, 15, day=25)), ("12:03", at(12, 3, day=25))]
)
def test_a_time_may_be_written(mina: Contact, knowledge: Knowledge, written: str, moment: datetime) -> None:
    """Today where it is still ahead, else tomorrow."""
    day = Day(mina, knowledge, at(12)).happens(Pressed("cl:for:1")).happens(Wrote(written))
    assert day.outcome.effects == (PromiseCall(1, moment),)


@pytest.mark.parametrize("written", ["soon", "3:00", "23:30", "25:00", ""])
def test_what_is_no_time_to_call_at_is_asked_again(day: Day, written: str) -> None:
    """A slip of the finger must not wake her at three."""
    day.happens(Pressed("cl:for:1")).happens(Wrote(written))
    assert "07:00" in day.said
    assert (day.mina.place, day.mina.calling) == (Place.CALL, 1)


def test_another_word_ends_the_question(day: Day) -> None:
    """ "I have it" is about a case, and her next "15:00" about nothing."""
    day.happens(Pressed("cl:for:1")).happens(Wrote("today", Word.TODAY))
    assert (day.mina.place, day.mina.calling) == (Place.MENU, None)


def test_no_call_promises_nothing(day: Day) -> None:
    """A way out on every screen (S12)."""
    day.happens(Pressed("cl:for:1")).happens(Pressed("cl:none"))
    assert (day.mina.place, day.mina.calls) == (Place.MENU, ())


@pytest.mark.parametrize(
    "data", ["cl:in:1:30", "cl:am:1", "cl:at:1:1500", "cl:for:x", "cl:", "cl:did:1:5", "cl:in:1"]
)
def test_an_old_or_forged_button_changes_nothing(day: Day, data: str) -> None:
    """It is kindly refused."""
    before = day.mina
    assert only(Toast, day.happens(Pressed(data)).outcome.effects)
    assert day.mina == before


def test_a_time_of_today_that_has_passed_meanwhile_is_asked_anew(mina: Contact, knowledge: Knowledge) -> None:
    """She looked at her screen for a while."""
    day = Day(mina, knowledge, at(14, 50)).happens(Pressed("cl:for:1"))
    day.now = at(15, 1)
    assert "cl:at:1:1500" not in day.happens(Pressed("cl:at:1:1500")).offers
    assert only(PromiseCall, day.outcome.effects) == []


# --- promised ---


def test_she_reads_what_was_noted_and_that_no_number_is_asked_for(promised: Day) -> None:
    """How they talk is between the two of them."""
    assert f"you call Linden, {AT}" in promised.said
    assert "phone number" in promised.said
    assert promised.timer == AT - calls.REMIND_BEFORE


def test_at_night_she_reads_when_it_will_be_told(day: Day) -> None:
    """A promise for the morning wakes nobody (R35)."""
    assert f"I tell Linden, {AT}" in day.happens(CallNoted(1, "Linden", AT, AT)).said


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (CallRefused(), "not one of yours"),
        (CallRefused("Linden"), "cannot write to Linden"),
        (CallRefused("Linden", NOW), f"Linden wants quiet until {NOW}"),
    ],
)
def test_a_refused_promise_says_so(day: Day, refused: CallRefused, said: str) -> None:
    """Nobody believes that somebody waits who does not."""
    assert said in day.happens(refused).said
    assert "No call was promised" in day.said
    assert day.mina.calls == ()


def test_a_new_time_takes_the_place_of_the_old_one(promised: Day) -> None:
    """One call a resident; the other residents' stay."""
    promised.happens(CallNoted(4, "Björk", AT)).happens(CallNoted(1, "Linden", AT + timedelta(hours=2)))
    assert [(call.resident, call.at) for call in promised.mina.calls] == [
        (4, AT),
        (1, AT + timedelta(hours=2)),
    ]


# --- time passes ---


def test_five_minutes_before_she_is_reminded_and_ten_after_asked(promised: Day) -> None:
    """The first line names nobody."""
    promised.time_comes()
    (reminder,) = promised.says
    assert promised.now == AT - timedelta(minutes=5)
    assert (reminder.purpose, reminder.until) == (Purpose.ROUTINE, AT + calls.ASK_AFTER)
    assert "Linden" not in words([Say(reminder.text[:1])])
    assert neutral(Say(reminder.text[:1]))
    promised.time_comes()
    (question,) = promised.says
    assert promised.now == AT + timedelta(minutes=10)
    assert question.purpose is Purpose.NOTE, "it must arrive"
    assert promised.offers == [f"cl:did:1:{STAMP}", f"cl:miss:1:{STAMP}", "cl:for:1", f"cl:off:1:{STAMP}"]


def test_an_unanswered_question_comes_once_more_and_the_call_stays_open(promised: Day) -> None:
    """Never silent loss."""
    promised.time_comes().time_comes().time_comes()
    assert promised.now == calls._by_day(AT + timedelta(minutes=10, hours=2))
    assert len(promised.says) == 1
    assert promised.timer is None
    assert calls.of_today(promised.mina, promised.now + timedelta(days=9)) == list(promised.mina.calls)


def test_the_second_question_waits_for_the_morning(mina: Contact, knowledge: Knowledge) -> None:
    """A call at nine in the evening."""
    day = Day(mina, knowledge, at(19)).happens(CallNoted(1, "Linden", at(20, 50)))
    day.time_comes().time_comes().time_comes()
    assert day.now == at(8, day=25)


@pytest.mark.parametrize("late", [timedelta(minutes=20), timedelta(hours=5), timedelta(days=3)])
def test_after_an_outage_she_is_asked_and_not_reminded(promised: Day, late: timedelta) -> None:
    """A reminder that is over is not sent."""
    promised.time_comes(late)
    (question,) = promised.says
    assert "how did it go" in promised.said
    assert question.purpose is Purpose.NOTE


def test_a_reminder_a_few_minutes_late_is_left_out(promised: Day) -> None:
    """The call is now; the question follows."""
    promised.time_comes(timedelta(minutes=7))
    assert promised.says == []
    assert promised.time_comes().says


def test_a_call_that_is_near_needs_no_reminder(day: Day) -> None:
    """She has just said so."""
    day.happens(CallNoted(1, "Linden", NOW + timedelta(minutes=8)))
    assert day.timer == NOW + timedelta(minutes=18)


def test_several_calls_share_one_timer(promised: Day) -> None:
    """A person has one timer of a kind: none of them may be forgotten."""
    promised.happens(CallNoted(4, "Björk", AT + timedelta(minutes=1)))
    heard = []
    while promised.timer is not None:
        heard += promised.time_comes().says
    assert sum("Björk" in words([say]) for say in heard) == 3
    assert sum("Linden" in words([say]) for say in heard) == 3


# --- what becomes of it ---


@pytest.mark.parametrize(
    ("what", "event", "talked"),
    [
        ("did", CallOver(2, reached=True), True),
        ("miss", CallOver(2, reached=False), False),
        ("off", CallTakenBack(2), False),
    ],
)
def test_how_it_went_settles_the_call_and_the_resident_hears_it(
    promised: Day, what: str, event: Event, talked: bool
) -> None:
    """Whoever waits is told."""
    promised.happens(Pressed(f"cl:{what}:1:{STAMP}"))
    assert promised.passed_on == [LetHappen(1, event)]
    assert (promised.mina.calls, promised.mina.kept, promised.timer) == ((), ((NOW, talked),), None)
    assert ("cl:for:1" in promised.offers) is not talked, "who was not reached may be promised anew"


def test_an_old_button_does_not_settle_a_new_call(promised: Day) -> None:
    """She promised another one since."""
    promised.happens(CallNoted(1, "Linden", AT + timedelta(hours=1)))
    promised.happens(Pressed(f"cl:did:1:{STAMP}"))
    assert only(Toast, promised.outcome.effects)
    assert len(promised.mina.calls) == 1


def test_from_today_it_is_settled_as_well(promised: Day) -> None:
    """The question may be far up in the chat."""
    promised.happens(Pressed(f"cl:how:1:{STAMP}"))
    assert f"cl:did:1:{STAMP}" in promised.offers


def test_a_typed_answer_about_a_case_never_settles_a_call(promised: Day) -> None:
    """ "Not reached" is about cases; a guess could end the wrong thing."""
    promised.happens(NoCaseFits(NotReached(2)))
    assert len(promised.mina.calls) == 1


def test_the_time_suits(promised: Day) -> None:
    """She reads it, and it stands in her day."""
    promised.happens(CallAnswered(1, AT, suits=True))
    assert "the time suits" in promised.said
    assert "suits" in words([Say((calls.line(promised.mina.calls[0], NOW),))])


def test_another_time_is_asked_for(promised: Day) -> None:
    """One tap to promise anew; until then it stays open, and the reminder says so."""
    promised.happens(CallAnswered(1, AT, suits=False))
    assert promised.offers == ["cl:for:1"]
    assert "another time" in words([Say((calls.line(promised.mina.calls[0], NOW),))])
    assert "another time" in promised.time_comes().said
    assert "another time" in promised.time_comes().said


@pytest.mark.parametrize("event", [CallAnswered(1, NOW, suits=True), CallAnswered(9, AT, suits=True)])
def test_an_answer_about_another_call_changes_nothing(promised: Day, event: CallAnswered) -> None:
    """It was moved meanwhile."""
    before = promised.mina
    assert promised.happens(event).outcome == Outcome(before)


def test_a_call_that_is_off_says_no_reason(promised: Day) -> None:
    """S23: whether she stopped, left or chose others is nobody's."""
    promised.happens(CallChanged(1, CallChange.OFF))
    assert "is off" in promised.said
    assert (promised.mina.calls, promised.timer) == ((), None)


@pytest.mark.parametrize("change", [CallChange.PAUSED, CallChange.UNREACHABLE])
def test_without_her_reminder_the_promise_stands(promised: Day, change: CallChange) -> None:
    """The contact person must know, because nobody else reminds her."""
    promised.happens(CallChanged(1, change, AT))
    assert "stays promised" in promised.said
    assert len(promised.mina.calls) == 1


def test_news_about_no_call_changes_nothing(day: Day) -> None:
    """It was settled a minute ago."""
    assert day.happens(CallChanged(1, CallChange.OFF)).outcome == Outcome(day.mina)


def test_who_leaves_takes_her_promises_back(promised: Day) -> None:
    """Whoever waits is told, before she is gone."""
    promised.happens(Pressed("ch:leave-yes"))
    assert promised.passed_on == [LetHappen(1, CallTakenBack(2))]
    assert isinstance(promised.outcome.effects[-1], ForgetPerson)


def test_who_blocks_the_bot_cannot_be_counted_on(promised: Day) -> None:
    """And is asked again when she is back."""
    assert promised.happens(BotBlocked()).passed_on == [LetHappen(1, CallUncertain(2))]
    promised.time_comes().time_comes().time_comes()
    assert promised.timer is None
    promised.happens(BotUnblocked())
    assert promised.timer == AT + calls.ASK_AFTER
    assert promised.time_comes().says


def test_calls_that_were_settled_long_ago_are_forgotten(promised: Day) -> None:
    """A week is what the summary needs."""
    promised.mina = replace(promised.mina, kept=((NOW - timedelta(days=9), True), (NOW, True)))
    promised.happens(Pressed(f"cl:did:1:{STAMP}"))
    assert promised.mina.kept == ((NOW, True), (NOW, True))
