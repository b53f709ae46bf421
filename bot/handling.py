"""
The one path that changes anything: an event in, one transaction, and what is to be sent out.

An event is an update of Telegram, a moment that has come, or news of what became of a message. Each is handled
alone inside a savepoint: one that fails is set aside or put off and reported, and the others go on. All of
this runs on the storage thread; nothing here waits.
"""

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Final, Protocol

import msgspec

from bot import damaged, mending, reaching, sweeping, telegram_in, unhandled, waves
from bot.carrying import Carrier
from bot.codes import AtOnce, Codes, CodesWanted, CodeWanted, with_derived
from bot.house import House
from bot.ordering import Ordered, Pressing
from bot.outgoing import AnswerPress, Failure, Send
from bot.telegram_in import Block, Ignored, Incoming, Other, Press, Start
from bot.threshold import Threshold
from bot.translating import Reader, fold
from dialogs import helper_texts, notice_texts, strangers, vanishing
from dialogs.alert import AlertEvent, ContactTold, TellingFailed
from dialogs.effects import UNASKED, Purpose
from dialogs.events import (
    WAITING_FOR_HER,
    BotBlocked,
    BotUnblocked,
    CheckInUndelivered,
    Event,
    Joined,
    MessagesRemain,
    Pressed,
    Sent,
    Started,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.notices import ABOUT_ONE_EVENT, GRAVE, NoticeKind, person
from dialogs.people import Contact, Person, Resident, Role
from dialogs.text import Message, Text
from dialogs.words import FOR_CONTACTS
from storage import (
    alerts,
    invitations,
    notices,
    outages,
    outbox,
    people,
    rings,
    set_aside,
    talks,
    timers,
    updates,
)
from storage.database import StorageError, savepoint
from storage.notices import Notice
from storage.people import Known
from storage.talks import Relay

log = logging.getLogger(__name__)

WORTH_TELLING = timedelta(hours=1)
"""A shorter outage delays an answer and nothing else; a longer one may have hidden something."""

UNOPENED_KEPT: Final = timedelta(hours=47)
"""A letter nobody opened: longer is no use, because what announced it can be deleted for 48 hours only."""

PUT_OFF_BY = timedelta(minutes=10)
"""When a person or an alert cannot be opened, it is looked at again this much later; it may have been mended."""

EVENT_LASTS: Final = timedelta(hours=24)
"""A notice about something that happened ends when nothing more of its kind happened for this long."""

TELL_AGAIN_AFTER: Final = timedelta(hours=24)
"""What is still open is told once a day."""

TOLD_AT_THE_START: Final = frozenset({NoticeKind.OUTAGE.value})
"""Helpers hear of an outage when it ends, with its times; the notice is for who looks later."""

REFUSALS: Final = MappingProxyType(
    {Failure.UNAUTHORISED: NoticeKind.TOKEN_REFUSED, Failure.CONFLICT: NoticeKind.SECOND_BOT}
)
"""What only an operator can put right: Telegram does not know our token, or somebody else uses it too."""


AT_ONCE: Final = AtOnce()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of outbox row `id`: taken as `message_id`, or failed."""

    id: int
    person_id: int
    purpose: str
    alert_id: int | None
    step: int
    message_id: int | None = None
    failure: Failure | None = None


class Lost(Protocol):
    """A message that did not arrive, or nobody knows: a row of the outbox, or an entry on its way."""

    @property
    def person_id(self) -> int:
        """Whose it was."""

    @property
    def purpose(self) -> str:
        """What it was for."""


@dataclass(slots=True)
class Handled:
    """What one transaction did. `next_offset` may be confirmed to Telegram now that it is committed."""

    ordered: Ordered = field(default_factory=Ordered)
    next_offset: int | None = None
    done: int = 0
    failed: int = 0


class Handler:
    """Every method is one transaction's work: give it to `Database.run`."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._threshold = Threshold()
        self.probe = house.probe

    @property
    def house(self) -> House:
        """Keys, texts and knowledge, for who stands beside the handler."""
        return self._house

    # --- updates ---

    def updates(
        self,
        db: sqlite3.Connection,
        raws: Sequence[msgspec.Raw | bytes],
        now: datetime,
        codes: Codes = AT_ONCE,
    ) -> Handled:
        """
        Handle a batch in order; each update changes something exactly once, however often it comes.

        Raises `CodesWanted` where `codes` have to be worked out first; then nothing of it is kept.
        """
        handled = Handled()
        for raw in raws:
            update_id = telegram_in.update_id_of(raw)
            ordered = Ordered()
            try:
                with savepoint(db):
                    self._update(db, raw, now, ordered, codes)
            except StorageError:
                raise  # the disk, not the update: nothing is confirmed, the batch comes again
            except CodeWanted:
                continue  # the others are looked through for what they want, and kept neither
            except Exception as error:  # noqa: BLE001 -- whatever one update breaks, the others go on
                if self._set_aside(db, raw, update_id, error, now):
                    handled.failed += 1
                    self._answer_all_the_same(db, raw, handled, now)
            else:
                handled.ordered.add(ordered)
            if update_id is not None:
                handled.next_offset = max(handled.next_offset or 0, update_id + 1)
            handled.done += 1
            self.probe("update-handled")
        if codes.give_up():
            raise CodesWanted
        self.probe("batch-handled")
        return handled

    def _set_aside(
        self,
        db: sqlite3.Connection,
        raw: msgspec.Raw | bytes,
        update_id: int | None,
        error: Exception,
        now: datetime,
    ) -> bool:
        """Keep the update sealed for whoever looks for the reason, once; the log hears the kind of error only."""
        kind = type(error).__name__
        with savepoint(db):
            if update_id is not None and not updates.first_time(db, update_id, now):
                return False
            set_aside.put(db, self._house.doors.system, update_id, kind, bytes(raw), now)
            if not isinstance(error, people.PersonUnreadable):  # then the person is the notice
                notices.report(db, NoticeKind.UPDATE_SET_ASIDE, now)
        log.error("update set aside", extra={"update": update_id, "error": kind})
        return True

    def _answer_all_the_same(
        self, db: sqlite3.Connection, raw: msgspec.Raw | bytes, handled: Handled, now: datetime
    ) -> None:
        try:
            with savepoint(db):
                handled.ordered.loose += unhandled.answer(db, self._house, telegram_in.read_update(raw), now)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 -- the last attempt to answer; the others go on
            log.error(
                "whose update was set aside could not be answered", extra={"error": type(error).__name__}
            )

    def _update(
        self,
        db: sqlite3.Connection,
        raw: msgspec.Raw | bytes,
        now: datetime,
        ordered: Ordered,
        codes: Codes,
    ) -> None:
        incoming = telegram_in.read_update(raw)
        chat_id = incoming.chat_id
        if chat_id is None or not incoming.private or isinstance(incoming.body, Ignored):
            updates.first_time(db, incoming.update_id, now)
            return
        known = people.find_by_chat(db, self._house.keyring, self._house.doors, chat_id)
        whose = _whose(known, incoming, now) if known is not None else ()
        if not updates.first_time(db, incoming.update_id, now, *whose):
            return
        carrier = Carrier(db, self._house, now, ordered)
        if known is None:
            self._stranger(db, incoming, chat_id, carrier, now, ordered)
            return
        self._known(db, known, incoming, carrier, now, codes)

    def _known(
        self,
        db: sqlite3.Connection,
        known: Known,
        incoming: Incoming,
        carrier: Carrier,
        now: datetime,
        codes: Codes,
    ) -> None:
        body = incoming.body
        if isinstance(body, Block) or not known.reachable:
            reachable = not (isinstance(body, Block) and body.blocked)
            reaching.changed(db, known, reachable, now, carrier)
        event = self._event(db, known.person, incoming)
        if event is None:
            return
        if isinstance(known.person, Resident):
            outbox.vanish_no_later(db, known.id, now + vanishing.chosen(known.person))
        pressing = None
        if incoming.press_id is not None:
            pressing = Pressing(incoming.press_id, incoming.message_of_button, incoming.button_sent_at)
        event = with_derived(codes, known.person, event, incoming.update_id, now)
        carrier.happen(known, event, pressing)

    def _event(self, db: sqlite3.Connection, person: Person, incoming: Incoming) -> Event | None:
        """Make the event: a typed label of the last buttons is a press, a known word is that word."""
        match incoming.body:
            case telegram_in.Text(text, edited):
                return self._text_event(db, person, incoming, text, edited)
            case Press(data):
                return Pressed(data)
            case Other(kind, caption, file):
                answers = _answered(db, person, incoming)
                where = (incoming.message_id or 0, incoming.date, answers)
                if file is None:
                    return Sent(kind, caption, "", 0, "", *where)
                return Sent(kind, caption, file.id, file.size, file.ending, *where)
            case Block(blocked):
                return BotBlocked() if blocked else BotUnblocked()
            case Start():
                return Started()
            case _:
                return None

    def _text_event(
        self, db: sqlite3.Connection, person: Person, incoming: Incoming, text: str, edited: bool
    ) -> Event:
        data = None if edited else _offered(person, text)
        word = self._house.translator.word(text)
        if isinstance(person, Resident) and word in FOR_CONTACTS:
            word = None  # her "can't" is no answer to an alert; it may be a sign, so it is read
        answers = _answered(db, person, incoming)
        in_talk = isinstance(person, Contact) and (person.threads or person.held or answers)
        if data is not None and word is None and answers is None and (not in_talk or _about_talks(data)):
            return Pressed(data, typed=True)
        label = data if data is not None and word is None else ""
        return Wrote(text, word, edited, incoming.message_id or 0, incoming.date, answers, label)

    # --- people we do not know ---

    def _stranger(
        self,
        db: sqlite3.Connection,
        incoming: Incoming,
        chat_id: int,
        carrier: Carrier,
        now: datetime,
        ordered: Ordered,
    ) -> None:
        """An invitation opens the door once; everybody else hears one neutral sentence, now and then."""
        body = incoming.body
        if isinstance(body, Block):
            return
        if not isinstance(body, Start) or not body.payload:
            self._answer_stranger(incoming, chat_id, strangers.hello(), now, ordered)
            return
        try:
            person_id = invitations.redeem(db, self._house.doors, body.payload, now)
        except invitations.InvitationUnknown:
            self._answer_stranger(incoming, chat_id, strangers.hello(), now, ordered)
        except invitations.InvitationUsed:
            self._answer_stranger(incoming, chat_id, strangers.used(), now, ordered, had_a_code=True)
        except invitations.InvitationExpired:
            self._answer_stranger(incoming, chat_id, strangers.expired(), now, ordered, had_a_code=True)
        else:
            try:
                self._welcome(db, person_id, chat_id, incoming, carrier, now)
            except people.PersonUnreadable as unreadable:
                damaged.report_person(db, person_id, unreadable, now)
                self._answer_stranger(incoming, chat_id, strangers.unusable(), now, ordered, had_a_code=True)

    def _welcome(
        self,
        db: sqlite3.Connection,
        person_id: int,
        chat_id: int,
        incoming: Incoming,
        carrier: Carrier,
        now: datetime,
    ) -> None:
        invited = people.get(db, self._house.keyring, person_id)
        people.bind_chat(db, self._house.doors, invited.box, person_id, chat_id, now)
        updates.name_person(db, incoming.update_id, *_whose(invited, incoming, now))
        carrier.happen(people.get(db, self._house.keyring, person_id), Joined(self._locale(incoming)))

    def _answer_stranger(
        self,
        incoming: Incoming,
        chat_id: int,
        message: Message,
        now: datetime,
        ordered: Ordered,
        *,
        had_a_code: bool = False,
    ) -> None:
        if not self._threshold.answers(chat_id, now, had_a_code=had_a_code):
            return
        reader = Reader(self._locale(incoming), self._house.default_zone, now)
        ordered.loose.append(Send(chat_id, self._house.translator.message(message, reader)))
        if incoming.press_id is not None:
            ordered.loose.append(AnswerPress(incoming.press_id))

    def _locale(self, incoming: Incoming) -> str:
        return self._house.translator.of_phone(incoming.language_code)

    # --- our own life ---

    def started(self, db: sqlite3.Connection, now: datetime) -> Handled:
        """Take a start for what it is: where it ends an outage, silence is measured anew and helpers hear of it."""
        handled = Handled()
        outage = outages.record_start(db, now)
        self.probe("started")
        if outage is None:
            return handled
        log.warning("the bot was down", extra={"minutes": int(outage.length.total_seconds() // 60)})
        timers.shift(db, WAITING_FOR_HER, outage.started_at, outage.length)
        if outage.length >= WORTH_TELLING:
            notices.report(db, NoticeKind.OUTAGE, now)
            text = helper_texts.was_down(outage.started_at, outage.ended_at)
            for helper in self._helpers(db):
                self._alone(db, handled, partial(_tell, person_id=helper, text=text), now, f"person:{helper}")
        return handled

    def _helpers(self, db: sqlite3.Connection) -> list[int]:
        roles = (Role.CONTACT, Role.COORDINATOR)
        return [each for role in roles for each in people.ids(db, role, "active")]

    def beat(self, db: sqlite3.Connection, now: datetime) -> None:
        """Write that we are alive."""
        outages.beat(db, now)

    # --- moments ---

    def due(self, db: sqlite3.Connection, now: datetime, limit: int) -> Handled:
        """Handle up to `limit` alerts and `limit` timers whose moment has come; alerts first."""
        handled = Handled()
        for alert in alerts.due(db, now, limit):
            handled.done += 1
            work = partial(damaged.alert_step, db, self._house, alert.alert_id, now)
            failed = self._alone(db, handled, work, now, f"alert:{alert.alert_id}")
            if failed is not None:
                self._put_off_alert(db, handled, alert, failed, now)
            self.probe("due-handled")
        for timer in timers.due(db, now, limit):
            handled.done += 1
            work = partial(self._timer, db, timer, now)
            failed = self._alone(db, handled, work, now, f"person:{timer.person_id}")
            if failed is not None:
                timers.put_off(db, timer, now + PUT_OFF_BY)
                damaged.report_person(db, timer.person_id, failed, now)
            self.probe("due-handled")
        if not handled.done:
            self._wave(db, handled, now, limit)
        if handled.done:
            self.probe("due-batch-handled")
        return handled

    def _wave(self, db: sqlite3.Connection, handled: Handled, now: datetime, limit: int) -> None:
        """One page of residents; whom it fails for is passed over, so that the others are reached (R9)."""
        page = waves.next_page(db, self._house, now, limit)
        if page is None:
            return
        for each in page.residents:
            handled.done += 1
            work = partial(waves.reach, db=db, house=self._house, resident_id=each, activity=page.activity)
            failed = self._alone(db, handled, work, now, person(each))
            if failed is not None:
                damaged.report_person(db, each, failed, now)
            self.probe("due-handled")

    def _put_off_alert(
        self,
        db: sqlite3.Connection,
        handled: Handled,
        alert: alerts.DueAlert,
        failed: Exception,
        now: datetime,
    ) -> None:
        """It is looked at again, and meanwhile people are told what is known without opening it."""
        alerts.put_off(db, alert.alert_id, now + PUT_OFF_BY)
        damaged.report_alert(db, alert, failed, now)
        for telling in damaged.tellings(db, self._house, alert.alert_id, failed, now):
            work = partial(damaged.tell, telling)
            self._alone(db, handled, work, now, f"alert:{alert.alert_id}")

    def _timer(self, db: sqlite3.Connection, timer: timers.DueTimer, now: datetime, carrier: Carrier) -> None:
        kind = Timer(timer.kind)
        if timers.take(db, timer):
            known = people.get(db, self._house.keyring, timer.person_id)
            carrier.happen(known, TimerFell(kind, timer.due_at, _down(db, known.person, timer, now)))

    def look_again(self, db: sqlite3.Connection, now: datetime) -> Handled:
        """End the notices about records that have been mended since."""
        handled = Handled()
        for notice in notices.open_notices(db):
            work = partial(mending.look_again, db, self._house, notice, now)
            self._alone(db, handled, work, now, f"notice:{notice.id}")
        return handled

    def _alone(
        self,
        db: sqlite3.Connection,
        handled: Handled,
        work: Callable[[Carrier], None],
        now: datetime,
        about: str,
    ) -> Exception | None:
        """Do one piece of work in its own savepoint; where it failed it is undone, and the reason returned."""
        ordered = Ordered()
        try:
            with savepoint(db):
                work(Carrier(db, self._house, now, ordered))
        except StorageError:
            raise
        except Exception as error:
            log.exception(
                "a record could not be handled", extra={"about": about, "error": type(error).__name__}
            )
            handled.failed += 1
            return error
        handled.ordered.add(ordered)
        return None

    # --- what deletes itself ---

    def vanish(self, db: sqlite3.Connection, now: datetime) -> Handled:
        """Order that what has stood long enough is deleted, in some chats at a time, the longest due first."""
        handled = Handled()
        for each in sweeping.whose(db, now):
            handled.done += 1
            work = partial(sweeping.sweep, db=db, house=self._house, person_id=each, now=now)
            if self._alone(db, handled, work, now, person(each)) is not None:
                sweeping.put_off(db, each, now, now + PUT_OFF_BY)
        return handled

    # --- what is wrong with the bot itself ---

    def refused(self, db: sqlite3.Connection, kind: Failure, now: datetime) -> None:
        """Telegram turned us away; nothing happens where that was for another reason than our token."""
        notice = REFUSALS.get(kind)
        if notice is not None:
            notices.report(db, notice, now)

    def tell_notices(self, db: sqlite3.Connection, now: datetime) -> Handled:
        """Tell the coordinators what is open and was not told yet, or not for a day; one message to each of them."""
        notices.end_quiet(db, ABOUT_ONE_EVENT, now - EVENT_LASTS, now)
        untold = [each for each in notices.open_notices(db) if _worth_telling(each, now)]
        handled = Handled()
        if not untold:
            return handled
        coordinators = people.ids(db, Role.COORDINATOR, "active")
        text = notice_texts.news(_counted(untold))
        for each in coordinators:
            self._alone(db, handled, partial(_tell, person_id=each, text=text), now, person(each))
            if any(notice.kind in GRAVE and notice.told_at is None for notice in untold):
                handled.ordered.ringing |= rings.put(db, each, None, now) > 0
        if handled.failed < len(coordinators):
            notices.mark_told(db, [each.id for each in untold], now)
        return handled

    def unopened_letters(self, db: sqlite3.Connection, now: datetime) -> Handled:
        """A letter that waited too long goes, and whoever wrote it hears that it was not opened."""
        handled = Handled()
        for relay in talks.take_unopened(db, now - UNOPENED_KEPT):
            work = partial(_letter_unopened, relay=relay)
            self._alone(db, handled, work, now, f"relay:{relay.id}")
        return handled

    # --- what became of messages ---

    def recover(self, db: sqlite3.Connection, now: datetime) -> outbox.Recovered:
        """Settle what a stop left in the outbox, and say what may be missing because of it."""
        found = outbox.recover(db, now)
        for each in found.unclear:
            self._unclear(db, each.person_id, each.purpose, now)
            self._letter_lost(db, each.id, each.purpose, Failure.UNCLEAR, Handled(), now)
        self.not_sent(db, found.unclear, now)  # what follows waits in the outbox, and is found there
        return found

    def settle(self, db: sqlite3.Connection, results: Sequence[Delivered], now: datetime) -> Handled:
        """Write down what became of messages, and tell the alerts they were about."""
        handled = Handled()
        sent = [(each.id, each.message_id) for each in results if each.failure is None]
        outbox.mark_all_sent(db, sent, now)
        for each in results:
            if each.failure is not None:
                self._failed(db, each, now, handled)
                self._letter_lost(db, each.id, each.purpose, each.failure, handled, now)
                self._not_arrived(db, each.person_id, each.purpose, handled, now)
            elif each.alert_id is not None and each.step:
                self._about_alert(db, each, handled, now)
        return handled

    def _failed(self, db: sqlite3.Connection, result: Delivered, now: datetime, handled: Handled) -> None:
        extra = {"outbox": result.id, "person": result.person_id, "purpose": result.purpose}
        if result.failure is Failure.UNCLEAR:
            outbox.mark_unclear(db, result.id)
            self._unclear(db, result.person_id, result.purpose, now)
            log.warning("it is unclear whether a message arrived; it is not sent again", extra=extra)
            return
        outbox.mark_refused(db, result.id)
        if result.failure is Failure.REMAINS:
            log.warning("messages are too old to be deleted", extra=extra)
            work = partial(
                _happen, house=self._house, db=db, person_id=result.person_id, event=MessagesRemain()
            )
            self._alone(db, handled, work, now, person(result.person_id))
            return
        log.warning("a message was refused", extra={**extra, "failure": str(result.failure)})
        if result.failure is Failure.INVALID:
            notices.report(db, NoticeKind.MESSAGE_REFUSED, now, person(result.person_id))
        if result.failure is Failure.BLOCKED:
            work = partial(self._unreachable, db, result.person_id, now)
            self._alone(db, handled, work, now, f"person:{result.person_id}")
        if result.alert_id is not None and result.step:
            self._about_alert(db, result, handled, now)

    def not_sent(self, db: sqlite3.Connection, results: Iterable[Lost], now: datetime) -> Handled:
        """Messages that were too old to be sent, or that a crash left unclear: a check-in among them was not asked."""
        handled = Handled()
        for each in results:
            self._not_arrived(db, each.person_id, each.purpose, handled, now)
        return handled

    def _letter_lost(
        self,
        db: sqlite3.Connection,
        row: int,
        purpose: str,
        failure: Failure,
        handled: Handled,
        now: datetime,
    ) -> None:
        """Whoever wrote it hears so; what that orders waits in the outbox."""
        if purpose != Purpose.RELAY:
            return
        how = {Failure.UNCLEAR: "unclear", Failure.BLOCKED: "blocked"}.get(failure, "refused")
        self._alone(db, handled, partial(_letter_lost, outbox_id=row, how=how), now, f"outbox:{row}")

    def _not_arrived(
        self, db: sqlite3.Connection, person_id: int, purpose: str, handled: Handled, now: datetime
    ) -> None:
        if purpose != Purpose.CHECK_IN or not people.exists(db, person_id):
            return
        work = partial(_happen, house=self._house, db=db, person_id=person_id, event=CheckInUndelivered())
        self._alone(db, handled, work, now, person(person_id))

    def _unclear(self, db: sqlite3.Connection, person_id: int, purpose: str, now: datetime) -> None:
        """What comes unasked is never sent twice (R2): so somebody must see that it may be missing."""
        if purpose in UNASKED:
            notices.report(db, NoticeKind.MESSAGE_UNCLEAR, now, person(person_id))

    def _unreachable(self, db: sqlite3.Connection, person_id: int, now: datetime, carrier: Carrier) -> None:
        known = people.get(db, self._house.keyring, person_id)
        if known.reachable:
            reaching.changed(db, known, False, now, carrier)
            carrier.happen(known, BotBlocked())

    def _about_alert(
        self, db: sqlite3.Connection, result: Delivered, handled: Handled, now: datetime
    ) -> None:
        event = ContactTold(result.step) if result.failure is None else TellingFailed(result.step)
        alert_id = result.alert_id
        if result.purpose == Purpose.ALERT and alert_id is not None and alerts.exists(db, alert_id):
            work = partial(_alert_happens, alert_id=alert_id, event=event)
            self._alone(db, handled, work, now, f"alert:{alert_id}")


def _whose(known: Known, incoming: Incoming, now: datetime) -> tuple[int, int | None, datetime | None]:
    """Whose update it is, her message in it, and when that is to be deleted."""
    if incoming.message_id is None:
        return known.id, None, None
    until = vanishing.hers_until(known.person, incoming.date or now, now)
    return known.id, incoming.message_id, until


def _letter_unopened(carrier: Carrier, relay: Relay) -> None:
    carrier.letter_unopened(relay)


def _letter_lost(carrier: Carrier, outbox_id: int, how: str) -> None:
    carrier.letter_lost(outbox_id, how)


def _happen(carrier: Carrier, house: House, db: sqlite3.Connection, person_id: int, event: Event) -> None:
    carrier.happen(people.get(db, house.keyring, person_id), event)


def _worth_telling(notice: Notice, now: datetime) -> bool:
    due = notice.told_at is None or now - notice.told_at >= TELL_AGAIN_AFTER
    return due and notice.kind not in TOLD_AT_THE_START


def _counted(found: Iterable[Notice]) -> dict[str, int]:
    """How much there is of each kind: how often it happened, or how many it is about."""
    counts: Counter[str] = Counter()
    for each in found:
        counts[each.kind] += each.times if each.kind in ABOUT_ONE_EVENT else 1
    return counts


def _tell(carrier: Carrier, person_id: int, text: Text) -> None:
    carrier.tell(person_id, text)


def _down(db: sqlite3.Connection, person: Person, timer: timers.DueTimer, now: datetime) -> timedelta:
    """How long we were down since the check-in that a new one is about to settle."""
    if timer.kind != Timer.CHECK_IN or not isinstance(person, Resident) or person.check_in is None:
        return timedelta(0)
    return outages.down_between(db, person.check_in.asked_at, now)


def _alert_happens(carrier: Carrier, alert_id: int, event: AlertEvent) -> None:
    carrier.alert_happens(alert_id, event)


def _offered(person: Person, text: str) -> str | None:
    """The data of a button that was shown last and whose label was typed, or its number."""
    return _labelled((*_keyboard(person), *person.offered), fold(text))


def _labelled(labels: Iterable[tuple[str, str]], folded: str) -> str | None:
    return next((data for label, data in labels if label == folded and label), None)


def _keyboard(person: Person) -> tuple[tuple[str, str], ...]:
    return person.keyboard if isinstance(person, Contact) else ()


def _about_talks(data: str) -> bool:
    """Whom she writes to is said to the bot, also in a talk; any other label may be words for the other one."""
    return data.startswith("tk:")


def _answered(db: sqlite3.Connection, person: Person, incoming: Incoming) -> int | None:
    """The talk whose letter a contact person's message replies to, 0 for none. A resident is in one talk at most."""
    if incoming.reply_to is None or not isinstance(person, Contact):
        return None
    return talks.talk_of_arrival(db, person.id, incoming.reply_to) or 0
