"""From articles to facts: the built-in extractor, the grammar of official news.

An extractor is a function ``extract_many(articles) -> list[ArticleFacts]`` under the entry point group ``kg.extractors``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg import __version__
from kg.analysis import analyse
from kg.analysis.document import Document
from kg.extract import awards, bylines, entities, events, hierarchy, positions, signings, speakers, statements
from kg.extract.draft import Draft
from kg.model import Article, ArticleFacts

EXTRACTOR = f"grammar/{__version__}"

_STAGES: tuple[Callable[[Document, Draft], None], ...] = (
    entities.extract,
    bylines.extract,
    positions.extract,
    signings.extract,
    events.extract,
    statements.extract,
    speakers.extract,
    hierarchy.extract,
    awards.extract,
)
"""In the order they run: a stage may read what earlier ones found."""


def extract_many(articles: Sequence[Article]) -> list[ArticleFacts]:
    """The facts of each article, in order. What is found in one article depends on that article alone."""
    return [draft_of(document).finish() for document in analyse(articles)]


def extract(article: Article) -> ArticleFacts:
    """The facts of one article."""
    return extract_many([article])[0]


def draft_of(document: Document) -> Draft:
    """What every stage found in a document, before it is decided how sure it is."""
    draft = Draft(document, EXTRACTOR)
    for stage in _STAGES:
        stage(document, draft)
    return draft
