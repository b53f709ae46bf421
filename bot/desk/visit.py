"""
One request of somebody who is signed in: who she is, what the desk has, and how a page is answered.

A change is answered with "look there", so that loading the page again changes nothing a second time.
"""

import hashlib
import hmac
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeAlias, TypeVar

from aiohttp import web

from bot.clock import Clock
from bot.desk.rendering import Paper
from bot.house import House
from bot.outgoing import Outgoing
from bot.settings import Settings
from bot.translating import Reader
from dialogs.text import Message
from storage.database import Database
from storage.people import Known

P = ParamSpec("P")
T = TypeVar("T")

REMEMBERED: Final = 200


@dataclass(slots=True)
class Desk:
    """
    What all requests share. `bot_name` asks Telegram; `said` are words for the next page of a session.

    `farewell` sends what somebody who was just removed is still to hear; returns whether it was taken.

    Codes and sessions are counted on `door_clock`: an app on a phone lives by real time, wherever the demo's clock is.
    """

    settings: Settings
    clock: Clock
    db: Database
    house: House
    paper: Paper
    bot_name: Callable[[], Awaitable[str]]
    door_clock: Clock
    farewell: Callable[[Sequence[Outgoing]], Awaitable[bool]]
    said: dict[str, str] = field(default_factory=dict)
    done: dict[str, None] = field(default_factory=dict)

    def once(self, token: str) -> bool:
        """Whether this form comes for the first time: two presses at once are one."""
        if not token or token in self.done:
            return False
        self.done[token] = None
        while len(self.done) > REMEMBERED:
            del self.done[next(iter(self.done))]
        return True


def form_token(session: str) -> str:
    """Return what every form of this session carries; a page elsewhere cannot know it."""
    return hmac.digest(session.encode(), b"desk form", hashlib.sha256).hex()


@dataclass(frozen=True, slots=True)
class Visit:
    """`known` is the coordinator, as stored a moment ago."""

    desk: Desk
    request: web.Request
    known: Known
    session: str = field(repr=False)
    form: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def now(self) -> datetime:
        """By the bot's clock."""
        return self.desk.clock.now()

    @property
    def reader(self) -> Reader:
        """Her language, the house's clock."""
        return Reader(self.known.person.locale, self.desk.house.default_zone, self.now)

    def number(self, name: str) -> int:
        """Return a number of the address, or answer that there is no such page."""
        given = self.request.match_info[name]
        if not given.isdecimal() or len(given) > 15:
            raise web.HTTPNotFound
        return int(given)

    def say(self, message: Message) -> str:
        """A text in her language."""
        return self.desk.house.translator.message(message, self.reader)

    async def read(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Look; nothing can be changed by it."""
        return await self.desk.db.read(work, *args, **kwargs)

    async def run(
        self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One transaction."""
        return await self.desk.db.run(work, *args, **kwargs)

    def show(self, page: str, status: int = 200, **values: Any) -> web.Response:
        """Answer with a page; what was said about the last change stands on top, once."""
        said = self.desk.said.pop(form_token(self.session), "")
        here = {
            "form_token": form_token(self.session),
            "said": said,
            "path": self.request.path,
            "me": self.known.person,
        }
        text = self.desk.paper.page(page, self.reader, **here, **values)
        return web.Response(text=text, status=status, content_type="text/html")

    def look_at(self, path: str, said: Message | str = "") -> web.Response:
        """Answer a change: what became of it, and where to see it. `path` is one of ours, never a visitor's words."""
        words = self.say(said) if isinstance(said, Message) else said
        if words:
            self.desk.said[form_token(self.session)] = words
        while len(self.desk.said) > REMEMBERED:
            del self.desk.said[next(iter(self.desk.said))]
        return web.Response(status=303, headers={"Location": path})


Page: TypeAlias = Callable[[Visit], Awaitable[web.StreamResponse]]
