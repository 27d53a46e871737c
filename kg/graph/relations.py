"""Facts as relations between two nodes of the build: for tables, for networks, and to explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg import vocab
from kg.graph.claims import Build, Claim, Scope, claims, is_candidate
from kg.graph.terms import text_of
from kg.model import ArticleFacts, Fact, Modality, Resolution, Span, Status

SHOWN: Final = frozenset({"asserted", "reported", "planned"})
"""Modalities that a network and the named queries show; wishes and denials stay in the claims alone."""


class Node(NamedTuple):
    """An end of a relation: an entity, or an article, award, post or statement that a fact is about.

    Attributes:
        id: what follows ``BASE/id/``: ``person/韦韬``; empty where the fact has no second end.
    """

    id: str
    type: str
    name: str


NOTHING: Final = Node("", "", "")


@dataclass(frozen=True, slots=True)
class Relation:
    """One claim between two nodes.

    Attributes:
        claim: local part of the claim's IRI.
        subject, object: its ends. A position and an appointment lead to the organization, or to the post where none is
            named; an event to its place; a byline and a statement to the article; an award to the award.
        predicate: local name of the claimed predicate: ``holds``, ``attended``.
        fact, facts: the fact and its article.
        pieces: where the evidence stands in the source.
    """

    claim: str
    subject: Node
    object: Node
    predicate: str
    fact: Fact
    facts: ArticleFacts
    pieces: tuple[Span, ...]
    status: Status

    @property
    def modality(self) -> Modality:
        return self.fact.modality

    @property
    def shown(self) -> bool:
        """Whether the graph stands by it: no candidate, wish or denial."""
        return self.status != "candidate" and self.modality in SHOWN

    @property
    def evidence(self) -> str:
        return self.facts.quote(self.fact)


def relations(
    articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
) -> Iterator[Relation]:
    """Every claim of a build by article, place of its evidence, and claim.

    Raises:
        PluginError: a fact names an entity that its article does not have.
    """
    build = Build(resolution, vocab.base_with_slash(base))
    ordered = sorted(articles, key=lambda found: found.article.id)
    for scope in build.scopes(ordered):
        found = [_relation(scope, claim) for claim in claims(scope, {})]
        yield from sorted(found, key=lambda relation: (relation.fact.evidence, relation.claim))


def _relation(scope: Scope, claim: Claim) -> Relation:
    fact = claim.fact
    return Relation(
        claim=claim.node.value.rpartition("/")[2],
        subject=_entity(scope, fact.subject),
        object=_object(scope, fact, claim),
        predicate=claim.triple.predicate.value.replace("#", "/").rpartition("/")[2],
        fact=fact,
        facts=scope.facts,
        pieces=scope.pieces(fact.evidence),
        status="candidate" if is_candidate(fact) else fact.status,
    )


def _entity(scope: Scope, key: str) -> Node:
    return Node(scope.id(key), scope.entity(key).type, scope.name(key))


def _object(scope: Scope, fact: Fact, claim: Claim) -> Node:
    if fact.object:
        return _entity(scope, fact.object)
    if fact.kind in ("byline", "statement"):
        title = scope.article.title or scope.article.id
        return Node(f"article/{vocab.article_local(scope.article.id)}", "article", title)
    if fact.kind == "award":
        return Node(_after_base(scope, claim), "award", fact.qualifier("award"))
    if fact.kind in ("position", "appointment"):
        return Node(_after_base(scope, claim), "post", fact.qualifier("title"))
    return NOTHING


def _after_base(scope: Scope, claim: Claim) -> str:
    return text_of(claim.triple.object).removeprefix(f"{scope.base}id/")
