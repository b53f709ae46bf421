"""
All that is kept about her as a text of its own, for a file she can read, keep or take along (R39).

Complete: each field of her record and each table with her number is either here or in `LEFT_OUT`, with the reason; a
test compares both. What was called unseen is left out, since another may be holding the phone (R25); the last section
says in every file that there may be more, so that it tells nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from dialogs import alert_texts, choosing_code, my_chat, my_contacts, near, sip_texts
from dialogs.alert import Alert
from dialogs.hard_days import TRADITIONS
from dialogs.kinds import NAMES
from dialogs.knowledge import Knowledge
from dialogs.near_file import DAY_NAMES
from dialogs.people import Resident
from dialogs.risk.categories import CATEGORY_NAMES
from dialogs.schedule import local_day
from dialogs.text import Message, Text, _, _n, plain

Section: TypeAlias = tuple[Message, tuple[Message, ...]]
"""A heading, and the lines below it."""

LEFT_OUT: Final[Mapping[str, str]] = {
    "place": "which question is open at this moment: her last message shows it",
    "asking": "as `place`",
    "asked_at": "as `place`",
    "offered": "the labels of the buttons shown last, so that they can be typed",
    "frozen": "while it is set nothing at all is sent to this chat",
    "thawed": "that her chat is hers again is still to be said to her",
    "to_see": "whom she has not heard of yet stands among those who were proposed",
    "hidden_at": "when a chat was emptied would tell whoever holds the phone that it was",
    "remains": "as `hidden_at`; what is left in the chat she sees there",
    "covert": "a word that calls for help unseen: whoever holds the phone must not learn that there is one",
    "check_in": "the check-in that is open stands among the check-ins",
    "asked_on": "the day of the last check-in stands among the check-ins",
    "sip_count": "a counter, so that no line of the plan gets the number of another",
    "channels": "residents have none; an address of a contact person",
    "rings": "about second channels of contact persons",
    "desk_accounts": "coordinators only",
    "desk_links": "coordinators only",
    "desk_sessions": "coordinators only",
    "activities": "who announced it: contact persons only. What she said yes to stands in her own record",
    "links": "the same as her contact persons, for queries",
}
"""Fields and tables that are not in the file, each with the reason."""


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """A check-in and what became of it."""

    day: date
    state: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class PastTalk:
    """A talk through the bot; `contact` is who it was with, by number."""

    contact: int
    begun_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the tables hold about her besides her own record."""

    since: datetime
    reachable: bool = True
    answers: tuple[PastAnswer, ...] = ()
    cases: tuple[Alert, ...] = ()  # without those she may not hear of
    talks: tuple[PastTalk, ...] = ()
    letters: int = 0
    notes: int = 0
    messages: int = 0
    updates: int = 0
    moments: int = 0  # timers
    openings: int = 0  # rows of the audit about her
    invitations: int = 0


def sections(her: Resident, kept: Kept, knowledge: Knowledge, now: datetime) -> tuple[Section, ...]:
    """Everything, in the order in which she would ask for it; a section without a line is left out."""
    found = (
        (_("my file", "Who you are here"), tuple(_herself(her, kept))),
        (_("my file", "What you said yes to"), tuple(_consents(her))),
        (_("my file", "When I ask"), tuple(_rhythm(her))),
        (_("my file", "This chat and your phone"), tuple(_chat(her))),
        (_("my file", "Your contact persons, and what each sees"), tuple(_contacts(her))),
        (_("my file", "Check-ins"), tuple(_check_ins(kept))),
        (_("my file", "Times at which somebody was asked"), tuple(_cases(her, kept))),
        (_("my file", "Signs that something may be wrong"), tuple(_signs(her))),
        (_("my file", "Guides"), tuple(_guides(her, knowledge))),
        (_("my file", "Reminders and heavy days"), tuple(_days(her, knowledge))),
        (_("my file", "Your shared plan"), tuple(_plan(her, now))),
        (_("my file", "Calls and writing"), tuple(_calls(her, kept))),
        (_("my file", "Places and activities"), tuple(_places(her, knowledge))),
        (_("my file", "Numbers"), tuple(_numbers(kept))),
        (_("my file", "What is not here"), tuple(_not_here(knowledge))),
    )
    return tuple(section for section in found if section[1])


def _herself(her: Resident, kept: Kept) -> Iterable[Message]:
    yield _("my data", "What I call you: {name}", name=her.name or "–")
    yield _("my data", "The name your contact persons see: {alias}", alias=her.alias)
    yield _("my file", "Your number here: {number}", number=her.id)
    yield _("my file", "Language: {code}", code=her.locale)
    if her.below:
        yield _("my file", "Second language: {code}", code=her.below)
    yield _("my file", "Known since: {day}", day=kept.since.date())
    yield _("my file", "Joined: {answer}", answer=_yes(her.joined))
    yield _("my file", "My messages can reach you: {answer}", answer=_yes(kept.reachable))
    if her.last_sign is not None:
        yield _("my data", "The hour when you were last here: {moment}", moment=her.last_sign)
    yield _("my data", "And the number of this chat, so that I can answer you. It is kept locked.")


def _yes(answer: bool | None) -> Message:
    if answer is None:
        return _("my file", "not asked")
    return _("my file", "yes") if answer else _("my file", "no")


def _consents(her: Resident) -> Iterable[Message]:
    consent = her.consent
    yield _("my file", "Being asked how you are: {answer}", answer=_yes(consent.check_ins))
    yield _("my file", "Being read for signs of danger: {answer}", answer=_yes(consent.reading))
    yield _("my file", "A contact person being told: {answer}", answer=_yes(consent.telling))
    yield _(
        "my file", "Counting, without your name, which guides help: {answer}", answer=_yes(consent.counting)
    )


def _rhythm(her: Resident) -> Iterable[Message]:
    rhythm = her.rhythm
    days = tuple(DAY_NAMES[day] for day in rhythm.days if day in DAY_NAMES)
    yield _(
        "my file", "At {time} on {days}, on the clock of {zone}", time=rhythm.at, days=days, zone=rhythm.zone
    )
    yield _n(
        "my file",
        "After {count} day without an answer somebody may be told",
        "After {count} days without an answer somebody may be told",
        rhythm.missed_days,
    )
    yield _n("my file", "Unanswered now: {count} day", "Unanswered now: {count} days", her.missed)
    if her.paused_until is not None:
        yield _("my file", "Quiet until {moment}", moment=her.paused_until)
    yield _("my file", "Stopped: {answer}", answer=_yes(her.stopped))
    if her.not_asked_since is not None:
        yield _("my file", "I was too late to ask you since {day}", day=her.not_asked_since)
    if her.policy is not None:
        yield _(
            "my file", "Who is told when about you was set by the organisation, apart from the usual order."
        )


def _chat(her: Resident) -> Iterable[Message]:
    yield from my_chat.summary(her)
    yield from choosing_code.kept(her)
    if her.safer:
        yield _("my file", "You said you have done on your phone: {codes}", codes=", ".join(her.safer))


def _contacts(her: Resident) -> Iterable[Message]:
    agreed = {contact.id for contact in her.contacts}
    for contact in her.contacts:
        yield _("sight", "{name}, {kind}.", name=contact.name, kind=NAMES[contact.kind])
        yield my_contacts.sees(her, contact)
    for contact in her.proposed:
        if contact.id not in agreed:
            yield _("my file", "Proposed, without your yes: {name}", name=contact.name)
    for number, codes in her.sight:
        yield _(
            "my file",
            "You chose for number {number}: {codes}",
            number=number,
            codes=", ".join(codes) or "–",
        )


def _check_ins(kept: Kept) -> Iterable[Message]:
    for each in kept.answers:
        yield _("my file", "{day}: {answer}", day=each.day, answer=_answer(each))


_STATES: Final[Mapping[str, Message]] = {
    "asked": _("my file", "asked, no answer yet"),
    "answered": _("my file", "answered"),
    "skipped": _("my file", "skipped"),
    "missed": _("my file", "not answered"),
    "undelivered": _("my file", "my question did not arrive"),
}


def _answer(each: PastAnswer) -> Message:
    kind, _colon, rest = (each.answer or "").partition(":")
    if kind == "face":
        return _("my file", "{face} of 5, where 5 is best", face=rest)
    if kind == "words":
        return _("my file", "in your words: {words}", words=rest)
    return _STATES.get(each.state) or plain(each.state)


def _cases(her: Resident, kept: Kept) -> Iterable[Message]:
    names = {contact.id: contact.name for contact in her.contacts}
    for case in kept.cases:
        yield _(
            "my file",
            "Number {case}, {moment}: {level}",
            case=case.id,
            moment=case.raised_at,
            level=_level(case),
        )
        for code in case.reasons:
            yield _("my file", "Why, as they read it: {reason}", reason=alert_texts.reason(code, her.alias))
        asked = tuple(dict.fromkeys(names[told.contact] for told in case.told if told.contact in names))
        if asked:
            yield _("my file", "Asked: {names}", names=tuple(plain(name) for name in asked))
        yield _outcome(case)


_LEVELS: Final[Mapping[int, Message]] = {
    3: _("my file", "emergency"),
    2: _("my file", "urgent"),
    1: _("my file", "a quiet note"),
}
_OUTCOMES: Final[Mapping[str, Message]] = {
    "safe": _("my file", "Ended: somebody reached you, and you were safe"),
    "mistaken": _("my file", "Ended: it was a mistake"),
    "answered": _("my file", "Ended: you answered"),
}


def _level(case: Alert) -> Message:
    return _LEVELS.get(case.level, _LEVELS[3])


def _outcome(case: Alert) -> Message:
    if case.closed_at is None:
        return _("my file", "It is still open")
    return _OUTCOMES.get(case.outcome) or _("my file", "Ended")


def _signs(her: Resident) -> Iterable[Message]:
    for heard in her.heard:
        yield _("my file", "Heard, {moment}: {what}", moment=heard.at, what=_category(heard.category))
    for category, at in her.asked:
        yield _("my file", "I asked you about it, {moment}: {what}", moment=at, what=_category(category))
    if her.question is not None:
        yield _("my file", "A question is open: {what}", what=_category(her.question.category))
    for category in her.unsure:
        yield _("my file", "I want to ask about it softly: {what}", what=_category(category))
    for at in her.nights:
        yield _("my file", "You wrote at night: {moment}", moment=at)
    for day, face in her.faces:
        yield _("my file", "What is usual for you: {day}, {face} of 5", day=day, face=face)
    if her.told_at is not None:
        yield _("my file", "What was told about you last, {moment}:", moment=her.told_at)
    for code in her.told:
        yield alert_texts.reason(code, her.alias)


def _category(code: str) -> Message:
    known = CATEGORY_NAMES.get(code.partition(".")[0])
    return known if known is not None else plain(code)


def _guides(her: Resident, knowledge: Knowledge) -> Iterable[Message]:
    for walk in her.walks:
        page = len(walk.trail) + 1
        yield _("my file", "{guide}: you are on page {page}", guide=_title(walk.guide, knowledge), page=page)
    for guide in her.finished:
        yield _("my file", "{guide}: read to its end", guide=_title(guide, knowledge))
    for mark in her.judged:
        yield _("my file", "{guide}: you said whether it helped", guide=_title(mark, knowledge))
    for mark in her.ticks:
        yield _("my file", "{guide}: you ticked off something to bring", guide=_title(mark, knowledge))
    plan = her.plan
    if plan.since is not None:
        yield _("my file", "Your first year began: {day}", day=plan.since)
    for guide in plan.later:
        yield _("my file", "{guide}: later", guide=_title(guide, knowledge))
    for guide in plan.not_for_me:
        yield _("my file", "{guide}: not for you", guide=_title(guide, knowledge))


def _title(mark: str, knowledge: Knowledge) -> Message:
    """`mark` is a guide, or a guide and something in it."""
    guide = mark.partition(":")[0]
    return knowledge.guides[guide].title if guide in knowledge.guides else plain(guide)


def _days(her: Resident, knowledge: Knowledge) -> Iterable[Message]:
    for errand in her.errands:
        title = _title(errand.guide, knowledge)
        yield _(
            "my file", "Reminder on {day}: {guide} ({step})", day=errand.on, guide=title, step=errand.step
        )
    for name in her.traditions:
        yield _("my file", "Heavy days: {name}", name=TRADITIONS.get(name) or plain(name))
    for each in her.hard_days:
        yield _(
            "my file", "A heavy day of yours: {day} {name}", day=f"{each.day}/{each.month}", name=each.name
        )


def _plan(her: Resident, now: datetime) -> Iterable[Message]:
    view = sip_texts.View("sp", her.id, "", her.contacts, local_day(now, her.rhythm.zone))
    return (sip_texts.line(entry, view) for entry in her.sip)


def _calls(her: Resident, kept: Kept) -> Iterable[Message]:
    names = {contact.id: contact.name for contact in her.proposed}
    for call in her.calls:
        yield _("my file", "{name} has promised to get in touch: {moment}", name=call.name, moment=call.at)
    if her.talk is not None:
        yield _("my file", "You write with {name} now.", name=her.talk.name)
    for talk in kept.talks:
        name = names.get(talk.contact, "–")
        yield _("my file", "You wrote with {name}, from {moment}", name=name, moment=talk.begun_at)
        if talk.closed_at is not None:
            yield _("my file", "It ended {moment}", moment=talk.closed_at)
    if kept.letters:
        yield _n(
            "my file",
            "{count} message passed on between you, without its words",
            "{count} messages passed on between you, without their words",
            kept.letters,
        )


def _places(her: Resident, knowledge: Knowledge) -> Text:
    waiting = len(her.activities_waiting)
    waits = _n(
        "my file",
        "{count} activity I have not told you about yet",
        "{count} activities I have not told you about yet",
        waiting,
    )
    return (*near.kept(her, knowledge), *((waits,) if waiting else ()))


def _numbers(kept: Kept) -> Iterable[Message]:
    yield _n(
        "my data",
        "{count} note that your contact persons wrote for each other; ask {organisation} to see it",
        "{count} notes that your contact persons wrote for each other; ask {organisation} to see them",
        kept.notes,
    )
    yield _(
        "my file",
        "Messages of the last days, without their words: {mine} of mine, {yours} of yours",
        mine=kept.messages,
        yours=kept.updates,
    )
    yield _("my file", "Moments at which I look again what is to be done: {count}", count=kept.moments)
    yield _("my file", "Invitations that were made for you: {count}", count=kept.invitations)
    yield _(
        "my file",
        "Times at which somebody who may opened something of yours: {count}",
        count=kept.openings,
    )


def _not_here(knowledge: Knowledge) -> Iterable[Message]:
    yield _(
        "my file",
        "I do not show everything here, because somebody else may be holding this phone. "
        "Ask {organisation} to see all of it.",
        organisation=knowledge.organisation,
    )
