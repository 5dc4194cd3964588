"""Chromium on the page of a running demo, as a newcomer meets it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.app import App

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURE = Path(__file__).with_name("page.png")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The address of a fresh demo, started as the README says."""
    command = [Path(sys.executable).with_name("papers"), "demo", "--no-browser", "--port", "0"]
    environment = {**os.environ, "PAPERS_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        found = re.search(r"http://\S+", running.stdout.readline())
        assert found, "the demo printed no address"
        yield found[0]
        running.terminate()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window that remembers nothing, in which nothing may fail unnoticed."""
    failures: list[str] = []
    window = chromium.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1.5)
    window.set_default_timeout(15_000)
    window.route(re.compile("^https:"), lambda route: route.fulfill(path=PICTURE))  # thumbnails
    window.on("pageerror", lambda error: failures.append(str(error)))
    window.on("console", lambda line: failures.append(line.text) if line.type == "error" else 0)
    yield window
    window.close()
    assert failures == []


@pytest.fixture
def app() -> Iterator[App]:
    """An app without papers, in a sandbox of its own."""
    app = App()
    yield app
    app.close()


@pytest.fixture
def papers(app: App, page: Page) -> Page:
    """#papers of that sandbox, as Ana sees it."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{app.url}/#/channel/papers?user=ana&theme=light")
    expect(page.get_by_test_id("composer")).to_be_visible()
    return page
