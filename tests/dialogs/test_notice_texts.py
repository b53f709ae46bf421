"""What coordinators read about the bot itself."""

import pytest

from dialogs.effects import Say
from dialogs.notice_texts import news
from dialogs.notices import NoticeKind
from tests.dialogs.cast import english, neutral


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("count", [1, 3])
def test_every_kind_has_words(kind: NoticeKind, count: int) -> None:
    """A kind without words would be a notice nobody hears of."""
    first, line, last = news({kind.value: count})
    said = english((line,))
    assert said.startswith("• ")
    assert "\n" not in said
    assert kind.value not in said
    assert "bot" in english((first,))
    assert "vidare doctor" in english((last,))


@pytest.mark.parametrize("kind", [NoticeKind.MESSAGE_UNCLEAR, NoticeKind.NOBODY_TO_TELL])
def test_what_can_be_counted_is_counted(kind: NoticeKind) -> None:
    """One is an accident, ten are a pattern."""
    assert "10" in english(news({kind.value: 10}))
    assert english(news({kind.value: 1})) != english(news({kind.value: 10}))


def test_all_of_it_is_one_message_and_what_keeps_help_away_comes_first() -> None:
    """Ten messages about a bot would teach coordinators not to read them."""
    said = english(news({"outage": 1, "message-unclear": 2, "nobody-to-tell": 1}))
    assert said.count("•") == 3
    assert said.index("nobody would be told") < said.index("2 messages") < said.index("not running")


def test_a_kind_of_another_version_is_still_told() -> None:
    """After an older program was put back there may be rows it does not know."""
    assert "2 more things" in english(news({"what-is-this": 2}))


def test_a_lock_screen_learns_nothing() -> None:
    """A coordinator's phone lies on a table (R35); and the first line says at once that nobody is in danger."""
    for kind in NoticeKind:
        text = news({kind.value: 1})
        assert neutral(Say(text[:1]))
        assert "not about how anybody is" in english(text[:1])
