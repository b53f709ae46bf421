"""
Second channels, as a door: an address and a few words in, or an error that says why not. Never the address.

Each ring is a process of its own (`bot/ring_once.py`), because a call of Apprise's cannot be stopped and its
services take 19 MB: a server that hangs is ended with the process, and a bot that rings nobody carries none of it.
The address goes through a pipe, so it stands in no command line and no environment, and nothing that is logged or
printed over there comes back.
"""

import asyncio
import os
import re
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

import msgspec

from dialogs.ring_texts import TITLE

PROGRAM: Final = Path(__file__).with_name("ring_once.py")
RING_WITHIN: Final = 30.0
"""Seconds, real ones: mail servers make a stranger wait, but nobody else on a busy channel should."""
LONGER: Final = 5.0
"""How much longer the process goes on by itself where whoever started it has gone."""
UNKNOWN: Final = "unknown"

HERE: Final = frozenset(
    {"blink1", "dbus", "exec", "file", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows"}
)
UNHEARD: Final = frozenset({"rsyslog"})
TELEGRAM: Final = frozenset({"tgram"})

_KIND = re.compile(r"[a-z0-9]{1,20}")


class Unrung(StrEnum):
    """Why a ring failed, as far as it can be told without telling the address."""

    NOT_UNDERSTOOD = "not-understood"  # no service knows such an address
    LACKING = "lacking"  # its service needs a library that is not installed here
    REFUSED = "refused"  # the server said no, or could not be reached
    SILENT = "silent"  # no answer in time: it may have arrived
    BROKEN = "broken"  # the process could not be started, or failed


class RingFailed(Exception):
    """A ring was not taken, or nobody knows. `status` is what a web server answered, where it did."""

    def __init__(self, kind: Unrung, status: int | None = None) -> None:
        super().__init__(f"the ring failed: {kind}" + (f" ({status})" if status else ""))
        self.kind, self.status = kind, status


class AddressRefused(Exception):
    """An address that is no second channel; says why, not what it was."""


class Line(Protocol):
    """`AppriseLine`, or a stand-in of a test."""

    async def ring(self, address: str, title: str, body: str) -> None:
        """Return when it was taken; raises `RingFailed`."""


class _Answer(msgspec.Struct):
    became: str
    status: int | None = None


def kind_of(address: str) -> str:
    """Return what kind of address it is ("mailto"): the only part that may be shown."""
    kind, found, _rest = address.partition("://")
    return kind.lower() if found and _KIND.fullmatch(kind.lower()) else UNKNOWN


class AppriseLine:
    """The real line."""

    def __init__(self, within: float = RING_WITHIN) -> None:
        self._within = within

    async def ring(self, address: str, title: str, body: str) -> None:
        """Ring once; who is cancelled meanwhile has ended it."""
        answer = await self._ask(address, title, body)
        if answer.became != "fine":
            raise RingFailed(Unrung(answer.became), answer.status)

    async def check(self, address: str) -> None:
        """Return where the address could be rung, without ringing it; raises `AddressRefused` or `RingFailed`."""
        kind = kind_of(address)
        if kind in HERE:
            raise AddressRefused(f"{kind}:// stays on this machine, where the person is not")
        if kind in UNHEARD:
            raise AddressRefused(f"{kind}:// cannot tell whether anything arrived")
        if kind in TELEGRAM:
            raise AddressRefused(f"{kind}:// is Telegram, and is down when Telegram is: choose another")
        answer = await self._ask(address, TITLE, None)
        if answer.became == Unrung.LACKING:
            raise AddressRefused(f"{kind}:// needs a further library, which is not installed")
        if answer.became == Unrung.NOT_UNDERSTOOD:
            raise AddressRefused("that is not an address as Apprise writes them; see docs/operating.md")

    async def _ask(self, address: str, title: str, body: str | None) -> _Answer:
        """Start the process, hand it the request, take its answer; it has ended when this returns or raises."""
        request = {"address": address, "title": title, "body": body, "within": self._within + LONGER}
        process = await _start()
        try:
            async with asyncio.timeout(self._within):
                said, _errors = await process.communicate(msgspec.json.encode(request))
            return msgspec.json.decode(said, type=_Answer)
        except TimeoutError:
            raise RingFailed(Unrung.SILENT) from None
        except msgspec.MsgspecError:
            raise RingFailed(Unrung.BROKEN) from None
        finally:
            await _end(process)


async def _start() -> asyncio.subprocess.Process:
    pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # our own folder holds names a library might look for
            str(PROGRAM),
            stdin=pipe,
            stdout=pipe,
            stderr=nowhere,
            env=_environment(),
            start_new_session=True,  # Ctrl-C at our terminal is not meant for it
        )
    except OSError:
        raise RingFailed(Unrung.BROKEN) from None


def _environment() -> dict[str, str]:
    """Ours without our secrets: proxies and certificates are needed, token and master key are not."""
    return {name: value for name, value in os.environ.items() if not name.startswith("VIDARE_")}


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
