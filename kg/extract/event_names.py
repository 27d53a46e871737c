"""Names of happenings: from the head word leftwards to a clause border or a verb (``工程建设项目审批制度改革工作推进会``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.analysis.document import Token
from kg.extract.shapes import Line
from kg.language.event_words import head_of, head_pattern, heads, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Span

Held = Literal["before", "after", "attending", "inside", ""]
_PAIRS = {"”": "“", "》": "《", "）": "（", ")": "(", "』": "『", "」": "「", "’": "‘"}
_NAMING = (
    "n",
    "nz",
    "nw",
    "vn",
    "an",
    "a",
    "ad",
    "LOC",
    "ORG",
    "m",
    "q",
    "s",
    "t",
    "f",
    "TIME",
    "xc",
    "nr",
    "ns",
    "nt",
)
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:年度?|[-—/]\d{2,4}(?:年度?)?|年至(?:19|20)\d\d年)?|[0-9〇零一二三四五六七八九]{4}年度?"
)
_PERIOD = re.compile(
    r"(?:上|下)?半年|[一二三四1-4]季度|\d{1,2}(?:月份?|至\d{1,2}月份?|—\d{1,2}月份?|-\d{1,2}月份?)|暑期|寒假|春季|夏季|秋季|冬季|新春|现代|当代|未来|新时代|新时期|第[一二三四五六七八九十]+[日天]|首日|收官日|开放日"
)
_BARE = re.compile(
    r"(?:本|该|此|这|第[一二三四五六七八九十0-9]+[次届场]|全体|专题|扩大|工作|常务|领导班子|党员|干部|紧急|视频|电视电话|年度|闭门|有关|相关|重要|现场|专项|例行|新闻|主题|学习|一系列|线上|常委会|党组|党委|（扩大）|\(扩大\))*"
)
_BETWEEN = (
    r"\s?(?:——[^，。；]{2,15})?(?:，(?=[在于]))?(?:[（(][^）)]{0,30}[）)]|将于|于|将|已|正式|(?:在|于)[^，。；]{1,28}|(?:\d{1,2}月)?\d{1,2}日|凌晨|上午|中午|下午|傍晚|晚上|晚间|晚|今天|今日|昨天|昨日|日前|近日|隆重|如期|顺利|圆满|成功|同步|同期"
    r"|线上|线下|也|亦|还|就|即将|以视频形式|以视频方式|通过视频方式|首次|再次|正|继续|陆续|相继|分别|盛大|全面|采取[^，。；]{2,16}形式|、)*"
)


_INSIDE = re.compile(r"(?:期间|现场|上(?![海级述])|中(?!心)|当天|时(?![间期代装尚]))")
_CREDIT = re.compile(r"记者|通讯员|摄影|图源")
_CLOSING = re.compile(r"(?:(?:19|20)\d\d年?)?”")
# 甲公司启动“X”活动: the verb is none of the name, as in 启动仪式
_STARTED = re.compile(
    r"启动(?!仪式|大会|会|式|暨|活动|工作|典礼|及|和|发布)(?=[^，。；]{3,}(?:活动|行动|大赛|比赛|节|季|周|月|营|演练|班)$)"
)
_COUNTED = re.compile(r"(?!20\d\d)(?:[0-9]{1,4}|[两三四五六七八九十百]+)(?:余|多)?(?:场(?:次)?|个|项)")
_SORT = re.compile(
    r"(?:(?:国际|国家|世界|[省市区县校])级|国内外?|各类|各级|历届|往届|多项|单项)(?:大型|体育|文艺|学术|商业)?(?:比赛|赛事|活动|会议|论坛|展会|展览|大赛|竞赛|演出)"
)
_STAGES = re.compile(r"分(?:为)?[一二两三四五六七八九十\d]+个?(?:阶段|环节|场次|场|批|部分|组|会场)")


_OF_PERSON = re.compile(
    r"(?:同志|先生|女士|院士|烈士|将军|总书记|主席|总理)?(?:重要|系列|来|[^，。；、“”]{0,6}?)?"
    r"(?:先进事迹|事迹|就职|追悼|遗体告别|诞辰|逝世|重要(?:讲话|指示|论述)|讲话精神|思想|书画|书法|作品|个人|艺术|学术|纪念)"
)


@dataclass(frozen=True, slots=True)
class EventName:
    """A name of a happening in the text.

    Attributes:
        start, end: the name without holding verbs, counting and pointing words.
        head: its ending; ``kind``: the kind the ending tells.
        held: how it stands: object of a holding or attending verb, subject of one, a place to speak at (``座谈会上``), or nothing of these.
        verb: the verb that holds it; the name's own span where there is none.
        pointing: said again (``此次会议``).
        bare: nothing but the ending and words that every such name may have.
    """

    start: int
    end: int
    text: str
    head: str
    kind: str
    held: Held
    verb: Span
    pointing: bool
    bare: bool


def find_names(line: Line) -> list[EventName]:
    """The names of happenings in a sentence, in order, without overlaps."""
    document, sentence = line.document, line.sentence
    tokens = document.tokens_in(sentence.start, sentence.end)
    ends = {t.end for t in tokens}
    bodies = [i for i in line.items if i.code in ("organization", "person", "place")]
    found: list[EventName] = []
    found += _other_meetings(line, tokens)
    position = sentence.start
    while (match := head_pattern().search(document.text, position, sentence.end)) is not None:
        head_end, position = match.end(), match.start() + 1
        if head_end not in ends and match.group() == head_of(match.group()):
            continue
        if any(b.start < head_end and match.start() < b.end for b in bodies):
            continue
        if head_pattern().match(document.text, head_end, sentence.end) is not None:
            position = head_end  # 义诊活动: the later ending is the name's
            continue
        head = head_of(match.group())
        name = _name(line, tokens, match.start(), head_end, head)
        position = head_end
        if name is not None:
            found = [f for f in found if f.end <= name.start or f.start >= name.end]
            found.append(name)
    return _joined(line, sorted(found, key=lambda n: n.start))


def _joined(line: Line, names: list[EventName]) -> list[EventName]:
    """X换届大会暨Y高峰论坛 is one name."""
    joined: list[EventName] = []
    for name in names:
        last = joined[-1] if joined else None
        if (
            last is not None
            and line.text.startswith("暨", last.end)
            and not re.search(r"[，。；]", line.text[last.end : name.start])
        ):
            held, verb = (last.held, last.verb) if last.held == "before" else (name.held, name.verb)
            name = EventName(
                last.start,
                name.end,
                line.text[last.start : name.end],
                name.head,
                last.kind,
                held,
                verb,
                last.pointing,
                False,
            )
            joined.pop()
        beside = last is not None and last.held == "before" and name.held in ("", "inside")
        if last is not None and beside and line.text[last.end : name.start] in ("和", "与", "、", "及", "以及"):
            name = replace(name, held="before", verb=last.verb)  # 举办X发布会和Y交流会
        joined.append(name)
    return joined


def _other_meetings(line: Line, tokens: Sequence[Token]) -> list[EventName]:
    """Meetings whose ending no table lists (区情通报会): a noun that ends in 会 and is held."""
    found: list[EventName] = []
    for index, token in enumerate(tokens):
        if not token.text.endswith("会") or token.tag not in ("n", "vn", "nz", "v"):
            continue
        if len(token.text) == 1 and (index == 0 or tokens[index - 1].tag not in ("vn", "n", "v")):
            continue
        if len(token.text) > 1 and (token.tag == "v" or token.text in word_set("organizations", "plain", "words")):
            continue
        if token.text.endswith(words("events", "heads", "bodies")):
            continue
        if any(i.start < token.end and token.start < i.end for i in line.items if i.mention is not None):
            continue
        start = _leftwards(line, tokens, token.start)
        printed = line.text[start : token.end]
        held, verb = _held(line, start, token.end)
        if not held:
            start = _leftwards(line, tokens, token.start, verbs=True)
            printed = line.text[start : token.end]
            held, verb = _held(line, start, token.end)
        if held in ("before", "after") and 4 <= len(printed) <= 60:
            found.append(EventName(start, token.end, printed, "会", "meeting", held, verb, False, False))
    return found


def _name(line: Line, tokens: Sequence[Token], head_start: int, end: int, head: str) -> EventName | None:
    text, begin = line.text, line.sentence.start
    if (quoted := _quoted(line, head_start, end)) is not None:
        head_start, end = quoted
    start = _leftwards(line, tokens, head_start)
    if _held(line, start, end)[0] == "":
        # 召开全国安全生产电视电话会议: verbs inside a name are let through where a holding verb stands before the whole
        wider = _leftwards(line, tokens, head_start, verbs=True)
        if wider < start and _held(line, wider, end)[0] in ("before", "attending"):
            start = wider
    elif _held(line, start, end)[0] == "after" and start > begin and text[start - 1] not in "，。；：、 ":
        # 市项目建设分会场活动举行: nothing but verbs of the name between it and the clause's beginning
        wider = _leftwards(line, tokens, head_start, verbs=True)
        between = [t for t in tokens if wider <= t.start < start]
        begins = between[0].tag in _NAMING or between[0].text in "“《" if between else False
        if begins and (wider == begin or text[wider - 1] in "，。；： 日") and not any(t.tag == "d" for t in between):
            start = wider
    if _INSIDE.match(text, end):
        # 在A·B东西部协作会议上: what stands between the two is the name
        wider = _leftwards(line, tokens, head_start, verbs=True)
        if wider < start and text[max(begin, wider - 1) : wider] in ("在", "于"):
            start = wider
    printed = text[start:end]
    pointing = False
    for _ in range(3):
        for group in ("counting", "pointing"):
            word = next(
                (
                    w
                    for w in sorted(word_set("events", "holding", group), key=len, reverse=True)
                    if printed.startswith(w) and len(w) < len(printed)
                ),
                "",
            )
            if word:
                pointing = pointing or group == "pointing"
                start += len(word)
                printed = text[start:end]
    if _STARTED.match(printed):
        start, printed = start + 2, printed[2:]
    if not pointing and start > begin:
        pointing = text[max(begin, start - 4) : start].endswith(tuple(word_set("events", "holding", "pointing")))
    while printed and printed[0] in "、的和与及好 　·”》）)":
        start, printed = start + 1, printed[1:]
    if len(printed) < 2 or len(printed) > 90 or _COUNTED.match(printed) or _SORT.fullmatch(printed):
        return None
    if head == "展" and printed.endswith(("开展", "发展", "拓展", "进展", "伸展", "施展")):
        return None
    kind = heads()[head]
    if "暨" in printed:
        whole = printed.partition("暨")[0]
        for first in head_pattern().finditer(whole):
            if first.end() == len(whole):
                kind = heads()[head_of(first.group())]  # a signing that is a première too is a signing
    held, verb = _held(line, start, end)
    if head in word_set("events", "heads", "only_held") and held in ("", "inside"):
        return None
    if printed in word_set("events", "heads", "never_alone"):
        return None
    bare = _BARE.sub("", printed, count=1) == head or printed == head
    return EventName(start, end, printed, head, kind, held, verb, pointing, bare)


def _quoted(line: Line, head_start: int, end: int) -> tuple[int, int] | None:
    """The quotation marks around a name whose ending stands at the quotation's end: “智汇·城市论坛”, “…双年展2023”."""
    close = _CLOSING.match(line.text, end, line.sentence.end)
    if close is None:
        return None
    opening = _opening(line.text, close.end() - 1, line.sentence.start)
    within = line.text[opening + 1 : head_start]
    if opening < 0 or len(within) < 2 or len(within) > 40 or re.search(r"[，。；！？]", within):
        return None
    return opening, close.end()


def _leftwards(line: Line, tokens: Sequence[Token], head_start: int, *, verbs: bool = False) -> int:
    """Where the name begins whose head begins at ``head_start``; with ``verbs`` it may hold verbs that are no holding verbs."""
    text = line.text
    index = next((i for i, t in enumerate(tokens) if t.end > head_start), len(tokens)) - 1
    start = head_start
    if index + 1 < len(tokens) and tokens[index + 1].start < head_start:
        # the head is the end of a longer word: 座谈会 in 工作座谈会; a verb glued to it is none of it: 出席会议
        word = text[tokens[index + 1].start : head_start]
        if word in word_set("events", "stops", "words"):
            return start
        start = tokens[index + 1].start
    stops, inner = word_set("events", "stops", "words"), word_set("events", "stops", "inner")
    persons = {i.start for i in line.items if i.code == "person"}
    of: set[int] = set()
    if _OF_PERSON.search(text, line.sentence.start, head_start + 1):
        # 总统A就职仪式, A先进事迹报告会: the one whom it is about is part of the name
        about = [i for i in line.items if i.code == "person" and _OF_PERSON.match(text, i.end, head_start + 12)]
        of = {i.start for i in about}
        persons -= of
    while index >= 0:
        token = tokens[index]
        if token.text[-1] in _PAIRS:
            opening = _opening(text, token.end - 1, line.sentence.start)
            if opening < 0 or _CREDIT.search(text, opening, token.end):
                break
            if token.text[-1] in "）)" and (opening == line.sentence.start or text[opening - 1] in "电讯"):
                break  # who wrote it
            start = opening
            while index >= 0 and tokens[index].start >= opening:
                index -= 1
            continue
        if token.text in "“《（(「『‘":
            break
        if token.start in of or token.text in ("暨", "·", "•", "-", "—", "&", "+", "｜", "|"):
            pass
        elif token.text == "、" and _places_beside(line, token):
            pass  # 太原、忻州两市…座谈会: whose it is
        elif token.tag == "w" or token.start in persons or token.tag == "PER":
            break
        elif token.text in ("和", "与", "及", "、"):
            if not _joins(tokens, index):
                break
        elif token.tag == "TIME":
            if not _YEAR.fullmatch(token.text) and not _PERIOD.fullmatch(token.text):
                break
        elif token.text == "正式" and start > token.end - 1 and tokens[index + 1].text in inner and index > 0:
            pass  # 首批电厂正式上线仪式
        elif token.text in inner or token.text in ("各级", "各界", "各地", "全体", "各类"):
            pass
        elif token.text in stops or (token.tag not in _NAMING and not (verbs and token.tag in ("v", "vd", "d"))):
            break
        start = token.start
        index -= 1
    return start


def _places_beside(line: Line, token: Token) -> bool:
    """Whether a mark parts two places that a count follows: 甲、乙两市."""
    index = line.index(token.start)
    around = [line.items[i] for i in (index - 1, index + 1) if 0 <= i < len(line.items)]
    places = len(around) == 2 and all(item.code == "place" for item in around)
    return places and _COUNTED_PLACES.match(line.text, around[1].end) is not None


_COUNTED_PLACES = re.compile("[两二三四五六七八九十]")


def _joins(tokens: Sequence[Token], index: int) -> bool:
    """Whether 和/与 joins two parts of one name: a noun on either side, and no name ends before it."""
    if index == 0 or index + 1 >= len(tokens):
        return False
    left, right = tokens[index - 1], tokens[index + 1]
    if left.text in ("》", "”") and right.text in ("《", "“"):
        return True
    if left.text in word_set("events", "stops", "inner") and tokens[index].text in ("及", "暨"):
        return True  # 中心授牌及电厂上线仪式
    nouns = ("n", "vn", "nz", "an", "nw", "LOC", "ORG")
    ends = any(left.text.endswith(h) for h in heads())
    return (
        left.tag in nouns
        and (right.tag in (*nouns, "a") or right.text in ("新时代", "首批", "首届"))
        and not ends
        and left.text not in word_set("events", "stops", "words")
    )


def _opening(text: str, close: int, begin: int) -> int:
    """The offset of the bracket that the one at ``close`` closes, or -1."""
    closing, depth = text[close], 0
    for offset in range(close, begin - 1, -1):
        if text[offset] == closing:
            depth += 1
        elif text[offset] == _PAIRS[closing]:
            depth -= 1
            if depth == 0:
                return offset
    return -1


@cache
def _before_pattern() -> re.Pattern[str]:
    counting = alternatives([*words("events", "holding", "counting"), *words("events", "holding", "pointing")])
    verbs, attending = (
        alternatives(words("events", "holding", "before")),
        alternatives(words("events", "holding", "attending")),
    )
    return re.compile(
        f"(?:(?P<before>{verbs})|(?P<attending>{attending}))(?:了|的)?(?:{counting})?(?:以[^，。；]{{2,30}}为(?:主题|题|主线)的|为期[^，。；]{{1,4}}天的|[^，。；的]{{2,8}}的)?$"
    )


@cache
def _after_pattern() -> re.Pattern[str]:
    verbs = alternatives(words("events", "holding", "after"))
    return re.compile(f"{_BETWEEN}(?P<verb>{verbs})(?![式会]|情况|工作|以来|成效|效果|质量|意见|结果)")


@cache
def _organized_by() -> re.Pattern[str]:
    verbs = alternatives(words("events", "holding", "before"))
    return re.compile(f"(?P<verb>{verbs})的[^，。；]{{0,12}}$")


def _held(line: Line, start: int, end: int) -> tuple[Held, Span]:
    text, begin = line.text, line.sentence.start
    stages = _STAGES.match(text, end, line.sentence.end)  # 交流会|分两个阶段|举行
    after = _after_pattern().match(text, stages.end() if stages else end, line.sentence.end)
    before = _before_pattern().search(text, max(begin, start - 45), start)
    if before is not None and before.group("before"):
        return "before", Span(*before.span("before"))
    if after is not None:
        return "after", Span(*after.span("verb"))
    organized = _organized_by().search(text, max(begin, start - 20), start)
    if organized is not None:
        return "before", Span(*organized.span("verb"))
    if before is not None:
        return "attending", Span(*before.span("attending"))
    if _INSIDE.match(text, end):
        return "inside", Span(start, end)
    return "", Span(start, end)
