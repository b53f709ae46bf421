"""
Letters between two people: who may write to whom, where a letter goes, and what became of it.

Runs inside the transaction of whoever wrote. Each letter asks the tables anew whether its talk is open, whether its
writer is in it, and whether the resident still agrees to the contact person; nothing here trusts what a person's own
document remembers. What follows for the other person is that person's event, decided like any other.
"""

from dataclasses import replace
from datetime import datetime

from bot.transaction import Happen, Transaction
from dialogs import freezing, rota, sight
from dialogs.alert import Alert, AlertState
from dialogs.alert_texts import may_hear
from dialogs.effects import OpenTalk, PassEdit, PassOn
from dialogs.events import (
    Event,
    Kind,
    LetterCame,
    LetterLost,
    LetterPassed,
    LettersOpened,
    TalkBegun,
    TalkOver,
    TalkRefused,
)
from dialogs.kinds import Sight
from dialogs.letters import Letter
from dialogs.people import Contact, Resident
from storage import alerts, audit, links, talks
from storage.people import Known
from storage.talks import Relay, Talk


class Relaying:
    """Of one event. What follows for the person whose event it is comes back; for the other it happens here."""

    def __init__(self, transaction: Transaction, happen: Happen) -> None:
        self._db, self._house, self._now = transaction.db, transaction.house, transaction.now
        self._happen, self._read = happen, transaction.read

    # --- talks ---

    def open(self, contact: Known, order: OpenTalk) -> Event:
        """Let a contact person write to a resident, where both rules allow it; an earlier talk of hers ends."""
        case = self._alert(order.alert) if order.alert is not None else None
        resident_id = case.resident if case is not None else order.resident
        resident = self._read(resident_id) if resident_id is not None else None
        if resident is None or not isinstance(resident.person, Resident):
            return TalkRefused("gone")
        refused = self._refusal(contact, resident, case)
        if refused is not None:
            return TalkRefused(refused)
        for earlier in talks.open_of(self._db, resident.id):
            if earlier.contact_id == contact.id:
                return self._begun(earlier, contact, resident)
            talks.close(self._db, earlier.id, self._now)
            self._tell(earlier.contact_id, TalkOver(earlier.id, "replaced"))
        number = talks.begin(
            self._db, resident.id, contact.id, case.id if case is not None else None, self._now
        )
        audit.note(self._db, self._now, contact.id, audit.Did.TALK_BEGUN, audit.person(resident.id))
        event = self._begun(
            Talk(number, resident.id, contact.id, case.id if case is not None else None, True),
            contact,
            resident,
        )
        self._happen(resident, event)
        return event

    def _refusal(self, contact: Known, resident: Known, case: Alert | None) -> str | None:
        if not resident.reachable or resident.chat_id is None:
            return "gone"
        unsafe = any(each is None or not may_hear(each) for each in self._open_cases(resident))
        if unsafe or freezing.is_frozen(resident.person):
            return "not-safe"
        if case is not None and case.state is not AlertState.CLOSED and case.holder == contact.id:
            return None
        return None if self._agreed(resident, contact.id) else "not-yours"

    def _open_cases(self, resident: Known) -> list[Alert | None]:
        """None stands for one that does not open: it may be the one that says who holds her phone."""
        mine = [each.id for each in alerts.open_alerts(self._db) if each.resident_id == resident.id]
        return [self._alert(each) for each in mine]

    def _alert(self, number: int) -> Alert | None:
        try:
            resident = self._read(alerts.resident_of(self._db, number))
            return alerts.get(self._db, resident.box, number) if resident is not None else None
        except (alerts.AlertNotFound, alerts.AlertUnreadable):
            return None

    def _agreed(self, resident: Known, contact_id: int) -> bool:
        """Both must say so: the table that alerts ask, and what she chose for this person."""
        her = resident.person
        who = sight.agreed_with(her, contact_id) if isinstance(her, Resident) else None
        if who is None or not isinstance(her, Resident):
            return False
        links_of_hers = links.contacts_of(self._db, resident.id)
        agreed = any(link.agreed and link.contact_id == contact_id for link in links_of_hers)
        return agreed and sight.may_see(her, contact_id, who.kind, Sight.TALK)

    def _begun(self, talk: Talk, contact: Known, resident: Known) -> TalkBegun:
        name = contact.person.name if isinstance(contact.person, Contact) else ""
        alias = resident.person.alias if isinstance(resident.person, Resident) else ""
        return TalkBegun(talk.id, resident.id, contact.id, alias, name, talk.alert_id)

    def _still_allowed(self, talk: Talk) -> bool:
        """She agreed to this person, or this person has, or has just ended, the case the talk began from."""
        resident = self._read(talk.resident_id)
        if resident is None:
            return False
        if self._agreed(resident, talk.contact_id):
            return True
        case = self._alert(talk.alert_id) if talk.alert_id is not None else None
        return case is not None and talk.contact_id in (case.holder, case.closed_by)

    def end(self, person: Known, number: int, why: str) -> Event | None:
        """End it for both; who is not in it ends nothing."""
        talk = talks.get(self._db, number)
        if talk is None:
            return TalkOver(number, why)
        other = talk.other(person.id)
        if other is None:
            return None
        if talks.close(self._db, number, self._now):
            self._tell(other, TalkOver(number, why))
        return TalkOver(number, why)

    def end_all_between(self, resident_id: int, agreed: tuple[int, ...]) -> list[TalkOver]:
        """Whoever she no longer agrees to writes to her no more; returns what happens to her."""
        ended = []
        for talk in talks.open_of(self._db, resident_id):
            if talk.contact_id not in agreed and not self._still_allowed(talk):
                talks.close(self._db, talk.id, self._now)
                self._tell(talk.contact_id, TalkOver(talk.id, "resident"))
                ended.append(TalkOver(talk.id, "resident"))
        return ended

    def _tell(self, person_id: int, event: Event) -> None:
        known = self._read(person_id)
        if known is not None:
            self._happen(known, event)

    # --- letters ---

    def pass_on(self, writer: Known, order: PassOn) -> Event | None:
        """Give a letter to the other one; what the writer hears comes back."""
        talk = talks.get(self._db, order.talk)
        reader_id = talk.other(writer.id) if talk is not None else None
        if talk is None or reader_id is None or not talk.is_open:
            return TalkOver(order.talk, "lost")
        if not self._still_allowed(talk):
            self._tell(reader_id, TalkOver(talk.id, "gone"))
            talks.close(self._db, talk.id, self._now)
            return TalkOver(talk.id, "lost")
        reader = self._read(reader_id)
        if reader is None or not reader.reachable or reader.chat_id is None:
            return LetterLost(
                talk.id, self._name(reader, talk), "blocked" if reader is not None else "refused"
            )
        return self._give(talk, writer, reader, order.letter)

    def _give(self, talk: Talk, writer: Known, reader: Known, letter: Letter) -> Event | None:
        relay = talks.add_relay(self._db, talk.id, writer.id, reader.id, letter.message, self._now)
        signed = replace(letter, who=self._name(writer, talk))
        off_duty = self._reads_at(reader)
        quietly = off_duty is None or off_duty > self._now
        self._happen(reader, LetterCame(talk.id, relay, signed, quietly))
        if isinstance(writer.person, Resident):
            return LetterPassed(talk.id, off_duty, letter.kind == Kind.DOCUMENT.value)
        return None

    def _reads_at(self, reader: Known) -> datetime | None:
        """When she may next be expected to read; a resident has no hours."""
        if not isinstance(reader.person, Contact):
            return self._now
        contact = reader.person
        since = max(self._now, contact.away.until) if contact.away is not None else self._now
        return rota.next_on_duty(contact.duty, since, self._house.red_day)

    def _name(self, known: Known | None, talk: Talk) -> str:
        """By the name the other one knows: an alias for a resident, the chosen name for a contact person."""
        if known is None:
            return f"#{talk.id}"
        return known.person.alias if isinstance(known.person, Resident) else known.person.name

    def pass_edit(self, writer: Known, order: PassEdit) -> Event | None:
        """A changed message, where it was passed on and the talk is still open."""
        relay = talks.of_message(self._db, writer.id, order.message)
        talk = talks.get(self._db, relay.talk_id) if relay is not None else None
        if talk is None or not talk.is_open:
            return None
        letter = Letter(order.words, order.at, message=order.message, edited=True)
        return self.pass_on(writer, PassOn(talk.id, letter))

    def keep(self, reader: Known, relay: int, letter: Letter) -> None:
        """Seal it until she opens it."""
        talks.keep(self._db, reader.box, relay, letter)

    def open_letters(self, reader: Known) -> LettersOpened:
        """Take out what waits for her."""
        return LettersOpened(tuple(talks.take_kept(self._db, reader.box, reader.id)))

    # --- what did not arrive ---

    def lost(self, outbox_id: int, how: str) -> None:
        """A row that carried a letter was refused, or nobody knows: its writer hears so."""
        relay = talks.carried(self._db, outbox_id)
        if relay is not None:
            self.not_read(relay, how)

    def not_read(self, relay: Relay, how: str) -> None:
        """Its writer hears so, as long as the talk is remembered."""
        talk = talks.get(self._db, relay.talk_id)
        if talk is None:
            return
        who = self._name(self._read(relay.reader_id), talk)
        self._tell(relay.writer_id, LetterLost(talk.id, who, how))
