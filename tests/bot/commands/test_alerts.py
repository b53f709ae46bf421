"""`vidare alerts`: what is open, without names; and the drawing in the docs."""

import sqlite3
from pathlib import Path

import pytest

from bot.commands import alerts
from bot.inviting import invite
from bot.wiring import opened
from dialogs.alert import Alert, AlertState, Track
from dialogs.people import Role
from storage import alerts as stored
from storage import people
from tests.bot.commands.conftest import Operator, spoil
from tests.bot.town import NOW, texts


async def test_what_is_open_is_listed_without_names(operator: Operator) -> None:
    """Case, urgency, state and times are enough to see whether somebody must do something."""
    async with opened(operator.settings, texts()) as (db, house):

        def work(connection: sqlite3.Connection) -> None:
            resident, _code = invite(connection, house, Role.RESIDENT, "Blue Heron", NOW)
            box = people.get(connection, house.keyring, resident).box
            alert = Alert(0, resident, "Blue Heron", Track.URGENT, 2, ("someone",), NOW, NOW)
            stored.insert(connection, box, alert)

        await db.run(work)
    code, out, _err = await operator.types("alerts", "list")
    assert code == 0
    assert " ".join(out.splitlines()[0].split()) == (
        "case 1 level 2 raised raised 2026-11-24 18:00 UTC next step 2026-11-24 18:00 UTC"
    )
    assert out.splitlines()[1] == "1 open"
    assert "Heron" not in out


async def test_nothing_open_says_so(operator: Operator) -> None:
    """A silent command could also be a broken one."""
    assert await operator.types("alerts", "list") == (0, "0 open\n", "")


def test_the_drawing_in_the_docs_is_the_table() -> None:
    """What the page shows is what the code does; `vidare alerts draw` mends it."""
    assert alerts.DRAWING.read_text(encoding="utf-8") == alerts.page()


async def test_drawing_writes_the_page(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The table is the truth, the drawing is made from it."""
    monkeypatch.setattr(alerts, "DRAWING", tmp_path / "alert.md")
    assert await operator.types("alerts", "draw") == (0, "alert.md\n", "")
    drawn = (tmp_path / "alert.md").read_text(encoding="utf-8")
    assert all(state.value in drawn for state in AlertState)


async def _raised(operator: Operator) -> None:
    """Case 1 is open."""
    async with opened(operator.settings, texts()) as (db, house):

        def work(connection: sqlite3.Connection) -> None:
            resident, _code = invite(connection, house, Role.RESIDENT, "Blue Heron", NOW)
            box = people.get(connection, house.keyring, resident).box
            alert = Alert(0, resident, "Blue Heron", Track.URGENT, 2, ("someone",), NOW, NOW)
            stored.insert(connection, box, alert)

        await db.run(work)


async def test_a_damaged_case_is_ended_by_hand(operator: Operator) -> None:
    """Nobody can take it on, so it would be told for ever."""
    await _raised(operator)
    spoil(operator, "UPDATE alerts SET sealed_alert = x'00'")
    code, out, _err = await operator.types("alerts", "close", "1", "--because", "damaged")
    assert (code, out.startswith("case 1 is ended.")) == (0, True)
    assert await operator.types("alerts", "list") == (0, "0 open\n", "")
    code, out, _err = await operator.types("alerts", "close", "1", "--because", "damaged")
    assert (code, out) == (0, "case 1 was ended before\n")


async def test_a_case_that_can_be_read_is_not_ended_by_hand(operator: Operator) -> None:
    """Only those who were asked know how she is."""
    await _raised(operator)
    code, out, err = await operator.types("alerts", "close", "1", "--because", "damaged")
    assert (code, out) == (2, "")
    assert err == "vidare: case 1 can be read: only its contact persons end it\n"
    assert (await operator.types("alerts", "list"))[1].endswith("1 open\n")


async def test_a_case_that_is_not_there_is_a_sentence(operator: Operator) -> None:
    """A typing mistake ends nothing."""
    code, _out, err = await operator.types("alerts", "close", "9", "--because", "damaged")
    assert (code, err) == (2, "vidare: there is no case 9\n")


async def test_ending_a_case_by_hand_needs_the_reason(operator: Operator) -> None:
    """There is only one, and whoever types it has read it."""
    for words in (("alerts", "close", "1"), ("alerts", "close", "1", "--because", "tired")):
        with pytest.raises(SystemExit):
            await operator.types(*words)


async def test_a_coordinator_takes_a_case_in_a_terminal(operator: Operator) -> None:
    """As at the desk: on, or over from somebody else; and nobody but a coordinator."""
    await _raised(operator)
    assert (await operator.types("alerts", "take", "1", "--by", "1"))[0] == 2
    await operator.types("invite", "coordinator", "--name", "Karin")
    spoil(operator, "UPDATE people SET state = 'active' WHERE id = 2")
    code, out, _err = await operator.types("alerts", "take", "1", "--by", "2")
    assert (code, out.startswith("case 1 is with 2 now")) == (0, True)
    assert "acknowledged" in (await operator.types("alerts", "list"))[1]
    code, _out, err = await operator.types("alerts", "take", "1", "--by", "2")
    assert (code, err.count("\n")) == (1, 1)
    assert (await operator.types("alerts", "take", "9", "--by", "2"))[0] == 2
