"""
The control API: what the demo page, and tests in another process, do with the people and the clock.

It has no password, so it answers only this machine: the Host must be a loopback name (a web page elsewhere that
rebinds its own name to 127.0.0.1 does not pass), and whoever changes something must not come from another site.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from aiohttp import web

from bot.loopback import is_local
from bot.sandbox.files import media_type
from bot.sandbox.methods import commands_for
from bot.sandbox.people import Json, Message, Person
from bot.sandbox.world import World

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

PAGE = Path(__file__).with_name("page.html")
COALESCE = 0.04  # real seconds: a burst of changes becomes one event
KEEP_ALIVE = 15.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# What a person can do: the body's fields go to the world's function of the same act.
ACTS: Mapping[str, Callable[[World, int, Json], object]] = {
    "start": lambda world, person, body: world.start_bot(person, body.get("payload")),
    "say": lambda world, person, body: world.say(person, _word(body, "text")),
    "press": lambda world, person, body: world.press(
        person, _number(body, "message_id"), _word(body, "data")
    ),
    "edit": lambda world, person, body: world.edit(person, _number(body, "message_id"), _word(body, "text")),
    "photo": lambda world, person, _: world.send_photo(person),
    "voice": lambda world, person, _: world.send_voice(person),
    "sticker": lambda world, person, _: world.send_sticker(person),
    "location": lambda world, person, _: world.send_location(person),
    "contact": lambda world, person, _: world.send_contact(person),
    "document": lambda world, person, _: world.send_document(person),
    "forward": lambda world, person, body: world.forward(person, _word(body, "text")),
    "delete": lambda world, person, body: world.delete(
        person, _number(body, "message_id"), for_both=bool(body.get("for_both"))
    ),
    "clear": lambda world, person, body: world.clear_chat(person, for_both=bool(body.get("for_both"))),
    "block": lambda world, person, body: world.block(person, bool(body.get("blocked", True))),
    "deactivate": lambda world, person, _: world.deactivate(person),
}


def _word(body: Json, field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not value:
        raise ValueError(f'"{field}" must be a text')
    return value


def _number(body: Json, field: str) -> int:
    value = body.get(field)
    if type(value) is not int:
        raise ValueError(f'"{field}" must be a number')
    return value


class Control:
    """The routes of the control API and the pages that listen to it."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._listening: set[_Changes] = set()

    def add_routes(self, application: web.Application) -> None:
        """Put the control API beside the Bot API."""
        add = application.router.add_route
        add("GET", "/", _guarded(self._page))
        add("GET", "/sandbox/state", _guarded(self._state))
        add("GET", "/sandbox/events", _guarded(self._events))
        add("GET", "/sandbox/calls", _guarded(self._calls))
        add("GET", "/sandbox/photo/{id}", _guarded(self._file))
        add("GET", "/sandbox/file/{id}", _guarded(self._file))
        add("POST", "/sandbox/people", _guarded(self._add_person))
        add("POST", "/sandbox/people/{id}/{act}", _guarded(self._act))
        add("POST", "/sandbox/clock", _guarded(self._clock))
        add("POST", "/sandbox/faults", _guarded(self._add_fault))
        add("DELETE", "/sandbox/faults", _guarded(self._clear_faults))
        add("POST", "/sandbox/inject", _guarded(self._inject))
        add("POST", "/sandbox/redeliver", _guarded(self._redeliver))

    def close(self) -> None:
        """Let every open stream of events end."""
        for changes in self._listening:
            changes.close()

    async def _page(self, _: web.Request) -> web.StreamResponse:
        # The page runs its own script and nothing of anybody else's.
        own = "'self' 'unsafe-inline'"
        policy = f"default-src 'self'; style-src {own}; script-src {own}; img-src 'self' data:"
        return web.FileResponse(
            PAGE, headers={"Cache-Control": "no-store", "Content-Security-Policy": policy}
        )

    async def _state(self, _: web.Request) -> web.StreamResponse:
        return _json(state_json(self._sandbox))

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        wanted = request.query.get("method")
        calls = [call for call in self._sandbox.calls if wanted in (None, call.method)]
        return _json(
            [{"method": call.method, "status": call.status, "at": call.at.isoformat()} for call in calls]
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._sandbox.files.get(request.match_info["id"])
        if stored is None:
            return _refusal(404, "no such file")
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        return web.Response(body=stored.data, content_type=media_type(stored.data), headers=headers)

    async def _add_person(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        person = self._sandbox.add_person(
            _word(body, "name"), body.get("language_code"), body.get("start_payload"), body.get("username")
        )
        return _json(person_json(self._sandbox, person))

    async def _act(self, request: web.Request) -> web.StreamResponse:
        act, person_id = ACTS.get(request.match_info["act"]), request.match_info["id"]
        person = self._sandbox.people.get(int(person_id)) if person_id.isdecimal() else None
        if act is None or person is None:
            return _refusal(404, "no such person or act")
        result = act(self._sandbox, person.id, await _body(request))
        return _json({"ok": True, "result": result})

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        now = self._sandbox.clock.now()
        if "until" in body:
            by = next_time(now, _word(body, "until"), _word(body, "zone")) - now
        else:
            by = timedelta(seconds=_seconds(body))
        await self._sandbox.move_clock(by)
        return _json({"now": self._sandbox.clock.now().isoformat()})

    async def _add_fault(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        self._sandbox.faults.add(body.pop("kind", ""), **body)
        return _json({"ok": True})

    async def _clear_faults(self, _: web.Request) -> web.StreamResponse:
        self._sandbox.faults.clear()
        return _json({"ok": True})

    async def _inject(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        if not isinstance(body.get("update"), dict):
            raise TypeError('"update" must be an object')
        return _json({"ok": True, "result": self._sandbox.inject_raw(body["update"], body.get("update_id"))})

    async def _redeliver(self, request: web.Request) -> web.StreamResponse:
        count = self._sandbox.redeliver(_number(await _body(request), "from_update_id"))
        return _json({"ok": True, "result": count})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        changes = _Changes()
        stop_listening = self._sandbox.on_change(changes.note)
        self._listening.add(changes)
        try:
            with contextlib.suppress(ConnectionError):
                await self._send_events(response, changes)
        finally:
            stop_listening()
            self._listening.discard(changes)
        return response

    async def _send_events(self, response: web.StreamResponse, changes: "_Changes") -> None:
        await response.write(b": listening\n\n")
        while not changes.closed:
            if not await changes.wait():
                await response.write(b": still here\n\n")
                continue
            for event in changes.take(self._sandbox):
                await response.write(b"data: " + msgspec.json.encode(event) + b"\n\n")


class _Changes:
    """What has changed since one page was last told: which people, and whether the clock."""

    def __init__(self) -> None:
        self._people: dict[int, None] = {}
        self._clock = False
        self._something = asyncio.Event()
        self.closed = False

    def note(self, change: Json) -> None:
        if change["type"] == "person":
            self._people[change["person_id"]] = None
        else:
            self._clock = True
        self._something.set()

    def close(self) -> None:
        self.closed = True
        self._something.set()

    async def wait(self) -> bool:
        """Return True after a change, with the rest of its burst; False after a long silence."""
        try:
            await asyncio.wait_for(self._something.wait(), KEEP_ALIVE)
        except TimeoutError:
            return False
        if not self.closed:
            await asyncio.sleep(COALESCE)
        return True

    def take(self, world: World) -> list[Json]:
        people, clock = list(self._people), self._clock
        self._people, self._clock = {}, False
        self._something.clear()
        events: list[Json] = [{"type": "clock", "now": world.clock.now().isoformat()}] if clock else []
        return events + [
            {"type": "person", "person": person_json(world, world.people[person_id])} for person_id in people
        ]


def _guarded(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        reason = _foreign(request)
        if reason is not None:
            return _refusal(403, reason)
        try:
            return await handler(request)
        except (ValueError, TypeError, KeyError, ZoneInfoNotFoundError) as error:
            return _refusal(400, str(error))

    return guarded


def _foreign(request: web.Request) -> str | None:
    """Return why a request is not from this machine's own page, or None."""
    if not is_local(request.host):
        return "the control API answers 127.0.0.1 and localhost only"
    origin = request.headers.get("Origin")
    if request.method != "GET" and origin is not None and origin != f"http://{request.host}":
        return "the control API takes orders from its own page only"
    return None


async def _body(request: web.Request) -> Json:
    raw = await request.read()
    body = msgspec.json.decode(raw) if raw else {}
    if not isinstance(body, dict):
        raise TypeError("the body must be a JSON object")
    return body


def _seconds(body: Json) -> float:
    seconds = body.get("seconds")
    if not isinstance(seconds, int | float):
        raise TypeError('give "seconds", or "until" and "zone"')
    return float(seconds)


def next_time(now: datetime, until: str, zone: str) -> datetime:
    """Return the next moment at which the clocks of `zone` show `until`."""
    local = now.astimezone(ZoneInfo(zone))
    hour, minute = (int(part) for part in until.split(":"))
    wanted = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if wanted <= local:
        wanted += timedelta(days=1)
    return wanted.astimezone(now.tzinfo)


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), status=status, content_type="application/json")


def _refusal(status: int, reason: str) -> web.Response:
    return _json({"ok": False, "description": reason}, status)


# The JSON of the page


def state_json(world: World) -> Json:
    """Return everything a page needs that has just been opened."""
    profile = world.profile
    return {
        "now": world.clock.now().isoformat(),
        "people": [person_json(world, person) for person in world.people.values()],
        "bot": {
            "name": profile.names.get("", world.bot_json["first_name"]),
            "description": profile.descriptions.get("", ""),
            "short_description": profile.short_descriptions.get("", ""),
            "commands": profile.commands.get(("default", ""), []),
        },
        "unconfirmed": world.unconfirmed(),
    }


def person_json(world: World, person: Person) -> Json:
    """Return one phone: what is on its screen."""
    chat = world.chats[person.id]
    notification, toast = chat.notification, chat.toast
    return {
        "id": person.id,
        "name": person.name,
        "language_code": person.language_code,
        "blocked": person.blocked,
        "deactivated": person.deactivated,
        "start_payload": person.start_payload,
        "started": person.started,
        "messages": [_message_json(world, message) for message in chat.messages],
        "reply_keyboard": chat.reply_keyboard,
        "commands": commands_for(world, person),
        "notification": notification
        and {
            "text": notification.text,
            "date": notification.date.isoformat(),
            "silent": notification.silent,
        },
        "typing": chat.typing_until > world.clock.now(),
        "toast": toast and {"text": toast.text, "alert": toast.alert},
    }


def _message_json(world: World, message: Message) -> Json:
    document = world.files.get(message.document) if message.document else None
    return {
        "message_id": message.message_id,
        "from": "bot" if message.from_bot else "person",
        "text": message.text,
        "entities": message.entities,
        "buttons": [
            [
                {
                    "text": each.text,
                    "data": each.data,
                    "copy": each.copy,
                    "url": each.url,
                    "style": each.style,
                }
                for each in row
            ]
            for row in message.buttons
        ],
        "photo": f"/sandbox/photo/{message.photo}" if message.photo else None,
        "document": document and {"file_name": document.name, "url": f"/sandbox/file/{document.file_id}"},
        "kind": message.kind,
        "reactions": [each["emoji"] for each in message.reactions],
        "edited": message.edited,
        "deleted": message.deleted or message.hidden,
        "date": message.date.isoformat(),
        "silent": message.silent,
        "protect_content": message.protect_content,
    }
