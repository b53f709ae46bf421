"""
What is said about an alert: to contact persons, who must understand it in five seconds, and to the resident.

The first line to a contact person names case and urgency and nothing else, because it may show on a lock
screen. Reasons are codes in the alert (`TV2`, `silence:2`, `stuck:bills:pay`) and become words here.
"""

from dataclasses import replace

from dialogs.alert import Alert, Track
from dialogs.risk.categories import REASONS
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, _n, stacked
from dialogs.words import LABELS, Word

EMERGENCY, URGENT, QUIET = 3, 2, 1


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
    plain = {
        "someone": _("alert reason", "{alias} asked for somebody.", alias=alias),
        "company": _("alert reason", "{alias} would like you to get in touch today.", alias=alias),
        "unsafe": _("alert reason", "{alias} says: I am not safe right now.", alias=alias),
        "unanswered": _(
            "alert reason", "{alias} did not answer when I asked whether things are safe.", alias=alias
        ),
        "blocked": _(
            "alert reason",
            "I cannot write to {alias} any more. It may be a choice; please get in touch another way.",
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


def telling(alert: Alert) -> Text:
    """The alert, as a contact person sees it."""
    about = _("alert", "About {alias}, {time}.", alias=alert.alias, time=alert.raised_at)
    return (
        headline(alert),
        stacked(about, *(reason(code, alert.alias) for code in alert.reasons)),
        stacked(_promised(alert), _ask(alert)),
    )


def _promised(alert: Alert) -> Message:
    if alert.track is Track.QUIET and alert.reasons[0].partition(":")[0] in ("silence", "seen"):
        return _("alert", "I have told {alias} that you know.", alias=alert.alias)
    if alert.reasons[0] == "blocked":
        return _("alert", "{alias} does not know that I tell you this.", alias=alert.alias)
    return _("alert", "{alias} knows that I am asking you to get in touch.", alias=alert.alias)


def _ask(alert: Alert) -> Message:
    if alert.level == EMERGENCY:
        return _(
            "alert",
            "Take it on with “I have it” and get in touch at once. If somebody’s life is in danger, call {emergency}.",
        )
    return _("alert", "Take it on with “I have it”. If you cannot, say so, and I ask the next person.")


def take_on(alert: Alert) -> Keyboard:
    """The buttons under a telling; they name alert and step (R27)."""
    return rows(
        Button(LABELS[Word.HAVE_IT], f"al:{alert.id}:{alert.step}:have"),
        Button(LABELS[Word.CANNOT], f"al:{alert.id}:{alert.step}:cannot"),
        width=2,
    )


def outcome(alert: Alert) -> Keyboard:
    """The buttons for whoever has it."""
    return rows(
        Button(LABELS[Word.REACHED], f"al:{alert.id}:{alert.step}:reached"),
        Button(LABELS[Word.NOT_REACHED], f"al:{alert.id}:{alert.step}:missed"),
        Button(_("alert button", "I must hand it on"), f"al:{alert.id}:{alert.step}:cannot"),
        width=2,
    )
