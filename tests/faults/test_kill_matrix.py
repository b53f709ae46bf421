"""The kill matrix: every point has its turn, the same seed the same turns, and what broke is red."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from bot.fault_points import POINTS
from bot.sandbox import FaultKind
from faults.account import Account
from faults.findings import Finding
from faults.kill_matrix import Tally, findings, mix_in_faults, plan
from faults.scale import SHORT, WHOLE
from faults.stage import Stage

WELL = Account(updates=900, effects=800, alerts=90, tellings=100, answers=80, asked=70, not_asked=3, copies=9)


@pytest.mark.parametrize("kills", [1, SHORT.kills, WHOLE.kills])
def test_every_point_has_its_turn_and_there_are_random_moments(kills: int) -> None:
    """However few kills were asked for."""
    planned = plan(kills, Random(1))
    at_points = Counter(kill.point for kill in planned if kill.point is not None)
    assert at_points.keys() == set(POINTS)
    assert len(set(at_points.values())) == 1
    assert len(planned) >= max(kills, len(POINTS) + 1)
    assert any(kill.cold for kill in planned)


def test_the_same_seed_plans_the_same() -> None:
    """What was found once can be looked for again."""
    assert plan(60, Random(1)) == plan(60, Random(1)) != plan(60, Random(2))


def test_points_do_not_stand_in_their_order() -> None:
    """Each kind of kill is to meet what every other kind has left."""
    points = [kill.point for kill in plan(WHOLE.kills, Random(1)) if kill.point is not None]
    assert points != sorted(points, key=POINTS.index)


async def test_each_life_has_its_few_accidents_and_all_of_them_end(stage: Stage) -> None:
    """Without end they would be an outage, and nothing would be left to kill."""
    for seed in range(50):
        planned = mix_in_faults(stage, Random(seed))
        assert 2 <= len(planned) == len(stage.sandbox.faults) <= 6
        assert all(fault.count is not None and fault.seconds <= 0.1 for fault in planned)
        assert {fault.kind for fault in planned} <= set(FaultKind)


def tally() -> Tally:
    """A run in which everything held."""
    return Tally(at_points=Counter(dict.fromkeys(POINTS, 7)), at_random=90, cold=8, faults=400, account=WELL)


def broken(found: list[Finding]) -> list[str]:
    """What is red."""
    return [each.what for each in found if not each.held]


def test_a_run_in_which_everything_held_is_green() -> None:
    """And says how much there was to be lost."""
    found = findings(tally(), 0)
    assert broken(found) == []
    assert "0 of 900" in [each.figure for each in found]
    assert found[0].figure.startswith("126,")


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        ("updates_lost", "updates lost"),
        ("effects_lost", "effects lost"),
        ("effects_twice", "effects twice"),
        ("notes_twice", "effects twice"),
        ("alerts_unsent", "alerts unsent"),
        ("tellings_unsent", "tellings unsent"),
        ("answers_lost", "answers of contact persons without effect"),
        ("asked_twice", "check-ins twice"),
        ("not_asked_unflagged", "check-ins that did not arrive and are not flagged"),
        ("copies_unmarked", "repeated tellings that do not say so"),
        ("unfinished", "messages left in the outbox"),
    ],
)
def test_each_figure_has_its_line(figure: str, line: str) -> None:
    """One too many, and exactly that line is red."""
    made = tally()
    made.account = replace(WELL, **{figure: 1})
    assert broken(findings(made, 0)) == [line]


def test_a_point_nobody_came_to_is_red() -> None:
    """A kill that did not happen was not survived."""
    made = tally()
    del made.at_points["settled"]
    assert broken(findings(made, 0)) == ["kills at named points"]


def test_what_a_crash_left_behind_counts_at_once() -> None:
    """Later deliveries hide what was confirmed too early; a later start mends what was damaged."""
    made = tally()
    made.confirmed_too_early, made.damaged = 2, 1
    assert broken(findings(made, 0)) == ["updates confirmed before they were stored", "databases damaged"]


@pytest.mark.parametrize(("errors", "bad_ends"), [(1, 0), (0, 1)])
def test_an_exception_nobody_expected_is_red(errors: int, bad_ends: int) -> None:
    """Nothing was lost, and still something is wrong."""
    made = tally()
    made.bad_ends = bad_ends
    assert broken(findings(made, errors)) == ["exceptions in the log, ends that were not ours"]
