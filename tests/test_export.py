"""Exports say what the graph says, in the same bytes each time."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pyarrow.parquet
import pyoxigraph as ox
import pytest
import rdflib

from kg import vocab
from kg.errors import OutputError
from kg.graph.archive import write_archive
from kg.graph.export import COLUMNS, encode, export, formats, network
from kg.graph.rdf import GraphBuilder
from kg.model import Article, ArticleFacts, Block, Entity, Segment, Span
from tests.factories import HOSTILE, SENTENCES, fact, hostile, resolve, sample, second

ALL = [sample(), second(), hostile()]
NAME = rdflib.URIRef(vocab.FOAF + "name")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_archive(folder, ALL, resolve(ALL))
    return folder


@pytest.fixture(scope="module")
def count() -> int:
    return sum(map(len, GraphBuilder(ALL, resolve(ALL)).of()))


@pytest.mark.parametrize(
    ("suffix", "syntax"), [(".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld"), (".rdf", "xml"), (".xml", "xml")]
)
def test_rdf_holds_every_triple(out: Path, tmp_path: Path, count: int, suffix: str, syntax: str) -> None:
    export(out, tmp_path / f"kg{suffix}")
    graph = rdflib.Graph().parse(tmp_path / f"kg{suffix}", format=syntax)
    assert len(graph) == count
    assert set(HOSTILE) <= {str(name) for name in graph.objects(None, NAME)}


@pytest.mark.parametrize(("suffix", "syntax"), [(".nq", "nquads"), (".trig", "trig")])
def test_datasets_keep_graph_and_evidence_apart(
    out: Path, tmp_path: Path, count: int, suffix: str, syntax: str
) -> None:
    export(out, tmp_path / f"kg{suffix}")
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / f"kg{suffix}", format=syntax)
    graph, evidence = (dataset.graph(f"{vocab.DEFAULT_BASE}id/{name}") for name in ("graph", "evidence"))
    assert len(graph) + len(evidence) == count
    claim = rdflib.URIRef(vocab.KG + "Claim")
    assert (None, None, claim) in evidence
    assert (None, None, claim) not in graph


def test_networks_read_back(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "kg.graphml")
    export(out, tmp_path / "kg.gexf")
    expected = network(ALL, resolve(ALL))
    for read in (
        networkx.read_graphml(tmp_path / "kg.graphml", force_multigraph=True),
        networkx.read_gexf(tmp_path / "kg.gexf"),
    ):
        assert set(read.nodes) == set(expected.nodes)
        assert read.number_of_edges() == expected.number_of_edges()
        assert read.nodes["person/钱立国"]["label"] == "钱立国"
        assert set(HOSTILE) <= {" ".join(v["label"].split(" ")) for _, v in read.nodes(data=True)} | {HOSTILE[2]}


def test_a_network_shows_what_the_graph_stands_by() -> None:
    net = network(ALL, resolve(ALL))
    told = {(a, b, values["predicate"], values["modality"]) for a, b, values in net.edges(data=True)}
    assert ("person/钱立国", "organization/青河市委", "holds", "asserted") in told
    assert ("person/钱立国", "event/青河市产业发展座谈会", "attended", "planned") in told
    assert not any(a == "person/吴小梅" and b == "organization/远山集团" for a, b, *_ in told)
    assert not {modality for *_, modality in told} & {"urged", "denied"}


def rows(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter))


def test_tables_have_a_row_for_each_claim(out: Path, tmp_path: Path) -> None:
    for name in ("kg.csv", "kg.tsv", "kg.parquet"):
        export(out, tmp_path / name)
    comma = rows((tmp_path / "kg.csv").read_bytes())
    assert rows((tmp_path / "kg.tsv").read_bytes(), "\t") == comma
    parquet = pyarrow.parquet.read_table(tmp_path / "kg.parquet").to_pylist()
    assert [{name: str(value) for name, value in row.items()} for row in parquet] == comma
    assert tuple(comma[0]) == COLUMNS
    assert len(comma) == len({row["claim"] for row in comma}) == sum(len(found.facts) for found in ALL)
    row = next(row for row in comma if row["fact"] == "appointment")
    assert (row["subject_name"], row["object_name"], row["title"], row["change"]) == (
        "周大勇",
        "青河市水利局",
        "局长",
        "appointed",
    )
    assert row["evidence"] == SENTENCES[6]
    assert {"candidate"} <= {row["status"] for row in comma}
    assert {"urged", "denied", "planned"} <= {row["modality"] for row in comma}


def test_a_format_can_be_named(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "file", "n-triples")
    assert (tmp_path / "file").read_bytes() == encode("n-triples", ALL, resolve(ALL))


def test_gexf_holds_no_clock() -> None:
    assert b"lastmodified" not in encode("gexf", ALL, resolve(ALL))


@pytest.mark.parametrize("name", ["rdf-xml", "graphml", "gexf"])
def test_control_characters_do_not_break_xml(name: str) -> None:
    text = "坏\x00\x0b\ufffe名"
    article = Article("a", text, (Segment(0, 0, len(text)),), (Block("body", 0, len(text)),), source="a.txt")
    found = ArticleFacts(
        article,
        (Entity(f"person:{text}", "person", text, (), (Span(0, len(text)),)),),
        (fact("byline", f"person:{text}", "", text, text=text, role="reporter"),),
    )
    data = encode(name, [found], resolve([found]))
    assert "坏\ufffd\ufffd\ufffd名" in "".join(
        part
        for element in ElementTree.fromstring(data).iter()
        for part in (element.text or "", *element.attrib.values())
    )


@pytest.mark.parametrize(
    ("name", "form", "message"),
    [("kg.docx", None, r"suffix '\.docx' names no format; known are \.ttl"), ("kg.ttl", "yaml", "no format is named")],
)
def test_an_unknown_format_is_an_error(out: Path, tmp_path: Path, name: str, form: str | None, message: str) -> None:
    with pytest.raises(OutputError, match=message):
        export(out, tmp_path / name, form)
    assert not (tmp_path / name).exists()


def test_a_file_that_cannot_be_written_is_an_error(out: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        export(out, tmp_path / "folder.ttl")


def test_an_empty_build_exports() -> None:
    for name in formats():
        assert encode(name, [], resolve([])) or name == "csv"
    quads = list(ox.parse(encode("n-quads", [], resolve([])), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == 3
