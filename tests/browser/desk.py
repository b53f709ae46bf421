"""The desk in a browser, beside the demo: its own process would have its own connection, so it has one here too."""

import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyotp
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.clock import Clock
from bot.commands.demo import _settings
from bot.commands.desk import served
from bot.desk import signing_in
from bot.desk.visit import Desk
from bot.house import House
from bot.inviting import invite
from bot.sandbox.server import Sandbox
from bot.translating import Reader
from bot.wiring import opened
from dialogs.people import Agreed, Consent, Contact, Person, Place, Resident, Role
from dialogs.text import Message
from storage import links, people
from tests.bot.town import texts

PAGES = ("/", "/who", "/calendar", "/people", "/invitations", "/guides", "/figures", "/audit")


@dataclass
class Office:
    """A desk that is open, and the way in for Karin."""

    desk: Desk
    karin: int
    secret: str = field(default="", repr=False)
    used: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is."""
        return self.desk.house.desk

    async def link(self) -> str:
        """As `vidare desk link` prints it."""
        desk = self.desk
        return await desk.db.run(signing_in.link_for, desk.house, self.karin, desk.clock.now())

    def code(self) -> str:
        """What her app shows; each code works once, so a later one may be of the next half minute."""
        now = int(self.desk.clock.now().timestamp())
        made = pyotp.TOTP(self.secret)
        fresh = (made.at(now + ahead) for ahead in (-30, 0, 30))
        code = next(each for each in fresh if each not in self.used)
        self.used.append(code)
        return code

    def says(self, context: str, source: str, locale: str = "sv", **values: str | int) -> str:
        """A text as it stands on a page or a phone in this language."""
        message = Message(context, source, tuple(values.items()))
        reader = Reader(locale, self.desk.house.default_zone, self.desk.clock.now())
        return self.desk.house.translator.message(message, reader)

    async def come_in(self, page: Page) -> None:
        """Enrol the first time, and sign in with a code after that."""
        await page.goto(await self.link())
        if not self.secret:
            await page.get_by_role("button").click()
            shown = await page.get_by_test_id("secret").text_content()
            self.secret = re.sub(r"\s", "", shown or "")
        before = page.url
        await page.get_by_role("textbox").fill(self.code())
        await page.get_by_role("button").click()
        await expect(page.get_by_role("navigation")).to_be_visible()
        assert page.url != before


@asynccontextmanager
async def beside(folder: Path, sandbox: Sandbox) -> AsyncIterator[Office]:
    """Serve the desk beside a running demo, on a connection of its own; Karin holds an invitation."""
    settings = _settings(folder, sandbox.url)
    async with opened(settings, texts()) as (db, house):
        clock = Clock()
        karin, code = await db.run(invite, house, Role.COORDINATOR, "Karin", clock.now())
        sandbox.add_person("Karin", language_code="sv", start_payload=code)
        await db.run(
            _all_have_joined, house, {each.name: each.id for each in sandbox.people.values()}, clock.now()
        )
        for person in list(sandbox.people):
            sandbox.start_bot(person)
        async with served(settings, clock, db, house, port=0) as desk:
            yield Office(desk, karin)


def _all_have_joined(db: sqlite3.Connection, house: House, chats: Mapping[str, int], now: datetime) -> None:
    """As after the first evening: everybody has answered what they are asked first."""
    found = people.list_people(db, house.keyring)
    mina = next(each for each in found if isinstance(each.person, Contact) and each.person.name == "Mina")
    for known in found:
        person = _joined(known.person, Agreed(mina.id, "Mina"), now)
        chat = chats[person.name if isinstance(person, Contact) else person.alias]
        people.save_person(db, known.box, person, now)
        people.bind_chat(db, house.doors, known.box, known.id, chat, now)
        people.set_state(db, known.id, "active", now)
        if isinstance(person, Resident):
            links.agree(db, known.id, [mina.id])


def _joined(person: Person, mina: Agreed, now: datetime) -> Person:
    if isinstance(person, Contact):
        return replace(person, locale="sv", place=Place.MENU, joined=True, tested_at=now)
    return replace(
        person,
        locale="en",
        place=Place.MENU,
        joined=True,
        consent=Consent(True, True, True),
        contacts=(mina,),
        proposed=(mina,),
    )


async def window(browser: Browser, **options: Any) -> tuple[BrowserContext, Page]:
    """A browser of its own, with its own cookies."""
    context = await browser.new_context(**options)
    return context, await context.new_page()
