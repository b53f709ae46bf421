"""
The running program, built from settings. The only file that knows all parts.

Starting touches nothing until every part said it can work: a wrong key, a newer database or a missing
catalogue ends the start with one sentence and leaves everything as it was.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from aiohttp import web

from bot import lexicons, library, my_file, profile
from bot.calendars import is_holiday
from bot.channels import AppriseLine, Line
from bot.chores import Chore, daily, every
from bot.clock import Clock
from bot.clock_watch import ClockWatch, at_start
from bot.due import Due
from bot.fault_points import Probe
from bot.fetching import ALLOWED_UPDATES, WEBHOOK_PATH, Fetcher, webhook_routes
from bot.handling import Handler
from bot.health import Health, Part, pages
from bot.house import House
from bot.intake import Intake
from bot.limits import Limits
from bot.locale_folder import SOURCE_LOCALE, compiled_locales, offered_locales
from bot.loopback import ADDRESS, listen
from bot.near import NearFolder, NearWatch
from bot.neighbours import Neighbours
from bot.nightly_backup import NightlyBackup
from bot.outgoing import DeliveryFailed, Trend
from bot.request import READ_TIMEOUT, AiohttpRequest
from bot.ringer import Ringer
from bot.searching import Search
from bot.sender import IN_FLIGHT, URGENT_PLACES, Sender
from bot.settings import PREFIX, Settings, SettingsFaulty
from bot.telegram_out import Telegram
from bot.translating import Reader, Translator
from bot.watcher import Watcher
from dialogs.knowledge import Knowledge
from dialogs.lines import values
from dialogs.notices import NoticeKind
from dialogs.retention import Keep
from dialogs.schedule import DEFAULT_ZONE, local_day
from dialogs.text import Message
from storage import chores
from storage.database import Database, DatabaseNotWritable, open_database
from storage.master_key import KEY_VARIABLE, PASSPHRASE_VARIABLE, read_master_keys
from storage.sealing import Keyring, passphrase_salt, unlock
from storage.tombstones import TombstoneFile

if TYPE_CHECKING:
    from bot.painter import Painter

log = logging.getLogger(__name__)

DATABASE: Final = "vidare.db"
TOMBSTONES: Final = "erased.jsonl"
NEAR_KEPT: Final = "near"
ASK_AGAIN_AFTER: Final = 5.0
CATCH_UP_WITHIN: Final = 60.0
TIDY_EVERY: Final = timedelta(hours=1)
NOTICES_EVERY: Final = timedelta(minutes=10)
TOMBSTONES_EVERY: Final = timedelta(hours=1)
NEAR_EVERY: Final = timedelta(minutes=1)
AUDIT_AT: Final = time(9, 30)
"""In the morning, so that a hole is mended by day."""
BACKUP_AT: Final = time(3, 15)
"""Between two and three in the morning clocks are changed: a time there would come twice in October."""
PROFILE: Final = "profile"
PROFILE_EVERY: Final = timedelta(days=1)
AGREE_EVERY: Final = 60.0
BURST_PER_CHAT: Final = 3
"""Telegram tolerates short bursts (platform.md 1.5); a greeting is two or three messages."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything read from files: made once, shared by every start in a process."""

    knowledge: Knowledge
    translator: Translator
    search: Search


def read_texts(settings: Settings) -> Texts:
    """Read guides, lines, lexicons and catalogues; raises what their readers raise."""
    books = library.load()
    organisation = settings.organisation or "Vidare"
    everywhere = {**values(books.lines), "organisation": organisation}
    translator = Translator(_locales(settings), settings.default_locale, everywhere)
    profile.check_name(settings, translator)
    search = Search(books, translator)
    knowledge = Knowledge(
        guides=books.guides,
        lines=books.lines,
        reader=lexicons.load_reader(),
        locales=tuple((locale, translator.own_name(locale)) for locale in translator.locales),
        zones=frozenset(available_timezones()),
        glossary=books.glossary,
        finder=search,
        calendar=is_holiday,
        organisation=organisation,
        bot_name=settings.bot_name or "Vidare",
        drafts=translator.drafts,
        default_locale=settings.default_locale,
    )
    return Texts(knowledge, translator, search)


def _locales(settings: Settings) -> tuple[str, ...]:
    """What the operator has switched on, whole or not; else every language that is whole."""
    if settings.offered is None:
        return offered_locales()
    unknown = [locale for locale in settings.offered if locale not in (*compiled_locales(), SOURCE_LOCALE)]
    if unknown:
        raise SettingsFaulty(
            f"{PREFIX}LOCALES names {', '.join(unknown)}, of which there are no texts; there are "
            f"{', '.join(sorted({*compiled_locales(), SOURCE_LOCALE}))}"
        )
    return settings.offered


@dataclass(slots=True)
class Running:
    """The parts of a running bot."""

    settings: Settings
    clock: Clock
    db: Database
    house: House
    handler: Handler
    sender: Sender
    intake: Intake
    due: Due
    ringer: Ringer
    health: Health
    broken: asyncio.Event  # set when a part ended by itself: then only a new start helps
    neighbours: Neighbours


@asynccontextmanager
async def opened(
    settings: Settings, texts: Texts, probe: Probe | None = None, clock: Clock | None = None
) -> AsyncIterator[tuple[Database, House]]:
    """The database, open, with the keys to it: what commands need that do not talk to Telegram."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseNotWritable(
            f"the data folder {settings.data_dir} cannot be made: {error.strerror}"
        ) from error
    if settings.master_passphrase is None:
        master_keys(settings, b"")  # a missing or open key file ends the start before any file is touched
    db = await open_database(settings.data_dir / DATABASE)
    try:
        salt = await db.run(passphrase_salt) if settings.master_passphrase is not None else b""
        keyring = Keyring(master_keys(settings, salt))
        doors = await db.run(unlock, keyring)
        tombstones = TombstoneFile(settings.data_dir / TOMBSTONES)
        near = near_folder(settings, texts, clock or Clock())
        knowledge = replace(texts.knowledge, keep=kept(settings))
        knowledge = replace(knowledge, near=near) if near is not None else knowledge
        house = House(keyring, doors, texts.translator, knowledge, tombstones)
        house = replace(house, desk=f"http://{ADDRESS}:{settings.desk_port}")
        yield db, house if probe is None else replace(house, probe=probe)
    finally:
        await db.close()


def kept(settings: Settings) -> Keep:
    """Return how long the operator keeps what may be chosen."""
    return Keep(
        answers=timedelta(days=settings.keep_answers),
        alerts=timedelta(days=settings.keep_alerts),
        audit=timedelta(days=settings.keep_audit),
        notes=timedelta(days=settings.keep_notes),
    )


def near_folder(settings: Settings, texts: Texts, clock: Clock) -> NearFolder | None:
    """Return the operator's places, read; None where there is no folder of them."""
    if settings.near_dir is None:
        return None
    ours = frozenset(line.number for line in texts.knowledge.lines.values())
    kept = settings.data_dir / NEAR_KEPT
    folder = NearFolder(settings.near_dir, kept, ours, lambda: local_day(clock.now(), DEFAULT_ZONE))
    folder.look()
    return folder


def master_keys(settings: Settings, salt: bytes) -> list[bytes]:
    """Return the master keys the settings name, newest first; `salt` is the database's, for a passphrase."""
    secrets = {KEY_VARIABLE: settings.master_key, PASSPHRASE_VARIABLE: settings.master_passphrase}
    given = {name: secret.get_secret_value() for name, secret in secrets.items() if secret is not None}
    return read_master_keys(
        key_file=settings.master_key_file, data_directory=settings.data_dir, environment=given, salt=salt
    )


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    texts: Texts,
    *,
    ticking: bool = True,
    probe: Probe | None = None,
    line: Line | None = None,
    read_timeout: float = READ_TIMEOUT,
) -> AsyncIterator[Running]:
    """Run the bot for as long as the context lasts; leaving it finishes what is under way."""
    token = settings.telegram_token.get_secret_value()
    async with opened(settings, texts, probe, clock) as (db, house):
        texts.search.begin()
        handler = Handler(house)
        polling = AiohttpRequest(connections=2)
        sending = AiohttpRequest(IN_FLIGHT + URGENT_PLACES, read_timeout)
        read_all = partial(_read_all, db, house, clock)
        telegram = Telegram(token, settings.telegram_api, sending, *_paint(texts.translator, clock), read_all)
        limits = Limits(settings.sends_per_second, settings.sends_per_chat, BURST_PER_CHAT)
        ringer = Ringer(db, house, line or AppriseLine(), clock)
        sender = Sender(db, handler, house.keyring, telegram, limits, clock, ringer.wake)
        intake = Intake(Fetcher(polling, token, settings.telegram_api), db, handler, sender, clock)
        due = Due(db, handler, sender, clock)
        health = Health(
            {
                Part.INTAKE: intake.pulse,
                Part.SENDER: sender.pulse,
                Part.DUE: due.pulse,
                Part.STORAGE: due.heart,
            }
        )
        neighbours = Neighbours(db, sender, ringer.wake)
        broken = asyncio.Event()
        bot = Running(
            settings, clock, db, house, handler, sender, intake, due, ringer, health, broken, neighbours
        )
        _add_chores(bot)
        await _look_at_profile(bot, telegram)
        await polling.initialize()
        await telegram.open()
        try:
            async with _health_pages(bot):
                await db.run(at_start, house, clock.now())
                await db.run(
                    handler.started, clock.now()
                )  # what it orders waits in the outbox, `recover` finds it
                await neighbours.begin()  # what others write from now on is news, what was there is recovered
                await sender.recover()
                await ringer.recover()
                async with _tasks(bot, telegram, ticking=ticking), _watcher(bot):
                    yield bot
        finally:
            await telegram.close()
            await polling.shutdown()


def _paint(
    translator: Translator, clock: Clock
) -> tuple[Callable[[str, str], bytes], Callable[[Trend], bytes]]:
    """Draw in the words of a locale; what draws is loaded with the first picture that is asked for."""

    @cache
    def painter() -> "Painter":
        from bot.painter import Painter

        def say(message: Message, locale: str) -> str:
            return translator.message(message, Reader(locale, DEFAULT_ZONE, clock.now()))

        return Painter(say, translator.right_to_left)

    def draw_trend(trend: Trend) -> bytes:
        return painter().trend(trend.faces, trend.last, trend.locale)

    return lambda name, locale: painter().png(name, locale), draw_trend


async def _read_all(db: Database, house: House, clock: Clock, person_id: int) -> bytes | None:
    return await db.read(my_file.read, house, person_id, clock.now())


def _add_chores(bot: Running) -> None:
    """What the clock does that concerns nobody in particular."""
    settings, add = bot.settings, bot.due.chores.add
    add(Chore("tidy", every(TIDY_EVERY), bot.due.tidy))
    add(Chore("notices", every(NOTICES_EVERY), bot.due.tell_notices))
    add(Chore("audit", daily(AUDIT_AT, bot.house.default_zone), bot.due.audit))
    near = bot.house.knowledge.near
    if isinstance(near, NearFolder):
        add(Chore("near", every(NEAR_EVERY), NearWatch(near, bot.db, bot.clock).look))
    if settings.backup_dir is not None:
        database = settings.data_dir / DATABASE
        tombstones = settings.data_dir / TOMBSTONES
        backup = NightlyBackup(database, tombstones, settings.backup_dir, settings.backup_keep, bot.clock)
        at = daily(BACKUP_AT, bot.house.default_zone)
        add(Chore("backup", at, backup.write, NoticeKind.BACKUP_FAILED))
        add(Chore("tombstones", every(TOMBSTONES_EVERY), backup.carry_tombstones))


async def _look_at_profile(bot: Running, telegram: Telegram) -> None:
    """At each start, beside everything else; where nothing has changed, Telegram is not asked for anything."""
    if bot.settings.profile == "keep":
        return
    shown = profile.Profile(bot.db, telegram, bot.clock, bot.settings, bot.house.translator)
    bot.due.chores.add(Chore(PROFILE, every(PROFILE_EVERY), shown.show))
    await bot.db.run(chores.plan, PROFILE, bot.clock.now())


@asynccontextmanager
async def _health_pages(bot: Running) -> AsyncIterator[None]:
    """Served from before the first message until after the last; a port that is taken ends the start."""
    if bot.settings.health_port is None:
        yield
        return
    from bot.metrics import Metrics  # a library that only who watches needs

    folders = (bot.settings.data_dir, bot.settings.backup_dir)
    metrics = Metrics(bot.clock, bot.db, bot.health, bot.intake, bot.sender, bot.due, folders)
    server = await listen(pages(bot.health, metrics.page), bot.settings.health_port, "HEALTH_PORT")
    try:
        yield
    finally:
        await server.cleanup()


@asynccontextmanager
async def _watcher(bot: Running) -> AsyncIterator[None]:
    """It stops first: a bot that is told to stop is not unwell."""
    url = bot.settings.watcher_url
    if url is None:
        yield
        return
    request = AiohttpRequest(connections=1)
    await request.initialize()
    task = asyncio.create_task(Watcher(url.get_secret_value(), bot.health, request).run(), name="watcher")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await request.shutdown()


@asynccontextmanager
async def _tasks(bot: Running, telegram: Telegram, *, ticking: bool) -> AsyncIterator[None]:
    """Start intake, sender, ringer and ticker; stop them in the order in which they hand work on."""
    sending = _watched(bot.sender.run(), "sender", bot.broken)
    ringing = _watched(bot.ringer.run(), "ringer", bot.broken)
    watch = ClockWatch(bot.db, bot.house, bot.sender, bot.due, bot.clock)
    watching = _watched(watch.run(), "clock", bot.broken)
    listening = _watched(bot.neighbours.run(), "neighbours", bot.broken)
    taking, server = await _intake(bot, telegram)
    ticker = asyncio.create_task(_tick_when_caught_up(bot)) if ticking else None
    try:
        yield
    finally:
        watching.cancel()
        listening.cancel()
        if ticker is not None:
            ticker.cancel()
        if server is not None:
            await server.cleanup()
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
        await bot.intake.settled()
        await bot.due.stop()
        bot.sender.stop()
        bot.ringer.stop()
        await asyncio.gather(sending, ringing, return_exceptions=True)


async def _intake(bot: Running, telegram: Telegram) -> tuple[asyncio.Task[None], web.AppRunner | None]:
    settings = bot.settings
    if settings.webhook_url is None or settings.webhook_secret is None:
        return _watched(_fetching(bot, telegram), "intake", bot.broken), None

    async def handle(raw: bytes) -> None:
        await bot.intake.take([raw])

    secret = settings.webhook_secret.get_secret_value()
    server = await listen(webhook_routes(secret, handle), settings.webhook_port, "WEBHOOK_PORT")
    url = settings.webhook_url.rstrip("/") + WEBHOOK_PATH
    agree = partial(telegram.come_to, url, secret, ALLOWED_UPDATES)
    return _watched(_agreeing(bot, agree), "webhook", bot.broken), server


async def _tick_when_caught_up(bot: Running) -> None:
    """Answers that waited at Telegram come first; but an alert does not wait long for a Telegram that is away."""
    try:
        async with asyncio.timeout(CATCH_UP_WITHIN):
            await bot.intake.caught_up.wait()
    except TimeoutError:
        log.warning("looking at what is due, although what waits at Telegram could not be fetched yet")
    bot.due.start()


async def _fetching(bot: Running, telegram: Telegram) -> None:
    """A webhook that somebody set before would keep every update from us."""
    await _agreed(bot, telegram.stay_away)
    await bot.intake.run()


async def _agreeing(bot: Running, agree: Callable[[], Awaitable[None]]) -> None:
    """
    Tell Telegram where we are, and again every minute: where somebody else took the updates, that mends it.

    That Telegram answers is all we can know of whether we would be told.
    """
    while True:
        await _agreed(bot, agree)
        bot.intake.heard()
        await asyncio.sleep(AGREE_EVERY)


async def _agreed(bot: Running, ask: Callable[[], Awaitable[None]]) -> None:
    """Tell Telegram how updates reach us, again and again until it has heard."""
    while True:
        try:
            await ask()
        except DeliveryFailed as failed:
            log.warning(
                "Telegram did not hear how updates shall reach us", extra={"failure": str(failed.kind)}
            )
            await bot.intake.refused(failed.kind)
            await asyncio.sleep(failed.retry_after or ASK_AGAIN_AFTER)
        else:
            return


def _watched(work: Coroutine[Any, Any, None], name: str, broken: asyncio.Event) -> asyncio.Task[None]:
    """A part that fails must not leave a bot that looks alive and is deaf: the log shows it, and `broken` is set."""
    task = asyncio.create_task(work, name=name)

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            log.critical("a part of the bot stopped", extra={"part": name}, exc_info=task.exception())
            broken.set()

    task.add_done_callback(ended)
    return task
