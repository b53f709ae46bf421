"""What a decision returns: a person, and orders that keep their order."""

from dialogs.effects import ClearChat, ForgetPerson, Purpose, ShowCommands
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.screen import Button, rows
from dialogs.text import plain


def test_orders_keep_their_order(leyla: Resident) -> None:
    """Save first, say then, forget last: what comes before and after is not moved."""
    outcome = Outcome(leyla, (ClearChat(),))
    assert outcome.then(ForgetPerson()).effects == (ClearChat(), ForgetPerson())
    assert outcome.after(ShowCommands(), ForgetPerson()).effects == (
        ShowCommands(),
        ForgetPerson(),
        ClearChat(),
    )
    assert outcome.effects == (ClearChat(),), "the first one stays as it was"
    assert outcome.then().after().person is leyla


def test_saying_something_answers_what_she_just_did() -> None:
    """Paragraphs in order, to herself, as a reply."""
    keyboard = rows(Button(plain("Menu"), "menu"))
    said = say(plain("a"), plain("b"), keyboard=keyboard, in_place=True, menu=True)
    assert said.text == (plain("a"), plain("b"))
    assert (said.keyboard, said.in_place, said.menu) == (keyboard, True, True)
    assert (said.purpose, said.to) == (Purpose.REPLY, None)
