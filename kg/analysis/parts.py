"""Parts of bodies: whether the rest of a name after a body's name is a department, a branch, an institute of it."""

from __future__ import annotations

import re
from functools import cache

from kg.analysis.borders import ends_like_one
from kg.language import gazetteer
from kg.language.lexicon import alternatives, national_bodies, table, words

_FIRM = re.compile(r"(?<!分)(?<!子)(?:公司|集团|大学|银行)(?:[（(][^（()）]*[）)])?$")
_PARTY_GROUP = re.compile(r"(?:原|机关)?(?:党组|党委|党工委|党总支|党支部)$")
_TAIL = re.compile(r"[一二三四五六七八九十0-9]+(?:组|队|支部)$|某[部所队旅团营连舰院]$|某[\u4e00-\u9fff]{2,5}$")
_BRACKETS = re.compile(r"(?<=..)[（(][^（()）]*[）)]$")
_STATIONED = re.compile(r"(.{3,}?(?:委|政府|局|部|总局|集团|公司|大学|总队|支队))(?:派)?驻.{2,}")


@cache
def _heads() -> tuple[str, ...]:
    """What a body ends in that ends inside a longer name: 河南省委|组织部, 中国科学院|科技战略咨询研究院."""
    return words("hierarchy", "outer")


@cache
def _not_alone() -> frozenset[str]:
    return frozenset(words("hierarchy", "not_alone"))


@cache
def _continued() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('hierarchy', 'goes_on'))})")


@cache
def _kind_of_body() -> frozenset[str]:
    return frozenset(words("hierarchy", "no_department"))


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('hierarchy', 'inner'))})$")


@cache
def known_bodies() -> frozenset[str]:
    """Bodies that a name may begin with although the article does not name them by themselves: 国务院|安委会."""
    known = {*national_bodies(), *table("organizations")["equivalents"], *words("hierarchy", "known")}
    return frozenset(known - _not_alone())


def is_party_group(rest: str) -> bool:
    return _PARTY_GROUP.fullmatch(rest) is not None


def balanced(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in ("（）", "()", "“”", "《》"))


def is_unit(outer: str, rest: str) -> bool:
    """Whether what follows a body's name is a part of it, and not the rest of the name: 海关|总署, 新世界|股份有限公司."""
    if not _may_be_part(outer, rest, ends_like_one(outer) or outer in known_bodies()):
        return False
    rest = _BRACKETS.sub("", rest)
    return is_party_group(rest) or bool(_unit().search(rest) or _TAIL.search(rest) or ends_like_one(rest))


def _may_be_part(outer: str, rest: str, whole: bool) -> bool:
    """Whether a rest may be a name of its own; a firm's only after a name that is ``whole``."""
    if len(rest) < 2 or rest in _kind_of_body() or rest[0] in "（()）·、，的" or not balanced(outer):
        return False
    if outer.endswith(("机关", "干部", "各级", "工作", "行业", "系统")):
        return False
    if _continued().match(rest) or (rest == "常委会" and outer.endswith("人大")):
        return False
    return whole or not _FIRM.search(rest)


def cut_inside(name: str) -> str:
    """The body that a longer name of a body spells out, seen by what bodies end in; empty where there is none."""
    stationed = _STATIONED.match(name)
    if stationed is not None and balanced(stationed.group(1)):
        return stationed.group(1)
    for length in range(len(name) - 1, 2, -1):
        outer, rest = name[:length], name[length:]
        if not outer.endswith(_heads()) or outer in _not_alone():
            continue
        if outer.endswith("中央") and outer not in known_bodies():
            continue  # 美国中央|司令部
        whole = outer.endswith(("公司", "集团", "银行", "大学")) or outer in known_bodies()
        named = outer not in gazetteer.by_name() and _unit().search(_BRACKETS.sub("", rest))
        if named and _may_be_part(outer, rest, whole):
            return outer
    return ""
