"""
Audit: who would be told now? (R28)

The holes in a chain are found by day and by a look, not at night by an alert. What is found here becomes notices
for the operator; nothing is mended by itself, because only people can agree, answer a test or come back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.escalation_policy import EMERGENCY, QUIET, URGENT, Policy
from dialogs.ladder import Ladder, Reach, build
from dialogs.notices import NoticeKind, person

LEVELS = (EMERGENCY, URGENT, QUIET)


@dataclass(frozen=True, slots=True)
class Helper:
    """A contact person or coordinator as the audit sees her; names stay outside."""

    reach: Reach
    untested: bool
    reachable: bool

    @property
    def answers(self) -> bool:
        """Whether anybody knows that a message reaches her and is answered."""
        return self.reachable and not self.untested


@dataclass(frozen=True, slots=True)
class Protected:
    """A resident: whom she agreed to, the first one first, and the policy for her."""

    id: int
    agreed: tuple[int, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that would keep an alert from reaching somebody."""

    kind: NoticeKind
    subject: str


@dataclass(frozen=True, slots=True)
class WhoNow:
    """The answer for one resident and level: the rungs of this moment, as ids."""

    resident: int
    level: int
    rungs: tuple[tuple[int, ...], ...]
    waits_until: datetime | None


KINDS = (
    NoticeKind.NOBODY_TO_TELL,
    NoticeKind.CONTACT_UNTESTED,
    NoticeKind.CONTACT_UNREACHABLE,
    NoticeKind.STAND_IN_UNUSABLE,
)
"""What an audit looks for: a notice of these kinds that it no longer finds is over."""


def who_now(residents: Iterable[Protected], helpers: Sequence[Helper], now: datetime) -> list[WhoNow]:
    """Return who would be told about each resident at each level."""
    by_id = {helper.reach.id: helper for helper in helpers}
    return [
        _who(resident, level, _ladder(resident, level, by_id, now))
        for resident in residents
        for level in LEVELS
    ]


def _who(resident: Protected, level: int, ladder: Ladder) -> WhoNow:
    rungs = tuple(tuple(link.id for link in rung.links) for rung in ladder.rungs)
    return WhoNow(resident.id, level, rungs, ladder.waits_until)


def _ladder(resident: Protected, level: int, helpers: Mapping[int, Helper], now: datetime) -> Ladder:
    agreed = [helpers[each].reach for each in resident.agreed if each in helpers]
    desk = [
        helper.reach
        for helper in helpers.values()
        if helper.reach.coordinator and helper.reach.id not in resident.agreed
    ]
    return build(resident.policy.of(level), agreed, desk, now)


def holes(residents: Sequence[Protected], helpers: Sequence[Helper], now: datetime) -> list[Hole]:
    """Return what would keep an alert from reaching somebody, the gravest first."""
    by_id = {helper.reach.id: helper for helper in helpers}
    found = [
        Hole(NoticeKind.NOBODY_TO_TELL, person(resident.id))
        for resident in residents
        if not _somebody_answers(_ladder(resident, EMERGENCY, by_id, now), by_id)
    ]
    for helper in helpers:
        if not helper.reachable:
            found.append(Hole(NoticeKind.CONTACT_UNREACHABLE, person(helper.reach.id)))
        elif helper.untested:
            found.append(Hole(NoticeKind.CONTACT_UNTESTED, person(helper.reach.id)))
        if any(_stand_in_is_foreign(helper.reach, each, by_id, now) for each in residents):
            found.append(Hole(NoticeKind.STAND_IN_UNUSABLE, person(helper.reach.id)))
    return found


def _somebody_answers(ladder: Ladder, helpers: Mapping[int, Helper]) -> bool:
    """A chain of people who have blocked the bot or never answered a test is as good as empty."""
    return any(helpers[link.id].answers for link in ladder.everybody if link.id in helpers)


def _stand_in_is_foreign(
    reach: Reach, resident: Protected, helpers: Mapping[int, Helper], now: datetime
) -> bool:
    """Whether she is away, and this resident has not agreed to the person who is to stand in."""
    away = reach.away_until is not None and reach.away_until > now
    if not away or reach.stand_in is None or reach.id not in resident.agreed:
        return False
    stand_in = helpers.get(reach.stand_in)
    return stand_in is None or not (stand_in.reach.coordinator or reach.stand_in in resident.agreed)
