"""Every person, organization, place and document that the article mentions becomes an entity of the draft."""

from __future__ import annotations

from kg.analysis.document import Document
from kg.extract.draft import Draft

_LISTED = ("person", "organization", "place", "event", "document")
_SURE = 0.5


def extract(document: Document, draft: Draft) -> None:
    for mention in document.mentions:
        if mention.type in _LISTED and mention.score >= _SURE:
            draft.mentioned_all(mention)
