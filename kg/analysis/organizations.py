"""Organization mentions: bodies of places and levels, bodies of the centre, media, what the tagger calls one, departments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.analysis.borders import clean, ends_like_one, is_generic
from kg.analysis.document import Token
from kg.language import gazetteer
from kg.language.lexicon import (
    alternatives,
    body_words,
    national_bodies,
    national_names,
    table,
    title_heads,
    unit_words,
    words,
)
from kg.model import Mention

_NOUNS = frozenset(("n", "nz", "vn", "ORG", "LOC", "nw", "an", "s", "j", "PER"))
_LEVELS = "省市区县州旗盟镇乡"
_PARTIES = ("中共", "共青团", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟", "政协")
_HEADS_AFTER_BODY = ("书记", "常委", "委员", "主任", "副", "部", "局", "主席", "秘书长", "党组", "机关", "原", "办")


@cache
def _bodies() -> re.Pattern[str]:
    """A body with its departments: ``委组织部``, ``人民政府办公厅``, ``人大常委会党组``. A level may be repeated: 嵩县|县委."""
    body, unit = alternatives(body_words()), alternatives([*unit_words(), "机关党委"])
    return re.compile(
        f"(?:自治区|[{_LEVELS}])?(?:中共)?(?:{body}|党委|党工委|工委|人大工委|街道办事处|办事处)(?:{unit})*"
    )


@cache
def _relative() -> re.Pattern[str]:
    """A body whose place the article has to give: 市委, 我市公安局, 两市人大常委会, 自治区党委."""
    level = f"(?:团(?=[省市区县州]委)|共青团(?=[省市区县州]委))?(?:(?:我|本|该|全|两|三|四|各)?(?:自治区|自治州|[{_LEVELS}])(?:第?[一二三四五六七八九十]+届)?)"
    body = alternatives([*body_words(), "党委", "党工委", "工委"])
    unit = alternatives(unit_words())
    return re.compile(f"(?:{level}(?:{body})|{level}中级人民法院)(?:{unit})*")


@cache
def _national() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(national_bodies())})(?:{alternatives(unit_words())})*")


@cache
def _department() -> re.Pattern[str]:
    """A department alone, between the marks of a list and a title: 、组织部|部长."""
    groups = table("organizations")["departments"]
    names = alternatives(" ".join(groups.values()).split())
    return re.compile(f"(?<=[、，；（(兼和及与 \u3000])(?:区|县|市)?(?:{names})(?:{alternatives(unit_words())})*")


@cache
def _stand_in() -> re.Pattern[str]:
    heads = alternatives(words("organizations", "stand_ins", "heads"))
    units = alternatives(
        [*unit_words(), *words("organizations", "departments", "unit"), *words("organizations", "departments", "party")]
    )
    return re.compile(f"(?:该)?(?:{heads})(?:{units})+")


@cache
def _media() -> re.Pattern[str]:
    after = alternatives(words("organizations", "media", "after"))
    suffix = (
        "日报|晚报|时报|早报|晨报|都市报|商报|新闻网|新闻|在线|发布|客户端|融媒|广播电视台|电视台|[\u4e00-\u9fff]网"
    )
    return re.compile(
        f"(?P<known>(?:{alternatives(words('organizations', 'media', 'names'))})(?:客户端|网站|官网|[－—-][\u4e00-\u9fff]{{2,3}}频道)?)"
        f"|(?:(?<=^)|(?<=[\n　 据：:】》/（(（]))据?(?P<head>(?!据)[\u4e00-\u9fff]{{2,6}}?(?:{suffix}))(?=[ 　]?(?:{after})|[/）)】|\n])",
        re.M,
    )


@cache
def _clubs() -> re.Pattern[str]:
    """Clubs and firms whose names look like places or persons (山东泰山, 特斯拉)."""
    names = words("organizations", "clubs", "names")
    return re.compile(f"(?:{alternatives(names)})(?:足球俱乐部|篮球俱乐部|俱乐部|队)?(?![省市区县州路街山脉岛湾港])")


# a team in quotation marks, with the name of who it belongs to outside: “蓝天救援队”, “红马甲”志愿服务队
_TEAM = re.compile(
    "“([\u4e00-\u9fff]{2,12}(?:救援队|服务队|突击队|先锋队|志愿队|宣讲团|宣讲队|工作室|调解室|合唱团|艺术团|足球队|篮球队|龙舟队|巡逻队))”"
)


def find_organizations(
    text: str, start: int, end: int, tokens: Sequence[Token], places: Sequence[Mention]
) -> list[Mention]:
    """Organization mentions of one sentence; may overlap, the caller chooses (score, then length).

    Args:
        places: the chosen place mentions of the sentence, in order.
    """
    starts = {t.start for t in tokens}
    ends = {t.end for t in tokens}
    found: list[Mention] = []

    def add(begin: int, stop: int, source: str, score: float, extended: bool = True) -> None:
        if extended:
            stop = _noun_run(text, stop, tokens)
        begin = _with_party_prefix(text, begin, start)
        for left, right in clean(text, begin, stop, tokens):
            name = text[left:right]
            if right - left > 1 and not is_generic(name):
                found.append(Mention(left, right, "organization", name, (source,), score))

    for begin, stop in _chains(places):
        if match := _bodies().match(text, stop, end):
            if _clean_end(match.end(), tokens, text):
                add(begin, match.end(), "grammar", 0.9)
        else:
            run = _noun_run(text, stop, tokens)
            if run > stop:
                add(begin, run, "run", 0.6, False)
    place_starts = {m.start for m in places}
    inside_place = {i for m in places for i in range(m.start + 1, m.end)}
    for match in _relative().finditer(text, start, end):
        if (
            match.start() in inside_place
            or text[match.start() - 1 : match.start() + 1] in gazetteer.by_name()
            or not _clean_end(match.end(), tokens, text)
        ):
            continue
        if match.start() in place_starts and match.group()[0] in _LEVELS:
            continue
        previous = text[match.start() - 1] if match.start() > start else ""
        if previous and previous in "大强外邻各多":
            continue  # 经济大省政府
        if match.start() in starts or not previous or previous in "、，。；：（(” \n和与及由在向对委府协会":
            add(match.start(), match.end(), "grammar", 0.85)
    place_ends = {stop: begin for begin, stop in _chains(places)}
    for match in _national().finditer(text, start, end):
        before = place_ends.get(match.start())
        if before is not None and text[before : match.start()] not in ("中国", "中华人民共和国"):
            add(before, match.end(), "grammar", 0.85)
            continue
        if _NO_PART.match(text, match.end()):
            continue  # 中国石油|大学
        if (match.start() in starts or match.end() in ends) and _clean_end(match.end(), tokens, text):
            add(match.start(), match.end(), "grammar", 0.85)
    for match in _clubs().finditer(text, start, end):
        found.append(Mention(*match.span(), "organization", match.group(), ("gazetteer", "grammar"), 0.95))
    for match in _TEAM.finditer(text, start, end):
        found.append(Mention(*match.span(1), "organization", match.group(1), ("grammar",), 0.75))
    for match in _media().finditer(text, start, end):
        group = "known" if match.group("known") else "head"
        if group == "head" or match.start() in starts or match.end() in ends:
            found.append(Mention(*match.span(group), "organization", match.group(group), ("gazetteer",), 0.9))
    for begin, stop in _credited(text, start, end):
        found.append(Mention(begin, stop, "organization", text[begin:stop], ("grammar",), 0.7))
    for pattern, score in ((_department(), 0.7), (_stand_in(), 0.6)):
        for match in pattern.finditer(text, start, end):
            if _before_title(text, match.end()) and (match.start() in starts or pattern is _department()):
                found.append(Mention(*match.span(), "organization", match.group(), ("grammar",), score))
    for begin, stop, score in _tagged(tokens):
        add(begin, stop, "lac", score)
    return found


_NO_PART = re.compile("大学|学院|大厦|大楼|广场|杯|时报|日报|报社")
_SOURCE = re.compile(
    r"来源[：:] ?([^\s，。；：:|｜（）()\[\]【】✦]{2,40}?)(?=返回|综合|责任编辑|编辑|作者|记者|原创稿|[）)】\n|｜/]|$)"
)
_ACCOUNT = re.compile(
    r"“([\u4e00-\u9fff]{2,8})”(?:官方)?(?:微信)?(?:公众号|客户端|视频号)|(?:(?:微信)?公众号|据)“([\u4e00-\u9fff]{2,8})”"
)
_NO_SOURCE = re.compile(r"网络|综合|视频截图|资料|本报|图虫|《|.{9,}|.*(?:频道|等)$")


def _credited(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Those who are named as the source of a report, whatever they are called: 来源：白鹭洲知政、钱塘发布; 公众号“湖南医聊”."""
    for match in _SOURCE.finditer(text, start, end):
        begin = match.start(1)
        for name in match.group(1).split("、"):
            plain = name.strip("“”")
            if len(plain) > 1 and not _NO_SOURCE.match(plain):
                left = begin + name.index(plain)
                yield left, left + len(plain)
            begin += len(name) + 1
    for match in _ACCOUNT.finditer(text, start, end):
        yield match.span(1 if match.group(1) else 2)


def cleaned(text: str, tagged: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """The organizations among a tagger's mentions: two in one parted, what is glued on cut off."""
    found = []
    for mention in tagged:
        if mention.type == "organization":
            for begin, stop in clean(text, mention.start, mention.end, tokens, False):
                name = text[begin:stop]
                foot = name == "搜狐" and text[max(0, begin - 2) : begin] == "返回"
                if stop - begin > 1 and not foot and not is_generic(name):
                    found.append(Mention(begin, stop, "organization", name, mention.sources, mention.score))
    return found


def _tagged(tokens: Sequence[Token]) -> Iterator[tuple[int, int, float]]:
    """What the tagger calls an organization, with the places and organizations directly before it."""
    for number, token in enumerate(tokens):
        if token.tag == "ORG" and len(token.text) > 1 and token.text not in title_heads():
            if token.text == "搜狐" and number and tokens[number - 1].text == "返回":
                continue  # the foot of a page
            begin, before = token.start, number
            while before and tokens[before - 1].tag in ("LOC", "ORG") and tokens[before - 1].end == begin:
                before -= 1
                begin = tokens[before].start
            yield begin, token.end, 0.75 if ends_like_one(token.text) else 0.5


def _chains(places: Sequence[Mention]) -> list[tuple[int, int]]:
    """Places that follow one another directly (浙江省湖州市) as one span."""
    chains: list[tuple[int, int]] = []
    for place in places:
        if chains and chains[-1][1] == place.start:
            chains[-1] = (chains[-1][0], place.end)
        else:
            chains.append((place.start, place.end))
    return chains


def _with_party_prefix(text: str, begin: int, start: int) -> int:
    for prefix in _PARTIES:
        if begin - len(prefix) >= start and text.startswith(prefix, begin - len(prefix)):
            return begin - len(prefix)
    return begin


@cache
def _titles_next() -> re.Pattern[str]:
    return re.compile(
        f"[、（(]?(?:原|副|常务|党组|专职|二级|一级|新任|有关|相关|主要)*(?:{alternatives(title_heads())})|[、，及和与等。；]"
    )


def _before_title(text: str, offset: int) -> bool:
    return _titles_next().match(text, offset) is not None


def _clean_end(end: int, tokens: Sequence[Token], text: str) -> bool:
    """A body does not end inside another word: 市委 in 市委员, 县政 …; a title may follow in the same word (市委书记)."""
    for token in tokens:
        if token.start < end < token.end:
            rest = text[end : token.end]
            return (token.tag in ("ORG", "LOC", "PER") and rest not in ("长", "门")) or rest.startswith(
                _HEADS_AFTER_BODY
            )
    return True


@cache
def _starts_relative() -> re.Pattern[str]:
    return re.compile(f"(?:自治区|[{_LEVELS}])(?:{alternatives(body_words())})")


def _noun_run(text: str, stop: int, tokens: Sequence[Token]) -> int:
    """The end of the longest run of nouns from ``stop`` that ends like an organization; ``stop`` where there is none.

    A department printed after its body: 太原市应急管理局|救援指挥中心, 国家发展改革委|环资司; not a second body: 省委|省政府.
    """
    best, reached = stop, stop
    for token in tokens:
        if token.end <= stop:
            continue
        if token.start != reached and not (token.start < stop < token.end and reached == stop):
            break
        if (token.tag not in _NOUNS and token.tag not in ("v", "a", "m", "d", "f", "ad")) or token.end - stop > 22:
            break
        if token.text in title_heads() or token.text[0] == "副" or token.text in _stops():
            break
        if _starts_relative().match(text, max(token.start, stop)) or token.text in national_names():
            break
        piece = text[stop : token.end]
        reached = token.end
        if token.tag in _NOUNS and len(piece) > 1 and ends_like_one(piece) and not is_generic(piece, run=True):
            best = reached
        elif token.tag not in _NOUNS and token.end - stop > 14:
            break
    return best


@cache
def _stops() -> frozenset[str]:
    return frozenset(words("organizations", "borders", "stops"))
