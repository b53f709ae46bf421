"""Logs help whoever runs the bot, and tell about nobody."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from bot.logs import CAPS, JsonLines, redact
from bot.outgoing import DeliveryFailed, Failure

TOKEN = "123456789:AAtesttesttesttesttesttesttesttest1"
NAME = "Leyla"
PLANTED = f"{NAME} {TOKEN}"


def line(*args: object, logger: str = "bot.x", error: BaseException | None = None, **ids: Any) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.getLogger(logger).makeRecord(
        logger, logging.ERROR, "bot/x.py", 7, args[0], args[1:], info, extra=ids
    )
    return JsonLines().format(record)


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause  # noqa: TRY301 - that is what it is for
    except BaseException as caught:  # noqa: BLE001 - returned, with its traceback
        return caught


def test_a_line_is_json_with_what_happened_and_the_ids() -> None:
    """Made for machines to search and people to read."""
    read = json.loads(line("alert told", alert=3, person=17, kind=Failure.UNCLEAR))
    assert read.pop("time").endswith("+00:00")
    assert read == {
        "level": "error",
        "logger": "bot.x",
        "event": "alert told",
        "alert": 3,
        "person": 17,
        "kind": "unclear",
    }


class Locale(StrEnum):
    DARI = "fa_AF"


def test_numbers_and_codes_are_filled_in() -> None:
    """Otherwise a line says nothing."""
    event = json.loads(
        line("%d rows, %s, %s, %s", 3, Locale.DARI, ValueError, DeliveryFailed(Failure.LIMITED))
    )
    assert event["event"] == "3 rows, fa_AF, ValueError, delivery failed: limited"


PLACES: dict[str, Callable[[], str]] = {
    "token in the message": lambda: line(f"url {TOKEN}"),
    "arguments": lambda: line("%s", PLANTED),
    "arguments by name": lambda: line("%(who)s", {"who": PLANTED}),
    "an argument that is a container": lambda: line("%s", [PLANTED, {NAME: TOKEN}]),
    "arguments that do not fit": lambda: line("%s %s", PLANTED),
    "an error as an argument": lambda: line("failed: %s", ValueError(PLANTED)),
    "an id that is none": lambda: line("said", who=PLANTED),
    "a message that is an error": lambda: line(ValueError(PLANTED)),
    "an error": lambda: line("failed", error=raised(ValueError(PLANTED))),
    "its cause": lambda: line("failed", error=raised(KeyError(1), raised(ValueError(PLANTED)))),
    "the cause of ours": lambda: line(
        "failed", error=raised(DeliveryFailed(Failure.UNCLEAR), raised(ValueError(PLANTED)))
    ),
    "a token in ours": lambda: line("failed", error=raised(DeliveryFailed(Failure.UNCLEAR, detail=TOKEN))),
    "a group": lambda: line("failed", error=raised(ExceptionGroup(NAME, [ValueError(PLANTED)]))),
    "a library's message": lambda: line(PLANTED, logger="asyncio"),
    "a library's arguments": lambda: line("Received data was %s", PLANTED, logger="telegram.ext"),
    "a URL": lambda: line("x", error=None, url=f"/bot{TOKEN.replace(':', '%3A')}/"),
}


@pytest.mark.parametrize("place", PLACES)
def test_neither_token_nor_name_stands_anywhere(place: str) -> None:
    """A log is read by people who must not know who lives here."""
    written = PLACES[place]()
    assert TOKEN.partition(":")[2] not in written
    assert NAME not in written
    json.loads(written)


def test_an_error_is_told_by_class_and_place() -> None:
    """Enough to find it, nothing of what it choked on, and no path of the machine."""
    error = raised(DeliveryFailed(Failure.UNCLEAR), raised(ValueError(PLANTED)))
    ours, cause = json.loads(line("failed", error=error))["error"]
    assert ours["class"] == "bot.outgoing.DeliveryFailed"
    assert ours["message"] == "delivery failed: unclear"
    assert cause["class"] == "builtins.ValueError"
    assert "message" not in cause
    assert cause["frames"][0].startswith("bot/test_logs.py:")


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("StorageFull", "StorageFull"), (PLANTED, "(text)"), (f"not {NAME}", "(text)"), (7, 7)],
)
def test_the_kind_of_an_error_is_shown_where_it_is_named_as_such(kind: object, shown: object) -> None:
    """ "Cannot be stored" helps nobody who cannot see whether the disk is full or somebody holds the database."""
    record = logging.LogRecord("bot.x", logging.ERROR, "x.py", 1, "cannot be stored", (), None)
    record.error = kind
    assert json.loads(JsonLines().format(record))["error"] == shown


def test_a_context_that_was_hidden_stays_hidden() -> None:
    """`raise … from None` was meant."""
    hidden = ValueError("x")
    hidden.__context__, hidden.__suppress_context__ = KeyError("y"), True
    assert len(json.loads(line("failed", error=hidden))["error"]) == 1


def test_a_chain_without_end_ends() -> None:
    """Logging must never be what hangs."""
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert len(json.loads(line("failed", error=first))["error"]) < 20


def test_a_library_keeps_its_pattern() -> None:
    """The pattern is code; what fills it may be a message."""
    read = json.loads(line("Received data was %s", PLANTED, logger="telegram.ext"))
    assert read["event"] == "Received data was %s"


def test_tokens_are_struck_out_wherever_they_stand() -> None:
    """In an address they are followed by a slash."""
    assert redact(f"https://api.telegram.org/bot{TOKEN}/getMe") == "https://api.telegram.org/bot(token)/getMe"
    assert redact("12:34 and 2026-03-01") == "12:34 and 2026-03-01"


PROGRAM = f"""
import logging, threading
from bot.logs import setup_logs
setup_logs("DEBUG")
for name in {list(CAPS)!r}:
    print(name, logging.getLogger(name).getEffectiveLevel())
logging.getLogger("bot.x").info("%d %d", {NAME!r}, 1)
def fail():
    raise ValueError({PLANTED!r})
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


def test_the_whole_process_logs_so() -> None:
    """Also what nobody caught, in any thread, which Python would print with its words."""
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)  # noqa: S603
    lines = [json.loads(each) for each in ended.stderr.splitlines()]
    assert [each["event"] for each in lines[1:]] == ["an error that nobody caught"] * 2
    assert NAME not in ended.stderr
    levels = dict(each.split() for each in ended.stdout.splitlines())
    assert levels == {name: str(level) for name, level in CAPS.items()}
