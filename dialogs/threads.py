"""
Talks, as a contact person has them: several residents, one input line, and never a word to the wrong one.

The promise: a letter goes where its writer can have meant it and nowhere else. A reply to a letter goes to that
talk. Other words go to the chosen talk only while nothing speaks against it; else they are held, and she is asked.
What is held is sent nowhere and lost nowhere until she has answered.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dialogs import menu, talk_texts
from dialogs.effects import Effect, EndTalk, OpenTalk, PassEdit, PassOn, Purpose, Say, Toast
from dialogs.events import Kind, LetterCame, LetterLost, Sent, TalkBegun, TalkOver, TalkRefused, Wrote
from dialogs.letters import LARGEST_FILE, Held, Letter, Thread
from dialogs.outcome import Outcome, say
from dialogs.people import Contact
from dialogs.screen import Button, Keyboard, rows
from dialogs.talk import file_letter
from dialogs.text import Message, Text, _
from dialogs.words import Word

ASK_AFTER: Final = timedelta(minutes=30)
"""With several talks, words after such a pause may be meant for any of them."""
LATE: Final = timedelta(minutes=1)
"""
What we hear so much later was written to a screen that may look otherwise now. A press before it is lost after 150
seconds, and for some time whoever pressed goes by it.
"""
MOST_HELD: Final = 20
SHOWN_OF_A_LETTER: Final = 80
TYPES_FOR: Final = timedelta(minutes=1)
"""What came so shortly before words were sent may be seen only after them."""


def thread_of(contact: Contact, talk: int) -> Thread | None:
    """The talk of this number, where she is in it."""
    return next((each for each in contact.threads if each.talk == talk), None)


def whom(contact: Contact, at: datetime, answers: int | None, now: datetime) -> Thread | None:
    """Return the talk that words written at `at` can be meant for; None where that is not certain."""
    if answers is not None:
        return thread_of(contact, answers)
    chosen = thread_of(contact, contact.writing_to)
    if chosen is None or contact.held or now - at > LATE or _before_the_choice(contact, at):
        return None
    return chosen if len(contact.threads) == 1 or _is_undisturbed(contact, chosen, now) else None


def _before_the_choice(contact: Contact, at: datetime) -> bool:
    """A press may overtake the words before it (platform.md 1.6); Telegram tells moments to the second."""
    return contact.chosen_at is not None and at <= contact.chosen_at.replace(microsecond=0)


def _is_undisturbed(contact: Contact, chosen: Thread, now: datetime) -> bool:
    """Whether nobody else wrote, and no long pause was, since she last wrote to the chosen one."""
    since = contact.wrote_at
    if since is None or now - since > ASK_AFTER:
        return False
    others = (each for each in contact.threads if each is not chosen)
    return all(each.heard_at is None or each.heard_at < since for each in others)


def wrote(contact: Contact, event: Wrote, now: datetime) -> Outcome[Contact] | None:
    """Take words of a contact person who is in a talk, or holds some; None where they are for the bot."""
    if event.edited:
        change = (PassEdit(event.message, event.text, event.at or now),) if contact.threads else ()
        return Outcome(contact, change)
    if event.text.startswith("/") or not (contact.threads or contact.held or event.answers):
        return None
    if event.word is Word.END_TALK and not event.answers and len(contact.threads) == 1:
        return None
    letter = Letter(event.text, event.at or now, message=event.message)
    reader = whom(contact, letter.at, event.answers, now)
    for_the_bot = event.label != "" or event.word is not None
    if reader is not None and (event.answers or not for_the_bot):
        return _pass(contact, reader, (letter,), now)
    if for_the_bot and not contact.writing_to and not event.answers:
        return None
    word = event.word.value if event.word is not None else ""
    return _hold(contact, Held(letter, event.label, word))


def sent(contact: Contact, event: Sent, now: datetime) -> Outcome[Contact] | None:
    """The same for pictures, voice messages and files."""
    if not (contact.threads or contact.held or event.answers):
        return None
    if event.kind is Kind.FORWARD and event.caption:
        letter = Letter(event.caption, event.at or now, message=event.message, forwarded=True)
    elif event.size > LARGEST_FILE:
        return Outcome(contact, (say(talk_texts.too_large()),))
    elif not event.file:
        return Outcome(contact, (say(talk_texts.cannot_pass()),))
    else:
        letter = file_letter(event, now)
    reader = whom(contact, letter.at, event.answers, now)
    return _pass(contact, reader, (letter,), now) if reader else _hold(contact, Held(letter))


def _pass(contact: Contact, reader: Thread, letters: tuple[Letter, ...], now: datetime) -> Outcome[Contact]:
    mine = replace(contact, writing_to=reader.talk, wrote_at=_answered_until(contact, reader, letters, now))
    if contact.writing_to != reader.talk:
        mine = replace(mine, chosen_at=now)  # until she can read it, her screen names another
    effects: list[Effect] = [PassOn(reader.talk, each) for each in letters]
    if any(each.kind == Kind.DOCUMENT.value for each in letters):
        effects.append(say(talk_texts.document_may_tell()))
    if contact.writing_to != reader.talk:
        effects.append(_now_writing(reader))
    return Outcome(mine, tuple(effects))


def _answered_until(contact: Contact, reader: Thread, letters: tuple[Letter, ...], now: datetime) -> datetime:
    """What others wrote later than this she may still want to answer, however late we hear of her words."""
    at = min(now, max(each.at for each in letters))
    others = [each.heard_at for each in contact.threads if each is not reader and each.heard_at is not None]
    return min([at, *(heard_at for heard_at in others if at - heard_at < TYPES_FOR)])


# --- what is held ---


def _hold(contact: Contact, held: Held) -> Outcome[Contact]:
    if len(contact.held) >= MOST_HELD:
        full = _("talk", "That is not kept: please say first to whom the others go.")
        return Outcome(contact, (say(full, keyboard=_choices(contact, None)),))
    holding = replace(contact, held=(*contact.held, held))
    return Outcome(holding, (_ask(holding),))


def _ask(contact: Contact) -> Say:
    last = contact.held[-1]
    text: Text = (
        _("talk", "To whom? I have sent it to nobody yet:"),
        *(_shown(each.letter) for each in contact.held),
    )
    return say(*text, keyboard=_choices(contact, last if len(contact.held) == 1 else None))


def _shown(letter: Letter) -> Message:
    words = letter.words if len(letter.words) <= SHOWN_OF_A_LETTER else f"{letter.words[:SHOWN_OF_A_LETTER]}…"
    if letter.file:
        return _("talk", "“{words}” with a file", words=words) if words else _("talk", "a file")
    return _("talk", "“{words}”", words=words)


def _choices(contact: Contact, held: Held | None) -> Keyboard:
    """
    Who it may be for; where its words mean something to the bot, that as well.

    The buttons name the last message they are about: what is written after it is another question.
    """
    last = contact.held[-1].letter.message if contact.held else 0
    people = [
        Button(_("talk", "To {alias}", alias=each.alias), f"tk:send:{each.talk}:{last}")
        for each in contact.threads
    ]
    bot = (
        [Button(_("talk", "For you, Vidare"), f"tk:me:{last}")]
        if held is not None and (held.label or held.word)
        else []
    )
    return rows(*people, *bot, Button(_("talk", "To nobody"), f"tk:drop:{last}"))


def _asked_about(contact: Contact, message: int) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    """What is held up to this message, and what came after it; nothing and all where it is not held any more."""
    place = next((at for at, each in enumerate(contact.held, 1) if each.letter.message == message), 0)
    return contact.held[:place], contact.held[place:]


def _ask_again(contact: Contact) -> tuple[Say, ...]:
    return (_ask(contact),) if contact.held else ()


def _answered_before(contact: Contact) -> Outcome[Contact]:
    """A question that is not open any more: what is held now is another matter."""
    return Outcome(contact, (Toast((menu.old_button(),)), *_ask_again(contact)))


def _send_held(contact: Contact, talk: int, message: int, now: datetime) -> Outcome[Contact]:
    asked, rest = _asked_about(contact, message)
    if not asked:
        return _answered_before(nobody_chosen(contact))
    reader = thread_of(contact, talk)
    if reader is None:
        over = _("talk", "That talk is over. It was sent to nobody.")
        return Outcome(contact, (say(over, keyboard=_choices(contact, None)),))
    here = replace(contact, held=rest, chosen_at=now)
    passed = _pass(here, reader, tuple(each.letter for each in asked), now)
    done = say(_("talk", "Sent to {alias}.", alias=reader.alias), in_place=True)
    return passed.after(done).then(*_ask_again(here))


def _drop_held(contact: Contact, message: int, now: datetime) -> Outcome[Contact]:
    asked, rest = _asked_about(contact, message)
    if not asked:
        return _answered_before(contact)
    here = replace(contact, held=rest, chosen_at=now)  # the press may have overtaken words that are held too
    return Outcome(here, (say(_("talk", "Good. It was sent to nobody."), in_place=True), *_ask_again(here)))


def for_the_bot(contact: Contact, message: int) -> tuple[Contact, Held | None]:
    """Take out the one thing that is held, because it was meant for the bot."""
    asked, rest = _asked_about(contact, message)
    return (replace(contact, held=rest), asked[0]) if len(asked) == 1 else (contact, None)


# --- which talk ---


def press(contact: Contact, data: str, now: datetime) -> Outcome[Contact]:
    """Take `tk:…`, except `tk:me:…`, which is for the door."""
    match data.split(":")[1:]:
        case ["open", alert] if alert.isdecimal():
            return Outcome(contact, (OpenTalk(alert=int(alert)),))
        case ["with", resident] if resident.isdecimal():
            return Outcome(contact, (OpenTalk(resident=int(resident)),))
        case ["to", talk] if talk.isdecimal():
            return _choose(contact, int(talk), now)
        case ["send", talk, message] if talk.isdecimal() and message.isdecimal():
            return _send_held(contact, int(talk), int(message), now)
        case ["drop", message] if message.isdecimal():
            return _drop_held(contact, int(message), now)
        case ["send" | "drop" | "me", *_]:
            return _answered_before(nobody_chosen(contact))
        case ["end", talk] if talk.isdecimal() and thread_of(contact, int(talk)):
            return Outcome(contact, (EndTalk(int(talk), "contact"),))
        case ["end"]:
            return end(contact)
        case ["list"]:
            return show(contact)
        case _:
            return Outcome(contact, (Toast((menu.old_button(),)),))


def _choose(contact: Contact, talk: int, now: datetime) -> Outcome[Contact]:
    reader = thread_of(contact, talk)
    if reader is None:
        return Outcome(nobody_chosen(contact), (Toast((_("talk", "That talk is over."),)),))
    chosen = replace(contact, writing_to=talk, chosen_at=now, wrote_at=now)
    return Outcome(chosen, (_now_writing(reader),))


def nobody_chosen(contact: Contact) -> Contact:
    """She wanted somebody who is not there: what she is writing at this moment is not for whom she wrote to before."""
    return replace(contact, writing_to=0)


def _now_writing(reader: Thread) -> Say:
    text = _("talk", "✍️ What you write now goes to {alias}.", alias=reader.alias)
    return say(text, menu=True)


def keyboard(contact: Contact) -> Keyboard:
    """Always below the input line while she is in a talk: to whom she writes, whom she can switch to, and the end."""
    if not contact.threads:
        return ()
    people = [
        Button(
            _("talk", "✍️ {alias}", alias=each.alias)
            if each.talk == contact.writing_to
            else _("talk", "→ {alias}", alias=each.alias),
            f"tk:to:{each.talk}",
        )
        for each in contact.threads
    ]
    return (*rows(*people, width=3), (Button(_("talk", "End a talk"), "tk:end"),))


def show(contact: Contact) -> Outcome[Contact]:
    """Which talks are open, and to whom she writes."""
    if not contact.threads:
        text = _(
            "talk",
            "You are in no talk. You begin one below a case you have taken on, or from “my residents”.",
        )
        return Outcome(contact, (say(text),))
    lines = [_line(contact, each) for each in contact.threads]
    buttons = [
        Button(_("talk", "✍️ {alias}", alias=each.alias), f"tk:to:{each.talk}") for each in contact.threads
    ]
    return Outcome(contact, (say(*lines, keyboard=rows(*buttons, _end_button())),))


def _line(contact: Contact, thread: Thread) -> Message:
    if thread.talk == contact.writing_to:
        return _("talk", "You write to {alias}.", alias=thread.alias)
    return _("talk", "You are in a talk with {alias} too.", alias=thread.alias)


def _end_button() -> Button:
    return Button(_("talk", "End a talk"), "tk:end")


def end(contact: Contact) -> Outcome[Contact]:
    """The only one, or which?"""
    match contact.threads:
        case ():
            return show(contact)
        case (only,):
            return Outcome(contact, (EndTalk(only.talk, "contact"),))
        case several:
            buttons = [
                Button(_("talk", "End the talk with {alias}", alias=each.alias), f"tk:end:{each.talk}")
                for each in several
            ]
            return Outcome(contact, (say(_("talk", "Which one?"), keyboard=rows(*buttons)),))


# --- what happens to a talk ---


def begun(contact: Contact, event: TalkBegun, now: datetime) -> Outcome[Contact]:
    """She writes to this one from now on; what she should know stands here, once."""
    thread = Thread(event.talk, event.resident, event.alias, event.case)
    others = tuple(each for each in contact.threads if each.resident != event.resident)
    here = replace(contact, threads=(*others, thread), writing_to=event.talk, chosen_at=now, wrote_at=now)
    text: Text = (
        _("talk", "✍️ What you write now goes to {alias}.", alias=event.alias),
        _(
            "talk",
            "{alias} sees your name, {name}, and neither your account nor your number. "
            "Telegram can technically read both chats.",
            alias=event.alias,
            name=contact.name,
        ),
        _(
            "talk",
            "What you write waits until {alias} opens it. I cannot see whether it was read, or whether a message "
            "was deleted. Somebody else may hold the phone: write no place, no name, no time of a meeting.",
            alias=event.alias,
        ),
        _("talk", "Answer to one of several with Telegram’s own “reply”, or choose below. “End” ends it."),
    )
    return Outcome(here, (Say(text, menu=True),))


def refused(contact: Contact, event: TalkRefused) -> Outcome[Contact]:
    """Why not, and what else."""
    match event.why:
        case "not-safe":
            text = _("talk", "Somebody else may be reading there. Do not write; get in touch another way.")
        case "gone":
            text = _("talk", "I cannot write there at the moment. Get in touch another way.")
        case _:
            text = _(
                "talk",
                "You can write when you have taken on the case, or when you are one of those agreed to.",
            )
    return Outcome(nobody_chosen(contact), (say(text, menu=bool(contact.threads)),))


def came(contact: Contact, event: LetterCame, now: datetime) -> Outcome[Contact]:
    """A letter from a resident; where it is not the one she writes to, it says how to answer."""
    thread = thread_of(contact, event.talk)
    if thread is None:
        return Outcome(contact)
    heard = tuple(replace(each, heard_at=now) if each is thread else each for each in contact.threads)
    here = replace(contact, threads=heard)
    other = contact.writing_to != event.talk
    answer = rows(Button(_("talk", "✍️ {alias}", alias=thread.alias), f"tk:to:{event.talk}")) if other else ()
    shown = talk_texts.letter(event.letter, event.relay, answer, case=thread.case, quietly=event.quietly)
    return Outcome(here, tuple(shown))


def failed(contact: Contact, event: LetterLost) -> Outcome[Contact]:
    """What she wrote did not arrive."""
    return Outcome(contact, (Say((talk_texts.lost(event.who, event.how),), purpose=Purpose.NOTE),))


def over(contact: Contact, event: TalkOver) -> Outcome[Contact]:
    """
    One talk fewer. What is held stays held.

    What she writes next goes to nobody by itself where it may be meant for the one who is gone: because she wrote to
    that one, or because that one wrote last, and she may be typing an answer at this moment.
    """
    thread = thread_of(contact, event.talk)
    if thread is None:
        return Outcome(contact)
    rest = tuple(each for each in contact.threads if each is not thread)
    answering = contact.writing_to == event.talk or _may_be_answered(contact, thread)
    writing_to = 0 if answering else contact.writing_to
    here = replace(contact, threads=rest, writing_to=writing_to)
    return Outcome(here, (Say((_why(event.why, thread.alias),), purpose=Purpose.NOTE, menu=True),))


def _may_be_answered(contact: Contact, thread: Thread) -> bool:
    return thread.heard_at is not None and (contact.wrote_at is None or thread.heard_at > contact.wrote_at)


def _why(why: str, alias: str) -> Message:
    match why:
        case "contact":
            return _("talk", "The talk with {alias} is over. What you write now goes to nobody.", alias=alias)
        case "time":
            return _("talk", "The talk with {alias} is over: for a day nobody has written.", alias=alias)
        case "replaced":
            return _("talk", "Somebody else writes with {alias} now. Your talk is over.", alias=alias)
        case "blocked":
            return _("talk", "I cannot write to {alias} any more. The talk is over.", alias=alias)
        case _:
            return _("talk", "{alias} has ended the talk.", alias=alias)
