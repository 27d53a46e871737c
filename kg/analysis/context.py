"""Which place an article speaks of, and the complete names of what it names in short."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.language import gazetteer
from kg.language.gazetteer import CITY, COUNTY, PROVINCE, Division
from kg.model import Article, Mention, Span

_LEVEL = re.compile(r"^(?:我|本|该|全)?(自治区|自治州|自治县|省|市|区|县|州|旗|盟)(?=.)")
_LEAGUE = re.compile(r"^(?:共青)?团(省|市|区|县|州|自治区)委")
_OWN = re.compile(r"(?:我|本)(自治区|省|市|区|县|州|旗)(?![\u4e00-\u9fff]?(?:民|花|树))")
_ACTS = re.compile(r"(?:[省市区县州旗])?(?:委|政府|人民政府|人大|政协|纪委|监委|市长|区长|县长|省长|州长|副|代|公安|检察|法院|[\u4e00-\u9fff]{2,8}局)")


@dataclass(frozen=True, slots=True)
class _Sighting:
    offset: int
    end: int
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
            _Sighting(m.start, m.end, d) for m in places if (d := _full(m.text, near)) is not None
        ]
        self._offsets = [s.offset for s in self._sightings]
        self._text = article.text
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
        page = _division_in(article.page_place)
        named = {s.division.level for s in self._sightings}
        if page is not None and given is None and not named & {CITY, COUNTY}:
            self._home[CITY], self._home[PROVINCE] = page, gazetteer.ancestor(page, PROVINCE)

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
        if level in ("省", "自治区"):
            return self._above(PROVINCE, level, offset, sentence_start)
        if level in ("市", "州", "盟", "自治州"):
            return self._city(level, offset, sentence_start)
        return self._county(level, offset, sentence_start)

    def _before(self, offset: int) -> list[_Sighting]:
        return list(reversed(self._sightings[: bisect_left(self._offsets, offset)]))

    def _speaks(self, sighting: _Sighting) -> bool:
        """Whether a place stands there as the one that acts: 五常市|委书记, 河南省|政府."""
        return _ACTS.match(self._text, sighting.end) is not None

    def _above(self, level_number: int, level: str, offset: int, sentence_start: int) -> tuple[Division, str] | None:
        home = self._home[level_number]
        for sighting in self._before(offset):
            if sighting.offset < sentence_start:
                break
            above = gazetteer.ancestor(sighting.division, level_number)
            if above is not None and above.name.endswith(level) and (home is None or self._speaks(sighting)):
                return above, f"{sighting.division.name}在本句前文"
        if home is not None and home.name.endswith(level):
            return home, f"全文所述之地为{home.name}"
        return None

    def _city(self, level: str, offset: int, sentence_start: int) -> tuple[Division, str] | None:
        for sighting in self._before(offset):
            if sighting.offset < sentence_start:
                break
            if self._speaks(sighting):
                if level == "市" and sighting.division.name.endswith("市"):
                    return sighting.division, f"{sighting.division.name}在本句前文"
                found = _city_of(sighting.division)
                if found is not None and _is_city(found, level):
                    return found, f"{sighting.division.name}在本句前文"
        home, province, county = self._home[CITY], self._home[PROVINCE], self._home[COUNTY]
        if province is not None and province.name.endswith("市") and level == "市":
            return province, f"全文所述之地为{province.name}"
        if level == "市" and county is not None and county.name.endswith("市") and self._mostly(county, home):
            return county, f"全文所述之地为{county.name}"
        if home is not None and _is_city(home, level):
            return home, f"全文所述之地为{home.name}"
        return None

    def _mostly(self, county: Division, city: Division | None) -> bool:
        """Whether a county-level city is named more often than the city it lies in."""
        named = Counter(s.division.code for s in self._sightings)
        return city is None or named[county.code] > 2 * named[city.code]

    def _county(self, level: str, offset: int, sentence_start: int) -> tuple[Division, str] | None:
        before = [s for s in self._before(offset) if s.division.level == COUNTY and s.division.name.endswith(level[-1])]
        for sighting in before:
            if sighting.offset >= sentence_start or self._speaks(sighting):
                return sighting.division, f"前文提到{sighting.division.name}"
        home = self._home[COUNTY]
        if home is not None and home.name.endswith(level[-1]):
            return home, f"全文所述之地为{home.name}"
        if before:
            return before[0].division, f"前文提到{before[0].division.name}"
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
        if league := _LEAGUE.match(text):
            found = self.at_level(league.group(1), offset, sentence_start)
            return (f"共青团{place_with_level(found[0], league.group(1))}委" + text[league.end() :], found[1]) if found else (text, "")
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
