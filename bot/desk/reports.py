"""
Pages one reads and changes nothing on: guides that fail, figures, the audit.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot import reckoning
from bot.desk import labels
from bot.desk.cases import name
from bot.desk.visit import Visit
from bot.house import House
from bot.locale_folder import standings
from dialogs.effects import StepCount
from dialogs.guide import Fact, Guide, overdue
from dialogs.schedule import local_day
from dialogs.text import Message, plain
from storage import audit, guide_counts
from storage.audit import Entry

FEW_STEPS = 30
ROWS = 100


@dataclass(frozen=True, slots=True)
class Failing:
    """A step people ask for help with, or that did not help."""

    title: Message | str
    step: str
    helped: int
    failed: int


@dataclass(frozen=True, slots=True)
class Old:
    """A guide past its date, or resting on a fact that is."""

    guide: Guide
    expired: bool
    facts: Sequence[Fact]


def failing(db: sqlite3.Connection, house: House) -> list[Failing]:
    """The steps that fail most come first."""
    guides = house.knowledge.guides
    found = [
        Failing(
            guides[guide].title if guide in guides else guide,
            step,
            times.get(StepCount.HELPED, 0),
            times.get(StepCount.NOT_HELPED, 0) + times.get(StepCount.STUCK, 0),
        )
        for (guide, step), times in guide_counts.totals(db).items()
    ]
    return sorted((each for each in found if each.failed), key=lambda each: -each.failed)[:FEW_STEPS]


def old(house: House, today: date) -> list[Old]:
    """What somebody should check again."""
    guides = house.knowledge.guides
    return [
        Old(
            guides[each],
            today > guides[each].expires,
            [fact for fact in guides[each].facts.values() if today > fact.good_until],
        )
        for each in overdue(guides, today)
    ]


async def guides(visit: Visit) -> web.StreamResponse:
    """Guides and translations; who has read which text is a question for `vidare locales status`."""
    house = visit.desk.house
    return visit.show(
        "guides.html",
        failing=await visit.read(failing, house),
        old=old(house, local_day(visit.now, house.default_zone)),
        languages=standings(),
    )


async def figures(visit: Visit) -> web.StreamResponse:
    """How fast, and how many; small numbers are not told."""
    found = await visit.read(reckoning.reckon, visit.desk.house, visit.now)
    return visit.show(
        "figures.html",
        found=found,
        levels=[visit.say(labels.level(each)) for each in reckoning.LEVELS],
        times=[visit.say(each) for each in labels.TIMES],
        weeks=[visit.say(plain(monday)) for monday in found.mondays],
        states=[visit.say(labels.check_in(each)) for each in reckoning.STATES],
        days=reckoning.DAYS,
    )


@dataclass(frozen=True, slots=True)
class Noted:
    """A row of the audit, with a name where there still is one."""

    entry: Entry
    actor: str


def noted(db: sqlite3.Connection, house: House, before: int) -> tuple[list[Noted], int | None]:
    """The latest rows before a number, and the first row that does not fit, if any."""
    found = audit.entries(db, ROWS, before)
    names = {each.actor: name(db, house, each.actor) for each in found if each.actor is not None}
    return [Noted(each, names[each.actor] if each.actor is not None else "") for each in found], audit.verify(
        db
    )


async def audit_list(visit: Visit) -> web.StreamResponse:
    """Who did what."""
    given = visit.request.query.get("before", "")
    before = int(given) if given.isdecimal() and len(given) < 16 else 2**62
    rows, broken = await visit.read(noted, visit.desk.house, before)
    older = rows[-1].entry.id if len(rows) == ROWS else None
    return visit.show("audit.html", rows=rows, broken=broken, older=older)
