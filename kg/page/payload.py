"""The data inside the page: columns of JSON, nodes in order of importance, in two blocks.

``pack`` is the one place that fixes what the page's script (``assets/src/model.js``) reads. The first block is what the
drawing needs; the second, read after it, is the evidence. Spans count code points of the repaired text, as everywhere;
the script counts the same way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import ArticleFacts
from kg.page.communities import communities
from kg.page.encode import Strings
from kg.page.layout import layout
from kg.page.network import by_importance
from kg.page.places import coordinates
from kg.page.quotes import PIECES_EACH, PIECES_LIMIT, EvidenceTable, pack_articles

if TYPE_CHECKING:
    import networkx as nx

FORMAT = 1
SMALLEST_COMMUNITY = 3


class Payload(NamedTuple):
    """The two data blocks of a page, ready for JSON, and what the drawing is made from.

    Attributes:
        graph: nodes, edges, communities, in columns.
        details: evidence and articles.
        pairs: relations by pair of nodes: ``(lower node, higher node, numbers of its edges)``, sorted.
    """

    graph: dict[str, Any]
    details: dict[str, Any]
    pairs: list[tuple[int, int, list[int]]]


def pack(
    graph: nx.MultiDiGraph,
    articles: Sequence[ArticleFacts],
    *,
    title: str,
    centres: Iterable[str] = (),
    depth: int = 0,
    total: int | None = None,
) -> Payload:
    """Everything the page shows.

    Args:
        graph: from ``relation_graph`` (or a part of it).
        articles: at least those that the graph names; others are left out.
        title: heading of the page.
        centres: nodes that the page opens on; with ``depth`` for the caption.
        total: number of nodes of the whole graph, where this is a part of it.
    """
    nodes = by_importance(graph)
    number = {node: i for i, node in enumerate(nodes)}
    data = [graph.nodes[node] for node in nodes]
    edges = sorted(
        ((number[s], number[t], key, d) for s, t, key, d in graph.edges(keys=True, data=True)), key=lambda e: e[:3]
    )
    pieces = sum(len(d["evidence"]) for *_, d in edges)
    strings, words = Strings(), Strings()
    evidence = EvidenceTable(PIECES_EACH if pieces > PIECES_LIMIT else 0)
    edge_evidence = [evidence(d["evidence"]) for *_, d in edges]
    notes = [
        [number[node], words(note.kind), words(note.text), evidence(note.evidence)]
        for node in nodes
        for note in graph.nodes[node]["notes"]
    ]
    named = {a for d in data for a in d["articles"]} | {p.article for p in evidence.pieces()}
    used = sorted((f for f in articles if f.article.id in named), key=lambda f: f.article.id)
    at = {f.article.id: i for i, f in enumerate(used)}
    pairs = _pairs(edges)
    groups = _communities(len(nodes), pairs, edges)
    drawn = [(a, b) for a, b, members in pairs if any(edges[e][3]["kind"] != "byline" for e in members)]
    places = layout(len(nodes), drawn, groups)
    return Payload(
        {
            "format": FORMAT,
            "title": title,
            "centres": [number[c] for c in centres],
            "depth": depth,
            "total": len(nodes) if total is None else total,
            "nodes": {
                "id": {i: d["id"] for i, d in enumerate(data) if d["id"] != f"{d['type']}/{d['name']}"},
                "name": [d["name"] for d in data],
                "type": [strings(d["type"]) for d in data],
                "degree": [d["degree"] for d in data],
                "x": places.x,
                "y": places.y,
                "community": groups,
                "aliases": _sparse(d["aliases"] for d in data),
                "kinds": _sparse(d["event_kinds"] for d in data),
                "dates": _sparse(d["dates"] for d in data),
                "at": coordinates(data, used),
            },
            "edges": {
                "s": [e[0] for e in edges],
                "t": [e[1] for e in edges],
                "kind": [strings(e[3]["kind"]) for e in edges],
                "detail": {i: strings(_detail(d, key)) for i, (_, _, key, d) in enumerate(edges) if _detail(d, key)},
                "date": {i: strings(d["date"]) for i, (*_, d) in enumerate(edges) if d["date"]},
                "candidate": [i for i, (*_, d) in enumerate(edges) if d["candidate"]],
            },
            "strings": strings.table(),
            "pinyin": readings(d["name"] for d in data),
        },
        {
            "edges": edge_evidence,
            "edgeTotals": {
                i: len(d["evidence"]) for i, (*_, d) in enumerate(edges) if len(d["evidence"]) > len(edge_evidence[i])
            },
            "notes": notes,
            "reasons": _sparse(d["reasons"] for d in data),
            "nodeArticles": [[at[a] for a in d["articles"]] for d in data],
            "evidence": evidence.columns(at, words),
            "articles": pack_articles(used, evidence.pieces()),
            "strings": words.table(),
        },
        pairs,
    )


def _detail(edge: Mapping[str, Any], key: str) -> str:
    """What the relation's label is made of beside its kind: a title, a byline's role."""
    return str(edge["title"] or (key.split("|")[1] if edge["kind"] in ("byline", "award") else ""))


def _pairs(edges: Sequence[tuple[int, int, str, Any]]) -> list[tuple[int, int, list[int]]]:
    pairs: dict[tuple[int, int], list[int]] = {}
    for i, (s, t, _, _) in enumerate(edges):
        pairs.setdefault((min(s, t), max(s, t)), []).append(i)
    return [(a, b, members) for (a, b), members in sorted(pairs.items())]


def _communities(
    count: int, pairs: Sequence[tuple[int, int, list[int]]], edges: Sequence[tuple[int, int, str, Any]]
) -> list[int]:
    """The community of each node, the largest numbered 0; -1 outside every community."""
    drawn = [(a, b) for a, b, members in pairs if any(edges[e][3]["kind"] != "byline" for e in members)]
    member = [-1] * count
    for i, group in enumerate(communities(count, drawn)):
        for node in group if len(group) >= SMALLEST_COMMUNITY else ():
            member[node] = i
    return member


def _sparse(values: Iterable[Sequence[str]]) -> dict[int, list[str]]:
    return {i: list(value) for i, value in enumerate(values) if value}


@cache
def _syllables() -> Mapping[str, str]:
    text = files("kg.page").joinpath("assets/data/pinyin.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)
    return table


def readings(names: Iterable[str]) -> dict[str, str]:
    """The characters of the names by each syllable they are read as.

    >>> readings(["韦韬", "朝阳"])
    {'chao': '朝', 'tao': '韬', 'wei': '韦', 'yang': '阳', 'zhao': '朝'}
    """
    wanted = set().union(*names)
    found = {s: "".join(c for c in characters if c in wanted) for s, characters in _syllables().items()}
    return {syllable: characters for syllable, characters in found.items() if characters}
