"""
Escalation: an alert goes from one contact person to the next until somebody takes it on.

This module decides. It sends nothing and stores nothing: it takes the alert, one event, the time and the
chain of contact persons, and returns the alert as it now is, and the effects. The promises it keeps: only a
person ends an alert; an alert that is not closed has a next time; whoever was told learns who has it; the
resident hears when a human has seen it, and when nobody has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from dialogs import alert_texts
from dialogs.alert import (
    Acknowledged,
    AcknowledgementExpired,
    Alert,
    AlertEvent,
    AlertState,
    ContactTold,
    Declined,
    NotReached,
    Reached,
    Repeated,
    ResidentAnswered,
    ResidentLeft,
    SilenceLasted,
    TellingFailed,
    TellingStalled,
    Told,
    Track,
    Worsened,
    next_state,
)
from dialogs.effects import Effect, Purpose, Say, UnbuttonAlert
from dialogs.text import Message, _


@dataclass(frozen=True, slots=True)
class Pace:
    """
    How long an alert of a level waits. Sources: issue 1 (answer), risk.md 2.5; the rest is our choice.

    `delivery`: until we go on without knowing whether the telling arrived. `answer`: for "I have it".
    `outcome`: for "reached" or "not reached" after that.
    """

    delivery: timedelta
    answer: timedelta
    outcome: timedelta


PACES: Mapping[int, Pace] = {
    3: Pace(timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=30)),
    2: Pace(timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=8)),
    1: Pace(timedelta(minutes=30), timedelta(hours=4), timedelta(hours=24)),
}
SAY_NOBODY_AT_MOST_EVERY = timedelta(hours=1)
SAME_SIGN_AT_MOST_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Link:
    """One person of the chain, by the name the others know."""

    id: int
    name: str


Chain = Sequence[Link]
Step = tuple[Alert, list[Effect]]


def due_event(state: AlertState) -> AlertEvent:
    """Return what it means that the next time of an alert in `state` has come."""
    match state:
        case AlertState.RAISED:
            return TellingStalled()
        case AlertState.WAITING:
            return SilenceLasted()
        case AlertState.ACKNOWLEDGED:
            return AcknowledgementExpired()
        case AlertState.CLOSED:
            raise ValueError("a closed alert has no next time")
        case _:
            assert_never(state)


def begin(alert: Alert, now: datetime, chain: Chain) -> Step:
    """Take a new alert and tell the first person."""
    return _tell_next(alert, now, chain)


def decide(alert: Alert, event: AlertEvent, now: datetime, chain: Chain) -> Step:
    """Return the alert after `event`; raises IllegalTransition for what the table does not know."""
    refusal = _refusal(alert, event, chain)
    if refusal is not None:
        return alert, [refusal]
    if isinstance(event, ResidentAnswered) and not _only_silence(alert):
        return alert, []
    moved = replace(alert, state=next_state(alert, event))
    match event:
        case ContactTold(step) | TellingFailed(step):
            return _delivered(alert, moved, step, isinstance(event, ContactTold), now, chain)
        case TellingStalled() | SilenceLasted():
            return _nobody_answered(moved, now, chain)
        case Acknowledged(by):
            return _taken(moved, by, now, chain)
        case Declined(by):
            return _declined(alert, moved, by, now, chain)
        case NotReached(by):
            return _not_reached(moved, by, now, chain)
        case AcknowledgementExpired():
            return _expired(moved, now, chain)
        case Reached(by):
            return _closed(moved, by, now, chain)
        case ResidentAnswered():
            return _all_clear(moved, now)
        case ResidentLeft():
            return _left(moved, now)
        case Worsened(level, reasons):
            worse = replace(
                _without_unsent(moved),
                level=max(level, moved.level),
                reasons=_merged(moved.reasons, reasons),
                turn=0,
                holder=None,
            )
            told, effects = _tell_next(worse, now, chain)
            return told, [UnbuttonAlert(alert.id), *effects]
        case Repeated(reasons):
            return _repeated(moved, reasons, now)
        case _:
            assert_never(event)


def clock_set_back(alert: Alert, by: timedelta, now: datetime) -> Alert:
    """Return the alert as it were had the clock never been ahead: what lies in the future now comes `by` earlier."""

    def earlier(moment: datetime | None) -> datetime | None:
        return moment - by if moment is not None and moment > now else moment

    return replace(
        alert,
        next_step_at=earlier(alert.next_step_at),
        resident_told_at=earlier(alert.resident_told_at),
        noted_at=earlier(alert.noted_at),
    )


def _merged(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*known, *(code for code in more if code not in known))


def _only_silence(alert: Alert) -> bool:
    return all(code.startswith(("silence:", "seen:")) for code in alert.reasons)


def _name(chain: Chain, alert: Alert, person: int) -> str:
    for told in alert.told:
        if told.contact == person:
            return told.name
    return next((link.name for link in chain if link.id == person), "?")


def _refusal(alert: Alert, event: AlertEvent, chain: Chain) -> Say | None:
    """Return a kind answer to a contact person whose press is stale, repeated or not hers (R27)."""
    if not isinstance(event, Acknowledged | Declined | Reached | NotReached):
        return None
    by = event.by
    if not alert.was_told(by):
        return _to(alert, by, _("alert", "This case is not yours. Nothing was changed."))
    if alert.state is AlertState.CLOSED:
        return _to(alert, by, _("alert", "Case {case} is closed already. Thank you.", case=alert.id))
    if alert.state is AlertState.ACKNOWLEDGED and alert.holder is not None:
        if isinstance(event, Acknowledged) or alert.holder != by:
            if alert.holder == by:
                return _to(alert, by, _("alert", "You have case {case} already.", case=alert.id))
            name = _name(chain, alert, alert.holder)
            return _to(alert, by, _("alert", "{name} has case {case} already.", name=name, case=alert.id))
    elif isinstance(event, NotReached):
        return _to(
            alert, by, _("alert", "Nobody has case {case} at the moment. Take it on first.", case=alert.id)
        )
    return None


def _to(alert: Alert, person: int, message: Message) -> Say:
    return Say((message,), to=person, purpose=Purpose.REPLY, alert=alert.id)


def _tell_next(alert: Alert, now: datetime, chain: Chain) -> Step:
    """Tell the next of the chain, round and round; who still has an unsent telling is not told twice."""
    pace = PACES[alert.level]
    if not chain:
        alert = replace(alert, state=AlertState.RAISED, holder=None, next_step_at=now + pace.answer)
        return _tell_resident_nobody(alert, now)
    link = chain[alert.turn % len(chain)]
    underway = any(told.contact == link.id and told.arrived is None for told in alert.told)
    alert = replace(
        alert, state=AlertState.RAISED, turn=alert.turn + 1, holder=None, next_step_at=now + pace.delivery
    )
    if underway and alert.step:
        return alert, []
    step = alert.step + 1
    told = (*alert.told, Told(step, link.id, link.name, now))
    alert = replace(alert, step=step, told=told)
    say = Say(
        alert_texts.telling(alert),
        alert_texts.take_on(alert),
        to=link.id,
        purpose=Purpose.ALERT,
        alert=alert.id,
        step=step,
    )
    return alert, [say]


def _delivered(before: Alert, alert: Alert, step: int, arrived: bool, now: datetime, chain: Chain) -> Step:
    """Note what became of telling `step`; only the latest one moves the clock."""
    told = tuple(replace(each, arrived=arrived) if each.step == step else each for each in alert.told)
    alert = replace(alert, told=told)
    latest = step == alert.step
    if before.state is AlertState.RAISED and latest and arrived:
        return replace(alert, next_step_at=now + PACES[alert.level].answer), []
    if before.state is AlertState.RAISED and not arrived and latest:
        if _tried_everybody(alert, chain):
            return replace(alert, next_step_at=now + PACES[alert.level].answer), []
        return _tell_next(alert, now, chain)
    return replace(alert, state=before.state), []


def _tried_everybody(alert: Alert, chain: Chain) -> bool:
    """Whether the last telling to each of the chain failed: then hurrying on would spin without end."""
    last = {told.contact: told.arrived for told in alert.told}
    return bool(chain) and all(last.get(link.id) is False for link in chain)


def _nobody_answered(alert: Alert, now: datetime, chain: Chain) -> Step:
    alert, honest = _tell_resident_nobody(alert, now)
    alert, effects = _tell_next(alert, now, chain)
    return alert, [*honest, *effects]


def _tell_resident_nobody(alert: Alert, now: datetime) -> Step:
    """Say honestly that nobody has answered; the first line tells a stranger nothing (R31, R35)."""
    last = alert.resident_told_at
    if alert.track is Track.QUIET or (last is not None and now - last < SAY_NOBODY_AT_MOST_EVERY):
        return alert, []
    text = (
        _(
            "resident alert",
            "No answer yet, {time}. I keep trying and write again as soon as somebody has answered. "
            "You do not need to do anything for that.",
            time=now,
        ),
        _(
            "resident alert",
            "If you are in danger, call {emergency}. You can also talk to somebody at {violence_line}, at any hour.",
        ),
    )
    alert = replace(alert, resident_told_at=now)
    return alert, [Say(text, to=alert.resident, purpose=Purpose.NOTE, alert=alert.id)]


def _without_unsent(alert: Alert) -> Alert:
    """`UnbuttonAlert` drops tellings that have not left: whoever waited for one was not told."""
    told = tuple(replace(each, arrived=False) if each.arrived is None else each for each in alert.told)
    return replace(alert, told=told)


def _taken(alert: Alert, by: int, now: datetime, chain: Chain) -> Step:
    name = _name(chain, alert, by)
    alert = replace(
        _without_unsent(alert), holder=by, acknowledged_at=now, next_step_at=now + PACES[alert.level].outcome
    )
    holder = Say(
        (
            _("alert", "You have case {case}. Thank you. The others know.", case=alert.id),
            _("alert", "Get in touch with {alias}. Then tell me how it went.", alias=alert.alias),
        ),
        alert_texts.outcome(alert),
        to=by,
        purpose=Purpose.NOTE,
        alert=alert.id,
    )
    others = _tell_others(alert, by, _("alert", "{name} has case {case}.", name=name, case=alert.id))
    seen = _("resident alert", "Seen, {time}. {name} will get in touch with you.", time=now, name=name)
    return alert, [UnbuttonAlert(alert.id), holder, *others, *_to_resident(alert, seen)]


def _tell_others(alert: Alert, but: int, message: Message) -> list[Effect]:
    """Everybody who was told before, once each, except `but`."""
    others = dict.fromkeys(told.contact for told in alert.told if told.contact != but)
    return [Say((message,), to=person, purpose=Purpose.NOTE, alert=alert.id) for person in others]


def _to_resident(alert: Alert, message: Message) -> list[Effect]:
    if "blocked" in alert.reasons:
        return []
    return [Say((message,), to=alert.resident, purpose=Purpose.NOTE, alert=alert.id)]


def _declined(before: Alert, alert: Alert, by: int, now: datetime, chain: Chain) -> Step:
    """Only whose turn it is moves the round on: a second tap is no second answer (R27)."""
    thanks = _to(
        alert,
        by,
        _("alert", "Thank you for saying so. I ask the next person about case {case}.", case=alert.id),
    )
    if before.holder is None and before.told[-1].contact != by:
        return before, [thanks]
    if all(link.id == by for link in chain):  # nobody else is there: asking her again at once would only ring
        alert = replace(alert, holder=None, next_step_at=now + PACES[alert.level].answer)
        alert, honest = _tell_resident_nobody(alert, now)
        return alert, [thanks, *honest]
    alert, effects = _tell_next(alert, now, chain)
    return alert, [thanks, *effects]


def _not_reached(alert: Alert, by: int, now: datetime, chain: Chain) -> Step:
    name = _name(chain, alert, by)
    thanks = _to(
        alert, by, _("alert", "Noted. Case {case} stays open, and I ask the next person.", case=alert.id)
    )
    tried = _to_resident(
        alert,
        _("resident alert", "{name} tried to get in touch, {time}. I go on asking.", name=name, time=now),
    )
    alert, effects = _tell_next(alert, now, chain)
    return alert, [thanks, *tried, *effects]


def _expired(alert: Alert, now: datetime, chain: Chain) -> Step:
    """Taken on and then nothing: whoever had it is asked first, and the round goes on."""
    effects: list[Effect] = []
    if alert.holder is not None:
        reopened = _("alert", "Case {case} is open again: I heard no outcome from you.", case=alert.id)
        effects.append(Say((reopened,), to=alert.holder, purpose=Purpose.NOTE, alert=alert.id))
    alert, told = _tell_next(_without_unsent(alert), now, chain)
    return alert, [UnbuttonAlert(alert.id), *effects, *told]


def _closed(alert: Alert, by: int, now: datetime, chain: Chain) -> Step:
    name = _name(chain, alert, by)
    alert = replace(alert, next_step_at=None, closed_at=now)
    thanks = _to(alert, by, _("alert", "Case {case} is closed. Thank you for being there.", case=alert.id))
    others = _tell_others(
        alert,
        by,
        _(
            "alert",
            "Case {case} is closed: {name} has reached {alias}.",
            case=alert.id,
            name=name,
            alias=alert.alias,
        ),
    )
    return alert, [UnbuttonAlert(alert.id), thanks, *others]


def _all_clear(alert: Alert, now: datetime) -> Step:
    """To exactly those who were alarmed (R7)."""
    alert = replace(alert, next_step_at=None, closed_at=now)
    clear = _(
        "alert", "Case {case}: {alias} has answered. Nothing more to do.", case=alert.id, alias=alert.alias
    )
    return alert, [UnbuttonAlert(alert.id), *_tell_others(alert, -1, clear)]


def _left(alert: Alert, now: datetime) -> Step:
    alert = replace(alert, next_step_at=None, closed_at=now)
    gone = _(
        "alert",
        "Case {case}: {alias} has left the bot and erased everything. I cannot tell whether it was {alias}. "
        "If you are worried, get in touch another way.",
        case=alert.id,
        alias=alert.alias,
    )
    return alert, [UnbuttonAlert(alert.id), *_tell_others(alert, -1, gone)]


def _repeated(alert: Alert, reasons: tuple[str, ...], now: datetime) -> Step:
    """A note to whoever has it, or to whoever was told last; nobody new, nothing faster, no hail of the same."""
    fresh = tuple(code for code in reasons if code not in alert.reasons)
    alert = replace(alert, reasons=_merged(alert.reasons, reasons))
    listener = alert.holder if alert.holder is not None else (alert.told[-1].contact if alert.told else None)
    just_noted = alert.noted_at is not None and now - alert.noted_at < SAME_SIGN_AT_MOST_EVERY
    if listener is None or (just_noted and not fresh):
        return alert, []
    alert = replace(alert, noted_at=now)
    text = (
        _("alert", "Case {case}: a further sign from {alias}.", case=alert.id, alias=alert.alias),
        *(alert_texts.reason(code, alert.alias) for code in fresh or reasons),
    )
    return alert, [Say(text, to=listener, purpose=Purpose.NOTE, alert=alert.id)]
