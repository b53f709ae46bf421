"""The door to second channels: with the real Apprise, against a server on this machine that behaves badly."""

import asyncio
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from bot import channels
from bot.channels import HERE, AddressRefused, AppriseLine, RingFailed, Unrung, kind_of
from tests.bot.gateway import Gateway, opened
from tests.bot.town import PATIENCE, until

SECRET = "door-secret"


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    """A server that takes what it is given."""
    async with opened() as gateway:
        yield gateway


def _children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


async def _fails(address: str, within: float = 30.0) -> RingFailed:
    with pytest.raises(RingFailed) as failed:
        await AppriseLine(within).ring(address, "Vidare", "Case 12: please open the app.")
    return failed.value


async def test_what_arrives_is_the_title_and_the_body(gateway: Gateway) -> None:
    """Nothing of Apprise's own is added: no picture, no address of a website, no name of a machine."""
    await AppriseLine().ring(gateway.address, "Vidare", "قضية 12: افتح التطبيق.")
    assert gateway.took == [
        {
            "version": "1.0",
            "title": "Vidare",
            "message": "قضية 12: افتح التطبيق.",
            "attachments": [],
            "type": "info",
        }
    ]


@pytest.mark.parametrize("status", [500, 401])
async def test_a_server_that_says_no_is_told_by_its_number(gateway: Gateway, status: int) -> None:
    """A wrong password and a broken server are put right by different people."""
    gateway.answer = status
    failed = await _fails(gateway.address)
    assert (failed.kind, failed.status) == (Unrung.REFUSED, status)


async def test_a_server_that_hangs_up_has_refused(gateway: Gateway) -> None:
    """There is no number then."""
    gateway.answer = "close"
    failed = await _fails(gateway.address)
    assert (failed.kind, failed.status) == (Unrung.REFUSED, None)


async def test_a_server_that_is_not_there_has_refused(gateway: Gateway) -> None:
    """A closed port answers at once."""
    gateway.port = 9
    failed = await _fails(gateway.address)
    assert (failed.kind, failed.status) == (Unrung.REFUSED, None)


async def test_a_server_that_hangs_is_given_up_and_nothing_of_it_stays(gateway: Gateway) -> None:
    """Threads could not be ended; a process can. Five at once leave nothing behind."""
    gateway.answer = None
    kinds = [
        failed.kind for failed in await asyncio.gather(*(_fails(gateway.address, 3.0) for _ in range(5)))
    ]
    assert kinds == [Unrung.SILENT] * 5
    assert _children() == []


async def test_a_server_that_hangs_holds_up_no_other(gateway: Gateway) -> None:
    """The bot goes on meanwhile, and so does the next ring."""
    gateway.answer = None
    hanging = asyncio.create_task(_fails(gateway.address))
    await until(lambda: gateway.asked == 1)
    gateway.answer = 200
    await AppriseLine().ring(gateway.address, "Vidare", "Case 13: please open the app.")
    assert len(gateway.took) == 1
    assert not hanging.done()
    gateway.released.set()
    assert (await hanging).status == 503


async def test_who_is_cancelled_has_ended_the_ring(gateway: Gateway) -> None:
    """Somebody took the case on: what has not arrived shall not arrive (R30)."""
    gateway.answer = None
    ring = asyncio.create_task(AppriseLine().ring(gateway.address, "Vidare", "Case 12"))
    await until(lambda: gateway.asked)
    ring.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(ring, PATIENCE)
    assert _children() == []


async def test_a_failure_is_one_whatever_the_address_says(gateway: Gateway) -> None:
    """`optional=yes` asks Apprise to call a failure a success: an alert would reach nobody, and nobody would know."""
    gateway.answer = 500
    assert (await _fails(f"{gateway.address}&optional=yes")).kind is Unrung.REFUSED


async def test_a_server_cannot_send_a_ring_elsewhere(gateway: Gateway) -> None:
    """The password goes where the operator said, and nowhere else."""
    gateway.answer = 302
    failed = await _fails(gateway.address)
    assert (failed.status, gateway.asked) == (302, 1)


# --- what must not be seen ---


async def test_no_log_and_no_error_holds_the_address(
    gateway: Gateway, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """At the finest level, with every answer: addresses hold passwords, numbers and mailboxes."""
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    await AppriseLine().ring(gateway.address, "Vidare", "Case 12")
    said = []
    for answer in (500, "close", None):
        gateway.answer = answer
        failed = await _fails(gateway.address, 3.0)
        said += [repr(failed), *traceback.format_exception(failed)]
    said += [
        repr(await _fails(f"nonsense://{SECRET}")),
        caplog.text,
        *(repr(vars(each)) for each in caplog.records),
    ]
    said += capfd.readouterr()
    assert SECRET not in "\n".join(said)
    assert "execute program" in caplog.text, "the log was on"


async def test_no_process_shows_the_address_or_our_secrets(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every program on the machine reads command lines; and what rings needs neither token nor key."""
    monkeypatch.setenv("VIDARE_TELEGRAM_TOKEN", "123:our-own-secret")
    gateway.answer = None
    ring = asyncio.create_task(AppriseLine().ring(gateway.address, "Vidare", "Case 12"))
    await until(lambda: gateway.asked)
    [process] = _children()
    seen = repr(process.cmdline()) + repr(process.environ())
    ring.cancel()
    await asyncio.gather(ring, return_exceptions=True)
    assert SECRET not in seen
    assert "our-own-secret" not in seen
    assert "PATH" in seen


def test_the_bot_itself_never_loads_apprise() -> None:
    """Its services take 19 MB, for as long as the program runs."""
    program = "import sys, bot.commands.run, bot.commands.channels; print('apprise' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "False\n"


# --- which addresses are taken ---


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("mailtos://a:b@mail.example", "mailtos"),
        ("MAILTO://a:b@mail.example", "mailto"),
        ("46elks://a:b@Vidare/+46700000002", "46elks"),
        ("a secret without a form", "unknown"),
        ("mailto:somebody@mail.example", "unknown"),
        ("pass word://x", "unknown"),
        ("", "unknown"),
    ],
)
def test_only_the_kind_of_an_address_may_be_shown(address: str, kind: str) -> None:
    """What has no form may be a password that was pasted in the wrong place."""
    assert kind_of(address) == kind


@pytest.mark.parametrize(
    "address",
    [
        "mailtos://user:password@mail.example?from=bot@example.org&to=mina@example.org",
        "46elks://user:password@Vidare/+46700000002",
        "ntfys://token@ntfy.example/a-topic-nobody-guesses",
        "matrixs://user:password@matrix.example/!room:matrix.example",
        "jsons://user:password@gateway.example/hook",
    ],
)
async def test_the_forms_in_the_help_are_taken(address: str) -> None:
    """Whoever copies one must get on; and trying an address rings nobody."""
    await AppriseLine().check(address)


async def test_trying_an_address_sends_nothing(gateway: Gateway) -> None:
    """It is not the operator's moment to wake somebody."""
    await AppriseLine().check(gateway.address)
    assert gateway.asked == 0


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("syslog://", "stays on this machine"),
        ("DBUS://", "stays on this machine"),
        ("file:///etc/passwd", "stays on this machine"),
        ("exec://sh", "stays on this machine"),
        ("rsyslog://log.example", "whether anything arrived"),
        ("tgram://1:AAtoken/1", "is Telegram"),
        ("smpp://u:secret@smpp.example/46700000001/46700000002", "further library"),
        ("json://", "not an address"),
        ("secret", "not an address"),
        ("nonsense://secret", "not an address"),
        ("https://secret.example/", "not an address"),
    ],
)
async def test_an_address_that_is_no_second_channel_is_refused(address: str, why: str) -> None:
    """With one sentence that says why, and does not say it back."""
    with pytest.raises(AddressRefused, match=why) as refused:
        await AppriseLine().check(address)
    assert "secret" not in str(refused.value)


def test_every_kind_that_needs_no_address_is_known_to_stay_here() -> None:
    """A newer Apprise may bring another one: then this fails, and somebody decides."""
    program = (
        "import apprise\n"
        "for each in apprise.NotificationManager().plugins(True):\n"
        "    if '{schema}://' in each.templates: print(*each.schemas(each))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    found = set(done.stdout.split())
    assert "dbus" in found
    assert found <= HERE


# --- the process ---


async def test_a_process_that_cannot_start_is_a_failed_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    """No memory, no process: it is tried again like any other failure."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert (await _fails("json://127.0.0.1:9")).kind is Unrung.BROKEN


@pytest.mark.parametrize("program", ["", "print('who knows')", "raise SystemExit(3)", "print('{}')"])
async def test_a_process_that_says_nothing_sensible_is_a_failed_ring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """Killed by the system, or an Apprise that has changed."""
    other = tmp_path / "other.py"
    other.write_text(program)
    monkeypatch.setattr(channels, "PROGRAM", other)
    assert (await _fails("json://127.0.0.1:9")).kind is Unrung.BROKEN


async def test_a_process_that_is_killed_is_a_failed_ring(gateway: Gateway) -> None:
    """A service manager that ends all of ours ends it too."""
    gateway.answer = None
    ring = asyncio.create_task(_fails(gateway.address))
    await until(lambda: gateway.asked)
    [process] = _children()
    os.kill(process.pid, 9)
    assert (await ring).kind is Unrung.BROKEN
