"""
What somebody in this role sees and does: one page for each kind of contact person, four for coordinators.

Short enough to be read on a bus. What a page promises is what the program does; what a resident lets be seen beats
every page, and each page says so.
"""

from collections.abc import Mapping
from typing import Final

from dialogs import practice
from dialogs.kinds import ContactKind
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Role
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _
from dialogs.words import LABELS, Word

BUTTON: Final = Button(LABELS[Word.ROLE], "ro:0")
_KINDS: Final[Mapping[ContactKind, Text]] = {
    ContactKind.ORDINARY: (
        _("introduction", "You are an ordinary contact person: somebody she knows and trusts."),
        _(
            "introduction",
            "You are told when she needs somebody. You see when she last did something here, "
            "and whether a check-in is unanswered. You can promise her a call.",
        ),
    ),
    ContactKind.PROFESSIONAL: (
        _("introduction", "You are a qualified contact person: this is your work."),
        _(
            "introduction",
            "You are told when she needs somebody. You see when she last did something here, whether a check-in "
            "is unanswered, and the plan that was agreed together. You can promise her a call.",
        ),
    ),
    ContactKind.CIVIL: (
        _("introduction", "You are a contact person from an association: company and everyday life."),
        _(
            "introduction",
            "You are told when she needs somebody. You do not see her check-ins or when she was last here. "
            "You can promise her a call.",
        ),
    ),
    ContactKind.HOME_SUPPORT: (
        _("introduction", "You are a home supporter (boendestöd): help with what a home needs."),
        _(
            "introduction",
            "You are told when she needs somebody. You see when she last did something here, whether a check-in "
            "is unanswered, and the plan that was agreed together. You can promise her a call.",
        ),
    ),
    ContactKind.SOCIAL_SERVICES: (
        _("introduction", "You are her contact at the social services."),
        _(
            "introduction",
            "You are told when she needs somebody. You see the plan that was agreed together, and not her "
            "check-ins or when she was last here.",
        ),
    ),
}
_DESK: Final[tuple[Text, ...]] = (
    (
        _("introduction", "1/4. You are a coordinator: the last in every chain."),
        _(
            "introduction",
            "When no contact person answers, I ask you. Under “today” you see every open case and can take it over.",
        ),
        _(
            "introduction",
            "“Take over” works for each of them. Where you were not told about a case, I ask which one you mean.",
        ),
    ),
    (
        _(
            "introduction",
            "2/4. I tell you what is wrong with me: a person who cannot be reached, a test that nobody answered.",
        ),
        _("introduction", "Such a note begins with 🔧 and is never about how a resident is."),
    ),
    (
        _("introduction", "3/4. Write “desk” to see everything that is open on a larger screen."),
        _(
            "introduction",
            "Hours and absences of the team stand there too. "
            "On Mondays you see how many residents each one looks after.",
        ),
    ),
    (
        _(
            "introduction",
            "4/4. You make invitations, and you name contact persons. The resident agrees or not.",
        ),
        _(
            "introduction",
            "Each link works once and for a day. Whoever leaves with “stop” sees nothing more from that moment on.",
        ),
    ),
)


def show(contact: Contact, number: int = 0) -> Outcome[Contact]:
    """A page of her role; a number that is none shows the last one."""
    pages = _pages(contact)
    number = min(number, len(pages) - 1)
    return Outcome(contact, (say(*pages[number], keyboard=_keyboard(number, len(pages))),))


def _pages(contact: Contact) -> tuple[Text, ...]:
    if contact.role is Role.COORDINATOR:
        return _DESK
    return ((*_KINDS[contact.kind], _hers()),)


def _hers() -> Message:
    return _(
        "introduction",
        "She can change at any time what you see. Only she can. Her name and number you never see here.",
    )


def _keyboard(number: int, count: int) -> Keyboard:
    if number + 1 < count:
        return rows(Button(_("contact", "Next"), f"ro:{number + 1}"))
    return rows(practice.BUTTON)


def press(contact: Contact, pressed: str) -> Outcome[Contact] | None:
    """Take `ro:PAGE`; None for what is not ours."""
    number = pressed.partition(":")[2]
    return show(contact, int(number)) if number.isdecimal() and len(number) < 3 else None
