"""
What an operator should know at a glance: would somebody be told now, does the bot live, is there a fresh backup.

It looks and changes nothing, so it may run as often as one likes beside a running bot. Ids only; whoever wants names
asks for them.
"""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot import auditing, outside
from bot.house import House
from bot.locale_folder import Standing, base, standings
from bot.outside import Shown
from bot.settings import Settings
from dialogs.audit import KINDS, WhoNow
from storage import alerts, backups, channels, notices, outages, outbox
from storage.channels import FAILING_AFTER

STILL_ALIVE: Final = timedelta(minutes=2)
"""A heartbeat comes every half minute."""
BACKUP_IS_OLD: Final = timedelta(hours=26)
LITTLE_ROOM: Final = 500 * 1024 * 1024
LATE_SEND: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sign:
    """One line: `well` False is something to put right, None something to know."""

    what: str
    well: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class Examination:
    """All signs, and who would be told now."""

    signs: Sequence[Sign]
    who: Sequence[WhoNow]

    @property
    def well(self) -> bool:
        """Whether nothing needs a look."""
        return all(sign.well is not False for sign in self.signs)


def examine(db: sqlite3.Connection, house: House, settings: Settings, now: datetime) -> Examination:
    """Look at everything that can be seen from here."""
    look = auditing.look(db, house, now)
    signs = [
        _heartbeat(db, now),
        *_chains(look),
        *_notices(db),
        _channels(db),
        _backup(settings, now),
        _disk(settings.data_dir),
        *_waiting(db, now),
        *_outside(house, settings, now),
        *languages(standings(), house.translator.locales, settings.default_locale),
    ]
    return Examination(signs, look.who)


def _heartbeat(db: sqlite3.Connection, now: datetime) -> Sign:
    last = outages.last_beat(db)
    if last is None:
        return Sign("bot", False, "has never run on this database")
    age = now - last
    return Sign("bot", age <= STILL_ALIVE, f"last sign of life {_ago(age)}")


def _chains(look: auditing.Look) -> Iterator[Sign]:
    if not look.holes:
        residents = len(look.residents)
        yield Sign("chains", True, f"somebody would be told now about each of {residents} active residents")
    for hole in look.holes:
        yield Sign(hole.kind.value, False, hole.subject)


def _notices(db: sqlite3.Connection) -> Iterator[Sign]:
    """What the audit looks at itself is left to it: its notices may be a day old."""
    looked_at = {kind.value for kind in KINDS}
    for notice in notices.open_notices(db):
        if notice.kind not in looked_at:
            times = f", {notice.times} times" if notice.times > 1 else ""
            since = f"{notice.subject or 'the bot'}, since {notice.first_at:%Y-%m-%d %H:%M} UTC{times}"
            yield Sign(notice.kind, False, since)


def _channels(db: sqlite3.Connection) -> Sign:
    found = channels.everybodys(db)
    if not found:
        return Sign(
            "second channels", None, "none; when Telegram is away nobody can be told (`vidare channels`)"
        )
    failing = [channel.id for channel in found if channel.failures >= FAILING_AFTER]
    detail = f"{len(found)}, failing: {', '.join(map(str, failing)) or 'none'}"
    return Sign("second channels", not failing, detail)


def _backup(settings: Settings, now: datetime) -> Sign:
    if settings.backup_dir is None:
        return Sign("backup", False, "no folder is set: give VIDARE_BACKUP_DIR")
    newest = backups.newest(settings.backup_dir)
    if newest is None:
        return Sign("backup", False, f"none in {settings.backup_dir}")
    age = now - newest.written_at
    return Sign("backup", age <= BACKUP_IS_OLD, f"the newest was written {_ago(age)}")


def _disk(folder: Path) -> Sign:
    free = shutil.disk_usage(folder).free
    return Sign("disk", free >= LITTLE_ROOM, f"{free // (1024 * 1024)} MB free")


def _waiting(db: sqlite3.Connection, now: datetime) -> Iterator[Sign]:
    cases = alerts.open_alerts(db)
    detail = f"{len(cases)} open" + (f", the oldest raised {_ago(now - cases[0].raised_at)}" if cases else "")
    yield Sign("cases", None, detail)
    late = outbox.next_due(db)
    if late is not None and now - late > LATE_SEND:
        yield Sign("sending", False, f"a message has been due since {_ago(now - late)}")


def _outside(house: House, settings: Settings, now: datetime) -> Iterator[Sign]:
    """What a stranger, a locked screen and a shared link show (`vidare doctor --outside` lists all of it)."""
    lines = outside.shown(settings, house.translator, now)
    yield from telling(lines)
    unknown = outside.missing(house.translator)
    if unknown:
        yield Sign("outside", False, f"nobody wrote down what tells in: {', '.join(unknown)} (telling.txt)")
    elif not any(line.tells for line in lines):
        languages = len(house.translator.locales)
        yield Sign("outside", True, f"{len(lines)} lines in {languages} languages tell a stranger nothing")


def languages(found: Iterable[Standing], offered: Sequence[str], default: str) -> Iterator[Sign]:
    """What of an offered language is missing or has gone stale, and which are drafts still."""
    mine = [each for each in found if each.locale in offered]
    for each in mine:
        missing = each.of - each.translated
        if missing and base(each.locale) == each.locale:
            said = f"{missing} texts are missing or stale and are said in {default} (`vidare locales check`)"
            yield Sign("languages", False, f"{each.locale}: {said}")
    drafts = [each.locale for each in mine if not each.reviewed]
    if drafts:
        yield Sign("languages", None, f"drafts, which say so: {', '.join(drafts)} (docs/translating.md)")


def telling(lines: Iterable[Shown]) -> Iterator[Sign]:
    """One sign for each line that tells."""
    for line in lines:
        if line.tells:
            words = ", ".join(f"“{word}”" for word in line.tells)
            yield Sign("outside", False, f"{line.where} ({line.locale}) tells by {words}: {line.text[:60]}")


def _ago(age: timedelta) -> str:
    seconds = max(0, int(age.total_seconds()))
    if seconds < 120:
        return f"{seconds} s ago"
    if seconds < 2 * 3600:
        return f"{seconds // 60} min ago"
    return f"{seconds // 3600} h ago" if seconds < 48 * 3600 else f"{seconds // 86400} days ago"
