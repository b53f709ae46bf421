"""
Notices: what is wrong with the bot itself, for whoever runs it. Never about how a resident is.

A notice names ids only. It is told to the coordinators once, stays open until what it is about has ended, and
`vidare doctor` prints it.
"""

from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """What needs a look. The value stands in the database and in metrics, so it is never given a new meaning."""

    NOBODY_TO_TELL = "nobody-to-tell"  # person: if something happened to her now, nobody would hear of it
    CONTACT_UNREACHABLE = "contact-unreachable"  # person: has blocked the bot, or has no account any more
    CONTACT_UNTESTED = "contact-untested"  # person: did not answer the last test alert
    STAND_IN_UNUSABLE = "stand-in-unusable"  # person: is away, and a resident has not agreed to the stand-in
    CHANNEL_FAILING = "channel-failing"  # channel: did not take several messages in a row
    PERSON_UNREADABLE = "person-unreadable"  # person: the row does not open
    ALERT_UNREADABLE = "alert-unreadable"  # alert: the row does not open
    UPDATE_SET_ASIDE = "update-set-aside"  # updates that could not be handled
    MESSAGE_UNCLEAR = "message-unclear"  # person: a message may not have arrived, and is not sent twice
    MESSAGE_REFUSED = "message-refused"  # person: Telegram will never take a message we made
    RECORD_FAILED = (
        "record-failed"  # person or alert: handling failed; it is looked at again every ten minutes
    )
    LOCALE_GONE = "locale-gone"  # person: her language is not offered any more
    ZONE_UNKNOWN = "zone-unknown"  # person: her time zone is not known here
    STORAGE = "storage"  # the disk was full, read-only or failing
    BACKUP_FAILED = "backup-failed"
    CHORE_FAILED = "chore-failed"  # chore: the clock's work for everybody, such as the daily audit
    OUTAGE = "outage"  # the bot was down for long
    TOKEN_REFUSED = "token-refused"  # noqa: S105 -- a word, not a token: Telegram does not know our token
    GUIDE_OLD = "guide-old"  # guide: it, or a fact it rests on, is past its date and should be checked again
    SECOND_BOT = "second-bot"  # another program asks for updates with the same token
    NEAR_OLD = "near-old"  # place: nobody has checked its page for half a year
    PERSON_FROZEN = "person-frozen"  # person: her chat may be in other hands, so nothing is said there
    NEAR_FAULTY = (
        "near-faulty"  # place: its file has faults, and the last good version is shown, if there is one
    )
    NOT_NEUTRAL = "not-neutral"  # something unasked did not open with a neutral line, and was given one


ABOUT_ONE_EVENT: Final = frozenset(
    {
        NoticeKind.UPDATE_SET_ASIDE,
        NoticeKind.MESSAGE_UNCLEAR,
        NoticeKind.MESSAGE_REFUSED,
        NoticeKind.OUTAGE,
        NoticeKind.STORAGE,
        NoticeKind.RECORD_FAILED,
        NoticeKind.TOKEN_REFUSED,
        NoticeKind.SECOND_BOT,
        NoticeKind.NOT_NEUTRAL,
    }
)
"""These do not end by being mended: they end when nothing more of the kind has happened for a while."""


GRAVE: Final = frozenset(
    {
        NoticeKind.NOBODY_TO_TELL,
        NoticeKind.ALERT_UNREADABLE,
        NoticeKind.STORAGE,
        NoticeKind.TOKEN_REFUSED,
        NoticeKind.SECOND_BOT,
    }
)
"""With these an alert may reach nobody, or Telegram may carry nothing: second channels of the coordinators ring too."""


def person(person_id: int) -> str:
    """The subject of a notice about a person."""
    return f"person:{person_id}"


def alert(alert_id: int) -> str:
    """The subject of a notice about an alert."""
    return f"alert:{alert_id}"


def channel(channel_id: int) -> str:
    """The subject of a notice about a second channel."""
    return f"channel:{channel_id}"


def guide(guide_id: str) -> str:
    """The subject of a notice about a guide."""
    return f"guide:{guide_id}"


def chore(name: str) -> str:
    """The subject of a notice about a chore of the clock."""
    return f"chore:{name}"


def place(place_id: str) -> str:
    """The subject of a notice about a place near residents."""
    return f"place:{place_id}"
