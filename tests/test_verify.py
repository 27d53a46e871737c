"""Verification finds what was changed: in a source, in the files of a build, in the store."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kg.errors import InputError, OutputError
from kg.graph import verify as module
from kg.graph.archive import write_archive
from kg.graph.store import write_store
from kg.graph.turtle import write_turtle
from kg.graph.verify import one_by_one, verify, verify_build
from kg.model import Article, ArticleFacts, Span
from tests.factories import SECOND_TEXT, SENTENCES, SOURCE, resolve, sample, second

ALL = [sample(), second()]
TEXTS = {"qinghe-daily.txt": SOURCE, "evening-news.txt": SECOND_TEXT}


def reread(article: Article) -> str:
    if article.source not in TEXTS:
        raise InputError(article.source, "is gone; put it back or build again")
    return TEXTS[article.source]


def build(folder: Path, articles: list[ArticleFacts]) -> tuple[Path, Path]:
    out, sources = folder / "out", folder / "sources"
    out.mkdir()
    sources.mkdir()
    for name, text in TEXTS.items():
        (sources / name).write_text(text, encoding="utf-8", newline="")
    write_archive(out, articles, resolve(articles))
    write_turtle(out, articles, resolve(articles))
    write_store(out / "store", articles, resolve(articles))
    return out, sources


def test_a_fresh_build_holds(tmp_path: Path) -> None:
    out, sources = build(tmp_path, [sample()])
    assert verify_build(out, [sources]) == []
    assert verify_build(out, [tmp_path / "elsewhere", sources]) == []


def test_a_large_build_is_verified_on_its_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, sources = build(tmp_path, [sample()])
    monkeypatch.setattr(module, "PYSHACL_LIMIT", 0)
    assert verify_build(out, [sources]) == []


def test_facts_in_memory_hold() -> None:
    assert verify(ALL, resolve(ALL), one_by_one(reread)) == []


def test_a_source_that_is_gone_or_changed_is_told(tmp_path: Path) -> None:
    out, sources = build(tmp_path, [sample()])
    (sources / "qinghe-daily.txt").write_text(SOURCE.replace("钱立国", "钱立邦"), encoding="utf-8", newline="")
    (problem,) = verify_build(out, [sources])
    assert problem.article == "qinghe-daily"
    assert "changed" in problem.problem
    (sources / "qinghe-daily.txt").unlink()
    (problem,) = verify_build(out, [sources])
    assert "gone" in problem.problem
    assert str(problem).startswith("qinghe-daily: ")


def test_a_quotation_that_is_not_in_the_source_is_told_with_its_place() -> None:
    changed = SOURCE.replace("孙文静到石桥县", "孙文静去石桥县")
    problems = verify([sample()], resolve([sample()]), one_by_one(lambda _: changed))
    told = [problem for problem in problems if "visit (test-visit)" in problem.problem]
    assert len(told) == 1
    assert told[0].place == "qinghe-daily.txt, characters 147-163"
    assert "到石桥县调研" in told[0].problem
    assert "去石桥县调研" in told[0].problem
    assert any(problem.problem.startswith("mention of event:孙文静到石桥县调研") for problem in problems)


def test_a_quotation_across_a_column_break_is_read_whole() -> None:
    changed = SOURCE.replace("经济抓实抓好", "经济抓紧抓好")
    problems = verify([sample()], resolve([sample()]), one_by_one(lambda _: changed))
    assert {problem.place for problem in problems} == {"qinghe-daily.txt, characters 69-79 94-101"}


def test_width_and_script_of_the_source_do_not_matter() -> None:
    wide = SOURCE.replace("6月2日", "６月２日")
    assert verify([sample()], resolve([sample()]), one_by_one(lambda _: wide)) == []


@pytest.mark.parametrize(
    ("span", "message"),
    [(Span(5, 5000), "no stretch"), (Span(12, 13), "no place in the source"), (Span(3, 3), "no stretch")],
)
def test_a_span_outside_the_text_is_told(span: Span, message: str) -> None:
    found = sample()
    wrong = dataclasses.replace(found, facts=(dataclasses.replace(found.facts[0], evidence=span),))
    (problem,) = module.verify_quotations([wrong], one_by_one(reread))
    assert message in problem.problem


@pytest.mark.parametrize("name", ["graph.ttl", "evidence.ttl"])
def test_a_changed_file_is_told_triple_by_triple(tmp_path: Path, name: str) -> None:
    out, sources = build(tmp_path, [sample()])
    path = out / name
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n<x:a> <x:b> <x:c> .\n", encoding="utf-8")
    assert [str(problem) for problem in verify_build(out, [sources])] == [
        f"{name}: says what no fact says: <x:a> <x:b> <x:c>"
    ]
    path.write_text(
        text.replace(SENTENCES[8], "吴小梅落选。") if name == "evidence.ttl" else text.replace("吴小梅", "吴大梅")
    )
    told = [problem.problem for problem in verify_build(out, [sources])]
    assert any(problem.startswith("lacks: ") for problem in told)
    assert any(problem.startswith("says what no fact says: ") for problem in told)


def test_white_space_is_no_change(tmp_path: Path) -> None:
    out, sources = build(tmp_path, [sample()])
    path = out / "graph.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert verify_build(out, [sources]) == []


def test_many_differences_are_counted(tmp_path: Path) -> None:
    out, sources = build(tmp_path, [sample()])
    (out / "evidence.ttl").write_text("", encoding="utf-8")
    told = verify_build(out, [sources])
    assert len(told) == module.LISTED + 1
    assert "triples more" in told[-1].problem


def test_missing_and_broken_files_are_told(tmp_path: Path) -> None:
    out, sources = build(tmp_path, [sample()])
    (out / "graph.ttl").unlink()
    (out / "evidence.ttl").write_text("<no turtle", encoding="utf-8")
    told = {problem.place: problem.problem for problem in verify_build(out, [sources])}
    assert "missing" in told["graph.ttl"]
    assert "cannot be read" in told["evidence.ttl"]


def test_a_store_of_another_build_is_told(tmp_path: Path) -> None:
    out, sources = build(tmp_path, [sample()])
    write_archive(out, ALL, resolve(ALL))
    write_turtle(out, ALL, resolve(ALL))
    (problem,) = verify_build(out, [sources])
    assert problem.place == "store"
    assert "build again" in problem.problem


def test_a_folder_without_a_build_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no build"):
        verify_build(tmp_path)
