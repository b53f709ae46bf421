"""Tests of the accidents themselves; what they do to a call is in test_server.py."""

import pytest

from bot.sandbox.faults import Fault, FaultKind, Faults


@pytest.mark.parametrize(
    ("fault", "description", "retry_after"),
    [
        (Fault(FaultKind.REFUSE), "Internal Server Error", None),
        (Fault(FaultKind.REFUSE, code=429, retry_after=7), "Too Many Requests: retry after 7", 7),
        (Fault(FaultKind.REFUSE, code=400, description="Bad Request: x"), "Bad Request: x", None),
    ],
)
def test_a_refusal_sounds_like_telegram(fault: Fault, description: str, retry_after: int | None) -> None:
    """Unless it is given other words."""
    refusal = fault.refusal()
    assert (refusal.description, refusal.retry_after) == (description, retry_after)


def test_the_chat_is_found_however_it_was_sent() -> None:
    """Forms send numbers as text, methods in any case."""
    faults = Faults()
    faults.add("refuse", method="SENDmessage", chat_id=5)
    assert faults.take("sendMessage", {"chat_id": "6"}) is None
    assert faults.take("sendMessage", {"chat_id": "5"}) is not None
    assert len(faults) == 0
