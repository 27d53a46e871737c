"""Who spoke at a gathering: acts of speech (作了说明), what it heard (听取…的汇报), statements made there."""

from __future__ import annotations

import re
from functools import cache

from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.extract.happenings import Happening
from kg.extract.participation import add_role
from kg.extract.reference import spoken_of
from kg.extract.shapes import BODIES, Line
from kg.extract.story import Story, inside, speech_zones
from kg.language.lexicon import alternatives, words
from kg.model import Mention

_GATHERINGS = ("meeting", "ceremony", "activity", "signing", "encounter")
_ANY = ("person", "organization")


def extract(document: Document, draft: Draft) -> None:
    """Add who spoke by an act of speech, whom a meeting heard, whose statement is reported from there. Statements are found before."""
    story = Story(document, draft, draft.dates, draft.lines)
    for sentence in story.document.sentences:
        if sentence.kind != "headline":
            _acts(story, story.lines.of(sentence))
            _heard(story, story.lines.of(sentence))
    for fact in draft.facts("statement"):
        if not fact.subject.startswith("person:") or document.sentence_at(fact.evidence.start).kind == "headline":
            continue
        line = story.lines.at(fact.evidence.start)
        happening, how = _there(story, line, line.sentence.end, fact.subject)
        if how == "spoken":
            continue
        if (
            happening is not None
            and not happening.verbal
            and happening.kind in ("meeting", "ceremony", "signing", "activity")
        ):
            _speaks(story, fact.subject, happening, line, f"states-{how}", 0.6)


@cache
def _act() -> re.Pattern[str]:
    light, nouns = alternatives(words("roles", "speech", "light")), alternatives(words("roles", "speech", "nouns"))
    alone = alternatives(words("roles", "speech", "alone"))
    return re.compile(
        f"(?:(?P<light>{light})[^，。；：！？,;:]{{0,18}}?(?:{nouns})(?=[，。；：！？,;:\\s并和、及]|$)|(?P<alone>{alone})(?!会|厅))"
    )


@cache
def _hears() -> re.Pattern[str]:
    heard, nouns = (
        alternatives(words("roles", "speech", "heard")),
        alternatives(words("roles", "speech", "heard_nouns")),
    )
    return re.compile(f"(?:{heard})(?P<who>[^。；]{{2,}}?)(?:{nouns})")


def _acts(story: Story, line: Line) -> None:
    zones = speech_zones(line)
    for match in _act().finditer(line.text, line.sentence.start, line.sentence.end):
        if inside(zones, match.start()):
            continue
        for mention in _speakers(line, match.start(), match["light"] or ""):
            for key in story.draft.mentioned_all(mention):
                happening, how = _there(story, line, match.start(), key)
                if happening is not None and (match["alone"] != "发布" or happening.head.endswith("发布会")):
                    rule = f"act-{'light' if match['light'] else 'alone'}-{how}"
                    _speaks(story, key, happening, line, rule, 0.7, match.start())


def _speakers(line: Line, offset: int, light: str) -> list[Mention]:
    """Who does an act of speech: before its verb, before the first verb of its clause, or in the clause before."""
    people = line.subjects(offset) or line.inherited(offset) or line.topic(offset)
    if people or light in words("roles", "speech", "weak"):
        return people
    start = line.clause_start(offset)
    for item in line.items[line.index(start) : line.index(offset)]:
        if item.tag == "v" or item.code == "preposition" or item.text in words("roles", "walk", "motion"):
            return line.subjects(item.start, BODIES)
    return line.subjects(offset, BODIES)


def _there(story: Story, line: Line, offset: int, key: str) -> tuple[Happening | None, str]:
    """The gathering that speech is reported from, and what says so: ``named`` in the sentence (座谈会上), ``known`` who is known to be there, ``spoken`` of."""
    references = story.happenings.references(line.sentence.start, offset)
    zones = speech_zones(line)
    for reference in reversed(references):
        if (
            not inside(zones, reference.start)
            and line.text.startswith(words("roles", "speech", "there"), reference.end)
            and reference.happening.kind in _GATHERINGS
        ):
            return reference.happening, "named"
    happening = spoken_of(story, offset, *_GATHERINGS)
    if happening is None:
        return None, ""
    at = _at_meeting().search(line.text, line.sentence.start, line.sentence.end)
    if at is not None and not inside(zones, at.start()):
        return happening, "named"
    for other in (happening, *reversed(story.happenings.all)):
        if key in other.people and other.kind in _GATHERINGS and not other.background and other.anchor.start < offset:
            return other, "known"
    if (
        happening.verbal
        or happening.kind not in ("meeting", "ceremony")
        or story.happenings.current(offset, "visit", "trip") not in (None, _before(story, offset, happening))
    ):
        return None, ""
    return happening, "spoken"


def _before(story: Story, offset: int, happening: Happening) -> Happening | None:
    """The tour spoken of last, where a gathering is told of after it."""
    tour = story.happenings.current(offset, "visit", "trip")
    last = max((r.end for r in happening.references if r.start < offset), default=-1)
    return (
        tour
        if tour is not None and max((r.end for r in tour.references if r.start < offset), default=-1) < last
        else None
    )


@cache
def _at_meeting() -> re.Pattern[str]:
    return re.compile("(?:会|仪式|活动|论坛|现场|大会)上|会议(?:现场|期间)|(?:讲话|致辞|发言|总结|演讲)(?:中|时)")


def _heard(story: Story, line: Line) -> None:
    for match in _hears().finditer(line.text, line.sentence.start, line.sentence.end):
        start, end = match.span("who")
        about = line.text.find("关于", start, end)
        for mention in line.mentions(start, about if about >= 0 else end, *_ANY):
            if about < 0 and line.text[mention.end : end] not in ("", "的"):
                continue
            for key in story.draft.mentioned_all(mention):
                happening, _ = _there(story, line, match.start(), key)
                if happening is not None:
                    _speaks(story, key, happening, line, f"heard-{'about' if about >= 0 else 'from'}", 0.6)


def _speaks(
    story: Story, key: str, happening: Happening, line: Line, rule: str, confidence: float, at: int = -1
) -> None:
    rule = f"{rule}-{key.split(':')[0]}"
    add_role(story, key, happening, "speak", line.sentence.span, rule, confidence, there="named" in rule, at=at)
