"""
A clock that somebody sets by two hours, forward and back, while alerts are open and messages wait.

The real bot, in a process whose clock a signal sets (`faults.set_clock`). Each jump meets an alert whose telling is
to be sent again, a pause that Telegram has asked for, alerts that wait for an answer, and people who go on writing.
What is asked: messages leave within seconds, what falls due is looked at, no open alert waits longer than its own
pace, and nobody is asked twice on one date of hers.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

from bench.messages import ORDINARY
from bot.sandbox import FaultKind
from bot.wiring import DATABASE
from dialogs.alert import AlertState
from dialogs.escalation_policy import Policy
from faults import account, books
from faults.account import Account
from faults.deeds import Crowd, day_asked_in, telling_in
from faults.findings import Finding
from faults.processes import Life, starter
from faults.scale import Scale
from faults.set_clock import BACK, BY, FORWARD, VARIABLE
from faults.stage import Arrival, Cast, NotSettled, Stage, make_due, rested, staged, until
from storage import alerts
from storage.alerts import OpenAlert

PART: Final = "disk and clock"
CAST: Final = Cast(writers=6, endangered=8, asked=12)
JUMPS: Final = (FORWARD, BACK, BACK, FORWARD)
NAMES: Final = {FORWARD: "the clock jumps 2 h forward", BACK: "the clock jumps 2 h back"}
PAUSE: Final = 3
"""Seconds for which Telegram has just stopped all sending when the clock is set."""
BEFORE_WITHIN: Final = 15.0
IN_TIME: Final = 20.0
"""Seconds for a repeat (5), a pause (3) and a look at what is due (1), on a busy machine; two hours are more."""
SLACK: Final = timedelta(minutes=1)
DEEDS: Final = 10


@dataclass(frozen=True, slots=True)
class Jump:
    """What came of one jump: after how many seconds, None where not in time; and how long an alert is to wait."""

    answered: float | None
    repeated: float | None
    asked: float | None
    too_late: timedelta  # beyond its pace


@dataclass(slots=True)
class _Play:
    stage: Stage
    crowd: Crowd
    life: Life
    offset: timedelta = timedelta(0)
    jumps: list[Jump] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """As the bot's clock shows it."""
        return datetime.now(UTC) + self.offset

    def came(self, person: int, since: int, fits: Callable[[Arrival], bool]) -> bool:
        """Whether something that fits has come to this person's phone since."""
        return any(each.person == person and fits(each) for each in self.stage.arrivals[since:])


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """Four jumps: there and back again, and back and there again."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(scale.seed)
    async with starter(folder) as bots, staged(folder / "town", CAST) as stage:
        life = await bots.start(stage.environment(**{VARIABLE: "1"}))
        await life.is_running()
        play = _Play(stage, Crowd(stage, chance), life)
        for number in JUMPS:
            play.jumps.append(await _jump(play, number == FORWARD))
            _write_again(play)
        taken = await _end(play)
        ended_well = life.over and life.ended.result() == 0
        return [*_lines(play.jumps), *last_lines(taken, ended_well, len(bots.errors))]


async def _jump(play: _Play, forward: bool) -> Jump:
    try:
        teller = await _make_wait(play)
    except NotSettled:  # what came before has not ended: nothing works that would have to work for this
        return Jump(None, None, None, too_late(_open_alerts(play.stage), play.now))
    since = len(play.stage.arrivals)
    play.life.send(FORWARD if forward else BACK)
    play.offset += BY if forward else -BY
    writer = play.stage.writers[1]
    play.crowd.write(writer, ORDINARY[0])
    (asked,) = play.crowd.arm_new(1)
    make_due(play.stage.town, [asked], play.now)
    answered, repeated, questioned = await asyncio.gather(
        _seconds(lambda: play.came(writer, since, lambda _each: True)),
        _seconds(lambda: play.came(teller, since, lambda each: telling_in(each) is not None)),
        _seconds(lambda: play.came(asked, since, lambda each: day_asked_in(each) is not None)),
    )
    return Jump(answered, repeated, questioned, too_late(_open_alerts(play.stage), play.now))


async def _make_wait(play: _Play) -> int:
    """Leave a telling to be repeated and all sending stopped; returns whose telling it is."""
    for _ in range(DEEDS):
        play.crowd.act()
    await rested(play.stage)
    resident = play.crowd.next_endangered
    contact = play.stage.contact_of(resident)
    faults, since = play.stage.sandbox.faults, len(play.stage.arrivals)
    faults.add(FaultKind.DROP_AFTER, method="sendMessage", chat_id=play.stage.chats[contact])
    play.crowd.cry()
    await until(
        lambda: play.came(contact, since, lambda each: telling_in(each) is not None), BEFORE_WITHIN, "told"
    )
    writer = play.stage.writers[0]
    faults.add(
        FaultKind.REFUSE, method="sendMessage", chat_id=play.stage.chats[writer], code=429, retry_after=PAUSE
    )
    play.crowd.write(writer, ORDINARY[0])
    await until(lambda: not len(faults), BEFORE_WITHIN, "stopped")
    return contact


async def _seconds(happened: Callable[[], bool]) -> float | None:
    begun = monotonic()
    try:
        await until(happened, IN_TIME, "in time")
    except NotSettled:
        return None
    return monotonic() - begun


def _open_alerts(stage: Stage) -> list[OpenAlert]:
    with closing(sqlite3.connect(f"file:{stage.town.data / DATABASE}?mode=ro", uri=True)) as db:
        return alerts.open_alerts(db)


def too_late(found: Iterable[OpenAlert], now: datetime) -> timedelta:
    """Return how far the worst open alert is off: it waits for longer than its pace allows, or nobody looks at it."""
    off = [_off(each.next_step_at - now, _patience(each)) for each in found if each.next_step_at is not None]
    return max(off, default=timedelta(0))


def _off(ahead: timedelta, patience: timedelta) -> timedelta:
    return max(ahead - patience, -ahead, timedelta(0))


def _patience(alert: OpenAlert) -> timedelta:
    policy = Policy().of(alert.level)
    return policy.outcome if alert.state is AlertState.ACKNOWLEDGED else policy.steps[0].wait


def _write_again(play: _Play) -> None:
    """Whoever was asked falls due once more: on the same date that must lead to nothing."""
    make_due(play.stage.town, sorted(play.crowd.deeds.armed), play.now)


async def _end(play: _Play) -> Account:
    await rested(play.stage)
    play.crowd.answer_everything()
    await rested(play.stage)
    if not play.life.over:
        await play.life.stop()
    stage = play.stage
    return account.take(play.crowd.deeds, stage.queue.pushed, stage.arrivals, books.read(stage.town))


# --- the table ---


def _lines(jumps: Iterable[Jump]) -> list[Finding]:
    return [line for number, jump in zip(JUMPS, jumps, strict=True) for line in findings(NAMES[number], jump)]


def findings(name: str, jump: Jump) -> list[Finding]:
    """Messages, what is due, and the alerts."""
    leaving = (jump.answered, jump.repeated, jump.asked)
    return [
        Finding(
            PART,
            f"{name}: an answer, a repeat, a check-in",
            ", ".join("never" if each is None else f"{each:.0f} s" for each in leaving),
            f"{IN_TIME:.0f} s each",
            None not in leaving,
        ),
        Finding(
            PART,
            f"{name}: an open alert is off its pace",
            f"{jump.too_late.total_seconds() / 60:.0f} min",
            "0 min",
            jump.too_late <= SLACK,
        ),
    ]


def last_lines(took: Account, ended_well: bool, errors: int) -> list[Finding]:
    """In two hours one may hear again that nobody has answered, and "I have it" may expire: those do not count."""
    told = (took.updates_lost, took.effects_twice, took.alerts_unsent, took.asked_twice)
    others = took.wrong - took.notes_twice - took.answers_lost - sum(told)
    figure = f"{', '.join(map(str, (*told, others)))} of {took.updates} updates"
    what = "four jumps: lost, twice, alerts unsent, check-ins twice on a date, otherwise wrong"
    end = "in good order" if ended_well else "bad"
    return [
        Finding(PART, what, figure, "0, 0, 0, 0, 0", sum(told) + others == 0),
        Finding(
            PART,
            "four jumps: exceptions in the log, the end",
            f"{errors}, {end}",
            "0, in good order",
            errors == 0 and ended_well,
        ),
    ]
