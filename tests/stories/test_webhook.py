"""The same bot, reached by a webhook instead of asking for updates."""

import asyncio
import socket
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from bot.settings import Settings
from dialogs.people import Role
from tests.stories.story import Story

SECRET = "a-secret-only-telegram-knows"
UPDATE = {
    "update_id": 1,
    "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "hej"},
}


class Hooked(Story):
    """A story whose bot waits for Telegram to come."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    @property
    def settings(self) -> Settings:
        """The usual ones, and an address."""
        hook = {
            "webhook_url": f"http://127.0.0.1:{self.port}",
            "webhook_secret": SecretStr(SECRET),
            "webhook_port": self.port,
        }
        return super().settings.model_copy(update=hook)


async def test_updates_come_by_webhook_and_are_answered_after_the_commit(tmp_path: Path) -> None:
    """One path for both: what Telegram brings is handled, stored, and only then confirmed."""
    story = Hooked(tmp_path)
    await story.sandbox.start()
    try:
        await story.wake()
        leyla = story.person("Leyla", "sv")
        story.sandbox.start_bot(leyla.id, await story.code(Role.RESIDENT, "Leyla"))
        async with asyncio.timeout(15):
            while not leyla.seen:
                await asyncio.sleep(0.02)
        assert leyla.offers("l:sv")
    finally:
        await story.sleep()
        await story.sandbox.stop()


async def test_without_the_secret_nothing_happens(tmp_path: Path) -> None:
    """Whoever finds the address learns nothing and changes nothing."""
    story = Hooked(tmp_path)
    await story.sandbox.start()
    try:
        await story.wake()
        url = f"http://127.0.0.1:{story.port}/telegram"
        async with aiohttp.ClientSession() as session:
            for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
                async with session.post(url, json=UPDATE, headers=headers) as answer:
                    assert (answer.status, await answer.text()) == (401, "")
    finally:
        await story.sleep()
        await story.sandbox.stop()
