"""A policy that could reach nobody, ring without end or be forgotten is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs.escalation_policy import OffDuty, Policy, PolicyFaulty, PolicyStep, Who, check

USUAL = Policy()


def test_the_usual_policy_is_one_that_can_be_kept() -> None:
    """Two minutes, a quarter of an hour, half a day: what contact persons are told when they join."""
    check(USUAL)
    assert USUAL.emergency.steps[0].wait == timedelta(minutes=2)
    assert USUAL.urgent.steps[0].wait == timedelta(minutes=15)
    assert USUAL.emergency.outcome == timedelta(minutes=30)
    assert USUAL.urgent.outcome == timedelta(hours=8)


def test_each_level_has_its_own_and_an_unknown_one_is_the_gravest() -> None:
    """A level of a newer program must not read as a quiet note."""
    assert USUAL.of(3) == USUAL.of(4) == USUAL.emergency
    assert USUAL.of(2) == USUAL.urgent
    assert USUAL.of(1) == USUAL.quiet


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"steps": ()}, "nobody is told"),
        ({"rounds": 0}, "rounds"),
        ({"rounds": 101}, "rounds"),
        ({"steps": (PolicyStep(Who.EACH, timedelta(seconds=5)),)}, "at the least"),
        ({"steps": (PolicyStep(Who.EACH, timedelta(hours=2)),)}, "at the most"),
        ({"delivery": timedelta(hours=5)}, "delivery"),
        ({"outcome": timedelta(days=2)}, "outcome"),
        ({"off_duty": OffDuty.WAIT}, "only a quiet note may wait"),
    ],
)
def test_a_policy_that_cannot_be_kept_is_refused_with_its_level(change: dict[str, Any], hint: str) -> None:
    """She was told that somebody is asked now; no policy may make that untrue."""
    with pytest.raises(PolicyFaulty, match=hint) as refused:
        check(replace(USUAL, urgent=replace(USUAL.urgent, **change)))
    assert refused.value.level == "urgent"
