"""Every person, organization, place and document that the article mentions becomes an entity of the draft."""

from __future__ import annotations

import re
from functools import cache

from kg.analysis.completion import SURE
from kg.analysis.context import titled
from kg.analysis.coreference import leading_places
from kg.analysis.departments import parent_of
from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.language import gazetteer
from kg.language.lexicon import alternatives
from kg.model import Mention, Span

_TOWNSHIP = re.compile(r"([\u4e00-\u9fff]{1,3}(?<!城)(?<!住房)(?:镇|乡(?!村|镇)|街道))(?=.{2})")
_VILLAGE = re.compile(r"([\u4e00-\u9fff]{2,4}?(?<![乡农新小])(?:村|社区))(?=.{3,})(?!卫生|服务|工作|党|居|民|委)")
_ZONE = re.compile(r".{2,10}?(?:新区|高新区|经开区|开发区|工业园区|管理区)(?=.{2,})")
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


@cache
def _city() -> re.Pattern[str]:
    shorts = (d.short for d in gazetteer.divisions().values() if d.level < gazetteer.COUNTY)
    return re.compile(f"(?:{alternatives(shorts)})$")


def _inner_places(document: Document, mention: Mention, draft: Draft) -> None:
    """The division, the zone and the township that a name begins with: 定陶区 and 半堤镇 in 定陶区半堤镇党建综合阵地."""
    name = document.name(mention)
    place, rest = leading_places(name)
    if len(place) < 3 or place[-1] not in "省市区县州旗盟":
        if (
            place
            and mention.type == "place"
            and _city().match(place)
            and len(rest) > 2
            and rest[0] not in "路街道港桥站"
        ):
            _inner(mention, place, "", draft)
        place, rest = "", name
    elif rest:
        _inner(mention, place, name, draft)
    township = _TOWNSHIP.match(rest)
    if township and township.group(1)[0] not in "各全城" and township.end() < len(rest):
        _inner(mention, township.group(1), "", draft)
    rest = rest[township.end() :] if township else rest
    village = _VILLAGE.match(rest) if township or place else None
    if village and mention.type in ("organization", "place"):
        _inner(mention, village.group(1), "", draft)
    zone = _ZONE.match(name)
    if zone and (mention.type == "organization" or len(name) - zone.end() > 2):
        _inner(mention, zone.group(), "", draft)


def _inner(mention: Mention, place: str, whole: str, draft: Draft) -> None:
    """A place inside a mention; one that only the complete name ``whole`` holds has that as its reason."""
    at = mention.text.find(place)
    if at >= 0:
        draft.entity("place", place, span=Span(mention.start + at, mention.start + at + len(place)))
    elif whole and gazetteer.find(place) is not None:
        draft.entity("place", place, reason=f"见于{whole}")


def _parent(document: Document, mention: Mention, draft: Draft) -> None:
    """The body whose party group, office or website is mentioned is mentioned with it."""
    parent = parent_of(document.name(mention), mention)
    if parent is not None:
        span, name = parent
        printed = document.text[span.start : span.end]
        name = document.names.get(span, name)
        draft.entity(
            "organization",
            name,
            span=span,
            alias=printed,
            reason="" if name == printed else f"见于{document.name(mention)}",
        )
