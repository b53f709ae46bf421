"""How much is measured: all of it in some minutes, or a glance."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Counts only; every one of them bounds the time the run takes."""

    few: int  # residents in the smaller town
    many: int  # and in the larger one
    starts: int
    rounds: int
    wave: int  # messages a round
    slow_rounds: int
    slow_wave: int
    slow_wave_in_turn: int  # for a bot that sends one message after the other
    streams: int
    alerts: int
    due: int
    readings: int
    codes: int  # of each of the two
    codes_worked: int
    phones: int = 1_000
    slowness: float = 0.05  # seconds until the sandbox answers, in the rounds with a slow network
    stream_pace: float = 300.0  # messages a second
    alert_pace: float = 30.0


WHOLE = Scale(
    few=10_000,
    many=1_000_000,
    starts=3,
    rounds=9,
    wave=1_000,
    slow_rounds=3,
    slow_wave=1_000,
    slow_wave_in_turn=50,
    streams=2,
    alerts=600,
    due=5_000,
    readings=20_000,
    codes=1_000,
    codes_worked=100,
)
GLANCE = Scale(
    few=10_000,
    many=100_000,
    starts=1,
    rounds=5,
    wave=500,
    slow_rounds=1,
    slow_wave=500,
    slow_wave_in_turn=30,
    streams=1,
    alerts=150,
    due=5_000,
    readings=5_000,
    codes=200,
    codes_worked=20,
)
