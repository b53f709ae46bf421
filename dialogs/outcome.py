"""What a decision returns: the person as she now is, and what shall be done."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from dialogs.effects import Effect, Say
from dialogs.people import Contact, Resident
from dialogs.screen import Keyboard
from dialogs.text import Message

AnyPerson = TypeVar("AnyPerson", Resident, Contact)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[AnyPerson]):
    """Effects are carried out in order, in the transaction that saves `person`."""

    person: AnyPerson
    effects: tuple[Effect, ...] = ()

    def then(self, *effects: Effect) -> "Outcome[AnyPerson]":
        """The same, with further effects at the end."""
        return Outcome(self.person, (*self.effects, *effects))

    def after(self, *effects: Effect) -> "Outcome[AnyPerson]":
        """The same, with these effects before the others."""
        return Outcome(self.person, (*effects, *self.effects))


def say(
    *text: Message,
    keyboard: Keyboard = (),
    in_place: bool = False,
    menu: bool = False,
    stays: bool = False,
) -> Say:
    """A plain answer to what she just did."""
    return Say(text, keyboard, in_place=in_place, menu=menu, stays=stays)
