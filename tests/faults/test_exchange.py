"""The bot without a network: what goes in, what comes out, and what is left after it has started anew."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.outgoing import Edit, Send
from dialogs.people import Contact, Place, Role
from faults.exchange import Exchange
from faults.post import Post
from faults.theatre import BEGIN, settled
from tests.faults.conftest import texts

CHAT = 70_000


@pytest.fixture
async def exchange(tmp_path: Path) -> AsyncIterator[Exchange]:
    """Mina is there."""
    made = Exchange(tmp_path, texts())
    await made.open()

    def mina(number: int) -> Contact:
        return Contact(number, "Mina", locale="en", place=Place.MENU, joined=True)

    await made.run(settled, made.house, Role.CONTACT, mina, CHAT, BEGIN)
    yield made
    await made.close()


async def _says(exchange: Exchange, post: Post, text: str) -> int:
    post.say(CHAT, BEGIN, text)
    return await exchange.take(post.hand_out(BEGIN), BEGIN)


async def test_what_is_ordered_arrives_once(exchange: Exchange) -> None:
    """With a number that replies can name."""
    post = Post(Random(1))
    assert await _says(exchange, post, "/help") == 0
    (arrival,) = await exchange.send(BEGIN)
    assert isinstance(arrival.what, Send)
    assert arrival.chat == CHAT
    assert ("My hours", "ch:hours") in arrival.buttons
    assert await exchange.send(BEGIN) == []
    post.press(CHAT, BEGIN, arrival.message, "ro:0")
    await exchange.take(post.hand_out(BEGIN), BEGIN)
    assert any(
        isinstance(each.what, Edit) or each.message > arrival.message for each in await exchange.send(BEGIN)
    )


async def test_a_restart_loses_nothing_that_is_stored(exchange: Exchange) -> None:
    """What was ordered before it arrives after it, but for an answer that would come too late."""
    post = Post(Random(1))
    await _says(exchange, post, "/help")
    await exchange.restart(BEGIN)
    assert exchange.restarts == 1
    assert len(await exchange.send(BEGIN)) == 1
    await _says(exchange, post, "/help")
    await exchange.restart(BEGIN)
    assert await exchange.send(BEGIN + timedelta(minutes=11)) == []


async def test_what_cannot_be_read_is_counted(exchange: Exchange) -> None:
    """It would be a mistake of whoever wrote it."""
    assert await exchange.take([b"{}"], BEGIN) == 1
    await exchange.look(BEGIN + timedelta(days=1))
