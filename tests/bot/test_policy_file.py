"""Policies as an operator writes them: read, refused with a reason, and printed the same."""

from datetime import timedelta

import pytest

from bot import policy_file
from dialogs.escalation_policy import OffDuty, Policy, PolicyFaulty, PolicyStep, Who

FASTER = """
urgent:
  steps:
    - tell: all contact persons at once
      wait: 5 min
    - tell: the coordinators
      wait: 90 s
  rounds: 2
  outcome: 4 h
  off duty: ring
"""


def test_what_is_printed_is_read_back_the_same() -> None:
    """`vidare policy show` is the template for `vidare policy set`."""
    assert policy_file.read(policy_file.write(Policy())) == Policy()


def test_a_level_that_is_left_out_stays_as_usual() -> None:
    """Whoever changes one thing must not have to know all others."""
    policy = policy_file.read(FASTER)
    assert policy.urgent.steps == (
        PolicyStep(Who.ALL, timedelta(minutes=5)),
        PolicyStep(Who.COORDINATORS, timedelta(seconds=90)),
    )
    assert (policy.urgent.rounds, policy.urgent.outcome, policy.urgent.off_duty) == (
        2,
        timedelta(hours=4),
        OffDuty.RING,
    )
    assert policy.urgent.delivery == Policy().urgent.delivery
    assert (policy.emergency, policy.quiet) == (Policy().emergency, Policy().quiet)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "levels only"),
        ("emergency: [", "no YAML"),
        ("panic: {}", "levels only"),
        ("urgent: 5", "write only"),
        ("urgent: {who: me}", "write only"),
        ("urgent: {rounds: many}", "as a number"),
        ("urgent: {rounds: true}", "as a number"),
        ("urgent: {steps: 3}", "list"),
        ("urgent: {steps: []}", "nobody is told"),
        ("urgent: {steps: [{tell: her brother, wait: 1 min}]}", "choose one of"),
        ("urgent: {steps: [{tell: the coordinators}]}", "tell and wait"),
        ("urgent: {steps: [{tell: the coordinators, wait: soon}]}", "30 s, 2 min or 8 h"),
        ("urgent: {steps: [{tell: the coordinators, wait: 5}]}", "30 s, 2 min or 8 h"),
        ("urgent: {outcome: 99 h}", "outcome"),
        ("urgent: {off duty: sleep}", "choose one of"),
        ("x" * 20_000, "too long"),
        ("- a\n- b", "levels only"),
        ("!!python/object/apply:os.getcwd []", "no YAML"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(text: str, hint: str) -> None:
    """A technician at ten in the evening needs the reason, not a traceback."""
    with pytest.raises(PolicyFaulty, match=hint):
        policy_file.read(text)
