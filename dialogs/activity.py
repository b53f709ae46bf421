"""
An activity: something with a place and a time that people are invited to, such as a dinner on Thursday.

Its words belong to nobody in particular and are sealed under the key of the house. How many come is a number.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from dialogs.near_file import holds_a_number
from dialogs.text import Message, _

LONGEST_TITLE: Final = 60
LONGEST_WORDS: Final = 600


class ActivityState(StrEnum):
    """What has become of it."""

    DRAFT = "draft"  # kept, and nobody was told
    SENT = "sent"
    CANCELLED = "cancelled"


class Then(StrEnum):
    """What activities are looked up for."""

    SEE = "see"  # she wants to read it
    COME = "come"  # she comes
    BACK = "back"  # she does not come after all
    QUIET = "quiet"  # she wants no more from where it is
    MORNING = "morning"  # those that waited may be told now
    NEXT = "next"  # she asks what is coming up in a place
    MINE = "mine"  # who announced them asks how many come
    ASK_CANCEL = "ask-cancel"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Activity:
    """`ends_at` is until when one may still come; `by` is the contact person who announced it, if one did."""

    id: int
    place: str
    begins_at: datetime
    ends_at: datetime
    state: ActivityState
    title: str
    words: str = ""
    by: int | None = None
    coming: int = 0

    def is_on(self, now: datetime) -> bool:
        """Whether somebody may still say that she comes."""
        return self.state is ActivityState.SENT and now < self.ends_at


@dataclass(frozen=True, slots=True)
class Draft:
    """An activity that is being put together, one question after the other; None: not answered yet."""

    place: str | None = None
    title: str | None = None
    begins_at: datetime | None = None
    words: str | None = None


def unfit(text: str, longest: int) -> Message | None:
    """Say why a text may not be sent to residents; None where it may."""
    if not text.strip():
        return _("announcing", "Please write a few words.")
    if len(text) > longest:
        return _("announcing", "That is too long. Please use at most {count} characters.", count=longest)
    if holds_a_number(text):
        return _(
            "announcing", "Please leave phone numbers out. The right ones stand on the page of the place."
        )
    if "://" in text or "www." in text.casefold() or "t.me/" in text.casefold():
        return _("announcing", "Please leave links out. Nobody here can check where they lead.")
    return None
