"""Law and mishap: who was caught, tried and sentenced by whom, what befell where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.happenings import Happening, days_agree
from kg.extract.roles import roles_of
from kg.extract.shapes import Line
from kg.extract.story import Story
from kg.extract.trigger_table import triggers
from kg.extract.triggers import read_triggers, take_part, tell
from kg.language.lexicon import words
from kg.model import Span

_BODY = re.compile(r"(?:和|及|、)?(?P<body>[^，。；]{2,40}?)(?:审查调查|纪律审查|监察调查|立案审查|审查|调查)")
_PART = re.compile(r"(?:(?<!^)[和、及])?(?P<part>[^和、及]+)")
_INQUIRY = re.compile(
    r"接受(?P<who>[^，。；]{2,60}?)(?P<what>审查调查|纪律审查和监察调查|监察调查|纪律审查|审查|调查)(?![组人员])"
)


def read(story: Story) -> None:
    """Read what the verbs of ``data/cases.toml`` tell of; needs the happenings of the stages before."""
    _inquiries(story)
    read_triggers(story, "cases")


def merge(story: Story) -> None:
    """Make one of the happenings that tell of one inquiry: 陈某被查, 陈某涉嫌严重违纪违法. Before anybody takes part in them."""
    kept: list[Happening] = []
    for happening in [h for h in story.happenings.all if h.kind == "legal" and h.verbal and _looks_into(h)]:
        known = next((k for k in kept if set(k.people) == set(happening.people) and days_agree(k, happening)), None)
        if known is None:
            kept.append(happening)
            continue
        if not known.date:
            known.date, known.date_reason = happening.date, happening.date_reason
        story.happenings.all.remove(happening)
        # what refers to the second means the first from now on
        happening.label, happening.people, happening.reason = known.label, known.people, known.reason


def _looks_into(happening: Happening) -> bool:
    return any(t.rule == "case-inquiry" for t in triggers("cases").get(happening.head, ()))


def _inquiries(story: Story) -> None:
    """陈某目前正接受甲委纪律审查和乙委监察调查: who is looked into by whom."""
    trigger = triggers("cases")["接受调查"][0]
    for sentence in story.document.sentences:
        if sentence.kind != "body":
            continue
        line = story.lines.of(sentence)
        for match in _INQUIRY.finditer(line.text, sentence.start, sentence.end):
            roles = roles_of(line, Span(*match.span()), trigger)
            happening = tell(story, line, trigger, Span(*match.span()), roles)
            if happening is None:
                continue
            for key in _bodies(story, line, match.start() + len("接受"), line.clause_end(match.end())):
                take_part(story, key, happening, "organize", sentence.span, "inquiry-body", 0.8)


def _bodies(story: Story, line: Line, start: int, end: int) -> Iterator[str]:
    """The bodies before 纪律审查 and 监察调查: all that stands there is their name, whatever parts of it are known as names."""
    for match in _BODY.finditer(line.text, start, end):
        span = Span(*match.span("body"))
        named = [m for m in line.mentions(span.start, span.end, "organization") if m.span == span]
        if named:
            yield from story.draft.mentioned_all(named[0])
            continue
        for part in _PART.finditer(match.group("body")):
            if part.group("part").endswith(words("cases", "grammar", "inquirers")):
                begin = span.start + part.start("part")
                yield story.draft.entity(
                    "organization", part.group("part"), span=Span(begin, begin + len(part.group("part")))
                )
