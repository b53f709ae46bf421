"""
What follows from a reading: a question, a contact person, or first of all the emergency number.

The reader says what a message means; this module says what is done about it, and respects consent: without
`reading` nothing comes here, without `telling` nobody is told unless she asks. Questions come one at a time,
in the order of risk.md 2.4, at most two a day and one on a theme in two days; levels 2 and 3 are exempt. A
"no" is never taken for the end of a worry, and typing that it was a mistake deletes nothing (R23).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs import alert_texts, menu, neutral
from dialogs.alert import Track
from dialogs.effects import Effect, Purpose, RaiseAlert, Say, SetTimer, StopTimer, Toast
from dialogs.events import Timer
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Question, Resident
from dialogs.risk import behaviour
from dialogs.risk.reader import Reading
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _

ASK_AGAIN_AFTER = timedelta(minutes=30)
SILENCE_COUNTS_AFTER = timedelta(hours=2)
A_DAY, SAME_THEME = timedelta(days=1), timedelta(days=2)
ASKS_A_DAY = 2
SILENCE_IS_URGENT = frozenset({"TV", "LF", "AM", "SU", "PV", "CH"})
"""risk.md 2.4 names TV, LF, AM and SU; PV and CH are the same danger from other people."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """
    One question. `danger` is the answer that means danger, `level` what it then is, `then` the next question.

    Keys with a dot are later questions of the same theme.
    """

    text: Message
    danger: str
    level: int
    then: str | None = None


FOLLOW_UPS: Mapping[str, FollowUp] = {
    "SU": FollowUp(_("risk question", "Are you thinking of ending your life?"), "yes", 2, "SU.how"),
    "SU.how": FollowUp(_("risk question", "Have you thought about how?"), "yes", 2, "SU.now"),
    "SU.now": FollowUp(_("risk question", "Do you mean to do it now, or tonight?"), "yes", 3),
    "TV": FollowUp(_("risk question", "Are you safe right now?"), "no", 2, "TV.near"),
    "TV.near": FollowUp(_("risk question", "Is the person near you?"), "yes", 3),
    "PV": FollowUp(_("risk question", "Are you safe right now?"), "no", 2, "TV.near"),
    "LF": FollowUp(_("risk question", "Do they know where you live?"), "yes", 2, "TV.near"),
    "AM": FollowUp(_("risk question", "Has the trip or the wedding been decided?"), "yes", 2, "AM.now"),
    "AM.now": FollowUp(_("risk question", "Is it today or tomorrow?"), "yes", 3),
    "FP": FollowUp(_("risk question", "Have you agreed to meet?"), "yes", 2),
    "EX": FollowUp(_("risk question", "Can you say no without losing the place where you sleep?"), "no", 2),
    "HO": FollowUp(_("risk question", "Do you have somewhere to sleep tonight?"), "no", 2),
    "DI": FollowUp(_("risk question", "Would you like a person to get in touch with you today?"), "yes", 1),
    "CH": FollowUp(_("risk question", "Is the child safe right now?"), "no", 2, "CH.now"),
    "CH.now": FollowUp(_("risk question", "Is it happening right now?"), "yes", 3),
    "reader": FollowUp(
        _("risk question", "Would you like a person to get in touch with you today?"), "yes", 1
    ),
}
ORDER = ("SU", "TV", "PV", "CH", "LF", "AM", "EX", "FP", "HO", "DI", "reader")
"""Which theme is asked about when a message carries several."""

WHERE_URGENT_ASKS_ON: Mapping[str, str] = {
    "SU": "SU.now",
    "TV": "TV.near",
    "PV": "TV.near",
    "LF": "TV.near",
    "AM": "AM.now",
    "CH": "CH.now",
}
"""What is still worth knowing when a message already says level 2."""


def theme(key: str) -> str:
    """`SU.now` belongs to `SU`."""
    return key.partition(".")[0]


def listened(resident: Resident, reading: Reading, text: str, now: datetime) -> Resident:
    """Remember what was heard, and that it was night: a week at the most, and never words."""
    return replace(
        resident,
        heard=behaviour.remember(resident.heard, reading, text, now),
        nights=behaviour.at_night(resident.nights, now, resident.rhythm.zone),
    )


def heard(
    resident: Resident, text: str, now: datetime, knowledge: Knowledge
) -> tuple[Resident, Outcome[Resident] | None]:
    """Read for danger, only where she said yes; what was heard is remembered for a week."""
    if resident.consent.reading is not True:
        return resident, None
    reading = knowledge.reader.read(text)
    after = listened(resident, reading, text, now)
    return after, respond(after, reading, now)


def respond(resident: Resident, reading: Reading, now: datetime) -> Outcome[Resident] | None:
    """Return what follows from `reading`; None where nothing does and the conversation goes on as usual."""
    categories = [signal.category for signal in reading.signals if signal.level > 0]
    if reading.level >= 2:
        codes = tuple(dict.fromkeys(f"{s.category}{s.level}" for s in reading.signals if s.level >= 2))
        return alarmed(resident, reading.level, codes, categories, now)
    if "HU" in categories:
        return menu.someone(resident)
    if reading.level == 1:
        rule = behaviour.together(resident.heard, resident.nights, now, resident.rhythm.zone)
        if rule is not None:
            return _together(resident, rule, categories, now)
        return _perhaps_ask(resident, categories, now)
    return None


def _together(resident: Resident, rule: str, categories: list[str], now: datetime) -> Outcome[Resident]:
    """Several weak signs are one strong one; counted once, or each further word would alarm again."""
    fresh = replace(resident, heard=(), nights=())
    return alarmed(fresh, 2, (rule, *(f"{code}1" for code in dict.fromkeys(categories))), categories, now)


def said_fine(ordinary: Outcome[Resident], text: str, now: datetime) -> Outcome[Resident]:
    """
    "Everything is fine" is believed as far as it goes: it ends nothing (R23).

    Right after something worrying, and in another script, somebody else may be writing; she is answered as always.
    """
    resident = ordinary.person
    if resident.consent.reading is not True or resident.consent.telling is not True:
        return ordinary
    if not behaviour.calm_in_another_hand(resident.heard, text, now):
        return ordinary
    return ordinary.then(RaiseAlert(Track.URGENT, 2, (behaviour.CALM_AFTER, "covert")))


def what_was_told(resident: Resident) -> Outcome[Resident]:
    """Exactly what her contact person reads about why (S9)."""
    if resident.told_at is None:
        return Outcome(
            resident, (say(_("risk", "I have told nobody anything about you."), keyboard=rows(menu.SOMEONE)),)
        )
    head = _("risk", "This is what a contact person reads about why, since {time}:", time=resident.told_at)
    reasons = (alert_texts.reason(code, resident.alias) for code in resident.told)
    return Outcome(resident, (say(head, *reasons, keyboard=rows(menu.SOMEONE)),))


def alarmed(
    resident: Resident, level: int, codes: tuple[str, ...], categories: list[str], now: datetime
) -> Outcome[Resident]:
    """Level 2 and 3: the number first where every minute counts, then who is told, then one question."""
    key = next(
        (WHERE_URGENT_ASKS_ON[each] for each in ORDER if each in categories and each in WHERE_URGENT_ASKS_ON),
        None,
    )
    told = resident.consent.telling
    buttons = rows(menu.SOMEONE, *([Button(_("risk", "What I told them"), "told")] if told else []))
    effects: list[Effect] = [Say(_answer(resident, level), keyboard=buttons, purpose=Purpose.EMERGENCY)]
    if told:  # without a contact person the coordinators are asked: danger is no quiet note
        effects.append(RaiseAlert(Track.URGENT, level, codes))
        resident = replace(resident, told=codes, told_at=now)
    if level == 2 and key is not None:
        return _ask(resident, key, now).after(*effects)
    return Outcome(replace(resident, question=None), (*effects, StopTimer(Timer.QUESTION)))


def _answer(resident: Resident, level: int) -> Text:
    told: Text
    if resident.consent.telling:
        told = (
            _(
                "risk",
                "I am asking {contact}, or somebody who is there instead, to get in touch with you now.",
                contact=menu.names(resident.contacts),
            ),
        )
    else:
        told = (_("risk", "I have told nobody. Press “I need someone”, and I ask a person at once."),)
    if level == 3:
        return (
            _("risk", "If you are in danger, call {emergency} now."),
            _(
                "risk",
                "Say: “Jag behöver hjälp. Jag är i fara.” (I need help. I am in danger.) Then say where you are.",
            ),
            *told,
            _("risk", "I am a program and not an emergency service. {violence_line} is open at any hour."),
        )
    return (
        _("risk", "Thank you for telling me. This sounds serious."),
        *told,
        _("risk", "I am a program and not an emergency service. If you are in danger, call {emergency}."),
    )


def _perhaps_ask(resident: Resident, categories: list[str], now: datetime) -> Outcome[Resident] | None:
    """Level 1: one question, unless she was asked enough; then the theme waits for the next check-in."""
    key = next((each for each in ORDER if each in categories), None)
    if key is None:
        return None
    if not _may_ask(resident, key, now) or _open_is_graver(resident, key):
        return Outcome(_unsure(resident, key), (_soft_answer(),))
    if resident.question is not None:
        resident = _unsure(resident, theme(resident.question.category))
    return _ask(_counted(resident, key, now), key, now)


def _may_ask(resident: Resident, key: str, now: datetime) -> bool:
    """At most two a day, and one on a theme in two days (risk.md 2.5)."""
    recent = [(each, at) for each, at in resident.asked if now - at < SAME_THEME]
    today = [each for each, at in recent if now - at < A_DAY]
    return len(today) < ASKS_A_DAY and key not in (each for each, _at in recent)


def _counted(resident: Resident, key: str, now: datetime) -> Resident:
    recent = tuple((each, at) for each, at in resident.asked if now - at < SAME_THEME)
    return replace(resident, asked=(*recent, (key, now)))


def _unsure(resident: Resident, key: str) -> Resident:
    return resident if key in resident.unsure else replace(resident, unsure=(*resident.unsure, key))


def _open_is_graver(resident: Resident, key: str) -> bool:
    """An open question about a graver theme is not thrown away for a lesser one: its silence means something."""
    return resident.question is not None and ORDER.index(theme(resident.question.category)) <= ORDER.index(
        key
    )


def _soft_answer() -> Say:
    text = (
        _("risk", "Thank you for telling me. I am a program, but a person can help."),
        _("risk", "With “I need someone” I ask a person to get in touch. In danger, call {emergency}."),
    )
    return say(*text, keyboard=rows(menu.SOMEONE))


def ask_about(resident: Resident, category: str, now: datetime) -> Outcome[Resident]:
    """Ask because she herself named the theme; counts for no limit."""
    return _ask(resident, category, now)


def _ask(resident: Resident, key: str, now: datetime) -> Outcome[Resident]:
    asked = replace(resident, question=Question(key, now))
    ask = say(FOLLOW_UPS[key].text, keyboard=_answers(key))
    return Outcome(asked, (ask, SetTimer(Timer.QUESTION, now + ASK_AGAIN_AFTER)))


def _answers(key: str) -> Keyboard:
    return rows(
        Button(_("risk answer", "Yes"), f"q:{key}:yes"),
        Button(_("risk answer", "No"), f"q:{key}:no"),
        Button(_("risk answer", "I would rather not say"), f"q:{key}:skip"),
        menu.SOMEONE,
        width=2,
    )


def press(resident: Resident, data: str, now: datetime) -> Outcome[Resident]:
    """Take `q:KEY:ANSWER`; only the open question can be answered."""
    _topic, key, answer = (*data.split(":"), "", "")[:3]
    if resident.question is None or resident.question.category != key:
        return Outcome(resident, (Toast((menu.old_button(),)),))
    answered = replace(resident, question=None)
    follow_up = FOLLOW_UPS[key]
    if answer == follow_up.danger:
        return _dangerous(answered, key, follow_up, now).after(StopTimer(Timer.QUESTION))
    return _not_dangerous(answered, key, answer).after(StopTimer(Timer.QUESTION))


def _dangerous(resident: Resident, key: str, follow_up: FollowUp, now: datetime) -> Outcome[Resident]:
    if follow_up.level == 1:
        return offer_accepted(resident)
    codes = (f"{theme(key)}{follow_up.level}",)
    alarm = alarmed(resident, follow_up.level, codes, [], now)
    if follow_up.then is None:
        return alarm
    return _ask(alarm.person, follow_up.then, now).after(*alarm.effects)


def _not_dangerous(resident: Resident, key: str, answer: str) -> Outcome[Resident]:
    """Kept quietly and asked about once more at the next check-in; the record stays (risk.md 2.4)."""
    kept = _unsure(resident, theme(key))
    if answer == "skip":
        text = _("risk", "That is all right. You can ask for a person at any time.")
    else:
        text = _("risk", "Thank you for answering. You can ask for a person at any time.")
    return Outcome(kept, (say(text, keyboard=rows(menu.SOMEONE)),))


def offer_accepted(resident: Resident) -> Outcome[Resident]:
    """She would like company: a quiet word to a contact person, today."""
    text = _(
        "someone",
        "I have asked {contact} to get in touch with you today.",
        contact=menu.names(resident.contacts[:1]),
    )
    effects = (RaiseAlert(Track.QUIET, 1, ("company",)), say(text, keyboard=rows(menu.SOMEONE)))
    return Outcome(resident, effects)


def silence(resident: Resident, now: datetime) -> Outcome[Resident]:
    """The open question was not answered: ask once more, and then let the silence count (risk.md 2.4)."""
    question = resident.question
    if question is None:
        return Outcome(resident)
    if resident.stopped:  # she was promised that nothing comes by itself (S23)
        return Outcome(replace(resident, question=None))
    if not question.again:
        asked = replace(resident, question=replace(question, again=True))
        ask = Say(
            (neutral.short_question(),),
            rows(Button(_("risk", "Open"), f"q-open:{question.category}")),
            purpose=Purpose.ROUTINE,
        )
        return Outcome(asked, (ask, SetTimer(Timer.QUESTION, now + SILENCE_COUNTS_AFTER - ASK_AGAIN_AFTER)))
    key = theme(question.category)
    closed = _unsure(replace(resident, question=None), key)
    if key in SILENCE_IS_URGENT and resident.consent.telling:
        return Outcome(
            closed, (RaiseAlert(Track.URGENT, 2, ("unanswered", f"{key}1")), _told_of_silence(resident))
        )
    return Outcome(closed)


def _told_of_silence(resident: Resident) -> Say:
    text = (
        neutral.not_heard_since(),
        _(
            "risk",
            "Because I was not sure that things are all right, I asked {contact} to get in touch.",
            contact=menu.names(resident.contacts),
        ),
    )
    return Say(text, purpose=Purpose.NOTE)


def reopen(resident: Resident, data: str) -> Outcome[Resident]:
    """She tapped the neutral reminder: now the question itself may show."""
    key = data.partition(":")[2]
    if resident.question is None or resident.question.category != key:
        return Outcome(resident, (Toast((menu.old_button(),)),))
    return Outcome(resident, (say(FOLLOW_UPS[key].text, keyboard=_answers(key), in_place=True),))


def at_check_in(resident: Resident, now: datetime) -> Outcome[Resident] | None:
    """After an answered check-in: ask softly about one theme that stayed unsure."""
    key = next((each for each in resident.unsure if _may_ask(resident, each, now)), None)
    if key is None or resident.question is not None:
        return None
    rest = replace(resident, unsure=tuple(each for each in resident.unsure if each != key))
    return _ask(_counted(rest, key, now), key, now)
