"""
Open cases: the overview with their clocks, one case with its reasons, and the buttons.

A record that does not open is one line on the page, and takes nothing from the others (R9).
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web

from bot import chain
from bot.desk import acting
from bot.desk.visit import Visit
from bot.doctor import Sign, examine
from bot.house import House
from bot.settings import Settings
from dialogs import alert_texts, at_the_desk, notice_texts
from dialogs.alert import Alert
from dialogs.people import Resident
from dialogs.schedule import local_day
from dialogs.text import Message, _
from storage import alerts, audit, channels, check_ins, notices, people
from storage.alerts import OpenAlert
from storage.audit import Did

UNANSWERED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Case:
    """One line. Where `alert` is None the record does not open, and only what stands in the clear is known."""

    clear: OpenAlert
    alert: Alert | None
    holder: str
    mine: bool

    @property
    def alias(self) -> str:
        """What she is called here."""
        return self.alert.alias if self.alert is not None else ""


@dataclass(frozen=True, slots=True)
class Look:
    """Something that needs a look. `about` is a name where it is about somebody, and `path` her page or the case's."""

    text: Message
    about: str
    path: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """All that may need somebody today."""

    cases: Sequence[Case]
    unanswered: Sequence[tuple[str, Sequence[tuple[date, str]]]]
    failing: Sequence[tuple[str, int]]
    notices: Sequence["Look"]
    signs: Sequence[Sign]


def look(db: sqlite3.Connection, house: House, settings: Settings, me: int, now: datetime) -> Overview:
    """Read all of it; what does not open is passed over or named by its number."""
    since = local_day(now, house.default_zone) - timedelta(days=UNANSWERED_DAYS)
    return Overview(
        [_case(db, house, each, me) for each in alerts.open_alerts(db)],
        [(name(db, house, each), days) for each, days in unanswered(db, house, since).items()],
        [
            (name(db, house, each.person_id), each.failures)
            for each in channels.everybodys(db)
            if each.failures >= channels.FAILING_AFTER
        ],
        [_notice(db, house, each) for each in notices.open_notices(db)],
        examine(db, house, settings, now).signs,
    )


def unanswered(db: sqlite3.Connection, house: House, since: date) -> dict[int, list[tuple[date, str]]]:
    """Return the days without an answer of those residents who let them be seen."""
    found = check_ins.unanswered_since(db, since)
    return {each: days for each, days in found.items() if _lets_silence_be_seen(db, house, each)}


def _lets_silence_be_seen(db: sqlite3.Connection, house: House, person_id: int) -> bool:
    known = chain.readable(db, house, person_id)
    return known is not None and isinstance(known.person, Resident) and at_the_desk.sees_silence(known.person)


def _notice(db: sqlite3.Connection, house: House, notice: notices.Notice) -> Look:
    """A person by name, a case by number; anything else as it stands."""
    text = notice_texts.line(notice.kind, notice.times)
    kind, _colon, number = notice.subject.partition(":")
    if kind == "person" and number.isdecimal():
        path = f"/people/{number}" if people.exists(db, int(number)) else ""
        return Look(text, name(db, house, int(number)), path, notice.first_at)
    path = f"/cases/{number}" if kind == "alert" and number.isdecimal() else ""
    return Look(text, notice.subject, path, notice.first_at)


def _case(db: sqlite3.Connection, house: House, clear: OpenAlert, me: int) -> Case:
    try:
        alert = acting.read(db, house, clear.id)
    except acting.CaseUnreadable:
        return Case(clear, None, "", False)
    holder = "" if alert.holder is None else name(db, house, alert.holder)
    return Case(clear, alert, holder, alert.holder == me)


def name(db: sqlite3.Connection, house: House, person_id: int) -> str:
    """What somebody is called here: a resident's alias, a contact person's name; the number where neither opens."""
    known = chain.readable(db, house, person_id) if people.exists(db, person_id) else None
    if known is None:
        return f"({person_id})"
    person = known.person
    return person.alias if isinstance(person, Resident) else person.name


async def overview(visit: Visit) -> web.StreamResponse:
    """The first page."""
    desk = visit.desk
    found = await visit.read(look, desk.house, desk.settings, visit.known.id, visit.now)
    return visit.show("overview.html", found=found)


@dataclass(frozen=True, slots=True)
class Opened:
    """One case: why, who was told and when, by name."""

    case: Case
    reasons: Sequence[Message]


def open_case(db: sqlite3.Connection, house: House, alert_id: int, me: int, now: datetime) -> Opened | None:
    """Look into one case, which is noted; None where there is none that is open."""
    clear = alerts.in_the_clear(db, alert_id)
    if clear is None:
        return None
    case = _case(db, house, clear, me)
    audit.note(db, now, me, Did.CASE_OPENED, audit.case(alert_id))
    alert = case.alert
    return Opened(case, [alert_texts.reason(code, alert.alias) for code in alert.reasons] if alert else [])


async def one(visit: Visit) -> web.StreamResponse:
    """A case, with what contact persons read about it."""
    found = await visit.run(open_case, visit.desk.house, visit.number("case"), visit.known.id, visit.now)
    if found is None:
        raise web.HTTPNotFound
    return visit.show("case.html", opened=found, case=found.case)


async def answer(visit: Visit) -> web.StreamResponse:
    """She takes it on, takes it over, or says how it went."""
    case, given, step = visit.number("case"), visit.form.get("answer", ""), visit.form.get("step", "")
    if given not in acting.ANSWERS or not step.isdecimal() or len(step) > 9:
        raise web.HTTPNotFound
    try:
        became = await visit.run(
            acting.act, visit.desk.house, visit.known.id, case, given, int(step), visit.now
        )
    except alerts.AlertNotFound:
        return visit.look_at(
            "/", _("desk", "Case {case} is not here any more. Nothing was changed.", case=case)
        )
    except acting.CaseUnreadable:
        return visit.look_at("/", _("desk", "Case {case} cannot be read. Nothing was changed.", case=case))
    if not became.done:
        return visit.look_at("/", became.refused or _("desk", "Case {case}: nothing was changed.", case=case))
    return visit.look_at("/", _done(given, case))


def _done(given: str, case: int) -> Message:
    if given in ("have", "over"):
        return _("desk", "You have case {case}. The others know.", case=case)
    return _("desk", "Noted about case {case}.", case=case)
