"""Changes to hours, absences and limits: checked once for desk and terminal, and noted."""

from datetime import date, timedelta

import pytest

from bot import duty_changes
from bot.duty_changes import DayOutOfReach, LimitOutOfReach, NoSuchContactPerson
from dialogs.duty import HoursUnreadable, write_shift
from dialogs.people import Contact
from storage import audit
from storage.audit import Did
from tests.bot.town import NOW, Town

MINA = Contact(1, "Mina")
TODAY = date(2026, 11, 24)


def test_hours_are_lines_and_none_is_at_any_time() -> None:
    """Empty lines are no hours."""
    changed = duty_changes.hours(["mon-fri 08:00-17:00", "  ", "sun 10:00-12:00"])(MINA)
    assert changed.duty is not None
    assert [write_shift(each) for each in changed.duty.shifts] == ["mon-fri 08:00-17:00", "sun 10:00-12:00"]
    assert duty_changes.hours([" "])(changed).duty is None
    with pytest.raises(HoursUnreadable):
        duty_changes.hours(["at night"])


@pytest.mark.parametrize("ahead", [1, 90])
def test_an_absence_ends_within_ninety_days(ahead: int) -> None:
    """And begins now."""
    away = duty_changes.away(TODAY + timedelta(days=ahead), 3, NOW)(MINA).away
    assert away is not None
    assert away.stand_in == 3
    assert away.until > NOW


@pytest.mark.parametrize("ahead", [-1, 0, 91])
def test_any_other_day_is_refused(ahead: int) -> None:
    """Nobody is away without an end."""
    with pytest.raises(DayOutOfReach):
        duty_changes.away(TODAY + timedelta(days=ahead), None, NOW)


@pytest.mark.parametrize("most", [-1, 51])
def test_a_limit_is_a_small_number(most: int) -> None:
    """Or none."""
    assert duty_changes.limit(0)(MINA).most == 0
    assert duty_changes.limit(None)(Contact(1, "Mina", most=3)).most is None
    with pytest.raises(LimitOutOfReach):
        duty_changes.limit(most)


async def test_a_change_is_saved_and_noted(town: Town) -> None:
    """By whom, in the same transaction."""
    mina = await town.contact()
    change = duty_changes.limit(2)
    changed = await town.run(duty_changes.keep, town.house, mina, change, Did.LIMIT_SET, NOW, 7)
    assert changed == await town.person(mina)
    assert changed.most == 2
    [entry] = await town.run(audit.entries)
    assert (entry.actor, entry.did, entry.about) == (7, "limit-set", f"person:{mina}")


async def test_only_contact_persons_who_open_are_changed(town: Town) -> None:
    """Neither a resident, nor nobody, nor a row that is damaged."""
    leyla, mina = await town.resident(), await town.contact()
    await town.damage(mina)
    for person in (leyla, mina, 999):
        with pytest.raises(NoSuchContactPerson):
            await town.run(
                duty_changes.keep, town.house, person, duty_changes.back(), Did.BACK_SET, NOW, None
            )
    assert await town.run(audit.entries) == []
