"""
The talk, as a resident has it: what she writes goes to one contact person, and the bot is silent meanwhile.

It promises: her words are passed on only while a talk is open, and to nobody else; what she gets shows nothing before
a tap, unless she is writing at that moment; reading for danger goes on where she agreed to it; a word, a button or a
day without a letter ends it. What is passed on is kept nowhere longer than until it is opened.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from dialogs import menu, neutral, talk_texts
from dialogs.alert import Track
from dialogs.effects import (
    CheckHours,
    Effect,
    EndTalk,
    KeepLetter,
    OpenLetters,
    PassEdit,
    PassOn,
    Purpose,
    RaiseAlert,
    Say,
    SetTimer,
    StopTimer,
    Toast,
)
from dialogs.events import (
    HoursChecked,
    Kind,
    LetterCame,
    LetterLost,
    LetterPassed,
    LettersOpened,
    Sent,
    TalkBegun,
    TalkOver,
    Timer,
)
from dialogs.kinds import NAMES
from dialogs.letters import LARGEST_FILE, Letter, TalkNow
from dialogs.outcome import Outcome, say
from dialogs.people import Place, Resident
from dialogs.schedule import local_day, zone_of
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _
from dialogs.words import Word

ENDS_AFTER: Final = timedelta(hours=24)
LOOKS_FOR: Final = timedelta(minutes=3)
"""So long after her own last act she is taken to look at the chat, and a letter is shown at once."""
ACK_AGAIN_AFTER: Final = timedelta(minutes=30)
VEIL_AGAIN_AFTER: Final = timedelta(hours=6)
SILENT_FOR: Final = timedelta(hours=2)
"""So long after the last letter the bot asks and reminds nothing of its own."""
LATEST: Final = time(21, 0)
STILL_WORDS: Final = frozenset(
    {Word.GUIDES, Word.CHECK_IN, Word.SOMEONE, Word.SETTINGS, Word.HIDE, Word.END_TALK, Word.SHOW}
)
"""What stands on her keyboard, and the words of the talk itself. "Stop" or "go on" may be meant for a human."""


def is_for_the_bot(resident: Resident, word: Word | None, text: str) -> bool:
    """Whether a known word is meant as one; outside a talk it is, but "end this" has nothing to end and is read."""
    if text.startswith("/"):
        return True
    return word in STILL_WORDS if resident.talk is not None else word is not Word.END_TALK


def takes(resident: Resident) -> bool:
    """Whether her free words go to the talk: not while she answers a question she opened herself."""
    return resident.talk is not None and (not resident.joined or resident.place is Place.MENU)


def wrote(
    resident: Resident, letter: Letter, risky: Outcome[Resident] | None, now: datetime
) -> Outcome[Resident]:
    """Pass it on; of what follows from danger, all that tells somebody or saves a life, and no question."""
    talk = resident.talk
    if talk is None:
        return Outcome(resident)
    alarm = _alarm(risky)
    heard = replace(alarm.person, question=resident.question) if alarm else resident
    if _was_for_somebody_else(talk, letter, now):
        return Outcome(heard, (say(_too_early(talk.name)), *(alarm.effects if alarm else ())))
    here = replace(heard, talk=replace(talk, active_at=now, last_at=now, veiled=False))
    waiting = [OpenLetters()] if talk.veiled else []
    passed: tuple[Effect, ...] = (*waiting, PassOn(talk.id, letter), SetTimer(Timer.TALK, now + ENDS_AFTER))
    return Outcome(here, (*passed, *(alarm.effects if alarm else ())))


def _was_for_somebody_else(talk: TalkNow, letter: Letter, now: datetime) -> bool:
    """It was written before she could read who is here now; Telegram tells moments to the second."""
    return talk.begun_at is not None and letter.at <= talk.begun_at.replace(microsecond=0) and letter.at < now


def _too_early(name: str) -> Message:
    return _(
        "talk",
        "I did not pass that on: you wrote it before {name} was here. If it is for {name}, please write it again.",
        name=name,
    )


def _alarm(risky: Outcome[Resident] | None) -> Outcome[Resident] | None:
    if risky is None or not any(isinstance(effect, RaiseAlert) for effect in risky.effects):
        return None
    return replace(risky, effects=tuple(effect for effect in risky.effects if _is_grave(effect)))


def _is_grave(effect: Effect) -> bool:
    match effect:
        case Say(purpose=purpose):
            return purpose is Purpose.EMERGENCY
        case SetTimer(timer):
            return timer is not Timer.QUESTION
        case _:
            return True


def edited(resident: Resident, message: int, text: str, at: datetime) -> tuple[Effect, ...]:
    """A changed message is passed on as changed, where it was passed on before."""
    return (PassEdit(message, text, at),) if resident.talk is not None else ()


def sent(
    resident: Resident, event: Sent, risky: Outcome[Resident] | None, now: datetime
) -> Outcome[Resident]:
    """A picture, a voice message, a file; other kinds are not passed on, and she hears so."""
    if event.kind is Kind.FORWARD and event.caption:
        passed_on = Letter(event.caption, event.at or now, message=event.message, forwarded=True)
        return wrote(resident, passed_on, risky, now)
    if event.size > LARGEST_FILE:
        return Outcome(resident, (say(talk_texts.too_large()),))
    if not event.file:
        return Outcome(resident, (say(talk_texts.cannot_pass()),))
    return wrote(resident, file_letter(event, now), risky, now)


def file_letter(event: Sent, now: datetime) -> Letter:
    """A file on its way to somebody else."""
    return Letter(
        event.caption,
        event.at or now,
        message=event.message,
        kind=event.kind.value,
        file=event.file,
        ending=event.ending,
    )


def begun(resident: Resident, event: TalkBegun, now: datetime) -> Outcome[Resident]:
    """Somebody is there. It comes unasked, so it says nothing about what for; she can end it with one tap."""
    place = Place.MENU if resident.joined else resident.place
    here = replace(
        resident, place=place, talk=TalkNow(event.talk, event.contact, event.name, now, begun_at=now)
    )
    text: Text = (
        neutral.is_here(event.name),
        _(
            "talk",
            "What you write here goes to {name} until one of you ends it. I am quiet meanwhile.",
            name=event.name,
        ),
    )
    buttons = rows(
        Button(_("talk", "Who is that?"), "tk:who"),
        Button(_("talk", "End this"), "tk:end"),
        width=2,
    )
    ask = Say(text, buttons, purpose=Purpose.NOTE)
    return Outcome(here, (ask, SetTimer(Timer.TALK, now + ENDS_AFTER)))


def came(resident: Resident, event: LetterCame, now: datetime) -> Outcome[Resident]:
    """A letter for her: shown while she writes, else only that there is something."""
    talk = resident.talk
    if talk is None or talk.id != event.talk:
        return Outcome(resident)
    looks = talk.active_at is not None and now - talk.active_at < LOOKS_FOR
    timer = SetTimer(Timer.TALK, now + ENDS_AFTER)
    if looks and not talk.veiled:
        here = replace(resident, talk=replace(talk, last_at=now))
        return Outcome(here, (timer, *talk_texts.letter(event.letter, event.relay)))
    announced = talk.veiled and now - talk.last_at < VEIL_AGAIN_AFTER
    here = replace(resident, talk=replace(talk, last_at=now, veiled=True))
    kept: tuple[Effect, ...] = (timer, KeepLetter(event.relay, event.letter))
    return Outcome(here, kept if announced else (*kept, _veil(event.relay)))


def _veil(relay: int) -> Say:
    show = rows(Button(_("talk", "Show"), "tk:show"))
    return Say((neutral.something_new(),), show, purpose=Purpose.RELAY, relay=relay, stays=True)


def waiting(resident: Resident) -> tuple[Say, ...]:
    """That there is something, where letters came while nothing was said about them."""
    if resident.talk is None or not resident.talk.veiled:
        return ()
    return (say(neutral.something_new(), keyboard=rows(Button(_("talk", "Show"), "tk:show"))),)


def opened(resident: Resident, event: LettersOpened, now: datetime) -> Outcome[Resident]:
    """All that waited, in order, the first in the place of the message that announced it."""
    talk = resident.talk
    here = replace(resident, talk=replace(talk, active_at=now, veiled=False)) if talk else resident
    if not event.letters:
        return Outcome(here, (Toast((_("talk", "There is nothing new here."),)),))
    effects = [effect for relay, letter in event.letters for effect in talk_texts.letter(letter, relay)]
    return Outcome(here, (*_in_place(effects), *_how_to_answer(here)))


def _in_place(effects: Sequence[Effect]) -> Sequence[Effect]:
    """What she taps becomes the first letter; where that is a file, the file comes below."""
    first = effects[0]
    return [replace(first, in_place=True), *effects[1:]] if isinstance(first, Say) else effects


def _how_to_answer(resident: Resident) -> list[Effect]:
    if resident.talk is not None:
        return []
    return [
        say(
            _("talk", "That talk is over. To get in touch again, write “someone”."),
            keyboard=rows(menu.SOMEONE),
        )
    ]


def passed(resident: Resident, event: LetterPassed, now: datetime) -> Outcome[Resident]:
    """She hears that it was passed on, now and then; outside the other's hours also when it will be read (S16)."""
    talk = resident.talk
    if talk is None or (talk.acked_at is not None and now - talk.acked_at < ACK_AGAIN_AFTER):
        return Outcome(resident, _about_file(event))
    here = replace(resident, talk=replace(talk, acked_at=now))
    ack = Say(_passed_on(talk.name, event.reads_at, now), _end())
    return Outcome(here, (ack, *_about_file(event)))


def _about_file(event: LetterPassed) -> tuple[Effect, ...]:
    return (say(talk_texts.document_may_tell()),) if event.document else ()


def _passed_on(name: str, reads_at: datetime | None, now: datetime) -> Text:
    if reads_at is not None and reads_at <= now:
        return (_("talk", "Passed on to {name}.", name=name),)
    return (*_reads_later(name, reads_at), any_hour())


def _reads_later(name: str, reads_at: datetime | None) -> Text:
    if reads_at is None:
        return (_("talk", "Passed on to {name}, who is away at the moment.", name=name),)
    return (_("talk", "Passed on to {name}, who reads again from {time} on.", name=name, time=reads_at),)


def any_hour() -> Message:
    """What is open round the clock."""
    return _(
        "talk",
        "If you need somebody before that: write “someone”, or talk to {violence_line} at any hour. "
        "In danger, call {emergency}.",
    )


def _end() -> Keyboard:
    return rows(Button(_("talk", "End this"), "tk:end"))


def failed(resident: Resident, event: LetterLost) -> Outcome[Resident]:
    """She must not believe that it was read. Another person is one tap away."""
    text = talk_texts.lost(event.who, event.how)
    return Outcome(resident, (Say((text,), rows(menu.SOMEONE), purpose=Purpose.NOTE),))


def press(resident: Resident, data: str) -> Outcome[Resident]:
    """Take `tk:…`."""
    match data.split(":")[1:]:
        case ["show"]:
            return show(resident)
        case ["end"]:
            return end(resident)
        case ["who"]:
            return _who(resident)
        case _:
            return Outcome(resident, (Toast((menu.old_button(),)),))


def show(resident: Resident) -> Outcome[Resident]:
    """What waits for her."""
    return Outcome(resident, (OpenLetters(),))


def end(resident: Resident) -> Outcome[Resident]:
    """She ends it; the other hears only that it is over."""
    if resident.talk is None:
        return Outcome(resident, (Toast((_("talk", "Nobody is writing with you here at the moment."),)),))
    return Outcome(resident, (EndTalk(resident.talk.id, "resident"),))


def _who(resident: Resident) -> Outcome[Resident]:
    talk = resident.talk
    if talk is None:
        return end(resident)
    text: Text = (
        _known(resident, talk),
        _(
            "talk",
            "{name} sees the agreed name {alias} and what you write here. "
            "{name} sees neither your account nor your number, and you see neither of {name}’s.",
            name=talk.name,
            alias=resident.alias,
        ),
        _("talk", "I keep nothing of it once it is passed on. Telegram can technically read this chat."),
    )
    return Outcome(resident, (say(*text, keyboard=_end()),))


def _known(resident: Resident, talk: TalkNow) -> Message:
    """By name and kind; a coordinator who has a case of hers is none of her contact persons."""
    who = next((each for each in resident.proposed if each.id == talk.contact), None)
    if who is None:
        return _("talk", "{name} works with {organisation}.", name=talk.name)
    return _("talk", "{name}: {kind}.", name=talk.name, kind=NAMES[who.kind])


def over(resident: Resident, event: TalkOver) -> Outcome[Resident]:
    """The bot is back. Where somebody else ended it, it comes unasked and says nothing about what it was."""
    if resident.talk is None or resident.talk.id != event.talk:
        return Outcome(resident)
    name = resident.talk.name
    here = replace(resident, talk=None)
    stop = StopTimer(Timer.TALK)
    if event.why in ("replaced", "stopped"):  # the next one is announced, or she was told already
        return Outcome(here, (stop,))
    if event.why == "resident":
        text = _("talk", "It is over. What you write now goes to nobody but me.")
        return Outcome(here, (stop, say(text)))
    if event.why == "lost":
        text = _(
            "talk",
            "That was not passed on: {name} is not there any more. Write “someone” to get a person.",
            name=name,
        )
        return Outcome(here, (stop, say(text, keyboard=rows(menu.SOMEONE))))
    return Outcome(here, (stop, Say((neutral.has_gone(name),), purpose=Purpose.NOTE)))


def timer_fell(resident: Resident, now: datetime) -> Outcome[Resident]:
    """A day without a letter ends a talk."""
    talk = resident.talk
    if talk is None:
        return Outcome(resident)
    if now - talk.last_at < ENDS_AFTER:
        return Outcome(resident, (SetTimer(Timer.TALK, talk.last_at + ENDS_AFTER),))
    return Outcome(resident, (EndTalk(talk.id, "time"),))


def looked_away(resident: Resident) -> Resident:
    """She hid the chat: what comes now waits until she opens it."""
    return replace(resident, talk=replace(resident.talk, active_at=None)) if resident.talk else resident


def is_lively(resident: Resident, now: datetime) -> bool:
    """Whether the bot shall not interrupt."""
    return resident.talk is not None and now - resident.talk.last_at < SILENT_FOR


def later_today(resident: Resident, now: datetime) -> datetime | None:
    """In an hour, where that is still her day; None: not today any more."""
    later = now + timedelta(hours=1)
    zone = resident.rhythm.zone
    if local_day(later, zone) != local_day(now, zone) or later.astimezone(zone_of(zone)).time() > LATEST:
        return None
    return later


def ask(resident: Resident) -> Outcome[Resident]:
    """She would like to write with somebody: a quiet word to a contact person, and when somebody will read it."""
    if resident.talk is not None:
        text = _("talk", "{name} is here already: just write.", name=resident.talk.name)
        return Outcome(resident, (say(text, keyboard=_end()),))
    return Outcome(resident, (RaiseAlert(Track.QUIET, 1, ("talk",)), CheckHours()))


def hours_checked(resident: Resident, event: HoursChecked, now: datetime) -> Outcome[Resident]:
    """The answer to `ask`; what is shown of hours is what the ladder holds (R24)."""
    asked = _(
        "talk", "I have asked {contact} to write with you here.", contact=menu.names(resident.contacts[:1])
    )
    if event.reads_at is None or event.reads_at <= now:
        return Outcome(resident, (say(asked, any_hour(), keyboard=rows(menu.SOMEONE)),))
    when = _("talk", "Somebody reads it from {time} on.", time=event.reads_at)
    return Outcome(resident, (say(asked, when, any_hour(), keyboard=rows(menu.SOMEONE)),))
