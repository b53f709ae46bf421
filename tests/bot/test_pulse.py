"""Signs of life: work that succeeded, and not too long ago."""

from datetime import timedelta

import pytest

from bot.pulse import REFUSED_FOR, SAID_EVERY, Pulse
from tests.bot.town import StillClock


def _seen(pulse: Pulse) -> str:
    assert not (pulse.well and pulse.failing)
    return "well" if pulse.well else "failing" if pulse.failing else "beginning"


def _pass(clock: StillClock, seconds: float) -> None:
    clock.move(timedelta(seconds=seconds))


def test_a_part_that_has_just_begun_is_neither_well_nor_failing() -> None:
    """A bot that dies a second after each start must not be taken for one that works, nor a start for a fault."""
    clock = StillClock()
    pulse = Pulse(clock, 60)
    assert _seen(pulse) == "beginning"
    _pass(clock, 61)
    assert _seen(pulse) == "failing"


def test_a_part_is_well_for_as_long_as_its_patience_after_each_sign() -> None:
    """And well again with the next one."""
    clock = StillClock()
    pulse = Pulse(clock, 60)
    seen = []
    for seconds in (0, 59, 2):
        _pass(clock, seconds)
        if seconds == 0:
            pulse.beat()
        seen.append(_seen(pulse))
    pulse.beat()
    assert [*seen, _seen(pulse)] == ["well", "well", "failing", "well"]


def test_a_clock_that_is_set_back_hides_nothing() -> None:
    """A part that stopped would look alive for as long as the clock was set back."""
    clock = StillClock()
    pulse = Pulse(clock, 60)
    pulse.beat()
    _pass(clock, -7200)
    _pass(clock, 61)
    assert _seen(pulse) == "failing"


def test_who_is_turned_away_is_not_well_although_the_next_ask_succeeds() -> None:
    """Of two bots with one token each gets answers now and then, and half of what people write."""
    clock = StillClock()
    pulse = Pulse(clock, 60)
    pulse.refused()
    pulse.beat()
    assert _seen(pulse) == "failing"
    _pass(clock, REFUSED_FOR)
    pulse.beat()
    assert _seen(pulse) == "well"


def test_being_turned_away_is_worth_a_line_once_a_minute() -> None:
    """A log of one sentence a second hides all the others."""
    clock = StillClock()
    pulse = Pulse(clock, 60)
    said = []
    for _try in range(5):
        said.append(pulse.refused())
        _pass(clock, SAID_EVERY / 2)
    assert said == [True, False, True, False, True]


def test_the_age_is_in_seconds_since_the_last_sign() -> None:
    """It is shown to whoever watches."""
    clock = StillClock()
    pulse = Pulse(clock, 60)
    _pass(clock, 30)
    assert pulse.age == pytest.approx(30, abs=5)
    pulse.beat()
    assert pulse.age < 5
