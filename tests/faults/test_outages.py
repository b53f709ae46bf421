"""Outages: what comes late, what is no burst, and that a bot that counts its own time would be found out."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from dialogs import check_in
from dialogs.people import Rhythm
from faults import outages
from faults.outages import allowed, falls_late
from faults.scale import SHORT
from faults.theatre import Somebody
from faults.townsfolk import State, Townswoman

HOUR = timedelta(hours=1)
BEGAN = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""Four in the afternoon in Stockholm."""
FEW = replace(SHORT, residents=2 * len(State))


def woman(state: State = State.NOTHING, at: time = time(18)) -> Townswoman:
    mina = Somebody(2, 22)
    return Townswoman(Somebody(1, 11), state, Rhythm(at=at), (mina, mina))


@pytest.mark.parametrize(
    ("hours", "late"), [(1, False), (2, True), (7.9, True), (9, False), (26, True), (33, False)]
)
def test_todays_question_is_late_and_yesterdays_is_not(hours: float, *, late: bool) -> None:
    """Inside six hours and the same day, counted from the last time it came due."""
    assert falls_late(woman(), BEGAN, BEGAN + hours * HOUR) is late


@pytest.mark.parametrize("state", [State.STOPPED, State.BLOCKED, State.PAUSED])
def test_who_is_not_asked_is_not_asked_late(state: State) -> None:
    """Their record says why."""
    assert not falls_late(woman(state), BEGAN, BEGAN + 3 * HOUR)


def test_her_own_time_is_no_burst() -> None:
    """A question at the hour she chose comes as ever, also just after an outage."""
    assert allowed(woman(at=time(16, 30)), BEGAN) == 2
    assert allowed(woman(), BEGAN) == 1


async def test_an_outage_over_midnight_is_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way, with few people."""
    monkeypatch.setattr(outages, "OUTAGES", {"3 h": 3 * HOUR})
    findings = await outages.prove(FEW, tmp_path)
    assert [each.what for each in findings if not each.held] == []
    assert len(findings) > 8


async def test_a_bot_that_counts_its_own_time_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that cannot fail is none (R4)."""
    monkeypatch.setattr(outages, "OUTAGES", {"30 h": 30 * HOUR})
    monkeypatch.setattr(check_in, "DOWN_TOO_LONG", timedelta(days=99))
    findings = await outages.prove(FEW, tmp_path)
    assert [each.what for each in findings if not each.held] == [
        "30 h: alerts of a silence that was the bot's own"
    ]
