"""What Telegram answers when it says no, in its own words and its own JSON shape."""

from typing import Any

import msgspec


class Refused(Exception):
    """A call the Bot API turns down; `code` is the HTTP status as well."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after

    def body(self) -> bytes:
        """Return the answer as Telegram sends it."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return msgspec.json.encode(answer)


def bad(description: str) -> Refused:
    """Return the commonest refusal: 400, with Telegram's prefix."""
    return Refused(400, f"Bad Request: {description}")


def too_many(seconds: int) -> Refused:
    """Return the refusal of somebody who sends too fast."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", seconds)
