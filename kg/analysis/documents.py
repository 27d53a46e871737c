"""Document mentions: names in 《》, agreements that are signed, papers that are issued, laws and speeches known by name."""

from __future__ import annotations

import re
from functools import cache

from kg.language.lexicon import alternatives, words
from kg.model import Mention

_BRACKETS = re.compile(r"《\s*([^《》\n]{1,90}(?:[《〈<][^《》〉>\n]{1,50}[》〉>][^《》\n]{0,50})?)\s*》")
_INSIDE = r"[^，。；：！？\n《》、（）()\s]"
_STRIP = re.compile(
    r"^(?:了|一份|一项|一批|一则|一个|两份|多项|首份|首批|相关|有关|该|这份|上述|双方|共同|关于印发|的|正式|并|其|此项|今年|新的|最新的?|本次)+"
)
_SPEECH = re.compile(
    r"(?:习近平总书记|习近平主席|习近平|总书记)(?:在|对|关于|考察|视察|来|近期|的|给|一系列|系列|调研)?"
    r"[^，。；！？\n：]{0,46}?(?:的)?(?:系列)?(?:重要)?(?:讲话|指示批示|指示|批示|论述|回信|思想|贺信|署名文章)"
    r"(?:(?:和|、)?(?:重要)(?:讲话|指示批示|指示|批示|论述))*"
)
_NEXT = re.compile(r"$|[，。；：！？\n、）)》”\s]|等|和|与|及|并|的|，|情况|精神|仪式")


@cache
def _agreement() -> re.Pattern[str]:
    verbs, heads = alternatives(words("documents", "verbs", "signing")), alternatives(words("documents", "heads", "agreements"))
    return re.compile(f"(?:{verbs})((?:“[^”\\n]{{1,20}}”|{_INSIDE}){{0,40}}?(?:{heads}))(?={_NEXT.pattern})")


@cache
def _issued() -> re.Pattern[str]:
    verbs, heads = alternatives(words("documents", "verbs", "issuing")), alternatives(words("documents", "heads", "papers"))
    return re.compile(
        f"(?:{verbs})((?:“[^”\\n]{{1,20}}”|{_INSIDE}){{2,44}}?(?:{heads})(?:[（(](?:草案|试行|[0-9—\\-]+年?)[）)])?)(?={_NEXT.pattern})"
    )


@cache
def _known() -> re.Pattern[str]:
    return re.compile(alternatives(words("documents", "known", "names")))


@cache
def _publishers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    media, acting = alternatives(words("documents", "brackets", "media")), alternatives(words("documents", "brackets", "acting"))
    return re.compile(f"(?:{media})$"), re.compile(f"(?:\\d+日)?(?:今天|今日)?(?:{acting})")


def find_documents(text: str, start: int, end: int) -> list[Mention]:
    """Document mentions of one sentence, and publishers in 《》 (organizations); the caller chooses among overlaps.

    A name in 《》 is mentioned by what stands between the brackets.
    """
    found = []
    for match in _BRACKETS.finditer(text, start, end):
        span, name = match.span(1), match.group(1)
        if text[max(start, match.start() - 5) : match.start()].endswith(words("documents", "brackets", "short")):
            continue
        media, acting = _publishers()
        published = media.search(name) is not None or acting.match(text, match.end(), end) is not None
        found.append(Mention(*span, "organization" if published else "document", name.strip(), ("grammar",), 0.95))
    for pattern, score in ((_agreement(), 0.7), (_issued(), 0.6)):
        for match in pattern.finditer(text, start, end):
            begin = match.start(1) + (skipped.end() if (skipped := _STRIP.match(match.group(1))) else 0)
            if match.end(1) - begin >= 2:
                found.append(Mention(begin, match.end(1), "document", text[begin : match.end(1)], ("grammar",), score))
    for match in _known().finditer(text, start, end):
        found.append(Mention(*match.span(), "document", match.group(), ("gazetteer",), 0.9))
    for match in _SPEECH.finditer(text, start, end):
        found.append(Mention(*match.span(), "document", match.group(), ("grammar",), 0.65))
    return found
