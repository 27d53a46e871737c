"""Public acts that plain verbs tell: of states and armies, of governments, firms and persons, of nature (``data/acts.toml``).

Such verbs are everywhere, so one tells of a happening only where its sentence names the day, or the report begins with
it; what is wished, planned or done every year does not count.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.extract.roles import Roles, alone
from kg.extract.shapes import ACTORS, Line
from kg.extract.story import Story
from kg.extract.trigger_table import Trigger
from kg.extract.triggers import read_triggers, tell
from kg.language.event_words import word_set
from kg.language.gazetteer import countries
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_NAME = "acts"
_FORCE = ("act-seize", "act-strike", "act-attack")
_CONDITION = re.compile(r"(?:时|后|之前|之后|期间|的话|之际|以来|的|过程中|为由)(?:称|说|表示)?$|以[^，。；]{2,24}为由")
_REPORTED = re.compile(r"(?:称|说|报道|透露|证实|通报|宣布|消息)，")
_AHEAD = re.compile(r"将(?!于)|拟|预计|有望|即将")
_COUNTED = re.compile(r"截至|截止|累计|(?<!中)共(?!同|和|产|青|建|享|识)|以来|[0-9]日?[至—-][0-9]+月")
_LAND = re.compile(r"[省市县区州旗乡镇盟]$")


def read(story: Story, *, force: bool = False) -> None:
    """Read the verbs of ``data/acts.toml``; needs the happenings of the stages before, which it leaves as they are.

    Args:
        force: only acts of force, before the tables of law and contests are read: an army that 控制 or 击退 neither arrests nor wins.
    """
    headline = "\n".join(
        story.document.text[s.start : s.end] for s in story.document.sentences if s.kind == "headline"
    ) or (story.document.article.title or "")
    lead = next((s.span for s in story.document.sentences if s.kind == "body"), Span(0, 0))

    def settle(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> None:
        if force != (trigger.rule in _FORCE):
            return
        first = line.sentence.span == lead or line.text[span.start : span.end].removesuffix("了") in headline
        roles.agents = told_by = _told_of(line, span, roles.agents)
        roles.agents = [m for m in told_by if _acts(line, trigger, span, m)]
        if not _timely(story, line, span, first=first) or _known(story, line, span) or _idle(line, span):
            return
        if trigger.rule in word_set(_NAME, "grammar", "beside_meetings") and _at_meeting(story, line, span):
            return
        if trigger.rule in word_set(_NAME, "grammar", "uncounted") and _COUNTED.search(
            line.text, line.sentence.start, span.start
        ):
            return
        if trigger.need == "agent" and not told_by and _bare(story, line, span):
            trigger = replace(trigger, need="when", label="clause")
        if trigger.label == "clause" and not _named(line, span):
            return
        if trigger.agent == "speak":
            roles.agents = alone(roles.agents)
        happening = tell(story, line, trigger, span, roles)
        if happening is not None and not happening.places and happening.rule == trigger.rule:
            happening.places = _own_place(story, line, trigger, span, roles)

    read_triggers(story, _NAME, settle)


def _own_place(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> list[str]:
    """A land that acts is where it happens; so is the one that a clause without an agent begins with."""
    if trigger.rule in _FORCE:
        return []
    first = line.mentions(line.clause_start(span.start), span.start, "place")[:1]
    lands = roles.agents or (first if trigger.label == "clause" else [])
    return [story.key(m) for m in lands[:1] if m.type == "place" and trigger.agent != "speak"]


def _timely(story: Story, line: Line, span: Span, *, first: bool) -> bool:
    """Whether the sentence says when, up to the end of the verb's clause; a year alone is long ago, and what is ahead needs its day."""
    start, end = line.clause_start(span.start), line.clause_end(span.end)
    dates = [
        d for d in story.dates.within(line.sentence.start, end) if d.vague or (d.value and len(d.value.strip("-")) > 4)
    ]
    if _AHEAD.search(line.text, start, span.start):
        return any(d.is_day and d.start >= start for d in dates)
    years = [d for d in story.dates.within(line.sentence.start, end) if len(d.value) == 4]
    return bool(dates) or (first and not years)


def _acts(line: Line, trigger: Trigger, span: Span, mention: Mention) -> bool:
    """Whether a mention can be who does it: a person of the verb's own clause, a land or a body; of force an armed one."""
    if mention.type == "person":
        return mention.start >= line.clause_start(span.start) or trigger.rule not in word_set(
            _NAME, "grammar", "of_bodies"
        )
    land = mention.type == "place" and (
        mention.text in countries() or _LAND.search(mention.text) is not None or mention.text.endswith("机场")
    )
    if mention.type == "place" and trigger.agent == "organize" and not land:
        return False
    if trigger.rule in _FORCE:
        return mention.text in countries() or mention.text.endswith(words(_NAME, "grammar", "powers"))
    return True


def _told_of(line: Line, span: Span, agents: list[Mention]) -> list[Mention]:
    """Who acts in what is reported, not who reports it: 国防部29日称，俄军在A控制一地，在B击退乌军."""
    said = _REPORTED.search(line.text, line.sentence.start, span.start)
    if said is not None and agents and all(m.end <= said.start() for m in agents):
        items = line.items[line.index(said.end()) : line.index(span.start)]
        if items and items[0].mention is not None and items[0].code in ACTORS:
            return [items[0].mention]
    return agents


def _known(story: Story, line: Line, span: Span) -> bool:
    """Whether another verb of the same clause tells of it already: 宣布取消…, 发布《…》."""
    start, end = line.clause_start(span.start), line.clause_end(span.end)
    return any(
        h.verbal and h.evidence == line.sentence.span and start <= h.anchor.start < end for h in story.happenings.all
    )


def _at_meeting(story: Story, line: Line, span: Span) -> bool:
    """Whether the sentence tells what is dealt with at a gathering: 召开会议，部署…"""
    return any(
        r.happening.kind == "meeting" and not r.happening.verbal
        for r in story.happenings.references(line.sentence.start, span.start)
    )


def _bare(story: Story, line: Line, span: Span) -> bool:
    """Whether a clause with a day of its own begins with a subject that is nobody's name: 神舟十六号航天员乘组7月20日完成…"""
    start = line.clause_start(span.start)
    items = line.items[line.index(start) : line.index(span.start)]
    if not items or items[0].code in ("preposition", "verb", "mark") or items[0].tag in ("TIME", "d", "c", "p", "r"):
        return False
    if any(i.code == "verb" for i in items):
        return False
    return any(d.is_day for d in story.dates.within(start, span.start))


def _named(line: Line, span: Span) -> bool:
    """Whether a clause says of what its verb tells: not 于6月25日开通, 免费开放."""
    items = line.items[line.index(line.clause_start(span.start)) : line.index(span.start)]
    if items and items[0].text in word_set(_NAME, "grammar", "no_subject"):
        return False
    return any(i.mention is not None or i.tag in ("n", "nz", "nw", "vn") or i.text in ("”", "》") for i in items)


def _idle(line: Line, span: Span) -> bool:
    """Whether the verb is the content of another one, stands in a motto, or tells of a habit or a condition."""
    start = line.clause_start(span.start)
    if _habit().search(line.text, line.sentence.start, span.start):
        return True
    opening = line.text.rfind("“", line.sentence.start, span.start)
    if opening >= 0 and line.text.find("”", opening, span.start) < 0:
        return True
    governs = word_set(_NAME, "grammar", "governs")
    items = line.items[line.index(start) : line.index(span.start)]
    if any(i.mention is None and i.text in governs for i in items):
        return True
    return _CONDITION.search(line.text[start : line.clause_end(span.end)]) is not None


@cache
def _habit() -> re.Pattern[str]:
    return re.compile(alternatives(words(_NAME, "grammar", "habit")))
