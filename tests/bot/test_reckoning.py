"""Figures: how fast cases were taken on, how check-ins were answered."""

from dataclasses import replace
from datetime import timedelta

from bot import reckoning
from dialogs.alert import Alert, AlertState, Track
from storage import alerts, check_ins, people
from storage.people import Known
from tests.bot.town import NOW, Town


async def _case(town: Town, known: Known, took: timedelta | None, days_ago: int = 1, level: int = 2) -> int:
    raised = NOW - timedelta(days=days_ago)
    alert = Alert(0, known.id, "Leyla", Track.URGENT, level, ("someone",), raised, None, AlertState.CLOSED)
    alert = replace(alert, closed_at=raised, acknowledged_at=None if took is None else raised + took)
    return (await town.run(alerts.insert, known.box, alert)).id


async def test_times_are_counted_by_level_and_class(town: Town) -> None:
    """Two minutes are two minutes; an alert nobody took on has no time."""
    leyla = await town.known(await town.resident())
    for took in (60, 120, 121, 3600, 14_400, 14_401):
        for _time in range(5):
            await _case(town, leyla, timedelta(seconds=took))
    await _case(town, leyla, None)
    await _case(town, leyla, timedelta(minutes=1), days_ago=31)
    damaged = await _case(town, leyla, timedelta(minutes=1))
    await town.damage_alert(damaged)
    found = await town.run(reckoning.reckon, town.house, NOW)
    assert found.times.cells[1] == (10, 5, None, 5, 5, 5)
    assert found.times.rows == (None, None, None)


async def test_check_ins_are_counted_by_week(town: Town) -> None:
    """Nobody's answer is opened."""
    found = await town.run(reckoning.reckon, town.house, NOW)
    assert [monday.isoformat() for monday in found.mondays][-2:] == ["2026-11-16", "2026-11-23"]
    for number in range(6):
        leyla = await town.resident(f"Leyla {number}", 100 + number)
        box = (await town.run(people.get, town.house.keyring, leyla)).box
        for day in (NOW.date(), NOW.date() - timedelta(days=7)):
            state = "answered" if number else "missed"
            await town.run(check_ins.record, box, leyla, day, "d", state, "5", NOW)
    found = await town.run(reckoning.reckon, town.house, NOW)
    assert found.weeks.cells[-1] == (5, None, None, None)
    assert found.weeks.cells[-2] == (5, None, None, None)
    assert found.weeks.total is None
