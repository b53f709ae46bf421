"""The daily question "who would be told now?": every hole is named, and nothing else (R28)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.audit import Helper, Hole, Protected, holes, who_now
from dialogs.escalation_policy import Policy
from dialogs.ladder import Reach
from dialogs.notices import NoticeKind
from tests.dialogs.cast import NOW

LEYLA, MINA, JOSEF, KARIN = 1, 2, 3, 9


def helper(number: int, *, untested: bool = False, reachable: bool = True, **changes: object) -> Helper:
    """Somebody at work who answered her last test."""
    reach = Reach(number, "name", number == KARIN, NOW)
    return Helper(replace(reach, **changes), untested, reachable)  # type: ignore[arg-type]


LINDEN = Protected(LEYLA, (MINA, JOSEF), Policy())
WHOLE = [helper(MINA), helper(JOSEF), helper(KARIN)]


def test_a_whole_chain_has_no_hole() -> None:
    """A list that always says something is not read."""
    assert holes([LINDEN], WHOLE, NOW) == []


def test_who_would_be_told_is_said_for_each_level() -> None:
    """By id: the operator knows them, a glance over the shoulder does not."""
    emergency, _urgent, quiet = who_now([LINDEN], WHOLE, NOW)
    assert (emergency.resident, emergency.level, emergency.rungs) == (LEYLA, 3, ((MINA,), (JOSEF,), (KARIN,)))
    assert quiet.level == 1


@pytest.mark.parametrize(
    "helpers",
    [
        [],
        [helper(MINA, reachable=False)],
        [helper(MINA, untested=True), helper(JOSEF, reachable=False)],
        [helper(KARIN, untested=True)],
    ],
)
def test_a_chain_of_people_who_cannot_answer_is_as_good_as_empty(helpers: list[Helper]) -> None:
    """Three names in a list have never come to anybody's door."""
    assert Hole(NoticeKind.NOBODY_TO_TELL, "person:1") in holes([LINDEN], helpers, NOW)


def test_each_contact_person_who_would_not_hear_is_named() -> None:
    """Blocked, untested: the same day, not in the night it matters."""
    found = holes([LINDEN], [helper(MINA, reachable=False), helper(JOSEF, untested=True), helper(KARIN)], NOW)
    assert found == [
        Hole(NoticeKind.CONTACT_UNREACHABLE, "person:2"),
        Hole(NoticeKind.CONTACT_UNTESTED, "person:3"),
    ]


def test_a_stand_in_the_resident_does_not_know_is_named() -> None:
    """She is away and believes that somebody stands in; for this resident nobody does."""
    away = NOW + timedelta(days=3)
    only_mina = replace(LINDEN, agreed=(MINA,))
    with_josef = [helper(MINA, away_until=away, stand_in=JOSEF), helper(JOSEF), helper(KARIN)]
    assert holes([only_mina], with_josef, NOW) == [Hole(NoticeKind.STAND_IN_UNUSABLE, "person:2")]
    assert holes([LINDEN], with_josef, NOW) == []
    with_karin = [helper(MINA, away_until=away, stand_in=KARIN), helper(KARIN)]
    assert holes([only_mina], with_karin, NOW) == []
    back = [helper(MINA, away_until=NOW, stand_in=77), helper(KARIN)]
    assert holes([only_mina], back, NOW) == []
