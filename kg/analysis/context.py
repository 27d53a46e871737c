"""Which place an article speaks of, and the complete names of what it names in short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.language import gazetteer
from kg.language.gazetteer import CITY, COUNTY, PROVINCE, Division
from kg.model import Article, Mention, Span

_LEVEL = re.compile(r"^(?:我|本|该|全)?(自治区|自治州|自治县|省|市|区|县|州|旗|盟)(?=.)")
_OWN = re.compile(r"(?:我|本)(自治区|省|市|区|县|州|旗)(?![\u4e00-\u9fff]?(?:民|花|树))")


@dataclass(frozen=True, slots=True)
class _Sighting:
    offset: int
    division: Division


class Context:
    """The places of an article: where it plays as a whole, and what was named last before an offset.

    Args:
        article: its ``place`` and ``publisher`` count for most.
        places: chosen place mentions of the whole article, in order (those inside organizations too).
    """

    def __init__(self, article: Article, places: Sequence[Mention]) -> None:
        self._places = places
        given = _division_in(article.place) or _division_in(article.publisher)
        rough = Counter[str]()
        for mention in places:
            for division in gazetteer.by_name().get(mention.text, ())[:1]:
                if division.level < COUNTY or len(gazetteer.by_name()[mention.text]) == 1:
                    rough[division.code[:2]] += 3 if mention.start < 200 else 1
        near = given.code if given else (min(rough, key=lambda c: (-rough[c], c)) if rough else "")
        self._sightings = [
            _Sighting(m.start, d) for m in places if (d := _full(m.text, near)) is not None
        ]
        weights: dict[int, Counter[str]] = {level: Counter() for level in (PROVINCE, CITY, COUNTY)}
        for sighting in self._sightings:
            weight = 4 if sighting.offset < 120 else 2 if sighting.offset < 300 else 1
            for level in (PROVINCE, CITY, COUNTY):
                above = gazetteer.ancestor(sighting.division, level)
                if above is not None:
                    weights[level][above.code] += weight if level == sighting.division.level else weight - 0.5 if weight > 1 else 0.5
        self._home: dict[int, Division | None] = {}
        for level, counted in weights.items():
            best = min(counted, key=lambda c: (-counted[c], c)) if counted else ""
            self._home[level] = gazetteer.divisions().get(best)
        if given is not None:
            for level in (PROVINCE, CITY, COUNTY):
                above = gazetteer.ancestor(given, level)
                if above is not None:
                    self._home[level] = above

    @property
    def locality(self) -> str:
        """The place the article is about: its city, else its province, else empty."""
        for level in (CITY, PROVINCE):
            home = self._home[level]
            if home is not None:
                return home.name
        return ""

    def division(self, name: str) -> Division | None:
        """The division of a name as this article means it."""
        home = self._home[CITY] or self._home[PROVINCE]
        return _full(name, home.code if home else "")

    def at_level(self, level: str, offset: int, sentence_start: int) -> tuple[Division, str] | None:
        """The place that ``省``, ``市``, ``区`` … stands for at an offset, and why; ``None`` where nothing decides.

        The nearest place of that level named before in the sentence; else the one that holds the nearest place named
        before; else the article's own.
        """
        before = [s for s in self._sightings if s.offset < offset]
        if level in ("省", "自治区"):
            home = self._home[PROVINCE]
            for sighting in reversed(before):
                above = gazetteer.ancestor(sighting.division, PROVINCE)
                if above is not None and sighting.offset >= sentence_start and above.name.endswith(level):
                    return above, f"{sighting.division.name}在本句前文"
            if home is not None and home.name.endswith(level):
                return home, f"全文所述之地为{home.name}"
            return None
        if level in ("市", "州", "盟", "自治州"):
            for sighting in reversed(before):
                found = _city_of(sighting.division)
                if found is not None and sighting.offset >= sentence_start and _is_city(found, level):
                    return found, f"{sighting.division.name}在本句前文"
            home = self._home[CITY]
            province = self._home[PROVINCE]
            if province is not None and province.name.endswith("市") and level == "市":
                return province, f"全文所述之地为{province.name}"
            if home is not None and _is_city(home, level):
                return home, f"全文所述之地为{home.name}"
            return None
        for sighting in reversed(before):
            if sighting.division.level == COUNTY and sighting.division.name.endswith(level[-1]):
                return sighting.division, f"前文提到{sighting.division.name}"
        home = self._home[COUNTY]
        if home is not None and home.name.endswith(level[-1]):
            return home, f"全文所述之地为{home.name}"
        if level == "县" and home is not None:
            return home, f"全文所述之地为{home.name}"
        return None

    def nearest(self, offset: int, sentence_start: int) -> tuple[str, str] | None:
        """The place that a bare 人大常委会 or 政协 belongs to: the last one named in the sentence; ``None`` where there is none."""
        for sighting in reversed(self._sightings):
            if sentence_start <= sighting.offset < offset:
                return sighting.division.name, f"{sighting.division.name}在本句前文"
        return None

    def complete(self, text: str, offset: int, sentence_start: int) -> tuple[str, str]:
        """A name made complete (``市委`` -> ``太原市委``) and the reason; the name itself and ``""`` where it is."""
        match = _LEVEL.match(text)
        if match is None or gazetteer.by_name().get(text[:3]) and text[0] not in "省市区县州":
            return text, ""
        level = match.group(1)
        found = self.at_level(level, offset, sentence_start)
        if found is None:
            return text, ""
        division, reason = found
        rest = text[match.end() :]
        return place_with_level(division, level) + rest, reason

    def own_place(self, text: str, offset: int, sentence_start: int) -> tuple[str, str] | None:
        """What 我市, 本省 … stands for."""
        match = _OWN.fullmatch(text)
        found = self.at_level(match.group(1), offset, sentence_start) if match else None
        return (found[0].name, found[1]) if found else None


def own_places(text: str, start: int, end: int) -> list[Span]:
    """Where 我市, 我省, 本县 … stand."""
    return [Span(*m.span()) for m in _OWN.finditer(text, start, end)]


def place_with_level(division: Division, level: str) -> str:
    """A division's name as it begins the name of its bodies: 太原市, 恩施州, 广西壮族自治区."""
    if division.name.endswith(level):
        return division.name
    return division.short + level


def _division_in(text: str) -> Division | None:
    """The place in a publisher's name or a dateline: 太原日报, 山西省太原市."""
    best: Division | None = None
    for length in range(min(8, len(text)), 1, -1):
        for start in range(len(text) - length + 1):
            found = gazetteer.find(text[start : start + length])
            if found is not None and (best is None or found.level > best.level):
                best = found
    return best


def _full(name: str, near: str) -> Division | None:
    if len(name) == 1:
        name = gazetteer.abbreviations().get(name, name)
    return gazetteer.find(name, near)


def _city_of(division: Division) -> Division | None:
    if division.level == PROVINCE:
        return division if division.name.endswith("市") else None
    city = gazetteer.ancestor(division, CITY)
    if city is not None:
        return city
    top = gazetteer.ancestor(division, PROVINCE)
    return top if top is not None and top.name.endswith("市") else None


def _is_city(division: Division, level: str) -> bool:
    return division.name.endswith(level[-1]) or (level == "市" and division.level == CITY and division.name.endswith("市"))
