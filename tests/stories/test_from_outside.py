"""What the organisation does from outside: somebody new, a stolen phone, a colleague who has to go."""

import sqlite3
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from bot.freezing import freeze, unfreeze
from bot.house import House
from bot.inviting import move_up, propose
from bot.removing import remove
from bot.wiring import opened
from dialogs import strangers
from dialogs.people import Role
from dialogs.text import _
from storage import people
from tests.stories.story import Story, texts

P = ParamSpec("P")

LOOK = _("proposal", "Hello. There is something you can look at in your settings, when it suits you.")
BACK = _("freezing", "Hello. I am here for you as before. There is nothing you need to do.")
IN_OTHER_HANDS = _(
    "freezing",
    "The phone of {alias} may be in other hands. I write nothing there for now. "
    "Please write nothing there either, and get in touch another way.",
    alias="Linden",
)


async def _outside(
    story: Story,
    work: Callable[Concatenate[sqlite3.Connection, House, P], object],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """As a command or the desk would: a connection of its own, while the bot runs."""
    async with opened(story.settings, texts()) as (db, house):
        await db.run(work, house, *args, **kwargs)
    await story.step()


async def _number(story: Story, role: Role, place: int = 0) -> int:
    return (await story.bot.db.run(people.ids, role, "active"))[place]


async def test_somebody_new_is_proposed_agreed_to_and_asked_first(story: Story) -> None:
    """At night nothing comes; in the morning a neutral line, a tap, a yes; then the first alert is hers."""
    await story.contact("Mina", "en")
    leyla = await story.resident("Linden", "en")
    josef = await story.contact("Josef", "en")
    her, new = await _number(story, Role.RESIDENT), await _number(story, Role.CONTACT, 1)
    await story.until(23)
    await _outside(story, propose, her, new, story.clock.now())
    assert not leyla.reads(LOOK)
    await story.until(10)
    assert leyla.reads(LOOK)
    await leyla.press(f"set:contact:{new}")
    await leyla.press(f"set:see:{new}:told:yes")
    await _outside(story, move_up, her, new, story.clock.now())
    await leyla.write("/someone")
    assert "Linden asked for somebody" in josef.last.text


async def test_a_stolen_phone_shows_nothing_and_its_words_still_call(story: Story) -> None:
    """Frozen, written from, unfrozen: a restart between any two steps."""
    mina = await story.contact("Mina", "en")
    leyla = await story.resident("Linden", "en")
    her = await _number(story, Role.RESIDENT)
    await _outside(story, freeze, her, story.clock.now(), None)
    assert mina.reads(IN_OTHER_HANDS)
    seen = len(leyla.seen)
    hello = story.say(strangers.hello(), "en")
    for words in ("hello", "/settings", "/mydata", "/forget", "/start"):
        await leyla.write(words)
        assert leyla.last.text == hello
    assert len(leyla.seen) == seen + 5
    await story.pass_time(hours=24 * 4)
    assert len(leyla.seen) == seen + 5
    assert not any("Case" in each.text for each in mina.seen), "no silence counted"
    await leyla.write("He has found me, he is going to kill me")
    assert leyla.last.text == hello
    assert any("Somebody may be holding the phone of Linden" in each.text for each in mina.seen)
    await mina.press("al:…:have")
    await mina.press("al:…:safe")
    assert len(leyla.seen) == seen + 6
    await story.until(12)
    await _outside(story, unfreeze, her, story.clock.now(), None)
    assert leyla.reads(BACK)
    await story.until(18)
    assert leyla.offers("ci:…:4")


async def test_a_colleague_who_is_removed_has_nothing_here_any_more(story: Story) -> None:
    """Her case goes on, Leyla reads that she is gone, and what she writes then is a stranger's."""
    mina = await story.contact("Mina", "en")
    josef = await story.contact("Josef", "en")
    leyla = await story.resident("Linden", "en")
    await leyla.write("/someone")
    await mina.press("al:…:have")
    number = await _number(story, Role.CONTACT)
    await _outside(story, remove, number, story.clock.now(), None)
    assert "Linden asked for somebody" in josef.last.text
    assert leyla.reads(_("settings", "{name} is no longer one of your contact persons.", name="Mina"))
    await mina.write("/today")
    assert mina.last.text == story.say(strangers.hello(), "en")
