"""Happenings that have a name: each name in a sentence is a new happening, or means one that is known."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.event_names import EventName
from kg.extract.happenings import Happening, numbers_differ, shortened
from kg.extract.shapes import Line
from kg.extract.sites import sites_after
from kg.extract.story import Story, when_and_where
from kg.language.lexicon import words
from kg.model import Mention, Span

_STUDIED = re.compile(r"上的?(?:重要|讲话|致辞|书面|精神)|(?:重要)?(?:讲话|精神)")
_ACTS = (
    "听取",
    "审议",
    "通过",
    "决定",
    "表决",
    "传达",
    "研究",
    "选举",
    "推举",
)  # what a meeting does; where and when it was held is not said there


def listed(line: Line, names: list[EventName]) -> list[EventName]:
    """A大会，B大会在…召开: the verb at the end of a list holds each of its names."""
    found: list[EventName] = []
    following: EventName | None = None
    for name in reversed(names):
        if (
            following is not None
            and following.held == "after"
            and name.held == ""
            and not name.bare
            and line.text[name.end : following.start] in ("，", "、", "和", "及", "与")
        ):
            name = replace(name, held="after", verb=following.verb)
        following = name
        found.append(name)
    return found[::-1]


def looked_back_at(line: Line, start: int, end: int) -> bool:
    """传达学习…会议精神: a happening that is only studied."""
    before = line.text[line.clause_start(start) : start]
    after = line.text[end : line.clause_end(end, "，。；！？,;：、")]
    return before.startswith(words("events", "background", "before")) and after.endswith(
        words("events", "background", "after")
    )


def _planned(line: Line, name: EventName) -> bool:
    """A meeting that this one only decides on: 会议决定，…第十一次会议于8月下旬召开."""
    before = line.text[line.sentence.start : name.start]
    return re.search(r"^(?:会议)?[^，。]{0,6}(?:决定|研究决定|建议)", before) is not None and name.held != "attending"


def named(story: Story, line: Line, name: EventName, background: bool) -> None:
    holders = line.subjects(name.verb.start, ("organization", "place")) if name.held == "before" else []
    holder = story.document.name(holders[-1]) if holders else ""
    known = _meant(story, line, name, holders)
    if known is not None:
        story.happenings.refer(known, Span(name.start, name.end))
        _better(story, line, known, name)
        return
    if name.held and (told := _unveiled(story, name)) is not None:
        told.names.append(told.label)
        told.label, told.head, told.verbal, told.rule = name.text, name.head, False, f"event-name-{name.held}"
        story.happenings.refer(told, Span(name.start, name.end))
        _better(story, line, told, name)
        return
    if name.held == "" or (name.pointing and name.bare and name.held != "before"):
        return
    located = name.held == "inside" and not name.bare and _spoken_at(story, line, name.start)
    if (
        name.held == "inside"
        and not located
        and not (
            name.bare
            and name.kind in ("meeting", "ceremony")
            and len(name.text) > 2
            and not name.text.startswith(("重要", "国际", "有关", "相关"))
        )
    ):
        return
    if name.held in ("before", "attending") and _general(story, line, name):
        return
    label = name.text
    if holder and (
        re.match(r"全[省市县区州镇乡]", label)
        or any(h.holder and h.holder != holder and h.label == label for h in story.happenings.all)
    ):
        # 全县领导干部会议 says nothing without whose
        label = f"{holder}{name.text}"
    elif name.bare:
        if name.text in ("活动", "会议", "仪式", "大会", "展览", "比赛") and not holders and name.held != "before":
            return
        label = f"{holder}{name.text}"
    confidence = {"before": 0.8, "after": 0.85, "attending": 0.7, "inside": 0.6}[name.held]
    happening = story.happenings.add(
        Happening(
            label,
            name.kind,
            Span(name.start, name.end),
            line.sentence.span,
            name.head,
            f"event-name-{name.held}",
            confidence=confidence,
        )
    )
    happening.holder = holder
    happening.background = (
        background
        or (located and _STUDIED.match(line.text, name.end) is not None)
        or _planned(line, name)
        or (name.held == "attending" and line.text[name.end : name.end + 1] == "的")
    )
    if name.kind == "visit" and name.held == "before":
        happening.people = story.keys(line.subjects(name.verb.start) or line.inherited(name.verb.start))
        happening.verbal = bool(happening.people)
    if label != name.text:
        happening.reason = "名称补以主办者"
        happening.names.append(name.text)
    when_and_where(story, line, happening, name.start, max(name.end, name.verb.end), name.end)
    if not happening.date and (years := story.dates.within(name.start, name.end)) and len(years[0].value) == 4:
        previous = story.dates.before(name.start)
        year = story.document.article.date[:4] or (previous.value[:4] if previous is not None else "")
        if year not in ("", "----", years[0].value):  # 2022年毕业典礼 in a report of 2023
            happening.date, happening.date_reason = years[0].value, years[0].reason
    if not happening.places and name.held == "attending" and not happening.background:
        happening.places = _attended_in(story, line, name.verb.start)
    if not happening.places and holders and holders[-1].type == "place" and not happening.background:
        # 无锡市举行…: a place that acts is where it happens
        happening.places = [story.key(holders[-1])]


def _general(story: Story, line: Line, name: EventName) -> bool:
    """Not this one or that: what is usual (通过举办单项赛事促进…), what is aimed at (为出席国际会议)."""
    text, begin = line.text, line.clause_start(name.verb.start)
    if story.dates.within(begin, name.end) or _SINGLE.search(text, name.start, name.end):
        return False
    return _AIMED.search(text, begin, name.verb.start) is not None


_AIMED = re.compile(
    r"(?:通过|为了?|以|便于|用于|有的[^，。；]{0,6}|各地|经常|定期|每年|每月|每周|常年|长期|多次|积极|探索[^，。；]{0,16}|调动[^，。；]{0,8}|鼓励[^，。；]{0,8}|引导[^，。；]{0,8}|支持[^，。；]{0,8}|吸引[^，。；]{0,8}|可以?|能够?|愿意?)$"
)
_SINGLE = re.compile(r"第[^，。；]{1,4}[届次场期轮]|首[届次场]|20\d\d|[“《]")


def _attended_in(story: Story, line: Line, verb: int) -> list[str]:
    """A在B出席X: B."""
    for item in reversed(line.items[line.index(line.clause_start(verb)) : line.index(verb)]):
        if item.text == "在":
            return [s.key for s in sites_after(story.draft, line, item.end, motion=True, limit=verb)[:1]]
    return []


_OF_A_WHOLE = (
    "开幕式",
    "开幕会",
    "开幕活动",
    "开幕式活动",
    "闭幕式",
    "闭幕会",
    "开幕",
)  # each is the opening of something
STARTS = ("启动仪式", "启动式", "开营仪式", "开营式", "开班仪式", "开班式")
_ENDING = re.compile(r"(?:会议|会|仪式|活动仪式|活动|(?<!方|形|公|模)式|典礼)$")
_AT = re.compile(r"(?:在|于|到|赴|来到|抵达|出席|参加)(?:本次|此次|这次|上述|了)?$")


def _spoken_at(story: Story, line: Line, start: int) -> bool:
    """Whether a name stands where one is: 在(今年5月的)X上, 到X时."""
    dates = story.dates.within(line.clause_start(start), start)
    if dates and line.text[dates[-1].end : start] in ("", "的"):
        start = dates[-1].start
    return _AT.search(line.text, line.sentence.start, start) is not None


def _better(story: Story, line: Line, known: Happening, name: EventName) -> None:
    """A happening told again, more fully: its longer name, the day and place that were missing."""
    if line.sentence.kind == "headline" or known.verbal:
        return
    if not name.bare and len(name.text) > len(known.label) and name.kind == known.kind:
        known.names.append(known.label)
        known.label = name.text
    acts = line.text[name.verb.start : name.verb.end].startswith(_ACTS)
    if name.held in ("before", "after") and not acts and (not known.date or not known.places):
        before = known.date, list(known.places)
        when_and_where(story, line, known, name.start, max(name.end, name.verb.end), name.end)
        known.date = before[0] or known.date
        known.places = before[1] or known.places


def _meant(story: Story, line: Line, name: EventName, holders: list[Mention]) -> Happening | None:
    """The happening that a name said again, or a pointing word, means."""
    happenings = story.happenings
    if name.held != "before" and len(name.text) <= 4 and name.head.endswith(("仪式", "式")):
        told = [h for h in happenings.all if not h.verbal and not h.background]
        if about := [h for h in told if _core(name.text) in h.label]:
            return about[-1]  # 开园仪式 of 开园节
        if name.text in STARTS and (started := happenings.current(name.start, "activity")) is not None:
            return started
    if name.text in _OF_A_WHOLE and name.held != "before":
        return next(
            (h for h in reversed(happenings.all) if h.label.endswith(name.text[:2] + "式") and not h.background), None
        ) or happenings.current(name.start, "meeting", "activity", "competition")
    if not name.bare:
        holder = story.document.name(holders[-1]) if holders else ""
        return happenings.named(name.text, name.kind, name.head, holder, loosely=name.held not in ("before", "after"))
    same = [
        h
        for h in happenings.all
        if not h.verbal
        and not h.background
        and (
            h.head == name.head
            or h.label.endswith(name.text)
            or _core(name.text) in h.label
            or shortened(name.text, h.label)
        )
        and not numbers_differ(h.label, name.text)
    ]
    if name.held == "before" and not name.pointing and (holders or name.text in ("座谈会", "仪式")):
        for happening in reversed(same):
            if (
                not holders
                or happening.holder == story.document.name(holders[-1])
                or line.sentence.start == happening.evidence.start
            ):
                return happening
        return None
    if same:
        return same[-1]
    if name.kind == "visit" and name.held != "before":
        return happenings.current(name.start, "visit", "trip")  # B一同参加慰问活动: of the tour that a verb told
    if name.head in ("会议", "大会", "会"):
        return happenings.current(name.start, "meeting") or happenings.current(
            name.start, "signing", "ceremony", "activity"
        )
    if name.head == "活动":
        return happenings.current(
            name.start, "activity", "ceremony", "competition", "visit", "meeting", "signing", "encounter"
        )
    if name.head == "仪式":
        return happenings.current(name.start, "ceremony", "signing")
    if name.head == "论坛":
        return happenings.current(name.start, "meeting")
    if name.head in ("展览", "比赛", "赛事", "决赛"):
        return happenings.current(name.start, "activity" if name.head == "展览" else "competition")
    return None


def _unveiled(story: Story, name: EventName) -> Happening | None:
    """The ceremony that a verb told of before its name comes: A、B共同揭牌 … 揭牌仪式."""
    if name.kind != "ceremony":
        return None
    return next(
        (
            h
            for h in story.happenings.all
            if h.verbal and h.kind == "ceremony" and len(h.head) >= 2 and h.head[-2:] in name.text
        ),
        None,
    )


def _core(text: str) -> str:
    """What a short name keeps of a longer one: 学习会 of 专题学习会议, 开园仪式 of 开园节."""
    core = _ENDING.sub("", text)
    return core if len(core) >= 2 else text
