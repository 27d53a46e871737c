"""What the rest of an article says about its names of places and bodies: a name found once is the same name wherever it
stands, a short name that the article explains stands for its body, and what a larger word holds is no name of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.analysis.borders import is_generic
from kg.analysis.document import Sentence, Token
from kg.analysis.kinds import is_kind_of_body
from kg.analysis.persons import transliterated
from kg.language import gazetteer
from kg.model import Mention

SHORT_FOR = re.compile(
    r"[（(](?:(?:以下)?(?:证券|股票|企业|公司)?(?:简|统|下|合)称(?:之?为|作)?[:：]? ?[“\"]?([^（）()，。“”\",；;、]{2,14})[”\"]?(?=[）)，,；;、])"
    r"|([A-Z][A-Za-z-]{1,9})[）)])"
)
"""A short name in brackets after the full one: （以下简称“清大”）, （WHO）."""
_SURE = 0.8
_LONG = {"organization": 4, "place": 3}
_COMMON_WORD = frozenset(("n", "v", "a", "s", "f", "vn", "an", "ad", "d", "nz", "t"))
_ADDRESS = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:[省市区县州旗盟镇乡村]|街道|社区|委|政府)")


def agreed(
    text: str,
    sentences: Sequence[Sentence],
    tokens: Sequence[Sequence[Token]],
    places: Sequence[Mention],
    bodies: Sequence[Mention],
    others: Sequence[Mention],
) -> tuple[list[Mention], list[Mention]]:
    """The places and the bodies of an article, each name found wherever it is printed.

    Args:
        tokens: for each sentence its tokens.
        others: mentions of other types, that no place and no body runs across.
    """
    words = _Words(tokens)
    places = [p for p in places if not _swallowed(p, words, bodies)]
    names = {b.text: b.score for b in bodies if b.score >= _SURE and _whole(b, "organization")}
    names |= dict.fromkeys(_explained(text, bodies), _SURE)
    bodies = _everywhere(text, sentences, "organization", names, bodies, [*others, *places])
    sites = {p.text: p.score for p in places if p.score >= _SURE and _whole(p, "place")}
    return _everywhere(text, sentences, "place", sites, places, [*others, *bodies]), bodies


def _whole(mention: Mention, type_: str) -> bool:
    name = mention.text
    known = name in gazetteer.by_name() or name in gazetteer.countries()
    return len(name) >= _LONG[type_] and not known and not is_generic(name) and not is_kind_of_body(name)


def _explained(text: str, bodies: Sequence[Mention]) -> list[str]:
    ends = {b.end for b in bodies if b.score >= 0.5}
    found = []
    for match in SHORT_FOR.finditer(text):
        short = (match.group(1) or match.group(2)).strip()
        if match.start() in ends and not is_generic(short) and not is_kind_of_body(short):
            found.append(short)
    return found


def _everywhere(
    text: str,
    sentences: Sequence[Sentence],
    type_: str,
    names: dict[str, float],
    own: Sequence[Mention],
    others: Iterable[Mention],
) -> list[Mention]:
    """The mentions of a type, with every other occurrence of the names; a part of a name gives way to the whole."""
    starts = [s.start for s in sentences]
    kept = list(own)
    blocking = [o for o in others if o.type not in ("place", "title")]
    for name in sorted(names, key=lambda n: (-len(n), n)):
        for match in re.finditer(re.escape(name), text):
            begin, end = match.span()
            number = bisect_right(starts, begin) - 1
            if number < 0 or end > sentences[number].end:
                continue
            meeting = [m for m in kept if m.start < end and begin < m.end]
            if any(m.start < begin or m.end > end or (m.start, m.end) == (begin, end) for m in meeting):
                continue
            if any(o.start < end and begin < o.end for o in blocking):
                continue
            kept = [m for m in kept if m not in meeting]
            kept.append(Mention(begin, end, type_, name, ("consistency",), round(names[name] * 0.9, 4)))
    return sorted(kept, key=lambda m: (m.start, -m.end))


class _Words:
    def __init__(self, tokens: Sequence[Sequence[Token]]) -> None:
        self._tokens = [t for part in tokens for t in part]
        self._starts = [t.start for t in self._tokens]

    def over(self, mention: Mention) -> Token | None:
        """The one word that a mention is, or stands in; ``None`` where it is made of several."""
        number = bisect_right(self._starts, mention.start) - 1
        token = self._tokens[number] if number >= 0 else None
        return token if token is not None and mention.end <= token.end else None


def _swallowed(place: Mention, words: _Words, bodies: Sequence[Mention]) -> bool:
    """Whether what the tagger alone takes for a place is a part of a larger word (唐人街|探案), or a common word (江边)."""
    if set(place.sources) != {"tagger"}:
        return False
    word = words.over(place)
    if word is None or word.tag in ("LOC", "PER", "TIME"):
        return False
    if any(b.start <= place.start and place.end <= b.end for b in bodies):
        return False
    if (place.start, place.end) == (word.start, word.end):
        return len(place.text) == 2 and word.tag in _COMMON_WORD and place.text not in gazetteer.by_name()
    rest = word.text[place.end - word.start :]
    return not (place.start == word.start and _ADDRESS.match(rest))


_AT = re.compile(
    r"(?:在|位于|撤出|攻占|轰炸|炮击|抵达|前往|飞往|首府|首都|城市|重镇|定居点|机场|港口)(?:[\u4e00-\u9fff]{2,8}、){0,6}$"
)
_THERE = re.compile(
    r"(?:、[\u4e00-\u9fff]{2,8}){0,6}(?:等(?:地|方向|城市|多地|定居点|州)|方向|附近|地区|一带|的战斗|举行|市|州|以[东西南北]|境内|机场|国际机场)"
)


def moved(text: str, persons: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Persons, and those among them that are places abroad: well-known cities (杜尚别), or where things happen (在赫尔松等地)."""
    abroad = {p.text for p in persons if p.text in gazetteer.foreign_cities()}
    abroad |= {p.text for p in persons if _is_site(text, p)}
    cities = [
        replace(p, type="place", sources=(*p.sources, "site"))
        for p in persons
        if p.text in abroad and "grammar" not in p.sources
    ]
    return [p for p in persons if p.text not in abroad or "grammar" in p.sources], cities


def _is_site(text: str, person: Mention) -> bool:
    before, after = text[max(0, person.start - 40) : person.start], person.end
    return transliterated(person.text) and _AT.search(before) is not None and _THERE.match(text, after) is not None
