"""
Effects carried out: what a decision orders becomes rows, in the transaction that saves the person.

Runs on the storage thread, inside one savepoint. It decides nothing: where something depends on an alert, the
alert's own decision (`dialogs/escalation.py`) is asked and its effects are carried out the same way. What each order
comes to is done where its subject is: words in `bot/speaking.py`, cases in `bot/case_work.py`, and so on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from bot import activity_work, agreeing, keeping, naming, noting, oddities, plan_work, plans
from bot.case_work import CaseWork
from bot.day_work import DayWork
from bot.house import House
from bot.ordering import Ordered, Pressing, Turn
from bot.outgoing import Delete
from bot.relaying import Relaying
from bot.speaking import Speaking
from bot.transaction import Transaction
from dialogs import conversation
from dialogs.alert import AlertEvent
from dialogs.effects import (
    AnnounceActivity,
    AnswerAsStranger,
    AskPlan,
    CancelActivity,
    CheckChain,
    CheckHours,
    ClearChat,
    CountComing,
    CountStep,
    DeleteWritten,
    Effect,
    EndTalk,
    FindActivities,
    FindActivitiesIn,
    FindMyActivities,
    ForgetPerson,
    GatherColleagues,
    GatherData,
    GatherDay,
    GatherInternalNotes,
    GatherPlan,
    GatherPlans,
    GatherResidents,
    GatherWeek,
    KeepLetter,
    LetHappen,
    NoteOpening,
    OpenDesk,
    OpenLetters,
    OpenResident,
    OpenTalk,
    PassEdit,
    PassOn,
    PromiseCall,
    RaiseAlert,
    RecordCheckIn,
    RenameHelper,
    ReportNotice,
    RingChannels,
    Say,
    SendFile,
    SendMyFile,
    SetContacts,
    SetState,
    SetTimer,
    ShortenStay,
    ShowCommands,
    ShowInternalNotes,
    ShowPicture,
    ShowTrend,
    StopTimer,
    TellAlert,
    TellAlertOnTrack,
    TellCoordinators,
    TellOwnAlert,
    Toast,
    UnbuttonAlert,
    WriteInternalNote,
)
from dialogs.escalation_policy import QUIET
from dialogs.events import Event, HoursChecked, PlansGathered
from dialogs.outcome import Outcome
from dialogs.people import Contact, Person, Resident
from dialogs.text import Text
from storage import activities, guide_counts, notices, people, timers
from storage.people import Known
from storage.sealing import Box
from storage.talks import Relay

Deed: TypeAlias = (
    Say
    | Toast
    | ShowPicture
    | SendFile
    | CountStep
    | SetTimer
    | StopTimer
    | RecordCheckIn
    | RaiseAlert
    | TellAlert
    | TellAlertOnTrack
    | UnbuttonAlert
    | RingChannels
    | ReportNotice
    | SetState
    | ShowCommands
    | ClearChat
    | KeepLetter
    | WriteInternalNote
    | ShowInternalNotes
    | CountComing
    | AnnounceActivity
    | CancelActivity
    | LetHappen
    | NoteOpening
    | ShowTrend
    | OpenDesk
    | AnswerAsStranger
    | ShortenStay
    | ForgetPerson
    | DeleteWritten
    | SendMyFile
)
"""Orders that nothing comes back from."""


class Carrier:
    """One person's event, or one alert's, carried out. `ordered` collects what is to be sent."""

    def __init__(self, db: sqlite3.Connection, house: House, now: datetime, ordered: Ordered) -> None:
        self._db, self._house, self._now = db, house, now
        self._transaction = Transaction(db, house, now, ordered)
        self._speaking = Speaking(self._transaction)
        self._cases = CaseWork(self._transaction, self._speaking, self._carry)
        self._days = DayWork(self._transaction, self._speaking, self.happen)
        self._relaying = Relaying(self._transaction, self.happen)
        self._depth = 0
        self._passed_on: list[LetHappen] = []
        self._erased: list[Resident] = []

    # --- something happens ---

    def happen(self, known: Known, event: Event, pressing: Pressing | None = None) -> None:
        """Decide about one event of one person and carry out all that follows from it."""
        with self._whole():
            self._happen(known, event, pressing)

    def alert_happens(self, alert_id: int, event: AlertEvent | None) -> None:
        """Hand an event to an alert; None: its next time has come."""
        with self._whole():
            self._cases.happens(alert_id, event)

    def begin_anew(self, resident: Known, alert_id: int, level: int, reasons: tuple[str, ...]) -> None:
        """Begin a case whose record does not open once more, with what is known now."""
        self._cases.begin_anew(resident, alert_id, level, reasons)

    def ring(self, person_id: int, alert_id: int | None) -> None:
        """Ring somebody's second channels about a case that no decision led to."""
        if alert_id is not None:
            self._cases.ring(person_id, alert_id)

    def letter_unopened(self, relay: Relay) -> None:
        """A letter that was kept for her was not opened in time."""
        self._relaying.not_read(relay, "unopened")

    def letter_lost(self, outbox_id: int, how: str) -> None:
        """A message that carried a letter did not arrive, or nobody knows."""
        self._relaying.lost(outbox_id, how)

    def tell(self, person_id: int, text: Text) -> None:
        """Say something to a helper that no event of theirs led to."""
        self._speaking.tell(person_id, text)

    def delete(self, person_id: int, box: Box, order: Delete) -> None:
        """Delete messages that no decision named."""
        self._speaking.delete(person_id, box, order)

    def say(self, effect: Say) -> None:
        """Say something to the person `effect` names that no decision led to."""
        if effect.to is not None:
            self._speaking.say_to_other(effect, effect.to)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is passed on to somebody happens once everybody who is decided about now is saved."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
        while self._depth == 0 and self._passed_on:
            passed = self._passed_on.pop(0)
            there = people.exists(self._db, passed.person)
            other = self._transaction.read(passed.person) if there else None
            if other is not None:
                self.happen(other, passed.event)
        while self._depth == 0 and self._erased:
            keeping.take_out_of_records(self._transaction, self._erased.pop())

    def _happen(self, known: Known, event: Event, pressing: Pressing | None) -> None:
        oddities.note(self._db, self._house, known, self._now)
        waiting, toast = [event], None
        while waiting:
            outcome = self._decide(known.person, waiting.pop(0))
            turn = Turn(known, outcome.person, pressing, toast=toast)
            for effect in outcome.effects:
                waiting += self._carry(effect, turn)
            if turn.forgotten or not waiting:
                self._speaking.answer_press(turn)
            if turn.forgotten:
                return
            pressing, toast = turn.pressing, turn.toast
            known = replace(known, person=self._keep(known, turn))

    def _decide(self, person: Person, event: Event) -> Outcome[Resident] | Outcome[Contact]:
        if isinstance(person, Resident):
            return conversation.decide(person, event, self._now, self._house.knowledge)
        return conversation.decide_contact(person, event, self._now, self._house.knowledge)

    def _keep(self, known: Known, turn: Turn) -> Person:
        person = turn.person
        if turn.offered:
            person = replace(person, offered=tuple(turn.offered))
        if turn.keyboard is not None and isinstance(person, Contact):
            person = replace(person, keyboard=tuple(turn.keyboard))
        if person != known.person:
            people.save_person(self._db, known.box, person, self._now)
        return person

    # --- orders ---

    def _carry(self, effect: Effect, turn: Turn) -> list[Event]:
        """Do what is ordered; returns what happens to the same person because of it."""
        further = self._ask(effect, turn)
        return [further] if further is not None else []

    def _ask(self, effect: Effect, turn: Turn) -> Event | None:  # noqa: C901 -- one case for each order
        """What is answered with an event; the rest is only done."""
        match effect:
            case TellOwnAlert(answer):
                return self._cases.tell_own(answer, turn)
            case GatherData():
                return keeping.gather(self._transaction, turn.known)
            case CheckChain(again):
                return self._cases.check_chain(turn, again)
            case GatherColleagues():
                return self._days.colleagues(turn.known)
            case OpenTalk():
                return self._relaying.open(turn.known, effect)
            case PassOn():
                return self._relaying.pass_on(turn.known, effect)
            case PassEdit():
                return self._relaying.pass_edit(turn.known, effect)
            case OpenLetters():
                return self._relaying.open_letters(turn.known)
            case EndTalk(talk, why):
                return self._relaying.end(turn.known, talk, why)
            case CheckHours():
                return HoursChecked(self._cases.ladder(turn.person, QUIET).waits_until)
            case GatherInternalNotes(resident):
                return noting.gathered(self._transaction, turn.known, resident)
            case SetContacts(contacts):
                return agreeing.choose(self._transaction, self._cases, self._relaying, turn.known, contacts)
            case FindActivities() | FindActivitiesIn() | FindMyActivities():
                return activity_work.find(self._transaction, effect)
            case RenameHelper(name):
                return naming.rename(self._transaction, self.happen, name, turn.known.id)
            case GatherPlans():
                return PlansGathered(plans.open_to(self._db, self._transaction.read, turn.known.id))
            case GatherPlan(resident, page):
                return plan_work.open_plan(self._transaction, resident, page, turn.known.id)
            case AskPlan():
                return plan_work.ask_plan(self._transaction, self.happen, effect, turn.known.id)
            case TellCoordinators(text):
                return self._days.tell_coordinators(text, turn.known)
            case PromiseCall():
                return self._days.promise_call(effect, turn)
            case GatherDay() | GatherResidents() | OpenResident() | GatherWeek():
                return self._days.look(effect, turn.person)
            case _:
                self._do(effect, turn)
                return None

    def _do(self, effect: Deed, turn: Turn) -> None:  # noqa: C901 -- one case for each order
        known = turn.known
        match effect:
            case Say():
                self._speaking.say(effect, turn)
            case Toast(text):
                self._speaking.toast(text, turn)
            case ShowPicture():
                self._speaking.show_picture(effect, turn)
            case SendFile():
                self._speaking.send_file(effect, turn)
            case CountStep(guide, step, count):
                guide_counts.add(self._db, guide, step, count)
            case SetTimer(timer, at):
                timers.set_timer(self._db, known.id, timer, at)
            case StopTimer(timer):
                timers.stop_timer(self._db, known.id, timer)
            case RecordCheckIn():
                keeping.record(self._transaction, effect, turn)
            case RaiseAlert():
                self._cases.begin(effect, turn)
            case TellAlert(alert, event):
                self._cases.tell(alert, event, turn)
            case TellAlertOnTrack(track, event):
                self._cases.tell_track(track, event, turn)
            case UnbuttonAlert(alert):
                self._cases.unbutton(alert)
            case RingChannels(person, alert):
                self._cases.ring(person, alert)
            case ReportNotice(kind, subject):
                notices.report(self._db, kind, self._now, subject)
            case SetState(state):
                people.set_state(self._db, known.id, state, self._now)
            case ShowCommands():
                self._speaking.show_commands(turn)
            case ClearChat():
                keeping.clear_chat(self._transaction, self._speaking, turn)
            case KeepLetter(relay, letter):
                self._relaying.keep(known, relay, letter)
            case WriteInternalNote():
                noting.write_and_say(self._transaction, self._speaking, effect, turn)
            case ShowInternalNotes():
                noting.show(self._transaction, self._speaking, effect, turn)
            case ForgetPerson():
                self._forget(turn)
            case CountComing(activity, change):
                activities.count_coming(self._db, activity, change)
            case AnnounceActivity(draft):
                activity_work.announce(self._transaction, known.id, draft)
            case CancelActivity(activity):
                activities.cancel(self._db, activity)
            case LetHappen():
                self._passed_on.append(effect)
            case NoteOpening(resident):
                self._days.note_opening(known.id, resident)
            case ShowTrend(resident):
                self._days.show_trend(resident, turn)
            case AnswerAsStranger():
                self._speaking.answer_as_stranger(turn)
            case OpenDesk():
                self._days.open_desk(turn)
            case DeleteWritten(message):
                keeping.delete_written(self._speaking, turn, message)
            case SendMyFile():
                keeping.send_my_file(self._speaking, effect, turn)
            case ShortenStay(lasts):
                keeping.shorten(self._transaction, known.id, lasts)
            case _:
                assert_never(effect)

    def _forget(self, turn: Turn) -> None:
        if isinstance(turn.known.person, Contact):
            agreeing.contact_leaves(self._transaction, self._cases, self.happen, turn.known.person.id)
        if isinstance(turn.known.person, Resident):
            self._erased.append(turn.known.person)
        keeping.forget(self._transaction, turn)
