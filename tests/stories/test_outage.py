"""Time in which the bot itself was down is nobody's silence (R4)."""

from datetime import timedelta

import pytest

from dialogs.text import _
from tests.stories.story import Phone, Story

QUESTION = _("check-in", "Hello. How is today?")
QUIET = _("alert", "🔵 Case {case}: a quiet note. Today is soon enough.", case=1)


async def _down(story: Story, hours: float) -> None:
    """The program is stopped, time passes, it starts again."""
    await story.sleep()
    story.clock.move(timedelta(hours=hours))
    await story.wake()
    await story.settle()


def _times(phone: Phone) -> int:
    said = phone.story.say(QUESTION, phone.locale)
    return sum(said in shown.text for shown in phone.seen)


@pytest.mark.parametrize("hours", [30, 9 * 24 - 1])
async def test_nobody_is_escalated_for_the_bots_own_time(story: Story, hours: int) -> None:
    """She could not be heard; so her silence says nothing, and the contact person hears of the outage, once."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await story.until(18)
    asked = _times(leyla)
    began = story.clock.now()
    await _down(story, hours)
    await story.until(18)
    await story.until(18)
    assert not mina.reads(QUIET)
    said = story.say(
        _(
            "contact",
            "In that time I asked nobody anything and told nobody anything. What was written to me I answer now.",
        ),
        "sv",
    )
    assert sum(said in shown.text for shown in mina.seen) == 1
    assert _times(leyla) <= asked + 3, "no burst"
    assert began < story.clock.now()


async def test_an_answer_that_waited_at_telegram_comes_before_the_verdict(story: Story) -> None:
    """She answered while the bot was down: that is an answer."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await story.until(18)
    await story.until(18)
    await story.sleep()
    story.sandbox.say(leyla.id, story.say(_("face", "🙂 Good"), "sv"))
    story.clock.move(timedelta(hours=22))
    await story.wake()
    await story.settle()
    await story.until(18)
    assert not mina.reads(QUIET)


async def test_a_check_in_comes_late_inside_its_window_and_not_after(story: Story) -> None:
    """Six hours late is still today; the next morning it is too late."""
    leyla = await story.resident("Leyla", "sv")
    await story.until(17)
    before = _times(leyla)
    await _down(story, 4)
    assert _times(leyla) == before + 1
    await story.until(17, days=1)
    before = _times(leyla)
    await _down(story, 12)
    assert _times(leyla) == before


async def test_a_reminder_waits_as_long_as_the_bot_was_down(story: Story) -> None:
    """Three hours of hers, not of ours."""
    leyla = await story.resident("Leyla", "sv")
    reminder = _("check-in", "Hello again. One tap is enough, and it is fine to skip.")
    await story.until(18)
    await _down(story, 2.5)
    await story.pass_time(hours=1)
    assert not leyla.reads(reminder)
    await story.pass_time(hours=2)
    assert leyla.reads(reminder)
