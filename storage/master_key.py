"""
The master key: read from outside the data directory, or not at all.

Whoever has the data directory alone has nothing. A key file holds one base64 line a key, newest first; `#`
opens a comment. Instead of a file, `VIDARE_MASTER_KEY` may hold the lines, or `VIDARE_MASTER_PASSPHRASE` a
passphrase, which scrypt turns into a key (n=2**16, r=8, p=2: 64 MiB, about half a second, once at start).
"""

import base64
import binascii
import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from storage.sealing import KEY_BYTES

KEY_VARIABLE: Final = "VIDARE_MASTER_KEY"
PASSPHRASE_VARIABLE: Final = "VIDARE_MASTER_PASSPHRASE"  # noqa: S105 - the name of a variable
SHORTEST_PASSPHRASE: Final = 16
LARGEST_FILE: Final = 64 * 1024


class MasterKeyError(Exception):
    """There is no master key to work with; says what to do."""


class NoMasterKey(MasterKeyError):
    """None was given."""


class KeyFileTooOpen(MasterKeyError):
    """Others than we could read the key, or put another in its place."""


class KeyFileBroken(MasterKeyError):
    """What was given is no key."""


class KeyFileMisplaced(MasterKeyError):
    """The key lies beside what it locks."""


class PassphraseTooShort(MasterKeyError):
    """It could be guessed."""


def read_master_keys(
    *, key_file: Path | None, data_directory: Path, environment: Mapping[str, str], salt: bytes
) -> list[bytes]:
    """Return the master keys, newest first, of the file or else the environment; `salt` is the database's."""
    if key_file is not None:
        return from_file(key_file, data_directory)
    if encoded := environment.get(KEY_VARIABLE):
        return from_text(encoded, KEY_VARIABLE)
    if passphrase := environment.get(PASSPHRASE_VARIABLE):
        return [from_passphrase(passphrase, salt)]
    raise NoMasterKey(f"no master key: name a key file, or set {KEY_VARIABLE} or {PASSPHRASE_VARIABLE}")


def from_file(path: Path, data_directory: Path) -> list[bytes]:
    """Return the keys in `path`, which must be ours alone and lie outside `data_directory`."""
    if path.resolve().is_relative_to(data_directory.resolve()):
        raise KeyFileMisplaced(
            f"{path} lies in the data directory: a copy of one would be a copy of both. Move it."
        )
    try:
        with path.open("rb") as file:
            _check_owner(path, os.fstat(file.fileno()))
            content = file.read(LARGEST_FILE)
    except OSError as error:
        raise NoMasterKey(f"the key file {path} cannot be read: {error.strerror}") from error
    return from_text(content.decode("utf-8", "replace"), str(path))


def _check_owner(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyFileBroken(f"{path} is not a file")
    if status.st_uid != os.geteuid():
        raise KeyFileTooOpen(f"{path} belongs to somebody else: chown it to the user the bot runs as")
    if stat.S_IMODE(status.st_mode) not in (0o600, 0o400):
        raise KeyFileTooOpen(f"{path} is open to others: run `chmod 600 {path}`")


def from_text(text: str, source: str) -> list[bytes]:
    """Return the keys written in `text`; `source` is named when they are none."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    keys = [_decode(line, number, source) for number, line in enumerate(lines, 1) if line]
    if not keys:
        raise KeyFileBroken(f"{source} holds no key")
    if len(set(keys)) != len(keys):
        raise KeyFileBroken(f"{source} holds a key twice")
    return keys


def _decode(line: str, number: int, source: str) -> bytes:
    try:
        key = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise KeyFileBroken(f"{source}, line {number}: not base64") from None  # the cause would show the line
    if len(key) != KEY_BYTES:
        raise KeyFileBroken(f"{source}, line {number}: a key has {KEY_BYTES} bytes, this one {len(key)}")
    return key


def from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """Return the key that `passphrase` stands for in the database with this `salt`."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(
            f"the passphrase needs {SHORTEST_PASSPHRASE} characters; six random words are good"
        )
    return hashlib.scrypt(
        passphrase.encode(), salt=salt, n=2**16, r=8, p=2, maxmem=128 * 1024 * 1024, dklen=KEY_BYTES
    )


def new_key_line() -> str:
    """Return a new key as a line of a key file."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode() + "\n"


def create_key_file(path: Path) -> None:
    """Write a new key to `path`, mode 0600; raises `FileExistsError` rather than overwrite one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(
            "# Vidare's master key. Without it nothing can be read. Keep a copy apart from the backups.\n"
        )
        file.write(new_key_line())
        file.flush()
        os.fsync(file.fileno())
