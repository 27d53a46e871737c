"""Names of games and of their matches: which mean one contest, and which stand by themselves (男子100米决赛，甲…)."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.happenings import alike
from kg.extract.shapes import Line
from kg.language.lexicon import alternatives, words
from kg.model import Span


@cache
def _same() -> dict[str, str]:
    return dict(pair.split("=") for pair in words("contests", "grammar", "same"))


def short(label: str) -> tuple[str, str]:
    """What a contest's name says before the games, and the games by their short name: 成都, 大运会."""
    for ending in sorted((*_same(), *words("contests", "grammar", "games")), key=len, reverse=True):
        if label.endswith(ending):
            return re.sub(r"第[^届]{1,4}届|[0-9]{4}年?|中国|本届|该届", "", label[: -len(ending)]), _same().get(
                ending, ending
            )
    return label, ""


def same_games(label: str, other: str) -> bool:
    """成都第31届世界大学生夏季运动会 and 成都大运会."""
    (where, games), (there, those) = short(label), short(other)
    if not games or games != those:
        return False
    years = [set(re.findall(r"[0-9]{4}", text)) for text in (label, other)]
    if years[0] and years[1] and years[0] != years[1]:
        return False
    return not where or not there or where in there or there in where


def same_match(label: str, other: str) -> bool:
    """Whether two names of one round of the same games are much alike: 2023年青河杯半决赛, 青河杯半决赛首场比赛."""
    rounds = [re.search(r"(?:半|总|预|四分之一|八分之一)决赛|小组赛|淘汰赛", text) for text in (label, other)]
    if rounds[0] is None or rounds[1] is None or rounds[0].group() != rounds[1].group():
        return False
    return alike(label[: rounds[0].end()], other[: rounds[1].end()]) >= 0.6


@cache
def _match_name() -> re.Pattern[str]:
    disciplines, rounds = (alternatives(words("contests", "grammar", w)) for w in ("disciplines", "rounds"))
    return re.compile(f"(?!.*的)[^，。；]*(?:{disciplines})[^，。；]{{0,10}}(?:{rounds})(?:首轮|首场|次回合)?")


def match_alone(line: Line, text: str, span: Span) -> bool:
    """Whether a name is that of one match of games told of before, where the match stands by itself: 男子100米决赛，甲…"""
    alone = line.clause_start(span.start) == span.start and line.text[span.end : span.end + 1] == "，"
    if _match_name().fullmatch(text) is None:
        return alone and len(text) >= 5 and text.endswith("赛") and not text.endswith("比赛")
    before = line.text[line.clause_start(span.start) : span.start]
    after = line.text[span.end : span.end + 1]
    return re.fullmatch(
        r"(?:[^，。；]{0,14}?[在于]|(?:随后|率先)?进行的|[^，。；]{0,8}[日晚午天])?(?:进行的|结束的)?", before
    ) is not None and (after in "，中上里" or line.text.startswith(("进行", "展开", "打响", "角逐"), span.end))
