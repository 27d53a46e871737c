"""A browser for the tests of the page: Debian's Chromium, the network cut, the console watched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.page import render_page
from tests import browser_sample as sample
from tests.browser_large import large

CHROMIUM = "/usr/bin/chromium"
NEEDS_CHROMIUM = pytest.mark.skipif(
    not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason=f"needs Chromium at {CHROMIUM} (apt: chromium)"
)
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    """Chromium for one module of tests: the loop that Playwright keeps running must not meet another module's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory):
    """The file of a page: ``taiyuan``, ``hostile``, ``about``, ``empty``, or a made-up graph of ``large-<nodes>``."""
    folder = tmp_path_factory.mktemp("pages")

    def make(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(_page(name), encoding="utf-8", newline="\n")
        return path

    return make


def _page(name: str) -> str:
    if name.startswith("large-"):
        nodes = int(name.removeprefix("large-"))
        return render_page(*large(nodes, 3 * nodes), title=name)
    articles = {"hostile": sample.hostile, "empty": list}.get(name, sample.taiyuan)()
    title = sample.HOSTILE[0] if name == "hostile" else "太原日报"
    about = "林武" if name == "about" else None
    return render_page(articles, sample.resolve(articles), title=title, about=about)


@pytest.fixture
def visit(browser, page_file):
    """Open a page; when the test ends, it must have asked for nothing and written nothing to the console."""
    opened = []

    def go(name: str, viewport=DESKTOP, fragment: str = "", query: str = ""):
        context = browser.new_context(viewport=viewport, accept_downloads=True)
        page = context.new_page()
        problems: list[str] = []
        url = page_file(name).as_uri()
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda r: None if r.url.startswith((url, "blob:")) else problems.append(f"asked: {r.url}"))
        context.set_offline(True)
        opened.append((context, problems))
        page.goto(url + query + fragment)
        page.wait_for_selector("html[data-ready=all]", timeout=120_000)
        return page

    yield go
    for context, problems in opened:
        context.close()
        assert problems == []


def search(page, words: str) -> None:
    """Type into the search field and take the first result."""
    page.fill("#search", words)
    page.wait_for_selector("#results [role=option]")
    page.keyboard.press("Enter")


def shown(page) -> tuple[int, int]:
    """Numbers of nodes and relations that the page says it shows."""
    words = page.inner_text(".shown").split()
    numbers = [int(word) for word in words if word.isdigit()]
    return numbers[0], numbers[1]
