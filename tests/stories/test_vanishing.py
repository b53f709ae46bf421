"""Her chat empties itself, and at once where she says so: what stands there then, on the phone (R36)."""

import sqlite3
from datetime import timedelta

from dialogs.text import _
from dialogs.vanishing import nothing_said, what_remains
from dialogs.words import LABELS, Word
from tests.stories.story import Phone, Story

HARMLESS = (
    _("joining", "Done. The buttons below are always there."),
    _("menu", "What would you like to do?"),
    _("menu", "Hello."),
    *nothing_said(),
)
GUIDE = "g:open:bank-account"


def harmless(phone: Phone) -> set[str]:
    return {phone.story.say(each, phone.locale) for each in HARMLESS}


def standing(phone: Phone) -> list[str]:
    return [each.text for each in phone.standing]


async def _busy_hour(leyla: Phone, mina: Phone) -> None:
    """A guide, a picture of it, a wish for somebody, and letters in both directions."""
    await leyla.write("/guides")
    await leyla.press("g:shelf:money")
    await leyla.press(GUIDE)
    await leyla.write("jag mår inte bra")
    await leyla.types(LABELS[Word.SOMEONE])
    await mina.press("al:1:1:have")
    await mina.press("tk:open:1")
    await leyla.story.pass_time(minutes=5)
    await mina.write("hur är det?")
    await leyla.press("tk:show")
    await leyla.write("inte bra")


async def test_after_two_hours_nothing_that_tells_anything_stands_there(story: Story) -> None:
    """Of both sides, without her doing anything; each step of it is a restart."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await _busy_hour(leyla, mina)
    assert len(leyla.standing) > len(harmless(leyla))
    await story.pass_time(hours=2, minutes=1)
    left = [each for each in leyla.standing if each.text not in harmless(leyla)]
    assert [each.text for each in left] == []
    assert not any(not each.from_bot for each in leyla.standing)


async def test_a_contact_persons_phone_keeps_an_open_case_and_loses_all_within_two_days(story: Story) -> None:
    """The telling is needed while the case is open; letters go with everything else."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await _busy_hour(leyla, mina)
    telling = story.say(_("alert", "🟠 Case {case}: urgent. Please read this now.", case=1), "sv")
    await story.pass_time(hours=3)
    assert any(telling in text for text in standing(mina))
    await mina.press("al:1:…:safe")
    await story.pass_time(hours=2, minutes=1)
    assert not any(telling in text for text in standing(mina))
    await story.pass_time(hours=41)
    assert not any("inte bra" in text or "hur är det?" in text for text in standing(mina))


async def test_hiding_leaves_one_line_that_says_nothing(story: Story) -> None:
    """Her own word "hide" goes too, and the talk goes on behind it."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await _busy_hour(leyla, mina)
    await leyla.types(LABELS[Word.HIDE])
    assert standing(leyla) == [story.say(nothing_said()[0], "sv")]
    await mina.write("var är du?")
    assert not any("var är du?" in text for text in standing(leyla)), "what comes then waits sealed"
    await leyla.press("tk:show")
    assert any("var är du?" in text for text in standing(leyla))


async def test_what_was_sent_before_a_long_outage_goes_at_its_end(story: Story) -> None:
    """Thirty hours later there is still time."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("jag mår inte bra")
    await story.sleep()
    story.clock.move(timedelta(hours=30))
    await story.wake()
    await story.settle()
    assert not any(not each.from_bot for each in leyla.standing)


async def test_what_is_too_old_is_said_to_remain_when_she_hides(story: Story) -> None:
    """After two days without the bot: never by itself, and with the way to do it herself."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("jag mår inte bra")
    await story.sleep()
    story.clock.move(timedelta(hours=60))
    await story.wake()
    await story.settle()
    remains = what_remains().text[0]
    assert not leyla.reads(remains)
    assert any("jag mår inte bra" in text for text in standing(leyla))
    await leyla.types(LABELS[Word.HIDE])
    assert leyla.reads(remains)
    await leyla.press("p:cleared")
    await leyla.write("/hide")
    assert leyla.last.text == story.say(nothing_said()[0], "sv")


async def test_with_the_longest_time_everything_goes_before_hour_47(story: Story) -> None:
    """The longest cannot be for ever: after two days nobody but she could do it."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("/settings")
    await leyla.press("chat")
    await leyla.press("chat:2760")
    await leyla.write("jag mår inte bra")
    await story.pass_time(hours=45)
    assert any("jag mår inte bra" in text for text in standing(leyla))
    await story.pass_time(hours=1, minutes=30)
    assert not any("jag mår inte bra" in text for text in standing(leyla))


async def test_every_message_to_her_has_its_time_or_says_nothing(story: Story) -> None:
    """Whatever way it took to the outbox."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await _busy_hour(leyla, mina)
    await story.until(18)
    forever = await story.bot.db.run(_without_a_time)
    texts = {each.message_id: each.text for each in leyla.seen}
    assert {texts[each] for each in forever if each in texts} <= harmless(leyla)
    assert len(texts) > 2 * len(forever)


def _without_a_time(db: sqlite3.Connection) -> list[int]:
    query = "SELECT message_id FROM outbox WHERE message_id IS NOT NULL GROUP BY message_id HAVING count(lasts) = 0"
    return [row[0] for row in db.execute(query)]
