"""The overview: open cases with their clocks, and what else needs somebody."""

from dataclasses import replace
from datetime import timedelta

from dialogs.notices import NoticeKind
from dialogs.people import Consent
from storage import channels, check_ins, notices
from storage import people as stored
from tests.bot.desk.conftest import Office
from tests.bot.town import NOW


async def test_an_open_case_stands_there_with_its_clock(inside: Office) -> None:
    """Number, urgency in words and a sign, alias, since, next step, who has it."""
    await inside.raise_case()
    inside.town.clock.move(timedelta(minutes=3))
    _status, page = await inside.get("/")
    for words in ("Case 1", "Urgent", "◆", "Leyla", "19:00", "3 minutes ago", "Nobody yet", "I have it"):
        assert words in page, words


async def test_nothing_open_says_so(inside: Office) -> None:
    """A page without a list could also be a broken one."""
    assert "No case is open." in (await inside.get("/"))[1]


async def test_a_record_that_does_not_open_takes_nothing_from_the_others(inside: Office) -> None:
    """R9, on every page."""
    await inside.raise_case()
    sara = await inside.town.resident("Sara", 12, (inside.mina,))
    inside.leyla = sara
    await inside.raise_case()
    await inside.town.damage_alert(1)
    josef = await inside.town.contact("Josef", 22)
    await inside.town.damage(josef)
    _status, page = await inside.get("/")
    assert "Case 1 cannot be read." in page
    assert "Sara" in page
    assert "Case 1 cannot be read." in (await inside.get("/cases/1"))[1]
    for path in ("/who", "/calendar", "/people", "/invitations", "/figures", "/audit"):
        status, page = await inside.get(path)
        assert status == 200, path
    assert str(josef) in (await inside.get("/people"))[1]
    assert (await inside.get(f"/people/{josef}"))[0] == 404
    assert (await inside.get(f"/calendar/{josef}"))[0] == 404


async def test_a_resident_who_does_not_open_leaves_her_cases_number(inside: Office) -> None:
    """Her alias is sealed with her; that somebody must look is not."""
    await inside.raise_case()
    await inside.town.damage(inside.leyla)
    _status, page = await inside.get("/")
    assert "Case 1 cannot be read." in page


async def test_opening_a_case_shows_why_and_is_noted(inside: Office) -> None:
    """What contact persons read, who was told; and who looked (S10)."""
    case = await inside.raise_case()
    _status, page = await inside.get(f"/cases/{case}")
    assert "asked for somebody" in page
    assert "Mina" in page
    assert (inside.karin, "case-opened", "case:1") in await inside.did()
    assert (await inside.get("/cases/99"))[0] == 404
    assert (await inside.get("/cases/x"))[0] == 404


async def test_unanswered_check_ins_failing_channels_and_notices(inside: Office) -> None:
    """By alias, by name, in words."""
    town = inside.town
    box = (await town.known(inside.leyla)).box
    day = NOW.date()
    await town.run(check_ins.record, box, inside.leyla, day - timedelta(days=1), "d", "missed", None, NOW)
    await town.run(check_ins.record, box, inside.leyla, day - timedelta(days=9), "d", "missed", None, NOW)
    mina = await town.known(inside.mina)
    channel = await town.run(channels.add, mina.box, mina.id, "mailto://x", NOW)
    for _time in range(3):
        await town.run(channels.failed, channel)
    await town.run(notices.report, NoticeKind.BACKUP_FAILED, NOW)
    _status, page = await inside.get("/")
    assert "23 November 2026 (not answered)" in page
    assert "15 November" not in page
    assert "failed 3 times in a row" in page
    assert "The nightly backup did not work" in page
    assert "mailto" not in page


async def test_an_alias_cannot_become_a_script(inside: Office) -> None:
    """What somebody is called is text, on every page."""
    town = inside.town
    inside.leyla = await town.resident("<script>alert(1)</script>", 12, (inside.mina,))
    await inside.raise_case()
    for path in ("/", "/cases/1", "/who", "/people", f"/people/{inside.leyla}"):
        _status, page = await inside.get(path)
        assert "<script>alert" not in page, path
        assert "&lt;script&gt;alert(1)" in page, path


async def test_her_own_name_stands_nowhere(inside: Office) -> None:
    """The desk knows the agreed name only."""
    town = inside.town
    known = await town.known(inside.leyla)
    await town.run(stored.save_person, known.box, replace(known.person, name="Her own name"), NOW)
    await inside.raise_case()
    for path in ("/", "/cases/1", "/who", "/people", f"/people/{inside.leyla}", "/audit", "/invitations"):
        assert "Her own name" not in (await inside.get(path))[1]


async def test_what_needs_a_look_is_named_and_leads_there(inside: Office) -> None:
    """A number alone would have to be looked up; what is about nobody stands as it is."""
    town = inside.town
    case = await inside.raise_case()
    gone = await town.contact("Josef", 22)
    await town.run(notices.report, NoticeKind.CONTACT_UNTESTED, NOW, f"person:{inside.mina}")
    await town.run(notices.report, NoticeKind.RECORD_FAILED, NOW, f"alert:{case}")
    await town.run(notices.report, NoticeKind.GUIDE_OLD, NOW, "guide:bills")
    await town.run(notices.report, NoticeKind.CONTACT_UNTESTED, NOW, f"person:{gone}")
    await town.run(stored.erase, gone)
    _status, page = await inside.get("/")
    assert f'<a href="/people/{inside.mina}"><bdi>Mina</bdi></a>' in page
    assert f'<a href="/cases/{case}">' in page
    assert '<code dir="ltr">guide:bills</code>' in page
    assert f'href="/people/{gone}"' not in page


async def test_silence_is_shown_only_of_those_who_want_it_told(inside: Office) -> None:
    """She said no to being asked, or to anybody being told: then it is nobody's list."""
    town = inside.town
    known = await town.known(inside.leyla)
    day = NOW.date() - timedelta(days=1)
    await town.run(check_ins.record, known.box, inside.leyla, day, "d", "missed", None, NOW)
    assert "not answered" in (await inside.get("/"))[1]
    for consent in (Consent(True, True, False), Consent(False, True, True)):
        her = replace(await town.person(inside.leyla), consent=consent)
        await town.run(stored.save_person, known.box, her, NOW)
        assert "not answered" not in (await inside.get("/"))[1]
