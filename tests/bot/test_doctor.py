"""What the doctor sees: everything that needs a look, and nothing that does not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.doctor import Examination, Sign, examine, languages
from bot.locale_folder import Standing
from bot.settings import load_settings
from dialogs.notices import NoticeKind
from dialogs.people import Contact
from storage import backups, channels, notices, outages, people
from tests.bot.town import NOW, Town


async def _look(town: Town, *, backup_dir: Path | None = None) -> Examination:
    settings = load_settings(
        telegram_token=SecretStr("1:unused"), data_dir=town.folder, backup_dir=backup_dir
    )
    return await town.run(examine, town.house, settings, NOW)


def _ill(found: Examination) -> set[str]:
    return {sign.what for sign in found.signs if sign.well is False}


async def _healthy(town: Town) -> tuple[int, int]:
    """A bot that runs, Mina tested, Leyla who can be told about."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    known = await town.known(mina)
    assert isinstance(known.person, Contact)
    await town.run(people.save_person, known.box, replace(known.person, tested_at=NOW), NOW)
    await town.run(outages.beat, NOW)
    return mina, leyla


@pytest.fixture
def backup_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a backup of this night."""
    folder = tmp_path_factory.mktemp("backups")
    (folder / backups.name_for(NOW - timedelta(hours=9))).touch()
    return folder


async def test_a_house_in_order_needs_no_look(town: Town, backup_dir: Path) -> None:
    """A list that always says something is not read."""
    mina, leyla = await _healthy(town)
    found = await _look(town, backup_dir=backup_dir)
    assert _ill(found) == set()
    assert found.well
    assert (found.who[0].resident, found.who[0].rungs) == (leyla, ((mina,),))


async def test_each_thing_that_is_wrong_is_one_line(town: Town, backup_dir: Path) -> None:
    """Dead, untested, no backup, a failing channel, an open notice: named, and the whole is not well."""
    mina, leyla = await _healthy(town)
    await town.run(people.set_reachable, mina, False, NOW)
    await town.run(outages.beat, NOW - timedelta(minutes=10))
    await town.run(notices.report, NoticeKind.STORAGE, NOW)
    box = (await town.known(mina)).box
    channel = await town.run(channels.add, box, mina, "json://gateway.example", NOW)
    for _failure in range(channels.FAILING_AFTER):
        await town.run(channels.failed, channel)
    for old in backup_dir.iterdir():
        old.rename(old.with_name(backups.name_for(NOW - timedelta(days=3))))
    found = await _look(town, backup_dir=backup_dir)
    assert _ill(found) == {
        "bot",
        "nobody-to-tell",
        "contact-unreachable",
        "storage",
        "second channels",
        "backup",
    }
    assert not found.well
    assert Sign("nobody-to-tell", False, f"person:{leyla}") in found.signs


async def test_without_a_backup_folder_it_says_what_to_set(town: Town) -> None:
    """The first thing a new operator forgets."""
    await _healthy(town)
    found = await _look(town)
    (sign,) = [sign for sign in found.signs if sign.what == "backup"]
    assert "VIDARE_BACKUP_DIR" in sign.detail


async def test_an_old_notice_of_the_audit_is_not_believed(town: Town, backup_dir: Path) -> None:
    """It looks itself: what was mended since breakfast is no hole."""
    _mina, leyla = await _healthy(town)
    await town.run(notices.report, NoticeKind.NOBODY_TO_TELL, NOW - timedelta(hours=5), f"person:{leyla}")
    assert (await _look(town, backup_dir=backup_dir)).well


async def test_a_message_that_should_have_left_is_a_sign(town: Town, backup_dir: Path) -> None:
    """The bot may beat and still send nothing."""
    _mina, leyla = await _healthy(town)
    town.clock.move(-timedelta(minutes=6))
    await town.letter(leyla)
    assert _ill(await _look(town, backup_dir=backup_dir)) == {"sending"}


def test_a_language_that_lost_texts_is_named_and_drafts_are_told() -> None:
    """What falls back to another language, her reader sees before the operator does."""
    found = [
        Standing("ar", 97, 100, reviewed=False),
        Standing("pl", 10, 100, reviewed=False),
        Standing("sv", 100, 100, reviewed=True),
        Standing("sv@easy", 60, 100, reviewed=True),
    ]
    signs = list(languages(found, ("ar", "sv", "sv@easy"), "sv"))
    assert [(each.well, each.detail.partition(" ")[0]) for each in signs] == [
        (False, "ar:"),
        (None, "drafts,"),
    ]
    assert "3 texts" in signs[0].detail
    assert list(languages(found[2:], ("sv", "sv@easy"), "sv")) == []
