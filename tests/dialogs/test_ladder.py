"""Who is told at this moment: order, hours, absences, stand-ins, and never nobody."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.escalation_policy import OffDuty, Policy, PolicyStep, Who
from dialogs.ladder import Ladder, Reach, build
from tests.dialogs.cast import NOW

MINA, JOSEF, ANNA, KARIN = 2, 3, 4, 9
LATER = NOW + timedelta(hours=10)
POLICY = Policy()


def person(
    number: int, *, on: datetime | None = NOW, away: bool = False, stand_in: int | None = None
) -> Reach:
    """Somebody at work, unless said otherwise."""
    return Reach(
        number,
        f"person {number}",
        number == KARIN,
        on,
        NOW + timedelta(days=3) if away else None,
        stand_in,
    )


def order(ladder: Ladder) -> list[list[int]]:
    """Who is told together, rung by rung."""
    return [[link.id for link in rung.links] for rung in ladder.rungs]


def test_contact_persons_come_one_after_the_other_and_the_coordinators_last() -> None:
    """The order she was asked about is the order of the ladder."""
    ladder = build(POLICY.urgent, [person(MINA), person(JOSEF)], [person(KARIN)], NOW)
    assert order(ladder) == [[MINA], [JOSEF], [KARIN]]
    assert ladder.members == {MINA, JOSEF, KARIN}
    assert [link.id for link in ladder.desk] == [KARIN]


def test_after_its_rounds_everybody_is_asked_at_once() -> None:
    """Politeness ends where nobody answers."""
    ladder = build(POLICY.emergency, [person(MINA), person(JOSEF)], [person(KARIN)], NOW)
    assert [link.id for link in ladder.rung(3).links] == [MINA, JOSEF, KARIN]
    assert [ladder.begins_round(turn) for turn in range(7)] == [False, False, False, True, False, False, True]


@pytest.mark.parametrize("level", [1, 2])
def test_off_duty_is_asked_only_where_nobody_is_on_duty(level: int) -> None:
    """Hours are a promise to contact persons too."""
    policy = POLICY.of(level)
    assert order(build(policy, [person(MINA, on=LATER), person(JOSEF)], [], NOW)) == [[JOSEF]]
    assert order(build(policy, [person(MINA, on=LATER), person(JOSEF, on=None)], [], NOW)) == [
        [MINA],
        [JOSEF],
    ]


def test_an_emergency_rings_off_duty_people_too_after_those_on_duty() -> None:
    """At two in the night there may be nobody on duty at all."""
    ladder = build(POLICY.emergency, [person(MINA, on=LATER), person(JOSEF)], [], NOW)
    assert order(ladder) == [[JOSEF], [MINA]]


def test_a_coordinator_off_duty_is_still_the_last_of_the_chain() -> None:
    """An urgent case that no contact person answers must not stay with those who do not answer."""
    ladder = build(POLICY.urgent, [person(MINA), person(JOSEF, on=LATER)], [person(KARIN, on=LATER)], NOW)
    assert order(ladder) == [[MINA], [KARIN]]
    assert {link.id for link in ladder.everybody} == {MINA, JOSEF, KARIN}, "and after all rounds everybody"


def test_second_channels_of_off_duty_people_ring_only_after_all_rounds() -> None:
    """Whoever sleeps is rung when nobody else has answered, again and again."""
    ladder = build(POLICY.urgent, [person(MINA), person(JOSEF, on=LATER)], [person(KARIN)], NOW)
    assert {link.id for link in ladder.called(2)} == {MINA, KARIN}
    assert {link.id for link in ladder.called(6)} == {MINA, JOSEF, KARIN}


def test_a_quiet_note_may_wait_for_hours_but_not_longer_than_a_day() -> None:
    """Today is soon enough; next week is not."""
    assert build(POLICY.quiet, [person(MINA, on=LATER)], [], NOW).waits_until == LATER
    far = NOW + timedelta(days=4)
    waits = build(POLICY.quiet, [person(MINA, on=far)], [], NOW).waits_until
    assert waits == NOW + timedelta(hours=24)
    assert build(POLICY.quiet, [person(MINA, on=LATER), person(JOSEF)], [], NOW).waits_until is None
    assert build(POLICY.urgent, [person(MINA, on=LATER)], [], NOW).waits_until is None


def test_a_stand_in_takes_the_place_of_whoever_is_away() -> None:
    """In the same place, and not twice."""
    people = [person(MINA, away=True, stand_in=JOSEF), person(ANNA), person(JOSEF)]
    assert order(build(POLICY.urgent, people, [], NOW)) == [[JOSEF], [ANNA]]


def test_a_stand_in_she_has_not_agreed_to_is_not_asked() -> None:
    """Being away is no consent of hers; a coordinator may always stand in."""
    people = [person(MINA, away=True, stand_in=77), person(JOSEF)]
    assert order(build(POLICY.urgent, people, [], NOW)) == [[JOSEF]]
    with_desk = build(POLICY.urgent, [person(MINA, away=True, stand_in=KARIN)], [person(KARIN)], NOW)
    assert order(with_desk) == [[KARIN], [KARIN]]


def test_two_who_stand_in_for_each_other_are_no_endless_loop() -> None:
    """Both are away: then they are asked all the same."""
    people = [person(MINA, away=True, stand_in=JOSEF), person(JOSEF, away=True, stand_in=MINA)]
    assert order(build(POLICY.urgent, people, [], NOW)) == [[MINA], [JOSEF]]


def test_an_absence_that_is_over_counts_no_more() -> None:
    """Nobody has to say that she is back."""
    back = Reach(MINA, "Mina", False, NOW, NOW - timedelta(minutes=1))
    assert order(build(POLICY.urgent, [back], [], NOW)) == [[MINA]]


def test_steps_that_name_empty_places_do_not_lead_to_nobody() -> None:
    """A policy that tells coordinators only, and there are none: her contact persons are told."""
    only_desk = PolicyStep(Who.COORDINATORS, timedelta(minutes=2))
    policy = Policy().urgent.__class__(
        (only_desk,), 1, timedelta(minutes=1), timedelta(hours=1), OffDuty.SKIP
    )
    assert order(build(policy, [person(MINA)], [], NOW)) == [[MINA]]
    assert build(policy, [], [], NOW).rungs == ()


def test_all_at_once_and_the_first_only_are_steps_too() -> None:
    """A team may want it otherwise."""
    steps = (PolicyStep(Who.FIRST, timedelta(minutes=1)), PolicyStep(Who.ALL, timedelta(minutes=5)))
    policy = Policy().urgent.__class__(steps, 2, timedelta(minutes=1), timedelta(hours=1), OffDuty.SKIP)
    assert order(build(policy, [person(MINA), person(JOSEF)], [], NOW)) == [[MINA], [MINA, JOSEF]]


def reaches(numbers: list[int]) -> st.SearchStrategy[list[Reach]]:
    """Some of these people, each on or off duty, away or not, with or without a stand-in."""
    one = st.sampled_from(numbers).flatmap(
        lambda number: st.builds(
            person,
            st.just(number),
            on=st.sampled_from([NOW, LATER, None]),
            away=st.booleans(),
            stand_in=st.none() | st.sampled_from([MINA, JOSEF, ANNA, KARIN, 77]),
        )
    )
    return st.lists(one, max_size=3, unique_by=lambda reach: reach.id)


@given(reaches([MINA, JOSEF, ANNA]), reaches([KARIN, 8]), st.sampled_from([1, 2, 3]), st.integers(0, 40))
def test_wherever_anybody_agreed_somebody_is_told(
    agreed: list[Reach], desk: list[Reach], level: int, turn: int
) -> None:
    """No rota, absence or policy leads to an alert that reaches nobody (R28)."""
    ladder = build(POLICY.of(level), agreed, desk, NOW)
    assert bool(ladder.rungs) is bool(agreed or desk)
    if ladder.rungs:
        told = ladder.rung(turn).links
        assert told
        assert {link.id for link in told} <= ladder.members


def test_every_coordinator_is_known_also_who_is_away() -> None:
    """Whoever sits at the desk may act, and has a name, on a holiday too."""
    ladder = build(POLICY.urgent, [person(MINA)], [person(KARIN, away=True)], NOW)
    assert [link.id for link in ladder.coordinators] == [KARIN]
    assert ladder.desk == ()
    assert ladder.name_of(KARIN) == f"person {KARIN}"
