"""
The eleven things the risk reader listens for (risk.md 2.2), and how we name them to people.

Names are short enough for a list. Reasons tell a contact person what the resident's message said, in calm words of
ours and never in hers.
"""

from collections.abc import Mapping

from dialogs.text import Message, _

CATEGORY_NAMES: Mapping[str, Message] = {
    "SU": _("risk category", "Suicide or self-harm"),
    "TV": _("risk category", "Threat or violence from family"),
    "LF": _("risk category", "Being found or followed"),
    "AM": _("risk category", "Forced marriage, travel or cutting"),
    "FP": _("risk category", "Pressure to return"),
    "PV": _("risk category", "Violence from a partner"),
    "EX": _("risk category", "Being exploited"),
    "HO": _("risk category", "Nowhere to sleep, basic needs"),
    "DI": _("risk category", "Severe distress"),
    "CH": _("risk category", "A child at risk"),
    "HU": _("risk category", "Wants to talk to a person"),
    "reader": _("risk category", "A message the bot could not read"),
}
CATEGORIES: tuple[str, ...] = ("SU", "TV", "LF", "AM", "FP", "PV", "EX", "HO", "DI", "CH", "HU")

REASONS: Mapping[tuple[str, int], Message] = {
    ("SU", 1): _("risk reason", "{alias} writes something that may mean not wanting to live."),
    ("SU", 2): _("risk reason", "{alias} writes about wanting to die, or about self-harm."),
    ("SU", 3): _(
        "risk reason", "{alias} writes about suicide or self-harm that is about to happen or has begun."
    ),
    ("TV", 1): _("risk reason", "{alias} writes about fear of someone in the family or around it."),
    ("TV", 2): _("risk reason", "{alias} writes about a blow or a threat from someone close."),
    ("TV", 3): _(
        "risk reason", "{alias} writes that someone is attacking, holding or coming for {alias} right now."
    ),
    ("LF", 1): _("risk reason", "{alias} writes that someone may be searching for {alias}."),
    ("LF", 2): _("risk reason", "{alias} writes that people from before may know where {alias} is."),
    ("LF", 3): _("risk reason", "{alias} writes that someone is following or is outside the door right now."),
    ("AM", 1): _("risk reason", "{alias} writes that a marriage or a trip is being talked about."),
    ("AM", 2): _(
        "risk reason", "{alias} writes about a marriage, a trip abroad or cutting that is not wanted."
    ),
    ("AM", 3): _("risk reason", "{alias} writes about being taken away or married off, now or within a day."),
    ("FP", 1): _("risk reason", "{alias} writes about the family wanting {alias} back."),
    ("FP", 2): _(
        "risk reason", "{alias} writes about meeting the family or going back, by choice or by force."
    ),
    ("FP", 3): _(
        "risk reason",
        "{alias} writes about going back within a day, and there is a threat.",
    ),
    ("PV", 1): _("risk reason", "{alias} writes about control or fear from a partner or former partner."),
    ("PV", 2): _(
        "risk reason", "{alias} writes about blows, threats or stalking by a partner or former partner."
    ),
    ("PV", 3): _("risk reason", "{alias} writes that a partner or former partner is attacking right now."),
    ("EX", 1): _("risk reason", "{alias} writes that someone may be taking advantage of {alias}."),
    ("EX", 2): _(
        "risk reason", "{alias} writes that someone demands something in return for a home, money or papers."
    ),
    ("EX", 3): _("risk reason", "{alias} writes about being held or sold right now."),
    ("HO", 1): _("risk reason", "{alias} writes about perhaps losing the home, or having no money for food."),
    ("HO", 2): _("risk reason", "{alias} writes about having nowhere to sleep tonight."),
    ("HO", 3): _("risk reason", "{alias} writes about being outside and in danger right now."),
    ("DI", 1): _("risk reason", "{alias} writes about feeling very bad or all alone."),
    ("DI", 2): _("risk reason", "{alias} writes about not coping with daily life any more."),
    ("DI", 3): _("risk reason", "{alias} writes about not coping with daily life any more."),
    ("CH", 1): _("risk reason", "{alias} writes about being worried for a child."),
    ("CH", 2): _("risk reason", "{alias} writes that a child is hurt or in danger."),
    ("CH", 3): _("risk reason", "{alias} writes that a child is being hurt or taken away right now."),
    ("HU", 1): _("risk reason", "{alias} asks to talk to a person."),
    ("HU", 2): _(
        "risk reason", "{alias} asks to talk to a person, and something else in the message is worrying."
    ),
    ("HU", 3): _("risk reason", "{alias} asks for a person, and is in danger right now."),
    ("reader", 1): _(
        "risk reason", "The bot could not read a message from {alias}. Please ask how things are."
    ),
}
