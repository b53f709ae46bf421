"""
The sandbox as a server: the Bot API over HTTP on this machine, in front of the world.

The demo, the tests and the benchmarks talk to the same thing. The path of a call is kept short on purpose: no
middleware, no access log, one dictionary look-up, so that a benchmark measures the bot and not the sandbox.
"""

import asyncio
import errno
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
from aiohttp import web

from bot.clock import Clock
from bot.sandbox.control import Control
from bot.sandbox.faults import Fault, FaultKind, Faults
from bot.sandbox.limits import Limits
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import METHOD_NAMES, Parameters, check, read_parameters
from bot.sandbox.refusals import Refused, bad
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_UPDATES = 100
LONGEST_POLL = 50  # seconds
CALLS_KEPT = 10_000
MAX_REQUEST = 64 * 1024 * 1024
_JSON = {"Content-Type": "application/json"}
_OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

Answer = tuple[int, bytes]


class PortTaken(Exception):
    """Something else listens where the sandbox was to listen."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"port {port} on {host} is taken; stop what uses it or choose another with --port")
        self.host, self.port = host, port


@dataclass(slots=True, frozen=True)
class Call:
    """One call of the Bot API, for tests to look at."""

    method: str
    parameters: Parameters
    status: int
    body: bytes
    at: datetime

    @property
    def answer(self) -> Any:
        """Return the answer's JSON."""
        return msgspec.json.decode(self.body)


@dataclass(slots=True, eq=False)
class _Poll:
    """A getUpdates that waits; a later one ends it by giving a reason."""

    ended: Refused | None = None


class Sandbox(World):
    """The world with the Bot API in front of it. Everything runs in the event loop that called `start`."""

    def __init__(
        self,
        token: str,
        clock: Clock,
        limits: Limits | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        log_calls: bool = True,
        on_clock_moved: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        super().__init__(token, clock, limits)
        if host not in LOOPBACK:
            raise ValueError("the sandbox has no locks on its doors: it listens on the loopback only")
        self.host, self.port = host, port
        self.faults = Faults()
        self.webhook = Webhook(self.queue, clock)
        self.on_clock_moved = on_clock_moved
        self._calls: deque[Call] | None = deque(maxlen=CALLS_KEPT) if log_calls else None
        self._poll: _Poll | None = None
        self._in_flight, self._last_call = 0, 0.0
        self._runner: web.AppRunner | None = None
        self._control = Control(self)
        self._methods: dict[str, Callable[[Parameters], Any]] = {
            **{name: partial(function, self) for name, function in METHODS.items()},
            "setWebhook": self._set_webhook,
            "deleteWebhook": self.webhook.delete,
            "getWebhookInfo": self.webhook.info,
        }

    # Life

    async def start(self) -> None:
        """Listen; raise PortTaken where somebody else does."""
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port).start()
        except OSError as error:
            await runner.cleanup()
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(self.host, self.port) from error
            raise
        self._runner, self.port = runner, runner.addresses[0][1]

    async def stop(self) -> None:
        """End what waits and stop listening."""
        self._end_poll("terminated: the sandbox stops")
        self._control.close()
        await self.webhook.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """Return the address, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def polled(self) -> bool:
        """Tell whether a bot waits in getUpdates just now."""
        return self._poll is not None

    @property
    def calls(self) -> list[Call]:
        """Return the last calls, oldest first; none where the log is off."""
        return list(self._calls or ())

    def calls_of(self, method: str) -> list[Call]:
        """Return the last calls of one method."""
        return [call for call in self._calls or () if call.method == method]

    async def move_clock(self, by: timedelta) -> None:
        """Move everybody's clock, and let a bot in this process look at what is due."""
        self.clock.move(by)
        self._tell({"type": "clock", "now": self.clock.now().isoformat()})
        if self.on_clock_moved is not None:
            await self.on_clock_moved()

    async def quiet(self, timeout: float = 10.0, settle: float = 0.1) -> None:  # noqa: ASYNC109 - callers pass it
        """Return when all updates are confirmed and the bot has called nothing for `settle` real seconds."""
        loop = asyncio.get_running_loop()
        since = loop.time()
        async with asyncio.timeout(timeout):
            while True:
                now = loop.time()
                if self.unconfirmed() or self._in_flight:
                    since = now
                if now - max(since, self._last_call) >= settle:
                    return
                await asyncio.sleep(settle / 5)

    # HTTP

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=MAX_REQUEST)
        for name in METHOD_NAMES.values():  # plain paths are found by one look-up
            application.router.add_route("*", f"/bot{self.token}/{name}", partial(self._serve, name))
        application.router.add_route("*", "/bot{token}/{method}", self._serve_other)
        application.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._control.add_routes(application)
        return application

    async def _serve_other(self, request: web.Request) -> web.StreamResponse:
        """Serve what has no path of its own: other letter case, wrong tokens, unknown methods."""
        if request.match_info["token"] != self.token:
            return _response(401, Refused(401, "Unauthorized").body())
        method = METHOD_NAMES.get(request.match_info["method"].lower())
        if method is None:
            return _response(404, Refused(404, "Not Found").body())
        return await self._serve(method, request)

    async def _serve_file(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _response(401, Refused(401, "Unauthorized").body())
        stored = self.files.get(request.match_info["path"])
        if stored is None or stored.path != request.match_info["path"]:
            return _response(404, Refused(404, "Not Found").body())
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _serve(self, method: str, request: web.Request) -> web.StreamResponse:
        counted = method != "getUpdates"
        self._in_flight += counted
        try:
            parameters = await _readable(request)
            if isinstance(parameters, Refused):
                return _response(parameters.code, parameters.body())
            fault = self.faults.take(method, parameters) if len(self.faults) else None
            if fault is not None:
                return await self._serve_badly(fault, method, parameters, request)
            return _response(*await self._answer(method, parameters, request))
        finally:
            self._in_flight -= counted
            if counted:
                self._last_call = asyncio.get_running_loop().time()

    async def _serve_badly(
        self, fault: Fault, method: str, parameters: Parameters, request: web.Request
    ) -> web.StreamResponse:
        if fault.kind is FaultKind.REFUSE:
            answer = (fault.code, fault.refusal().body())
            self._note(method, parameters, answer)
            return _response(*answer)
        if fault.kind in (FaultKind.HANG, FaultKind.DELAY_BEFORE):
            await asyncio.sleep(fault.seconds)
        if fault.kind in (FaultKind.HANG, FaultKind.DROP_BEFORE):
            return _drop(request)
        answer = await self._answer(method, parameters, request)
        if fault.kind is FaultKind.DELAY_AFTER:
            await asyncio.sleep(fault.seconds)
        if fault.kind is FaultKind.DROP_AFTER:
            return _drop(request)
        if fault.kind is FaultKind.BAD_GATEWAY:
            return web.Response(
                status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html"
            )
        if fault.kind is FaultKind.GARBAGE:
            return web.Response(text="<html>not what you wanted", content_type="text/html")
        return _response(*answer)

    async def _answer(self, method: str, parameters: Parameters, request: web.Request) -> Answer:
        """Do what is asked; the description of a refusal is the answer as well."""
        try:
            parameters = check(method, parameters)
            if method == "getUpdates":
                bodies = await self._get_updates(parameters, request)
                answer = (200, b'{"ok":true,"result":[' + b",".join(bodies) + b"]}")
            else:
                result = self._methods[method](parameters)
                answer = (200, b'{"ok":true,"result":' + msgspec.json.encode(result) + b"}")
        except Refused as refused:
            answer = (refused.code, refused.body())
        self._note(method, parameters, answer)
        return answer

    def _note(self, method: str, parameters: Parameters, answer: Answer) -> None:
        if self._calls is not None:
            self._calls.append(Call(method, parameters, *answer, self.clock.now()))

    # Updates

    async def _get_updates(self, p: Parameters, request: web.Request) -> list[bytes]:
        if self.webhook.url:
            raise Refused(409, f"Conflict: {_WEBHOOK_ACTIVE}")
        limit = p.get("limit", MAX_UPDATES)
        seconds = min(max(p.get("timeout", 0), 0), LONGEST_POLL)
        if limit < 1:
            raise bad("limit must be positive")
        self._end_poll(_OTHER_POLL)
        self.queue.allow(p.get("allowed_updates"))
        if offset := p.get("offset", 0):
            self.queue.confirm(offset)
        poll = self._poll = _Poll()
        try:
            return await self._wait_for_updates(poll, min(limit, MAX_UPDATES), seconds, request)
        finally:
            if self._poll is poll:
                self._poll = None

    async def _wait_for_updates(
        self, poll: _Poll, limit: int, seconds: int, request: web.Request
    ) -> list[bytes]:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while True:
            if poll.ended is not None:
                raise poll.ended
            if request.transport is None:  # nobody is there to read what we would hand out
                return []
            bodies = self.queue.take(limit)
            left = deadline - loop.time()
            if bodies or left <= 0:
                return bodies
            try:
                await asyncio.wait_for(self.queue.arrived.wait(), left)
            except TimeoutError:
                continue

    def _end_poll(self, reason: str) -> None:
        if self._poll is not None:
            self._poll.ended = Refused(409, f"Conflict: {reason}")
            self._poll = None
            self.queue.arrived.set()

    def _set_webhook(self, p: Parameters) -> bool:
        done = self.webhook.set(p)
        if self.webhook.url:
            self._end_poll("terminated by setWebhook request")
        return done


async def _readable(request: web.Request) -> Parameters | Refused:
    try:
        return await read_parameters(request)
    except Refused as refused:
        return refused
    except web.HTTPRequestEntityTooLarge:
        return Refused(413, "Request Entity Too Large")


def _response(status: int, body: bytes) -> web.Response:
    return web.Response(body=body, status=status, headers=_JSON)


def _drop(request: web.Request) -> web.StreamResponse:
    """Close the connection without a word; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()
