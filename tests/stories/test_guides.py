"""Every guide walked to an end through the sandbox, in every language we offer and along different branches."""

import re

import pytest

from dialogs.text import _
from tests.stories.story import Phone, Story, texts

ENGLISH = re.compile(r"\b(the|you|your|how|what|with)\b", re.IGNORECASE)
LINK = re.compile(r"https?://\S+")
MESSAGE, CAPTION, POP_UP = 4096, 1024, 200
"""Characters Telegram takes."""
GUIDES = texts().knowledge.guides
LOCALES = texts().translator.locales
BRANCH = {locale: number % 3 - 1 for number, locale in enumerate(LOCALES)}
"""Which of the branches a page offers is taken, so that the languages see different ways."""
RESTARTED = ("ar", "en", "sv")
"""In these the bot is started anew before each page; in the others the walk is about the words."""


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_guide_is_walked_to_an_end(story: Story, locale: str) -> None:
    """Shelf, page after page, a picture, a word, and the sources at the end; nothing left in English."""
    await story.contact("Mina", locale)
    leyla = await story.resident("Leyla", locale)
    story.restarts = locale in RESTARTED
    for guide in GUIDES.values():
        await leyla.write("/guides")
        await leyla.press(f"g:shelf:{guide.group}")
        await leyla.press(f"g:open:{guide.id}")
        for _page in range(15):
            if not await _onward(leyla, guide.id, BRANCH[locale]):
                break
        assert leyla.offers(f"g:{guide.id}:…:helped"), guide.id
    shown = [each for each in leyla.seen if each.text]
    assert max(len(each.text) for each in shown) <= MESSAGE
    if locale != "en":
        assert [each for each in shown if ENGLISH.search(LINK.sub("", each.text))] == []


async def _onward(leyla: Phone, guide: str, branch: int) -> bool:
    ways = [
        each.data
        for row in leyla.last.buttons
        for each in row
        if each.data and each.data.startswith(f"g:{guide}:") and re.search(r":(next|to\.\d+)$", each.data)
    ]
    if ways:
        await leyla.press(ways[min(branch, len(ways) - 1)])
    return bool(ways)


async def test_a_picture_comes_with_neutral_words_below(story: Story) -> None:
    """The real program draws it, in her language, and sends it as a photo."""
    leyla = await story.resident("Leyla", "ar")
    for press in ("g:shelf:money", "g:open:bills", "g:bills:what:to.0", "g:bills:find:picture"):
        if press == "g:shelf:money":
            await leyla.write("/guides")
        await leyla.press(press)
    assert leyla.last.kind == "photo"
    assert leyla.reads(_("picture", "A drawing. Names and numbers on it are made up."))


async def test_she_finds_a_guide_by_asking(story: Story) -> None:
    """A question in her own words is answered with the guide, not with "I do not understand"."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("hur betalar jag en räkning")
    assert leyla.offers("g:open:bills")


async def test_a_reminder_survives_restarts(story: Story) -> None:
    """The rent on the 25th: days and restarts later it is there, once."""
    leyla = await story.resident("Leyla", "en")
    await leyla.write("/guides")
    await leyla.press("g:shelf:money")
    await leyla.press("g:open:bills")
    await leyla.press("g:bills:what:to.0")
    await leyla.press("g:bills:find:next")
    await leyla.press("g:bills:due:remind")
    await leyla.press("e:day:25")
    reminder = "You wanted to be reminded of something today."
    assert not any(reminder in each.text for each in leyla.seen)
    for _day in range(3):
        await story.until(10)
    assert sum(reminder in each.text for each in leyla.seen) == 1
