"""Every person, organization, place and document that the article mentions becomes an entity of the draft."""

from __future__ import annotations

import re

from kg.analysis.context import titled
from kg.analysis.coreference import leading_places
from kg.analysis.departments import PARENTS
from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.language import gazetteer
from kg.model import Mention, Span

_TOWNSHIP = re.compile(r"([\u4e00-\u9fff]{1,3}(?<!城)(?<!住房)(?:镇|乡(?!村|镇)|街道))(?=.{2})")
_LISTED = ("person", "organization", "place", "event", "document")
_SURE = 0.4


def extract(document: Document, draft: Draft) -> None:
    for division in titled(document.article.title):
        draft.entity("place", division.name, reason="见于标题")
    for mention in document.mentions:
        if mention.type in _LISTED and mention.score >= _SURE:
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
