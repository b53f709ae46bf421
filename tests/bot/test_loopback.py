"""What listens on this machine, and for whom."""

import socket

import aiohttp
import pytest
from aiohttp import web

from bot.loopback import is_local, listen
from bot.settings import SettingsFaulty


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9464", "localhost:9464", "[::1]:9464"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    """With the port a browser adds."""
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:9464", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "[::1", ""],
)
def test_another_name_for_this_machine_is_none_of_ours(host: str) -> None:
    """A web page elsewhere may point its own name at us; the browser sends that name."""
    assert not is_local(host)


async def test_a_port_that_is_taken_is_one_sentence() -> None:
    """It names the setting, so that an operator knows which of two ports it is."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingsFaulty, match=r"VIDARE_HEALTH_PORT.*choose another"):
            await listen(web.Application(), taken.getsockname()[1], "HEALTH_PORT")


async def test_it_is_served_on_the_loopback_only() -> None:
    """Nobody in the house's network has business there."""
    server = await listen(web.Application(), 0, "HEALTH_PORT")
    try:
        [(host, port)] = server.addresses
        assert host == "127.0.0.1"
        async with aiohttp.ClientSession() as session, session.get(f"http://{host}:{port}/") as answer:
            assert answer.status == 404
    finally:
        await server.cleanup()
