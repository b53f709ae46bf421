"""Tests of the Bot API's methods over real HTTP: what they do, and each refusal in Telegram's words."""

import io
import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from bot.clock import Clock
from bot.sandbox import Limits, Person, Sandbox
from bot.sandbox.files import small_png
from bot.sandbox.methods import commands_for
from tests.sandbox.conftest import TOKEN, Api

BUTTONS = {"inline_keyboard": [[{"text": "I am safe", "callback_data": "safe"}]]}


async def said(api: Api, person: Person, text: str = "How are you?", **more: Any) -> int:
    """Let the bot say something and return the message id."""
    message = await api.ok("sendMessage", chat_id=person.id, text=text, **more)
    number: int = message["message_id"]
    return number


async def test_what_is_sent_is_kept_as_the_person_sees_it(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Tests judge the bot by what is on the phone."""
    await said(api, leyla, "<b>Hi</b>", parse_mode="HTML", reply_markup=BUTTONS, disable_notification=True)
    chat = sandbox.chat(leyla.id)
    message = chat.messages[-1]
    assert (message.from_bot, message.text, message.silent, message.edited) == (True, "Hi", True, False)
    assert [(each.text, each.data) for each in message.buttons[0]] == [("I am safe", "safe")]
    assert message.entities == [{"type": "bold", "offset": 0, "length": 2}]
    assert chat.notification is not None
    assert chat.notification.silent


async def test_the_reply_keyboard_stays_until_removed(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """An inline keyboard does not touch it."""
    chat = sandbox.chat(leyla.id)
    await said(api, leyla, reply_markup={"keyboard": [["Help", {"text": "Stop"}]]})
    await said(api, leyla, reply_markup=BUTTONS)
    assert chat.reply_keyboard == [["Help", "Stop"]]
    await said(api, leyla, reply_markup={"remove_keyboard": True})
    assert chat.reply_keyboard is None


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        (
            {"text": "<b>", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "a", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}},
            "BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_bad_messages_are_refused(api: Api, leyla: Person, more: dict[str, Any], reason: str) -> None:
    """Nothing of them reaches the chat."""
    assert await api.refusal("sendMessage", chat_id=leyla.id, **more) == (400, f"Bad Request: {reason}")


async def test_the_length_counts_after_the_entities_were_parsed(api: Api, leyla: Person) -> None:
    """4096 characters of text, however many tags."""
    await said(api, leyla, f"<b>{'x' * 4096}</b>", parse_mode="HTML")


async def test_nobody_exists_before_start(api: Api, sandbox: Sandbox) -> None:
    """A bot cannot write first."""
    josef = sandbox.add_person("Josef")
    for chat_id in (josef.id, 5, "@josef"):
        refusal = await api.refusal("sendMessage", chat_id=chat_id, text="a")
        assert refusal == (400, "Bad Request: chat not found")


async def test_blocked_and_deactivated_are_forbidden(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """The two 403s that mean: never again, as it stands."""
    sandbox.block(leyla.id)
    refusal = await api.refusal("sendMessage", chat_id=leyla.id, text="a")
    assert refusal == (403, "Forbidden: bot was blocked by the user")
    sandbox.deactivate(leyla.id)
    refusal = await api.refusal("sendMessage", chat_id=leyla.id, text="a")
    assert refusal == (403, "Forbidden: user is deactivated")


async def test_edits_are_seen_and_take_the_buttons_away(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Buttons that are not sent again go, as in Telegram."""
    number = await said(api, leyla, reply_markup=BUTTONS)
    await api.ok("editMessageText", chat_id=leyla.id, message_id=number, text="Thank you")
    message = sandbox.chat(leyla.id).messages[-1]
    assert (message.text, message.edited, message.buttons) == ("Thank you", True, [])
    await api.ok("editMessageReplyMarkup", chat_id=leyla.id, message_id=number, reply_markup=BUTTONS)
    assert message.has_button("safe")


async def test_edits_telegram_refuses(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """The same again, nothing there, and other people's words."""
    number = await said(api, leyla, reply_markup=BUTTONS)
    same = {"text": "How are you?", "reply_markup": BUTTONS}
    code, reason = await api.refusal("editMessageText", chat_id=leyla.id, message_id=number, **same)
    assert code == 400
    assert reason.startswith("Bad Request: message is not modified: specified new message content")
    _, reason = await api.refusal(
        "editMessageReplyMarkup", chat_id=leyla.id, message_id=number, reply_markup=BUTTONS
    )
    assert "message is not modified" in reason
    missing = await api.refusal("editMessageText", chat_id=leyla.id, message_id=number + 1, text="a")
    assert missing == (400, "Bad Request: message to edit not found")
    sandbox.say(leyla.id, "my words")
    theirs = sandbox.chat(leyla.id).messages[-1].message_id
    refusal = await api.refusal("editMessageText", chat_id=leyla.id, message_id=theirs, text="a")
    assert refusal == (400, "Bad Request: message can't be edited")
    sandbox.delete(leyla.id, number, for_both=True)
    gone = await api.refusal("editMessageText", chat_id=leyla.id, message_id=number, text="a")
    assert gone == (400, "Bad Request: message to edit not found")


async def test_messages_can_be_deleted_for_48_hours(
    api: Api, sandbox: Sandbox, clock: Clock, leyla: Person
) -> None:
    """The person's own as well; after that they stay."""
    old = await said(api, leyla)
    clock.move(timedelta(hours=49))
    sandbox.say(leyla.id, "a word of mine")
    mine = sandbox.chat(leyla.id).messages[-1]
    await api.ok("deleteMessage", chat_id=leyla.id, message_id=mine.message_id)
    assert mine.deleted
    refusal = await api.refusal("deleteMessage", chat_id=leyla.id, message_id=old)
    assert refusal == (400, "Bad Request: message can't be deleted for everyone")
    refusal = await api.refusal("deleteMessage", chat_id=leyla.id, message_id=mine.message_id)
    assert refusal == (400, "Bad Request: message to delete not found")


async def test_many_deletions_pass_over_unknown_ids(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """One id that is gone must not keep the others in the chat."""
    numbers = [await said(api, leyla) for _ in range(3)]
    await api.ok("deleteMessages", chat_id=leyla.id, message_ids=[*numbers, 999_999])
    assert all(sandbox.chat(leyla.id).by_id[number].deleted for number in numbers)
    assert (await api.refusal("deleteMessages", chat_id=leyla.id, message_ids=list(range(1, 102))))[0] == 400


async def test_a_deleted_message_leaves_the_lock_screen(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Telegram takes the notification back."""
    number = await said(api, leyla)
    await api.ok("deleteMessage", chat_id=leyla.id, message_id=number)
    assert sandbox.chat(leyla.id).notification is None
    assert len(sandbox.chat(leyla.id).notifications) == 1


async def test_a_press_is_answered_once_it_is_young(
    api: Api, sandbox: Sandbox, clock: Clock, leyla: Person
) -> None:
    """An old or invented query is refused; a text of 201 characters too."""
    number = await said(api, leyla, reply_markup=BUTTONS)
    query = sandbox.press(leyla.id, number, "safe")
    too_long = await api.refusal("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert too_long == (400, "Bad Request: MESSAGE_TOO_LONG")
    await api.ok("answerCallbackQuery", callback_query_id=query, text="Good", show_alert=True)
    toast = sandbox.chat(leyla.id).toast
    assert toast is not None
    assert (toast.text, toast.alert) == ("Good", True)
    clock.move(timedelta(seconds=160))
    expected = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await api.refusal("answerCallbackQuery", callback_query_id=query) == (400, expected)
    assert await api.refusal("answerCallbackQuery", callback_query_id="5") == (400, expected)


async def send_picture(api: Api, person: Person, data: bytes, caption: str = "") -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": str(person.id), "caption": caption})
    form.add_field("photo", io.BytesIO(data), filename="qr.png", content_type="image/png")
    async with api.session.post(f"{api.sandbox.url}/bot{TOKEN}/sendPhoto", data=form) as answer:
        body: dict[str, Any] = await answer.json()
        return body


async def test_photos_go_both_ways(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Uploaded, sent again by id, and fetched as the bot fetches what people send."""
    sent = await send_picture(api, leyla, small_png(), "A code")
    file_id = sent["result"]["photo"][0]["file_id"]
    await api.ok("sendPhoto", chat_id=leyla.id, photo=file_id)
    sandbox.send_photo(leyla.id)
    update = (await api.ok("getUpdates"))[-1]
    found = await api.ok("getFile", file_id=update["message"]["photo"][0]["file_id"])
    async with api.session.get(f"{sandbox.url}/file/bot{TOKEN}/{found['file_path']}") as answer:
        assert await answer.read() == small_png()
    async with api.session.get(f"{sandbox.url}/file/bot1:wrong/{found['file_path']}") as answer:
        assert answer.status == 401


async def test_photos_telegram_refuses(api: Api, leyla: Person) -> None:
    """Too heavy, too narrow, too many words, or not there."""
    heavy = await send_picture(api, leyla, bytes(10 * 1024 * 1024 + 1))
    assert "is too big for a photo" in heavy["description"]
    narrow = await send_picture(api, leyla, small_png(210, 10))
    assert narrow["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    wordy = await send_picture(api, leyla, small_png(), "x" * 1025)
    assert wordy["description"] == "Bad Request: message caption is too long"
    _, reason = await api.refusal("sendPhoto", chat_id=leyla.id, photo="https://example.org/a.png")
    assert reason == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_documents_are_kept(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """With their name."""
    form = aiohttp.FormData({"chat_id": str(leyla.id)})
    form.add_field("document", b"[]", filename="mine.json", content_type="application/json")
    async with api.session.post(f"{sandbox.url}/bot{TOKEN}/sendDocument", data=form) as answer:
        assert (await answer.json())["result"]["document"]["file_name"] == "mine.json"
    assert sandbox.chat(leyla.id).messages[-1].document is not None


async def test_the_menu_a_person_sees_is_the_narrowest(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Own chat before all chats, own language before any."""

    def menu(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": "…"}]

    await api.ok("setMyCommands", commands=menu("everybody"))
    assert commands_for(sandbox, leyla) == menu("everybody")
    await api.ok("setMyCommands", commands=menu("arabic"), language_code="ar")
    assert commands_for(sandbox, leyla) == menu("arabic")
    scope = {"type": "chat", "chat_id": leyla.id}
    await api.ok("setMyCommands", commands=menu("leyla"), scope=scope)
    assert commands_for(sandbox, leyla) == menu("leyla")
    await api.ok("deleteMyCommands", scope=scope)
    assert commands_for(sandbox, leyla) == menu("arabic")
    assert await api.ok("getMyCommands", language_code="ar") == menu("arabic")
    assert (await api.refusal("setMyCommands", commands=menu("Not Good")))[0] == 400
    assert (await api.refusal("setMyCommands", commands=menu("a") * 101))[0] == 400


@pytest.mark.parametrize(
    ("setter", "getter", "field", "longest"),
    [
        ("setMyName", "getMyName", "name", 64),
        ("setMyDescription", "getMyDescription", "description", 512),
        ("setMyShortDescription", "getMyShortDescription", "short_description", 120),
    ],
)
async def test_the_profile_speaks_languages(
    api: Api, setter: str, getter: str, field: str, longest: int
) -> None:
    """Set for one language, read for another: the general text."""
    await api.ok(setter, **{field: "Notes"})
    await api.ok(setter, **{field: "Anteckningar"}, language_code="sv")
    assert await api.ok(getter, language_code="sv") == {field: "Anteckningar"}
    assert await api.ok(getter, language_code="fa") == {field: "Notes"}
    assert (await api.refusal(setter, **{field: "x" * (longest + 1)}))[0] == 400


async def test_a_profile_photo_is_an_uploaded_jpeg(api: Api, sandbox: Sandbox) -> None:
    """Named inside the object, as the official schema has it; anything else is refused."""

    async def sent(photo: bytes, kind: str = "static", named: str = "attach://file") -> int:
        form = aiohttp.FormData({"photo": json.dumps({"type": kind, "photo": named})})
        form.add_field("file", photo, filename="picture.jpg")
        async with api.session.post(f"{sandbox.url}/bot{TOKEN}/setMyProfilePhoto", data=form) as answer:
            return answer.status

    assert await sent(b"\xff\xd8\xff picture") == 200
    assert sandbox.profile.photo == b"\xff\xd8\xff picture"
    assert await sent(small_png()) == 400
    assert await sent(b"\xff\xd8\xff", kind="animated") == 400
    assert await sent(b"\xff\xd8\xff", named="attach://other") == 400
    assert await sent(b"\xff\xd8\xff", named="AgACfile") == 400
    assert await api.ok("removeMyProfilePhoto")
    assert sandbox.profile.photo is None


async def test_small_methods_answer(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """Each with what a library needs to read it."""
    number = await said(api, leyla)
    assert (await api.ok("getMe"))["is_bot"]
    assert (await api.ok("getChat", chat_id=leyla.id))["first_name"] == "Leyla"
    assert await api.ok("sendChatAction", chat_id=leyla.id, action="typing")
    assert (await api.refusal("sendChatAction", chat_id=leyla.id, action="dance"))[0] == 400
    assert await api.ok("setChatMenuButton", chat_id=leyla.id, menu_button={"type": "commands"})
    assert await api.ok("getChatMenuButton", chat_id=leyla.id) == {"type": "commands"}
    reaction = {"chat_id": leyla.id, "message_id": number}
    assert await api.ok("setMessageReaction", **reaction, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert sandbox.chat(leyla.id).messages[-1].reactions == [{"type": "emoji", "emoji": "👍"}]
    refusal = await api.refusal("setMessageReaction", **reaction, reaction=[{"type": "emoji", "emoji": "✅"}])
    assert refusal == (400, "Bad Request: REACTION_INVALID")
    assert await api.ok("logOut")
    assert await api.ok("close")


async def test_too_fast_is_429_with_the_seconds_to_wait(clock: Clock, session: aiohttp.ClientSession) -> None:
    """`parameters.retry_after` is what a sender lives by; moving the clock is waiting."""
    sandbox = Sandbox(TOKEN, clock, Limits(chat_per_second=0.01, chat_burst=2))
    await sandbox.start()
    try:
        api = Api(sandbox, session)
        leyla = sandbox.add_person("Leyla")
        sandbox.start_bot(leyla.id)
        await said(api, leyla)
        number = await said(api, leyla)
        answer = await api("sendMessage", chat_id=leyla.id, text="a")
        seconds = answer["parameters"]["retry_after"]
        assert answer["description"] == f"Too Many Requests: retry after {seconds}"
        edit = await api.refusal("editMessageText", chat_id=leyla.id, message_id=number, text="b")
        assert edit[0] == 429
        clock.move(timedelta(seconds=seconds))
        await said(api, leyla)
    finally:
        await sandbox.stop()


async def test_python_telegram_bot_understands_every_answer(sandbox: Sandbox, leyla: Person) -> None:
    """The library the bot is built on, with its own HTTP client."""
    async with Bot(TOKEN, f"{sandbox.url}/bot", f"{sandbox.url}/file/bot") as bot:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("I am safe", callback_data="safe")]])
        message = await bot.send_message(leyla.id, "<b>Hi</b>", parse_mode="HTML", reply_markup=keyboard)
        assert (message.chat.id, message.text) == (leyla.id, "Hi")
        sandbox.press(leyla.id, message.message_id, "safe")
        sandbox.send_photo(leyla.id)
        pressed, photographed = await bot.get_updates(timeout=0)
        assert pressed.callback_query is not None
        assert await pressed.callback_query.answer("Good")
        assert photographed.message is not None
        file = await photographed.message.photo[0].get_file()
        assert bytes(await file.download_as_bytearray()) == small_png()
        sent = await bot.send_photo(leyla.id, small_png(), caption="A code")
        assert sent.caption == "A code"
        assert (await bot.get_chat(leyla.id)).first_name == "Leyla"
        assert (await bot.get_webhook_info()).url == ""
        with pytest.raises(BadRequest):
            await bot.edit_message_text("Hi", leyla.id, 1)
        sandbox.block(leyla.id)
        with pytest.raises(Forbidden):
            await bot.send_message(leyla.id, "a")
        blocked = (await bot.get_updates(offset=photographed.update_id + 1, timeout=0))[0]
        assert blocked.my_chat_member is not None
        assert blocked.my_chat_member.new_chat_member.status == "kicked"
