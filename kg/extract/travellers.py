"""Who goes where a tour is told: the verb's subjects, a leader, a guest, a group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.shapes import Line
from kg.extract.sides import sides_of
from kg.extract.story import Story
from kg.language.event_words import event_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

TOURING = ("团", "组", "委员会", "工作队", "商会", "党支部", "代表队")
_ENVOY = re.compile(r"(?:的)?(?:特使|特别代表|私人代表|全权代表)")
_COMPANY = re.compile(
    r"(?:先生|女士|同志|教授|院士|书记|主席)?(?:等|及|和)?(?:相关|有关|部分|主要)?(?:领导|负责人|负责同志|工作人员|人员|干部|人)*(?:一行)?(?:[0-9一二三四五六七八九十百多余]+人)?"
)
_RELATIVE = re.compile(r"[^，。；]{2,40}?的")
_LEADING = ("带领", "率领", "率", "偕", "携")
_TOWARDS = ("对", "向", "欢迎", "感谢", "接待")


@dataclass(frozen=True, slots=True)
class Travellers:
    """Who goes somewhere.

    Attributes:
        keys: of who goes.
        reason: what that rests on where it is not said beside the verb.
        guests: another one tells of their coming.
    """

    keys: list[str]
    reason: str = ""
    guests: bool = False


def travellers(story: Story, line: Line, offset: int) -> Travellers:
    """Who goes by a verb at an offset.

    The verb's own subjects, else who shares the clause before, a guest, who stands behind a relative clause, or the
    one who leads the tour that is told of, where a group without a name goes.
    """
    if (guest := coming(line, offset) or _guest(line, offset)) is not None:
        return Travellers([story.key(guest)], guests=True)
    subjects = with_spouse(line, line.subjects(offset) or led(line, offset))
    if not subjects and not line.mentions(line.clause_start(offset), offset, "person", "organization"):
        subjects = _listed_before(line, offset) or hosts_of(line, line.inherited(offset))
    if subjects:
        return Travellers([story.key(m) for m in themselves(line, subjects)])
    relative = _RELATIVE.match(line.text, offset, line.clause_end(offset))
    if relative and (behind := line.mentions(relative.end(), line.clause_end(relative.end()), "person")):
        return Travellers([story.key(behind[0])])
    return _group_goes(story, line, offset)


@cache
def _comes() -> re.Pattern[str]:
    doing = [*words("events", "tour", "came_to"), *(w for w, e in event_verbs().items() if e.kind == "visit")]
    return re.compile(
        f"(?P<goes>前?来|赴|到访?|莅临|来访)?[^，。；的]{{0,16}}?(?:{alternatives(doing)})[^，。；的]{{0,16}}?的(?P<who>[^，。；]{{2,40}})"
    )


def coming(line: Line, offset: int) -> Mention | None:
    """Who comes by a verb of a relative clause that stands before the name: B of A会见来C考察的B, A与来C出席会议的B座谈."""
    match = _comes().match(line.text, offset, line.clause_end(offset))
    if match is None or not _MEETS.search(line.text, line.clause_start(offset), offset):
        return None
    people = line.mentions(*match.span("who"), "person")
    if not people:
        return None
    for item in line.items[line.index(match.start("who")) : line.index(people[0].start)]:
        if item.tag in ("v", "p", "d", "r") or item.code == "mark":
            return None
    return people[0]


_MEETS = re.compile(r"(?:会见|接见|会晤|接待|拜会|迎接|看望|与|同|和)了?(?:[^，。；]{0,8})$")
_SPOUSE = re.compile(r"(?:同志|先生)?(?:偕|携|及|和|与|暨)(?:其|他的)?(?:夫人|妻子|丈夫|先生)")


def with_spouse(line: Line, found: list[Mention]) -> list[Mention]:
    """Also who goes along or is gone along with: A偕夫人B对C进行访问."""
    if not found:
        return []
    if beside := _SPOUSE.match(line.text, found[-1].end):
        return [
            *found,
            *(m for m in line.mentions(beside.end(), beside.end() + 20, "person") if m.start == beside.end()),
        ]
    for before in line.mentions(line.clause_start(found[0].start), found[0].start, "person")[-1:]:
        if (beside := _SPOUSE.match(line.text, before.end)) and beside.end() == found[0].start:
            return [before, *found]
    return found


def _group_goes(story: Story, line: Line, offset: int) -> Travellers:
    start = line.clause_start(offset, "。；！？;")
    clause = line.text[line.clause_start(offset) : offset]
    tour = story.happenings.current(offset, "visit", "trip")
    if tour is None or not tour.people:
        named = named_group(story, line, line.clause_start(offset), offset)
        return Travellers([named] if named else _bodies(story, line, offset))
    if group_pattern().match(clause):
        return Travellers(list(tour.people), "承上文带队者")
    here = line.text[start:offset]
    others = line.mentions(start, offset, "person")
    if others and story.key(others[0]) not in tour.people:
        return Travellers([])
    if (
        group_pattern().search(here)
        or line.sentence.span == tour.evidence
        or (len(here) <= 8 and not line.mentions(start, offset, "organization"))
    ):
        return Travellers(list(tour.people), "承上文带队者")
    return Travellers([])


def _bodies(story: Story, line: Line, offset: int) -> list[str]:
    """Bodies that go or send somebody."""
    found = line.subjects(offset, ("organization",))
    if not found and not line.mentions(line.clause_start(offset), offset, "organization", "person"):
        # a noun before the verb goes itself: A组织采访，来自各国的记者走访B
        own = any(
            i.tag in ("n", "nz", "r", "m")
            for i in line.items[line.index(line.clause_start(offset)) : line.index(offset)]
        )
        found = [] if own else line.inherited(offset, ("organization",))
    index = line.index(found[-1].end) if found else 0
    following = line.items[index] if found and index < len(line.items) else None
    if following is None or following.code == "title" or following.text in word_set("roles", "walk", "unnamed_group"):
        return []
    return [story.key(m) for m in found]


@cache
def group_ends() -> re.Pattern[str]:
    groups = [word for word in words("events", "tour", "unnamed") if word.endswith(("团", "组", "队"))]
    return re.compile(f"(?P<group>{alternatives(groups)})(?:一行)?(?:[0-9一二三四五六七八九十]+人)?")


def named_group(story: Story, line: Line, start: int, end: int) -> str:
    """The key of a group that a stretch names, or means by its last words: A公司代表团; 执法检查组 of …法执法检查组. Empty where it has no name."""
    for match in group_ends().finditer(line.text, start, end):
        before = [m for m in line.mentions(start, match.start(), "organization", "place") if m.end == match.start()]
        name = match.group("group")
        if before:
            whole = f"{line.document.name(before[0])}{name}"
            span = Span(before[0].start, match.end("group"))
            return story.draft.entity("organization", whole, span=span, alias=line.text[span.start : span.end])
        known = [
            m
            for m in line.document.mentions
            if m.type == "organization" and m.score >= 0.5 and m.text.endswith(name) and len(m.text) > len(name) + 1
        ]
        if known and not line.mentions(match.start(), match.end(), "organization"):
            return story.key(([m for m in known if m.start < match.start()] or known)[-1])
    return ""


@cache
def group_pattern() -> re.Pattern[str]:
    """A group that its leader stands for: 一行, 调研组."""
    return re.compile(alternatives(words("events", "tour", "group")))


def themselves(line: Line, found: list[Mention]) -> list[Mention]:
    """Without those whose envoy goes: 主席甲特使、部长乙."""
    return [m for m in found if _ENVOY.match(line.text, m.end) is None]


def _listed_before(line: Line, offset: int) -> list[Mention]:
    """Who the clause before lists without a verb: …主任A、部长B等一行7人，前往C."""
    start = line.clause_start(offset)
    if start <= line.sentence.start:
        return []
    found = line.subjects(start - 1)
    if not found or not _COMPANY.fullmatch(line.text, found[-1].end, start - 1):
        return []
    for item in reversed(line.items[: line.index(found[0].start)]):
        if item.mention is None and item.text in _LEADING:
            # A带领B，C，来D: A goes too
            return [*line.subjects(item.start), *found]
        if item.mention is None and item.text in ("带队", "领队", "牵头"):
            # 由A带队，B，C，来D
            return [*line.mentions(line.clause_start(item.start), item.start, "person")[-1:], *found]
        if item.tag in ("v", "p") or item.text in "。；":
            break
    return found


def hosts_of(line: Line, found: list[Mention]) -> list[Mention]:
    """Whose story goes on after a talk: of A与B举行会谈，并访问C it is A."""
    if not found:
        return []
    hosts = sides_of(line, found[-1].end)
    return [m for m in found if m in hosts] or hosts or found


def _guest(line: Line, offset: int) -> Mention | None:
    """Whom somebody welcomes or thanks for coming: 对A一行到访B表示欢迎, 欢迎A来B."""
    start = line.clause_start(offset)
    found = line.mentions(start, offset, "person")
    if not found or _COMPANY.fullmatch(line.text, found[-1].end, offset) is None:
        return None
    for item in reversed(line.items[line.index(start) : line.index(found[-1].start)]):
        if item.mention is None and item.text in _TOWARDS:
            return found[-1]
        if item.mention is None and item.code != "join" and item.tag not in ("n", "nz", "vn", "a", "m"):
            return None
    return None


def led(line: Line, offset: int) -> list[Mention]:
    """Who stands farther before the verb: A于19日至22日访问, A带领医护人员一行赴."""
    start = line.clause_start(offset)
    last = next((i for i in reversed(line.items) if start <= i.start and i.end <= offset and i.code == "person"), None)
    if last is None or any(
        i.tag == "v" and i.text not in word_set("events", "tour", "led")
        for i in line.items
        if last.end <= i.start < offset
    ):
        return []
    if line.text[last.end : last.end + 1] in ("的", "、", "与", "和", "同") or any(
        i.code == "preposition" and i.text not in ("于", "自", "从", "在")
        for i in line.items
        if start <= i.start < offset
    ):
        return []
    return line.subjects(last.end)
