"""Orders: what overtakes what follows from what a message is for."""

import pytest

from dialogs.effects import Priority, Purpose, Say
from dialogs.text import plain

HELLO = (plain("Hello"),)


@pytest.mark.parametrize(
    ("purpose", "priority"),
    [
        (Purpose.ALERT, Priority.URGENT),
        (Purpose.EMERGENCY, Priority.URGENT),
        (Purpose.REPLY, Priority.REPLY),
        (Purpose.NOTE, Priority.REPLY),
        (Purpose.ROUTINE, Priority.ROUTINE),
    ],
)
def test_alarms_overtake_answers_and_answers_overtake_check_ins(purpose: Purpose, priority: Priority) -> None:
    """At nine o'clock hundreds of check-ins wait, and one cry for help (R40)."""
    assert Say(HELLO, purpose=purpose).priority is priority


def test_every_purpose_has_its_place_in_the_queue() -> None:
    """A new purpose is placed by decision, not by accident: this list is that decision."""
    assert {purpose for purpose in Purpose if Say(HELLO, purpose=purpose).priority is Priority.URGENT} == {
        Purpose.ALERT,
        Purpose.EMERGENCY,
    }
    assert sorted(Priority) == [Priority.URGENT, Priority.REPLY, Priority.ROUTINE]


def test_a_plain_answer_goes_to_whoever_is_decided_about() -> None:
    """Only what says so goes to somebody else, or belongs to an alert."""
    say = Say(HELLO)
    assert (say.to, say.alert, say.step, say.purpose) == (None, None, 0, Purpose.REPLY)
