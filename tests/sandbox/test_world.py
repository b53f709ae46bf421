"""Tests of the people: what they do, and what the bot hears of it."""

from typing import Any

import pytest

from bot.sandbox import Person, Sandbox
from tests.sandbox.conftest import Api

BUTTONS = {"inline_keyboard": [[{"text": "I am safe", "callback_data": "safe"}]]}


async def heard(api: Api) -> list[dict[str, Any]]:
    """Return what waits for the bot, without the ids."""
    updates: list[dict[str, Any]] = await api.ok("getUpdates")
    return [{key: value for key, value in each.items() if key != "update_id"} for each in updates]


async def test_start_carries_the_payload_of_the_link(api: Api, sandbox: Sandbox) -> None:
    """As a command, with the language of the app."""
    mina = sandbox.add_person("Mina", language_code="fa", start_payload="inv_1")
    sandbox.start_bot(mina.id)
    message = (await heard(api))[0]["message"]
    assert message["text"] == "/start inv_1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {"id": mina.id, "is_bot": False, "first_name": "Mina", "language_code": "fa"}
    assert mina.id > 700_000_000


async def test_every_kind_of_message_arrives(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Each under the name Telegram has for it."""
    sandbox.send_photo(leyla.id, caption="look")
    sandbox.send_voice(leyla.id)
    sandbox.send_sticker(leyla.id)
    sandbox.send_location(leyla.id)
    sandbox.send_contact(leyla.id)
    sandbox.send_document(leyla.id)
    sandbox.forward(leyla.id, "passed on")
    kinds = ["photo", "voice", "sticker", "location", "contact", "document", "forward_origin"]
    for update, kind in zip(await heard(api), kinds, strict=True):
        assert kind in update["message"]


async def test_an_edit_arrives_as_such(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Only one's own words can be changed."""
    sandbox.say(leyla.id, "helo")
    number = sandbox.chat(leyla.id).messages[-1].message_id
    sandbox.edit(leyla.id, number, "hello")
    edited = (await heard(api))[-1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (number, "hello")
    sent = await api.ok("sendMessage", chat_id=leyla.id, text="Hi")
    with pytest.raises(ValueError, match="not there for the person to edit"):
        sandbox.edit(leyla.id, sent["message_id"], "mine")


async def test_only_a_button_that_is_there_can_be_pressed(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Unless a client makes it up, which the bot has to stand."""
    sent = await api.ok("sendMessage", chat_id=leyla.id, text="Well?", reply_markup=BUTTONS)
    number = sent["message_id"]
    sandbox.press(leyla.id, number, "safe")
    with pytest.raises(ValueError, match="no such button"):
        sandbox.press(leyla.id, number, "other")
    sandbox.press(leyla.id, number, "other", forged=True)
    sandbox.press(leyla.id, 1, "x", forged=True)
    real, forged, nowhere = [each["callback_query"] for each in await heard(api)]
    assert real["message"]["reply_markup"] == BUTTONS
    assert forged["data"] == "other"
    assert nowhere["message"]["date"] == 0
    await api.ok("deleteMessage", chat_id=leyla.id, message_id=number)
    with pytest.raises(ValueError, match="no such button"):
        sandbox.press(leyla.id, number, "safe")


async def test_blocking_and_coming_back_is_told(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Start again unblocks first, as in Telegram."""
    sandbox.block(leyla.id)
    assert sandbox.block(leyla.id) == 0
    with pytest.raises(ValueError, match="blocked"):
        sandbox.say(leyla.id, "Hi")
    sandbox.start_bot(leyla.id)
    blocked, unblocked, started = await heard(api)
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert started["message"]["text"] == "/start"


async def test_a_deleted_account_says_nothing(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """And no update tells the bot."""
    sandbox.deactivate(leyla.id)
    assert await heard(api) == []
    with pytest.raises(ValueError, match="no account"):
        sandbox.say(leyla.id, "Hi")


async def test_clearing_ones_own_side_changes_nothing_for_the_bot(
    api: Api, sandbox: Sandbox, leyla: Person
) -> None:
    """No update, and the bot can still edit what the person no longer sees."""
    sent = await api.ok("sendMessage", chat_id=leyla.id, text="Hi", reply_markup=BUTTONS)
    sandbox.clear_chat(leyla.id)
    assert await heard(api) == []
    await api.ok("editMessageText", chat_id=leyla.id, message_id=sent["message_id"], text="Hello")
    with pytest.raises(ValueError, match="no such button"):
        sandbox.press(leyla.id, sent["message_id"], "safe")
    sandbox.clear_chat(leyla.id, for_both=True)
    assert (await api.refusal("deleteMessage", chat_id=leyla.id, message_id=sent["message_id"]))[0] == 400


async def test_every_visible_change_is_told(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Until nobody wants to know any more."""
    changes: list[dict[str, Any]] = []
    stop = sandbox.on_change(changes.append)
    sandbox.say(leyla.id, "Hi")
    await api.ok("sendMessage", chat_id=leyla.id, text="Hello")
    assert changes == [{"type": "person", "person_id": leyla.id}] * 2
    stop()
    sandbox.say(leyla.id, "Hi")
    assert len(changes) == 2


async def test_a_flooded_chat_gets_429(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """On demand, for one chat."""
    sandbox.flood(leyla.id, 60)
    answer = await api("sendMessage", chat_id=leyla.id, text="Hi")
    assert answer["parameters"] == {"retry_after": 60}
