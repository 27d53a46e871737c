"""The two sides of a talk: who stands before 与 and who behind it."""

from __future__ import annotations

import re

from kg.extract.shapes import ACTORS, Item, Line
from kg.language.event_words import word_set
from kg.model import Mention

_WITH = ("与", "同", "和", "跟")
_HOLDING = ("举行", "开展", "进行", "开始", "举行了", "进行了", "率领", "召开", "展开", "分别", "亲切", "共同")
_ABOUT = ("就", "围绕", "针对", "关于")
_TALK = re.compile(r"会谈|会晤|会见|会面|座谈|交谈|对话|碰面")


def sides_of(line: Line, end: int) -> list[Mention]:
    """Who stands before 与 where the one whose name ends at an offset stands behind it in a talk: A of A与B举行会谈."""
    joint = joint_of(line, end)
    talk = line.text[end : line.clause_end(end)]
    if joint is None or joint.text == "和" or not _TALK.search(talk):
        return []
    return actors(line.subjects(joint.start, ("person",)) or nearest(line, joint.start, "person"))


def nearest(line: Line, offset: int, *codes: str) -> list[Mention]:
    """The one named last before 与, in its clause: 河南方面与A, A此访将与B."""
    return line.mentions(line.clause_start(offset), offset, *(codes or ACTORS))[-1:]


def actors(found: list[Mention]) -> list[Mention]:
    """Persons where there are any: a place before them only says whose they are."""
    persons = [m for m in found if m.type == "person"]
    return persons or [m for m in found if m.type == "organization"] or found[-1:]


def joint_of(line: Line, offset: int) -> Item | None:
    """The 与 that stands between the two sides: the nearest before a verb, over commas where only names stand between."""
    start = line.clause_start(offset, "。；！？;")
    offset = _before_subject(line, offset)
    joint: Item | None = None
    depth = 0
    relative = False  # what is read now stands before 的: 与|来访的A举行会谈
    for item in reversed([i for i in line.items if start <= i.start < offset]):
        depth += (item.code == "close") - (item.code == "open")
        if depth > 0:
            continue
        if item.text in _WITH:
            before = any(i.code in ACTORS for i in line.items if i.start < item.start)
            after = any(i.code in ACTORS for i in line.items if item.end <= i.start < offset)
            if item.text in ("与", "同", "跟"):
                return item if before else joint
            if after and before and joint is None:
                joint = item
        elif item.text == "的" and item.mention is None:
            relative = True
        elif (
            not relative
            and item.tag == "v"
            and item.text not in _HOLDING
            and item.text not in word_set("roles", "walk", "light")
        ):
            return joint
    return joint


def _before_subject(line: Line, offset: int) -> int:
    """Where the words begin that say what a talk is about: 就…举行会谈."""
    start = line.clause_start(offset)
    for item in reversed(line.items[line.index(start) : line.index(offset)]):
        if item.mention is None and item.text in _ABOUT and item.start > start:
            return item.start
    return offset
