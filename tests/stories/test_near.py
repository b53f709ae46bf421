"""
Near her: she chooses a place, hears of a dinner when she said yes, is counted without a name, and hears it is off.

The bot is stopped and started between any two steps; an operator's slip takes no page away meanwhile.
"""

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.people import Role
from dialogs.text import _
from storage import activities
from tests.dialogs.near_examples import PLACE
from tests.stories.story import BEGIN, Phone, Story, told

NEUTRAL = "Hello. There is something you may like to know. Tap to see."


def saved(folder: Path, text: str, edit: int = 1) -> None:
    """The operator saves the file; each time later than before."""
    path = folder / "exempelstad.yaml"
    path.write_text(text, encoding="utf-8")
    moment = int(BEGIN.timestamp()) + edit
    os.utime(path, (moment, moment))


@pytest.fixture
def places(tmp_path: Path) -> Path:
    folder = tmp_path / "places"
    folder.mkdir()
    saved(folder, PLACE)
    return folder


async def begun(story: Story, places: Path) -> None:
    """The operator names the folder; then the bot is started anew."""
    story.more = {"near_dir": places}
    await story.step()


async def announced(karin: Phone, when: str = "26/11 18:00") -> None:
    """A coordinator announces a dinner."""
    await karin.write("activity")
    await karin.press("an:place:exempelstad")
    await karin.write("Middag tillsammans")
    await karin.write(when)
    await karin.write("Mat finns. Barn är välkomna.")
    await karin.press("an:send")


def neutral_lines(phone: Phone) -> list[str]:
    """What lit up her phone about activities."""
    return [each.text for each in phone.seen if each.text.startswith(NEUTRAL)]


async def test_a_dinner_from_the_announcement_to_its_end(tmp_path: Path, places: Path) -> None:
    """She is told neutrally, reads it after a tap, is counted once, and hears that it is cancelled."""
    async with told(tmp_path) as story:
        await begun(story, places)
        karin = await story.contact("Karin", "en", Role.COORDINATOR)
        leyla = await story.resident("Leyla", "en")
        other = await story.resident("Other", "en")
        await leyla.write("near you")
        await leyla.press("near:open:exempelstad")
        assert "08-465 004 10" in leyla.last.text
        await leyla.press("near:news:exempelstad")

        await announced(karin)
        assert leyla.last.text == NEUTRAL
        assert neutral_lines(other) == []
        assert not any("Middag" in each.text for each in leyla.seen)

        await leyla.press("act:see:…")
        assert "Middag tillsammans" in leyla.last.text
        await leyla.press("act:come:…")
        await karin.write("activities")
        assert "1 comes" in karin.last.text
        await leyla.press("act:back:…")
        await leyla.press("act:see:…")
        await leyla.types(_("activity", "I come"))
        await karin.write("activities")
        assert "1 comes" in karin.last.text
        assert not any("Leyla" in each.text for each in karin.seen if "comes" in each.text)

        await karin.press("an:cancel:…")
        await karin.press("an:really:…")
        assert leyla.last.text == NEUTRAL
        await leyla.press("act:see:…")
        assert "has been cancelled" in leyla.last.text
        await leyla.press("act:come:…", newest=False)
        assert "has been cancelled" in "".join(each.text for each in leyla.seen)
        assert len(neutral_lines(leyla)) == 2


async def test_at_night_the_dinner_waits_and_a_pause_is_kept(tmp_path: Path, places: Path) -> None:
    """In the morning it is told once; whoever stopped hears nothing at all."""
    async with told(tmp_path) as story:
        await begun(story, places)
        karin = await story.contact("Karin", "en", Role.COORDINATOR)
        leyla = await story.resident("Leyla", "en", consents="nnn")
        stopped = await story.resident("Other", "en", consents="nnn")
        for phone in (leyla, stopped):
            await phone.write("near you")
            await phone.press("near:open:exempelstad")
            await phone.press("near:news:exempelstad")
        await stopped.write("stop")
        await story.until(22)
        await announced(karin)
        assert neutral_lines(leyla) == []
        await story.until(8)
        assert neutral_lines(leyla) == [NEUTRAL]
        await story.until(9)
        assert neutral_lines(leyla) == [NEUTRAL]
        assert neutral_lines(stopped) == []


async def test_after_an_outage_a_dinner_that_is_over_is_not_told(tmp_path: Path, places: Path) -> None:
    """The wave had begun, then the machine was off for days."""
    async with told(tmp_path) as story:
        await begun(story, places)
        leyla = await story.resident("Leyla", "en", consents="nnn")
        await leyla.write("near you")
        await leyla.press("near:open:exempelstad")
        await leyla.press("near:news:exempelstad")
        system = story.bot.house.doors.system
        at = story.clock.now() + timedelta(hours=5)

        def sent(db: sqlite3.Connection) -> None:
            number = activities.add(
                db, system, BEGIN, place="exempelstad", begins_at=at, ends_at=at, title="Middag"
            )
            activities.send(db, number)

        await story.bot.db.run(sent)
        await story.sleep()
        story.clock.move(timedelta(days=2))
        await story.wake()
        await story.step()
        assert neutral_lines(leyla) == []


async def test_a_slip_in_the_file_takes_no_page_away(tmp_path: Path, places: Path) -> None:
    """The last good version is shown, the coordinator hears of it, and a mended file is taken up (R18)."""
    async with told(tmp_path) as story:
        await begun(story, places)
        karin = await story.contact("Karin", "en", Role.COORDINATOR)
        leyla = await story.resident("Leyla", "en", consents="nnn")
        await leyla.write("near you")
        await leyla.press("near:open:exempelstad")
        await leyla.press("near:keep:exempelstad")

        saved(places, PLACE.replace("day: tuesday", "day: tisdag"), edit=2)
        await story.pass_time(minutes=2)
        await leyla.write("near you")
        assert "08-465 004 10" in leyla.last.text
        await story.pass_time(minutes=20)
        assert any("now has a mistake" in each.text for each in karin.seen)

        saved(places, PLACE.replace("08-465 004 10", "08-465 004 20"), edit=3)
        await story.pass_time(minutes=2)
        await leyla.write("near you")
        assert "08-465 004 20" in leyla.last.text

        (places / "exempelstad.yaml").rename(places / "bergby.yaml")
        await story.pass_time(minutes=2)
        await leyla.write("near you")
        assert "not here any more" in leyla.last.text
        await leyla.write("my data")
        assert "The place I keep" not in leyla.last.text


async def test_while_the_bot_runs_a_good_change_is_taken_up_within_a_minute(
    tmp_path: Path, places: Path
) -> None:
    """No restart for a new telephone hour: here nothing is started anew."""
    async with told(tmp_path) as story:
        await begun(story, places)
        await story.settle()
        near = story.bot.house.knowledge.near
        saved(places, PLACE.replace("Exempelstad", "Nystad"), edit=2)
        story.clock.move(timedelta(seconds=61))
        await story.settle()
        assert near is story.bot.house.knowledge.near
        assert near.places["exempelstad"].name.to("sv") == "Nystad"
