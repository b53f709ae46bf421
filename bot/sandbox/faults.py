"""
Accidents on demand: what a network and a busy server do to a bot, one at a time and bounded.

Two of them look the same to the bot and are not: `drop_before` (never delivered) and `drop_after` (delivered,
the reply is lost).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.sandbox.refusals import Refused, too_many

_USUAL = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class FaultKind(StrEnum):
    """What goes wrong; the value is its name in the control API."""

    REFUSE = "refuse"  # the call is refused with `code`, `description`, `retry_after`
    DROP_BEFORE = "drop_before"  # the connection dies, nothing was done
    DROP_AFTER = "drop_after"  # the call is done, the connection dies
    HANG = "hang"  # `seconds` of real time, then the connection dies, nothing was done
    DELAY_BEFORE = "delay_before"  # `seconds` of real time, then the call is done
    DELAY_AFTER = "delay_after"  # the call is done, the answer comes `seconds` later
    BAD_GATEWAY = "bad_gateway"  # the call is done, the answer is 502
    GARBAGE = "garbage"  # the call is done, the answer is not JSON


@dataclass(slots=True)
class Fault:
    """One accident: what, for which calls, how often. None means any method, any chat, without end."""

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    count: int | None = 1
    skip: int = 0  # let this many matching calls pass first
    code: int = 500
    description: str | None = None  # None: what Telegram says with that code
    retry_after: int | None = None
    seconds: float = 0.0

    def matches(self, method: str, parameters: dict[str, Any]) -> bool:
        """Tell whether the accident waits for such a call; the chat is compared before any type check."""
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or str(parameters.get("chat_id")) == str(self.chat_id)

    def refusal(self) -> Refused:
        """Return the refusal this fault answers with."""
        if self.code == 429 and self.description is None:
            return too_many(self.retry_after or 1)
        return Refused(self.code, self.description or _USUAL.get(self.code, "Bad Request"), self.retry_after)


class Faults:
    """The accidents still to come, in the order they were added; one call meets at most one."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: FaultKind | str, **details: Any) -> Fault:
        """Plan an accident; `details` are the fields of Fault."""
        fault = Fault(FaultKind(kind), **details)
        if fault.count is not None and fault.count < 1:
            raise ValueError("a fault happens at least once, or without end (None)")
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Let everything work again."""
        self._waiting.clear()

    def take(self, method: str, parameters: dict[str, Any]) -> Fault | None:
        """Return the accident this call meets, and count it."""
        for fault in self._waiting:
            if not fault.matches(method, parameters):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            self._count(fault)
            return fault
        return None

    def _count(self, fault: Fault) -> None:
        if fault.count is None:
            return
        fault.count -= 1
        if fault.count == 0:
            self._waiting.remove(fault)
