"""
Logs as JSON lines on standard error, that can be read by whoever runs the bot without learning about anybody.

What may stand in a line: sentences of our own code, numbers, moments, codes, ids; of an error its class and where it
happened, and its sentence only where the class is ours. Libraries quote what they choke on, so of their lines the
unfilled pattern is kept, or only the place where there is none. A bot token is struck out of whatever is left.
"""

import logging
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from pathlib import Path, PurePath
from types import MappingProxyType, TracebackType
from typing import Any, Final

import msgspec

OURS: Final = frozenset({"bot", "storage", "dialogs"})
CAPS: Final = MappingProxyType(
    {
        "telegram": logging.INFO,  # DEBUG logs message texts
        "httpx": logging.WARNING,  # INFO logs URLs, which hold the token
        "aiohttp.access": logging.WARNING,
        "apscheduler": logging.ERROR,  # warns each second while a wave is looked at, that a look is under way
        "aiosqlite": logging.INFO,  # DEBUG logs what is written
    }
)
CHAIN_LIMIT: Final = 8
FRAME_LIMIT: Final = 12

_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:/@-]{0,63}(_[A-Z]{2})?")
_WITHHELD = "(text)"
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def setup_logs(level: str = "INFO") -> None:
    """Send all logs of this process to standard error, as JSON lines; also what nobody caught."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, cap in CAPS.items():
        logging.getLogger(name).setLevel(max(cap, logging.getLogger().level))
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # logging would print the message it failed on
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _report(args.exc_value)
    sys.unraisablehook = lambda args: _report(args.exc_value)


def redact(text: str) -> str:
    """Strike out bot tokens, as they are and as they stand in a URL."""
    return _TOKEN.sub("(token)", text)


class JsonLines(logging.Formatter):
    """One line for each record. Works on the finished line last, so nothing gets around the redaction."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        for name, value in vars(record).items():
            if name not in _STANDARD:
                line[name] = value if name == "error" and _is_class(value) else _harmless(value)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = list(_chain(record.exc_info[1]))
        return redact(msgspec.json.encode(line).decode())


def _is_class(value: object) -> bool:
    """Whether what stands as the kind of an error can be the name of its class, which is one word of letters."""
    return isinstance(value, str) and value.isascii() and value.isidentifier()


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in OURS


def _event(record: logging.LogRecord) -> str:
    if not _is_ours(record.name):
        return str(record.msg) if record.args and isinstance(record.msg, str) else _place(record)
    if not record.args:
        return str(record.msg) if isinstance(record.msg, str) else str(_harmless(record.msg))
    try:
        return str(record.msg) % _harmless_args(record.args)
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _place(record: logging.LogRecord) -> str:
    return f"a line of {_file(record.pathname)}:{record.lineno}"


def _harmless_args(args: tuple[object, ...] | Mapping[str, object]) -> tuple[Any, ...] | dict[str, Any]:
    if isinstance(args, Mapping):
        return {name: _harmless(value) for name, value in args.items()}
    return tuple(_harmless(value) for value in args)


def _harmless(value: object) -> Any:
    """Return what may be shown of a value: numbers, moments, codes, classes; texts with a capital or a space not."""
    match value:
        case BaseException():
            return _sentence(value) or type(value).__name__
        case type():
            return value.__name__
        case Enum():
            return _harmless(value.value)
        case None | bool() | int() | float():
            return value
        case datetime() | date() | time() | timedelta() | PurePath():
            return str(value)
        case str() if _CODE.fullmatch(value):
            return value
        case tuple() | list() | set() | frozenset():
            return [_harmless(item) for item in value]
        case _:
            return _WITHHELD


def _sentence(error: BaseException) -> str | None:
    """Return what an error says, where its class is ours."""
    return str(error) if _is_ours(type(error).__module__) else None


def _chain(error: BaseException) -> Iterator[dict[str, Any]]:
    """Yield the error and what caused it, the outermost first."""
    current: BaseException | None = error
    for _ in range(CHAIN_LIMIT):
        if current is None:
            return
        described = {"class": f"{type(current).__module__}.{type(current).__qualname__}"}
        yield {**described, **_said(current), "frames": _frames(current.__traceback__)}
        if isinstance(current, BaseExceptionGroup):
            for inner in current.exceptions[:CHAIN_LIMIT]:
                yield from _chain(inner)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _said(error: BaseException) -> dict[str, str]:
    sentence = _sentence(error)
    return {} if sentence is None else {"message": sentence}


def _frames(traceback: TracebackType | None) -> list[str]:
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{_file(code.co_filename)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-FRAME_LIMIT:]


def _file(path: str) -> str:
    """Return folder and file: enough to find it, and nothing about the machine."""
    return "/".join(Path(path).parts[-2:])


def _report(error: BaseException | None) -> None:
    logging.getLogger("bot").critical("an error that nobody caught", exc_info=error)


def _uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
    else:
        _report(error)
