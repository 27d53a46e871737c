"""Organization mentions: bodies of places and levels, bodies of the centre, what the tagger calls one, departments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Token
from kg.language.lexicon import (
    alternatives,
    body_words,
    national_bodies,
    organization_suffixes,
    title_heads,
    unit_words,
    words,
)
from kg.model import Mention

_NOUNS = frozenset(("n", "nz", "vn", "ORG", "LOC", "nw", "an", "s", "j", "PER"))
_LEVELS = "省市区县州旗盟镇乡"


@cache
def _bodies() -> re.Pattern[str]:
    """A body with its departments: ``委组织部``, ``人民政府办公厅``, ``人大常委会党组``. A level may be repeated: 嵩县|县委."""
    body, unit = alternatives(body_words()), alternatives(unit_words())
    return re.compile(f"(?:自治区|[{_LEVELS}])?(?:中共)?(?:{body})(?:{unit}|机关党委)*")


@cache
def _relative() -> re.Pattern[str]:
    """A body whose place the article has to give: 市委, 我市公安局, 两市人大常委会, 自治区党委."""
    level = f"(?:(?:我|本|该|全|两|三|四|各)?(?:自治区|自治州|[{_LEVELS}]))"
    body = alternatives([*body_words(), "党委", "党工委", "工委"])
    unit = alternatives(unit_words())
    return re.compile(f"(?:{level}(?:{body})|{level}中级人民法院)(?:{unit})*")


@cache
def _national() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(national_bodies())})(?:{alternatives(unit_words())})*")


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(organization_suffixes())})$")


def ends_like_one(text: str) -> bool:
    """Whether a string ends in a word that ends names of organizations."""
    return _suffix().search(text) is not None


def find_organizations(
    text: str, start: int, end: int, tokens: Sequence[Token], places: Sequence[Mention]
) -> list[Mention]:
    """Organization mentions of one sentence; may overlap, the caller chooses (score, then length).

    Args:
        places: the chosen place mentions of the sentence, in order.
    """
    starts = {t.start: i for i, t in enumerate(tokens)}
    found: list[Mention] = []

    def add(begin: int, stop: int, source: str, score: float) -> None:
        stop = _extend(text, stop, tokens)
        begin = _with_party_prefix(text, begin, start)
        found.append(Mention(begin, stop, "organization", text[begin:stop], (source,), score))

    chain_ends = _chains(places)
    for begin, stop in chain_ends:
        if match := _bodies().match(text, stop, end):
            if _clean_end(match.end(), tokens, text):
                add(begin, match.end(), "grammar", 0.9)
        else:
            run = _noun_run(text, stop, tokens)
            if run > stop:
                found.append(Mention(begin, run, "organization", text[begin:run], ("grammar",), 0.6))
    place_starts = {m.start for m in places}
    inside_place = {i for m in places for i in range(m.start + 1, m.end)}
    for match in _relative().finditer(text, start, end):
        if match.start() in inside_place or not _clean_end(match.end(), tokens, text):
            continue
        if match.start() in place_starts and match.group()[0] in _LEVELS:
            continue
        previous = text[match.start() - 1] if match.start() > start else ""
        if match.start() in starts or previous in "、，。；：（(” \n和与及由在向对" or previous in "":
            add(match.start(), match.end(), "grammar", 0.85)
    for match in _national().finditer(text, start, end):
        if match.start() in starts or match.end() in {t.end for t in tokens}:
            add(match.start(), match.end(), "grammar", 0.85)
    for number, token in enumerate(tokens):
        if token.tag == "ORG" and len(token.text) > 1 and token.text not in title_heads():
            if token.text[0] in _LEVELS and len(token.text) == 1:
                continue
            begin = token.start
            while number and tokens[number - 1].tag in ("LOC", "ORG") and tokens[number - 1].end == begin:
                number -= 1
                begin = tokens[number].start
            score = 0.75 if ends_like_one(token.text) else 0.5
            add(begin, token.end, "lac", score)
        elif token.text in _LEVELS and token.tag == "n" and number + 1 < len(tokens):
            run = _noun_run(text, token.end, tokens)
            if run - token.end >= 4:
                found.append(Mention(token.start, run, "organization", text[token.start : run], ("grammar",), 0.6))
    return found


def _chains(places: Sequence[Mention]) -> list[tuple[int, int]]:
    """Places that follow one another directly (浙江省湖州市) as one span each, and each shorter tail's end once."""
    chains: list[tuple[int, int]] = []
    for place in places:
        if chains and chains[-1][1] == place.start:
            chains[-1] = (chains[-1][0], place.end)
        else:
            chains.append((place.start, place.end))
    return chains


def _with_party_prefix(text: str, begin: int, start: int) -> int:
    for prefix in ("中共", "共青团", "民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"):
        if begin - len(prefix) >= start and text.startswith(prefix, begin - len(prefix)):
            return begin - len(prefix)
    return begin


def _clean_end(end: int, tokens: Sequence[Token], text: str) -> bool:
    """A body does not end inside another word: 市委 in 市委员, 县政 …; a title may follow in the same word (市委书记)."""
    for token in tokens:
        if token.start < end < token.end:
            rest = text[end : token.end]
            return token.tag in ("ORG", "LOC", "PER") or any(rest.startswith(head[:1]) for head in ("书记", "常委", "委员", "主任", "副", "部", "局", "主席", "秘书长"))
    return True


def _extend(text: str, stop: int, tokens: Sequence[Token]) -> int:
    """A department printed after its body: 太原市应急管理局|救援指挥中心, 国家发展改革委|环资司."""
    run = _noun_run(text, stop, tokens)
    return run if run > stop else stop


def _noun_run(text: str, stop: int, tokens: Sequence[Token]) -> int:
    """The end of the longest run of nouns from ``stop`` that ends like an organization; ``stop`` where there is none."""
    best, reached = stop, stop
    for token in tokens:
        if token.end <= stop:
            continue
        if token.start != reached and not (token.start < stop < token.end and reached == stop):
            break
        if token.tag not in _NOUNS and token.tag not in ("v", "a", "m", "d", "f", "ad") or token.end - stop > 22:
            break
        if token.text in title_heads() or token.text[0] == "副" or token.text in _STOP:
            break
        piece = text[stop : token.end]
        reached = token.end
        if token.tag in _NOUNS and len(piece) > 1 and ends_like_one(piece) and not _plain_word(piece):
            best = reached
        elif token.tag not in _NOUNS and token.end - stop > 14:
            break
    return best


_STOP = frozenset(
    "举行 召开 出席 参加 主持 负责 来到 前往 表示 指出 强调 要求 介绍 发布 印发 会见 调研 考察 视察 举办 启动 获悉 在 和 与 及 等 对 将 已 为 是 有 由 任命 免去 认为 提出 联合 共同 会同 组织 开展 发表 宣布 工作 领导 干部 领导班子 所有 各 全 向 从 到 赴 来 说 称 成员 会议 全会 大会 党员 系统 主要 有关 相关 部署 决策 机关干部 团队 队伍".split()
)


@cache
def _plain() -> frozenset[str]:
    return frozenset(words("organizations", "plain", "words"))


def _plain_word(piece: str) -> bool:
    """Words that end like a body but name a kind: 有关部门, 全会, 大会, 机关."""
    return piece in _plain() or piece.endswith(tuple(_plain()))
