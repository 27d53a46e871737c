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
    some = "[\u4e00-\u9fff]{0,6}[一两几多数某](?:座|处|个|家|条|所|片)[\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff]{0,2}(?:首都|首府|省会)"
    return re.compile(f"{some}|(?:{modifiers})*(?:{long})|(?:{modifiers}|{counted})+(?:{long}|{single})")


@cache
def _bodies() -> re.Pattern[str]:
    heads = alternatives(words("organizations", "kinds", "heads"))
    modifiers = alternatives(words("organizations", "kinds", "modifiers"))
    whole = (
        "机关|机构|部门|单位|法院|检察院|海关|学校|高校|医院|公安|队伍|队|人员|企业|媒体|铁路|中小学校?|银行|系统|组织"
    )
    return re.compile(
        f"(?:全国|全省|全市|全县|全球)(?:{modifiers})*(?:{whole})|(?:{modifiers})+(?:{heads})|(?:.*[省市区县]的?)?(?:各级|各地|各)(?:{modifiers})*(?:{heads})"
    )


def is_kind_of_place(name: str) -> bool:
    """Whether every word of a place's name is a common one: 软件园, 核心区, 大型农产品物流中心."""
    named = name in gazetteer.by_name() or name in words("places", "named")
    return not named and _places().fullmatch(name) is not None


def is_kind_of_body(name: str) -> bool:
    """Whether every word of a body's name is a common one: 就业服务平台, 金融科技公司, 市场监管部门."""
    named = name in national_bodies() or name in words("organizations", "kinds", "named")
    return not named and _bodies().fullmatch(name) is not None
