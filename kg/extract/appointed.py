"""Appointments as happenings: one for each person and sentence that tells of a change of posts."""

from __future__ import annotations

import re

from kg.extract.happenings import Happening
from kg.extract.shapes import Line
from kg.extract.story import Story, date_of
from kg.model import Fact

_DECIDED = re.compile("决定任命|任命|决定|当选|免去|任免|选举|表决")
_HELD = re.compile("担任|兼任|已任|曾任")
_CAREER = re.compile("曾|历任|此前|先后|早年")
_VERBS = {"appointed": "任", "elected": "当选", "removed": "不再担任", "resigned": "辞去", "nominated": "被提名为"}


def read(story: Story) -> None:
    """Read the draft's appointments and add a happening for each."""
    told: set[tuple[int, str, str]] = set()
    shared: set[tuple[int, str, str, str]] = set()
    labels: set[str] = set()
    for fact in story.draft.facts("appointment"):
        if fact.status == "candidate":
            continue
        line = story.lines.at(fact.evidence.start)
        change = fact.qualifier("change")
        # one decision that names several for one post is one happening
        post = (line.sentence.start, change, fact.object, fact.qualifier("title"))
        if (line.sentence.start, fact.subject, change) in told or (change in ("elected", "removed") and post in shared):
            continue
        shared.add(post)
        label = _label(fact)
        if label in labels:
            continue
        labels.add(label)
        happening = Happening(
            label,
            "appointment",
            fact.evidence,
            fact.evidence,
            change,
            "appointment",
            verbal=True,
            background=True,
            confidence=0.75,
        )
        happening.people = [fact.subject]
        happening.reason = fact.reason
        happening.date, happening.date_reason = _when(story, line, fact)
        story.happenings.all.append(happening)
        told.add((line.sentence.start, fact.subject, change))


def _when(story: Story, line: Line, fact: Fact) -> tuple[str, str]:
    """The date that stands before the post in its sentence."""
    at = story.document.text.find(fact.qualifier("title"), fact.evidence.start, fact.evidence.end)
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
    meeting = story.happenings.current(fact.evidence.start, "meeting")
    if (
        meeting is not None
        and meeting.date
        and _DECIDED.search(story.document.text, line.sentence.start, fact.evidence.end)
    ):
        return meeting.date, "据会议日期"
    return "", ""


def _label(fact: Fact) -> str:
    person, body = (key.partition(":")[2] for key in (fact.subject, fact.object))
    return f"{person}{_VERBS.get(fact.qualifier('change'), '任')}{body}{fact.qualifier('title')}"
