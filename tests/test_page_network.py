"""The relation graph: nodes, relations, notes, importance, neighbourhoods."""

from __future__ import annotations

import random
from itertools import chain

import pytest

from kg.errors import QueryError
from kg.model import Resolution
from kg.page.communities import communities
from kg.page.labels import label, table
from kg.page.layout import layout, radius
from kg.page.neighbourhood import find, most_important, neighbourhood
from kg.page.network import Evidence, relation_graph
from kg.page.places import coordinates
from tests import browser_sample as sample


@pytest.fixture(scope="module")
def articles():
    return sample.taiyuan()


@pytest.fixture(scope="module")
def graph(articles):
    return relation_graph(articles, sample.resolve(articles))


def relations(graph, subject, object_):
    return sorted(d["label"] for _, t, d in graph.out_edges(subject, data=True) if t == object_)


def test_edges_say_in_chinese_what_the_facts_say(graph):
    assert relations(graph, "person/韦韬", "event/太忻经济一体化发展协作工作座谈会") == ["出席", "讲话"]
    assert relations(graph, "person/张新伟", "organization/太原市人民政府") == ["市长"]
    assert relations(graph, "event/太忻经济一体化发展协作工作座谈会", "place/太原") == ["地点"]
    assert relations(graph, "organization/马兰矿", "organization/山西焦煤集团") == ["属于"]
    assert relations(graph, "organization/太原市人大常委会", "document/太忻经济一体化发展协作协议") == ["签署"]


def test_every_edge_and_note_quotes_its_article(graph, articles):
    texts = {f.article.id: f.article.text for f in articles}
    pieces = [e for _, _, d in graph.edges(data=True) for e in d["evidence"]]
    pieces += [e for _, d in graph.nodes(data=True) for n in d["notes"] for e in n.evidence]
    assert len(pieces) > 50
    assert all(isinstance(p, Evidence) and p.quote == texts[p.article][p.start : p.end] for p in pieces)


def test_one_relation_said_by_two_articles_is_one_edge_with_two_sentences(graph):
    [evidence] = [
        d["evidence"] for _, t, d in graph.out_edges("person/韦韬", data=True) if t == "organization/太原市委"
    ]
    assert [e.article for e in evidence] == ["taiyuan-daily", "taiyuan-daily#2"]


def test_events_know_their_kind_and_date(graph):
    node = graph.nodes["event/太忻经济一体化发展协作工作座谈会"]
    assert (node["event_kinds"], node["dates"]) == (("meeting",), ("--06-02",))


def test_statements_are_notes_not_edges(graph):
    kinds = [note.kind for note in graph.nodes["person/韦韬"]["notes"]]
    assert kinds
    assert set(kinds) == {"statement"}
    assert not any(d["kind"] == "statement" for _, _, d in graph.edges(data=True))


def test_importance_leaves_bylines_and_candidates_out(graph):
    assert graph.nodes["person/殷雪鸢"]["degree"] == 0
    assert graph.out_degree("person/殷雪鸢") == 2
    assert graph.nodes["organization/马兰矿"]["degree"] == 2
    candidates = [(s, t) for s, t, d in graph.edges(data=True) if d["candidate"]]
    assert candidates == [("organization/马兰矿", "event/督导检查全市安全生产和常态化疫情防控工作")]


def test_order_of_articles_does_not_matter(articles, graph):
    other = relation_graph(articles[::-1], sample.resolve(articles[::-1]))
    assert sorted(other.nodes(data=True), key=lambda n: n[0]) == sorted(graph.nodes(data=True), key=lambda n: n[0])
    key = lambda e: e[:3]  # noqa: E731
    assert sorted(other.edges(keys=True, data=True), key=key) == sorted(graph.edges(keys=True, data=True), key=key)


def test_entities_that_were_not_resolved_give_no_node(articles):
    graph = relation_graph(articles, Resolution((), {}))
    assert set(graph) == set()


def test_find_takes_id_name_and_alias(graph):
    assert find(graph, "person/韦韬") == find(graph, "韦韬") == ("person/韦韬",)
    assert find(graph, "市委") == ("organization/太原市委",)


def test_find_names_what_comes_near(graph):
    with pytest.raises(QueryError, match=r"韦滔.*did you mean .*韦韬"):
        find(graph, "韦滔")


def test_neighbourhood_grows_with_depth(graph):
    sizes = [len(neighbourhood(graph, ("person/林武",), depth)) for depth in range(4)]
    assert sizes[0] == 1
    assert sizes == sorted(set(sizes))
    assert set(neighbourhood(graph, ("person/林武",), 1)) == {"person/林武", "organization/山西省委"}
    with pytest.raises(ValueError, match="negative"):
        neighbourhood(graph, ("person/林武",), -1)


def test_the_most_important_nodes_stay_within_both_limits(graph):
    assert most_important(graph, len(graph), graph.number_of_edges()) is graph
    few = most_important(graph, 10, 1000)
    assert len(few) == 10
    assert {"person/韦韬", "event/太忻经济一体化发展协作工作座谈会"} <= set(few)
    small = most_important(graph, 1000, 12, ("person/林武",))
    assert "person/林武" in small
    assert small.number_of_edges() <= 12 + small.degree("person/林武")


@pytest.mark.parametrize("count", [300, 700])
def test_layout_of_larger_graphs_follows_communities(count):
    rng = random.Random(2)
    side = count // 2
    pairs = {(i, side * (i // side) + rng.randrange(i % side)) for i in range(count) if i % side}
    pairs = sorted({(min(p), max(p)) for p in pairs} | {(0, side)})
    places = layout(count, pairs)
    assert places == layout(count, pairs)
    points = set(zip(places.x, places.y, strict=True))
    assert len(points) == count


def test_communities_are_found_whatever_the_order_of_pairs():
    cliques = [[(a, b) for a in range(s, s + 5) for b in range(s, a)] for s in (0, 5, 10)]
    pairs = [*chain.from_iterable(cliques), (0, 5), (5, 10)]
    wanted = [list(range(5)), list(range(5, 10)), list(range(10, 15)), [15]]
    assert communities(16, pairs) == communities(16, pairs[::-1]) == wanted


def test_places_have_coordinates_where_the_gazetteer_is_sure():
    nodes = [
        {"type": "place", "name": "太原", "aliases": (), "articles": ()},
        {"type": "place", "name": "查无此地", "aliases": (), "articles": ()},
        {"type": "person", "name": "太原", "aliases": (), "articles": ()},
    ]
    [(number, (longitude, latitude))] = coordinates(nodes, []).items()
    assert number == 0
    assert 11000 < longitude < 11400
    assert 3700 < latitude < 3900


def test_layout_is_the_same_and_nobody_stands_on_another():
    rng = random.Random(1)
    pairs = sorted({(min(a, b), max(a, b)) for a, b in ((i, rng.randrange(i)) for i in range(1, 80))})
    pairs += [(90, 91), (92, 93)]
    places = layout(100, pairs)
    assert places == layout(100, pairs)
    points = list(zip(places.x, places.y, strict=True))
    nearest = min((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for i, a in enumerate(points) for b in points[:i])
    assert nearest**0.5 > 2 * radius(1)


def test_layout_of_nothing():
    assert layout(0, []) == ((), ())


def test_every_role_and_kind_of_the_guide_has_words_in_both_languages():
    roles = "attend speak preside organize visit accompany sign meet win lose compete victim perpetrator other".split()
    assert {f"role/{r}" for r in roles} <= set(table()["relations"])
    for group in table().values():
        assert all(words["zh"] and words["en"] for words in group.values())
    assert label("relations", "role/<b>") == "<b>"
