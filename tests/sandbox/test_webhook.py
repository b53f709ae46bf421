"""Tests of webhooks: the secret, the tries, and the conflict with polling."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.clock import Clock
from bot.sandbox import Person, Sandbox
from tests.sandbox.conftest import Api, until


class Receiver:
    """A bot's server: it keeps what comes and answers with the statuses it is given, then 200."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.arrived = asyncio.Event()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.arrived.set()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.arrived.clear()
                await self.arrived.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A server of the bot's that listens."""
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_an_update_comes_with_the_secret_and_only_once(
    api: Api, sandbox: Sandbox, leyla: Person, receiver: Receiver
) -> None:
    """A 200 confirms."""
    await api.ok("setWebhook", url=receiver.url, secret_token="s3cret")
    sandbox.say(leyla.id, "Hi")
    await receiver.wait_for(1)
    await sandbox.quiet()
    assert [each["message"]["text"] for each in receiver.got] == ["Hi"]
    assert receiver.secrets == ["s3cret"]


async def test_a_refused_update_comes_again_at_once_and_then_later(
    api: Api, sandbox: Sandbox, clock: Clock, leyla: Person, receiver: Receiver
) -> None:
    """Until a 2xx; the pauses are on the clock that can be moved."""
    receiver.statuses = [500, 500]
    await api.ok("setWebhook", url=receiver.url)
    update = sandbox.say(leyla.id, "Hi")
    await receiver.wait_for(2)
    info = await api.ok("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
    while len(receiver.got) < 3:
        clock.move(timedelta(seconds=2))
        await asyncio.sleep(0.01)
    await sandbox.quiet()
    assert [each["update_id"] for each in receiver.got] == [update] * 3


async def test_one_chat_waits_and_the_others_do_not(
    api: Api, sandbox: Sandbox, leyla: Person, receiver: Receiver
) -> None:
    """A chat's own order is kept: its second message waits for the first."""
    mina = sandbox.add_person("Mina")
    receiver.statuses = [500, 500, 200]
    await api.ok("setWebhook", url=receiver.url)
    sandbox.say(leyla.id, "first")
    await receiver.wait_for(2)
    sandbox.say(leyla.id, "second")
    sandbox.say(mina.id, "from Mina")
    await receiver.wait_for(3)
    assert receiver.got[2]["message"]["text"] == "from Mina"
    assert sandbox.unconfirmed() >= 2


async def test_polling_and_a_webhook_exclude_each_other(
    api: Api, sandbox: Sandbox, receiver: Receiver
) -> None:
    """A running poll is ended, a new one refused, until the webhook is deleted."""
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=50))
    await until(lambda: sandbox.polled)
    await api.ok("setWebhook", url=receiver.url)
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    code, reason = await api.refusal("getUpdates")
    assert code == 409
    assert reason.startswith("Conflict: can't use getUpdates method while webhook is active")
    await api.ok("deleteWebhook")
    assert await api.ok("getUpdates") == []


async def test_waiting_updates_can_be_dropped(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """As `drop_pending_updates` says; nobody should, and a test may want to see it."""
    sandbox.say(leyla.id, "Hi")
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert sandbox.unconfirmed() == 0


@pytest.mark.parametrize(
    "parameters",
    [
        {"url": "https://example.org/hook"},
        {"url": "http://example.org/hook"},
        {"url": "http://127.0.0.1:1/hook", "secret_token": "not allowed"},
        {"url": "http://127.0.0.1:1/hook", "max_connections": 101},
    ],
)
async def test_bad_webhooks_are_refused(api: Api, parameters: dict[str, Any]) -> None:
    """Above all those outside this machine."""
    assert (await api.refusal("setWebhook", **parameters))[0] == 400


async def test_nobody_listening_is_noted(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """And the update waits."""
    await api.ok("setWebhook", url="http://127.0.0.1:1/hook")
    sandbox.say(leyla.id, "Hi")
    await until(lambda: "last_error_message" in sandbox.webhook.info({}))
    info = await api.ok("getWebhookInfo")
    assert info["last_error_message"].startswith("Connection failed")
    assert sandbox.unconfirmed() == 1
