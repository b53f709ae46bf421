"""
What is said about an alert: to contact persons, who must understand it in five seconds, and to the resident.

The first line to a contact person names case and urgency and nothing else, because it may show on a lock
screen. Reasons are codes in the alert (`TV2`, `silence:2`, `stuck:bills:pay`) and become words here.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dialogs import hand_over, neutral
from dialogs.alert import (
    Acknowledged,
    Alert,
    ContactAnswer,
    Declined,
    Mistaken,
    MistakenAfterTalk,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    TakenOver,
    Track,
)
from dialogs.escalation_policy import EMERGENCY, URGENT
from dialogs.risk.categories import REASONS
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, _n, stacked
from dialogs.words import LABELS, Word


def headline(alert: Alert) -> Message:
    """The line that may be read by anybody."""
    return headline_of(alert.id, alert.level)


def headline_of(case: int, level: int) -> Message:
    """The same, of a case of which only this is known."""
    if level >= EMERGENCY:
        return _("alert", "🔴 Case {case}: emergency. Please act now.", case=case)
    if level == URGENT:
        return _("alert", "🟠 Case {case}: urgent. Please read this now.", case=case)
    return _("alert", "🔵 Case {case}: a quiet note. Today is soon enough.", case=case)


def repeat_line(alert: int) -> Message:
    """What a message opens with that may have arrived before."""
    return _("alert", "↻ Repeat of case {case}, in case it did not arrive before.", case=alert)


def said_before() -> Message:
    """The same for what is no telling of an alert; the resident's phone may show it on a lock screen."""
    return neutral.once_more()


def reason(code: str, alias: str) -> Message:
    """One reason in words."""
    kind, _colon, rest = code.partition(":")
    if kind == "silence":
        days = int(rest)
        return _n(
            "alert reason",
            "{alias} has not answered the check-in for {count} day. There may be a simple explanation.",
            "{alias} has not answered the check-in for {count} days. There may be a simple explanation.",
            days,
            alias=alias,
        )
    if kind == "seen":
        return _n(
            "alert reason",
            "{alias} has used the bot, but has not answered the check-in for {count} day.",
            "{alias} has used the bot, but has not answered the check-in for {count} days.",
            int(rest),
            alias=alias,
        )
    if kind == "stuck":
        return _stuck(rest, alias)
    if kind == "words":
        return _("alert reason", "In {alias}’s own words: “{words}”", alias=alias, words=rest)
    plain = {
        "someone": _("alert reason", "{alias} asked for somebody.", alias=alias),
        "company": _("alert reason", "{alias} would like you to get in touch today.", alias=alias),
        "talk": _("alert reason", "{alias} would like to write with you here.", alias=alias),
        "several": _("alert reason", "{alias} has written several worrying things this week.", alias=alias),
        "twice": _(
            "alert reason", "{alias} has twice written today what may mean not wanting to live.", alias=alias
        ),
        "nights": _(
            "alert reason",
            "{alias} has written at night on several nights, and worrying things.",
            alias=alias,
        ),
        "gone": _(
            "alert reason",
            "{alias} wrote something worrying within the last day, and cannot be written to any more.",
            alias=alias,
        ),
        "calm": _(
            "alert reason",
            "{alias} wrote something worrying, and soon after, in another script, that all is fine. "
            "Somebody else may be writing.",
            alias=alias,
        ),
        "covert": _(
            "alert reason",
            "Somebody may be holding the phone of {alias}. Do not write anything there; get in touch another way.",
            alias=alias,
        ),
        "word": _(
            "alert reason", "{alias} has written the agreed word: {alias} needs help now.", alias=alias
        ),
        "unsafe": _("alert reason", "{alias} says: I am not safe right now.", alias=alias),
        "unanswered": _(
            "alert reason", "{alias} did not answer when I asked whether things are safe.", alias=alias
        ),
        "blocked": _(
            "alert reason",
            "I cannot write to {alias} any more. It may be a choice; please get in touch another way.",
            alias=alias,
        ),
        "tried": _(
            "alert reason",
            "In the chat of {alias} a wrong number or word was written several times, where only {alias} knows it. "
            "It may have been {alias}; please ask, in another way than there.",
            alias=alias,
        ),
        "unread": _(
            "alert reason", "There is something about {alias} that I could not read or act upon.", alias=alias
        ),
    }
    return plain.get(kind) or _of_reading(code, alias)


def stuck_code(title: Message, page: int) -> str:
    """The code for "stuck at this page"; it carries the guide's title as a source text, to be translated."""
    return f"stuck:{page}:{title.context}|{title.source}"


def own_words_code(words: str) -> str:
    """The code for what she wants to be passed on; the one reason that carries words of hers, at her own wish."""
    return f"words:{words}"


def _stuck(rest: str, alias: str) -> Message:
    page, _colon, title = rest.partition(":")
    context, _bar, source = title.partition("|")
    return _(
        "alert reason",
        "{alias} asks for help with a guide: {guide}, page {page}.",
        alias=alias,
        guide=Message(context, source),
        page=page,
    )


def _of_reading(code: str, alias: str) -> Message:
    """`TV2` and the like; a code of an older or newer program is still worth a look."""
    known = REASONS.get((code[:-1], int(code[-1]))) if code[-1:].isdecimal() else None
    if known is None:
        return _("alert reason", "Something {alias} wrote is worrying.", alias=alias)
    return replace(known, values=(("alias", alias),))


UNSEEN: Final = frozenset({"blocked", "covert", "tried"})
"""Reasons that are not said to her, as long as the case is stored."""


def may_hear(alert: Alert) -> bool:
    """Whether the resident may hear of it: not where nothing reaches her, and not where another may be reading."""
    return not UNSEEN.intersection(alert.reasons)


def telling(alert: Alert) -> Text:
    """The alert, as a contact person sees it."""
    about = _("alert", "About {alias}, {time}.", alias=alert.alias, time=alert.raised_at)
    return (
        headline(alert),
        stacked(about, *(reason(code, alert.alias) for code in alert.reasons), *hand_over.said(alert)),
        stacked(_promised(alert), _ask(alert)),
    )


def _promised(alert: Alert) -> Message:
    if alert.track is Track.QUIET and alert.reasons[0].partition(":")[0] in ("silence", "seen"):
        return _("alert", "I have told {alias} that you know.", alias=alert.alias)
    if not may_hear(alert):
        return _("alert", "{alias} does not know that I tell you this.", alias=alert.alias)
    return _("alert", "{alias} knows that I am asking you to get in touch.", alias=alert.alias)


def _ask(alert: Alert) -> Message:
    if alert.level == EMERGENCY:
        return _(
            "alert",
            "Take it on with “I have it” and get in touch at once. If somebody’s life is in danger, call {emergency}.",
        )
    return _("alert", "Take it on with “I have it”. If you cannot, say so, and I ask the next person.")


ACTIONS: Final[Mapping[str, type[ContactAnswer]]] = {
    "have": Acknowledged,
    "cannot": Declined,
    "reached": Reached,
    "safe": ReachedSafe,
    "more": ReachedNeedsMore,
    "missed": NotReached,
    "mistaken": Mistaken,
    "talked": MistakenAfterTalk,
    "over": TakenOver,
}
"""The last part of `al:ALERT:STEP:ACTION`, the data under everything a contact person can press about an alert."""
_ACTION_OF: Final = {answer: action for action, answer in ACTIONS.items()}


def data(alert: int, step: int, answer: type[ContactAnswer]) -> str:
    """The data of a button; it names alert and step (R27)."""
    return f"al:{alert}:{step}:{_ACTION_OF[answer]}"


_LABELS: Final[Mapping[type[ContactAnswer], Message]] = {
    Acknowledged: LABELS[Word.HAVE_IT],
    Declined: LABELS[Word.CANNOT],
    Reached: LABELS[Word.REACHED],
    ReachedSafe: LABELS[Word.SAFE],
    ReachedNeedsMore: LABELS[Word.NEEDS_MORE],
    NotReached: LABELS[Word.NOT_REACHED],
    Mistaken: LABELS[Word.MISTAKE],
    MistakenAfterTalk: _("alert button", "Yes, we have talked"),
    TakenOver: LABELS[Word.TAKE_OVER],
}


def _button(alert: Alert, answer: type[ContactAnswer], step: int | None = None) -> Button:
    return Button(_LABELS[answer], data(alert.id, alert.current_step if step is None else step, answer))


def take_on(alert: Alert, step: int) -> Keyboard:
    """The buttons under telling number `step`."""
    return rows(_button(alert, Acknowledged, step), _button(alert, Declined, step), width=2)


def outcome(alert: Alert) -> Keyboard:
    """The buttons for whoever has it."""
    written = write_to(alert.id, alert.alias) if may_hear(alert) else ()
    return (*rows(*written), *outcome_of(alert.id, alert.current_step, alert.resident))


def write_to(case: int, alias: str) -> tuple[Button, ...]:
    """Whoever has a case may write to her through the bot, where nobody else may be reading there."""
    return (Button(_("talk", "💬 Write to {alias}", alias=alias), f"tk:open:{case}"),)


def outcome_of(case: int, step: int, resident: int) -> Keyboard:
    """The same, of a case of which only this is known."""
    answers = (ReachedSafe, ReachedNeedsMore, NotReached, Mistaken)
    return rows(
        *(Button(_LABELS[answer], data(case, step, answer)) for answer in answers),
        Button(_("alert button", "Promise a call"), f"cl:for:{resident}"),
        Button(_("alert button", "I must hand it on"), data(case, step, Declined)),
    )


def take_over(alert: Alert) -> Keyboard:
    """For somebody who hears that another one has it."""
    return rows(_button(alert, TakenOver))


def how_is_it(alert: Alert) -> Keyboard:
    """ "Reached" alone does not end a case."""
    return rows(_button(alert, ReachedSafe), _button(alert, ReachedNeedsMore))


def talked(alert: Alert) -> Keyboard:
    """A mistake ends a case only after a talk."""
    not_yet = Button(_("alert button", "No, not yet"), data(alert.id, alert.current_step, Acknowledged))
    return rows(_button(alert, MistakenAfterTalk), not_yet)


def as_it_is_now(alert: Alert, answer: ContactAnswer) -> Keyboard:
    """The same answer again, about the alert as it stands."""
    return rows(_button(alert, type(answer)))
