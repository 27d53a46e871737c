"""Where the name of an organization begins and ends: what a tagger glues on is cut off, two names in one are parted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.analysis.document import Token
from kg.analysis.persons import looks_chinese
from kg.language import gazetteer
from kg.language.lexicon import (
    alternatives,
    body_words,
    national_bodies,
    national_names,
    organization_suffixes,
    title_heads,
    words,
)

_INFIX = re.compile(r"和|与|及|以及|向|对|关于|兼任?|联合|会同|携手|在|由|是|到|下属|旗下|所属|代表(?=.{2})")
_KIND = re.compile(
    r"(?:.*\d+名|全[省市区县州]|[本该我各某两]|[一二三四五六七八九十]+[个支家]|第[一二三]集团|[省市县区]级|各级|多家|有关|相关|微信公众号|.*[东西南北中大]部$)(?!.*(?:局|委|厅)$)"
)
_ACCOUNT = re.compile(r"[”\"]?(?:官方)?(?:(?:微信)?公众号|(?:微信)?公号|微博|官微|抖音号|视频号|头条号|APP|App)$")
_FOREIGN_SHORT = re.compile(r"(?<=..)[（(][A-Za-z0-9.&\- ]{2,}[）)]$")
_ASIDE = re.compile(r"[，。；：！？]")
_ONE_OF = re.compile(r"(?<=..)(?:的?[一两多某][家名位所个支])(?=..)|综合(?=[\u4e00-\u9fff]{4})")
_ALL_OF = re.compile(r"(?<=...)全体.*$")
_DOES = re.compile(  # 某中心|派出|前方工作组, 唐县|组织|北店头镇中学
    r"(?<=..)(?:派出(?!所|机构|法庭|单位)|组织(?=[\u4e00-\u9fff]{2,}(?:中学|小学|学校|医院|大学|学院|公司|协会|中心|队)$)|委托|组建|率领|带领|邀请|走进|来到|获悉)(?=..)"
)
_SEAT = re.compile(r".{2,}(?:首府|首都|省会)(?=.{3,})")  # 某州首府|某市警察局
_SAME_PLACE = re.compile(r"([\u4e00-\u9fff]{2,4}[省市区县州])[\u4e00-\u9fff]{2,}?(?=\1)")  # 某市气象台|某市资源局
_TWICE = re.compile(
    r"((.)[\u4e00-\u9fff]{1,4})\2(?:国防|外交|总统|联邦|军|政府|财政|内政|卫生|国会|议会)"
)  # 俄罗斯|俄国防部
_SPOKESMAN = re.compile(r"(?:秘书|发言人|官)")
_LEGAL = re.compile(r"(?:集团)?(?:股份)?有限(?:责任)?公司")
_LEVEL = "自治区|[省市区县州]"


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(organization_suffixes())


def ends_like_one(text: str) -> bool:
    """Whether a string ends in a word that ends names of organizations."""
    return text.endswith(_suffixes())


@cache
def _generic() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(words("organizations", "borders", "never")), frozenset(words("organizations", "plain", "words"))


def is_generic(name: str, run: bool = False) -> bool:
    """Words that name a kind and no body: 有关部门, 全会, 机关. ``run``: a piece after a place, where every plain ending counts."""
    never, plain = _generic()
    if (
        name.endswith("届会")
        or _KIND.match(name)
        or name in never
        or name in plain
        or name in gazetteer.by_name()
        or name in gazetteer.countries()
    ):
        return True
    return run and (name.endswith(tuple(plain)) and not ends_like_one(name[:-1]) and len(name) <= 4)


@cache
def _edges() -> tuple[tuple[str, ...], tuple[str, ...]]:
    first = sorted(words("organizations", "borders", "not_first"), key=lambda w: (-len(w), w))
    last = sorted(words("organizations", "borders", "not_last"), key=lambda w: (-len(w), w))
    return tuple(first), tuple(last)


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(f"(?:{_LEVEL})(?:{alternatives(body_words())})")


@cache
def _opening() -> re.Pattern[str]:
    """What only the beginning of a body's name looks like."""
    places = [n for n in gazetteer.by_name() if n[-1] in "省市县区州"]
    return re.compile(f"(?:{_LEVEL})(?:{alternatives(body_words())})|{alternatives([*national_bodies(), *places])}")


@cache
def _media() -> frozenset[str]:
    return frozenset(words("organizations", "media", "names"))


@cache
def _sure() -> tuple[str, ...]:
    """Names of the centre with a 和 of their own."""
    return tuple(n for n in national_bodies() if "和" in n)


@cache
def _title_inside() -> re.Pattern[str]:
    return re.compile(
        f"(?:副|总|常务|高级)*(?:{alternatives(t for t in title_heads() if len(t) > 1)})(?:助理)?(?:兼任?)?"
        "(?!工作|事务|协会|管理|培训|服务|联络|协作|发展|学院|学校|[队团室])"  # 市司法局|律师工作处
    )


def clean(text: str, begin: int, stop: int, tokens: Sequence[Token], trimmed: bool = True) -> Iterator[tuple[int, int]]:
    """The spans of the names in ``text[begin:stop]``, which a tagger or a rule took for one.

    Args:
        trimmed: whether words that are glued on are cut off; not for a tagger that knows borders.
    """
    if text[begin:stop].startswith(_sure()):
        yield begin, stop
        return
    starts = {t.start for t in tokens if begin <= t.start < stop}
    pieces = _pieces(text, begin, stop, tokens)
    if pieces != [(begin, stop)]:
        for piece in pieces:
            yield from clean(text, *piece, tokens, trimmed)
        return
    if text[begin:stop].startswith(("综合", "据")) and text[begin + 2 : stop] in _media():
        begin += 2
    if text[begin:stop].endswith("会") and text[begin : stop - 1] in national_names() and text[stop : stop + 1] == "同":
        stop -= 1  # 国家发展改革委|会同
    if account := _ACCOUNT.search(text, begin + 2, stop):
        stop = account.start()
    twin = text.find("·", begin, stop)
    if twin > 0 and text[begin:twin] in _media() and text[twin + 1 : stop] in _media():
        yield from ((begin, twin), (twin + 1, stop))
        return
    counted = re.search("(?<=..)[两三四](?=[市省区县].)", text[begin:stop])
    if counted:
        begin += counted.start()
    if grown := _LEGAL.match(text, stop):
        stop = grown.end()
    cut = _two_bodies(text, begin, stop)
    if cut:
        for piece in cut:
            yield from clean(text, *piece, tokens, trimmed)
        return
    for match in _INFIX.finditer(text, begin + 2, stop - 1):
        left, right = text[begin : match.start()], text[match.end() : stop]
        joint = match.group() in ("联合", "会同", "携手") and left.endswith(("街道", "镇", "乡", "社区", "村"))
        if len(right) < 2 or not (joint or ends_like_one(left) or _person(left)) or not ends_like_one(right):
            continue
        owned = match.group() in ("下属", "旗下", "所属")  # 清源集团|下属|青河置业有限公司
        if joint or owned or match.start() in starts or _opening().match(right):
            if not _person(left):
                yield from clean(text, begin, match.start(), tokens, trimmed)
            yield from clean(text, match.end(), stop, tokens, trimmed)
            return
    if trimmed:
        yield from _trimmed(text, begin, stop, starts)
    else:
        yield from _without_titles(text, *_balanced(text, begin, stop), starts)


def _pieces(text: str, begin: int, stop: int, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """A span in the pieces that marks, half brackets and words of number part it into; the span itself where none does."""
    name = text[begin:stop]
    if name.startswith(("京中共", "京全国", "京中央")):
        return [(begin + 1, stop)]  # 在京|中共中央政治局委员
    if again := _SAME_PLACE.match(name):
        return [(begin, begin + again.end()), (begin + again.end(), stop)]
    if (twice := _TWICE.match(name)) and twice.group(1) in gazetteer.countries():
        return [(begin + twice.end(1), stop)]
    if name.endswith("新闻") and _SPOKESMAN.match(text, stop):
        return [(begin, stop - 2)]  # 俄罗斯总统|新闻秘书
    if aside := _ASIDE.search(name):
        return [
            p for p in ((begin, begin + aside.start()), (begin + aside.end(), stop)) if ends_like_one(text[slice(*p)])
        ]
    for left, right in ("（）", "()"):
        if name.count(left) > name.count(right):
            if text[stop : stop + 1] == right:
                return [(begin, stop + 1)]
            return [(begin, begin + name.rindex(left))]
        if name.count(right) > name.count(left):
            at = begin + name.index(right)
            if begin and text[begin - 1] == left:  # 拼多多（|上海）网络科技有限公司
                first = next((t.start for t in tokens if t.end == begin - 1), begin - 1)
                return [(first, stop)]
            return [p for p in ((begin, at), (at + 1, stop)) if p[1] - p[0] > 1]
    if short := _FOREIGN_SHORT.search(name):
        return [(begin, begin + short.start())]
    if whole := _ALL_OF.search(name):
        return [(begin, begin + whole.start())]
    if (parted := _ONE_OF.search(name)) and (ends_like_one(name) or name[: parted.start()] in _media()):
        before = [(begin, begin + parted.start())] if name[: parted.start()] in _media() else []
        return [*before, (begin + parted.end(), stop)]
    if (does := _DOES.search(name)) and begin + does.start() in {t.start for t in tokens}:
        pieces = [(begin, begin + does.start()), (begin + does.end(), stop)]
        return [p for p in pieces if ends_like_one(text[slice(*p)])] or pieces[:1]
    if seat := _SEAT.match(name):
        return [(begin + seat.end(), stop)]
    if described := _described().match(name):
        return [(begin + described.end(), stop)]
    return [(begin, stop)]


@cache
def _described() -> re.Pattern[str]:
    """What kind of body it is, before its name: 国际评级机构|惠誉, 医疗软件开发企业|卫宁健康."""
    modifiers = alternatives(words("organizations", "kinds", "modifiers"))
    heads = "机构|企业|厂商|巨头|劲旅|豪门|车企|药企|房企|智库|运营商|服务商|开发商|供应商|制造商|派别|武装派别|独角兽"
    return re.compile(
        f"(?:{modifiers}|开发|中国|美国|日本|韩国|德国|英国|法国)+(?:{heads})(?=[“A-Za-z]|[\u4e00-\u9fff]{{2}})(?!.{{0,3}}(?:部|处|局|司|会|办|中心)$)"
    )


def _person(text: str) -> bool:
    return len(text) == 3 and looks_chinese(text) and text not in gazetteer.by_name() and text[0] not in "区县市州"


def _balanced(text: str, begin: int, stop: int) -> tuple[int, int]:
    """A span without brackets and quotation marks at its edges whose other half stands outside."""
    pairs = {"（": "）", "(": ")", "“": "”", "《": "》"}
    changed = True
    while changed and stop - begin > 1:
        changed = False
        name = text[begin:stop]
        for left, right in pairs.items():
            if name[0] == left and (
                right not in name or (name[-1] == right and name.count(left) == 1 and left in "（(")
            ):
                begin, changed = begin + 1, True
                break
            if (name[-1] == right and left not in name) or name[-1] == left:
                stop, changed = stop - 1, True
                break
            if name[0] == right:
                begin, changed = begin + 1, True
                break
    return begin, stop


def _two_bodies(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """省委省政府, 五常市委市政府: where a second level with a body begins after a body."""
    for number in (3, 2, 4, 5):  # 党中央国务院
        if text[begin : begin + number] in national_names() and text[begin + number : stop] in national_names():
            return [(begin, begin + number), (begin + number, stop)]
    for match in _relative().finditer(text, begin + 2, stop):
        left = text[begin : match.start()]
        if left.endswith(("委常委", "委书记", "委副书记")):
            return [
                (begin, begin + left.rindex("委", 0, -2 if left.endswith("常委") else None) + 1),
                (match.start(), stop),
            ]
        if left.endswith(("委", "政府", "人大", "政协", "人大常委会", "主持人")) or _person(left):
            parts = [(match.start(), stop)]
            return parts if not ends_like_one(left) and not left.endswith("委") else [(begin, match.start()), *parts]
    return []


def _trimmed(text: str, begin: int, stop: int, starts: set[int]) -> Iterator[tuple[int, int]]:
    first, last = _edges()
    changed = True
    while changed and stop - begin > 1:
        changed = False
        name = text[begin:stop]
        if name[0].isspace() or name[0] in "、，：“”":
            begin, changed = begin + 1, True
        elif name[-1].isspace() or name[-1] in "、，：" or (name[-1] == "讯" and stop - begin > 3):
            stop, changed = stop - 1, True
        elif name[0] == "据" and stop - begin > 3:
            begin, changed = begin + 1, True
        else:
            for word in first:
                if name.startswith(word) and begin + len(word) in starts:
                    begin, changed = begin + len(word), True
                    break
            for word in last:
                if not changed and name.endswith(word) and stop - len(word) in starts and stop - len(word) > begin:
                    stop, changed = stop - len(word), True
                    break
    yield from _without_titles(text, begin, stop, starts)


def _without_titles(text: str, begin: int, stop: int, starts: set[int]) -> Iterator[tuple[int, int]]:
    """万达商管集团|高级总裁助理兼|酒管公司: the bodies before and after a title that stands between them."""
    for match in _title_inside().finditer(text, begin + 2, stop):
        # 万达商管集团高级总裁助理兼|酒管公司
        if match.end() < stop and match.start() in starts and ends_like_one(text[begin : match.start()]):
            yield begin, match.start()
            if match.end() in starts and ends_like_one(text[match.end() : stop]):
                yield match.end(), stop
            return
    if stop - begin > 1:
        yield begin, stop
