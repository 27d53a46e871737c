"""A build in other tools' formats: RDF for stores, networks for Gephi and the like, tables for statistics.

Every file is made from the archive of the build, sorted, and holds no clock: the same build gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg import vocab
from kg.errors import OutputError
from kg.graph.archive import read_archive, read_resolution
from kg.graph.rdf import GraphBuilder
from kg.graph.relations import Node, Relation, relations
from kg.graph.terms import encode as encode_rdf
from kg.graph.turtle import turtle
from kg.model import ArticleFacts, Resolution

if TYPE_CHECKING:
    import networkx

_Content = tuple[Sequence[ArticleFacts], Resolution, str]


def formats() -> dict[str, tuple[str, ...]]:
    """Every format with the suffixes that choose it."""
    return {name: suffixes for name, (suffixes, _) in _FORMATS.items()}


def export(out: Path, to: Path, format: str | None = None) -> None:
    """Write a build to one file.

    Args:
        out: the build's folder.
        to: the file; its suffix chooses the format where none is given.
        format: a name of ``formats()``.

    Raises:
        OutputError: ``out`` holds no build, the format is not known, or the file cannot be written.
    """
    name = format or _by_suffix(to)
    if name not in _FORMATS:
        raise OutputError(f"no format is named {name!r}; there are {', '.join(_FORMATS)}")
    articles, resolution = read_archive(out)
    content = encode(name, articles, resolution, base=read_resolution(out)[1])
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{to}: cannot be written ({error.strerror or error}); choose another place") from error


def _by_suffix(to: Path) -> str:
    suffix = to.suffix.lower()
    for name, (suffixes, _) in _FORMATS.items():
        if suffix in suffixes:
            return name
    known = ", ".join(suffix for suffixes, _ in _FORMATS.values() for suffix in suffixes)
    raise OutputError(f"{to}: its suffix {suffix!r} names no format; known are {known}, or give --format")


def encode(
    format: str, articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
) -> bytes:
    """A build in a format of ``formats()``.

    Raises:
        KeyError: there is no such format.
        PluginError: a fact names an entity that its article does not have.
    """
    return _FORMATS[format][1]((articles, resolution, vocab.base_with_slash(base)))


# ------------------------------------------------------------------------------------------------------- RDF
def _triples(content: _Content) -> tuple[list[ox.Triple], list[ox.Triple]]:
    articles, resolution, base = content
    return GraphBuilder(articles, resolution, base=base).of()


def _turtle(content: _Content) -> bytes:
    graph, evidence = _triples(content)
    return turtle([*graph, *evidence], content[2])


def _rdf(format: ox.RdfFormat) -> Callable[[_Content], bytes]:
    def write(content: _Content) -> bytes:
        graph, evidence = _triples(content)
        triples: Iterable[ox.Triple] = (*graph, *evidence)
        if format == ox.RdfFormat.RDF_XML:
            triples = map(_for_xml, triples)
        return encode_rdf(triples, format, vocab.prefixes(content[2]))

    return write


def _dataset(format: ox.RdfFormat) -> Callable[[_Content], bytes]:
    """Graph and evidence as two named graphs."""

    def write(content: _Content) -> bytes:
        base = content[2]
        quads = (
            ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(f"{base}id/{name}"))
            for name, part in zip(("graph", "evidence"), _triples(content), strict=True)
            for triple in part
        )
        return encode_rdf(quads, format, vocab.prefixes(base))

    return write


_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text: str) -> str:
    """Text without the control characters that XML 1.0 cannot hold in any form."""
    return _NOT_XML.sub("\ufffd", text)


def _for_xml(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if isinstance(value, ox.Literal) and _NOT_XML.search(value.value):
        kept = {"language": value.language} if value.language else {"datatype": value.datatype}
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(_clean(value.value), **kept))
    return triple


# -------------------------------------------------------------------------------------------------- networks
def network(
    articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
) -> networkx.MultiDiGraph:
    """Nodes and relations that the graph stands by, keyed by claim; every attribute is text or a number.

    Raises:
        PluginError: a fact names an entity that its article does not have.
    """
    import networkx

    net = networkx.MultiDiGraph()
    shown = [r for r in relations(articles, resolution, base=base) if r.shown and r.object.id]
    for node in sorted({node for relation in shown for node in (relation.subject, relation.object)}):
        net.add_node(_id(node), label=_clean(node.name), type=node.type)
    for relation in shown:
        row = {name: value for name, value in _row(relation).items() if name in _EDGE and value != ""}
        net.add_edge(
            _id(relation.subject),
            _id(relation.object),
            key=relation.claim,
            **{name: _clean(value) if isinstance(value, str) else value for name, value in row.items()},
        )
    return net


def _graphml(content: _Content) -> bytes:
    import networkx

    out = io.BytesIO()
    # not write_graphml, which writes other bytes where lxml happens to be installed
    networkx.write_graphml_xml(network(content[0], content[1], base=content[2]), out, named_key_ids=True)
    return out.getvalue()


def _gexf(content: _Content) -> bytes:
    import networkx

    net = network(content[0], content[1], base=content[2])
    for _, _, claim, values in net.edges(keys=True, data=True):
        values["id"] = claim
        values["label"] = values["predicate"]
    out = io.BytesIO()
    networkx.write_gexf(net, out)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)


# ---------------------------------------------------------------------------------------------------- tables
_QUALIFIERS: Final = ("title", "former", "acting", "role", "kind", "date", "change", "verb", "award")
_EDGE: Final = frozenset(
    {"fact", "predicate", *_QUALIFIERS, "modality", "status", "confidence", "article", "evidence", "rule"}
)


def _id(node: Node) -> str:
    """What follows ``BASE/id/`` in the node's IRI."""
    return vocab.entity_iri("", node.id).removeprefix("id/") if node.type in vocab.ENTITY_CLASSES else node.id


def _row(relation: Relation) -> dict[str, str | float | int]:
    """A relation as a row; ``begin`` and ``end`` count code points of the source, ``-1`` where there is no place."""
    fact, article, pieces = relation.fact, relation.facts.article, relation.pieces
    other = {name: value for name, value in fact.qualifiers if name not in _QUALIFIERS}
    return {
        "claim": relation.claim,
        "fact": fact.kind,
        "subject": _id(relation.subject),
        "subject_name": relation.subject.name,
        "subject_type": relation.subject.type,
        "predicate": relation.predicate,
        "object": _id(relation.object),
        "object_name": relation.object.name,
        "object_type": relation.object.type,
        **{name: fact.qualifier(name) for name in _QUALIFIERS},
        "qualifiers": json.dumps(other, ensure_ascii=False, sort_keys=True) if other else "",
        "modality": fact.modality,
        "status": relation.status,
        "confidence": round(fact.confidence, 4),
        "article": article.id,
        "source": article.source,
        "record": article.record,
        "begin": min((piece.start for piece in pieces), default=-1),
        "end": max((piece.end for piece in pieces), default=-1),
        "segments": " ".join(f"{piece.start}-{piece.end}" for piece in pieces) if len(pieces) > 1 else "",
        "evidence": relation.evidence,
        "rule": fact.rule,
        "extractor": fact.extractor,
        "reason": fact.reason,
    }


COLUMNS: Final = tuple(
    "claim fact subject subject_name subject_type predicate object object_name object_type title former acting role "
    "kind date change verb award qualifiers modality status confidence article source record begin end segments "
    "evidence rule extractor reason".split()
)
"""Of the tables: a row for each claim, candidates, wishes and denials among them (see ``status`` and ``modality``)."""


def _rows(content: _Content) -> Iterable[dict[str, str | float | int]]:
    return (_row(relation) for relation in relations(content[0], content[1], base=content[2]))


def _table(delimiter: str) -> Callable[[_Content], bytes]:
    def write(content: _Content) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_rows(content))
        return out.getvalue().encode()

    return write


def _parquet(content: _Content) -> bytes:
    import pyarrow
    from pyarrow import parquet

    types: dict[str, Any] = {"confidence": pyarrow.float64(), "begin": pyarrow.int64(), "end": pyarrow.int64()}
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in COLUMNS])
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(list(_rows(content)), schema=schema), out, compression="zstd")
    return out.getvalue()


_FORMATS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[_Content], bytes]]]] = {
    "turtle": ((".ttl",), _turtle),
    "n-triples": ((".nt",), _rdf(ox.RdfFormat.N_TRIPLES)),
    "n-quads": ((".nq",), _dataset(ox.RdfFormat.N_QUADS)),
    "trig": ((".trig",), _dataset(ox.RdfFormat.TRIG)),
    "json-ld": ((".jsonld",), _rdf(ox.RdfFormat.JSON_LD)),
    "rdf-xml": ((".rdf", ".xml"), _rdf(ox.RdfFormat.RDF_XML)),
    "graphml": ((".graphml",), _graphml),
    "gexf": ((".gexf",), _gexf),
    "csv": ((".csv",), _table(",")),
    "tsv": ((".tsv",), _table("\t")),
    "parquet": ((".parquet",), _parquet),
}
