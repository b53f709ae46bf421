"""`vidare figures`: tables for a report, without small numbers."""

import sqlite3

from bot.wiring import opened
from storage import check_ins, people
from tests.bot.commands.conftest import Operator
from tests.bot.town import texts


async def test_small_numbers_and_their_sums_are_not_told(operator: Operator) -> None:
    """An empty house has only small numbers."""
    code, out, _err = await operator.types("figures")
    lines = [line.split() for line in out.splitlines()]
    assert code == 0
    assert ["emergency", *["<5"] * 6, "-"] in lines
    assert lines.count(["together", *["-"] * 7]) == 1
    assert "0" not in {word for line in lines[2:6] for word in line}


async def test_large_ones_are(operator: Operator) -> None:
    """Five answers are not one person's."""
    for number in range(5):
        await operator.types("invite", "resident", "--name", f"Heron {number}")
    async with opened(operator.settings, texts()) as (db, house):

        def work(connection: sqlite3.Connection) -> None:
            from bot.clock import Clock

            now = Clock().now()
            for known in people.list_people(connection, house.keyring):
                check_ins.record(connection, known.box, known.id, now.date(), "d", "answered", "5", now)

        await db.run(work)
    _code, out, _err = await operator.types("figures")
    assert [line.split()[1] for line in out.splitlines() if line.startswith("20")][-1] == "5"
