"""Runs the extraction on made-up sentences: what tests of the grammar say is read as a reader would say it."""

from __future__ import annotations

from kg.extract import extract
from kg.model import Article, ArticleFacts, Block, Segment


def article(text: str, *, date: str = "", place: str = "", publisher: str = "") -> Article:
    """An article of body paragraphs, one a line; it is its own source."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block("body", start, start + len(line)))
        start += len(line) + 1
    return Article(
        "sample", text, (Segment(0, 0, len(text)),), tuple(blocks), date=date, place=place, publisher=publisher
    )


def read(text: str, **meta: str) -> ArticleFacts:
    return extract(article(text, **meta))


def rows(found: ArticleFacts, kind: str, *names: str) -> set[tuple[str, ...]]:
    """Facts of a kind as ``(subject, object, qualifier …)`` by name; an empty object is left out."""
    told = {e.key: e.name for e in found.entities}
    return {
        (told[f.subject], *([told[f.object]] if f.object else []), *(f.qualifier(n) for n in names))
        for f in found.facts
        if f.kind == kind and f.status != "candidate"
    }
