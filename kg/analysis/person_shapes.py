"""Names of persons that show by their shape: in lists, Japanese ones, those of Mongols, Tibetans and Uyghurs, Latin ones after a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.analysis.document import Token
from kg.analysis.persons import looks_chinese, no_name
from kg.language import gazetteer
from kg.language.lexicon import alternatives, table, title_heads, words
from kg.model import Mention

_SURE = 0.97
"""As sure as what the taggers agree on."""
_HAN = "\u4e00-\u9fff"
_HAPPENS = ("参加", "合作", "参", "和", "都")
_WORDS = ("LOC", "TIME", "v", "vn", "vd", "d", "m", "a", "ad", "an", "c", "r", "q", "f", "s", "t")
_BORDER = "、，,。；;：:（）()等 　\n"
_ITEM = re.compile(f"[{_HAN}]+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'’]*(?:[ ·-][A-Z][A-Za-z.'’]*){1,3}")


def by_shape(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """Names of one sentence that their shape and what stands around them show."""
    found = [*_listed(text, start, end, tokens), *_of_peoples(text, start, end, tokens), *_latin(text, start, end)]
    if "日本" in text or "日媒" in text or "东京" in text:
        found += _japanese(text, start, end, tokens)
    return [
        Mention(a, b, "person", text[a:b], ("grammar",), _SURE)
        for a, b in dict.fromkeys(found)
        if not no_name(text[a:b])
    ]


def _listed(text: str, start: int, end: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """``市领导高山、江河、李想出席``: in a list of names what has the shape of one is one, whatever else the word means."""
    named = {(t.start, t.end) for t in tokens if t.tag == "PER"}
    heads = tuple(title_heads())
    for match in re.finditer(f"[{_HAN}]{{2,12}}(?:、[{_HAN}]{{2,4}})+(?:、[{_HAN}]{{2,12}})?", text[start:end]):
        items: list[tuple[int, int]] = []
        spans = [
            (start + match.start() + m.start(), start + match.start() + m.end()) for m in _ITEM.finditer(match.group())
        ]
        after_title = False
        for number, (a, b) in enumerate(spans):
            if number == 0:
                cut = next((n for n in (3, 2) if text[a : b - n].endswith(heads)), 0)
                after_title = cut > 0
                a = b - cut if cut else next((s for s, e in sorted(named) if a <= s and e == b), a)
            elif number == len(spans) - 1:
                # the last item runs on into what the persons do
                b = next(
                    (a + n for n in (3, 2) if a + n <= b and ((a, a + n) in named or _goes_on(text, a + n, end))), b
                )
            items.append((a, b))
        known = [i for i in items if i in named]
        shaped = [i for i in items if i not in named and i[1] - i[0] <= 3 and looks_chinese(text[i[0] : i[1]])]
        if (
            len(items) >= 3
            and known
            and len(known) + len(shaped) == len(items)
            and (after_title or len(known) > len(shaped))
        ):
            yield from (i for i in shaped if text[i[0] : i[1]] not in words("names", "never"))


@cache
def _following() -> re.Pattern[str]:
    return re.compile(alternatives(words("names", "follows_a_name")))


def _goes_on(text: str, offset: int, end: int) -> bool:
    """Whether a name may end there: at a mark, or before a word that often follows one."""
    return offset >= end or text[offset] in _BORDER or _following().match(text, offset) is not None


@cache
def _japanese_pattern() -> re.Pattern[str]:
    given = "".join(sorted(set(table("names")["japanese_given"])))
    return re.compile(f"(?:{alternatives(words('names', 'japanese_surnames'))})(?=([{given}]{{1,3}}))")


def _japanese(text: str, start: int, end: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """``鸠山由纪夫``: a Japanese surname and one to three characters of given names, as far as the name may end."""
    ends = {t.end for t in tokens}
    for match in _japanese_pattern().finditer(text, start, end):
        if any(t.tag in ("LOC", "ORG") and t.start < match.start() + 1 < t.end for t in tokens):
            continue
        given = len(match.group(1))
        lengths = [n for n in (2, 3, 1) if n <= given]
        stops = [match.end() + n for n in lengths]
        chosen = next((s for s in stops if _goes_on(text, s, end)), None)
        chosen = chosen or next((s for s in stops if s in ends), None)
        if chosen is not None:
            yield match.start(), chosen


@cache
def _peoples() -> re.Pattern[str]:
    characters = "".join(sorted(_characters()))
    return re.compile(f"[{characters}]{{3,8}}")


def _of_peoples(text: str, start: int, end: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """``那仁满都拉``, ``斯琴高娃``: a run of the characters such names are written with, from a title or mark to the next."""
    heads = tuple(title_heads())
    ends = {t.end for t in tokens}
    for match in _peoples().finditer(text, start, end):
        a, b = match.span()
        a += a > start and text[a - 1 : a + 1] in title_heads()  # 总|理祖布科夫
        before = text[max(start, a - 6) : a]
        if a > start and text[a - 1] not in "、，；（(和与及" and not before.endswith(heads):
            continue
        # the run may hold the beginning of what follows: 其其格说, 乌兰图雅在
        particles = {t.end for t in tokens if len(t.text) == 1 and t.tag in ("c", "u", "p", "d")}
        stops = [n for n in range(b, a + 2, -1) if not text[a:n].endswith(_HAPPENS) and n not in particles]
        stop = next((n for n in stops if _goes_on(text, n, end)), None) or next((n for n in stops if n in ends), None)
        if stop is None or looks_chinese(text[a:stop]):
            continue
        inside = [t for t in tokens if a <= t.start and t.end <= stop]
        if any(
            len(t.text) > 1
            and (t.tag in _WORDS or (t.tag == "ORG" and inside[0].tag != "PER"))
            and t.text not in ("买买", "仁青")
            for t in inside
        ):
            continue
        if stop - a == 3 and looks_chinese(text[a : stop - 1]):
            continue
        # 让周嘉玉, 甲和乙: a word before a name, or between two; 迪亚斯-卡内尔: but a part
        if any(t.tag in ("c", "p") or (t.start == a + 1 and t.tag == "PER" and looks_chinese(t.text)) for t in inside):
            continue
        if text[a:stop] in gazetteer.countries() or "-" in (text[a - 1 : a], text[stop : stop + 1]):
            continue
        seen = any(t.tag == "PER" for t in inside)
        if seen and any(len(t.text) > 1 and t.tag == "n" for t in inside):
            continue
        listed = text[a - 1 : a] == "、" or text[stop : stop + 1] == "、" or before.endswith(heads)
        if seen or (listed and not any(len(t.text) > 2 for t in inside)):
            yield a, stop


@cache
def _characters() -> frozenset[str]:
    return frozenset(table("names")["transliteration"]) | frozenset(table("names")["minorities"])


def written_in_sounds(name: str) -> bool:
    """Whether every character is one that foreign names, or those of Mongols, Tibetans and Uyghurs, are written with."""
    return bool(name) and set(name) <= _characters()


def _latin(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """``分析师 Dan Ives``: Latin names with capitals right behind a title."""
    heads = tuple(title_heads())
    for match in _LATIN.finditer(text, start, end):
        before = text[max(start, match.start() - 8) : match.start()].rstrip()
        if before.endswith(
            (*heads, "CEO", "CFO", "COO", "CTO", "分析师", "总监", "创始人", "主管", "策略师", "经济学家", "研究员")
        ):
            yield match.span()
