"""
Outages: the bot is stopped, time passes, it starts again, and two days go on hour by hour.

What must hold (R4, R6): nobody is told of a silence that was the bot's own, nobody is rung by what piled up, what
was open goes on at once, and everybody is looked after again. Nobody answers anything here: that is the hardest case.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.sandbox.people import Message as Shown
from dialogs.alert import Alert, AlertState, Track
from dialogs.check_in import LATE_WINDOW
from dialogs.events import Timer
from dialogs.schedule import local_day, moment_on, next_moment
from faults.findings import Finding
from faults.scale import Scale
from faults.theatre import Theatre, listening, played, read_everything
from faults.townsfolk import LEFT_ALONE, SNOOZE_IN, UNSENT, ZONE, State, Townswoman, settle_in
from storage import alerts, people, timers

PART: Final = "outages"
OUTAGES: Final = {
    "5 min": timedelta(minutes=5),
    "3 h": timedelta(hours=3),
    "30 h": timedelta(hours=30),
    "9 days": timedelta(days=9),
}
UNTIL_LATE: Final = timedelta(hours=12, minutes=30)
"""From the theatre's ten in the morning to half past ten at night: three hours later it is another day."""
HOUR: Final = timedelta(hours=1)
HOURS_AFTER: Final = 48
HERS_FROM: Final = timedelta(hours=20)
"""Sooner after a long outage no silence can be hers: a day unanswered is nearly a day long."""
WORTH_TELLING: Final = timedelta(hours=1)
QUESTIONS: Final = ("How is today?", UNSENT)
WAS_DOWN: Final = "In that time I asked nobody anything"
ABOUT_HER_ALERT: Final = ("No answer yet", "Seen", "Hello. I have not heard from you since")
"""How the notes begin that tell a resident what becomes of her alert."""


async def prove(scale: Scale, folder: Path) -> list[Finding]:
    """Let every outage pass over a town of its own."""
    texts = read_everything()
    findings: list[Finding] = []
    for name, length in OUTAGES.items():
        place = folder / name.replace(" ", "-")
        place.mkdir()
        async with played(place, texts) as theatre:
            with listening():
                await theatre.pass_time(UNTIL_LATE)
                folk = await settle_in(theatre, scale.residents)
                findings += await Outage(name, length, theatre, folk).suffered()
    return findings


@dataclass(slots=True)
class Outage:
    """One outage and what comes after it."""

    name: str
    length: timedelta
    theatre: Theatre
    folk: Sequence[Townswoman]

    async def suffered(self) -> list[Finding]:
        """Go down, come back, live on; return what was seen."""
        began, before = self.theatre.clock.now(), await self._open_alerts()
        await self.theatre.sleep()
        self.theatre.clock.move(self.length)
        ended = self.theatre.clock.now()
        await self.theatre.wake()
        await self.theatre.settle()
        after = await self._open_alerts()
        findings = [
            self._late(began, ended),
            self._went_on(before, after, ended),
            self._questions(after),
            self._told_of_it(ended),
            await self._looked_after("at the start"),
        ]
        await self.theatre.pass_time(HOUR)
        findings.append(self._first_hour(ended))
        for _hour in range(1, HOURS_AFTER):
            await self._close_what_is_urgent()
            await self.theatre.pass_time(HOUR)
        findings += [
            self._days(ended),
            *self._silence(await self._open_alerts(), ended),
            await self._looked_after("two days on"),
        ]
        return findings

    async def _close_what_is_urgent(self) -> None:
        """Somebody is reached within the hour; how alerts ring on for two days is not tried out here."""
        now = self.theatre.clock.now()

        def work(db: sqlite3.Connection) -> None:
            for alert in self._opened(db):
                if alert.track is Track.URGENT:
                    box = people.get(db, self.theatre.bot.house.keyring, alert.resident).box
                    closed = replace(alert, state=AlertState.CLOSED, next_step_at=None, closed_at=now)
                    alerts.save(db, box, closed)

        await self.theatre.bot.db.run(work)

    def _finding(self, what: str, figure: str, asked: str, held: bool) -> Finding:
        return Finding(PART, f"{self.name}: {what}", figure, asked, held)

    # --- what people saw ---

    def _unasked(self, who: Townswoman, ended: datetime) -> list[Shown]:
        """What she got since the start without having done anything for it, but for news of her own alert."""
        shown = [each for each in self.theatre.seen(who.person) if each.date >= _second(ended)]
        return [each for each in shown if not each.text.startswith(ABOUT_HER_ALERT)]

    def _first_hour(self, ended: datetime) -> Finding:
        counts = {each: len(self._unasked(each, ended)) for each in self.folk}
        more = sum(count > 1 for count in counts.values())
        figure = f"at most {max(counts.values())}, to {more} more than 1, {sum(counts.values())} in all"
        held = all(count <= allowed(each, ended) for each, count in counts.items())
        asked = "1, and 1 more for her own time in that hour or an open question about danger"
        return self._finding("unasked messages to a resident in the first hour", figure, asked, held)

    def _days(self, ended: datetime) -> Finding:
        """A question, a reminder, and for one of them a second reminder of something else."""
        days = Counter(
            (each.person.id, local_day(shown.date, ZONE))
            for each in self.folk
            for shown in self._unasked(each, ended)
        )
        most = max(days.values(), default=0)
        figure = f"at most {most}, {days.total()} in all"
        return self._finding(
            "unasked messages to a resident in a day after it", figure, "at most 3", most <= 3
        )

    def _late(self, began: datetime, ended: datetime) -> Finding:
        """A question that came due meanwhile is asked late, inside its window, once; else not."""
        times = {each.person.id: self._asked(each, ended) for each in self.folk}
        due = {each.person.id for each in self.folk if falls_late(each, began, ended)}
        wrong = sum(count != (person in due) for person, count in times.items())
        figure = f"{sum(times.values())} asked, {wrong} of them or of the others wrongly"
        asked = f"{len(due)}, once each, and nobody else"
        return self._finding("check-ins asked late at the start", figure, asked, wrong == 0)

    def _asked(self, who: Townswoman, ended: datetime) -> int:
        return sum(any(each in shown.text for each in QUESTIONS) for shown in self._unasked(who, ended))

    def _told_of_it(self, ended: datetime) -> Finding:
        contacts = {contact for each in self.folk for contact in each.contacts}
        counts = [
            sum(
                WAS_DOWN in shown.text and shown.date >= _second(ended)
                for shown in self.theatre.seen(contact)
            )
            for contact in contacts
        ]
        once = int(self.length >= WORTH_TELLING)
        figure = f"{min(counts)} to {max(counts)} times, {len(counts)} contact persons"
        held = set(counts) == {once}
        return self._finding("contact persons told of the outage", figure, f"{once} time each", held)

    # --- what goes on ---

    def _went_on(self, before: Sequence[Alert], after: Sequence[Alert], ended: datetime) -> Finding:
        """Who was to be told meanwhile is told now, and every open alert has a next time."""
        now = {alert.id: alert for alert in after}
        due = [alert for alert in before if alert.next_step_at is not None and alert.next_step_at <= ended]
        moved = [alert for alert in due if alert.id in now and now[alert.id] != alert]
        still = [each for each in after if each.next_step_at is None or each.next_step_at <= ended]
        figure = f"{len(moved)} of {len(due)} due, {len(still)} of {len(after)} open stand still"
        held = len(moved) == len(due) and not still
        return self._finding("open alerts that went on at once", figure, "all that were due, none", held)

    def _questions(self, after: Sequence[Alert]) -> Finding:
        """The two hours of a question about danger stand still while the bot is down."""
        early = sum("unanswered" in alert.reasons for alert in after)
        what = "questions about danger taken for unanswered at the start"
        return self._finding(what, f"{early}", "0", early == 0)

    def _silence(self, after: Sequence[Alert], ended: datetime) -> list[Finding]:
        silent = [
            alert for alert in after if any(code.startswith(("silence", "seen")) for code in alert.reasons)
        ]
        early = sum(alert.raised_at < ended + HERS_FROM for alert in silent)
        missed = {each.person.id for each in self.folk if each.state is State.MISSED_ONE}
        heard = missed & {alert.resident for alert in silent}
        figure = f"{len(heard)} of {len(missed)}"
        return [
            self._finding("alerts of a silence that was the bot's own", f"{early}", "0", early == 0),
            self._finding("silences of their own, heard two days on", figure, "all", heard == missed),
        ]

    async def _looked_after(self, when: str) -> Finding:
        """A next moment, or a record that says why there is none (R6)."""
        now = self.theatre.clock.now()

        def work(db: sqlite3.Connection) -> int:
            return sum(_has_a_next_moment(db, each, now) for each in self.folk)

        count = await self.theatre.bot.db.run(work)
        figure = f"{count} of {len(self.folk)}"
        return self._finding(f"residents looked after, {when}", figure, "all", count == len(self.folk))

    async def _open_alerts(self) -> list[Alert]:
        return await self.theatre.bot.db.run(self._opened)

    def _opened(self, db: sqlite3.Connection) -> list[Alert]:
        keyring = self.theatre.bot.house.keyring
        return [
            alerts.get(db, people.get(db, keyring, each.resident_id).box, each.id)
            for each in alerts.open_alerts(db)
        ]


def _second(moment: datetime) -> datetime:
    """Telegram's dates are whole seconds."""
    return moment.replace(microsecond=0)


def _has_a_next_moment(db: sqlite3.Connection, who: Townswoman, now: datetime) -> bool:
    if who.state in LEFT_ALONE:
        return True
    kinds = [timer.kind for timer in timers.of_person(db, who.person.id) if timer.due_at > now]
    return Timer.CHECK_IN in kinds and (who.state is not State.PAUSED or Timer.PAUSE in kinds)


def allowed(who: Townswoman, ended: datetime) -> int:
    """How many messages in the first hour are no burst: what is due by her own choice just then, comes as ever."""
    own_time = next_moment(who.rhythm, ended) < ended + HOUR
    return 1 + (own_time or who.state in (State.QUESTION, State.QUESTION_AGAIN))


def falls_late(who: Townswoman, began: datetime, ended: datetime) -> bool:
    """Whether a question of hers came due in the outage and is still worth asking when it ends."""
    match who.state:
        case State.STOPPED | State.BLOCKED | State.PAUSED | State.PAUSE_ENDS:
            return False
        case State.UNSENT if _in_time(began, ended):
            return True
        case State.NOT_NOW if began + SNOOZE_IN <= ended and _in_time(began + SNOOZE_IN, ended):
            return True
    slot = moment_on(local_day(ended, ZONE), who.rhythm.at, ZONE)
    return began < slot <= ended and _in_time(slot, ended)


def _in_time(due_at: datetime, now: datetime) -> bool:
    return now - due_at <= LATE_WINDOW and local_day(due_at, ZONE) == local_day(now, ZONE)
