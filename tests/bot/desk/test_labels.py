"""Words for codes: all that we write has one, and what only a newer program writes is shown as it stands."""

from datetime import timedelta

import pytest

from bot import reckoning
from bot.desk import labels
from dialogs.alert import AlertState
from dialogs.people import Role
from storage.audit import Did
from tests.bot.town import NOW, Town


def test_every_code_of_ours_has_words() -> None:
    """A coordinator reads words."""
    for said, codes in ((labels.did, Did), (labels.state, AlertState), (labels.role, Role)):
        for code in codes:
            assert said(code).context == "desk", code
    assert len(labels.TIMES) == len(reckoning.MINUTES) + 1
    assert all(labels.check_in(state).context == "desk" for state in reckoning.STATES)


def test_a_code_nobody_knows_is_shown_as_it_stands() -> None:
    """An older desk beside a newer bot must not fail."""
    unknown = (labels.did, labels.state, labels.role, labels.kind, labels.check_in, labels.person_state)
    for said in unknown:
        assert said("new-thing").values == (("value", "new-thing"),)
    assert labels.level(9) == labels.level(3)
    assert labels.sign(9) == labels.sign(3)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-30, "less than a minute ago"),
        (-60, "1 minute ago"),
        (-7_199, "119 minutes ago"),
        (-7_200, "2 hours ago"),
        (-200_000, "2 days ago"),
        (30, "in less than a minute"),
        (900, "in 15 minutes"),
        (10_800, "in 3 hours"),
        (400_000, "in 4 days"),
    ],
)
async def test_a_clock_says_how_long(town: Town, seconds: int, words: str) -> None:
    """In the largest unit that says enough."""
    assert town.say(labels.distance(NOW + timedelta(seconds=seconds), NOW)) == words
