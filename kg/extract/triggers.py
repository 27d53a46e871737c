"""Happenings that a verb tells with who does it and whom it meets (``公安局抓获陈某``, ``陈某被公安局抓获``).

The grammar is one for police and courts, accidents, contests and deals; their verbs and roles lie in tables of one
form, ``[[trigger]]`` in ``data/cases.toml``, ``contests.toml`` and ``deals.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from kg.extract.happenings import Happening
from kg.extract.shapes import Line
from kg.extract.sites import sites_after
from kg.extract.story import Story, date_of, inside, place_of, speech_zones
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, table, words
from kg.model import Mention, Span

Voice = Literal["active", "passive", "towards", "by"]
_MARKS = "，。；！？,;：:"
_DATELINE = re.compile(r"【[^】]{0,60}】|[^，。]{0,24}(?:电|讯|报道|消息)(?: |　|[（(][^）)]{0,60}[）)])")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A group of verbs that tell of one kind of happening.

    Attributes:
        rule: name of the rule, in facts and tests.
        kind: of the happening.
        agent, patient: roles of who does it and of whom it meets; empty where the verb has none.
        agents, patients: which mentions can be one.
        need: what has to be named: the patient, the agent, either (``any``), or a place, a day or someone (``where``).
        confidence: of the happening; its participants have the same.
        label: what the happening is called by: ``whole`` who and what, ``verb`` the verb with its object alone.
        merge: verbs of one sentence tell of one happening: 破获一起盗窃案，陈某被抓获.
        near: it took place at the last place that is named before the verb, where none is told with 在.
        after, before: a pattern that the text behind or before the verb has to match.
    """

    rule: str
    kind: str
    agent: str
    patient: str
    agents: tuple[str, ...]
    patients: tuple[str, ...]
    need: str
    confidence: float
    label: str
    merge: bool
    near: bool
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None


@dataclass(slots=True)
class Roles:
    """Who a verb's clause names, and how: ``passive`` 被A抓获, ``towards`` 对B立案, ``by`` 由A审理."""

    agents: list[Mention] = field(default_factory=list)
    patients: list[Mention] = field(default_factory=list)
    voice: Voice = "active"
    start: int = 0


@cache
def triggers(name: str) -> dict[str, Trigger]:
    """The verbs of a table, each with its group."""
    entries: dict[str, Trigger] = {}
    for group in table(name)["trigger"]:
        trigger = Trigger(
            group["rule"], group["kind"], group.get("agent", ""), group.get("patient", ""),
            tuple(group.get("agents", "person organization").split()), tuple(group.get("patients", "person organization").split()),
            group.get("need", "any"), float(group.get("confidence", 0.65)), group.get("label", "whole"), bool(group.get("merge", False)), bool(group.get("near", False)),
            re.compile(group["after"]) if "after" in group else None, re.compile(group["before"]) if "before" in group else None,
        )  # fmt: skip
        for word in group["words"].split():
            entries.setdefault(word, trigger)
    return entries


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(triggers(name))})(?!{alternatives(words(name, 'grammar', 'noun_next'))})")


def read_triggers(story: Story, name: str, settle: Callable[[Story, Line, Trigger, Span, Roles], None] | None = None) -> None:
    """Find the happenings that a table's verbs tell of, in the article's body.

    Args:
        settle: what to do with one that is found; adds it to the story where nothing else is given.
    """
    for sentence in story.document.sentences:
        if sentence.kind != "body" or _pattern(name).search(story.document.text, sentence.start, sentence.end) is None:
            continue
        line = story.lines.of(sentence)
        zones = speech_zones(line)
        for match in _pattern(name).finditer(line.text, sentence.start, sentence.end):
            span = Span(*match.span())
            index = line.index(span.start)
            trigger = triggers(name)[match.group()]
            if not _stands(line, index, span, trigger) or _unreal(line, index, name):
                continue
            if inside(zones, span.start) and not story.dates.within(line.clause_start(span.start), span.start):
                continue
            roles = roles_of(line, span, trigger)
            if trigger.kind == "legal":
                roles.patients = _alike(roles.patients)
            (settle or tell)(story, line, trigger, span, roles)


def _stands(line: Line, index: int, span: Span, trigger: Trigger) -> bool:
    """Whether the match is a word of its own, and no noun: not 的逮捕, not the end of a longer word."""
    items = line.items
    if index >= len(items) or items[index].start != span.start or items[index].mention is not None:
        return False
    if all(i.end != span.end for i in items[index : index + 5]):
        return False
    if trigger.after is not None and trigger.after.match(line.text, span.end, line.sentence.end) is None:
        return False
    if trigger.before is not None and trigger.before.search(line.text[line.sentence.start : span.start]) is None:
        return False
    before = items[index - 1] if index else None
    if before is None:
        return True
    if items[index].tag == "vn" and before.mention is None and before.tag in ("n", "vn", "a", "nz"):
        return False
    return before.text not in ("的", "之")


def _unreal(line: Line, index: int, name: str) -> bool:
    """A wish, a rule, a habit, or what did not happen."""
    unreal = word_set(name, "grammar", "unreal")
    for item in reversed(line.items[max(0, index - 5) : index]):
        if item.mention is None and item.text in unreal:
            return True
        if item.mention is not None or item.tag not in ("d", "ad", "vd", "v", "p"):
            return False
    return False


# --- who does it, whom it meets


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
            roles.patients = [m for m in _heads(line, span.end, line.clause_end(span.end)) if m.type in trigger.patients]
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
            kinds[word] = voice  # type: ignore[assignment]
    index = line.index(offset) - 1
    light = word_set("cases", "grammar", "light")
    depth = 0
    while index >= 0:
        item = line.items[index]
        depth += (item.code == "close") - (item.code == "open")
        if depth <= 0:
            if item.mention is None and item.text in kinds:
                return _Marker(item.start, item.end), kinds[item.text]
            if item.code == "mark" and item.text in _MARKS or item.tag == "v" and item.text not in light:
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
        if item.code != "person" and following is not None and (following.code in ("title", "person", "organization", "place") or following.text == "的"):
            continue
        found.append(item.mention)
    return found


def _before(line: Line, offset: int, codes: tuple[str, ...]) -> list[Mention]:
    """Subjects of a verb: in its clause, else of the clause before it, also of one without a verb (``经理丙等人，已被逮捕``)."""
    offset = _before_reason(line, _before_time(line, offset))
    start = line.clause_start(offset)
    begin = _dateline_end(line)
    found = [m for m in _themselves(line, line.subjects(offset, codes)) if m.start >= begin]
    if found or line.mentions(start, offset, "person", "organization"):
        return found
    topic = _topic(line, start)
    if topic:
        return [topic] if topic.type in codes else []
    return [m for m in line.inherited(offset, codes) if m.start >= begin]


def _dateline_end(line: Line) -> int:
    """Where the text begins behind who reports it from where."""
    match = _DATELINE.match(line.text, line.sentence.start, line.sentence.end)
    return match.end() if match else line.sentence.start


def persons_before(line: Line, offset: int) -> list[Mention]:
    """Who a verb has as its subjects, persons alone."""
    return _before(line, offset, ("person",))


def _before_time(line: Line, offset: int) -> int:
    """Where the days begin that stand right before a verb: 陈某于19日至22日访问."""
    start = offset
    for item in reversed(line.items[: line.index(offset)]):
        if item.mention is not None or not (item.tag == "TIME" or item.text in word_set("cases", "grammar", "time")):
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
        if item.mention is None and item.text in word_set("cases", "grammar", "reason") and line.mentions(line.clause_start(offset), item.start, "person", "organization"):
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


def _alike(found: list[Mention]) -> list[Mention]:
    """Persons alone where persons and bodies stand together: the bodies say whose they are."""
    people = [m for m in found if m.type == "person"]
    return people or found


# --- the happening


def tell(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> Happening | None:
    """Add the happening that a verb tells of, or what it tells anew of one that is known; its participants too."""
    over = [r for r in story.happenings.references(line.sentence.start, line.sentence.end) if r.start < span.end and span.start < r.end]
    if any(r.happening.kind != trigger.kind for r in over):
        return None
    agents, patients = _keys(story, roles.agents), _keys(story, roles.patients)
    agents = [a for a in agents if a not in patients]
    place = _place(story, line, span, roles) if trigger.near else place_of(story, line, roles.start, span.end, verbal=True)
    date, date_reason = date_of(story, line, span.start, span.end)
    if not _enough(trigger.need, agents, patients, place, date):
        return None
    if not date and (there := _gathering(story, line)) is not None:
        date, date_reason = there.date, "承上文日期" if there.date else ""
    happening = over[0].happening if over else _known(story, line, trigger, line.text[span.start : span.end], agents, patients, date, place)
    if happening is None:
        label = _label(story, line, trigger, span, roles)
        happening = Happening(label, trigger.kind, span, line.sentence.span, line.text[span.start : span.end], trigger.rule, verbal=True, confidence=trigger.confidence)
        happening.date, happening.date_reason = date, date_reason
        happening.places = [place] if place else []
        if any(h.label == label for h in story.happenings.all):
            return None
        story.happenings.add(happening)
    else:
        story.happenings.refer(happening, span)
        happening.date, happening.date_reason = happening.date or date, happening.date_reason or date_reason
    for role, keys in ((trigger.agent, agents), (trigger.patient, patients)):
        for key in keys if role else ():
            take_part(story, key, happening, role, line.sentence.span, f"{trigger.rule}-{role}", trigger.confidence)
    return happening


def _gathering(story: Story, line: Line) -> Happening | None:
    """The gathering in whose course a sentence tells what is done: 活动中，…; 仪式上，…"""
    if not line.text.startswith(words("cases", "grammar", "there"), line.sentence.start):
        return None
    return story.happenings.current(line.sentence.start + 1, gatherings=True)


def take_part(story: Story, key: str, happening: Happening, role: str, evidence: Span, rule: str, confidence: float) -> None:
    """Add a participant to a happening."""
    if key not in happening.people:
        happening.people.append(key)
    event = story.draft.entity("event", happening.label, span=happening.anchor, reason=happening.reason)
    story.draft.fact("participation", key, event, evidence, rule, confidence=confidence, role=role)


def _keys(story: Story, mentions: list[Mention]) -> list[str]:
    return list(dict.fromkeys(key for m in mentions for key in story.draft.mentioned_all(m)))


def _enough(need: str, agents: list[str], patients: list[str], place: str, date: str) -> bool:
    if need == "patient":
        return bool(patients)
    if need == "agent":
        return bool(agents)
    if need == "both":
        return bool(agents and patients)
    if need == "where":
        return bool(place)
    return bool(agents or patients)


def _known(
    story: Story, line: Line, trigger: Trigger, word: str, agents: list[str], patients: list[str], date: str, place: str
) -> Happening | None:
    """The happening that a verb tells of again.

    Of its kind and in its sentence with the same people, or one tells who did it and the other whom it met; in another
    sentence by the same rule with the same people, or without any the same verb or place, and no other day.
    """
    whom = set(patients or agents)
    for happening in reversed(story.happenings.all):
        if happening.kind != trigger.kind or not happening.verbal:
            continue
        shared = bool(whom & set(happening.people))
        if happening.evidence == line.sentence.span:
            if shared or trigger.merge and (not patients or happening.rule == trigger.rule and not happening.people):
                return happening
        elif happening.rule == trigger.rule and (not date or not happening.date or date == happening.date):
            if shared and happening.head == word or not whom and (happening.head == word or place and place in happening.places):
                return happening
    return None


def _place(story: Story, line: Line, span: Span, roles: Roles) -> str:
    """Where something befell: 在X, else the last place or body named before the verb."""
    place = place_of(story, line, roles.start, span.end, verbal=True)
    if place:
        return place
    begin = min(_dateline_end(line), span.start)
    named = line.mentions(begin, span.start, "place")
    if named:
        return story.key(named[-1])
    found = sites_after(story.draft, line, span.end, motion=False)
    if found:
        return found[0].key
    inner = story.document.mentions_in(begin, span.start, "place")
    return story.key(inner[-1]) if inner else ""


def _label(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> str:
    """Who and what: agents, verb and object; patients and verb where it is told passively."""
    end = min(line.clause_end(span.end, "，。；！？,;："), span.end + 40)
    if trigger.label == "clause":
        return line.text[max(line.clause_start(span.start), end - 40) : end].strip()
    first = roles.agents if roles.voice in ("active", "towards") and trigger.agent else roles.patients or roles.agents
    start = roles.start if roles.voice in ("passive", "towards") else span.start
    told = line.text[start:end].strip()
    if trigger.label == "verb" and len(told) >= 6:
        return told
    return f"{story.printed(first[:3])}{told}"
