"""
Updates by the thousand that are shaped by chance: huge, nested, of wrong types, with texts nobody would write.

The bot is a real process; the sandbox hands them out as Telegram would. What must hold: it lives on and its memory is
bounded, each update is recorded, and what is set aside is what cannot be read and nothing else. Nothing of what
anybody wrote stands in the log, in the open in the database, or in the chat of somebody it was not meant for.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from bench.processes import BotProcess, Kind
from bot.telegram_in import UpdateUnreadable
from bot.wiring import DATABASE
from dialogs.notices import NoticeKind
from faults.findings import Finding
from faults.processes import read_line
from faults.scale import Scale
from faults.stage import Cast, Stage, rested, staged, until
from faults.strange_maker import MARK, Maker

PART: Final = "strange updates"
CAST: Final = Cast(writers=12, endangered=4, asked=4)
AT_ONCE: Final = 1_000
FED_WITHIN: Final = 300.0
STRANGERS: Final = 3
GROWS_BY: Final = 64 * 2**20
"""Bytes: what the memory may grow by once a tenth was handled; what is kept of 90 000 updates would be far more."""
EXPECTED: Final = frozenset({UpdateUnreadable.__name__})
USUAL: Final = frozenset({NoticeKind.UPDATE_SET_ASIDE.value, NoticeKind.CONTACT_UNREACHABLE.value})
"""What cannot be read, and contact persons who block the bot."""
LOG: Final = "bot.log"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in the end."""

    fed: int
    unrecorded: int  # neither recorded nor set aside
    set_aside: Mapping[str, int]  # by the kind of error
    errors: int  # exceptions in the log
    in_log: int  # marks
    in_database: int
    in_wrong_chats: int
    notices: Sequence[str]
    early: float  # bytes of memory when a tenth was handled
    late: float


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """Feed them, let the bot rest, stop it, and look."""
    async with staged(folder / "town", CAST) as stage:
        strangers = [stage.sandbox.add_person("Somebody").id for _ in range(STRANGERS)]
        for each in strangers:
            stage.sandbox.people[each].started = True
        now = int(datetime.now(UTC).timestamp())
        maker = Maker(scale.seed, (*stage.chats.values(), *strangers), now)
        bot = BotProcess(Kind("bot", ("bot", "run"), stage.town), stage.sandbox, stage.folder, None)
        try:
            await bot.start()
            fed, early = await _fed(stage, maker, bot, scale.strange)
            await rested(stage)
            late = bot.resident_memory
        finally:
            await bot.stop()
        return report(_look(stage, maker, fed, early, late))


async def _fed(stage: Stage, maker: Maker, bot: BotProcess, count: int) -> tuple[list[int], float]:
    """Hand them out, never too many at once; returns their ids, and the memory when a tenth was handled."""
    fed: list[int] = []
    early = 0.0
    for number in range(count):
        fed.append(stage.queue.inject_bytes(partial(maker.update, number)))
        if stage.sandbox.unconfirmed() >= AT_ONCE:
            await until(lambda: stage.sandbox.unconfirmed() < AT_ONCE // 2, FED_WITHIN, "handled")
        if number == count // 10:
            await until(lambda: stage.sandbox.unconfirmed() == 0, FED_WITHIN, "handled")
            early = bot.resident_memory
    await until(lambda: stage.sandbox.unconfirmed() == 0, FED_WITHIN, "handled")
    return fed, early


def _look(stage: Stage, maker: Maker, fed: list[int], early: float, late: float) -> Seen:
    lines = (stage.folder / LOG).read_bytes().splitlines()
    with closing(sqlite3.connect(stage.town.data / DATABASE)) as db:
        recorded = {row[0] for row in db.execute("SELECT update_id FROM updates")}
        errors = Counter(row[0] for row in db.execute("SELECT error FROM set_aside"))
        notices = sorted({row[0] for row in db.execute("SELECT kind FROM notices")})
    return Seen(
        fed=len(fed),
        unrecorded=len(set(fed) - recorded),
        set_aside=errors,
        errors=sum(isinstance(read_line(each).get("error"), list) for each in lines),
        in_log=sum(MARK.search(each) is not None for each in lines),
        in_database=sum(len(MARK.findall(each.read_bytes())) for each in stage.town.data.iterdir()),
        in_wrong_chats=sum(1 for _ in wrongly_shown(stage, maker)),
        notices=notices,
        early=early,
        late=late,
    )


def wrongly_shown(stage: Stage, maker: Maker) -> Iterable[int]:
    """The numbers of updates whose words somebody else reads, but for the two who may write with each other."""
    person_of = {chat: person for person, chat in stage.chats.items()}
    for chat, shown in stage.sandbox.chats.items():
        for message in shown.messages:
            for found in MARK.findall(message.text.encode("utf-8", "replace")) if message.from_bot else ():
                writer = maker.writer(int(found))
                if writer != chat and not _are_one_pair(stage, person_of.get(writer), person_of.get(chat)):
                    yield int(found)


def _are_one_pair(stage: Stage, one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return False
    contact, resident = sorted((one, other))
    return resident > stage.contacts and stage.contact_of(resident) == contact


def report(seen: Seen) -> list[Finding]:
    """The lines of the table."""
    other = {kind: count for kind, count in seen.set_aside.items() if kind not in EXPECTED}
    aside = sum(seen.set_aside.values())
    told = f"{seen.in_log}, {seen.in_database}, {seen.in_wrong_chats}"
    grown = seen.late - seen.early
    memory = f"{seen.early / 2**20:.0f} MB after a tenth, {seen.late / 2**20:.0f} MB in the end"
    return [
        _finding(
            "neither recorded nor set aside", f"{seen.unrecorded} of {seen.fed}", "0", not seen.unrecorded
        ),
        _finding(
            "set aside for another reason than that it cannot be read",
            f"{_named(other)} of {aside} set aside",
            "none, some set aside",
            not other and aside > 0,
        ),
        _finding("exceptions in the log", f"{seen.errors}", "0", not seen.errors),
        _finding(
            "words in the log, in the open in the database, in another's chat",
            told,
            "0, 0, 0",
            not (seen.in_log or seen.in_database or seen.in_wrong_chats),
        ),
        _finding(
            "notices", ", ".join(seen.notices) or "none", ", ".join(sorted(USUAL)), set(seen.notices) <= USUAL
        ),
        _finding("memory of the bot", memory, f"at most {GROWS_BY // 2**20} MB more", grown <= GROWS_BY),
    ]


def _named(errors: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in errors.items()) or "none"


def _finding(what: str, figure: str, asked: str, held: bool) -> Finding:
    return Finding(PART, what, figure, asked, held)
