"""
The outcome table, tried out: each answer of Telegram to each kind of message, on the real bot.

One bot plays all scenes, each with people of its own, who are erased after it. What is looked at is what people see
and what the outbox says, after a time in which nothing but the message itself can move.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from dialogs.events import Timer
from faults.findings import Finding
from faults.outcome_table import KINDS, PAUSE_ASKED, SLOW, Cell, Kind, cells
from faults.scale import Scale
from faults.theatre import Heard, Somebody, Theatre, listening, played, read_everything
from storage import timers

PART: Final = "outcomes"
LOOK_AFTER: Final = timedelta(seconds=PAUSE_ASKED + 2)
"""Longer than any first pause, shorter than the time any alert waits for its next step."""
A_MOMENT: Final = timedelta(seconds=2)
MARK: Final = "↻"
LEVELS: Final = {0: "", logging.WARNING: "warning", logging.ERROR: "error"}
HEADLINES: Final = {"🔴": "", "🟠": "", "🔵": ", calmly"}
"""How a telling begins, and how it is told."""
FURTHER: Final = "a further sign"
"""What a note to an open case says."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a message: how often it stands there, whether a repeat says so, the outbox, others, the log."""

    times: int
    marked: bool
    row: str
    told: tuple[str, ...]
    log: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one scene."""

    leyla: Somebody
    mina: Somebody
    josef: Somebody


Act = Callable[[Theatre, Cast], Awaitable[None]]
Count = Callable[[Theatre, Cast], int]


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens before, what makes the bot send the message, and how one sees how often it arrived."""

    before: Act
    act: Act
    count: Count
    to: Callable[[Cast], Somebody] = lambda cast: cast.leyla


async def prove(scale: Scale, folder: Path) -> list[Finding]:  # noqa: ARG001 -- the table is the same at any scale
    """Try the whole table; one line for each kind of message, and one for each cell that is not as asked for."""
    found: list[tuple[Cell, Seen]] = []
    async with played(folder, read_everything(), read_timeout=SLOW) as theatre:
        with listening() as heard:
            for cell in cells():
                found.append((cell, await tried(theatre, heard, cell)))  # noqa: PERF401 -- one after the other
            return [*report(found), _loud(heard.errors)]


def _loud(errors: int) -> Finding:
    what = "a wrong token or a second bot, as errors in the log"
    return Finding(PART, what, f"{errors}", "at least 1", errors > 0)


def report(found: Sequence[tuple[Cell, Seen]]) -> list[Finding]:
    """Return the lines of the table."""
    lines = [_summary(kind, [each for each in found if each[0].kind is kind]) for kind in KINDS.values()]
    return [*lines, *(_deviation(cell, seen) for cell, seen in found if seen != asked(cell))]


def _summary(kind: Kind, found: Sequence[tuple[Cell, Seen]]) -> Finding:
    held = sum(seen == asked(cell) for cell, seen in found)
    figure = f"{len(found)} answers, {held} as expected"
    return Finding(
        PART, f"{kind.name}: each answer of Telegram", figure, "all as expected", held == len(found)
    )


def _deviation(cell: Cell, seen: Seen) -> Finding:
    what = f"{cell.kind.name}: {cell.answer.name} ({cell.word})"
    return Finding(PART, what, _said(seen), _said(asked(cell)), held=False)


def _said(seen: Seen) -> str:
    told = ", ".join(seen.told) or "nobody"
    marked = ", marked" if seen.marked else ""
    return f"{seen.times} x{marked}; outbox {seen.row}; told: {told}; log: {seen.log or 'nothing'}"


def asked(cell: Cell) -> Seen:
    """Return what is asked for in a cell."""
    fate, answer = cell.fate, cell.answer
    times = int(answer.fault is None or fate.again) + answer.delivered
    if cell.kind.method != "sendMessage":
        times = min(times, 1)  # what is done twice there is done
    told = tuple(sorted({*cell.kind.anyway, *fate.told}))
    return Seen(times, fate.marked, fate.row, told, fate.log)


async def tried(theatre: Theatre, heard: Heard, cell: Cell) -> Seen:
    """Play one scene with one accident, and return what came of it."""
    mina, josef = await theatre.contact("Mina"), await theatre.contact("Josef")
    cast = Cast(await theatre.resident((mina, josef)), mina, josef)
    scene = SCENES[cell.kind.name]
    await scene.before(theatre, cast)
    await theatre.settle()
    heard.taken()
    if cell.answer.fault is not None:
        chat = scene.to(cast).chat if cell.kind.method != "answerCallbackQuery" else None
        details = dict(cell.answer.details)
        theatre.sandbox.faults.add(cell.answer.fault, method=cell.kind.method, chat_id=chat, **details)
    await scene.act(theatre, cast)
    await theatre.settle()
    await theatre.pass_time(LOOK_AFTER)
    seen = await _looked(theatre, heard, cell, cast, scene)
    theatre.sandbox.faults.clear()
    await theatre.forget(cast.leyla, mina, josef)
    return seen


async def _looked(theatre: Theatre, heard: Heard, cell: Cell, cast: Cast, scene: Scene) -> Seen:
    reader = scene.to(cast)
    level = max((record.levelno for record in heard.taken()), default=0)
    if cell.answer.loud:
        level = min(level, logging.WARNING)  # how loud is counted over all its cells
    return Seen(
        scene.count(theatre, cast),
        any(shown.text.startswith(MARK) for shown in theatre.seen(reader)),
        await _row(theatre, reader, cell.kind.purposes),
        tuple(sorted(_told(theatre, cast, but=reader))),
        LEVELS[level],
    )


async def _row(theatre: Theatre, reader: Somebody, purposes: tuple[str, ...]) -> str:
    """How the latest such message ended."""
    query = "SELECT state, purpose FROM outbox WHERE person_id = ? ORDER BY id DESC"
    rows = await theatre.bot.db.run(lambda db: db.execute(query, (reader.id,)).fetchall())
    return next((str(state) for state, purpose in rows if purpose in purposes), "none")


def _told(theatre: Theatre, cast: Cast, but: Somebody) -> set[str]:
    """Who of the contact persons was told of a case, and how; the reader of the alert itself is counted apart."""
    told = {"the writer"} if any(_is_lost(each.text) for each in theatre.seen(cast.leyla)) else set()
    for name, person in (("Mina", cast.mina), ("Josef", cast.josef)):
        for shown in theatre.seen(person) if person != but else ():
            how = ", a further sign" if FURTHER in shown.text else HEADLINES.get(shown.text[:1])
            if how is not None:
                told.add(name + how)
    return told


def _is_lost(text: str) -> bool:
    """Whether this tells the writer of a letter that it did not arrive, or may not have."""
    return "did not reach" in text or "not certain that your last message" in text


# --- the scenes ---


async def _nothing(_stage: Theatre, _cast: Cast) -> None:
    """What happens before is nothing."""


def _writes(text: str) -> Act:
    async def act(theatre: Theatre, cast: Cast) -> None:
        theatre.sandbox.say(cast.leyla.chat, text)

    return act


async def _is_asked(theatre: Theatre, cast: Cast) -> None:
    """The check-in of the day falls due."""
    at = theatre.clock.now() + A_MOMENT
    await theatre.bot.db.run(timers.set_timer, cast.leyla.id, Timer.CHECK_IN, at)
    await theatre.pass_time(2 * A_MOMENT)


async def _is_reminded(theatre: Theatre, cast: Cast) -> None:
    at = theatre.clock.now() + A_MOMENT
    await theatre.bot.db.run(timers.set_timer, cast.leyla.id, Timer.REMINDER, at)
    await theatre.pass_time(2 * A_MOMENT)


async def _answers(theatre: Theatre, cast: Cast) -> None:
    """Leyla presses the second face; a press is answered by an edit, and by what ends its waiting circle."""
    question = theatre.seen(cast.leyla)[-1]
    data = next(each.data for row in question.buttons for each in row if (each.data or "").endswith(":4"))
    theatre.sandbox.press(cast.leyla.chat, question.message_id, data or "")


async def _takes_it_on(theatre: Theatre, cast: Cast) -> None:
    telling = theatre.seen(cast.mina)[-1]
    data = next(each.data for row in telling.buttons for each in row if (each.data or "").endswith(":have"))
    theatre.sandbox.press(cast.mina.chat, telling.message_id, data or "")


async def _talks(theatre: Theatre, cast: Cast) -> None:
    """Mina begins to write with Leyla, as the button on her page does."""
    theatre.sandbox.say(cast.mina.chat, "/help")
    await theatre.settle()
    shown = theatre.seen(cast.mina)[-1]
    theatre.sandbox.press(cast.mina.chat, shown.message_id, f"tk:with:{cast.leyla.id}", forged=True)
    await theatre.settle()
    await theatre.pass_time(A_MOMENT)  # what she writes in that second was not for Mina


def _letters(theatre: Theatre, cast: Cast) -> int:
    return sum("are you there?" in shown.text for shown in theatre.seen(cast.mina))


def _with(words: str) -> Count:
    """How many messages to Leyla hold these words."""

    def count(theatre: Theatre, cast: Cast) -> int:
        return sum(words in shown.text for shown in theatre.seen(cast.leyla))

    return count


def _tellings(theatre: Theatre, cast: Cast) -> int:
    return sum("Case" in shown.text or "case" in shown.text for shown in theatre.seen(cast.mina))


def _answered(theatre: Theatre, cast: Cast) -> int:
    pressed = [each for each in theatre.sandbox.queries.values() if each.chat_id == cast.leyla.chat]
    return sum(each.answer is not None for each in pressed)


def _hidden(theatre: Theatre, cast: Cast) -> int:
    """Whether what stood there before is gone; the harmless line that is left comes after it."""
    first = theatre.sandbox.chat(cast.leyla.chat).messages[0]
    return int(first.deleted)


SCENES: Final[Mapping[str, Scene]] = {
    "alert": Scene(_nothing, _writes("I need someone"), _tellings, to=lambda cast: cast.mina),
    "emergency": Scene(
        _nothing,
        _writes("he is at my door with a knife"),
        _with("I am a program and not an emergency service"),
    ),
    "note": Scene(_writes("I need someone"), _takes_it_on, _with("will get in touch with you.")),
    "reply": Scene(_nothing, _writes("/help"), _with("I can ask how you are")),
    "check-in": Scene(_nothing, _is_asked, _with("How is today?")),
    "reminder": Scene(_is_asked, _is_reminded, _with("One tap is enough")),
    "edit": Scene(_is_asked, _answers, _with("Good to hear.")),
    "press": Scene(_is_asked, _answers, _answered),
    "delete": Scene(_writes("/help"), _writes("/hide"), _hidden),
    "letter": Scene(_talks, _writes("are you there?"), _letters, to=lambda cast: cast.mina),
}
