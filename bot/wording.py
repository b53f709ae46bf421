"""
Words, labels and keyboards as their reader gets them: in her language, by her clock. Nothing is sent from here.

What was offered comes back with its folded labels, so that typing a label is pressing it.
"""

from datetime import datetime
from typing import TypeAlias

from bot import lock_screen
from bot.house import House
from bot.outgoing import Out, split
from bot.translating import Reader
from dialogs import check_in, helper_screens, menu, near, neutral, threads
from dialogs.alert_texts import repeat_line, said_before
from dialogs.effects import UNASKED, Purpose, Say
from dialogs.people import Contact, Person, Resident
from dialogs.screen import Keyboard
from dialogs.text import Text
from dialogs.words import LABELS

Buttons: TypeAlias = tuple[tuple[Out, ...], ...]
Offered: TypeAlias = list[tuple[str, str]]
"""Folded label and the data of its button."""


class Wording:
    """At one moment, for whoever reads."""

    def __init__(self, house: House, now: datetime) -> None:
        self._house, self._now = house, now

    def reader(self, person: Person) -> Reader:
        """Her languages and her clock; contact persons have no clock of their own here."""
        if isinstance(person, Resident):
            return Reader(person.locale, person.rhythm.zone, self._now, person.below or None)
        return Reader(person.locale, self._house.default_zone, self._now)

    def text(self, text: Text, person: Person) -> str:
        """All of it, however long, in one language: for what has room for no more."""
        return self._house.translator.text(text, self.reader(person))

    def pieces(self, effect: Say, person: Person) -> list[str]:
        """As messages Telegram takes; never none. What comes to a resident unasked tells a locked screen nothing."""
        if isinstance(person, Resident) and neutral.is_unasked(effect):
            words = lock_screen.said(effect.text, self.reader(person), self._house.translator)
        elif effect.purpose is Purpose.RELAY:  # somebody's own words have one language
            words = self.text(effect.text, person)
        else:
            words = self._house.translator.full_text(effect.text, self.reader(person))
        return split(words) or [""]

    def repeat(self, effect: Say, person: Person) -> str:
        """What a message opens with when it goes out a second time."""
        if effect.purpose is Purpose.ALERT and effect.alert is not None:
            return self._house.translator.message(repeat_line(effect.alert), self.reader(person))
        if effect.purpose in (Purpose.EMERGENCY, Purpose.NOTE):
            return self._house.translator.message(said_before(), self.reader(person))
        return ""

    def until(self, effect: Say, person: Person) -> datetime | None:
        """How long it may wait to be sent."""
        if effect.purpose not in UNASKED or not isinstance(person, Resident):
            return effect.until
        latest = check_in.unasked_until(person, self._now)
        return latest if effect.until is None else min(latest, effect.until)

    def buttons(self, keyboard: Keyboard, person: Person) -> tuple[Buttons, Offered]:
        """The buttons below a message, and what they offer."""
        label, reader = self._house.translator.label, self.reader(person)
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
            laid.append(self._in_reading_order(outs, person))
        return tuple(laid), offered

    def _in_reading_order(self, row: list[Out], person: Person) -> tuple[Out, ...]:
        """Telegram lays every row from the left; where reading begins on the right, the first button is there."""
        return tuple(row[:: self._order(person)])

    def _order(self, person: Person) -> int:
        """How a row is walked: -1 where her language is read from the right."""
        translator = self._house.translator
        return -1 if translator.offered(person.locale) in translator.right_to_left else 1

    def reply_keyboard(self, person: Person) -> tuple[tuple[tuple[str, ...], ...], Offered | None]:
        """A contact person's names people, so what stands there is remembered to be known again when it is typed."""
        if isinstance(person, Contact):
            rows_of_buttons, offered = self.buttons(threads.keyboard(person), person)
            return tuple(tuple(button.text for button in row) for row in rows_of_buttons), offered
        if person.bare:
            return (), None
        say, reader = self._house.translator.message, self.reader(person)
        order = self._order(person)
        return tuple(
            tuple(say(LABELS[word], reader) for word in row[::order]) for row in menu.REPLY_KEYBOARD
        ), None

    def commands(self, person: Person) -> tuple[tuple[str, str], ...]:
        """What the phone's menu lists; a resident's names places where there are any."""
        offered = helper_screens.COMMANDS
        if isinstance(person, Resident):
            offered = (*menu.COMMANDS, near.COMMAND) if self._house.knowledge.near.places else menu.COMMANDS
        say, reader = self._house.translator.message, self.reader(person)
        return tuple((word.value, say(text, reader)) for word, text in offered)
