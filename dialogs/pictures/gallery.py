"""All pictures by the name that guides use, with the words that stand below them in the chat."""

from collections.abc import Callable, Mapping
from typing import Final

from dialogs.pictures import home, money, phone, safety
from dialogs.pictures.drawing import Say, Sheet
from dialogs.text import Message, _

PICTURES: Final[Mapping[str, Callable[[Sheet], str]]] = {
    "bill": money.bill,
    "invoice-ways": money.invoice_ways,
    "payslip": money.payslip,
    "kronofogden-letter": money.kronofogden_letter,
    "budget": money.budget,
    "housing-queue": home.housing_queue,
    "rubbish": home.rubbish,
    "laundry": home.laundry,
    "rent-ad": home.rent_ad,
    "protection-levels": safety.protection_levels,
    "mail-forwarding": safety.mail_forwarding,
    "decision-letter": safety.decision_letter,
    "phone-privacy": safety.phone_privacy,
    "people": safety.people,
    "phone-hide": phone.hide,
    "phone-lock": phone.lock,
    "phone-disappear": phone.disappear,
    "clear-chat": safety.clear_chat,
}


def svg(name: str, say: Say, *, mirrored: bool) -> str:
    """Draw a picture; raise KeyError for a name that is none."""
    return PICTURES[name](Sheet(say, mirrored))


def caption() -> Message:
    """The same below every picture: whoever sees the chat over her shoulder learns nothing from it."""
    return _("picture", "A drawing. Names and numbers on it are made up.")
