"""What two builds say differently: facts that one has and the other lacks, names that one joins and the other parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.graph.relations import relations
from kg.graph.wording import sentence
from kg.model import ArticleFacts, Resolution

Facts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a second build differs from a first.

    Attributes:
        gone, new: what only the first, only the second says: a sentence (with the quotation, for a statement) and the
            articles that say so.
        joined, parted: namings ``NAME@ARTICLE`` of one entity in the second build that the first has as several, and
            the other way round.
    """

    gone: Facts
    new: Facts
    joined: tuple[tuple[str, ...], ...]
    parted: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.joined or self.parted)


Build = tuple[Sequence[ArticleFacts], Resolution]


def difference(first: Build, second: Build) -> Difference:
    """How ``second`` differs from ``first``."""
    before, after = _said(first), _said(second)
    return Difference(
        gone=_only(before, after),
        new=_only(after, before),
        joined=_joined(first[1], second[1]),
        parted=_joined(second[1], first[1]),
    )


def _said(build: Build) -> dict[str, set[str]]:
    said: dict[str, set[str]] = defaultdict(set)
    for relation in relations(*build):
        words = sentence(relation)
        if relation.fact.kind in ("statement", "award"):
            words += f": “{' '.join(relation.evidence.split())}”"
        said[words].add(relation.facts.article.id)
    return said


def _only(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> Facts:
    missing = {words: tuple(sorted(articles - other.get(words, set()))) for words, articles in one.items()}
    return {words: articles for words, articles in sorted(missing.items()) if articles}


def _joined(before: Resolution, after: Resolution) -> tuple[tuple[str, ...], ...]:
    """Entities of ``after`` whose namings, as far as both builds have them, are several entities of ``before``."""
    found = []
    for entity in after.entities:
        common = [member for member in entity.members if member in before.index]
        if len({before.index[member] for member in common}) > 1:
            found.append(tuple(f"{key.partition(':')[2]}@{article}" for article, key in common))
    return tuple(sorted(found))
