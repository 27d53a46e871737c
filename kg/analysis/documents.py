"""Document mentions: names in 《》, agreements that are signed, papers that are issued, laws and speeches known by name."""

from __future__ import annotations

import re
from functools import cache

from kg.language.lexicon import alternatives, words
from kg.model import Mention

_BRACKETS = re.compile(r"《\s*([^《》\n]{1,90}(?:[《〈<][^《》〉>\n]{1,50}[》〉>][^《》\n]{0,50})?)\s*》")
_INSIDE = r"[^，。；：！？\n《》、（）()\s]"
_STRIP = re.compile(
    r"^(?:和讨论了|了|一份|一项|一批|一则|一个|两份|多项|首份|首批|相关|有关|该|这份|上述|双方|共同|关于印发|的|正式|并|其|此项|今年|新的|最新的?|本次)+"
)
_SPEECH = re.compile(
    r"(?:习近平总书记|习近平主席|习近平|总书记)(?!发表|主持|理论)(?:在|对|关于|考察|视察|来|近期|的|给|一系列|系列|调研)?"
    r"[^，。；！？\n：]{0,46}?(?:的)?(?:系列)?(?:重要)?(?:讲话|指示批示|指示|批示|论述|回信|思想|贺信|署名文章)"
    r"(?:(?:和|、)?(?:重要)(?:讲话|指示批示|指示|批示|论述))*"
)
_ANY_SPEECH = re.compile(
    r"(?:习近平)?(?:总书记|主席)?(?:的|近期|最近|一系列|系列|有关|相关)*(?:(?:重要)?(?:讲话|指示批示|指示|批示|论述)[、和]?)+"
)
# 通过代表工作信息化平台|征集意见: what is said there, no paper
_ASKED = re.compile(
    "(?:征集|征求|提出|听取|交换|发表|反馈|提供|收集)(?:的|了|相关|有关|修改|宝贵)*(?:意见|建议|报告|方案|措施)$"
)
# 宪法宣誓, 宪法和法律委员会: part of another name
_LOWER = re.compile("宣誓|法院|和法律委|日|周|文本|主题教育|的?精神")
_NEXT = re.compile(r"$|[，。；：！？\n、）)》”\s]|等|和|与|及|并|的|，|情况|精神|仪式")


@cache
def _agreement() -> re.Pattern[str]:
    verbs, heads = (
        alternatives(words("documents", "verbs", "signing")),
        alternatives(words("documents", "heads", "agreements")),
    )
    return re.compile(f"(?:{verbs})((?:“[^”\\n]{{1,20}}”|{_INSIDE}){{0,40}}?(?:{heads}))(?={_NEXT.pattern})")


@cache
def _issued() -> re.Pattern[str]:
    verbs, heads = (
        alternatives(words("documents", "verbs", "issuing")),
        alternatives(words("documents", "heads", "papers")),
    )
    return re.compile(
        f"(?:{verbs})((?:“[^”\\n]{{1,20}}”|{_INSIDE}){{2,44}}?(?:{heads})(?:[（(](?:草案|试行|[0-9—\\-]+年?)[）)])?)(?={_NEXT.pattern})"
    )


@cache
def _known() -> re.Pattern[str]:
    return re.compile(alternatives(words("documents", "known", "names")))


@cache
def _publishers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    media, acting = (
        alternatives(words("documents", "brackets", "media")),
        alternatives(words("documents", "brackets", "acting")),
    )
    return re.compile(f"(?:{media})$"), re.compile(f"(?:\\d+日)?(?:今天|今日)?(?:{acting})")


@cache
def _bare() -> frozenset[str]:
    """Heads alone (《通知》, 协议): a paper named before, never one of its own."""
    return frozenset((*words("documents", "heads", "papers"), *words("documents", "heads", "agreements"))) - {
        "合作协议", "战略合作协议", "合作备忘录", "战略合作框架协议", "合作框架协议"
    }  # fmt: skip


@cache
def _more() -> re.Pattern[str]:
    heads = alternatives(words("documents", "heads", "papers"))
    return re.compile(
        f"(?:、|和|以及)((?:“[^”\\n]{{1,20}}”|{_INSIDE}){{4,44}}?(?:{heads})(?:[（(](?:草案|试行|[0-9—\\-]+年?)[）)])?)(?={_NEXT.pattern})"
    )


def is_bare(name: str) -> bool:
    """Whether a name is that of a kind alone: 通知, 习近平总书记重要讲话精神."""
    return name in _bare() or _ANY_SPEECH.fullmatch(name.removesuffix("精神")) is not None


def _listed(text: str, offset: int, end: int, score: float) -> list[Mention]:
    """The papers that follow one in a list: 审议了A办法、B细则、C方案."""
    found = []
    while match := _more().match(text, offset, end):
        found.append(Mention(*match.span(1), "document", match.group(1), ("grammar",), score))
        offset = match.end()
    return found


def find_documents(text: str, start: int, end: int) -> list[Mention]:
    """Document mentions of one sentence, and publishers in 《》 (organizations); the caller chooses among overlaps.

    A name in 《》 is mentioned by what stands between the brackets.
    """
    found = []
    for match in _BRACKETS.finditer(text, start, end):
        span, name = match.span(1), match.group(1)
        if text[max(start, match.start() - 5) : match.start()].endswith(words("documents", "brackets", "short")):
            continue
        if name in _bare():
            continue
        media, acting = _publishers()
        published = media.search(name) is not None or acting.match(text, match.end(), end) is not None
        published = published and len(name) <= 10 and not name.startswith("关于") and not name.endswith("通报")
        found.append(Mention(*span, "organization" if published else "document", name.strip(), ("grammar",), 0.95))
    for pattern, score in ((_agreement(), 0.7), (_issued(), 0.6)):
        for match in pattern.finditer(text, start, end):
            begin = match.start(1) + (skipped.end() if (skipped := _STRIP.match(match.group(1))) else 0)
            name = text[begin : match.end(1)]
            if (
                len(name) >= 4
                and name not in _bare()
                and not name.startswith(("意见", "结果", "采取", "邮件", "短信", "电话", "微信", "网络", "平台"))
                and not _ASKED.search(name)
            ):
                found.append(Mention(begin, match.end(1), "document", name, ("grammar",), score))
                found += _listed(text, match.end(1), end, score)
    for match in _known().finditer(text, start, end):
        if _LOWER.match(text, match.end(), end):
            continue
        found.append(Mention(*match.span(), "document", match.group(), ("gazetteer",), 0.9))
    for match in _SPEECH.finditer(text, start, end):
        if _ANY_SPEECH.fullmatch(match.group()):
            continue  # 习近平总书记重要讲话: none in particular
        found.append(Mention(*match.span(), "document", match.group(), ("grammar",), 0.65))
    return found
