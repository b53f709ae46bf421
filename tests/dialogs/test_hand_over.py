"""Notes for whoever comes next: fixed sentences with a name, each of them once."""

from dataclasses import replace

from dialogs import hand_over
from dialogs.alert import Alert, Told, Track
from dialogs.alert_texts import telling
from dialogs.effects import Say
from tests.dialogs.cast import NOW, english, offered

CASE = Alert(
    7, 1, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW, told=(Told(1, 2, "Mina", NOW, arrived=True),)
)


def test_all_notes_are_offered_but_those_that_were_left() -> None:
    """Two of them may be true."""
    data = offered([Say((), hand_over.offer(CASE, 2))])
    assert data == [f"hn:7:{what}" for what in hand_over.NOTES]
    left = replace(CASE, notes=("hand:called:2",))
    assert "hn:7:called" not in offered([Say((), hand_over.offer(left, 2))])
    assert len(offered([Say((), hand_over.offer(left, 3))])) == len(hand_over.NOTES), "Josef may say it too"


def test_a_note_is_said_with_the_name_of_who_left_it() -> None:
    """After the reasons, in the telling to whoever comes next."""
    noted = replace(CASE, notes=("hand:called:2", "hand:no-visit:2"))
    assert english((hand_over.latest(noted),)) == "Mina: Please no visit."
    said = english(telling(noted))
    assert said.index("Linden") < said.index("Mina: I have called.") < said.index("Mina: Please no visit.")


def test_a_note_of_another_program_is_passed_over() -> None:
    """After going back to an older one, the case must still be told."""
    assert hand_over.said(replace(CASE, notes=("hand:flown:2", "odd", "hand:called:9"))) == (
        hand_over.said(replace(CASE, notes=("hand:called:9",)))
    )
    assert english(hand_over.said(replace(CASE, notes=("hand:called:9",)))) == "?: I have called."


def test_no_note_says_anything_about_why() -> None:
    """They are also on buttons, and a contact person may be watched as well."""
    assert all(len(english((text,))) < 40 for text in hand_over.NOTES.values())
