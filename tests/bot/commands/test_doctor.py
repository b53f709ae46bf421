"""`vidare doctor`: lines for people, JSON for programs, an exit code for both."""

import json
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.wiring import opened
from storage import backups, outages
from tests.bot.commands.conftest import TOKEN, Operator
from tests.bot.town import texts


async def _in_order(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(operator.folder) / "backups"
    folder.mkdir()
    (folder / backups.name_for(Clock().now())).touch()
    monkeypatch.setenv("VIDARE_BACKUP_DIR", str(folder))
    async with opened(operator.settings, texts()) as (db, _house):
        await db.run(outages.beat, Clock().now())


async def test_a_house_in_order_ends_with_zero(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """And Telegram knows the token."""
    await _in_order(operator, monkeypatch)
    code, out, _err = await operator.types("doctor")
    assert code == 0, out
    assert "ok    Telegram: knows the bot as @sandbox_bot" in out
    assert TOKEN not in out


async def test_what_needs_a_look_ends_with_one(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a monitoring that runs commands can call somebody."""
    await _in_order(operator, monkeypatch)
    operator.sandbox.faults.add("refuse", method="getMe", count=None, code=401)
    code, out, _err = await operator.types("doctor")
    assert code == 1
    assert "LOOK  Telegram: does not answer us: unauthorised" in out


async def test_names_are_shown_only_when_asked_for(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal has onlookers, and a monitoring keeps what it reads."""
    await _in_order(operator, monkeypatch)
    await operator.types("invite", "contact", "--name", "Mina")
    _code, out, _err = await operator.types("doctor", "--offline")
    assert "Mina" not in out
    code, out, _err = await operator.types("doctor", "--offline", "--json", "--names")
    said = json.loads(out)
    assert said["well"] is (code == 0)
    assert said["names"] == {"1": "Mina"}


async def test_a_database_that_was_never_used_is_said_to_be_that(operator: Operator) -> None:
    """Before the first start there is nothing to be well."""
    code, out, _err = await operator.types("doctor", "--offline")
    assert code == 1
    assert "LOOK  bot: has never run on this database" in out


async def test_outside_lists_what_others_see_and_marks_what_tells(operator: Operator) -> None:
    """Language by language, also what Telegram shows at this moment, whoever has set it."""
    operator.sandbox.profile.names["sv"] = "Kvinnojouren"
    code, out, _err = await operator.types("doctor", "--outside")
    assert code == 1
    assert "LOOK  Kvinnojouren   <- tells: jouren" in out
    assert "en, a locked screen, unasked:" in out
    assert "      Hello. How is today?" in out
    assert "ar, a stranger who writes:" in out
    assert TOKEN not in out


async def test_what_tells_is_a_line_of_every_examination(operator: Operator) -> None:
    """Nobody runs a command for what they do not think of."""
    operator.sandbox.profile.names["sv"] = "Kvinnojouren"
    _code, out, _err = await operator.types("doctor")
    assert "LOOK  outside: what Telegram shows now (sv) tells by “jouren”: Kvinnojouren" in out
    _code, out, _err = await operator.types("doctor", "--offline")
    assert "tell a stranger nothing" in out
