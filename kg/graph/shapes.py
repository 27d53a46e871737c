"""SHACL: the shipped shapes, checked by pyshacl, or on Oxigraph where a build is too large for it.

pyshacl takes about a third of a second for a thousand triples. The shapes keep to a small part of SHACL (target classes,
counts, classes, datatypes, node kinds, value lists, bounds, SPARQL constraints), which translates into one SPARQL query a
constraint; on Oxigraph these take seconds for millions of triples. Tests hold the two to the same verdicts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg import vocab
from kg.graph.terms import text_of

if TYPE_CHECKING:
    from rdflib import Graph, Node

PYSHACL_LIMIT: Final = 10_000
"""Triples up to which pyshacl checks a build: about three seconds."""

_SH: Final = "http://www.w3.org/ns/shacl#"


class Violation(NamedTuple):
    """A node that does not fit its shape."""

    node: str
    problem: str


@cache
def shapes() -> Graph:
    """The shipped shapes."""
    from rdflib import Graph

    return Graph().parse(data=(files("kg.graph") / "shapes.ttl").read_text(encoding="utf-8"), format="turtle")


def violations(triples: Sequence[ox.Triple], *, limit: int = PYSHACL_LIMIT) -> list[Violation]:
    """What does not fit the shapes, sorted; by pyshacl up to ``limit`` triples, on Oxigraph beyond."""
    if len(triples) > limit:
        store = ox.Store()
        store.bulk_extend(ox.Quad(*triple) for triple in triples)
        return violations_by_oxigraph(store)
    from kg.graph.turtle import to_rdflib

    return violations_by_pyshacl(to_rdflib(triples))


def violations_by_pyshacl(graph: Graph) -> list[Violation]:
    """What in a graph does not fit the shapes, as pyshacl, the reference, sees it."""
    import pyshacl
    from rdflib import URIRef

    conforms, report, text = pyshacl.validate(graph, shacl_graph=shapes(), inference="none")
    if conforms:
        return []
    if not hasattr(report, "subjects"):  # a ValidationFailure: the shapes themselves could not be run
        return [Violation("", " ".join(str(text).split()))]
    sh = {
        name: URIRef(_SH + name) for name in ("focusNode", "value", "resultPath", "resultMessage", "ValidationResult")
    }
    dataset = URIRef(vocab.VOID + "Dataset")
    a = URIRef(vocab.RDF + "type")
    found = set()
    for result in report.subjects(a, sh["ValidationResult"]):
        focus, value = report.value(result, sh["focusNode"]), report.value(result, sh["value"])
        node = value if (focus, a, dataset) in graph and value is not None else focus
        path = report.value(result, sh["resultPath"])
        message = " ".join(str(report.value(result, sh["resultMessage"])).split())
        found.add(Violation(str(node), f"{_short(path)}: {message}" if path is not None else message))
    return sorted(found)


def _short(term: object) -> str:
    iri = str(term)
    for prefix, namespace in {**vocab.PREFIXES, "sh": _SH}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


# ----------------------------------------------------------------------------------------------- on Oxigraph
@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint as a query whose answers (``?node``) are the violations."""

    problem: str
    sparql: str


def violations_by_oxigraph(store: ox.Store) -> list[Violation]:
    """What in a store does not fit the shapes, constraint by constraint."""
    found: set[Violation] = set()
    for constraint in constraints():
        answer = store.query(constraint.sparql, prefixes=dict(vocab.PREFIXES))
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError(f"a constraint has to select nodes: {constraint.sparql}")
        found.update(Violation(text_of(row["node"]), constraint.problem) for row in answer)
    return sorted(found)


@cache
def constraints() -> tuple[Constraint, ...]:
    """Every constraint of the shipped shapes.

    Raises:
        ValueError: the shapes use a part of SHACL that is not translated.
    """
    from rdflib import URIRef

    graph = shapes()
    targets = graph.subject_objects(URIRef(_SH + "targetClass"))
    found = [c for shape, target in targets for c in _of_shape(graph, shape, f"<{target}>")]
    return tuple(sorted(found, key=lambda constraint: (constraint.problem, constraint.sparql)))


def _of_shape(graph: Graph, shape: Node, target: str) -> Iterator[Constraint]:
    from rdflib import URIRef

    for constraint in graph.objects(shape, URIRef(_SH + "sparql")):
        select = str(graph.value(constraint, URIRef(_SH + "select")))
        head, _, body = select.partition("WHERE")
        if head.split() != ["SELECT", "$this", "?value"]:
            raise ValueError(f"a SPARQL constraint has to select $this ?value: {head}")
        problem = str(graph.value(constraint, URIRef(_SH + "message")))
        # SHACL forbids MINUS; to Oxigraph it says the same here, and takes one pass instead of one for every triple
        body = body.replace("FILTER NOT EXISTS { ?c", "MINUS { ?c")
        yield Constraint(problem, f"SELECT DISTINCT (?value AS ?node) WHERE{body}")
    for shape_of_property in graph.objects(shape, URIRef(_SH + "property")):
        path = graph.value(shape_of_property, URIRef(_SH + "path"))
        for predicate, value in graph.predicate_objects(shape_of_property):
            name = str(predicate).removeprefix(_SH)
            if name != "path":
                body = _violated(graph, name, value, f"<{path}>")
                problem = f"{_short(path)}: {name} {_of_value(graph, value)}"
                yield Constraint(problem, f"SELECT DISTINCT ?node WHERE {{ ?node a {target} . {body} }}")


def _of_value(graph: Graph, value: Node) -> str:
    from rdflib.collection import Collection

    members = list(Collection(graph, value))
    return " ".join(_short(member) for member in members) if members else _short(value)


def _violated(graph: Graph, name: str, value: Node, path: str) -> str:
    """The pattern of nodes that break one constraint on a property."""
    from rdflib.collection import Collection

    one = f"?node {path} ?value . "
    if name == "minCount" and str(value) == "1":
        return f"FILTER NOT EXISTS {{ ?node {path} ?any }}"
    if name == "maxCount" and str(value) == "1":
        return f"?node {path} ?one , ?other . FILTER(!sameTerm(?one, ?other))"
    if name == "class":
        return f"{one}FILTER NOT EXISTS {{ ?value a <{value}> }}"
    if name == "datatype":
        # Oxigraph keeps the integers of every derived type as xsd:integer
        types = f"<{value}>, <{vocab.XSD}integer>" if str(value).endswith("Integer") else f"<{value}>"
        return f"{one}FILTER(!isLiteral(?value) || DATATYPE(?value) NOT IN ({types}) || STRSTARTS(STR(?value), '-'))"
    if name == "nodeKind" and str(value) == _SH + "IRI":
        return f"{one}FILTER(!isIRI(?value))"
    if name == "in":
        return f"{one}FILTER(?value NOT IN ({', '.join(member.n3() for member in Collection(graph, value))}))"
    if name in ("minInclusive", "maxInclusive"):
        return f"{one}FILTER(!(?value {'>=' if name == 'minInclusive' else '<='} {value.n3()}))"
    raise ValueError(f"sh:{name} {value} is not translated; see kg/graph/shapes.py")
