"""Two people write to each other through the bot, and neither learns more of the other than was agreed."""

from typing import Any

import pytest

from bot.sandbox.people import Message as Shown
from dialogs.text import Message, _
from dialogs.words import LABELS, Word
from tests.bot.test_cleaning import PLACE, exif, picture, segment
from tests.stories.story import Phone, Story

NEW: Message = _("talk", "Hello. There is something new here, whenever you have a moment.")


async def _talking(story: Story) -> tuple[Phone, Phone]:
    """Leyla asked for somebody, Mina took it on and writes."""
    mina = await story.contact("Mina")
    leyla = await story.resident("Leyla", contacts=["Mina"])
    await leyla.types(LABELS[Word.SOMEONE])
    await mina.press("al:1:…:have")
    await mina.press("tk:open:1")
    await story.pass_time(seconds=2)
    return leyla, mina


def _said(phone: Phone, text: str) -> list[Shown]:
    return [shown for shown in phone.seen if text in shown.text]


async def test_they_write_to_each_other_across_restarts(story: Story) -> None:
    """She sees a name, Mina sees an alias; each word arrives once."""
    leyla, mina = await _talking(story)
    await leyla.write("är du där?")
    assert len(_said(mina, "är du där?")) == 1
    assert "Leyla" in _said(mina, "är du där?")[0].text
    await mina.write("ja, jag är här")
    assert len(_said(leyla, "ja, jag är här")) == 1
    assert "Mina" in _said(leyla, "ja, jag är här")[0].text
    await leyla.press("tk:end")
    await leyla.write("hej då")
    assert _said(mina, "hej då") == []


async def test_no_account_and_no_number_passes(story: Story) -> None:
    """What the sandbox calls them, and the numbers of their chats, stand nowhere on the other phone."""
    leyla, mina = await _talking(story)
    await leyla.write("hej")
    await mina.write("hej själv")
    for phone, other in ((leyla, mina), (mina, leyla)):
        assert all(str(other.id) not in shown.text for shown in phone.seen)


async def test_a_letter_shows_nothing_on_a_phone_that_lies_on_a_table(story: Story) -> None:
    """Ten minutes after her last word only "something new" shows; a tap opens it."""
    leyla, mina = await _talking(story)
    await leyla.write("hej")
    await story.pass_time(minutes=10)
    await mina.write("din bror har ringt oss")
    assert leyla.reads(NEW)
    assert _said(leyla, "bror") == []
    notification = story.sandbox.chat(leyla.id).notification
    assert notification is not None
    assert "bror" not in notification.text
    await leyla.press("tk:show")
    assert len(_said(leyla, "din bror har ringt oss")) == 1
    assert not leyla.reads(NEW), "the announcement became the letter"


async def test_pictures_lose_what_the_camera_wrote(story: Story) -> None:
    """Place and device stay behind; a voice message and a file come whole, without the file's name."""
    leyla, mina = await _talking(story)
    story.sandbox.send_photo(leyla.id, picture(segment(0xE1, exif())), "se här")
    story.sandbox.send_voice(leyla.id, data=b"OggS voice of hers")
    story.sandbox.send_document(leyla.id, "Leyla Karlsson beslut.pdf", b"%PDF-1.7 decision")
    await story.step()
    files = [await _file(story, shown) for shown in mina.seen if shown.kind in ("photo", "voice", "document")]
    data = [each.data for each in files]
    assert len(data) == 3
    assert all(PLACE not in each for each in data)
    assert b"OggS voice of hers" in data
    assert b"%PDF-1.7 decision" in data
    assert all("Karlsson" not in each.name for each in files)
    assert _said(mina, "se här")


async def _file(story: Story, shown: Shown) -> Any:
    content = shown.content[shown.kind]
    found = content[-1] if isinstance(content, list) else content
    return story.sandbox.files.get(found["file_id"])


async def test_the_bot_is_quiet_and_comes_back_after_a_day(story: Story) -> None:
    """No check-in into a talk; a day without a letter ends it, and both hear so."""
    leyla, mina = await _talking(story)
    await story.until(17, 30)
    await leyla.write("vi hörs")
    await story.until(18)
    assert not leyla.offers("ci:…:d:5")
    await story.pass_time(hours=25)
    assert mina.reads(
        _("talk", "The talk with {alias} is over: for a day nobody has written.", alias="Leyla")
    )
    assert leyla.reads(
        _("talk", "Hello. {name} has gone for now. What you write here goes to me again.", name="Mina")
    )


async def test_danger_in_a_talk_still_tells_somebody(story: Story) -> None:
    """Reading goes on where she agreed to it."""
    leyla, mina = await _talking(story)
    await leyla.write("han står utanför dörren nu och ska döda mig")
    assert mina.reads(_("alert", "🔴 Case {case}: emergency. Please act now.", case=1))
    assert _said(mina, "han står utanför dörren")


async def test_whoever_blocks_is_known_to_be_gone(story: Story) -> None:
    """Nobody goes on writing into the void (R34)."""
    leyla, mina = await _talking(story)
    story.sandbox.block(leyla.id, True)
    await story.step()
    assert mina.reads(_("talk", "I cannot write to {alias} any more. The talk is over.", alias="Leyla"))


async def test_a_letter_nobody_is_sure_about_is_told_and_not_repeated(story: Story) -> None:
    """The answer of Telegram was lost: its writer hears "not certain", the reader gets it once."""
    leyla, mina = await _talking(story)
    story.sandbox.faults.add("drop_after", method="sendMessage", chat_id=mina.id)
    await leyla.write("är du där?")
    await story.pass_time(minutes=2)
    assert len(_said(mina, "är du där?")) == 1
    assert leyla.reads(
        _(
            "talk",
            "It is not certain that your last message reached {who}. I do not send it twice.",
            who="Mina",
        )
    )


async def test_a_letter_nobody_opens_is_told_to_whoever_wrote_it(story: Story) -> None:
    """Two days later it is gone, and must not be believed to be read."""
    _leyla, mina = await _talking(story)
    await mina.write("ring mig när du kan")
    await story.pass_time(hours=48)
    await story.bot.due.tidy()
    await story.step()
    assert mina.reads(
        _("talk", "Your message to {who} was not opened for two days. It is gone now.", who="Leyla")
    )


async def test_a_contact_person_with_two_talks_is_asked(story: Story) -> None:
    """And by typed words alone, since a press is lost while the bot is down."""
    mina = await story.contact("Mina")
    leyla = await story.resident("Leyla", contacts=["Mina"])
    samira = await story.resident("Samira", contacts=["Mina"])
    for number, phone in enumerate((leyla, samira), start=1):
        await phone.types(LABELS[Word.SOMEONE])
        await mina.press(f"al:{number}:…:have")
        await mina.press(f"tk:open:{number}")
    await story.pass_time(seconds=2)
    assert story.sandbox.chat(mina.id).reply_keyboard == [
        ["→ Leyla", "✍️ Samira"],
        [story.say(_("talk", "End a talk"), "sv")],
    ]
    await leyla.write("jag är rädd")
    await mina.write("kom till mig klockan tre")
    assert _said(leyla, "klockan tre") == _said(samira, "klockan tre") == []
    await mina.types(_("talk", "To {alias}", alias="Leyla"))
    assert _said(samira, "klockan tre") == []
    assert _said(leyla, "klockan tre")
    await mina.write("→ Samira")
    await story.pass_time(seconds=2)
    await samira.write("hej Mina")
    await mina.write("hej Samira")
    assert _said(samira, "hej Samira")
    assert _said(leyla, "hej Samira") == []


async def test_telegrams_own_reply_says_to_whom(story: Story) -> None:
    """Whatever was chosen."""
    mina = await story.contact("Mina")
    leyla = await story.resident("Leyla", contacts=["Mina"])
    samira = await story.resident("Samira", contacts=["Mina"])
    for number, phone in enumerate((leyla, samira), start=1):
        await phone.types(LABELS[Word.SOMEONE])
        await mina.press(f"al:{number}:…:have")
        await mina.press(f"tk:open:{number}")
    await leyla.write("jag är rädd")
    (letter,) = _said(mina, "jag är rädd")
    story.sandbox.say(mina.id, "jag ringer dig", reply_to=letter.message_id)
    await story.step()
    assert _said(leyla, "jag ringer dig")
    assert _said(samira, "jag ringer dig") == []


@pytest.mark.parametrize("act", ["text", "photo", "voice", "document", "edit"])
async def test_a_note_reaches_no_resident_by_any_way(story: Story, act: str) -> None:
    """Whatever is written or sent around it (R33)."""
    marker = "note-marker-Z9"
    leyla, mina = await _talking(story)
    story.sandbox.press(
        mina.id, mina.last.message_id, f"no:write:{await _id_of(story, 'Leyla')}", forged=True
    )
    await story.step()
    match act:
        case "photo":
            story.sandbox.send_photo(mina.id, caption=marker)
        case "voice":
            story.sandbox.send_voice(mina.id, data=b"OggS" + marker.encode())
        case "document":
            story.sandbox.send_document(mina.id, data=marker.encode(), caption=marker)
        case "edit":
            story.sandbox.say(mina.id, "en annan anteckning")
            await story.step()
            mine = [each for each in story.sandbox.chat(mina.id).messages if not each.from_bot]
            story.sandbox.edit(mina.id, mine[-1].message_id, marker)
        case _:
            story.sandbox.say(mina.id, marker)
    await story.step()
    await leyla.write("hej")
    await leyla.write("show")
    chat = story.sandbox.chat(leyla.id).messages
    assert all(marker not in shown.text for shown in chat)
    files = [await _file(story, shown) for shown in chat if shown.kind in ("photo", "voice", "document")]
    assert all(marker.encode() not in each.data for each in files)


async def _id_of(story: Story, alias: str) -> int:
    from dialogs.people import Resident, Role
    from storage import people

    found = await story.bot.db.run(people.list_people, story.bot.house.keyring, Role.RESIDENT)
    return next(each.id for each in found if isinstance(each.person, Resident) and each.person.alias == alias)
