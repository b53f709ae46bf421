"""
Cases, carried out: begun, handed what happened, told, rung, and taken back where somebody has taken them on.

The alert's own decision (`dialogs/escalation.py`) is asked each time; what it orders is carried out like any other
order. A case that does not open is looked at at once, and people are told (`bot/damaged.py`).
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeAlias

from bot import chain
from bot.ordering import Turn
from bot.speaking import Speaking
from bot.transaction import Transaction
from dialogs import damage, escalation, freezing, helper_texts, vanishing
from dialogs import notices as noticed
from dialogs.alert import (
    Alert,
    AlertEvent,
    AlertState,
    ContactAnswer,
    ContactGone,
    Repeated,
    TakenOver,
    Track,
    Worsened,
)
from dialogs.effects import Effect, Purpose, RaiseAlert, Say
from dialogs.escalation_policy import URGENT
from dialogs.events import ChainChecked, Event, NoCaseFits
from dialogs.ladder import Ladder
from dialogs.notices import NoticeKind
from dialogs.people import Person, Resident, Role
from dialogs.screen import rows
from dialogs.telling import Step
from storage import alerts, notices, outbox, people, rings
from storage.people import Known

log = logging.getLogger(__name__)

Carry: TypeAlias = Callable[[Effect, Turn], object]
"""Does what is ordered, as `Carrier` does for the decision of a person."""


class CaseWork:
    """In one transaction."""

    def __init__(self, transaction: Transaction, speaking: Speaking, carry: Carry) -> None:
        self._db, self._house = transaction.db, transaction.house
        self._now, self._ordered = transaction.now, transaction.ordered
        self._read, self._speaking, self._carry = transaction.read, speaking, carry

    # --- who can be told ---

    def ladder(self, resident: Person, level: int, without: int | None = None) -> Ladder:
        """Who is told at this level now; `without` has just left."""
        red_day = self._house.red_day
        return chain.ladder(self._db, self._read, red_day, resident, level, self._now, without)

    def check_chain(self, turn: Turn, again: bool) -> ChainChecked:
        """The level that any cry for a person has; where that ladder has a rung, every other has one too."""
        ladder = self.ladder(turn.person, URGENT)
        subject = noticed.person(turn.known.id)
        if ladder.rungs:
            notices.end(self._db, NoticeKind.NOBODY_TO_TELL, self._now, subject)
        else:
            notices.report(self._db, NoticeKind.NOBODY_TO_TELL, self._now, subject)
        return ChainChecked(not ladder.rungs, again)

    # --- a case begins ---

    def begin(self, effect: RaiseAlert, turn: Turn) -> None:
        """Raise an alert; a second sign joins the one that is open on its track."""
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
        self._after(known, escalation.begin(alert, self._now, self.ladder(person, alert.level)))

    def begin_anew(self, resident: Known, alert_id: int, level: int, reasons: tuple[str, ...]) -> None:
        """Begin a case whose record does not open once more, with what is known now."""
        person = resident.person
        if not isinstance(person, Resident):
            raise people.PersonUnreadable(resident.id)
        reasons = freezing.with_doubt(person, reasons)
        alert = alerts.anew(self._db, alert_id, person.alias, level, reasons, self._now)
        self._after(resident, escalation.begin(alert, self._now, self.ladder(person, level)))

    # --- something happens to a case ---

    def happens(self, alert_id: int, event: AlertEvent | None) -> None:
        """Hand an event to an alert; None: its next time has come."""
        resident = people.get(self._db, self._house.keyring, alerts.resident_of(self._db, alert_id))
        alert = alerts.get(self._db, resident.box, alert_id)
        if event is None and alert.state is AlertState.CLOSED:
            # Its clear columns said otherwise: it would be due for ever.
            alerts.save(self._db, resident.box, alert)
            return
        self._apply(resident, alert, event or escalation.due_event(alert.state))

    def tell(self, alert_id: int, event: AlertEvent, turn: Turn) -> None:
        """What somebody said about a case by its number; where it is gone or does not open, she hears so."""
        try:
            resident_id = alerts.resident_of(self._db, alert_id)
        except alerts.AlertNotFound:
            self._speaking.say(Say(helper_texts.case_gone()), turn)
            return
        try:
            resident = people.get(self._db, self._house.keyring, resident_id)
            alert = alerts.get(self._db, resident.box, alert_id)
        except (people.PersonUnreadable, alerts.AlertUnreadable):
            alerts.hasten(self._db, alert_id, self._now)  # then people are told (`bot/damaged.py`)
            self._speaking.say(Say(damage.answer_not_noted(alert_id)), turn)
            return
        self._apply(resident, alert, event)

    def tell_track(self, track: Track, event: AlertEvent, turn: Turn) -> None:
        """What happened to a resident, for the case that is open about her."""
        alert = self._open_on_track(turn.known, track)
        if alert is not None:
            self._apply(turn.known, alert, event)

    def _open_on_track(self, resident: Known, track: Track) -> Alert | None:
        """None also where it does not open: then it is looked at now, and people are told (`bot/damaged.py`)."""
        try:
            return alerts.open_on_track(self._db, resident.box, resident.id, track)
        except alerts.AlertUnreadable as damaged:
            alerts.hasten(self._db, damaged.alert_id, self._now)
            return None

    def tell_own(self, answer: ContactAnswer, turn: Turn) -> Event | None:
        """
        Typed words: meant where exactly one open case fits, else asked (R27).

        A coordinator may take any case over, but one she was not told about is never taken for the one she means.
        """
        hers = list(self._cases_of(turn.known.id))
        fitting = [alert for alert in hers if helper_texts.fits(alert, answer)]
        if isinstance(answer, TakenOver) and turn.known.role is Role.COORDINATOR:
            fitting = [alert for alert in self._open_cases() if helper_texts.fits(alert, answer)]
        if not fitting:
            return NoCaseFits(answer)
        if len(fitting) == 1 and fitting[0] in hers:
            self.tell(fitting[0].id, answer, turn)
        else:
            buttons = rows(*(helper_texts.case_button(alert, answer) for alert in fitting))
            self._speaking.say(Say(helper_texts.which_case(), buttons), turn)
        return None

    def _cases_of(self, contact_id: int) -> Iterable[Alert]:
        for alert in self._open_cases():
            if alert.was_told(contact_id) or alert.holder == contact_id:
                yield alert

    def _open_cases(self) -> Iterable[Alert]:
        for each in alerts.open_alerts(self._db):
            resident = self._read(each.resident_id)
            if resident is None:
                continue
            try:
                yield alerts.get(self._db, resident.box, each.id)
            except alerts.AlertUnreadable:
                log.exception("an alert cannot be read and is passed over", extra={"alert": each.id})

    def _apply(self, resident: Known, alert: Alert, event: AlertEvent, without: int | None = None) -> None:
        level = max(alert.level, event.level) if isinstance(event, Worsened) else alert.level
        ladder = self.ladder(resident.person, level, without)
        self._after(resident, escalation.decide(alert, event, self._now, ladder))

    def _after(self, resident: Known, step: Step) -> None:
        """Save the alert and carry out what follows; all of it names its reader, so whose turn it is is moot."""
        alert, effects = step
        alerts.save(self._db, resident.box, alert)
        turn = Turn(resident, resident.person, None)
        for effect in effects:
            self._carry(effect, turn)
        if alert.state is AlertState.CLOSED:
            outbox.vanish_about(self._db, alert.id, vanishing.AFTER_CLOSING, self._now)

    # --- whoever has a case has it no longer ---

    def hand_on(self, contact_id: int) -> None:
        """Tell every case she was asked about, or has, that she is gone."""
        for alert in self._cases_of(contact_id):
            resident = self._read(alert.resident)
            if resident is not None:
                self._apply(resident, alert, ContactGone(contact_id), without=contact_id)

    def take_back(self, resident: Known) -> None:
        """Take her cases from whoever may not be told about her any more; one that does not open is looked at now."""
        for track in Track:
            alert = self._open_on_track(resident, track)
            if alert is None or alert.holder is None:
                continue
            if alert.holder not in self.ladder(resident.person, alert.level).members:
                self._apply(resident, alert, ContactGone(alert.holder))

    # --- rings and buttons ---

    def ring(self, person_id: int, alert_id: int) -> None:
        """Second channels carry the number only; who has none is not rung."""
        if rings.put(self._db, person_id, alert_id, self._now):
            self._ordered.ringing = True

    def unbutton(self, alert_id: int) -> None:
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
                self._speaking.unbutton(sent.person_id, sent.message_id)
