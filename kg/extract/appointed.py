"""Appointments as happenings: one for each decision on posts that is told.

Rules:
    appointment      任命周大同为青河市副市长
    body-elected     选举产生了青河市商会新一届理事会
    posts-announced  青河市委组织部发布市管干部任前公示
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract import post_changes
from kg.extract.happenings import Happening
from kg.extract.shapes import Line
from kg.extract.story import Story, date_of, inside, speech_zones
from kg.language.lexicon import alternatives, words
from kg.model import Fact, Span

_CHANGING = ("当选", "新任", "任命", "调任", "升任", "转任", "出任", "接任")
_DECIDED = re.compile("决定任命|任命|决定|当选|免去|任免|选举|表决")
_TOLD = 0.3  # a change is told even where it is open of which body
_HELD = re.compile("(?<!再)担任|兼任|已任|曾任")
_CONGRATULATED = re.compile("祝贺|致贺|贺电|贺信")
_CAREER = re.compile("曾|历任|此前|先后|早年|之前，|以前，")
_VERBS = {"appointed": "任", "elected": "当选", "removed": "不再担任", "resigned": "辞去", "nominated": "被提名为"}


def read(story: Story) -> None:
    """Read the draft's appointments and add a happening for each row of posts that a sentence gives or takes."""
    post_changes.read(story)
    labels: set[str] = set()
    for facts in _decisions(story):
        first = facts[0]
        line = story.lines.at(first.evidence.start)
        if first.rule in ("holding-post", "newly-named") and not line.text.startswith(_CHANGING, first.evidence.start):
            continue  # 担任…的甲 only says who he is
        label = _label(story, facts)
        if label in labels:
            continue
        labels.add(label)
        happening = Happening(
            label,
            "appointment",
            first.evidence,
            first.evidence,
            first.qualifier("change"),
            "appointment",
            verbal=True,
            background=True,
            confidence=0.75,
        )
        happening.people = list(dict.fromkeys(f.subject for f in facts))
        happening.reason = first.reason
        if first.rule != "newly-named" and not _congratulated(line, first):
            happening.date, happening.date_reason = _when(story, line, first)
        story.happenings.all.append(happening)
    _announced(story)


@cache
def _body_elected() -> re.Pattern[str]:
    bodies = alternatives(words("appointments", "frames", "elected_bodies"))
    return re.compile(
        f"(?:选举|推选|选|改选|换届选举)(?:产生|出|出了|产生出)?了?(?P<what>(?:[^，。；、]{{0,24}}?)(?:新一届|新一任|第[^，。；届]{{1,4}}届|首届)[^，。；]{{0,20}}?(?:{bodies})(?:(?:、|和|及){{0,1}}(?:{bodies}))*)"
    )


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(
        r"(?:发布|公布|公示|印发|刊发|下发|发出)了?(?P<what>[^，。；：]{0,24}?(?:任前公示|任职前公示|任前公告|任免(?:名单|通知|信息|决定|公告)|拟(?:任|提拔|提任|调整|晋升)[^，。；：]{0,12}?(?:公示|公告))(?:名单)?(?:通告|公告|通知)?)"
    )


def _congratulated(line: Line, fact: Fact) -> bool:
    """8月4日，甲致电祝贺乙当选…: the day is that of the message."""
    return _CONGRATULATED.search(line.text, line.sentence.start, fact.evidence.end) is not None


def _announced(story: Story) -> None:
    """选举产生了新一届理事会, 发布省管干部任前公示: a change of posts as a whole, whoever is named with it."""
    labels: set[str] = set()
    for sentence in story.document.sentences:
        if sentence.kind != "body":
            continue
        for rule, pattern, verb in (
            ("body-elected", _body_elected(), "选举产生"),
            ("posts-announced", _notice(), "发布"),
        ):
            match = pattern.search(story.document.text, *sentence.span)
            if match is None or re.search(r"(?<!任)[为任](?![前期职免])", match.group("what")):
                continue
            label = f"{verb}{match.group('what')}"
            line = story.lines.of(sentence)
            if label in labels or inside(speech_zones(line), match.start()):
                continue
            labels.add(label)
            happening = Happening(
                label, "appointment", Span(*match.span()), sentence.span, verb, rule, verbal=True, background=True,
                confidence=0.75,
            )  # fmt: skip
            happening.date, happening.date_reason = date_of(story, line, *match.span())
            meeting = story.happenings.current(match.start(), "meeting")
            if rule == "body-elected" and meeting is not None and not happening.date and meeting.date:
                happening.date, happening.date_reason = meeting.date, "据会议日期"
            story.happenings.all.append(happening)


def _decisions(story: Story) -> list[list[Fact]]:
    """The appointments in the order they are told; what one row of posts says of several persons is one decision."""
    groups: dict[tuple[int, int, str], list[Fact]] = {}
    for fact in story.draft.facts("appointment"):
        if fact.confidence < _TOLD:
            continue
        sentence = story.document.sentence_at(fact.evidence.start)
        key = (sentence.start, fact.evidence.end, fact.qualifier("change"))
        groups.setdefault(key, []).append(fact)
    return list(groups.values())


def _when(story: Story, line: Line, fact: Fact) -> tuple[str, str]:
    """The date that stands before the post in its sentence."""
    at = story.document.text.rfind(fact.qualifier("title"), fact.evidence.start, fact.evidence.end)
    at = at if at >= 0 else fact.evidence.start
    date, reason = date_of(story, line, at, at)
    quoted = story.document.text[fact.evidence.start : fact.evidence.end]
    if date or fact.qualifier("change") == "nominated" or _HELD.search(quoted):
        return date, reason
    if _CAREER.search(story.document.text, line.sentence.start, fact.evidence.start):
        return "", ""
    for sentence in story.document.sentences:
        # told again with its day
        decided = _DECIDED.search(story.document.text, sentence.start, sentence.end)
        name = story.document.text.find(fact.subject.partition(":")[2], sentence.start, sentence.end)
        if decided is None or name < 0 or sentence == line.sentence:
            continue
        days = [d for d in story.dates.within(sentence.start, decided.end()) if d.is_day]
        if days:
            return days[-1].value, "据另一句的日期"
        if story.document.text.find(fact.qualifier("title"), decided.end(), sentence.end) >= 0 and (
            day := _of_meeting(story, sentence.span)
        ):
            return day, "据会议日期"
    day = _of_meeting(story, Span(line.sentence.start, fact.evidence.end))
    return day, "据会议日期" if day else ""


def _of_meeting(story: Story, span: Span) -> str:
    """The day of the meeting that takes a decision told in a span; empty where no decision is told."""
    meeting = story.happenings.current(span.end, "meeting")
    told = _DECIDED.search(story.document.text, span.start, span.end)
    return meeting.date if meeting is not None and told is not None else ""


_PLAIN = re.compile(r"^(?:研究)?决定|同志|先生|女士|[（(][^（）()]{1,14}[)）]|已经?(?=[任担当])|[“”]|职务$")


def _label(story: Story, facts: list[Fact]) -> str:
    """任命甲为某市副市长, 甲任某市委委员、常委 as printed, or made from the facts where the print runs over clauses."""
    first = facts[0]
    printed = _PLAIN.sub("", story.document.text[first.evidence.start : first.evidence.end])
    names = [key.partition(":")[2] for key in dict.fromkeys(f.subject for f in facts)]
    body = first.object.partition(":")[2]
    if (
        first.rule not in ("holding-post", "post-by-person", "newly-named")
        and len(printed) <= 40
        and not re.search(r"[，。；：\s]", printed)
        and names[0] in printed
        and len(names) == len(story.document.mentions_in(*first.evidence, "person"))
        and (not body or _names_body(printed, names[0], first.qualifier("title")))
    ):
        return printed
    posts: list[str] = []
    known = ""
    for fact in facts:
        if fact.subject == first.subject:
            object_ = fact.object.partition(":")[2]
            posts.append((object_ if object_ != known else "") + fact.qualifier("title"))
            known = object_
    who = names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人"
    return f"{who}{_VERBS.get(first.qualifier('change'), '任')}{'、'.join(posts[:3])}"


def _names_body(printed: str, name: str, title: str) -> bool:
    """Whether more than a verb stands between the name and the title."""
    start = printed.find(name) + len(name)
    end = printed.find(title, start)
    return end - start > 3
