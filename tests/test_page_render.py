"""The page as text: self-contained, escaped, the same bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.page import render_page
from kg.page.encode import encode
from tests import browser_sample as sample

LIMIT = 2_500_000


class Elements(HTMLParser):
    """Start tags with attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data):
        if self.tags:
            self.texts[-1] += data


def page_of(articles, **options):
    return render_page(articles, sample.resolve(articles), **options)


@pytest.fixture(scope="module")
def page():
    return page_of(sample.taiyuan(), title="太原日报")


def data_of(page: str, block: str = "kg-data"):
    parsed = Elements(page)
    [(attributes, text)] = [(a, x) for (_, a), x in zip(parsed.tags, parsed.texts, strict=True) if a.get("id") == block]
    if attributes["type"] == "application/gzip":
        return json.loads(gzip.decompress(base64.b64decode(text)))
    return json.loads(text)


def test_the_page_asks_for_nothing(page):
    for tag, attributes in Elements(page).tags:
        assert tag not in ("link", "iframe", "object", "embed", "base")
        assert not {"src", "srcset", "href", "action", "background"} & set(attributes)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert "@import" not in style
    assert "url(" not in style


def test_the_page_is_small_enough(page):
    assert len(page.encode()) < LIMIT


@pytest.mark.parametrize("articles", [sample.taiyuan(), sample.hostile()], ids=["sample", "hostile"])
def test_only_the_scripts_that_the_policy_names_stand_in_the_page(articles):
    page = page_of(articles, title=sample.HOSTILE[1])
    parsed = Elements(page)
    [policy] = [a["content"] for t, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    hashes = set(re.findall(r"'sha256-[^']+'", policy))
    found = set()
    for (tag, attributes), text in zip(parsed.tags, parsed.texts, strict=True):
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        # The library stands there as text; the page's script runs it once the first frame is drawn.
        if tag == "style" or (tag == "script" and ("type" not in attributes or attributes["id"] == "kg-library")):
            element = re.search(rf"<{tag}[^>]*>({re.escape(text[:60])}.*?)</{tag}>", page, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(element[1].encode()).digest()).decode()
            found.add(f"'sha256-{digest}'")
    assert found == hashes
    assert len(found) == 3


def test_hostile_text_arrives_whole_as_data():
    page = page_of(sample.hostile(), title=sample.HOSTILE[0])
    names = set(data_of(page)["nodes"]["name"])
    assert set(sample.HOSTILE) <= names
    for attack in ("<img src=x", "<svg onload", "</script><script>alert"):
        assert attack not in page


def test_same_bytes_for_any_order_and_hash_seed(page):
    reordered = sample.taiyuan()[::-1]
    assert page_of(reordered, title="太原日报") == page
    code = (
        "from tests import browser_sample as s; from kg.page import render_page; a = s.taiyuan();"
        "import hashlib; print(hashlib.sha256(render_page(a, s.resolve(a), title='太原日报').encode()).hexdigest())"
    )
    here = Path(__file__).parent
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert run.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_same_bytes_for_any_hash_seed_where_data_is_compressed():
    code = (
        "from tests.browser_large import large; from kg.page import render_page; import hashlib;"
        "print(hashlib.sha256(render_page(*large(700, 2100)).encode()).hexdigest())"
    )
    here = Path(__file__).parent.parent
    digests = set()
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(here)}
        run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        digests.add(run.stdout)
    assert len(digests) == 1


def test_about_shows_a_neighbourhood_and_its_articles_alone():
    page = page_of(sample.taiyuan(), about="林武")
    data = data_of(page)
    assert set(data["nodes"]["name"]) == {"林武", "山西省委"}
    assert [data["nodes"]["name"][c] for c in data["centres"]] == ["林武"]
    assert data_of(page, "kg-details")["articles"]["id"] == ["taiyuan-daily", "taiyuan-daily#2"]  # both name 山西省委
    assert data["title"] == "林武 · 关系图谱"
    with pytest.raises(QueryError):
        page_of(sample.taiyuan(), about="查无此人")


def test_a_build_without_facts_gives_a_page():
    data = data_of(render_page([], sample.resolve([])))
    assert data["nodes"]["name"] == []


def test_long_data_is_compressed_the_same_way_twice():
    data = {"text": ["<b>太原&忻州</b>" * 40_000]}
    kind, text = encode(data)
    assert kind == "application/gzip"
    assert encode(data) == (kind, text)
    assert json.loads(gzip.decompress(base64.b64decode(text))) == data
    kind, text = encode({"a": "</script>&<!--\u2028"})
    assert kind == "application/json"
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script>&<!--\u2028"}
