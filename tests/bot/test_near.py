"""The folder of places: a mistake takes nothing away, a good change is taken up, copies outlive a restart."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import auditing
from bot.near import LARGEST, NearFolder, NearWatch, read_folder
from tests.bot.town import Town
from tests.dialogs.near_examples import PLACE, TODAY


class Folder:
    """Files that an operator edits; each edit is later than the one before."""

    def __init__(self, root: Path) -> None:
        self.root, self.kept = root / "places", root / "data-near"
        self.root.mkdir()
        self._edits = 0

    def write(self, name: str, text: str | bytes) -> None:
        """Save a file."""
        path = self.root / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self._edits += 1
        os.utime(path, ns=(self._edits, self._edits))

    def opened(self, today: date = TODAY) -> NearFolder:
        """As the bot opens it at a start."""
        near = NearFolder(self.root, self.kept, frozenset({"116 016"}), lambda: today)
        near.look()
        return near


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    found = Folder(tmp_path)
    found.write("exempelstad.yaml", PLACE)
    found.write("bergby.yaml", PLACE.replace("Exempelstad", "Bergby"))
    return found


def name(near: NearFolder, place: str = "exempelstad") -> str:
    """What the place is called now."""
    return near.places[place].name.to("sv")


def test_places_are_shown_by_name(folder: Folder) -> None:
    """Not by the names of files."""
    folder.write("aby.yaml", PLACE.replace("Exempelstad", "Zinkby"))
    assert list(folder.opened().places) == ["bergby", "exempelstad", "aby"]


def test_a_good_change_is_taken_up_while_running(folder: Folder) -> None:
    """No restart for a new telephone hour."""
    near = folder.opened()
    assert not near.look()
    folder.write("exempelstad.yaml", PLACE.replace("Exempelstad", "Nystad"))
    assert near.look()
    assert name(near) == "Nystad"


@pytest.mark.parametrize("bad", ["name: [", "", b"\xff\xfe", "name: x\n", b"#" * (LARGEST + 1)])
def test_a_mistake_leaves_the_last_good_version(folder: Folder, bad: str | bytes) -> None:
    """And the other places; also after a restart (R18)."""
    near = folder.opened()
    folder.write("exempelstad.yaml", bad)
    near.look()
    for each in (near, folder.opened()):
        assert (name(each), name(each, "bergby")) == ("Exempelstad", "Bergby")
        assert each.faulty == {"exempelstad"}


def test_a_file_that_was_never_good_is_no_place(folder: Folder) -> None:
    """There is nothing to show."""
    folder.write("nystad.yaml", "name: [")
    near = folder.opened()
    assert "nystad" not in near.places
    assert near.faulty == {"nystad"}


def test_a_mended_file_is_good_again(folder: Folder) -> None:
    """The copy follows it."""
    near = folder.opened()
    folder.write("exempelstad.yaml", "name: [")
    near.look()
    folder.write("exempelstad.yaml", PLACE.replace("Exempelstad", "Nystad"))
    near.look()
    assert not near.faulty
    folder.write("exempelstad.yaml", "name: [")
    assert name(folder.opened()) == "Nystad"


def test_a_file_that_is_taken_away_takes_its_place_with_it(folder: Folder) -> None:
    """Its copy too: it must not come back with the next mistake."""
    near = folder.opened()
    (folder.root / "exempelstad.yaml").unlink()
    near.look()
    assert list(near.places) == ["bergby"]
    folder.write("exempelstad.yaml", "name: [")
    near.look()
    assert list(near.places) == ["bergby"]
    assert "exempelstad" not in folder.opened().places


def test_a_folder_that_is_gone_changes_nothing(folder: Folder) -> None:
    """A disk that is not mounted is no decision of the operator's, neither while running nor at a start."""
    near = folder.opened()
    folder.root.rename(folder.root.with_name("elsewhere"))
    assert near.look()
    assert not near.look()
    assert list(near.places) == list(folder.opened().places) == ["bergby", "exempelstad"]


def test_a_copy_that_cannot_be_written_costs_nothing_else(folder: Folder) -> None:
    """A full disk, or a file where the folder should be."""
    folder.kept.write_text("in the way")
    assert list(folder.opened().places) == ["bergby", "exempelstad"]


def test_a_number_of_all_sweden_is_refused_here(folder: Folder) -> None:
    """It stands in lines.yaml."""
    reading = read_folder(folder.root, TODAY, {"08-465 004 10"})
    assert set(reading.faults) == {"bergby", "exempelstad"}


async def test_a_faulty_file_is_a_notice_until_it_is_mended(folder: Folder, town: Town) -> None:
    """Whoever saved it has gone home; somebody else must see it."""
    near = folder.opened()
    watch = NearWatch(near, town.db, town.clock)
    folder.write("exempelstad.yaml", "name: [")
    await watch.look()
    assert await town.notices() == [("near-faulty", "place:exempelstad")]
    folder.write("exempelstad.yaml", PLACE)
    await watch.look()
    assert await town.notices() == []


async def test_a_folder_that_is_gone_is_a_notice_until_it_is_back(folder: Folder, town: Town) -> None:
    """Unchanged files too are read again then."""
    elsewhere = folder.root.with_name("elsewhere")
    near = folder.opened()
    watch = NearWatch(near, town.db, town.clock)
    folder.root.rename(elsewhere)
    await watch.look()
    assert await town.notices() == [("near-faulty", "places")]
    elsewhere.rename(folder.root)
    await watch.look()
    assert await town.notices() == []
    assert list(near.places) == ["bergby", "exempelstad"]


async def test_a_link_that_leads_nowhere_is_one_fault(folder: Folder) -> None:
    """It is a file that cannot be read, and no reason to doubt the folder."""
    (folder.root / "nystad.yaml").symlink_to(folder.root / "nowhere")
    near = folder.opened()
    assert (near.unreadable, set(near.faulty)) == (False, {"nystad"})
    assert not near.look()


async def test_a_page_that_nobody_checked_is_a_notice(folder: Folder, town: Town) -> None:
    """The daily audit names it, as it names old guides."""
    near = folder.opened(TODAY + timedelta(days=365))
    house = replace(town.house, knowledge=replace(town.house.knowledge, near=near))
    await town.run(auditing.record, house, town.clock.now() + timedelta(days=365))
    assert ("near-old", "place:exempelstad") in await town.notices()
    await town.run(auditing.record, house, town.clock.now())
    assert ("near-old", "place:exempelstad") not in await town.notices()
