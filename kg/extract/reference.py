"""Which happening a sentence means: by its name, by a bare word (会议, 活动, 座谈), or by nothing but what is being told."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.happenings import Happening, Reference
from kg.extract.shapes import Line
from kg.extract.story import Story
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, words
from kg.model import Span

GATHERINGS = ("meeting", "ceremony", "activity", "competition", "signing", "encounter", "legal")
TOURS = ("visit", "trip")
OPENINGS = ("开幕式", "开幕会", "闭幕式", "闭幕会")
_WHOLE = re.compile(r"(?:大会|会议|论坛|年会|活动)?(?:开幕式|开幕会|开幕活动|开幕仪式)")
_TWIN = re.compile(r"[，、]|和|及|与|暨")


def told_before(story: Story, offset: int, kinds: tuple[str, ...]) -> list[Happening]:
    """What is told before an offset, in the order of the text, without what is only looked back at."""
    found = [h for h in story.happenings.all if not h.background and h.anchor.start < offset and h.kind in kinds]
    return sorted(found, key=lambda h: h.anchor.start)


def subject_of(story: Story, offset: int, kinds: tuple[str, ...]) -> Happening | None:
    """What the article is about: what it tells first."""
    return next(iter(told_before(story, offset, kinds)), None)


@cache
def _onward() -> re.Pattern[str]:
    return re.compile(alternatives(words("roles", "reference", "onward")))


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(alternatives(words("roles", "reference", "ahead")))


@cache
def _there() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('roles', 'speech', 'there'))})(?!级|述|年|旬|半年)")


def going_on(story: Story, offset: int, *kinds: str) -> Happening | None:
    """The gathering that the report is at: the one it is about until it goes on to the next (随后举行…) or turns to a part of it (开幕式上)."""
    moments: list[tuple[int, Happening, bool]] = []
    for happening in told_before(story, offset, kinds):
        if happening.verbal and happening.kind not in ("encounter", *TOURS):
            continue
        moments.append((happening.anchor.start, happening, False))
        moments += [
            (r.start, happening, True)
            for r in happening.references
            if r.start < offset
            and (_there().match(story.document.text, r.end) or _told_again(story, happening, r.start))
        ]
    now: Happening | None = None
    for _, happening, there in sorted(moments, key=lambda m: (m[0], m[2])):
        if now is None or (now.verbal and not happening.verbal) or there or _goes_on(story, happening, now):
            now = happening
    return now


def _reported(story: Story, happening: Happening) -> bool:
    """Whether a gathering is told as held, not as one that is still to come."""
    held = happening.rule.startswith(("event-name-before", "event-name-after"))
    return held and not happening.verbal and not _to_come(story, happening)


def _to_come(story: Story, happening: Happening) -> bool:
    line = story.lines.at(happening.anchor.start)
    start = line.clause_start(happening.anchor.start)
    return _ahead().search(line.text, start, line.clause_end(happening.anchor.end)) is not None


def _goes_on(story: Story, happening: Happening, now: Happening) -> bool:
    """Whether the report leaves a gathering for another one: held later, and told as the next."""
    if not _reported(story, happening):
        return False
    if _to_come(story, now):
        return True
    later = later_than(happening.date, now.date)
    if later is False:
        return False
    start = story.document.sentence_at(happening.anchor.start).start
    return (
        _begins(story, start)
        or _onward().search(story.document.text, start, happening.anchor.start) is not None
        or (later is True and bool(story.dates.within(start, happening.anchor.start)))
    )


def later_than(date: str, other: str) -> bool | None:
    """Whether a day is after another; None where that is not known or they are one."""
    if not date or len(date) != len(other) or date == other:
        return None
    return date > other


def _begins(story: Story, offset: int) -> bool:
    """Whether a sentence begins its paragraph, a dateline aside."""
    return offset - (story.document.text.rfind("\n", 0, offset) + 1) <= 30


def _told_again(story: Story, happening: Happening, offset: int) -> bool:
    """Whether a gathering is spoken of again in the paragraph that began with it."""
    text = story.document.text
    anchor = story.document.sentence_at(happening.anchor.start).start
    return (
        happening.anchor.start < offset
        and _begins(story, anchor)
        and text.find("\n", anchor, offset) < 0
        and _reported(story, happening)
    )


def spoken_of(story: Story, offset: int, *kinds: str) -> Happening | None:
    """The happening a sentence without one means: the gathering the report is at, else the tour spoken of last."""
    now = going_on(story, offset, *kinds)
    if now is not None and not now.verbal:
        return now
    return story.happenings.current(offset, *kinds, gatherings=True) or story.happenings.current(offset, *kinds)


def pointed_at(story: Story, reference: Reference) -> Happening:
    """What a bare word (会议, 活动) means: what the report is at before what it mentions on the way."""
    text = story.document.text[reference.start : reference.end]
    told = reference.happening
    main = story.happenings.main()
    if text in OPENINGS:
        openings = [
            h
            for h in story.happenings.all
            if h.label.endswith(text) and not h.background and not _WHOLE.fullmatch(h.label)
        ]
        if openings:
            return openings[-1]
    if main is None or main.anchor.start > reference.start:
        return told
    if _WHOLE.fullmatch(told.label) and main.kind == "meeting":
        return main
    if text == "活动" and told.kind != "activity":
        return _whole_day(story, reference.start, told)
    if text in ("会议", "大会") and told.kind == "meeting":
        now = going_on(story, reference.start, "meeting")
        return now if now is not None else told
    return told


def opening_of(story: Story, happening: Happening, offset: int) -> str:
    """The name of the opening that a clause says it is at, where what is told is the whole: 开幕式 of a 大会."""
    line = story.lines.at(offset)
    start, end = line.clause_start(offset), line.clause_end(offset)
    if happening.verbal or "幕" in happening.label:
        return ""
    for span in happening.references:
        if start <= span.start and span.end <= end and line.text[span.start : span.end] in OPENINGS:
            return f"{happening.label}{line.text[span.start : span.end]}"
    return ""


def twins_of(story: Story, happening: Happening) -> list[Happening]:
    """What is held together with it, told in one breath: A论坛、B论坛在京召开."""
    line = story.lines.at(happening.anchor.start)
    return [
        h
        for h in story.happenings.all
        if h is not happening
        and h.kind == happening.kind
        and h.rule == happening.rule == "event-name-after"
        and line.sentence.start <= h.anchor.start < line.sentence.end
        and _TWIN.fullmatch(
            line.text[min(h.anchor.end, happening.anchor.end) : max(h.anchor.start, happening.anchor.start)]
        )
    ]


def object_of(story: Story, line: Line, span: Span, role: str, named: bool) -> Happening | None:
    """The happening that a role verb means: named after it, before it in the clause, or spoken of last."""
    if _not_role().match(line.text, span.end):
        return None
    clause = line.clause_end(span.end, "，。；！？,;")
    after = [
        r
        for r in story.happenings.references(span.start, clause)
        if r.start - span.end <= 60 and (r.start >= span.end or _named_in(story, r))
    ]
    if after and role != "speak":
        return pointed_at(story, after[0])
    if (talk := _talk(story, line, span)) is not None:
        return talk
    if (role == "accompany" or line.text.endswith(_tours(), span.start, span.end)) and (
        tour := _tour(story, line, span)
    ) is not None:
        return tour
    start = line.clause_start(span.start, "。；！？;")
    before = story.happenings.references(start, span.start)
    if role == "organize" and not before and (held := _held_in_chain(story, line, span)) is not None:
        return held
    if named:
        return before[-1].happening if before and "由" in line.text[before[-1].end : span.start] else None
    if role == "speak":
        before = [r for r in before if not _told_about(line, r)]
    if before and before[-1].happening.kind in (*GATHERINGS, *TOURS):
        return pointed_at(story, before[-1])
    rest = line.text[span.end : clause]
    hands = line.text[span.start : span.end] in word_set("roles", "walk", "hands")
    if role == "attend" and len(rest) > 8 and not hands:
        return None
    if role in ("speak", "preside"):
        return spoken_of(story, span.start, *GATHERINGS)
    if line.text[span.start : span.end].endswith(words("roles", "reference", "meeting")):
        return spoken_of(story, span.start, *GATHERINGS)
    now = spoken_of(story, span.start, *GATHERINGS, *TOURS)
    return now if now is None or role != "attend" or hands else _whole_day(story, span.start, now)


def _held_in_chain(story: Story, line: Line, span: Span) -> Happening | None:
    """What several hold by turns (由A主办，B承办，C协办的论坛): named behind the last of them."""
    match = _chain().match(line.text, span.end, line.sentence.end)
    if match is None:
        return None
    named = story.happenings.references(match.end(), line.clause_end(match.end()))
    return named[0].happening if named and named[0].start - match.end() <= 20 else None


@cache
def _chain() -> re.Pattern[str]:
    holds = alternatives(words("roles", "reference", "holds"))
    return re.compile(f"(?:[，；、][^，；。]{{2,80}}(?:{holds}))+的")


def _named_in(story: Story, reference: Reference) -> bool:
    """Whether a gathering is named inside a role verb: 主持座谈会."""
    happening = reference.happening
    named = _by_name(story, Span(reference.start, reference.end))
    return named and not happening.verbal and happening.kind in ("meeting", "ceremony")


def _whole_day(story: Story, offset: int, now: Happening) -> Happening:
    """What one attends by a report's last words (A、B参加): the tour it began with, before a gathering in its course."""
    first = subject_of(story, offset, (*GATHERINGS, *TOURS))
    start = story.document.sentence_at(offset).start
    last = max((r.end for r in now.references if r.start < offset and _by_name(story, r)), default=-1)
    tour = first is not None and first.kind in TOURS
    return first if first is not None and tour and (last < start - 120 or now.head == "座谈会") else now


def _by_name(story: Story, span: Span) -> bool:
    return story.document.text[span.start : span.end] not in ("活动", "会议", "大会", "仪式")


def _told_about(line: Line, reference: Reference) -> bool:
    """Whether a happening is only what is talked about: 对活动进行了点评, 就大会作了说明."""
    if _there().match(line.text, reference.end):
        return False
    before = line.items[line.index(line.clause_start(reference.start)) : line.index(reference.start)]
    return any(i.text in word_set("roles", "reference", "about") for i in before)


@cache
def _tours() -> tuple[str, ...]:
    return words("roles", "reference", "tour")


@cache
def _talks() -> tuple[str, ...]:
    return words("roles", "reference", "talk")


def _talk(story: Story, line: Line, span: Span) -> Happening | None:
    """The encounter that one was present at: 参加会谈, 出席会见."""
    if not (line.text.endswith(_talks(), span.start, span.end) or line.text.startswith(_talks(), span.end)):
        return None
    return story.happenings.current(span.start, "encounter")


@cache
def _not_role() -> re.Pattern[str]:
    return re.compile(
        r"(?:下(?<!见证下)(?<!陪同下)|工作(?!会|座谈|推进)|者|人员|人数|过|活动的|单位|情况介绍|稿|精神|材料|词|权|办|的?(?:省|市|县|区)(?:领导|级))"
    )


def _tour(story: Story, line: Line, span: Span) -> Happening | None:
    """The tour that company is kept on: as a whole, not the site it comes to last."""
    tour = story.happenings.current(span.start, *TOURS)
    if tour is None or max(r.start for r in tour.references if r.start < span.start) < line.sentence.start - 300:
        return None
    return next(
        (h for h in story.happenings.all if h.kind in TOURS and not h.background and set(h.people) & set(tour.people)),
        tour,
    )
