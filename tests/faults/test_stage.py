"""The stage: what is handed out and what arrives is noted as it happens."""

import asyncio
import sqlite3
from contextlib import closing

import aiohttp
import pytest

from bench.processes import NO_TOKEN
from bot.wiring import DATABASE
from dialogs.events import Timer
from faults import stage as stage_module
from faults.stage import Arrival, NotSettled, Stage, make_due, rested, until
from storage import links, outbox, timers
from storage.database import open_database
from storage.moments import to_integer
from tests.bot.town import NOW


async def _call(stage: Stage, method: str, **parameters: object) -> None:
    url = f"{stage.sandbox.url}/bot{NO_TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=parameters) as answer:
        assert answer.status == 200, await answer.text()


async def test_everybody_has_a_number_and_a_part(stage: Stage) -> None:
    """Contact persons first, in the order of their residents, as the seeding numbers them."""
    assert (stage.contacts, stage.resident(0)) == (7, 8)
    assert [*stage.writers, *stage.endangered, *stage.asked] == list(range(8, 14))
    assert [stage.contact_of(each) for each in stage.writers] == [1, 2]
    assert [stage.is_stand_in(each) for each in range(1, 9)] == [*[False] * 6, True, False]
    assert stage.chats.keys() == set(range(1, 14))


async def test_a_stand_in_is_told_after_her_own_contact_person(stage: Stage) -> None:
    """Or handing on would lead nowhere."""
    database = await open_database(stage.town.data / DATABASE)
    found = [await database.run(links.contacts_of, each) for each in stage.endangered]
    await database.close()
    assert [[(each.contact_id, each.agreed) for each in chain] for chain in found] == [
        [(3, True), (7, True)],
        [(4, True), (7, True)],
    ]


async def test_it_is_noted_what_was_handed_out_and_what_was_confirmed(stage: Stage) -> None:
    """Confirmed is what Telegram was told to forget, not what the bot believes."""
    first, second = (stage.sandbox.say(stage.chats[8], text) for text in ("one", "two"))
    assert stage.queue.pushed == {first, second}
    assert stage.queue.handed_out == set()
    await _call(stage, "getUpdates", limit=1)
    assert (stage.queue.handed_out, stage.queue.confirmed) == ({first}, set())
    await _call(stage, "getUpdates", offset=first + 1)
    assert (stage.queue.handed_out, stage.queue.confirmed) == ({first, second}, {first})


async def test_a_message_is_noted_once_with_the_buttons_it_came_with(stage: Stage) -> None:
    """They are taken off later; and what people write themselves is no arrival."""
    keyboard = {"inline_keyboard": [[{"text": "ja", "callback_data": "al:7:1:have"}]]}
    chat = stage.chats[3]
    await _call(stage, "sendMessage", chat_id=chat, text="hej", reply_markup=keyboard)
    shown = stage.sandbox.chat(chat).messages[-1]
    await _call(stage, "editMessageReplyMarkup", chat_id=chat, message_id=shown.message_id)
    stage.sandbox.say(chat, "jag har det")
    assert stage.arrivals == [Arrival(3, shown.message_id, "hej", ("al:7:1:have",))]


async def test_a_moment_can_be_made_to_come(stage: Stage) -> None:
    """Nobody waits until six in the evening."""
    make_due(stage.town, [12, 13], NOW)
    with closing(sqlite3.connect(stage.town.data / DATABASE)) as db:
        found = timers.due(db, NOW, 10)
    assert [(each.person_id, each.kind) for each in found] == [(12, Timer.CHECK_IN), (13, Timer.CHECK_IN)]


async def test_it_has_come_to_rest_when_nothing_waits_at_telegram_nor_in_the_outbox(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before that, what is missing may only be late."""
    monkeypatch.setattr(stage_module, "TWO_LOOKS", 0)
    monkeypatch.setattr(stage_module, "LOOK_EVERY", 0.001)
    update = stage.sandbox.say(stage.chats[8], "one")
    with closing(sqlite3.connect(stage.town.data / DATABASE, isolation_level=None)) as db:
        db.execute(
            "INSERT INTO outbox (id, person_id, purpose, priority, state, due_at, created_at)"
            " VALUES (1, 8, 'reply', 1, 'pending', ?, 0)",
            (to_integer(NOW),),
        )
        resting = asyncio.create_task(rested(stage))
        await asyncio.sleep(0.02)
        stage.queue.confirm(update + 1)
        await asyncio.sleep(0.02)
        assert not resting.done()
        outbox.drop(db, 1)
    await asyncio.wait_for(resting, 10)


async def test_what_never_rests_is_left_for_the_account(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bot that is stuck is a line of the table, and no harness that hangs."""
    monkeypatch.setattr(stage_module, "TWO_LOOKS", 0)
    monkeypatch.setattr(stage_module, "REST_WITHIN", 0.01)
    stage.sandbox.say(stage.chats[8], "one")
    await rested(stage)
    with pytest.raises(NotSettled, match="never"):
        await until(lambda: False, 0.01, "never")
