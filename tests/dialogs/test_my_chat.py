"""How her chat looks to whoever holds the phone: every choice one tap, undone by another."""

from datetime import timedelta

import pytest

from dialogs.effects import Say, ShortenStay
from dialogs.events import DataGathered
from tests.dialogs.cast import Talk, leyla, only


def test_the_page_is_one_tap_from_the_settings() -> None:
    """And says how long things stay, in words."""
    talk = Talk(leyla()).presses("set")
    assert "chat" in talk.offers
    assert "yours and mine: 2 hours" in talk.presses("chat").words


@pytest.mark.parametrize(
    ("minutes", "said"), [(15, "15 minutes"), (720, "12 hours"), (2760, "as long as possible")]
)
def test_a_chosen_time_holds_at_once_for_what_stands_there_too(minutes: int, said: str) -> None:
    """Somebody moves in tomorrow: what was said yesterday shall not wait."""
    talk = Talk(leyla()).presses(f"chat:{minutes}")
    assert talk.resident.clears_after == minutes
    assert only(ShortenStay, talk.effects) == [ShortenStay(timedelta(minutes=minutes))]
    assert said in talk.words


@pytest.mark.parametrize("what", ["protected", "silent", "bare"])
def test_each_switch_is_undone_as_easily_as_it_was_made(what: str) -> None:
    """One tap on, one tap off (S6)."""
    talk = Talk(leyla()).presses(f"chat:{what}:on")
    assert getattr(talk.resident, what)
    assert f"chat:{what}:off" in talk.offers
    assert talk.presses(f"chat:{what}:off").resident == leyla()


def test_taking_the_buttons_away_needs_a_message_that_tells_nothing() -> None:
    """Telegram changes what is below the input line only with a message."""
    last = only(Say, Talk(leyla()).presses("chat:bare:on").effects)[-1]
    assert (last.menu, last.stays, last.keyboard) == (True, True, ())


@pytest.mark.parametrize("data", ["chat:1", "chat:16", "chat:bare:maybe", "chat:x:y:z", "chat:²"])
def test_what_is_no_choice_changes_nothing(data: str) -> None:
    """A forged press is an old button."""
    assert Talk(leyla()).presses(data).resident == leyla()


def test_her_data_says_what_she_chose() -> None:
    """It is kept about her like anything else (R39)."""
    talk = Talk(leyla(clears_after=15, silent=True)).happens(DataGathered(0, 0, 0))
    assert "stay in this chat: 15 minutes" in talk.words
    assert "No sound" in talk.words
    assert "No buttons below" not in talk.words
