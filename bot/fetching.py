"""
Updates from Telegram, raw: asked for by long polling, or brought by a webhook.

A batch is cut into updates without reading any, so that one nobody can read does not stop the others. Nothing is
confirmed here: the offset of the next `fetch`, or the return of `handle`, is the confirmation (platform.md 0.2).
"""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from aiohttp import web

from bot.outgoing import Failure
from bot.request import AiohttpRequest, Limited, NotSent, Unclear, read_refusal
from bot.telegram_in import mended, update_id_of

__all__ = ["WEBHOOK_PATH", "FetchFailed", "Fetcher", "update_id_of", "webhook_routes"]

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
LONG_POLL: Final = 50.0  # seconds; Telegram waits no longer
LATE: Final = 10.0  # what the answer may take beyond the wait
WEBHOOK_PATH: Final = "/telegram"
BODY_LIMIT: Final = 1024 * 1024
_SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_KINDS: Final = {401: Failure.UNAUTHORISED, 404: Failure.UNAUTHORISED, 409: Failure.CONFLICT}

_log = logging.getLogger(__name__)


class FetchFailed(Exception):
    """No updates this time; nothing was confirmed, so asking again loses nothing."""

    def __init__(self, kind: Failure, retry_after: float | None = None) -> None:
        super().__init__(f"no updates: {kind}")
        self.kind, self.retry_after = kind, retry_after


class _Batch(msgspec.Struct):
    result: list[msgspec.Raw]


_batches = msgspec.json.Decoder(_Batch)


class Fetcher:
    """
    Asks for updates. Give it a request of its own: a long poll holds its connection.

    python-telegram-bot is passed by, because it reads the whole batch or nothing.
    """

    def __init__(self, request: AiohttpRequest, token: str, api_base: str) -> None:
        self._request = request
        self._url = f"{api_base.rstrip('/')}/bot{token}/getUpdates"

    def __repr__(self) -> str:
        return "Fetcher()"

    async def fetch(
        self,
        offset: int | None,
        limit: int = 100,
        timeout: float = LONG_POLL,  # noqa: ASYNC109
    ) -> list[msgspec.Raw]:
        """
        Return the next updates, none if none came within `timeout` seconds, which Telegram waits, not we.

        All below `offset` are confirmed; None confirms nothing.
        """
        asked = {"limit": limit, "timeout": int(timeout), "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            asked["offset"] = offset
        return _updates_in(await self._ask(msgspec.json.encode(asked), timeout + LATE))

    async def _ask(self, body: bytes, patience: float) -> bytes:
        try:
            status, answer = await self._request.call(self._url, body, patience)
            if 200 <= status <= 299:
                return answer
            read_refusal(status, answer)
        except NotSent as error:
            raise FetchFailed(Failure.NOT_SENT) from error
        except Unclear as error:
            raise FetchFailed(Failure.UNCLEAR) from error
        except Limited as error:
            raise FetchFailed(Failure.LIMITED, error.retry_after) from error
        raise FetchFailed(_KINDS.get(status, Failure.UNCLEAR))


def _updates_in(answer: bytes) -> list[msgspec.Raw]:
    try:
        return _batches.decode(answer).result
    except msgspec.ValidationError:
        pass
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _mended_updates(answer)
    raise FetchFailed(Failure.UNCLEAR)


def _mended_updates(answer: bytes) -> list[msgspec.Raw]:
    """Half a character in one update makes msgspec refuse the batch; the standard library reads it."""
    try:
        result = mended(answer).get("result")
    except (ValueError, RecursionError):
        result = None
    if not isinstance(result, list):
        raise FetchFailed(Failure.UNCLEAR)
    return [msgspec.Raw(json.dumps(update)) for update in result]


def webhook_routes(secret: str, handle: Callable[[bytes], Awaitable[None]]) -> web.Application:
    """
    Return the server's side of a webhook at WEBHOOK_PATH.

    `handle` gets the raw update and returns after the commit; when it raises, Telegram is told to come again.
    """
    expected = secret.encode()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not expected or not hmac.compare_digest(given, expected):
            return web.Response(status=401)
        body = await request.read()  # over the limit: 413
        try:
            await handle(body)
        except Exception:  # noqa: BLE001 - whatever it is, Telegram must come again
            _log.exception("a webhook update was not handled, Telegram will bring it again")
            return web.Response(status=503)
        return web.Response()

    routes = web.Application(client_max_size=BODY_LIMIT)
    routes.router.add_post(WEBHOOK_PATH, receive)
    return routes
