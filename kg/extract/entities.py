"""Every person, organization, place and document that the article mentions becomes an entity of the draft."""

from __future__ import annotations

import re

from kg.analysis.completion import SURE
from kg.analysis.context import titled
from kg.analysis.coreference import leading_places
from kg.analysis.departments import parent_of
from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.language import gazetteer
from kg.model import Mention, Span

_TOWNSHIP = re.compile(r"([\u4e00-\u9fff]{1,3}(?<!城)(?<!住房)(?:镇|乡(?!村|镇)|街道))(?=.{2})")
_LISTED = ("person", "organization", "place", "event", "document")


def extract(document: Document, draft: Draft) -> None:
    for division in titled(document.article.title):
        draft.entity("place", division.name, reason="见于标题")
    for mention in document.mentions:
        if mention.type in _LISTED and mention.score >= SURE:
            draft.mentioned_all(mention)
            if mention.type in ("organization", "place"):
                _inner_places(document, mention, draft)
            if mention.type == "organization" and mention.span not in document.parts:
                _parent(document, mention, draft)


def _inner_places(document: Document, mention: Mention, draft: Draft) -> None:
    """The division and the township that a name begins with: 定陶区 and 半堤镇 in 定陶区半堤镇党建综合阵地."""
    name = document.name(mention)
    place, rest = leading_places(name)
    if place and rest and len(place) > 2 and place[-1] in "省市区县州旗盟":
        division = gazetteer.find(place)
        at = mention.text.find(place)
        span = Span(mention.start + at, mention.start + at + len(place)) if at >= 0 else None
        if division is not None or span is not None:
            draft.entity("place", place, span=span, reason="" if span else f"见于{name}")
    township = _TOWNSHIP.match(rest if place else name)
    if township and township.group(1)[0] not in "各全城" and township.end() < len(rest if place else name):
        at = mention.text.find(township.group(1))
        if at >= 0:
            draft.entity("place", township.group(1), span=Span(mention.start + at, mention.start + at + len(township.group(1))))


def _parent(document: Document, mention: Mention, draft: Draft) -> None:
    """The body whose party group, office or website is mentioned is mentioned with it."""
    parent = parent_of(document.name(mention), mention)
    if parent is not None:
        span, name = parent
        printed = document.text[span.start : span.end]
        name = document.names.get(span, name)
        draft.entity("organization", name, span=span, alias=printed, reason="" if name == printed else f"见于{document.name(mention)}")
