"""
A promised call, for whoever promises it: choose when, be reminded, be asked how it went.

The promises this module keeps: whoever waits for a call hears what becomes of it; a call that nobody has settled
stays in "today", however long; after an outage a reminder that is over is not sent, the question comes instead.
The bot asks nobody for a phone number: how they talk is between the two. Her side stands in `her_calls.py`.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from dialogs.effects import Effect, LetHappen, PromiseCall, Purpose, Say, SetTimer, StopTimer
from dialogs.events import (
    CallAnswered,
    CallChange,
    CallChanged,
    CallNoted,
    CallOver,
    CallRefused,
    CallTakenBack,
    CallUncertain,
    Timer,
)
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place, PromisedCall
from dialogs.preferences import read_time
from dialogs.schedule import DEFAULT_ZONE, local_day, moment_on, zone_of
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _

REMIND_BEFORE: Final = timedelta(minutes=5)
ASK_AFTER: Final = timedelta(minutes=10)
ASK_AGAIN_AFTER: Final = timedelta(hours=2)
NO_REMINDER_WITHIN: Final = timedelta(minutes=10)
"""Whoever promises a call this near needs no reminder of it."""
AT_LEAST_AHEAD: Final = timedelta(minutes=5)
TODAY_AT: Final = (time(15, 0), time(18, 0))
TOMORROW_AT: Final = time(10, 0)
EARLIEST, LATEST = time(7, 0), time(22, 0)
"""A written "3:00" is a slip more often than a promise."""
QUESTIONS_FROM, QUESTIONS_UNTIL = time(8, 0), time(21, 0)
"""The second question can wait for the morning."""
REMEMBERED: Final = timedelta(days=8)


def stamp(at: datetime) -> int:
    """Which call a button is about: the minute it was promised for."""
    return int(at.timestamp()) // 60


def promise_button(resident: int) -> Button:
    """Stands on a resident's page and under a case that was taken on."""
    return Button(_("alert button", "Promise a call"), f"cl:for:{resident}")


def settle_button(call: PromisedCall) -> Button:
    """In "today", for a call that is over and not settled."""
    label = _("calls", "Call with {alias}: how it went", alias=call.alias)
    return Button(label, f"cl:how:{call.resident}:{stamp(call.at)}")


def of_today(contact: Contact, now: datetime) -> list[PromisedCall]:
    """Today's, and every earlier one that was never settled."""
    midnight = moment_on(local_day(now, DEFAULT_ZONE) + timedelta(days=1), time(0), DEFAULT_ZONE)
    return sorted((call for call in contact.calls if call.at < midnight), key=lambda call: call.at)


def until(contact: Contact, moment: datetime) -> Text:
    """Whoever goes away hears which promises fall into that time: somebody waits for each of them."""
    meanwhile = [call for call in contact.calls if call.at < moment]
    return tuple(
        _(
            "calls",
            "You have promised {alias} a call, {time}. It stays promised.",
            alias=call.alias,
            time=call.at,
        )
        for call in meanwhile
    )


def line(call: PromisedCall, now: datetime) -> Message:
    """One line of her day."""
    if call.suits is False:
        return _("calls", "{time}, {alias}: asks for another time", time=call.at, alias=call.alias)
    if call.at <= now:
        return _("calls", "{time}, {alias}: how did it go?", time=call.at, alias=call.alias)
    if call.suits:
        return _("calls", "{time}, {alias}: the time suits", time=call.at, alias=call.alias)
    return _("calls", "{time}, {alias}", time=call.at, alias=call.alias)


# --- promising ---


def ask_when(contact: Contact, resident: int, now: datetime) -> Outcome[Contact]:
    """When? By button or written."""
    text = _("calls", "When do you call? Choose, or write a time, for example 15:00.")
    here = replace(contact, place=Place.CALL, calling=resident)
    return Outcome(here, (say(text, keyboard=_times(resident, now)),))


def _times(resident: int, now: datetime) -> Keyboard:
    day = local_day(now, DEFAULT_ZONE)
    ahead = [at for at in TODAY_AT if moment_on(day, at, DEFAULT_ZONE) >= now + AT_LEAST_AHEAD]
    return rows(
        Button(_("calls", "In 30 minutes"), f"cl:in:{resident}:30"),
        Button(_("calls", "In 1 hour"), f"cl:in:{resident}:60"),
        *(Button(_("calls", "Today {time}", time=at), f"cl:at:{resident}:{at:%H%M}") for at in ahead),
        Button(_("calls", "Tomorrow {time}", time=TOMORROW_AT), f"cl:am:{resident}"),
        Button(_("calls", "No call"), "cl:none"),
        width=2,
    )


def time_written(contact: Contact, resident: int, text: str, now: datetime) -> Outcome[Contact]:
    """A time of day: today where it is still ahead, else tomorrow."""
    at = read_time(text)
    if at is None or not EARLIEST <= at <= LATEST:
        sorry = _(
            "calls",
            "Write a time between {first} and {last}, for example 15:00.",
            first=EARLIEST,
            last=LATEST,
        )
        return Outcome(contact, (say(sorry, keyboard=_times(resident, now)),))
    day = local_day(now, DEFAULT_ZONE)
    moment = moment_on(day, at, DEFAULT_ZONE)
    if moment < now + AT_LEAST_AHEAD:
        moment = moment_on(day + timedelta(days=1), at, DEFAULT_ZONE)
    return _promise(contact, resident, moment)


def _promise(contact: Contact, resident: int, at: datetime) -> Outcome[Contact]:
    here = replace(contact, place=Place.MENU, calling=None)
    return Outcome(here, (PromiseCall(resident, at.replace(second=0, microsecond=0)),))


def _noted(contact: Contact, noted: CallNoted, now: datetime) -> Outcome[Contact]:
    """She knows; a new promise to the same resident takes the place of an earlier one."""
    others = [call for call in contact.calls if call.resident != noted.resident]
    near = noted.at - now <= NO_REMINDER_WITHIN
    new = PromisedCall(noted.resident, noted.alias, noted.at, reminded=near)
    promised = replace(contact, calls=(*others, new))
    text = _("calls", "Noted: you call {alias}, {time}.", alias=noted.alias, time=noted.at)
    told = _("calls", "{alias} knows, and can say whether that suits.", alias=noted.alias)
    if noted.told_at is not None:
        told = _("calls", "It is night: I tell {alias}, {time}.", alias=noted.alias, time=noted.told_at)
    how = _("calls", "How you talk is between the two of you. I ask nobody for a phone number.")
    return Outcome(promised, (*plan(promised), say(text, told, how)))


def _refused(contact: Contact, refused: CallRefused) -> Outcome[Contact]:
    if refused.paused_until is not None:
        text = _(
            "calls",
            "{alias} wants quiet until {until}, so I have passed nothing on. No call was promised.",
            alias=refused.alias,
            until=refused.paused_until,
        )
    elif refused.alias:
        text = _(
            "calls",
            "I cannot write to {alias} now. No call was promised; please get in touch another way.",
            alias=refused.alias,
        )
    else:
        text = _("calls", "This person is not one of yours, or no longer. No call was promised.")
    return Outcome(contact, (say(text),))


# --- time passes ---


def plan(contact: Contact) -> tuple[Effect, ...]:
    """A person has one timer for all her calls: the earliest."""
    moments = [moment for call in contact.calls if (moment := _next(call)) is not None]
    return (SetTimer(Timer.CALL, min(moments)) if moments else StopTimer(Timer.CALL),)


def _next(call: PromisedCall) -> datetime | None:
    """When this call is to be looked at again; None: it waits in "today" for her to settle it."""
    if not call.reminded:
        return call.at - REMIND_BEFORE
    if call.asked == 0:
        return call.at + ASK_AFTER
    if call.asked == 1 and call.asked_at is not None:
        return _by_day(call.asked_at + ASK_AGAIN_AFTER)
    return None


def _by_day(moment: datetime) -> datetime:
    local = moment.astimezone(zone_of(DEFAULT_ZONE))
    if QUESTIONS_FROM <= local.time() < QUESTIONS_UNTIL:
        return moment
    day = local.date() + timedelta(days=0 if local.time() < QUESTIONS_FROM else 1)
    return moment_on(day, QUESTIONS_FROM, DEFAULT_ZONE)


def due(contact: Contact, now: datetime) -> Outcome[Contact]:
    """Look at all of her calls; several may have come due while the bot was down."""
    looked = [_looked(call, now) for call in contact.calls]
    after = replace(contact, calls=tuple(call for call, _said in looked))
    return Outcome(after, (*(effect for _call, said in looked for effect in said), *plan(after)))


def _looked(call: PromisedCall, now: datetime) -> tuple[PromisedCall, tuple[Effect, ...]]:
    moment = _next(call)
    if moment is None or now < moment:
        return call, ()
    if not call.reminded and now < call.at:
        return replace(call, reminded=True), (_reminder(call),)
    if now < call.at + ASK_AFTER:  # too late to be reminded, too early to be asked
        return replace(call, reminded=True), ()
    return replace(call, reminded=True, asked=call.asked + 1, asked_at=now), (_question(call),)


def _headline() -> Message:
    """The line that may be read by anybody."""
    return _("calls", "🔵 About a call that you have promised.")


def _reminder(call: PromisedCall) -> Say:
    text: Text = (_headline(), _("calls", "You call {alias}, {time}.", alias=call.alias, time=call.at))
    if call.suits is False:
        text = (*text, _other_time(call))
    buttons = rows(
        Button(_("calls", "Another time"), f"cl:for:{call.resident}"),
        Button(_("calls", "I cannot call"), f"cl:off:{call.resident}:{stamp(call.at)}"),
        width=2,
    )
    return Say(text, buttons, purpose=Purpose.ROUTINE, until=call.at + ASK_AFTER)


def _other_time(call: PromisedCall) -> Message:
    return _("calls", "{alias} has asked for another time.", alias=call.alias)


def _question(call: PromisedCall) -> Say:
    return Say((_headline(), *_how(call)), _outcomes(call), purpose=Purpose.NOTE)


def _how(call: PromisedCall) -> Text:
    ask = _("calls", "Call with {alias}, {time}: how did it go?", alias=call.alias, time=call.at)
    return (ask, _other_time(call)) if call.suits is False else (ask,)


def _outcomes(call: PromisedCall) -> Keyboard:
    named = f"{call.resident}:{stamp(call.at)}"
    return rows(
        Button(_("calls", "We have talked"), f"cl:did:{named}"),
        Button(_("calls", "Nobody answered"), f"cl:miss:{named}"),
        Button(_("calls", "I call later"), f"cl:for:{call.resident}"),
        Button(_("calls", "I cannot call"), f"cl:off:{named}"),
    )


# --- what becomes of it ---


def press(contact: Contact, pressed: str, now: datetime) -> Outcome[Contact] | None:
    """Take `cl:…`; None for what is not ours."""
    match pressed.split(":"):
        case ["cl", "for", resident] if resident.isdecimal():
            return ask_when(contact, int(resident), now)
        case ["cl", ("in" | "at" | "am") as what, resident, *when] if resident == str(contact.calling):
            return _chosen(contact, int(resident), what, "".join(when), now)
        case ["cl", "none"]:
            here = replace(contact, place=Place.MENU, calling=None)
            return Outcome(here, (say(_("calls", "No call was promised.")),))
        case ["cl", what, resident, minute] if resident.isdecimal() and minute.isdecimal():
            return _settle(contact, what, int(resident), int(minute), now)
        case _:
            return None


def _chosen(contact: Contact, resident: int, what: str, when: str, now: datetime) -> Outcome[Contact] | None:
    """Only while she is asked: a second press of the same button promises nothing again."""
    match what, when:
        case "in", ("30" | "60"):
            return _promise(contact, resident, now + timedelta(minutes=int(when)))
        case "am", "":
            day = local_day(now, DEFAULT_ZONE) + timedelta(days=1)
            return _promise(contact, resident, moment_on(day, TOMORROW_AT, DEFAULT_ZONE))
        case "at", _:
            return _today_at(contact, resident, when, now)
        case _:
            return None


def _today_at(contact: Contact, resident: int, hour: str, now: datetime) -> Outcome[Contact] | None:
    at = next((each for each in TODAY_AT if f"{each:%H%M}" == hour), None)
    if at is None:
        return None
    moment = moment_on(local_day(now, DEFAULT_ZONE), at, DEFAULT_ZONE)
    return _promise(contact, resident, moment) if moment > now else ask_when(contact, resident, now)


def _settle(
    contact: Contact, what: str, resident: int, minute: int, now: datetime
) -> Outcome[Contact] | None:
    """An old button is about a call that is settled, or was promised anew: then nothing is changed."""
    call = next(
        (each for each in contact.calls if (each.resident, stamp(each.at)) == (resident, minute)), None
    )
    if call is None:
        return None
    match what:
        case "how":
            return Outcome(contact, (say(*_how(call), keyboard=_outcomes(call)),))
        case "did":
            text = _("calls", "Good. Thank you for calling {alias}.", alias=call.alias)
            return _settled(contact, call, now, CallOver(contact.id, reached=True), say(text), talked=True)
        case "miss":
            text = _(
                "calls",
                "Noted. I tell {alias} that you tried. Do you promise another call?",
                alias=call.alias,
            )
            anew = say(text, keyboard=rows(promise_button(resident)))
            return _settled(contact, call, now, CallOver(contact.id, reached=False), anew, talked=False)
        case "off":
            text = _("calls", "Noted. I tell {alias} that you cannot call.", alias=call.alias)
            anew = say(text, keyboard=rows(promise_button(resident)))
            return _settled(contact, call, now, CallTakenBack(contact.id), anew, talked=False)
        case _:
            return None


def _settled(
    contact: Contact,
    call: PromisedCall,
    now: datetime,
    event: CallOver | CallTakenBack,
    answer: Say,
    *,
    talked: bool,
) -> Outcome[Contact]:
    lately = tuple(each for each in contact.kept if now - each[0] < REMEMBERED)
    left = tuple(each for each in contact.calls if each != call)
    after = replace(contact, calls=left, kept=(*lately, (now, talked)))
    return Outcome(after, (*plan(after), LetHappen(call.resident, event), answer))


def happened(
    contact: Contact, event: CallNoted | CallRefused | CallAnswered | CallChanged, now: datetime
) -> Outcome[Contact]:
    """News from the resident's side."""
    match event:
        case CallNoted():
            return _noted(contact, event, now)
        case CallRefused():
            return _refused(contact, event)
        case CallAnswered():
            return _answered(contact, event)
        case CallChanged():
            return _changed(contact, event)


def _answered(contact: Contact, answer: CallAnswered) -> Outcome[Contact]:
    call = next((each for each in contact.calls if each.resident == answer.resident), None)
    if call is None or call.at != answer.at:
        return Outcome(contact)
    noted = replace(call, suits=answer.suits)
    after = replace(contact, calls=tuple(noted if each == call else each for each in contact.calls))
    if answer.suits:
        text = _("calls", "{alias}: the time suits, {time}.", alias=call.alias, time=call.at)
        return Outcome(after, (Say((_headline(), text), purpose=Purpose.NOTE),))
    buttons = rows(promise_button(call.resident))
    return Outcome(after, (Say((_headline(), _other_time(call)), buttons, purpose=Purpose.NOTE),))


def _changed(contact: Contact, changed: CallChanged) -> Outcome[Contact]:
    call = next((each for each in contact.calls if each.resident == changed.resident), None)
    if call is None:
        return Outcome(contact)
    after = contact
    match changed.change:
        case CallChange.OFF:
            after = replace(contact, calls=tuple(each for each in contact.calls if each != call))
            text = _(
                "calls", "The call with {alias}, {time}, is off. There is nothing to do.", **_about(call)
            )
        case CallChange.PAUSED:
            text = _(
                "calls",
                "{alias} wants quiet until {until} and gets no reminder of your call, {time}. It stays promised.",
                until=changed.until or call.at,
                **_about(call),
            )
        case CallChange.UNREACHABLE:
            text = _(
                "calls",
                "I cannot write to {alias} now: there will be no reminder of your call, {time}. It stays promised.",
                **_about(call),
            )
    return Outcome(after, (*plan(after), Say((_headline(), text), purpose=Purpose.NOTE)))


def _about(call: PromisedCall) -> dict[str, str | datetime]:
    return {"alias": call.alias, "time": call.at}


def reachable(contact: Contact, reached: bool, now: datetime) -> Outcome[Contact]:
    """
    She has blocked the bot, or let it back.

    Nobody can remind her meanwhile, so whoever waits may not count on it. What she was asked then she has not seen.
    """
    if not contact.calls:
        return Outcome(contact)
    if not reached:
        waiting = [call for call in contact.calls if call.at > now]
        return Outcome(
            contact, tuple(LetHappen(call.resident, CallUncertain(contact.id)) for call in waiting)
        )
    unseen = tuple(replace(call, asked=0) if call.at <= now else call for call in contact.calls)
    after = replace(contact, calls=unseen)
    return Outcome(after, plan(after))


def leaves(contact: Contact) -> tuple[Effect, ...]:
    """She goes: whoever waits for a call of hers hears that it does not come."""
    return tuple(LetHappen(call.resident, CallTakenBack(contact.id)) for call in contact.calls)
