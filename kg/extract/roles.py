"""Who does what a verb tells, and whom it meets, by the grammar of its clause: 甲抓获乙, 乙被甲抓获, 对乙立案, 由甲审理."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.shapes import Line
from kg.extract.trigger_table import Trigger
from kg.language.event_words import word_set
from kg.language.lexicon import words
from kg.model import Mention, Span

Voice = Literal["active", "passive", "towards", "by"]
_MARKS = "，。；！？,;：:"
_DATELINE = re.compile(r"【[^】]{0,60}】|[^，。]{0,24}(?:电|讯|报道|消息)(?: |　|[（(][^）)]{0,60}[）)])")


@dataclass(slots=True)
class Roles:
    """Who a verb's clause names, and how: ``passive`` 被A抓获, ``towards`` 对B立案, ``by`` 由A审理."""

    agents: list[Mention] = field(default_factory=list)
    patients: list[Mention] = field(default_factory=list)
    voice: Voice = "active"
    start: int = 0


def roles_of(line: Line, span: Span, trigger: Trigger) -> Roles:
    """The agents and patients of a verb by the grammar of its clause, and of the clauses before it where it names none."""
    marker, voice = _marker(line, span.start)
    start = marker.start if marker is not None else span.start
    between = _heads(line, marker.end, span.start) if marker is not None else []
    roles = Roles(voice=voice, start=start)
    if not trigger.agent and voice in ("active", "passive"):
        roles.patients = _before(line, start, trigger.patients)
        return roles
    if voice == "passive":
        roles.patients = _before(line, start, trigger.patients)
        roles.agents = [m for m in between if m.type in (*trigger.agents, "organization")]
    elif voice == "towards":
        roles.agents = _before(line, start, trigger.agents)
        roles.patients = [m for m in between if m.type in trigger.patients]
    elif voice == "by":
        roles.agents = [m for m in between if m.type in trigger.agents]
        roles.patients = _before(line, start, trigger.patients) if trigger.patient else []
    else:
        roles.agents = _before(line, start, trigger.agents)
        if trigger.patient:
            roles.patients = [
                m for m in _heads(line, span.end, line.clause_end(span.end)) if m.type in trigger.patients
            ]
    return roles


@dataclass(frozen=True, slots=True)
class _Marker:
    start: int
    end: int


def _marker(line: Line, offset: int) -> tuple[_Marker | None, Voice]:
    """The word before a verb in its clause that turns its roles about: 被, 对, 由."""
    kinds: dict[str, Voice] = {}
    for voice in ("passive", "towards", "by"):
        for word in words("cases", "grammar", voice):
            kinds[word] = voice
    index = line.index(offset) - 1
    light = word_set("cases", "grammar", "light")
    depth = 0
    while index >= 0:
        item = line.items[index]
        depth += (item.code == "close") - (item.code == "open")
        if depth <= 0:
            if item.mention is None and item.text in kinds and item.tag != "d":  # 将 of what will be is an adverb
                return _Marker(item.start, item.end), kinds[item.text]
            if (item.code == "mark" and item.text in _MARKS) or (item.tag == "v" and item.text not in light):
                break
        index -= 1
    return None, "active"


def _heads(line: Line, start: int, end: int) -> list[Mention]:
    """Mentions of persons, bodies and places in a stretch, without those that only qualify the next: 甲市乙公司经理丙."""
    items = line.items[line.index(start) : line.index(end)]
    found = []
    for position, item in enumerate(items):
        following = items[position + 1] if position + 1 < len(items) else None
        if item.mention is None or item.code == "title":
            continue
        if (
            item.code != "person"
            and following is not None
            and (following.code in ("title", "person", "organization", "place") or following.text == "的")
        ):
            continue
        found.append(item.mention)
    return found


def _before(line: Line, offset: int, codes: tuple[str, ...]) -> list[Mention]:
    """Subjects of a verb: in its clause, else of the clause before it, also of one without a verb (``经理丙等人，已被逮捕``)."""
    offset = _before_manner(line, _before_reason(line, _before_manner(line, offset)))
    start = line.clause_start(offset)
    begin = dateline_end(line)
    found = [m for m in _themselves(line, line.subjects(offset, codes)) if m.start >= begin]
    if found or line.mentions(start, offset, "person", "organization"):
        return found
    topic = _topic(line, start)
    if topic:
        return [topic] if topic.type in codes else []
    found = [m for m in line.inherited(offset, codes) if m.start >= begin]
    if found or start <= begin:
        return found
    made = _made(line, start)
    if made is not None and made.type in codes:
        return [made]
    first = _first(line, max(begin, line.clause_start(start - 1)), start)
    return [first] if first is not None and first.type in codes and not _has_noun(line, start, offset) else []


def _made(line: Line, start: int) -> Mention | None:
    """The body that ends a clause of who made it: 由甲、乙组建的丙公司，…"""
    index = line.index(start) - 2
    if index < 1 or line.items[index].code != "organization" or line.items[index - 1].text != "的":
        return None
    begin = line.items[line.index(line.clause_start(line.items[index].start))]
    return line.items[index].mention if begin.text in ("由", "经") else None


def _first(line: Line, start: int, end: int) -> Mention | None:
    """Who a clause without a verb begins with, the day aside: 公安局经过十小时的工作，…"""
    items = [i for i in line.items[line.index(start) : line.index(end)] if i.tag != "TIME"]
    if len(items) < 2 or items[0].mention is None or items[1].code not in ("preposition", "mark"):
        return None
    return items[0].mention


def _has_noun(line: Line, start: int, end: int) -> bool:
    return any(i.tag in ("n", "vn", "nz", "r") for i in line.items[line.index(start) : line.index(end)])


def dateline_end(line: Line) -> int:
    """Where the text begins behind who reports it from where."""
    match = _DATELINE.match(line.text, line.sentence.start, line.sentence.end)
    return match.end() if match else line.sentence.start


def persons_before(line: Line, offset: int) -> list[Mention]:
    """Who a verb has as its subjects, persons alone."""
    return _before(line, offset, ("person",))


def _before_manner(line: Line, offset: int) -> int:
    """Where the days and adverbs begin that stand right before a verb: 陈某于19日至22日访问, 法院依法."""
    start = offset
    for item in reversed(line.items[: line.index(offset)]):
        manner = item.tag in ("TIME", "d", "vd", "ad") or item.text in word_set("cases", "grammar", "time")
        if item.mention is not None or not manner or item.code == "join":
            break
        start = item.start
    return start


def _themselves(line: Line, found: list[Mention]) -> list[Mention]:
    """Without those that only say whose the next one is: 甲的特使、部长乙."""
    kept = []
    for mention in found:
        index = line.index(mention.end)
        following = line.items[index] if index < len(line.items) else None
        if mention.type != "person" or mention is found[-1] or following is None or following.code != "title":
            kept.append(mention)
    return kept


def _before_reason(line: Line, offset: int) -> int:
    """Where the reason begins that stands between a subject and its verb: 陈某因涉嫌受贿被逮捕."""
    for item in line.items[line.index(line.clause_start(offset)) : line.index(offset)]:
        if (
            item.mention is None
            and item.text in word_set("cases", "grammar", "reason")
            and line.mentions(line.clause_start(offset), item.start, "person", "organization")
        ):
            return item.start
    return offset


def _topic(line: Line, start: int) -> Mention | None:
    """Who ends the clause before, brackets and 等人 aside: 经理陈某（1966年生），已被逮捕; 陈某、李某等人，…"""
    index = line.index(start) - 2
    depth = 0
    while index >= 0:
        item = line.items[index]
        depth += (item.code == "close") - (item.code == "open")
        if depth == 0 and item.code != "open":
            if item.code == "person":
                return item.mention
            if item.text not in word_set("cases", "grammar", "group"):
                return None
        index -= 1
    return None


def alone(found: list[Mention]) -> list[Mention]:
    """Persons alone where persons and bodies stand together: the bodies say whose they are."""
    people = [m for m in found if m.type == "person"]
    return people or found
