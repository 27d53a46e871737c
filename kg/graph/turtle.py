"""Turtle files: written by rdflib, and by Oxigraph where a build is too large for it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg import vocab
from kg.graph.rdf import GraphBuilder
from kg.graph.terms import LANGUAGE, encode
from kg.model import ArticleFacts, Resolution

if TYPE_CHECKING:
    from rdflib import Graph, Node

RDFLIB_LIMIT: Final = 30_000
"""Triples of a file up to which rdflib writes it: it needs 1.5 s for so many, Oxigraph a hundredth. The size depends on
the content alone, so that the same input still gives the same bytes. About 350 articles' graph.ttl, 80 articles' evidence."""


def to_rdflib(triples: Iterable[Triple], base: str = vocab.DEFAULT_BASE) -> Graph:
    """Triples as an rdflib graph with the project's prefixes."""
    from rdflib import Graph

    from kg.graph.prefixes import Prefixes

    graph = Graph(bind_namespaces="none")
    graph.namespace_manager = Prefixes(graph, vocab.prefixes(vocab.base_with_slash(base)))
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def _node(term: object) -> Node:
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, Literal):
        if term.language:
            tag = LANGUAGE if term.language == LANGUAGE.lower() else term.language
            return RdflibLiteral(term.value, lang=tag)
        datatype = term.datatype.value
        return RdflibLiteral(term.value, datatype=None if datatype == vocab.XSD + "string" else URIRef(datatype))
    if isinstance(term, BlankNode):  # no build writes one, but a file that was changed can hold it
        return BNode(term.value)
    raise TypeError(f"RDF 1.1 has no term such as {term!r}")


def build_graphs(
    articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
) -> tuple[Graph, Graph]:
    """The graph and the evidence as rdflib graphs, for builds that fit in memory.

    Raises:
        ValueError: ``base`` is no absolute IRI.
        PluginError: a fact names an entity that its article does not have.
    """
    graph, evidence = GraphBuilder(articles, resolution, base=base).of()
    return to_rdflib(graph, base), to_rdflib(evidence, base)


def turtle(triples: Sequence[Triple], base: str = vocab.DEFAULT_BASE, *, limit: int = RDFLIB_LIMIT) -> bytes:
    """A Turtle document in UTF-8: sorted, prefixed, Chinese readable, the same for the same triples.

    Args:
        triples: sorted.
        limit: more triples than this are written by Oxigraph.
    """
    if len(triples) > limit:
        return encode(triples, RdfFormat.TURTLE, vocab.prefixes(base))
    return to_rdflib(triples, base).serialize(format="turtle", encoding="utf-8")


def write_turtle(
    folder: Path,
    articles: Sequence[ArticleFacts],
    resolution: Resolution,
    *,
    base: str = vocab.DEFAULT_BASE,
    limit: int = RDFLIB_LIMIT,
) -> dict[str, int]:
    """Write ``graph.ttl`` and ``evidence.ttl``; the number of triples of each.

    Raises:
        OSError: a file cannot be written.
        PluginError: a fact names an entity that its article does not have.
    """
    builder = GraphBuilder(articles, resolution, base=base)
    held: list[Triple] = []
    parts = builder.evidence()
    for part in parts:
        held.extend(part)
        if len(held) > limit:
            break
    count = len(held)
    path = folder / "evidence.ttl"
    if count <= limit:
        path.write_bytes(turtle(held, builder.base))
    else:
        with path.open("wb") as file:
            count += _stream(file, held, parts, builder.base)
    graph = builder.graph()
    (folder / "graph.ttl").write_bytes(turtle(graph, builder.base, limit=limit))
    return {"graph.ttl": len(graph), "evidence.ttl": count}


def _stream(file: io.BufferedWriter, held: list[Triple], parts: Iterable[list[Triple]], base: str) -> int:
    """Write triples part by part; how many came after those that were held."""
    counted = 0

    def triples() -> Iterable[Triple]:
        nonlocal counted
        yield from held
        for part in parts:
            counted += len(part)
            yield from part

    serialize(triples(), file, RdfFormat.TURTLE, prefixes=dict(sorted(vocab.prefixes(base).items())))
    return counted
