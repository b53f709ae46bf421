"""
What coordinators read about the bot itself: one message for all that is open, counted, without a name or an id.

Who looks after the machine finds the rest with `vidare doctor`; who does not can pass the message on.
"""

from collections.abc import Callable, Mapping
from typing import Final

from dialogs.notices import NoticeKind
from dialogs.text import Message, Text, _, _n, plain, stacked

Said = Callable[[int], Message]

_LINES: Final[Mapping[NoticeKind, Said]] = {
    NoticeKind.NOBODY_TO_TELL: lambda count: _n(
        "notice",
        "• If one of the residents needed help now, nobody would be told.",
        "• If any of {count} residents needed help now, nobody would be told.",
        count,
    ),
    NoticeKind.CONTACT_UNREACHABLE: lambda count: _n(
        "notice",
        "• One contact person cannot be reached in Telegram any more.",
        "• {count} contact persons cannot be reached in Telegram any more.",
        count,
    ),
    NoticeKind.CONTACT_UNTESTED: lambda count: _n(
        "notice",
        "• One contact person has not answered the last test.",
        "• {count} contact persons have not answered the last test.",
        count,
    ),
    NoticeKind.STAND_IN_UNUSABLE: lambda count: _n(
        "notice",
        "• One contact person is away, and a resident has not agreed to who stands in.",
        "• {count} contact persons are away, and a resident has not agreed to who stands in.",
        count,
    ),
    NoticeKind.PERSON_FROZEN: lambda count: _n(
        "notice",
        "• One chat is frozen, and I write nothing there. Unfreeze it when the phone is in the right hands again.",
        "• {count} chats are frozen, and I write nothing there. "
        "Unfreeze them when the phones are in the right hands again.",
        count,
    ),
    NoticeKind.CHANNEL_FAILING: lambda count: _n(
        "notice",
        "• One way to reach somebody besides Telegram does not work.",
        "• {count} ways to reach somebody besides Telegram do not work.",
        count,
    ),
    NoticeKind.PERSON_UNREADABLE: lambda count: _n(
        "notice",
        "• What is stored about one person cannot be read.",
        "• What is stored about {count} people cannot be read.",
        count,
    ),
    NoticeKind.ALERT_UNREADABLE: lambda count: _n(
        "notice",
        "• One case that is open cannot be read. Please have somebody look today.",
        "• {count} cases that are open cannot be read. Please have somebody look today.",
        count,
    ),
    NoticeKind.RECORD_FAILED: lambda count: _n(
        "notice",
        "• One record could not be handled. I look at it again every ten minutes.",
        "• {count} records could not be handled. I look at them again every ten minutes.",
        count,
    ),
    NoticeKind.UPDATE_SET_ASIDE: lambda count: _n(
        "notice",
        "• One thing that reached me from Telegram could not be handled. It is kept, locked.",
        "• {count} things that reached me from Telegram could not be handled. They are kept, locked.",
        count,
    ),
    NoticeKind.MESSAGE_UNCLEAR: lambda count: _n(
        "notice",
        "• One message may not have arrived. I do not send it twice.",
        "• {count} messages may not have arrived. I do not send them twice.",
        count,
    ),
    NoticeKind.MESSAGE_REFUSED: lambda count: _n(
        "notice",
        "• Telegram did not accept one message. It was not sent.",
        "• Telegram did not accept {count} messages. They were not sent.",
        count,
    ),
    NoticeKind.LOCALE_GONE: lambda count: _n(
        "notice",
        "• The language of one person is not here any more.",
        "• The languages of {count} people are not here any more.",
        count,
    ),
    NoticeKind.ZONE_UNKNOWN: lambda count: _n(
        "notice",
        "• The time zone of one person is not known here.",
        "• The time zones of {count} people are not known here.",
        count,
    ),
    NoticeKind.STORAGE: lambda _count: _(
        "notice", "• The disk was full or did not work. While that lasts, I can handle nothing new."
    ),
    NoticeKind.BACKUP_FAILED: lambda _count: _(
        "notice", "• The nightly backup did not work. Older backups are left as they are."
    ),
    NoticeKind.GUIDE_OLD: lambda count: _n(
        "notice",
        "• One guide rests on facts that should be checked again. It says so to its readers.",
        "• {count} guides rest on facts that should be checked again. They say so to their readers.",
        count,
    ),
    NoticeKind.NEAR_FAULTY: lambda count: _n(
        "notice",
        "• The page of one place was changed and now has a mistake. I go on with the last good one.",
        "• The pages of {count} places were changed and now have mistakes. I go on with the last good ones.",
        count,
    ),
    NoticeKind.NEAR_OLD: lambda count: _n(
        "notice",
        "• Nobody has checked the page of one place for half a year. It says so to its readers.",
        "• Nobody has checked the pages of {count} places for half a year. They say so to their readers.",
        count,
    ),
    NoticeKind.NOT_NEUTRAL: lambda count: _n(
        "notice",
        "• One message would have shown on a locked screen what it is about. I put a neutral line before it.",
        "• {count} messages would have shown on a locked screen what they are about. "
        "I put a neutral line before each.",
        count,
    ),
    NoticeKind.CHORE_FAILED: lambda count: _n(
        "notice",
        "• One of my regular tasks failed. I try it again within an hour.",
        "• {count} of my regular tasks failed. I try them again within an hour.",
        count,
    ),
    NoticeKind.OUTAGE: lambda _count: _("notice", "• I was not running for a while."),
    NoticeKind.TOKEN_REFUSED: lambda _count: _(
        "notice", "• Telegram did not recognise me for a while. In that time I could write to nobody."
    ),
    NoticeKind.SECOND_BOT: lambda _count: _(
        "notice", "• Another program used my access to Telegram. What was written to me may have gone there."
    ),
}
"""In this order they are told: first what keeps help from coming."""


def line(kind: str, count: int) -> Message:
    """One of them, for a list; a kind that only another program knows is named as it stands."""
    said = _LINES.get(NoticeKind(kind)) if kind in set(NoticeKind) else None
    return said(count) if said is not None else plain(kind)


def news(counts: Mapping[str, int]) -> Text:
    """The message; `counts` says how much there is of each kind. Neutral on a lock screen (R35)."""
    lines = [said(counts[kind]) for kind, said in _LINES.items() if counts.get(kind)]
    others = sum(count for kind, count in counts.items() if kind not in _LINES)
    if others:
        lines.append(_n("notice", "• One more thing.", "• {count} more things.", others))
    return (
        _("notice", "🔧 This is about me, the bot, and not about how anybody is."),
        stacked(*lines),
        _(
            "notice",
            "“vidare doctor” on my computer says more. Please pass this on to whoever looks after it.",
        ),
    )
