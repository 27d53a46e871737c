"""Verbs of speech: where a sentence reports words, and what may stand between a speaker and his verb."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.analysis.document import Document, Sentence, Token
from kg.language.lexicon import alternatives, table, title_pattern, words
from kg.model import Mention

OPEN, CLOSE = "“「『", "”」』"
_QUOTATION = re.compile("“[^“”\n]{0,1500}”|「[^「」\n]{0,1500}」|『[^『』\n]{0,1500}』")
_COMPANY = re.compile("(?:在|由)[^。；]{2,120}?陪同下")
_NOMINAL = frozenset(("n", "nz", "nw", "nr", "ns", "nt", "LOC", "ORG", "PER", "a", "an", "vn", "f", "s", "m", "q", "u", "c", "r", "w", "t", "TIME"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech in its place; ``clause`` is where its clause begins."""

    start: int
    end: int
    word: str
    clause: int

    @property
    def careful(self) -> bool:
        """Whether the word is as often a noun or a plain verb."""
        return self.word in words("speech", "careful")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two commas."""

    start: int
    end: int


class Quotations:
    """What stands between quotation marks, over as many sentences as it takes."""

    def __init__(self, text: str) -> None:
        self._spans = [m.span() for m in _QUOTATION.finditer(text)]
        self._starts = [start for start, _ in self._spans]

    def hold(self, offset: int) -> bool:
        """Whether a place lies inside a quotation (the closing mark counts as inside)."""
        number = bisect_right(self._starts, offset) - 1
        return number >= 0 and offset < self._spans[number][1]

    def opened_before(self, offset: int) -> bool:
        """Whether a quotation is open at a place and began before it."""
        number = bisect_right(self._starts, offset - 1) - 1
        return number >= 0 and self._spans[number][0] < offset < self._spans[number][1]


@cache
def _verb_pattern() -> re.Pattern[str]:
    data = table("speech")
    other, verbs = alternatives(data["other_words"].split()), alternatives(data["verbs"].split())
    acts = alternatives(data["telling"].split())
    # 打趣：“…”, 打趣称: what tells only with the words behind it, or with 称 and 说
    told = f"(?:{acts})(?:(?:道|说|称|着说)?(?=[：:，]“)|(?:称|说))"
    shapes = "|".join((*data["verb_shapes"], told))
    return re.compile(f"(?:{other})|(?P<verb>{shapes}|{verbs})")


@cache
def adverbs() -> re.Pattern[str]:
    """The stretch from a clause's start to its verb that leaves the subject out."""
    return re.compile(f"(?:{_filling()})*")


@cache
def _filling() -> str:
    data = table("speech")
    # 喜滋滋地说, 掰着指头说; 各地, 工地 are no adverbs
    manner = f"[\u4e00-\u9fff]{{2,6}}(?<![{data['no_manner']}])地"
    return f"{manner}|(?:{alternatives(words('speech', 'adverbs'))})地?|{alternatives(words('speech', 'times'))}|{data['time_shape']}"


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(_filling())


@cache
def _called() -> re.Pattern[str]:
    """What follows a name directly: 同志, a title, the form in another script."""
    return re.compile(
        f"(?:同志|先生|女士|教授|博士|{alternatives(words('speech', 'addressed'))}|们|等[多各几两三四五六七八九十\\d]*(?:国|国家|方|人|企业|公司|单位|机构|地)?|本人|{title_pattern().pattern}|（[^（）]{{1,20}}）|\\([^()]{{1,40}}\\)|”|》|的话|的说法|的消息|官方微博|官微|微信公众号|公众号|官方账号|客户端)*"
    )


@cache
def _leads() -> re.Pattern[str]:
    """A preposition, or a verb that leads up to saying something."""
    return re.compile(f"(?:{alternatives((*words('speech', 'prepositions'), *words('speech', 'light_verbs')))})")


_LONG_NAME = 14
_LONGEST_PHRASE = 45
_LONGEST_GAP = 100


def bridges(text: str, start: int, end: int) -> bool:
    """Whether nothing stands between a speaker and his verb but a title, adverbs, the time, phrases with a preposition."""
    if not 0 <= end - start <= _LONGEST_GAP or any(c in "。；" for c in text[start:end]):
        return False
    called = _called().match(text, start, end)
    open_ = [called.end() if called else start]
    seen = set(open_)
    while open_:
        position = open_.pop()
        if position == end:
            return True
        following = [m.end() for m in (_filler().match(text, position, end),) if m]
        if text[position] == "，" and (_filler().match(text, position + 1, end) or text.startswith("在", position + 1)):
            following.append(position + 1)
        if lead := _leads().match(text, position, end):
            comma = text.find("，", lead.end(), end)
            stop = min(lead.end() + _LONGEST_PHRASE, comma if comma >= 0 else end)
            if stop == end:
                return True
            starts = range(lead.end() + 1, stop + 1)
            following += [
                p for p in starts if text[p] == "，" or _filler().match(text, p, end) or _leads().match(text, p, end)
            ]
        for place in following:
            if place not in seen:
                seen.add(place)
                open_.append(place)
    return False


@cache
def aside_starts() -> tuple[str, ...]:
    return words("speech", "aside")


def clause_start(text: str, sentence: Sentence, offset: int) -> int:
    """Where the clause that holds a place begins."""
    start = offset
    while start > sentence.start:
        if text[start - 1] == "》" and (title := text.rfind("《", sentence.start, start)) >= 0:
            start = title  # the marks inside a title part no clauses
            continue
        if text[start - 1] in "，,；;：:。！？】":
            break
        # a quotation that ends with its own mark is speech; a quoted name belongs to its clause
        if text[start - 1] in CLOSE:
            opening = max(text.rfind(mark, sentence.start, start) for mark in OPEN)
            if text[start - 2] in "，,。！？!?…" or start - opening > _LONG_NAME:
                break
        start -= 1
    return start


def clauses_before(text: str, sentence: Sentence, offset: int) -> Iterator[Clause]:
    """The clauses of a sentence before a clause, the nearest first."""
    while offset > sentence.start:
        start = clause_start(text, sentence, offset - 1)
        yield Clause(start, offset)
        offset = start


def nominal(tokens: Sequence[Token]) -> bool:
    """Whether nothing but nouns and what belongs to them stands there: titles, bodies, 、."""
    return all(t.tag in _NOMINAL for t in tokens)


@cache
def _thanks() -> re.Pattern[str]:
    """表示感谢, 致以崇高的敬意和节日的问候."""
    return re.compile(
        f"(?:了|由衷|衷心|诚挚|热烈|亲切|崇高|深切|高度|充分|真诚|节日|最|的|和|美好)*(?:{alternatives(words('speech', 'thanks'))})"
    )


def gives_thanks(text: str, offset: int) -> bool:
    """Whether thanks, wishes or the like follow: content without a clause."""
    return _thanks().match(text, offset) is not None


def verbs(document: Document, sentence: Sentence, quotations: Quotations) -> Iterator[Verb]:
    """Reporting verbs outside quotations that report some content."""
    text = document.text
    for match in _verb_pattern().finditer(text, sentence.start, sentence.end):
        word = match.group("verb")
        if word is None or quotations.hold(match.start()):
            continue
        before = text[max(sentence.start, match.start() - 40) : match.start()]
        named = document.mentions_in(match.start() - 12, match.start(), "person", "organization")
        if (
            word in words("speech", "careful")
            and before.endswith(words("speech", "noun_after"))
            and not any(m.end == match.start() for m in named)  # 王立新要求: 新 belongs to the name
        ):
            continue
        if any(
            t.start < match.start() < t.end and t.tag in ("PER", "ORG", "LOC")
            for t in document.tokens_in(match.start() - 4, match.end())
        ):
            continue
        rest = text[match.end() : sentence.end].lstrip("了，,：:“")
        content = len(rest.rstrip("。！？”"))
        attributes = match.end() >= sentence.end - 1 and text[max(0, sentence.start - 1)] in CLOSE
        if text.startswith("的", match.end()) or _only_says_when(text, sentence, match):
            continue
        if content < 3 and not (
            attributes or any(c in CLOSE for c in before) or rest.startswith(words("speech", "thanks")) or word in words("speech", "complete")
        ):  # fmt: skip
            continue
        if word in words("speech", "thankful") and not gives_thanks(text, match.end()):
            continue
        if (
            word == "介绍"
            and re.match(r"(?:了)?[^，。“：]{0,12}(?:情况|做法|经验|工作|成效)", rest)
            and text[match.end()] not in "，,：:“"
        ):
            continue
        yield Verb(*match.span(), word, clause_start(text, sentence, match.start()))


def _only_says_when(text: str, sentence: Sentence, match: re.Match[str]) -> bool:
    """``在他宣布弹劾前，``: a clause that tells the time of what follows."""
    end = next((i for i in range(match.end(), sentence.end) if text[i] in "，,"), -1)
    if end < 0 or end - match.end() > 20 or not text[match.end() : end].endswith(words("speech", "aside_end")):
        return False
    return text.startswith(words("speech", "aside"), clause_start(text, sentence, match.start()))


def told(text: str, start: int, end: int) -> bool:
    """Whether a verb of speech stands there at all."""
    return any(m.group("verb") for m in _verb_pattern().finditer(text, start, end))


def credited(document: Document, mention: Mention) -> bool:
    """Stands in a byline or a credit: 记者夏一方, 梁琛 摄; a reporter who is quoted does not."""
    before = document.text[max(0, mention.start - 6) : mention.start].rstrip(" 　")
    if document.text[mention.end : mention.end + 3].strip().startswith("摄"):
        return True
    if not before.endswith(words("speech", "credits")):
        return False
    after = _verb_pattern().match(document.text, mention.end)
    return not (after and after.group("verb"))


def aside(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Stands in a clause that only says when or after whom: 自…宣布推翻…后, 据…报道."""
    if any(m.start() <= mention.start < m.end() for m in _COMPANY.finditer(text, sentence.start, sentence.end)):
        return True
    start = clause_start(text, sentence, mention.start)
    end = min((i for i in (text.find(c, mention.end, sentence.end) for c in "，,") if i >= 0), default=sentence.end)
    clause = text[start:end]
    return (
        clause.startswith(words("speech", "aside"))
        and end < sentence.end
        and clause.endswith(words("speech", "aside_end"))
    )


@cache
def _cites() -> re.Pattern[str]:
    """A name that only opens the name of a doctrine, a speech or an instruction: 习近平总书记重要讲话精神."""
    # who reads or carries out another's words acts himself: 刘泽峰围绕…重要指示进行导学
    own = alternatives(words("speech", "own_acts"))
    given = alternatives(words("speech", "gives_words"))  # 李建华对救援作出重要指示, but not 作出的重要指示
    return re.compile(
        f"(?:(?!{own}|(?:{given})(?!的))[^，,。；：:“]){{0,25}}?(?:{alternatives(words('speech', 'cited'))})"
    )


def may_act(document: Document, start: int, mention: Mention) -> bool:
    """Not the object of a preposition or a verb, not the owner of something (习近平总书记关于…的论述)."""
    text = document.text
    before = text[start : mention.start]
    if (
        before.endswith(words("speech", "not_subject"))
        and not before.endswith(("大使", "特使", "公使", "天使"))
        and not _deputy(document, start, mention)
        and not (before.endswith("据") and as_told_by(text, mention.end))
    ):
        return False
    after = text[mention.end : mention.end + 40]
    if mention.type == "organization" and after.startswith(("记者", "特派记者", "特约记者")):
        return False
    told_at = next((m for m in _verb_pattern().finditer(after[:24]) if m.group("verb")), None)
    if (
        mention.type == "organization"
        and (paper := _paper().match(after))
        and not (told_at is not None and told_at.start() < paper.end() and after[0] != "的")  # 5日通报，
    ):
        verb = _verb_pattern().search(after, paper.end())
        return verb is not None and bridges(after, paper.end(), verb.start())
    if re.match(r"(?:同志|总书记|主席|总统|总理)?(?:的|关于)", after):
        return False
    told_ = _verb_pattern().match(after, re.match(r"(?:同志|总书记|主席|总统|总理)?", after).end())  # type: ignore[union-attr]
    return bool(told_ and told_.group("verb")) or not _cites().match(after)


@cache
def _hearsay() -> re.Pattern[str]:
    return re.compile(f"[^，。；]{{0,20}}?(?:{alternatives(words('speech', 'hearsay'))})(?:称|说)?[，,：:]")


def as_told_by(text: str, offset: int) -> bool:
    """``据李建华介绍，``: what follows 据 and a name closes with a verb of telling: who is named speaks. ``据…报道`` is no such."""
    return _hearsay().match(text, offset) is not None


def _deputy(document: Document, start: int, mention: Mention) -> bool:
    """常驻代表, 学生代表: a title before a person's name, no verb."""
    if mention.type != "person" or not document.text[start : mention.start].endswith("代表"):
        return False
    tokens = document.tokens_in(start, mention.start)
    return len(tokens[-1].text) > 2 or (
        len(tokens) > 1 and tokens[-2].tag in ("n", "nz", "vn", "ORG", "LOC", "m", "b", "a", "nw")
    )


@cache
def _paper() -> re.Pattern[str]:
    """What a body wrote speaks for it: 某中心的一份报告指出."""
    papers = alternatives(words("speech", "papers"))
    return re.compile(f"的?(?:一份|一项|最新|这份|该)?[^，。的]{{0,4}}(?:{papers})(?:中|里)?")
