"""Days that are hard for her: marked by her, and asked about more softly the evening before."""

from datetime import date, timedelta

import pytest

from dialogs.events import Timer, TimerFell
from dialogs.hard_days import MOST, TRADITIONS, eve
from dialogs.people import HardDay, Place
from tests.dialogs.cast import NOT_ON_A_LOCK_SCREEN, NOW, Talk, knowledge, leyla

SOFTLY = "Take it slowly"
TOMORROW = HardDay(11, 25, "mamma")


def test_a_day_of_her_own_is_written_and_taken_away() -> None:
    """With a word for herself, if she likes."""
    talk = Talk(leyla()).presses("hd").presses("hd:add").writes("3/5 mammas dag")
    assert talk.resident.hard_days == (HardDay(5, 3, "mammas dag"),)
    assert talk.resident.place is Place.MENU
    assert talk.presses("hd:drop:3:5").resident.hard_days == (HardDay(5, 3, "mammas dag"),)
    assert talk.presses("hd:drop:5:3").resident.hard_days == ()


def test_what_is_no_day_is_asked_again() -> None:
    """The question stays open."""
    talk = Talk(leyla()).presses("hd:add").writes("in spring")
    assert talk.resident.place is Place.HARD_DAY
    assert "24/11" in talk.words


def test_a_tradition_is_switched_on_and_off() -> None:
    """One tap each."""
    talk = Talk(leyla()).presses("hd:t:newroz")
    assert talk.resident.traditions == ("newroz",)
    assert talk.presses("hd:t:newroz").resident.traditions == ()
    assert talk.presses("hd:t:unknown").resident.traditions == ()


def test_the_check_in_of_the_evening_before_is_softer() -> None:
    """And whoever else reads it learns nothing of why."""
    talk = Talk(leyla(hard_days=(TOMORROW,))).happens(TimerFell(Timer.CHECK_IN, NOW))
    assert SOFTLY in talk.words
    assert not [word for word in (*NOT_ON_A_LOCK_SCREEN, "mamma") if word in talk.words.casefold()]


def test_on_all_other_evenings_it_is_as_always() -> None:
    """No softness without a reason."""
    talk = Talk(leyla(hard_days=(HardDay(11, 26),))).happens(TimerFell(Timer.CHECK_IN, NOW))
    assert SOFTLY not in talk.words


def test_a_holiday_of_her_tradition_counts() -> None:
    """Which dates these are is looked up elsewhere."""
    known = knowledge()
    object.__setattr__(known, "calendar", lambda name, day: (name, day) == ("islamic", date(2027, 3, 10)))
    assert eve(leyla(traditions=("islamic",)), date(2027, 3, 9), known)
    assert not eve(leyla(traditions=("newroz",)), date(2027, 3, 9), known)
    assert not eve(leyla(traditions=("islamic",)), date(2027, 3, 9) + timedelta(days=1), known)


def test_new_years_eve_is_the_evening_before_new_year() -> None:
    """Over the end of a year and a month."""
    assert eve(leyla(hard_days=(HardDay(1, 1),)), date(2026, 12, 31), knowledge())


def test_there_is_a_bound() -> None:
    """Twelve days of her own are a screen."""
    many = tuple(HardDay(1, day) for day in range(1, MOST + 1))
    assert Talk(leyla(hard_days=many)).presses("hd:add").resident.place is Place.MENU


@pytest.mark.parametrize("data", ["hd:", "hd:drop:x", "hd:drop:9:x", "hd:t:", "hd:x:y"])
def test_a_forged_button_changes_nothing(data: str) -> None:
    """It is answered kindly."""
    assert Talk(leyla(hard_days=(TOMORROW,))).presses(data).resident.hard_days == (TOMORROW,)


def test_every_tradition_fits_on_a_button() -> None:
    """And its name into the button's data."""
    assert all(len(f"hd:t:{name}") <= 64 for name in TRADITIONS)
