"""What she decides holds: consent, pause, stop, hide, erase, language."""

import sqlite3

import pytest

from dialogs.people import Role
from dialogs.text import _
from dialogs.words import LABELS, Word
from storage import people
from tests.stories.story import Story

QUESTION = _("check-in", "Hello. How is today?")
THREAT = "min bror sa att han ska döda mig"


async def test_without_consent_nothing_is_read(story: Story) -> None:
    """A no to reading is a no, and the guides still work."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv", consents="nnn")
    before = len(mina.seen)
    await leyla.write(THREAT)
    assert len(mina.seen) == before
    await leyla.types(LABELS[Word.GUIDES])
    await leyla.press("g:shelf:home")
    await leyla.press("g:open:housing")
    assert leyla.offers("g:housing:…")


async def test_without_consent_to_telling_she_decides(story: Story) -> None:
    """What is read as danger is answered, and a human is one tap away, but nobody is told."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv", consents="yyn")
    before = len(mina.seen)
    await leyla.write(THREAT)
    assert leyla.reads(_("risk", "I have told nobody. Press “I need someone”, and I ask a person at once."))
    assert len(mina.seen) == before
    await leyla.press("someone")
    assert mina.reads(_("alert", "🟠 Case {case}: urgent. Please read this now.", case=1))


async def test_a_pause_ends_by_itself(story: Story) -> None:
    """A pause has an end and a gentle word; no check-in comes before (R6)."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("/pause")
    await leyla.press("set:pause:3")
    asked = len(leyla.seen)
    await story.until(18)
    await story.until(18)
    assert len(leyla.seen) == asked
    await story.until(18, days=2)
    assert leyla.reads(_("check-in", "Hello. The quiet time is over."))
    await story.until(18)
    assert leyla.reads(QUESTION)


async def test_stop_tells_nobody(story: Story) -> None:
    """Leaving is safe (S23)."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    before = len(mina.seen)
    await leyla.write("/stop")
    asked = len(leyla.seen)
    for _day in range(4):
        await story.until(18)
    assert (len(leyla.seen), len(mina.seen)) == (asked, before)
    await leyla.write("/resume")  # the button is gone with its message
    await story.until(18)
    assert leyla.reads(QUESTION)


async def test_hide_leaves_one_harmless_line(story: Story) -> None:
    """Both directions are deleted as far as Telegram allows, and what is left says nothing."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("hej")
    await leyla.types(LABELS[Word.HIDE])
    assert [each.text for each in leyla.standing] == [story.say(_("privacy", "OK."), "sv")]


async def test_forget_erases_and_asks_once(story: Story) -> None:
    """Key and rows are gone; afterwards she is a stranger, and a new invitation is a new person."""
    leyla = await story.resident("Leyla", "sv")
    before = await story.bot.db.run(_count, "people")
    her_id = (await story.bot.db.run(people.ids, Role.RESIDENT, "active"))[0]
    await leyla.write("/forget")
    await leyla.press("menu")
    assert await story.bot.db.run(_count, "people") == before
    await leyla.write("/forget")
    await leyla.press("p:erase")
    assert await story.bot.db.run(_count, "people") == before - 1
    for column in ("check_ins.resident_id", "timers.person_id", "outbox.person_id"):
        assert await story.bot.db.run(_hers, column, her_id) == 0
    assert leyla.last.text == story.say(_("privacy", "Everything is erased. Take care."), "sv")
    await leyla.write("hej")
    assert leyla.last.text == story.say(_("stranger", "Hello. This chat works by invitation."), "sv")


async def test_whoever_helps_hears_that_she_left(story: Story) -> None:
    """A hand on her phone could erase her to end an alert (decision 0003)."""
    mina = await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv")
    await leyla.press("someone")
    await leyla.write("/forget")
    await leyla.press("p:erase")
    gone = _(
        "alert",
        "Case {case}: {alias} has left the bot and erased everything. I cannot tell whether it was {alias}. "
        "If you are worried, get in touch another way.",
        case=1,
        alias="Leyla",
    )
    assert mina.reads(gone)


async def test_the_language_changes_in_the_middle_of_a_guide(story: Story) -> None:
    """The guide goes on where it was, in the new language (R14)."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("/guides")
    await leyla.press("g:shelf:money")
    await leyla.press("g:open:bank-account")
    await leyla.write("/language")
    await leyla.press("l:ar")
    leyla.locale = "ar"
    assert leyla.reads(_("settings", "I now write in this language."))
    await leyla.types(LABELS[Word.GUIDES])
    await leyla.press("g:shelf:money")
    await leyla.press("g:open:bank-account")
    assert story.say(_("guide bank-account", "A bank account"), "ar") in leyla.last.text


async def test_my_data_says_what_is_kept(story: Story) -> None:
    """In plain words, with her own name for herself."""
    leyla = await story.resident("Leyla", "sv")
    await leyla.write("/mydata")
    assert leyla.reads(_("my data", "This is what I keep about you:"))


@pytest.mark.parametrize("how", ["word", "button"])
async def test_her_data_arrives_as_a_file(story: Story, how: str) -> None:
    """One tap or one word; readable as it is, and its name and what stands beside it say nothing (R39)."""
    await story.contact("Mina", "sv")
    leyla = await story.resident("Leyla", "sv", contacts=["Mina"])
    await leyla.write("/myfile" if how == "word" else "/mydata")
    if how == "button":
        await leyla.press("p:file")
    call = story.sandbox.calls_of("sendDocument")[-1]
    assert call.parameters["protect_content"] in (True, "true")
    shown = next(each for each in reversed(leyla.seen) if each.document)
    stored = story.sandbox.files.get(shown.document or "")
    assert stored is not None
    assert stored.name == "text.txt"
    text = stored.data.decode("utf-8-sig")
    assert story.say(_("my data", "The name your contact persons see: {alias}", alias="Leyla"), "sv") in text
    assert "Mina" in text
    assert story.say(_("my file", "Check-ins"), "sv") in text


async def test_a_contact_person_who_leaves_is_asked_no_more(story: Story) -> None:
    """The next one has it, and the resident hears whose name is gone."""
    mina = await story.contact("Mina", "sv")
    josef = await story.contact("Josef", "sv")
    leyla = await story.resident("Leyla", "sv", contacts=["Mina", "Josef"])
    await leyla.press("someone")
    await mina.press("al:1:…:have")
    await mina.write("/stop")
    await mina.press("ch:leave-yes")
    assert josef.reads(_("alert", "🟠 Case {case}: urgent. Please read this now.", case=1))
    assert leyla.reads(_("settings", "{name} is no longer one of your contact persons.", name="Mina"))


def _hers(db: sqlite3.Connection, column: str, person: int) -> int:
    table = column.partition(".")[0]
    count: int = db.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (person,)).fetchone()[0]  # noqa: S608 -- names of ours
    return count


def _count(db: sqlite3.Connection, table: str) -> int:
    count: int = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- names of ours
    return count
