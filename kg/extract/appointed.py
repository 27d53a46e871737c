"""Appointments as happenings: one for each person and sentence that tells of a change of posts."""

from __future__ import annotations

from kg.extract.happenings import Happening
from kg.extract.shapes import Line
from kg.extract.story import Story, date_of
from kg.model import Fact

_VERBS = {"appointed": "任", "elected": "当选", "removed": "不再担任", "resigned": "辞去", "nominated": "被提名为"}


def read(story: Story) -> None:
    """Read the draft's appointments and add a happening for each."""
    told: dict[tuple[int, str, str], Happening] = {}
    labels: set[str] = set()
    for fact in story.draft.facts("appointment"):
        if fact.status == "candidate":
            continue
        line = story.lines.at(fact.evidence.start)
        change = fact.qualifier("change")
        known = told.get((line.sentence.start, fact.subject, change))
        if known is not None:
            continue
        label = _label(fact)
        if label in labels:
            continue
        labels.add(label)
        happening = Happening(label, "appointment", fact.evidence, fact.evidence, change, "appointment", verbal=True, background=True, confidence=0.75)
        happening.people = [fact.subject]
        happening.reason = fact.reason
        happening.date, happening.date_reason = _when(story, line, fact)
        story.happenings.all.append(happening)
        told[line.sentence.start, fact.subject, change] = happening


def _when(story: Story, line: Line, fact: Fact) -> tuple[str, str]:
    """The date that stands before the post in its sentence."""
    at = story.document.text.find(fact.qualifier("title"), fact.evidence.start, fact.evidence.end)
    at = at if at >= 0 else fact.evidence.start
    return date_of(story, line, at, at)


def _label(fact: Fact) -> str:
    person, body = (key.partition(":")[2] for key in (fact.subject, fact.object))
    return f"{person}{_VERBS.get(fact.qualifier('change'), '任')}{body}{fact.qualifier('title')}"
