"""Which organization belongs to which, which place or organization lies in which place: nesting that is printed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.extract.nesting import Names
from kg.language import gazetteer
from kg.language.gazetteer import Division
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span


@cache
def _lies() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('hierarchy', 'lies'))})")


@cache
def _lies_before() -> re.Pattern[str]:
    """位于|黑河自贸片区|的利源达集团; the place may be the last of several that follow one another."""
    return re.compile(f"(?:{alternatives(words('hierarchy', 'lies'))})[\u4e00-\u9fff]{{0,9}}$")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(f"的?(?:{alternatives(words('hierarchy', 'parts'))})")


@cache
def _owns() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('hierarchy', 'owns'))})[^，。；]{{0,4}}")


_ROAD = re.compile(r"[路街道口]$")


def extract(document: Document, draft: Draft) -> None:
    for sentence in document.sentences:
        if sentence.kind == "byline":
            continue
        mentions = document.mentions_in(sentence.start, sentence.end, "place", "organization")
        places = [m for m in mentions if m.type == "place"]
        for child, parent in itertools.pairwise(mentions):
            between = document.text[child.end : parent.start]
            follows = child.end == parent.start and child.type == "organization" and parent.type == "place"
            known = parent.text in gazetteer.countries() or parent.text in words("places", "regions")
            if follows and not _division(parent.text) and not known and not _signed(document, parent):
                _add(draft, draft.mentioned(parent), draft.mentioned(child), sentence.span, "unit-after-body", 0.75)
            if _lies().fullmatch(between) and parent.type == "place" and not _of_it(document, parent):
                _located(document, draft, child, parent, places, sentence.span)
            elif between in ("的", "境内的") and _lies_before().search(document.text, sentence.start, child.start):
                if child.type == "place" and not _division(parent.text):
                    _add(draft, draft.mentioned(parent), draft.mentioned(child), sentence.span, "located-in", 0.75)
            elif child.type == parent.type == "organization" and _owns().fullmatch(between):
                _listed(document, draft, mentions, child, parent, sentence.span)
            elif between in ("是", "系", "为") and _part().match(document.text, parent.end, sentence.end):
                _add(draft, draft.mentioned(child), draft.mentioned(parent), sentence.span, "owned-by", 0.75)
        for body in mentions:
            unit = _unit().match(document.text, body.end, sentence.end) if body.type == "organization" else None
            if unit is not None and _is_name(document, body.end, unit.end()):
                span = Span(body.start, unit.end())
                key = draft.entity("organization", document.text[span.start : span.end], span=span, alias=unit.group())
                _add(draft, key, draft.mentioned(body), sentence.span, "unit-after-body", 0.75)
    _adjacent(document, draft)
    _named_in_names(document, draft)
    _geography(document, draft)


def _signed(document: Document, place: Mention) -> bool:
    """新华社|利兹7月20日电: whoever sends a report does not own the place it comes from."""
    return re.match(r" ?(?:\d{1,2}月)?(?:\d{1,2}日)? ?[电讯]", document.text[place.end : place.end + 9]) is not None


def _of_it(document: Document, place: Mention) -> bool:
    """乌军位于哈尔科夫的|指挥所: it is the post that lies there."""
    return (
        re.match(r"(?:州|省|市|地区)?(?:境内)?的[\u4e00-\u9fff]", document.text[place.end : place.end + 8]) is not None
    )


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


def _adjacent(document: Document, draft: Draft) -> None:
    """浙江省湖州市, 肯尼亚首都内罗毕: a place printed right after the one that holds it."""
    spans = [(span.start, span.end, e.key) for e in draft.entities("place") for span in e.mentions]
    ends: dict[int, str] = {}
    for _, end, key in sorted(spans):
        ends.setdefault(end, key)
    for start, end, key in sorted(spans):
        capital = _capital().search(document.text, max(0, start - 4), start)
        parent = ends.get(capital.start() if capital is not None else start)
        if parent is not None and parent != key and end - start > 1 and _may_hold(parent, key):
            rule = "capital-of" if capital is not None else "place-in-place"
            _add(draft, key, parent, document.sentence_at(start).span, rule, 0.9)


@cache
def _capital() -> re.Pattern[str]:
    return re.compile(f"(?:的?(?:{alternatives(words('hierarchy', 'capital'))}))$")


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


def _listed(
    document: Document, draft: Draft, mentions: Sequence[Mention], owner: Mention, first: Mention, evidence: Span
) -> None:
    """某集团旗下甲公司、乙公司: each of the list belongs to the owner."""
    end = first.start
    for mention in mentions:
        if mention.start >= first.start and mention.type == "organization":
            if mention.start != end and document.text[end : mention.start] not in ("、", "和", "及", "与"):
                break
            _add(draft, draft.mentioned(mention), draft.mentioned(owner), evidence, "owned-by", 0.75)
            end = mention.end


# --- names that begin with another name


def _named_in_names(document: Document, draft: Draft) -> None:
    """河南省委组织部 in 河南省委, 龙堌镇乡村振兴产业园 in 龙堌镇: the longest name of another that a name begins with."""
    bodies, places = draft.entities("organization"), draft.entities("place")
    names = Names(bodies, places)
    for entity in [*bodies, *places]:
        if not entity.mentions:
            continue
        evidence = document.sentence_at(entity.mentions[0].start).span
        for (outer, _), (inner, _) in itertools.pairwise(names.links(entity.name)):
            if _may_hold(outer, inner):
                _add(draft, inner, outer, evidence, "place-in-place", 0.85)
        cut = names.cut(entity)
        if cut is None:
            continue
        if cut.key:
            rule = ("site-in-place", "body-of-place") if cut.is_place else ("site-of-body", "department-of-body")
            confidence = 0.75 if cut.is_place else 0.85
            _add(draft, entity.key, cut.key, evidence, rule[entity.type == "organization"], confidence)
        else:
            reason = "" if cut.outer in document.text else f"见于{entity.name}"
            key = draft.entity("organization", cut.outer, reason=reason)
            _add(draft, entity.key, key, evidence, "department-cut-from-name", 0.75)


def _may_hold(outer: str, inner: str) -> bool:
    """Whether a place may hold another by their levels: no county holds a city, no country a country."""
    name = inner.split(":", 1)[1]
    above, below = _division(outer.split(":", 1)[1]), _division(name)
    if name in gazetteer.countries() or name == "大陆" or (_ROAD.search(name) and _ROAD.search(outer)):
        return False
    if above is None:
        return below is None or outer.split(":", 1)[1] == "中国"
    return below is None or below.level > above.level


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
