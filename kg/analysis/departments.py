"""Departments and stand-ins that are printed without the body they belong to: 省委常委、组织部部长; 该校; 局党组."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.analysis.parts import cut_inside, known_bodies
from kg.language import gazetteer
from kg.language.lexicon import alternatives, body_words, title_heads, unit_words, words
from kg.model import Mention, Span

_LEVEL_END = re.compile(r"(?:[省市区县州旗盟镇乡]|街道|自治区|特区|地区|新城)$")
_PARTY = re.compile(r"(民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)")
_SINGLE = re.compile(
    r"^(局|厅|委|部|院|校|行|社|会|办|分局|总队|支队)"
    r"((?:机关)?(?:党组|党委|纪委|党总支|党支部|工会|办公室|政治部|研究室|人事处|政治处).*)$"
)
_GENERAL = re.compile(
    r"^[^省市区县\d“《（(团]{2,14}(?:科|处|(?<!公)司|(?<!实验)(?<!工作)(?<!政研)(?<!研究)室|(?<!体)系|(?<!总)(?<!支)(?<!俱乐)部|局|中心|庭)$"
)
_OWN_BODY = re.compile(
    r"^(?:中国|中华|全国|国家|国务院|中央|世界|国际|联合国|香港|澳门|台湾|.*(?:公司|集团|大学|医院|银行))"
)
_EMPLOYERS = ("中心", "公司", "集团", "大学", "学院", "医院", "银行", "研究院", "协会", "基金会", "报社")
_SMALL = ("科", "处", "司", "庭", "事业部")
_LEADER = re.compile(r"(?:成员|副?书记|委员)、(?:副|常务)*([局厅院校行])长")
_SMALL_UNIT = re.compile(r"(?:[科处室司庭]|部|厅|系|中心|委员会|领导小组)$")
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,6}(?:分行|支行|分公司|分院|营业部)")
_OF_FIRM = re.compile(r"((?!.*驻).{2,}?(?:银行|集团|(?<!分)公司|证券|财险|人寿|[工农建中]行))")
_OF_INSTITUTES = {
    "该校": "大学|学院|学校|中学|小学",
    "该院": "学院|医院|研究院|法院|检察院",
    "该公司": "公司|集团",
    "公司": "公司|集团",
    "集团": "集团|公司",
    "集团公司": "集团|公司",
    "学校": "学校|大学|学院|中学|小学",
    "报社": "报社|日报",
    "该行": "银行|分行",
    "总行": "银行",
    "该局": "局",
    "该中心": "中心",
    "该协会": "协会",
    "医院": "医院",
}
PARENTS = re.compile(
    r"(?<=..)(?:党组|党委|党工委|组织部|宣传部|统战部|政法委|办公厅|官网|网站|董事会|党总支|党支部|调研组)$"
)
"""What a name ends in whose other part is the name of the body above."""


@dataclass(frozen=True, slots=True)
class Body:
    """An organization named before: where, its complete name, and the body that it is a department of where known."""

    start: int
    end: int
    name: str
    base: str


@cache
def bare_body() -> re.Pattern[str]:
    """A body word of two or more characters without a place, with its departments."""
    return re.compile(f"(?:{alternatives(w for w in body_words() if len(w) > 1)})(?:{alternatives(unit_words())})*$")


@cache
def departments() -> dict[str, str]:
    """Each word of a department alone and its group: ``party``, ``place`` or ``unit``."""
    return {
        word: group for group in ("unit", "place", "party") for word in words("organizations", "departments", group)
    }


@cache
def _department() -> re.Pattern[str]:
    return re.compile(f"({alternatives(departments())})((?:{alternatives(unit_words())})*)$")


@cache
def _stand_in() -> re.Pattern[str]:
    heads = alternatives([*words("organizations", "stand_ins", "heads"), *_OF_INSTITUTES])
    return re.compile(f"({heads})(.*)$")


@cache
def _tail() -> re.Pattern[str]:
    units = [*unit_words(), *words("organizations", "departments", "unit")]
    return re.compile(f"(?<=..)(?:{alternatives(units)})+$")


@cache
def _titles_only() -> re.Pattern[str]:
    """What stands between a body and its department in one person's list of posts: 总会计师、, 党组成员、副局长兼."""
    heads = alternatives(title_heads())
    return re.compile(f"(?:[、兼和及]|党组|(?:副|常务|原|专职|总)*(?:{heads})|（[^）]*）)*$")


def split_body(name: str) -> tuple[str, str]:
    """``太原市委组织部`` -> ``太原市``, ``委组织部``; the second empty where the name is not a place with a body."""
    return next(iter(_splits(name)), (name, ""))


def _splits(name: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for length in range(2, min(15, len(name))):
        place = name[:length]
        if (_LEVEL_END.search(place) or place in gazetteer.by_name()) and _rest().fullmatch(name, length):
            found.append((place, name[length:]))
    return found


@cache
def _rest() -> re.Pattern[str]:
    body = alternatives([*body_words(), "党委", "党工委", "工委", "人大工委", "街道办事处", "办事处"])
    return re.compile(f"(?:{body})(?:{alternatives(unit_words())})*")


def base_of(name: str) -> str:
    """A name without the departments at its end."""
    return _tail().sub("", name)


def above_of(name: str) -> str:
    """The body that a department's name begins with: 工行房地产信贷部 -> 工行; the name without its departments else."""
    base = base_of(name)
    return (cut_inside(name) or base) if base == name and re.search("[科处室部系庭]$", name) else base


def is_department(text: str) -> bool:
    return text in departments()


def completed(
    text: str, article: str, start: int, end: int, begin: int, earlier: int, before: Sequence[Body]
) -> tuple[str, str, str] | None:
    """The complete name of a department or a stand-in, why, and the body it belongs to; ``None`` where it is neither or nothing fits.

    Args:
        text: as printed, at ``start:end`` of ``article``.
        begin, earlier: where its sentence and the one before begin.
        before: organizations named before it, in order.
    """
    if text.startswith("常委会"):
        return _standing(text, earlier, before)
    if match := _SINGLE.match(text):
        for body in reversed(before):
            if body.base.endswith(match.group(1)[-1]) and len(body.base) > 3:
                return body.base + match.group(2), f"前文提到{body.base}", body.base
        return None
    if found := _in_list(text, article, start, before) or _branch(text, earlier, before):
        return found
    if match := _department().match(text):
        office = _LEADER.match(article, end) if match.group(1) in ("党组", "党委") else None
        if office is not None:
            led = [b for b in before if b.start >= begin and b.base.endswith(office.group(1))]
            before = led or before  # 某局某中心主任甲，党组成员、副局长乙: the bureau's
        return _of_group(match.group(1), match.group(2), begin, earlier, before)
    if match := _stand_in().match(text):
        ends = _OF_INSTITUTES.get(match.group(1), re.escape(match.group(1)))
        stems = [
            (body.start, stem.group(1))
            for body in before
            if (stem := re.match(f"((?!.*驻).{{2,}}(?:{ends}))", body.name))
            and not body.name.startswith(match.group(1))
        ]
        if stems and (stems[-1][0] >= earlier or len({stem for _, stem in stems}) == 1):
            above = stems[-1][1]
            return above + match.group(2), f"前文提到{above}", above
        return None
    if _GENERAL.match(text) and not bare_body().fullmatch(text):
        return _general(text, article, start, end, begin, before)
    return None


def _in_list(text: str, article: str, start: int, before: Sequence[Body]) -> tuple[str, str, str] | None:
    """民进中央办公厅、宣传部、参政议政部: a department belongs to what the one before it in a list belongs to."""
    last = before[-1] if before else None
    if last is None or last.base == last.name or article[last.end : start] not in ("、", "和", "及"):
        return None
    if (
        not _SMALL_UNIT.search(text)
        or _OWN_BODY.match(text)
        or _stands_alone(text)
        or not _SMALL_UNIT.search(last.name)
    ):
        return None
    if text[:2] in gazetteer.by_name() or text[:3] in gazetteer.by_name() or text[0] in "省市区县州":
        return None
    return last.base + text, f"前文提到{last.base}", last.base


def _stands_alone(text: str) -> bool:
    """Whether a name begins with the name of a body itself: 教育部教育质量评估中心, 工行上海分行."""
    if text.startswith(("中共", "共青团")) or cut_inside(text):
        return True
    return any(text[:length] in known_bodies() for length in range(2, len(text) + 1))


def _branch(text: str, earlier: int, before: Sequence[Body]) -> tuple[str, str, str] | None:
    """雄安分公司, 南市支行 alone: of the firm or bank that was named before, by itself or by another branch."""
    if not _BRANCH.fullmatch(text) or _stands_alone(text):
        return None
    for body in reversed(before):
        found = _OF_FIRM.match(body.name)
        if body.start >= earlier and found and not _BRANCH.fullmatch(body.name):
            above = found.group(1)
            return above + text, f"前文提到{above}", above
    return None


def _standing(text: str, earlier: int, before: Sequence[Body]) -> tuple[str, str, str] | None:
    """常委会 alone: of the people's congress named before, else of the party committee."""
    for mark in ("人大常委会", "人大"):
        for body in reversed(before):
            if mark in body.name:
                stem = body.name[: body.name.index(mark)] + "人大"
                return stem + text, f"前文提到{body.name}", stem + "常委会"
    return None


def _of_group(head: str, rest: str, begin: int, earlier: int, before: Sequence[Body]) -> tuple[str, str, str] | None:
    group = departments()[head]
    for body in reversed(before):
        if body.start < (earlier if group == "unit" else begin):
            break
        place, kind = split_body(body.name)
        if group == "party":
            if head in ("监委", "纪委", "纪委监委", "监察委") and kind.startswith(("纪委", "监委", "委")):
                return f"{place}{head}{rest}", f"前文提到{body.name}", place
            if kind.startswith("委"):
                return f"{place}委{head}{rest}", f"前文提到{place}委", f"{place}委"
            if "党委" in body.name:
                above = body.name[: body.name.index("党委") + 2]
                return above + head + rest, f"前文提到{body.name}", above
        elif group == "place":
            if kind:
                return place + head + rest, f"前文提到{body.name}", place
        elif not body.name.endswith(head):
            above = body.base
            if head in ("管委会", "党工委", "工委") and kind:
                above = place
            if head in ("党委", "党组", "管委会", "党工委", "工委", "机关党委"):
                above = base_of(above)
            return above + head + rest, f"前文提到{above}", above
    return None


def _general(
    text: str, article: str, start: int, end: int, begin: int, before: Sequence[Body]
) -> tuple[str, str, str] | None:
    """药品监管科, 财务监管局: a department by its form, after the body and titles of one person, or a small one anywhere."""
    titled = _office().match(article[end : end + 12]) is not None
    national = text.startswith(tuple(words("organizations", "national", "names")))
    for number, body in enumerate(reversed(before)):
        if body.start < begin:
            return None
        country = next((c for c in gazetteer.countries() if body.name.startswith(c) and c != "中国"), "")
        if text.startswith(tuple(gazetteer.countries())):
            return None
        if country and text.endswith("部") and body.name.endswith("部"):
            return country + text, f"前文提到{body.name}", country
        if body.end > start or _OWN_BODY.match(text) or not titled or national:
            continue
        if body.base == body.name and _GENERAL.match(body.name) and body.name.endswith(_SMALL):
            continue  # a department that found no body of its own
        above = base_of(body.base)
        if text[:2] in gazetteer.by_name() or text[:3] in gazetteer.by_name() or text[:2] == above[:2]:
            return None
        ministry = text.endswith(("司", "局")) and above.endswith(("委", "部", "总局", "署"))
        if (
            ministry
            or text.endswith(_SMALL)
            or (number == 0 and above.endswith(_EMPLOYERS))
            or _titles_only().match(article[body.end : start])
        ):
            return above + text, f"前文提到{above}", above
        return None
    return None


@cache
def _office() -> re.Pattern[str]:
    return re.compile(f"(?:党组|党委)?(?:原|副|常务|三级|二级|一级|四级|总)*(?:{alternatives(title_heads())})")


def parent_of(name: str, mention: Mention) -> tuple[Span, str] | None:
    """The body that a party group, an office or a website belongs to: its stretch of the mention, and its complete name."""
    tail = PARENTS.search(name)
    if tail is None or not mention.text.endswith(tail.group()) or len(mention.text) - len(tail.group()) < 2:
        return None
    parent = re.sub(r"(?:官方|原)$", "", name[: tail.start()])
    if len(parent) < 3 or parent in gazetteer.by_name() or _LEVEL_END.search(parent) or "驻" in parent:
        return None
    return Span(mention.start, mention.end - len(tail.group())), parent


def overlap(known: str, text: str) -> int:
    """How many characters the end of one name and the beginning of another share."""
    return next((n for n in range(min(len(known), len(text)), 2, -1) if known.endswith(text[:n])), 0)


def shared_tail(text: str, before: Sequence[Body]) -> str:
    """``能源局电力处`` after 安徽省能源局: the body whose end, without its place, the name begins with; empty where none is."""
    for body in reversed(before):
        shared = overlap(body.name, text)
        place = body.name[: len(body.name) - shared]
        if (
            shared
            and body.name != text
            and (place in gazetteer.by_name() or place in ("国家", "中国") or (shared > 3 and place in known_bodies()))
        ):
            return body.name
    return ""


def party_of(name: str, article: str, end: int, before: Sequence[Body]) -> str:
    """``民进中央副主席、上海市委会主委``: the democratic party whose committee 上海市委会 is; empty where it is none."""
    if (
        not _PARTY.match(name)
        and re.search(r"[省市区县州]委(?:会)?$", name)
        and re.match(r"副?主委|主任委员|副主任委员", article[end : end + 6])
    ):
        for body in reversed(before[-3:]):
            if match := _PARTY.match(body.name):
                return match.group(1)
    return ""
