"""
Escalation: an alert goes from one contact person to the next until somebody takes it on.

This module decides. It sends nothing and stores nothing: it takes the alert, one event, the time and the
chain of contact persons, and returns the alert as it now is, and the effects. The promises it keeps: only a
person ends an alert; an alert that is not closed has a next time; whoever was told learns who has it; the
resident hears when a human has seen it, and when nobody has.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from dialogs import alert_texts, hand_over, neutral
from dialogs.alert import (
    Acknowledged,
    AcknowledgementExpired,
    Alert,
    AlertEvent,
    AlertState,
    ContactAnswer,
    ContactGone,
    ContactTold,
    Declined,
    Mistaken,
    MistakenAfterTalk,
    NoteHanded,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    Repeated,
    ResidentAnswered,
    ResidentLeft,
    SilenceLasted,
    TakenOver,
    TellingFailed,
    TellingStalled,
    Told,
    Worsened,
    next_state,
)
from dialogs.effects import Effect, LetHappen, Purpose, Say, UnbuttonAlert
from dialogs.escalation_policy import EMERGENCY
from dialogs.events import HeavyCaseClosed
from dialogs.ladder import Ladder
from dialogs.telling import (
    Step,
    delivered,
    latest_rung,
    nobody_answered,
    opened_anew,
    tell_next,
    tell_resident_nobody,
    without_unsent,
)
from dialogs.text import Message, _

SAME_SIGN_AT_MOST_EVERY = timedelta(minutes=5)


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


def begin(alert: Alert, now: datetime, ladder: Ladder) -> Step:
    """Take a new alert and tell the first rung."""
    return tell_next(alert, now, ladder)


def decide(alert: Alert, event: AlertEvent, now: datetime, ladder: Ladder) -> Step:
    """Return the alert after `event`; raises IllegalTransition for what the table does not know."""
    refusal = _refusal(alert, event, ladder)
    if refusal is not None:
        return alert, [refusal]
    if isinstance(event, ResidentAnswered) and not _only_silence(alert):
        return alert, []
    moved = replace(alert, state=next_state(alert, event))
    match event:
        case ContactTold(step) | TellingFailed(step):
            return delivered(alert, moved, step, isinstance(event, ContactTold), now, ladder)
        case TellingStalled() | SilenceLasted():
            return nobody_answered(moved, now, ladder)
        case AcknowledgementExpired():
            return _expired(moved, now, ladder)
        case ResidentAnswered():
            return _all_clear(moved, now)
        case ResidentLeft():
            return _left(moved, now)
        case ContactGone(contact):
            return _gone(alert, moved, contact, now, ladder)
        case Worsened(level, reasons):
            return _worse(moved, level, reasons, now, ladder)
        case Repeated(reasons):
            return _repeated(moved, reasons, now)
        case NoteHanded(by, what):
            return _note_handed(moved, by, what)
        case _:
            return _answered(alert, moved, event, now, ladder)


def _answered(before: Alert, alert: Alert, event: ContactAnswer, now: datetime, ladder: Ladder) -> Step:
    """A contact person said something about it."""
    if isinstance(event, Acknowledged | TakenOver | ReachedNeedsMore):
        alert = _joined(alert, event.by, now, ladder)
    match event:
        case Acknowledged(by):
            return _taken(alert, by, now, ladder)
        case TakenOver(by):
            return _taken_over(before, alert, by, now, ladder)
        case Declined(by):
            return _declined(before, alert, by, now, ladder)
        case NotReached(by):
            return _not_reached(alert, by, now, ladder)
        case Reached(by) | Mistaken(by):
            return alert, [_ask_more(alert, by, mistaken=isinstance(event, Mistaken))]
        case ReachedNeedsMore(by):
            return _needs_more(alert, by, now, ladder)
        case ReachedSafe(by):
            return _closed(alert, by, now, ladder, "safe")
        case MistakenAfterTalk(by):
            return _closed(alert, by, now, ladder, "mistaken")
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
        rang_at=earlier(alert.rang_at),
    )


def _merged(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*known, *(code for code in more if code not in known))


def _only_silence(alert: Alert) -> bool:
    return all(code.startswith(("silence:", "seen:")) for code in alert.reasons)


def _name(ladder: Ladder, alert: Alert, person: int) -> str:
    for told in alert.told:
        if told.contact == person:
            return told.name
    return ladder.name_of(person) or "?"


def _refusal(alert: Alert, event: AlertEvent, ladder: Ladder) -> Say | None:
    """Return a kind answer to a contact person whose word is stale, repeated or not hers (R27)."""
    if isinstance(event, NoteHanded):
        return _note_refusal(alert, event, ladder)
    if not isinstance(event, ContactAnswer):
        return None
    by = event.by
    if not (alert.was_told(by) or _is_at_the_desk(ladder, by)):
        return _to(alert, by, _("alert", "This case is not yours. Nothing was changed."))
    if alert.state is AlertState.CLOSED:
        return _to(alert, by, _("alert", "Case {case} is closed already. Thank you.", case=alert.id))
    if by not in ladder.members:
        return _to(alert, by, _("alert", "This case is no longer yours. Nothing was changed."))
    if event.step is not None and event.step < alert.opening:
        return _stale(alert, event)
    if alert.state is AlertState.ACKNOWLEDGED and alert.holder is not None:
        return _held(alert, event, alert.holder, ladder)
    if isinstance(event, NotReached):
        text = _("alert", "Nobody has case {case} at the moment. Take it on first.", case=alert.id)
        return _to(alert, by, text)
    return None


def _is_at_the_desk(ladder: Ladder, person: int) -> bool:
    """A coordinator sees every case there, told or not, on duty or not."""
    return any(link.id == person for link in ladder.coordinators)


def _note_refusal(alert: Alert, event: NoteHanded, ladder: Ladder) -> Say | None:
    """Only whoever handed an open case on leaves a note, and each note once."""
    if alert.state is AlertState.CLOSED:
        return _to(alert, event.by, _("alert", "Case {case} is closed already. Thank you.", case=alert.id))
    if alert.handed_by != event.by or event.by not in ladder.members or event.what not in hand_over.NOTES:
        return _to(alert, event.by, _("alert", "This case is not yours. Nothing was changed."))
    if hand_over.code(event.what, event.by) in alert.notes:
        return _to(alert, event.by, _("hand-over", "I have passed that on already."))
    return None


def _stale(alert: Alert, event: ContactAnswer) -> Say:
    """The button is from before the alert was opened anew: one tap says the same of the alert as it is now."""
    text = _(
        "alert",
        "Case {case} was opened again after that message, so nothing was changed. Do you mean it as it is now?",
        case=alert.id,
    )
    return replace(_to(alert, event.by, text), keyboard=alert_texts.as_it_is_now(alert, event))


def _held(alert: Alert, event: ContactAnswer, holder: int, ladder: Ladder) -> Say | None:
    if event.by != holder and isinstance(event, TakenOver):
        return None
    if event.by != holder:
        name = _name(ladder, alert, holder)
        has_it = _("alert", "{name} has case {case} already.", name=name, case=alert.id)
        return replace(_to(alert, event.by, has_it), keyboard=alert_texts.take_over(alert))
    if isinstance(event, Acknowledged | TakenOver):
        return _to(alert, event.by, _("alert", "You have case {case} already.", case=alert.id))
    return None


def _to(alert: Alert, person: int, message: Message) -> Say:
    return Say((message,), to=person, purpose=Purpose.REPLY, alert=alert.id)


def _worse(alert: Alert, level: int, reasons: tuple[str, ...], now: datetime, ladder: Ladder) -> Step:
    """`ladder` is already the one of the new level."""
    worse = replace(
        opened_anew(alert),
        level=max(level, alert.level),
        reasons=_merged(alert.reasons, reasons),
        turn=0,
        holder=None,
        rang_at=None,
    )
    told, effects = tell_next(worse, now, ladder)
    return told, [UnbuttonAlert(alert.id), *effects]


def _taken(alert: Alert, by: int, now: datetime, ladder: Ladder) -> Step:
    name = _name(ladder, alert, by)
    alert, holder = _held_from_now(alert, by, now, ladder)
    others = _tell_others(alert, by, _("alert", "{name} has case {case}.", name=name, case=alert.id))
    return alert, [UnbuttonAlert(alert.id), holder, *others, *_to_resident(alert, neutral.seen(name, now))]


def _held_from_now(alert: Alert, by: int, now: datetime, ladder: Ladder) -> tuple[Alert, Say]:
    alert = replace(
        without_unsent(alert),
        holder=by,
        held_by=_with_holder(alert, by),
        acknowledged_at=now,
        next_step_at=now + ladder.outcome,
    )
    text = (
        _("alert", "You have case {case}. Thank you. The others know.", case=alert.id),
        _("alert", "Get in touch with {alias}. Then tell me how it went.", alias=alert.alias),
    )
    return alert, Say(text, alert_texts.outcome(alert), to=by, purpose=Purpose.NOTE, alert=alert.id)


def _with_holder(alert: Alert, by: int) -> tuple[int, ...]:
    return (*(each for each in alert.held_by if each != by), by)


def _joined(alert: Alert, by: int, now: datetime, ladder: Ladder) -> Alert:
    """Whoever has it was told of it: a coordinator who took it at the desk is from now on one of those who were."""
    if alert.was_told(by):
        return alert
    telling = Told(alert.step + 1, by, _name(ladder, alert, by), now, arrived=True)
    return replace(alert, step=telling.step, told=(*alert.told, telling))


def _taken_over(before: Alert, alert: Alert, by: int, now: datetime, ladder: Ladder) -> Step:
    """Another one has it from now on; whoever had it hears so, and the resident hears once who comes."""
    name = _name(ladder, alert, by)
    if before.holder is None:
        return _taken(alert, by, now, ladder)
    alert, holder = _held_from_now(alert, by, now, ladder)
    earlier = _("alert", "{name} has taken case {case} over from you. Thank you.", name=name, case=alert.id)
    others = _("alert", "{name} has case {case} now.", name=name, case=alert.id)
    return alert, [
        UnbuttonAlert(alert.id),
        holder,
        Say((earlier,), to=before.holder, purpose=Purpose.NOTE, alert=alert.id),
        *_tell_others(alert, by, others, and_not=before.holder),
        *_to_resident(alert, neutral.somebody_else(name, now)),
    ]


def _note_handed(alert: Alert, by: int, what: str) -> Step:
    """Whoever has it, or was asked and has not said no, reads it at once; later ones read it in their telling."""
    alert = replace(alert, notes=(*alert.notes, hand_over.code(what, by)))
    asked = [told.contact for told in latest_rung(alert) if told.arrived is not False and not told.declined]
    readers = [alert.holder] if alert.holder is not None else dict.fromkeys(asked)
    news = (_("hand-over", "Case {case}: a note for you.", case=alert.id), hand_over.latest(alert))
    thanks = _to(alert, by, _("hand-over", "Thank you. I pass it on."))
    return alert, [
        replace(thanks, keyboard=hand_over.offer(alert, by)),
        *(Say(news, to=each, purpose=Purpose.NOTE, alert=alert.id) for each in readers if each != by),
    ]


def _tell_others(alert: Alert, but: int, message: Message, and_not: int | None = None) -> list[Effect]:
    """Everybody who was told before, once each, except `but`."""
    others = dict.fromkeys(told.contact for told in alert.told if told.contact not in (but, and_not))
    return [Say((message,), to=person, purpose=Purpose.NOTE, alert=alert.id) for person in others]


def _to_resident(alert: Alert, message: Message) -> list[Effect]:
    if not alert_texts.may_hear(alert):
        return []
    return [Say((message,), to=alert.resident, purpose=Purpose.NOTE, alert=alert.id)]


def _declined(before: Alert, alert: Alert, by: int, now: datetime, ladder: Ladder) -> Step:
    """Only whose turn it is moves the round on: a second tap is no second answer (R27)."""
    thanks = _to(
        alert,
        by,
        _("alert", "Thank you for saying so. I ask the next person about case {case}.", case=alert.id),
    )
    if before.holder is None and not _is_asked(before, by):
        return before, [thanks]
    if before.holder is None and _others_are_asked(before, by):
        noted = tuple(
            replace(told, declined=True) if told.contact == by and told in latest_rung(before) else told
            for told in before.told
        )
        return replace(before, told=noted), [thanks]
    if before.holder is not None:
        alert = replace(opened_anew(alert), handed_by=by)
        thanks = _with_note(alert, by, thanks)
    if all(link.id == by for link in ladder.everybody):  # asking her again at once would only ring
        alert = replace(alert, holder=None, next_step_at=now + ladder.answer)
        alert, honest = tell_resident_nobody(alert, now)
        return alert, [thanks, *honest]
    alert, effects = tell_next(_past(alert, by, ladder), now, ladder)
    return alert, [thanks, *effects]


def _past(alert: Alert, by: int, ladder: Ladder) -> Alert:
    """Whoever has just handed it on is not the next one, where the round comes to her again."""
    for _rung in ladder.rungs:
        if any(link.id != by for link in ladder.rung(alert.turn).links):
            return alert
        alert = replace(alert, turn=alert.turn + 1)
    return alert


def _with_note(alert: Alert, by: int, thanks: Say) -> Say:
    """The case has gone on already: a note may follow, or not."""
    return replace(thanks, text=(*thanks.text, hand_over.question()), keyboard=hand_over.offer(alert, by))


def _others_are_asked(alert: Alert, but: int) -> bool:
    """Whether somebody else of the same rung was told and has not said no."""
    return any(
        told.arrived is not False and not told.declined and told.contact != but for told in latest_rung(alert)
    )


def _not_reached(alert: Alert, by: int, now: datetime, ladder: Ladder) -> Step:
    name = _name(ladder, alert, by)
    thanks = _to(
        alert, by, _("alert", "Noted. Case {case} stays open, and I ask the next person.", case=alert.id)
    )
    tried = _to_resident(alert, neutral.tried(name, now))
    alert = replace(opened_anew(alert), handed_by=by)
    thanks = _with_note(alert, by, thanks)
    alert, effects = tell_next(_past(alert, by, ladder), now, ladder)
    return alert, [thanks, *tried, *effects]


def _expired(alert: Alert, now: datetime, ladder: Ladder) -> Step:
    """Taken on and then nothing: whoever had it is asked first, and the round goes on."""
    effects: list[Effect] = []
    if alert.holder is not None:
        reopened = _("alert", "Case {case} is open again: I heard no outcome from you.", case=alert.id)
        effects.append(Say((reopened,), to=alert.holder, purpose=Purpose.NOTE, alert=alert.id))
    alert, told = tell_next(opened_anew(alert), now, ladder)
    return alert, [UnbuttonAlert(alert.id), *effects, *told]


def _ask_more(alert: Alert, by: int, *, mistaken: bool) -> Say:
    """ "Reached" is no outcome yet, and a mistake is one only after a talk (a voice on paper proves nothing)."""
    if mistaken:
        text = _(
            "alert", "Case {case}: have you talked with {alias} yourself?", case=alert.id, alias=alert.alias
        )
        return replace(_to(alert, by, text), keyboard=alert_texts.talked(alert))
    text = _(
        "alert",
        "Case {case}: good that you have reached {alias}. How is it?",
        case=alert.id,
        alias=alert.alias,
    )
    return replace(_to(alert, by, text), keyboard=alert_texts.how_is_it(alert))


def _needs_more(alert: Alert, by: int, now: datetime, ladder: Ladder) -> Step:
    """Reached, but not over: it stays with whoever has it, and the coordinators hear that more is needed."""
    name = _name(ladder, alert, by)
    alert = replace(
        without_unsent(alert),
        holder=by,
        held_by=_with_holder(alert, by),
        acknowledged_at=alert.acknowledged_at or now,
        next_step_at=now + ladder.outcome,
    )
    stays = Say(
        (
            _("alert", "Noted. Case {case} stays open, and it stays with you.", case=alert.id),
            _("alert", "I have told the coordinators that more is needed. I ask you again later."),
        ),
        alert_texts.outcome(alert),
        to=by,
        purpose=Purpose.NOTE,
        alert=alert.id,
    )
    more = _(
        "alert",
        "Case {case}: {name} has reached {alias}. More help is needed.",
        case=alert.id,
        name=name,
        alias=alert.alias,
    )
    desk = [
        Say((more,), to=link.id, purpose=Purpose.NOTE, alert=alert.id)
        for link in ladder.desk
        if link.id != by
    ]
    return alert, [UnbuttonAlert(alert.id), stays, *desk]


def _gone(before: Alert, alert: Alert, contact: int, now: datetime, ladder: Ladder) -> Step:
    """Whoever has left, or may no longer be told, waits for nothing any more: the next one is asked."""
    effects: list[Effect] = []
    if before.holder == contact:
        alert = opened_anew(alert)
        gone = _("alert", "Case {case} is no longer yours. Thank you for having taken it on.", case=alert.id)
        effects = [
            UnbuttonAlert(alert.id),
            Say((gone,), to=contact, purpose=Purpose.NOTE, alert=alert.id),
        ]
    elif before.holder is not None or not _is_asked(before, contact) or _others_are_asked(before, contact):
        return before, []
    alert, told = tell_next(alert, now, ladder)
    return alert, [*effects, *told]


def _is_asked(alert: Alert, contact: int) -> bool:
    return any(told.contact == contact for told in latest_rung(alert))


def _closed(alert: Alert, by: int, now: datetime, ladder: Ladder, outcome: str) -> Step:
    name = _name(ladder, alert, by)
    alert = replace(alert, next_step_at=None, closed_at=now, outcome=outcome, closed_by=by)
    thanks = _to(alert, by, _("alert", "Case {case} is closed. Thank you for being there.", case=alert.id))
    how = _(
        "alert",
        "Case {case} is closed: {name} has reached {alias}.",
        case=alert.id,
        name=name,
        alias=alert.alias,
    )
    if outcome == "mistaken":
        how = _(
            "alert",
            "Case {case} is closed: {name} has talked with {alias}. It was a mistake.",
            case=alert.id,
            name=name,
            alias=alert.alias,
        )
    return alert, [UnbuttonAlert(alert.id), thanks, *_tell_others(alert, by, how), *_heavy(alert, by)]


def _heavy(alert: Alert, by: int) -> list[Effect]:
    """Whoever had an emergency is asked about it later, gently (S21)."""
    if alert.level < EMERGENCY:
        return []
    return [LetHappen(each, HeavyCaseClosed(alert.id)) for each in _with_holder(alert, by)]


def _all_clear(alert: Alert, now: datetime) -> Step:
    """To exactly those who were alarmed (R7)."""
    alert = replace(alert, next_step_at=None, closed_at=now, outcome="answered")
    clear = _(
        "alert", "Case {case}: {alias} has answered. Nothing more to do.", case=alert.id, alias=alert.alias
    )
    return alert, [UnbuttonAlert(alert.id), *_tell_others(alert, -1, clear)]


def _left(alert: Alert, now: datetime) -> Step:
    alert = replace(alert, next_step_at=None, closed_at=now, outcome="left")
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
