"""The named queries answer what the facts say; a malformed query gets a place and a hint, never a traceback."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocab
from kg.errors import QueryError
from kg.graph.queries import (
    FORMATS,
    QUESTIONS,
    as_csv,
    named_queries,
    named_query,
    render,
    rich_table,
    run,
    run_named,
    write_answers,
)
from kg.graph.store import GraphStore, memory_store, open_store, write_store
from kg.graph.turtle import build_graphs
from tests.factories import CAPTION, HOSTILE, SENTENCES, hostile, resolve, sample, second

S = SENTENCES
DAILY, EVENING = "qinghe-daily", "evening-news#2"
MEETING, TOUR = "青河市产业发展座谈会", "孙文静到石桥县调研"
NEWS = [sample(), second()]

# The columns of each question, and the rows for the two articles of the factory.
EXPECTED: dict[str, tuple[tuple[str, ...], set[tuple[str, ...]]]] = {
    "entities": (
        ("article", "name", "type"),
        {
            *((DAILY, name, "person") for name in ("赵一鸣", "钱立国", "孙文静", "李成林", "周大勇", "吴小梅", "何光")),
            *((DAILY, name, "organization") for name in ("青河市委", "青河市政府", "青河市水利局", "远山集团")),
            *((DAILY, name, "place") for name in ("青河市", "石桥县")),
            *((DAILY, name, "event") for name in (MEETING, TOUR)),
            (DAILY, "《战略合作协议》", "document"),
            (EVENING, "钱立国", "person"),
            (EVENING, "青河市委", "organization"),
            (EVENING, MEETING, "event"),
        },
    ),
    "positions": (
        ("article", "person", "organization", "title", "evidence"),
        {
            (DAILY, "钱立国", "青河市委", "书记", S[1]),
            (DAILY, "孙文静", "青河市政府", "副市长", S[1]),
            (DAILY, "李成林", "远山集团", "董事长", S[4]),
            (DAILY, "周大勇", "青河市水利局", "局长", S[6]),
            (DAILY, "赵一鸣", "", "记者", S[0]),
            (EVENING, "钱立国", "青河市委", "书记", "市委书记钱立国将出席青河市产业发展座谈会。"),
        },
    ),
    "participation": (
        ("article", "participant", "event", "role", "evidence"),
        {
            (DAILY, "钱立国", MEETING, "attend", S[1]),
            (DAILY, "钱立国", MEETING, "speak", S[1]),
            (DAILY, "孙文静", MEETING, "preside", S[1]),
            (DAILY, "青河市", MEETING, "organize", S[0]),
            (DAILY, "孙文静", TOUR, "visit", S[5]),
            (EVENING, "钱立国", MEETING, "attend", "市委书记钱立国将出席青河市产业发展座谈会。"),
        },
    ),
    "events": (
        ("article", "event", "kind", "date", "place", "evidence"),
        {
            (DAILY, MEETING, "meeting", "2022-06-02", "青河市", S[0]),
            (DAILY, TOUR, "visit", "--05-30", "石桥县", S[5]),
            (EVENING, MEETING, "meeting", "2022-06-02", "", "青河市产业发展座谈会将于6月2日举行"),
        },
    ),
    "visits": (("article", "person", "place", "evidence"), {(DAILY, "孙文静", "石桥县", S[5])}),
    "meetings": (("article", "person", "counterpart", "evidence"), {(DAILY, "钱立国", "李成林", S[4])}),
    "signings": (
        ("article", "party", "document", "evidence"),
        {(DAILY, party, "《战略合作协议》", S[3]) for party in ("青河市政府", "远山集团")},
    ),
    "appointments": (
        ("article", "person", "organization", "title", "change", "evidence"),
        {(DAILY, "周大勇", "青河市水利局", "局长", "appointed", S[6])},
    ),
    "hierarchy": (
        ("article", "child", "parent", "evidence"),
        {(DAILY, "青河市水利局", parent, S[7]) for parent in ("青河市政府", "青河市")},
    ),
    "statements": (
        ("article", "speaker", "evidence"),
        {(DAILY, "钱立国", S[2]), (DAILY, "现场负责人", S[9])},
    ),
    "bylines": (
        ("article", "person", "role", "evidence"),
        {(DAILY, "赵一鸣", "reporter", S[0][:10]), (DAILY, "何光", "photographer", CAPTION)},
    ),
    "awards": (("article", "recipient", "award", "evidence"), {(DAILY, "吴小梅", "青河市劳动模范", S[8])}),
}


@pytest.fixture(scope="module")
def store() -> Iterator[GraphStore]:
    return memory_store(NEWS, resolve(NEWS))


@pytest.fixture(scope="module")
def wild() -> GraphStore:
    return memory_store([hostile()], resolve([hostile()]))


def test_there_are_twelve_questions_in_their_order() -> None:
    assert tuple(EXPECTED) == QUESTIONS
    assert tuple(query.name for query in named_queries())[:12] == QUESTIONS
    assert all(query.title.endswith("?") for query in named_queries())


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_its_rows(store: GraphStore, name: str) -> None:
    columns, rows = EXPECTED[name]
    table = run_named(store, name)
    assert table.columns == columns == named_query(name).columns
    assert set(table.rows) == rows
    assert len(table.rows) == len(rows)


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_rdflib_answers_alike(store: GraphStore, query: object) -> None:
    graph, evidence = build_graphs(NEWS, resolve(NEWS))
    text = query.text  # type: ignore[attr-defined]
    rows = {tuple(str(cell) for cell in row) for row in (graph + evidence).query(text)}
    assert rows == set(run(store, text).rows)
    assert rows == {tuple(str(cell) for cell in row) for row in store.graph.query(text)}


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_columns_are_those_of_the_answer(store: GraphStore, query: object) -> None:
    assert run(store, query.text).columns == query.columns  # type: ignore[attr-defined]


def test_two_articles_that_name_one_entity_differently_keep_their_names() -> None:
    same = {(DAILY, "organization:青河市委"): "organization/x", (EVENING, "organization:青河市委"): "organization/x"}
    resolution = resolve(NEWS, same)
    renamed = memory_store(NEWS, resolution)
    assert set(run_named(renamed, "positions").rows) == EXPECTED["positions"][1]


def test_answers_are_sorted_csv(store: GraphStore, tmp_path: Path) -> None:
    counts = write_answers(store, tmp_path / "answers")
    assert counts == {name: len(rows) for name, (_, rows) in EXPECTED.items()}
    for name, (columns, rows) in EXPECTED.items():
        data = (tmp_path / "answers" / f"{name}.csv").read_bytes()
        assert b"\r" not in data
        read = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
        assert tuple(read[0]) == columns
        assert [tuple(row) for row in read[1:]] == sorted(rows)


def test_hostile_names_come_back_whole(wild: GraphStore, tmp_path: Path) -> None:
    assert {row[1] for row in run_named(wild, "entities").rows} == set(HOSTILE)
    write_answers(wild, tmp_path)
    with (tmp_path / "entities.csv").open(encoding="utf-8", newline="") as file:
        assert {row["name"] for row in csv.DictReader(file)} == set(HOSTILE)


# ------------------------------------------------------------------------------------------------ any query
def test_prefixes_need_no_declaration(store: GraphStore) -> None:
    table = run(store, "SELECT ?event { person:钱立国 kg:attended/rdfs:label ?event }")
    assert table.rows == ((MEETING,),)


def test_a_query_may_declare_a_known_prefix_as_something_else(store: GraphStore) -> None:
    asked = f"PREFIX person: <{vocab.KG}> SELECT ?e {{ <{vocab.DEFAULT_BASE}id/person/钱立国> person:attended ?e }}"
    assert len(run(store, asked).rows) == 1


def test_roles_can_be_asked_together(store: GraphStore) -> None:
    table = run(
        store, "SELECT DISTINCT ?who { ?p ?r ?e . ?r rdfs:subPropertyOf* kg:participatedIn . ?p rdfs:label ?who }"
    )
    assert {row[0] for row in table.rows} == {"钱立国", "孙文静", "青河市"}


def test_labels_bear_the_language_tag(store: GraphStore) -> None:
    assert run(store, 'ASK { ?x rdfs:label "钱立国"@zh-Hans ; foaf:name "钱立国" }').rows == (("true",),)


def test_ask_construct_and_describe(store: GraphStore) -> None:
    assert run(store, "ASK { ?x kg:met ?x }").rows == (("false",),)
    triples = run(store, "CONSTRUCT { ?b kg:met ?a } WHERE { ?a kg:met ?b }")
    assert triples.columns == ("subject", "predicate", "object")
    assert triples.rows[0][0].endswith("person/李成林")
    assert run(store, "DESCRIBE person:李成林").rows


def test_unbound_cells_are_empty(store: GraphStore) -> None:
    assert run(store, "SELECT ?none ?x { BIND(1 AS ?x) }").rows == (("", "1"),)


@pytest.mark.parametrize(
    ("sparql", "hint"),
    [
        ("SELECT ?x WHERE { ?x a }", r"line 1, column 24: found '}', expected a variable, an IRI"),
        ("SELECT ?x WHERE {\n  ?x a ?y\n", r"line 3, column 1: the query ends, expected .*'}'"),
        ("SELEC ?x", r"line 1, column 1: found 'SELEC', expected ASK.*SELECT"),
        ("", r"line 1, column 1: the query ends"),
        ("SELECT ?x {\n ?x foo:bar ?y }", r"line 2, column 5: prefix of 'foo:bar' is not declared; .*kg:"),
        ("PREFIX a: <x:> SELECT ?x { ?x a:b ?y ; b:c ?z }", r"column 40: prefix of 'b:c'"),
        ("SELECT ?x { ?x a ?y . FILTER(?x > ) }", r"line 1, column 35: found '\)', expected .*a function"),
        ("SELECT ?人 { ?人 a ?y }}", r"column 22: found '}'"),
        ("SELECT ?x { ?x a ?y } GROUP BY ?y", r"unbound"),
        ("DELETE WHERE { ?s ?p ?o }", r"line 1, column 1: DELETE .*read only"),
        ("PREFIX x: <y:> INSERT DATA { x:a x:b x:c }", r"column 16: INSERT .*read only"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", r"line 1, column 12: SERVICE .*network"),
        ("SELECT * { ?s ?p 'a }", r"column 18: found \"'a\""),
    ],
)
def test_a_malformed_query_gets_a_place_and_a_hint(store: GraphStore, sparql: str, hint: str) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        run(store, sparql)
    assert "\n" not in str(caught.value)


def test_service_as_a_word_is_no_service(store: GraphStore) -> None:
    asked = "SELECT ?service { ?service rdfs:label ?x . # SERVICE\n FILTER(?x = 'SERVICE' || STR(?x) = <x:SERVICE>) }"
    assert run(store, asked).rows == ()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="SELECT ASK?x{}()<>a:\"'\\.;,|*/^#\n韦_1", max_size=40))
def test_no_query_ends_in_a_traceback(sparql: str) -> None:
    store = memory_store([], resolve([]))
    told = ""
    try:
        run(store, sparql)
    except QueryError as error:
        told = str(error)
    assert "\n" not in told


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean positions"):
        named_query("position")
    with pytest.raises(QueryError, match="there are entities, positions"):
        named_query("韦韬")


# ---------------------------------------------------------------------------------------------------- forms
SELECT = "SELECT ?name { ?p a foaf:Person ; foaf:name ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { ?p foaf:name ?name } WHERE { ?p a foaf:Person ; foaf:name ?name }"


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "ttl"])
def test_hostile_names_survive_every_form_of_select(wild: GraphStore, form: str) -> None:
    text = render(wild, SELECT, form)  # type: ignore[arg-type]
    found: set[str | None]
    if form == "json":
        found = {row["name"]["value"] for row in json.loads(text)["results"]["bindings"]}
    elif form == "xml":
        found = {element.text for element in ElementTree.fromstring(text).iter() if element.tag.endswith("literal")}
    elif form == "csv":
        found = {row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    else:
        found = {name for name in HOSTILE if name.split("\n")[0] in text.replace('\\"', '"').replace("\\\\", "\\")}
    assert found == set(HOSTILE)


@pytest.mark.parametrize(("form", "syntax"), [("ttl", "turtle"), ("json", "json-ld"), ("xml", "xml")])
def test_hostile_names_survive_every_form_of_construct(wild: GraphStore, form: str, syntax: str) -> None:
    text = render(wild, CONSTRUCT, form)  # type: ignore[arg-type]
    assert {str(name) for name in rdflib.Graph().parse(data=text, format=syntax).objects()} == set(HOSTILE)


@pytest.mark.parametrize("form", ["csv", "tsv", "table"])
def test_construct_as_a_table(store: GraphStore, form: str) -> None:
    assert "李成林" in render(store, CONSTRUCT, form)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "ttl"])
def test_ask_in_every_form(store: GraphStore, form: str) -> None:
    assert "true" in render(store, "ASK { ?s ?p ?o }", form)  # type: ignore[arg-type]


def test_turtle_of_a_select_is_refused(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        render(store, SELECT, "ttl")
    with pytest.raises(QueryError, match="no form is named 'yaml'"):
        render(store, SELECT, "yaml")  # type: ignore[arg-type]


def test_text_cannot_steer_the_terminal(store: GraphStore) -> None:
    from rich.console import Console

    table = run(store, 'SELECT ?x { BIND("[red]\\u001b[31m韦韬[/red]" AS ?x) }')
    out = io.StringIO()
    Console(file=out, force_terminal=True, width=80).print(rich_table(table))
    assert "[red]\ufffd[31m韦韬[/red]" in out.getvalue()


def test_the_terminal_shows_prefixed_names(store: GraphStore) -> None:
    shown = render(store, "SELECT ?p ?o { person:钱立国 ?p ?o . FILTER(?p = kg:met) }", "table")
    assert "kg:met" in shown
    assert "person:李成林" in shown


def test_csv_ends_lines_alike(store: GraphStore) -> None:
    assert as_csv(run(store, "ASK {}")) == "answer\ntrue\n"


def test_queries_run_on_a_store_on_disk(tmp_path: Path) -> None:
    write_store(tmp_path / "store", NEWS, resolve(NEWS))
    with open_store(tmp_path / "store") as store:
        assert set(run_named(store, "events").rows) == EXPECTED["events"][1]
