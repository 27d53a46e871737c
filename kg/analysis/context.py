"""Which place an article speaks of, and the complete names of what it names in short."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.language import gazetteer
from kg.language.gazetteer import CITY, COUNTY, PROVINCE, Division
from kg.model import Article, Mention, Span

_LEVEL = re.compile(r"^(?:我|本|该|全)?(自治区|自治州|自治县|省|市|区|县|州|旗|盟)(?=.)(?![级属直管辖内外民场区])")
_COUNTY_LIKE = re.compile(r"[\u4e00-\u9fff]{2,3}(?<![社城市园景地辖山小片灾矿厂校郊库林牧战军赛展街商])[区县]")
_ZONE_OF_BODY = re.compile(r"(?!.{0,6}[省县]).{2,9}?(?:新区|高新区|经开区|开发区|管理区)(?=.{2,})")
_COUNTY_OF_BODY = re.compile(r"[\u4e00-\u9fff]{2,5}?[县区](?=.{2,})")
_HEAD = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:日报|晚报|晨报|在线|新闻网|发布)(?:客户端)?.{0,12}?(?:讯|电|记者|消息)")
_LEAGUE = re.compile(r"^(?:共青)?团(省|市|区|县|州|自治区)委")
_OWN = re.compile(r"(?:我|本)(自治区|省|市|区|县|州|旗|国)(?![\u4e00-\u9fff]?(?:民|花|树))")
_ACTS = re.compile(
    r"(?:[省市区县州旗])?(?:委|政府|人民政府|人大|政协|纪委|监委|市长|区长|县长|省长|州长|副|代|公安|检察|法院|[\u4e00-\u9fff]{2,8}局)"
)


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
        self._text = article.text
        given = _division_in(article.place) or _division_in(article.publisher)
        near = given.code if given else _roughly(places)
        seen: dict[int, _Sighting] = {}
        for m in places:
            if (division := _full(m.text, near) or _zone(m.text)) is not None:
                seen.setdefault(m.start, _Sighting(m.start, m.end, division))
        self._sightings = sorted(seen.values(), key=lambda s: s.offset)
        self._offsets = [s.offset for s in self._sightings]
        self._weights: defaultdict[str, float] = defaultdict(float)
        for sighting in self._sightings:
            weight = 4 if sighting.offset < 120 else 2 if sighting.offset < 300 else 1
            for level in (PROVINCE, CITY, COUNTY):
                above = gazetteer.ancestor(sighting.division, level)
                if above is not None:
                    less = level != sighting.division.level
                    self._weights[above.code] += (weight - 0.5 if weight > 1 else 0.5) if less else weight
        for division in titled(article.title):
            for level in (PROVINCE, CITY, COUNTY):
                above = gazetteer.ancestor(division, level)
                if above is not None:
                    self._weights[above.code] += 5
        page = _division_in(article.page_place)
        if page is not None and given is None and not {s.division.level for s in self._sightings} & {CITY, COUNTY}:
            given = page  # the other articles of the page say where the paper is
        if given is None and (head := _HEAD.match(article.text.lstrip())) is not None:
            paper = _full(head.group(1), near)
            for level in (PROVINCE, CITY):  # 吉林日报讯: a paper without front matter
                above = gazetteer.ancestor(paper, level) if paper is not None else None
                if above is not None:
                    self._weights[above.code] += 1
        if given is not None:
            for level in (PROVINCE, CITY, COUNTY):
                above = gazetteer.ancestor(given, level)
                if above is not None:
                    self._weights[above.code] += 1000
        self._home: dict[int, Division | None] = {
            level: self._heaviest(level, "") for level in (PROVINCE, CITY, COUNTY)
        }

    def _heaviest(self, level: int, ending: str) -> Division | None:
        """The division of a level, with a name of this ending, that the article speaks of most."""
        known = {s.division.code: s.division for s in self._sightings}
        best = min(
            (
                (-weight, code, division)
                for code, weight in self._weights.items()
                if (division := gazetteer.divisions().get(code) or known.get(code)) is not None
                and division.level == level
                and division.name.endswith(ending)
            ),
            key=lambda entry: entry[:2],
            default=None,
        )
        return best[2] if best else None

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
        home = self._heaviest(level_number, level)
        for sighting in self._before(offset):
            if sighting.offset < sentence_start:
                break
            above = gazetteer.ancestor(sighting.division, level_number)
            if above is not None and above.name.endswith(level) and (home is None or self._speaks(sighting)):
                return above, f"{sighting.division.name}在本句前文"
        return (home, f"全文所述之地为{home.name}") if home is not None else None

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
        home, province = self._heaviest(CITY, level[-1]), self._home[PROVINCE]
        if province is not None and province.name.endswith("市") and level == "市":
            return province, f"全文所述之地为{province.name}"
        county = self._heaviest(COUNTY, "市") if level == "市" else None
        if county is not None and self._mostly(county, home):
            return county, f"全文所述之地为{county.name}"
        return (home, f"全文所述之地为{home.name}") if home is not None else None

    def _mostly(self, county: Division, city: Division | None) -> bool:
        """Whether a county-level city is what the article is about, not the city it lies in."""
        named = Counter(s.division.code for s in self._sightings)
        first = {s.division.code: s.offset for s in reversed(self._sightings)}
        if city is None or not named[city.code]:
            return named[county.code] > 2 or city is None
        return named[county.code] > 2 * named[city.code] and first[county.code] < first[city.code] + 60

    def _county(self, level: str, offset: int, sentence_start: int) -> tuple[Division, str] | None:
        before = [s for s in self._before(offset) if s.division.level == COUNTY and s.division.name.endswith(level[-1])]
        for sighting in before:
            if sighting.offset >= sentence_start or self._speaks(sighting):
                return sighting.division, f"前文提到{sighting.division.name}"
        home = self._heaviest(COUNTY, level[-1])
        if home is not None:
            return home, f"全文所述之地为{home.name}"
        return (before[0].division, f"前文提到{before[0].division.name}") if before else None

    def names(self, name: str) -> bool:
        """Whether the article spells out a division of this name, in short or in full."""
        return any(s.division.name == name and s.end - s.offset > 1 for s in self._sightings)

    def city_short(self) -> str:
        """The short name of the article's city; empty where it has none."""
        home = self._home[CITY]
        return home.short if home is not None else ""

    def zone(self, kind: str) -> str:
        """The full name of the zone (郑州经开区) that 经开区 stands for: the one named first that ends so; empty where none is."""
        for mention in self._places:
            if mention.text.endswith(kind) and len(mention.text) > len(kind) + 1:
                return mention.text
        return ""

    def nearest(self, offset: int, sentence_start: int) -> tuple[str, str] | None:
        """The place that a bare 人大常委会 or 政协 belongs to: the last one named in the sentence; ``None`` where there is none."""
        for sighting in reversed(self._sightings):
            if sentence_start <= sighting.offset < offset:
                return sighting.division.name, f"{sighting.division.name}在本句前文"
        return None

    def complete(self, text: str, offset: int, sentence_start: int) -> tuple[str, str]:
        """A name made complete (``市委`` -> ``太原市委``) and the reason; the name itself and ``""`` where it is."""
        if text.startswith("特区政府"):
            named = Counter(m.text[:2] for m in self._places if m.text[:2] in ("香港", "澳门"))
            best = min(named, key=lambda n: (-named[n], n)) if named else ""
            return (best + text, f"全文所述之地为{best}") if best else (text, "")
        if league := _LEAGUE.match(text):
            found = self.at_level(league.group(1), offset, sentence_start)
            return (
                (f"共青团{place_with_level(found[0], league.group(1))}委" + text[league.end() :], found[1])
                if found
                else (text, "")
            )
        match = _LEVEL.match(text)
        if (
            text[:1] == "区"
            and gazetteer.by_name().get(text[:3]) is None
            and match
            and (zone := self._county("区", offset, sentence_start))
        ):
            rest = text[match.end() :]
            keep = (
                "区"
                if zone[0].name.endswith("新区") and rest.startswith(("委", "政府")) and zone[0].code.startswith("~")
                else ""
            )
            return place_with_level(zone[0], "区") + keep + rest, zone[1]
        if match is None or (gazetteer.by_name().get(text[:3]) and text[0] not in "省市区县州"):
            return text, ""
        level = match.group(1)
        found = self.at_level(level, offset, sentence_start)
        if found is None:
            return text, ""
        division, reason = found
        rest = text[match.end() :]
        return place_with_level(division, level) + rest, reason

    def is_own(self, text: str) -> bool:
        """Whether a text only points at the article's own place: 我市, 本县."""
        return _OWN.fullmatch(text) is not None

    def own_place(self, text: str, offset: int, sentence_start: int) -> tuple[str, str] | None:
        """What 我市, 本省 … stands for."""
        match = _OWN.fullmatch(text)
        if match and match.group(1) == "国":
            return "中国", f"{text}指中国"
        found = self.at_level(match.group(1), offset, sentence_start) if match else None
        return (found[0].name, found[1]) if found else None


def titled(title: str) -> list[Division]:
    """The divisions that a title names with their suffix (庆城县), each once; a title stands outside of the text."""
    found: dict[str, Division] = {}
    position = 0
    while position < len(title):
        for length in range(min(11, len(title) - position), 2, -1):
            name = title[position : position + length]
            division = gazetteer.find(name) if name[-1] in "省市区县州旗盟" else None
            if division is not None and division.name == name:
                found.setdefault(division.code, division)
                position += length - 1
                break
        position += 1
    return list(found.values())


def _roughly(places: Sequence[Mention]) -> str:
    """The province most of the places lie in, by names that are not shared by several."""
    rough = Counter[str]()
    for mention in places:
        found = gazetteer.by_name().get(mention.text, ())
        if found and (found[0].level < COUNTY or len(found) == 1):
            rough[found[0].code[:2]] += 3 if mention.start < 200 else 1
    return min(rough, key=lambda c: (-rough[c], c)) if rough else ""


def _zone(name: str) -> Division | None:
    """A zone, or a county that the gazetteer does not hold, as a place at the level of counties."""
    if (
        len(name) > 3 and name.endswith(("新区", "高新区", "经开区", "开发区", "示范区", "度假区", "管理区"))
    ) or _COUNTY_LIKE.fullmatch(name):
        return Division(f"~{name}", name, name, COUNTY, "", None, None)
    return None


def zone_in(body: Mention) -> Mention | None:
    """The zone that the name of a body begins with (青岛西海岸新区|教育和体育局), as a place."""
    match = _ZONE_OF_BODY.match(body.text) or _COUNTY_OF_BODY.match(body.text)
    if match is None or (match.re is _COUNTY_OF_BODY and not gazetteer.by_name().get(match.group())):
        return None
    return Mention(body.start, body.start + match.end(), "place", match.group(), body.sources, body.score)


def own_places(text: str, start: int, end: int) -> list[Span]:
    """Where 我市, 我省, 本县 … stand."""
    return [Span(*m.span()) for m in _OWN.finditer(text, start, end)]


def place_with_level(division: Division, level: str) -> str:
    """A division's name as it begins the name of its bodies: 太原市, 恩施州, 广西壮族自治区."""
    if division.code.startswith("~") and division.name.endswith("新区") and level == "区":
        return division.name
    if division.name.endswith("自治州") and level == "州":
        return division.short + "州"
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
    return division.name.endswith(level[-1]) or (
        level == "市" and division.level == CITY and division.name.endswith("市")
    )
