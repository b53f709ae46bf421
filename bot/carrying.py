"""
Effects carried out: what a decision orders becomes rows, in the transaction that saves the person.

Runs on the storage thread, inside one savepoint. It decides nothing: where something depends on an alert, the
alert's own decision (`dialogs/escalation.py`) is asked and its effects are carried out the same way.
"""

import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from bot import chain, oddities
from bot.house import House
from bot.outgoing import (
    AnswerPress,
    Delete,
    Edit,
    Out,
    Outgoing,
    Picture,
    Send,
    SetCommands,
    Unbutton,
    encode,
)
from bot.translating import Reader
from dialogs import check_in, contact_person, conversation, damage, desk_texts, escalation, menu
from dialogs import notices as noticed
from dialogs.alert import Alert, AlertEvent, AlertState, ContactAnswer, ContactGone, Repeated, Track, Worsened
from dialogs.alert_texts import repeat_line, said_before
from dialogs.effects import (
    UNASKED,
    CheckChain,
    ClearChat,
    CountStep,
    Effect,
    ForgetPerson,
    GatherColleagues,
    GatherData,
    OpenDesk,
    Priority,
    Purpose,
    RaiseAlert,
    RecordCheckIn,
    ReportNotice,
    RingChannels,
    Say,
    SetContacts,
    SetState,
    SetTimer,
    ShowCommands,
    ShowPicture,
    StopTimer,
    TellAlert,
    TellAlertOnTrack,
    TellOwnAlert,
    Toast,
    UnbuttonAlert,
)
from dialogs.escalation_policy import URGENT
from dialogs.events import (
    ChainChecked,
    ColleaguesGathered,
    ContactPersonLeft,
    DataGathered,
    Event,
    NoCaseFits,
)
from dialogs.ladder import Ladder
from dialogs.notices import NoticeKind
from dialogs.outcome import Outcome
from dialogs.people import Contact, Person, Resident, Role
from dialogs.screen import Keyboard, rows
from dialogs.telling import Step
from dialogs.text import Text
from dialogs.words import LABELS
from storage import (
    alerts,
    audit,
    check_ins,
    desk_accounts,
    desk_links,
    guide_counts,
    links,
    notices,
    outbox,
    people,
    rings,
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
    """The press that led here: where an edit goes, and what waits for an answer."""

    press_id: str
    message_id: int | None


@dataclass(slots=True)
class Ordered:
    """
    What a transaction leaves to be sent. `loose` is in no table: strangers, and words after erasing.

    `ringing`: rings were written or dropped, so whoever rings shall look now.
    """

    queued: list[Queued] = field(default_factory=list)
    loose: list[Outgoing] = field(default_factory=list)
    ringing: bool = False

    def add(self, other: "Ordered") -> None:
        """Take over what a part of the transaction ordered."""
        self.queued += other.queued
        self.loose += other.loose
        self.ringing |= other.ringing


class Carrier:
    """One person's event, or one alert's, carried out. `ordered` collects what is to be sent."""

    def __init__(self, db: sqlite3.Connection, house: House, now: datetime, ordered: Ordered) -> None:
        self._db, self._house, self._now, self._ordered = db, house, now, ordered

    def happen(self, known: Known, event: Event, pressing: Pressing | None = None) -> None:
        """Decide about one event of one person and carry out all that follows from it."""
        oddities.note(self._db, self._house, known, self._now)
        waiting = [event]
        while waiting:
            outcome = self._decide(known.person, waiting.pop(0))
            turn = _Turn(known, outcome.person, pressing)
            for effect in outcome.effects:
                further = self._carry(effect, turn)
                if further is not None:
                    waiting.append(further)
            self._answer_press(turn)
            pressing = None
            if turn.forgotten:
                return
            known = replace(known, person=self._keep(known, turn))

    def _decide(self, person: Person, event: Event) -> Outcome[Resident] | Outcome[Contact]:
        if isinstance(person, Resident):
            return conversation.decide(person, event, self._now, self._house.knowledge)
        return conversation.decide_contact(person, event, self._now, self._house.knowledge)

    def _keep(self, known: Known, turn: "_Turn") -> Person:
        person = turn.person
        if turn.offered:
            person = replace(person, offered=tuple(turn.offered))
        if person != known.person:
            people.save_person(self._db, known.box, person, self._now)
        return person

    def _carry(self, effect: Effect, turn: "_Turn") -> Event | None:  # noqa: C901 -- one case for each order
        known = turn.known
        match effect:
            case Say():
                self._say(effect, turn)
            case Toast(text):
                self._toast(text, turn)
            case ShowPicture():
                self._show_picture(effect, turn)
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
            case TellOwnAlert(answer):
                return self._tell_own(answer, turn)
            case UnbuttonAlert(alert):
                self._unbutton(alert)
            case RingChannels(person, alert):
                self._ring(person, alert)
            case ReportNotice(kind, subject):
                notices.report(self._db, kind, self._now, subject)
            case SetContacts(contacts):
                self._set_contacts(known, contacts)
            case SetState(state):
                people.set_state(self._db, known.id, state, self._now)
            case ShowCommands():
                self._show_commands(turn)
            case ClearChat():
                self._clear_chat(turn)
            case GatherData():
                return self._gather(known.id)
            case CheckChain(again):
                return self._check_chain(turn, again)
            case GatherColleagues():
                return self._colleagues(known)
            case ForgetPerson():
                self._forget(turn)
            case OpenDesk():
                self._open_desk(turn)
            case _:
                assert_never(effect)
        return None

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
        text = self._house.translator.text(effect.text, reader)
        buttons, offered = self._buttons(effect.keyboard, reader)
        turn.offered += offered
        message_id = turn.pressing.message_id if turn.pressing and effect.in_place else None
        if message_id is not None:
            turn.pressing = replace(turn.pressing, message_id=None) if turn.pressing else None
            self._put(turn, Edit(turn.known.chat_id, message_id, text, buttons), "edit", 1, effect)
            return
        keyboard = self._reply_keyboard(reader) if effect.menu and not buttons else None
        outgoing = Send(
            turn.known.chat_id,
            text,
            buttons,
            keyboard,
            if_repeated=self._repeat(effect, reader),
            until=self._until(effect, turn.person),
        )
        self._put(turn, outgoing, effect.purpose.value, effect.priority.value, effect)

    def _show_picture(self, effect: ShowPicture, turn: "_Turn") -> None:
        if turn.known.chat_id is None:
            return
        reader = self._reader(turn.person)
        caption = self._house.translator.text((effect.caption,), reader)
        picture = Picture(turn.known.chat_id, effect.name, turn.person.locale, caption)
        self._put(turn, picture, Purpose.REPLY.value, Priority.REPLY.value, None)

    def _say_to_other(self, effect: Say, person_id: int) -> None:
        other = self._readable(person_id)
        if other is None:
            return
        oddities.note(self._db, self._house, other, self._now)
        self._say(replace(effect, to=None), _Turn(other, other.person, None))

    def _put(self, turn: "_Turn", outgoing: Outgoing, purpose: str, priority: int, about: Say | None) -> None:
        if turn.forgotten:
            self._ordered.loose.append(outgoing)
            return
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

    def _repeat(self, effect: Say, reader: Reader) -> str:
        """What a message opens with when it goes out a second time."""
        if effect.purpose is Purpose.ALERT and effect.alert is not None:
            return self._house.translator.message(repeat_line(effect.alert), reader)
        if effect.purpose in (Purpose.EMERGENCY, Purpose.NOTE):
            return self._house.translator.message(said_before(), reader)
        return ""

    def _until(self, effect: Say, person: Person) -> datetime | None:
        if effect.purpose not in UNASKED or not isinstance(person, Resident):
            return None
        return check_in.unasked_until(person, self._now)

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

    def _reply_keyboard(self, reader: Reader) -> tuple[tuple[str, ...], ...]:
        say = self._house.translator.message
        return tuple(tuple(say(LABELS[word], reader) for word in row) for row in menu.REPLY_KEYBOARD)

    def _toast(self, text: Text, turn: "_Turn") -> None:
        if turn.pressing is None:
            self._say(Say(text), turn)
        else:
            turn.toast = self._house.translator.text(text, self._reader(turn.person))

    def _answer_press(self, turn: "_Turn") -> None:
        """Every press is answered, so that the phone stops waiting."""
        if turn.pressing is not None:
            self._put(
                turn, AnswerPress(turn.pressing.press_id, turn.toast, bool(turn.toast)), "press", 1, None
            )

    def _show_commands(self, turn: "_Turn") -> None:
        if turn.known.chat_id is None:
            return
        reader = self._reader(turn.person)
        offered = menu.COMMANDS if isinstance(turn.person, Resident) else contact_person.COMMANDS
        commands = tuple((word.value, self._house.translator.message(text, reader)) for word, text in offered)
        self._put(turn, SetCommands(turn.known.chat_id, commands), "edit", 1, None)

    def _set_contacts(self, resident: Known, contacts: tuple[int, ...]) -> None:
        """Whoever she takes her yes back from no longer holds a case about her: the next one is asked."""
        links.agree(self._db, resident.id, contacts)
        for track in Track:
            alert = alerts.open_on_track(self._db, resident.box, resident.id, track)
            if alert is None or alert.holder is None:
                continue
            if alert.holder not in self._ladder(resident.person, alert.level).members:
                self._apply(resident, alert, ContactGone(alert.holder))

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

    def _gather(self, person_id: int) -> DataGathered:
        return DataGathered(
            check_ins=check_ins.count(self._db, person_id),
            alerts=alerts.count(self._db, person_id),
            messages=len(self._deletable(person_id)),
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
        mine = [queued for queued in self._ordered.queued if queued.person_id == known.id]
        self._ordered.queued = [queued for queued in self._ordered.queued if queued.person_id != known.id]
        self._ordered.loose += [queued.outgoing for queued in mine]
        turn.forgotten = True
        self._house.tombstones.add(known.id, self._now)
        people.erase(self._db, known.id)

    def _contact_leaves(self, contact: Contact) -> None:
        for alert in self._cases_of(contact.id):
            resident = self._readable(alert.resident)
            if resident is not None:
                self._apply(resident, alert, ContactGone(contact.id), without=contact.id)
        for link in links.residents_of(self._db, contact.id):
            resident = self._readable(link.resident_id)
            if resident is not None:
                self.happen(resident, ContactPersonLeft(contact.id))

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
            self._say(Say(contact_person.case_gone()), turn)
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
        fitting = [alert for alert in self._cases_of(turn.known.id) if contact_person.fits(alert, answer)]
        if not fitting:
            return NoCaseFits(answer)
        if len(fitting) == 1:
            self._tell_alert(fitting[0].id, answer, turn)
        else:
            buttons = rows(*(contact_person.case_button(alert, answer) for alert in fitting))
            self._say(Say(contact_person.which_case(), buttons), turn)
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


@dataclass(slots=True)
class _Turn:
    """What is known while one decision's effects are carried out."""

    known: Known
    person: Person
    pressing: Pressing | None
    offered: list[tuple[str, str]] = field(default_factory=list)
    toast: str | None = None
    silenced: bool = False
    forgotten: bool = False
