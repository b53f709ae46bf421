"""A sandbox with Leyla in it, and a plain client that speaks the Bot API."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from bot.clock import Clock
from bot.sandbox import Person, Sandbox

TOKEN = "700000001:sandbox"


async def until(condition: Callable[[], object]) -> None:
    """Let the event loop run until something has come true, and give up after a while."""
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)


class Api:
    """Calls methods by JSON and returns the answer's JSON."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session

    async def __call__(self, method: str, **parameters: Any) -> dict[str, Any]:
        url = f"{self.sandbox.url}/bot{TOKEN}/{method}"
        async with self.session.post(url, json=parameters) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def ok(self, method: str, **parameters: Any) -> Any:
        """Return the result of a call that is to succeed."""
        answer = await self(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Return code and description of a call that is to be refused."""
        answer = await self(method, **parameters)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]


@pytest.fixture
def clock() -> Clock:
    """The clock everybody in a test shares."""
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """A sandbox without limits, listening on a free port."""
    sandbox = Sandbox(TOKEN, clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """One client session for each test."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(sandbox: Sandbox, session: aiohttp.ClientSession) -> Api:
    """The Bot API of that sandbox."""
    return Api(sandbox, session)


@pytest.fixture
async def leyla(sandbox: Sandbox, api: Api) -> Person:
    """Leyla, who has pressed Start; the update of that is confirmed."""
    person = sandbox.add_person("Leyla", "ar")
    last = sandbox.start_bot(person.id)
    await api.ok("getUpdates", offset=last + 1)
    return person
