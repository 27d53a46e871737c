"""Happenings that a verb tells (``督导检查安全生产工作``), tours above all."""

from __future__ import annotations

import re
from functools import cache

from kg.extract import meetings, visits
from kg.extract.happenings import Happening, alike
from kg.extract.shapes import Line
from kg.extract.sites import sites_after
from kg.extract.story import Story, date_of, inside, speech_zones, when_and_where
from kg.language.event_words import event_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

# 考察后，…; 视察时的重要讲话精神
_LOOKED_BACK = re.compile(
    r"(?:中|时|后|前|上|期间|以来)[，,：、的]|(?:时|期间)?的?(?:系列)?重要(?:讲话|指示|批示|论述)"
)
_BESIDE = ("陪同", "随同", "一同", "一起", "参加", "参与", "陪")


def told(story: Story, line: Line, span: Span, word: str) -> None:
    entry = event_verbs()[word]
    items = line.items
    index = line.index(span.start)
    own = items[index] if index < len(items) and items[index].start == span.start else None
    if own is None or own.mention is not None or _unreal(line, index, span.start):
        return
    previous = items[index - 1] if index else None
    if _LOOKED_BACK.match(line.text, span.end, line.sentence.end):
        return
    at = _light(line, span.start) if entry.kind in ("visit", "trip") else span.start
    if previous is not None and (
        (previous.text == "的" and entry.kind != "encounter")
        or (entry.kind in ("visit", "encounter") and previous.text in _BESIDE)
        or (previous.tag == "vn" and own.tag == "vn" and entry.kind != "encounter" and at == span.start)
    ):
        return
    if entry.kind == "visit" and visits.coming(line, span.start) is not None:
        return  # 与来A考察的B座谈: who comes is told of, not the coming
    happenings = story.happenings
    if at != span.start and (_unreal(line, line.index(at), at) or _TIMES.search(line.text, line.clause_start(at), at)):
        return
    codes = ("person", "organization", "place") if entry.kind in ("signing", "transaction", "launch") else ("person",)
    subjects = line.subjects(at, codes)
    if (
        not subjects
        and entry.kind in ("visit", "signing", "trip")
        and not line.mentions(line.clause_start(span.start), span.start, "person", "organization")
    ):
        subjects = line.inherited(span.start, codes)
    if entry.kind in ("visit", "trip"):
        subjects = visits.with_spouse(line, subjects)
    if entry.kind == "visit":
        subjects = subjects or visits.led(line, span.start)
        if not subjects:
            bodies = line.subjects(at, ("organization",))
            towards = at != span.start and "对" in line.text[line.clause_start(at) : at]
            # 市场监管局对A进行了检查: a body looks into something
            subjects = [m for m in bodies if towards or m.text.endswith(visits.TOURING)]
        _visit(story, line, span, word, subjects)
        return
    if entry.kind == "encounter":
        meetings.told(story, line, span, word)
        return
    if not subjects and not (entry.kind in ("ceremony", "launch") and own.tag == "v"):
        return
    label = _label(story, line, span, subjects, entry.kind)
    if not label or _ASSESSED.search(label) or _in_quotation(line, span):
        return
    if entry.kind == "ceremony" and (named := _named_ceremony(story, word)) is not None:
        happenings.refer(named, span)
        return
    known = next(
        (
            h
            for h in happenings.all
            if h.label == label or (h.kind == entry.kind and h.verbal and _same(story, line, h, word, label, subjects))
        ),
        None,
    )
    if known is not None:
        known.people += [k for k in map(story.key, subjects) if k not in known.people]
        happenings.refer(known, span)
        _more(story, line, known, span, label, word)
        return
    happening = Happening(
        label, entry.kind, span, line.sentence.span, word, f"event-verb-{entry.kind}", verbal=True, confidence=0.6
    )
    happening.people = story.keys(subjects)
    happenings.add(happening)
    when_and_where(story, line, happening, span.start, span.end)
    if entry.kind == "trip":
        happening.places = happening.places or [story.key(m) for m in visits.paid_to(line, at)]
        happening.background = inside(speech_zones(line), span.start)


_LIGHT = re.compile(r"(?:开展|进行|展开|举行)了?(?:“[^”，。]{1,12}”[^，。；“”]{0,8}|[^，。；“”]{0,20})?$")


_TIMES = re.compile(r"(?:[0-9两三四五六七八九十百多几数]+次|累计|共计?)[^，。；次]{0,16}$")


def _light(line: Line, offset: int) -> int:
    """Where the verb stands that has a verbal noun as its object: 开展“八一”走访慰问, 进行国事访问; else the offset itself."""
    match = _LIGHT.search(line.text, line.clause_start(offset), offset)
    if match is None or not line.is_word(line.index(match.start()), match.start()):
        return offset
    return match.start()


# what it means that something was signed, not that it was
_ASSESSED = re.compile(r"[更还也]?是[^，。]{0,4}一|意味着|标志着")


def _in_quotation(line: Line, span: Span) -> bool:
    """Whether a verb stands in a short quotation: a motto, the name of a plan (“签约一批”)."""
    opening = line.text.rfind("“", line.sentence.start, span.start)
    if opening < 0 or line.text.find("”", opening, span.start) >= 0:
        return False
    closing = line.text.find("”", span.end, line.sentence.end)
    return 0 <= closing - opening <= 20


def _named_ceremony(story: Story, word: str) -> Happening | None:
    """The ceremony that has a name where a verb tells of it too: 揭牌仪式, A、B共同揭牌."""
    core = re.sub("共同|正式|集中|成立|建设", "", word)
    return next(
        (
            h
            for h in story.happenings.all
            if not h.verbal and not h.background and h.kind in ("ceremony", "signing", "activity") and core in h.label
        ),
        None,
    )


def _more(story: Story, line: Line, known: Happening, span: Span, label: str, word: str) -> None:
    """What a happening told again adds: the day, the place; of a death the word that leaves no doubt."""
    if line.sentence.kind == "headline" or known.kind not in ("ceremony", "launch", "incident"):
        return
    if known.kind == "incident" and known.head != word and word in ("逝世", "去世", "病逝", "辞世", "死亡"):
        known.label, known.head = label, word
    if not known.date or not known.places:
        before = known.date, list(known.places)
        when_and_where(story, line, known, span.start, span.end)
        known.date, known.places = before[0] or known.date, before[1] or known.places


def _same(story: Story, line: Line, happening: Happening, word: str, label: str, subjects: list[Mention]) -> bool:
    """A happening told again: the same verb of the same people, or much the same words."""
    together = bool(set(happening.people) & set(story.keys(subjects)))
    if happening.kind == "incident" and together and word in _DEATHS and happening.head in _DEATHS:
        return True
    if happening.kind == "trip" and together and happening.evidence == line.sentence.span:
        return True  # 抵达A，对B进行访问
    if happening.kind == "launch" and alike(happening.label, label) >= 0.5:
        return True
    if happening.kind == "signing" and (_what(happening.label) == _what(label) or alike(happening.label, label) >= 0.6):
        return True
    return together and (happening.head == word or alike(happening.label, label) >= 0.6)


_DEATHS = ("逝世", "去世", "病逝", "辞世", "死亡", "身亡", "离世", "自杀", "坠亡", "溺亡")


def _what(label: str) -> str:
    """What is signed: 合作备忘录 of 共同签署了合作备忘录."""
    return re.sub(r"^(?:共同|联合|正式)?(?:签署|签订|签约|签下|续签|会签|达成|签字)了?", "", label)


def _label(story: Story, line: Line, span: Span, subjects: list[Mention], kind: str) -> str:
    end = min(line.clause_end(span.end), span.end + 40)
    object_ = line.text[span.start : end].strip()
    if kind in ("legal", "incident", "trip", "transaction", "launch", "ceremony"):
        start = line.clause_start(span.start)
        whom = _FOR.search(line.text, start, span.start) if kind == "ceremony" else None
        if whom is not None:
            return line.text[whom.start() : end].strip()
        if subjects and _heads_noun(line, subjects[-1], span.start):
            return line.text[subjects[0].start : end].strip()  # 青河县新桥通车: the bridge, not the county
        if subjects:
            return f"{story.printed(subjects[:2])}{object_ if kind in ('trip', 'transaction', 'launch', 'ceremony') else line.text[span.start : span.end]}"
        clause = re.sub(r"^[^，。]{0,10}?(?:日|上午|下午|晚|今天|日前|近日)[，]?", "", line.text[start:end])
        return clause.strip() if 4 <= len(clause) <= 50 else ""
    if len(object_) <= span.end - span.start:
        # A与B正式签约: who signs is all that is said
        return f"{story.printed(subjects[:2])}{object_}" if kind == "signing" and len(subjects) > 1 else ""
    return object_


def _heads_noun(line: Line, subject: Mention, verb: int) -> bool:
    """Whether a place or body only says whose a noun is that stands between it and the verb."""
    items = line.items[line.index(subject.end) : line.index(verb)]
    nouns = bool(items) and items[0].code == "word" and items[0].tag in ("n", "nz", "nw", "an", "LOC", "ORG")
    return nouns and subject.type != "person" and all(i.code == "word" and i.text != "的" for i in items)


_FOR = re.compile(r"为[^，。；]{2,50}$")


def _visit(story: Story, line: Line, span: Span, word: str, subjects: list[Mention]) -> None:
    """A tour: one happening for its leader, whatever the verbs it is told with (调研 … 走访了 … 察看)."""
    happenings = story.happenings
    text = line.text
    reason = ""
    current = happenings.current(span.start, "visit")
    if current is not None and subjects and all(m.text.removesuffix("一行") in _groups() for m in subjects):
        happenings.refer(current, span)  # 考察团一行先后参观了A和B: the tour that is told
        _seen(story, line, current, span)
        return
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
                and (line.text[span.end : span.end + 1] == "了" or _light(line, span.start) < span.start)
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


def _groups() -> frozenset[str]:
    return word_set("events", "tour", "group")


def _seen(story: Story, line: Line, tour: Happening, span: Span) -> None:
    """The sites that a sentence adds to a tour."""
    for site in sites_after(story.draft, line, span.end, motion=False):
        if site.key not in tour.places:
            tour.places.append(site.key)


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
    return re.compile(r"(?:赴|到|来到|前往|来|深入|走进|在)[^，。；]{2,60}$")


# 调研防汛工作时强调, 调研防汛工作并召开座谈会
_GOES_ON = re.compile(
    r"(?<=.{4})(?:并.*|(?:时|期间|过程中|的?同时|之后|后)(?:[^，。]{0,4}(?:指出|强调|表示|要求|说|提出|透露|介绍|称))?)$"
)


def _visit_label(story: Story, line: Line, span: Span, subjects: list[Mention]) -> str:
    end = min(line.clause_end(span.end), span.end + 40)
    printed = line.text[span.start : end].strip()
    begin = line.text[_light(line, span.start) : span.start]
    printed = _GOES_ON.sub("", printed)
    if len(printed) - (span.end - span.start) >= 2:
        return begin + printed
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
