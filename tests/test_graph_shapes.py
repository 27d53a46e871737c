"""The shapes: the sample conforms, each constraint can fail, pyshacl and Oxigraph see the same; the ontology is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, Node, URIRef

from kg import vocab
from kg.graph import kinds
from kg.graph.queries import named_queries
from kg.graph.rdf import GraphBuilder
from kg.graph.shapes import Violation, constraints, shapes, violations, violations_by_oxigraph
from kg.graph.terms import string
from tests.factories import hostile, resolve, sample, second

ALL = [sample(), second(), hostile()]
N = ox.NamedNode
BASE = vocab.DEFAULT_BASE
SH = Namespace("http://www.w3.org/ns/shacl#")
Triples = set[ox.Triple]


def kg(name: str) -> ox.NamedNode:
    return N(vocab.KG + name)


@pytest.fixture(scope="module")
def whole() -> frozenset[ox.Triple]:
    graph, evidence = GraphBuilder([sample()], resolve([sample()])).of()
    return frozenset((*graph, *evidence))


def both(triples: Triples) -> tuple[list[Violation], list[Violation]]:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    return violations(list(triples), limit=10**6), violations_by_oxigraph(store)


def test_news_conforms() -> None:
    graph, evidence = GraphBuilder(ALL, resolve(ALL)).of()
    assert both({*graph, *evidence}) == ([], [])


def test_a_large_build_is_checked_on_oxigraph(whole: frozenset[ox.Triple]) -> None:
    broken = {t for t in whole if t.predicate != kg("rule")}
    assert violations(list(whole), limit=0) == []
    assert {v.problem for v in violations(list(broken), limit=0)} == {"kg:rule: minCount 1"}


def a_claim(triples: Triples, predicate: ox.NamedNode) -> ox.NamedNode:
    """A claim that holds, of this predicate."""
    wanted = N(vocab.RDF + "predicate")
    claims = sorted((t.subject for t in triples if t.predicate == wanted and t.object == predicate), key=str)
    good = {t.subject for t in triples if t.object == kg("Asserted")} - {
        t.subject for t in triples if t.object == kg("Candidate")
    }
    return next(claim for claim in claims if claim in good)  # type: ignore[return-value]


def without(predicate: str, of: Callable[[ox.Triple], bool] = lambda _: True) -> Callable[[Triples], Triples]:
    """Every triple of a predicate taken away."""
    return lambda triples: {t for t in triples if t.predicate != N(predicate) or not of(t)}


def instead(predicate: str, value: ox.NamedNode | ox.Literal) -> Callable[[Triples], Triples]:
    """One value in the place of those that stood there."""
    return lambda triples: {
        ox.Triple(t.subject, t.predicate, value) if t.predicate == N(predicate) else t for t in triples
    }


def also(predicate: str, value: ox.NamedNode | ox.Literal) -> Callable[[Triples], Triples]:
    """A second value beside the one that stood there."""
    return lambda triples: (
        triples | {ox.Triple(t.subject, t.predicate, value) for t in triples if t.predicate == N(predicate)}
    )


def untyped(type_: str) -> Callable[[Triples], Triples]:
    """Nodes that lose their class."""
    return lambda triples: {t for t in triples if t.predicate != N(vocab.RDF + "type") or t.object != N(type_)}


def plus(triple: ox.Triple) -> Callable[[Triples], Triples]:
    return lambda triples: triples | {triple}


PERSON, PLACE = N(f"{BASE}id/person/何光"), N(f"{BASE}id/place/石桥县")
RDF_, ORG, NIF, PROV = vocab.RDF, vocab.ORG, vocab.NIF, vocab.PROV
TWO = string("x")
MUTATIONS: dict[str, tuple[Callable[[Triples], Triples], str]] = {
    "no subject": (without(RDF_ + "subject"), "rdf:subject"),
    "two predicates": (also(RDF_ + "predicate", kg("x")), "rdf:predicate"),
    "no object": (without(RDF_ + "object"), "rdf:object"),
    "object is text": (instead(RDF_ + "object", TWO), "rdf:object"),
    "claim in no article": (without(vocab.KG + "inArticle"), "kg:inArticle"),
    "article is none": (untyped(vocab.SCHEMA + "NewsArticle"), "kg:inArticle"),
    "no evidence": (without(vocab.KG + "evidence"), "kg:evidence"),
    "evidence is no span": (instead(vocab.KG + "evidence", PERSON), "kg:evidence"),
    "further evidence is no span": (
        lambda ts: {*ts, ox.Triple(a_claim(ts, kg("met")), kg("furtherEvidence"), PERSON)},
        "kg:furtherEvidence",
    ),
    "no confidence": (without(vocab.KG + "confidence"), "kg:confidence"),
    "confidence is text": (instead(vocab.KG + "confidence", TWO), "kg:confidence"),
    "confidence above 1": (
        instead(vocab.KG + "confidence", ox.Literal("1.5", datatype=N(vocab.XSD + "decimal"))),
        "kg:confidence",
    ),
    "status of another list": (instead(vocab.KG + "status", kg("Sure")), "kg:status"),
    "two modalities": (also(vocab.KG + "modality", kg("Denied")), "kg:modality"),
    "no rule": (without(vocab.KG + "rule"), "kg:rule"),
    "no extractor": (without(PROV + "wasAttributedTo"), "prov:wasAttributedTo"),
    "extractor is none": (untyped(PROV + "SoftwareAgent"), "prov:wasAttributedTo"),
    "modality of another list": (instead(vocab.KG + "modality", kg("Maybe")), "kg:modality"),
    "subject named by no naming": (instead(vocab.KG + "subjectAs", PERSON), "kg:subjectAs"),
    "object named by no naming": (instead(vocab.KG + "objectAs", PERSON), "kg:objectAs"),
    "no member": (without(ORG + "member"), "org:member"),
    "two organizations": (also(ORG + "organization", PLACE), "org:organization"),
    "role is none": (untyped(ORG + "Role"), "org:role"),
    "no begin": (without(NIF + "beginIndex"), "nif:beginIndex"),
    "begin is text": (instead(NIF + "beginIndex", TWO), "nif:beginIndex"),
    "end below zero": (
        instead(NIF + "endIndex", ox.Literal("-1", datatype=N(vocab.XSD + "nonNegativeInteger"))),
        "nif:endIndex",
    ),
    "no quotation": (without(NIF + "anchorOf"), "nif:anchorOf"),
    "no source": (without(NIF + "referenceContext"), "nif:referenceContext"),
    "two lists of segments": (also(vocab.KG + "segments", TWO), "kg:segments"),
    "naming denotes nothing": (without(vocab.KG + "denotes"), "kg:denotes"),
    "naming without name": (without(vocab.KG + "name"), "kg:name"),
    "naming of another type": (instead(vocab.KG + "entityType", string("thing")), "kg:entityType"),
    "mention is no span": (instead(vocab.KG + "mention", PERSON), "kg:mention"),
    "article without id": (without(vocab.DCTERMS + "identifier"), "dcterms:identifier"),
    "article without source": (untyped(NIF + "Context"), "prov:wasDerivedFrom"),
    "person without name": (without(vocab.FOAF + "name"), "foaf:name"),
    "no labels": (without(vocab.RDFS + "label"), "rdfs:label"),
    "post in two bodies": (also(ORG + "postIn", PLACE), "org:postIn"),
    "place is text": (instead(vocab.SEM + "hasPlace", TWO), "sem:hasPlace"),
    "event of another modality": (
        plus(ox.Triple(N(f"{BASE}id/event/孙文静到石桥县调研"), kg("modality"), kg("Asserted"))),
        "kg:modality",
    ),
    "statement without words": (without(vocab.SCHEMA + "text"), "schema:text"),
    "statement in no article": (without(vocab.SCHEMA + "isPartOf"), "schema:isPartOf"),
    "claimed and not asserted": (without(vocab.KG + "met"), "its triple is not asserted"),
    "asserted and not claimed": (plus(ox.Triple(PERSON, kg("visited"), PLACE)), "no claim that holds"),
    "asserted although denied": (
        plus(ox.Triple(N(f"{BASE}id/person/李成林"), kg("attended"), N(f"{BASE}id/event/青河市产业发展座谈会"))),
        "no claim that holds",
    ),
    "asserted although a candidate": (
        plus(ox.Triple(N(f"{BASE}id/person/吴小梅"), N(ORG + "holds"), N(f"{BASE}id/post/远山集团_职工"))),
        "no claim that holds",
    ),
    "place of an event nobody claims": (without(vocab.KG + "place"), "place has no claim"),
    "date of an event nobody claims": (without(vocab.KG + "date"), "date has no claim"),
    "unsure and no candidate": (
        instead(vocab.KG + "confidence", ox.Literal("0.4", datatype=N(vocab.XSD + "decimal"))),
        "confidence below 0.5",
    ),
    "span longer than its quotation": (instead(NIF + "anchorOf", TWO), "longer than its quotation"),
    "blank node": (plus(ox.Triple(PERSON, kg("note"), ox.BlankNode("b"))), "blank"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_constraint_can_fail(whole: frozenset[ox.Triple], name: str) -> None:
    change, word = MUTATIONS[name]
    by_pyshacl, by_oxigraph = both(change(set(whole)))
    for found in (by_pyshacl, by_oxigraph):
        assert [violation for violation in found if word in violation.problem]


@pytest.mark.parametrize("name", MUTATIONS)
def test_pyshacl_and_oxigraph_agree_on_the_nodes(whole: frozenset[ox.Triple], name: str) -> None:
    by_pyshacl, by_oxigraph = both(MUTATIONS[name][0](set(whole)))
    assert {violation.node for violation in by_pyshacl} == {violation.node for violation in by_oxigraph}


def property_constraints() -> list[tuple[str, str, str, Node]]:
    """Target class, path, constraint and its value for everything that the shapes ask of a property."""
    graph = shapes()
    return sorted(
        (str(target), str(graph.value(each, SH["path"])), str(name).removeprefix(str(SH)), value)
        for shape, target in graph.subject_objects(SH["targetClass"])
        for each in graph.objects(shape, SH["property"])
        for name, value in graph.predicate_objects(each)
        if name != SH["path"]
    )


@pytest.mark.parametrize(
    ("target", "path", "name", "value"), property_constraints(), ids=lambda part: str(part).rpartition("/")[2]
)
def test_a_lone_node_breaks_each_constraint_on_a_property(target: str, path: str, name: str, value: Node) -> None:
    node = N("https://x.example/node")
    wrong: dict[str, tuple[ox.NamedNode | ox.Literal, ...]] = {
        "minCount": (),
        "maxCount": (string("one"), string("two")),
        "class": (N("https://x.example/other"),),
        "datatype": (N("https://x.example/other"),),
        "nodeKind": (string("one"),),
        "in": (string("one"),),
        "minInclusive": (ox.Literal("-0.5", datatype=N(vocab.XSD + "decimal")),),
        "maxInclusive": (ox.Literal("1.5", datatype=N(vocab.XSD + "decimal")),),
    }
    triples = {ox.Triple(node, N(vocab.RDF + "type"), N(target))}
    triples |= {ox.Triple(node, N(path), each) for each in wrong[name]}
    by_pyshacl, by_oxigraph = both(triples)
    prefix = next(p for p, namespace in vocab.PREFIXES.items() if path.startswith(namespace))
    short = f"{prefix}:{path.removeprefix(vocab.PREFIXES[prefix])}"
    assert any(violation.problem.startswith(f"{short}: {name} ") for violation in by_oxigraph)
    assert any(violation.problem.startswith(f"{short}: ") for violation in by_pyshacl)


def test_nothing_of_the_shapes_is_left_untranslated() -> None:
    of_graph = len(list(shapes().subjects(SH["select"])))
    assert len(constraints()) == len(property_constraints()) + of_graph


# ------------------------------------------------------------------------------------------------- ontology
@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(data=(files("kg.graph") / "ontology.ttl").read_text("utf-8"), format="turtle")


def own_terms(triples: set[ox.Triple] | frozenset[ox.Triple]) -> set[str]:
    terms = {str(part) for triple in triples for part in triple}
    return {term.strip("<>") for term in terms if term.startswith(f"<{vocab.KG}")}


def test_the_ontology_defines_every_own_term(whole: frozenset[ox.Triple], ontology: Graph) -> None:
    used = own_terms(whole)
    tables = (vocab.PARTICIPATION, vocab.OFFICE_CHANGE, vocab.BYLINE, vocab.EVENT_CLASS, vocab.CLAIM_CLASS)
    used |= {iri for table in (*tables, vocab.STATUS, vocab.MODALITY) for iri in table.values()}
    used |= {*vocab.DOMAIN_PREDICATES, *kinds.BODY_CLASSES, vocab.KG + "adcode", vocab.KG + "parentAdcode"}
    defined = {str(subject) for subject in ontology.subjects(RDF.type)}
    assert {iri for iri in used if iri.startswith(vocab.KG)} <= defined


def test_own_terms_have_a_label_and_a_standard_neighbour(ontology: Graph) -> None:
    links = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf, SKOS.broader, SKOS.note)
    matches = (SKOS.closeMatch, SKOS.exactMatch, SKOS.relatedMatch)
    for subject in set(ontology.subjects(RDF.type)):
        if str(subject).startswith(vocab.KG):
            assert ontology.value(subject, RDFS.label) is not None, subject
            top = subject in (URIRef(vocab.KG + "Status"), URIRef(vocab.KG + "Modality"))
            assert top or any(ontology.value(subject, link) is not None for link in (*links, *matches)), subject


def test_roles_lie_under_participation(ontology: Graph) -> None:
    top = URIRef(vocab.PARTICIPATION["other"])
    for role, predicate in vocab.PARTICIPATION.items():
        assert top in set(ontology.transitive_objects(URIRef(predicate), RDFS.subPropertyOf)), role


def test_the_shapes_watch_every_domain_predicate() -> None:
    text = next(
        str(select)
        for select in shapes().objects(None, URIRef("http://www.w3.org/ns/shacl#select"))
        if "?p IN" in select
    )
    for iri in vocab.DOMAIN_PREDICATES:
        prefix = next(name for name, namespace in vocab.PREFIXES.items() if iri.startswith(namespace))
        assert f"{prefix}:{iri.removeprefix(vocab.PREFIXES[prefix])}" in text


def test_queries_use_terms_that_exist(ontology: Graph) -> None:
    defined = {str(subject).removeprefix(vocab.KG) for subject in ontology.subjects(RDF.type)}
    for query in named_queries():
        assert set(re.findall(r"\bkg:(\w+)", query.text)) <= defined
