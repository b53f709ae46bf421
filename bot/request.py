"""
The transport below python-telegram-bot: its BaseRequest on aiohttp, which is 2.5 times as fast as its own on httpx.

The promise: a failure says whether the request can have reached Telegram (`NotSent`, `Unclear`), and no exception
that leaves here holds the URL, which holds the token, nor anything a proxy or Telegram sent back that is not
Telegram's own description of an error. That is why failures are raised outside the `except` they were caught in:
aiohttp's own exceptions quote the URL and must not hang on as `__context__`.
"""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import msgspec
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECT_TIMEOUT = 5.0  # includes the wait for a free place in the pool
READ_TIMEOUT = 25.0  # long, so that few sends end unclear
UPLOAD_TIMEOUT = 60.0
KEEP_ALIVE = 30.0  # a connection Telegram closes while we write makes a send unclear; better let it go first
UNNAMED_PAUSE = 5.0  # a 429 that names no time

_JSON = {"Content-Type": "application/json", "User-Agent": "vidare"}
_FORM = {"User-Agent": "vidare"}
_NOTHING_WRITTEN = (
    aiohttp.ClientConnectorError,  # refused, no such host, TLS, proxy out of reach
    aiohttp.ConnectionTimeoutError,  # connecting or the pool took too long
    aiohttp.ClientHttpProxyError,  # the proxy would not connect us
    aiohttp.InvalidURL,
)


class NotSent(NetworkError):
    """The request never left, so it is safe to repeat."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"not sent: {cause}")
        self.cause = cause


class Unclear(NetworkError):
    """The request left; whether Telegram carried it out is unknown."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"unclear whether it arrived: {cause}")
        self.cause = cause


class Limited(TelegramError):
    """Telegram asks for a pause (429). Ours, because RetryAfter warns about its own attribute when it is built."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"too many requests, wait {retry_after:g} s")
        self.retry_after = retry_after


class _Parameters(msgspec.Struct):
    retry_after: float | None = None


class Refusal(msgspec.Struct):
    """What Telegram answers when it says no; everything else in the answer is dropped here."""

    ok: bool = False
    description: str = ""
    parameters: _Parameters = msgspec.field(default_factory=_Parameters)


_refusals = msgspec.json.Decoder(Refusal)


def read_refusal(status: int, body: bytes) -> Refusal:
    """Return the refusal in `body`; an empty one where a proxy or a broken server wrote it. Raises Limited."""
    try:
        refusal = _refusals.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        refusal = Refusal()
    if refusal.parameters.retry_after is not None:
        raise Limited(max(refusal.parameters.retry_after, 0.0))
    if status == 429:
        raise Limited(UNNAMED_PAUSE)
    return refusal


class AiohttpRequest(BaseRequest):
    """
    A pool of kept connections. `call` is the short way for what does not pass python-telegram-bot.

    Proxies come from the environment, but are looked up here: aiohttp's `trust_env` takes two hops to a thread
    for each request, and reads ~/.netrc.
    """

    def __init__(self, connections: int = 64, read_timeout: float = READ_TIMEOUT) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._timeout = _timeout(read_timeout)
        self._session: aiohttp.ClientSession | None = None
        self._has_proxies = False

    @property
    def read_timeout(self) -> float:
        """Seconds a send waits for its answer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; nothing happens when it is open."""
        if self._session is not None:
            return
        self._has_proxies = bool(getproxies())
        connector = aiohttp.TCPConnector(
            limit=self._connections, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300
        )
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=self._timeout
        )

    async def shutdown(self) -> None:
        """Close the pool; nothing happens when it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, url: str, body: bytes, read_timeout: float | None = None) -> tuple[int, bytes]:
        """Post a JSON body; return status and answer as they came."""
        timeout = self._timeout if read_timeout is None else _timeout(read_timeout)
        return await self._exchange("POST", url, data=body, headers=_JSON, timeout=timeout)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,  # noqa: ARG002 - the total covers it
        connect_timeout: object = None,  # noqa: ARG002 - one for all
        pool_timeout: object = None,  # noqa: ARG002 - part of connecting
    ) -> tuple[int, bytes]:
        """Carry out one call of python-telegram-bot. Refusals arrive there cleaned of all but their description."""
        timeout = _timeout(read_timeout) if isinstance(read_timeout, int | float) else self._timeout
        data: Any = None
        headers = _JSON
        if request_data is not None and request_data.contains_files:
            data, headers, timeout = _form(request_data), _FORM, _timeout(UPLOAD_TIMEOUT)
        elif request_data is not None:
            data = msgspec.json.encode(request_data.parameters)
        status, body = await self._exchange(method, url, data=data, headers=headers, timeout=timeout)
        if 200 <= status <= 299:
            return status, body
        return status, msgspec.json.encode({"description": read_refusal(status, body).description})

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. python-telegram-bot's own logs what it cannot read, with all its contents."""
        try:
            answer = msgspec.json.decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or answer.keys().isdisjoint(("result", "description")):
            raise Unclear("unreadable answer")
        return answer

    async def _exchange(self, method: str, url: str, **how: Any) -> tuple[int, bytes]:
        session = self._session
        if session is None or session.closed:
            raise NotSent("closed")
        failure: NetworkError
        if self._has_proxies:
            how.update(_proxy(url))
        try:
            async with session.request(method, url, allow_redirects=False, **how) as response:
                return response.status, await response.read()
        except _NOTHING_WRITTEN as error:
            failure = NotSent(type(error).__name__)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            failure = Unclear(type(error).__name__)
        raise failure


def _timeout(read: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=CONNECT_TIMEOUT + read, connect=CONNECT_TIMEOUT, sock_connect=CONNECT_TIMEOUT, sock_read=read
    )


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _proxy(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    found = None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)
    if not found:
        return {}
    proxy = URL(found)
    if proxy.user is None:
        return {"proxy": proxy}
    login = aiohttp.encode_basic_auth(proxy.user, proxy.password or "")
    return {"proxy": proxy.with_user(None), "proxy_headers": {"Proxy-Authorization": login}}
