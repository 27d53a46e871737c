"""Who took part in what, and as what: role verbs with their subjects and the happening they mean."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.happenings import Happening
from kg.extract.reference import object_of, opening_of, spoken_of, twins_of
from kg.extract.shapes import BODIES, Line
from kg.extract.story import Story, inside, speech_zones
from kg.extract.subjects import Done, who
from kg.language.event_words import role_verb_pattern, role_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Span

_ASSEMBLIES = (
    "会议",
    "大会",
    "全会",
    "年会",
    "党组会",
    "常务会议",
    "例会",
    "工作会议",
    "主席会议",
    "代表大会",
    "会员大会",
    "理事会会议",
    "扩大会议",
    "新闻发布会",
    "发布会",
    "活动",
    "学习会",
)
_NOT_SPOKEN = ("重要", "系列", "的", "近期", "历次", "有关", "该", "电视")
_BETWEEN = re.compile(r"(?:[0-9]{4}年)?(?:[\w“”]{0,12})")
_HEARD = re.compile("听取(?!.*(?:并|后))")
_TO_REPORTERS = re.compile("致电|采访|(?:告诉|对|向)[^，。]{0,12}记者|曾(?:表示|说|指出)|近日|此前")


def read(story: Story) -> None:
    for happening in story.happenings.all:
        _of_verb(story, happening)
        _holder_in_name(story, happening)
    for sentence in story.document.sentences:
        line = story.lines.of(sentence)
        if sentence.kind == "headline":
            _headline(story, line)
            continue
        _sentence(story, line)
        _speakers(story, line)
        _invited(story, line)
        _guided(story, line)


def _of_verb(story: Story, happening: Happening) -> None:
    """Who a happening told by a verb has by its own grammar."""
    role = {
        "visit": "visit",
        "trip": "visit",
        "encounter": "meet",
        "signing": "sign",
        "legal": "perpetrator",
        "incident": "victim",
        "ceremony": "attend",
    }.get(happening.kind, "")
    if not happening.verbal or not role:
        return
    for person in list(happening.people):
        add_role(story, person, happening, role, happening.evidence, f"subject-{happening.kind}")


def _holder_in_name(story: Story, happening: Happening) -> None:
    """长航集团2023年年中工作会议: the body that a meeting's name begins with, or that stands right before it, holds it."""
    if (
        happening.verbal
        or happening.background
        or happening.kind not in ("meeting", "activity", "ceremony")
        or not happening.rule.endswith(("after", "before"))
    ):
        return
    line = story.lines.at(happening.anchor.start)
    found = line.mentions(*happening.anchor, "organization")
    places = line.mentions(*happening.anchor, "place") if not found else []
    if found and found[0].span in story.document.parts:
        # 甲、乙两市人大常委会座谈会: each of the two
        between = line.items[line.index(happening.anchor.start) : line.index(found[0].start)]
        if all(item.code in ("place", "mark", "join") for item in between):
            for key in story.draft.mentioned_all(found[0]):
                add_role(story, key, happening, "organize", line.sentence.span, "holder-in-name", 0.7)
    elif (
        found
        and found[0].start == happening.anchor.start
        and found[0].end < happening.anchor.end
        and happening.head in _ASSEMBLIES
    ):
        add_role(story, story.key(found[0]), happening, "organize", line.sentence.span, "holder-in-name", 0.6)
    elif places and places[0].start == happening.anchor.start and happening.kind == "meeting":
        last = places[1] if len(places) > 1 and places[1].start == places[0].end else places[0]
        add_role(story, story.key(last), happening, "organize", line.sentence.span, "holder-place", 0.6)
    elif not found and happening.rule.endswith("after"):
        before = line.mentions(line.clause_start(happening.anchor.start), happening.anchor.start, "organization")
        index = line.index(before[-1].start) if before else 0
        if (
            before
            and _BETWEEN.fullmatch(line.text, before[-1].end, happening.anchor.start)
            and not (index and line.items[index - 1].tag == "v")
        ):
            for key in story.draft.mentioned_all(before[-1]):
                add_role(story, key, happening, "organize", line.sentence.span, "holder-before-name", 0.6)


def _headline(story: Story, line: Line) -> None:
    """郑州举行…推进会: who holds it by its headline."""
    for match in role_verb_pattern().finditer(line.text, line.sentence.start, line.sentence.end):
        role, named = role_verbs()[match.group()]
        span = Span(*match.span())
        if role != "organize":
            continue
        happening = object_of(story, line, span, role, named)
        if happening is None or happening.kind == "encounter":
            continue
        for subject in line.subjects(span.start, BODIES):
            for key in story.draft.mentioned_all(subject):
                add_role(story, key, happening, role, line.sentence.span, "role-organize", 0.7)


def _invited(story: Story, line: Line) -> None:
    """会议邀请A、B授课: who is invited to a gathering, and comes."""
    match = re.compile(r"(?<!受)(?<!应)邀请(?:了|到|到了)?").search(line.text, line.sentence.start, line.sentence.end)
    if match is None or inside(speech_zones(line), match.start()):
        return
    happening = spoken_of(story, match.end(), "meeting", "ceremony", "activity", "competition")
    if happening is None or happening.background:
        return
    for mention in line.objects(match.end(), ("person",), stop_at_comma=False):
        add_role(story, story.key(mention), happening, "attend", line.sentence.span, "invited", 0.6)


@cache
def _guidance() -> re.Pattern[str]:
    acts = alternatives(words("roles", "reference", "guidance"))
    return re.compile(f"在[^。；在]{{2,60}}?(?:{acts})(?:[与和、](?:{acts}))?下")


def _guided(story: Story, line: Line) -> None:
    """在甲指导下，由乙主办的论坛: who guides those who hold it."""
    for match in _guidance().finditer(line.text, line.sentence.start, line.sentence.end):
        named = story.happenings.references(match.end(), line.sentence.end) or story.happenings.references(
            line.sentence.start, match.start()
        )
        if not named or named[0].happening.kind not in ("meeting", "ceremony", "activity", "competition"):
            continue
        for mention in line.mentions(*match.span(), "organization"):
            add_role(story, story.key(mention), named[0].happening, "organize", line.sentence.span, "guided", 0.6)


def _sentence(story: Story, line: Line) -> None:
    # what is announced comes true: 外交部宣布，甲将出席论坛
    zones = [z for z in speech_zones(line) if not line.text.endswith(("宣布", "证实"), line.sentence.start, z.start)]
    last = Done([], -1, "")
    for match in role_verb_pattern().finditer(line.text, line.sentence.start, line.sentence.end):
        word = match.group()
        role, named = role_verbs()[word]
        span = Span(*match.span())
        index = line.index(span.start)
        if not line.is_word(index, span.start):
            continue
        if (
            inside(zones, span.start)
            or (index and line.items[index - 1].text in _NOT_SPOKEN)
            or line.text.startswith("精神", span.end)
            or (word in word_set("roles", "walk", "nouns_too") and line.items[index].tag == "n")
            or (word in word_set("roles", "walk", "verbs_alone") and line.items[index].tag != "v")
            or (role == "speak" and _HEARD.search(line.text, line.clause_start(span.start), span.start))
        ):
            continue
        happening = object_of(story, line, span, role, named)
        if happening is None or (
            role == "organize" and (happening.kind == "encounter" or (happening.kind == "visit" and happening.verbal))
        ):
            continue
        subjects, how = who(story, line, span, role, last)
        if not subjects:
            continue
        last = Done(subjects, span.end, role)
        for subject in subjects:
            for key in story.draft.mentioned_all(subject):
                add_role(story, key, happening, role, line.sentence.span, f"role-{role}{how}", at=span.start)


def _speaker(story: Story, line: Line, offset: int) -> str:
    """The key of the person right before a reporting verb: A指出, A在会上指出."""
    if offset - line.sentence.start > 80:
        return ""
    found = line.subjects(offset)
    if found and offset - found[-1].end <= 16:
        return story.key(found[-1])
    return ""


def _close(story: Story, happening: Happening, line: Line) -> bool:
    """Whether a gathering is what the article is about, or was spoken of just before."""
    if happening is story.happenings.main():
        return True
    last = max((r.end for r in happening.references if r.start < line.sentence.end), default=-1)
    return last >= line.sentence.start - 120


def _speaks_elsewhere(story: Story, line: Line, speaker: str, happening: Happening) -> bool:
    """Whether a speaker speaks elsewhere: at a talk of his own, or is quoted by who speaks at the gathering."""
    if speaker in happening.people:
        return False
    if any(h.kind == "encounter" and speaker in h.people and not h.background for h in story.happenings.all):
        return True
    start = story.document.text.rfind("\n", 0, line.sentence.start) + 1
    others = [p for p in happening.people if p.startswith("person:")]
    opening = story.document.sentence_at(start)
    return opening.start < line.sentence.start and any(
        story.key(m) in others for m in story.lines.of(opening).mentions(opening.start, opening.start + 12, "person")
    )


@cache
def _says() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('events', 'unreal', 'reporting'))})(?!的|过)")


def _speakers(story: Story, line: Line) -> None:
    """Who says something where a meeting is told of: A指出，… after 会议召开."""
    match = _says().search(line.text, line.sentence.start, line.sentence.end)
    if match is None or _TO_REPORTERS.search(line.text, line.sentence.start, match.end()):
        return
    speaker = _speaker(story, line, match.start())
    if not speaker:
        return
    happening = spoken_of(
        story,
        match.start(),
        "meeting",
        "ceremony",
        "activity",
        "competition",
        "visit",
        "encounter",
        "trip",
        "signing",
        "legal",
    )
    if (
        happening is None
        or happening.kind not in ("meeting", "ceremony")
        or happening.verbal
        or not _close(story, happening, line)
        or _speaks_elsewhere(story, line, speaker, happening)
    ):
        return
    add_role(story, speaker, happening, "speak", line.sentence.span, "speaks-there", 0.6)


def add_role(
    story: Story,
    participant: str,
    happening: Happening,
    role: str,
    evidence: Span,
    rule: str,
    confidence: float = 0.8,
    *,
    there: bool = True,
    at: int = -1,
) -> None:
    """Add a fact of participation; who speaks or presides is there too, where that is sure enough.

    Args:
        there: whether one who speaks or presides is known to be there.
        at: where the verb stands: at the opening of a 大会 that its clause names, one is at the 大会 and at the opening.
    """
    if participant not in happening.people:
        happening.people.append(participant)
    keys = [_key(story, h) for h in (happening, *twins_of(story, happening))]
    if at >= 0 and (opening := opening_of(story, happening, at)):
        keys.append(story.draft.entity("event", opening))
    attends = (
        there
        and role in ("speak", "preside")
        and happening.kind in ("meeting", "ceremony", "activity", "signing", "encounter")
        and participant.startswith("person:")
    )
    for key in keys:
        story.draft.fact("participation", participant, key, evidence, rule, confidence=confidence, role=role)
        if attends:
            story.draft.fact(
                "participation", participant, key, evidence, "there-to-speak", confidence=confidence - 0.1,
                reason="在会上讲话或主持", role="attend",
            )  # fmt: skip


def _key(story: Story, happening: Happening) -> str:
    return story.draft.entity("event", happening.label, span=happening.anchor, reason=happening.reason)
