"""`vidare demo`: the whole thing on this machine, for somebody who sees it for the first time."""

import asyncio
import os
import signal
import sqlite3
import tempfile
from contextlib import closing
from functools import partial

import aiohttp
import pytest

from bot.clock import Clock
from bot.commands import demo
from bot.sandbox import Sandbox
from bot.wiring import DATABASE
from tests.bot.commands.conftest import Operator
from tests.bot.town import PATIENCE, until


async def test_both_people_can_press_start(operator: Operator) -> None:
    """On a free port, with a page that answers and two invitations that work; Leyla can be offered Mina."""
    async with demo.played(operator.folder / "demo", 0) as sandbox:
        async with aiohttp.ClientSession() as session, session.get(sandbox.url) as page:
            assert page.status == 200
            assert "text/html" in page.content_type
        cast = list(sandbox.people.values())
        assert [person.name for person in cast] == ["Mina", "Leyla"]
        for person in cast:
            assert person.start_payload
            sandbox.start_bot(person.id)
        for person in cast:
            await until(partial(_was_asked, sandbox, person.id))
        path = operator.folder / "demo" / "data" / DATABASE
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT contact_id, resident_id FROM links").fetchall() == [(1, 2)]


def _was_asked(sandbox: Sandbox, person: int) -> bool:
    """Whether the bot asked for a language, the first question of both roles."""
    return any(each.has_button("l:ar") for each in sandbox.chat(person).messages)


async def test_moving_the_demos_clock_makes_the_bot_look(operator: Operator) -> None:
    """A press on "an hour later" must not wait for the next tick."""
    async with demo.played(operator.folder / "demo", 0) as sandbox:
        assert sandbox.on_clock_moved is not None
        assert await sandbox.on_clock_moved() == 0


async def test_its_data_can_be_kept_and_played_again(operator: Operator) -> None:
    """The second time it opens what the first one wrote, with the same key."""
    for _time in range(2):
        async with demo.played(operator.folder / "demo", 0):
            pass
    assert (operator.folder / "demo" / "data" / "vidare.db").exists()


async def test_ctrl_c_ends_it_and_leaves_nothing(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a named folder nothing is kept."""
    monkeypatch.setattr(tempfile, "tempdir", str(operator.folder))
    task = asyncio.create_task(demo._demo(0, None))
    said = ""

    def up() -> bool:
        nonlocal said
        said += operator.capsys.readouterr().out
        return "Ctrl-C ends it" in said

    await until(up)
    os.kill(os.getpid(), signal.SIGINT)
    assert await asyncio.wait_for(task, PATIENCE) == 0
    assert [each.name for each in operator.folder.iterdir()] == ["master.key"]


async def test_a_taken_port_is_one_sentence(operator: Operator) -> None:
    """The commonest mishap, and what to do about it."""
    neighbour = Sandbox("1:a", Clock())
    await neighbour.start()
    try:
        assert await demo._demo(neighbour.port, None) == 2
    finally:
        await neighbour.stop()
    captured = operator.capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert f"port {neighbour.port} is taken" in captured.err


async def test_a_folder_that_cannot_be_written_is_one_sentence(operator: Operator) -> None:
    """Before anything listens."""
    in_the_way = operator.folder / "a file"
    in_the_way.write_text("in the way")
    for folder in (in_the_way / "data", in_the_way):
        assert await demo._demo(0, folder) == 2
        captured = operator.capsys.readouterr()
        assert captured.err.count("\n") == 1
        assert "cannot be written" in captured.err


async def test_a_folder_without_the_right_to_write_is_one_sentence(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where tests run as root every folder can be written, so the question is answered for it."""
    monkeypatch.setattr("bot.commands.demo.os.access", lambda *_arguments: False)
    assert await demo._demo(0, operator.folder) == 2
    assert "cannot be written" in operator.capsys.readouterr().err


async def test_the_desk_can_be_tried_too(operator: Operator) -> None:
    """Karin has joined, and her first link leads to the sign-in page."""
    folder = operator.folder / "demo"
    async with demo.played(folder, 0) as sandbox, demo._desk(folder, sandbox, 0) as link:
        assert link.startswith("http://127.0.0.1:")
        async with aiohttp.ClientSession() as session, session.get(link) as page:
            assert 'id="code"' in await page.text()
        assert "Karin" in [person.name for person in sandbox.people.values()]
