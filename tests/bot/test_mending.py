"""A notice ends when what it is about has been mended, erased or ended; and not before."""

import sqlite3
from datetime import timedelta

import pytest

from bot.damaged import end_case
from dialogs.events import Pressed
from dialogs.notices import NoticeKind, alert, person
from dialogs.people import Rhythm, Role
from storage import notices, people
from tests.bot.town import NOW, Town

HOUR = timedelta(hours=1)


async def look(town: Town) -> None:
    handled = await town.run(town.handler.look_again, NOW + HOUR)
    assert handled.failed == 0


async def report(town: Town, kind: NoticeKind, subject: str) -> None:
    await town.run(notices.report, kind, NOW, subject)


async def test_a_person_who_opens_again_is_no_longer_reported(town: Town) -> None:
    """And one who does not still is."""
    leyla, reza = await town.resident(), await town.resident("Reza", 12)
    whole = await town.cell("SELECT sealed_person FROM people WHERE id = ?", leyla)
    for each in (leyla, reza):
        await town.damage(each)
        await report(town, NoticeKind.PERSON_UNREADABLE, person(each))
    await town.write("UPDATE people SET sealed_person = ? WHERE id = ?", whole, leyla)
    await look(town)
    assert await town.notices() == [("person-unreadable", person(reza))]


@pytest.mark.parametrize(
    "kind",
    [
        NoticeKind.PERSON_UNREADABLE,
        NoticeKind.RECORD_FAILED,
        NoticeKind.LOCALE_GONE,
        NoticeKind.ZONE_UNKNOWN,
        NoticeKind.CONTACT_UNREACHABLE,
    ],
)
async def test_who_was_erased_is_no_longer_reported(town: Town, kind: NoticeKind) -> None:
    """Erasing is one way to mend."""
    leyla = await town.resident()
    await report(town, kind, person(leyla))
    await town.run(people.erase, leyla)
    await look(town)
    assert await town.notices() == []


async def test_what_is_still_odd_stays_in_sight(town: Town) -> None:
    """A language that was put back ends its notice, a zone that is still unknown does not."""
    leyla = await town.resident(locale="en", rhythm=Rhythm(zone="Nowhere/Land"))
    for kind in (NoticeKind.LOCALE_GONE, NoticeKind.ZONE_UNKNOWN, NoticeKind.RECORD_FAILED):
        await report(town, kind, person(leyla))
    await look(town)
    assert {kind for kind, _subject in await town.notices()} == {"zone-unknown", "record-failed"}


async def test_what_others_look_after_is_left_alone(town: Town) -> None:
    """Each notice has one keeper."""
    leyla = await town.resident()
    await report(town, NoticeKind.NOBODY_TO_TELL, person(leyla))
    await report(town, NoticeKind.BACKUP_FAILED, "")
    await report(town, NoticeKind.ALERT_UNREADABLE, "alert:no-number")
    await town.write("UPDATE notices SET kind = 'of-a-newer-program' WHERE kind = 'backup-failed'")
    await look(town)
    assert len(await town.notices()) == 3


@pytest.mark.parametrize("kind", [NoticeKind.ALERT_UNREADABLE, NoticeKind.RECORD_FAILED])
async def test_a_case_that_is_gone_is_no_longer_reported(town: Town, kind: NoticeKind) -> None:
    """Its resident was erased, or it was closed as cases are."""
    await report(town, kind, alert(9))
    await look(town)
    assert await town.notices() == []


async def _damaged(town: Town) -> tuple[int, bytes]:
    """Mina was told that case 1 does not open; returns her, and the case as it was."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    await town.happen(leyla, Pressed("someone"))
    whole: bytes = await town.cell("SELECT sealed_alert FROM alerts")
    await town.damage_alert(1)
    await town.run(town.handler.due, NOW + HOUR, 100)
    return mina, whole


async def test_those_who_were_told_hear_that_an_operator_ended_it(town: Town) -> None:
    """Else they would wait for a case that nobody asks about any more."""
    mina, _whole = await _damaged(town)
    await town.run(end_case, town.house, 1, NOW + HOUR)
    await look(town)
    await look(town)
    texts = await town.texts(mina)
    assert texts.count("Case 1 was ended by Testköping. Thank you for being there.") == 1
    assert await town.notices() == []


async def test_a_case_that_opens_again_is_said_to(town: Town) -> None:
    """Somebody took it on before its next step was due, so nothing else would say it."""
    mina, whole = await _damaged(town)
    await look(town)
    assert await town.notices() == [("alert-unreadable", alert(1))], "still damaged"
    await town.write("UPDATE alerts SET sealed_alert = ?, next_step_at = next_step_at + 28800000", whole)
    await look(town)
    assert await town.notices() == []
    assert "Case 1: I can read it again, and go on as usual." in await town.texts(mina)


async def test_a_case_handling_failed_on_is_over_when_its_next_step_works(town: Town) -> None:
    """It could be read all along: that says nothing."""
    _mina, whole = await _damaged(town)
    await town.write("UPDATE alerts SET sealed_alert = ?", whole)
    await town.write("UPDATE notices SET kind = 'record-failed'")
    await look(town)
    assert await town.notices() == [("record-failed", alert(1))]


async def test_a_notice_that_cannot_be_looked_at_keeps_no_other_open(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is looked at by itself."""
    leyla = await town.resident()
    await report(town, NoticeKind.ALERT_UNREADABLE, alert(1))
    await report(town, NoticeKind.PERSON_UNREADABLE, person(leyla))

    def torn(_db: sqlite3.Connection, *_arguments: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("bot.damaged.fate", torn)
    assert (await town.run(town.handler.look_again, NOW)).failed == 1
    assert await town.notices() == [("alert-unreadable", alert(1))]


async def test_a_coordinator_who_can_be_reached_again_is_no_longer_reported(town: Town) -> None:
    """Kept by the clear column; the update that said so may have been lost."""
    karin = await town.contact("Karin", 23, Role.COORDINATOR)
    await report(town, NoticeKind.CONTACT_UNREACHABLE, person(karin))
    await town.run(people.set_reachable, karin, False, NOW)
    await look(town)
    assert len(await town.notices()) == 1
    await town.run(people.set_reachable, karin, True, NOW)
    await look(town)
    assert await town.notices() == []
