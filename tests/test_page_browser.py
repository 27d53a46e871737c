"""The page in Chromium: opens with the network cut and the console clean, finds, filters, opens the evidence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.page import render_page
from tests import browser_sample as sample

CHROMIUM = "/usr/bin/chromium"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not Path(CHROMIUM).exists() and not os.environ.get("CI"), reason=f"needs Chromium at {CHROMIUM} (apt: chromium)"
    ),
]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name in ("taiyuan", "hostile"):
        articles = getattr(sample, name)()
        title = "太原日报" if name == "taiyuan" else sample.HOSTILE[0]
        html = render_page(articles, sample.resolve(articles), title=title)
        (folder / f"{name}.html").write_text(html, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def visit(browser, files):
    """Open a page; when the test ends, it must have asked for nothing and written nothing to the console."""
    opened = []

    def go(name: str, viewport=DESKTOP, fragment: str = ""):
        context = browser.new_context(viewport=viewport)
        page = context.new_page()
        problems: list[str] = []
        url = (files / f"{name}.html").as_uri()
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda r: None if r.url.startswith((url, "blob:")) else problems.append(f"asked: {r.url}"))
        context.set_offline(True)
        opened.append((context, problems))
        page.goto(url + fragment)
        page.wait_for_selector("html[data-ready=all]")
        return page

    yield go
    for context, problems in opened:
        context.close()
        assert problems == []


def search(page, words: str) -> None:
    page.fill("#search", words)
    page.wait_for_selector("#results [role=option]")
    page.keyboard.press("Enter")


def test_it_opens_with_counts_legend_and_overview(visit):
    page = visit("taiyuan")
    assert page.title() == page.inner_text("h1") == "太原日报"
    assert "31 个节点" in page.inner_text(".shown")
    assert "人物" in page.inner_text("details[data-key=types]")
    assert "太忻经济一体化发展协作工作座谈会" in page.inner_text("#panel")


def test_search_opens_who_it_is_and_what_was_said(visit):
    page = visit("taiyuan")
    search(page, "韦韬")
    panel = page.inner_text("#panel")
    assert "双塔公园" in panel
    assert "韦韬在督导检查中强调" in panel


def test_evidence_is_quoted_and_stands_marked_in_its_article(visit):
    page = visit("taiyuan")
    search(page, "马兰矿")
    page.click(".neighbour:has-text('山西焦煤集团') .quote-button")
    assert page.inner_text("#panel blockquote") == "现场调度山西焦煤集团马兰矿"
    assert "taiyuan-daily#2.txt" in page.inner_text("#panel .sentence")
    page.click("#panel .context")
    assert page.inner_text("#panel mark") == "现场调度山西焦煤集团马兰矿"
    assert "询问生产状况" in page.inner_text("#panel article")
    page.click("#panel .back")
    assert page.is_visible("#panel blockquote")


def test_the_legend_filters(visit):
    page = visit("taiyuan")
    page.uncheck("[data-key='offTypes:person']")
    assert "人物" in page.inner_text("details[data-key=types]")
    page.click(".views [data-view=table]")
    assert page.locator("tbody tr").count() > 3
    assert "韦韬" not in page.inner_text("tbody tr td:first-child >> nth=0")
    assert page.locator("tbody .type-person").count() == 0
    page.click("[data-key=reset]")
    assert page.locator("tbody .type-person").count() > 10


def test_unconfirmed_relations_are_shown_on_request_alone(visit):
    page = visit("taiyuan")
    before = page.inner_text(".shown")
    page.check("[data-key=candidates]")
    assert page.inner_text(".shown") != before
    search(page, "马兰矿")
    assert "待核实" in page.inner_text("#panel")


def test_hostile_names_show_as_text_and_run_nowhere(visit):
    page = visit("hostile")
    for name in sample.HOSTILE[:4]:
        search(page, name)
        assert page.inner_text("#panel h2") == name
        page.hover(".canvas", position={"x": 400, "y": 400})
    page.click(".views [data-view=table]")
    assert page.locator("tbody img, tbody svg, tbody script").count() == 0
    page.click(".views [data-view=graph]")
    search(page, sample.HOSTILE[0])
    page.click("#panel .group:has-text('报道') .link")
    assert page.locator("article img, article svg, article script").count() == 0
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0
