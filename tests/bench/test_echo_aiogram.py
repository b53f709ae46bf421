"""Tests for the echo on aiogram."""

from types import SimpleNamespace
from typing import cast

from aiogram.types import Message

from bench.echo_aiogram import _echo


async def test_it_says_what_it_heard() -> None:
    """The least a bot can be, and no less."""
    said: list[str] = []

    async def answer(text: str) -> None:
        said.append(text)

    await _echo(cast("Message", SimpleNamespace(text="hej", answer=answer)))
    assert said == ["hej"]
