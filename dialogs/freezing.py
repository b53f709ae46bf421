"""
A frozen chat: a resident's phone may be in other hands, so nothing of hers is shown there.

Whoever writes there hears what every stranger hears. The words are still read where she agreed to that, because it
may be she who writes: what would have called for people calls for them, and says that another may be reading. No
check-in is asked and no silence counts. Only the organisation freezes and unfreezes.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dialogs import check_in, errands, her_calls, plan_reminders, small_news
from dialogs.alert import Repeated, Track
from dialogs.effects import (
    AnswerAsStranger,
    Effect,
    EndTalk,
    Purpose,
    RaiseAlert,
    RecordCheckIn,
    Say,
    SetTimer,
    StopTimer,
    TellAlertOnTrack,
)
from dialogs.events import Event, Frozen, Pressed, Sent, Started, Timer, TimerFell, Unfrozen, Wrote
from dialogs.outcome import Outcome
from dialogs.people import Person, Place, Resident
from dialogs.risk import policy
from dialogs.text import Text, _

IN_OTHER_HANDS: Final = "covert"
"""The reason that keeps an alert from being heard of in her chat (`alert_texts.may_hear`)."""
STOPPED: Final = (Timer.CHECK_IN, Timer.REMINDER, Timer.SNOOZE, Timer.QUESTION, Timer.TALK)
A_DAY: Final = timedelta(days=1)


def is_frozen(person: Person) -> bool:
    """Whether nothing may be said in this person's chat."""
    return isinstance(person, Resident) and person.frozen is not None


def happened(resident: Resident, event: Frozen | Unfrozen, now: datetime) -> Outcome[Resident]:
    """It is frozen, or hers again; a second time changes nothing."""
    if isinstance(event, Frozen):
        return _frozen(resident, now) if resident.frozen is None else Outcome(resident)
    return _unfrozen(resident, now) if resident.frozen is not None else Outcome(resident)


def _frozen(resident: Resident, now: datetime) -> Outcome[Resident]:
    place = Place.MENU if resident.joined else resident.place
    still = replace(
        resident, frozen=now, check_in=None, missed=0, question=None, place=place, asking="", offered=()
    )
    return Outcome(
        still,
        (
            *_unasked(resident),
            *(StopTimer(timer) for timer in STOPPED),
            *((EndTalk(resident.talk.id, "blocked"),) if resident.talk is not None else ()),
            *(TellAlertOnTrack(track, Repeated((IN_OTHER_HANDS,))) for track in Track),
            *_to_her_contacts(resident, _do_not_write(resident.alias)),
        ),
    )


def _unasked(resident: Resident) -> Iterator[RecordCheckIn]:
    """Whether she saw the open question nobody knows: no answer to it is no silence."""
    asked = resident.check_in
    if asked is not None and asked.stage == "face":
        yield RecordCheckIn(asked.day, asked.slot, "undelivered")


def _to_her_contacts(resident: Resident, text: Text) -> Iterator[Say]:
    """To all at once, where she said that they may be told."""
    if resident.can_be_told():
        for each in resident.contacts:
            yield Say(text, to=each.id, purpose=Purpose.NOTE)


def _do_not_write(alias: str) -> Text:
    return (
        _("freezing", "🔵 A quiet note. Today is soon enough."),
        _(
            "freezing",
            "The phone of {alias} may be in other hands. I write nothing there for now. "
            "Please write nothing there either, and get in touch another way.",
            alias=alias,
        ),
    )


def _unfrozen(resident: Resident, now: datetime) -> Outcome[Resident]:
    hers = replace(resident, frozen=None, thawed=True)
    planned = (
        *check_in.plan_next(hers, now),
        *errands.plan(hers, now),
        *plan_reminders.plan(hers, now),
        *her_calls.plan(hers, now),
    )
    safe = (
        _("freezing", "🔵 A quiet note. Today is soon enough."),
        _("freezing", "The phone of {alias} is in the right hands again.", alias=hers.alias),
    )
    return small_news.tell(hers, now).after(*planned, *_to_her_contacts(hers, safe))


def is_from_the_chat(event: Event) -> bool:
    """Whether whoever holds the phone did this."""
    return isinstance(event, Started | Wrote | Pressed | Sent)


def unseen(frozen: Resident, ordinary: Outcome[Resident]) -> Outcome[Resident]:
    """Of what would follow otherwise only the calls for people, and what was heard; the answer is a stranger's."""
    would = ordinary.person
    alarms = [
        replace(each, reasons=with_doubt(frozen, each.reasons))
        for each in ordinary.effects
        if isinstance(each, RaiseAlert)
    ]
    heard = replace(frozen, heard=would.heard, nights=would.nights, told=would.told, told_at=would.told_at)
    return Outcome(heard, (AnswerAsStranger(), *(alarms or _instead_of_asking(frozen, would))))


def with_doubt(person: Person, reasons: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons of an alert about her; while her chat is frozen they say that another may be reading."""
    told_already = not is_frozen(person) or IN_OTHER_HANDS in reasons
    return reasons if told_already else (*reasons, IN_OTHER_HANDS)


def _instead_of_asking(frozen: Resident, would: Resident) -> Iterator[RaiseAlert]:
    """A question cannot be asked here; where its silence would count, it counts at once."""
    question = would.question
    if question is None or frozen.consent.telling is not True:
        return
    theme = policy.theme(question.category)
    if theme in policy.SILENCE_IS_URGENT:
        yield RaiseAlert(Track.URGENT, 2, (f"{theme}1", IN_OTHER_HANDS))


def timer_fell(resident: Resident, fell: TimerFell, now: datetime) -> Outcome[Resident]:
    """What does not measure her silence is looked at a day later, at the same hour; the rest is planned anew later."""
    later: tuple[Effect, ...] = () if fell.timer in STOPPED else (SetTimer(fell.timer, now + A_DAY),)
    return Outcome(resident, later)
