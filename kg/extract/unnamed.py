"""Speakers without a name: 一名当地民众, 该工作人员, 与会代表, 警方; and the bodies they speak for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Document, Sentence
from kg.extract.speech import Verb, adverbs, as_told_by, bridges, may_act
from kg.language.lexicon import alternatives, table, words
from kg.model import Mention

Found = tuple[tuple[Mention, ...], str, str]
"""The speakers, the rule that found them, and the reason where they are not printed there."""

_WORDS = ("n", "nz", "vn", "LOC", "ORG", "r", "m", "s", "a", "j", "nw", "q", "f", "b")
_ATTRIBUTES = (
    "多名",
    "该",
    "某",
    "驻",
    "受",
    "访",
    "受访",
    "涉",
    "涉事",
    "涉案",
    "在场",
    "接线",
    "接电",
    "退役",
    "退休",
    "受灾",
    "负责",
    "分管",
    "参会",
    "与会",
    "参赛",
    "获奖",
    "受邀",
)
_BEFORE_OBJECTS = ("对", "向", "为", "给", "与", "和", "同", "将", "把", "由", "被", "代表")
_VAGUE = ("公司", "法院", "医院", "学校", "部门", "景区", "书店", "官方")
_AGAIN = re.compile("(?:该名|该|上述|这名|这位|这些|那位|这家|那家|那名)")
_COUNT = re.compile("(?:[一二两三多几数]{1,2}|\\d+|另一)[名位个]?|[名位]")
_OPEN = re.compile("(?:有关|相关|各|多|有|本|我|贵|上级|主管|职能|各级|各有关|责任|成员|大部分|一些|部分)*")
_SUFFIXES = ("方", "者", "员", "人")
_SOME = ("有不少", "有很多", "有许多", "有一", "有多", "有几", "有两", "有部分", "有网", "有些")
_ACCORDING = re.compile("根?据")
_SIDE = re.compile("^.方$")
_SAYS = ("表示", "说", "称", "指出", "强调", "认为", "宣布", "回应", "回应称", "通报", "重申")
_NOUNS = ("n", "nz", "nw", "ORG", "LOC", "PER", "vn", "j")
_NO_ATTRIBUTE = ("v", "p", "d", "c", "w", "u", "r", "vd", "xc", "ad")
_BETWEEN = re.compile(
    "(?:全体|广大|（[^（）]{1,20}）|的|一|两|多|几|名|位|有关|相关|主要|现场|值班|内部|部门|方面|新闻|官方|分管|具体|项目|政府|党委|办公室|宣传|综合|业务|客服|热线|负责该|负责此事|此项工作)*"
)
_ASKED = re.compile("(?:联系|联系上|联系到|致电|采访|采访到|拨打|走访|咨询|求证|询问|来到|电话|从)(?:了|到|上)?$")


@cache
def _heads() -> re.Pattern[str]:
    data = table("speech")
    everyone = " ".join(data[k] for k in ("spokes", "folk", "groups")).split() + list(data["kinds_of_bodies"])
    return re.compile(f"(?:{alternatives(everyone)})(?!面)")  # 碧桂|园方|面


@cache
def _bodies(kind: str) -> tuple[str, ...]:
    return tuple(str(table("speech")["kinds_of_bodies"].get(kind, "")).split())


def unnamed_speaker(
    document: Document, sentence: Sentence, verb: Verb, persons: Sequence[Mention], said: Sequence[Mention]
) -> Found | None:
    """Who speaks without a name before a verb, or the body he speaks for.

    Args:
        persons: the persons, bodies and places that the sentence names.
        said: who spoke before, the last at the end.
    """
    found = _phrase(document, verb, persons) or _agent(document, verb, persons)
    text = document.text
    if found is None or (
        verb.word in words("speech", "directly") and not re.match("(?:了|道)?[，,：:“]", text[verb.end : verb.end + 2])
    ):
        return None
    begin, head_start, end = found
    if text[begin:end] == "方面":
        return None
    head = text[head_start:end].removesuffix("们")
    spokes = head in words("speech", "spokes")
    if again := _AGAIN.match(text, begin):
        return _again(document, begin, again.end(), end, head, said, spokes=spokes)
    if spokes:
        body = _body_before(text, head_start, persons)
        if body is not None:
            return _with_others(text, body, persons), "unnamed-of-body", ""
        asked = _asked(text, sentence, verb.clause, persons)
        if asked is not None:
            return (asked,), "unnamed-asked", f"被采访的是{document.name(asked)}"
        if begin == head_start and (person := _with_that_title(document, head_start, head)) is not None:
            return (person,), "title-alone", f"{head}指{document.name(person)}"
    if (body := _of_its_kind(document, begin, text[begin:end])) is not None:
        return (body,), "body-of-its-kind", f"{text[begin:end]}指{document.name(body)}"
    if head in _VAGUE and (begin == head_start or _OPEN.fullmatch(text, begin, head_start)):
        return None
    return (_words(text, begin, head_start, end, spokes=spokes),), "unnamed-speaker", ""


def _phrase(document: Document, verb: Verb, persons: Sequence[Mention]) -> tuple[int, int, int] | None:
    """Where an unnamed speaker's words begin, where their head begins, and where they end."""
    text = document.text
    for match in reversed(list(_heads().finditer(text, verb.clause, verb.start))):
        end = match.end() + text.startswith("们", match.end())
        if not bridges(text, end, verb.start):
            continue
        begin = match.start()
        for token in reversed(document.tokens_in(verb.clause, end)):
            if token.start >= match.start():
                continue
            attribute = token.tag in _WORDS or token.text in _ATTRIBUTES
            if token.end < begin or not attribute or token.text in ("对此", "同时", "其中"):
                break
            begin = min(begin, token.start)
        governed = any(
            t.tag in ("p", "v", "c") and t.text in _BEFORE_OBJECTS for t in document.tokens_in(verb.clause, begin)
        )
        lead = text[verb.clause : begin]
        if governed or (lead.endswith(words("speech", "not_subject")) and not _as_told(text, lead, end)):
            continue  # 恒大方面对媒体表示: another may stand before the preposition
        people = [p for p in persons if p.type == "person" and verb.clause <= p.start and p.end <= verb.start]
        if any(end <= p.start and (may_act(document, end, p) or verb.start - p.end <= 2) for p in people):
            return None
        if any(p.start < end and p.end > match.start() for p in persons):
            return None  # the words are part of a name
        if any(p.end <= begin and may_act(document, verb.clause, p) for p in people) and text[begin - 1] not in "，的":
            return None
        if verb.careful and not adverbs().fullmatch(text, end, verb.start) and verb.start - end > 12:
            return None
        if text[begin - 1] == "的" and (opened := adverbs().match(text, verb.clause, begin)):
            # 一位带孩子参加活动的妈妈: who is counted, with all that is told about her
            begin = (
                opened.end()
                if "据" not in text[opened.end() : begin]
                and begin - opened.end() < 25
                and _counted().match(text, opened.end(), begin)
                else begin
            )
        return begin, match.start(), end
    return None


@cache
def _agent_ends() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return words("speech", "agents", "ends"), words("speech", "agents", "never")


@cache
def _counted() -> re.Pattern[str]:
    """一位带孩子参与活动的, 多名不愿透露姓名的: who is counted may be told about at length."""
    return re.compile(r"(?:[^，。；“”]{0,10}?(?:[一两三几多数另][名位个家些]|\d+[名位家]|[多一几]名))")


def _agent(document: Document, verb: Verb, persons: Sequence[Mention]) -> tuple[int, int, int] | None:
    """``加沙地带医疗部门19日说``, ``一位带孩子参与活动的妈妈说``: a noun for one who can speak stands right before the verb and
    its phrase opens the clause."""
    text = document.text
    ends, never = _agent_ends()
    tokens = [t for t in document.tokens_in(verb.clause, verb.start) if t.end <= verb.start]
    last = next(
        (t for t in tokens if t.tag in _NOUNS and t.text.endswith(ends) and bridges(text, t.end, verb.start)), None
    )
    if last is None or last.text.endswith(never):
        return None
    begin = verb.clause
    if opened := adverbs().match(text, begin, last.start):
        begin = opened.end()
    if (lead := _ACCORDING.match(text, begin)) and _as_told(text, "据", last.end):
        begin = lead.end()
    if text.startswith(_SOME, begin):
        begin += 1  # 有不少人
    again = _AGAIN.match(text, begin)
    phrase = [t for t in tokens if (again.end() if again else begin) <= t.start and t.end <= last.end]
    if _SIDE.search(last.text) and (verb.word not in _SAYS or text[verb.end] not in "，,：:“"):
        return None  # 中方希望: rather what somebody says of them
    people = [p for p in persons if p.type == "person" and begin <= p.start < verb.start]
    if any(p.start < last.end or may_act(document, last.end, p) or verb.start - p.end <= 2 for p in people):
        return None
    if not (phrase or again) or last.end - begin > 30:
        return None
    if any(p.end == last.end or (p.start < last.end < p.end) for p in persons):
        return None  # named: found by its name
    counted = _counted().match(text, begin, last.end) is not None and "的" in text[begin : last.end]
    counted = counted or (last.text.endswith("们") and "的" in text[begin : last.end])
    several = "等" in text[begin : last.end]  # 芬兰、瑞典等国领导人
    joined = ("、", "等", "和") if several else ()
    # 组织方, 举报者: what he does belongs to the word for him
    maker = phrase[-2:-1] if last.text in _SUFFIXES else []
    if not counted and any(t.tag in _NO_ATTRIBUTE and t.text not in joined and t not in maker for t in phrase):
        return None
    if verb.careful and verb.start - last.end > 12:
        return None
    return begin, last.start, last.end


def _as_told(text: str, lead: str, end: int) -> bool:
    return lead.endswith("据") and as_told_by(text, end)


def _words(text: str, begin: int, head_start: int, end: int, *, spokes: bool) -> Mention:
    """The speaker's words; who only speaks for a body gives the body's words."""
    stop = end
    rest = text[begin:head_start]
    for extra in ("主要", "有关", "相关"):
        rest = rest.removesuffix(extra)
    if (
        spokes
        and len(rest) >= 2
        and not _COUNT.fullmatch(rest)
        and not _COUNT.match(rest)
        and not _counted().match(rest)
        and rest not in ("当地", "现场", "有关", "相关", "主要", "上述")
    ):
        stop = begin + len(rest)
    return Mention(begin, stop, "unnamed", text[begin:stop])


def _again(
    document: Document, begin: int, after: int, end: int, head: str, said: Sequence[Mention], *, spokes: bool
) -> Found | None:
    """该官员: who was spoken of with the same word before."""
    text = document.text
    for mention in reversed(said):
        if mention.type == "unnamed" and (head in mention.text or text.startswith(head, mention.end)):
            return (mention,), "unnamed-again", f"承上文的{mention.text}"
        if spokes and mention.type == "organization":
            return (mention,), "unnamed-again", f"承上文的{document.name(mention)}"
    bodies = [m for m in document.mentions_in(0, begin, "organization") if document.name(m).endswith(head[-1:])]
    if len(head) <= 3 and bodies and not spokes and head in words("speech", "agents", "bodies"):
        return (bodies[-1],), "unnamed-again", f"{text[begin:end]}指{document.name(bodies[-1])}"
    earlier = list(re.finditer(f"(?:[一两多几另]+[名位])[^，。；、“”]{{0,12}}?{re.escape(head)}", text[:begin]))
    if earlier:
        start, stop = earlier[-1].span()
        return (Mention(start, stop, "unnamed", text[start:stop]),), "unnamed-again", f"承上文的{text[start:stop]}"
    return (Mention(begin, end, "unnamed", text[begin:end]),), "unnamed-speaker", ""


def _body_before(text: str, head_start: int, persons: Sequence[Mention]) -> Mention | None:
    bodies = [p for p in persons if p.type == "organization" and p.end <= head_start]
    if bodies and _BETWEEN.fullmatch(text, bodies[-1].end, head_start):
        return bodies[-1]
    return None


def _with_others(text: str, body: Mention, persons: Sequence[Mention]) -> tuple[Mention, ...]:
    """``市教育局、市水利局负责人分别表示``: the bodies joined before the last."""
    found = [body]
    for other in reversed([p for p in persons if p.type == "organization" and p.end < body.start]):
        if text[other.end : found[0].start] not in ("、", "和", "与", "及", "以及"):
            break
        found.insert(0, other)
    return tuple(found)


def _asked(text: str, sentence: Sentence, clause: int, persons: Sequence[Mention]) -> Mention | None:
    """``记者联系了桃源县公安局，一位工作人员表示``: the body that was asked in a clause before."""
    for body in reversed([p for p in persons if p.type == "organization" and p.end < clause]):
        if _ASKED.search(text[max(sentence.start, body.start - 8) : body.start]):
            return body
    return None


def _with_that_title(document: Document, offset: int, head: str) -> Mention | None:
    """``发言人说`` after 外交部发言人毛宁."""
    for mention in reversed(document.mentions_in(0, offset, "person")):
        if document.text[: mention.start].endswith(head):
            return mention
    return None


def _of_its_kind(document: Document, offset: int, phrase: str) -> Mention | None:
    """``警方`` where the article names but one police before."""
    kind = phrase.removeprefix("当地")
    endings = _bodies(kind)
    if not endings:
        return None
    named = [
        m for m in document.mentions_in(0, offset, "organization")
        if document.name(m).endswith(endings) and m.text not in (kind, phrase)
    ]  # fmt: skip
    return named[-1] if len({document.name(m) for m in named}) == 1 else None
