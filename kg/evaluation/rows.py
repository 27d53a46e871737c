"""A build's answers to the twelve questions, straight from its facts, each with the rule and the confidence behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import ArticleFacts, Fact


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of an answer.

    Attributes:
        cells: column name to value, as in the named query; without ``article`` and ``evidence``.
        evidence: the quotation, empty for entities.
    """

    query: str
    cells: Mapping[str, str]
    evidence: str
    rule: str
    confidence: float


def answers(found: ArticleFacts) -> Iterator[Answer]:
    """The rows of an article; candidates, wishes and denials are no answers."""
    names = {"": "", **{e.key: e.name for e in found.entities}}
    for entity in found.entities:
        if entity.type != "unnamed":
            yield Answer("entities", {"name": entity.name, "type": entity.type}, "", entity.type, 1.0)
    for fact in found.facts:
        if fact.status != "candidate" and fact.modality not in ("urged", "denied"):
            query, cells = _cells(fact, names)
            yield Answer(query, cells, found.quote(fact), fact.rule, fact.confidence)


def _cells(fact: Fact, names: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    subject, object_, value = names[fact.subject], names[fact.object], fact.qualifier
    match fact.kind:
        case "position":
            return "positions", {"person": subject, "organization": object_, "title": value("title")}
        case "participation":
            return "participation", {"participant": subject, "event": object_, "role": value("role")}
        case "event":
            return "events", {"event": subject, "kind": value("kind"), "date": value("date"), "place": object_}
        case "visit":
            return "visits", {"person": subject, "place": object_}
        case "meeting":
            return "meetings", {"person": subject, "counterpart": object_}
        case "signing":
            return "signings", {"party": subject, "document": object_}
        case "appointment":
            cells = {"person": subject, "organization": object_, "title": value("title"), "change": value("change")}
            return "appointments", cells
        case "hierarchy":
            return "hierarchy", {"child": subject, "parent": object_}
        case "statement":
            return "statements", {"speaker": subject}
        case "byline":
            return "bylines", {"person": subject, "role": value("role")}
        case "award":
            return "awards", {"recipient": subject, "award": value("award")}
