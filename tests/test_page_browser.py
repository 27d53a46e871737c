"""The page in Chromium: opens with the network cut and the console clean, finds, filters, opens the evidence."""

from __future__ import annotations

import base64
import io
import json
import os

import pytest
from PIL import Image, ImageChops, ImageStat

from tests import browser_sample as sample
from tests.browser_chromium import CHROMIUM, DESKTOP, NEEDS_CHROMIUM, PHONE, browser, page_file, search, shown, visit

__all__ = ["browser", "page_file", "visit"]  # fixtures
pytestmark = [pytest.mark.browser, NEEDS_CHROMIUM]


def test_it_opens_with_counts_legend_and_overview(visit):
    page = visit("taiyuan")
    assert page.title() == page.inner_text("h1") == "太原日报"
    assert shown(page) == (31, 39)
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
    before = shown(page)
    page.check("[data-key=candidates]")
    assert shown(page) == (before[0], before[1] + 1)
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


def test_pinyin_and_abbreviations_find(visit):
    page = visit("taiyuan")
    for words, name in (("weitao", "韦韬"), ("wt", "韦韬"), ("太原人大", "太原市人大常委会"), ("市委", "太原市委")):
        page.fill("#search", words)
        assert page.inner_text("#results [role=option] >> nth=0").startswith(name)


def test_clicks_on_the_drawing_open_what_was_clicked(visit):
    page = visit("about")
    data = json.loads(page.inner_text("#kg-data") or page.evaluate("document.getElementById('kg-data').textContent"))
    box = page.locator(".canvas").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*middle)  # two nodes: the line between them passes through the middle
    assert page.inner_text("#panel blockquote") == "是省委书记林武亲自谋划"
    for name, x, y in zip(*(data["nodes"][key] for key in ("name", "x", "y")), strict=True):
        page.mouse.click(middle[0] + x * 1.6, middle[1] + y * 1.6)
        page.wait_for_timeout(400)
        assert page.inner_text("#panel h2") == name
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert "概览" in page.inner_text("#panel")


def test_the_shortest_path_shows_its_evidence(visit):
    page = visit("taiyuan")
    search(page, "林武")
    page.click("text=从这里找路径")
    search(page, "山西焦煤集团")
    panel = page.inner_text("#panel")
    assert "最短路径 · 4 步" in panel
    assert page.locator("#panel .path-step").count() == 4
    assert page.locator("#panel .path-step blockquote").count() >= 4
    assert "省委书记林武" in panel


def test_the_ego_view_grows_and_can_be_left(visit):
    page = visit("taiyuan")
    search(page, "林武")
    page.click("text=只看它周围")
    assert shown(page) == (2, 1)
    page.click(".notice >> text=2 层")
    assert shown(page) == (3, 2)
    page.click(".notice >> text=3 层")
    assert shown(page)[0] > 8
    page.click("text=看全部")
    assert shown(page) == (31, 39)


def test_a_permalink_restores_the_view(visit):
    page = visit("taiyuan")
    page.uncheck("[data-key='offKinds:position']")
    page.click(".views [data-view=table]")
    search(page, "双塔公园")
    fragment = page.evaluate("location.hash")
    again = visit("taiyuan", fragment=fragment)
    assert again.inner_text("#panel h2") == "双塔公园"
    assert again.is_visible("tbody")
    assert not again.is_checked("[data-key='offKinds:position']")
    assert shown(again) == shown(page)


def test_dates_filter_and_say_so(visit):
    page = visit("taiyuan")
    assert page.inner_text(".range") == "--06-01\n--06-02"
    page.focus("[data-key=from]")
    page.keyboard.press("ArrowRight")
    edges = shown(page)[1]
    assert 0 < edges < 39
    assert "from=--06-02" in page.evaluate("location.hash")
    page.click("[data-key=reset]")
    assert shown(page) == (31, 39)


def test_the_table_sorts_and_copies_as_csv(visit):
    page = visit("taiyuan")
    page.click(".views [data-view=table]")
    assert page.locator("tbody tr").count() == 39
    page.click("th >> text=关系")
    assert page.get_attribute("th:has-text('关系')", "aria-sort") == "ascending"
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.click("#copy-csv")
    lines = page.evaluate("window.copied").split("\r\n")
    assert lines[0] == "主体,关系,对象,日期,原文,报道"
    assert len(lines) == 41
    assert any(line.startswith("张新伟,市长,太原市人民政府,") for line in lines)
    assert page.inner_text(".toast") == "已复制"


def test_png_and_svg_are_written(visit, tmp_path):
    page = visit("taiyuan")
    for kind, magic in (("png", b"\x89PNG"), ("svg", b"<svg ")):
        page.click(".menu-box summary")
        with page.expect_download() as download:
            page.click(f"#export-{kind}")
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.name == f"太原日报.{kind}"
        assert path.read_bytes().startswith(magic)
    assert "韦韬" in (tmp_path / "太原日报.svg").read_text(encoding="utf-8")


def test_the_map_shows_places_and_follows_the_selection(visit):
    page = visit("taiyuan")
    page.click(".views [data-view=map]")
    assert page.locator(".mark").count() == 2
    page.click(".mark:has-text('忻州') circle")
    assert page.inner_text("#panel h2") == "忻州"
    search(page, "张新伟")
    # He took part in an event in 太原, and has nothing to do with 忻州.
    assert page.get_attribute(".mark.off", "aria-label").startswith("忻州")
    assert page.get_attribute(".mark:not(.off)", "aria-label").startswith("太原")


def test_communities_fold_and_unfold(visit):
    page = visit("taiyuan")
    page.click("details[data-key=communities] summary")
    page.click("[data-key=fold-all]")
    assert "folded=" in page.evaluate("location.hash")
    page.keyboard.press("Tab")
    search(page, "韦韬")
    assert page.inner_text("#panel h2") == "韦韬"
    page.click("[data-key=unfold-all]")
    assert "folded=" not in page.evaluate("location.hash")


def test_the_keyboard_alone_reaches_the_evidence(visit):
    page = visit("taiyuan")
    page.keyboard.press("/")
    page.keyboard.type("马兰矿")
    page.keyboard.press("Enter")
    page.focus(".canvas")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('quote-button')"):
            break
    page.keyboard.press("Enter")
    assert page.locator("#panel blockquote").count() >= 1
    page.focus(".canvas")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    names = {page.inner_text("#panel h2")}
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        names.add(page.inner_text("#panel h2"))
    assert len(names) > 2


def test_english_words_and_chinese_names(visit):
    page = visit("taiyuan")
    page.click(".language")
    assert page.get_attribute("html", "lang") == "en"
    assert "Person" in page.inner_text("#sidebar")
    search(page, "韦韬")
    assert "attended" in page.inner_text("#panel")
    assert page.inner_text("#panel h2") == "韦韬"


def test_a_phone_shows_graph_filters_and_panel_in_turn(visit):
    page = visit("taiyuan", PHONE)
    assert not page.is_visible("#panel")
    assert not page.is_visible("#sidebar")
    page.click(".top .menu")
    page.wait_for_timeout(300)
    assert page.is_visible("#sidebar")
    page.click(".top .menu")
    search(page, "韦韬")
    assert page.is_visible("#panel")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.click("#panel .close")
    assert not page.is_visible("#panel")


@pytest.mark.parametrize("view", ["graph", "table", "map"])
def test_axe_finds_no_serious_violation(visit, view):
    from axe_playwright_python.sync_playwright import Axe

    page = visit("taiyuan", fragment=f"#view={view}&node=person%2F韦韬")
    page.click("details[data-key=communities] summary")
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_a_medium_graph_in_webgl(visit):
    page = visit("large-1000", query="?renderer=webgl")
    assert page.locator(".sigma canvas").count() > 3
    box = page.locator(".canvas").bounding_box()
    before = page.locator(".canvas").screenshot()
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(1000)
    assert page.locator(".canvas").screenshot() != before
    search(page, "zhao")
    assert page.locator("#panel .quote-button").count() > 0
    page.click("#panel .quote-button >> nth=0")
    page.click("#panel .context >> nth=0")
    assert page.inner_text("#panel mark") != ""
    with page.expect_download() as download:
        page.click(".menu-box summary")
        page.click("#export-png")
    assert download.value.suggested_filename == "large-1000.png"


def test_without_webgl_the_large_graph_is_drawn_all_the_same(browser, page_file):
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"])
    page = started.new_context(viewport=DESKTOP).new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(page_file("large-1000").as_uri())
    page.wait_for_selector("html[data-ready=all]")
    assert page.locator("canvas.plain").count() == 1
    before = page.locator(".canvas").screenshot()
    page.click("[aria-label=放大]")
    page.wait_for_timeout(300)
    assert page.locator(".canvas").screenshot() != before
    search(page, "水利局")
    assert "水利局" in page.inner_text("#panel h2")
    box = page.locator("canvas.plain").bounding_box()
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    started.close()
    assert problems == []


def test_a_build_without_facts_opens(visit):
    page = visit("empty")
    assert shown(page) == (0, 0)
    page.fill("#search", "韦韬")
    assert page.inner_text("#results") == "没有找到"
    page.focus(".canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    page.click(".views [data-view=table]")
    assert page.locator("tbody tr").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize(("nodes", "renderer"), [(10_000, "webgl"), (50_000, "webgl"), (50_000, "canvas")])
def test_a_large_graph_opens_searches_and_zooms(visit, page_file, nodes, renderer):
    page = visit(f"large-{nodes}", query=f"?renderer={renderer}")
    assert page_file(f"large-{nodes}").stat().st_size < 25_000_000
    assert shown(page)[1] == 3 * nodes
    search(page, "水利局")
    name = page.inner_text("#panel h2")
    assert "水利局" in name
    page.focus(".canvas")
    for key in "++++--0":
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    assert page.inner_text("#panel h2") == name
    page.click("#panel .quote-button >> nth=0")
    assert page.inner_text("#panel blockquote >> nth=0") != ""


KEEP_SKETCH = """
new MutationObserver(() => {
  if (document.documentElement?.dataset?.ready !== 'drawn' || window.sketch) return;
  window.sketch = 'asked';
  requestAnimationFrame(() => requestAnimationFrame(() => {
    window.sketch = document.querySelector('canvas.sketch').toDataURL();
  }));
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready'] });
"""


def test_nothing_moves_when_the_library_takes_over_from_the_first_frame(browser, page_file):
    context = browser.new_context(viewport=DESKTOP)
    context.add_init_script(KEEP_SKETCH)
    page = context.new_page()
    page.goto(page_file("taiyuan").as_uri())
    page.wait_for_selector("html[data-ready=all]")
    page.wait_for_timeout(300)
    assert page.locator("canvas.sketch").count() == 0
    pictures = [
        page.evaluate("window.sketch"),
        page.evaluate("document.querySelector('.vis-network canvas').toDataURL()"),
    ]
    first, later = (Image.open(io.BytesIO(base64.b64decode(p.split(",")[1]))).convert("RGBA") for p in pictures)
    if folder := os.environ.get("KG_SHOTS"):
        first.save(f"{folder}/first.png"), later.save(f"{folder}/later.png")
    assert first.size == later.size
    difference = ImageStat.Stat(ImageChops.difference(first, later)).mean
    assert max(difference) < 2, difference
    assert max(ImageStat.Stat(first).mean) > 2
    context.close()
