"""
Figures in Prometheus' text format: what the parts counted, and what stands in the database when it is asked.

Labels are words of our own program (a part, a purpose, a kind, a state), never an id or anything somebody wrote. A
figure that cannot be had at the moment is left out rather than guessed; an alert rule can ask for `absent`.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from bot.clock import Clock
from bot.due import Due
from bot.health import Health, version
from bot.intake import Intake
from bot.outgoing import Failure
from bot.sender import Sender
from dialogs.alert import AlertState
from dialogs.effects import Priority, Purpose
from dialogs.notices import NoticeKind
from storage import backups, figures
from storage.database import Database, StorageError
from storage.figures import Figures

ANSWER_WITHIN: Final = 5.0
"""Seconds for the database, and for the disks, before their figures are left out."""
LEVELS: Final = (1, 2, 3)
OPEN: Final = tuple(state for state in AlertState if state is not AlertState.CLOSED)
PURPOSES: Final = (*(purpose.value for purpose in Purpose), "edit", "press")
RESULTS: Final = ("sent", *(failure.value for failure in Failure))


class Disks(NamedTuple):
    """What the disks say."""

    free_bytes: int
    backup_at: datetime | None


class Metrics:
    """`page` is asked for every few seconds; a database or a disk that hangs costs it figures and nothing else."""

    def __init__(
        self,
        clock: Clock,
        db: Database,
        health: Health,
        intake: Intake,
        sender: Sender,
        due: Due,
        folders: tuple[Path, Path | None],
    ) -> None:
        self._clock, self._db, self._health = clock, db, health
        self._intake, self._sender, self._due = intake, sender, due
        self._data, self._backups = folders
        self._looking: asyncio.Task[Disks] | None = None

    async def page(self) -> bytes:
        """Return the figures as they are now."""
        stored, disks = await asyncio.gather(self._stored(), self._disks())
        registry = CollectorRegistry()
        registry.register(_Collected([*self._counted(), *self._of_stored(stored), *self._of_disks(disks)]))
        return generate_latest(registry)

    async def _stored(self) -> Figures | None:
        try:
            return await asyncio.wait_for(self._db.run(figures.read), ANSWER_WITHIN)
        except (StorageError, TimeoutError):
            return None

    async def _disks(self) -> Disks | None:
        """One look at a time: looks at a disk that hangs would use up the threads that others need."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(self._look))
        try:
            return await asyncio.wait_for(asyncio.shield(self._looking), ANSWER_WITHIN)
        except (OSError, TimeoutError):
            return None

    def _look(self) -> Disks:
        newest = backups.newest(self._backups) if self._backups is not None else None
        return Disks(figures.free_bytes(self._data), newest.written_at if newest is not None else None)

    def _counted(self) -> Iterator[Metric]:
        yield _gauge("vidare_build", "Which Vidare this is.", {(version(),): 1}, "version")
        pulses = {part.value: pulse for part, pulse in self._health.pulses.items()}
        yield _gauge(
            "vidare_part_well",
            "1 while a part has shown lately that it works.",
            {(part,): pulse.well for part, pulse in pulses.items()},
            "part",
        )
        yield _gauge(
            "vidare_part_age_seconds",
            "How long ago a part last showed that it works.",
            {(part,): pulse.age for part, pulse in pulses.items()},
            "part",
        )
        yield _counter(
            "vidare_updates_total",
            "Updates of Telegram, by what came of them.",
            {(result,): self._intake.tally[result] for result in ("handled", "set-aside")},
            "result",
        )
        yield _counter(
            "vidare_due_total",
            "Moments that had come, by what came of them.",
            {(result,): self._due.tally[result] for result in ("handled", "put-off")},
            "result",
        )
        yield _counter(
            "vidare_deliveries_total",
            "Tries to deliver a message, by what it was for and what came of it.",
            {(each, result): self._sender.tally[each, result] for each in PURPOSES for result in RESULTS},
            "purpose",
            "result",
        )
        yield HistogramMetricFamily(
            "vidare_alert_delivery_seconds",
            "From the decision to tell a contact person until Telegram took the message.",
            [(_bound(bound), count) for bound, count in self._sender.alert_seconds.up_to()],
            self._sender.alert_seconds.total,
        )

    def _of_stored(self, stored: Figures | None) -> Iterator[Metric]:
        if stored is None:
            return
        now = self._clock.now()
        yield _gauge(
            "vidare_outbox_waiting",
            "Messages that are not sent yet.",
            {(priority.name.lower(),): stored.waiting.get(priority.value, 0) for priority in Priority},
            "priority",
        )
        yield _gauge(
            "vidare_alerts_open",
            "Alerts that no person has ended.",
            {
                (state.value, str(level)): stored.open_alerts.get((state.value, level), 0)
                for state in OPEN
                for level in LEVELS
            },
            "state",
            "level",
        )
        yield _gauge(
            "vidare_alert_unacknowledged_seconds",
            "How long the oldest alert waits for somebody to take it on; 0 where none does.",
            {(): _since(stored.unacknowledged_since, now)},
        )
        yield _gauge(
            "vidare_due_lag_seconds",
            "How late we are with what is due; 0 where nothing is.",
            {(): _since(stored.next_due, now)},
        )
        yield _gauge(
            "vidare_notices_open",
            "What an operator is to look at.",
            {(kind.value,): stored.notices.get(kind.value, 0) for kind in NoticeKind},
            "kind",
        )
        yield _gauge("vidare_outages", "How often the bot was down, in 90 days.", {(): stored.outages})
        yield _gauge(
            "vidare_outage_seconds",
            "How long it was down, in 90 days.",
            {(): stored.outage_time.total_seconds()},
        )

    def _of_disks(self, disks: Disks | None) -> Iterator[Metric]:
        if disks is None:
            return
        yield _gauge("vidare_disk_free_bytes", "Room where the database is.", {(): disks.free_bytes})
        if disks.backup_at is not None:
            age = _since(disks.backup_at, self._clock.now())
            yield _gauge("vidare_backup_age_seconds", "Age of the newest backup.", {(): age})


class _Collected:
    """What a registry reads: a list that is finished."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterable[Metric]:
        return self._families


def _gauge(name: str, says: str, values: Mapping[tuple[str, ...], float], *labels: str) -> Metric:
    family = GaugeMetricFamily(name, says, labels=labels)
    for labelled, value in values.items():
        family.add_metric(labelled, value)
    return family


def _counter(name: str, says: str, values: Mapping[tuple[str, ...], float], *labels: str) -> Metric:
    family = CounterMetricFamily(name, says, labels=labels)
    for labelled, value in values.items():
        family.add_metric(labelled, value)
    return family


def _bound(bound: float) -> str:
    return "+Inf" if bound == float("inf") else str(float(bound))


def _since(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(now - moment, timedelta(0)).total_seconds()
