"""Updates come raw, none stops another, and nothing is confirmed by chance."""

import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.clock import Clock
from bot.fetching import BODY_LIMIT, WEBHOOK_PATH, Fetcher, FetchFailed, update_id_of, webhook_routes
from bot.outgoing import Failure
from bot.request import AiohttpRequest
from bot.sandbox.faults import FaultKind
from bot.sandbox.server import Sandbox
from bot.telegram_in import Text, UpdateUnreadable, read_update

TOKEN = "123456789:AAtesttesttesttesttesttesttesttest1"
SECRET = "a-secret-of-the-webhook"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(TOKEN, Clock())
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def fetcher(sandbox: Sandbox) -> AsyncIterator[Fetcher]:
    async with AiohttpRequest(connections=1) as request:
        yield Fetcher(request, TOKEN, sandbox.url)


async def test_updates_stay_until_a_higher_offset_confirms_them(sandbox: Sandbox, fetcher: Fetcher) -> None:
    """A crash before the commit must find them again."""
    leyla = sandbox.add_person("Leyla", "fa").id
    sandbox.start_bot(leyla)
    sandbox.say(leyla, "hej")
    first = await fetcher.fetch(None, timeout=0)
    assert await fetcher.fetch(None, timeout=0) == first
    last = update_id_of(first[-1])
    assert last is not None
    assert read_update(first[-1]).body == Text("hej")
    assert await fetcher.fetch(last + 1, timeout=0) == []


async def test_only_what_we_can_use_is_asked_for(sandbox: Sandbox, fetcher: Fetcher) -> None:
    """Everything else would be kept and read for nothing."""
    await fetcher.fetch(5, limit=7, timeout=0)
    (call,) = sandbox.calls_of("getUpdates")
    assert call.parameters == {
        "offset": 5,
        "limit": 7,
        "timeout": 0,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
    }


async def test_one_unreadable_update_does_not_stop_the_others(sandbox: Sandbox, fetcher: Fetcher) -> None:
    """With python-telegram-bot's own poller it stops them for ever."""
    leyla = sandbox.add_person("Leyla").id
    sandbox.start_bot(leyla)
    bad = sandbox.inject_raw({"message": {"text": 5}})
    sandbox.say(leyla, "hej")
    _, broken, good = await fetcher.fetch(None, timeout=0)
    with pytest.raises(UpdateUnreadable) as caught:
        read_update(broken)
    assert caught.value.update_id == bad
    assert read_update(good).body == Text("hej")


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"kind": FaultKind.DROP_BEFORE}, Failure.UNCLEAR),
        ({"kind": FaultKind.BAD_GATEWAY}, Failure.UNCLEAR),
        ({"kind": FaultKind.GARBAGE}, Failure.UNCLEAR),
        ({"kind": "refuse", "code": 409, "description": "Conflict"}, Failure.CONFLICT),
        ({"kind": "refuse", "code": 401, "description": "Unauthorized"}, Failure.UNAUTHORISED),
        ({"kind": "refuse", "code": 404, "description": "Not Found"}, Failure.UNAUTHORISED),
        ({"kind": "refuse", "code": 429, "retry_after": 9}, Failure.LIMITED),
    ],
)
async def test_a_failed_fetch_is_told_by_its_kind(
    sandbox: Sandbox, fetcher: Fetcher, fault: dict[str, Any], kind: Failure
) -> None:
    """Two bots with one token need an operator, a bad gateway only patience."""
    sandbox.faults.add(**fault)
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(None, timeout=0)
    assert caught.value.kind is kind
    assert caught.value.retry_after == (9 if kind is Failure.LIMITED else None)
    assert TOKEN not in f"{caught.value!r}{caught.value.__cause__!r}{fetcher!r}"


async def test_when_nobody_listens_it_was_not_sent() -> None:
    """The network is away, which is the usual case of an outage."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    async with AiohttpRequest() as request:
        with pytest.raises(FetchFailed) as caught:
            await Fetcher(request, TOKEN, url).fetch(None, timeout=0)
    assert caught.value.kind is Failure.NOT_SENT


Serve = Callable[[web.Application], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    runners = []

    async def start(application: web.Application) -> str:
        runner = web.AppRunner(application, access_log=None)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


def update(update_id: int, text: str) -> str:
    chat = {"id": 7, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "text": text}
    return json.dumps({"update_id": update_id, "message": message})


@pytest.mark.parametrize("broken", [b"\\ud83d", b"\xff"])
async def test_half_a_character_costs_neither_its_update_nor_the_batch(serve: Serve, broken: bytes) -> None:
    """JSON readers disagree about it, so it must not decide who is heard."""

    async def answer(_: web.Request) -> web.Response:
        body = f'{{"ok":true,"result":[{update(1, "TEXT")},{update(2, "hej")}]}}'
        return web.Response(body=body.encode().replace(b"TEXT", b"ja" + broken))

    application = web.Application()
    application.router.add_post("/{path:.*}", answer)
    url = await serve(application)
    async with AiohttpRequest() as request:
        raws = await Fetcher(request, TOKEN, url).fetch(None, timeout=0)
    assert [read_update(raw).body for raw in raws] == [Text("ja\ufffd"), Text("hej")]


class Handled(list[bytes]):
    """What a webhook handed on."""

    faulty = False

    async def take(self, raw: bytes) -> None:
        if self.faulty:
            raise RuntimeError("Leyla")
        self.append(raw)


async def posted(url: str, body: bytes | BytesIO, secret: str | None) -> tuple[int, bytes]:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with ClientSession() as session:
        response = await session.post(url + WEBHOOK_PATH, data=body, headers=headers)
        return response.status, await response.read()


async def test_a_webhook_update_is_handed_on_and_then_accepted(serve: Serve) -> None:
    """200 is the confirmation, so it comes after the commit."""
    handled = Handled()
    url = await serve(webhook_routes(SECRET, handled.take))
    assert await posted(url, b'{"update_id":1}', SECRET) == (200, b"")
    assert handled == [b'{"update_id":1}']


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "é"])
async def test_without_the_secret_nobody_is_heard(serve: Serve, secret: str | None) -> None:
    """Anybody can find the address; and learns nothing from the answer."""
    handled = Handled()
    url = await serve(webhook_routes(SECRET, handled.take))
    status, body = await posted(url, b"{}", secret)
    assert (status, body, handled) == (401, b"", [])


async def test_an_empty_secret_opens_nothing(serve: Serve) -> None:
    """A setting left out must not be a key."""
    url = await serve(webhook_routes("", Handled().take))
    assert (await posted(url, b"{}", ""))[0] == 401


async def test_what_was_not_handled_comes_again(serve: Serve) -> None:
    """503 makes Telegram repeat it."""
    handled = Handled()
    handled.faulty = True
    url = await serve(webhook_routes(SECRET, handled.take))
    assert await posted(url, b"{}", SECRET) == (503, b"")


async def test_a_body_no_update_can_have_is_refused(serve: Serve) -> None:
    """Memory belongs to the residents."""
    handled = Handled()
    url = await serve(webhook_routes(SECRET, handled.take))
    status, _ = await posted(url, BytesIO(b"x" * (BODY_LIMIT + 1)), SECRET)
    assert (status, handled) == (413, [])
