"""What the stages that tell of happenings share: an article being read for them, its dates, its speech, its places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.analysis.dates import Dates
from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.extract.happenings import Happening, Happenings
from kg.extract.shapes import Line, Lines
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span


@dataclass(slots=True)
class Story:
    """An article being read for happenings."""

    document: Document
    draft: Draft
    dates: Dates
    lines: Lines

    @property
    def happenings(self) -> Happenings:
        return self.draft.happenings

    def key(self, mention: Mention) -> str:
        return self.draft.mentioned(mention)

    def printed(self, mentions: list[Mention]) -> str:
        return "、".join(self.document.name(m) for m in mentions)


def when_and_where(story: Story, line: Line, happening: Happening, start: int, end: int) -> None:
    happening.date, happening.date_reason = date_of(story, line, start, end)
    places = places_of(line, start, end)
    happening.places = [story.key(p) for p in places]


def date_of(story: Story, line: Line, start: int, end: int) -> tuple[str, str]:
    """The day of a happening told at an offset: named before it in its sentence, else after it in its clause."""
    before = story.dates.within(line.sentence.start, start)
    if before:
        return before[-1].value, before[-1].reason
    after = story.dates.within(start, line.clause_end(end))
    if after:
        return after[0].value, after[0].reason
    return "", ""


@cache
def _held_in() -> re.Pattern[str]:
    verbs = alternatives([*words("events", "holding", "after"), *words("events", "holding", "before")])
    return re.compile(f"在(?P<place>[^，。；在]{{1,30}}?)(?:隆重|顺利|圆满|成功|如期|正式|盛大|以[^，。；]{{2,10}}形式|共同|联合|主会场|同步|举办地)*(?:{verbs})")


def places_of(line: Line, start: int, end: int) -> list[Mention]:
    """Where it took place: 在X举行 in its clause."""
    text = line.text
    begin = line.clause_start(start, "。；！？;")
    stop = line.clause_end(end)
    for match in _held_in().finditer(text, begin, stop):
        if match.end() < start - 40:
            continue
        found = line.mentions(*match.span("place"), "place", "organization")
        if found:
            return found[-1:]
    return []


@cache
def _reporting() -> re.Pattern[str]:
    verbs = alternatives(words("events", "unreal", "reporting"))
    return re.compile(f"(?:{verbs})(?:了)?[，：:,“]")


def speech_zones(line: Line) -> list[Span]:
    """What a sentence reports as said: from a reporting verb's comma to the sentence's end, and quotations of some length."""
    match = _reporting().search(line.text, line.sentence.start, line.sentence.end)
    zones = [Span(match.end(), line.sentence.end)] if match else []
    for quote in re.compile(r"“[^”]{25,}(?:”|$)").finditer(line.text, line.sentence.start, line.sentence.end):
        zones.append(Span(*quote.span()))
    if re.compile(r"(?:要|一要|二要|三要|必须|希望|切实|坚持|坚决|各级|全力|下一步|据悉|据了解)").match(line.text, line.sentence.start):
        zones.append(line.sentence.span)
    return zones


def inside(zones: list[Span], offset: int) -> bool:
    return any(z.start <= offset < z.end for z in zones)
