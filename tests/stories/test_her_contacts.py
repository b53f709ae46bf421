"""Who sees what, and the plan that two agree on: from invitation to phone, with a restart between any two steps."""

import sqlite3

from bot.inviting import invite
from dialogs.kinds import ContactKind
from dialogs.people import Role
from dialogs.text import Message, _
from storage import people
from tests.stories.story import Phone, Story

NOT_OPEN = _("sip", "That plan is not open to you. Each resident decides who sees it, and can change that.")
NOBODYS = _("sip", "No shared plan is open to you at present. Each resident decides who sees it.")
WHOSE = _("sip", "Shared plan of {alias}", alias="Linden")
NEWS = _("sip", "Hello. There is something new here, for when it suits you.")
REMINDER = _("sip", "Hello. There is something you wanted to remember.")
AGREED = _("sip", "It is agreed.")


async def _mina(story: Story) -> Phone:
    """A professional contact person: by default she sees the plan."""
    story._helped = True
    phone = story.person("Mina", "en")

    def work(db: sqlite3.Connection) -> str:
        now = story.clock.now()
        return invite(db, story.bot.house, Role.CONTACT, "Mina", now, None, ContactKind.PROFESSIONAL)[1]

    await phone.start(await story.bot.db.run(work))
    await phone.press("l:en")
    for page in range(4):
        await phone.press(f"in:{page}")
    await phone.press("test:have")
    return phone


async def _ids(story: Story) -> tuple[int, int]:
    def work(db: sqlite3.Connection) -> tuple[int, int]:
        return people.ids(db, Role.RESIDENT, "active")[0], people.ids(db, Role.CONTACT, "active")[0]

    return await story.bot.db.run(work)


def _shows(phone: Phone, message: Message) -> bool:
    return phone.story.say(message, phone.locale) in phone.last.text


async def test_what_she_changes_holds_at_once(story: Story) -> None:
    """Mina opens the plan, Leyla takes it back, and the very next tap is refused (S7)."""
    mina = await _mina(story)
    leyla = await story.resident("Linden", "en")
    her_id, mina_id = await _ids(story)
    await mina.write("plan")
    await mina.press(f"sp:{her_id}")
    assert _shows(mina, WHOSE)
    await leyla.write("/settings")
    await leyla.press("set:contacts")
    await leyla.press(f"set:contact:{mina_id}")
    assert _shows(
        leyla, _("sight", "{name}, {kind}.", name="Mina", kind=_("kind", "professional contact person"))
    )
    await leyla.press(f"set:see:{mina_id}:plan:no")
    await mina.press(f"sp:{her_id}:new")
    assert _shows(mina, NOT_OPEN)
    await mina.write("plan")
    assert _shows(mina, NOBODYS)
    await leyla.press(f"set:see:{mina_id}:plan:yes")
    await mina.write("plan")
    await mina.press(f"sp:{her_id}")
    assert _shows(mina, WHOSE)


async def test_a_plan_proposed_by_one_and_agreed_by_the_other(story: Story) -> None:
    """Two phones, taps and typed words, a neutral message, and a reminder in the morning of its day."""
    mina = await _mina(story)
    leyla = await story.resident("Linden", "en")
    her_id, _mina_id = await _ids(story)
    await mina.write("plan")
    await mina.write("Linden")
    for label in ("Propose something", "Home", "Visit a home", "Myself"):
        await mina.write(label)
    await mina.write("28/11")
    assert mina.reads(_("sip", "I ask {alias}, by day. It counts when both have said yes.", alias="Linden"))
    assert leyla.last.text == story.say(NEWS, "en"), "by day, and nothing about what it is"
    await leyla.press("sp")
    await leyla.write("1")
    await leyla.write("Yes")
    assert _shows(leyla, AGREED)
    assert mina.reads(_("sip", "🔵 {alias} said yes to your proposal for the shared plan.", alias="Linden"))
    await story.until(18)
    before = [each.text for each in leyla.seen].count(story.say(REMINDER, "en"))
    await story.until(9, days=5)
    assert before == 0
    assert [each.text for each in leyla.seen].count(story.say(REMINDER, "en")) == 1
    await mina.press(f"sp:{her_id}")
    await mina.press(f"sp:{her_id}:e:1")
    await mina.press(f"sp:{her_id}:done:1")
    await leyla.write("my plan")
    assert "✅" in leyla.last.text


async def test_a_link_taken_back_closes_everything_in_the_same_moment(story: Story) -> None:
    """Old buttons on Mina's phone open nothing and change nothing; what was agreed stays Leyla's."""
    mina = await _mina(story)
    leyla = await story.resident("Linden", "en")
    her_id, mina_id = await _ids(story)
    await leyla.write("my plan")
    await leyla.press("sp:new")
    await leyla.press("sp:a:home")
    await leyla.press("sp:s:home-visit")
    await leyla.press(f"sp:d:home-visit:partner:{mina_id}")
    await leyla.press(f"sp:d:home-visit:partner:{mina_id}:none")
    await mina.press(f"sp:{her_id}")
    await mina.press(f"sp:{her_id}:e:1")
    await mina.press(f"sp:{her_id}:yes:1")
    await leyla.write("/settings")
    await leyla.press("set:contacts")
    await leyla.press(f"set:contact:{mina_id}")
    await leyla.press(f"set:see:{mina_id}:told:no")
    for data in (f"sp:{her_id}:e:1", f"sp:{her_id}:new"):
        await mina.press(data)
        assert _shows(mina, NOT_OPEN)
    await mina.write("plan")
    assert _shows(mina, NOBODYS)
    await leyla.write("my plan")
    nobody = _("sip", "{step} ({who})", step=_("sip step", "Visit a home"), who=_("sip", "nobody at present"))
    assert _shows(leyla, nobody)
    assert _shows(leyla, _("sip", "Nobody but you sees it."))


async def test_a_name_she_chooses_is_the_one_her_residents_see(story: Story) -> None:
    """Without a message in the night; and no second helper takes it."""
    mina = await _mina(story)
    leyla = await story.resident("Linden", "en")
    before = len(leyla.seen)
    await mina.write("name")
    await mina.write("Elsa")
    assert _shows(mina, _("own name", "Done. Your residents see you as {name}.", name="Elsa"))
    assert len(leyla.seen) == before
    await leyla.write("/settings")
    await leyla.press("set:contacts")
    assert any(button.text.endswith("Elsa") for row in leyla.last.buttons for button in row)
    josef = await story.contact("Josef", "en")
    await josef.write("/name")
    await josef.write("ELSA")
    assert _shows(josef, _("own name", "Somebody else here has that name already. Please write another one."))
