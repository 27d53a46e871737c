"""Names that only say what kind of thing is meant: 大型农产品物流中心, 金融科技公司, 各乡镇. They name no place and no body."""

from __future__ import annotations

import re
from functools import cache

from kg.language import gazetteer
from kg.language.lexicon import alternatives, national_bodies, words


@cache
def _places() -> re.Pattern[str]:
    heads = [*words("places", "sites"), *words("places", "kinds"), *words("places", "own"), *words("places", "areas")]
    long = alternatives(h for h in heads if len(h) > 1)
    modifiers = alternatives(words("places", "modifiers"))
    single = "[村镇乡区园馆县州市省城站港路桥河湖山岛寺]"
    counted = "(?:[各该本某全每]|[一二两三四五六七八九十几多数](?:[个处座家条片])?)"
    return re.compile(f"(?:{modifiers})*(?:{long})|(?:{modifiers}|{counted})+(?:{long}|{single})")


@cache
def _bodies() -> re.Pattern[str]:
    heads = alternatives(words("organizations", "kinds", "heads"))
    modifiers = alternatives(words("organizations", "kinds", "modifiers"))
    return re.compile(f"(?:{modifiers})+(?:{heads})|(?:.*[省市区县]的?)?(?:各级|各地|各)(?:{modifiers})*(?:{heads})")


def is_kind_of_place(name: str) -> bool:
    """Whether every word of a place's name is a common one: 软件园, 核心区, 大型农产品物流中心."""
    named = name in gazetteer.by_name() or name in words("places", "named")
    return not named and _places().fullmatch(name) is not None


def is_kind_of_body(name: str) -> bool:
    """Whether every word of a body's name is a common one: 就业服务平台, 金融科技公司, 市场监管部门."""
    named = name in national_bodies() or name in words("organizations", "kinds", "named")
    return not named and _bodies().fullmatch(name) is not None
