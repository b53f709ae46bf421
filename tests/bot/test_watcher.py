"""The outside watcher hears from us while all is well, once when it is not, and then nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from bot.health import Health, Part
from bot.loopback import listen
from bot.pulse import Pulse
from bot.request import AiohttpRequest
from bot.watcher import Watcher
from tests.bot.town import PATIENCE, StillClock, until

PATH = "/ping/0f9a-secret"


class Healthchecks:
    """A service on this machine that writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.status = 200
        self.url = ""

    async def hear(self, request: web.Request) -> web.Response:
        """Any path."""
        self.heard.append((request.path_qs, await request.text()))
        return web.Response(status=self.status, text="OK")


@asynccontextmanager
async def listening() -> AsyncIterator[Healthchecks]:
    service = Healthchecks()
    application = web.Application()
    application.router.add_post("/{path:.*}", service.hear)
    server = await listen(application, 0, "HEALTH_PORT")
    service.url = f"http://127.0.0.1:{server.addresses[0][1]}{PATH}"
    try:
        yield service
    finally:
        await server.cleanup()


@pytest.fixture
async def service() -> AsyncIterator[Healthchecks]:
    """It listens."""
    async with listening() as here:
        yield here


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    """The way out."""
    request = AiohttpRequest(connections=1)
    await request.initialize()
    yield request
    await request.shutdown()


class House:
    """Four parts whose pulses a test holds."""

    def __init__(self) -> None:
        self.clock = StillClock()
        self.health = Health({part: Pulse(self.clock, 60) for part in Part})

    def beat(self, *but: Part) -> None:
        """All of them work, but these."""
        for part, pulse in self.health.pulses.items():
            if part not in but:
                pulse.beat()

    def pass_time(self) -> None:
        """Longer than anybody's patience."""
        self.clock.move(timedelta(seconds=61))


@pytest.fixture
def house() -> House:
    """Nothing has shown yet that it works."""
    return House()


async def test_it_hears_from_us_only_while_every_part_is_well(
    house: House, service: Healthchecks, request_: AiohttpRequest
) -> None:
    """A start, a minute of work, a part that stops, and all well again."""
    watcher = Watcher(service.url, house.health, request_)
    await watcher.look()
    assert service.heard == [], "a bot that only just began has shown nothing"
    house.beat()
    await watcher.look()
    assert service.heard == [(PATH, "[]")]
    house.pass_time()
    house.beat(Part.SENDER, Part.STORAGE)
    await watcher.look()
    await watcher.look()
    assert service.heard[1:] == [(f"{PATH}/fail", '["sender","storage"]')], (
        "once, with the parts, then silence"
    )
    house.beat()
    await watcher.look()
    assert service.heard[2:] == [(PATH, "[]")]
    house.pass_time()
    await watcher.look()
    assert service.heard[3][0] == f"{PATH}/fail", "the next time it turns bad is said again"


@pytest.mark.parametrize("dead", list(Part))
async def test_any_part_that_stops_ends_the_ping(
    house: House, service: Healthchecks, request_: AiohttpRequest, dead: Part
) -> None:
    """A dead scheduler, sender or intake, a disk that takes nothing (R40)."""
    watcher = Watcher(service.url, house.health, request_)
    house.beat()
    await watcher.look()
    house.pass_time()
    for _look in range(3):
        house.beat(dead)
        await watcher.look()
    assert service.heard == [(PATH, "[]"), (f"{PATH}/fail", f'["{dead.value}"]')]


async def test_a_query_of_the_address_stays_behind_the_path(
    house: House, service: Healthchecks, request_: AiohttpRequest
) -> None:
    """Healthchecks makes a check by itself where `?create=1` asks for it."""
    watcher = Watcher(f"{service.url}/?create=1", house.health, request_)
    house.pass_time()
    await watcher.look()
    assert service.heard[0][0] == f"{PATH}/fail?create=1"


async def test_a_failure_that_was_not_heard_is_said_again(
    house: House, service: Healthchecks, request_: AiohttpRequest
) -> None:
    """Once means heard once."""
    watcher = Watcher(service.url, house.health, request_)
    house.pass_time()
    service.status = 503
    await watcher.look()
    service.status = 200
    await watcher.look()
    await watcher.look()
    assert [path for path, _body in service.heard] == [f"{PATH}/fail"] * 2


@pytest.mark.parametrize(
    ("status", "failure"), [(404, "status 404"), (500, "status 500"), (302, "status 302")]
)
async def test_a_watcher_that_does_not_know_us_is_logged_once_and_without_its_address(
    house: House,
    service: Healthchecks,
    request_: AiohttpRequest,
    caplog: pytest.LogCaptureFixture,
    status: int,
    failure: str,
) -> None:
    """A wrong address means that nobody watches; and the right one is as good as a password."""
    watcher = Watcher(service.url, house.health, request_)
    house.beat()
    service.status = status
    with caplog.at_level(logging.DEBUG):
        await watcher.look()
        await watcher.look()
        service.status = 200
        await watcher.look()
    ours = [
        (each.levelname, vars(each).get("failure")) for each in caplog.records if each.name == "bot.watcher"
    ]
    assert ours == [("WARNING", failure), ("INFO", None)]
    assert "secret" not in caplog.text
    assert "secret" not in repr(watcher)


async def test_a_watcher_that_is_away_never_harms_the_bot(
    house: House, request_: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    """Refused, or an address that is none: it is tried again for ever."""
    house.beat()
    for url in (f"http://127.0.0.1:9{PATH}", f"http://[{PATH}"):
        task = asyncio.create_task(Watcher(url, house.health, request_, period=0.001).run())
        caplog.clear()
        await until(lambda: "does not hear us" in caplog.text)
        assert not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert "secret" not in caplog.text


async def test_it_goes_on_by_itself(house: House, service: Healthchecks, request_: AiohttpRequest) -> None:
    """Period after period, the first time after one of them."""
    house.beat()
    task = asyncio.create_task(Watcher(service.url, house.health, request_, period=0.001).run())
    await until(lambda: len(service.heard) >= 3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, PATIENCE)
