"""
Codes at the door: what scrypt makes of something a resident typed, so that the decision can compare it.

n=2**14, r=8, p=1: 16 MiB, 33 to 65 ms on one busy core of the machine it was measured on (n=2**15 took 105 to 150).
That is long for the storage thread, so the intake works it on another thread: a batch that meets a code it does not
know yet is given up, the code is worked out, and the batch is handled again (`Prepared`). Who handles a batch without
an intake waits for it in the transaction (`AtOnce`). A number of six digits falls to whoever has the sealed document
and its key within a day; what keeps it is the seal, and at the phone the few guesses that `dialogs/lock.py` allows.
"""

import asyncio
import os
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from dialogs import who_reads
from dialogs.codes import DIGEST_BYTES, Derived
from dialogs.events import Event, Wrote
from dialogs.people import Person, Resident

COST, BLOCK, PARALLEL = 2**14, 8, 1
SALT_BYTES: Final = 16


class CodeWanted(Exception):
    """This update cannot be handled before a code is worked out."""


class CodesWanted(Exception):
    """The same of a batch: nothing of it was kept."""


class Codes(Protocol):
    """What a batch is handled with."""

    def salt(self, update_id: int) -> bytes:
        """A fresh one for somebody who has none; the same for the same update."""

    def work(self, code: str, salt: bytes, person_id: int) -> bytes:
        """The digest of what this person wrote; may raise `CodeWanted`."""

    def give_up(self) -> bool:
        """Whether the batch has to be handled again."""


def digest(code: str, salt: bytes) -> bytes:
    """Work scrypt, here and now."""
    return Scrypt(salt=salt, length=DIGEST_BYTES, n=COST, r=BLOCK, p=PARALLEL).derive(code.encode())


class AtOnce:
    """Works where it is asked."""

    def salt(self, update_id: int) -> bytes:  # noqa: ARG002 -- nothing is handled a second time
        """A fresh one."""
        return os.urandom(SALT_BYTES)

    def work(self, code: str, salt: bytes, person_id: int) -> bytes:  # noqa: ARG002 -- everybody's alike
        """The digest, some tens of milliseconds later."""
        return digest(code, salt)

    def give_up(self) -> bool:
        """Never."""
        return False


class Prepared:
    """
    Of one batch, and forgotten with it: knows what was worked out, and remembers what is wanted.

    Of each person one at a time: what becomes of it decides whether her next one is looked at, so that a hundred
    guesses in one batch cost no more than the few that count.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, bytes], bytes] = {}
        self._salts: dict[int, bytes] = {}
        self._wanted: dict[int, tuple[str, bytes]] = {}

    def salt(self, update_id: int) -> bytes:
        """The same when the batch is handled again."""
        return self._salts.setdefault(update_id, os.urandom(SALT_BYTES))

    def work(self, code: str, salt: bytes, person_id: int) -> bytes:
        """The digest, or `CodeWanted` the first time."""
        known = self._known.get((code, salt))
        if known is None or person_id in self._wanted:
            self._wanted.setdefault(person_id, (code, salt))
            raise CodeWanted
        return known

    def know(self, code: str, salt: bytes, worked: bytes) -> None:
        """Take what was worked out elsewhere."""
        self._known[code, salt] = worked

    def give_up(self) -> bool:
        """Whether something was wanted that is not known yet."""
        return bool(self._wanted)

    async def prepare(self) -> None:
        """Work out what was wanted, on another thread; the event loop and the storage go on."""
        for code, salt in self._wanted.values():
            self.know(code, salt, await asyncio.to_thread(digest, code, salt))
        self._wanted = {}


def with_derived(codes: Codes, person: Person, event: Event, update_id: int, now: datetime) -> Event:
    """The same event; where what she wrote may be a code of hers, with what scrypt makes of it."""
    if not isinstance(event, Wrote) or not isinstance(person, Resident) or person.lock is None:
        return event
    code = who_reads.looks_at(person, event, now)
    if code is None:
        return event
    salt = person.lock.salt or codes.salt(update_id)
    return replace(event, derived=Derived(salt, codes.work(code.plain, salt, person.id)))
