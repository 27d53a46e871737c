"""Who does what a verb tells, and whom it meets, by the grammar of its clause: 甲抓获乙, 乙被甲抓获, 对乙立案, 由甲审理."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.shapes import Item, Line
from kg.extract.sorts import implied, own_subject, unnamed
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
        roles.patients = _described(line, span, trigger.patients) or _before(line, start, trigger.patients, voice)
        return roles
    if voice == "passive":
        roles.patients = _before(line, start, trigger.patients, voice)
        roles.agents = [m for m in between if m.type in (*trigger.agents, "organization")]
        if roles.patients:
            roles.agents = roles.agents or implied(line, marker.end if marker else start, span.start, trigger.agents)
        roles.patients = [m for m in roles.patients if m not in roles.agents]
    elif voice == "towards":
        roles.agents = _actors(line, start, trigger.agents)
        roles.patients = [m for m in between if m.type in trigger.patients]
        if not roles.patients and marker is not None:
            roles.patients = _him(line, marker, span.start, trigger.patients)
    elif voice == "by":
        roles.agents = [m for m in between if m.type in trigger.agents]
        roles.agents = roles.agents or implied(line, marker.end if marker else start, span.start, trigger.agents)
        roles.patients = _before(line, start, trigger.patients) if trigger.patient else []
    else:
        roles.agents = _actors(line, start, trigger.agents)
        if trigger.patient:
            roles.patients = [
                m for m in _heads(line, span.end, _object_end(line, span.end)) if m.type in trigger.patients
            ]
    return roles


def _object_end(line: Line, offset: int) -> int:
    """Where the object of a verb ends: before the next verb or 在 that no 的 follows (击败乙队晋级决赛)."""
    end = line.clause_end(offset)
    items = line.items[line.index(offset) : line.index(end)]
    named = False
    for index, item in enumerate(items):
        verb = item.mention is None and (item.tag == "v" or item.text == "在")
        if verb and named and not _describes(items, index):
            return item.start
        named = named or item.mention is not None
    return end


def _actors(line: Line, offset: int, codes: tuple[str, ...]) -> list[Mention]:
    """Who acts: a body that is called by its sort where the clause begins (民警, 法院, 该局) is the one named last."""
    return implied(line, line.clause_start(offset), offset, codes) or _before(line, offset, codes)


def _him(line: Line, marker: _Marker, end: int, codes: tuple[str, ...]) -> list[Mention]:
    """Whom 将其 means: who was named last in the sentence, when nobody without a name came after: 锁定嫌疑人王某，并将其抓获."""
    items = [i for i in line.items[line.index(marker.end) : line.index(end)] if i.tag not in ("d", "ad", "vd")]
    if "person" not in codes or not items or items[0].text not in word_set("cases", "grammar", "him"):
        return []
    for item in reversed(line.items[: line.index(marker.start)]):
        if item.code == "person" and item.mention is not None:
            return [item.mention]
        if unnamed(item):
            return []
    return []


def _described(line: Line, span: Span, codes: tuple[str, ...]) -> list[Mention]:
    """Whom a clause with 的 describes by what befell him or what he did: 潜逃多年的陈某, 遇难的消防员王某."""
    passed = False
    found: list[Mention] = []
    for item in line.items[line.index(span.end) :]:
        if item.mention is not None and item.code in codes and passed:
            found.append(item.mention)
        elif item.text == "的" and not passed:
            passed = True
        elif item.text == "、" and found:
            continue
        elif (
            item.code == "mark"
            or item.tag in ("v", "p", "c")
            or (item.code in ("place", "organization") and not passed)
        ) or item.start - span.end > 16:
            break
    return found


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
    items = line.items
    # a verb before 的 tells whom: 将正在售卖电缆的段某抓获; one that qualifies a noun stands in what 将 governs: 将违约评级下调
    depth, told, described = 0, False, False
    while index >= 0:
        item = items[index]
        depth += (item.code == "close") - (item.code == "open")
        if depth <= 0:
            described = described or item.text == "的"
            marks = item.mention is None and item.text in kinds
            if marks and item.tag == "d":  # 将 of what will be is an adverb
                marks = _governs(line, index, offset)
            if marks and described and kinds[item.text] == "by":
                marks = False  # 由甲、乙组成的丙队
            if marks and (not told or item.text in ("将", "把")):
                return _Marker(item.start, item.end), kinds[item.text]
            if item.code == "mark" and item.text in _MARKS:
                break
            if item.tag == "v" and item.text not in light and not described:
                if items[index + 1].tag not in ("n", "vn"):
                    break
                told = True
        index -= 1
    return None, "active"


def _governs(line: Line, index: int, offset: int) -> bool:
    """Whether 将 that was taken for an adverb has an object before the verb: 将陈某抓获, not 将于六日开庭."""
    items = [i for i in line.items[index + 1 : line.index(offset)] if i.tag not in ("d", "ad", "vd")]
    if not items or items[0].tag == "p":
        return False
    return items[-1].code in ("person", "organization") or items[-1].tag in ("n", "r")


def _heads(line: Line, start: int, end: int) -> list[Mention]:
    """Mentions of persons, bodies and places in a stretch, without those that only qualify the next: 甲市乙公司经理丙."""
    items = line.items[line.index(start) : line.index(end)]
    found = []
    for position, item in enumerate(items):
        following = items[position + 1] if position + 1 < len(items) else None
        if item.mention is None or item.code == "title":
            continue
        if item.code == "person" and following is not None and following.text == "的":
            continue  # 毛某的下家薛某
        if (
            item.code != "person"
            and following is not None
            and (following.code in ("title", "person", "organization", "place") or following.text == "的")
        ):
            continue
        found.append(item.mention)
    return found


def _before(line: Line, offset: int, codes: tuple[str, ...], voice: Voice = "active") -> list[Mention]:
    """Subjects of a verb: in its clause, else of the clause before it, also of one without a verb (``经理丙等人，已被逮捕``)."""
    offset = _before_while(line, _before_manner(line, _before_reason(line, _before_manner(line, offset))))
    start = line.clause_start(offset)
    begin = dateline_end(line)
    found = [m for m in _themselves(line, line.subjects(offset, codes)) if m.start >= begin]
    if found and (verb := governing(line, found[0], start)) is not None:
        # 甲队战胜乙队夺冠: the object of the verb before is no subject
        return _before(line, verb.start, codes)
    found = found or [m for m in _serial(line, start, offset, codes) if m.start >= begin]
    if found or line.mentions(start, offset, "person", "organization") or own_subject(line, start, offset):
        return found
    topic = _topic(line, start)
    if topic and (voice == "passive" or governing(line, topic, line.clause_start(topic.start)) is None):
        return [topic] if topic.type in codes else []
    found = [m for m in _inherited(line, offset, codes) if m.start >= begin]
    if found or start <= begin:
        return found
    made = _made(line, start)
    if made is not None and made.type in codes:
        return [made]
    first = _first(line, max(begin, line.clause_start(start - 1)), start)
    return [first] if first is not None and first.type in codes and not _has_noun(line, start, offset) else []


def _inherited(line: Line, offset: int, codes: tuple[str, ...]) -> list[Mention]:
    """The subject of the nearest clause before that has one: of its first verb that is not in a clause with 的 (由甲推荐的乙夺魁)."""
    start = line.clause_start(offset)
    own = [i for i in line.items[line.index(start) : line.index(offset)] if _tells(i)]
    if own and (found := _clause_subjects(line, own[0], start, codes)):
        return found  # 到乙村检查并主持…: the first verb of the same clause has it
    while start > line.sentence.start:
        before = line.clause_start(start - 1)
        items = line.items[line.index(before) : line.index(start)]
        if any(i.text in "；;。！？" and i.code == "mark" for i in items):
            return []
        for index, item in enumerate(items):
            if _tells(item) and (item.text in _MAKING or not _describes(items, index)):
                if found := _clause_subjects(line, item, before, codes):
                    return found
                if own_subject(line, before, item.start):
                    return []
        start = before
    return []


_MAKING = ("组成", "搭档")


def _tells(item: Item) -> bool:
    return item.mention is None and (item.tag == "v" or item.text in word_set("roles", "walk", "motion"))


def _describes(items: Sequence[Item], index: int) -> bool:
    """Whether a verb stands in a clause with 的 that says which: 推荐 in 由甲推荐的选手乙."""
    for item in items[index + 1 :]:
        if item.text == "的":
            return True
        if item.tag == "v" or item.code == "mark":
            return False
    return False


def _clause_subjects(line: Line, verb: Item, start: int, codes: tuple[str, ...]) -> list[Mention]:
    found = _themselves(line, line.subjects(_before_manner(line, verb.start), codes, floor=-1))
    return found if not found or found[-1].start >= start or found[0].start < start else []


def governing(line: Line, mention: Mention, start: int) -> Item | None:
    """The verb in a clause whose object a name is: 战胜 in 战胜韩国棋手乙; none where the object goes on to act (帮助乙夺冠)."""
    for item in reversed(line.items[line.index(start) : line.index(mention.start)]):
        if item.tag == "v" and item.text not in word_set("roles", "walk", "light"):
            heard = item.text in word_set("cases", "grammar", "pivot") or item.text in word_set(
                "events", "unreal", "reporting"
            )
            return None if heard or not line.mentions(start, item.start, "person", "organization", "place") else item
        if item.code not in ("title", "place", "organization", "person", "join") and item.tag not in (
            "n",
            "m",
            "q",
            "a",
            "u",
            "b",
        ):
            return None
        if item.text == "的":
            return None
    return None


def _serial(line: Line, start: int, offset: int, codes: tuple[str, ...]) -> list[Mention]:
    """The subject of the first verb of a clause, where nobody is named behind it: 甲不服判决提起上诉."""
    for item in line.items[line.index(start) : line.index(offset)]:
        if item.tag == "v":
            if item.text not in word_set("cases", "grammar", "serial") or line.mentions(item.end, offset, *codes):
                return []
            return line.subjects(item.start, codes)
    return []


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


_WHILE = ("时", "期间", "过程中", "途中", "之际", "中", "后", "之后", "以后", "时候")


def _before_while(line: Line, offset: int) -> int:
    """Where the circumstances begin that stand right before a verb: 陈某在扑救火灾时牺牲."""
    index = line.index(offset) - 1
    if index < 0 or line.items[index].text not in _WHILE:
        return offset
    start = line.clause_start(offset)
    while index >= 0 and line.items[index].start >= start:
        if line.items[index].text in ("在", "当") and line.mentions(
            start, line.items[index].start, "person", "organization"
        ):
            return line.items[index].start
        index -= 1
    return offset


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
