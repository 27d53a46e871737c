"""What to ask next: questions about what is in a build, as commands to paste."""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model import ArticleFacts, Resolution, ResolvedEntity


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the command that answers it."""

    text: str
    command: str


def questions(articles: Sequence[ArticleFacts], resolution: Resolution, out: Path) -> tuple[Question, ...]:
    """Up to three questions about those of whom the build says most.

    The same build gives the same questions; entities that tie are taken in the order of their ids.
    """
    entities = {entity.id: entity for entity in resolution.entities}
    said: Counter[str] = Counter()
    company: dict[str, Counter[str]] = defaultdict(Counter)
    attended: Counter[str] = Counter()
    for facts in articles:
        where = facts.article.id
        at: dict[str, set[str]] = defaultdict(set)
        for fact in facts.facts:
            if fact.status == "candidate" or fact.kind == "byline":
                continue
            subject = resolution.index.get((where, fact.subject), "")
            object_ = resolution.index.get((where, fact.object), "")
            for id_ in {subject, object_} - {""}:
                said[id_] += 1
            if fact.kind == "participation" and object_:
                attended[object_] += 1
                at[object_].add(subject)
            if fact.kind == "meeting" and subject and object_:
                company[subject][object_] += 1
        for people in at.values():
            for one in people:
                company[one].update(other for other in people if other != one)
    found = [
        *_about_person(_top(said, entities, "person"), company, entities, out),
        *_about_event(_top(attended, entities, "event"), out),
        *_about_body(_top(said, entities, "organization"), out),
        *_about_place(_top(said, entities, "place"), out),
    ]
    general = Question(
        "Who holds which post, and which sentence says so?", f"kg query {_quoted(out)} --named positions"
    )
    return tuple([*found[:2], general] if len(found) < 3 else found[:3])


def _top(counted: Counter[str], entities: dict[str, ResolvedEntity], type_: str) -> ResolvedEntity | None:
    of_type = [id_ for id_ in counted if id_ in entities and entities[id_].type == type_]
    return entities[min(of_type, key=lambda id_: (-counted[id_], id_))] if of_type else None


def _about_person(
    person: ResolvedEntity | None,
    company: dict[str, Counter[str]],
    entities: dict[str, ResolvedEntity],
    out: Path,
) -> list[Question]:
    if person is None:
        return []
    other = _top(company[person.id], entities, "person")
    if other is None:
        return [Question(f"What is known of {person.name}?", f"kg explain {_quoted(out)} {_quoted(person.name)}")]
    return [
        Question(
            f"What ties {person.name} and {other.name}?",
            f"kg explain {_quoted(out)} {_quoted(person.name)} {_quoted(other.name)}",
        )
    ]


def _about_event(event: ResolvedEntity | None, out: Path) -> list[Question]:
    if event is None:
        return []
    sparql = (
        "SELECT DISTINCT ?who WHERE { ?c a kg:ParticipationClaim ; rdf:subject/rdfs:label ?who ; "
        f"rdf:object/rdfs:label ?event . FILTER(STR(?event) = {_literal(event.name)}) }} ORDER BY ?who"
    )
    return [Question(f"Who took part in {event.name}?", f"kg query {_quoted(out)} {_quoted(sparql)}")]


def _about_body(body: ResolvedEntity | None, out: Path) -> list[Question]:
    if body is None:
        return []
    return [Question(f"What is known of {body.name}?", f"kg explain {_quoted(out)} {_quoted(body.name)}")]


def _about_place(place: ResolvedEntity | None, out: Path) -> list[Question]:
    if place is None:
        return []
    return [
        Question(f"What happened around {place.name}?", f"kg view {_quoted(out)} --about {_quoted(place.name)} --open")
    ]


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _quoted(text: Path | str) -> str:
    """A word for a shell; Chinese needs no quotes."""
    word = str(text)
    return word if re.fullmatch(r"[\w./·-]+", word) and not word.startswith("-") else shlex.quote(word)
