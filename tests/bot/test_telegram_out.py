"""Deliveries through HTTP against the sandbox, with every accident a network knows."""

import socket
import traceback
from collections.abc import AsyncIterator
from datetime import date
from io import BytesIO

import msgspec
import pytest
import segno

from bot.clock import Clock
from bot.outgoing import (
    AnswerPress,
    Delete,
    DeliveryFailed,
    Edit,
    Failure,
    MyFile,
    Out,
    Outgoing,
    Photo,
    ProfileKind,
    ProfilePart,
    Send,
    SetCommands,
    Trend,
    Unbutton,
)
from bot.request import AiohttpRequest
from bot.sandbox.faults import FaultKind
from bot.sandbox.people import Message
from bot.sandbox.server import Sandbox
from bot.telegram_out import Telegram

TOKEN = "123456789:AAtesttesttesttesttesttesttesttest1"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(TOKEN, Clock())
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def telegram(sandbox: Sandbox) -> AsyncIterator[Telegram]:
    async with Telegram(TOKEN, sandbox.url, AiohttpRequest(read_timeout=0.3)) as telegram:
        yield telegram


@pytest.fixture
def leyla(sandbox: Sandbox) -> int:
    person = sandbox.add_person("Leyla", "fa")
    sandbox.start_bot(person.id)
    return person.id


def received(sandbox: Sandbox, person: int) -> list[Message]:
    return [message for message in sandbox.chat(person).messages if message.from_bot and not message.deleted]


async def failure_of(telegram: Telegram, outgoing: Outgoing) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await telegram.deliver(outgoing)
    return caught.value


async def delivered(telegram: Telegram, outgoing: Outgoing) -> int:
    message_id = await telegram.deliver(outgoing)
    assert message_id is not None
    return message_id


async def test_a_message_arrives_as_it_was_meant(telegram: Telegram, sandbox: Sandbox, leyla: int) -> None:
    """Plain text stays plain, whatever she wrote into it."""
    buttons = ((Out("Jag är trygg", "c:1:ok"), Out("112", copy="112")),)
    text = "<b>Hej</b> *Leyla* & _du_"
    await delivered(telegram, Send(leyla, text, buttons, silent=True, protect=True))
    (message,) = received(sandbox, leyla)
    assert message.text == text
    assert [[button.text for button in row] for row in message.buttons] == [["Jag är trygg", "112"]]
    (call,) = sandbox.calls_of("sendMessage")
    assert call.parameters["disable_notification"] is True
    assert call.parameters["protect_content"] is True
    assert call.parameters["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in call.parameters


async def test_the_reply_keyboard_is_shown_and_taken_away(
    telegram: Telegram, sandbox: Sandbox, leyla: int
) -> None:
    """It must vanish when she asks for a quiet chat."""
    await telegram.deliver(Send(leyla, "a", reply_keyboard=(("Meny", "Guider"),)))
    assert sandbox.chat(leyla).reply_keyboard == [["Meny", "Guider"]]
    await telegram.deliver(Send(leyla, "b"))
    assert sandbox.chat(leyla).reply_keyboard == [["Meny", "Guider"]]
    await telegram.deliver(Send(leyla, "c", reply_keyboard=()))
    assert sandbox.chat(leyla).reply_keyboard is None


async def test_each_part_of_the_profile_is_shown_and_taken_back(telegram: Telegram, sandbox: Sandbox) -> None:
    """As Telegram keeps it, by language; an empty part is one that is shown no more."""
    shown, profile = ("Linden", "Guides.", "By invitation."), sandbox.profile
    kinds = (ProfileKind.NAME, ProfileKind.DESCRIPTION, ProfileKind.SHORT_DESCRIPTION)
    for kind, text in zip(kinds, shown, strict=True):
        await telegram.present(ProfilePart(kind, "sv", text))
    await telegram.present(ProfilePart(ProfileKind.COMMANDS, "sv", commands=(("help", "Hjälp"),)))
    await telegram.present(ProfilePart(ProfileKind.PICTURE, jpeg=b"\xff\xd8\xff picture"))
    assert await telegram.presented("sv") == shown
    assert await telegram.presented() == ("Sandbox", "", "")
    assert profile.commands == {("default", "sv"): [{"command": "help", "description": "Hjälp"}]}
    assert profile.photo == b"\xff\xd8\xff picture"
    for kind in ProfileKind:
        await telegram.present(ProfilePart(kind, "" if kind is ProfileKind.PICTURE else "sv"))
    assert await telegram.presented("sv") == ("Sandbox", "", "")
    assert not profile.commands
    assert sandbox.profile.photo is None


async def test_a_profile_that_is_refused_has_the_usual_names_for_it(
    telegram: Telegram, sandbox: Sandbox
) -> None:
    """So that whoever shows it knows whether to try again."""
    sandbox.faults.add("refuse", method="setMyName", code=429, retry_after=30)
    with pytest.raises(DeliveryFailed) as caught:
        await telegram.present(ProfilePart(ProfileKind.NAME, text="Linden"))
    assert (caught.value.kind, caught.value.retry_after) == (Failure.LIMITED, 30)
    sandbox.faults.add("refuse", method="getMyName", code=401)
    with pytest.raises(DeliveryFailed):
        await telegram.presented()


async def test_editing_is_repeatable(telegram: Telegram, sandbox: Sandbox, leyla: int) -> None:
    """What is as it should be is a success."""
    sent = await delivered(telegram, Send(leyla, "a", ((Out("x", "x"),),)))
    for _ in range(2):
        assert await telegram.deliver(Edit(leyla, sent, "b", ((Out("y", "y"),),))) is None
    for _ in range(2):
        await telegram.deliver(Unbutton(leyla, sent))
    (message,) = received(sandbox, leyla)
    assert (message.text, message.buttons) == ("b", [])


async def test_editing_what_is_gone_is_no_failure(telegram: Telegram, sandbox: Sandbox, leyla: int) -> None:
    """Whoever hides the chat between a press and its answer wants it empty, and nobody is to look into it."""
    sent = await delivered(telegram, Send(leyla, "a"))
    await telegram.deliver(Delete(leyla, (sent,)))
    assert await telegram.deliver(Edit(leyla, sent, "b")) is None
    assert received(sandbox, leyla) == []


async def test_deleting_what_is_gone_is_no_failure(telegram: Telegram, sandbox: Sandbox, leyla: int) -> None:
    """She, or Telegram's own timer, may have been faster."""
    sent = await delivered(telegram, Send(leyla, "a"))
    await telegram.deliver(Delete(leyla, (sent,)))
    await telegram.deliver(Delete(leyla, (sent, sent + 1000)))
    assert received(sandbox, leyla) == []


async def test_one_message_that_cannot_be_deleted_does_not_keep_the_others(
    telegram: Telegram, sandbox: Sandbox, leyla: int
) -> None:
    """A chat is cleared as far as Telegram lets us."""
    sent = tuple([await delivered(telegram, Send(leyla, word)) for word in "abc"])
    no = "Bad Request: message can't be deleted"
    sandbox.faults.add("refuse", method="deleteMessages", code=400, description=no)
    sandbox.faults.add("refuse", method="deleteMessages", code=400, description=no)
    with pytest.raises(DeliveryFailed) as failed:
        await telegram.deliver(Delete(leyla, sent))
    assert [message.text for message in received(sandbox, leyla)] == ["a"]
    assert failed.value.kind is Failure.REMAINS, "she is told what remains"


async def test_a_message_that_is_gone_already_is_deleted(
    telegram: Telegram, sandbox: Sandbox, leyla: int
) -> None:
    """What is asked for is so; only what still stands there is worth a word."""
    sent = tuple([await delivered(telegram, Send(leyla, word)) for word in "ab"])
    no = "Bad Request: message to delete not found"
    sandbox.faults.add("refuse", method="deleteMessages", code=400, description=no)
    sandbox.faults.add("refuse", method="deleteMessages", code=400, description=no)
    assert await telegram.deliver(Delete(leyla, sent)) is None
    assert [message.text for message in received(sandbox, leyla)] == ["a"]


async def test_many_messages_are_deleted_a_hundred_at_a_time(
    telegram: Telegram, sandbox: Sandbox, leyla: int
) -> None:
    """Telegram takes no more in one call."""
    await telegram.deliver(Delete(leyla, tuple(range(1000, 1250))))
    asked = [len(call.parameters["message_ids"]) for call in sandbox.calls_of("deleteMessages")]
    assert asked == [100, 100, 50]


async def test_a_press_is_answered_and_one_too_old_is_no_failure(
    telegram: Telegram, sandbox: Sandbox, leyla: int
) -> None:
    """After an outage every press is too old."""
    sent = await delivered(telegram, Send(leyla, "a", ((Out("x", "x"),),)))
    press = sandbox.press(leyla, sent, "x")
    await telegram.deliver(AnswerPress(press, "Sparat", alert=True))
    await telegram.deliver(AnswerPress("12345", "Sparat"))
    first, second = sandbox.calls_of("answerCallbackQuery")
    assert (first.status, first.parameters["show_alert"]) == (200, True)
    assert second.status == 400


async def test_the_command_menu_is_set_for_one_chat(telegram: Telegram, sandbox: Sandbox, leyla: int) -> None:
    """In her language, and nobody else's."""
    await telegram.deliver(SetCommands(leyla, (("menu", "Meny"),)))
    await telegram.deliver(SetCommands(leyla))
    (call,) = sandbox.calls_of("setMyCommands")
    assert call.parameters["commands"] == [{"command": "menu", "description": "Meny"}]
    assert call.parameters["scope"] == {"type": "chat", "chat_id": leyla}
    assert len(sandbox.calls_of("deleteMyCommands")) == 1


async def test_a_picture_arrives_whole(telegram: Telegram, sandbox: Sandbox, leyla: int) -> None:
    """An invitation is shown as a QR code."""
    picture = BytesIO()
    segno.make("vidare").save(picture, kind="png", scale=4)
    await delivered(
        telegram, Photo(leyla, picture.getvalue(), "Visa den här", ((Out("x", "x"),),), protect=True)
    )
    (call,) = sandbox.calls_of("sendPhoto")
    assert call.parameters["photo"].data == picture.getvalue()
    assert call.parameters["caption"] == "Visa den här"
    assert call.parameters["protect_content"] is True


TREND = Trend(0, ((date(2026, 11, 24), 4),), date(2026, 11, 25), "sv", "Två veckor")


async def test_two_weeks_are_drawn_when_they_leave_and_cannot_be_passed_on(
    sandbox: Sandbox, leyla: int
) -> None:
    """The outbox holds days and faces, sealed; the picture is protected."""
    request = AiohttpRequest(read_timeout=2)
    drawing = Telegram(TOKEN, sandbox.url, request, paint_trend=lambda trend: f"{trend.faces}".encode())
    async with drawing as telegram:
        await delivered(telegram, msgspec.structs.replace(TREND, chat_id=leyla))
    (call,) = sandbox.calls_of("sendPhoto")
    assert call.parameters["photo"].data == f"{TREND.faces}".encode()
    assert (call.parameters["caption"], call.parameters["protect_content"]) == ("Två veckor", True)


async def test_where_nobody_can_draw_it_is_refused_for_good(telegram: Telegram) -> None:
    """Trying again would not help."""
    assert (await failure_of(telegram, TREND)).kind is Failure.INVALID


async def test_who_we_are_is_asked_when_it_matters(telegram: Telegram, sandbox: Sandbox) -> None:
    """`vidare doctor` shows it; sending does not need it."""
    assert sandbox.calls == []
    assert (await telegram.get_me()).username


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (FaultKind.DELAY_AFTER, 1),
        (FaultKind.DROP_AFTER, 1),
        (FaultKind.DROP_BEFORE, 0),
        (FaultKind.BAD_GATEWAY, 1),
        (FaultKind.GARBAGE, 1),
    ],
)
async def test_what_may_have_arrived_is_unclear(
    telegram: Telegram, sandbox: Sandbox, leyla: int, fault: FaultKind, arrived: int
) -> None:
    """Nobody can tell them apart, so the policy of the message decides (design.md 4)."""
    sandbox.faults.add(fault, method="sendMessage", seconds=1.0)
    failure = await failure_of(telegram, Send(leyla, "hej"))
    assert (failure.kind, failure.permanent) == (Failure.UNCLEAR, False)
    assert len(received(sandbox, leyla)) == arrived


@pytest.mark.parametrize(
    ("code", "description", "kind", "permanent"),
    [
        (400, "Bad Request: chat not found", Failure.BLOCKED, True),
        (400, "Bad Request: message text is empty", Failure.INVALID, True),
        (400, "Bad Request: BUTTON_DATA_INVALID", Failure.INVALID, True),
        (401, "Unauthorized", Failure.UNAUTHORISED, False),
        (403, "Forbidden: bot was blocked by the user", Failure.BLOCKED, True),
        (403, "Forbidden: user is deactivated", Failure.BLOCKED, True),
        (404, "Not Found", Failure.UNAUTHORISED, False),
        (409, "Conflict: terminated by other getUpdates request", Failure.CONFLICT, False),
        (500, "Internal Server Error", Failure.UNCLEAR, False),
    ],
)
async def test_a_refusal_is_told_by_its_kind(
    telegram: Telegram,
    sandbox: Sandbox,
    leyla: int,
    code: int,
    description: str,
    kind: Failure,
    permanent: bool,
) -> None:
    """Permanent means: the next contact person now."""
    sandbox.faults.add("refuse", code=code, description=description)
    failure = await failure_of(telegram, Send(leyla, "hej"))
    assert (failure.kind, failure.permanent, failure.retry_after) == (kind, permanent, None)


async def test_a_pause_that_telegram_asks_for_is_named(
    telegram: Telegram, sandbox: Sandbox, leyla: int
) -> None:
    """Without a warning of the library, which would be an error here."""
    sandbox.faults.add("refuse", code=429, description="Too Many Requests", retry_after=17)
    failure = await failure_of(telegram, Send(leyla, "hej"))
    assert (failure.kind, failure.retry_after) == (Failure.LIMITED, 17.0)


async def test_when_nobody_listens_it_was_not_sent() -> None:
    """Then even a check-in may be sent again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with Telegram(TOKEN, f"http://127.0.0.1:{port}") as telegram:
        assert (await failure_of(telegram, Send(7, "hej"))).kind is Failure.NOT_SENT


async def test_an_answer_of_another_shape_is_unclear(
    telegram: Telegram, sandbox: Sandbox, leyla: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message may be there even though the library trips over what it is told."""
    monkeypatch.setitem(sandbox._methods, "sendMessage", lambda _: {"name": "Leyla"})
    assert (await failure_of(telegram, Send(leyla, "hej"))).kind is Failure.UNCLEAR


async def test_no_failure_shows_token_or_words(telegram: Telegram, sandbox: Sandbox, leyla: int) -> None:
    """They end in logs; Telegram sometimes quotes what it refuses."""
    sandbox.faults.add("refuse", code=400, description='Bad Request: cannot take "Leyla"')
    failure = await failure_of(telegram, Send(leyla, "Leyla"))
    assert "Leyla" not in str(failure)
    sandbox.faults.add("drop_after")
    failure = await failure_of(telegram, Send(leyla, "Leyla"))
    assert TOKEN not in "".join(traceback.format_exception(failure)) + repr(telegram)


# --- her own file ---


async def all_of(person: int) -> bytes | None:
    """What stands in the tables about person 7, and about nobody else."""
    return "Who you are here".encode("utf-8-sig") if person == 7 else None


async def test_her_file_is_read_when_it_leaves_and_says_nothing_outside(sandbox: Sandbox, leyla: int) -> None:
    """Name and caption may stand on a lock screen; by itself it can be read in this chat only."""
    async with Telegram(TOKEN, sandbox.url, AiohttpRequest(), read_all=all_of) as telegram:
        await delivered(telegram, MyFile(leyla, 7, "Here is the text you asked for."))
        await delivered(telegram, MyFile(leyla, 7, protect=False))
    first, second = sandbox.calls_of("sendDocument")
    assert str(first.parameters["protect_content"]).lower() == "true"
    assert "protect_content" not in second.parameters
    stored = [sandbox.files.get(each.document or "") for each in received(sandbox, leyla)[-2:]]
    assert [each.name for each in stored if each] == ["text.txt", "text.txt"]
    assert [each.data.decode("utf-8-sig") for each in stored if each] == ["Who you are here"] * 2


async def test_there_is_no_file_of_somebody_who_is_gone(
    sandbox: Sandbox, telegram: Telegram, leyla: int
) -> None:
    """Nor where nobody can read: neither will ever be otherwise, so it is not tried again."""
    async with Telegram(TOKEN, sandbox.url, AiohttpRequest(), read_all=all_of) as reading:
        assert (await failure_of(reading, MyFile(leyla, 8))).kind is Failure.INVALID
    assert (await failure_of(telegram, MyFile(leyla, 7))).kind is Failure.INVALID
