"""Happenings: named ones (``…座谈会``) and those a verb tells (``督导检查安全生产工作``), each once in an article, with day and place."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.analysis.dates import Dates
from kg.analysis.document import Document
from kg.extract import appointed, cases, contests, deals, meetings, participation, visits
from kg.extract.draft import Draft
from kg.extract.event_names import EventName, find_names
from kg.extract.happenings import Happening, alike, numbers_differ
from kg.extract.shapes import Line, Lines
from kg.extract.story import Story, date_of, inside, speech_zones, when_and_where
from kg.language.event_words import event_verb_pattern, event_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_STUDIED = re.compile(r"上的?(?:重要|讲话|致辞|书面|精神)|(?:重要)?(?:讲话|精神)")
_GATHERED = ("meeting", "encounter", "ceremony", "visit", "signing")
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
_BESIDE = ("陪同", "随同", "一同", "一起", "参加", "参与", "陪")


def extract(document: Document, draft: Draft) -> None:
    story = Story(document, draft, Dates(document), Lines(document))
    for sentence in document.sentences:
        _read(story, story.lines.of(sentence))
        meetings.greeted(story, story.lines.of(sentence))
        meetings.called_on(story, story.lines.of(sentence))
    visits.read(story)
    cases.merge(story)
    participation.read(story)
    cases.read(story)
    contests.read(story)
    deals.read(story)
    appointed.read(story)
    for happening in (*story.happenings.all, *_openings(story)):
        _settle(story, happening)


_OPENING = ("开幕式", "开幕会", "开幕活动", "闭幕式")


def _openings(story: Story) -> list[Happening]:
    """The opening ceremony of what is told: a happening of its own, for all that is said of it is said of the whole."""
    found: dict[str, Happening] = {}
    for happening in story.happenings.all:
        for span in happening.references:
            word = story.document.text[span.start : span.end]
            if word not in _OPENING or "幕" in happening.label or happening.verbal:
                continue
            label = f"{happening.label}{word}"
            sentence = story.document.sentence_at(span.start)
            opening = Happening(
                label, "ceremony", span, sentence.span, word, "event-opening", background=True, confidence=0.6
            )
            opening.date, opening.places, opening.reason = happening.date, happening.places, "名称补以所属活动"
            found.setdefault(label, opening)
    return list(found.values())


def _read(story: Story, line: Line) -> None:
    """Names and verbs of one sentence, in the order they stand."""
    zones = speech_zones(line)
    names = _listed(line, find_names(line))
    for name in names:
        said = inside(zones, name.start)
        if not said or story.dates.within(line.clause_start(name.start), name.start):
            _named(story, line, name, said or _looked_back_at(line, name.start, name.end))
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
        if not _looked_back_at(line, match.start(), match.end()):
            _told(story, line, Span(*match.span()), match.group())


# --- named happenings


def _listed(line: Line, names: list[EventName]) -> list[EventName]:
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


def _looked_back_at(line: Line, start: int, end: int) -> bool:
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


def _named(story: Story, line: Line, name: EventName, background: bool) -> None:
    holders = line.subjects(name.verb.start, ("organization", "place")) if name.held == "before" else []
    holder = story.document.name(holders[-1]) if holders else ""
    known = _meant(story, line, name, holders)
    if known is not None:
        story.happenings.refer(known, Span(name.start, name.end))
        _better(story, line, known, name)
        return
    if name.held == "" or (name.pointing and name.bare and name.held != "before"):
        return
    located = (
        name.held == "inside"
        and not name.bare
        and line.text[max(line.sentence.start, name.start - 1) : name.start] in ("在", "于")
    )
    if (
        name.held == "inside"
        and not located
        and not (name.bare and name.kind in ("meeting", "ceremony") and len(name.text) > 2 and story.happenings.all)
    ):
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
    if not happening.places and holders and holders[-1].type == "place" and not happening.background:
        # 无锡市举行…: a place that acts is where it happens
        happening.places = [story.key(holders[-1])]


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
    if not name.bare:
        return happenings.named(name.text, name.kind, name.head, story.document.name(holders[-1]) if holders else "")
    same = [
        h
        for h in happenings.all
        if not h.verbal
        and not h.background
        and (h.head == name.head or h.label.endswith(name.text) or _core(name.text) in h.label)
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
    if name.head in ("会议", "大会", "会"):
        return happenings.current(name.start, "meeting") or happenings.current(
            name.start, "signing", "ceremony", "activity"
        )
    if name.text in ("开幕式", "开幕会", "闭幕式", "闭幕会", "开幕") and name.held != "before":
        return happenings.current(name.start, "meeting")
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


def _core(text: str) -> str:
    """What a short name keeps of a longer one: 学习会 of 专题学习会议."""
    core = text.removesuffix("议").removesuffix("会")
    return core if len(core) >= 2 and core != text else text


# --- happenings told by a verb


def _told(story: Story, line: Line, span: Span, word: str) -> None:
    entry = event_verbs()[word]
    items = line.items
    index = line.index(span.start)
    own = items[index] if index < len(items) and items[index].start == span.start else None
    if own is None or own.mention is not None or _unreal(line, index, span.start):
        return
    previous = items[index - 1] if index else None
    if re.match(r"(?:中|时|后|前|上|期间|以来)[，,：、的]", line.text[span.end : span.end + 3]):
        return
    if previous is not None and (
        (previous.text == "的" and entry.kind != "encounter")
        or (entry.kind in ("visit", "encounter") and previous.text in _BESIDE)
        or (previous.tag == "vn" and own.tag == "vn" and entry.kind != "encounter")
    ):
        return
    happenings = story.happenings
    codes = ("person", "organization", "place") if entry.kind in ("signing", "transaction", "launch") else ("person",)
    subjects = line.subjects(span.start, codes)
    if (
        not subjects
        and entry.kind in ("visit", "signing", "trip")
        and not line.mentions(line.clause_start(span.start), span.start, "person", "organization")
    ):
        subjects = line.inherited(span.start, codes)
    if entry.kind == "visit":
        subjects = subjects or visits.led(line, span.start)
        if not subjects:
            subjects = [m for m in line.subjects(span.start, ("organization",)) if m.text.endswith(visits.TOURING)]
        _visit(story, line, span, word, subjects)
        return
    if entry.kind == "encounter":
        meetings.told(story, line, span, word)
        return
    if not subjects and not (entry.kind in ("ceremony", "launch") and own.tag == "v"):
        return
    label = _label(story, line, span, subjects, entry.kind)
    if not label:
        return
    known = next(
        (
            h
            for h in happenings.all
            if h.label == label or (h.kind == entry.kind and h.verbal and _same(story, h, word, label, subjects))
        ),
        None,
    )
    if known is not None:
        known.people += [k for k in map(story.key, subjects) if k not in known.people]
        happenings.refer(known, span)
        return
    happening = Happening(
        label, entry.kind, span, line.sentence.span, word, f"event-verb-{entry.kind}", verbal=True, confidence=0.6
    )
    happening.people = story.keys(subjects)
    happenings.add(happening)
    when_and_where(story, line, happening, span.start, span.end)


def _same(story: Story, happening: Happening, word: str, label: str, subjects: list[Mention]) -> bool:
    """A happening told again: the same verb of the same people, or much the same words."""
    together = bool(set(happening.people) & set(story.keys(subjects)))
    return (happening.head == word and together) or (
        (together or happening.kind == "signing") and alike(happening.label, label) >= 0.6
    )


def _label(story: Story, line: Line, span: Span, subjects: list[Mention], kind: str) -> str:
    end = min(line.clause_end(span.end), span.end + 40)
    object_ = line.text[span.start : end].strip()
    if kind in ("legal", "incident", "trip", "transaction", "launch", "ceremony"):
        start = line.clause_start(span.start)
        if subjects:
            return f"{story.printed(subjects[:2])}{object_ if kind in ('trip', 'transaction', 'launch', 'ceremony') else line.text[span.start : span.end]}"
        clause = re.sub(r"^[^，。]{0,10}?(?:日|上午|下午|晚|今天|日前|近日)[，]?", "", line.text[start:end])
        return clause.strip() if 4 <= len(clause) <= 50 else ""
    if len(object_) <= span.end - span.start:
        return ""
    return object_


def _visit(story: Story, line: Line, span: Span, word: str, subjects: list[Mention]) -> None:
    """A tour: one happening for its leader, whatever the verbs it is told with (调研 … 走访了 … 察看)."""
    happenings = story.happenings
    text = line.text
    reason = ""
    if not subjects:
        # 一行来到…，实地走访: the one of the clause before, or the tour's leader for a group
        happening = happenings.current(span.start, "visit")
        if happening is not None and (
            line.sentence.span == happening.evidence
            or re.search(
                r"调研组|考察团|督导组|检查组|一行|代表团|慰问团|工作组|领导", text[line.sentence.start : span.start]
            )
        ):
            happenings.refer(happening, span)
        elif (group := _unnamed().search(text, line.clause_start(span.start), span.start)) is not None:
            _toured(story, line, span, word, group.start())
        return
    keys = story.keys(subjects)
    date = date_of(story, line, span.start, span.end)[0]
    apart = False
    for happening in happenings.all:
        if happening.kind == "visit" and happening.verbal and set(happening.people) & set(keys):
            if (
                len(keys) <= 2
                and len(happening.people) >= 3
                and line.sentence.span != happening.evidence
                and line.sentence.kind == "body"
                and line.text[span.end : span.end + 1] == "了"
            ):
                # each of a list of leaders went elsewhere: 江、张、钱等走访慰问; 钱走访慰问了A
                apart = True
                continue
            headline = story.document.sentence_at(happening.anchor.start).kind == "headline"
            if not date or not happening.date or date == happening.date or headline:
                happenings.refer(happening, span)
                for key in keys:
                    if key not in happening.people and line.sentence.span == happening.evidence:
                        happening.people.append(key)
                if date and not happening.date:
                    happening.date = date
                return
    label = _visit_label(story, line, span, subjects)
    happening = Happening(
        label,
        "visit",
        span,
        line.sentence.span,
        word,
        "event-verb-visit-apart" if apart else "event-verb-visit",
        verbal=True,
        confidence=0.75,
        reason=reason,
    )
    happening.people = keys
    happenings.add(happening)
    when_and_where(story, line, happening, span.start, span.end)
    for place in happening.places:
        for person in keys:
            story.draft.fact("visit", person, place, line.sentence.span, "visit-in", confidence=0.7)


@cache
def _unnamed() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('events', 'tour', 'unnamed'))})(?:一行|们)?(?:[^，。；的]{{0,24}})$")


def _toured(story: Story, line: Line, span: Span, word: str, start: int) -> None:
    """A tour of people whom nobody names: 与会专家还实地参访了A."""
    happenings = story.happenings
    end = min(line.clause_end(span.end), span.end + 40)
    label = line.text[start:end].strip()
    if any(h.kind == "visit" and h.verbal and alike(h.label, label) >= 0.5 for h in happenings.all):
        return
    happening = Happening(
        label, "visit", span, line.sentence.span, word, "event-verb-visit-group", verbal=True, confidence=0.6
    )
    when_and_where(story, line, happening, span.start, span.end)
    if happening.places:
        happenings.add(happening)


@cache
def _motion() -> re.Pattern[str]:
    return re.compile(r"(?:赴|到|来到|前往|来|深入|走进|在)[^，。；]{2,30}$")


def _visit_label(story: Story, line: Line, span: Span, subjects: list[Mention]) -> str:
    end = min(line.clause_end(span.end), span.end + 40)
    printed = line.text[span.start : end].strip()
    begin = line.text[line.sentence.start : span.start].endswith(("开展", "进行"))
    printed = re.sub(r"(?<=.{4})并.*$", "", printed)
    if len(printed) - (span.end - span.start) >= 2:
        return ("开展" if begin else "") + printed
    start = max(line.clause_start(span.start), subjects[-1].end if subjects[-1].end <= span.start else 0)
    motion = _motion().search(line.text, start, span.start)
    clause = (line.text[motion.start() : end] if motion else line.text[start:end]).strip()
    if motion is None or len(clause) < 6:
        clause = f"{story.document.name(subjects[0])}{clause[-30:]}"
    return clause


def _unreal(line: Line, index: int, start: int) -> bool:
    """A wish, an instruction, a habit: 要深入调研, 希望访问."""
    unreal = word_set("events", "unreal", "before")
    for back in (1, 2):
        if index - back < 0:
            return False
        item = line.items[index - back]
        if item.mention is not None or item.code == "mark":
            return False
        if item.text in unreal:
            return True
    return False


# --- facts


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
    key = story.draft.entity("event", happening.label, span=happening.anchor, reason=happening.reason)
    for place in happening.places or [""]:
        story.draft.fact(
            "event", key, place, happening.evidence, happening.rule, confidence=happening.confidence,
            reason=happening.reason or happening.date_reason, kind=happening.kind, date=happening.date,
        )  # fmt: skip
