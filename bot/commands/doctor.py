"""
`vidare doctor`: would somebody be told now, and is the bot well?

Exit code 0: nothing needs a look. 1: something does. 2: it could not look. Fit for a monitoring that runs commands.
"""

import argparse
import asyncio
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot import outside, profile
from bot.clock import Clock
from bot.doctor import Examination, Sign, examine, telling
from bot.house import House
from bot.outgoing import DeliveryFailed
from bot.outside import Shown, Where
from bot.settings import Settings, load_settings
from bot.telegram_out import Telegram
from bot.translating import Translator
from bot.wiring import opened, read_texts
from dialogs.audit import WhoNow
from dialogs.escalation_policy import LEVEL_NAMES
from dialogs.people import Contact
from storage import people

LEVELS: Final = {number: name for name, number in LEVEL_NAMES.items()}
MARKS: Final[Mapping[bool | None, str]] = {True: "ok  ", False: "LOOK", None: "    "}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Four flags."""
    parser = subparsers.add_parser("doctor", help="say who would be told now, and what needs a look")
    parser.add_argument("--names", action="store_true", help="show the agreed names too")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument(
        "--offline", action="store_true", help="do not ask Telegram whether it knows our token"
    )
    parser.add_argument(
        "--outside", action="store_true", help="list what a stranger, a locked screen and a shared link show"
    )
    parser.set_defaults(run=lambda given: asyncio.run(_doctor(load_settings(), given)))


async def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        found = await db.run(examine, house, settings, Clock().now())
        names = await db.run(_names, house) if given.names else {}
    seen = [] if given.offline else await _seen(settings, house.translator)
    if not given.offline:
        found = Examination([await _telegram(settings), *telling(seen), *found.signs], found.who)
    if given.outside:
        print("\n".join(_listed([*seen, *outside.shown(settings, house.translator, Clock().now())])))
    elif given.json:
        print(json.dumps(_as_json(found, names), ensure_ascii=False))
    else:
        print("\n".join(_lines(found, names)))
    return 0 if found.well else 1


async def _telegram(settings: Settings) -> Sign:
    token = settings.telegram_token.get_secret_value()
    try:
        async with Telegram(token, settings.telegram_api) as telegram:
            me = await telegram.get_me()
    except DeliveryFailed as failed:
        return Sign("Telegram", False, f"does not answer us: {failed.kind}")
    return Sign("Telegram", True, f"knows the bot as @{me.username}")


async def _seen(settings: Settings, translator: Translator) -> list[Shown]:
    """The profile as Telegram shows it at this moment, whoever has set it."""
    token = settings.telegram_token.get_secret_value()
    seen: list[Shown] = []
    try:
        async with Telegram(token, settings.telegram_api) as telegram:
            username = (await telegram.get_me()).username
            for language, locale in profile.languages(translator).items():
                texts = (f"t.me/{username}", *await telegram.presented(language))
                seen += outside.at_telegram(locale, texts)
    except DeliveryFailed:
        return []  # `_telegram` says so
    return list(dict.fromkeys(seen))


def _listed(lines: Iterable[Shown]) -> Iterable[str]:
    """By language, then by who sees it; what tells is marked."""
    heading = None
    for line in sorted(lines, key=lambda each: (each.locale, list(Where).index(each.where))):
        if heading != (line.locale, line.where):
            heading = (line.locale, line.where)
            yield f"\n{line.locale}, {line.where}:"
        told = f"   <- tells: {', '.join(line.tells)}" if line.tells else ""
        yield f"{MARKS[False] if line.tells else MARKS[None]}  {line.text}{told}"


def _names(db: sqlite3.Connection, house: House) -> dict[int, str]:
    return {
        known.id: known.person.name if isinstance(known.person, Contact) else known.person.alias
        for known in people.list_people(db, house.keyring)
    }


def _lines(found: Examination, names: Mapping[int, str]) -> Iterable[str]:
    yield from (f"{MARKS[sign.well]}  {sign.what}: {_named(sign.detail, names)}" for sign in found.signs)
    if found.who:
        yield "\nWho would be told now:"
    yield from (_who(each, names) for each in found.who)


def _named(detail: str, names: Mapping[int, str]) -> str:
    kind, _colon, number = detail.partition(":")
    known = kind == "person" and number.isdecimal() and int(number) in names
    return f"{detail} ({names[int(number)]})" if known else detail


def _who(who: WhoNow, names: Mapping[int, str]) -> str:
    rungs = ", then ".join(" and ".join(_one(each, names) for each in rung) for rung in who.rungs)
    wait = f" (waits until {who.waits_until:%H:%M} UTC)" if who.waits_until is not None else ""
    return f"  {_one(who.resident, names)}, {LEVELS[who.level]}: {rungs or 'NOBODY'}{wait}"


def _one(person: int, names: Mapping[int, str]) -> str:
    return f"{person} {names[person]}" if person in names else str(person)


def _as_json(found: Examination, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "well": found.well,
        "signs": [{"what": sign.what, "well": sign.well, "detail": sign.detail} for sign in found.signs],
        "who": [
            {"resident": each.resident, "level": each.level, "rungs": [list(rung) for rung in each.rungs]}
            for each in found.who
        ],
        **({"names": {str(person): name for person, name in names.items()}} if names else {}),
    }
