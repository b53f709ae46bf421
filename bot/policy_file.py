"""
Escalation policies as files that an operator writes and reads.

    emergency:
      steps:
        - tell: contact persons one after the other
          wait: 2 min
      rounds: 1
      delivery: 30 s
      outcome: 30 min
      off duty: ring

A level that is left out keeps the usual policy. What is wrong is said with the level and what to do.
"""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

import yaml

from dialogs.escalation_policy import (
    LEVEL_NAMES,
    LevelPolicy,
    OffDuty,
    Policy,
    PolicyFaulty,
    PolicyStep,
    Who,
    check,
)

_KEYS: Final = frozenset({"steps", "rounds", "delivery", "outcome", "off duty"})
_UNITS: Final = {"s": 1, "min": 60, "h": 3600}
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h)")
_LONGEST: Final = 10_000
Choice = TypeVar("Choice", bound=StrEnum)


def read(text: str) -> Policy:
    """Return the policy in `text`; raises PolicyFaulty."""
    if len(text) > _LONGEST:
        raise PolicyFaulty("file", "this is too long for a policy")
    try:
        levels = yaml.safe_load(text)
    except yaml.YAMLError:
        raise PolicyFaulty("file", "this is no YAML; `vidare policy show` prints an example") from None
    if not isinstance(levels, dict) or not levels.keys() <= LEVEL_NAMES.keys():
        raise PolicyFaulty("file", f"name levels only: {', '.join(LEVEL_NAMES)}")
    usual = Policy()
    policy = Policy(
        **{name: _level(name, levels.get(name), usual.of(number)) for name, number in LEVEL_NAMES.items()}
    )
    check(policy)
    return policy


def _level(name: str, given: Any, usual: LevelPolicy) -> LevelPolicy:
    if given is None:
        return usual
    if not isinstance(given, dict) or not given.keys() <= _KEYS:
        raise PolicyFaulty(name, f"write only: {', '.join(sorted(_KEYS))}")
    rounds = given.get("rounds", usual.rounds)
    if not isinstance(rounds, int) or isinstance(rounds, bool):
        raise PolicyFaulty(name, "give rounds as a number")
    return LevelPolicy(
        _steps(name, given["steps"]) if "steps" in given else usual.steps,
        rounds,
        _duration(name, given.get("delivery"), usual.delivery),
        _duration(name, given.get("outcome"), usual.outcome),
        _choice(name, OffDuty, given.get("off duty", usual.off_duty.value)),
    )


def _steps(name: str, given: Any) -> tuple[PolicyStep, ...]:
    if not isinstance(given, list):
        raise PolicyFaulty(name, "give steps as a list of tell and wait")
    steps = []
    for step in given:
        if not isinstance(step, dict) or step.keys() != {"tell", "wait"}:
            raise PolicyFaulty(name, "each step has tell and wait")
        steps.append(PolicyStep(_choice(name, Who, step["tell"]), _duration(name, step["wait"], None)))
    return tuple(steps)


def _choice(name: str, kind: type[Choice], given: Any) -> Choice:
    try:
        return kind(given)
    except ValueError:
        choices = "; ".join(each.value for each in kind)
        raise PolicyFaulty(name, f"choose one of: {choices}") from None


def _duration(name: str, given: Any, usual: timedelta | None) -> timedelta:
    if given is None and usual is not None:
        return usual
    found = _DURATION.fullmatch(given.strip()) if isinstance(given, str) else None
    if found is None:
        raise PolicyFaulty(name, "write times as 30 s, 2 min or 8 h")
    return timedelta(seconds=float(found[1]) * _UNITS[found[2]])


def write(policy: Policy) -> str:
    """The same the other way round."""
    levels = {name: _written(policy.of(number)) for name, number in LEVEL_NAMES.items()}
    return yaml.safe_dump(levels, sort_keys=False, allow_unicode=True)


def _written(level: LevelPolicy) -> dict[str, Any]:
    return {
        "steps": [{"tell": step.tell.value, "wait": _said(step.wait)} for step in level.steps],
        "rounds": level.rounds,
        "delivery": _said(level.delivery),
        "outcome": _said(level.outcome),
        "off duty": level.off_duty.value,
    }


def _said(time: timedelta) -> str:
    seconds = time.total_seconds()
    unit = next(unit for unit in ("h", "min", "s") if seconds % _UNITS[unit] == 0 or unit == "s")
    return f"{seconds / _UNITS[unit]:g} {unit}"
