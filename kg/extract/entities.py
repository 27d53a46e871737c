"""Every person, organization, place and document that the article mentions becomes an entity of the draft."""

from __future__ import annotations

from kg.analysis.departments import PARENTS
from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.language import gazetteer
from kg.model import Mention, Span

_LISTED = ("person", "organization", "place", "event", "document")
_SURE = 0.5


def extract(document: Document, draft: Draft) -> None:
    for mention in document.mentions:
        if mention.type in _LISTED and mention.score >= _SURE:
            draft.mentioned_all(mention)
            if mention.type == "organization" and mention.span not in document.parts:
                _parent(document, mention, draft)


def _parent(document: Document, mention: Mention, draft: Draft) -> None:
    """The body whose party group, office or website is mentioned is mentioned with it: 省审计厅 in 省审计厅党组."""
    name = document.name(mention)
    tail = PARENTS.search(name)
    if tail is None:
        return
    parent = name[: tail.start()]
    if len(parent) < 3 or parent in gazetteer.by_name() or parent.endswith(("区", "县", "市", "省", "镇", "乡", "街道")) or "驻" in parent:
        return
    length = len(mention.text) - len(tail.group())
    if mention.text.endswith(tail.group()) and length > 1:
        known = document.names.get(mention.span) is None
        span = Span(mention.start, mention.start + length)
        draft.entity("organization", parent, span=span, alias=mention.text[:length], reason="" if known else f"见于{name}")
