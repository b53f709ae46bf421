"""The page about privacy says all that is true, and nothing that is not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.translating import Reader
from bot.word_lists import FORBIDDEN
from dialogs import privacy_page
from dialogs.text import Text
from dialogs.words import Word
from tests.bot.town import texts
from tests.dialogs.cast import Talk, english, knowledge, leyla
from tests.dialogs.near_examples import described

TRUE = {
    "Telegram can read": "can technically read it",
    "no secret chat": "a program like me cannot be in one",
    "the phone": "Anyone who has your unlocked phone",
    "another device": "or your account on another device",
    "authorities": "on a valid order",
    "the operator": "whoever runs the computer can technically open it",
    "contact persons": "never your account or your phone number",
    "lock screen": "may show on a locked screen",
    "no sound": "not without that preview",
    "48 hours": "“Hide” removes all of the last two days at once. Older ones only you can remove",
    "deleted chat": "What I keep stays until you erase it here",
    "screenshots": "on most phones and not on computers",
    "contacts": "can see that you use Telegram, but not that you write with me",
    "the list of chats": "stay in your list of chats",
}
"""Each sentence of platform.md 1.9, and the words of it that may not get lost."""
HALF_A_MESSAGE = 2000
"""Two languages of it fit one message (R14)."""


def parts() -> tuple[Text, ...]:
    """All three, with places, which add a paragraph."""
    known = replace(knowledge(), near=described())
    return privacy_page.who_reads(known), privacy_page.kept(known), privacy_page.cannot()


@pytest.mark.parametrize("what", TRUE)
def test_every_true_sentence_is_said(what: str) -> None:
    """What is left out would be believed to be otherwise."""
    assert TRUE[what] in "\n".join(map(english, parts()))


def test_it_comes_in_three_messages_with_the_buttons_below_the_last() -> None:
    """So that she can read one, and act at the end."""
    talk = Talk(leyla()).writes("privacy", Word.PRIVACY)
    assert [english(say.text)[:6] for say in talk.says] == ["1 of 3", "2 of 3", "3 of 3"]
    assert [bool(say.keyboard) for say in talk.says] == [False, False, True]
    assert talk.offers == ["p:mydata", "p:hide", "p:stop", "p:forget"]


@pytest.mark.parametrize("locale", texts().translator.locales)
def test_each_part_is_short_and_true_in_every_language(locale: str) -> None:
    """A promise may come in with a translation."""
    reader = Reader(locale, "Europe/Stockholm", datetime(2026, 11, 24, tzinfo=UTC))
    for part in parts():
        said = texts().translator.text(part, reader)
        assert len(said) <= HALF_A_MESSAGE
        assert not FORBIDDEN.found(said, locale)
