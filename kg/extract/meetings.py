"""Who met whom: 会见, 会谈, 座谈 with guests, talks by telephone. Symmetric; each side a person or an organization."""

from __future__ import annotations

import re

from kg.extract.happenings import Happening
from kg.extract.roles import dateline_end
from kg.extract.shapes import ACTORS, Line
from kg.extract.sides import actors, joint_of, nearest
from kg.extract.story import Story, inside, speech_zones, when_and_where
from kg.extract.travellers import group_ends, named_group, travellers
from kg.language.event_words import word_set
from kg.language.lexicon import title_pattern
from kg.model import Mention, Span

# also what one does with visitors in general
_NEEDS_A_NAME = ("交流", "深入交流", "座谈", "交谈", "接待", "讨论", "商讨", "探讨", "商谈")
_SEVERALLY = re.compile(r"分别")
_RECEIVING = re.compile(r"会见|接见|拜会|会晤|迎接|接待")
_GREETING = re.compile(
    r"[对向](?P<guest>[^，。；]{2,40}?)(?:一行)?(?:的)?(?:到来|来访|到访|率队来|来)[^，。；]{0,12}?表示(?:热烈|诚挚|衷心|由衷)*的?(?:欢迎)|[对向](?P<other>[^，。；]{2,40}?)(?:一行)?表示(?:热烈|诚挚|衷心|由衷)*的?欢迎"
)


def told(story: Story, line: Line, span: Span, word: str) -> None:
    """An encounter that a verb tells, and the rows of who met whom."""
    hosts, guests, label = _sides(story, line, span, word)
    group = ""
    named = [m for m in guests if m.type == "person" or not group_ends().match(line.text, m.end)]
    if hosts and (not named or len(named) < len(guests)) and _RECEIVING.search(word):
        group = named_group(story, line, span.end, line.clause_end(span.end))
    guests = named
    leaders = _leaders(story, line, span) if not hosts and guests and label and _RECEIVING.search(word) else []
    if leaders:
        label = f"{leaders[0].partition(':')[2]}{label}"
    if (
        (not hosts and not leaders)
        or not label
        or (word.removesuffix("了") in _NEEDS_A_NAME and not any(g.type == "person" for g in guests))
    ):
        return
    keys, others = [story.key(m) for m in hosts] or leaders, [story.key(m) for m in guests]
    others += [group] if group else []
    if len(keys) > 1 and _SEVERALLY.search(line.text, hosts[-1].end, span.start):
        # A、B分别会见C: two talks
        for host, key in zip(hosts, keys, strict=True):
            _tell(
                story,
                line,
                span,
                word,
                [key],
                others,
                f"{story.printed([host])}{word.removesuffix('了')}{story.printed(guests[:2])}",
            )
        return
    _tell(story, line, span, word, keys, others, label)


def _leaders(story: Story, line: Line, span: Span) -> list[str]:
    """Who a group without a name stands for: 代表团会见了A, of those whose journey is told."""
    clause = line.text[line.clause_start(span.start) : span.start]
    tour = story.happenings.current(span.start, "visit", "trip")
    if tour is None or len(clause) > 16 or not group_ends().search(clause):
        return []
    return [key for key in tour.people if key.startswith("person:")]


def _tell(story: Story, line: Line, span: Span, word: str, keys: list[str], others: list[str], label: str) -> None:
    """One talk: the one that is known, told again, or a new one."""
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
        label, "encounter", span, line.sentence.span, word, "encounter", verbal=True, confidence=0.75 if others else 0.6
    )
    happening.people = [*keys, *(k for k in others if k not in keys)]
    story.happenings.add(happening)
    when_and_where(story, line, happening, span.start, span.end)
    # a talk that somebody speaks of is not the one that is told
    happening.background = inside(speech_zones(line), span.start)
    _met(story, line, keys, others)


def _met(story: Story, line: Line, hosts: list[str], guests: list[str], rule: str = "met") -> None:
    for host in hosts:
        for guest in guests:
            if host != guest:
                story.draft.fact("meeting", host, guest, line.sentence.span, rule, confidence=0.75)


def _sides(story: Story, line: Line, span: Span, word: str) -> tuple[list[Mention], list[Mention], str]:
    """The two sides of a meeting, and its label. A会见B; A与B举行会谈."""
    joint = joint_of(line, span.start)
    clause = line.clause_end(span.end)
    if joint is not None and (not _RECEIVING.search(word) or "会晤" in word):
        hosts = actors(
            line.subjects(joint.start, ACTORS) or line.inherited(joint.start, ACTORS) or nearest(line, joint.start)
        )
        found = line.mentions(joint.end, span.start, "person") or line.objects(joint.end, ACTORS)
        # 甲国和乙国在A举行会谈: where it is is no side
        where = next((i.start for i in line.items if joint.end < i.start < span.start and i.text in ("在", "于")), -1)
        guests = actors([m for m in found if m.end <= where] or found if where > 0 else found)
        guests += [m for m in line.mentions(joint.end, span.start, "organization") if _led(line, guests, m)]
        hosts = [h for h in hosts if h.start >= dateline_end(line)] or hosts
        label = f"{story.printed(hosts[:1])}与{story.printed(guests[:2]) or line.text[joint.end : span.start]}{word}"
        return hosts, [g for g in guests if g.end <= span.start], label
    hosts = line.subjects(span.start, ACTORS)
    if any(m.type == "person" for m in hosts):
        hosts = [m for m in hosts if m.type == "person"]
    if not _RECEIVING.search(word):
        return [], [], ""
    hosts = hosts or line.inherited(span.start)
    guests = line.mentions(span.end, clause, "person")
    guests += [
        m
        for m in line.objects(span.end, ("person", "organization"))
        if m.type == "organization" and not _qualifies(line.text, m.end)
    ]
    guests = [g for g in guests if story.key(g) not in {story.key(h) for h in hosts}]
    object_ = story.printed(guests[:2]) or line.text[span.end : min(clause, span.end + 30)]
    if len(object_) < 2:
        return [], [], ""
    return hosts, guests, f"{story.printed(hosts[:2])}{word.removesuffix('了')}{object_}"


def _qualifies(text: str, offset: int) -> bool:
    """Whether a body's name only says whose post follows: 财政司司长, 国防部长."""
    return text.startswith("长", offset) or (
        title_pattern().match(text, offset) is not None and group_ends().match(text, offset) is None
    )


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


_CALLING = re.compile(r"(?:走访看望|走访慰问|看望慰问|慰问看望|看望|探望|拜访|拜会|专访|慰问|探视|回访)了?")


def called_on(story: Story, line: Line) -> None:
    """Meetings that are told by the way: A看望B; A访问甲国，B到机场迎接; A会见企业代表，B、C先后发言."""
    _called(story, line)
    _received(story, line)
    _spoke_there(story, line)


def _called(story: Story, line: Line) -> None:
    """A看望B, A先后拜访了甲公司: whom one calls on one meets."""
    zones = speech_zones(line)
    for match in _CALLING.finditer(line.text, line.sentence.start, line.sentence.end):
        index = line.index(match.start())
        wished = index > 0 and line.items[index - 1].text in word_set("events", "unreal", "before")
        if wished or inside(zones, match.start()) or not line.is_word(index, match.start()):
            continue
        bodies = ("organization",) if match.group().startswith(("拜访", "拜会")) else ()
        guests = line.objects(match.end(), ("person", *bodies))
        hosts = travellers(story, line, match.start()).keys if guests else []
        _met(story, line, hosts, [story.key(g) for g in guests], "called-on")


_RECEIVED = re.compile(r"(?:迎接|迎候|接机|送行|送别)了?(?!工作|准备|仪式|挑战|检查|新|高考)")


def _received(story: Story, line: Line) -> None:
    """Who is received at a station or an airport: named behind the verb, else who arrives in the clause before."""
    for match in _RECEIVED.finditer(line.text, line.sentence.start, line.sentence.end):
        if not line.is_word(line.index(match.start()), match.start()) or inside(speech_zones(line), match.start()):
            continue
        hosts = line.subjects(match.start())
        if not hosts:
            continue
        clause = line.clause_end(match.end())
        guests = [story.key(m) for m in line.mentions(match.end(), clause, "person")]
        if not guests and (group := named_group(story, line, match.end(), clause)):
            guests = [group]
        elif not guests and match.end() == clause:
            guests = [story.key(m) for m in _arriving(line, line.clause_start(hosts[0].start))]
        _met(story, line, [story.key(m) for m in hosts], guests, "received")


def _arriving(line: Line, offset: int) -> list[Mention]:
    """Who comes in the clause before one that begins at an offset."""
    if offset <= line.sentence.start:
        return []
    start = line.clause_start(offset - 1)
    items = line.items[line.index(start) : line.index(offset)]
    came = next((i for i in items if i.mention is None and _ARRIVES.match(i.text)), None)
    return line.subjects(came.start) or line.inherited(came.start) if came is not None else []


_ARRIVES = re.compile(r"抵达|到达|访[\u4e00-\u9fff]|访问|到访|来访|来华|飞抵|乘|秘密")
_GUESTS = re.compile(r"等?(?:[\u4e00-\u9fff]{0,4})(?:代表|嘉宾|客商|企业家|专家学者)")


def _spoke_there(story: Story, line: Line) -> None:
    """Who speaks where somebody meets people that are not named beside him: 会见企业代表 … A、B先后发言."""
    talk = story.happenings.current(line.sentence.start + 1, "encounter")
    if talk is None or not talk.verbal or talk.rule != "encounter" or talk.evidence == line.sentence.span:
        return
    hosts = [key for key in talk.people if key.startswith("person:")]
    if not hosts or any(f.evidence == talk.evidence for f in story.draft.facts("meeting")):
        return
    for match in _SPOKE.finditer(line.text, line.sentence.start, line.sentence.end):
        found = line.subjects(match.start())
        if match.group().startswith("参加"):
            named = [i for i, m in enumerate(found) if _GUESTS.match(line.text, m.end)]
            found = found[: named[-1] + 1] if named else []
        _met(story, line, hosts[:1], [k for k in map(story.key, found) if k not in talk.people], "spoke-there")


_SPOKE = re.compile(r"(?:交流|先后|分别|踊跃)?发言|参加座谈")
