"""
Words for what stands in the database as a code. What only a newer program knows is shown as it stands.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from dialogs.alert import AlertState
from dialogs.escalation_policy import EMERGENCY, QUIET, URGENT
from dialogs.people import Role
from dialogs.text import Message, _, _n, plain
from storage.audit import Did

_LEVELS: Final[Mapping[int, tuple[str, Message]]] = {
    EMERGENCY: ("▲", _("desk", "Emergency")),
    URGENT: ("◆", _("desk", "Urgent")),
    QUIET: ("●", _("desk", "Quiet note")),
}
"""A shape besides the word, and never a colour alone."""
_STATES: Final[Mapping[str, Message]] = {
    AlertState.RAISED: _("desk", "the next one is being told"),
    AlertState.WAITING: _("desk", "waiting for an answer"),
    AlertState.ACKNOWLEDGED: _("desk", "somebody has it"),
    AlertState.CLOSED: _("desk", "closed"),
}
_ROLES: Final[Mapping[str, Message]] = {
    Role.RESIDENT: _("desk", "Resident"),
    Role.CONTACT: _("desk", "Contact person"),
    Role.COORDINATOR: _("desk", "Coordinator"),
}
_PERSON_STATES: Final[Mapping[str, Message]] = {
    "invited": _("desk", "invited"),
    "joining": _("desk", "joining"),
    "active": _("desk", "active"),
    "left": _("desk", "has left"),
}
_KINDS: Final[Mapping[str, Message]] = {
    "ordinary": _("desk", "Ordinary contact person"),
    "professional": _("desk", "Professional contact person"),
    "civil": _("desk", "From an association"),
    "home-support": _("desk", "Home supporter"),
    "social-services": _("desk", "Social services"),
}
_CHECK_INS: Final[Mapping[str, Message]] = {
    "answered": _("desk", "answered"),
    "skipped": _("desk", "not now"),
    "missed": _("desk", "not answered"),
    "undelivered": _("desk", "did not arrive"),
}
_DIDS: Final[Mapping[str, Message]] = {
    Did.SIGNED_IN: _("desk", "signed in"),
    Did.SIGN_IN_FAILED: _("desk", "wrong code at sign-in"),
    Did.SIGNED_OUT: _("desk", "signed out"),
    Did.SIGNED_OUT_EVERYWHERE: _("desk", "signed out everywhere"),
    Did.LINK_MADE: _("desk", "made a link to this desk"),
    Did.ACCOUNT_RESET: _("desk", "took back access to this desk"),
    Did.PERSON_OPENED: _("desk", "opened a person’s page"),
    Did.CASE_OPENED: _("desk", "opened a case"),
    Did.CASE_TAKEN: _("desk", "took a case on"),
    Did.CASE_TAKEN_OVER: _("desk", "took a case over"),
    Did.CASE_ANSWERED: _("desk", "told how a case went"),
    Did.CASE_ENDED: _("desk", "ended a damaged case"),
    Did.INVITED: _("desk", "invited somebody"),
    Did.INVITATION_REVOKED: _("desk", "took an invitation back"),
    Did.HOURS_SET: _("desk", "changed hours"),
    Did.AWAY_SET: _("desk", "set an absence"),
    Did.BACK_SET: _("desk", "ended an absence"),
    Did.LIMIT_SET: _("desk", "changed a limit"),
    Did.POLICY_SET: _("desk", "changed who is told"),
    Did.PLAN_OPENED: _("desk", "opened a plan"),
    Did.RESIDENT_OPENED: _("desk", "opened a resident’s page"),
    Did.NOTES_OPENED: _("desk", "opened notes"),
    Did.NOTE_WRITTEN: _("desk", "wrote a note"),
    Did.CONTACT_PROPOSED: _("desk", "proposed a contact person"),
    Did.ORDER_SET: _("desk", "changed who is told first"),
    Did.PERSON_REMOVED: _("desk", "removed somebody"),
    Did.PERSON_FROZEN: _("desk", "froze a chat"),
    Did.PERSON_UNFROZEN: _("desk", "unfroze a chat"),
    Did.INVITATION_RENEWED: _("desk", "renewed an invitation"),
    Did.CODE_RESET: _("desk", "took away a resident’s check"),
    Did.TREND_OPENED: _("desk", "saw how a resident has answered"),
    Did.TALK_BEGUN: _("desk", "began to write with a resident"),
    Did.ERASED: _("desk", "erased somebody"),
    Did.PRUNED: _("desk", "rows of this list that are too old were deleted"),
}
TIMES: Final = (
    _("desk", "up to 2 minutes"),
    _("desk", "up to 5 minutes"),
    _("desk", "up to 15 minutes"),
    _("desk", "up to an hour"),
    _("desk", "up to 4 hours"),
    _("desk", "longer"),
)
"""As `bot.reckoning.MINUTES`."""


def sign(level: int) -> str:
    """A shape for a level; one nobody knows is taken for the gravest."""
    return _LEVELS.get(level, _LEVELS[EMERGENCY])[0]


def level(number: int) -> Message:
    """A level in a word."""
    return _LEVELS.get(number, _LEVELS[EMERGENCY])[1]


def state(code: str) -> Message:
    """How a case stands."""
    return _STATES.get(code) or plain(code)


def role(code: str) -> Message:
    """What somebody is here."""
    return _ROLES.get(code) or plain(code)


def person_state(code: str) -> Message:
    """Whether somebody has come, or left."""
    return _PERSON_STATES.get(code) or plain(code)


def kind(code: str) -> Message:
    """What kind of contact person somebody is."""
    return _KINDS.get(code) or plain(code)


def check_in(code: str) -> Message:
    """What became of a check-in."""
    return _CHECK_INS.get(code) or plain(code)


def did(code: str) -> Message:
    """What was done, for the audit."""
    return _DIDS.get(code) or plain(code)


def distance(at: datetime, now: datetime) -> Message:
    """How far a moment is, in the largest unit that says enough."""
    ahead, seconds = at > now, abs(at - now).total_seconds()
    if seconds < 60:
        return _("desk", "in less than a minute") if ahead else _("desk", "less than a minute ago")
    if seconds < 2 * 3600:
        minutes = int(seconds // 60)
        if ahead:
            return _n("desk", "in {count} minute", "in {count} minutes", minutes)
        return _n("desk", "{count} minute ago", "{count} minutes ago", minutes)
    hours = int(seconds // 3600)
    if timedelta(seconds=seconds) < timedelta(days=2):
        if ahead:
            return _n("desk", "in {count} hour", "in {count} hours", hours)
        return _n("desk", "{count} hour ago", "{count} hours ago", hours)
    if ahead:
        return _n("desk", "in {count} day", "in {count} days", hours // 24)
    return _n("desk", "{count} day ago", "{count} days ago", hours // 24)
