"""The coordinator's desk in a real browser: signing in, a case taken over, an invitation, the calendar, strangers."""

import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, expect

from bot.sandbox.server import Sandbox
from dialogs.people import Contact
from storage import people
from tests.browser.desk import PAGES, Office, beside, window
from tests.browser.test_demo import Phone

pytestmark = pytest.mark.browser
BOTH_SAY = """(wanted) => wanted.every(([name, words]) =>
  document.querySelector(`[data-person-name='${name}']`).textContent.includes(words))"""


@pytest.fixture
async def office(demo: Sandbox, tmp_path: Path) -> AsyncIterator[Office]:
    """The desk beside the demo."""
    async with beside(tmp_path, demo) as here:
        yield here


@pytest.fixture
async def karin(page: Page, office: Office) -> AsyncIterator[Page]:
    """Karin sits at the desk, in a window of her own."""
    context, desk = await window(_browser(page), viewport={"width": 1280, "height": 900})
    await office.come_in(desk)
    yield desk
    await context.close()


def _browser(page: Page) -> Browser:
    browser = page.context.browser
    assert browser is not None
    return browser


def _row(desk: Page) -> Locator:
    return desk.get_by_test_id("case").first


async def _needs_somebody(page: Page) -> None:
    leyla = Phone(page, "Leyla")
    await leyla.say("my brother said he is going to kill me")
    await leyla.sees("This sounds serious")
    await Phone(page, "Mina").sees("🟠")


async def test_a_case_taken_over_at_the_desk_is_seen_on_both_phones(
    page: Page, office: Office, karin: Page, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another process wrote it: Leyla and Mina must know at once, and not after the next start."""
    await _needs_somebody(page)
    await expect(_row(karin)).to_be_visible()  # it came by itself
    await Phone(page, "Mina").press("Jag tar det")
    await Phone(page, "Leyla").sees("Seen, ")
    over = _row(karin).get_by_role("button", name=office.says("alert button", "Take it over"))
    await expect(over).to_be_visible()
    await karin.screenshot(path=pictures / "desk-overview.png", full_page=True)
    to_leyla = "Karin will get in touch with you"
    over_from_you = "{name} has taken case {case} over from you. Thank you."
    to_mina = office.says("alert", over_from_you, name="Karin", case=1)
    began = time.monotonic()
    await over.click()
    await page.wait_for_function(BOTH_SAY, arg=[["Leyla", to_leyla], ["Mina", to_mina]], timeout=15_000)
    took = time.monotonic() - began
    await Phone(page, "Leyla").sees(to_leyla)
    await Phone(page, "Mina").sees(to_mina)
    with capsys.disabled():
        print(f"\ntaken over at the desk, seen on both phones after {took * 1000:.0f} ms")  # noqa: T201 -- the figure
    await expect(_row(karin)).to_contain_text("Karin")
    await page.screenshot(path=pictures / "desk-seen.png")
    await _row(karin).get_by_role("button", name=office.says("alert button", "Reached, and safe")).click()
    await expect(karin.get_by_test_id("case")).to_have_count(0)
    await Phone(page, "Mina").sees(
        office.says(
            "alert", "Case {case} is closed: {name} has reached {alias}.", case=1, name="Karin", alias="Leyla"
        )
    )


async def test_an_invitation_is_made_shown_once_and_printed(
    office: Office, karin: Page, pictures: Path
) -> None:
    """On paper stands the card alone, and nothing says what it is for."""
    await karin.goto(f"{office.url}/invitations")
    await karin.get_by_label(office.says("desk", "Contact person"), exact=True).check()
    await karin.get_by_label(office.says("desk", "Name that the others see")).fill("Josef")
    await karin.get_by_role("button", name=office.says("desk", "Make the invitation")).click()
    card = karin.get_by_test_id("card")
    await expect(card).to_contain_text("https://t.me/")
    await karin.screenshot(path=pictures / "desk-invitation.png", full_page=True)
    await karin.emulate_media(media="print")
    printed = await karin.locator("body").inner_text()
    assert "https://t.me/" in printed
    assert "Vidare" not in printed
    assert "Josef" not in printed
    await expect(karin.get_by_role("navigation")).to_be_hidden()
    await karin.emulate_media(media="screen")
    await karin.goto(f"{office.url}/invitations")
    await expect(karin.get_by_role("rowheader", name="Josef")).to_be_visible()
    hers = karin.get_by_role("row").filter(has_text="Josef")
    await hers.get_by_role("button", name=office.says("desk", "Take it back")).click()
    await expect(karin.get_by_role("rowheader", name="Josef")).to_have_count(0)


async def test_the_calendar_is_changed_and_a_mistake_loses_nothing(
    office: Office, karin: Page, pictures: Path
) -> None:
    """What cannot be read stands where it was written, with the reason beside it."""
    await karin.goto(f"{office.url}/calendar")
    await karin.get_by_role("link", name="Mina").click()
    hours = karin.get_by_role("textbox").first
    save = karin.get_by_role("button", name=office.says("desk", "Save hours"))
    await hours.fill("mon-fri 08:00-17:00\nsome time")
    await save.click()
    await expect(hours).to_have_value("mon-fri 08:00-17:00\nsome time")
    await expect(karin.get_by_role("alert")).to_contain_text("08:00-17:00")
    await hours.fill("mon-fri 08:00-17:00\nsat 10:00-14:00")
    await save.click()
    await karin.get_by_role("link", name=office.says("desk", "Calendar")).first.click()
    await expect(karin.get_by_text("08:00–17:00").first).to_be_visible()
    await karin.screenshot(path=pictures / "desk-calendar.png", full_page=True)


async def test_it_works_with_a_keyboard_alone(page: Page, office: Office, karin: Page) -> None:
    """No mouse: skip what is on top, reach the button, press it."""
    await _needs_somebody(page)
    await karin.goto(office.url)
    await expect(_row(karin)).to_be_visible()
    await karin.keyboard.press("Tab")
    await expect(karin.locator(":focus")).to_have_attribute("href", "#content")
    await karin.keyboard.press("Enter")
    for _step in range(8):
        await karin.keyboard.press("Tab")
        if await karin.locator("button:focus").count():
            break
    await expect(karin.locator(":focus")).to_have_text(office.says("alert button", "I have it"))
    await karin.keyboard.press("Enter")
    await expect(_row(karin)).to_contain_text("Karin")
    await Phone(page, "Leyla").sees("Karin will get in touch with you")


async def test_it_works_without_javascript_and_on_a_narrow_phone(
    page: Page, office: Office, pictures: Path
) -> None:
    """Every page fits 320 pixels, and a case can be taken on with plain forms."""
    await _needs_somebody(page)
    context, phone = await window(
        _browser(page), viewport={"width": 320, "height": 740}, java_script_enabled=False, is_mobile=True
    )
    await office.come_in(phone)
    await phone.screenshot(path=pictures / "desk-phone.png", full_page=True)
    button = office.says("alert button", "I have it")
    await _row(phone).get_by_role("button", name=button).click()
    await expect(_row(phone)).to_contain_text("Karin")
    await context.close()
    narrow, seen = await window(_browser(page), viewport={"width": 320, "height": 740})
    await office.come_in(seen)
    for path in PAGES:
        await seen.goto(office.url + path)
        wide = await seen.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, (path, wide)
    await narrow.close()


@pytest.mark.parametrize("locale", ["sv", "ar"])
async def test_nothing_serious_keeps_anybody_out(
    page: Page, office: Office, karin: Page, pictures: Path, locale: str
) -> None:
    """axe finds nothing serious on any page, from the left and from the right."""
    await _needs_somebody(page)
    await _speak(office, locale)
    others = (f"/calendar/{office.karin}", f"/people/{office.karin}", "/cases/1", "/nowhere")
    for path in (*PAGES, *others):
        await karin.goto(office.url + path)
        await expect(karin.locator("html")).to_have_attribute("dir", "rtl" if locale == "ar" else "ltr")
        await _is_open_to_all(karin, path)
    await karin.goto(office.url)
    if locale == "ar":
        await karin.screenshot(path=pictures / "desk-ar.png", full_page=True)
    context, stranger = await window(_browser(page))
    await stranger.goto(await office.link())
    await _is_open_to_all(stranger, "sign-in")
    await context.close()


async def _speak(office: Office, locale: str) -> None:
    def work(db: sqlite3.Connection) -> None:
        known = people.get(db, office.desk.house.keyring, office.karin)
        assert isinstance(known.person, Contact)
        people.save_person(db, known.box, replace(known.person, locale=locale), office.desk.clock.now())

    await office.desk.db.run(work)


async def _is_open_to_all(seen: Page, what: str) -> None:
    found = (await Axe().run(seen)).response["violations"]
    serious = [
        (each["id"], [node["html"] for node in each["nodes"]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert not serious, (what, serious)


async def test_a_stranger_gets_the_sign_in_page_and_nothing_else(
    page: Page, office: Office, karin: Page
) -> None:
    """Neither what is here nor whether a page exists; a look at a link uses nothing up; signing out is the end."""
    context, stranger = await window(_browser(page))
    seen = set()
    for path in (*PAGES, "/people/1", "/nowhere", "/in/guessed", "/static/desk.js", await office.link()):
        answer = await stranger.goto(path if path.startswith("http") else office.url + path)
        assert answer is not None
        seen.add((answer.status, await answer.text()))
    assert len(seen) == 1
    await office.come_in(stranger)  # with a link of its own; the one above was looked at only
    await context.close()
    await karin.goto(office.url)
    await karin.get_by_role("button", name=office.says("desk", "Sign out everywhere")).click()
    await expect(karin.get_by_role("navigation")).to_have_count(0)
    await karin.goto(f"{office.url}/people")
    await expect(karin.get_by_role("navigation")).to_have_count(0)
