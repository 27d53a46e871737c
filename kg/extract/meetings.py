"""Who met whom: 会见, 会谈, 座谈 with guests, talks by telephone. Symmetric; each side a person or an organization."""

from __future__ import annotations

import re

from kg.extract.happenings import Happening
from kg.extract.shapes import ACTORS, Item, Line
from kg.extract.story import Story, inside, speech_zones, when_and_where
from kg.language.event_words import word_set
from kg.model import Mention, Span

_WITH = ("与", "同", "和", "跟")
_HOLDING = ("举行", "开展", "进行", "开始", "举行了", "进行了", "率领", "召开", "展开", "分别", "亲切", "共同")
_RECEIVING = re.compile(r"会见|接见|拜会|会晤|迎接")
_TALK = re.compile(r"会谈|会晤|会见|会面|座谈|交谈|对话|碰面")
_GREETING = re.compile(
    r"[对向](?P<guest>[^，。；]{2,40}?)(?:一行)?(?:的)?(?:到来|来访|到访|率队来|来)[^，。；]{0,12}?表示(?:热烈|诚挚|衷心|由衷)*的?(?:欢迎)|[对向](?P<other>[^，。；]{2,40}?)(?:一行)?表示(?:热烈|诚挚|衷心|由衷)*的?欢迎"
)


def told(story: Story, line: Line, span: Span, word: str) -> None:
    """An encounter that a verb tells, and the rows of who met whom."""
    hosts, guests, label = _sides(story, line, span, word)
    if (
        not hosts
        or not label
        or (word in ("交流", "深入交流", "座谈", "交谈") and not any(g.type == "person" for g in guests))
    ):
        return
    keys, others = [story.key(m) for m in hosts], [story.key(m) for m in guests]
    for happening in story.happenings.all:
        if (
            happening.kind == "encounter"
            and set(happening.people) & set(keys)
            and (not others or set(happening.people) & set(others))
        ):
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
    happening = Happening(
        label, "encounter", span, line.sentence.span, word, "encounter", verbal=True, confidence=0.75 if guests else 0.6
    )
    happening.people = [*keys, *(k for k in others if k not in keys)]
    story.happenings.add(happening)
    when_and_where(story, line, happening, span.start, span.end)
    _met(story, line, keys, others)


def _met(story: Story, line: Line, hosts: list[str], guests: list[str], rule: str = "met") -> None:
    for host in hosts:
        for guest in guests:
            if host != guest:
                story.draft.fact("meeting", host, guest, line.sentence.span, rule, confidence=0.75)


def _sides(story: Story, line: Line, span: Span, word: str) -> tuple[list[Mention], list[Mention], str]:
    """The two sides of a meeting, and its label. A会见B; A与B举行会谈."""
    joint = _with(line, span.start)
    clause = line.clause_end(span.end)
    if joint is not None and (not _RECEIVING.search(word) or "会晤" in word):
        hosts = _actors(
            line.subjects(joint.start, ACTORS) or line.inherited(joint.start, ACTORS) or _nearest(line, joint.start)
        )
        guests = _actors(line.mentions(joint.end, span.start, "person") or line.objects(joint.end, ACTORS))
        guests += [m for m in line.mentions(joint.end, span.start, "organization") if _led(line, guests, m)]
        label = f"{story.printed(hosts[:1])}与{story.printed(guests[:2]) or line.text[joint.end : span.start]}{word}"
        return hosts, [g for g in guests if g.end <= span.start], label
    hosts = line.subjects(span.start, ACTORS)
    if any(m.type == "person" for m in hosts):
        hosts = [m for m in hosts if m.type == "person"]
    if not _RECEIVING.search(word):
        return [], [], ""
    hosts = hosts or line.inherited(span.start)
    guests = line.mentions(span.end, clause, "person") or line.objects(span.end, ("organization",))
    guests = [g for g in guests if story.key(g) not in {story.key(h) for h in hosts}]
    object_ = story.printed(guests[:2]) or line.text[span.end : min(clause, span.end + 30)]
    if len(object_) < 2:
        return [], [], ""
    return hosts, guests, f"{story.printed(hosts[:2])}{word.removesuffix('了')}{object_}"


def sides_of(line: Line, end: int) -> list[Mention]:
    """Who stands before 与 where the one whose name ends at an offset stands behind it in a talk: A of A与B举行会谈."""
    joint = _with(line, end)
    talk = line.text[end : line.clause_end(end)]
    if joint is None or joint.text == "和" or not _TALK.search(talk):
        return []
    return _actors(line.subjects(joint.start, ("person",)) or _nearest(line, joint.start, "person"))


def _nearest(line: Line, offset: int, *codes: str) -> list[Mention]:
    """The one named last before 与, in its clause: 河南方面与A, A此访将与B."""
    return line.mentions(line.clause_start(offset), offset, *(codes or ACTORS))[-1:]


def _led(line: Line, guests: list[Mention], body: Mention) -> bool:
    """A率领的代表团: the body is met too."""
    return any(line.text[g.end : body.start] in ("率领的", "率", "带领的", "率领") for g in guests)


def greeted(story: Story, line: Line) -> None:
    """A对B一行的到来表示欢迎: who greets meets."""
    for match in _GREETING.finditer(line.text, line.sentence.start, line.sentence.end):
        hosts = line.subjects(match.start())
        group = "guest" if match.group("guest") else "other"
        guests = line.mentions(*match.span(group), "person")
        index = line.index(match.start())
        whole = (
            index < len(line.items)
            and line.items[index].start == match.start()
            and line.items[index].end == match.start() + 1
        )
        if whole and len(hosts) == 1 and guests and match.end(group) - guests[0].end < 12:
            _met(story, line, [story.key(hosts[0])], [story.key(guests[0])], "greeted")


_CALLING = re.compile(r"(?:看望|探望|拜访|拜会|专访)(?:慰问)?了?")


def called_on(story: Story, line: Line) -> None:
    """A看望B, A先后拜访了甲公司: whom one calls on one meets."""
    zones = speech_zones(line)
    for match in _CALLING.finditer(line.text, line.sentence.start, line.sentence.end):
        index = line.index(match.start())
        wished = index > 0 and line.items[index - 1].text in word_set("events", "unreal", "before")
        if wished or inside(zones, match.start()):
            continue
        if not line.is_word(index, match.start()):
            continue
        bodies = ("organization",) if match.group().startswith(("拜访", "拜会")) else ()
        guests = line.objects(match.end(), ("person", *bodies))
        hosts = (line.subjects(match.start()) or line.inherited(match.start())) if guests else []
        if hosts:
            _met(story, line, [story.key(m) for m in hosts[:2]], [story.key(g) for g in guests], "called-on")


def _actors(found: list[Mention]) -> list[Mention]:
    """Persons where there are any: a place before them only says whose they are."""
    persons = [m for m in found if m.type == "person"]
    return persons or [m for m in found if m.type == "organization"] or found[-1:]


def _with(line: Line, offset: int) -> Item | None:
    """The 与 that stands between the two sides: the nearest before a verb, over commas where only names stand between."""
    start = line.clause_start(offset, "。；！？;")
    joint: Item | None = None
    for item in reversed([i for i in line.items if start <= i.start < offset]):
        if item.text in _WITH:
            before = any(i.code in ACTORS for i in line.items if i.start < item.start)
            after = any(i.code in ACTORS for i in line.items if item.end <= i.start < offset)
            if item.text in ("与", "同", "跟"):
                return item if before else joint
            if after and before and joint is None:
                joint = item
        elif item.tag == "v" and item.text not in _HOLDING and item.text not in word_set("roles", "walk", "light"):
            return joint
    return joint
