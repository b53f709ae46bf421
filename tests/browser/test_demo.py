"""The demo as a newcomer plays it, in a real browser: the whole job on two phones."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect
from pydantic import SecretStr

from bot.clock import Clock
from bot.settings import load_settings
from bot.translating import Reader
from bot.wiring import read_texts
from dialogs.guidance import SHELVES
from dialogs.pictures.gallery import caption
from dialogs.text import Message, _

TOKEN = SecretStr("123456789:AAbrowser-token")
pytestmark = pytest.mark.browser
BOOKS = read_texts(load_settings(telegram_token=TOKEN, data_dir=Path("unused")))
EACH_TIME = ("ar", "sv")
"""One language from either side; the others when somebody wants to look (`make screenshots`)."""
expect.set_options(timeout=15_000)


class Phone:
    """One phone on the page, used as a person would: by what stands on it."""

    def __init__(self, page: Page, name: str) -> None:
        self.frame: Locator = page.locator(f"[data-person-name='{name}']").first

    async def press(self, text: str, *, exact: bool = False) -> None:
        """The newest button under a message with this text; “Svenska” is also in “Lätt svenska”."""
        wanted = re.compile(f"^[\\s\u2068\u2069]*{re.escape(text)}[\\s\u2068\u2069]*$") if exact else text
        await self.frame.get_by_test_id("inline-button").filter(has_text=wanted).last.click()

    async def say(self, text: str) -> None:
        """Type and send."""
        await self.frame.get_by_test_id("compose").fill(text)
        await self.frame.get_by_test_id("send").click()

    async def sees(self, text: str) -> None:
        """The bot wrote this, at some time."""
        await expect(self.frame.get_by_test_id("message").filter(has_text=text).last).to_be_visible()


async def test_the_demo_shows_the_whole_job(page: Page, pictures: Path) -> None:
    """Check-in, low face, guide, risk message, and an acknowledgement on the other phone."""
    mina, leyla = Phone(page, "Mina"), Phone(page, "Leyla")
    await _mina_comes(mina)
    await _leyla_comes(leyla)

    await page.get_by_test_id("time-morning").click()
    for _hours in range(3):
        await page.get_by_test_id("time-3h").click()
    await leyla.sees("Hello. How is today?")
    await leyla.press("😢")
    await leyla.sees("What weighs most today?")
    await page.screenshot(path=pictures / "low-face.png")
    await leyla.press("Money or bills")
    await leyla.press("Paying a bill")
    await leyla.sees("Paying a bill · 1/")
    await page.screenshot(path=pictures / "guide.png")

    await leyla.say("my brother said he is going to kill me")
    await leyla.sees("This sounds serious")
    await mina.sees("🟠")
    await page.screenshot(path=pictures / "demo.png")
    await mina.press("Jag tar det")
    await leyla.sees("Seen, ")
    await page.screenshot(path=pictures / "seen.png")


@pytest.fixture
def worth_a_browser(request: pytest.FixtureRequest, locale: str) -> None:
    """Asked before a browser is started."""
    if locale not in EACH_TIME and request.config.getoption("--screenshots") is None:
        pytest.skip("looked at when screenshots are made; the stories walk it each time")


@pytest.mark.parametrize("locale", [each for each in BOOKS.translator.locales if each != "en"])
@pytest.mark.usefixtures("worth_a_browser")
async def test_guides_in_every_language(page: Page, pictures: Path, locale: str) -> None:
    """Guides as she sees them, with a picture; what is at the end of a page is on the screen."""
    books, said = BOOKS, Clock().now()
    reader = Reader(locale, "Europe/Stockholm", said)

    def own(message: Message) -> str:
        return books.translator.message(message, reader)

    mina, leyla = Phone(page, "Mina"), Phone(page, "Leyla")
    await _mina_comes(mina)
    await _leyla_comes(leyla)
    await leyla.say("/language")
    await leyla.press(books.translator.own_name(locale), exact=True)
    for guide_id in ("bills", "protected-data", "housing") if locale in EACH_TIME else ("bills",):
        guide = books.knowledge.guides[guide_id]
        await leyla.say("/guides")
        await leyla.press(own(SHELVES[guide.group]))
        await leyla.press(own(guide.title))
        await leyla.sees(f"{books.translator.value(1, reader)}/")
        if guide_id == "bills":
            await leyla.press(own(guide.steps["what"].choices[0].label))
            await leyla.press(own(_("guide", "🖼 See a picture")))
            await leyla.sees(own(caption()))
            await expect(leyla.frame.locator("img").last).to_be_visible()
        await page.screenshot(path=pictures / f"guide-{guide_id}-{locale}.png")


async def test_the_two_write_to_each_other(page: Page, pictures: Path) -> None:
    """While she writes letters are shown; three hours later only that there is something."""
    mina, leyla = Phone(page, "Mina"), Phone(page, "Leyla")
    await _mina_comes(mina)
    await _leyla_comes(leyla)
    await leyla.say("someone")
    await mina.sees("Ärende 1:")
    await mina.press("Jag tar det")
    await mina.press("Skriv till Leyla")
    await leyla.sees("Mina is here now")
    await page.get_by_test_id("time-10m").click()
    await leyla.say("hello, are you there?")
    await mina.sees("hello, are you there?")
    await mina.say("Ja, jag är här. Hur har du det?")
    await leyla.sees("Ja, jag är här.")
    await page.screenshot(path=pictures / "talk.png")
    await page.get_by_test_id("time-3h").click()
    await mina.say("Ring mig när du kan.")
    await leyla.press("Show")
    await leyla.sees("Ring mig när du kan.")


async def test_the_page_works_on_a_phone(page: Page, pictures: Path) -> None:
    """One phone at a time, nothing runs off the side."""
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.screenshot(path=pictures / "on-a-phone.png")
    wide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide


async def _mina_comes(mina: Phone) -> None:
    await mina.frame.get_by_test_id("start").click()
    await mina.press("Svenska", exact=True)
    for page in range(1, 4):
        await mina.sees(f"{page}/4.")
        await mina.press("Nästa")
    for label in ("Prova", "Jag tar det"):
        await mina.press(label)
    await mina.sees("Mina")


async def _leyla_comes(leyla: Phone) -> None:
    await leyla.frame.get_by_test_id("start").click()
    await leyla.press("English", exact=True)
    await leyla.press("Go on")
    for question in ("May I ask how you are", "May I look for signs", "May I tell your contact person"):
        await leyla.sees(question)
        await leyla.press("Yes")
    for label in (
        "No name",
        "Skip all three",
        "Mina",
        "Done",
        "Sweden",
        "18:00",
        "Every day",
        "After 2 days",
        "🙂",
    ):
        await leyla.press(label)
    await leyla.sees("That was a trial")
