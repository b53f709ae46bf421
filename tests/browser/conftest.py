"""A browser with the demo's page in it. Where CI=true a missing Chromium is a failure, elsewhere a reason to skip."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from bot.commands.demo import played
from bot.sandbox.server import Sandbox

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Sandbox]:
    """What `make demo` starts, on a free port."""
    async with played(tmp_path, 0) as sandbox:
        yield sandbox


@pytest.fixture
async def page(demo: Sandbox) -> AsyncIterator[Page]:
    """The page, as a newcomer sees it first."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must run the browser tests: install Debian's chromium")
        pytest.skip("there is no Chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        await page.goto(demo.url)
        yield page
        await browser.close()


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go: the folder that was asked for, else nowhere that lasts."""
    folder: Path | None = request.config.getoption("--screenshots")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return folder or tmp_path
