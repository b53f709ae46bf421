"""The audit reads the database and writes notices: opened when found, ended when mended."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot import auditing
from bot.library import load
from dialogs.people import Contact
from storage import notices, people
from tests.bot.town import NOW, Town


async def _open(town: Town) -> set[tuple[str, str]]:
    await town.run(auditing.record, town.house, NOW)
    return {(each.kind, each.subject) for each in await town.run(notices.open_notices)}


async def _test(town: Town, contact: int, days_ago: int) -> None:
    known = await town.known(contact)
    assert isinstance(known.person, Contact)
    tested = replace(known.person, tested_at=NOW - timedelta(days=days_ago))
    await town.run(people.save_person, known.box, tested, NOW)


async def test_each_contact_person_in_turn_is_a_hole_the_same_day(town: Town) -> None:
    """Untested, blocked, gone: named at the next look, and no longer when it is mended (R28)."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    untested = {("contact-untested", f"person:{mina}"), ("nobody-to-tell", f"person:{leyla}")}
    assert await _open(town) == untested
    await _test(town, mina, days_ago=1)
    assert await _open(town) == set()
    await town.run(people.set_reachable, mina, False, NOW)
    assert await _open(town) == {
        ("contact-unreachable", f"person:{mina}"),
        ("nobody-to-tell", f"person:{leyla}"),
    }
    await town.run(people.set_reachable, mina, True, NOW)
    assert await _open(town) == set()


async def test_a_look_writes_nothing(town: Town) -> None:
    """`vidare doctor` may be run as often as one likes, beside a running bot."""
    await town.contact()
    found = await town.run(auditing.look, town.house, NOW)
    assert [hole.kind for hole in found.holes] == ["contact-untested"]
    assert await town.run(notices.open_notices) == []


async def test_a_damaged_row_does_not_end_the_look(town: Town) -> None:
    """The others are still asked about."""
    mina = await town.contact()
    await _test(town, mina, days_ago=1)
    broken = await town.resident("Reza", 12, contacts=(mina,))
    leyla = await town.resident(contacts=(mina,))
    await town.damage(broken)
    found = await town.run(auditing.look, town.house, NOW)
    assert {each.resident for each in found.who} == {leyla}


async def test_a_guide_past_its_date_is_a_task_until_it_is_checked(town: Town) -> None:
    """R16: its readers are warned, and whoever keeps the guides is told the same day."""
    guides = load().guides
    house = replace(town.house, knowledge=replace(town.house.knowledge, guides=guides))
    last = max(guide.expires for guide in guides.values())
    await town.run(auditing.record, house, datetime.combine(last, NOW.timetz()) + timedelta(days=1))
    subjects = {each.subject for each in await town.run(notices.open_notices) if each.kind == "guide-old"}
    assert subjects == {f"guide:{guide}" for guide in guides}
    await town.run(auditing.record, house, NOW)
    assert not [each for each in await town.run(notices.open_notices) if each.kind == "guide-old"]
