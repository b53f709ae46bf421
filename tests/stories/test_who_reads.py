"""Somebody else has the phone: what he finds, what he does not, and who hears of it."""

import asyncio
from pathlib import Path

import pytest

from bot import codes
from dialogs import alert_texts
from dialogs.events import Timer
from dialogs.text import Message, _
from dialogs.words import LABELS, Word
from storage import people, timers
from tests.stories.story import PATIENCE, Phone, Story, told

QUESTION: Message = _("who reads", "Hello. Please write your short number or word.")
NOTHING: Message = _("who reads", "There is nothing here.")
AGAIN: Message = _("who reads", "That was another one.")
MENU: Message = _("menu", "What would you like to do?")
COVERT: Message = _("alert", "🔴 Case {case}: emergency. Please act now.", case=1)
THREAT = "min bror sa att han ska döda mig"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story types many codes; what one costs is measured elsewhere."""
    monkeypatch.setattr(codes, "COST", 2**4)


async def _chosen(leyla: Phone, own: str, second: str = "") -> None:
    """In the settings, as she would; each step is a restart."""
    await leyla.types(LABELS[Word.SETTINGS])
    await leyla.press("who")
    await leyla.press("who:choose")
    await leyla.write(own)
    await leyla.write(own)
    if second:
        await leyla.press("who:second")
        await leyla.write(second)
        await leyla.write(second)
    await leyla.write("/lock")


def _last_says(phone: Phone, message: Message) -> bool:
    return phone.story.say(message, phone.locale) in phone.last.text


def _written(phone: Phone, text: str) -> bool:
    """Whether something she wrote still stands in the chat."""
    shown = phone.story.sandbox.chat(phone.id).messages
    return any(each.text == text and not each.from_bot and not each.deleted for each in shown)


async def test_her_own_day_with_a_check(story: Story) -> None:
    """Chosen once, asked when it matters, never in the way of a face, and gone in one tap."""
    await story.contact("Mina")
    leyla = await story.resident("Leyla", contacts=["Mina"])
    await _chosen(leyla, "4711")
    assert not _written(leyla, "4711")
    await leyla.types(LABELS[Word.SETTINGS])
    await leyla.press("set:more")
    assert _last_says(leyla, QUESTION)
    await leyla.write("٤٧١١")
    assert not _written(leyla, "٤٧١١")
    await leyla.types(LABELS[Word.SETTINGS])
    await leyla.press("set:contacts")
    assert "Mina" in str(leyla.last.buttons)
    await story.until(18)
    await leyla.press("ci:…:d:4")
    assert leyla.reads(_("check-in", "Good to hear. Thank you for answering."))
    await leyla.write("/plan")
    assert _last_says(leyla, QUESTION)
    await leyla.write("4711")
    await leyla.types(LABELS[Word.SETTINGS])
    await leyla.press("who")
    await leyla.press("who:none")
    await leyla.write("/plan")
    assert not _last_says(leyla, QUESTION)


@pytest.mark.parametrize("locale", ["sv", "ar", "en"])
async def test_an_impersonation_drill(story: Story, locale: str) -> None:
    """A brother with the unlocked phone tries everything he can think of, for an hour, and every half day after."""
    mina = await story.contact("Mina")
    leyla = await story.resident("Leyla", locale, contacts=["Mina"])
    await _chosen(leyla, "4711", "2580")
    await story.pass_time(hours=13)
    before, heard = len(leyla.seen), len(mina.seen)
    for text in (
        "hello",
        "/start",
        "/settings",
        "/mydata",
        "/privacy",
        "/forget",
        "/plan",
        "/talk",
        "/show",
        "/near",
        "/guides",
        "/help",
        "/pause",
        "/language",
        "/checkin",
        "who are you",
        "4710",
        "0000",
        "1234",
        "1990",
        "2010",
        "/mydata",
        "4711",
        "/plan",
    ):
        await leyla.write(text)
    for shown in leyla.seen[before:]:
        for button in [each for row in shown.buttons for each in row if each.data]:
            leyla.story.sandbox.press(leyla.id, shown.message_id, button.data or "")
        await story.step()
    said = "\n".join(f"{shown.text} {shown.buttons}" for shown in leyla.seen[before:])
    for secret in ("Mina", "Testköping", "116 016", "1177", "skydd", "Leyla"):
        assert secret not in said, secret
    assert story.say(NOTHING, locale) in said, "after five guesses it looks as if everything were shown"
    assert len(mina.seen) > heard, "Mina hears that somebody tried"
    assert mina.reads(alert_texts.reason("tried", "Leyla"))


async def test_the_second_code_shows_an_ordinary_little_helper_and_calls(tmp_path: Path) -> None:
    """He makes her open it. Both chats are the same to the letter; behind one of them Mina gets a case."""
    transcripts = []
    for code in ("4711", "2580"):
        folder = tmp_path / code
        folder.mkdir()
        async with told(folder) as story:
            mina = await story.contact("Mina")
            leyla = await story.resident("Leyla", contacts=["Mina"])
            await _chosen(leyla, "4711", "2580")
            await leyla.write("/plan")
            before = len(leyla.seen)
            await leyla.write(code)
            await story.pass_time(seconds=2)
            transcripts.append(
                [(shown.text, str(shown.buttons), shown.silent) for shown in leyla.seen[before:]]
            )
            assert not _written(leyla, code)
            assert mina.reads(COVERT) is (code == "2580")
    assert transcripts[0] == transcripts[1]
    assert len(transcripts[0]) == 1


async def test_what_is_covered_stays_so_until_she_is_back(story: Story) -> None:
    """News and letters wait; help and danger do not; her own code ends it and says nothing about it."""
    mina = await story.contact("Mina")
    leyla = await story.resident("Leyla", contacts=["Mina"])
    await _chosen(leyla, "4711", "2580")
    await leyla.write("2580")
    await story.pass_time(seconds=2)
    assert mina.reads(COVERT)
    seen = len(leyla.seen)
    await mina.press("al:1:…:have")
    await mina.press("al:1:…:safe")
    assert len(leyla.seen) == seen, "not a word of it comes there"
    await leyla.write("/plan")
    assert _last_says(leyla, NOTHING)
    await leyla.write(THREAT)
    assert "112" in leyla.last.text
    assert "Mina" not in leyla.last.text
    assert len([each for each in mina.seen if "🔴" in each.text]) > 1
    await story.until(18)
    assert leyla.reads(_("check-in", "Hello. How is today?"))
    await leyla.write("4711")
    assert _last_says(leyla, MENU)
    await leyla.write("/plan")
    assert not _last_says(leyla, NOTHING)
    assert not _last_says(leyla, QUESTION)


async def test_a_restart_between_the_code_and_the_call_loses_nothing(story: Story) -> None:
    """The answer is sent, the process dies: the call is a row with a time."""
    mina = await story.contact("Mina")
    leyla = await story.resident("Leyla", contacts=["Mina"])
    await _chosen(leyla, "4711", "2580")
    story.sandbox.say(leyla.id, "2580")
    async with asyncio.timeout(PATIENCE):
        while story.sandbox.unconfirmed():
            await asyncio.sleep(0.001)
    waiting = await story.bot.db.run(timers.due, story.clock.now(), 100)
    assert Timer.CODE in [each.kind for each in waiting], "nothing looks at it before the next tick"
    assert not mina.reads(COVERT)
    await story.sleep()
    await story.wake()
    await story.step()
    assert mina.reads(COVERT)


async def test_who_chose_none_meets_none(story: Story) -> None:
    """Who joined before there was a check has none, and meets none."""
    leyla = await story.resident("Leyla")
    known = await story.bot.db.run(people.list_people, story.bot.house.keyring)
    residents = [each.person for each in known if each.role == "resident"]
    assert [getattr(each, "lock", None) for each in residents] == [None]
    await story.pass_time(hours=40)
    await leyla.write("/plan")
    assert not _last_says(leyla, QUESTION)
