"""
Who is reading? Before what is hers alone shows, she writes a number or word that only she knows (R37, S4, S5).

For those who chose such a check; for everybody else all stays as it is. It promises: what stands in no line of `DOORS`
shows only after her own code; help, hiding, stopping and words of danger never wait for it; and a second code (R25) is
answered word for word like the first, while what it opens is the front room and people are told a moment later.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from dialogs import check_in, covert, front_room, lock, menu, talk
from dialogs.alert import Track
from dialogs.codes import Code, read
from dialogs.effects import ClearChat, DeleteWritten, Effect, RaiseAlert, Say, SetTimer
from dialogs.events import Event, LetterCame, LetterPassed, Pressed, Sent, Started, Timer, Wrote
from dialogs.front_room import Onward
from dialogs.knowledge import Knowledge
from dialogs.lock import Entry, Lock
from dialogs.outcome import Outcome, say
from dialogs.people import Person, Place, Resident
from dialogs.risk import behaviour
from dialogs.text import Message, _
from dialogs.words import Word


class Door(StrEnum):
    """What has to be shown first."""

    ALWAYS = "always"  # help, and what must never wait: nothing is asked, whoever it is
    HELP = "help"  # the same, but not where somebody else is taken to be reading: it names people
    HARMLESS = "harmless"  # shown to anybody, in the front room; after a long silence it is asked first
    HERS = "hers"  # after her own code only


DOORS: Final[Mapping[str, Door]] = {
    "someone": Door.ALWAYS,
    "p:hide": Door.ALWAYS,
    "p:stop": Door.ALWAYS,
    "ci": Door.ALWAYS,  # a face is an answer; what follows from it is under `cw`
    "l": Door.ALWAYS,
    "set:language": Door.ALWAYS,
    "lock": Door.ALWAYS,
    "q": Door.HELP,  # the answer to a question about danger that was just asked
    "company": Door.HELP,
    "menu": Door.HARMLESS,
    "help": Door.HARMLESS,
    "g": Door.HARMLESS,  # but for what `front_room.is_harmless` does not know
    "set": Door.HARMLESS,  # the page itself, as it is in the front room; what it leads to is hers
    "p:resume": Door.HARMLESS,
    "set:pause-over": Door.HARMLESS,
    # hers: what anybody may know from here could lead to her, or says why she is here
    "set:more": Door.HERS,  # all her settings: what she agreed to, times, pauses
    "set:contacts": Door.HERS,
    "set:contact": Door.HERS,
    "set:see": Door.HERS,
    "set:consent": Door.HERS,
    "set:privacy": Door.HERS,
    "set:pause": Door.HERS,  # a pause would keep silence from being noticed
    "t": Door.HERS,
    "p": Door.HERS,  # who can read what, what is kept, erasing
    "p:mydata": Door.HERS,
    "p:file": Door.HERS,
    "p:file-keep": Door.HERS,
    "ph": Door.HERS,  # what she has done on her phone
    "chat": Door.HERS,
    "p:forget": Door.HERS,
    "p:erase": Door.HERS,
    "told": Door.HERS,
    "tk": Door.HERS,  # letters that wait, and who writes
    "talk": Door.HERS,
    "sp": Door.HERS,  # the shared plan
    "e": Door.HERS,  # reminders, and what they are about
    "hd": Door.HERS,
    "plan": Door.HERS,
    "near": Door.HERS,  # places, with their phone numbers
    "act": Door.HERS,
    "words": Door.HERS,
    "ca": Door.HERS,  # calls that were promised
    "cw": Door.HERS,  # what weighs
    "q-open": Door.HERS,
    "cw-word": Door.HERS,
    "who": Door.HERS,
}
"""
The one table of what needs the check, by what a button's data begins with; the longest line counts.

What stands nowhere here needs it too.
"""

TOPICS: Final[Mapping[Word, str]] = {
    Word.START: "menu",
    Word.MENU: "menu",
    Word.GUIDES: "g:list",
    Word.CHECK_IN: "ci:now",
    Word.SOMEONE: "someone",
    Word.SETTINGS: "set",
    Word.HIDE: "p:hide",
    Word.LANGUAGE: "set:language",
    Word.PAUSE: "set:pause",
    Word.RESUME: "set:pause-over",
    Word.PRIVACY: "p",
    Word.MY_DATA: "p:mydata",
    Word.MY_FILE: "p:file",
    Word.PHONE: "ph",
    Word.FORGET: "p:forget",
    Word.STOP: "p:stop",
    Word.HELP: "help",
    Word.TALK: "talk",
    Word.END_TALK: "tk:end",
    Word.SHOW: "tk:show",
    Word.NEAR: "near",
    Word.PLAN: "sp",
    Word.LOCK: "lock",
}
"""The button that does the same, so that a typed word is let in where its button is."""


def door_of(topic: str) -> Door:
    """What has to be shown before this."""
    parts = topic.split(":")
    if parts[0] == "g":
        return Door.HARMLESS if front_room.is_harmless(parts) else Door.HERS
    if parts[0] == "set" and len(parts) > 1 and topic not in DOORS:
        return Door.HERS
    lines = (":".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((DOORS[line] for line in lines if line in DOORS), Door.HERS)


# --- what the door asks ---


def looks_at(resident: Resident, event: Wrote, now: datetime) -> Code | None:
    """What scrypt is to be worked on, where what she wrote may be a code of hers, or the one she is just choosing."""
    mine = resident.lock
    if mine is None or event.edited or event.word is not None:
        return None
    code = read(event.text)
    if resident.place in CHOOSING:
        return code
    if code is None or not mine.is_set or mine.is_shut(now):
        return None
    asked = mine.is_asked(now)
    if code.digits:
        answers = resident.place is Place.TIME and mine.is_open(now) and not asked
        return code if (mine.own_digits or mine.second_digits) and not answers else None
    return code if not (mine.own_digits and mine.second_digits) and (asked or mine.covered) else None


CHOOSING: Final = (Place.CODE, Place.SECOND_CODE)


def is_covered(person: Person) -> bool:
    """Whether nothing that others have for her may come into her chat."""
    return isinstance(person, Resident) and person.lock is not None and person.lock.covered


# --- the guard ---


def guarded(
    resident: Resident, event: Event, now: datetime, knowledge: Knowledge, onward: Onward
) -> Outcome[Resident]:
    """Decide about an event: by the conversation where she may be taken for herself, else by the front room."""
    mine = resident.lock
    if mine is None:
        return onward(resident, event, knowledge)
    waiting = _alerts(resident, mine.calls)
    rested = _with(resident, replace(mine, calls=()))
    if not mine.is_set:
        return onward(rested, event, knowledge).after(*waiting)
    match event:
        case Wrote() | Pressed() | Sent() | Started():
            outcome = _hers(rested, event, now, knowledge, onward)
        case _:
            outcome = _from_others(rested, event, now, knowledge, onward)
    return (_unheard(outcome) if mine.covered else outcome).after(*waiting)


def _with(resident: Resident, mine: Lock) -> Resident:
    return replace(resident, lock=mine)


def _lock(resident: Resident) -> Lock:
    return resident.lock or Lock()


def _alerts(resident: Resident, calls: tuple[str, ...]) -> tuple[RaiseAlert, ...]:
    """What a code led to is told at the next moment, whatever that moment brings."""
    found: list[RaiseAlert] = []
    if covert.COVERT in calls:
        found.append(RaiseAlert(Track.URGENT, 3, covert.REASONS))
    if lock.TRIED in calls and resident.can_be_told():
        found.append(RaiseAlert(Track.QUIET, 1, (lock.TRIED,)))
    return tuple(found)


def with_calls(outcome: Outcome[Resident]) -> Outcome[Resident]:
    """The same where nothing is shown anyway: what a code led to need not wait for the next moment."""
    return outcome.then(*_alerts(outcome.person, _lock(outcome.person).calls))


def _unheard(outcome: Outcome[Resident]) -> Outcome[Resident]:
    """Whatever alert comes of what is done there: no word about it comes into that chat."""
    return replace(outcome, effects=tuple(_silent(effect) for effect in outcome.effects))


def _silent(effect: Effect) -> Effect:
    if isinstance(effect, RaiseAlert) and covert.COVERT not in effect.reasons:
        return replace(effect, reasons=(*effect.reasons, covert.COVERT))
    return effect


def _from_others(
    resident: Resident, event: Event, now: datetime, knowledge: Knowledge, onward: Onward
) -> Outcome[Resident]:
    mine = _lock(resident)
    if mine.is_open(now):
        return onward(resident, event, knowledge)
    if isinstance(event, LetterCame):  # she may not be the one who looks at the chat
        resident = _looking_away(resident)
    outcome = onward(resident, event, knowledge)
    if isinstance(event, LetterPassed) and outcome.effects:
        return Outcome(outcome.person, (say(_("who reads", "Passed on.")),))
    return outcome


def _looking_away(resident: Resident) -> Resident:
    return replace(resident, talk=replace(resident.talk, active_at=None)) if resident.talk else resident


def last_look(resident: Resident, event: Event, outcome: Outcome[Resident]) -> Outcome[Resident]:
    """What others have for her, all of it: where it is covered, nothing comes into her chat but neutral lines."""
    if not is_covered(resident) or isinstance(event, Wrote | Pressed | Sent | Started):
        return outcome
    return front_room.held_back(event, outcome)


# --- what is done in her chat ---


def _hers(
    resident: Resident,
    event: Wrote | Pressed | Sent | Started,
    now: datetime,
    knowledge: Knowledge,
    onward: Onward,
) -> Outcome[Resident]:
    mine = _lock(resident)
    if isinstance(event, Wrote) and event.derived is not None and resident.place not in CHOOSING:
        return _code_written(resident, event, lock.entered(mine, event.derived), now, knowledge, onward)
    return _done(resident, event, now, knowledge, onward)


def _code_written(
    resident: Resident, event: Wrote, entry: Entry, now: datetime, knowledge: Knowledge, onward: Onward
) -> Outcome[Resident]:
    """The own and the second one go the same way to the last word; one bit of what is sealed differs."""
    before = _lock(resident)
    afterwards = {
        Entry.OWN: lock.opened(before, now),
        Entry.SECOND: lock.covered(before, now, covert.REASONS),
        Entry.WRONG: lock.missed(before, now),
    }[entry]
    here = _with(check_in.touched(_put_down(resident)), afterwards)
    if entry is not Entry.WRONG or (before.is_asked(now) and afterwards.is_shut(now)):
        return _let_in(here, event, now, back=entry is Entry.OWN and before.covered)
    return _wrong(resident, _with(resident, afterwards), event, now, knowledge, onward)


def _let_in(resident: Resident, event: Wrote, now: datetime, *, back: bool) -> Outcome[Resident]:
    """The same for both, and for who has guessed too often. What is to be told follows with the timer, for all."""
    home = menu.home(replace(resident, place=Place.MENU))
    waits = talk.waiting(resident) if back else ()
    return home.after(DeleteWritten(event.message), SetTimer(Timer.CODE, now)).then(*waits)


def _wrong(
    before: Resident, resident: Resident, event: Wrote, now: datetime, knowledge: Knowledge, onward: Onward
) -> Outcome[Resident]:
    """Not at the question it may be an hour, or a number of a house: then it is answered as what else it may be."""
    mine = _lock(before)
    if mine.is_open(now):
        counted = before if talk.takes(before) else resident
        return _done(counted, event, now, knowledge, onward)
    letter = talk.takes(before) and not mine.covered and not mine.is_asked(now)
    kept = letter or (mine.covered and not event.text.strip()[:1].isdecimal())
    gone = () if kept else (DeleteWritten(event.message),)
    if mine.is_asked(now) and not mine.covered and not _heard(resident, event.text, knowledge):
        return _ask(resident, now, _again()).after(*gone)
    return _done(resident, event, now, knowledge, onward).after(*gone)


def _done(
    resident: Resident,
    event: Wrote | Pressed | Sent | Started,
    now: datetime,
    knowledge: Knowledge,
    onward: Onward,
) -> Outcome[Resident]:
    """What was done is no code."""
    mine = _lock(resident)
    script = _script(resident, event)
    other_hand = mine.in_another_hand(script, now)
    back = (mine.is_back(now) or other_hand) and not (mine.covered or mine.is_shut(now))
    acted = lock.written(lock.acted(lock.closed(mine) if other_hand else mine, now), script, now)
    here = _with(resident, acted)
    if acted.is_open(now):
        return _still_hers(resident, onward(here, event, knowledge))
    return _closed(check_in.touched(_put_down(here)), event, now, knowledge, onward, back=back)


def _still_hers(before: Resident, outcome: Outcome[Resident]) -> Outcome[Resident]:
    """Another language and an emptied chat are reasons to ask again."""
    after = outcome.person
    emptied = any(isinstance(effect, ClearChat) for effect in outcome.effects)
    if after.lock is None or not (emptied or after.locale != before.locale):
        return outcome
    return replace(outcome, person=_with(after, lock.closed(after.lock)))


def _script(resident: Resident, event: Event) -> str:
    """Of what was written in her own words to the bot: letters to somebody else may be in any language."""
    if not isinstance(event, Wrote) or event.word is not None or event.text.startswith("/"):
        return ""
    return "" if talk.takes(resident) else behaviour.script_of(event.text)


def _put_down(resident: Resident) -> Resident:
    """Whatever question was open, somebody else might answer it; her own words to a check-in are no page of hers."""
    if resident.place is Place.ANSWER:
        return resident
    return replace(resident, place=Place.MENU, asking="")


# --- closed ---


def _closed(
    resident: Resident,
    event: Wrote | Pressed | Sent | Started,
    now: datetime,
    knowledge: Knowledge,
    onward: Onward,
    *,
    back: bool,
) -> Outcome[Resident]:
    topic = _topic(resident, event)
    if topic is not None:
        return _topic_closed(resident, topic, now, knowledge, onward, back=back)
    if _lock(resident).covered:
        return _covered(resident, event, now, knowledge)
    text = event.text if isinstance(event, Wrote) else event.caption if isinstance(event, Sent) else ""
    asks = back and not _heard(resident, text, knowledge)
    if talk.takes(resident):
        letter = front_room.unnamed(_letter(resident, event, knowledge, onward))
        return _asking_too(letter, now) if asks else letter
    outcome = front_room.unnamed(onward(resident, event, front_room.narrowed(knowledge)))
    answered = resident.place is Place.ANSWER or covert.is_hers(resident, text)
    return _ask(outcome.person, now) if asks and not answered else outcome


def _asking_too(outcome: Outcome[Resident], now: datetime) -> Outcome[Resident]:
    question = _ask(outcome.person, now)
    return question.after(*outcome.effects)


def _topic(resident: Resident, event: Event) -> str | None:
    """What was pressed, or what a typed word stands for; None for words of her own."""
    match event:
        case Pressed(data):
            return data
        case Started():
            return TOPICS[Word.START]
        case Wrote(word=word) if word is not None and not event.edited:
            there = replace(resident, talk=None) if _lock(resident).covered else resident
            return TOPICS.get(word) if talk.is_for_the_bot(there, word, event.text) else None
        case _:
            return None


def _topic_closed(
    resident: Resident,
    topic: str,
    now: datetime,
    knowledge: Knowledge,
    onward: Onward,
    *,
    back: bool,
) -> Outcome[Resident]:
    mine, door = _lock(resident), door_of(topic)
    quiet = mine.covered or mine.is_shut(now)
    if door is Door.HERS or (door is Door.HELP and mine.covered):
        return front_room.nothing(resident) if quiet else _ask(resident, now)
    if door is Door.HARMLESS and back:
        return _ask(resident, now)
    here = _with(resident, replace(mine, asked_at=None))
    return front_room.unnamed(front_room.show(here, topic, now, knowledge, onward))


def _covered(resident: Resident, event: Event, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    match event:
        case Wrote():
            return front_room.covered_words(resident, event, now, knowledge)
        case Sent():
            return front_room.covered_file(resident, event, now, knowledge)
        case _:
            return menu.home(resident)


def _letter(resident: Resident, event: Event, knowledge: Knowledge, onward: Onward) -> Outcome[Resident]:
    """A letter of hers is passed on, whoever holds the phone: a human reads it. What waits for her stays veiled."""
    veiled = resident.talk is not None and resident.talk.veiled
    bare = replace(resident, talk=replace(resident.talk, veiled=False)) if resident.talk else resident
    outcome = onward(bare, event, front_room.narrowed(knowledge))
    after = outcome.person
    if after.talk is None:
        return outcome
    return replace(outcome, person=replace(after, talk=replace(after.talk, veiled=veiled)))


def _heard(resident: Resident, text: str, knowledge: Knowledge) -> bool:
    """Whether something in it may be danger: then that is answered, and nothing is asked."""
    return resident.consent.reading is True and text != "" and knowledge.reader.read(text).level > 0


# --- the question ---


def _ask(resident: Resident, now: datetime, *before: Message) -> Outcome[Resident]:
    """Says nothing about why; her next words are taken for the answer."""
    asked = _with(_put_down(resident), replace(_lock(resident), asked_at=now))
    return Outcome(replace(asked, place=Place.MENU), _question(*before))


def _question(*before: Message) -> tuple[Say, ...]:
    question = _("who reads", "Hello. Please write your short number or word.")
    return (say(*before, question, menu=True),)


def _again() -> Message:
    return _("who reads", "That was another one.")
