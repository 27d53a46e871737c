"""Deals and public acts: signing, founding, launching, giving, investing, announcing, travelling."""

from __future__ import annotations

import re

from kg.extract import trips
from kg.extract.happenings import Happening, alike, days_agree
from kg.extract.roles import Roles, persons_before
from kg.extract.shapes import Line
from kg.extract.story import Story, when_and_where
from kg.extract.trigger_table import Trigger
from kg.extract.triggers import read_triggers, take_part, tell
from kg.model import Fact, Mention, Span

_SIGNS = "party-signs"


_MADE = re.compile(
    r"由(?P<who>[^，。；]{2,60}?)(?:共同|联合|牵头|携手|发起)*(?:组建|成立|发起|创办|设立|主办|承办|建设|开发|打造)的$"
)
_STEMS = ("揭牌", "挂牌", "开工", "奠基", "揭幕")
_VERB = re.compile(r"^(?:共同|联合|正式|成功|现场|分别|集中)*(?:签署|签订|签)(?:了)?(?:一系列|相关)?")


def merge(story: Story) -> None:
    """Make one of the signings that one document has: 甲与乙签订备忘录, 两人代表双方签署备忘录. Before anybody takes part in them."""
    kept: list[Happening] = []
    for happening in [h for h in story.happenings.all if h.kind == "signing" and h.verbal]:
        document = _VERB.sub("", happening.label)
        known = next((k for k in kept if _VERB.sub("", k.label) == document and days_agree(k, happening)), None)
        named = [h for h in story.happenings.all if h.kind == "signing" and not h.verbal and not h.background]
        known = known or next((h for h in named if document in h.label and days_agree(h, happening)), None)
        if known is None or len(document) < 4:
            kept.append(happening)
            continue
        for key in happening.people if not known.verbal else ():
            take_part(story, key, known, "sign", happening.evidence, "deal-signs-there", 0.8)
        known.people += [key for key in happening.people if key not in known.people]
        for span in happening.references:
            story.happenings.refer(known, span)
        story.happenings.all.remove(happening)
        happening.label, happening.people, happening.reason = known.label, known.people, known.reason
        happening.background = True  # what still refers to it means nothing


def read(story: Story) -> None:
    """Read the draft's signings and the verbs of ``data/deals.toml``; needs the happenings of the stages before."""
    _signings(story)
    _issues(story)
    read_triggers(story, "deals", _settle)
    trips.read(story)


def _settle(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> None:
    """As every verb's, but for an unveiling of which a ceremony is told by name; who unveils attends it, who made the body holds it."""
    happening: Happening | None = None
    if trigger.rule == "deal-unveiled":
        stem = next((w for w in _STEMS if w in line.text[span.start : span.end]), "")
        told = story.happenings.references(line.sentence.start, line.sentence.end)
        here = [
            r.happening for r in told if r.happening.kind == "ceremony" and r.start < span.end and span.start < r.end
        ]
        named = [h for h in story.happenings.all if h.kind == "ceremony" and stem and stem in h.label]
        happening = next(iter((*here, *named)), None)
        if happening is not None:
            story.happenings.refer(happening, span)
    if happening is None:
        happening = tell(story, line, trigger, span, roles)
    if happening is None or trigger.kind != "ceremony":
        return
    for mention in _unveilers(line, span):
        take_part(story, story.key(mention), happening, "attend", line.sentence.span, "deal-unveiled-attend", 0.7)
    for agent in roles.agents:
        made = _MADE.search(line.text, line.sentence.start, agent.start)
        for mention in line.mentions(*made.span("who"), "organization", "place") if made else ():
            take_part(story, story.key(mention), happening, "organize", line.sentence.span, "deal-made-by", 0.65)


def _unveilers(line: Line, span: Span) -> list[Mention]:
    """甲、乙共同为丙公司揭牌: who stands before 为, in its clause or in the one before."""
    start = line.clause_start(span.start)
    to = next(
        (i for i in line.items[line.index(start) : line.index(span.start)] if i.text == "为" and i.mention is None),
        None,
    )
    if to is None:
        return []
    return persons_before(line, to.start)


def _signings(story: Story) -> None:
    """Who puts a name under a document takes part in its signing."""
    for fact in story.draft.facts("signing"):
        if fact.rule != _SIGNS or fact.status == "candidate":
            continue
        line = story.lines.at(fact.evidence.start)
        happening = _signing(story, line, fact)
        if happening is not None:
            take_part(story, fact.subject, happening, "sign", fact.evidence, "party-signs", 0.8)


def _other(document: str, label: str) -> bool:
    """Whether a label is that of another document's signing."""
    named = _VERB.sub("", label)
    return named != label and not (alike(named, document) >= 0.5 or named in document or document in named)


def _issues(story: Story) -> None:
    """Who puts out a document holds its publication: 甲局印发《…》."""
    for fact in story.draft.facts("signing"):
        if fact.rule != "body-issues" or fact.status == "candidate":
            continue
        document = fact.object.partition(":")[2]
        line = story.lines.at(fact.evidence.start)
        at = line.text.find(document, fact.evidence.start, fact.evidence.end)
        verb = _ISSUES.search(line.text, fact.evidence.start, max(at, fact.evidence.start))
        if at < 0 or verb is None or _NOTICE.search(document):
            continue
        label = f"{verb.group('verb')}《{document}》" if verb.group("open") else f"{verb.group('verb')}{document}"
        happening = next(
            (h for h in story.happenings.all if document in h.label and h.kind in ("launch", "ceremony")), None
        )
        if happening is None:
            happening = Happening(
                label, "launch", Span(at, at + len(document)), fact.evidence, verb.group("verb"), "document-issued",
                verbal=True, confidence=0.6,
            )  # fmt: skip
            when_and_where(story, line, happening, verb.start(), at)
            story.happenings.add(happening)
        take_part(story, fact.subject, happening, "organize", fact.evidence, "document-issued-organize", 0.6)


_ISSUES = re.compile(
    r"(?P<verb>(?:制定|联合|正式|共同|编制)?(?:发布|印发|公布|出台|颁布|下发|签发|发出|推出))(?:了)?(?P<open>《)?[^，。；《]{0,12}$"
)
_NOTICE = re.compile(r"公示|任免|任职|同志|讲话|名单$|^(?:通报|报告|公告|消息|声明|文章)$")


def _signing(story: Story, line: Line, fact: Fact) -> Happening | None:
    """The signing that is told in the sentence of a fact, or of the same document before; a new one else."""
    document = fact.object.partition(":")[2]
    signings = [h for h in story.happenings.all if h.kind == "signing"]
    here = [h for h in signings if h.evidence == fact.evidence]
    for happening in (
        *(h for h in here if document in h.label),
        *(h for h in here if len(here) == 1 and not _other(document, h.label)),
        *(h for h in signings if document in h.label),
    ):
        return happening
    at = line.text.find(document, fact.evidence.start, fact.evidence.end)
    if at < 0 or line.text[:at].rstrip("《“").endswith("的"):  # 与甲签署的协议: only looked back at
        return None
    happening = Happening(
        f"签署{document}",
        "signing",
        Span(at, at + len(document)),
        fact.evidence,
        "签署",
        "signing",
        verbal=True,
        confidence=0.65,
    )
    when_and_where(story, line, happening, at, at + len(document))
    return story.happenings.add(happening)
