"""A draft of what an article says: extractors add entities and facts to it, ``finish`` makes them final."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.analysis.dates import Dates
from kg.analysis.document import Document
from kg.extract.confidence import scored
from kg.extract.happenings import Happenings
from kg.extract.shapes import Lines
from kg.language.names import normal_name
from kg.model import (
    CANDIDATE_BELOW,
    ArticleFacts,
    Entity,
    EntityType,
    Fact,
    FactKind,
    Mention,
    Modality,
    Span,
    Status,
    qualifiers,
)


@dataclass(slots=True)
class _EntityDraft:
    type: EntityType
    name: str
    aliases: set[str] = field(default_factory=set)
    mentions: set[Span] = field(default_factory=set)
    reason: str = ""


class Draft:
    """What has been found in one document so far. Entities are one per type and normalized name."""

    def __init__(self, document: Document, extractor: str) -> None:
        self.document = document
        self._extractor = extractor
        self._entities: dict[tuple[str, str], _EntityDraft] = {}
        self._facts: dict[tuple[object, ...], Fact] = {}
        self.warnings: list[str] = []
        self.happenings = Happenings()
        self.lines = Lines(document)

    @cached_property
    def dates(self) -> Dates:
        """The days that the article names."""
        return Dates(self.document)

    def entity(
        self, type_: EntityType, name: str, *, span: Span | None = None, alias: str = "", reason: str = ""
    ) -> str:
        """The key of the entity with this name, made where it is new.

        Args:
            name: the complete name. Names that differ only in 中共, 人民政府/政府, white space are one entity.
            span: where it is mentioned, if it is.
            alias: the form printed there.
            reason: how the name was completed.
        """
        identity = (type_, normal_name(type_, name))
        draft = self._entities.setdefault(identity, _EntityDraft(type_, name, reason=reason))
        if name != draft.name:
            draft.aliases.add(name)
        if alias and alias != draft.name:
            draft.aliases.add(alias)
        if span is not None:
            draft.mentions.add(span)
        if not reason:
            draft.reason = ""
        return f"{type_}:{draft.name}"

    def mentioned(self, mention: Mention) -> str:
        """The key of the entity that a mention of a person, organization, place, event or document names."""
        name = self.document.name(mention)
        reason = self.document.reasons.get(mention.span, "")
        return self.entity(mention.type, name, span=mention.span, alias=mention.text, reason=reason)  # type: ignore[arg-type]

    def mentioned_all(self, mention: Mention) -> tuple[str, ...]:
        """The keys of all entities that a mention names: several for 两市人大常委会, else one."""
        parts = self.document.parts.get(mention.span)
        if not parts:
            return (self.mentioned(mention),)
        reason = self.document.reasons.get(mention.span, "")
        return tuple(
            self.entity(mention.type, name, span=mention.span, alias=mention.text, reason=reason)  # type: ignore[arg-type]
            for name in parts
        )

    def fact(
        self,
        kind: FactKind,
        subject: str,
        object_: str,
        evidence: Span,
        rule: str,
        /,
        *,
        confidence: float = 0.9,
        reason: str = "",
        modality: Modality = "asserted",
        **values: str,
    ) -> None:
        """Add a fact; of two that say the same (kind, subject, object, qualifiers) the surer stays, of equals the first.

        A statement is one fact for each sentence. ``reason`` says what a fact rests on that is not printed beside it.
        """
        status: Status = "candidate" if confidence < CANDIDATE_BELOW else "inferred" if reason else "explicit"
        fact = Fact(
            kind, subject, object_, qualifiers(**values), evidence, rule, self._extractor, round(confidence, 3), status,
            reason, modality,
        )  # fmt: skip
        identity = (kind, subject, object_, fact.qualifiers, evidence if kind == "statement" else None)
        known = self._facts.get(identity)
        if known is None or confidence > known.confidence:
            self._facts[identity] = fact

    def entities(self, *types: str) -> list[Entity]:
        """The entities so far, sorted by key; of the given types, or all."""
        found = [
            Entity(f"{e.type}:{e.name}", e.type, e.name, tuple(sorted(e.aliases)), tuple(sorted(e.mentions)), e.reason)
            for e in self._entities.values()
            if not types or e.type in types
        ]
        return sorted(found, key=lambda e: e.key)

    def facts(self, *kinds: FactKind) -> list[Fact]:
        """The facts so far, in the order they were found; of the given kinds, or all."""
        return [f for f in self._facts.values() if not kinds or f.kind in kinds]

    def drop(self, fact: Fact) -> None:
        """Take a fact back."""
        self._facts = {key: known for key, known in self._facts.items() if known is not fact}

    def drafted(self) -> ArticleFacts:
        """What was found, with the confidence that the rules give: entities sorted by key, facts by kind and place."""
        facts = sorted(self._facts.values(), key=lambda f: (f.kind, f.evidence, f.subject, f.object, f.qualifiers))
        return ArticleFacts(
            self.document.article,
            tuple(self.entities()),
            tuple(facts),
            self.document.locality,
            tuple(self.warnings),
        )

    def finish(self) -> ArticleFacts:
        """What was found, with the confidence of the fitted model."""
        drafted = self.drafted()
        return replace(drafted, facts=tuple(scored(self.document, drafted.entities, drafted.facts)))
