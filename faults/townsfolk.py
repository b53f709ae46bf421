"""
Residents in every state an outage may meet, each with a contact person, put into the database in one go.

Times of check-ins are spread over the day, so that some fall before an outage, some into it and some after it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.house import House
from bot.outgoing import Send, encode
from bot.sandbox import FaultKind
from dialogs.check_in import unasked_until
from dialogs.effects import Priority, Purpose
from dialogs.events import Timer
from dialogs.people import Agreed, CheckIn, Consent, Contact, Person, Place, Question, Resident, Rhythm, Role
from dialogs.schedule import local_day, next_moment
from faults.theatre import Somebody, Theatre
from storage import check_ins, links, outbox, people, timers

ZONE: Final = "Europe/Stockholm"
RESIDENTS_FOR_A_CONTACT: Final = 10
HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
SNOOZE_IN: Final = 30 * MINUTE
UNSENT: Final = "A question that was never sent."


class State(StrEnum):
    """What is open for a resident when the bot goes down."""

    NOTHING = "nothing"  # her check-in comes at some time of the day
    ASKED = "asked"  # an hour ago, and the reminder is still to come
    MISSED_ONE = "missed-one"  # the same, and yesterday she did not answer either
    UNSENT = "unsent"  # her check-in is in the outbox and has not left
    NOT_NOW = "not-now"  # she asked to be asked again, in half an hour
    QUESTION = "question"  # a question about danger is open, to be asked again in ten minutes
    QUESTION_AGAIN = "question-again"  # and asked again: in half an hour her silence counts
    PAUSE_ENDS = "pause-ends"  # in an hour
    PAUSED = "paused"  # for a fortnight
    STOPPED = "stopped"
    BLOCKED = "blocked"
    ALERT_RAISED = "alert-raised"  # it is unclear whether the contact person was told
    ALERT_WAITING = "alert-waiting"  # the contact person was told and has not answered
    ALERT_TAKEN = "alert-taken"  # somebody has it


TAKEN_WAITING_RAISED: Final = (State.ALERT_TAKEN, State.ALERT_WAITING, State.ALERT_RAISED)
ASKED_TODAY: Final = (State.ASKED, State.MISSED_ONE, State.UNSENT, State.NOT_NOW)
LEFT_ALONE: Final = (State.STOPPED, State.BLOCKED)
"""Who has no next moment, and whose record says why."""

Timers: TypeAlias = list[tuple[Timer, datetime]]


@dataclass(frozen=True, slots=True)
class Townswoman:
    """A resident, the state the outage meets her in, when she is asked, and her contact persons."""

    person: Somebody
    state: State
    rhythm: Rhythm
    contacts: tuple[Somebody, Somebody]


async def settle_in(theatre: Theatre, count: int) -> list[Townswoman]:
    """Put `count` residents and their contact persons into the database, in turn in every state."""
    now = theatre.clock.now()
    helpers = [theatre.phone("Mina") for _ in range(max(2, count // RESIDENTS_FOR_A_CONTACT))]
    chats = [theatre.phone("Leyla") for _ in range(count)]

    def work(db: sqlite3.Connection) -> list[Townswoman]:
        bringing = _Bringing(db, theatre.bot.house, now)
        contacts = [bringing.contact(chat) for chat in helpers]
        return [bringing.resident(place, chat, contacts) for place, chat in enumerate(chats)]

    folk = await theatre.bot.db.run(work)
    await _raise_alerts(theatre, folk)
    return folk


async def _raise_alerts(theatre: Theatre, folk: Sequence[Townswoman]) -> None:
    """The unclear ones last: what waits to be repeated holds up the next telling to the same person."""
    taken, waiting, raised = (
        [each for each in folk if each.state is state] for state in TAKEN_WAITING_RAISED
    )
    await _cry(theatre, taken)
    for contact in {each.contacts[0] for each in taken}:
        for shown in theatre.seen(contact):
            data = next(
                each.data for row in shown.buttons for each in row if (each.data or "").endswith(":have")
            )
            theatre.sandbox.press(contact.chat, shown.message_id, data or "")
    await _cry(theatre, waiting)
    for each in raised:
        theatre.sandbox.faults.add(FaultKind.DROP_BEFORE, method="sendMessage", chat_id=each.contacts[0].chat)
    await _cry(theatre, raised)
    theatre.sandbox.faults.clear()


async def _cry(theatre: Theatre, folk: Sequence[Townswoman]) -> None:
    for each in folk:
        theatre.sandbox.say(each.person.chat, "I need someone")
    await theatre.settle()


@dataclass(frozen=True, slots=True)
class _Bringing:
    db: sqlite3.Connection
    house: House
    now: datetime

    def contact(self, chat: int) -> Somebody:
        return self._person(
            Role.CONTACT,
            lambda number: Contact(number, "Mina", locale="en", place=Place.MENU, joined=True),
            chat,
        )

    def resident(self, place: int, chat: int, contacts: Sequence[Somebody]) -> Townswoman:
        state = tuple(State)[place % len(State)]
        pair = contacts[place % len(contacts)], contacts[(place + 1) % len(contacts)]
        rhythm = Rhythm(at=_at(place, state, self.now), zone=ZONE)
        agreed = tuple(Agreed(each.id, "Mina") for each in pair)
        plain = Resident(
            0,
            "Leyla",
            place=Place.MENU,
            joined=True,
            consent=Consent(check_ins=True, reading=True, telling=True),
            proposed=agreed,
            contacts=agreed,
            rhythm=rhythm,
        )
        person, falling = _in_state(plain, state, self.now)
        leyla = self._person(Role.RESIDENT, lambda number: replace(person, id=number), chat)
        for turn, each in enumerate(pair):
            links.propose(self.db, leyla.id, each.id, turn)
        links.agree(self.db, leyla.id, [each.id for each in pair])
        self._remember(leyla, person, state, falling)
        return Townswoman(leyla, state, rhythm, pair)

    def _person(self, role: Role, build: Callable[[int], Person], chat: int) -> Somebody:
        known = people.create_person(self.db, self.house.keyring, role, build, self.now)
        people.bind_chat(self.db, self.house.doors, known.box, known.id, chat, self.now)
        people.set_state(self.db, known.id, "active", self.now)
        return Somebody(known.id, chat)

    def _remember(self, leyla: Somebody, person: Resident, state: State, falling: Timers) -> None:
        for kind, at in falling:
            timers.set_timer(self.db, leyla.id, kind, at)
        if state is State.BLOCKED:
            people.set_reachable(self.db, leyla.id, False, self.now)
        box = people.get(self.db, self.house.keyring, leyla.id).box
        if person.check_in is not None:
            day, slot = person.check_in.day, person.check_in.slot
            check_ins.record(self.db, box, leyla.id, day, slot, "asked", None, person.check_in.asked_at)
        if state is State.UNSENT:
            outbox.put(
                self.db,
                box,
                person_id=leyla.id,
                purpose=Purpose.CHECK_IN.value,
                priority=Priority.ROUTINE.value,
                due_at=self.now,
                now=self.now,
                content=encode(Send(leyla.chat, UNSENT, until=unasked_until(person, self.now))),
            )


def _at(place: int, state: State, now: datetime) -> time:
    """Spread over the day; who was asked today was asked an hour ago."""
    if state in ASKED_TODAY:
        return (now - HOUR).astimezone(ZoneInfo(ZONE)).time().replace(second=0, microsecond=0)
    minutes = place * 127 % (24 * 60)
    return time(minutes // 60, minutes % 60)


def _in_state(plain: Resident, state: State, now: datetime) -> tuple[Resident, Timers]:
    """Return her as she is in `state`, and what falls for her."""
    falls: Timers = [(Timer.CHECK_IN, next_moment(plain.rhythm, now))]
    today = CheckIn(local_day(now, ZONE), "d", now - HOUR)
    asked = replace(plain, check_in=today, asked_on=today.day)
    match state:
        case State.ASKED:
            return asked, [*falls, (Timer.REMINDER, now + 2 * HOUR)]
        case State.MISSED_ONE:
            return replace(asked, missed=1), [*falls, (Timer.REMINDER, now + 2 * HOUR)]
        case State.UNSENT:
            unsent = replace(asked, check_in=replace(today, asked_at=now))
            return unsent, [*falls, (Timer.REMINDER, now + 3 * HOUR)]
        case State.NOT_NOW:
            seen = replace(asked, check_in=replace(today, seen=True))
            return seen, [*falls, (Timer.SNOOZE, now + SNOOZE_IN)]
        case State.QUESTION:
            open_one = replace(plain, question=Question("SU", now - 20 * MINUTE))
            return open_one, [*falls, (Timer.QUESTION, now + 10 * MINUTE)]
        case State.QUESTION_AGAIN:
            again = replace(plain, question=Question("SU", now - 90 * MINUTE, again=True))
            return again, [*falls, (Timer.QUESTION, now + 30 * MINUTE)]
        case State.PAUSE_ENDS:
            return _paused(plain, now + HOUR)
        case State.PAUSED:
            return _paused(plain, now + timedelta(days=14))
        case State.STOPPED:
            return replace(plain, stopped=True), []
        case State.BLOCKED:
            return plain, []
        case _:
            return plain, falls


def _paused(plain: Resident, until: datetime) -> tuple[Resident, Timers]:
    paused = replace(plain, paused_until=until)
    return paused, [(Timer.CHECK_IN, next_moment(plain.rhythm, until)), (Timer.PAUSE, until)]
