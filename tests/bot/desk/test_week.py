"""The duty calendar: seven days, hours and absences, and forms that lose nothing."""

from datetime import date

import pytest

from bot.desk.week import monday_of
from tests.bot.desk.conftest import Office

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("given", "monday"),
    [
        ("", date(2026, 11, 23)),
        ("2026-12-06", date(2026, 11, 30)),
        ("tomorrow", date(2026, 11, 23)),
        ("9999-12-31", date(2026, 11, 23)),
        ("0001-01-01", date(2026, 11, 23)),
    ],
)
def test_any_day_is_in_a_week(given: str, monday: date) -> None:
    """And what is no day, or one nobody plans for, is this week."""
    assert monday_of(given, TODAY) == monday


async def test_hours_are_set_and_shown(inside: Office) -> None:
    """What the operator types in a terminal, in a field."""
    where = f"/calendar/{inside.mina}"
    assert (
        "Saved."
        in (await inside.page_after(f"{where}/hours", hours="mon-fri 08:00-17:00\nsat 10:00-14:00"))[1]
    )
    _status, page = await inside.get("/calendar")
    assert page.count("08:00–17:00") == 5
    assert page.count("10:00–14:00") == 1
    assert (inside.karin, "hours-set", f"person:{inside.mina}") in await inside.did()
    assert "mon-fri 08:00-17:00\nsat 10:00-14:00</textarea>" in (await inside.get(where))[1]
    await inside.page_after(f"{where}/hours", hours=" \n")
    assert (await inside.town.person(inside.mina)).duty is None


@pytest.mark.parametrize("hours", ["mon-fri", "sometimes", "mon 25:00-26:00", "</textarea><script>"])
async def test_hours_that_cannot_be_read_stay_in_their_field(inside: Office, hours: str) -> None:
    """With the reason beside it, as text and as nothing else."""
    status, page = await inside.page_after(f"/calendar/{inside.mina}/hours", hours=hours)
    assert status == 422
    assert "I cannot read this" in page
    assert 'aria-describedby="hours-hint hours-problem"' in page
    assert "</textarea><script>" not in page
    assert (await inside.town.person(inside.mina)).duty is None


async def test_a_red_day_counts_as_a_sunday(inside: Office) -> None:
    """And says so in a word."""
    await inside.page_after(f"/calendar/{inside.mina}/hours", hours="fri 08:00-17:00\nsun 10:00-12:00")
    _status, page = await inside.get("/calendar?week=2026-12-25")
    assert "holiday" in page
    assert "08:00–17:00" not in page
    assert "10:00–12:00" in page


async def test_an_absence_with_a_stand_in_and_back_again(inside: Office) -> None:
    """It has an end, always; the calendar shows who is asked instead."""
    josef = await inside.town.contact("Josef", 22)
    where = f"/calendar/{inside.mina}"
    assert "Saved." in (await inside.page_after(f"{where}/away", until="2026-11-27", stand_in=str(josef)))[1]
    _status, page = await inside.get("/calendar")
    assert page.count('<span class="away">away</span>') == 3, "Tuesday, Wednesday, Thursday"
    assert "Josef" in page
    await inside.page_after(f"{where}/back")
    assert (await inside.town.person(inside.mina)).away is None
    did = [what for _who, what, _about in await inside.did()]
    assert "away-set" in did
    assert "back-set" in did


@pytest.mark.parametrize("until", ["", "2026-11-24", "2025-01-01", "2027-06-01", "soon"])
async def test_a_day_that_does_not_do_stays_in_its_field(inside: Office, until: str) -> None:
    """Nobody is away without an end, or into the past."""
    status, page = await inside.page_after(f"/calendar/{inside.mina}/away", until=until)
    assert status == 422
    assert "Choose the day" in page
    assert f'value="{until}"' in page


async def test_only_somebody_who_is_here_stands_in(inside: Office) -> None:
    """Not a resident, not herself, not somebody who is made up."""
    for person in (str(inside.leyla), str(inside.mina), "999", "x", "9" * 40):
        status, page = await inside.page_after(
            f"/calendar/{inside.mina}/away", until="2026-11-27", stand_in=person
        )
        assert (status, "Choose somebody from the list." in page) == (422, True)
    assert (await inside.town.person(inside.mina)).away is None


async def test_a_resident_has_no_hours(inside: Office) -> None:
    """Her rhythm is hers (S13)."""
    assert (await inside.get(f"/calendar/{inside.leyla}"))[0] == 404
    assert (await inside.page_after(f"/calendar/{inside.leyla}/hours", hours="mon 08:00-09:00"))[0] == 404
    assert (await inside.page_after(f"/calendar/{inside.leyla}/back"))[0] == 404
