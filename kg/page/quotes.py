"""The evidence inside the page: which sentence says what, and the articles that the sentences stand in.

A page of some hundred articles holds them whole. Where they would make the file too large to open, each article keeps
its headlines and the paragraphs that say something, then the sentences alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.model import Article, ArticleFacts
from kg.page.encode import Strings
from kg.page.network import Evidence, headline

TEXT_LIMIT = 4_000_000
"""Characters of article text in one page: about 5 MB of the file."""
PIECES_LIMIT = 200_000
"""Pieces of evidence up to which every one is shown; above, the first ``PIECES_EACH`` of each fact."""
PIECES_EACH = 3


class EvidenceTable:
    """Pieces of evidence numbered by first use."""

    def __init__(self, each: int = 0) -> None:
        self._numbers: dict[Evidence, int] = {}
        self._each = each

    def __call__(self, pieces: Sequence[Evidence]) -> list[int]:
        """Numbers of the pieces; at most ``each`` of them where a limit was given."""
        kept = pieces[: self._each] if self._each else pieces
        return [self._numbers.setdefault(piece, len(self._numbers)) for piece in kept]

    def pieces(self) -> list[Evidence]:
        return list(self._numbers)

    def columns(self, articles_at: Mapping[str, int], strings: Strings) -> dict[str, list[Any]]:
        pieces = self.pieces()
        return {
            "article": [articles_at[p.article] for p in pieces],
            "start": [p.start for p in pieces],
            "length": [p.end - p.start for p in pieces],
            "confidence": [p.confidence for p in pieces],
            "status": [strings(p.status) for p in pieces],
            "modality": [strings(p.modality) for p in pieces],
        }


def pack_articles(articles: Sequence[ArticleFacts], pieces: Iterable[Evidence]) -> dict[str, list[Any]]:
    """Columns of the articles; ``text`` holds for each its stretches as ``[start, text, start, text …]``."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for piece in pieces:
        spans.setdefault(piece.article, []).append((piece.start, piece.end))
    whole = sum(len(f.article.text) for f in articles) <= TEXT_LIMIT
    kept = [[(0, len(f.article.text))] if whole else _paragraphs(f.article, spans) for f in articles]
    if sum(end - start for stretches in kept for start, end in stretches) > TEXT_LIMIT:
        kept = [_join(spans.get(f.article.id, ())) for f in articles]
    return {
        "id": [f.article.id for f in articles],
        "title": [f.article.title or headline(f) or f.article.id for f in articles],
        "date": [f.article.date for f in articles],
        "publisher": [f.article.publisher for f in articles],
        "source": [f.article.source + (f"#{f.article.record}" if f.article.record else "") for f in articles],
        "text": [
            [part for start, end in stretches for part in (start, f.article.text[start:end])]
            for f, stretches in zip(articles, kept, strict=True)
        ],
        "length": [len(f.article.text) for f in articles],
        "blocks": [[x for b in f.article.blocks for x in (b.kind[0], b.start, b.end)] for f in articles],
    }


def _paragraphs(article: Article, spans: Mapping[str, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    found = spans.get(article.id, [])
    kept = [
        (b.start, b.end)
        for b in article.blocks
        if b.kind == "headline" or any(start < b.end and b.start < end for start, end in found)
    ]
    return _join([*kept, *found])


def _join(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
