"""How fast we send."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import SWEEP_FROM, Limits

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def most_within(moments: list[datetime], window: timedelta) -> int:
    """Return the largest number of moments in any half-open window."""
    return max((sum(start <= m < start + window for m in moments) for start in moments), default=0)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.floats(0, 3)), max_size=80),
    st.sampled_from([1.0, 7.0, 30.0]),
    st.sampled_from([0.5, 1.0, 3.0]),
    st.integers(1, 4),
    st.floats(0.1, 10),
)
def test_no_window_holds_more_than_the_rate_and_the_burst(
    wishes: list[tuple[int, float]], overall: float, per_chat: float, burst: int, window: float
) -> None:
    """Telegram answers with 429 to everybody otherwise."""
    limits, now = Limits(overall, per_chat, burst), NOON
    sent: list[tuple[int, datetime]] = []
    for chat, pause in wishes:
        now = limits.ready_at(chat, now + seconds(pause))
        limits.take(chat, now)
        sent.append((chat, now))
    assert most_within([at for _, at in sent], seconds(window)) <= overall * window + limits.burst
    for chat in range(4):
        own = [at for to, at in sent if to == chat]
        assert most_within(own, seconds(window)) <= per_chat * window + burst


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=80),
    st.sampled_from([1.0, 7.0, 30.0]),
    st.floats(0.1, 10),
)
def test_what_is_urgent_adds_one_burst_and_no_more(
    wishes: list[tuple[bool, float]], overall: float, window: float
) -> None:
    """However the urgent and the ordinary mix."""
    limits, now = Limits(overall, 0), NOON
    sent: list[datetime] = []
    for urgent, pause in wishes:
        now = limits.ready_at(1, now + seconds(pause), urgent=urgent)
        limits.take(1, now)
        sent.append(now)
    assert most_within(sent, seconds(window)) <= overall * window + 2 * limits.burst


def test_what_is_urgent_finds_its_tokens_behind_a_wave() -> None:
    """An emergency text and the alert that follows from it leave at once, however long others have been waiting."""
    limits, now = Limits(30, 0), NOON
    for chat in range(300):
        now = limits.ready_at(chat, now)
        limits.take(chat, now)
    assert limits.opens_at(now) > now
    for _ in range(limits.burst):
        assert limits.ready_at(1, now, urgent=True) == now
        limits.take(1, now)
    assert limits.ready_at(1, now, urgent=True) > now


def test_a_halt_holds_what_is_urgent_as_well() -> None:
    """Telegram asks for silence, not for fewer words."""
    limits = Limits(30, 1)
    limits.halt(NOON + seconds(9))
    assert limits.ready_at(1, NOON, urgent=True) == NOON + seconds(9)


def test_a_chat_waits_while_another_is_served() -> None:
    """One person's many messages keep nobody else waiting."""
    limits = Limits(30, 1, 1)
    limits.take(1, NOON)
    assert limits.ready_at(1, NOON) == NOON + seconds(1)
    assert limits.ready_at(2, NOON) == NOON


def test_a_burst_may_leave_at_once_and_then_the_rate_holds() -> None:
    """An answer in three messages arrives together."""
    limits = Limits(0, 1, 3)
    for _ in range(3):
        assert limits.ready_at(1, NOON) == NOON
        limits.take(1, NOON)
    assert limits.ready_at(1, NOON) == NOON + seconds(1)


def test_a_halt_holds_everybody_and_is_never_cut_short() -> None:
    """A 429 is meant for the bot, and a shorter one after it changes nothing."""
    limits = Limits(30, 1, 1)
    limits.halt(NOON + seconds(9))
    limits.halt(NOON + seconds(2))
    assert limits.ready_at(5, NOON) == NOON + seconds(9)
    assert limits.ready_at(5, NOON + seconds(10)) == NOON + seconds(10)


def test_nought_means_no_limit() -> None:
    """For benchmarks, and for a server of one's own."""
    limits = Limits(0, 0, 1)
    for _ in range(100):
        limits.take(1, NOON)
    assert limits.ready_at(1, NOON) == NOON
    assert limits.chats_remembered == 0


def test_idle_chats_are_forgotten() -> None:
    """A year of residents must not stay in memory."""
    limits = Limits(0, 1, 1)
    for chat in range(10 * SWEEP_FROM):
        limits.take(chat, NOON + seconds(chat))
    assert limits.chats_remembered <= SWEEP_FROM


def test_a_clock_set_back_does_not_silence_the_bot() -> None:
    """The demo moves the clock both ways."""
    limits = Limits(30, 1, 1)
    limits.take(1, NOON)
    earlier = NOON - timedelta(days=1)
    assert limits.ready_at(1, earlier) <= earlier + seconds(1)


def test_a_halt_is_not_longer_for_a_clock_that_was_set_back() -> None:
    """Telegram asked for nine seconds, not for two hours."""
    limits, earlier = Limits(30, 1, 1), NOON - timedelta(hours=2)
    limits.halt(NOON + seconds(9))
    limits.clock_set_back(timedelta(hours=2), earlier)
    assert limits.ready_at(5, earlier) == earlier + seconds(9)
    limits.clock_set_back(timedelta(hours=2), earlier + seconds(10))
    assert limits.ready_at(5, earlier + seconds(10)) == earlier + seconds(10)
