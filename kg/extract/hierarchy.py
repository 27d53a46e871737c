"""Which organization belongs to which, which place or organization lies in which place: nesting that is printed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.borders import ends_like_one
from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.language import gazetteer
from kg.language.gazetteer import Division
from kg.language.lexicon import alternatives, words
from kg.model import Entity, Mention, Span

_LAST = "委府会局厅部院所处室司队社团校行馆协联"
"""What names of bodies end in, in one character: 省委, 政府, 人大常委会 …"""


@cache
def _outer() -> re.Pattern[str]:
    """A body that ends inside a longer name: 河南省委|组织部, 中国科学院|科技战略咨询研究院."""
    heads = alternatives(words("hierarchy", "outer"))
    units, never = alternatives(words("hierarchy", "inner")), alternatives(words("hierarchy", "no_department"))
    goes_on = alternatives(words("hierarchy", "goes_on"))
    return re.compile(f"(?P<outer>.+(?:{heads}))(?!{goes_on})(?P<inner>(?!(?:{never})$).*(?:{units}))")


@cache
def _not_alone() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('hierarchy', 'no_department'))})")


@cache
def _lies() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('hierarchy', 'lies'))})")


@cache
def _owns() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('hierarchy', 'owns'))})[^，。；]{{0,4}}")


def extract(document: Document, draft: Draft) -> None:
    for sentence in document.sentences:
        if sentence.kind == "byline":
            continue
        mentions = document.mentions_in(sentence.start, sentence.end, "place", "organization")
        places = [m for m in mentions if m.type == "place"]
        for parent, child in itertools.pairwise(places):
            if parent.end == child.start and len(child.text) > 1 and parent.text != child.text:
                _follows(draft, child, parent, sentence.span)
        for child, parent in itertools.pairwise(mentions):
            between = document.text[child.end : parent.start]
            follows = child.end == parent.start and child.type == "organization" and parent.type == "place"
            if follows and not _division(parent.text) and parent.text not in gazetteer.countries():
                _add(draft, draft.mentioned(parent), draft.mentioned(child), sentence.span, "unit-after-body", 0.75)
            if _lies().fullmatch(between) and parent.type == "place":
                _located(document, draft, child, parent, places, sentence.span)
            elif _owns().fullmatch(between) and child.type == parent.type == "organization":
                _add(draft, draft.mentioned(parent), draft.mentioned(child), sentence.span, "owned-by", 0.75)
        for body in mentions:
            unit = _unit().match(document.text, body.end, sentence.end) if body.type == "organization" else None
            if unit is not None and _is_name(document, body.end, unit.end()):
                span = Span(body.start, unit.end())
                key = draft.entity("organization", document.text[span.start : span.end], span=span, alias=unit.group())
                _add(draft, key, draft.mentioned(body), sentence.span, "unit-after-body", 0.75)
    _named_in_names(document, draft)
    _geography(document, draft)


def _is_name(document: Document, start: int, end: int) -> bool:
    """No other name and no verb stands in the stretch."""
    if document.mentions_in(start, end, "person", "place", "organization"):
        return False
    return not any(t.tag in ("v", "vn", "p", "c", "u", "w") for t in document.tokens_in(start, end))


@cache
def _unit() -> re.Pattern[str]:
    """山西焦煤集团|马兰矿: a unit with a name of its own, right after its body."""
    return re.compile(
        f"[\u4e00-\u9fff]{{2,4}}?(?:{alternatives(words('hierarchy', 'units'))})(?![\u4e00-\u9fff]{{0,1}}[业区工主])"
    )


def _add(draft: Draft, child: str, parent: str, evidence: Span, rule: str, confidence: float, reason: str = "") -> None:
    if child.split(":", 1)[1] != parent.split(":", 1)[1]:
        draft.fact("hierarchy", child, parent, evidence, rule, confidence=confidence, reason=reason)


# --- places that follow one another


def _follows(draft: Draft, child: Mention, parent: Mention, evidence: Span) -> None:
    """浙江省湖州市: a place printed right after the one that holds it."""
    outer, inner = _division(parent.text), _division(child.text)
    if inner is not None and (outer is None or inner.level <= outer.level):
        return
    _add(draft, draft.mentioned(child), draft.mentioned(parent), evidence, "place-in-place", 0.9)


def _division(name: str) -> Division | None:
    found = gazetteer.by_name().get(name, ())
    return found[0] if found else None


def _located(
    document: Document, draft: Draft, child: Mention, parent: Mention, places: Sequence[Mention], evidence: Span
) -> None:
    """…孵化园位于合肥市高新区: the last of the places that follow one another."""
    for place in places:
        if place.start == parent.end:
            parent = place
    _add(draft, draft.mentioned(child), draft.mentioned(parent), evidence, "located-in", 0.75)


# --- names that begin with another name


def _named_in_names(document: Document, draft: Draft) -> None:
    """河南省委组织部 in 河南省委, 龙堌镇乡村振兴产业园 in 龙堌镇: the longest name of another that a name begins with."""
    bodies, places = draft.entities("organization"), draft.entities("place")
    for entity in [*bodies, *places]:
        if not entity.mentions:
            continue
        evidence = document.sentence_at(entity.mentions[0].start).span
        rest = 2 if entity.type == "organization" else 1
        parent = _longest_start(entity, bodies, rest) if entity.type == "organization" else None
        if parent is not None:
            _add(draft, entity.key, parent.key, evidence, "department-of-body", 0.85)
            continue
        if entity.type == "organization" and (outer := _cut(entity.name)):
            reason = "" if outer in document.text else f"见于{entity.name}"
            key = draft.entity("organization", outer, reason=reason)
            _add(draft, entity.key, key, evidence, "department-cut-from-name", 0.75)
            continue
        if entity.name.endswith(("党委", "党组", "党工委")) and entity.type == "organization":
            continue
        holder = _longest_start(entity, [*places, *bodies] if entity.type == "place" else places, rest)
        if holder is not None:
            rule = "site-in-place" if entity.type == "place" else "body-of-place"
            _add(draft, entity.key, holder.key, evidence, rule, 0.75)


def _longest_start(entity: Entity, others: Sequence[Entity], rest: int) -> Entity | None:
    """The longest other name, or other form of it, that an entity's name or one of its printed forms begins with."""
    best: Entity | None = None
    length = 1
    names = (entity.name, *(a for a in entity.aliases if len(a) > 5))
    for other in others:
        if other.key == entity.key or other.name in gazetteer.countries():
            continue
        if entity.type == other.type == "organization" and not (_looks_whole(entity.name) and _looks_whole(other.name)):
            continue
        for form in (other.name, *(a for a in other.aliases if len(a) > 2)):
            if length < len(form) and any(n.startswith(form) and len(n) - len(form) >= rest for n in names):
                tail = entity.name[len(form) :] if entity.name.startswith(form) else ""
                if entity.type == "place" and not _site().search(tail):
                    continue
                if tail and entity.type == other.type == "organization" and _not_alone().fullmatch(tail):
                    continue
                best, length = other, len(form)
    return best


@cache
def _site() -> re.Pattern[str]:
    """What is left of a name when the place before it is taken off: 乡村振兴产业园, 党建综合阵地; not 北部, 流域."""
    return re.compile(f"(?:..|[^镇乡村县区市])(?:{alternatives(words('places', 'sites'))})$")


def _looks_whole(name: str) -> bool:
    """A name that ends like one of a body; 中战, 渣打 are pieces of names."""
    return len(name) > 2 and (name[-1] in _LAST or ends_like_one(name))


def _cut(name: str) -> str:
    match = _outer().fullmatch(name)
    if match is None or len(match.group("outer")) < 3:
        return ""
    outer = match.group("outer")
    return "" if gazetteer.by_name().get(outer) or outer in words("hierarchy", "not_alone") else outer


# --- common geography


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
                evidence = document.sentence_at(mention.start).span
                child, parent = draft.mentioned(mention), draft.mentioned(known[above.code])
                _add(draft, child, parent, evidence, "geography", 0.8, "行政区划")
                break
            above = gazetteer.parent(above)


def _unique(name: str) -> Division | None:
    found = gazetteer.by_name().get(name, ())
    if len(found) == 1 or (found and found[0].level < gazetteer.COUNTY):
        return found[0]
    return None
