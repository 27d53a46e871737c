"""Facts as triples: what is asserted, what is only claimed, and where the evidence stands."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef

from kg import vocab
from kg.errors import PluginError
from kg.graph import kinds
from kg.graph.rdf import GraphBuilder
from kg.graph.turtle import build_graphs, to_rdflib, turtle, write_turtle
from kg.model import Article, ArticleFacts, Block, Entity, Fact, Resolution, Segment, Span, qualifiers
from tests import factories
from tests.factories import MEETING, SENTENCES, SOURCE, hostile, resolve, sample, second

BASE = vocab.DEFAULT_BASE
ID = f"{BASE}id/"
ALL = [sample(), second(), hostile()]


def node(local: str) -> URIRef:
    return URIRef(ID + local)


def kg(name: str) -> URIRef:
    return URIRef(vocab.KG + name)


def term(iri: str) -> URIRef:
    return URIRef(iri)


@pytest.fixture(scope="module")
def both() -> tuple[Graph, Graph]:
    return build_graphs(ALL, resolve(ALL))


@pytest.fixture(scope="module")
def graph(both: tuple[Graph, Graph]) -> Graph:
    return both[0]


@pytest.fixture(scope="module")
def evidence(both: tuple[Graph, Graph]) -> Graph:
    return both[1]


def claim_of(evidence: Graph, subject: str, predicate: str, object_: str, article: str = "qinghe-daily") -> URIRef:
    found = [
        claim
        for claim in evidence.subjects(RDF.subject, node(subject))
        if (claim, RDF.predicate, term(predicate)) in evidence
        and (claim, RDF.object, node(object_)) in evidence
        and (claim, kg("inArticle"), URIRef(vocab.article_iri(BASE, article))) in evidence
    ]
    assert len(found) == 1
    return URIRef(found[0])


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("person/钱立国", vocab.ORG + "holds", "post/青河市委_书记"),
        ("post/青河市委_书记", vocab.ORG + "postIn", "organization/青河市委"),
        ("post/青河市委_书记", vocab.ORG + "role", "role/书记"),
        ("person/赵一鸣", vocab.ORG + "holds", "post/记者"),
        ("person/钱立国", vocab.KG + "attended", "event/青河市产业发展座谈会"),
        ("person/钱立国", vocab.KG + "spokeAt", "event/青河市产业发展座谈会"),
        ("person/孙文静", vocab.KG + "chaired", "event/青河市产业发展座谈会"),
        ("event/青河市产业发展座谈会", vocab.SEM + "hasActor", "person/钱立国"),
        ("event/青河市产业发展座谈会", vocab.SEM + "hasPlace", "place/青河市"),
        ("person/孙文静", vocab.KG + "visited", "place/石桥县"),
        ("person/钱立国", vocab.KG + "met", "person/李成林"),
        ("organization/远山集团", vocab.KG + "signed", "document/《战略合作协议》"),
        ("person/周大勇", vocab.KG + "appointedTo", "post/青河市水利局_局长"),
        ("organization/青河市水利局", vocab.ORG + "subOrganizationOf", "organization/青河市政府"),
        ("organization/青河市水利局", vocab.SCHEMA + "location", "place/青河市"),
        ("article/qinghe-daily", vocab.SCHEMA + "author", "person/赵一鸣"),
        ("article/qinghe-daily", vocab.KG + "photographer", "person/何光"),
        ("person/吴小梅", vocab.KG + "received", "award/青河市劳动模范"),
    ],
)
def test_each_kind_of_fact_asserts_its_triple(graph: Graph, subject: str, predicate: str, object_: str) -> None:
    assert (node(subject), term(predicate), node(object_)) in graph


def test_statements_are_quoted_and_an_unnamed_speaker_is_no_person(graph: Graph) -> None:
    said = graph.value(node("person/钱立国"), kg("said"))
    assert (said, RDF.type, kg("Utterance")) in graph
    assert str(graph.value(said, term(vocab.SCHEMA + "text"))) == SENTENCES[2]
    speaker = node("unnamed/现场负责人")
    assert (speaker, kg("said"), None) in graph
    assert set(graph.objects(speaker, RDF.type)) == {kg("UnnamedAgent")}
    assert (node("article/qinghe-daily"), term(vocab.SCHEMA + "mentions"), speaker) in graph


def test_dates_are_typed_as_precisely_as_they_are_known(graph: Graph) -> None:
    meeting, tour = node("event/青河市产业发展座谈会"), node("event/孙文静到石桥县调研")
    assert graph.value(meeting, term(vocab.SEM + "hasTimeStamp")).n3() == f'"2022-06-02"^^<{vocab.XSD}date>'
    assert graph.value(tour, kg("monthDay")).n3() == f'"--05-30"^^<{vocab.XSD}gMonthDay>'
    assert (tour, term(vocab.SEM + "hasTimeStamp"), None) not in graph
    assert (meeting, RDF.type, kg("Meeting")) in graph
    assert (tour, RDF.type, kg("Visit")) in graph


def test_a_candidate_is_claimed_and_not_asserted(graph: Graph, evidence: Graph) -> None:
    claim = claim_of(evidence, "person/吴小梅", vocab.ORG + "holds", "post/远山集团_职工")
    assert (claim, kg("status"), kg("Candidate")) in evidence
    assert (node("person/吴小梅"), term(vocab.ORG + "holds"), None) not in graph
    assert (node("post/远山集团_职工"), None, None) not in graph


@pytest.mark.parametrize(
    ("subject", "predicate", "object_", "modality"),
    [
        ("person/钱立国", "visited", "place/石桥县", "Urged"),
        ("person/李成林", "attended", "event/青河市产业发展座谈会", "Denied"),
    ],
)
def test_wishes_and_denials_are_claimed_and_not_asserted(
    graph: Graph, evidence: Graph, subject: str, predicate: str, object_: str, modality: str
) -> None:
    claim = claim_of(evidence, subject, vocab.KG + predicate, object_)
    assert (claim, kg("modality"), kg(modality)) in evidence
    assert (node(subject), kg(predicate), node(object_)) not in graph
    assert (node(object_), term(vocab.SEM + "hasActor"), node(subject)) not in graph


def test_an_event_that_is_only_planned_is_marked_and_has_its_date() -> None:
    graph, _ = build_graphs([second()], resolve([second()]))
    event = node("event/青河市产业发展座谈会")
    assert (event, RDF.type, kg("UnrealizedEvent")) in graph
    assert (event, kg("modality"), kg("Planned")) in graph
    assert (event, term(vocab.SEM + "hasTimeStamp"), None) in graph
    assert (None, kg("attended"), event) not in graph


def test_an_event_that_one_article_reports_is_realized(graph: Graph) -> None:
    event = node("event/青河市产业发展座谈会")
    assert (event, RDF.type, kg("UnrealizedEvent")) not in graph
    assert (event, kg("modality"), None) not in graph


def test_offsets_count_in_the_source_and_the_quotation_is_the_repaired_text(evidence: Graph) -> None:
    spans = set(evidence.subjects(RDF.type, term(vocab.NIF + "OffsetBasedString")))
    own = [span for span in spans if str(span).startswith(vocab.source_iri(BASE, "qinghe-daily.txt"))]
    cut = 0
    for span in own:
        quote = str(evidence.value(span, term(vocab.NIF + "anchorOf")))
        begin = int(evidence.value(span, term(vocab.NIF + "beginIndex")))
        end = int(evidence.value(span, term(vocab.NIF + "endIndex")))
        segments = evidence.value(span, kg("segments"))
        if segments is None:
            assert SOURCE[begin:end] == quote
            assert str(span).endswith(f"#char={begin},{end}")
        else:
            cut += 1
            pieces = [tuple(map(int, piece.split("-"))) for piece in str(segments).split()]
            assert "".join(SOURCE[b:e] for b, e in pieces) == quote
            assert (begin, end) == (pieces[0][0], pieces[-1][1])
    assert cut == 1


def test_a_claim_says_how_it_was_found(evidence: Graph) -> None:
    claim = claim_of(evidence, "person/钱立国", vocab.ORG + "holds", "post/青河市委_书记")
    assert (claim, RDF.type, term(vocab.ORG + "Membership")) in evidence
    assert (claim, term(vocab.ORG + "organization"), node("organization/青河市委")) in evidence
    assert str(evidence.value(claim, kg("rule"))) == "test-position"
    assert str(evidence.value(claim, kg("reason"))) == "市委 → 青河市委"
    assert str(evidence.value(claim, kg("confidence"))) == "0.9"
    assert str(evidence.value(claim, kg("title"))) == "书记"
    assert (claim, kg("status"), kg("Inferred")) in evidence
    extractor = evidence.value(claim, term(vocab.PROV + "wasAttributedTo"))
    assert (extractor, RDF.type, term(vocab.PROV + "SoftwareAgent")) in evidence


def test_a_naming_keeps_the_articles_own_name() -> None:
    first = ArticleFacts(sample().article, (Entity("place:并", "place", "并", (), (Span(0, 1),)),))
    _graph, evidence = build_graphs([first], resolve([first], {("qinghe-daily", "place:并"): "place/太原市"}))
    naming = URIRef(vocab.naming_iri(BASE, "qinghe-daily", "place:并"))
    assert str(evidence.value(naming, kg("name"))) == "并"
    assert (naming, kg("denotes"), node("place/太原市")) in evidence
    mention = evidence.value(naming, kg("mention"))
    assert (mention, term(vocab.ITSRDF + "taIdentRef"), node("place/太原市")) in evidence


def test_the_same_triple_in_two_articles_is_two_claims(evidence: Graph) -> None:
    one = claim_of(evidence, "person/钱立国", vocab.ORG + "holds", "post/青河市委_书记")
    other = claim_of(evidence, "person/钱立国", vocab.ORG + "holds", "post/青河市委_书记", "evening-news#2")
    assert one != other


def test_the_same_triple_twice_in_an_article_is_one_claim_with_further_evidence() -> None:
    weak = factories.fact("visit", "person:孙文静", "place:石桥县", SENTENCES[5], confidence=0.6)
    strong = factories.fact("visit", "person:孙文静", "place:石桥县", SENTENCES[6], confidence=0.8)
    found = dataclasses.replace(sample(), facts=(weak, strong))
    _graph, evidence = build_graphs([found], resolve([found]))
    claim = claim_of(evidence, "person/孙文静", vocab.KG + "visited", "place/石桥县")
    quotes = {
        name: str(evidence.value(evidence.value(claim, kg(name)), term(vocab.NIF + "anchorOf")))
        for name in ("evidence", "furtherEvidence")
    }
    assert quotes == {"evidence": SENTENCES[6], "furtherEvidence": SENTENCES[5]}
    assert str(evidence.value(claim, kg("confidence"))) == "0.8"


def test_former_acting_and_unknown_qualifiers_are_kept() -> None:
    former = factories.fact(
        "position", "person:孙文静", "organization:青河市政府", SENTENCES[1], title="局长", former="true"
    )
    acting = factories.fact(
        "position", "person:孙文静", "organization:青河市政府", SENTENCES[1], title="市长", acting="true"
    )
    member = factories.fact("position", "person:孙文静", "organization:青河市政府", SENTENCES[1], since="2020")
    found = dataclasses.replace(sample(), facts=(former, acting, member))
    graph, evidence = build_graphs([found], resolve([found]))
    person = node("person/孙文静")
    assert (person, kg("formerlyHeld"), node("post/青河市政府_局长")) in graph
    assert (person, term(vocab.ORG + "holds"), node("post/青河市政府_局长")) not in graph
    assert (person, term(vocab.ORG + "memberOf"), node("organization/青河市政府")) in graph
    claim = claim_of(evidence, "person/孙文静", vocab.ORG + "holds", "post/青河市政府_市长")
    assert evidence.value(claim, kg("acting")).toPython() is True
    assert (None, kg("since"), Literal("2020")) in evidence


def test_reprints_are_told() -> None:
    copy = sample("z-copy")
    graph, _ = build_graphs([copy, *ALL], resolve([copy, *ALL]))
    assert list(graph.subject_objects(kg("reprints"))) == [(node("article/z-copy"), node("article/qinghe-daily"))]


def test_an_entity_that_the_resolution_does_not_know_stands_for_itself() -> None:
    nobody = Resolution((), {})
    graph, _evidence = build_graphs([sample(), second()], nobody)
    people = {
        str(name)
        for person in graph.subjects(RDF.type, term(vocab.FOAF + "Person"))
        for name in graph.objects(person, term(vocab.FOAF + "name"))
    }
    assert "钱立国" in people
    assert len(set(graph.subjects(term(vocab.FOAF + "name"), Literal("钱立国")))) == 2


def test_a_fact_about_nobody_is_an_error_that_names_the_article() -> None:
    wrong = dataclasses.replace(
        sample(), facts=(Fact("visit", "person:无名", "place:石桥县", qualifiers(), Span(0, 3), "r"),)
    )
    with pytest.raises(PluginError, match=r"qinghe-daily.*person:无名"):
        build_graphs([wrong], resolve([wrong]))


def test_nothing_is_blank_and_the_parts_do_not_overlap(graph: Graph, evidence: Graph) -> None:
    for part, is_evidence in ((graph, False), (evidence, True)):
        for subject, predicate, object_ in part:
            assert not isinstance(subject, BNode)
            assert not isinstance(object_, BNode)
            own = vocab.is_evidence(BASE, str(subject))
            if predicate != kg("mergeReason") and "id/extractor/" not in subject:
                assert own is is_evidence, subject


def test_another_base() -> None:
    graph, evidence = build_graphs([sample()], resolve([sample()]), base="https://news.example/kg")
    assert (URIRef("https://news.example/kg/id/person/钱立国"), RDF.type, None) in graph
    assert not any(vocab.DEFAULT_BASE + "id" in part for triple in (*graph, *evidence) for part in triple)


def test_divisions_have_their_code_and_bodies_their_class() -> None:
    text = "太原市政府、鼓楼区、青河市。"
    article = dataclasses.replace(factories.page("a", text=text, source=text))
    found = ArticleFacts(
        article,
        (
            factories.entity("organization", "太原市政府", text),
            factories.entity("place", "太原市", text),
            factories.entity("place", "鼓楼区", text),
            factories.entity("place", "青河市", text),
        ),
    )
    graph, _ = build_graphs([found], resolve([found], {("a", "place:鼓楼区"): "place/南京市鼓楼区"}))
    adcode = {str(s).rpartition("/")[2]: str(o) for s, o in graph.subject_objects(kg("adcode"))}
    assert adcode == {"太原市": "140100", "南京市鼓楼区": "320106"}
    assert (node("place/太原市"), kg("parentAdcode"), Literal("140000")) in graph
    assert 37 < float(graph.value(node("place/太原市"), term(vocab.SCHEMA + "latitude"))) < 39
    assert (node("organization/太原市政府"), RDF.type, kg("Government")) in graph


@pytest.mark.parametrize(
    ("name", "class_"),
    [
        ("太原市委", "PartyCommittee"),
        ("太原市委组织部", "PartyCommittee"),
        ("山西省发改委", "GovernmentDepartment"),
        ("山西省国资委", "GovernmentDepartment"),
        ("太原市卫健委", "GovernmentDepartment"),
        ("太原市纪委", "DisciplineCommission"),
        ("太原市人大常委会", "Legislature"),
        ("全国政协", "ConsultativeConference"),
        ("太原市应急管理局", "GovernmentDepartment"),
        ("山西焦煤集团", "Enterprise"),
        ("山西大学", "School"),
        ("太原日报", "NewsMedium"),
        ("最高人民法院", "Court"),
        ("中共中央政治局", "PartyCommittee"),
        ("中国科学院", "PublicInstitution"),
        ("公安局刑警支队", ""),
        ("联合国", ""),
    ],
)
def test_bodies_are_classed_by_their_names(name: str, class_: str) -> None:
    assert kinds.body_class(name).removeprefix(vocab.KG) == class_


# ---------------------------------------------------------------------------------------------------- files
def triples_of(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)}


@pytest.mark.parametrize("limit", [10**6, 0], ids=["rdflib", "oxigraph"])
def test_turtle_reads_back_alike_in_rdflib_and_oxigraph(tmp_path: Path, limit: int) -> None:
    counts = write_turtle(tmp_path, ALL, resolve(ALL), limit=limit)
    for name, triples in zip(("graph.ttl", "evidence.ttl"), GraphBuilder(ALL, resolve(ALL)).of(), strict=True):
        path = tmp_path / name
        assert triples_of(path) == set(triples)
        assert len(Graph().parse(path)) == len(triples) == counts[name]


def test_turtle_is_readable(tmp_path: Path) -> None:
    write_turtle(tmp_path, [sample()], resolve([sample()]))
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "person:钱立国 a foaf:Person ;" in text
    assert 'rdfs:label "钱立国"@zh-Hans ;' in text
    assert "org:holds post:青河市委_书记 ;" in text
    assert "%E" not in text
    assert "_:" not in text


def test_hostile_names_survive(tmp_path: Path) -> None:
    write_turtle(tmp_path, [hostile()], resolve([hostile()]))
    graph = Graph().parse(tmp_path / "graph.ttl")
    assert {str(name) for name in graph.objects(None, term(vocab.FOAF + "name"))} == set(factories.HOSTILE)


def test_the_order_of_articles_does_not_matter(tmp_path: Path) -> None:
    for number, articles in enumerate((ALL, ALL[::-1])):
        (tmp_path / str(number)).mkdir()
        write_turtle(tmp_path / str(number), articles, resolve(ALL))
    for name in ("graph.ttl", "evidence.ttl"):
        assert (tmp_path / "0" / name).read_bytes() == (tmp_path / "1" / name).read_bytes()


SCRIPT = """
import hashlib, sys
from pathlib import Path
from kg.graph import export
from kg.graph.turtle import write_turtle
from tests.factories import hostile, resolve, sample, second
folder, articles = Path(sys.argv[1]), [hostile(), second(), sample()]
for limit in (10**6, 0):
    write_turtle(folder, articles, resolve(articles), limit=limit)
    for name in ("graph.ttl", "evidence.ttl"):
        print(limit, name, hashlib.sha256((folder / name).read_bytes()).hexdigest())
for name in export.formats():
    print(name, hashlib.sha256(export.encode(name, articles, resolve(articles))).hexdigest())
"""


def test_the_hash_seed_does_not_matter(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "PATH": ""},
            cwd=root,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert next(iter(outputs)).count("\n") == 15


NAMES = st.text(min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=3, unique=True))
def test_any_name_survives_both_writers(names: list[str]) -> None:
    text = "".join(names)
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    article = Article("任意", text, (Segment(0, 0, len(text)),), (Block("body", 0, len(text)),), source="a.txt")
    people = tuple(
        Entity(f"person:{name}", "person", name, (), (Span(*span),)) for name, span in zip(names, spans, strict=True)
    )
    found = ArticleFacts(article, people)
    graph, evidence = GraphBuilder([found], resolve([found])).of()
    triples = sorted({*graph, *evidence}, key=str)
    for limit in (10**6, 0):
        data = turtle(triples, limit=limit)
        assert {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)} == set(triples)
    assert {str(o) for o in to_rdflib(triples).objects(None, term(vocab.FOAF + "name"))} == set(names)


def test_the_sample_has_every_kind_of_fact() -> None:
    assert {fact.kind for fact in sample().facts} == set(vocab.CLAIM_CLASS)
    assert MEETING in {entity.key for entity in sample().entities}
