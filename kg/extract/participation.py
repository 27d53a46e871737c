"""Who took part in what, and as what: role verbs with their subjects and the happening they mean."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.happenings import Happening
from kg.extract.shapes import Line
from kg.extract.story import Story, inside, speech_zones
from kg.language.event_words import role_verb_pattern, role_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_BODIES = ("organization", "place")
_HELD = ("meeting", "ceremony", "signing", "activity", "competition", "encounter", "legal")


def read(story: Story) -> None:
    for happening in story.happenings.all:
        _of_verb(story, happening)
    for sentence in story.document.sentences:
        line = story.lines.of(sentence)
        if sentence.kind != "headline":
            _sentence(story, line)
            _speakers(story, line)


def _of_verb(story: Story, happening: Happening) -> None:
    """Who a happening told by a verb has by its own grammar."""
    role = {"visit": "visit", "trip": "visit", "encounter": "meet", "signing": "sign", "legal": "perpetrator", "incident": "victim"}.get(happening.kind, "")
    if not happening.verbal or not role:
        return
    for person in list(happening.people):
        _add(story, person, happening, role, happening.evidence, f"subject-{happening.kind}")


def _sentence(story: Story, line: Line) -> None:
    zones = speech_zones(line)
    last: list[Mention] = []
    last_end = -1
    for match in role_verb_pattern().finditer(line.text, line.sentence.start, line.sentence.end):
        word = match.group()
        role, named = role_verbs()[word]
        span = Span(*match.span())
        index = line.index(span.start)
        if index >= len(line.items) or line.items[index].start != span.start or line.items[index].mention is not None:
            continue
        if inside(zones, span.start):
            continue
        happening = _object(story, line, span, role, named)
        if happening is None or (role == "organize" and happening.kind == "encounter"):
            continue
        codes = ("person", "organization") if role in ("attend", "speak", "accompany") else ("person", *_BODIES) if role == "organize" else ("person",)
        subjects = line.subjects(span.start, codes)
        if not subjects and role in ("attend", "speak", "preside"):
            subjects = _after(line, span, role) or (last if _left_out(line, span) or _same_clause(line, last_end, span.start) else [])
        if role == "speak" and word in word_set("roles", "walk", "passes_on"):
            subjects = [m for m in line.subjects(span.start) if m in subjects]
        if not subjects:
            continue
        if role == "organize" and any(m.type != "person" for m in subjects):
            subjects = [m for m in subjects if m.type != "person"]
        last, last_end = subjects, span.end
        for subject in subjects:
            _add(story, story.key(subject), happening, role, line.sentence.span, f"role-{role}")


@cache
def _says() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('events', 'unreal', 'reporting'))})")


def _speakers(story: Story, line: Line) -> None:
    """Who says something where a meeting is told of: A指出，… after 会议召开."""
    match = _says().search(line.text, line.sentence.start, line.sentence.end)
    if match is None:
        return
    index = line.index(match.start())
    previous = line.items[index - 1] if 0 < index <= len(line.items) else None
    while previous is not None and previous.mention is None and previous.text in word_set("roles", "walk", "light"):
        index -= 1
        previous = line.items[index - 1] if index else None
    if previous is None or previous.code != "person" or previous.mention is None or match.start() - line.sentence.start > 80:
        return
    happening = _spoken_of(story, match.start(), "meeting", "ceremony", "activity", "competition", "visit", "encounter", "trip", "signing", "legal")
    if happening is None or happening.kind not in ("meeting", "ceremony") or happening.verbal or happening is not story.happenings.main():
        return
    person = story.key(previous.mention)
    _add(story, person, happening, "speak", line.sentence.span, "speaks-there", 0.6)


def _after(line: Line, span: Span, role: str) -> list[Mention]:
    """参加会议的还有A、B: who stands behind."""
    match = re.compile(r"[^，。；]{0,40}?的(?:还有|有|领导有|领导还有|嘉宾有)").match(line.text, span.end, line.sentence.end)
    return line.objects(match.end(), ("person", "organization")) if match and role == "attend" else []


def _same_clause(line: Line, last_end: int, start: int) -> bool:
    """出席会议并讲话: nothing but a short object between two role verbs."""
    return 0 <= last_end <= start <= last_end + 20 and line.clause_start(start) <= last_end and not line.mentions(last_end, start, "person")


def _left_out(line: Line, span: Span) -> bool:
    """Whether the verb's clause leaves its subject out: 出席会议并讲话, A主持会议，并作总结讲话."""
    start = line.clause_start(span.start)
    between = line.text[start : span.start]
    return len(between) <= 25 and not line.mentions(start, span.start, "person", "organization", "place")


@cache
def _not_role() -> re.Pattern[str]:
    return re.compile(r"(?:下|工作(?!会|座谈|推进)|者|人员|人数|过|活动的|单位|情况介绍|稿|精神|材料|词|权|办|的?(?:省|市|县|区)(?:领导|级))")


def _object(story: Story, line: Line, span: Span, role: str, named: bool) -> Happening | None:
    """The happening that a role verb means: named after it, before it in the clause, or spoken of last."""
    if _not_role().match(line.text, span.end):
        return None
    clause = line.clause_end(span.end, "，。；！？,;")
    after = [r for r in story.happenings.references(span.end, clause) if r.start - span.end <= 60]
    if after:
        return after[0].happening
    start = line.clause_start(span.start, "。；！？;")
    before = [r for r in story.happenings.references(start, span.start)]
    if named:
        return before[-1].happening if before and "由" in line.text[before[-1].end : span.start] else None
    if before and before[-1].happening.kind in _HELD + ("visit", "trip"):
        return before[-1].happening
    rest = line.text[span.end : clause]
    if role == "attend" and len(rest) > 8:
        return None
    kinds = ("meeting", "ceremony", "activity", "competition", "signing", "encounter", "legal") if role in ("speak", "preside") else (*_HELD, "visit", "trip")
    return _spoken_of(story, span.start, *kinds)


def _spoken_of(story: Story, offset: int, *kinds: str) -> Happening | None:
    """The happening a sentence without one means: the gathering or tour spoken of last, not a signing or unveiling in its course."""
    named = story.happenings.current(offset, *kinds, gatherings=True)
    return named or story.happenings.current(offset, *kinds)


def _add(story: Story, participant: str, happening: Happening, role: str, evidence: Span, rule: str, confidence: float = 0.8) -> None:
    if participant not in happening.people:
        happening.people.append(participant)
    key = story.draft.entity("event", happening.label, span=happening.anchor, reason=happening.reason)
    story.draft.fact("participation", participant, key, evidence, rule, confidence=confidence, role=role)
    if role in ("speak", "preside") and happening.kind in ("meeting", "ceremony", "activity", "signing") and participant.startswith("person:"):
        story.draft.fact("participation", participant, key, evidence, "there-to-speak", confidence=confidence - 0.1, reason="在会上讲话或主持", role="attend")
