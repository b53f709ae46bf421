"""Tests of `python -m bot.sandbox`."""

import asyncio
import signal
import sys

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.__main__ import main


def test_a_taken_port_is_an_exit_code_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback for the commonest mishap."""

    async def with_neighbour() -> int:
        neighbour = Sandbox("1:a", Clock())
        await neighbour.start()
        try:
            return await asyncio.to_thread(main, ["--port", str(neighbour.port)])
        finally:
            await neighbour.stop()

    assert asyncio.run(with_neighbour()) == 1
    assert "is taken" in capsys.readouterr().err


def test_a_token_without_a_number_is_refused() -> None:
    """The number is the bot's id."""
    with pytest.raises(SystemExit):
        main(["--token", "word"])


async def test_it_serves_until_told_to_stop() -> None:
    """As its own process, with people in it; SIGTERM ends it cleanly."""
    arguments = ["-m", "bot.sandbox", "--port", "0", "--person", "Leyla:ar"]
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession() as session, session.get(f"{url}/sandbox/state") as answer:
        person = (await answer.json())["people"][0]
    assert (person["name"], person["language_code"], person["started"]) == ("Leyla", "ar", False)
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
