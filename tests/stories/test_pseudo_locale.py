"""
Everything that two phones can be shown, in a language that nobody speaks: what is plain there was not marked.

The phones are pressed empty: whatever button comes up is pressed once, whatever it leads to. No list of pages has to be
kept for it, so a new page is walked by being reachable.
"""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from babel import Locale
from babel.lists import format_list

from bot.sandbox.people import Message as Shown
from bot.translating import Translator
from bot.wiring import Texts
from dialogs.lines import values
from dialogs.words import Word
from tests import pseudo
from tests.stories.story import Phone, Story, texts, told

ORGANISATION: Final = "Kvinnojouren Testköping"
MOST: Final = 400
"""Presses on one phone; there are fewer buttons than that once days, numbers and guides' pages are taken as one."""
LAST: Final = ("p:erase", "p:stop", "ch:leave", "p:forget", "who:", "lock", "l:")
"""They end the walk, lock it, or leave the language; they are walked by tests of their own."""
COMMANDS: Final = (Word.MENU, Word.GUIDES, Word.SETTINGS, Word.PRIVACY, Word.MY_DATA, Word.HELP, Word.PLAN)
HELPERS_COMMANDS: Final = (
    Word.HELP,
    Word.TODAY,
    Word.RESIDENTS,
    Word.ROLE,
    Word.PRACTICE,
    Word.HOURS,
    Word.PLAN,
)
NAMES: Final = frozenset(("Mina", "Leyla", "Karin", "Vidare", "Telegram", "Europe", "Stockholm", "eo"))
_NUMBER: Final = re.compile(r"\d+")


def pseudo_texts(folder: Path) -> Texts:
    """What the bot knows, and says in that language."""
    pseudo.make(folder)
    known, lines = texts().knowledge, texts().knowledge.lines
    everywhere = {**values(lines), "organisation": ORGANISATION}
    translator = Translator(("en", pseudo.LOCALE), pseudo.LOCALE, everywhere, folder)
    locales = (("en", "English"), (pseudo.LOCALE, "Esperanto"))
    return Texts(replace(known, locales=locales), translator, texts().search)


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    """An empty town whose bot speaks it."""
    (tmp_path / "locales").mkdir()
    (tmp_path / "town").mkdir()
    spoken = pseudo_texts(tmp_path / "locales")
    async with told(tmp_path / "town", spoken) as beginning:
        yield beginning


async def test_nothing_is_said_that_is_not_marked_for_translation(story: Story) -> None:
    """R10: joining, check-ins, guides, settings, alerts, and all that a contact person can open."""
    mina = await story.contact("Mina", pseudo.LOCALE)
    leyla = await story.resident("Leyla", pseudo.LOCALE)
    story.restarts = False
    await crawl(leyla, COMMANDS)
    await leyla.write("/someone")
    await crawl(mina, HELPERS_COMMANDS)
    allowed = data_of_ours() | words_of_babel() | NAMES
    found = {
        f"{word!r} in {text[:90]!r}"
        for phone in (mina, leyla)
        for text in said_to(phone)
        for word in pseudo.plain_words(text)
        if word not in allowed
    }
    assert not found, "\n".join(sorted(found)[:40])


async def crawl(phone: Phone, commands: tuple[Word, ...]) -> None:
    """Press whatever is offered, the newest first, until nothing new is."""
    pressed: set[str] = set()
    for command in commands:
        await phone.write(f"/{command.value}")
        while len(pressed) < MOST and (data := _next(phone, pressed)) is not None:
            pressed.add(_kind(data))
            with suppress(AssertionError, ValueError):  # it may have gone with its message
                await phone.press(data)


def _next(phone: Phone, pressed: set[str]) -> str | None:
    for shown in reversed([each for each in phone.standing if each.from_bot]):
        for button in (each for row in shown.buttons for each in row):
            data = button.data
            if data is not None and _kind(data) not in pressed and not data.startswith(LAST):
                return data
    return None


def _kind(data: str) -> str:
    """A button with its numbers taken away, and guides' pages down to the guide."""
    if data.startswith("g:") and data.count(":") > 2:
        return f"g:{data.split(':')[1]}:{data.split(':')[-1]}"
    return _NUMBER.sub("#", data)


def said_to(phone: Phone) -> Iterator[str]:
    """All that was on the phone, buttons and menu included; not what its owner typed."""
    for shown in phone.seen:
        yield from _words_of(shown)


def _words_of(shown: Shown) -> Iterator[str]:
    yield shown.text
    for button in (each for row in shown.buttons for each in row):
        yield button.text


def words_of_babel() -> set[str]:
    """Days, months and “and” in that language."""
    formats = Locale.parse(pseudo.LOCALE)
    days, months = formats.days["format"]["wide"], formats.months["format"]["wide"]
    said = [*days.values(), *months.values(), format_list(["1", "2"], locale=formats)]
    return {word for each in said for word in pseudo.plain_words(each)} | {"Esperanto"}


def data_of_ours() -> set[str]:
    """Words that are data: Swedish sentences and words of the guides, authorities, organisations."""
    known = texts().knowledge
    data = [ORGANISATION, *(own for _code, own in known.locales)]
    for guide in known.guides.values():
        for step in guide.steps.values():
            data += [sentence.swedish for sentence in step.say]
        data += [fact.authority for fact in guide.facts.values()]
    data += [term.word for term in known.glossary.values()]
    data += [line.authority for line in known.lines.values()]
    return {word for each in data for word in pseudo.plain_words(each)}
