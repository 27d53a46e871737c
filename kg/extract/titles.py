"""What the table of titles says of posts: their heads, the bodies they belong to, and how such bodies are named."""

from __future__ import annotations

import re
from functools import cache

from kg.language.lexicon import alternatives, body_words, organization_suffixes, table, unit_words, words

_PLACE_OF = re.compile(
    r"^(?:中共|中国共产党)?(.{1,12}?(?:自治区|自治州|自治县|特别行政区|新区|省|市|区|县|州|旗|盟|镇|乡|街道|村))"
)
_TOWN_BODY = re.compile("(?:党委|党总支|党支部|人大|政府|纪委|村委会|两委|人武部|派出所|司法所|卫生院|团委)$")
LEVELS = "省市县区州旗盟镇乡村"
"""One-character levels of places."""


_LISTS = ("not_posts", "weak", "descriptions", "crafts", "government", "state", "company")


STATE_BODIES = tuple(
    "国防 外交 央行 军 海军 空军 陆军 内政 财政 司法 国会 议会 联邦 航天 能源 卫生 经济 商务 农业 交通 紧急 移民 警察 总统 国家 国务院 参议院 众议院 驻".split()
)
"""How bodies of states begin that a character for the state may stand before: 俄|国防部."""


@cache
def body_endings() -> dict[str, tuple[str, ...]]:
    """Title to the last words of its body's name: 院长 -> 院."""
    return {t: tuple(v.split()) for t, v in table("titles")["posts"].items() if t not in _LISTS}


@cache
def titles(*path: str) -> frozenset[str]:
    return frozenset(words("titles", *path))


@cache
def generics() -> frozenset[str]:
    return titles("departments", "party") | titles("departments", "units") | titles("again", "words")


@cache
def states() -> dict[str, str]:
    """Characters that stand for a country before a post, each with the country's name."""
    names: dict[str, str] = table("abbreviations")["states"]
    return {character: names[character] for character in words("titles", "states", "words")}


@cache
def _organized() -> re.Pattern[str]:
    return re.compile(
        f"(?:{alternatives(organization_suffixes())}|》|会|办|队|系|团|社|庭|站|馆|军|警|舰队|战区|空军|海军|陆军|党|内阁|[0-9一二三四五六七八九十百]+(?:师|旅|团|营|连|军))$"
    )


@cache
def local_bodies() -> frozenset[str]:
    return frozenset(body_words())


@cache
def units() -> frozenset[str]:
    return frozenset(unit_words())


@cache
def _local_suffix() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(body_words())})(?:{alternatives(unit_words())})*$")


def is_local(name: str, start: int) -> bool:
    """Whether a name from an offset on is what bodies of places are called: 公安局交警支队 in 市公安局交警支队."""
    suffix = _local_suffix().search(name, start)
    return suffix is not None and suffix.start() == start


@cache
def defaults() -> dict[str, str]:
    return dict(table("titles")["defaults"])


def head_of(title: str) -> str:
    """The head of a title: 常务副市长 -> 市长."""
    title = re.sub(r"(?:提名人选|候选人|人选|（挂职）|\(挂职\))$", "", title)
    for marker in ("副", "代理", "代", "署理", "看守", "候任", "前", "原", "常务", "执行", "第一", "名誉"):
        if marker in title and title.index(marker) + len(marker) < len(title) and not title.startswith("代表"):
            title = title[title.index(marker) + len(marker) :]
    return title


def fits(body: str, title: str) -> bool:
    """Whether a title says what its body's name ends in, and this one does: 护士长, 医院."""
    return body.endswith(body_endings().get(head_of(title)) or ("\0",))


def looks_like_body(text: str) -> bool:
    """Whether a string ends like the name of an organization."""
    return len(text) > 1 and _organized().search(text) is not None


def place_of(name: str) -> str:
    """The place at the front of a body's name: 太原市委 -> 太原市; empty where there is none."""
    suffix = _local_suffix().search(name)
    if suffix is not None and suffix.start() > 1 and name[suffix.start() - 1] in LEVELS:
        return re.sub(r"([市区县])\1$", r"\1", re.sub(r"^(?:中共|中国共产党)", "", name[: suffix.start()]))
    bare = _TOWN_BODY.sub("", name)
    if bare != name and bare[-1] in "镇乡村":
        return bare  # 砚城镇 of 五寨县砚城镇党委
    match = _PLACE_OF.match(name)
    return match.group(1) if match else ""
