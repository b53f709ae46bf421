"""
The words of `/privacy`, which Telegram demands: who can read what, what is kept, and what the bot cannot protect from.

Three parts, each one message. Every sentence is one that is true (platform.md 1.9); what sounds better is not said.
"""

from dialogs import at_the_desk, near
from dialogs.knowledge import Knowledge
from dialogs.text import Text, _


def who_reads(knowledge: Knowledge) -> Text:
    """Telegram, whoever holds the phone, the organisation, the contact persons."""
    return (
        _("privacy", "1 of 3. Who can read what:"),
        _(
            "privacy",
            "Telegram holds this chat in its cloud and can technically read it. Anyone who has your unlocked phone, "
            "or your account on another device, can see it too.",
        ),
        _(
            "privacy",
            "Telegram has closed chats too, but a program like me cannot be in one. Telegram says that it may give "
            "an IP address and a phone number to authorities, on a valid order about somebody suspected of a crime.",
        ),
        _(
            "privacy",
            "{organisation} runs me. What you tell me is kept locked with a key of your own, but whoever runs the "
            "computer can technically open it.",
            organisation=knowledge.organisation,
        ),
        _(
            "privacy",
            "Your contact persons see the name that was agreed, never your account or your phone number. "
            "They read your own words only where you write with one of them.",
        ),
        _(
            "privacy",
            "What else each contact person may see stands in the settings under “My contact persons”. "
            "You change it there, and it holds at once.",
        ),
        *at_the_desk.explained(),
    )


def kept(knowledge: Knowledge) -> Text:
    """How long, and how it goes away."""
    return (
        _("privacy", "2 of 3. What is kept, and for how long:"),
        _(
            "privacy",
            "I keep your settings and your place in the guides until you erase them, "
            "and your answers for {answers} days. I never ask where you live.",
            answers=knowledge.keep.answers.days,
        ),
        _(
            "privacy",
            "When a contact person was asked to reach you, I keep who and when for {cases} days after it ended, "
            "and the reason for one. What I cannot read is deleted after a day.",
            cases=knowledge.keep.alerts.days,
        ),
        *near.promise(knowledge),
        _(
            "privacy",
            "“Erase me” removes all of it at once. Locked copies for the case that a disk breaks may hold it some "
            "nights longer; when one is used, who was erased is erased again.",
        ),
        _(
            "privacy",
            "Messages here go by themselves after the time you choose under “This chat”. “Hide” removes all of the "
            "last two days at once. Older ones only you can remove: clear the chat for both sides.",
        ),
        _(
            "privacy",
            "When you delete the chat, it goes from Telegram. What I keep stays until you erase it here.",
        ),
    )


def cannot() -> Text:
    """What no setting of ours changes."""
    return (
        _("privacy", "3 of 3. What I cannot protect you from:"),
        _(
            "privacy",
            "A message may show on a locked screen. In Telegram’s settings you can switch that preview off.",
        ),
        _("privacy", "I can send without a sound, but not without that preview."),
        _(
            "privacy",
            "My name and picture stay in your list of chats until you delete the chat. "
            "Who has your number can see that you use Telegram, but not that you write with me.",
        ),
        _(
            "privacy",
            "Where pictures of the screen are blocked, that works on most phones and not on computers. "
            "Nothing stops another camera.",
        ),
    )
