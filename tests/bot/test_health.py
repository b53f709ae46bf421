"""Whether the bot is well: two pages for this machine, and nothing in them about anybody."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot.health import Health, Part, pages, version
from bot.loopback import listen
from bot.pulse import Pulse
from tests.bot.town import StillClock


def health(clock: StillClock) -> Health:
    return Health({part: Pulse(clock, 60) for part in Part})


def beat(health: Health, *but: Part) -> None:
    for part, pulse in health.pulses.items():
        if part not in but:
            pulse.beat()


async def _figures() -> bytes:
    return b"vidare_build 1\n"


@asynccontextmanager
async def served(health: Health) -> AsyncIterator[str]:
    server = await listen(pages(health, _figures), 0, "HEALTH_PORT")
    try:
        yield f"http://127.0.0.1:{server.addresses[0][1]}"
    finally:
        await server.cleanup()


async def _ask(url: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.request(method, url, headers=headers) as answer:
        return answer.status, await answer.text()


def test_all_parts_together_are_well_or_not() -> None:
    """One deaf part makes a bot nobody should rely on."""
    clock = StillClock()
    here = health(clock)
    seen = [(here.well, here.failing())]
    beat(here)
    seen.append((here.well, here.failing()))
    clock.move(timedelta(seconds=61))
    beat(here, Part.SENDER, Part.STORAGE)
    seen.append((here.well, here.failing()))
    assert seen == [(False, []), (True, []), (False, [Part.SENDER, Part.STORAGE])]


@pytest.mark.parametrize("dead", list(Part))
async def test_the_page_names_the_part_that_is_dead(dead: Part) -> None:
    """200 or 503 for a machine, and why for a person."""
    clock = StillClock()
    here = health(clock)
    async with served(here) as url:
        assert (await _ask(f"{url}/health"))[0] == 503, "nothing has shown yet that it works"
        beat(here)
        status, text = await _ask(f"{url}/health")
        assert (status, json.loads(text)["well"]) == (200, True)
        clock.move(timedelta(seconds=61))
        beat(here, dead)
        status, text = await _ask(f"{url}/health")
    report = json.loads(text)
    assert (status, report["well"], report["version"]) == (503, False, version())
    assert [name for name, part in report["parts"].items() if not part["well"]] == [dead.value]
    assert report["parts"][dead.value]["age_seconds"] > 60


async def test_it_answers_while_the_figures_cannot_be_had() -> None:
    """Whoever watches must get an answer also from a bot whose storage hangs."""

    async def hangs() -> bytes:
        await asyncio.Event().wait()
        return b""

    here = health(StillClock())
    beat(here)
    server = await listen(pages(here, hangs), 0, "HEALTH_PORT")
    url = f"http://127.0.0.1:{server.addresses[0][1]}"
    hanging = asyncio.create_task(_ask(f"{url}/metrics"))
    assert (await _ask(f"{url}/health"))[0] == 200
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    await server.cleanup()


async def test_the_figures_are_served_as_prometheus_reads_them() -> None:
    """The content type names the format."""
    async with (
        served(health(StillClock())) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/metrics") as answer,
    ):
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert await answer.text() == "vidare_build 1\n"


@pytest.mark.parametrize("path", ["/health", "/metrics"])
async def test_a_foreign_name_for_this_machine_is_refused(path: str) -> None:
    """A web page elsewhere could else read how we are through the browser of whoever sits here."""
    async with served(health(StillClock())) as url:
        assert (await _ask(url + path, Host="evil.example"))[0] == 403
        assert (await _ask(url + path, Host="localhost"))[0] != 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
async def test_nothing_can_be_done_here(method: str) -> None:
    """There is only something to read."""
    async with served(health(StillClock())) as url:
        for path in ("/health", "/metrics"):
            assert (await _ask(url + path, method))[0] == 405
