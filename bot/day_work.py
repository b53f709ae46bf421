"""
A contact person's day, carried out: what she opens, the calls she promises, and what goes to the coordinators.

What may be seen and promised is asked of the tables each time (`bot/day.py`).
"""

from typing import TypeAlias

from bot import day
from bot.ordering import Turn
from bot.outgoing import Trend
from bot.speaking import Speaking
from bot.transaction import Happen, Transaction
from dialogs import desk_texts, her_calls
from dialogs.day import not_shown, trend_caption
from dialogs.effects import GatherDay, GatherResidents, GatherWeek, OpenResident, PromiseCall, Say
from dialogs.events import CallNoted, CallPromised, CallRefused, ColleaguesGathered, CoordinatorsTold, Event
from dialogs.people import Contact, Person, Resident, Role
from dialogs.schedule import local_day
from dialogs.text import Text
from storage import audit, desk_accounts, desk_links, people
from storage.people import Known

Look: TypeAlias = GatherDay | GatherResidents | OpenResident | GatherWeek


class DayWork:
    """In one transaction."""

    def __init__(self, transaction: Transaction, speaking: Speaking, happen: Happen) -> None:
        self._db, self._house, self._now = transaction.db, transaction.house, transaction.now
        self._read, self._speaking, self._happen = transaction.read, speaking, happen

    # --- what she looks at ---

    def look(self, effect: Look, person: Person) -> Event | None:
        """What she opened, as it is now; residents have no such pages."""
        if not isinstance(person, Contact):
            return None
        match effect:
            case GatherDay():
                return day.today(self._db, self._read, person, self._now)
            case GatherResidents():
                return day.residents(self._db, self._read, person, self._now)
            case OpenResident(resident):
                return day.opened(self._db, self._read, person, resident, self._now)
            case GatherWeek():
                return day.week(self._db, self._read, person, self._now)

    def note_opening(
        self, contact_id: int, resident_id: int, did: audit.Did = audit.Did.RESIDENT_OPENED
    ) -> None:
        """Whatever she sees of a resident leaves a line of ids (S10)."""
        audit.note(self._db, self._now, contact_id, did, audit.person(resident_id))

    def show_trend(self, resident_id: int, turn: Turn) -> None:
        """Two weeks as a picture, where the resident lets her see them."""
        person, chat_id = turn.person, turn.known.chat_id
        if chat_id is None or not isinstance(person, Contact):
            return
        resident = day.with_trend(self._db, self._read, person, resident_id)
        if resident is None:
            self._speaking.say(Say(not_shown()), turn)
            return
        self.note_opening(person.id, resident_id, audit.Did.TREND_OPENED)
        caption = self._speaking.wording.text((trend_caption(),), person)
        last = local_day(self._now, resident.rhythm.zone)
        self._speaking.put_reply(turn, Trend(chat_id, resident.faces, last, person.locale, caption))

    # --- calls ---

    def promise_call(self, effect: PromiseCall, turn: Turn) -> Event:
        """Both know of a call, or neither does."""
        known, resident = turn.known, self._read(effect.resident)
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
        self._happen(resident, CallPromised(known.id, turn.person.name, effect.at))
        told_at = her_calls.tell_at(person, effect.at, self._now)
        return CallNoted(resident.id, person.alias, effect.at, told_at)

    # --- colleagues and coordinators ---

    def colleagues(self, known: Known) -> ColleaguesGathered:
        """Who could stand in for her."""
        roles = (Role.CONTACT, Role.COORDINATOR)
        others = [each for role in roles for each in people.ids(self._db, role, "active") if each != known.id]
        found = [person for each in others if (person := self._read(each))]
        return ColleaguesGathered(
            tuple((each.id, each.person.name) for each in found if isinstance(each.person, Contact))
        )

    def tell_coordinators(self, text: Text, but: Known) -> CoordinatorsTold:
        """Tell those who can be reached, and say how many they were."""
        others = [each for each in people.ids(self._db, Role.COORDINATOR, "active") if each != but.id]
        there = [each for each in others if (other := self._read(each)) and other.reachable]
        for each in there:
            self._speaking.tell(each, text)
        return CoordinatorsTold(len(there))

    def open_desk(self, turn: Turn) -> None:
        """Only who enrolled with the operator's link: a stolen phone alone opens nothing."""
        if not desk_accounts.enrolled(self._db, turn.known.id):
            self._speaking.say(Say(desk_texts.not_yet()), turn)
            return
        doors, lasts = self._house.doors, desk_links.BY_BOT
        code = desk_links.create(self._db, doors, turn.known.id, self._now, lasts)
        audit.note(self._db, self._now, turn.known.id, audit.Did.LINK_MADE, audit.person(turn.known.id))
        self._speaking.say(Say(desk_texts.link(desk_links.address(self._house.desk, code))), turn)
