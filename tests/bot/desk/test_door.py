"""The door: strangers see one page and nothing else; a change counts only from a page of ours."""

import asyncio
from datetime import timedelta

import pytest

from bot.desk.door import AGAIN, COOKIE, HEADERS, OPEN_FILE
from dialogs.people import Role
from storage import people
from storage.desk_sessions import IDLE, LONGEST
from tests.bot.desk.conftest import OURS, Office
from tests.bot.town import NOW

PATHS = (
    "/",
    "/cases/1",
    "/people/3",
    "/nowhere",
    "/in/guessed",
    "/static/desk.js",
    "/static/../door.py",
    "/%00",
)


async def test_a_stranger_sees_the_same_page_wherever_she_goes(office: Office) -> None:
    """Neither what there is nor what there is not; and no word about what it is for."""
    seen = {await office.get(path) for path in (*PATHS, await office.link())}
    assert len(seen) == 1
    ((status, page),) = seen
    assert status == 200
    assert not any(
        word in page.lower() for word in ("vidare", "resident", "contact", "case", "desk.css", "coordin")
    )


async def test_a_strangers_form_is_answered_the_same_everywhere(office: Office) -> None:
    """A wrong link, a right link with a wrong code, a page that needs a session: no difference."""
    await office.sign_in()
    office.client.session.cookie_jar.clear()
    link = await office.link()
    seen = set()
    for path in (*PATHS, link):
        for fields in ({"code": "123456"}, {"code": ""}, {"code": "x" * 5000}, {}):
            answer = await office.post(path, **fields)
            seen.add((answer.status, await answer.text()))
    assert len(seen) == 1
    assert next(iter(seen))[0] == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
async def test_other_methods_tell_nothing_either(office: Office, method: str) -> None:
    """A 405 would say that a page is there."""
    seen = set()
    for path in ("/", "/nowhere", "/people/1"):
        async with office.client.request(method, path) as answer:
            seen.add((answer.status, await answer.text()))
    assert len(seen) == 1
    assert next(iter(seen))[0] == 200


async def test_every_answer_carries_the_headers(inside: Office) -> None:
    """Also a page that is not there, a file, a redirect, and what a stranger gets."""
    for path in ("/", "/nowhere", "/people", OPEN_FILE, "/static/desk.css", "/static/nothing.css"):
        async with inside.client.get(path) as answer:
            assert {name: answer.headers[name] for name in HEADERS} == dict(HEADERS), path
    redirect = await inside.post("/sign-out")
    assert {name: redirect.headers[name] for name in HEADERS} == dict(HEADERS)
    async with inside.client.get("/") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")


async def test_pages_hold_no_script_and_no_style_of_their_own(inside: Office) -> None:
    """The policy would not let them run, so they must not be needed."""
    await inside.raise_case()
    for path in (
        "/",
        "/cases/1",
        "/calendar",
        "/people",
        "/invitations",
        "/figures",
        "/audit",
        "/guides",
        "/who",
    ):
        _status, page = await inside.get(path)
        assert " style=" not in page
        assert "<style" not in page
        assert page.count("<script") == page.count('<script src="/static/desk.js" defer>')
        assert " onclick" not in page


async def test_the_cookie_is_for_this_desk_alone(office: Office) -> None:
    """No script reads it, no other page sends it."""
    await office.sign_in()
    await office.post("/sign-out")
    link = await office.link()
    office.town.clock.move(timedelta(minutes=1))
    answer = await office.post(link, code=office.code())
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/", f"{COOKIE}="))
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.example"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
async def test_a_form_from_elsewhere_changes_nothing(inside: Office, headers: dict[str, str]) -> None:
    """Even with the right token and cookie."""
    answer = await inside.post(f"/people/{inside.mina}/limit", headers, most="1")
    assert answer.status == 200
    assert 'id="code"' in await answer.text()
    assert (await inside.town.person(inside.mina)).most is None


async def test_a_browser_that_only_says_where_it_comes_from_is_heard(inside: Office) -> None:
    """Older ones know `Origin` alone."""
    origin = f"http://{inside.client.host}:{inside.client.port}"
    answer = await inside.post(f"/people/{inside.mina}/limit", {"Origin": origin}, most="1")
    assert answer.status == 303
    assert (await inside.town.person(inside.mina)).most == 1


async def test_a_form_without_the_sessions_token_changes_nothing(inside: Office) -> None:
    """A page that guesses our forms does not know it."""
    for token in ("", "0" * 64, inside.form_token[:-1], "ö"):
        answer = await inside.client.post(
            f"/people/{inside.mina}/limit",
            data={"token": token, "most": "1"},
            headers=OURS,
            allow_redirects=False,
        )
        assert answer.status == 403
    assert (await inside.town.person(inside.mina)).most is None


@pytest.mark.parametrize("body", [b"\xff\xfe=%zz", b"a" * 200_000, b'{"token": "x"}'])
async def test_what_is_no_form_changes_nothing(inside: Office, body: bytes) -> None:
    """Too long, not text, or JSON."""
    for kind in ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"):
        answer = await inside.client.post(
            f"/people/{inside.mina}/limit",
            data=body,
            headers={**OURS, "Content-Type": kind},
            allow_redirects=False,
        )
        assert answer.status == 403


async def test_another_hosts_name_is_a_strangers(inside: Office) -> None:
    """A web page that rebinds its own name to this machine gets the sign-in page."""
    async with inside.client.get("/people", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 200
        assert 'id="code"' in await answer.text()


async def test_the_session_ends_by_itself(inside: Office) -> None:
    """After half an hour of nothing; the page that looks again by itself is nothing."""
    assert "Mina" in (await inside.get("/people"))[1]
    for _minute in range(6):
        inside.town.clock.move(IDLE / 6)
        async with inside.client.get("/", headers={AGAIN: "1"}) as answer:
            last = await answer.text()
    assert 'id="code"' in last
    assert "Mina" not in (await inside.get("/people"))[1]


async def test_and_after_a_working_day(inside: Office) -> None:
    """However much she does."""
    for _part in range(17):
        inside.town.clock.move(LONGEST / 17 + timedelta(seconds=1))
        _status, page = await inside.get("/people")
    assert "Mina" not in page


async def test_whoever_is_no_coordinator_any_more_is_out_at_once(inside: Office) -> None:
    """On every device, at the next request."""
    await inside.town.run(people.set_state, inside.karin, "left", NOW)
    assert 'id="code"' in (await inside.get("/people"))[1]
    assert await inside.town.cell("SELECT count(*) FROM desk_sessions") == 0
    await inside.town.run(people.set_state, inside.karin, "active", NOW)
    assert 'id="code"' in (await inside.get("/people"))[1]


async def test_whoever_was_erased_is_out_at_once(inside: Office) -> None:
    """With her row went her sessions, her codes and her links."""
    await inside.town.run(people.erase, inside.karin)
    assert 'id="code"' in (await inside.get("/"))[1]
    for table in ("desk_sessions", "desk_accounts", "desk_links"):
        assert await inside.town.cell(f"SELECT count(*) FROM {table}") == 0  # noqa: S608 -- our own names


async def test_a_contact_person_has_no_desk(office: Office) -> None:
    """Even with a session that somebody wrote into the table."""
    from storage import desk_sessions

    token = await office.town.run(desk_sessions.begin, office.mina, NOW)
    async with office.client.get("/people", cookies={COOKIE: token}) as answer:
        assert 'id="code"' in await answer.text()
    assert (await office.town.known(office.mina)).role is Role.CONTACT


async def test_signing_out_here_and_everywhere(inside: Office) -> None:
    """And both are noted."""
    await inside.post("/sign-out", where="everywhere")
    assert 'id="code"' in (await inside.get("/people"))[1]
    assert await inside.town.cell("SELECT count(*) FROM desk_sessions") == 0
    assert (inside.karin, "signed-out-everywhere", f"person:{inside.karin}") in await inside.did()


async def test_no_header_can_be_put_in_through_an_address(inside: Office) -> None:
    """Where we lead to is ours alone."""
    for path in (
        "/in/x%0d%0aSet-Cookie:a=b",
        "/calendar?week=%0d%0aX-Bad:1",
        "/people/1%0d%0a",
        "/audit?before=-1",
    ):
        async with inside.client.get(path, allow_redirects=False) as answer:
            assert "X-Bad" not in answer.headers
            assert "Location" not in answer.headers
    answer = await inside.post("/cases/1%0d%0aX-Bad:1", answer="have\r\nX-Bad: 1", step="1")
    assert "X-Bad" not in answer.headers


async def test_two_forms_at_once_are_two_answers(inside: Office) -> None:
    """Nobody waits for the other for ever."""
    answers = await asyncio.gather(*(inside.get("/people") for _time in range(8)))
    assert {status for status, _page in answers} == {200}


async def test_a_disk_that_takes_nothing_leaves_the_desk_to_look_at(inside: Office) -> None:
    """What is open is seen; a change is said not to be one."""
    await inside.raise_case()
    await inside.town.mount_read_only()
    inside.town.clock.move(timedelta(minutes=2))
    status, page = await inside.get("/")
    assert (status, "Leyla" in page) == (200, True)
    status, page = await inside.page_after("/cases/1", answer="have", step="1")
    assert (status, "cannot be stored just now" in page) == (503, True)
    await inside.town.mount_read_only(False)
    assert "You have case 1" in (await inside.press(1, "have"))[1]
