"""Tests of the control API: the page's shape, its stream, and who may not use it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.clock import Clock
from bot.sandbox import Person, Sandbox
from bot.sandbox.control import next_time
from tests.sandbox.conftest import Api

PERSON_FIELDS = {
    "id",
    "name",
    "language_code",
    "blocked",
    "start_payload",
    "started",
    "messages",
    "reply_keyboard",
    "commands",
    "notification",
    "typing",
    "toast",
}
MESSAGE_FIELDS = {
    "message_id",
    "from",
    "text",
    "entities",
    "buttons",
    "photo",
    "document",
    "kind",
    "edited",
    "deleted",
    "date",
    "silent",
}


class Control:
    """A page's way of talking to the sandbox."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.url, self.session = sandbox.url, session

    async def get(self, path: str) -> Any:
        async with self.session.get(self.url + path) as answer:
            assert answer.status == 200
            return await answer.json()

    async def post(self, path: str, expected: int = 200, **body: Any) -> Any:
        async with self.session.post(self.url + path, json=body) as answer:
            assert answer.status == expected, await answer.text()
            return await answer.json()


@pytest.fixture
def control(sandbox: Sandbox, session: aiohttp.ClientSession) -> Control:
    """The control API of the sandbox."""
    return Control(sandbox, session)


async def test_the_state_has_the_shape_the_page_reads(api: Api, control: Control, leyla: Person) -> None:
    """Every field, and the lock screen."""
    row = [{"text": "Safe", "callback_data": "safe"}, {"text": "Copy", "copy_text": {"text": "112"}}]
    markup = {"inline_keyboard": [row]}
    await api.ok("sendMessage", chat_id=leyla.id, text="Well?", reply_markup=markup)
    await api.ok("setMyName", name="Notes")
    state = await control.get("/sandbox/state")
    person = state["people"][0]
    assert person.keys() >= PERSON_FIELDS
    assert [each["from"] for each in person["messages"]] == ["person", "bot"]
    assert person["messages"][1].keys() >= MESSAGE_FIELDS
    assert person["messages"][1]["buttons"][0][1]["copy"] == "112"
    assert person["notification"]["text"] == "Well?"
    assert state["bot"]["name"] == "Notes"
    assert datetime.fromisoformat(state["now"]).tzinfo is not None


async def test_people_act_through_it(api: Api, control: Control, sandbox: Sandbox) -> None:
    """Each act a phone offers."""
    mina = await control.post("/sandbox/people", name="Mina", language_code="fa")
    at = f"/sandbox/people/{mina['id']}"
    await control.post(f"{at}/start", payload="inv_1")
    await control.post(f"{at}/say", text="Hi")
    written = sandbox.chat(mina["id"]).messages[-1].message_id
    await control.post(f"{at}/edit", message_id=written, text="Hello")
    markup = {"inline_keyboard": [[{"text": "Safe", "callback_data": "safe"}]]}
    sent = await api.ok("sendMessage", chat_id=mina["id"], text="Well?", reply_markup=markup)
    await control.post(f"{at}/press", message_id=sent["message_id"], data="safe")
    for act in ("photo", "voice", "sticker", "location", "contact", "document"):
        await control.post(f"{at}/{act}")
    await control.post(f"{at}/forward", text="passed on")
    await control.post(f"{at}/delete", message_id=written)
    await control.post(f"{at}/clear")
    await control.post(f"{at}/block", blocked=True)
    await control.post(f"{at}/deactivate")
    assert len(await api.ok("getUpdates")) == 12
    await control.post(f"{at}/dance", expected=404)
    await control.post("/sandbox/people/5/say", expected=404, text="Hi")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/sandbox/people", {}),
        ("/sandbox/people/{id}/say", {"text": 5}),
        ("/sandbox/people/{id}/press", {"message_id": 1, "data": "x"}),
        ("/sandbox/people/{id}/press", {"message_id": "1", "data": "x"}),
        ("/sandbox/clock", {}),
        ("/sandbox/clock", {"until": "25:00", "zone": "Europe/Stockholm"}),
        ("/sandbox/clock", {"until": "12:00", "zone": "Europe/Nowhere"}),
        ("/sandbox/faults", {"kind": "earthquake"}),
        ("/sandbox/faults", {"kind": "refuse", "colour": "red"}),
        ("/sandbox/inject", {"update": 5}),
    ],
)
async def test_orders_that_make_no_sense_are_400(
    control: Control, leyla: Person, path: str, body: dict[str, Any]
) -> None:
    """With a reason, not with a 500."""
    answer = await control.post(path.format(id=leyla.id), expected=400, **body)
    assert answer["description"]


async def test_the_clock_moves_for_everybody(control: Control, clock: Clock) -> None:
    """By seconds, or to a time of day somewhere."""
    before = clock.now()
    await control.post("/sandbox/clock", seconds=3600)
    assert clock.now() - before >= timedelta(hours=1)
    await control.post("/sandbox/clock", until="08:00", zone="Europe/Stockholm")
    assert 0 <= (clock.now() - before).total_seconds() < 26 * 3600


def test_the_next_time_of_day_keeps_to_the_clocks_on_the_wall() -> None:
    """Also over the night the clocks change."""
    evening = datetime(2026, 3, 28, 20, tzinfo=UTC)  # 21:00 in Stockholm, before summer time
    assert next_time(evening, "08:00", "Europe/Stockholm") == datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert next_time(evening, "21:00", "Europe/Stockholm") == datetime(2026, 3, 29, 19, tzinfo=UTC)


async def test_faults_and_the_queue_can_be_reached(api: Api, control: Control) -> None:
    """For tests in another process."""
    await control.post("/sandbox/faults", kind="refuse", method="getMe", code=500)
    assert (await api.refusal("getMe"))[0] == 500
    await control.post("/sandbox/faults", kind="refuse", count=None)
    async with control.session.delete(f"{control.url}/sandbox/faults") as answer:
        assert answer.status == 200
    await api.ok("getMe")
    injected = (await control.post("/sandbox/inject", update={"message": {}}))["result"]
    await api.ok("getUpdates", offset=injected + 1)
    assert (await control.post("/sandbox/redeliver", from_update_id=injected))["result"] == 1
    assert (await control.get("/sandbox/state"))["unconfirmed"] == 1
    assert {call["method"] for call in await control.get("/sandbox/calls?method=getMe")} == {"getMe"}


async def test_pictures_can_be_shown(control: Control, sandbox: Sandbox, leyla: Person) -> None:
    """What was no picture is never served as one."""
    sandbox.send_photo(leyla.id)
    sandbox.send_document(leyla.id)
    photo, document = (await control.get("/sandbox/state"))["people"][0]["messages"][-2:]
    async with control.session.get(control.url + photo["photo"]) as answer:
        assert answer.content_type == "image/png"
    async with control.session.get(control.url + document["document"]["url"]) as answer:
        assert answer.content_type == "application/octet-stream"
    async with control.session.get(f"{control.url}/sandbox/photo/none") as answer:
        assert answer.status == 404


async def events(answer: aiohttp.ClientResponse) -> AsyncIterator[dict[str, Any]]:
    """Read a stream of events."""
    async for line in answer.content:
        if line.startswith(b"data: "):
            yield msgspec.json.decode(line[6:])


async def test_a_burst_of_changes_is_one_event(control: Control, sandbox: Sandbox, leyla: Person) -> None:
    """The page draws each person once."""
    async with control.session.get(f"{control.url}/sandbox/events") as answer:
        assert answer.content_type == "text/event-stream"
        await answer.content.readline()
        stream = events(answer)
        for text in ("one", "two", "three"):
            sandbox.say(leyla.id, text)
        event = await anext(stream)
        assert event["type"] == "person"
        assert [each["text"] for each in event["person"]["messages"]][-3:] == ["one", "two", "three"]
        await sandbox.move_clock(timedelta(hours=1))
        assert (await anext(stream))["type"] == "clock"


async def test_the_page_is_served(control: Control) -> None:
    """At the root."""
    async with control.session.get(control.url + "/") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/html"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8081", "127.0.0.1.evil.example", "[::1"])
async def test_a_foreign_host_is_refused(control: Control, host: str) -> None:
    """A site that rebinds its name to 127.0.0.1 must not read the chats."""
    for path in ("/", "/sandbox/state", "/sandbox/events"):
        async with control.session.get(control.url + path, headers={"Host": host}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_orders_from_another_site_are_refused(
    control: Control, sandbox: Sandbox, leyla: Person, origin: str
) -> None:
    """Also from another program's page on this machine."""
    url = f"{control.url}/sandbox/people/{leyla.id}/say"
    async with control.session.post(url, json={"text": "Hi"}, headers={"Origin": origin}) as answer:
        assert answer.status == 403
    async with control.session.post(url, json={"text": "Hi"}, headers={"Origin": control.url}) as answer:
        assert answer.status == 200
    assert [message.text for message in sandbox.chat(leyla.id).messages][-1:] == ["Hi"]
