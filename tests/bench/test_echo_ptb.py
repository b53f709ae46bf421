"""Tests for the echo on python-telegram-bot: that it is what it is called."""

from telegram.request import HTTPXRequest

from bench.echo_ptb import build
from bot.request import AiohttpRequest

TOKEN = "123456789:AAecho-token-that-opens-nothing"


def test_the_plain_echo_uses_the_library_as_it_comes() -> None:
    """Anything else would be beaten too easily."""
    assert isinstance(build(TOKEN, "http://localhost:1", "").bot.request, HTTPXRequest)


def test_the_other_echo_uses_our_transport() -> None:
    """The second comparison is about the work, with the transport left out of it."""
    assert isinstance(build(TOKEN, "http://localhost:1", "aiohttp").bot.request, AiohttpRequest)
