"""Which organization belongs to which, which place or organization lies in which place: nesting that is printed."""

from __future__ import annotations

import re
from functools import cache

from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.language import gazetteer
from kg.language.gazetteer import Division
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span


@cache
def _outer() -> re.Pattern[str]:
    """A body that ends inside a longer name: 河南省委|组织部, 中国科学院|科技战略咨询研究院."""
    heads = alternatives(words("hierarchy", "outer"))
    units, never = alternatives(words("hierarchy", "inner")), alternatives(words("hierarchy", "no_department"))
    return re.compile(f"(?P<outer>.+(?:{heads}))(?P<inner>(?!(?:{never})$).*(?:{units}))")


def extract(document: Document, draft: Draft) -> None:
    for sentence in document.sentences:
        if sentence.kind == "byline":
            continue
        mentions = document.mentions_in(sentence.start, sentence.end, "place", "organization")
        places = [m for m in mentions if m.type == "place"]
        for parent, child in zip(places, places[1:], strict=False):
            if parent.end == child.start and len(child.text) > 1 and parent.text != child.text:
                _lies_in(document, draft, child, parent, sentence.span)
        for mention in mentions:
            if mention.type == "organization":
                _department(document, draft, mention, sentence.span)
            _site(document, draft, mention, places, sentence.span)
    _geography(document, draft)


def _lies_in(document: Document, draft: Draft, child: Mention, parent: Mention, evidence: Span) -> None:
    """浙江省湖州市: a place printed right after the one that holds it."""
    outer, inner = _division(document, parent), _division(document, child)
    if outer is not None and inner is not None:
        if inner.level <= outer.level:
            return
    elif outer is None and inner is not None:
        return
    draft.fact("hierarchy", draft.mentioned(child), draft.mentioned(parent), evidence, "place-in-place", confidence=0.9)


def _division(document: Document, mention: Mention) -> Division | None:
    found = gazetteer.by_name().get(mention.text, ())
    return found[0] if found else None


def _department(document: Document, draft: Draft, mention: Mention, evidence: Span) -> None:
    """河南省委组织部 in 河南省委: the longest body that the name begins with."""
    name = document.name(mention)
    match = _outer().fullmatch(name)
    if match is None or len(match.group("outer")) < 3:
        return
    outer = match.group("outer")
    if gazetteer.by_name().get(outer) or outer in words("hierarchy", "not_alone"):
        return
    parent = draft.entity("organization", outer, reason="" if outer in document.text else f"见于{name}")
    draft.fact("hierarchy", draft.mentioned(mention), parent, evidence, "department-of-body", confidence=0.85)


def _site(document: Document, draft: Draft, mention: Mention, places: list[Mention], evidence: Span) -> None:
    """定陶区半堤镇党建综合阵地 lies in 半堤镇; a body and the place whose body it is."""
    inside = [p for p in places if mention.start <= p.start and p.end < mention.end and len(p.text) > 1]
    if not inside:
        return
    holder = inside[0]
    for place in inside[1:]:
        if place.start == holder.end:
            holder = place
    if inside[0].start != mention.start:
        return
    rule = "body-of-place" if mention.type == "organization" else "site-in-place"
    child, parent = draft.mentioned(mention), draft.mentioned(holder)
    if child.split(":", 1)[1] != parent.split(":", 1)[1]:
        draft.fact("hierarchy", child, parent, evidence, rule, confidence=0.75)


def _geography(document: Document, draft: Draft) -> None:
    """A county and its city, a city and its province where the article names both: common geography."""
    known: dict[str, Mention] = {}
    for mention in document.mentions:
        if mention.type == "place" and (division := _unique(mention.text)) is not None:
            known.setdefault(division.code, mention)
    for code, mention in sorted(known.items()):
        above = gazetteer.parent(gazetteer.divisions()[code])
        while above is not None:  # up to the nearest that the article names
            if above.code in known:
                sentence = document.sentence_at(mention.start)
                draft.fact(
                    "hierarchy", draft.mentioned(mention), draft.mentioned(known[above.code]), sentence.span,
                    "geography", confidence=0.8, reason="行政区划",
                )  # fmt: skip
                break
            above = gazetteer.parent(above)


def _unique(name: str) -> Division | None:
    found = gazetteer.by_name().get(name, ())
    if len(found) == 1 or (found and found[0].level < gazetteer.COUNTY):
        return found[0]
    return None
