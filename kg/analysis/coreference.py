"""Names of one thing in one article: the short beside the full, the printed beside the equivalent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg.analysis.context import Context
from kg.analysis.person_borders import called_by_title
from kg.analysis.persons import looks_chinese
from kg.language import gazetteer
from kg.language.lexicon import alternatives, table, words
from kg.language.names import normal_name

_DOT = re.compile(r"[·•・‧]")
_LEGAL = re.compile(r"(?<=..)(?:集团|股份|有限责任|有限|控股|（集团）|\(集团\)|公司)+$")
_FIRM = re.compile(
    r"(?:[\u4e00-\u9fff]{2})?(?:（集团）|集团)?(?:股份|控股)?有限(?:责任)?公司|(?:足球|篮球|排球)?俱乐部|集团|公司|汽车|通讯|科技|航空|汽车公司|汽车集团|基金会|会"
)
_PART_OF = re.compile(r"(?<=..)(?:[东西南北中]{1,2}[部麓郊]|大部|全境|境内|地区|(?<=市)区|(?<=县)城|城区|沿海)$")
_BRACKETS = re.compile(r"(?<=..)[（(][^（）()]*[）)]$")
_ACCOUNT = re.compile(r"(?<=..)(?:客户端|微信公众号)$")

Joined = dict[str, tuple[str, str]]


def joined_names(
    type_: str, printed: Sequence[str], context: Context, defined: Mapping[str, str] | None = None
) -> Joined:
    """Which of an article's names stand for another of them.

    Args:
        printed: names in the order of their mentions, repeats included.
        defined: short names that the article explains itself, and the full ones.

    Returns:
        For each name that is to be replaced: the name that stays, and the reason.
    """
    names = list(dict.fromkeys(printed))
    if len(names) < 2:
        return {}
    if type_ == "person":
        return _persons(names)
    if type_ == "organization":
        return _organizations(names, defined or {})
    if type_ == "place":
        return _places(names, context)
    return _documents(names)


def _persons(names: Sequence[str]) -> Joined:
    joined: Joined = {}
    full = [n for n in names if _DOT.search(n)]
    for name in names:
        if meant := called_by_title(name, names):
            joined[name] = (meant, f"{name}指{meant}")
            continue
        if name in full:
            longer = [n for n in full if n != name and (n.endswith(name) or n.startswith(name))]
        else:
            longer = [n for n in full if name in _DOT.split(n) and name != _DOT.split(n)[0]]
            longer = longer or [n for n in full if name == _DOT.split(n)[0] or name in re.split(r"[-－–·•・‧]", n)]
        # 洪森 is no short form of 文拉妮·洪森, who comes later; 拜登 is one of 乔·拜登 wherever it stands
        own = looks_chinese(name) and all(names.index(name) < names.index(n) for n in longer)
        if longer and len(name) > 1 and not own:
            joined[name] = (longer[0], f"{longer[0]}之简称")
    return joined


@cache
def _equivalents() -> dict[str, str]:
    return {str(k): str(v) for k, v in table("organizations")["equivalents"].items()}


@cache
def _beginnings() -> list[tuple[str, str]]:
    """Short names that longer names begin with: 央行党委, 国资委研究中心."""
    return [(short, full) for short, full in _equivalents().items() if len(short) > 2 or short == "央行"]


@cache
def _long_forms() -> list[tuple[str, str]]:
    forms = {str(k): str(v) for k, v in table("organizations")["long_forms"].items()}
    return sorted(forms.items(), key=lambda pair: (-len(pair[0]), pair[0]))


@cache
def _plain_key(name: str) -> str:
    text = _ACCOUNT.sub("", normal_name("organization", _BRACKETS.sub("", name)))
    text = _equivalents().get(text, text)
    if text.startswith("中国") and text[2:] in words("organizations", "national", "names"):
        text = text[2:]
    for short, full in _beginnings():
        if text.startswith(short) and not text.startswith(full):
            text = full + text[len(short) :]
            break
    text = re.sub(r"(?<=..)(?:公安|警方)$", "公安局", text)
    text = re.sub(r"(?<=[省市区县州])委(?=政法委|宣传部|组织部|统战部)", "", text)
    for long, short in _long_forms():
        text = text.replace(long, short)
    place, rest = leading_places(text)
    if rest and place:
        return gazetteer.plain_name(place) + place[-1:] * (place[-1] in "州") + rest
    return text


@cache
def _chain() -> re.Pattern[str]:
    names = [d.name for d in gazetteer.divisions().values() if d.level < gazetteer.COUNTY]
    names += [d.short for d in gazetteer.divisions().values() if d.level == gazetteer.PROVINCE and len(d.short) > 1]
    return re.compile(f"(?:{alternatives(names)})")


def leading_places(text: str) -> tuple[str, str]:
    """The lowest of the places that a name begins with, and the rest: 达州市达川区税务局 -> 达川区, 税务局."""
    rest = text
    while (match := _chain().match(rest)) and match.end() < len(rest):
        following = rest[match.end() :]
        lower = next(
            (following[:n] for n in range(min(9, len(following) - 1), 1, -1) if following[:n] in gazetteer.by_name()),
            "",
        )
        if (
            not lower
            or (len(lower) > 2 and lower[-1] not in "市区县旗州")
            or (len(lower) == 2 and not _chain().match(following))
        ):
            break
        rest = following
    lowest = next((rest[:n] for n in range(min(12, len(rest) - 1), 1, -1) if rest[:n] in gazetteer.by_name()), "")
    return lowest, rest[len(lowest) :]


def _organizations(names: Sequence[str], defined: Mapping[str, str]) -> Joined:
    joined: Joined = {
        short: (full, f"文中称{full}简称{short}") for short, full in defined.items() if short in names and full in names
    }
    names = [n for n in names if n not in joined]
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(_plain_key(name), []).append(name)
    for group in groups.values():
        best = max(group, key=lambda n: (not n.startswith("中国全国"), len(n), n))
        for name in group:
            if name != best:
                joined[name] = (best, f"与{best}为一")
    for name in names:
        if name.endswith("股份") and name[:-2] in names:
            joined[name] = (name[:-2], f"即{name[:-2]}")
    heads = [max(group, key=lambda n: (len(n), n)) for group in groups.values()]
    for name in heads:
        others = [n for n in heads if n != name and len(n) > len(name)]
        fuller = [n for n in others if _fuller(name, n)]
        if not fuller:
            fuller = [n for n in others if _abbreviates(name, n)]
        if len(fuller) == 1:
            for each in groups[_plain_key(name)]:
                joined[each] = (fuller[0], f"{fuller[0]}之简称")
    for name, (target, reason) in list(joined.items()):
        seen = {name}
        while target in joined and target not in seen:
            seen.add(target)
            target = joined[target][0]
        joined[name] = (target, reason)
    return {n: pair for n, pair in joined.items() if n != pair[0]}


def _fuller(short: str, full: str) -> bool:
    """Whether ``full`` is ``short`` with a place, 中国 or 国家 before it, or with its legal form after it."""
    if full.endswith((f"（{short}）", f"({short})", f"（{short})", f"({short}）")):
        return True
    if len(short) > 1 and full.startswith(short) and _FIRM.fullmatch(full[len(short) :]):
        return True  # 华为|技术有限公司
    if _LEGAL.sub("", full) == _LEGAL.sub("", short) and len(_LEGAL.sub("", short)) > 2:
        return True
    short, full = short.strip("《》“”"), re.sub("[《》“”]", "", full)
    if full.endswith(short):
        before = full[: -len(short)]
        if before in gazetteer.countries() and short not in words("organizations", "national", "names")[:120]:
            return True
        if before in ("中国", "国家", "中华", "国务院", "全国", "中国人民解放军", "武警"):
            return True
        if len(short) > 3 and before.endswith(_HOLDERS) and short not in _generic_units():
            return True
        if before in gazetteer.by_name() or before in ("香港", "台湾", "澳门"):
            return len(short) > 3 and short not in words("organizations", "national", "names")
    return False


_HOLDERS = (
    "公安局",
    "分局",
    "支队",
    "总队",
    "大队",
    "公安处",
    "集团",
    "公司",
    "大学",
    "学院",
    "医院",
    "研究院",
    "银行",
    "分行",
    "总工会",
    "街道",
    "镇",
    "乡",
)


@cache
def _generic_units() -> frozenset[str]:
    return frozenset(words("organizations", "departments", "unit"))


def _abbreviates(short: str, full: str) -> bool:
    """Whether a short name takes its characters from a full one in order, the first and the kind of body alike: 中国羽协, 湖北高院."""
    stem, long_stem = _LEGAL.sub("", short), _LEGAL.sub("", full)
    if not 2 < len(stem) <= 8 or len(stem) >= len(long_stem) or long_stem.startswith(stem) or stem[0] != long_stem[0]:
        return False
    if stem[-1] in "委府组部厅局处科室党" or long_stem[-1] in "组部厅局处科室党委府":
        return False
    position = 0
    for character in stem:
        found = long_stem.find(character, position)
        if found < 0 or found - position > 6:
            return False
        position = found + 1
    return len(long_stem) - position <= 3


def _places(names: Sequence[str], context: Context) -> Joined:
    joined: Joined = {}
    by_key: dict[str, str] = {}
    bay = "粤港澳大湾区" if "粤港澳大湾区" in names else "大湾区"
    joined |= {n: (bay, f"即{bay}") for n in ("湾区", "大湾区") if n in names and n != bay}
    for name in names:
        division = context.division(name)
        key = division.code if division else gazetteer.countries().get(name, name)
        if key in by_key and by_key[key] != name:
            old = by_key[key]
            keep = max(old, name, key=lambda n: (len(n), n)) if division else min(old, name, key=lambda n: (len(n), n))
            drop = name if keep == old else old
            joined[drop] = (keep, f"与{keep}为一")
            by_key[key] = keep
        else:
            by_key.setdefault(key, name)
    known = set(names)
    for name in names:
        if name in joined or context.division(name):
            continue
        part = _PART_OF.sub("", name)
        part = part + "市" if part + "市" in known else part
        if part != name and (part in known or context.division(part)):
            joined[name] = (part, f"{part}之一部")
            continue
        for suffix in ("村", "镇", "乡", "街道", "小区", "社区", "新区", "岛", "州", "县", "区", "市", "省"):
            if name + suffix in known and name[-1] not in "市县省州区" and not name.endswith(suffix):
                joined[name] = (name + suffix, f"即{name + suffix}")
                break
        for other in names:
            before = other[: -len(name)] if other.endswith(name) and other != name else ""
            inner = len(name) > 3 and len(before) > 1 and (before in known or before[-1:] in "省市区县镇乡")
            if before and (inner or before in gazetteer.by_name()) and name not in joined:
                joined[name] = (other, f"即{other}")
    return _resolved(joined)


def _documents(names: Sequence[str]) -> Joined:
    joined: Joined = {}
    for name in names:
        for other in names:
            if other != name and len(name) > 4 and (other.endswith(name) or other.startswith(name)):
                joined[name] = (other, f"即{other}")
    return _resolved(joined)


def _resolved(joined: Joined) -> Joined:
    final: Joined = {}
    for name, (target, reason) in joined.items():
        seen = {name}
        while target in joined and target not in seen:
            seen.add(target)
            target = joined[target][0]
        if target != name:
            final[name] = (target, reason)
    return final
