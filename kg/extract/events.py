"""Happenings: named ones (``…座谈会``) and those a verb tells (``督导检查安全生产工作``), each once in an article, with day and place."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.analysis.document import Document
from kg.extract import acts, appointed, cases, contests, deals, meetings, participation, visits
from kg.extract.draft import Draft
from kg.extract.event_names import find_names
from kg.extract.happenings import Happening
from kg.extract.named import STARTS, listed, looked_back_at, named
from kg.extract.shapes import Line
from kg.extract.story import Story, inside, speech_zones
from kg.extract.told import told
from kg.language.event_words import event_verb_pattern, heads
from kg.model import Span

_BEFALLS = ("launch", "other", "incident", "activity", "competition")
_GATHERED = ("meeting", "encounter", "ceremony", "visit", "signing")


def extract(document: Document, draft: Draft) -> None:
    story = Story(document, draft, draft.dates, draft.lines)
    for sentence in document.sentences:
        if sentence.kind != "headline":
            _read(story, story.lines.of(sentence))
    _read_headlines(story)
    visits.read(story)
    cases.merge(story)
    deals.merge(story)
    participation.read(story)
    acts.read(story, force=True)
    cases.read(story)
    contests.read(story)
    deals.read(story)
    appointed.read(story)
    acts.read(story)
    for happening in (*story.happenings.all, *_openings(story), *_wholes(story)):
        _settle(story, happening)


_OPENING = ("开幕式", "开幕会", "开幕活动", "开幕式活动", "闭幕式", *STARTS)


def _openings(story: Story) -> list[Happening]:
    """The opening ceremony of what is told: a happening of its own, for all that is said of it is said of the whole."""
    found: dict[tuple[str, str], Happening] = {}  # one for each whole, whatever the word
    for happening in story.happenings.all:
        for span in happening.references:
            word = story.document.text[span.start : span.end]
            if word not in _OPENING or word[:2] in happening.label or "幕" in happening.label or happening.verbal:
                continue
            label = f"{happening.label}{word}"
            sentence = story.document.sentence_at(span.start)
            opening = Happening(
                label, "ceremony", span, sentence.span, word, "event-opening", background=True, confidence=0.6
            )
            opening.date, opening.places, opening.reason = happening.date, happening.places, "名称补以所属活动"
            if word.startswith("闭") and happening.kind in ("competition", "activity"):
                opening.date = ""  # its last day is not its first
            found.setdefault((happening.label, word[:2]), opening)
    return list(found.values())


_WHOLE = re.compile(
    r"^(?P<whole>.*?第[一二三四五六七八九十百0-9]+届.{2,30}?(?P<head>博览会|洽谈会|交易会|运动会|艺术节|文化节|旅游节|论坛|峰会|年会|双年展))(?P<part>.{3,})$"
)


def _wholes(story: Story) -> list[Happening]:
    """The fair, the games of which a named happening is a part: 第九届A博览会 of 第九届A博览会B项目签约仪式."""
    found: dict[str, Happening] = {}
    for happening in story.happenings.all:
        match = None if happening.verbal or happening.background else _WHOLE.match(happening.label)
        if match is None or match["part"].startswith(("暨", "组委", "执委")):
            continue
        label = match["whole"]
        if any(h.label != happening.label and label in h.label for h in story.happenings.all):
            continue
        whole = replace(
            happening, label=label, kind=heads()[match["head"]], rule="event-whole", confidence=0.6, reason="名称含所属活动",
            references=[], names=[],
        )  # fmt: skip
        if match["part"].startswith("闭幕"):
            whole.date, whole.places = "", []  # its last day is not when it was
        found.setdefault(label, whole)
    return list(found.values())


def _read_headlines(story: Story) -> None:
    """What headlines tell: of what the text tells they only speak again, shorter; alone they tell it themselves."""
    lines = [story.lines.of(s) for s in story.document.sentences if s.kind == "headline"]
    if all(h.background for h in story.happenings.all):
        for line in lines:
            _read(story, line)
        return
    for line in lines:
        for name in find_names(line):
            known = story.happenings.named(name.text, name.kind, name.head)
            if known is not None:
                story.happenings.refer(known, Span(name.start, name.end))


def _read(story: Story, line: Line) -> None:
    """Names and verbs of one sentence, in the order they stand."""
    zones = speech_zones(line)
    names = listed(line, find_names(line))
    for name in names:
        said = inside(zones, name.start)
        if not said or story.dates.within(line.clause_start(name.start), name.start):
            named(story, line, name, said or looked_back_at(line, name.start, name.end))
        else:
            known = story.happenings.named(name.text, name.kind, name.head)
            if known is not None:
                story.happenings.refer(known, Span(name.start, name.end))
    taken = [Span(n.start, n.end) for n in names]
    for match in event_verb_pattern().finditer(line.text, line.sentence.start, line.sentence.end):
        if any(t.start < match.end() and match.start() < t.end for t in taken):
            continue
        if inside(zones, match.start()) and not story.dates.within(line.clause_start(match.start()), match.start()):
            continue
        if not looked_back_at(line, match.start(), match.end()):
            told(story, line, Span(*match.span()), match.group())
    meetings.greeted(story, line)
    meetings.called_on(story, line)


def _led_by_place(story: Story, happening: Happening) -> list[str]:
    """The place that the clause begins with which tells what befell or was opened, or what stands behind its 的:
    青河县新桥通车, 甲公司投资的青河县新桥通车."""
    line = story.lines.at(happening.anchor.start)
    start = line.text.find(happening.label, line.sentence.start, line.sentence.end)
    if start < 0:
        return []
    verb = line.text.find(happening.head, start, line.sentence.end)
    start = max(start, line.text.rfind("的", start, max(start, verb)) + 1)
    last = None
    for item in line.items[line.index(start) :]:
        if item.code != "place" or item.mention is None:
            break
        last = item.mention
    if last is None or line.text[last.end : last.end + 1] in "、和与及，":
        return []
    key = story.key(last)
    return [] if happening.kind == "incident" and key in happening.people else [key]  # who strikes is not where


def _settle(story: Story, happening: Happening) -> None:
    if not happening.date and not happening.background:
        previous = story.dates.before(happening.anchor.start)
        if (
            previous is not None
            and previous.is_day
            and happening.kind in _GATHERED
            and happening.anchor.start - previous.end < 300
        ):
            happening.date, happening.date_reason = previous.value, "承上文日期"
    if not happening.places and not happening.verbal and happening.kind in ("ceremony", "activity", "competition"):
        inside = [
            m
            for m in story.document.mentions_in(happening.anchor.start, happening.anchor.end)
            if m.type == "place" and len(m.text) > 1
        ]
        if inside and inside[0].start == happening.anchor.start:
            happening.places = [story.key(inside[0])]
    if not happening.places and happening.verbal and happening.kind in _BEFALLS:
        happening.places = _led_by_place(story, happening)
    key = story.draft.entity("event", happening.label, span=happening.anchor, reason=happening.reason)
    for place in happening.places or [""]:
        story.draft.fact(
            "event", key, place, happening.evidence, happening.rule, confidence=happening.confidence,
            reason=happening.reason or happening.date_reason, kind=happening.kind, date=happening.date,
        )  # fmt: skip
