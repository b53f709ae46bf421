"""
Kinds of contact person, and what each may see of a resident unless she chose otherwise.

Being told of alerts is the agreement itself, for every kind. The trend of her faces is nobody's default: it needs
her own yes.
"""

from collections.abc import Mapping
from enum import StrEnum


class ContactKind(StrEnum):
    """Who somebody is to a resident."""

    ORDINARY = "ordinary"
    PROFESSIONAL = "professional"
    CIVIL = "civil"
    HOME_SUPPORT = "home-support"
    SOCIAL_SERVICES = "social-services"


class Sight(StrEnum):
    """What may be seen."""

    SIGNS = "signs"  # last sign of life, unanswered check-ins
    TREND = "trend"  # faces as a picture
    PLAN = "plan"
    TALK = "talk"


DEFAULTS: Mapping[ContactKind, frozenset[Sight]] = {
    ContactKind.ORDINARY: frozenset({Sight.SIGNS, Sight.TALK}),
    ContactKind.PROFESSIONAL: frozenset({Sight.SIGNS, Sight.TALK, Sight.PLAN}),
    ContactKind.CIVIL: frozenset({Sight.TALK}),
    ContactKind.HOME_SUPPORT: frozenset({Sight.SIGNS, Sight.TALK, Sight.PLAN}),
    ContactKind.SOCIAL_SERVICES: frozenset({Sight.PLAN}),
}
