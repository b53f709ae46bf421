"""Who comes to the door: strangers, used and expired links, and everything that is not a plain word."""

import sqlite3

import pytest

from dialogs.events import Kind
from dialogs.menu import cannot_use, old_button
from dialogs.people import Role
from dialogs.strangers import expired, hello, used
from dialogs.text import _
from storage import set_aside
from tests.stories.story import Phone, Story


@pytest.mark.parametrize(
    "words", ["hej", "/start", "/start made-up-code", "/help", "someone", "I want to die"]
)
async def test_a_stranger_hears_one_neutral_sentence(story: Story, words: str) -> None:
    """Unknown people learn nothing, not even what the bot is for."""
    stranger = story.person("Reza", "sv")
    await stranger.write(words)
    assert [shown.text for shown in stranger.seen] == [story.say(hello(), "sv")]
    assert not stranger.last.buttons


async def test_a_link_works_once(story: Story) -> None:
    """Whoever finds a used link is told so, and comes no further."""
    code = await story.code(Role.RESIDENT, "Leyla")
    leyla, reza = story.person("Leyla", "sv"), story.person("Reza", "sv")
    await leyla.start(code)
    await reza.start(code)
    assert [shown.text for shown in reza.seen] == [story.say(used(), "sv")]
    assert leyla.offers("l:sv")


async def test_a_link_ends_after_a_day(story: Story) -> None:
    """A link on a lost slip of paper is worth nothing tomorrow."""
    code = await story.code(Role.RESIDENT, "Leyla")
    await story.pass_time(hours=24, seconds=1)
    leyla = story.person("Leyla", "sv")
    await leyla.start(code)
    assert leyla.last.text == story.say(expired(), "sv")


async def test_a_flood_of_strangers_words_reaches_nobody(story: Story) -> None:
    """Mina is asked by residents only."""
    mina = await story.contact("Mina", "sv")
    before = len(mina.seen)
    stranger = story.person("Reza", "en")
    for words in ("help", "he will kill me", "al:1:1:have"):
        await stranger.write(words)
    assert len(mina.seen) == before


async def _settled(story: Story) -> Phone:
    return await story.resident("Leyla", "sv", consents="yyy")


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        (Kind.VOICE, "send_voice"),
        (Kind.PHOTO, "send_photo"),
        (Kind.STICKER, "send_sticker"),
        (Kind.LOCATION, "send_location"),
        (Kind.CONTACT, "send_contact"),
        (Kind.DOCUMENT, "send_document"),
    ],
)
async def test_what_is_not_text_gets_a_fitting_answer(story: Story, kind: Kind, act: str) -> None:
    """She is never left without an answer, and a human is one tap away."""
    leyla = await _settled(story)
    getattr(story.sandbox, act)(leyla.id)
    await story.step()
    assert leyla.last.text == story.say(cannot_use(kind), "sv")
    assert leyla.offers("someone")


async def test_a_forwarded_message_is_not_hers(story: Story) -> None:
    """What somebody else wrote is read for danger, but answers no question."""
    leyla = await _settled(story)
    story.sandbox.forward(leyla.id, "kom på fest på lördag")
    await story.step()
    assert leyla.last.text == story.say(cannot_use(Kind.FORWARD), "sv")


async def test_an_edited_message_is_answered_and_changes_nothing(story: Story) -> None:
    """What counted stays; she is told how to change it."""
    leyla = await _settled(story)
    await leyla.write("hej du")
    mine = [each for each in story.sandbox.chat(leyla.id).messages if not each.from_bot][-1]
    story.sandbox.edit(leyla.id, mine.message_id, "hej då")
    await story.step()
    assert leyla.reads(
        _(
            "menu",
            "I saw that you changed a message. What counts is what I read first; please write it again.",
        )
    )


async def test_an_unknown_command_is_answered(story: Story) -> None:
    """Never silent, never technical."""
    leyla = await _settled(story)
    await leyla.write("/qwerty")
    assert leyla.reads(_("menu", "I do not know that word. Here is what I can do."))


async def test_four_thousand_characters_are_fine(story: Story) -> None:
    """She may write as much as Telegram lets her."""
    leyla = await _settled(story)
    await leyla.write("ord " * 1000 + "slut")
    assert leyla.reads(_("menu", "You can choose something here, or ask for a person."))


async def test_yesterdays_faces_cannot_answer_today(story: Story) -> None:
    """A press names the day it belongs to (R8)."""
    leyla = await _settled(story)
    await story.until(18)
    yesterday = leyla.last
    await story.until(18)
    old = next(each.data for row in yesterday.buttons for each in row if each.data)
    story.sandbox.press(leyla.id, yesterday.message_id, old)
    await story.step()
    toast = story.sandbox.chat(leyla.id).toast
    assert toast is not None
    assert toast.text == story.say(old_button(), "sv")


async def test_the_buttons_of_another_person_do_nothing(story: Story) -> None:
    """A forged press of Mina's alert button by Leyla is no button of hers."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await leyla.press("someone")
    story.sandbox.press(leyla.id, leyla.last.message_id, "al:1:1:have", forged=True)
    await story.step()
    assert not mina.reads(_("alert", "You have case {case}. Thank you. The others know.", case=1))


FORGED = (
    "",
    ":",
    *("ci", "ci:", "ci:x:y:z", "cw::"),
    *("g:", "g:a:b:c", "g:bills:x:next"),
    *("q:", "q:SU:yes", "al:1", "al:x:y:z", "l:xx"),
    *("set:nothing", "set:days:never", "set:contact:99", "t:9999"),
    *("p:", "j:", "j:contact:1", "\U0001f600" * 16),
)


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_never_breaks_anything(story: Story, data: str) -> None:
    """Whatever a modified app sends, she gets an answer and the next message works."""
    leyla = await _settled(story)
    story.sandbox.press(leyla.id, leyla.last.message_id, data, forged=True)
    await story.step()
    assert await story.bot.db.run(_set_aside) == 0
    await leyla.write("/guides")
    assert leyla.offers("g:shelf:money")


def _set_aside(db: sqlite3.Connection) -> int:
    return set_aside.count(db)
