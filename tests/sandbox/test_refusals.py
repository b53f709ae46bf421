"""Telegram's refusals, in its own words and shape."""

import json

from bot.sandbox.refusals import Refused, bad, too_many


def test_a_refusal_has_telegrams_shape() -> None:
    """The bot's own reader of refusals is tried on it."""
    assert json.loads(Refused(403, "Forbidden: bot was blocked by the user").body()) == {
        "ok": False,
        "error_code": 403,
        "description": "Forbidden: bot was blocked by the user",
    }


def test_the_commonest_one_has_telegrams_prefix() -> None:
    """python-telegram-bot strips it, so it must be there."""
    refused = bad("chat not found")
    assert (refused.code, refused.description) == (400, "Bad Request: chat not found")


def test_too_fast_names_its_pause_twice() -> None:
    """For people in the sentence, for programs as a number."""
    refused = too_many(30)
    body = json.loads(refused.body())
    assert (refused.code, body["parameters"]) == (429, {"retry_after": 30})
    assert body["description"] == "Too Many Requests: retry after 30"
