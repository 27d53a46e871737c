"""The data inside the page: columns of JSON, nodes in order of importance, articles once.

``pack`` is the one place that fixes what the page's script (``assets/src/model.js``) reads. Spans count code points of
the repaired text, as everywhere; the script counts the same way.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.model import ArticleFacts
from kg.page.layout import layout
from kg.page.network import Evidence, headline

if TYPE_CHECKING:
    import networkx as nx

FORMAT = 1
PLAIN_LIMIT = 256 * 1024
"""Bytes of JSON up to which data lies readable in the page; above, it is compressed."""


class Strings:
    """Strings numbered by first use, so that each stands in the page once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, value: str) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def table(self) -> list[str]:
        return list(self._numbers)


def order(graph: nx.MultiDiGraph) -> list[str]:
    """Nodes by importance: degree first, then number of articles, then id; bylined articles last."""

    def rank(node: str) -> tuple[bool, int, int, str]:
        data = graph.nodes[node]
        return data["type"] == "article", -data["degree"], -len(data["articles"]), node

    return sorted(graph, key=rank)


def pack(
    graph: nx.MultiDiGraph, articles: Sequence[ArticleFacts], *, title: str, centres: Iterable[str] = (), depth: int = 0
) -> dict[str, Any]:
    """Everything the page shows, ready for JSON.

    Args:
        graph: from ``relation_graph`` (or a part of it).
        articles: at least those that the evidence names; others are left out.
        centres: nodes that the page opens on; with ``depth`` for the caption.
    """
    nodes = order(graph)
    number = {node: i for i, node in enumerate(nodes)}
    strings, evidence = Strings(), _EvidenceTable()
    edges = sorted(
        ((number[s], number[t], key, data) for s, t, key, data in graph.edges(keys=True, data=True)),
        key=lambda edge: edge[:3],
    )
    packed_edges: dict[str, list[Any]] = {c: [] for c in ("s", "t", "kind", "detail", "date", "flags", "evidence")}
    for source, target, key, data in edges:
        detail = data["title"] or (key.split("|")[1] if data["kind"] in ("byline", "award") else "")
        packed_edges["s"].append(source)
        packed_edges["t"].append(target)
        packed_edges["kind"].append(strings(data["kind"]))
        packed_edges["detail"].append(strings(detail))
        packed_edges["date"].append(strings(data["date"]))
        packed_edges["flags"].append(int(data["candidate"]))
        packed_edges["evidence"].append([evidence(e) for e in data["evidence"]])
    notes = [
        [number[node], strings(note.kind), strings(note.text), [evidence(e) for e in note.evidence]]
        for node in nodes
        for note in graph.nodes[node]["notes"]
    ]
    pairs = sorted({(min(s, t), max(s, t)) for s, t, _, data in edges if data["kind"] != "byline"})
    places = layout(len(nodes), pairs)
    used = [facts for facts in sorted(articles, key=lambda f: f.article.id) if facts.article.id in evidence.articles]
    articles_at = {facts.article.id: i for i, facts in enumerate(used)}
    data = [graph.nodes[node] for node in nodes]
    return {
        "format": FORMAT,
        "title": title,
        "centres": [number[c] for c in centres],
        "depth": depth,
        "nodes": {
            "id": ["" if d["id"] == f"{d['type']}/{d['name']}" else d["id"] for d in data],
            "name": [d["name"] for d in data],
            "type": [strings(d["type"]) for d in data],
            "degree": [d["degree"] for d in data],
            "x": places.x,
            "y": places.y,
            "aliases": _sparse(d["aliases"] for d in data),
            "reasons": _sparse(d["reasons"] for d in data),
            "kinds": _sparse(d["event_kinds"] for d in data),
            "dates": _sparse(d["dates"] for d in data),
            "articles": [[articles_at[a] for a in d["articles"] if a in articles_at] for d in data],
        },
        "edges": packed_edges,
        "notes": notes,
        "evidence": evidence.columns(articles_at, strings),
        "articles": {
            "id": [f.article.id for f in used],
            "title": [f.article.title or headline(f) or f.article.id for f in used],
            "date": [f.article.date for f in used],
            "publisher": [f.article.publisher for f in used],
            "source": [f.article.source + (f"#{f.article.record}" if f.article.record else "") for f in used],
            "url": [f.article.url for f in used],
            "text": [f.article.text for f in used],
            "blocks": [[[b.kind[0], b.start, b.end] for b in f.article.blocks] for f in used],
        },
        "strings": strings.table(),
    }


class _EvidenceTable:
    """Pieces of evidence numbered by first use."""

    def __init__(self) -> None:
        self._numbers: dict[Evidence, int] = {}
        self.articles: set[str] = set()

    def __call__(self, piece: Evidence) -> int:
        self.articles.add(piece.article)
        return self._numbers.setdefault(piece, len(self._numbers))

    def columns(self, articles_at: Mapping[str, int], strings: Strings) -> dict[str, list[Any]]:
        pieces = list(self._numbers)
        return {
            "article": [articles_at[p.article] for p in pieces],
            "start": [p.start for p in pieces],
            "length": [p.end - p.start for p in pieces],
            "confidence": [p.confidence for p in pieces],
            "status": [strings(p.status) for p in pieces],
            "modality": [strings(p.modality) for p in pieces],
            "rule": [strings(p.rule) for p in pieces],
        }


def _sparse(values: Iterable[Sequence[str]]) -> dict[int, list[str]]:
    return {i: list(value) for i, value in enumerate(values) if value}


def encode(data: Mapping[str, Any]) -> tuple[str, str]:
    """``(media type, text)`` of a data block: JSON where it is short, else base64 of gzip.

    The text holds no ``<``, ``>`` or ``&``, so that nothing in it can end the element that it stands in.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) <= PLAIN_LIMIT:
        for character in "<>&\u2028\u2029":
            text = text.replace(character, f"\\u{ord(character):04x}")
        return "application/json", text
    return "application/gzip", base64.b64encode(_gzip(raw)).decode("ascii")


def _gzip(raw: bytes) -> bytes:
    """Gzip with a header that tells neither time nor system.

    Through pyarrow: its wheels bring zlib with them, while Python's is the system's, and zlib-ng writes other bytes.
    """
    import pyarrow

    packed = bytearray(pyarrow.Codec("gzip", compression_level=9).compress(raw, asbytes=True))
    packed[4:8], packed[9] = bytes(4), 255
    return bytes(packed)
