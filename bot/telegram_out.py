"""
What leaves for Telegram. With request.py the only place that knows python-telegram-bot.

Each call succeeds or raises DeliveryFailed, whose kind says whether repeating is safe (platform.md 2.7). What is asked
for and already so ("message is not modified", a message that is gone, a press too old) is a success.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Self, assert_never

import msgspec
from telegram import Bot, BotCommandScopeChat, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

from bot import cleaning
from bot.outgoing import (
    AnswerPress,
    Buttons,
    Delete,
    DeliveryFailed,
    Edit,
    Failure,
    Forwarded,
    Outgoing,
    Photo,
    Picture,
    Send,
    SetCommands,
    Trend,
    Unbutton,
)
from bot.request import AiohttpRequest, Limited, NotSent
from dialogs.letters import LARGEST_FILE

OFFICIAL: Final = "https://api.telegram.org"
DELETE_LIMIT: Final = 100  # message ids in one deleteMessages

_NO_SUCH_PERSON = ("chat not found", "user not found", "peer_id_invalid")
_ALREADY_SO: Mapping[type[msgspec.Struct], tuple[str, ...]] = {
    Edit: (
        "message is not modified",
        "message to edit not found",
    ),  # she hid the chat while the answer was written
    Unbutton: ("message is not modified", "message to edit not found", "message can't be edited"),
    Delete: ("message to delete not found", "message can't be deleted", "message identifier is not"),
    AnswerPress: ("query is too old", "query id is invalid"),
}
_NO_PREVIEW = {"is_disabled": True}


class Me(msgspec.Struct, frozen=True):
    """The bot itself."""

    id: int
    username: str


class Telegram:
    """The bot's account. Open it before use; opening calls nobody, so it works while Telegram is away."""

    def __init__(
        self,
        token: str,
        api_base: str = OFFICIAL,
        request: AiohttpRequest | None = None,
        paint: Callable[[str, str], bytes] | None = None,
        paint_trend: Callable[[Trend], bytes] | None = None,
    ) -> None:
        self._paint, self._paint_trend = paint, paint_trend
        self._request = request or AiohttpRequest()
        self._bot = Bot(
            token,
            base_url=f"{api_base.rstrip('/')}/bot",
            base_file_url=f"{api_base.rstrip('/')}/file/bot",
            request=self._request,
            get_updates_request=self._request,  # never used for that (fetching.py); none would build httpx's
        )

    def __repr__(self) -> str:
        return "Telegram()"

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Make ready to send."""
        await self._request.initialize()

    async def close(self) -> None:
        """Give the connections back."""
        await self._request.shutdown()

    async def get_me(self) -> Me:
        """Ask who we are: the way to see whether the token is right."""
        try:
            user = await self._bot.get_me()
        except Exception as error:
            raise _failed(error) from error
        return Me(user.id, user.username or "")

    async def come_to(self, url: str, secret: str, updates: tuple[str, ...]) -> None:
        """Ask Telegram to bring updates to `url`; raises `DeliveryFailed`. What waits is kept."""
        try:
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=updates)
        except Exception as error:
            raise _failed(error) from error

    async def stay_away(self) -> None:
        """Ask Telegram to keep updates until we fetch them; raises `DeliveryFailed`. What waits is kept."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except Exception as error:
            raise _failed(error) from error

    async def deliver(self, outgoing: Outgoing) -> int | None:
        """Carry it out; return the message id where a message came of it."""
        try:
            return await self._carry_out(outgoing)
        except Exception as error:
            if isinstance(error, BadRequest) and _says(error, _ALREADY_SO.get(type(outgoing), ())):
                if isinstance(outgoing, Delete):
                    await self._delete_singly(outgoing)
                return None
            raise _failed(error) from error

    async def _carry_out(self, outgoing: Outgoing) -> int | None:
        match outgoing:
            case Send():
                return await self._send(outgoing)
            case Edit():
                await self._edit(outgoing)
            case Unbutton(chat_id, message_id):
                await self._bot.edit_message_reply_markup(chat_id, message_id)
            case Delete(chat_id, message_ids):
                await self._delete(chat_id, message_ids)
            case AnswerPress(press_id, text, alert):
                await self._bot.answer_callback_query(press_id, text, show_alert=alert or None)
            case SetCommands():
                await self._set_commands(outgoing)
            case Photo():
                return await self._send_photo(outgoing)
            case Picture():
                return await self._send_photo(await self._drawn(outgoing))
            case Forwarded():
                return await self._send_file(outgoing)
            case Trend():
                return await self._send_photo(await self._drawn_trend(outgoing))
            case _:
                assert_never(outgoing)
        return None

    async def _send(self, send: Send) -> int:
        sent = await self._call(
            "SendMessage",
            chat_id=send.chat_id,
            text=send.text,
            disable_notification=send.silent or None,
            protect_content=send.protect or None,
            link_preview_options=_NO_PREVIEW,
            **_markup(send),
        )
        return int(sent["message_id"])

    async def _edit(self, edit: Edit) -> None:
        await self._call(
            "EditMessageText",
            chat_id=edit.chat_id,
            message_id=edit.message_id,
            text=edit.text,
            link_preview_options=_NO_PREVIEW,
            **_inline(edit.buttons),
        )

    async def _call(self, method: str, **parameters: Any) -> Any:
        """
        Take the short way through python-telegram-bot for what is sent all day.

        `Bot.send_message` builds a whole Message of what we have just written, which costs as much as the sending.
        The library warns when its own methods are called so, and knows them by their usual spelling; to Telegram
        the case of a method's first letter is the same.
        """
        return await self._bot.do_api_request(method, api_kwargs=parameters)

    async def _drawn(self, picture: Picture) -> Photo:
        """Draw beside the loop. A picture that is gone since it was ordered will never be there: invalid."""
        if self._paint is None:
            raise DeliveryFailed(Failure.INVALID, detail="nobody here can draw")
        try:
            png = await asyncio.to_thread(self._paint, picture.name, picture.locale)
        except KeyError:
            raise DeliveryFailed(Failure.INVALID, detail="no such picture") from None
        return Photo(picture.chat_id, png, picture.caption, silent=picture.silent, protect=picture.protect)

    async def _drawn_trend(self, trend: Trend) -> Photo:
        """Draw beside the loop."""
        if self._paint_trend is None:
            raise DeliveryFailed(Failure.INVALID, detail="nobody here can draw")
        png = await asyncio.to_thread(self._paint_trend, trend)
        return Photo(trend.chat_id, png, trend.caption, silent=trend.silent, protect=trend.protect)

    async def _send_photo(self, photo: Photo) -> int:
        sent = await self._bot.send_photo(
            photo.chat_id,
            InputFile(photo.png, filename="picture.png"),
            caption=photo.caption or None,
            disable_notification=photo.silent or None,
            protect_content=photo.protect or None,
            api_kwargs=_inline(photo.buttons),
        )
        return sent.message_id

    async def _send_file(self, file: Forwarded) -> int:
        """Fetched, cleaned and uploaded anew, so that nothing of where it came from goes with it."""
        data = await self._fetched(file.file_id)
        try:
            data, ending = await asyncio.to_thread(cleaning.cleaned, data, file.kind, file.ending)
        except cleaning.NotCleanable as error:
            raise DeliveryFailed(Failure.INVALID, detail="a picture that cannot be cleaned") from error
        upload = InputFile(data, filename=f"{file.kind}.{ending}", attach=True)
        how: dict[str, Any] = {
            "caption": file.caption or None,
            "disable_notification": file.silent or None,
            "protect_content": file.protect or None,
        }
        match file.kind:
            case "photo":
                sent = await self._bot.send_photo(file.chat_id, upload, **how)
            case "voice":
                sent = await self._bot.send_voice(file.chat_id, upload, **how)
            case _:
                sent = await self._bot.send_document(
                    file.chat_id, upload, disable_content_type_detection=True, **how
                )
        return sent.message_id

    async def _fetched(self, file_id: str) -> bytes:
        """Nothing has left yet: whatever goes wrong here, but for a file that is gone, may be tried again."""
        try:
            found = await self._bot.get_file(file_id)
            _check_size(found.file_size or 0)
            return bytes(await found.download_as_bytearray())
        except BadRequest as error:
            raise DeliveryFailed(Failure.INVALID, detail=_unquoted(error.message)) from error
        except Exception as error:
            failed = _failed(error)
            kind = Failure.NOT_SENT if failed.kind is Failure.UNCLEAR else failed.kind
            raise DeliveryFailed(kind, failed.retry_after, type(error).__name__) from error

    async def _set_commands(self, menu: SetCommands) -> None:
        scope = BotCommandScopeChat(menu.chat_id)
        if menu.commands:
            await self._bot.set_my_commands(menu.commands, scope)
        else:
            await self._bot.delete_my_commands(scope)

    async def _delete(self, chat_id: int, message_ids: tuple[int, ...]) -> None:
        for start in range(0, len(message_ids), DELETE_LIMIT):
            await self._bot.delete_messages(chat_id, message_ids[start : start + DELETE_LIMIT])

    async def _delete_singly(self, delete: Delete) -> None:
        """One that cannot be deleted must not keep the others, so each is tried alone."""
        for message_id in delete.message_ids if len(delete.message_ids) > 1 else ():
            await self.deliver(Delete(delete.chat_id, (message_id,)))


def _check_size(size: int) -> None:
    if size > LARGEST_FILE:
        raise DeliveryFailed(Failure.INVALID, detail="a file that is too large")


def _markup(send: Send) -> dict[str, Any]:
    if send.buttons or send.reply_keyboard is None:
        return _inline(send.buttons)
    if not send.reply_keyboard:
        return {"reply_markup": {"remove_keyboard": True}}
    rows = [[{"text": text} for text in row] for row in send.reply_keyboard]
    return {"reply_markup": {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}}


def _inline(buttons: Buttons) -> dict[str, Any]:
    if not buttons:
        return {}
    rows = []
    for row in buttons:
        made: list[dict[str, Any]] = []
        for button in row:
            if button.copy is not None:
                made.append({"text": button.text, "copy_text": {"text": button.copy}})
            else:
                made.append({"text": button.text, "callback_data": button.data})
        rows.append(made)
    return {"reply_markup": {"inline_keyboard": rows}}


def _failed(error: Exception) -> DeliveryFailed:
    """Name the failure. Whatever is not known for certain is unclear, an error inside the library as well."""
    match error:
        case DeliveryFailed():
            return error
        case NotSent(cause=cause):
            return DeliveryFailed(Failure.NOT_SENT, detail=cause)
        case Limited(retry_after=seconds):
            return DeliveryFailed(Failure.LIMITED, seconds)
        case Forbidden():
            return DeliveryFailed(Failure.BLOCKED)
        case BadRequest() if _says(error, _NO_SUCH_PERSON):
            return DeliveryFailed(Failure.BLOCKED)
        case BadRequest():
            return DeliveryFailed(Failure.INVALID, detail=_unquoted(error.message))
        case InvalidToken():
            return DeliveryFailed(Failure.UNAUTHORISED)
        case Conflict():
            return DeliveryFailed(Failure.CONFLICT)
        case _:
            return DeliveryFailed(Failure.UNCLEAR, detail=getattr(error, "cause", type(error).__name__))


def _says(error: TelegramError, sentences: tuple[str, ...]) -> bool:
    description = error.message.lower()
    return any(sentence in description for sentence in sentences)


def _unquoted(description: str) -> str:
    """Telegram's sentence up to where it might quote us: the first quote, digit or strange letter."""
    match = re.match(r"[A-Za-z_' :,-]*", description)
    return match.group().strip(" :,")[:80] if match else ""
