"""Deals and public acts: signing, founding, launching, giving, investing, announcing, travelling."""

from __future__ import annotations

from kg.extract import trips
from kg.extract.happenings import Happening
from kg.extract.roles import Roles
from kg.extract.shapes import Line
from kg.extract.story import Story, when_and_where
from kg.extract.trigger_table import Trigger
from kg.extract.triggers import read_triggers, take_part, tell
from kg.model import Fact, Span

_SIGNS = "party-signs"


def read(story: Story) -> None:
    """Read the draft's signings and the verbs of ``data/deals.toml``; needs the happenings of the stages before."""
    _signings(story)
    read_triggers(story, "deals", _settle)
    trips.read(story)


def _settle(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> None:
    """As every verb's, but for an unveiling of which a ceremony is told by name."""
    if trigger.rule == "deal-unveiled":
        stem = next((w for w in ("揭牌", "挂牌", "开工", "奠基") if w in line.text[span.start : span.end]), "")
        named = next((h for h in story.happenings.all if h.kind == "ceremony" and stem and stem in h.label), None)
        if named is not None:
            story.happenings.refer(named, span)
            return
    tell(story, line, trigger, span, roles)


def _signings(story: Story) -> None:
    """Who puts a name under a document takes part in its signing."""
    for fact in story.draft.facts("signing"):
        if fact.rule != _SIGNS or fact.status == "candidate":
            continue
        line = story.lines.at(fact.evidence.start)
        happening = _signing(story, line, fact)
        if happening is not None:
            take_part(story, fact.subject, happening, "sign", fact.evidence, "party-signs", 0.8)


def _signing(story: Story, line: Line, fact: Fact) -> Happening | None:
    """The signing that is told in the sentence of a fact, or of the same document before; a new one else."""
    document = fact.object.partition(":")[2]
    signings = [h for h in story.happenings.all if h.kind == "signing"]
    for happening in (
        *(h for h in signings if h.evidence == fact.evidence),
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
