"""
What may stand in the shared plan (SIP): an area, who helps, the next step, and perhaps a day.

All of it is chosen from lists, nothing is written: so a plan that others see holds no free words about anybody (S8).
A step belongs to one area, and its code stays what it is, since kept plans name it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from dialogs.text import Message, _


class Area(StrEnum):
    """A part of life."""

    HOME = "home"
    MONEY = "money"
    WORK = "work"
    HEALTH = "health"
    CHILDREN = "children"
    AUTHORITIES = "authorities"
    SAFETY = "safety"
    LEISURE = "leisure"


class Helper(StrEnum):
    """Who helps. `PARTNER` is the contact person with whom the entry is agreed: nobody else is promised for."""

    PARTNER = "partner"
    HERSELF = "herself"
    SERVICES = "services"
    CARE = "care"
    SCHOOL = "school"
    JOBS = "jobs"
    SHELTER = "shelter"


AREAS: Final[Mapping[Area, Message]] = {
    Area.HOME: _("sip area", "Home"),
    Area.MONEY: _("sip area", "Money"),
    Area.WORK: _("sip area", "Work and studies"),
    Area.HEALTH: _("sip area", "Health"),
    Area.CHILDREN: _("sip area", "Children"),
    Area.AUTHORITIES: _("sip area", "Authorities"),
    Area.SAFETY: _("sip area", "Safety"),
    Area.LEISURE: _("sip area", "Free time"),
}

STEPS: Final[Mapping[Area, Mapping[str, Message]]] = {
    Area.HOME: {
        "home-look": _("sip step", "Look for a home together"),
        "home-queue": _("sip step", "Join a housing queue"),
        "home-apply": _("sip step", "Apply for a home"),
        "home-visit": _("sip step", "Visit a home"),
        "home-move": _("sip step", "Plan the move"),
    },
    Area.MONEY: {
        "money-budget": _("sip step", "Make a budget"),
        "money-apply": _("sip step", "Apply for money support"),
        "money-bills": _("sip step", "Go through the bills"),
        "money-debts": _("sip step", "Talk to a debt adviser"),
    },
    Area.WORK: {
        "work-cv": _("sip step", "Write a CV"),
        "work-apply": _("sip step", "Apply for a job"),
        "work-office": _("sip step", "Meet the employment service"),
        "work-course": _("sip step", "Apply for a course"),
    },
    Area.HEALTH: {
        "health-book": _("sip step", "Book an appointment"),
        "health-go": _("sip step", "Go to an appointment together"),
        "health-talk": _("sip step", "Find somebody to talk to"),
    },
    Area.CHILDREN: {
        "child-school": _("sip step", "Talk to the school or preschool"),
        "child-place": _("sip step", "Apply for a place at school or preschool"),
        "child-care": _("sip step", "Plan who looks after the children"),
        "child-meet": _("sip step", "Go to a meeting about the children together"),
    },
    Area.AUTHORITIES: {
        "auth-call": _("sip step", "Make a call together"),
        "auth-form": _("sip step", "Fill in a form together"),
        "auth-letter": _("sip step", "Read a letter together"),
        "auth-meet": _("sip step", "Go to a meeting together"),
    },
    Area.SAFETY: {
        "safe-plan": _("sip step", "Go through the safety plan"),
        "safe-phone": _("sip step", "Go through the phone"),
        "safe-data": _("sip step", "Apply for protected personal data"),
        "safe-talk": _("sip step", "Talk about how safe it feels"),
    },
    Area.LEISURE: {
        "free-find": _("sip step", "Find something to do"),
        "free-go": _("sip step", "Go there together the first time"),
        "free-people": _("sip step", "Meet new people"),
    },
}

HELPERS: Final[Mapping[Helper, Message]] = {
    Helper.SERVICES: _("sip helper", "social services"),
    Helper.CARE: _("sip helper", "health care"),
    Helper.SCHOOL: _("sip helper", "the school"),
    Helper.JOBS: _("sip helper", "the employment service"),
    Helper.SHELTER: _("sip helper", "the women’s shelter"),
}
"""Those who have no name here. She and her contact person are named by whoever shows the entry."""


def area_of(step: str) -> Area | None:
    """To which area a step belongs; None for one that this program does not know."""
    return next((area for area, steps in STEPS.items() if step in steps), None)


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """
    One line of the plan, between her and contact person `contact`.

    An `id` stands for what was said yes to, so it is never used again: a new day makes a new entry.
    """

    id: int
    step: str
    helper: Helper
    contact: int
    by: int  # who proposed it as it stands: she, or the contact person
    on: date | None = None
    her_yes: bool = False
    their_yes: bool | None = None  # None: not answered; only a yes is a yes
    done: bool = False
    news: bool = False  # there is something about it that she was not told
    reminded: bool = False

    @property
    def agreed(self) -> bool:
        """Nothing counts before both have said yes."""
        return self.her_yes and self.their_yes is True


@dataclass(frozen=True, slots=True)
class Suggest:
    """A contact person proposes this."""

    step: str
    helper: Helper
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SayYes:
    """A contact person agrees to what she proposed."""

    entry: int


@dataclass(frozen=True, slots=True)
class SayNo:
    """A contact person does not agree to it."""

    entry: int


@dataclass(frozen=True, slots=True)
class MarkDone:
    """What both agreed on is done."""

    entry: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A contact person withdraws what she proposed."""

    entry: int


PlanChange: TypeAlias = Suggest | SayYes | SayNo | MarkDone | TakeBack
"""What a contact person may ask of the plan; the resident's own decision says what becomes of it."""
