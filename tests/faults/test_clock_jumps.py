"""A clock that jumps: what is too late, and what is red."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.alert import AlertState, Track
from dialogs.escalation_policy import LEVEL_NAMES, Policy
from faults.account import Account
from faults.clock_jumps import Jump, findings, last_lines, too_late
from storage.alerts import OpenAlert
from tests.bot.town import NOW

MINUTE = timedelta(minutes=1)
WELL = Jump(3.0, 5.0, 1.0, timedelta(0))


def alert(level: int, state: AlertState, waits: timedelta) -> OpenAlert:
    return OpenAlert(1, 2, Track.URGENT, level, state, NOW, NOW + waits)


@pytest.mark.parametrize("level", LEVEL_NAMES.values())
def test_an_alert_may_wait_as_long_as_its_pace_says(level: int) -> None:
    """For an answer one time, for an outcome a longer one."""
    policy = Policy().of(level)
    wait = policy.steps[0].wait
    assert too_late([alert(level, AlertState.WAITING, wait)], NOW) == timedelta(0)
    assert too_late([alert(level, AlertState.ACKNOWLEDGED, policy.outcome)], NOW) == timedelta(0)
    assert too_late([alert(level, AlertState.WAITING, wait + MINUTE)], NOW) == MINUTE


def test_the_worst_alert_counts() -> None:
    """One that waits two hours too long is not made good by ten that do not."""
    waits = [
        alert(3, AlertState.RAISED, timedelta(hours=2, seconds=30)),
        alert(2, AlertState.WAITING, MINUTE),
    ]
    assert too_late(waits, NOW) > timedelta(hours=1, minutes=58)
    assert too_late([], NOW) == timedelta(0)


def test_an_alert_nobody_looks_at_is_off_too() -> None:
    """Its moment has come, and it is not handled: that is no better than a moment that does not come."""
    assert too_late([alert(3, AlertState.WAITING, -5 * MINUTE)], NOW) == 5 * MINUTE


def test_a_jump_that_made_nobody_wait_is_green() -> None:
    """With the seconds it took."""
    found = findings("back", WELL)
    assert [each.held for each in found] == [True, True]
    assert found[0].figure == "3 s, 5 s, 1 s"


@pytest.mark.parametrize(
    "jump",
    [
        replace(WELL, answered=None),
        replace(WELL, repeated=None),
        replace(WELL, asked=None),
        replace(WELL, too_late=2 * MINUTE),
    ],
)
def test_whoever_waits_for_the_clock_is_red(jump: Jump) -> None:
    """A message, a repeat, a check-in or an alert."""
    assert [each.held for each in findings("back", jump)].count(False) == 1


def test_what_two_hours_bring_by_themselves_is_no_fault() -> None:
    """A case that was taken on expires; she hears again that nobody has answered."""
    took = Account(updates=50, notes_twice=1, answers_lost=1)
    assert [each.held for each in last_lines(took, True, 0)] == [True, True]


@pytest.mark.parametrize(
    "figure", ["updates_lost", "effects_twice", "alerts_unsent", "asked_twice", "unfinished"]
)
def test_whatever_else_is_wrong_after_four_jumps_is_red(figure: str) -> None:
    """Nobody is asked twice on one date, and nothing stays lying."""
    took = replace(Account(updates=50), **{figure: 1})
    assert [each.held for each in last_lines(took, True, 0)] == [False, True]


@pytest.mark.parametrize(("ended_well", "errors"), [(False, 0), (True, 1)])
def test_a_bad_end_is_red(ended_well: bool, errors: int) -> None:
    """A jump may break something that nobody sees before the end."""
    assert [each.held for each in last_lines(Account(), ended_well, errors)] == [True, False]
