"""An activity: whether one may still come, and what may not be said about it."""

from datetime import timedelta

import pytest

from dialogs.activity import LONGEST_TITLE, ActivityState, unfit
from tests.dialogs.cast import NOW
from tests.dialogs.near_examples import dinner


def test_it_is_on_until_it_is_over() -> None:
    """At the last moment it is over: nobody is sent to a closed door."""
    assert dinner().is_on(NOW)
    assert not dinner().is_on(dinner().ends_at)
    assert dinner().is_on(dinner().ends_at - timedelta(seconds=1))


@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.CANCELLED])
def test_only_what_was_sent_is_on(state: ActivityState) -> None:
    """A draft is nobody's yet, and what was cancelled is nobody's any more."""
    assert not dinner(state=state).is_on(NOW)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "x" * (LONGEST_TITLE + 1), "Ring 08-465 004 10", "Se https://x.example", "t.me/x", "WWW.x.se"],
)
def test_what_nobody_checks_is_not_sent(text: str) -> None:
    """A wrong number or a strange link would reach everybody at once."""
    assert unfit(text, LONGEST_TITLE) is not None


@pytest.mark.parametrize("text", ["Middag", "Kl 18:00, barn 5-12 år", "3/12 2026-12-03", "Ta med 20 kr"])
def test_ordinary_words_are_sent(text: str) -> None:
    """Times, ages and prices are no numbers to call."""
    assert unfit(text, LONGEST_TITLE) is None
