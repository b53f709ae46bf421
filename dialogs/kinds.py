"""
Kinds of contact person, and what each of them may see of a resident unless she decides otherwise.

Being told when something is wrong is her agreement itself, the same for every kind. What else somebody sees is hers
to change, for each person, at any time (`dialogs/sight.py`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from dialogs.text import Message, _


class ContactKind(StrEnum):
    """As what somebody is there for her."""

    ORDINARY = "ordinary"
    PROFESSIONAL = "professional"
    CIVIL = "civil"
    HOME_SUPPORT = "home-support"
    SOCIAL_SERVICES = "social-services"


class Sight(StrEnum):
    """What somebody may see or do, besides being told when something is wrong."""

    SIGNS = "signs"  # the hour of her last sign of life, and check-ins that were not answered
    TREND = "trend"  # her faces, as a small picture
    PLAN = "plan"  # the shared plan
    TALK = "talk"  # writing with her here


DEFAULTS: Final[Mapping[ContactKind, frozenset[Sight]]] = {
    ContactKind.ORDINARY: frozenset({Sight.SIGNS, Sight.TALK}),
    ContactKind.PROFESSIONAL: frozenset({Sight.SIGNS, Sight.TALK, Sight.PLAN}),
    ContactKind.CIVIL: frozenset({Sight.TALK}),
    ContactKind.HOME_SUPPORT: frozenset({Sight.SIGNS, Sight.TALK, Sight.PLAN}),
    ContactKind.SOCIAL_SERVICES: frozenset({Sight.PLAN}),
}
"""How she has answered is nobody's by default: that needs her own yes."""

NAMES: Final[Mapping[ContactKind, Message]] = {
    ContactKind.ORDINARY: _("kind", "contact person"),
    ContactKind.PROFESSIONAL: _("kind", "professional contact person"),
    ContactKind.CIVIL: _("kind", "contact person from an association"),
    ContactKind.HOME_SUPPORT: _("kind", "home supporter (boendestöd)"),
    ContactKind.SOCIAL_SERVICES: _("kind", "social services (socialtjänsten)"),
}
"""As she sees it, beside the name."""
