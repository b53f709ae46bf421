"""
How long each kind of data is kept, and why (S8, R39). The only place that says so: the clock's tidying asks here,
`/privacy` says it, and the table in `docs/operating.md` is made from it.

What an operator may choose stands in `Keep`; the rest is the same for everybody, since texts promise it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from dialogs.people import Contact, Person, Resident

DAY: Final = timedelta(days=1)
TO_REPEAT: Final = timedelta(days=3)
"""Telegram repeats an update for 24 hours and lets us delete messages for 48: nothing needs these rows longer."""
UNOPENED: Final = timedelta(hours=47)
"""A letter nobody opened: longer is no use, because what announced it can be deleted for 48 hours only."""
WORDS: Final = DAY
TO_LOOK_INTO: Final = timedelta(days=30)
PAST: Final = timedelta(days=90)
SIGNS: Final = timedelta(days=7)
FACES: Final = timedelta(days=14)
ASKED: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Keep:
    """What an operator chooses."""

    answers: timedelta = timedelta(days=90)
    alerts: timedelta = timedelta(days=365)
    audit: timedelta = timedelta(days=730)
    notes: timedelta = timedelta(days=365)


class Kind(StrEnum):
    """One kind of data; the value is what `docs/operating.md` calls it."""

    WORDS = "words of hers that were handled"
    UNOPENED = "a letter she has not opened"
    SIGNS = "signs of danger that were heard: kind and hour, no words"
    FACES = "faces of the last check-ins, in her own record"
    TOLD = "what a contact person was told about her last, by kind"
    ANSWERS = "check-ins and answers"
    OPEN_CASES = "open cases"
    CLOSED_CASES = "closed cases: who was told and when, no reasons"
    NOTES = "internal notes"
    AUDIT = "audit"
    TRAFFIC = "numbers of messages, updates, talks and rings"
    SET_ASIDE = "updates that failed: number and kind of error"
    ENDED = "ended notices, outages and activities"
    INVITATIONS = "hashes of used and expired invitations and links"
    RECORD = "her record: name, consents, rhythm, guides, plan, reminders"
    BACKUPS = "backups, sealed"


@dataclass(frozen=True, slots=True)
class Rule:
    """`keeps` None: as long as `until` says. `setting`: the name of an operator's choice."""

    kind: Kind
    keeps: timedelta | None
    why: str
    setting: str = ""
    until: str = ""


def rules(keep: Keep) -> Mapping[Kind, Rule]:
    """Every kind, with what the operator chose."""
    table = (
        Rule(
            Kind.WORDS,
            WORDS,
            "a failed update is looked into within a day; a case that closed by mistake shows at once",
        ),
        Rule(Kind.UNOPENED, UNOPENED, "what announced it can be deleted for 48 hours only"),
        Rule(Kind.SIGNS, SIGNS, "several weak signs within a week mean more than one"),
        Rule(Kind.FACES, FACES, "what is usual for her shows in two weeks"),
        Rule(Kind.TOLD, PAST, "she can see what was said about her"),
        Rule(
            Kind.ANSWERS, keep.answers, "she and whom she allows see how it has been", "VIDARE_KEEP_ANSWERS"
        ),
        Rule(Kind.OPEN_CASES, None, "only a person ends a case", until="until a person has ended them"),
        Rule(
            Kind.CLOSED_CASES,
            keep.alerts,
            "whether somebody answered in time can be asked afterwards",
            "VIDARE_KEEP_ALERTS",
        ),
        Rule(Kind.NOTES, keep.notes, "whoever takes over must know what was agreed", "VIDARE_KEEP_NOTES"),
        Rule(Kind.AUDIT, keep.audit, "misuse is often found late", "VIDARE_KEEP_AUDIT"),
        Rule(Kind.TRAFFIC, TO_REPEAT, "Telegram repeats an update for a day and lets us delete for two"),
        Rule(Kind.SET_ASIDE, TO_LOOK_INTO, "whoever mends the program must see whether it happens again"),
        Rule(Kind.ENDED, PAST, "what was down, and when, explains a silence"),
        Rule(Kind.INVITATIONS, TO_LOOK_INTO, "whoever comes with an old link hears why it does not work"),
        Rule(
            Kind.RECORD, None, "without it the bot cannot go on", until="until she or the operator erases it"
        ),
        Rule(
            Kind.BACKUPS,
            None,
            "a disk can be lost",
            "VIDARE_BACKUP_KEEP",
            until="as many nights as are kept; locked, they hold also those who were erased since",
        ),
    )
    return {rule.kind: rule for rule in table}


def pruned(person: Person, now: datetime) -> Person:
    """The same person without what is too old in their own record. Otherwise it would go only with their next act."""
    if isinstance(person, Resident):
        return _resident(person, now)
    return _contact(person, now)


def _resident(her: Resident, now: datetime) -> Resident:
    today = now.astimezone(UTC).date()
    shown = her.told_at is not None and now - her.told_at < PAST
    return replace(
        her,
        heard=tuple(each for each in her.heard if now - each.at < SIGNS),
        nights=tuple(each for each in her.nights if now - each < SIGNS),
        faces=tuple(each for each in her.faces if today - each[0] <= FACES),
        asked=tuple(each for each in her.asked if now - each[1] < ASKED),
        told=her.told if shown else (),
        told_at=her.told_at if shown else None,
    )


def _contact(contact: Contact, now: datetime) -> Contact:
    """The talk that a held letter was for ended a day after it."""
    return replace(contact, held=tuple(each for each in contact.held if now - each.letter.at < UNOPENED))


def drawing(keep: Keep) -> str:
    """Return the rules as a Markdown table, for `docs/operating.md`."""
    lines = ["| what | how long | why | setting |", "|---|---|---|---|"]
    lines += [
        f"| {rule.kind} | {_length(rule)} | {rule.why} | {f'`{rule.setting}`' if rule.setting else ''} |"
        for rule in rules(keep).values()
    ]
    return "\n".join([*lines, ""])


def _length(rule: Rule) -> str:
    if rule.keeps is None:
        return rule.until
    if rule.keeps < timedelta(days=3):
        return f"{rule.keeps // timedelta(hours=1)} hours"
    return f"{rule.keeps.days} days"
