"""Reminders she asks for: on the day she chose, saying nothing to whoever else sees them, and never lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.effects import Purpose, Say, SetTimer
from dialogs.errands import AT, plan, read_day
from dialogs.events import Timer
from dialogs.guide import Remind
from dialogs.people import Errand, Place
from dialogs.schedule import local_day
from tests.dialogs.cast import NOT_ON_A_LOCK_SCREEN, Talk, leyla, only, words

TODAY = date(2026, 11, 24)
RENT = Errand("bills", "due", Remind.MONTHLY, date(2026, 12, 25), 25)


def asked(step: str = "g:bills:due:remind") -> Talk:
    """Leyla, who has pressed "Remind me"."""
    return Talk(leyla()).presses(step)


@pytest.mark.parametrize(
    ("text", "every", "day"),
    [
        ("25", Remind.MONTHLY, date(2026, 11, 25)),
        ("24", Remind.MONTHLY, date(2026, 12, 24)),
        ("den 31:a", Remind.MONTHLY, date(2026, 11, 30)),
        ("٢٥", Remind.MONTHLY, date(2026, 11, 25)),
        ("24/11", Remind.YEARLY, date(2027, 11, 24)),
        ("1.12", Remind.ONCE, date(2026, 12, 1)),
        ("29/2", Remind.YEARLY, date(2027, 2, 28)),
        ("۱/۱۲", Remind.ONCE, date(2026, 12, 1)),
        ("25", Remind.YEARLY, None),
        ("31/4", Remind.ONCE, None),
        ("0", Remind.MONTHLY, None),
        ("32", Remind.MONTHLY, None),
        ("5/13", Remind.ONCE, None),
        ("soon", Remind.ONCE, None),
        ("", Remind.MONTHLY, None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, every: Remind, day: date | None) -> None:
    """Always one that is still to come."""
    assert read_day(text, every, TODAY) == day


@given(st.text(max_size=12), st.sampled_from(Remind), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_whatever_is_written_is_a_coming_day_or_none(text: str, every: Remind, today: date) -> None:
    """Nobody is reminded of yesterday, and nothing that is typed breaks it."""
    day = read_day(text, every, today)
    assert day is None or today < day <= today + timedelta(days=366)


def test_the_rent_is_reminded_of_every_month() -> None:
    """By button, on the day she chose, again and again, also after a short month."""
    talk = asked().presses("e:day:30")
    assert [errand.on for errand in talk.resident.errands] == [date(2026, 11, 30)]
    for day in (date(2026, 12, 30), date(2027, 1, 30), date(2027, 2, 28), date(2027, 3, 30)):
        talk.falls_due(Timer.ERRAND)
        assert [errand.on for errand in talk.resident.errands] == [day]


def test_a_written_day_is_taken_and_another_word_is_asked_again() -> None:
    """Bad input keeps the question open."""
    lost = asked().writes("later")
    assert lost.resident.place is Place.ERRAND
    assert "25" in lost.words
    talk = asked()
    assert talk.writes("25").resident.errands == (
        Errand("bills", "due", Remind.MONTHLY, date(2026, 11, 25), 25),
    )
    assert talk.resident.place is Place.MENU


def test_a_reminder_says_nothing_to_whoever_else_sees_it() -> None:
    """It may stand on a lock screen (R35); what it is about is one tap away."""
    talk = Talk(leyla(errands=(RENT,), name="Leyla"))
    talk.now = talk.now.replace(month=12, day=25, hour=9)
    talk.falls(Timer.ERRAND)
    (said,) = [each for each in only(Say, talk.effects) if each.purpose is Purpose.ROUTINE]
    text = words([said]).casefold()
    assert not [word for word in (*NOT_ON_A_LOCK_SCREEN, "bill", "rent", "pay") if word in text]
    assert talk.presses(talk.offers[0]).resident.walks[-1].step == "due"


def test_a_reminder_comes_in_the_morning_of_her_day() -> None:
    """Nine o'clock on her clock."""
    talk = asked().presses("e:day:25")
    at = talk.timers[Timer.ERRAND]
    assert local_day(at, "Europe/Stockholm") == date(2026, 11, 25)
    assert at.hour == AT.hour - 1  # winter time


def test_a_pause_holds_it_back_and_loses_nothing() -> None:
    """Quiet means quiet; the day after, it is still there."""
    talk = Talk(leyla(errands=(RENT,))).presses("set:pause:7")
    assert talk.timers[Timer.ERRAND] >= talk.timers[Timer.PAUSE]
    talk.presses("set:pause-over")
    assert local_day(talk.timers[Timer.ERRAND], "Europe/Stockholm") == RENT.on


def test_who_stopped_is_not_reminded() -> None:
    """She said stop (S23)."""
    talk = Talk(leyla(errands=(RENT,), stopped=True)).falls(Timer.ERRAND)
    assert only(Say, talk.effects) == []


def test_tomorrow_again_keeps_the_rhythm() -> None:
    """A monthly one stays monthly."""
    talk = Talk(leyla(errands=(RENT,))).presses("e:tomorrow:bills:due")
    (errand,) = talk.resident.errands
    assert (errand.on, errand.every) == (date(2026, 11, 25), Remind.MONTHLY)


def test_something_to_remember_once_is_gone_afterwards() -> None:
    """And comes back where she asks for it once more."""
    talk = asked("g:bank-account:waiting:remind").presses("e:in:7").falls_due(Timer.ERRAND)
    assert talk.resident.errands == ()
    assert Timer.ERRAND not in talk.timers
    assert talk.presses("e:tomorrow:bank-account:waiting").resident.errands[0].on == date(2026, 12, 2)


def test_all_reminders_are_shown_and_one_tap_takes_one_away() -> None:
    """Undone as easily as made."""
    talk = Talk(leyla(errands=(RENT,))).presses("e:list")
    assert "e:drop:bills:due" in talk.offers
    assert talk.presses("e:drop:bills:due").resident.errands == ()
    assert "no reminders" in talk.words


def test_an_old_list_takes_no_other_reminder_away() -> None:
    """A button means the reminder that it names, also where the list has changed since."""
    other = Errand("bank-account", "waiting", Remind.ONCE, date(2026, 12, 1), 1)
    talk = Talk(leyla(errands=(RENT, other))).presses("e:drop:bills:due").presses("e:drop:bills:due")
    assert talk.resident.errands == (other,)


@pytest.mark.parametrize(
    ("at", "comes"),
    [
        ("2026-12-25T02:00Z", "2026-12-25T08:00Z"),
        ("2026-12-25T07:59Z", "2026-12-25T08:00Z"),
        ("2026-12-25T20:00Z", "2026-12-26T08:00Z"),
        ("2026-12-25T23:30Z", "2026-12-26T08:00Z"),
    ],
)
def test_a_late_reminder_wakes_nobody(at: str, comes: str) -> None:
    """After an outage it is said by day or in the next morning (times in UTC, an hour behind hers), and not lost."""
    talk = Talk(leyla(errands=(RENT,)))
    talk.now = datetime.fromisoformat(at)
    talk.falls(Timer.ERRAND)
    assert only(Say, talk.effects) == []
    assert talk.resident.errands == (RENT,)
    assert talk.timers[Timer.ERRAND] == datetime.fromisoformat(comes)


def test_a_pause_that_ends_at_night_brings_it_in_the_morning() -> None:
    """Pauses last whole days from the moment she asked."""
    until = datetime(2026, 12, 27, 2, 0, tzinfo=UTC)
    (timer,) = plan(leyla(errands=(RENT,), paused_until=until), datetime(2026, 12, 20, 2, 0, tzinfo=UTC))
    assert timer == SetTimer(Timer.ERRAND, datetime(2026, 12, 27, 8, 0, tzinfo=UTC))


def test_each_step_has_one_reminder() -> None:
    """Asked twice is changed, not doubled."""
    talk = asked().presses("e:day:25").presses("g:bills:due:remind").presses("e:day:27")
    assert [errand.day for errand in talk.resident.errands] == [27]


@pytest.mark.parametrize(
    "data", ["e:", "e:x", "e:day:99", "e:in:x", "e:drop:x", "e:drop:bills:x", "e:day:25"]
)
def test_a_forged_or_old_button_changes_nothing(data: str) -> None:
    """Without the question there is no answer."""
    talk = Talk(leyla()).presses(data)
    assert talk.resident.errands == ()
