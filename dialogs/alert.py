"""
An alert's life as a table: which state, which event, which next state.

The table is the truth; the drawing in `docs/alert.md` is made from it (`vidare alerts draw`). What is not in
it raises `IllegalTransition`. What each step does to people stands in `escalation.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Track(StrEnum):
    """A resident has at most one open alert on each."""

    URGENT = "urgent"  # she asked for somebody, or what she wrote says danger
    QUIET = "quiet"  # silence, a step of a guide she is stuck at, a wish for company


class AlertState(StrEnum):
    """Only `CLOSED` has no next time."""

    RAISED = "raised"  # the next contact person is still to be told
    WAITING = "waiting"  # a contact person was told, the clock runs
    ACKNOWLEDGED = "acknowledged"  # a contact person took it on, escalation rests
    CLOSED = "closed"  # a person ended it


@dataclass(frozen=True, slots=True)
class ContactTold:
    """Telegram took the message of telling number `step`."""

    step: int


@dataclass(frozen=True, slots=True)
class TellingFailed:
    """Telling number `step` can never arrive: blocked, deactivated, unknown."""

    step: int


@dataclass(frozen=True, slots=True)
class TellingStalled:
    """Nobody knows whether the telling arrived, for too long."""


@dataclass(frozen=True, slots=True)
class SilenceLasted:
    """The contact person who was told did not answer in time."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A contact person says "I have it". `step` names the telling; None: typed, so it is about the latest one."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """A contact person cannot now."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact person has reached the resident, and has not said yet how she is: no outcome, a question."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class ReachedSafe:
    """Reached, and she is safe."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class ReachedNeedsMore:
    """Reached, and she needs more than this: the alert stays with whoever has it."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class NotReached:
    """A contact person tried and did not reach her."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A contact person says it was a mistake, and has not said yet whether they have talked: a question."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class MistakenAfterTalk:
    """A mistake, and the contact person has talked with the resident herself."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A contact person takes it on although somebody else has it; where nobody has, it is "I have it"."""

    by: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgementExpired:
    """Somebody has it, but told no outcome in time."""


@dataclass(frozen=True, slots=True)
class ContactGone:
    """A contact person has left, or the resident takes her yes back from that person."""

    contact: int


@dataclass(frozen=True, slots=True)
class Worsened:
    """A sign of a higher level than the alert had: everybody is told anew."""

    level: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A further sign of no higher level, or she asked again: a note to whoever has it or was told last."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResidentAnswered:
    """She answered a check-in: ends an alert that was about her silence, and no other (R7)."""


@dataclass(frozen=True, slots=True)
class ResidentLeft:
    """She erased herself while the alert was open; the people who were told hear that, and why to look twice."""


AlertEvent: TypeAlias = (
    ContactTold
    | TellingFailed
    | TellingStalled
    | SilenceLasted
    | Acknowledged
    | Declined
    | Reached
    | ReachedSafe
    | ReachedNeedsMore
    | NotReached
    | Mistaken
    | MistakenAfterTalk
    | TakenOver
    | AcknowledgementExpired
    | ContactGone
    | Worsened
    | Repeated
    | ResidentAnswered
    | ResidentLeft
)

ContactAnswer: TypeAlias = (
    Acknowledged
    | Declined
    | Reached
    | ReachedSafe
    | ReachedNeedsMore
    | NotReached
    | Mistaken
    | MistakenAfterTalk
    | TakenOver
)
"""What a contact person says about an alert; `by` and `step` are checked before it counts (R27)."""

_RAISED, _WAITING, _ACKNOWLEDGED, _CLOSED = AlertState
TRANSITIONS: Mapping[tuple[AlertState, type[AlertEvent]], AlertState] = {
    (_RAISED, ContactTold): _WAITING,
    (_RAISED, TellingFailed): _RAISED,
    (_RAISED, TellingStalled): _RAISED,  # or: nobody was there to be told
    (_RAISED, Acknowledged): _ACKNOWLEDGED,  # a late answer counts
    (_RAISED, Declined): _RAISED,
    (_RAISED, Reached): _RAISED,
    (_RAISED, ReachedSafe): _CLOSED,
    (_RAISED, ReachedNeedsMore): _ACKNOWLEDGED,
    (_RAISED, Mistaken): _RAISED,
    (_RAISED, MistakenAfterTalk): _CLOSED,
    (_RAISED, TakenOver): _ACKNOWLEDGED,
    (_RAISED, ContactGone): _RAISED,
    (_RAISED, Worsened): _RAISED,
    (_RAISED, Repeated): _RAISED,
    (_RAISED, ResidentAnswered): _CLOSED,
    (_RAISED, ResidentLeft): _CLOSED,
    (_WAITING, ContactTold): _WAITING,  # an earlier telling arrived late
    (_WAITING, TellingFailed): _WAITING,
    (_WAITING, SilenceLasted): _RAISED,
    (_WAITING, Acknowledged): _ACKNOWLEDGED,
    (_WAITING, Declined): _RAISED,
    (_WAITING, Reached): _WAITING,
    (_WAITING, ReachedSafe): _CLOSED,
    (_WAITING, ReachedNeedsMore): _ACKNOWLEDGED,
    (_WAITING, Mistaken): _WAITING,
    (_WAITING, MistakenAfterTalk): _CLOSED,
    (_WAITING, TakenOver): _ACKNOWLEDGED,
    (_WAITING, ContactGone): _RAISED,
    (_WAITING, Worsened): _RAISED,
    (_WAITING, Repeated): _WAITING,
    (_WAITING, ResidentAnswered): _CLOSED,
    (_WAITING, ResidentLeft): _CLOSED,
    (_ACKNOWLEDGED, ContactTold): _ACKNOWLEDGED,
    (_ACKNOWLEDGED, TellingFailed): _ACKNOWLEDGED,
    (_ACKNOWLEDGED, Declined): _RAISED,
    (_ACKNOWLEDGED, Reached): _ACKNOWLEDGED,
    (_ACKNOWLEDGED, ReachedSafe): _CLOSED,
    (_ACKNOWLEDGED, ReachedNeedsMore): _ACKNOWLEDGED,
    (_ACKNOWLEDGED, Mistaken): _ACKNOWLEDGED,
    (_ACKNOWLEDGED, MistakenAfterTalk): _CLOSED,
    (_ACKNOWLEDGED, NotReached): _RAISED,
    (_ACKNOWLEDGED, TakenOver): _ACKNOWLEDGED,
    (_ACKNOWLEDGED, AcknowledgementExpired): _RAISED,
    (_ACKNOWLEDGED, ContactGone): _RAISED,
    (_ACKNOWLEDGED, Worsened): _RAISED,
    (_ACKNOWLEDGED, Repeated): _ACKNOWLEDGED,
    (_ACKNOWLEDGED, ResidentAnswered): _CLOSED,
    (_ACKNOWLEDGED, ResidentLeft): _CLOSED,
    (_CLOSED, ContactTold): _CLOSED,
    (_CLOSED, TellingFailed): _CLOSED,
}
"""`ContactTold` and `TellingFailed` come from the network, so they may come in any state and late."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling. `arrived`: None while unknown."""

    step: int
    contact: int
    name: str
    at: datetime
    arrived: bool | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """
    The record that a resident may need help. `level` 1 quiet, 2 urgent, 3 emergency (risk.md 2.1).

    `step` numbers the tellings; `turn` counts the rungs of the ladder that were told, over all rounds. Buttons of
    tellings before `opening` are stale: the alert was opened anew since.
    """

    id: int
    resident: int
    alias: str
    track: Track
    level: int
    reasons: tuple[str, ...]
    raised_at: datetime
    next_step_at: datetime | None
    state: AlertState = AlertState.RAISED
    step: int = 0
    turn: int = 0
    told: tuple[Told, ...] = ()
    holder: int | None = None
    acknowledged_at: datetime | None = None
    resident_told_at: datetime | None = None  # that nobody has answered yet
    noted_at: datetime | None = None  # last note about a further sign
    closed_at: datetime | None = None
    opening: int = 1
    rung_from: int = 1  # the first telling of the rung that was told last
    rang_at: datetime | None = None  # when second channels were last rung
    outcome: str = ""  # how it was closed: safe, mistaken, answered, left
    closed_by: int | None = None

    @property
    def current_step(self) -> int:
        """What a button made now names: at least the opening, or it would be stale from the beginning."""
        return max(self.step, self.opening)

    def was_told(self, contact: int) -> bool:
        """Whether `contact` was ever told about this alert."""
        return any(told.contact == contact for told in self.told)


class IllegalTransition(Exception):
    """The table knows no such step."""

    def __init__(self, alert: int, state: AlertState, event: type[AlertEvent]) -> None:
        super().__init__(f"alert {alert} is {state}: {event.__name__} means nothing to it")
        self.alert, self.state, self.event = alert, state, event


def next_state(alert: Alert, event: AlertEvent) -> AlertState:
    """Look the step up; raises IllegalTransition."""
    try:
        return TRANSITIONS[alert.state, type(event)]
    except KeyError:
        raise IllegalTransition(alert.id, alert.state, type(event)) from None


def drawing() -> str:
    """Return the table as a Mermaid state diagram, for the docs."""
    edges: dict[tuple[str, str], list[str]] = {}
    for (state, event), target in TRANSITIONS.items():
        edges.setdefault((state, target), []).append(event.__name__)
    lines = ["stateDiagram-v2", "    [*] --> raised"]
    lines += [f"    {start} --> {end}: {', '.join(sorted(names))}" for (start, end), names in edges.items()]
    return "\n".join([*lines, "    closed --> [*]", ""])
