"""
Effects carried out: what a decision orders becomes rows, in the transaction that saves the person.

Runs on the storage thread, inside one savepoint. It decides nothing: where something depends on an alert, the
alert's own decision (`dialogs/escalation.py`) is asked and its effects are carried out the same way.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never

from bot import chain, day, my_file, naming, noting, oddities, plans
from bot.house import House
from bot.outgoing import (
    AnswerPress,
    Delete,
    Edit,
    Forwarded,
    MyFile,
    Out,
    Outgoing,
    Picture,
    Send,
    SetCommands,
    Trend,
    Unbutton,
    encode,
    split,
)
from bot.relaying import Relaying
from bot.translating import Reader, fold
from dialogs import (
    check_in,
    contact_person,
    conversation,
    damage,
    desk_texts,
    escalation,
    helper_texts,
    her_calls,
    letting_go,
    menu,
    near,
    notes_page,
    threads,
)
from dialogs import notices as noticed
from dialogs.activity import Draft, Then
from dialogs.alert import Alert, AlertEvent, AlertState, ContactAnswer, ContactGone, Repeated, Track, Worsened
from dialogs.alert_texts import repeat_line, said_before
from dialogs.day import not_shown, trend_caption
from dialogs.effects import (
    UNASKED,
    AnnounceActivity,
    AskPlan,
    CancelActivity,
    CheckChain,
    CheckHours,
    ClearChat,
    CountComing,
    CountStep,
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
    Priority,
    PromiseCall,
    Purpose,
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
from dialogs.escalation_policy import QUIET, URGENT
from dialogs.events import (
    ActivitiesFound,
    CallNoted,
    CallPromised,
    CallRefused,
    ChainChecked,
    ColleaguesGathered,
    ContactPersonLeft,
    ContactRenamed,
    CoordinatorsTold,
    DataGathered,
    Event,
    HoursChecked,
    InternalNotesGathered,
    NameKept,
    NameTaken,
    NoCaseFits,
    PlanChangeAsked,
    PlanClosed,
    PlanGathered,
    PlansGathered,
)
from dialogs.ladder import Ladder
from dialogs.notices import NoticeKind
from dialogs.outcome import Outcome
from dialogs.people import Contact, Person, Resident, Role
from dialogs.schedule import local_day
from dialogs.screen import Keyboard, rows
from dialogs.telling import Step
from dialogs.text import Text
from dialogs.words import LABELS
from storage import (
    activities,
    alerts,
    audit,
    check_ins,
    desk_accounts,
    desk_links,
    guide_counts,
    internal_notes,
    links,
    notices,
    outbox,
    people,
    rings,
    set_aside,
    talks,
    timers,
    updates,
)
from storage.people import Known

log = logging.getLogger(__name__)

DELETABLE_FOR = timedelta(hours=48)
DELETE_AT_ONCE = 100
"""Telegram's limits (platform.md 1.1)."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that was put into the outbox, with what the sender needs; never print it."""

    id: int
    person_id: int
    purpose: str
    priority: int
    due_at: datetime
    alert_id: int | None
    step: int
    outgoing: Outgoing = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressing:
    """The press that led here: where an edit goes, and what waits for an answer (None once it was answered)."""

    press_id: str | None
    message_id: int | None


@dataclass(slots=True)
class Ordered:
    """
    What a transaction leaves to be sent. `loose` is in no table: strangers, and words after erasing.

    `ringing`: rings were written or dropped, so whoever rings shall look now. `erased`: somebody's key was destroyed.
    """

    queued: list[Queued] = field(default_factory=list)
    loose: list[Outgoing] = field(default_factory=list)
    ringing: bool = False
    erased: bool = False

    def add(self, other: "Ordered") -> None:
        """Take over what a part of the transaction ordered."""
        self.queued += other.queued
        self.loose += other.loose
        self.ringing |= other.ringing
        self.erased |= other.erased


class Carrier:
    """One person's event, or one alert's, carried out. `ordered` collects what is to be sent."""

    def __init__(self, db: sqlite3.Connection, house: House, now: datetime, ordered: Ordered) -> None:
        self._db, self._house, self._now, self._ordered = db, house, now, ordered
        self._relaying = Relaying(db, house, now, self.happen, self._readable)
        self._depth = 0
        self._passed_on: list[LetHappen] = []
        self._erased: list[Resident] = []

    def happen(self, known: Known, event: Event, pressing: Pressing | None = None) -> None:
        """Decide about one event of one person and carry out all that follows from it."""
        with self._whole():
            self._happen(known, event, pressing)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is passed on to somebody happens once everybody who is decided about now is saved."""
        self._depth += 1
        yield
        self._depth -= 1
        while self._depth == 0 and self._passed_on:
            passed = self._passed_on.pop(0)
            there = people.exists(self._db, passed.person)
            other = self._readable(passed.person) if there else None
            if other is not None:
                self.happen(other, passed.event)
        while self._depth == 0 and self._erased:
            self._let_go(self._erased.pop())

    def _happen(self, known: Known, event: Event, pressing: Pressing | None) -> None:
        oddities.note(self._db, self._house, known, self._now)
        waiting, toast = [event], None
        while waiting:
            outcome = self._decide(known.person, waiting.pop(0))
            turn = _Turn(known, outcome.person, pressing, toast=toast)
            for effect in outcome.effects:
                waiting += self._carry(effect, turn)
            if turn.forgotten or not waiting:
                self._answer_press(turn)
            if turn.forgotten:
                return
            pressing, toast = turn.pressing, turn.toast
            known = replace(known, person=self._keep(known, turn))

    def _decide(self, person: Person, event: Event) -> Outcome[Resident] | Outcome[Contact]:
        if isinstance(person, Resident):
            return conversation.decide(person, event, self._now, self._house.knowledge)
        return conversation.decide_contact(person, event, self._now, self._house.knowledge)

    def _keep(self, known: Known, turn: "_Turn") -> Person:
        person = turn.person
        if turn.offered:
            person = replace(person, offered=tuple(turn.offered))
        if turn.keyboard is not None and isinstance(person, Contact):
            person = replace(person, keyboard=tuple(turn.keyboard))
        if person != known.person:
            people.save_person(self._db, known.box, person, self._now)
        return person

    def _carry(self, effect: Effect, turn: "_Turn") -> list[Event]:
        """Do what is ordered; returns what happens to the same person because of it."""
        further = self._ask(effect, turn)
        return [further] if further is not None else []

    def _ask(self, effect: Effect, turn: "_Turn") -> Event | None:  # noqa: C901 -- one case for each order
        """What is answered with an event; the rest is only done."""
        match effect:
            case TellOwnAlert(answer):
                return self._tell_own(answer, turn)
            case GatherData():
                return self._gather(turn.known)
            case CheckChain(again):
                return self._check_chain(turn, again)
            case GatherColleagues():
                return self._colleagues(turn.known)
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
                return HoursChecked(self._ladder(turn.person, QUIET).waits_until)
            case GatherInternalNotes(resident):
                return self._notes_about(turn.known, resident)
            case SetContacts(contacts):
                return self._set_contacts(turn.known, contacts)
            case FindActivities() | FindActivitiesIn() | FindMyActivities():
                return self._find_activities(effect)
            case RenameHelper(name):
                return self._rename(name, turn.known.id)
            case GatherPlans():
                return PlansGathered(plans.open_to(self._db, self._readable, turn.known.id))
            case GatherPlan(resident, page):
                return self._open_plan(resident, page, turn.known.id)
            case AskPlan():
                return self._ask_plan(effect, turn.known.id)
            case TellCoordinators(text):
                return self._tell_coordinators(text, turn.known)
            case PromiseCall():
                return self._promise_call(effect, turn)
            case GatherDay() | GatherResidents() | OpenResident() | GatherWeek():
                return self._look(effect, turn.person)
            case _:
                self._do(effect, turn)
                return None

    def _do(self, effect: "Deed", turn: "_Turn") -> None:  # noqa: C901 -- one case for each order
        known = turn.known
        match effect:
            case Say():
                self._say(effect, turn)
            case Toast(text):
                self._toast(text, turn)
            case ShowPicture():
                self._show_picture(effect, turn)
            case SendFile():
                self._send_file(effect, turn)
            case CountStep(guide, step, count):
                guide_counts.add(self._db, guide, step, count)
            case SetTimer(timer, at):
                timers.set_timer(self._db, known.id, timer, at)
            case StopTimer(timer):
                timers.stop_timer(self._db, known.id, timer)
            case RecordCheckIn():
                self._record(effect, turn)
            case RaiseAlert():
                self._raise(effect, turn)
            case TellAlert(alert, event):
                self._tell_alert(alert, event, turn)
            case TellAlertOnTrack(track, event):
                self._tell_track(track, event, turn)
            case UnbuttonAlert(alert):
                self._unbutton(alert)
            case RingChannels(person, alert):
                self._ring(person, alert)
            case ReportNotice(kind, subject):
                notices.report(self._db, kind, self._now, subject)
            case SetState(state):
                people.set_state(self._db, known.id, state, self._now)
            case ShowCommands():
                self._show_commands(turn)
            case ClearChat():
                self._clear_chat(turn)
            case KeepLetter(relay, letter):
                self._relaying.keep(known, relay, letter)
            case WriteInternalNote():
                self._write_note(effect, turn)
            case ShowInternalNotes():
                self._show_notes(effect, turn)
            case ForgetPerson():
                self._forget(turn)
            case CountComing(activity, change):
                activities.count_coming(self._db, activity, change)
            case AnnounceActivity(draft):
                self._announce(known.id, draft)
            case CancelActivity(activity):
                activities.cancel(self._db, activity)
            case LetHappen():
                self._passed_on.append(effect)
            case NoteOpening(resident):
                self._note_opening(known.id, audit.Did.RESIDENT_OPENED, resident)
            case ShowTrend(resident):
                self._show_trend(resident, turn)
            case OpenDesk():
                self._open_desk(turn)
            case SendMyFile():
                self._send_my_file(effect, turn)
            case _:
                assert_never(effect)

    def letter_lost(self, outbox_id: int, how: str) -> None:
        """A message that carried a letter did not arrive, or nobody knows."""
        self._relaying.lost(outbox_id, how)

    # --- activities ---

    def _find_activities(
        self, effect: FindActivities | FindActivitiesIn | FindMyActivities
    ) -> ActivitiesFound:
        system = self._house.doors.system
        match effect:
            case FindActivities(ids, then):
                return ActivitiesFound(activities.find(self._db, system, ids), then)
            case FindActivitiesIn(place):
                return ActivitiesFound(activities.to_come(self._db, system, self._now, place), Then.NEXT)
            case FindMyActivities(by):
                return ActivitiesFound(activities.to_come(self._db, system, self._now, by=by), Then.MINE)

    def _announce(self, by: int, draft: Draft) -> None:
        """Kept and begun at once: who presses twice has no draft the second time."""
        if draft.place is None or draft.title is None or draft.begins_at is None:
            raise ValueError("an activity that is not whole cannot be announced")
        activity_id = activities.add(
            self._db,
            self._house.doors.system,
            self._now,
            place=draft.place,
            begins_at=draft.begins_at,
            ends_at=draft.begins_at,
            title=draft.title,
            words=draft.words or "",
            by=by,
        )
        activities.send(self._db, activity_id)

    # --- a contact person's day ---

    def _look(
        self, effect: GatherDay | GatherResidents | OpenResident | GatherWeek, person: Person
    ) -> Event | None:
        if not isinstance(person, Contact):
            return None
        match effect:
            case GatherDay():
                return day.today(self._db, self._readable, person, self._now)
            case GatherResidents():
                return day.residents(self._db, self._readable, person, self._now)
            case OpenResident(resident):
                return day.opened(self._db, self._readable, person, resident, self._now)
            case GatherWeek():
                return day.week(self._db, self._readable, person, self._now)

    def _show_trend(self, resident_id: int, turn: "_Turn") -> None:
        person, chat_id = turn.person, turn.known.chat_id
        if chat_id is None or not isinstance(person, Contact):
            return
        resident = day.with_trend(self._db, self._readable, person, resident_id)
        if resident is None:
            self._say(Say(not_shown()), turn)
            return
        self._note_opening(person.id, audit.Did.TREND_OPENED, resident_id)
        caption = self._house.translator.text((trend_caption(),), self._reader(person))
        last = local_day(self._now, resident.rhythm.zone)
        trend = Trend(chat_id, resident.faces, last, person.locale, caption)
        self._put(turn, trend, Purpose.REPLY.value, Priority.REPLY.value, None)

    def _promise_call(self, effect: PromiseCall, turn: "_Turn") -> Event:
        known, resident = turn.known, self._readable(effect.resident)
        if resident is None or not day.may_call(self._db, known.id, resident):
            return CallRefused()
        person = resident.person
        if not isinstance(person, Resident):
            return CallRefused()
        asked = day.has_case(self._db, known.id, resident)
        writable = resident.reachable and day.may_hear(self._db, resident)
        refused = her_calls.refused(person, writable=writable, asked=asked, now=self._now)
        if refused is not None:
            return refused
        self.happen(resident, CallPromised(known.id, turn.person.name, effect.at))
        told_at = her_calls.tell_at(person, effect.at, self._now)
        return CallNoted(resident.id, person.alias, effect.at, told_at)

    def _tell_coordinators(self, text: Text, but: Known) -> CoordinatorsTold:
        others = [each for each in people.ids(self._db, Role.COORDINATOR, "active") if each != but.id]
        there = [each for each in others if (other := self._readable(each)) and other.reachable]
        for each in there:
            self.tell(each, text)
        return CoordinatorsTold(len(there))

    # --- words ---

    def tell(self, person_id: int, text: Text) -> None:
        """Say something to a helper that no event of theirs led to."""
        self._say_to_other(Say(text, purpose=Purpose.NOTE), person_id)

    def say(self, effect: Say) -> None:
        """Say something to the person `effect` names that no decision led to."""
        if effect.to is not None:
            self._say_to_other(effect, effect.to)

    def _say(self, effect: Say, turn: "_Turn") -> None:
        if effect.purpose in UNASKED and turn.silenced:
            return
        if effect.to is not None and effect.to != turn.known.id:
            self._say_to_other(effect, effect.to)
            return
        if turn.known.chat_id is None:
            return
        reader = self._reader(turn.person)
        pieces = split(self._house.translator.text(effect.text, reader)) or [""]
        buttons, offered = self._buttons(effect.keyboard, reader)
        turn.offered += offered
        message_id = turn.pressing.message_id if turn.pressing and effect.in_place else None
        if message_id is not None and len(pieces) == 1:
            turn.pressing = replace(turn.pressing, message_id=None) if turn.pressing else None
            self._put(turn, Edit(turn.known.chat_id, message_id, pieces[0], buttons), "edit", 1, effect)
            return
        for piece in pieces[:-1]:
            self._put_piece(turn, effect, piece, reader)
        keyboard = self._reply_keyboard(turn, reader) if effect.menu and not buttons else None
        outgoing = Send(
            turn.known.chat_id,
            pieces[-1],
            buttons,
            keyboard,
            silent=effect.quietly,
            if_repeated=self._repeat(effect, reader),
            until=self._until(effect, turn.person),
        )
        self._put(turn, outgoing, effect.purpose.value, effect.priority.value, effect)

    def _put_piece(self, turn: "_Turn", effect: Say, piece: str, reader: Reader) -> None:
        """What goes before the end of a long text: it is no telling of its own, and stops nothing when it is taken."""
        purpose = Purpose.NOTE if effect.purpose is Purpose.ALERT else effect.purpose
        outgoing = Send(
            turn.known.chat_id or 0,
            piece,
            silent=effect.quietly,
            if_repeated=self._repeat(effect, reader),
            until=self._until(effect, turn.person),
        )
        self._put(turn, outgoing, purpose.value, effect.priority.value, None)

    def _show_picture(self, effect: ShowPicture, turn: "_Turn") -> None:
        if turn.known.chat_id is None:
            return
        reader = self._reader(turn.person)
        caption = self._house.translator.text((effect.caption,), reader)
        picture = Picture(turn.known.chat_id, effect.name, turn.person.locale, caption)
        self._put(turn, picture, Purpose.REPLY.value, Priority.REPLY.value, None)

    def _send_file(self, effect: SendFile, turn: "_Turn") -> None:
        if turn.known.chat_id is None:
            return
        caption = self._house.translator.text((effect.caption,), self._reader(turn.person))
        file = Forwarded(turn.known.chat_id, effect.kind, effect.file, effect.ending, caption, effect.quietly)
        row = self._put(turn, file, Purpose.RELAY.value, Priority.REPLY.value, None)
        talks.carried_by(self._db, effect.relay, row)

    def _say_to_other(self, effect: Say, person_id: int) -> None:
        other = self._readable(person_id)
        if other is None:
            return
        oddities.note(self._db, self._house, other, self._now)
        self._say(replace(effect, to=None), _Turn(other, other.person, None))

    def _put(self, turn: "_Turn", outgoing: Outgoing, purpose: str, priority: int, about: Say | None) -> int:
        """Returns the row of the outbox; 0 where there is none."""
        if turn.forgotten:
            self._ordered.loose.append(outgoing)
            return 0
        alert_id, step = (about.alert, about.step) if about is not None else (None, 0)
        row = outbox.put(
            self._db,
            turn.known.box,
            person_id=turn.known.id,
            purpose=purpose,
            priority=priority,
            due_at=self._now,
            now=self._now,
            content=encode(outgoing),
            alert_id=alert_id,
            step=step,
        )
        self._ordered.queued.append(
            Queued(row, turn.known.id, purpose, priority, self._now, alert_id, step, outgoing)
        )
        if about is not None and about.relay is not None:
            talks.carried_by(self._db, about.relay, row)
        return row

    def _repeat(self, effect: Say, reader: Reader) -> str:
        """What a message opens with when it goes out a second time."""
        if effect.purpose is Purpose.ALERT and effect.alert is not None:
            return self._house.translator.message(repeat_line(effect.alert), reader)
        if effect.purpose in (Purpose.EMERGENCY, Purpose.NOTE):
            return self._house.translator.message(said_before(), reader)
        return ""

    def _until(self, effect: Say, person: Person) -> datetime | None:
        if effect.purpose not in UNASKED or not isinstance(person, Resident):
            return effect.until
        latest = check_in.unasked_until(person, self._now)
        return latest if effect.until is None else min(latest, effect.until)

    def _reader(self, person: Person) -> Reader:
        zone = person.rhythm.zone if isinstance(person, Resident) else self._house.default_zone
        return Reader(person.locale, zone, self._now)

    def _buttons(
        self, keyboard: Keyboard, reader: Reader
    ) -> tuple[tuple[tuple[Out, ...], ...], list[tuple[str, str]]]:
        label = self._house.translator.label
        laid, offered = [], []
        for row in keyboard:
            outs = []
            for button in row:
                text, folded = label(button.label, reader)
                if button.copy is not None:
                    outs.append(Out(text, None, button.copy))
                else:
                    outs.append(Out(text, button.data))
                    offered.append((folded, button.data))
            laid.append(tuple(outs))
        return tuple(laid), offered

    def _reply_keyboard(self, turn: "_Turn", reader: Reader) -> tuple[tuple[str, ...], ...]:
        """A contact person's names people, so what stands there is remembered to be known again when it is typed."""
        say = self._house.translator.message
        if isinstance(turn.person, Contact):
            rows_of_buttons, turn.keyboard = self._buttons(threads.keyboard(turn.person), reader)
            return tuple(tuple(button.text for button in row) for row in rows_of_buttons)
        return tuple(tuple(say(LABELS[word], reader) for word in row) for row in menu.REPLY_KEYBOARD)

    def _toast(self, text: Text, turn: "_Turn") -> None:
        if turn.pressing is None or turn.pressing.press_id is None:
            self._say(Say(text), turn)
        else:
            turn.toast = self._house.translator.text(text, self._reader(turn.person))

    def _answer_press(self, turn: "_Turn") -> None:
        """Every press is answered, so that the phone stops waiting."""
        if turn.pressing is not None and turn.pressing.press_id is not None:
            self._put(
                turn, AnswerPress(turn.pressing.press_id, turn.toast, bool(turn.toast)), "press", 1, None
            )

    def _show_commands(self, turn: "_Turn") -> None:
        if turn.known.chat_id is None:
            return
        reader = self._reader(turn.person)
        offered = contact_person.COMMANDS
        if isinstance(turn.person, Resident):
            offered = (*menu.COMMANDS, near.COMMAND) if self._house.knowledge.near.places else menu.COMMANDS
        commands = tuple((word.value, self._house.translator.message(text, reader)) for word, text in offered)
        self._put(turn, SetCommands(turn.known.chat_id, commands), "edit", 1, None)

    def _set_contacts(self, resident: Known, contacts: tuple[int, ...]) -> Event | None:
        """Whoever she takes her yes back from holds no case about her any more, and writes to her no more."""
        links.agree(self._db, resident.id, contacts)
        for track in Track:
            alert = alerts.open_on_track(self._db, resident.box, resident.id, track)
            if alert is None or alert.holder is None:
                continue
            if alert.holder not in self._ladder(resident.person, alert.level).members:
                self._apply(resident, alert, ContactGone(alert.holder))
        return next(iter(self._relaying.end_all_between(resident.id, contacts)), None)

    # --- internal notes ---

    def _write_note(self, effect: WriteInternalNote, turn: "_Turn") -> None:
        kept = noting.write(self._db, turn.known, self._readable(effect.resident), effect.note)
        self._say(Say(notes_page.kept() if kept else notes_page.not_yours()), turn)

    def _notes_about(self, helper: Known, resident_id: int) -> InternalNotesGathered:
        resident = self._readable(resident_id)
        found = noting.gather(self._db, self._readable, helper, resident)
        alias = resident.person.alias if resident and isinstance(resident.person, Resident) else ""
        if found is not None:
            self._note_opening(helper.id, audit.Did.NOTES_OPENED, resident_id)
        return InternalNotesGathered(resident_id, alias, found)

    def _show_notes(self, effect: ShowInternalNotes, turn: "_Turn") -> None:
        """The one way out of internal notes (R33): `noting` raises where the chat is not a helper's."""
        reader = self._reader(turn.person)
        say = self._house.translator
        text = noting.line_up(
            turn.known,
            say.message(effect.heading, reader),
            effect.notes,
            lambda note: say.value(note.at, reader),
        )
        if turn.known.chat_id is None:
            return
        buttons, offered = self._buttons(effect.keyboard, reader)
        turn.offered += offered
        pieces = split(text)
        for place, piece in enumerate(pieces):
            last = place == len(pieces) - 1
            send = Send(turn.known.chat_id, piece, buttons if last else ())
            self._put(turn, send, Purpose.REPLY.value, Priority.REPLY.value, None)

    # --- what is kept about her ---

    def _record(self, effect: RecordCheckIn, turn: "_Turn") -> None:
        new = check_ins.record(
            self._db,
            turn.known.box,
            turn.known.id,
            effect.day,
            effect.slot,
            effect.state,
            effect.answer,
            self._now,
        )
        if effect.state == "asked" and effect.slot == check_in.DAILY and not new:
            turn.silenced = True  # the table says this day was asked: never a second message (R2)

    def _send_my_file(self, effect: SendMyFile, turn: "_Turn") -> None:
        if turn.known.chat_id is None:
            return
        caption = self._house.translator.text((effect.caption,), self._reader(turn.person))
        file = MyFile(turn.known.chat_id, turn.known.id, caption, protect=not effect.to_keep)
        self._put(turn, file, Purpose.REPLY.value, Priority.REPLY.value, None)

    def _gather(self, known: Known) -> DataGathered:
        person_id = known.id
        return DataGathered(
            check_ins=check_ins.count(self._db, person_id),
            alerts=len(my_file.cases(self._db, known)),
            messages=len(self._deletable(person_id)),
            notes=internal_notes.count(self._db, person_id),
        )

    def _check_chain(self, turn: "_Turn", again: bool) -> ChainChecked:
        """The level that any cry for a person has; where that ladder has a rung, every other has one too."""
        ladder = self._ladder(turn.person, URGENT)
        subject = noticed.person(turn.known.id)
        if ladder.rungs:
            notices.end(self._db, NoticeKind.NOBODY_TO_TELL, self._now, subject)
        else:
            notices.report(self._db, NoticeKind.NOBODY_TO_TELL, self._now, subject)
        return ChainChecked(not ladder.rungs, again)

    def _colleagues(self, known: Known) -> ColleaguesGathered:
        roles = (Role.CONTACT, Role.COORDINATOR)
        others = [each for role in roles for each in people.ids(self._db, role, "active") if each != known.id]
        found = [person for each in others if (person := self._readable(each))]
        return ColleaguesGathered(
            tuple((each.id, each.person.name) for each in found if isinstance(each.person, Contact))
        )

    def _deletable(self, person_id: int) -> list[int]:
        since = self._now - DELETABLE_FOR
        ours = outbox.messages_since(self._db, person_id, since)
        return [*ours, *updates.messages_since(self._db, person_id, since)]

    def _clear_chat(self, turn: "_Turn") -> None:
        if turn.known.chat_id is None:
            return
        messages = self._deletable(turn.known.id)
        for start in range(0, len(messages), DELETE_AT_ONCE):
            chunk = tuple(messages[start : start + DELETE_AT_ONCE])
            self._put(turn, Delete(turn.known.chat_id, chunk), "edit", 1, None)

    def _open_desk(self, turn: "_Turn") -> None:
        """Only who enrolled with the operator's link: a stolen phone alone opens nothing."""
        if not desk_accounts.enrolled(self._db, turn.known.id):
            self._say(Say(desk_texts.not_yet()), turn)
            return
        doors, lasts = self._house.doors, desk_links.BY_BOT
        code = desk_links.create(self._db, doors, turn.known.id, self._now, lasts)
        audit.note(self._db, self._now, turn.known.id, audit.Did.LINK_MADE, audit.person(turn.known.id))
        self._say(Say(desk_texts.link(desk_links.address(self._house.desk, code))), turn)

    def _forget(self, turn: "_Turn") -> None:
        """Her rows go, and with them what waits for her in the outbox: those few words are sent loose."""
        known = turn.known
        if isinstance(known.person, Contact):
            self._contact_leaves(known.person)
        else:
            self._erased.append(known.person)
        mine = [queued for queued in self._ordered.queued if queued.person_id == known.id]
        self._ordered.queued = [queued for queued in self._ordered.queued if queued.person_id != known.id]
        self._ordered.loose += [queued.outgoing for queued in mine]
        turn.forgotten = self._ordered.erased = True
        self._house.tombstones.add(known.id, self._now)
        people.erase(self._db, known.id)
        if known.chat_id is not None:
            set_aside.empty_of(self._db, self._house.doors.system, known.chat_id)

    def _let_go(self, resident: Resident) -> None:
        """Helpers' own records name her in talks, calls and buttons; first they have heard what follows for them."""
        alias = fold(resident.alias)
        for role in (Role.CONTACT, Role.COORDINATOR):
            for each in people.ids(self._db, role, "active"):
                other = self._readable(each)
                if other is None or not isinstance(other.person, Contact):
                    continue
                fresh = letting_go.without(other.person, (resident.id,), lambda label: alias in label)
                if fresh != other.person:
                    people.save_person(self._db, other.box, fresh, self._now)

    def _contact_leaves(self, contact: Contact) -> None:
        for alert in self._cases_of(contact.id):
            resident = self._readable(alert.resident)
            if resident is not None:
                self._apply(resident, alert, ContactGone(contact.id), without=contact.id)
        for link in links.residents_of(self._db, contact.id):
            resident = self._readable(link.resident_id)
            if resident is not None:
                self.happen(resident, ContactPersonLeft(contact.id))

    # --- what a contact person may see and change ---

    def _rename(self, name: str, contact: int) -> Event:
        """Her residents know her by it from now on, the alerts that are open by the old one."""
        if naming.is_taken(self._db, self._house.keyring, name, contact):
            return NameTaken()
        for link in links.residents_of(self._db, contact):
            resident = self._readable(link.resident_id)
            if resident is not None:
                self.happen(resident, ContactRenamed(contact, name))
        return NameKept(name)

    def _open_plan(self, resident: int, page: str, contact: int) -> PlanGathered | PlanClosed:
        found = plans.opened(self._db, self._readable, resident, contact, page)
        if isinstance(found, PlanGathered) and plans.shows_entries(page):
            self._note_opening(contact, audit.Did.PLAN_OPENED, resident)
        return found

    def _note_opening(self, helper: int, did: audit.Did, resident: int) -> None:
        """Whatever somebody sees of a resident leaves a line of ids (S10)."""
        audit.note(self._db, self._now, helper, did, audit.person(resident))

    def _ask_plan(self, effect: AskPlan, contact: int) -> Event:
        """Her own decision says what becomes of it; then the plan is shown as it is."""
        resident = plans.of_resident(self._db, self._readable, effect.resident, contact)
        if resident is None:
            return PlanClosed()
        self.happen(resident, PlanChangeAsked(contact, effect.change))
        return self._open_plan(effect.resident, "", contact)

    # --- alerts ---

    def _raise(self, effect: RaiseAlert, turn: "_Turn") -> None:
        known, person = turn.known, turn.person
        if not isinstance(person, Resident):
            return
        try:
            already = alerts.open_on_track(self._db, known.box, known.id, effect.track)
        except alerts.AlertUnreadable as damaged:
            self.begin_anew(known, damaged.alert_id, effect.level, (*effect.reasons, "unread"))
            return
        if already is not None:
            event: AlertEvent = Repeated(effect.reasons)
            if effect.level > already.level:
                event = Worsened(effect.level, effect.reasons)
            self._apply(known, already, event)
            return
        fresh = Alert(
            0, known.id, person.alias, effect.track, effect.level, effect.reasons, self._now, self._now
        )
        alert = alerts.insert(self._db, known.box, fresh)
        self._after(known, escalation.begin(alert, self._now, self._ladder(person, alert.level)))

    def begin_anew(self, resident: Known, alert_id: int, level: int, reasons: tuple[str, ...]) -> None:
        """Begin a case whose record does not open once more, with what is known now."""
        person = resident.person
        if not isinstance(person, Resident):
            raise people.PersonUnreadable(resident.id)
        alert = alerts.anew(self._db, alert_id, person.alias, level, reasons, self._now)
        self._after(resident, escalation.begin(alert, self._now, self._ladder(person, level)))

    def _open_on_track(self, resident: Known, track: Track) -> Alert | None:
        """None also where it does not open: then it is looked at now, and people are told (`bot/damaged.py`)."""
        try:
            return alerts.open_on_track(self._db, resident.box, resident.id, track)
        except alerts.AlertUnreadable as damaged:
            alerts.hasten(self._db, damaged.alert_id, self._now)
            return None

    def _ladder(self, resident: Person, level: int, without: int | None = None) -> Ladder:
        red_day = self._house.red_day
        return chain.ladder(self._db, self._readable, red_day, resident, level, self._now, without)

    def _readable(self, person_id: int) -> Known | None:
        """One damaged row among many must not keep the others from being told (R9)."""
        known = chain.readable(self._db, self._house, person_id)
        if known is None and people.exists(self._db, person_id):
            subject = noticed.person(person_id)
            notices.report(self._db, NoticeKind.PERSON_UNREADABLE, self._now, subject)
        return known

    def _apply(self, resident: Known, alert: Alert, event: AlertEvent, without: int | None = None) -> None:
        level = max(alert.level, event.level) if isinstance(event, Worsened) else alert.level
        ladder = self._ladder(resident.person, level, without)
        self._after(resident, escalation.decide(alert, event, self._now, ladder))

    def _after(self, resident: Known, step: Step) -> None:
        """Save the alert and carry out what follows; all of it names its reader, so whose turn it is is moot."""
        alert, effects = step
        alerts.save(self._db, resident.box, alert)
        turn = _Turn(resident, resident.person, None)
        for effect in effects:
            self._carry(effect, turn)

    def alert_happens(self, alert_id: int, event: AlertEvent | None) -> None:
        """Hand an event to an alert; None: its next time has come."""
        with self._whole():
            self._alert_happens(alert_id, event)

    def _alert_happens(self, alert_id: int, event: AlertEvent | None) -> None:
        resident = people.get(self._db, self._house.keyring, alerts.resident_of(self._db, alert_id))
        alert = alerts.get(self._db, resident.box, alert_id)
        if event is None and alert.state is AlertState.CLOSED:
            # Its clear columns said otherwise: it would be due for ever.
            alerts.save(self._db, resident.box, alert)
            return
        self._apply(resident, alert, event or escalation.due_event(alert.state))

    def _tell_alert(self, alert_id: int, event: AlertEvent, turn: "_Turn") -> None:
        try:
            resident_id = alerts.resident_of(self._db, alert_id)
        except alerts.AlertNotFound:
            self._say(Say(helper_texts.case_gone()), turn)
            return
        try:
            resident = people.get(self._db, self._house.keyring, resident_id)
            alert = alerts.get(self._db, resident.box, alert_id)
        except (people.PersonUnreadable, alerts.AlertUnreadable):
            alerts.hasten(self._db, alert_id, self._now)  # then people are told (`bot/damaged.py`)
            self._say(Say(damage.answer_not_noted(alert_id)), turn)
            return
        self._apply(resident, alert, event)

    def _tell_track(self, track: Track, event: AlertEvent, turn: "_Turn") -> None:
        alert = self._open_on_track(turn.known, track)
        if alert is not None:
            self._apply(turn.known, alert, event)

    def _tell_own(self, answer: ContactAnswer, turn: "_Turn") -> Event | None:
        """Typed words: meant where exactly one open case fits, else asked (R27)."""
        fitting = [alert for alert in self._cases_of(turn.known.id) if helper_texts.fits(alert, answer)]
        if not fitting:
            return NoCaseFits(answer)
        if len(fitting) == 1:
            self._tell_alert(fitting[0].id, answer, turn)
        else:
            buttons = rows(*(helper_texts.case_button(alert, answer) for alert in fitting))
            self._say(Say(helper_texts.which_case(), buttons), turn)
        return None

    def _ring(self, person_id: int, alert_id: int) -> None:
        """Second channels carry the number only; who has none is not rung."""
        if rings.put(self._db, person_id, alert_id, self._now):
            self._ordered.ringing = True

    def _cases_of(self, contact_id: int) -> Iterable[Alert]:
        for each in alerts.open_alerts(self._db):
            resident = self._readable(each.resident_id)
            if resident is None:
                continue
            try:
                alert = alerts.get(self._db, resident.box, each.id)
            except alerts.AlertUnreadable:
                log.exception("an alert cannot be read and is passed over", extra={"alert": each.id})
                continue
            if alert.was_told(contact_id) or alert.holder == contact_id:
                yield alert

    def _unbutton(self, alert_id: int) -> None:
        """Nothing more rings, and the buttons of earlier tellings go (R30)."""
        if rings.drop_for_alert(self._db, alert_id):
            self._ordered.ringing = True
        dropped = outbox.drop_for_alert(self._db, alert_id)
        if dropped:
            waiting = self._ordered.queued
            self._ordered.queued = [
                each for each in waiting if each.alert_id != alert_id or each.purpose != Purpose.ALERT
            ]
        for sent in outbox.sent_about(self._db, alert_id):
            if sent.step and sent.message_id is not None:
                self._unbutton_at(sent.person_id, sent.message_id)

    def _unbutton_at(self, person_id: int, message_id: int) -> None:
        other = self._readable(person_id)
        if other is not None and other.chat_id is not None:
            turn = _Turn(other, other.person, None)
            self._put(turn, Unbutton(other.chat_id, message_id), "edit", 1, None)


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
    | ForgetPerson
    | SendMyFile
)
"""Orders that nothing comes back from."""


@dataclass(slots=True)
class _Turn:
    """What is known while one decision's effects are carried out."""

    known: Known
    person: Person
    pressing: Pressing | None
    offered: list[tuple[str, str]] = field(default_factory=list)
    keyboard: list[tuple[str, str]] | None = None
    toast: str | None = None
    silenced: bool = False
    forgotten: bool = False
