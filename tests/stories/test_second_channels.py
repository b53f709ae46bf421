"""When Telegram does not reach a contact person, something else does, and says a number only (R29)."""

import sqlite3
from collections.abc import AsyncIterator

import pytest

from dialogs.words import LABELS, Word
from storage import channels, people
from tests.bot import gateway
from tests.bot.gateway import Gateway
from tests.stories.story import Story


@pytest.fixture
async def hook() -> AsyncIterator[Gateway]:
    """A gateway on this machine; what it is given comes from the real Apprise."""
    async with gateway.opened() as opened:
        yield opened


async def _channel(story: Story, person_id: int, address: str) -> None:
    def work(db: sqlite3.Connection) -> None:
        box = people.get(db, story.bot.house.keyring, person_id).box
        channels.add(db, box, person_id, address, story.clock.now())

    await story.bot.db.run(work)


MINA = 1
"""The first person who is invited."""


async def test_whoever_blocked_the_bot_is_rung_another_way(story: Story, hook: Gateway) -> None:
    """Telegram refuses; the text message says a number and "open the app", nothing else."""
    mina = await story.contact("Mina Canary", "en")
    await story.contact("Josef", "en")
    leyla = await story.resident("Leyla Canary", "en")
    await _channel(story, MINA, hook.address)
    story.sandbox.block(mina.id, True)
    await story.step()
    await leyla.types(LABELS[Word.SOMEONE])
    assert hook.words == [("Vidare", "Case 1: please open the app.")]


async def test_a_silent_round_rings_and_an_acknowledgement_ends_it(story: Story, hook: Gateway) -> None:
    """Arrived and unread, an hour long; then Josef takes it on, and nothing rings any more (R30)."""
    await story.contact("Mina", "en")
    josef = await story.contact("Josef", "en")
    leyla = await story.resident("Leyla", "en")
    await _channel(story, MINA, hook.address)
    await leyla.types(LABELS[Word.SOMEONE])
    await story.pass_time(minutes=15, seconds=1)
    assert hook.words == []
    await story.pass_time(minutes=15, seconds=1)
    assert hook.words == [("Vidare", "Case 1: please open the app.")]
    await josef.types(LABELS[Word.HAVE_IT])
    await story.pass_time(hours=2)
    assert len(hook.took) == 1


async def test_in_an_emergency_telegram_is_waited_for_two_minutes(story: Story, hook: Gateway) -> None:
    """No telling arrives; whoever can be reached another way is."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await _channel(story, MINA, hook.address)
    story.sandbox.faults.add("drop_before", method="sendMessage", chat_id=mina.id, count=None)
    await leyla.write("han står utanför dörren nu och ska döda mig")
    assert hook.words == []
    for _half_a_minute in range(4):
        await story.pass_time(seconds=31)
    assert [body for _title, body in hook.words] == ["Ärende 1: öppna appen."]
