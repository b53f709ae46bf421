"""
A story: real phones in the sandbox, the real bot over real HTTP, a clock that is moved, a database on disk.

Between any two steps the bot is stopped and started again, so every story is a restart test as well: what it
needs to know stands in the database or it does not know it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr

from bot.clock import Clock
from bot.inviting import invite
from bot.sandbox.people import Message as Shown
from bot.sandbox.server import Sandbox
from bot.settings import Settings, load_settings
from bot.translating import Reader
from bot.wiring import Running, Texts, read_texts, running
from dialogs.notices import NoticeKind
from dialogs.people import Role
from dialogs.schedule import local_day, moment_on
from dialogs.text import Message
from storage import notices, outbox
from storage.master_key import create_key_file

TOKEN = "123456789:AAstory-token-that-must-never-be-logged"
BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday, ten o'clock in Stockholm."""
PATIENCE = 20.0
A_MOMENT = timedelta(seconds=1)
"""Nobody reads a message and answers it within the second in which it came; Telegram tells no smaller moments."""


@cache
def texts() -> Texts:
    """Guides, lexicons and catalogues are read once for all stories; nobody changes them."""
    return read_texts(load_settings(telegram_token=SecretStr(TOKEN), data_dir=Path("unused")))


AnyStory = TypeVar("AnyStory", bound="Story")


class Phone:
    """One person's phone: what she can do, and what she sees."""

    def __init__(self, story: "Story", person_id: int, locale: str) -> None:
        self.story, self.id, self.locale = story, person_id, locale

    @property
    def seen(self) -> list[Shown]:
        """What the bot wrote, the latest last; some of it may be gone from the chat by now."""
        return [each for each in self.story.sandbox.chat(self.id).messages if each.from_bot]

    @property
    def standing(self) -> list[Shown]:
        """What stands in the chat, of both sides."""
        return [each for each in self.story.sandbox.chat(self.id).messages if not each.deleted]

    @property
    def last(self) -> Shown:
        """The latest message of the bot."""
        return self.seen[-1]

    def reads(self, message: Message) -> bool:
        """Whether some message of the bot contains this text in her language, values filled as given."""
        said = self.story.say(message, self.locale)
        return any(said in each.text for each in self.seen)

    async def start(self, code: str) -> None:
        """Open the link of an invitation."""
        self.story.sandbox.start_bot(self.id, code)
        await self.story.step()

    async def write(self, text: str) -> None:
        """Type something."""
        self.story.sandbox.say(self.id, text)
        await self.story.step()

    async def types(self, label: Message) -> None:
        """Type what stands on a button, in her own language."""
        await self.write(self.story.say(label, self.locale))

    async def press(self, data: str, *, newest: bool = True) -> None:
        """Press the newest button whose data contains `data` ("…" stands between two parts)."""
        messages = reversed(self.seen) if newest else iter(self.seen)
        for shown in messages:
            for button in (each for row in shown.buttons for each in row):
                if button.data is not None and _fits(button.data, data):
                    self.story.sandbox.press(self.id, shown.message_id, button.data)
                    await self.story.step()
                    return
        offered = [each.data for shown in self.seen[-3:] for row in shown.buttons for each in row]
        raise AssertionError(f"no button {data!r}; the last ones are {offered}")

    def offers(self, data: str) -> bool:
        """Whether the latest message has such a button."""
        return any(_fits(each.data or "", data) for row in self.last.buttons for each in row)


def _fits(data: str, wanted: str) -> bool:
    position = 0
    for part in wanted.split("…"):
        found = data.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return wanted.endswith("…") or position == len(data)


class Story:
    """The sandbox, the clock, the bot as it runs at the moment, and its people."""

    def __init__(self, folder: Path) -> None:
        key_file = folder / "keys" / "master.key"
        key_file.parent.mkdir(mode=0o700)
        create_key_file(key_file)
        self.clock = Clock(BEGIN - datetime.now(UTC))
        self.sandbox = Sandbox(TOKEN, self.clock, limits=None)
        self.folder = folder
        self._key_file = key_file
        self.more: dict[str, Any] = {}
        self.texts = texts()
        """What the bot says; a story about a language of its own puts other texts here before anybody speaks."""
        self.restarts = True
        """Whether the bot is started anew between two steps; a walk that is only about words may spare it."""
        self.restarts_in_joining = False
        """The same while somebody joins, which the story of the first week does, in every language."""
        self._running: AsyncExitStack | None = None
        self._helped = False
        self.bot: Running

    @property
    def settings(self) -> Settings:
        """As an operator would set them, but for the address of Telegram; `more` holds what a story adds."""
        return load_settings(
            telegram_token=SecretStr(TOKEN),
            telegram_api=self.sandbox.url,
            data_dir=self.folder / "data",
            master_key_file=self._key_file,
            sends_per_second=0,
            sends_per_chat=0,
            organisation="Kvinnojouren Testköping",
            **self.more,
        )

    async def wake(self) -> None:
        """Start the bot."""
        self._running = AsyncExitStack()
        self.bot = await self._running.enter_async_context(
            running(self.settings, self.clock, self.texts, ticking=False)
        )

    async def sleep(self) -> None:
        """Stop the bot in good order; nothing it sent unasked may have needed a line put before it (R35)."""
        if self._running is not None:
            open_notices = await self.bot.db.run(notices.open_notices)
            assert NoticeKind.NOT_NEUTRAL not in {each.kind for each in open_notices}
            await self._running.aclose()
            self._running = None

    async def step(self) -> None:
        """Let everything that can happen now happen; then forget all and start again from disk, a second later."""
        await self.settle()
        self.clock.move(A_MOMENT)
        if self.restarts:
            await self.sleep()
            await self.wake()

    async def settle(self) -> None:
        """Return when no update, no due row and no message is under way."""
        async with asyncio.timeout(PATIENCE):
            while True:
                handled = (
                    self.sandbox.unconfirmed() == 0
                )  # asked first, so that the look sees what came of it
                await self.bot.due.look()
                parts_idle = self.bot.sender.idle and self.bot.ringer.idle and self.bot.due.chores.idle
                if handled and self.sandbox.unconfirmed() == 0 and parts_idle and not await self._outbox():
                    return
                await asyncio.sleep(0.001)

    async def _outbox(self) -> int:
        now = self.clock.now()
        return len(await self.bot.db.run(outbox.waiting, 1, due_by=now))

    async def pass_time(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Move the clock and let happen what was due."""
        self.clock.move(timedelta(hours=hours, minutes=minutes, seconds=seconds))
        await self.step()

    async def until(
        self, hour: int, minute: int = 0, *, days: int = 0, zone: str = "Europe/Stockholm"
    ) -> None:
        """Move the clock to the next such time, or `days` days later."""
        now = self.clock.now()
        moment = moment_on(local_day(now, zone) + timedelta(days=days), time(hour, minute), zone)
        if moment <= now:
            moment = moment_on(local_day(now, zone) + timedelta(days=days + 1), time(hour, minute), zone)
        self.clock.move(moment - now + timedelta(seconds=1))
        await self.step()

    def person(self, name: str, locale: str) -> Phone:
        """Somebody with a phone whom the bot does not know."""
        return Phone(self, self.sandbox.add_person(name, language_code=locale.partition("_")[0]).id, locale)

    async def code(self, role: Role, name: str, contacts: list[str] | None = None) -> str:
        """Make an invitation as `vidare invite` does."""
        _id, code = await self.bot.db.run(invite, self.bot.house, role, name, self.clock.now(), contacts)
        return code

    async def contact(self, name: str, locale: str = "sv", role: Role = Role.CONTACT) -> Phone:
        """A contact person who has come, read, and answered the test alert."""
        self._helped = True
        phone = self.person(name, locale)
        with self._joining():
            await phone.start(await self.code(role, name))
            await phone.press(f"l:{locale}")
            for page in range(4):
                await phone.press(f"in:{page}")
        await phone.press("test:have")
        return phone

    @contextmanager
    def _joining(self) -> Iterator[None]:
        as_it_was, self.restarts = self.restarts, self.restarts and self.restarts_in_joining
        try:
            yield
        finally:
            self.restarts = as_it_was

    async def resident(
        self, name: str, locale: str = "sv", *, consents: str = "yyy", contacts: list[str] | None = None
    ) -> Phone:
        """
        A resident who has joined, said yes (y) or no (n) to each purpose, and skipped the trial.

        Where nobody is there who could be told, Karin the coordinator comes first: without her nobody can join.
        """
        if not self._helped:
            await self.contact("Karin", "sv", Role.COORDINATOR)
        phone = self.person(name, locale)
        with self._joining():
            await phone.start(await self.code(Role.RESIDENT, name, contacts))
            await self.join(phone, consents)
        await self.step()
        return phone

    async def join(self, phone: Phone, consents: str = "yyy") -> None:
        """All questions of joining, by button: every proposed contact person, 18:00, every day, two days."""
        await phone.press(f"l:{phone.locale}")
        await phone.press("j:what")
        for purpose, answer in zip(("check-ins", "reading", "telling"), consents, strict=True):
            await phone.press(f"j:{purpose}:{'yes' if answer == 'y' else 'no'}")
        await phone.press("j:no-name")
        await phone.press("ph:skip")
        for row in phone.last.buttons:
            for button in row:
                if button.data is not None and button.data.startswith("j:contact:"):
                    await phone.press(button.data)
        await phone.press("j:contacts")
        if consents[0] == "y":
            await phone.press("j:zone")
            await phone.press("t:1800")
            await phone.press("j:days:all")
            if phone.offers("j:missed:2"):
                await phone.press("j:missed:2")
            await phone.press("ci:…:t:4")

    def say(self, message: Message, locale: str) -> str:
        """A text as the bot would say it."""
        reader = Reader(locale, "Europe/Stockholm", self.clock.now())
        return self.texts.translator.message(message, reader)


@asynccontextmanager
async def told(folder: Path, said: Texts | None = None) -> AsyncIterator[Story]:
    """A story from its first line to its last, in our languages or in others."""
    story = Story(folder)
    story.texts = said or story.texts
    async with awake(story):
        yield story


@asynccontextmanager
async def awake(story: AnyStory) -> AsyncIterator[AnyStory]:
    """Any kind of story, with its sandbox and its bot started, and both ended."""
    await story.sandbox.start()
    try:
        await story.wake()
        yield story
    finally:
        await story.sleep()
        await story.sandbox.stop()
