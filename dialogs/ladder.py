"""
Ladder: who is told about an alert at this moment, made of policy, agreement, hours and absences.

The promise: wherever anybody agreed to be told or a coordinator is there, the ladder has a rung. Hours and absences
change the order and who comes first; they never lead to nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

from dialogs.escalation_policy import LevelPolicy, OffDuty, PolicyStep, Who

LONGEST_WAIT_FOR_HOURS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Link:
    """One person of the chain, by the name the others know."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Reach:
    """
    How a contact person or coordinator stands at this moment.

    `on_duty_at`: when she may next be asked, now where it is now; None: not in the next two weeks.
    """

    id: int
    name: str
    coordinator: bool = False
    on_duty_at: datetime | None = None
    away_until: datetime | None = None
    stand_in: int | None = None

    @property
    def link(self) -> Link:
        """As the alert knows her."""
        return Link(self.id, self.name)


@dataclass(frozen=True, slots=True)
class Rung:
    """Those who are told together, and how long they have."""

    links: tuple[Link, ...]
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Ladder:
    """
    One round of rungs. `everybody` is asked at once after `rounds` rounds; `members` may answer, and nobody else.
    `desk` are the coordinators who are there, `coordinators` all of them: whoever sits at the desk may act.

    `waits_until`: nobody is on duty and the alert may wait that long before the first rung.
    """

    rungs: tuple[Rung, ...]
    everybody: tuple[Link, ...]
    desk: tuple[Link, ...]
    members: frozenset[int]
    rounds: int
    delivery: timedelta
    outcome: timedelta
    waits_until: datetime | None = None
    coordinators: tuple[Link, ...] = ()

    def rung(self, turn: int) -> Rung:
        """The rung of `turn`, counted over all rounds; only where there is one."""
        if turn < self.rounds * len(self.rungs):
            return self.rungs[turn % len(self.rungs)]
        return Rung(self.everybody, self.rungs[-1].wait)

    def called(self, turn: int) -> tuple[Link, ...]:
        """Whose second channels ring when a round is over: who was asked in it, and after the last one everybody."""
        if turn >= self.rounds * len(self.rungs):
            return self.everybody
        return tuple(dict.fromkeys(link for rung in self.rungs for link in rung.links))

    def begins_round(self, turn: int) -> bool:
        """Whether a whole round is over when `turn` comes."""
        return turn > 0 and turn % len(self.rungs) == 0

    def name_of(self, person: int) -> str | None:
        """What the others call her."""
        return next((link.name for link in (*self.everybody, *self.coordinators) if link.id == person), None)

    @property
    def answer(self) -> timedelta:
        """How long until the next look where there is nobody to tell."""
        return self.rungs[-1].wait if self.rungs else self.delivery


def build(
    policy: LevelPolicy, agreed: Sequence[Reach], coordinators: Sequence[Reach], now: datetime
) -> Ladder:
    """
    Return the ladder of this moment.

    `agreed` are the contact persons she said yes to, the first one first. A stand-in counts where she agreed to
    that person as well, or where it is a coordinator: being away is no consent of hers.
    """
    known = {reach.id: reach for reach in (*agreed, *coordinators)}
    present = _on_site(agreed, known, now)
    desk = _on_site(coordinators, known, now)
    if not (present or desk):  # all are away: better a disturbed holiday than nobody
        present, desk = list(agreed), list(coordinators)
    everybody = tuple(dict.fromkeys(reach.link for reach in _on_duty_first((*present, *desk), now)))
    waits_until = None
    match policy.off_duty:
        case OffDuty.RING:
            present, desk = _on_duty_first(present, now), _on_duty_first(desk, now)
        case OffDuty.SKIP | OffDuty.WAIT:
            waits_until = _waits_until(policy, (*present, *desk), now)
            if waits_until is None:
                present, desk = _without_off_duty(present, desk, now)
        case _:
            assert_never(policy.off_duty)
    rungs = tuple(rung for step in policy.steps for rung in _rungs(step, present, desk))
    if not rungs and (present or desk):  # the steps name places where nobody is
        rungs = tuple(Rung((reach.link,), policy.steps[-1].wait) for reach in (*present, *desk))
    return Ladder(
        rungs,
        everybody,
        tuple(reach.link for reach in desk),
        frozenset(known),
        policy.rounds,
        policy.delivery,
        policy.outcome,
        waits_until,
        tuple(reach.link for reach in known.values() if reach.coordinator),
    )


def _on_site(people: Iterable[Reach], known: dict[int, Reach], now: datetime) -> list[Reach]:
    """Who is not away, or the stand-in in her place; nobody twice."""
    found = (_here(reach, known, now) for reach in people)
    return list({reach.id: reach for reach in found if reach is not None}.values())


def _here(reach: Reach, known: dict[int, Reach], now: datetime) -> Reach | None:
    seen: set[int] = set()
    current: Reach | None = reach
    while current is not None and current.away_until is not None and current.away_until > now:
        if current.id in seen:
            return None
        seen.add(current.id)
        current = known.get(current.stand_in) if current.stand_in is not None else None
    return current


def _is_on_duty(reach: Reach, now: datetime) -> bool:
    return reach.on_duty_at is not None and reach.on_duty_at <= now


def _on_duty_first(people: Sequence[Reach], now: datetime) -> list[Reach]:
    return sorted(people, key=lambda reach: not _is_on_duty(reach, now))


def _waits_until(policy: LevelPolicy, people: Sequence[Reach], now: datetime) -> datetime | None:
    """When the first of them is on duty, where the policy lets the alert wait and nobody is on duty now."""
    if policy.off_duty is not OffDuty.WAIT or not people or any(_is_on_duty(each, now) for each in people):
        return None
    moments = [each.on_duty_at for each in people if each.on_duty_at is not None]
    return min((*moments, now + LONGEST_WAIT_FOR_HOURS))


def _without_off_duty(
    present: list[Reach], desk: list[Reach], now: datetime
) -> tuple[list[Reach], list[Reach]]:
    """Coordinators stay the last of every chain: where none is on duty, they are asked off duty, after the others."""
    here = [reach for reach in present if _is_on_duty(reach, now)]
    staffed = [reach for reach in desk if _is_on_duty(reach, now)]
    if not (here or staffed):
        return present, desk
    return here, staffed or desk


def _rungs(step: PolicyStep, present: Sequence[Reach], desk: Sequence[Reach]) -> list[Rung]:
    """A step tells nobody twice at once; a step that finds nobody is no rung."""
    match step.tell:
        case Who.EACH:
            return [Rung((reach.link,), step.wait) for reach in present]
        case Who.ALL:
            together = present
        case Who.FIRST:
            together = present[:1]
        case Who.COORDINATORS:
            together = desk
        case _:
            assert_never(step.tell)
    return [Rung(tuple(reach.link for reach in together), step.wait)] if together else []
