"""The persistent SPARQL store: Oxigraph on disk, behind rdflib's API for those who want it.

Everything lies in the default graph, so that a query needs to know nothing of how the build was written; which
triples are evidence is read off their subject (``vocab.is_evidence``). The ontology lies there too: a query can walk
``rdfs:subPropertyOf*`` and read the Chinese labels of predicates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import vocab
from kg.errors import OutputError
from kg.graph.rdf import GraphBuilder
from kg.graph.terms import text_of
from kg.model import ArticleFacts, Resolution

if TYPE_CHECKING:
    from rdflib import Graph


class GraphStore:
    """An open store, read only.

    Attributes:
        oxigraph: the store itself.
        base: the base IRI that the build was made with.
    """

    def __init__(self, oxigraph: ox.Store) -> None:
        self.oxigraph: Final = oxigraph
        space = next(oxigraph.quads_for_pattern(None, ox.NamedNode(vocab.VOID + "uriSpace"), None), None)
        self.base: Final = text_of(space.object).removesuffix("id/") if space else vocab.DEFAULT_BASE

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that a query may use without declaring them."""
        return vocab.prefixes(self.base)

    @cached_property
    def graph(self) -> Graph:
        """The same triples through rdflib."""
        from oxrdflib import OxigraphStore
        from rdflib import Graph
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        graph = Graph(OxigraphStore(store=self.oxigraph), identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
        for prefix, namespace in self.prefixes.items():
            graph.bind(prefix, namespace)
        return graph

    def __len__(self) -> int:
        return len(self.oxigraph)

    def triples(self) -> Iterator[ox.Triple]:
        """Every triple, in no order that means anything."""
        return (quad.triple for quad in self.oxigraph)


@cache
def ontology() -> tuple[ox.Triple, ...]:
    """The shipped ontology."""
    data = (files("kg.graph") / "ontology.ttl").read_bytes()
    return tuple(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE))


def write_store(
    folder: Path, articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
) -> int:
    """Write a new store; the number of its triples, those of the ontology among them.

    Args:
        folder: does not exist yet, or is empty; the caller puts it in its final place.

    Raises:
        OutputError: the folder cannot be written, or holds something.
        PluginError: a fact names an entity that its article does not have.
    """
    with _new(folder) as store:
        builder = GraphBuilder(articles, resolution, base=base)
        store.bulk_extend(ox.Quad(*triple) for part in builder.evidence() for triple in part)
        store.bulk_extend(ox.Quad(*triple) for triple in builder.graph())
    return len(store)


def load_store(folder: Path, files: Sequence[Path]) -> int:
    """As ``write_store``, from the Turtle files of the build: a third of the work, and surely the same triples.

    Raises:
        OutputError: the folder cannot be written or holds something, or a file is no Turtle.
    """
    try:
        with _new(folder) as store:
            for file in files:
                store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise OutputError(f"{folder}: a file cannot be loaded ({' '.join(str(error).split())}); build again") from error
    return len(store)


@contextmanager
def _new(folder: Path) -> Iterator[ox.Store]:
    """An empty store to fill; closed with the ontology in it and its files packed."""
    if folder.exists() and any(folder.iterdir()):
        raise OutputError(f"{folder}: not empty; a store is written into a new folder and then put in place")
    try:
        store = ox.Store(str(folder))
        yield store
        store.extend(ox.Quad(*triple) for triple in ontology())
        store.flush()
        store.optimize()
    except OSError as error:
        raise OutputError(
            f"{folder}: the store cannot be written ({error}); is there space, and the right to write?"
        ) from error


def memory_store(
    articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
) -> GraphStore:
    """The same store in memory.

    Raises:
        PluginError: a fact names an entity that its article does not have.
    """
    store = ox.Store()
    graph, evidence = GraphBuilder(articles, resolution, base=base).of()
    store.extend(ox.Quad(*triple) for triple in (*graph, *evidence, *ontology()))
    return GraphStore(store)


@contextmanager
def open_store(folder: Path) -> Iterator[GraphStore]:
    """The store in a folder, read only; several processes can have it open.

    Raises:
        OutputError: there is none, or it cannot be read.
    """
    if not (folder / "CURRENT").exists():
        raise OutputError(f"{folder}: no store here; build one with `kg build PATH -o OUT`")
    try:
        store = ox.Store.read_only(str(folder))
    except OSError as error:
        raise OutputError(f"{folder}: the store cannot be opened ({error}); build it again") from error
    yield GraphStore(store)
