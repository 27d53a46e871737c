"""Place mentions: administrative names from the gazetteer, what the tagger calls a place, and names fused of several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.analysis.document import Token
from kg.analysis.kinds import is_kind_of_place
from kg.language import gazetteer
from kg.language.lexicon import alternatives, body_words, table, words
from kg.model import Mention

# A place below the county: its name has at least one character before the suffix.
_LOCAL = re.compile(r"[\u4e00-\u9fff]{1,6}(?:镇|乡|村|街道|社区|苏木|嘎查)$")
# A link of a chain before another: 凤凰乡|红日山村, 清河新区|长安街道.
_LINK = re.compile(
    r"([\u4e00-\u9fff]{2,7}?(?:新区|开发区|高新区|管理区|街道|镇|乡|(?<=..)区|(?<=..)县))(?=[\u4e00-\u9fff“]{2,}(?:村|社区|镇|乡|街道|区|县|湾|屯|组|广场|公园|基地|中心|园|车间|阵地|营地|市场|超市|站|馆|厂|港|民宿|校|院|所))"
)
_ADMIN = re.compile(r"(?:[省市县区州旗盟镇乡村屯]|街道|社区|苏木|嘎查|分场)$")
_PREFIXED = re.compile(r"[涉驻来赴访在抵离对]([京津冀晋蒙辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁疆港澳台华])")
_NAMED_SITE = re.compile(
    r".{2,}(?:新区|小区|大道|大街|[^公铁道]路|巷|地铁站|东站|西站|南站|北站|运河|水库|产业园|遗址|故居|博物馆|纪念馆|古镇)$"
)
_SITE_NOUNS = ("n", "nz", "vn", "LOC", "an", "j", "nw", "PER", "s")
_NATIVE = re.compile(r"(?:籍|人(?:$|[，。、；）]))")  # 浙江开化人
_CHINA = re.compile(r"(?<=[访对来在驻赴涉援])华(?=$|[^侨人裔夏中东北南西为山阳清江英润文语星都盛丽威])")
_ORGAN = re.compile(
    r"(?:军区|军分区|警备区|战区|代表团|大使馆|领事馆|[省市区县]委|政府|政协|党委|党工委|分行|支行|公司|总队|支队|商会|协会|大学|学校|书记|市长|县长|区长|《.*|[A-Z0-9]{4,})$"
)
_NOT_A_STATE = re.compile(r"式|特色|梦|精神|方案|故事|共产党|人民|声音|力量|智慧|制造|税务精神|行动|话语|传统")
_BEFORE_STATE = ("健康", "平安", "美丽", "数字", "法治", "新时代", "书香", "质量", "清廉", "诗画", "文明")


@cache
def _names() -> dict[str, str]:
    """Names that count wherever a word begins with them, and where they come from."""
    names: dict[str, str] = {}
    for division in gazetteer.divisions().values():
        if len(division.name) > 2 or division.level < gazetteer.COUNTY:
            names[division.name] = "division"
        if division.level < gazetteer.COUNTY and len(division.short) > 1:
            names[division.short] = "short"
            if division.name.endswith("自治州"):
                names[division.short + "州"] = "division"
            names[gazetteer.plain_name(division.name)] = "short"
    for name in (*gazetteer.countries(), *words("places", "regions")):
        names[name] = "country"
    for word in table("places")["not_alone"].split():
        names.pop(word, None)
    return {name: kind for name, kind in names.items() if len(name) > 1}


@cache
def _longest() -> dict[str, tuple[int, ...]]:
    """For a first character the lengths of names that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for name in _names():
        lengths.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _known_at(text: str, offset: int, end: int) -> str:
    """The longest known name that stands at an offset, or the empty string."""
    for length in _longest().get(text[offset : offset + 1], ()):
        if offset + length <= end and text[offset : offset + length] in _names():
            return text[offset : offset + length]
    return ""


@cache
def _one_character() -> re.Pattern[str]:
    frames = table("abbreviations")["frames"]
    names = "".join(gazetteer.abbreviations())
    before, after = alternatives(frames["before"].split()), alternatives(frames["after"].split())
    return re.compile(f"(?:{before})([{names}])(?={after})")


@cache
def _fused() -> re.Pattern[str]:
    frames = table("abbreviations")["frames"]
    states, names = "".join(table("abbreviations")["states"]), "".join(gazetteer.abbreviations())
    after = alternatives(frames["after_fused"].split())
    return re.compile(f"(?:[{states}]{{2,4}}|[{names}]{{2,4}})(?={after})")


@cache
def _letters() -> re.Pattern[str]:
    """Names of countries alone or of divisions alone, one character each."""
    states, names = "".join(table("abbreviations")["states"]), "".join(gazetteer.abbreviations())
    return re.compile(f"[{states}]{{2,4}}|[{names}]{{2,4}}")


@cache
def _with_china() -> re.Pattern[str]:
    """中匈关系, 白中友谊: China and a country that the article spells out."""
    after = alternatives([*table("abbreviations")["frames"]["after_fused"].split(), "友谊", "建交", "伙伴", "经贸"])
    return re.compile(f"(?:中([\u4e00-\u9fff])|([\u4e00-\u9fff])中)(?=(?:传统)?(?:{after}))")


@cache
def _states() -> re.Pattern[str]:
    return re.compile(f"[{''.join(table('abbreviations')['states'])}]{{2,4}}")


def _is_partner(text: str, character: str) -> bool:
    """Whether a character is the first of a country that the article spells out."""
    return any(c[0] == character and c in text for c in gazetteer.countries() if len(c) > 1 and c != "中国")


def _spelled(text: str, character: str) -> bool:
    """Whether an article spells out what a one-character name is short for."""
    name = gazetteer.abbreviations().get(character, "")
    second = table("abbreviations")["second"].get(character, "")
    return any(n and gazetteer.plain_name(n) in text for n in (name, second))


@cache
def _common() -> frozenset[str]:
    return frozenset((*words("places", "common"), *words("places", "never")))


@cache
def _abroad() -> re.Pattern[str]:
    """A state of a country abroad: 佛罗里达州, 泰米尔纳德邦."""
    return re.compile(f"[{''.join(sorted(set(str(table('names')['transliteration']))))}]{{2,8}}[州邦]")


@cache
def _body_next() -> re.Pattern[str]:
    return re.compile(f"[省市县区州旗]?(?:{alternatives(body_words())})")


def find_places(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """Place mentions of one sentence; may overlap, the caller chooses."""
    found: list[Mention] = []
    ends = {t.end for t in tokens}
    names = {t.start for t in tokens if t.tag in ("LOC", "PER", "ORG", "nz", "ns")}
    for token in tokens:
        if token.tag == "PER":
            continue
        found += _from(text, token.start, end, ends, names)
        if (
            token.tag == "LOC"
            and len(token.text) > 1
            and not _is_kind(token.text)
            and not _ORGAN.search(token.text)
            and not _no_state(text, token.start, token.end)
        ):
            sources = (*_known_as(token.text), "lac")
            found += _split(text, token.start, token.end, sources, 0.75)
        elif (
            token.tag in ("n", "nz", "ns")
            and len(token.text) > 2
            and _LOCAL.match(token.text)
            and not _is_kind(token.text)
        ):
            found.append(Mention(token.start, token.end, "place", token.text, ("grammar",), 0.5))
    for match in _one_character().finditer(text, start, end):
        found.append(Mention(*match.span(1), "place", match.group(1), ("gazetteer",), 0.7))
    starts = {t.start for t in tokens}
    for match in _abroad().finditer(text, start, end):
        if (
            match.start() in starts
            and match.group()[:-1] not in gazetteer.by_name()
            and match.group() not in gazetteer.by_name()
        ):
            found.append(Mention(*match.span(), "place", match.group(), ("grammar",), 0.7))
    for match in _CHINA.finditer(text, start, end):
        found.append(Mention(*match.span(), "place", "华", ("grammar",), 0.85))
    for match in _with_china().finditer(text, start, end):
        other = match.group(1) or match.group(2)
        if _is_partner(text, other):
            found += [
                Mention(i, i + 1, "place", text[i], ("gazetteer", "grammar"), 0.95)
                for i in range(match.start(), match.end())
            ]
    for match in _fused().finditer(text, start, end):
        if match.group() not in _names():
            found += [
                Mention(i, i + 1, "place", text[i], ("gazetteer",), 0.95) for i in range(match.start(), match.end())
            ]
    return found


def _known_as(name: str) -> tuple[str, ...]:
    """What else says that a word that LAC takes for a place is one: the gazetteer, or how it ends."""
    if name[-1] in "县市区旗" and name in gazetteer.by_name():
        return ("gazetteer",)  # 代县: too short to count wherever it stands
    return ("grammar",) if len(name) > 2 and (_LOCAL.match(name) or _NAMED_SITE.match(name)) else ()


def _from(text: str, offset: int, end: int, ends: set[int], names: set[int]) -> Iterator[Mention]:
    """The chain of known names that begins at a word (浙江省|湖州市)."""
    while offset < end and (name := _known_at(text, offset, end)):
        stop = offset + len(name)
        kind = _names()[name]
        whole = stop in ends
        if (
            whole
            or kind == "division"
            or (len(name) > 2 and kind != "short")
            or _body_next().match(text, stop)
            or _known_at(text, stop, end)
        ):
            if not _no_state(text, offset, stop):
                yield Mention(offset, stop, "place", name, ("gazetteer",), 0.9 if whole else 0.7)
        elif kind == "short" or len(name) == 2:
            return
        offset = stop
        lower = _below(text, name, stop, end)
        if lower and (stop in names or _NATIVE.match(text, stop + len(lower))):
            yield Mention(
                stop, stop + len(lower), "place", lower, ("gazetteer",), 0.75 if stop + len(lower) in ends else 0.55
            )
            return


def _below(text: str, name: str, offset: int, end: int) -> str:
    """The short name of a county that stands right after its province or city (江西|彭泽); empty where none does."""
    above = gazetteer.find(name)
    if above is None or above.level == gazetteer.COUNTY or _known_at(text, offset, end):
        return ""
    for length in (4, 3, 2):
        short = text[offset : offset + length]
        if offset + length <= end and any(
            d.level == gazetteer.COUNTY and d.code.startswith(above.code.rstrip("0"))
            for d in gazetteer.by_name().get(short, ())
        ):
            return short
    return ""


def _no_state(text: str, begin: int, stop: int) -> bool:
    """中国式现代化, 健康中国: 中国 that is no place."""
    return text[begin:stop] in ("中国", "中华") and (
        text[begin:stop] == "中华"
        or _NOT_A_STATE.match(text, stop) is not None
        or text[max(0, begin - 3) : begin].endswith(_BEFORE_STATE)
    )


def _is_kind(name: str) -> bool:
    """Whether a name is that of a kind of site alone: 博物馆, 爱心驿站."""
    return name in _common() or (len(name) > 1 and name in words("places", "sites")) or is_kind_of_place(name)


def parts(text: str, tagged: Sequence[Mention]) -> list[Mention]:
    """The places among a tagger's mentions, chains (浙江省湖州市) in their links."""
    return [
        part
        for mention in tagged
        if mention.type == "place" and not _is_kind(mention.text) and not _no_state(text, mention.start, mention.end)
        for part in _split(text, mention.start, mention.end, mention.sources, mention.score)
    ]


def _split(text: str, begin: int, end: int, sources: tuple[str, ...], score: float) -> Iterator[Mention]:
    """A place as a tagger sees it, without the known places it begins with (河南|兰考); fused names (中美) in characters."""
    fused = 2 <= end - begin <= 4 and _letters().fullmatch(text, begin, end) and not _known_at(text, begin, end)
    pair = text[begin:end]
    if len(pair) == 2 and "中" in pair and _is_partner(text, pair.replace("中", "", 1)):
        yield from (Mention(i, i + 1, "place", text[i], sources, score) for i in (begin, begin + 1))
        return
    if fused and (_states().fullmatch(text, begin, end) or all(_spelled(text, text[i]) for i in range(begin, end))):
        yield from (Mention(i, i + 1, "place", text[i], sources, score) for i in range(begin, end))
        return
    if match := _PREFIXED.fullmatch(text, begin, end):
        yield Mention(*match.span(1), "place", match.group(1), sources, score)
        return
    links: list[tuple[int, int]] = []
    while (name := _known_at(text, begin, end)) and end - begin - len(name) >= 2:
        rest = text[begin + len(name) : end]
        if not (
            _is_known(rest)
            or _known_at(text, begin + len(name), end)
            or (name[-1] in "省市县区州" and _ADMIN.search(rest))
        ):
            break
        links.append((begin, begin + len(name)))
        begin += len(name)
    while match := _LINK.match(text, begin, end):
        links.append(match.span(1))
        begin = match.end()
    last = text[begin:end]
    if links and not _ADMIN.search(last) and not _is_known(last):
        begin = links.pop()[0]  # 半堤镇|党建综合阵地: a site keeps the place it lies in
    for left, right in links:
        yield Mention(left, right, "place", text[left:right], sources, score)
    if text[begin:end] not in _common():
        yield Mention(begin, end, "place", text[begin:end], sources, score)


def _is_known(name: str) -> bool:
    return name in _names() or name in gazetteer.by_name() or name in gazetteer.foreign_cities()


@cache
def _kind_of_site() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('places', 'kinds'))})")


@cache
def _own_site() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('places', 'own'))})$")


def whole_sites(
    text: str, end: int, found: Sequence[Mention], tokens: Sequence[Token], tagged: Sequence[Mention]
) -> list[Mention]:
    """Places with the words that follow and the kind of site these end in as one name: 襄阳|古城, 长春|农博园.

    Args:
        end: where the sentence ends.
        tagged: what the tagger found in it; a body that it knows is no part of a site.
    """
    whole: list[Mention] = []
    taken = [(t.start, t.end) for t in tagged if t.type != "place" and t.score >= 0.5]
    for mention in sorted(found, key=lambda m: m.start):
        if whole and mention.end <= whole[-1].end:
            continue
        before = whole[-1] if whole else None
        if before is not None and before.end == mention.start and _kind_of_site().fullmatch(mention.text):
            begin = before.start
            whole[-1] = Mention(begin, mention.end, "place", text[begin : mention.end], mention.sources, before.score)
            continue
        whole.append(mention)
        stop = _site_end(text, mention, end, tokens)
        if stop > mention.end and not any(left < stop and mention.start < right for left, right in taken):
            grown = text[mention.start : stop]
            whole[-1] = Mention(mention.start, stop, "place", grown, mention.sources, mention.score)
    return whole


def _site_end(text: str, mention: Mention, end: int, tokens: Sequence[Token]) -> int:
    """The end of the run of nouns after a place that ends like a site of its own; the place's end where none does."""
    best = reached = mention.end
    if len(mention.text) < 2 or mention.text in gazetteer.countries():
        return best
    for token in tokens:
        if token.end <= reached:
            continue
        if token.start != reached or token.end > end or token.tag not in _SITE_NOUNS or token.end - mention.end > 10:
            break
        reached = token.end
        if _own_site().search(text, mention.end, reached):
            best = reached
    return best
