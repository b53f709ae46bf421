"""`vidare desk`: served on this machine, with links that only a coordinator gets."""

import asyncio
import os
import signal
import socket

import aiohttp
import pytest

from bot.clock import Clock
from bot.commands import desk
from bot.settings import SettingsFaulty
from bot.wiring import opened
from storage import people
from tests.bot.commands.conftest import Operator
from tests.bot.town import NOW, PATIENCE, texts


async def _coordinator(operator: Operator) -> None:
    await operator.types("invite", "coordinator", "--name", "Karin")
    async with opened(operator.settings, texts()) as (db, _house):
        await db.run(people.set_state, 1, "active", NOW)


async def test_a_link_is_printed_for_a_coordinator_alone(operator: Operator) -> None:
    """And nothing of hers besides."""
    code, _out, err = await operator.types("desk", "link", "1")
    assert (code, err.count("\n")) == (2, 1)
    await _coordinator(operator)
    code, out, _err = await operator.types("desk", "link", "1")
    assert code == 0
    assert "http://127.0.0.1:8434/in/" in out
    assert "Karin" not in out
    _code, out, _err = await operator.types("desk", "--port", "9000", "link", "1")
    assert "http://127.0.0.1:9000/in/" in out
    assert (await operator.types("desk", "reset", "1"))[1].startswith("person 1 is signed out everywhere")


async def test_it_serves_until_it_is_told_to_stop(
    operator: Operator, caplog: pytest.LogCaptureFixture
) -> None:
    """On loopback, with the sign-in page for everybody, and no address in the log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    task = asyncio.create_task(desk._serve(desk._with_port(port)))
    assert operator.settings.desk_port != port
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/") as answer:
                    page = await answer.text()
                break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.01)
    assert 'id="code"' in page
    os.kill(os.getpid(), signal.SIGTERM)
    assert await asyncio.wait_for(task, PATIENCE) == 0
    assert "/in/" not in caplog.text


async def test_a_taken_port_is_one_sentence(operator: Operator) -> None:
    """It names the setting."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with opened(operator.settings, texts()) as (db, house):
            with pytest.raises(SettingsFaulty, match="VIDARE_DESK_PORT"):
                async with desk.served(operator.settings, Clock(), db, house, port):
                    pass


async def test_it_asks_telegram_what_the_bot_is_called(operator: Operator) -> None:
    """An invitation leads to this bot and no other."""
    settings = operator.settings
    async with (
        opened(settings, texts()) as (db, house),
        desk.served(settings, Clock(), db, house, 0) as served,
    ):
        assert await served.bot_name() == "sandbox_bot"
        assert served.house.desk.startswith("http://127.0.0.1:")
