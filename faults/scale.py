"""How much is done to the bot: all of it in some minutes, or a short form for every change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Counts only, and the seed of all chance; every count bounds the time the run takes."""

    seed: int
    kills: int  # SIGKILLs in the kill matrix, at named points and at random moments
    residents: int  # whom an outage meets
    due: int  # check-ins due at once in the wave
    strange: int  # updates that are shaped by chance
    letters: int  # messages passed on between people


WHOLE = Scale(seed=3, kills=330, residents=1_000, due=100_000, strange=100_000, letters=100_000)
SHORT = Scale(seed=3, kills=24, residents=100, due=5_000, strange=2_000, letters=1_000)
