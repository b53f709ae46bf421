"""
Sealing: what leaves for the disk is unreadable without a key, and opens only in the place it was sealed for.

Each person has a key of their own, so that destroying it destroys what was said. Their keys are wrapped by a
master key, which this module is given and never stores. AES-256-GCM with random nonces: safe for 2**32 seals
under one key, more than a person or the system will see.
"""

import hmac
import os
import sqlite3
from collections.abc import Sequence
from typing import Final, NewType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.database import load_queries

Sealed = NewType("Sealed", bytes)

KEY_BYTES: Final = 32
VERSION: Final = b"\x01"
NONCE_BYTES: Final = 12
NONCE_ENDS: Final = len(VERSION) + NONCE_BYTES
SHORTEST: Final = NONCE_ENDS + 16  # the seal of nothing
ID_BYTES: Final = 4

_queries = load_queries("keys")


class SealBroken(Exception):
    """What lies at `place` was not sealed for it with this key, or was changed since."""

    def __init__(self, place: str) -> None:
        super().__init__(f"the seal of {place} does not open")
        self.place = place


class WrongKey(Exception):
    """This database was sealed under another master key; nothing was changed."""


class Box:
    """A key that seals and opens. `place` is `table.column:row id`; bytes moved elsewhere do not open."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, place: str) -> Sealed:
        """Return version, nonce and sealed text."""
        nonce = os.urandom(NONCE_BYTES)
        return Sealed(VERSION + nonce + self._cipher.encrypt(nonce, plain, place.encode()))

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return what was sealed for `place`, or raise `SealBroken`."""
        if len(sealed) < SHORTEST or not sealed.startswith(VERSION):
            raise SealBroken(place)
        try:
            return self._cipher.decrypt(
                sealed[len(VERSION) : NONCE_ENDS], sealed[NONCE_ENDS:], place.encode()
            )
        except InvalidTag as error:
            raise SealBroken(place) from error


class Keyring:
    """The master keys, newest first: all of them unwrap, the newest wraps."""

    def __init__(self, master_keys: Sequence[bytes]) -> None:
        if not master_keys:
            raise ValueError("a keyring needs a key")
        if any(len(key) != KEY_BYTES for key in master_keys):
            raise ValueError(f"a master key has {KEY_BYTES} bytes")
        self._boxes = {_label(key, "id")[:ID_BYTES]: Box(_label(key, "wrap")) for key in master_keys}
        if len(self._boxes) != len(master_keys):
            raise ValueError("a master key is there twice")
        self._newest, self._newest_box = next(iter(self._boxes.items()))

    def new_person_key(self) -> bytes:
        """Return a key nobody had before."""
        return os.urandom(KEY_BYTES)

    def wrap(self, key: bytes, place: str) -> bytes:
        """Seal `key` under the newest master key; the first bytes say which that was."""
        return self._newest + self._newest_box.seal(key, place)

    def unwrap(self, wrapped: bytes, place: str) -> bytes:
        """Return the key. Raises `WrongKey` without its master key, `SealBroken` where it was changed."""
        box = self._boxes.get(wrapped[:ID_BYTES])
        if box is None:
            raise WrongKey(f"{place} was sealed under a master key that is not here")
        return box.open(wrapped[ID_BYTES:], place)

    def is_newest(self, wrapped: bytes) -> bool:
        """Whether `wrapped` needs no new wrapping."""
        return wrapped.startswith(self._newest)


def _label(key: bytes, purpose: str) -> bytes:
    """Derive a key for one purpose, so that no key serves two."""
    return hmac.digest(key, f"vidare {purpose}".encode(), "sha256")


class Doors:
    """What is opened once at start: how chats and codes are found, and the box for what belongs to nobody."""

    __slots__ = ("_chats", "_codes", "system")

    def __init__(self, index: bytes, system: Box) -> None:
        # Begun once and copied: most of the time of an HMAC goes into starting it.
        self._chats = hmac.new(index, b"chat ", "sha256")
        self._codes = hmac.new(index, b"code ", "sha256")
        self.system = system

    def find(self, chat_id: int) -> bytes:
        """Return what the row of this chat is found by."""
        begun = self._chats.copy()
        begun.update(b"%d" % chat_id)
        return begun.digest()

    def code_hash(self, code: str) -> bytes:
        """Return what an invitation is found by."""
        begun = self._codes.copy()
        begun.update(code.encode())
        return begun.digest()


def unlock(connection: sqlite3.Connection, keyring: Keyring) -> Doors:
    """Open the doors, or make them where the database is new. `WrongKey` leaves everything as it was."""
    wrapped = dict(_queries.wrapped_keys(connection))
    if not wrapped and _queries.count_people(connection) == 0:
        wrapped = {purpose: _make_door(connection, keyring, purpose) for purpose in ("index", "system")}
    try:
        index = keyring.unwrap(wrapped["index"], _place("index"))
        system = keyring.unwrap(wrapped["system"], _place("system"))
    except WrongKey as error:
        raise WrongKey(
            "this is not the master key of this database: give the one it was made with. Nothing was changed."
        ) from error
    except KeyError as error:
        raise SealBroken("keys") from error
    return Doors(index, Box(system))


def _place(purpose: str) -> str:
    return f"keys.wrapped_key:{purpose}"


def _make_door(connection: sqlite3.Connection, keyring: Keyring, purpose: str) -> bytes:
    wrapped = keyring.wrap(keyring.new_person_key(), _place(purpose))
    _queries.insert(connection, purpose=purpose, wrapped_key=wrapped)
    return wrapped


def rewrap_doors(connection: sqlite3.Connection, keyring: Keyring) -> int:
    """Bring the doors under the newest master key; returns how many were not. See also `people.rewrap`."""
    old = [row for row in _queries.wrapped_keys(connection) if not keyring.is_newest(row[1])]
    for purpose, wrapped in old:
        key = keyring.unwrap(wrapped, _place(purpose))
        _queries.replace(connection, purpose=purpose, wrapped_key=keyring.wrap(key, _place(purpose)))
    return len(old)


def passphrase_salt(connection: sqlite3.Connection) -> bytes:
    """Return this database's salt, made with it: `master_key.from_passphrase` needs it before `unlock`."""
    salt: bytes = _queries.salt(connection)
    return salt
