"""The sample page as it is read today, row by row: a change of a rule shows here as a change of lines.

``python -m tests.test_golden`` writes ``tests/golden/taiyuan-daily.tsv`` anew; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

from kg.analysis.pages import with_page_place
from kg.evaluation.rows import answers
from kg.extract import extract_many
from kg.model import Article
from kg.read import discover, read_source

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "taiyuan-daily.tsv"


def read_page() -> list[str]:
    """Every answer about the sample page, a line each: article, question, cells, rule, quotation."""
    (source,) = discover([ROOT / "data" / "taiyuan-daily.txt"])
    articles = with_page_place([a for a in read_source(source) if isinstance(a, Article)])
    return sorted(
        "\t".join((found.article.id, a.query, *a.cells.values(), a.rule, a.evidence))
        for found in extract_many(articles)
        for a in answers(found)
    )


def test_the_sample_page_reads_as_before() -> None:
    assert read_page() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_what_a_careful_reader_would_state_is_there() -> None:
    """Read off the page by eye, not from a build."""
    rows = {tuple(line.split("\t")[1:-2]) for line in read_page()}
    meeting = "太原、忻州两市人大常委会太忻经济一体化发展协作工作座谈会"
    assert rows >= {
        ("positions", "韦韬", "太原市委", "书记"),
        ("positions", "张新伟", "太原市委", "副书记"),
        ("positions", "朱晓东", "忻州市委", "书记"),
        ("positions", "魏民", "太原市人大常委会", "主任"),
        ("participation", "韦韬", meeting, "speak"),
        ("participation", "王珍", meeting, "speak"),
        ("participation", "张新伟", meeting, "attend"),
        ("events", meeting, "meeting", "--06-02", "太原市"),
        ("signings", "太原市人大常委会", "太忻经济一体化发展协作协议"),
        ("signings", "忻州市人大常委会", "太忻经济一体化发展协作协议"),
        ("visits", "韦韬", "双塔公园"),
        ("visits", "韦韬", "永祚寺"),
        ("bylines", "殷雪鸢", "reporter"),
        ("bylines", "梁琛", "photographer"),
    }
    assert not any(row[0] == "visits" and "马兰矿" in row for row in rows), "seen on a screen, not visited"


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text("\n".join(read_page()) + "\n", encoding="utf-8")
