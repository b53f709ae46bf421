"""
The desk's door: who is not signed in gets the sign-in page, whatever was asked for, and nothing else.

One page, one status, no word about what is behind it. A change counts only where it comes from a page of ours: the
browser says so (`Sec-Fetch-Site`, `Origin`), and the form carries the session's token.
"""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.desk import signing_in
from bot.desk.signing_in import Enrolling, SignedIn
from bot.desk.visit import Desk, Page, Visit, form_token
from bot.loopback import is_local
from bot.translating import Reader
from storage.database import StorageError
from storage.desk_sessions import LONGEST
from storage.people import Known

log = logging.getLogger(__name__)

COOKIE: Final = "desk"
LINK: Final = "/in/"
STATIC: Final = Path(__file__).parent / "static"
OPEN_FILE: Final = "/static/door.css"
"""The one file the sign-in page needs."""
BIGGEST_FORM: Final = 64 * 1024
AGAIN: Final = "X-Again"
"""A page that looks again by itself says so: that is nobody doing something, and keeps no session alive."""
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Server": "-",
}
_TYPES: Final = {".css": "text/css", ".js": "text/javascript"}

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]
DESK: Final = web.AppKey("desk", Desk)
VISIT: Final = web.RequestKey("visit", Visit)


@web.middleware
async def guard(request: web.Request, handler: Handle) -> web.StreamResponse:
    """Everything passes here, also what leads nowhere."""
    desk = request.app[DESK]
    try:
        answer = await _answer(desk, request, handler)
    except StorageError:
        answer = _door(desk, failed=True)
    answer.headers.update(HEADERS)
    return answer


async def _answer(desk: Desk, request: web.Request, handler: Handle) -> web.StreamResponse:
    if request.path == OPEN_FILE:
        return _file(OPEN_FILE.rpartition("/")[2])
    changing = request.method not in ("GET", "HEAD")
    if not is_local(request.host) or (changing and not _is_ours(request)):
        return _door(desk, failed=changing)
    form = await _form(request) if changing else {}
    if request.path.startswith(LINK):
        return await _sign_in(desk, request, form) if changing else _door(desk)
    token = request.cookies.get(COOKIE, "")
    known = await _guest(desk, token, active=AGAIN not in request.headers) if token else None
    if known is None:
        return _door(desk, failed=changing)
    return await _inside(Visit(desk, request, known, token, form), handler)


async def _guest(desk: Desk, token: str, *, active: bool) -> Known | None:
    """Where nothing can be written she still sees what is open: a full disk is no reason to be blind."""
    now = desk.door_clock.now()
    try:
        return await desk.db.run(signing_in.guest, desk.house, token, now, active=active)
    except StorageError:
        return await desk.db.read(signing_in.guest, desk.house, token, now, active=False)


async def _inside(visit: Visit, handler: Handle) -> web.StreamResponse:
    """Only who is signed in hears that a page is not there, or that a form was too old."""
    if visit.request.method not in ("GET", "HEAD"):
        given = visit.form.get("token", "")
        if not hmac.compare_digest(given.encode(), form_token(visit.session).encode()):
            return visit.show("wrong.html", status=403, what="form")
    visit.request[VISIT] = visit
    try:
        return await handler(visit.request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
        return visit.show("wrong.html", status=404, what="page")
    except StorageError as error:
        log.error("the desk cannot write", extra={"error": type(error).__name__})
        return visit.show("wrong.html", status=503, what="storage")


def _is_ours(request: web.Request) -> bool:
    """
    Whether the browser says that a page of ours sends this.

    Our pages send no referrer, so `Origin` is "null" where `Sec-Fetch-Site` says the same better.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin" and origin in (None, "null", f"http://{request.host}")
    return origin == f"http://{request.host}"


async def _form(request: web.Request) -> dict[str, str]:
    """Only text, and only what a form of ours could hold; the rest counts as nothing."""
    if request.content_type != "application/x-www-form-urlencoded":
        return {}
    try:
        posted = await request.post()
    except (web.HTTPException, ValueError):
        return {}
    return {name: value for name, value in posted.items() if isinstance(value, str)}


async def _sign_in(desk: Desk, request: web.Request, form: Mapping[str, str]) -> web.StreamResponse:
    link, code = request.path.removeprefix(LINK), form.get("code", "")
    found = await desk.db.run(signing_in.attempt, desk.house, link, code, desk.door_clock.now())
    if isinstance(found, Enrolling):
        return web.Response(
            text=desk.paper.page("enrol.html", _nobody(desk), enrolling=found), content_type="text/html"
        )
    if not isinstance(found, SignedIn):
        return _door(desk, failed=True)
    answer = web.Response(status=303, headers={"Location": "/"})
    longest = int(LONGEST.total_seconds())
    answer.set_cookie(COOKIE, found.token, max_age=longest, path="/", httponly=True, samesite="Strict")
    return answer


def _door(desk: Desk, *, failed: bool = False) -> web.Response:
    """The same for everybody, in the house's language: what a visitor's browser says is not asked."""
    text = desk.paper.page("door.html", _nobody(desk), failed=failed)
    return web.Response(text=text, content_type="text/html")


def _nobody(desk: Desk) -> Reader:
    return Reader(desk.house.translator.default, desk.house.default_zone, desk.clock.now())


def _file(name: str) -> web.Response:
    path = STATIC / name
    return web.Response(text=path.read_text("utf-8"), content_type=_TYPES[path.suffix])


def inside(page: Page) -> Handle:
    """Let a page be answered by who it is for; `guard` made the visit."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await page(request[VISIT])

    return handle


async def static(visit: Visit) -> web.StreamResponse:
    """Our own two files for who is signed in."""
    name = visit.request.match_info["name"]
    if name not in ("desk.css", "desk.js"):
        raise web.HTTPNotFound
    return _file(name)


async def sign_out(visit: Visit) -> web.StreamResponse:
    """Here, or on every device."""
    if visit.form.get("where") == "everywhere":
        await visit.run(signing_in.sign_out_everywhere, visit.known.id, visit.now)
    else:
        await visit.run(signing_in.sign_out, visit.session, visit.known.id, visit.now)
    answer = web.Response(status=303, headers={"Location": "/"})
    answer.del_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    return answer
