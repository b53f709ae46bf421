"""Tests of reading and checking parameters, and of methods.json against the official schema."""

import os
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.sandbox import Person, Sandbox
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import SCHEMA, check
from bot.sandbox.refusals import Refused
from tests.sandbox.conftest import TOKEN, Api

ROOT = Path(__file__).parents[2]
OFFICIAL = Path(os.environ.get("VIDARE_BOTAPI_SCHEMA", ROOT.parent / "shared" / "botapi" / "api-10.0.json"))


@pytest.mark.skipif(
    not OFFICIAL.is_file(), reason="the official schema is not here; set VIDARE_BOTAPI_SCHEMA"
)
def test_methods_json_says_what_the_official_schema_says() -> None:
    """Our facts are copied facts; this is how we know they were copied right."""
    official = msgspec.json.decode(OFFICIAL.read_bytes())["methods"]
    for method, fields in SCHEMA.items():
        expected = {
            field["name"]: {"types": field["types"], "required": field["required"]}
            for field in official[method].get("fields", [])
        }
        assert fields == expected, method


def test_every_method_of_the_schema_is_there() -> None:
    """A method that is described and not written would be a 500."""
    elsewhere = {"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"}
    assert set(METHODS) | elsewhere == set(SCHEMA)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"chat_id": "5", "text": "a"}, {"chat_id": 5, "text": "a"}),
        ({"chat_id": "@name", "text": "a"}, {"chat_id": "@name", "text": "a"}),
        (
            {"chat_id": 5, "text": "a", "protect_content": "true"},
            {"chat_id": 5, "text": "a", "protect_content": True},
        ),
        ({"chat_id": 5, "text": "a", "entities": "[]"}, {"chat_id": 5, "text": "a", "entities": []}),
        ({"chat_id": 5, "text": "a", "reply_markup": None}, {"chat_id": 5, "text": "a"}),
    ],
)
def test_values_get_their_types(given: dict[str, Any], expected: dict[str, Any]) -> None:
    """Forms send everything as text, JSON does not; both mean the same."""
    assert check("sendMessage", given) == expected


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "a"}, "chat_id is empty"),
        ({"chat_id": 5}, "message text is empty"),
        ({"chat_id": 5, "text": "a", "protected": True}, 'unknown parameter "protected"'),
        ({"chat_id": 5, "text": 7}, "must be of type String"),
        ({"chat_id": True, "text": "a"}, "must be of type Integer or String"),
        ({"chat_id": 5, "text": "a", "message_thread_id": "x"}, "must be of type Integer"),
        ({"chat_id": 5, "text": "a", "message_thread_id": 1.5}, "must be of type Integer"),
        ({"chat_id": 5, "text": "a", "protect_content": "maybe"}, "must be of type Boolean"),
        ({"chat_id": 5, "text": "a", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"chat_id": 5, "text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"chat_id": 5, "text": "a", "entities": "[1]"}, "expected an Array of dict"),
    ],
)
def test_wrong_parameters_are_refused(given: dict[str, Any], reason: str) -> None:
    """Names, types and what is missing."""
    with pytest.raises(Refused, match=reason) as refused:
        check("sendMessage", given)
    assert refused.value.code == 400


async def test_every_way_of_sending_parameters_works(
    sandbox: Sandbox, session: aiohttp.ClientSession, leyla: Person
) -> None:
    """Query, form, JSON and multipart: the libraries differ."""
    url = f"{sandbox.url}/bot{TOKEN}/sendMessage"
    values = {"chat_id": str(leyla.id), "text": "Hej é"}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in values.items():
        multipart.add_field(name, value)
    for request in (
        session.get(url, params=values),
        session.post(url, data=values),
        session.post(url, json=values),
        session.post(url, data=multipart),
    ):
        async with request as answer:
            assert (await answer.json())["result"]["text"] == "Hej é"
    assert len(sandbox.chat(leyla.id).messages) == 5


async def test_a_body_that_makes_no_sense_is_refused(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    """In Telegram's shape, not with a 500."""
    url = f"{sandbox.url}/bot{TOKEN}/sendMessage"
    for body in (b"{", b"[]"):
        async with session.post(url, data=body, headers={"Content-Type": "application/json"}) as answer:
            assert answer.status == 400
            assert not (await answer.json())["ok"]


async def test_a_photo_can_be_attached_by_name(api: Api, sandbox: Sandbox, leyla: Person) -> None:
    """python-telegram-bot and aiogram write `attach://name`."""
    form = aiohttp.FormData({"chat_id": str(leyla.id), "photo": "attach://file0"})
    form.add_field("file0", b"not really a picture", filename="a.jpg", content_type="image/jpeg")
    async with api.session.post(f"{sandbox.url}/bot{TOKEN}/sendPhoto", data=form) as answer:
        assert (await answer.json())["ok"]
    assert sandbox.chat(leyla.id).messages[-1].kind == "photo"
