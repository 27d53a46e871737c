"""The store on disk and the archive of facts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocab
from kg.errors import OutputError
from kg.graph.archive import ARTICLES, RESOLUTION, iterate_archive, read_archive, read_resolution, write_archive
from kg.graph.store import load_store, memory_store, ontology, open_store, write_store
from kg.graph.turtle import build_graphs, write_turtle
from kg.model import ArticleFacts, Block, Segment
from tests.factories import hostile, page, resolve, sample, second

ALL = [sample(), second(), hostile()]


def test_the_store_holds_graph_evidence_and_ontology(tmp_path: Path) -> None:
    graph, evidence = build_graphs(ALL, resolve(ALL))
    count = write_store(tmp_path / "store", ALL, resolve(ALL))
    assert count == len(graph) + len(evidence) + len(ontology())
    with open_store(tmp_path / "store") as store, open_store(tmp_path / "store") as again:
        assert len(store) == len(again) == len(store.graph) == count
        for triple in (*graph, *evidence):
            assert triple in store.graph or "nonNegativeInteger" in triple[2].n3()
    assert len(memory_store(ALL, resolve(ALL))) == count


def test_a_store_loaded_from_the_files_is_the_same(tmp_path: Path) -> None:
    write_turtle(tmp_path, ALL, resolve(ALL))
    count = load_store(tmp_path / "loaded", [tmp_path / "graph.ttl", tmp_path / "evidence.ttl"])
    assert count == write_store(tmp_path / "written", ALL, resolve(ALL))
    with open_store(tmp_path / "loaded") as loaded, open_store(tmp_path / "written") as written:
        assert set(loaded.triples()) == set(written.triples())
    (tmp_path / "graph.ttl").write_text("<no turtle", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be loaded"):
        load_store(tmp_path / "broken", [tmp_path / "graph.ttl"])


def test_the_store_knows_its_base(tmp_path: Path) -> None:
    write_store(tmp_path / "store", [sample()], resolve([sample()]), base="https://news.example")
    with open_store(tmp_path / "store") as store:
        assert store.base == "https://news.example/"
        assert store.prefixes["person"] == "https://news.example/id/person/"
        assert "kg" in dict(store.graph.namespaces())


def test_a_store_is_read_only(tmp_path: Path) -> None:
    write_store(tmp_path / "store", [sample()], resolve([sample()]))
    with open_store(tmp_path / "store") as store, pytest.raises(RuntimeError, match="read-write"):
        store.oxigraph.update("DELETE WHERE { ?s ?p ?o }")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(OutputError, match="not empty"):
        write_store(tmp_path, [sample()], resolve([sample()]))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_without_a_store_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="kg build"), open_store(tmp_path / "none"):
        pass
    (tmp_path / "CURRENT").write_text("MANIFEST-000009\n")
    with pytest.raises(OutputError, match="cannot be opened"), open_store(tmp_path):
        pass


# -------------------------------------------------------------------------------------------------- archive
def test_the_archive_is_the_inverse_of_reading_it(tmp_path: Path) -> None:
    write_archive(tmp_path, ALL, resolve(ALL), base="https://news.example")
    articles, resolution = read_archive(tmp_path)
    assert articles == tuple(sorted(ALL, key=lambda found: found.article.id))
    assert resolution == resolve(ALL)
    assert read_resolution(tmp_path)[1] == "https://news.example/"


def test_the_archive_has_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    for name, articles in (("a", ALL), ("b", ALL[::-1])):
        (tmp_path / name).mkdir()
        write_archive(tmp_path / name, articles, resolve(ALL))
    for name in (ARTICLES, RESOLUTION):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=30))
def test_any_text_survives_the_archive(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("archive")
    found = ArticleFacts(page(text=text, source=text))
    write_archive(folder, [found], resolve([found]))
    assert list(iterate_archive(folder)) == [found]


def test_a_broken_archive_names_its_line(tmp_path: Path) -> None:
    write_archive(tmp_path, ALL, resolve(ALL))
    path = tmp_path / ARTICLES
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(gzip.compress(b"".join([lines[0], b'{"article": 1}\n'])))
    with pytest.raises(OutputError, match=r"articles\.jsonl\.gz, line 2"):
        read_archive(tmp_path)
    path.write_bytes(b"no gzip at all")
    with pytest.raises(OutputError, match="broken"):
        read_archive(tmp_path)
    path.unlink()
    with pytest.raises(OutputError, match="holds no build"):
        read_archive(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda known: {**known, "version": 99}, "version 99"),
        (lambda known: {**known, "base": "nothing"}, "broken"),
        (lambda known: {"version": 1}, "broken"),
        (lambda known: [], "broken"),
    ],
)
def test_a_broken_resolution_is_an_error(tmp_path: Path, change: object, message: str) -> None:
    write_archive(tmp_path, ALL, resolve(ALL))
    path = tmp_path / RESOLUTION
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), "utf-8")  # type: ignore[operator]
    with pytest.raises(OutputError, match=message):
        read_resolution(tmp_path)


def test_segments_and_blocks_come_back_as_themselves(tmp_path: Path) -> None:
    write_archive(tmp_path, [sample()], resolve([sample()]))
    article = read_archive(tmp_path)[0][0].article
    assert isinstance(article.segments[0], Segment)
    assert isinstance(article.blocks[0], Block)
    assert vocab.article_iri(vocab.DEFAULT_BASE, article.id).endswith("qinghe-daily")
