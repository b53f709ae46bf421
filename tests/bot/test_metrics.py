"""Figures for Prometheus: true, cheap, and about nobody."""

import asyncio
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.due import Due
from bot.health import Health, Part
from bot.intake import Intake
from bot.metrics import Metrics
from bot.ordering import Ordered
from bot.outgoing import DeliveryFailed, Failure
from bot.sender import Sender
from dialogs.effects import Purpose
from dialogs.events import Pressed
from dialogs.notices import NoticeKind
from dialogs.notices import person as subject_of
from storage import backups, figures, notices
from storage.database import StorageFailed
from tests.bot.test_intake import StillSource
from tests.bot.town import NOW, PATIENCE, StillDoor, Town, idle, sending

MINUTE = timedelta(minutes=1)


class Watched:
    """The parts of a bot, and what they show."""

    def __init__(self, town: Town, door: StillDoor, backup_folder: Path | None = None) -> None:
        self.sender: Sender = town.sender(door)
        self.intake = Intake(StillSource(), town.db, town.handler, self.sender, town.clock)
        self.due = Due(town.db, town.handler, self.sender, town.clock)
        self.health = Health(
            {
                Part.INTAKE: self.intake.pulse,
                Part.SENDER: self.sender.pulse,
                Part.DUE: self.due.pulse,
                Part.STORAGE: self.due.heart,
            }
        )
        folders = (town.folder, backup_folder)
        self.metrics = Metrics(town.clock, town.db, self.health, self.intake, self.sender, self.due, folders)

    async def figures(self) -> dict[str, float]:
        """What is shown, by name and labels as they are written."""
        page = (await self.metrics.page()).decode()
        return {
            line.rpartition(" ")[0]: float(line.rpartition(" ")[2])
            for line in page.splitlines()
            if not line.startswith("#")
        }


@pytest.fixture
def watched(town: Town, door: StillDoor) -> Watched:
    """A bot without a backup folder."""
    return Watched(town, door)


async def test_the_page_is_what_prometheus_reads(watched: Watched) -> None:
    """Every figure has its type and its sentence, and each name is ours."""
    page = (await watched.metrics.page()).decode()
    families = list(text_string_to_metric_families(page))
    assert len(families) > 12
    for family in families:
        assert family.name.startswith("vidare_")
        assert family.documentation.endswith(".")
        assert family.samples
        assert family.type in ("gauge", "counter", "histogram")


async def test_updates_and_moments_are_counted_by_what_came_of_them(torn_town: Town, door: StillDoor) -> None:
    """A reader that fails on everything would show here before anybody complains."""
    watched = Watched(torn_town, door)
    await torn_town.resident()
    await watched.intake.take([torn_town.text(11, "hello"), torn_town.text(11, "torn")])
    shown = await watched.figures()
    assert shown['vidare_updates_total{result="handled"}'] == 1
    assert shown['vidare_updates_total{result="set-aside"}'] == 1
    assert shown['vidare_notices_open{kind="update-set-aside"}'] == 1


async def test_an_alert_is_followed_from_the_outbox_to_the_contact_person(
    town: Town, watched: Watched
) -> None:
    """Waiting, sent, how long that took, and how long nobody has taken it on."""
    mina = await town.contact()
    leyla = await town.resident(contacts=(mina,))
    ordered = await town.happen(leyla, Pressed("someone"))
    shown = await watched.figures()
    assert shown['vidare_outbox_waiting{priority="urgent"}'] == 2, "to Mina, and what Leyla is answered"
    assert shown['vidare_alerts_open{level="2",state="raised"}'] == 1
    town.clock.move(MINUTE / 2)
    watched.sender.offer(ordered)
    async with sending(watched.sender):
        await idle(watched.sender)
    town.clock.move(9 * MINUTE)
    shown = await watched.figures()
    assert shown['vidare_outbox_waiting{priority="urgent"}'] == 0
    assert shown['vidare_alerts_open{level="2",state="waiting"}'] == 1
    assert shown["vidare_alert_unacknowledged_seconds"] == 570
    assert shown['vidare_deliveries_total{purpose="alert",result="sent"}'] == 1
    assert shown['vidare_alert_delivery_seconds_bucket{le="10.0"}'] == 0
    assert shown['vidare_alert_delivery_seconds_bucket{le="30.0"}'] == 1
    assert shown['vidare_alert_delivery_seconds_bucket{le="+Inf"}'] == 1
    assert shown["vidare_alert_delivery_seconds_sum"] == 30


async def test_what_telegram_refuses_is_counted_by_reason(
    town: Town, door: StillDoor, watched: Watched
) -> None:
    """Each try, since a bot that tries for ever sends nothing."""
    leyla = await town.resident()
    letter = await town.letter(leyla, purpose=Purpose.ROUTINE)
    door.answers = [DeliveryFailed(Failure.NOT_SENT), DeliveryFailed(Failure.UNCLEAR)]
    watched.sender.offer(Ordered([letter]))
    async with sending(watched.sender):
        await idle(watched.sender)
        town.clock.move(MINUTE)
        await idle(watched.sender)
    shown = await watched.figures()
    assert shown['vidare_deliveries_total{purpose="routine",result="not-sent"}'] == 1
    assert shown['vidare_deliveries_total{purpose="routine",result="unclear"}'] == 1
    assert shown['vidare_notices_open{kind="message-unclear"}'] == 1


async def test_being_late_is_shown(town: Town, watched: Watched) -> None:
    """A scheduler that fell behind is no outage, and as bad for who waits."""
    mina = await town.contact()
    await town.happen(await town.resident(contacts=(mina,)), Pressed("someone"))
    alert = await town.alert(1)
    town.clock.move(alert.next_step_at - NOW + 5 * MINUTE)
    assert (await watched.figures())["vidare_due_lag_seconds"] == 300


async def test_the_parts_are_shown(watched: Watched) -> None:
    """As on the page of health, for alert rules."""
    await watched.due.look()
    shown = await watched.figures()
    assert {part: shown[f'vidare_part_well{{part="{part}"}}'] for part in Part} == {
        Part.INTAKE: 0,
        Part.SENDER: 0,
        Part.DUE: 1,
        Part.STORAGE: 1,
    }
    assert shown['vidare_part_age_seconds{part="due"}'] < PATIENCE


async def test_the_age_of_the_newest_backup_is_shown(town: Town, door: StillDoor, tmp_path: Path) -> None:
    """None at all shows none: a rule that asks for `absent` sees it."""
    folder = tmp_path / "backups"
    folder.mkdir()
    watched = Watched(town, door, folder)
    assert "vidare_backup_age_seconds" not in await watched.figures()
    (folder / backups.name_for(NOW - 5 * MINUTE)).touch()
    shown = await watched.figures()
    assert shown["vidare_backup_age_seconds"] == 300
    assert shown["vidare_disk_free_bytes"] > 0


async def test_a_storage_that_fails_costs_its_figures_and_no_others(
    town: Town, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the parts are not well is what whoever watches must read just then."""

    async def fails(*_arguments: object) -> object:
        raise StorageFailed("the disk failed")

    monkeypatch.setattr(town.db, "run", fails)
    shown = await watched.figures()
    assert 'vidare_part_well{part="storage"}' in shown
    assert "vidare_due_lag_seconds" not in shown


async def test_a_disk_that_hangs_takes_one_thread_and_no_more(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are looked up in the same threads: without one, nothing reaches Telegram any more."""
    monkeypatch.setattr("bot.metrics.ANSWER_WITHIN", 0.01)
    let_go, looks = threading.Event(), [0]

    def hangs(_folder: Path) -> int:
        looks[0] += 1
        let_go.wait(PATIENCE)
        return 1

    monkeypatch.setattr(figures, "free_bytes", hangs)
    for _scrape in range(3):
        assert "vidare_disk_free_bytes" not in await watched.figures()
    assert looks == [1]
    let_go.set()
    monkeypatch.setattr("bot.metrics.ANSWER_WITHIN", PATIENCE)
    assert (await watched.figures())["vidare_disk_free_bytes"] == 1


def _labels(page: str) -> Iterator[str]:
    for labels in re.findall(r"\{(.*?)\}", page):
        yield from re.findall(r'"(.*?)"', labels)


async def test_no_label_and_no_figure_is_about_anybody(town: Town, watched: Watched) -> None:
    """A monitoring system keeps what it reads for years, and many can see it."""
    mina = await town.contact("Mina Canary", 777_021)
    leyla = await town.resident("Leyla Canary", 777_011, contacts=(mina,))
    before = set(_labels((await watched.metrics.page()).decode()))
    await town.happen(leyla, Pressed("someone"))
    await watched.intake.take([town.text(777_011, "a secret of Leyla"), b'{"message": "Leyla Canary"}'])
    await town.run(notices.report, NoticeKind.MESSAGE_UNCLEAR, NOW, subject_of(leyla))
    await town.run(lambda db: db.execute("UPDATE notices SET kind = 'Leyla' WHERE id = 1").rowcount)
    page = (await watched.metrics.page()).decode()
    assert set(_labels(page)) == before, "labels are a closed list, whatever happens"
    for word in ("Canary", "Leyla", "secret", "7770", "person:"):
        assert word not in page


async def test_two_scrapes_at_once_are_both_answered(watched: Watched) -> None:
    """Two watchers, or a person and one."""
    pages = await asyncio.gather(watched.metrics.page(), watched.metrics.page())
    assert all(b"vidare_due_lag_seconds" in page for page in pages)
