"""Who a role verb has: before it in its clause, in the clauses before where it leaves its subject out, behind it, or between 在 and 下."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.roles import dateline_end
from kg.extract.shapes import BODIES, Line
from kg.extract.story import Story
from kg.language.event_words import word_set
from kg.model import Mention, Span

_JOINED = ("并", "并且", "同时", "还", "也", "随后", "并将")


@dataclass(frozen=True, slots=True)
class Done:
    """Who had the role verb before this one in its sentence, and where that ends."""

    subjects: list[Mention]
    end: int
    role: str


def who(story: Story, line: Line, span: Span, role: str, last: Done) -> tuple[list[Mention], str]:
    """Who has a role by a verb, and how that is said where it is not the plain way (the end of the rule's name)."""
    found, how = _found(story, line, span, role, last)
    begin = dateline_end(line)
    return [m for m in found if m.start >= begin or m.start > span.start], how


def _found(story: Story, line: Line, span: Span, role: str, last: Done) -> tuple[list[Mention], str]:
    word = line.text[span.start : span.end]
    if below := _under(line, span, word):
        return below, ""
    if word in word_set("roles", "walk", "hands"):
        found = line.subjects(_before_for(line, span.start))
        return found or _carried_on(line, span, last), "-hands"
    if role == "organize":
        return _holders(line, span)
    if role in ("speak", "preside") and (invited := _invited(line, span.start)):
        return invited, "-invited"
    codes = ("person", "organization") if role in ("attend", "speak") else ("person",)
    found = line.subjects(span.start, codes)
    if not found and role in ("attend", "speak", "preside"):
        found = _after(story, line, span, role) or _carried_on(line, span, last)
        if not found and role == "speak":
            found = line.subjects(span.start, ("place",))
        if (
            not found
            and role == "preside"
            and not line.mentions(line.clause_start(span.start), span.start, "organization")
        ):
            found = line.inherited(span.start)
    if role == "speak" and word in word_set("roles", "walk", "passes_on"):
        found = [m for m in line.subjects(span.start) if m in found]
    return found, ""


def _holders(line: Line, span: Span) -> tuple[list[Mention], str]:
    """Who holds a gathering: bodies and places before persons."""
    if describing := _describing(line, span):
        return describing, ""
    found, how = line.subjects(span.start, ("person", *BODIES)), ""
    if not found and (_left_out(line, span) or _joined(line, span)):
        joined = line.text[line.clause_start(span.start) : span.start].startswith(("并", "还"))
        codes = ("person", *BODIES) if joined or _joined(line, span) else BODIES
        found, how = line.inherited(span.start, codes) or line.topic(span.start, ("organization",)), "-inherited"
    if line.text.startswith("的", span.end):
        # A在北京举行的论坛上: whoever is there does not hold it
        found = [m for m in found if m.type != "person"] if how == "" else []
    if how == "" and found and (joins := _joins(line, span.start, found[0])):
        found, how = [*joins, *found], "-joined"
    return [m for m in found if m.type != "person"] or found, how


def _joins(line: Line, offset: int, first: Mention) -> list[Mention]:
    """The body that a clause which begins with its partner leaves out: 甲来到社区，与乙联合开展活动."""
    start = line.clause_start(offset)
    item = line.items[line.index(start)]
    if item.code != "join" or first.start < item.end or item.text not in word_set("roles", "walk", "partner"):
        return []
    return line.inherited(start - 1, ("organization",)) or [
        m for m in line.subjects(start - 1, ("organization",)) if m.start >= line.clause_start(start - 1)
    ]


def _describing(line: Line, span: Span) -> list[Mention]:
    """Who holds what a clause with 的 describes: 在甲、乙共同主办的论坛上."""
    if not line.text.startswith("的", span.end):
        return []
    found: list[Mention] = []
    for item in reversed(line.items[: line.index(span.start)]):
        if item.code == "organization":
            found.append(item.mention)  # type: ignore[arg-type]
        elif item.text in ("在", "于"):
            return found[::-1]
        elif item.code != "join" and item.text not in word_set("roles", "walk", "light"):
            break
    return []


def _invited(line: Line, offset: int) -> list[Mention]:
    """Who is invited to do what a verb says: 邀请教授甲授课."""
    start = line.clause_start(offset)
    for item in reversed(line.items[line.index(start) : line.index(offset)]):
        if item.mention is None and item.text in word_set("roles", "walk", "invites"):
            return line.mentions(item.end, offset, "person")
    return []


def _carried_on(line: Line, span: Span, last: Done) -> list[Mention]:
    """Whom a verb without a subject shares with what stands before it: 出席会议并讲话, A到B调研并主持召开座谈会; not 看望参加会议的记者."""
    before = line.items[line.index(span.start) - 1]
    if before.end == span.start and before.text in ("看望", "慰问", "会见", "接见", "欢迎", "感谢", "祝贺"):
        return []
    if _left_out(line, span) or _same_clause(line, last.end, span.start):
        carried = last.subjects if last.role != "organize" else [m for m in last.subjects if m.type == "person"]
        return carried or line.inherited(span.start) or line.topic(span.start)
    return line.inherited(span.start) if _joined(line, span) else []


def _joined(line: Line, span: Span) -> bool:
    """Whether a verb is joined to another one: 调研并主持召开."""
    index = line.index(span.start) - 1
    return index > 0 and line.items[index].text in _JOINED and line.items[index - 1].mention is None


def _under(line: Line, span: Span, word: str) -> list[Mention]:
    """在A、B陪同下, 在A见证下: who stands between 在 and the verb."""
    if not (word.startswith(("见证", "陪同", "共同见证")) and line.text.startswith("下", span.end)):
        return []
    index = line.index(span.start) - 1
    while index >= 0 and line.items[index].text != "在" and line.items[index].text not in "。；":
        index -= 1
    return line.mentions(line.items[index].end, span.start, "person") if index >= 0 else []


def _before_for(line: Line, offset: int) -> int:
    """Where the verb phrase 为…揭牌 begins: at 为, where its clause has one."""
    start = line.clause_start(offset)
    return next(
        (i.start for i in line.items[line.index(start) : line.index(offset)] if i.text in ("为", "向", "给")), offset
    )


def _after(story: Story, line: Line, span: Span, role: str) -> list[Mention]:
    """Who stands behind: 参加会议的还有A、B; 来华出席论坛的副总理C."""
    if role != "attend":
        return []
    match = re.compile(r"[^，。；]{0,40}?的(?:还有|有|领导有|领导还有|嘉宾有)").match(
        line.text, span.end, line.sentence.end
    )
    if match:
        return line.objects(match.end(), ("person", "organization"))
    end = line.clause_end(span.end)
    named = [r.end for r in story.happenings.references(span.end, end) if line.text.startswith("的", r.end)]
    match = re.compile(r"[^，。；]{2,40}的").match(line.text, span.end, end)
    start = named[0] if named else match.end() if match else end
    return line.objects(start, ("person",))[:1] if start < end else []


def _same_clause(line: Line, last_end: int, start: int) -> bool:
    """出席会议并讲话: nothing but a short object between two role verbs."""
    return (
        0 <= last_end <= start <= last_end + 20
        and line.clause_start(start) <= last_end
        and not line.mentions(last_end, start, "person")
    )


def _left_out(line: Line, span: Span) -> bool:
    """Whether the verb's clause leaves its subject out: 出席会议并讲话, A主持会议，并在乙地作总结讲话."""
    start = line.clause_start(span.start)
    short = span.start - start <= 25
    return (
        short
        and not line.subjects(span.start, ("person", "organization", "place"), floor=start)
        and not line.mentions(start, span.start, "person", "organization")
    )
