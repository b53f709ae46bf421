"""Tests of the speed limits."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.limits import Limits, RateLimiter
from bot.sandbox.refusals import Refused

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def send(limiter: RateLimiter, chat: int, times: int, at: datetime = NOON) -> None:
    for _ in range(times):
        limiter.take(chat, at)


def test_a_short_burst_passes_and_then_one_a_second() -> None:
    """As Telegram's FAQ has it: short bursts are allowed, then 429."""
    limiter = RateLimiter(Limits(chat_burst=3))
    send(limiter, 1, 3)
    with pytest.raises(Refused) as refused:
        send(limiter, 1, 1)
    assert (refused.value.code, refused.value.retry_after) == (429, 1)
    send(limiter, 1, 1, NOON + timedelta(seconds=1))


def test_thirty_a_second_overall() -> None:
    """Many chats together meet the limit of the whole bot."""
    limiter = RateLimiter(Limits())
    for chat in range(30):
        limiter.take(chat, NOON)
    with pytest.raises(Refused, match="retry after 1"):
        limiter.take(99, NOON)


def test_a_refused_message_is_not_counted() -> None:
    """Waiting as long as told is always enough."""
    limiter = RateLimiter(Limits(chat_burst=1))
    send(limiter, 1, 1)
    for _ in range(10):
        with pytest.raises(Refused):
            send(limiter, 1, 1)
    send(limiter, 1, 1, NOON + timedelta(seconds=1))


def test_a_clock_moved_back_does_not_lock_a_chat() -> None:
    """The demo moves the clock both ways."""
    limiter = RateLimiter(Limits(chat_burst=1))
    send(limiter, 1, 1)
    earlier = NOON - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        send(limiter, 1, 1, earlier)
    assert refused.value.retry_after == 1


def test_a_flooded_chat_refuses_even_without_limits() -> None:
    """One chat can be closed for a while; the others go on."""
    limiter = RateLimiter(None)
    limiter.flood(1, NOON + timedelta(seconds=60))
    limiter.take(2, NOON)
    with pytest.raises(Refused, match="retry after 60"):
        limiter.take(1, NOON)
    limiter.take(1, NOON + timedelta(seconds=60))
