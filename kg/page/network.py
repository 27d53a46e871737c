"""From facts to the relation graph: who stands in which relation to whom, with every sentence that says so.

Nodes are the entities of the build; edges are relations between two of them, one for each way to say it
(a person who is 副书记 and 市长 of one city has two). Facts about one entity alone (a statement, an award, a post
without an organization) are *notes* of its node. Every edge and note carries its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.model import ArticleFacts, Fact, Resolution
from kg.page.labels import label

if TYPE_CHECKING:
    import networkx as nx

EVENT_FALLBACK = "other"


class Evidence(NamedTuple):
    """One sentence that carries a fact: an article's id and a span of its repaired text (code points)."""

    article: str
    start: int
    end: int
    quote: str
    confidence: float
    status: str
    modality: str
    rule: str


class Note(NamedTuple):
    """A fact about one entity alone.

    Attributes:
        kind: ``statement``, ``award``, ``position``, ``appointment`` or ``byline``.
        text: what there is to show beside the sentence: the title, the award, the reporting verb; may be empty.
    """

    kind: str
    text: str
    evidence: tuple[Evidence, ...]


def relation_graph(articles: Sequence[ArticleFacts], resolution: Resolution) -> nx.MultiDiGraph:
    """The relation graph of a build; the same graph whatever the order of ``articles``.

    Node keys are the ids of resolved entities (``person/韦韬``) and, for bylines, ``article/<id>``; node attributes:

    - ``id``, ``name``, ``type`` (an entity type or ``article``), ``aliases`` (tuple), ``reasons`` (tuple of lines: why
      its members were merged), ``articles`` (sorted ids of the articles that name it);
    - ``degree``: relations that it stands in, bylines and candidates left out: its importance;
    - ``notes``: tuple of ``Note``; ``event_kinds``, ``dates``: of events, sorted tuples (empty for all others).

    Edge keys are ``relation|detail|date``; edge attributes:

    - ``kind``: the relation's code (``labels.json``): ``position``, ``role/attend``, ``located``, ``visit`` …;
    - ``label``: in Chinese: the title of a position, else the relation (``出席``);
    - ``title``, ``role``, ``date``: as far as the fact has them, else empty;
    - ``evidence``: tuple of ``Evidence``; ``candidate``: every piece of evidence is one;
    - ``modality``: ``asserted`` when any evidence is, else that of the first.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    by_id = {facts.article.id: facts for facts in articles}
    for entity in resolution.entities:
        if entity.type == "unnamed":
            continue
        graph.add_node(
            entity.id,
            id=entity.id,
            name=entity.name,
            type=entity.type,
            aliases=tuple(a for a in entity.aliases if a != entity.name),
            reasons=entity.reasons,
            articles=tuple(sorted({article for article, _ in entity.members if article in by_id})),
            event_kinds=(),
            dates=(),
        )
    edges: dict[tuple[str, str, str, str, str], list[Evidence]] = {}
    notes: dict[tuple[str, str, str], list[Evidence]] = {}
    happenings: dict[str, tuple[set[str], set[str]]] = {}
    for article_id in sorted(by_id):
        facts = by_id[article_id]
        for fact in facts.facts:
            _collect(facts, fact, resolution, graph, edges, notes, happenings)
    for event, (kinds, dates) in happenings.items():
        graph.nodes[event].update(event_kinds=tuple(sorted(kinds)), dates=tuple(sorted(dates)))
    for subject, object_, kind, detail, date in sorted(edges):
        _add_edge(graph, subject, object_, kind, detail, date, edges[subject, object_, kind, detail, date])
    by_node: dict[str, list[Note]] = {}
    for (node, kind, text), found in sorted(notes.items()):
        by_node.setdefault(node, []).append(Note(kind, text, tuple(sorted(set(found)))))
    counted = _degrees(graph)
    for node, attributes in graph.nodes(data=True):
        attributes["notes"] = tuple(by_node.get(node, ()))
        attributes["degree"] = counted.get(node, 0)
    return graph


def _collect(
    facts: ArticleFacts,
    fact: Fact,
    resolution: Resolution,
    graph: nx.MultiDiGraph,
    edges: dict[tuple[str, str, str, str, str], list[Evidence]],
    notes: dict[tuple[str, str, str], list[Evidence]],
    happenings: dict[str, tuple[set[str], set[str]]],
) -> None:
    article = facts.article.id
    subject = resolution.index.get((article, fact.subject), "")
    object_ = resolution.index.get((article, fact.object), "") if fact.object else ""
    if subject not in graph:
        return
    start, end = fact.evidence
    evidence = Evidence(
        article, start, end, facts.quote(fact), round(fact.confidence, 3), fact.status, fact.modality, fact.rule
    )
    if fact.kind == "event":
        kinds, dates = happenings.setdefault(subject, (set(), set()))
        kinds.add(fact.qualifier("kind") or EVENT_FALLBACK)
        if fact.qualifier("date"):
            dates.add(fact.qualifier("date"))
    if fact.kind == "byline":
        object_ = f"article/{article}"
        if object_ not in graph:
            graph.add_node(object_, **_article_node(facts, object_))
    kind, detail = relation_of(fact)
    date = fact.qualifier("date")
    if object_ in graph and object_ != subject:
        edges.setdefault((subject, object_, kind, detail, date), []).append(evidence)
    elif fact.kind != "hierarchy":
        notes.setdefault((subject, fact.kind, detail or fact.qualifier("verb")), []).append(evidence)


def relation_of(fact: Fact) -> tuple[str, str]:
    """The relation's code in ``labels.json`` and its detail (a title, an award), which may be empty.

    >>> from kg.model import Span, qualifiers
    >>> relation_of(Fact("participation", "person:韦韬", "event:座谈会", qualifiers(role="speak"), Span(0, 1), "r"))
    ('role/speak', '')
    """
    match fact.kind:
        case "position":
            state = next((f"/{s}" for s in ("former", "acting") if fact.qualifier(s)), "")
            return f"position{state}", fact.qualifier("title")
        case "participation":
            return f"role/{fact.qualifier('role') or 'other'}", ""
        case "appointment":
            return f"appointment/{fact.qualifier('change') or 'appointed'}", fact.qualifier("title")
        case "event":
            return "located", ""
        case "award":
            return "award", fact.qualifier("award")
        case "byline":
            return "byline", fact.qualifier("role")
        case _:
            return fact.kind, ""


def _article_node(facts: ArticleFacts, node: str) -> dict[str, object]:
    return {
        "id": node,
        "name": facts.article.title or headline(facts) or facts.article.id,
        "type": "article",
        "aliases": (),
        "reasons": (),
        "articles": (facts.article.id,),
        "event_kinds": (),
        "dates": (),
    }


def headline(facts: ArticleFacts) -> str:
    """The longest line of the headline, as readers remember an article by it; empty where there is none."""
    text = facts.article.text
    lines = [text[b.start : b.end].strip() for b in facts.article.blocks if b.kind == "headline"]
    return max(lines, key=len, default="")


def _add_edge(
    graph: nx.MultiDiGraph, subject: str, object_: str, kind: str, detail: str, date: str, found: Iterable[Evidence]
) -> None:
    evidence = tuple(sorted(set(found)))
    relation, _, role = kind.partition("/")
    words = label("relations", kind)
    if relation == "position" and detail:
        words = detail if kind == "position" else f"{words}{detail}"
    elif relation == "appointment" and detail:
        words = f"{words}{detail}"
    elif relation == "byline" and detail:
        words = label("bylines", detail)
    modalities = [e.modality for e in evidence]
    graph.add_edge(
        subject,
        object_,
        key=f"{kind}|{detail}|{date}",
        kind=kind,
        label=words,
        title=detail if relation in ("position", "appointment") else "",
        role=role if relation == "role" else "",
        date=date,
        evidence=evidence,
        candidate=all(e.status == "candidate" for e in evidence),
        modality="asserted" if "asserted" in modalities else modalities[0],
    )


def _degrees(graph: nx.MultiDiGraph) -> dict[str, int]:
    """Relations of each node. Bylines and candidates do not make a node important."""
    degree: dict[str, int] = {}
    for subject, object_, data in graph.edges(data=True):
        if data["kind"] != "byline" and not data["candidate"]:
            degree[subject] = degree.get(subject, 0) + 1
            degree[object_] = degree.get(object_, 0) + 1
    return degree


def by_importance(graph: nx.MultiDiGraph) -> list[str]:
    """Nodes by degree, then number of articles, then id; bylined articles last."""

    def rank(node: str) -> tuple[bool, int, int, str]:
        data = graph.nodes[node]
        return data["type"] == "article", -data["degree"], -len(data["articles"]), node

    return sorted(graph, key=rank)
