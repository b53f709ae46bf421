"""Settings: every choice by button and by word, in force at once, undone in one tap."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.events import Timer
from dialogs.guide import Remind
from dialogs.people import Consent, Errand, Heard, Place, Question
from dialogs.preferences import DAYS, PAUSES, read_time, with_consent
from dialogs.words import Word
from tests.dialogs.cast import NOW, YES, Talk, leyla


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("18:30", time(18, 30)),
        ("9", time(9)),
        ("kl 9.15", time(9, 15)),
        ("8 pm", time(20)),
        ("12 am", time(0)),
        ("12 PM", time(12)),
        ("18h30", time(18, 30)),
        (" 07 : 05 ", time(7, 5)),
        ("١٨:٣٠", time(18, 30)),
        ("۱۸:۳۰", time(18, 30)),
        ("٦", time(6)),
        ("23:59", time(23, 59)),
        ("00:00", time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(written: str, understood: time) -> None:
    """With any script's digits."""
    assert read_time(written) == understood


@pytest.mark.parametrize(
    "written",
    ["", "24:00", "18:60", "evening", "13 pm", "0 am", "1830x", "99", "²", "8 p.m.", "I have 2 children"],
)
def test_what_is_no_time_of_day_is_asked_again(written: str) -> None:
    """A guess would wake her."""
    assert read_time(written) is None


@pytest.mark.parametrize("written", ["1800", "0915", "2010", "18:3", "18.5", "12318"])
def test_digits_in_front_are_never_dropped(written: str) -> None:
    """ "1800" is six in the evening or unclear, but not midnight; and "18:3" is not three at night."""
    understood = read_time(written)
    assert understood is None or understood == time(int(written[:2]), int(written[2:]))


@given(st.text(max_size=40))
def test_reading_a_time_never_fails(written: str) -> None:
    """Whatever she types."""
    assert read_time(written) is None or isinstance(read_time(written), time)


@given(st.times())
def test_a_time_we_write_is_a_time_we_read(at: time) -> None:
    """She may copy what is on the screen."""
    assert read_time(f"{at:%H:%M}") == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize("hour", [8, 12, 17, 18, 20, 21])
def test_the_common_times_are_buttons(hour: int) -> None:
    """Buttons before typing (S15)."""
    talk = Talk(leyla()).presses("set:time")
    assert f"t:{hour:02}00" in talk.offers
    talk.presses(f"t:{hour:02}00")
    assert (talk.resident.rhythm.at, talk.resident.place) == (time(hour), Place.MENU)


def test_a_new_time_holds_at_once() -> None:
    """What is said is what is planned."""
    talk = Talk(leyla()).presses("t:2000")
    assert talk.timers[Timer.CHECK_IN] == NOW + timedelta(hours=2)
    assert f"{talk.timers[Timer.CHECK_IN]}"[:16] in talk.words


@pytest.mark.parametrize("choice", DAYS)
def test_the_days_can_be_chosen(choice: str) -> None:
    """From every day to once a week."""
    talk = Talk(leyla()).presses("set:days")
    assert f"set:days:{choice}" in talk.offers
    assert talk.presses(f"set:days:{choice}").resident.rhythm.days == DAYS[choice]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_missed_days_can_be_chosen(count: int) -> None:
    """She says when silence means something."""
    talk = Talk(leyla()).presses("set:missed")
    assert f"set:missed:{count}" in talk.offers
    assert talk.presses(f"set:missed:{count}").resident.rhythm.missed_days == count


@pytest.mark.parametrize("purpose", ["check-ins", "reading", "telling"])
def test_each_consent_is_a_switch(purpose: str) -> None:
    """Off in one tap, on in one tap, and the others stay (S7)."""
    talk = Talk(leyla()).presses("set:consent")
    off = talk.presses(f"set:{purpose}:no").resident.consent
    assert off == with_consent(YES, purpose, agreed=False)
    assert f"set:{purpose}:yes" in talk.offers
    assert talk.presses(f"set:{purpose}:yes").resident.consent == YES


def test_an_unknown_purpose_changes_no_consent() -> None:
    """A forged yes is none."""
    assert with_consent(Consent(), "everything", agreed=True) == Consent()


def test_taking_back_check_ins_ends_the_open_one_and_all_timers() -> None:
    """It takes effect at once."""
    talk = Talk(leyla(missed=2)).asks().presses("set:check-ins:no")
    assert (talk.resident.check_in, talk.resident.missed, talk.timers) == (None, 0, {})


def test_taking_back_reading_ends_what_was_read() -> None:
    """An open question, what was to be asked later, and what was counted."""
    counted = {"heard": (Heard(NOW, "DI", 1),), "nights": (NOW,), "faces": ((NOW.date(), 3),)}
    talk = Talk(leyla(question=Question("TV", NOW), unsure=("HO",), **counted))
    talk.timers[Timer.QUESTION] = NOW + timedelta(minutes=30)
    talk.presses("set:reading:no")
    assert (talk.resident.question, talk.resident.unsure) == (None, ())
    assert (talk.resident.heard, talk.resident.nights, talk.resident.faces) == ((), (), ())
    assert Timer.QUESTION not in talk.timers


@pytest.mark.parametrize("days", PAUSES)
def test_every_pause_has_an_end(days: int) -> None:
    """Nobody is forgotten in a pause (R6)."""
    talk = Talk(leyla(missed=1)).asks().presses("set:pause")
    assert f"set:pause:{days}" in talk.offers
    talk.presses(f"set:pause:{days}")
    until = NOW + timedelta(days=days)
    assert (talk.resident.paused_until, talk.timers[Timer.PAUSE]) == (until, until)
    assert (talk.resident.check_in, talk.resident.missed) == (None, 0)
    assert {Timer.REMINDER, Timer.SNOOZE}.isdisjoint(talk.timers)
    assert talk.timers[Timer.CHECK_IN] > until or days == 0


@pytest.mark.parametrize("how", ["set:pause-over", "word"])
def test_a_pause_is_ended_early_in_one_step(how: str) -> None:
    """She is back when she says so."""
    talk = Talk(leyla()).presses("set:pause:14")
    talk = talk.writes("resume", Word.RESUME) if how == "word" else talk.presses(how)
    assert talk.resident.paused_until is None
    assert talk.timers == {Timer.CHECK_IN: NOW + timedelta(days=1)}


def test_the_settings_say_in_words_what_holds() -> None:
    """Not only ticks and colours."""
    said = Talk(leyla(consent=replace(YES, reading=False))).writes("settings", Word.SETTINGS).words
    assert "I ask how you are: yes" in said
    assert "I read what you write for signs of danger: no" in said


@pytest.mark.parametrize(
    "data",
    [
        "set:language",
        "set:time",
        "set:days",
        "set:missed",
        "set:consent",
        "set:contacts",
        "set:pause",
        "set:privacy",
        "menu",
    ],
)
def test_every_room_of_the_settings_is_one_tap_away(data: str) -> None:
    """And each of them answers."""
    talk = Talk(leyla()).presses("set")
    assert data in talk.offers
    assert talk.presses(data).offers


def test_who_is_back_by_switching_check_ins_on_has_her_reminders_again() -> None:
    """Stopping took every timer; a yes to be asked is the other way back besides “begin again”."""
    errand = Errand("bills", "due", Remind.ONCE, NOW.date() + timedelta(days=2), 26)
    talk = Talk(leyla(errands=(errand,))).writes("stop", Word.STOP)
    assert Timer.ERRAND not in talk.timers
    assert Timer.ERRAND in talk.presses("set:check-ins:yes").timers
