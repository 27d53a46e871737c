"""The main job with the extractor that ships, on the sample page and a few made-up articles: the laws, end to end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph.queries import run_named
from kg.graph.store import open_store
from kg.graph.verify import verify_build
from kg.pipeline import BuildOptions, build
from kg.pipeline.edit import add, remove
from kg.pipeline.publish import EVIDENCE, GRAPH, PAGE, STORE
from tests.factories import SENTENCES
from tests.readme import ROOT

pytestmark = pytest.mark.slow
SAMPLE = ROOT / "data" / "taiyuan-daily.txt"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample page and enough articles for two chunks."""
    folder = tmp_path_factory.mktemp("news")
    (folder / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    for n in range(40):
        rotated = SENTENCES[n % len(SENTENCES) :] + SENTENCES[: n % len(SENTENCES)]
        text = f"---\ndate: 2022-06-{n % 28 + 1:02}\nsource: 青河日报\n---\n" + "\n\n".join(rotated[: 3 + n % 5])
        (folder / f"n{n:02}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "out"
    build([news], out, BuildOptions(workers=1))
    return out


def outputs(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in (GRAPH, EVIDENCE, PAGE)}


def test_the_sample_page_says_who_holds_which_post(tmp_path: Path) -> None:
    report = build([SAMPLE], tmp_path / "out")
    assert report.counts["articles"] == 2
    with open_store(tmp_path / "out" / STORE) as store:
        rows = {tuple(row[1:4]) for row in run_named(store, "positions").rows}
    assert {
        ("韦韬", "太原市委", "书记"),
        ("张新伟", "太原市委", "副书记"),
        ("王珍", "忻州市人大常委会", "主任"),
    } <= rows


def test_every_quotation_stands_in_its_source(news: Path, built: Path) -> None:
    assert verify_build(built, [news]) == []


def test_workers_order_and_hash_seed_do_not_show(news: Path, built: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kg.pipeline import *\n"
        "if __name__ == '__main__': "
        "build([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]), BuildOptions(workers=2))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    files = sorted(news.iterdir(), reverse=True)
    subprocess.run([sys.executable, "-c", script, tmp_path / "out", *files], check=True, env=environment)
    assert outputs(tmp_path / "out") == outputs(built)


def test_what_is_added_and_taken_away_leaves_no_trace(news: Path, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([news / "n01.md", news / "n20.md"], out, BuildOptions(workers=1))
    before = outputs(out)
    add(out, [news])
    assert outputs(out) == outputs(built)
    remove(out, [path.name for path in news.iterdir() if path.name not in ("n01.md", "n20.md")])
    assert outputs(out) == before
