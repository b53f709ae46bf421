"""
Who was erased: person ids in a file beside the database, and in another beside its backups.

A restored backup brings erased people back; whoever restores takes them out again by this list (R38). Ids are
never given twice, and the file says nothing else about anybody.
"""

import errno
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.database import DatabaseNotWritable, StorageError, StorageFailed, StorageFull

_DISK: Final[dict[int, type[StorageError]]] = {
    errno.ENOSPC: StorageFull,
    errno.EDQUOT: StorageFull,
    errno.EROFS: DatabaseNotWritable,
    errno.EIO: StorageFailed,
    errno.EFBIG: StorageFull,
}


class TombstoneFile:
    """JSON lines of `{"person": 7, "at": "2026-11-24T15:04:05+00:00"}`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, person_id: int, at: datetime) -> None:
        """
        Append one, and return once it is on disk; written before the rows go, so a crash cannot miss it.

        Raises a `StorageError` where the disk takes nothing: then nothing may be erased yet, and it is tried again.
        """
        try:
            self._append(person_id, at.isoformat())
        except OSError as error:
            kind = _DISK.get(error.errno or 0)
            if kind is None:
                raise
            raise kind(f"the list of who was erased cannot be written: {error.strerror}") from error

    def _append(self, person_id: int, at: str) -> None:
        line = json.dumps({"person": person_id, "at": at}) + "\n"
        if self._is_torn():
            line = "\n" + line
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(file, line.encode())
            os.fsync(file)
        finally:
            os.close(file)

    def _is_torn(self) -> bool:
        """A power cut can leave half a line without its end."""
        return self._path.exists() and self._path.read_bytes()[-1:] not in (b"", b"\n")

    def take_over(self, other: "TombstoneFile") -> None:
        """Add whom `other` names and this file does not; nobody is ever taken out."""
        known = set(self)
        for person_id, at in other._entries():
            if person_id not in known:
                self._append(person_id, at)

    def __iter__(self) -> Iterator[int]:
        """Yield the ids; a line torn by a power cut is passed over."""
        return (person_id for person_id, _at in self._entries())

    def _entries(self) -> Iterator[tuple[int, str]]:
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                entry = json.loads(line)
                yield int(entry["person"]), str(entry.get("at"))
            except (ValueError, KeyError, TypeError):
                continue
