"""How often strangers are answered."""

from datetime import timedelta

from bot import threshold
from bot.threshold import ALL_WINDOW, CHAT_WINDOW, CHATS_KEPT, OVER_ALL, PER_CHAT, Threshold
from tests.bot.town import NOW


def test_a_chat_is_answered_a_few_times_an_hour() -> None:
    """She may have mistyped her link; a program that tries out codes hears nothing more."""
    door = Threshold()
    assert sum(door.answers(7, NOW) for _ in range(100)) == PER_CHAT
    assert door.answers(8, NOW), "another's answers are her own"
    assert not door.answers(7, NOW + CHAT_WINDOW - timedelta(seconds=1))
    assert door.answers(7, NOW + CHAT_WINDOW)


def test_a_crowd_is_answered_so_often_a_minute() -> None:
    """Thousands of accounts must not take the thirty messages a second from those who are here."""
    door = Threshold()
    assert sum(door.answers(chat, NOW) for chat in range(1_000)) == OVER_ALL
    assert door.answers(2_000, NOW + ALL_WINDOW)


def test_whoever_had_a_code_is_told_also_in_a_crowd() -> None:
    """Her link is too old: she must hear so, or she waits for an answer that does not come."""
    door = Threshold()
    for chat in range(1_000):
        door.answers(chat, NOW)
    assert door.answers(5_000, NOW, had_a_code=True)
    assert sum(door.answers(5_000, NOW, had_a_code=True) for _ in range(100)) == PER_CHAT - 1


def test_a_clock_that_is_set_back_keeps_nobody_waiting() -> None:
    """A window that begins in two hours would else last for three."""
    door = Threshold()
    for _ in range(PER_CHAT):
        door.answers(7, NOW)
    assert door.answers(7, NOW - timedelta(hours=2))


def test_it_remembers_only_so_many() -> None:
    """Memory is what a crowd could take as well."""
    door = Threshold()
    for chat in range(CHATS_KEPT + 500):
        door.answers(chat, NOW + chat * timedelta(seconds=2))
    assert len(door._chats) == CHATS_KEPT
    assert "7" not in repr(Threshold({7: threshold.Window(NOW)})), "whose chat it is stands in no log"
