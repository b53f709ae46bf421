"""
A promised call, for whoever waits for it: she hears of it, may say that it suits, and hears what becomes of it.

What comes unasked opens with a line that tells a stranger nothing (R35). In the night it waits, unless the call
comes before the morning. She never has to answer. Whatever ends the promise on her side is told to nobody with its
reason: her contact person hears only that the call is off (S23).
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from dialogs import menu, neutral
from dialogs.calls import stamp
from dialogs.effects import (
    Effect,
    ForgetPerson,
    LetHappen,
    Purpose,
    RaiseAlert,
    Say,
    SetTimer,
    StopTimer,
)
from dialogs.events import (
    BotBlocked,
    CallAnswered,
    CallChange,
    CallChanged,
    CallOver,
    CallPromised,
    CallRefused,
    CallTakenBack,
    CallUncertain,
    Event,
    Frozen,
    Timer,
)
from dialogs.outcome import Outcome, say
from dialogs.people import ExpectedCall, Resident
from dialogs.schedule import local_day, moment_on, zone_of
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _

REMIND_BEFORE: Final = timedelta(minutes=15)
NO_REMINDER_WITHIN: Final = timedelta(minutes=20)
NIGHT_BEGINS, NIGHT_ENDS = time(21, 0), time(8, 0)
MORNING_IS_ENOUGH: Final = timedelta(minutes=30)
"""A call that comes so long after the night's end can be told in the morning."""
COVERT: Final = "covert"
"""The reason of an alert that she called for unseen."""
FORGOTTEN_AFTER: Final = timedelta(days=2)
"""A call whose outcome nobody told is no longer one that she waits for."""


def is_quiet(resident: Resident, now: datetime) -> bool:
    """Whether nothing comes to her by itself now."""
    return resident.stopped or (resident.paused_until is not None and now < resident.paused_until)


def tell_at(resident: Resident, at: datetime, now: datetime) -> datetime | None:
    """When she hears of a call at `at`, where that is not now but in the morning."""
    zone = resident.rhythm.zone
    clock = now.astimezone(zone_of(zone)).time()
    if NIGHT_ENDS <= clock < NIGHT_BEGINS:
        return None
    day = local_day(now, zone) + timedelta(days=1 if clock >= NIGHT_BEGINS else 0)
    morning = moment_on(day, NIGHT_ENDS, zone)
    return morning if at - morning >= MORNING_IS_ENOUGH else None


def refused(resident: Resident, *, writable: bool, asked: bool, now: datetime) -> CallRefused | None:
    """Why a promise cannot be passed on. A pause is hers; only whoever has a case of hers may break it."""
    if not writable or (resident.stopped and not asked):
        return CallRefused(resident.alias)
    if is_quiet(resident, now) and not asked:
        return CallRefused(resident.alias, resident.paused_until)
    return None


def happened(
    resident: Resident, event: CallPromised | CallTakenBack | CallUncertain | CallOver, now: datetime
) -> Outcome[Resident]:
    """Something her contact person did about a call."""
    match event:
        case CallPromised():
            return _promised(resident, event, now)
        case CallTakenBack(contact):
            return _taken_back(resident, contact, now)
        case CallUncertain(contact):
            return _uncertain(resident, contact, now)
        case CallOver(contact, reached):
            return _over(resident, contact, reached, now)


def _promised(resident: Resident, promised: CallPromised, now: datetime) -> Outcome[Resident]:
    earlier = _expected(resident, promised.contact)
    if earlier is not None and earlier.at == promised.at:
        return Outcome(resident)
    others = tuple(call for call in resident.calls if call != earlier and now - call.at < FORGOTTEN_AFTER)
    waits = tell_at(resident, promised.at, now) is not None
    near = promised.at - now <= NO_REMINDER_WITHIN
    call = ExpectedCall(promised.contact, promised.name, promised.at, told=not waits, reminded=near)
    after = replace(resident, calls=(*others, call))
    moved = earlier is not None and earlier.told and earlier.at > now
    telling = () if waits else (_telling(call, *_not_then(earlier if moved else None)),)
    return Outcome(after, (*plan(after, now), *telling))


def _not_then(earlier: ExpectedCall | None) -> Text:
    if earlier is None:
        return ()
    return (_("her call", "That is instead of {time}.", time=earlier.at),)


def _telling(call: ExpectedCall, *more: Message) -> Say:
    text = (
        neutral.small_note(),
        _("her call", "{name} gets in touch with you: {time}.", name=call.name, time=call.at),
        *more,
        _("her call", "You two know how. You can say whether that suits; you do not have to."),
    )
    return Say(text, _answers(call), purpose=Purpose.NOTE)


def _answers(call: ExpectedCall) -> Keyboard:
    named = f"{call.contact}:{stamp(call.at)}"
    return rows(
        Button(_("her call", "Suits me"), f"ca:ok:{named}"),
        Button(_("her call", "Another time please"), f"ca:no:{named}"),
        width=2,
    )


def press(resident: Resident, pressed: str, now: datetime) -> Outcome[Resident] | None:
    """Take `ca:ANSWER:CONTACT:CALL`; None where it fits no call that she still waits for."""
    _topic, answer, contact, minute = (*pressed.split(":"), "", "", "")[:4]
    call = next(
        (each for each in resident.calls if (str(each.contact), str(stamp(each.at))) == (contact, minute)),
        None,
    )
    if call is None or answer not in ("ok", "no") or call.at <= now:
        return None
    if answer == "ok":
        return _suits(resident, call)
    return _other_time(resident, call, now)


def _suits(resident: Resident, call: ExpectedCall) -> Outcome[Resident]:
    noted = replace(call, suits=True)
    after = replace(resident, calls=tuple(noted if each == call else each for each in resident.calls))
    text = _("her call", "Good. I tell {name}.", name=call.name)
    answer = CallAnswered(resident.id, call.at, suits=True)
    return Outcome(after, (LetHappen(call.contact, answer), say(text, in_place=True)))


def _other_time(resident: Resident, call: ExpectedCall, now: datetime) -> Outcome[Resident]:
    after = _without(resident, call.contact)
    text = _("her call", "All right. I tell {name} that another time is better for you.", name=call.name)
    answer = CallAnswered(resident.id, call.at, suits=False)
    return Outcome(after, (*plan(after, now), LetHappen(call.contact, answer), say(text, in_place=True)))


def _without(resident: Resident, contact: int) -> Resident:
    return replace(resident, calls=tuple(call for call in resident.calls if call.contact != contact))


def _expected(resident: Resident, contact: int) -> ExpectedCall | None:
    return next((call for call in resident.calls if call.contact == contact), None)


def _taken_back(resident: Resident, contact: int, now: datetime) -> Outcome[Resident]:
    call = _expected(resident, contact)
    if call is None:
        return Outcome(resident)
    after = _without(resident, contact)
    told = (_news(_will_not(call)),) if call.told else ()
    return Outcome(after, (*plan(after, now), *told))


def _will_not(call: ExpectedCall) -> Message:
    return _(
        "her call",
        "{name} cannot get in touch as promised, {time}. If you want somebody, I ask another person.",
        name=call.name,
        time=call.at,
    )


def _uncertain(resident: Resident, contact: int, now: datetime) -> Outcome[Resident]:
    call = _expected(resident, contact)
    if call is None or not call.told or call.at <= now:
        return Outcome(resident)
    text = _(
        "her call",
        "I cannot reach {name} now. Perhaps nothing comes of what was promised, {time}. "
        "If you want somebody, I ask another person.",
        name=call.name,
        time=call.at,
    )
    return Outcome(resident, (_news(text),))


def _over(resident: Resident, contact: int, reached: bool, now: datetime) -> Outcome[Resident]:
    call = _expected(resident, contact)
    after = _without(resident, contact)
    effects: tuple[Effect, ...] = plan(after, now)
    if call is not None and not reached and not is_quiet(resident, now):
        tried = _("her call", "{name} has tried to get in touch, {time}.", name=call.name, time=call.at)
        effects = (*effects, _news(tried))
    return Outcome(after, effects)


def _news(message: Message) -> Say:
    text: Text = (neutral.small_note(), message)
    return Say(text, rows(menu.SOMEONE), purpose=Purpose.NOTE)


# --- time passes ---


def plan(resident: Resident, now: datetime) -> tuple[Effect, ...]:
    """A person has one timer for all her calls: the earliest."""
    moments = [moment for call in resident.calls if (moment := _next(resident, call, now)) is not None]
    return (SetTimer(Timer.CALL, min(moments)) if moments else StopTimer(Timer.CALL),)


def _next(resident: Resident, call: ExpectedCall, now: datetime) -> datetime | None:
    if not call.told:
        return tell_at(resident, call.at, now) or now
    return None if call.reminded else call.at - REMIND_BEFORE


def due(resident: Resident, now: datetime) -> Outcome[Resident]:
    """Tell what waited for the morning, remind of what is near; what is over is left to her contact person."""
    waited = tuple(call for call in resident.calls if now - call.at < FORGOTTEN_AFTER)
    looked = [_looked(resident, call, now) for call in waited]
    after = replace(resident, calls=tuple(call for call, _said in looked))
    return Outcome(after, (*(effect for _call, said in looked for effect in said), *plan(after, now)))


def _looked(resident: Resident, call: ExpectedCall, now: datetime) -> tuple[ExpectedCall, tuple[Effect, ...]]:
    if not call.told:
        if tell_at(resident, call.at, now) is not None:
            return call, ()
        told = replace(call, told=True, reminded=call.at - now <= NO_REMINDER_WITHIN)
        return told, (_telling(call),) if now < call.at else ()
    if call.reminded or now < call.at - REMIND_BEFORE:
        return call, ()
    late = now >= call.at or is_quiet(resident, now)
    return replace(call, reminded=True), () if late else (_reminder(call),)


def _reminder(call: ExpectedCall) -> Say:
    text = (neutral.small_note(), _("her call", "Soon: {name}, {time}.", name=call.name, time=call.at))
    keyboard = () if call.suits else _answers(call)
    return Say(text, keyboard, purpose=Purpose.ROUTINE, until=call.at)


# --- whatever else she does ---


def followed(before: Resident, event: Event, outcome: Outcome[Resident], now: datetime) -> Outcome[Resident]:
    """Whoever promised her a call hears when it is off, or when she gets no reminder of it."""
    after = outcome.person
    open_calls = tuple(call for call in after.calls if call.at > now)
    if not after.calls:
        return outcome
    if any(isinstance(effect, ForgetPerson) for effect in outcome.effects):
        return outcome.after(*_changed(after, after.calls, CallChange.OFF))
    if any(isinstance(effect, RaiseAlert) and COVERT in effect.reasons for effect in outcome.effects):
        # Somebody may be holding her phone: from now on nothing about a call shows there.
        return Outcome(replace(after, calls=()), outcome.effects).then(StopTimer(Timer.CALL))
    if after.stopped and not before.stopped:
        return Outcome(replace(after, calls=()), outcome.effects).then(
            *_changed(after, after.calls, CallChange.OFF)
        )
    if gone := _gone(before, after):
        return _taken_from(outcome, gone, now)
    if is_quiet(after, now) and after.paused_until != before.paused_until:
        within = tuple(call for call in open_calls if after.paused_until and call.at < after.paused_until)
        return outcome.then(*_changed(after, within, CallChange.PAUSED))
    if isinstance(event, BotBlocked | Frozen):
        return outcome.then(*_changed(after, open_calls, CallChange.UNREACHABLE))
    return outcome


def _changed(resident: Resident, calls: tuple[ExpectedCall, ...], change: CallChange) -> tuple[Effect, ...]:
    until = resident.paused_until if change is CallChange.PAUSED else None
    return tuple(LetHappen(call.contact, CallChanged(resident.id, change, until)) for call in calls)


def _gone(before: Resident, after: Resident) -> tuple[ExpectedCall, ...]:
    """The calls of those whom she no longer agrees to; a coordinator who had a case of hers was never among them."""
    left = {each.id for each in before.contacts} - {each.id for each in after.contacts}
    return tuple(call for call in after.calls if call.contact in left)


def _taken_from(
    outcome: Outcome[Resident], gone: tuple[ExpectedCall, ...], now: datetime
) -> Outcome[Resident]:
    after = replace(outcome.person, calls=tuple(call for call in outcome.person.calls if call not in gone))
    off = _changed(after, gone, CallChange.OFF)
    news = tuple(_news(_will_not(call)) for call in gone if call.told and call.at > now)
    return Outcome(after, outcome.effects).then(*off, *plan(after, now), *news)
