"""A desk on a town's database: Karin the coordinator, Mina and Leyla, and a browser that is only HTTP."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyotp
import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.desk import signing_in
from bot.desk.app import application
from bot.desk.rendering import Paper
from bot.desk.visit import Desk
from bot.outgoing import Outgoing
from bot.settings import load_settings
from dialogs.events import Wrote
from dialogs.people import Role
from dialogs.words import Word
from storage import alerts
from storage.audit import entries
from tests.bot.town import Town

OURS = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Office:
    """The desk, and what stands in the browser's address bar."""

    town: Town
    desk: Desk
    client: TestClient[web.Request, web.Application]
    karin: int
    mina: int
    leyla: int
    heard: list[Outgoing]
    secret: str = field(default="", repr=False)
    form_token: str = field(default="", repr=False)

    async def link(self, person: int | None = None) -> str:
        """A one-time link's path, made by the operator."""
        address = await self.town.run(
            signing_in.link_for, self.town.house, person or self.karin, self.town.clock.now()
        )
        return "/in/" + address.rpartition("/in/")[2]

    def code(self) -> str:
        """What her app shows now."""
        return pyotp.TOTP(self.secret).at(self.town.clock.now())

    async def get(self, path: str) -> tuple[int, str]:
        """Open a page."""
        async with self.client.get(path, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def post(
        self, path: str, headers: dict[str, str] | None = None, /, **fields: str
    ) -> ClientResponse:
        """Send a form as a page of ours would; the answer is read already."""
        given = {"token": self.form_token, **{key.replace("__", "-"): value for key, value in fields.items()}}
        sent = OURS if headers is None else headers
        answer = await self.client.post(path, data=given, headers=sent, allow_redirects=False)
        await answer.read()
        return answer

    async def page_after(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form and follow where it leads."""
        answer = await self.post(path, **fields)
        if answer.status != 303:
            return answer.status, await answer.text()
        return await self.get(answer.headers["Location"])

    async def sign_in(self) -> None:
        """Enrol and come in."""
        link = await self.link()
        shown = await (await self.post(link, code="")).text()
        found = re.search(r'data-testid="secret">([A-Z2-7 ]+)<', shown)
        assert found is not None
        self.secret = found[1].replace(" ", "")
        answer = await self.post(link, code=self.code())
        assert answer.status == 303
        await self.read_token()

    async def read_token(self) -> None:
        """Remember what every form of this session carries."""
        _status, page = await self.get("/")
        found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
        self.form_token = found[1] if found is not None else ""

    async def did(self) -> list[tuple[int | None, str, str]]:
        """What the audit holds, the oldest first."""
        found = await self.town.run(entries)
        return [(each.actor, each.did, each.about) for each in reversed(found)]

    async def raise_case(self) -> int:
        """Leyla needs somebody; Mina is told. Returns the case's number."""
        await self.town.happen(self.leyla, Wrote("someone", Word.SOMEONE))
        found = await self.town.run(alerts.open_alerts)
        return found[-1].id

    async def press(self, case: int, answer: str) -> tuple[int, str]:
        """A button of the case as it is shown now; the page it leads to."""
        step = (await self.town.alert(case)).current_step
        return await self.page_after(f"/cases/{case}", answer=answer, step=str(step))


@pytest.fixture
async def office(town: Town, tmp_path: Path) -> AsyncIterator[Office]:
    """Nobody is signed in yet."""
    mina = await town.contact("Mina", 21)
    karin = await town.contact("Karin", 31, Role.COORDINATOR)
    leyla = await town.resident("Leyla", 11, (mina,))
    settings = load_settings(telegram_token=SecretStr("1:unused"), data_dir=tmp_path)

    async def name() -> str:
        return "vidare_bot"

    heard: list[Outgoing] = []

    async def farewell(words: Sequence[Outgoing]) -> bool:
        heard.extend(words)
        return True

    paper = Paper(town.house.translator)
    desk = Desk(settings, town.clock, town.db, town.house, paper, name, town.clock, farewell)
    async with TestClient(TestServer(application(desk))) as client:
        yield Office(town, desk, client, karin, mina, leyla, heard)


@pytest.fixture
async def inside(office: Office) -> Office:
    """Karin is signed in."""
    await office.sign_in()
    return office
