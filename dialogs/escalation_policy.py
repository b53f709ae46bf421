"""
Escalation policy: who is told about an alert, in which order, how long each may take. Data, kept for each resident.

A policy names places ("her contact persons one after the other", "the coordinators"), never people: whom she has
not agreed to cannot be told by writing a policy. `ladder.py` makes of it who is told at this moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

EMERGENCY, URGENT, QUIET = 3, 2, 1


class Who(StrEnum):
    """Whom a step tells."""

    EACH = "contact persons one after the other"
    ALL = "all contact persons at once"
    FIRST = "the first contact person"
    COORDINATORS = "the coordinators"


class OffDuty(StrEnum):
    """What is done about people outside their hours."""

    RING = "ring"  # they are asked all the same, after those who are on duty
    SKIP = "skip"  # they are asked where nobody is on duty, and after all rounds; coordinators as the last of each
    WAIT = "wait"  # the alert waits until somebody is on duty, a day at the most


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """One step; `wait` is how long those told have for "I have it" before the next step."""

    tell: Who
    wait: timedelta


@dataclass(frozen=True, slots=True)
class LevelPolicy:
    """
    What is done at one level. After `rounds` rounds everybody is asked at once, again and again.

    `delivery`: until we go on without knowing whether a telling arrived. `outcome`: how long an acknowledgement
    holds without an outcome; then the alert opens again.
    """

    steps: tuple[PolicyStep, ...]
    rounds: int
    delivery: timedelta
    outcome: timedelta
    off_duty: OffDuty


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


_EMERGENCY = LevelPolicy(
    (PolicyStep(Who.EACH, _minutes(2)), PolicyStep(Who.COORDINATORS, _minutes(2))),
    rounds=1,
    delivery=_minutes(0.5),
    outcome=_minutes(30),
    off_duty=OffDuty.RING,
)
_URGENT = LevelPolicy(
    (PolicyStep(Who.EACH, _minutes(15)), PolicyStep(Who.COORDINATORS, _minutes(15))),
    rounds=3,
    delivery=_minutes(2),
    outcome=timedelta(hours=8),
    off_duty=OffDuty.SKIP,
)
_QUIET = LevelPolicy(
    (PolicyStep(Who.EACH, timedelta(hours=4)), PolicyStep(Who.COORDINATORS, timedelta(hours=4))),
    rounds=6,
    delivery=_minutes(30),
    outcome=timedelta(hours=24),
    off_duty=OffDuty.WAIT,
)
"""Sources: issue 2 (expiry), risk.md 2.5 (2 minutes a person; 15 minutes by day); the rest is our choice."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is done at each level."""

    emergency: LevelPolicy = field(default=_EMERGENCY)
    urgent: LevelPolicy = field(default=_URGENT)
    quiet: LevelPolicy = field(default=_QUIET)

    def of(self, level: int) -> LevelPolicy:
        """The policy of an alert's level; a level nobody knows is treated as the gravest."""
        return {QUIET: self.quiet, URGENT: self.urgent}.get(level, self.emergency)


LEVEL_NAMES: Final[Mapping[str, int]] = {"emergency": EMERGENCY, "urgent": URGENT, "quiet": QUIET}


class PolicyFaulty(Exception):
    """A policy that cannot be kept; says which level and what to do."""

    def __init__(self, level: str, what: str) -> None:
        super().__init__(f"{level}: {what}")
        self.level, self.what = level, what


LONGEST_WAIT: Final[Mapping[int, timedelta]] = {
    EMERGENCY: _minutes(10),
    URGENT: timedelta(hours=1),
    QUIET: timedelta(hours=24),
}
LONGEST_OUTCOME: Final[Mapping[int, timedelta]] = {
    EMERGENCY: timedelta(hours=1),
    URGENT: timedelta(hours=12),
    QUIET: timedelta(hours=72),
}
"""A slower policy would be a promise nobody keeps: she was told that somebody is asked now."""
SHORTEST_WAIT: Final = timedelta(seconds=30)


def check(policy: Policy) -> None:
    """Raise PolicyFaulty where an alert could reach nobody, ring without end or be forgotten."""
    for name, level in LEVEL_NAMES.items():
        _check_level(name, level, policy.of(level))


def _check_level(name: str, level: int, policy: LevelPolicy) -> None:
    if not policy.steps:
        raise PolicyFaulty(name, "name at least one step, or nobody is told")
    if not 1 <= policy.rounds <= 100:
        raise PolicyFaulty(name, "give 1 to 100 rounds")
    for step in policy.steps:
        if not SHORTEST_WAIT <= step.wait <= LONGEST_WAIT[level]:
            longest = LONGEST_WAIT[level]
            raise PolicyFaulty(name, f"a step waits {SHORTEST_WAIT} at the least and {longest} at the most")
    if not SHORTEST_WAIT <= policy.delivery <= LONGEST_WAIT[level]:
        raise PolicyFaulty(name, f"delivery is given {SHORTEST_WAIT} to {LONGEST_WAIT[level]}")
    if not SHORTEST_WAIT <= policy.outcome <= LONGEST_OUTCOME[level]:
        longest = LONGEST_OUTCOME[level]
        raise PolicyFaulty(name, f"an outcome is asked for after {SHORTEST_WAIT} to {longest}")
    if level != QUIET and policy.off_duty is OffDuty.WAIT:
        raise PolicyFaulty(name, "only a quiet note may wait for hours; use ring or skip")
