"""A language is changed in the middle of things, and a second one stands below the first (R14)."""

import re

import pytest

from bot.translating import BETWEEN
from dialogs.text import _
from tests.stories.story import Phone, Story, texts

LOCALES = texts().translator.locales
MESSAGE = 4096
"""Characters Telegram takes."""
PAGE = re.compile(r"[0-9۰-۹٠-٩]+/[0-9۰-۹٠-٩]+")


def page_of(phone: Phone) -> str:
    """Which page of the guide stands there, in her language and whatever digits it is written with."""
    title = phone.story.say(texts().knowledge.guides["bills"].title, phone.locale)
    pages = [PAGE.search(each.text) for each in reversed(phone.seen) if title in each.text]
    found = next(each for each in pages if each is not None)
    return "/".join(str(int(number)) for number in found[0].split("/"))


@pytest.mark.parametrize("locale", LOCALES)
async def test_in_the_middle_of_a_guide_and_of_a_check_in(story: Story, locale: str) -> None:
    """She goes on where she was, on the same page, with the same question open; the bot was restarted in between."""
    before = "en" if locale != "en" else "sv"
    leyla = await story.resident("Leyla", before)
    for press in ("g:shelf:money", "g:open:bills", "g:bills:what:to.0"):
        if press == "g:shelf:money":
            await leyla.write("/guides")
        await leyla.press(press)
    page = page_of(leyla)
    await story.until(18)
    assert leyla.offers("ci:…:d:4")
    await leyla.write("/language")
    await leyla.press(f"l:{locale}")
    leyla.locale = locale
    assert leyla.reads(_("settings", "I now write in this language."))
    assert leyla.offers("g:go-on:bills")
    await leyla.press("ci:now")
    await leyla.press("ci:…:4")
    assert leyla.reads(_("check-in", "Good to hear. Thank you for answering."))
    await leyla.press("g:go-on:bills")
    assert page_of(leyla) == page


async def test_swedish_below_as_a_help_for_learning(story: Story) -> None:
    """Every answer has both, none is longer than Telegram takes; what other people write has one language."""
    mina = await story.contact("Mina")
    leyla = await story.resident("Leyla", "fa", contacts=["Mina"])
    await leyla.write("/language")
    await leyla.press("l:below")
    await leyla.press("l:below:sv")
    begun = len(leyla.seen)
    for written in ("/guides", "/settings", "/privacy", "/help"):
        await leyla.write(written)
    for press in ("g:shelf:money", "g:open:bills", "g:bills:what:to.0"):
        await leyla.press(press)
    answers = [each.text for each in leyla.seen[begun:] if each.text]
    assert answers
    assert all(BETWEEN in each for each in answers), [each for each in answers if BETWEEN not in each]
    assert max(map(len, answers)) <= MESSAGE
    await leyla.write("/someone")
    await mina.press("al:1:…:have")
    await mina.press("tk:open:1")
    await story.pass_time(seconds=2)
    await leyla.write("سلام")
    await mina.write("Hej, jag är här.")
    letters = [each.text for each in leyla.seen if "Hej, jag är här." in each.text]
    assert letters
    assert all(each.count("Hej, jag är här.") == 1 for each in letters)


async def test_an_unasked_line_is_neutral_in_both_languages(story: Story) -> None:
    """The second language stands on the lock screen as well, so it is looked at as well (R35)."""
    leyla = await story.resident("Leyla", "tr")
    await leyla.write("/language")
    await leyla.press("l:below")
    await leyla.press("l:below:sv")
    await story.until(18)
    assert leyla.reads(_("check-in", "Hello. How is today?"))
    question = next(each.text for each in reversed(leyla.seen) if "ci:" in str(each.buttons))
    assert story.say(_("check-in", "Hello. How is today?"), "sv") in question


async def test_a_draft_shows_the_default_below_what_matters_most(story: Story) -> None:
    """Until named people have read it: the words about danger, and not the menu."""
    assert "ti" in texts().translator.drafts
    leyla = await story.resident("Leyla", "ti")
    assert leyla.reads(
        _("language", "Nobody who speaks this language has checked the words yet. They may be wrong.")
    )
    await leyla.write("/someone")
    answer = leyla.last.text
    assert BETWEEN in answer
    assert (
        story.say(_("risk", "If you are in danger, call {emergency} now."), "sv") in answer or "112" in answer
    )
    await leyla.write("/menu")
    assert BETWEEN not in leyla.last.text
