"""An extractor for tests of what surrounds extractors: a few names, a post, and to fail as an article asks for it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

from kg.model import Article, ArticleFacts, Entity, Fact, Span, qualifiers

PERSON = re.compile(r"[赵钱孙李][一-鿿]{2}")
COUNTER = "PLAIN_EXTRACTOR_COUNTS"
PIDS = "PLAIN_EXTRACTOR_PIDS"


def extract_many(articles: Sequence[Article]) -> list[ArticleFacts]:
    """The facts of the articles. ``坏`` in a text raises, ``死`` kills the process, ``等`` waits for long."""
    counts = os.environ.get(COUNTER)
    if counts:
        with Path(counts).open("a", encoding="utf-8") as file:
            file.writelines(f"{article.id}\n" for article in articles)
    return [extract(article) for article in articles]


def extract(article: Article) -> ArticleFacts:
    if "死" in article.text:
        os._exit(9)
    if "等" in article.text:
        Path(os.environ[PIDS]).write_text(f"{os.getpid()}\n", encoding="utf-8")
        time.sleep(600)
    if "坏" in article.text:
        raise ValueError("坏\nof two lines")
    spans: dict[str, list[Span]] = {}
    for match in PERSON.finditer(article.text):
        spans.setdefault(match[0], []).append(Span(*match.span()))
    people = [Entity(f"person:{name}", "person", name, (), tuple(found)) for name, found in sorted(spans.items())]
    body = Entity("organization:青河市委", "organization", "青河市委")
    posts = [
        Fact("position", person.key, body.key, qualifiers(title="书记"), person.mentions[0], "test-post", "plain 1")
        for person in people
    ]
    if "空" in article.text:  # a fact about something that is not among the entities
        posts.append(
            Fact("position", "person:无此人", body.key, qualifiers(title="书记"), Span(0, 1), "test", "plain 1")
        )
    return ArticleFacts(
        article, (*people, body), tuple(posts), "青河市", tuple(["odd"] if "怪" in article.text else [])
    )


def not_enough(articles: Sequence[Article]) -> list[ArticleFacts]:
    return [extract(article) for article in articles[1:]]


broken = 3
