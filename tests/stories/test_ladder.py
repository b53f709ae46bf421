"""The alert's way from one contact person to the next, until somebody has it."""

from dialogs.people import Role
from dialogs.text import Message, _
from dialogs.words import LABELS, Word
from tests.stories.story import Phone, Story


def _urgent(case: int) -> Message:
    return _("alert", "🟠 Case {case}: urgent. Please read this now.", case=case)


async def test_silence_brings_the_second_contact_person(story: Story) -> None:
    """No answer is never taken for an answer."""
    mina, josef, leyla = await _three(story)
    await leyla.types(LABELS[Word.SOMEONE])
    assert mina.reads(_urgent(1))
    await story.pass_time(minutes=14)
    assert not josef.reads(_urgent(1))
    await story.pass_time(minutes=1, seconds=1)
    assert josef.reads(_urgent(1))
    assert leyla.reads(
        _(
            "resident alert",
            "If you are in danger, call {emergency}. You can also talk to somebody at {violence_line}, at any hour.",
        )
    ), "she hears honestly that nobody has answered yet"


async def test_after_the_last_the_first_is_asked_again(story: Story) -> None:
    """Round and round, until somebody has it."""
    mina, _josef, leyla = await _three(story)
    await leyla.types(LABELS[Word.SOMEONE])
    asked = _times(mina, _urgent(1))
    for _round in range(2):
        await story.pass_time(minutes=15, seconds=1)
    assert _times(mina, _urgent(1)) == asked + 1


async def test_whoever_cannot_passes_it_on_at_once(story: Story) -> None:
    """“Cannot now” is an answer that costs nobody 15 minutes."""
    mina, josef, leyla = await _three(story)
    await leyla.types(LABELS[Word.SOMEONE])
    await mina.press("al:1:…:cannot")
    assert josef.reads(_urgent(1))
    await josef.press("al:1:…:have")
    assert mina.reads(_("alert", "{name} has case {case}.", name="Josef", case=1))


async def test_an_acknowledged_alert_rings_nobody_else(story: Story) -> None:
    """Acknowledging stops every other ping (R30), and takes the buttons off."""
    mina, josef, leyla = await _three(story)
    await leyla.types(LABELS[Word.SOMEONE])
    await mina.types(LABELS[Word.HAVE_IT])
    await story.pass_time(hours=2)
    assert not josef.reads(_urgent(1))
    telling = next(shown for shown in mina.seen if story.say(_urgent(1), "sv") in shown.text)
    assert not telling.buttons


async def test_taken_on_and_forgotten_it_opens_again(story: Story) -> None:
    """An acknowledgement is not an outcome: it expires."""
    mina, josef, leyla = await _three(story)
    await leyla.types(LABELS[Word.SOMEONE])
    await mina.press("al:1:…:have")
    await story.pass_time(hours=8, seconds=1)
    assert mina.reads(_("alert", "Case {case} is open again: I heard no outcome from you.", case=1))
    assert josef.reads(_urgent(1))


async def test_a_foreign_press_changes_nothing(story: Story) -> None:
    """Somebody who was never asked cannot take a case (R27)."""
    mina, josef, leyla = await _three(story)
    await leyla.types(LABELS[Word.SOMEONE])
    story.sandbox.press(josef.id, josef.last.message_id, "al:1:1:have", forged=True)
    await story.step()
    assert josef.reads(_("alert", "This case is not yours. Nothing was changed."))
    await mina.press("al:1:…:have")
    assert mina.reads(_("alert", "You have case {case}. Thank you. The others know.", case=1))


async def test_who_has_blocked_the_bot_is_passed_over_at_once(story: Story) -> None:
    """Undelivered is not unanswered (R5): nobody waits 15 minutes for a message that cannot arrive."""
    mina, josef, leyla = await _three(story)
    story.sandbox.block(mina.id, True)
    await story.step()
    await leyla.types(LABELS[Word.SOMEONE])
    assert josef.reads(_urgent(1))


async def test_with_nobody_to_tell_she_hears_so_at_once(story: Story) -> None:
    """An alert that reaches nobody is the worst: then at least she knows, with two numbers."""
    leyla = story.person("Leyla", "sv")
    await leyla.start(await story.code(Role.RESIDENT, "Leyla"))
    await leyla.press("l:sv")
    await leyla.types(LABELS[Word.SOMEONE])
    assert leyla.reads(
        _(
            "resident alert",
            "If you are in danger, call {emergency}. You can also talk to somebody at {violence_line}, at any hour.",
        )
    )


async def test_the_coordinator_is_the_last_of_the_chain(story: Story) -> None:
    """Where no contact person is agreed, somebody is still asked."""
    coordinator = await story.contact("Karin", "sv", Role.COORDINATOR)
    leyla = await story.resident("Leyla", "sv")
    await leyla.types(LABELS[Word.SOMEONE])
    assert coordinator.reads(_urgent(1))


async def test_a_worse_sign_tells_everybody_anew(story: Story) -> None:
    """From urgent to emergency the round starts again, two minutes a person."""
    mina, josef, leyla = await _three(story)
    await leyla.types(LABELS[Word.SOMEONE])
    await mina.press("al:1:…:have")
    await leyla.write("han står utanför dörren nu och ska döda mig")
    emergency = _("alert", "🔴 Case {case}: emergency. Please act now.", case=1)
    assert mina.reads(emergency)
    await story.pass_time(minutes=2, seconds=1)
    assert josef.reads(emergency)


async def _three(story: Story) -> tuple[Phone, Phone, Phone]:
    mina = await story.contact("Mina", "sv")
    josef = await story.contact("Josef", "sv")
    leyla = await story.resident("Leyla", "sv", contacts=["Mina", "Josef"])
    return mina, josef, leyla


def _times(phone: Phone, message: Message) -> int:
    said = phone.story.say(message, phone.locale)
    return sum(said in shown.text for shown in phone.seen)
