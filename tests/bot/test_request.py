"""The transport: what is told apart when the network fails, and what never stands in an error."""

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram.error import NetworkError
from telegram.request import RequestData

from bot.request import AiohttpRequest, Limited, NotSent, Unclear, read_refusal

TOKEN = "123456789:AAtesttesttesttesttesttesttesttest1"


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(connections=2, read_timeout=0.3) as request:
        yield request


@dataclass
class Server:
    """Answers as the path says; `asked` once it was asked for what never comes."""

    url: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        match request.match_info["what"]:
            case "die":
                assert request.transport is not None
                request.transport.close()
            case "redirect":
                raise web.HTTPTemporaryRedirect("/elsewhere/ok")
            case "echo-page":
                return web.Response(status=502, text=f"<p>{request.path} is away</p>")
            case "never":
                self.asked.set()
                await self.stopping.wait()
        return web.json_response({"ok": True, "result": True})


@pytest.fixture
async def listening() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{token}/{what}", server.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot{TOKEN}"
    yield server
    server.stopping.set()
    await runner.cleanup()


@pytest.fixture
def server(listening: Server) -> str:
    return listening.url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def failure_of(request: AiohttpRequest, url: str) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        await request.post(url, RequestData())
    return caught.value


async def test_a_refused_connection_was_not_sent(request_: AiohttpRequest) -> None:
    """Nobody listened, so repeating cannot say anything twice."""
    failure = await failure_of(request_, f"http://127.0.0.1:{free_port()}/bot{TOKEN}/getMe")
    assert isinstance(failure, NotSent)


@pytest.mark.parametrize("what", ["die", "never"])
async def test_what_fails_after_the_request_was_written_is_unclear(
    request_: AiohttpRequest, server: str, what: str
) -> None:
    """It may have been carried out, and nobody can be asked."""
    assert isinstance(await failure_of(request_, f"{server}/{what}"), Unclear)


async def test_a_full_pool_was_not_sent(listening: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that waited for a place in vain never left."""
    monkeypatch.setattr("bot.request.CONNECT_TIMEOUT", 0.05)
    async with AiohttpRequest(connections=1, read_timeout=5) as request:
        first = asyncio.create_task(request.call(f"{listening.url}/never", b"{}"))
        await listening.asked.wait()
        assert isinstance(await failure_of(request, f"{listening.url}/ok"), NotSent)
        first.cancel()


async def test_a_closed_request_was_not_sent() -> None:
    """A send that races the stop of the program is kept for the next start."""
    assert isinstance(await failure_of(AiohttpRequest(), "http://127.0.0.1:1/x"), NotSent)


@pytest.mark.parametrize("what", ["die", "never", "echo-page"])
async def test_no_error_holds_the_token(request_: AiohttpRequest, server: str, what: str) -> None:
    """Errors end in logs, with everything that hangs on them."""
    failure = await failure_of(request_, f"{server}/{what}")
    shown = "".join(traceback.format_exception(failure)) + repr(failure.__dict__)
    assert TOKEN not in shown
    assert failure.__context__ is None


async def test_a_redirect_is_not_followed(request_: AiohttpRequest, server: str) -> None:
    """It would carry token and words to wherever it points."""
    status, _ = await request_.call(f"{server}/redirect", b"{}")
    assert status == 307


async def test_opening_and_closing_twice_is_the_same_as_once(server: str) -> None:
    """python-telegram-bot does so when one request serves two purposes."""
    request = AiohttpRequest()
    await request.initialize()
    await request.initialize()
    assert await request.post(f"{server}/ok") is True
    await request.shutdown()
    await request.shutdown()


async def test_proxies_come_from_the_environment(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some networks let nothing out otherwise; a proxy out of reach means nothing was sent."""
    for name in ("no_proxy", "NO_PROXY", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://somebody:secret@127.0.0.1:{free_port()}")
    async with AiohttpRequest() as request:
        assert isinstance(await failure_of(request, f"{server}/ok"), NotSent)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with AiohttpRequest() as request:
        assert await request.post(f"{server}/ok") is True


def test_a_pause_is_read_whatever_the_status() -> None:
    """The time Telegram names is kept; where it names none, a few seconds are."""
    with pytest.raises(Limited) as named:
        read_refusal(429, b'{"ok":false,"description":"x","parameters":{"retry_after":17}}')
    with pytest.raises(Limited) as unnamed:
        read_refusal(429, b"<html>")
    assert (named.value.retry_after, unnamed.value.retry_after) == (17, 5)


@pytest.mark.parametrize("payload", [b"<html>secret</html>", b"[1]", b"{}", b"null", b"\xff", b"[" * 100_000])
def test_garbage_is_unclear_and_not_quoted(payload: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """python-telegram-bot would log the whole of it."""
    with pytest.raises(Unclear) as caught:
        AiohttpRequest.parse_json_payload(payload)
    assert "secret" not in str(caught.value)
    assert not caplog.records
