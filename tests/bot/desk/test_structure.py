"""Nothing that anybody is called can change how a page of the desk is built: no tag, no attribute, no address."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, Final

import pytest

from storage import people
from tests.bot.desk.conftest import OURS, Office
from tests.bot.town import NOW

HOSTILE: Final = (
    '</a></td><script>alert(1)</script>"\'><img src=x onerror=alert(1)>{{7*7}}{% include "x" %}'
    "<!--\x00--><svg/onload=alert(1)> javascript:alert(1) %s {0.__class__}"
)
HARMLESS: Final = "Somebody else"
SHORT: Final = "\"><script>alert(1)</script>'{{7*7}}"


class Structure(HTMLParser):
    """The tags of a page, with the names of their attributes; addresses are kept as they are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        kept = (f"{name}={value}" if name in ("href", "src", "action") else name for name, value in attrs)
        self.found.append((tag, *kept))

    def handle_comment(self, data: str) -> None:
        """There is none in our pages."""
        self.found.append(("comment", data))


async def _called(office: Office, name: str) -> None:
    """Everybody but Karin, whose own name is on every page and is changed as well."""
    for person in (office.karin, office.mina, office.leyla):
        known = await office.town.known(person)
        other: dict[str, Any] = {"alias": name} if person == office.leyla else {"name": name}
        await office.town.run(people.save_person, known.box, replace(known.person, **other), NOW)


async def _pages(office: Office, case: int) -> dict[str, list[tuple[str, ...]]]:
    paths = (
        "/",
        f"/cases/{case}",
        "/who",
        "/calendar",
        f"/calendar/{office.mina}",
        "/people",
        f"/people/{office.mina}",
        f"/people/{office.leyla}",
        f"/people/{office.karin}",
        "/invitations",
        "/guides",
        "/figures",
    )
    found = {}
    for path in paths:
        status, page = await office.get(path)
        assert status == 200, path
        found[path] = Structure(page).found
    return found


async def test_a_name_is_text_on_every_page(inside: Office) -> None:
    """Compared tag by tag with the page of somebody whose name is only a name."""
    case = await inside.raise_case()
    found = []
    for name in (HARMLESS, HOSTILE):
        await _called(inside, name)
        found.append(await _pages(inside, case))
    harmless, hostile = found
    for path, structure in harmless.items():
        assert hostile[path] == structure, path
    for path in ("/people", "/audit"):
        _status, page = await inside.get(path)
        assert "{{7*7}}" in page, "a name is no template"
        assert "<script>alert" not in page


async def test_what_was_typed_comes_back_as_text(inside: Office) -> None:
    """In the field that is to be mended, and in the list of those who are invited."""
    for harmless, hostile in (("x" * 41, HOSTILE), (HARMLESS, SHORT)):
        found = []
        for name in (harmless, hostile):
            fields = {"role": "contact", "kind": "ordinary", "name": name, "once": name}
            found.append(Structure((await inside.page_after("/invitations", **fields))[1]).found)
        shown = [[each for each in page if each[0] != "img"] for page in found]
        assert shown[0] == shown[1], hostile
    _status, page = await inside.get("/invitations")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "path",
    [
        "/cases/<script>alert(1)<",
        "/people/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/audit?before=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/calendar/1%00",
        "/calendar/٣",
        "/cases/99999999999999999999",
        "/people/-1",
        "/static/..%2f..%2fsettings.py",
        "/static/../../settings.py",
        "/static/%2e%2e/app.py",
        "/static/desk.css%00",
        "/in/%22%3E%3Cscript%3E",
        "/%3Cscript%3Ealert(1)",
    ],
)
async def test_no_address_comes_back_as_more_than_text(inside: Office, path: str) -> None:
    """Neither in a page about what is not there, nor as a file of ours."""
    status, page = await inside.get(path)
    assert status < 500
    assert "<script>alert" not in page
    assert "def " not in page


async def test_half_characters_in_a_form_break_nothing(inside: Office) -> None:
    """Bytes that are no text, in a code, a name, a number."""
    for path, body in (
        ("/invitations", b"role=contact&kind=ordinary&name=%ED%A0%80%FF&token="),
        (f"/people/{inside.mina}/limit", "most=٣&token=".encode()),
        (f"/calendar/{inside.mina}/hours", b"hours=%00%1b[31m&token="),
    ):
        answer = await inside.client.post(
            path,
            data=body + inside.form_token.encode(),
            headers={**OURS, "Content-Type": "application/x-www-form-urlencoded"},
            allow_redirects=False,
        )
        assert answer.status < 500, path


async def test_half_characters_in_a_code_are_a_wrong_code(office: Office) -> None:
    """At the door, where nobody is signed in yet."""
    link = await office.link()
    await office.post(link, code="")
    answer = await office.client.post(
        link,
        data=b"code=%ED%A0%80%FF12345",
        headers={**OURS, "Content-Type": "application/x-www-form-urlencoded"},
        allow_redirects=False,
    )
    assert answer.status < 500
