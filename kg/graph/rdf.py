"""From facts to triples: the graph (what is so) and the evidence (who says it, where, and how sure that is).

The graph holds entities, the triples that are asserted, posts, articles and labels. The evidence holds one claim for
each subject, predicate, object, article and qualifiers, the spans that it quotes, and the namings: what each article
calls each entity. No node is blank, no triple depends on the order of articles or on a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg import vocab
from kg.graph import claims, kinds
from kg.graph.claims import LABEL, A, Build, Claim, Scope, is_candidate, kg
from kg.graph.terms import decimal, index, iri, label, order, string, time
from kg.model import ArticleFacts, Entity, Resolution, ResolvedEntity, Span

_NAME: Final = {
    "person": iri(vocab.FOAF + "name"),
    "organization": iri(vocab.FOAF + "name"),
    "place": iri(vocab.SCHEMA + "name"),
    "event": iri(vocab.SCHEMA + "name"),
    "document": iri(vocab.SCHEMA + "name"),
}
_SUBJECT, _PREDICATE, _OBJECT = (iri(vocab.RDF + name) for name in ("subject", "predicate", "object"))
_ALT: Final = iri(vocab.SKOS + "altLabel")
_DERIVED: Final = iri(vocab.PROV + "wasDerivedFrom")


class GraphBuilder:
    """The triples of a build, article by article.

    ``evidence()`` has to be consumed before ``graph()``, which holds what the articles say together; ``of`` does both.

    Args:
        articles: in any order; they are taken by article id.
        resolution: who is who.
        base: base IRI of the instances.

    Raises:
        ValueError: ``base`` is no absolute IRI.
    """

    def __init__(
        self, articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
    ) -> None:
        self.base = vocab.base_with_slash(base)
        self._articles = sorted(articles, key=lambda found: found.article.id)
        self._build = Build(resolution, self.base)
        self._unrealized = claims.unrealized_events(self._build.scopes(self._articles))
        self._graph: set[Triple] = set()

    def evidence(self) -> Iterator[list[Triple]]:
        """The evidence of one article after the other, then that of the build, each part sorted; no triple twice."""
        self._graph = set(self._dataset())
        sources: set[Triple] = set()
        common: set[Triple] = set()
        texts: dict[str, NamedNode] = {}
        named: dict[str, ResolvedEntity] = {}
        for scope in self._build.scopes(self._articles):
            said = claims.claims(scope, self._unrealized)
            own = {triple for claim in said for triple in _claim(scope, claim)}
            own.update(triple for entity in scope.facts.entities for triple in _naming(scope, entity))
            source = set(_source(scope))
            own.update(source - sources)
            sources |= source
            common.update(triple for claim in said for triple in _extractor(self.base, claim))
            for entity in scope.facts.entities:
                known = self._build.entities.get(scope.id(entity.key)) or _alone(scope, entity)
                named[known.id] = known
            self._graph.update(triple for claim in said for triple in (*claim.asserted, *claim.structure))
            self._graph.update(_article(scope))
            first = texts.setdefault(vocab.digest(scope.article.text, length=32), scope.iri)
            if first != scope.iri:
                self._graph.add(Triple(scope.iri, kg("reprints"), first))
            yield sorted(own, key=order)
        for known in named.values():
            self._graph.update(_entity(self.base, known))
            common.update(_merges(self.base, known))
        for event, modality in self._unrealized.items():
            self._graph.add(Triple(iri(event), A, kg("UnrealizedEvent")))
            self._graph.add(Triple(iri(event), kg("modality"), iri(vocab.MODALITY[modality])))
        yield sorted(common, key=order)

    def graph(self) -> list[Triple]:
        """The graph, sorted: complete once ``evidence`` has been consumed."""
        return sorted(self._graph, key=order)

    def of(self) -> tuple[list[Triple], list[Triple]]:
        """Graph and evidence, each sorted."""
        evidence = [triple for part in self.evidence() for triple in part]
        return self.graph(), sorted(evidence, key=order)

    def _dataset(self) -> Iterator[Triple]:
        """What says which base the build has, so that the store needs no file beside it."""
        node = iri(f"{self.base}id/")
        yield Triple(node, A, iri(vocab.VOID + "Dataset"))
        yield Triple(node, iri(vocab.VOID + "uriSpace"), string(f"{self.base}id/"))
        yield Triple(node, iri(vocab.VOID + "vocabulary"), iri(vocab.KG.rstrip("#")))


# ------------------------------------------------------------------------------------------------- evidence
def _claim(scope: Scope, claim: Claim) -> Iterator[Triple]:
    node, fact = claim.node, claim.fact
    yield Triple(node, A, kg("Claim"))
    yield Triple(node, A, iri(vocab.CLAIM_CLASS[fact.kind]))
    if fact.kind == "position":
        yield Triple(node, A, iri(vocab.ORG + "Membership"))
    yield Triple(node, _SUBJECT, claim.triple.subject)
    yield Triple(node, _PREDICATE, claim.triple.predicate)
    yield Triple(node, _OBJECT, claim.triple.object)
    yield Triple(node, kg("inArticle"), scope.iri)
    yield Triple(node, kg("confidence"), decimal(fact.confidence))
    yield Triple(node, kg("status"), iri(vocab.STATUS["candidate" if is_candidate(fact) else fact.status]))
    yield Triple(node, kg("modality"), iri(vocab.MODALITY[fact.modality]))
    yield Triple(node, kg("rule"), string(fact.rule))
    yield Triple(node, iri(vocab.PROV + "wasAttributedTo"), _extractor_node(scope.base, fact.extractor))
    if fact.reason:
        yield Triple(node, kg("reason"), label(fact.reason))
    for predicate, key in ((kg("subjectAs"), claim.subject_as), (kg("objectAs"), claim.object_as)):
        if key:
            yield Triple(node, predicate, scope.naming(key))
    for predicate, term in claim.details:
        yield Triple(node, predicate, term)
    yield Triple(node, kg("evidence"), scope.span(fact.evidence))
    yield from _span(scope, fact.evidence)
    for span in claim.further:
        yield Triple(node, kg("furtherEvidence"), scope.span(span))
        yield from _span(scope, span)


def _span(scope: Scope, span: Span) -> Iterator[Triple]:
    """A quotation: its place counts in the source, its words are those of the repaired text."""
    node, pieces = scope.span(span), scope.pieces(span)
    yield Triple(node, A, iri(vocab.NIF + "OffsetBasedString"))
    yield Triple(node, iri(vocab.NIF + "referenceContext"), iri(scope.source))
    yield Triple(node, iri(vocab.NIF + "anchorOf"), string(scope.article.text[span.start : span.end]))
    if pieces:
        yield Triple(node, iri(vocab.NIF + "beginIndex"), index(min(piece.start for piece in pieces)))
        yield Triple(node, iri(vocab.NIF + "endIndex"), index(max(piece.end for piece in pieces)))
    if len(pieces) > 1:
        yield Triple(node, kg("segments"), string(" ".join(f"{piece.start}-{piece.end}" for piece in pieces)))


def _naming(scope: Scope, entity: Entity) -> Iterator[Triple]:
    """One entity as one article names it: the name made complete, the forms and places in which it is printed."""
    node, target = scope.naming(entity.key), scope.node(entity.key)
    yield Triple(node, A, kg("Naming"))
    yield Triple(node, kg("inArticle"), scope.iri)
    yield Triple(node, kg("denotes"), target)
    yield Triple(node, kg("name"), string(entity.name))
    yield Triple(node, kg("entityType"), string(entity.type))
    if entity.reason:
        yield Triple(node, kg("reason"), label(entity.reason))
    for form in entity.aliases:
        yield Triple(node, kg("alias"), string(form))
    for span in entity.mentions:
        mention = scope.span(span)
        yield Triple(node, kg("mention"), mention)
        yield Triple(mention, iri(vocab.ITSRDF + "taIdentRef"), target)
        yield from _span(scope, span)


def _source(scope: Scope) -> Iterator[Triple]:
    node = iri(scope.source)
    yield Triple(node, A, iri(vocab.NIF + "Context"))
    if scope.article.source:
        yield Triple(node, kg("path"), string(scope.article.source))
    if scope.article.record:
        yield Triple(node, kg("record"), string(scope.article.record))
    if scope.article.source_sha256:
        yield Triple(node, kg("sha256"), string(scope.article.source_sha256))


def _extractor_node(base: str, extractor: str) -> NamedNode:
    return iri(f"{base}id/extractor/{vocab.local_name(extractor)}")


def _extractor(base: str, claim: Claim) -> Iterator[Triple]:
    node = _extractor_node(base, claim.fact.extractor)
    yield Triple(node, A, iri(vocab.PROV + "SoftwareAgent"))
    yield Triple(node, LABEL, string(claim.fact.extractor))


def _merges(base: str, entity: ResolvedEntity) -> Iterator[Triple]:
    node = iri(vocab.entity_iri(base, entity.id))
    for reason in entity.reasons:
        yield Triple(node, kg("mergeReason"), label(reason))


# ---------------------------------------------------------------------------------------------------- graph
def _article(scope: Scope) -> Iterator[Triple]:
    article, node = scope.article, scope.iri
    yield Triple(node, A, iri(vocab.SCHEMA + "NewsArticle"))
    yield Triple(node, iri(vocab.DCTERMS + "identifier"), string(article.id))
    yield Triple(node, _DERIVED, iri(scope.source))
    headline = article.title or next(
        (article.text[block.start : block.end] for block in article.blocks if block.kind == "headline"), ""
    )
    yield Triple(node, LABEL, label(headline or article.id))
    if headline:
        yield Triple(node, iri(vocab.SCHEMA + "headline"), label(headline))
    if article.date:
        yield Triple(node, iri(vocab.SCHEMA + "datePublished"), time(article.date))
    for name, value in (
        ("publisher", article.publisher),
        ("url", article.url),
        ("locationCreated", article.place or scope.facts.locality),
    ):
        if value:
            yield Triple(node, iri(vocab.SCHEMA + name), string(value))
    for warning in scope.facts.warnings:
        yield Triple(node, kg("warning"), string(warning))
    for entity in scope.facts.entities:
        yield Triple(node, iri(vocab.SCHEMA + "mentions"), scope.node(entity.key))


def _entity(base: str, entity: ResolvedEntity) -> Iterable[Triple]:
    node = iri(vocab.entity_iri(base, entity.id))
    for name in vocab.ENTITY_CLASSES[entity.type]:
        yield Triple(node, A, iri(name))
    yield Triple(node, LABEL, label(entity.name))
    if entity.type in _NAME:
        yield Triple(node, _NAME[entity.type], string(entity.name))
    for alias in entity.aliases:
        yield Triple(node, _ALT, label(alias))
    yield from kinds.triples(base, entity)


def _alone(scope: Scope, entity: Entity) -> ResolvedEntity:
    """An entity that the resolution does not know."""
    return ResolvedEntity(scope.id(entity.key), entity.type, entity.name, entity.aliases, ())
