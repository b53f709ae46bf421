"""
The operator's folder of places, read when its files change; the last good version of each is kept.

One file with a mistake takes no other place away, and not its own either: what was good before is shown on, also
after a restart, because a copy of it lies in the data folder. A file that is taken out of the folder takes its place
with it; a folder that cannot be read changes nothing.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.clock import Clock
from dialogs import notices as noticed
from dialogs.marked_yaml import Fault, GuideFaults
from dialogs.near_file import NearPlace, Places, parse_place
from dialogs.notices import NoticeKind
from storage import notices
from storage.database import Database

log = logging.getLogger(__name__)

LARGEST: Final = 100_000
"""Bytes; a place has eight entries, and reading a file must not hold the bot."""
_PATTERN: Final = "*.yaml"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder holds, by id: the places that are whole, their texts, and what is wrong with the others."""

    places: Places
    texts: Mapping[str, str]
    faults: Mapping[str, tuple[Fault, ...]]


def read_folder(folder: Path, today: date, ours: Set[str] = frozenset()) -> Reading:
    """Read every file; raises `OSError` where the folder itself cannot be read."""
    places: dict[str, NearPlace] = {}
    texts: dict[str, str] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    for path in _files(folder):
        try:
            text = _text(path)
            places[path.stem] = parse_place(path.name, text, today, ours)
            texts[path.stem] = text
        except GuideFaults as found:
            faults[path.stem] = found.faults
    return Reading(_by_name(places.values()), texts, faults)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.match(_PATTERN))


def _by_name(places: Iterable[NearPlace]) -> Places:
    ordered = sorted(places, key=lambda place: (place.name.to("sv").casefold(), place.id))
    return MappingProxyType({place.id: place for place in ordered})


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            raise GuideFaults((Fault(path.name, 1, "the file is too large for a place"),))
        return content.decode("utf-8")
    except OSError as error:
        raise GuideFaults((Fault(path.name, 1, "the file cannot be read"),)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GuideFaults((Fault(path.name, line, "the file is not written in UTF-8"),)) from error


class NearFolder:
    """`places` is what residents see; `look` takes up what has changed since."""

    def __init__(self, folder: Path, kept: Path, ours: Set[str], today: Callable[[], date]) -> None:
        """`kept` is where copies of the last good versions lie."""
        self._folder, self._kept, self._ours, self._today = folder, kept, ours, today
        self._stamps: Mapping[str, tuple[int, int]] | None = None
        self._faults: Mapping[str, tuple[Fault, ...]] = {}
        self._places: Places = {}
        self.unreadable = False

    @property
    def places(self) -> Places:
        """As they are now; whoever decides asks once."""
        return self._places

    @property
    def faulty(self) -> frozenset[str]:
        """The files that are not what is shown."""
        return frozenset(self._faults)

    def old(self, today: date) -> frozenset[str]:
        """The places whose readers are told to ask first."""
        return frozenset(each.id for each in self._places.values() if each.is_old(today))

    def look(self) -> bool:
        """Read the folder where a file is another than at the last look; returns whether anything has changed."""
        try:
            stamps = _stamps(self._folder)
            if stamps == self._stamps:
                return False
            reading = read_folder(self._folder, self._today(), self._ours)
        except OSError as error:
            return self._gone(error)
        self._take(reading)
        self._stamps, self.unreadable = stamps, False
        return True

    def _gone(self, error: OSError) -> bool:
        """Go on with what there was; said once, not every minute."""
        if self.unreadable:
            return False
        log.error("the folder of places cannot be read", extra={"error": type(error).__name__})
        self._stamps, self.unreadable = None, True
        self._places = self._places or _by_name(self._last_good(_stems(self._kept)).values())
        return True

    def _take(self, reading: Reading) -> None:
        for fault in (each for faults in reading.faults.values() for each in faults):
            log.error("a place has a mistake", extra={"where": f"{fault.file}:{fault.line}"})
        shown = {
            each: self._places[each] for each in reading.faults if each in self._places
        }  # before the copies: they are older where the disk was full
        copies = self._last_good(reading.faults.keys() - shown.keys())
        self._faults = reading.faults
        self._places = _by_name([*reading.places.values(), *shown.values(), *copies.values()])
        self._keep(reading)

    def _last_good(self, ids: Iterable[str]) -> Places:
        """The copies of these, as far as they are still good."""
        found: dict[str, NearPlace] = {}
        for each in ids:
            path = self._kept / f"{each}.yaml"
            try:
                found[each] = parse_place(path.name, _text(path), self._today(), self._ours)
            except GuideFaults:
                continue
        return found

    def _keep(self, reading: Reading) -> None:
        """Copy what is good, and drop what is no longer there; a full disk costs a copy and nothing else."""
        try:
            self._kept.mkdir(mode=0o700, exist_ok=True)
            for each, text in reading.texts.items():
                _copy(text, self._kept / f"{each}.yaml")
            for each in _stems(self._kept) - reading.places.keys() - reading.faults.keys():
                (self._kept / f"{each}.yaml").unlink(missing_ok=True)
        except OSError as error:
            log.error("the last good places cannot be kept", extra={"error": type(error).__name__})


def _stamps(folder: Path) -> Mapping[str, tuple[int, int]]:
    return {path.name: _stamp(path) for path in _files(folder)}


def _stamp(path: Path) -> tuple[int, int]:
    """A file that an editor is just replacing has none, and is read when it is there."""
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


def _stems(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob(_PATTERN))


def _copy(text: str, target: Path) -> None:
    """Whole or not at all."""
    content = text.encode()
    if target.exists() and target.read_bytes() == content:
        return
    unfinished = target.with_suffix(".new")
    unfinished.write_bytes(content)
    unfinished.replace(target)


class NearWatch:
    """The chore: look at the folder, and make the open notices be what was found."""

    def __init__(self, folder: NearFolder, db: Database, clock: Clock) -> None:
        self._folder, self._db, self._clock = folder, db, clock
        self._told = False

    async def look(self) -> None:
        """Beside everything else: the folder may lie on a slow disk."""
        if await asyncio.to_thread(self._folder.look) or not self._told:
            await self._db.run(report, self._folder, self._clock.now())
            self._told = True


def report(db: sqlite3.Connection, folder: NearFolder, now: datetime) -> None:
    """Notices about places, as things stand."""
    faulty = {noticed.place(each) for each in folder.faulty}
    if folder.unreadable:
        faulty = {"places"}
    notices.agree(db, NoticeKind.NEAR_FAULTY, faulty, now)
