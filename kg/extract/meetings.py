"""Who met whom: 会见, 会谈, 座谈 with guests, talks by telephone. Symmetric; each side a person or an organization."""

from __future__ import annotations

import re

from kg.extract.happenings import Happening
from kg.extract.shapes import ACTORS, Item, Line
from kg.extract.story import Story, when_and_where
from kg.language.event_words import word_set
from kg.model import Mention, Span

_WITH = ("与", "同", "和", "跟")
_HOLDING = ("举行", "开展", "进行", "开始", "举行了", "进行了", "率领", "召开", "展开", "分别", "亲切", "共同")
_RECEIVING = re.compile(r"会见|接见|拜会|会晤")


def told(story: Story, line: Line, span: Span, word: str) -> None:
    """An encounter that a verb tells, and the rows of who met whom."""
    hosts, guests, label = _sides(story, line, span, word)
    if not hosts or not label or (word in ("交流", "深入交流", "座谈", "交谈") and not any(g.type == "person" for g in guests)):
        return
    keys, others = [story.key(m) for m in hosts], [story.key(m) for m in guests]
    for happening in story.happenings.all:
        if happening.kind == "encounter" and set(happening.people) & set(keys) and (not others or set(happening.people) & set(others)):
            story.happenings.refer(happening, span)
            for key in (*keys, *others):
                if key not in happening.people:
                    happening.people.append(key)
            _met(story, line, keys, others)
            if not happening.places or not happening.date:
                again = Happening(label, "encounter", span, line.sentence.span, word, "encounter", verbal=True)
                when_and_where(story, line, again, span.start, span.end)
                happening.date = happening.date or again.date
                happening.places = happening.places or again.places
            return
    happening = Happening(label, "encounter", span, line.sentence.span, word, "encounter", verbal=True, confidence=0.75 if guests else 0.6)
    happening.people = [*keys, *(k for k in others if k not in keys)]
    story.happenings.add(happening)
    when_and_where(story, line, happening, span.start, span.end)
    _met(story, line, keys, others)


def _met(story: Story, line: Line, hosts: list[str], guests: list[str]) -> None:
    for host in hosts:
        for guest in guests:
            if host != guest:
                story.draft.fact("meeting", host, guest, line.sentence.span, "met", confidence=0.75)


def _sides(story: Story, line: Line, span: Span, word: str) -> tuple[list[Mention], list[Mention], str]:
    """The two sides of a meeting, and its label. A会见B; A与B举行会谈."""
    joint = _with(line, span.start)
    clause = line.clause_end(span.end)
    if joint is not None and not _RECEIVING.search(word):
        hosts = _actors(line.subjects(joint.start, ACTORS) or line.inherited(joint.start, ACTORS))
        guests = _actors(line.mentions(joint.end, span.start, "person") or line.objects(joint.end, ACTORS))
        label = f"{story.printed(hosts[:1])}与{story.printed(guests[:2]) or line.text[joint.end : span.start]}{word}"
        return hosts, [g for g in guests if g.end <= span.start], label
    hosts = line.subjects(span.start, ACTORS)
    if any(m.type == "person" for m in hosts):
        hosts = [m for m in hosts if m.type == "person"]
    if not _RECEIVING.search(word):
        return [], [], ""
    guests = line.mentions(span.end, clause, "person") or line.objects(span.end, ("organization",))
    guests = [g for g in guests if story.key(g) not in {story.key(h) for h in hosts}]
    object_ = story.printed(guests[:2]) or line.text[span.end : min(clause, span.end + 30)]
    if len(object_) < 2:
        return [], [], ""
    return hosts, guests, f"{story.printed(hosts[:2])}{word.removesuffix('了')}{object_}"


def _actors(found: list[Mention]) -> list[Mention]:
    """Persons where there are any: a place before them only says whose they are."""
    persons = [m for m in found if m.type == "person"]
    return persons or [m for m in found if m.type == "organization"] or found[-1:]


def _with(line: Line, offset: int) -> Item | None:
    """The 与 that stands between the two sides: the nearest before a verb, over commas where only names stand between."""
    start = line.clause_start(offset, "。；！？;")
    for item in reversed([i for i in line.items if start <= i.start < offset]):
        if item.text in _WITH:
            before = any(i.code in ACTORS for i in line.items if i.start < item.start)
            after = any(i.code in ACTORS for i in line.items if item.end <= i.start < offset)
            if item.text in ("与", "同", "跟") or after:
                return item if before else None
        if item.tag == "v" and item.text not in _HOLDING and item.text not in word_set("roles", "walk", "light"):
            return None
    return None
