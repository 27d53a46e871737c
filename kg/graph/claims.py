"""What each kind of fact says in RDF: one claim with its triple, and the nodes that it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg import vocab
from kg.errors import PluginError
from kg.graph.terms import Term, boolean, iri, label, string, time
from kg.model import CANDIDATE_BELOW, Article, ArticleFacts, Entity, Fact, Modality, Resolution, Span

A: Final = iri(vocab.RDF + "type")
LABEL: Final = iri(vocab.RDFS + "label")


def kg(name: str) -> NamedNode:
    return iri(vocab.KG + name)


def is_candidate(fact: Fact) -> bool:
    """A fact too weak to be asserted: its claim is written, its triple is not."""
    return fact.status == "candidate" or fact.confidence < CANDIDATE_BELOW


class Build:
    """What all articles of a build share: who is who, under which names and which base.

    Args:
        resolution: an entity that it does not know stands for itself.
        base: base IRI, ending in a slash.
    """

    def __init__(self, resolution: Resolution, base: str) -> None:
        self.base, self.index = base, resolution.index
        self.entities: Final = {entity.id: entity for entity in resolution.entities}

    def scopes(self, articles: Iterable[ArticleFacts]) -> Iterator[Scope]:
        return (Scope(found, self) for found in articles)


class Scope:
    """One article within a build: where its entities, spans and own node are found."""

    def __init__(self, facts: ArticleFacts, build: Build) -> None:
        self.facts, self.build, self.base = facts, build, build.base
        self.article: Article = facts.article
        self.iri: Final = iri(vocab.article_iri(self.base, self.article.id))
        self.source: Final = vocab.source_iri(self.base, self.article.source or self.article.id, self.article.record)
        self._entities = {entity.key: entity for entity in facts.entities}

    def entity(self, key: str) -> Entity:
        """The article's entity.

        Raises:
            PluginError: a fact names an entity that the article does not have.
        """
        try:
            return self._entities[key]
        except KeyError:
            raise PluginError(
                f"{self.article.id}: a fact speaks of {key!r}, which is no entity of the article; "
                "an extractor has to list every entity that its facts name"
            ) from None

    def id(self, key: str) -> str:
        """The build-wide id of an entity."""
        entity = self.entity(key)
        found = self.build.index.get((self.article.id, key))
        return found or f"{entity.type}/{entity.name}~{vocab.digest(self.article.id, key, length=6)}"

    def node(self, key: str) -> NamedNode:
        return iri(vocab.entity_iri(self.base, self.id(key)))

    def name(self, key: str) -> str:
        """The name that the build gives the entity."""
        known = self.build.entities.get(self.id(key))
        return known.name if known else self.entity(key).name

    def naming(self, key: str) -> NamedNode:
        return iri(vocab.naming_iri(self.base, self.article.id, key))

    def pieces(self, span: Span) -> tuple[Span, ...]:
        return self.article.source_spans(span)

    def span(self, span: Span) -> NamedNode:
        """A quotation by its place in the source (RFC 5147; several ranges where it is cut)."""
        pieces = self.pieces(span)
        if not pieces:
            return iri(f"{self.iri.value}#text={span.start},{span.end}")
        return iri(f"{self.source}#" + "&".join(f"char={start},{end}" for start, end in pieces))


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact as RDF.

    Attributes:
        node: the claim's IRI, minted from what it says and where.
        fact: the fact with the best evidence of those that say the same in the article.
        triple: what is claimed.
        details: properties of the claim beside those that every claim has.
        asserted: what the graph says because of it: empty for candidates, and for what did not happen.
        structure: the nodes that its triple needs (post, role, award, utterance).
        subject_as, object_as: entity keys of the article, empty where the side is no entity.
        further: evidence of the other facts that say the same.
    """

    node: NamedNode
    fact: Fact
    triple: Triple
    details: tuple[tuple[NamedNode, Term], ...]
    asserted: tuple[Triple, ...]
    structure: tuple[Triple, ...]
    subject_as: str
    object_as: str
    further: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Saying:
    """What a fact says, before it is known whether it is asserted."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    details: list[tuple[NamedNode, Term]] = field(default_factory=list)
    beside: list[Triple] = field(default_factory=list)  # further triples asserted with it
    structure: list[Triple] = field(default_factory=list)
    swapped: bool = False  # the fact's subject is the triple's object (bylines)


Realized = Callable[[str], bool]
"""Whether an event (its IRI) is said to have happened by any article."""


def claims(scope: Scope, unrealized: Mapping[str, Modality]) -> list[Claim]:
    """The claims of one article, sorted by IRI.

    Args:
        unrealized: events that no article reports as having happened, by IRI; their place and date are asserted
            although they are only planned, since the event itself is marked.

    Raises:
        PluginError: a fact names an entity that the article does not have.
    """
    same: dict[str, list[tuple[Fact, _Saying]]] = {}
    for fact in scope.facts.facts:
        saying = _SAYINGS[fact.kind](scope, fact)
        identity = vocab.digest(
            *(saying.subject.value, saying.predicate.value, str(saying.object), scope.article.id),
            *(fact.kind, scope.id(fact.object) if fact.object else "", fact.modality),
            *(part for pair in fact.qualifiers for part in pair),
        )
        same.setdefault(f"{scope.base}id/claim/{identity}", []).append((fact, saying))
    return [_claim(scope, node, group, unrealized) for node, group in sorted(same.items())]


def _claim(scope: Scope, node: str, group: list[tuple[Fact, _Saying]], unrealized: Mapping[str, Modality]) -> Claim:
    fact, saying = min(group, key=lambda item: (is_candidate(item[0]), -item[0].confidence, item[0].evidence))
    triple = Triple(saying.subject, saying.predicate, saying.object)
    details = [*saying.details, *_qualifiers(fact.qualifiers)]
    holds = not is_candidate(fact) and (
        fact.modality in vocab.HAPPENED
        or (fact.kind == "event" and fact.modality == "planned" and saying.subject.value in unrealized)
    )
    subject_as, object_as = ("", fact.subject) if saying.swapped else (fact.subject, fact.object)
    return Claim(
        node=iri(node),
        fact=fact,
        triple=triple,
        details=tuple(details),
        asserted=(triple, *saying.beside) if holds else (),
        # what is not asserted needs no post and no utterance, only the concepts (role) that its claim points to
        structure=tuple(t for t in saying.structure if holds or t.subject != saying.object),
        subject_as=subject_as,
        object_as=object_as,
        further=tuple(sorted({other.evidence for other, _ in group} - {fact.evidence})),
    )


def unrealized_events(scopes: Iterable[Scope]) -> dict[str, Modality]:
    """Events that no article says to have happened, with the strongest modality said of them.

    What the event facts say counts before what participations say; candidates do not count.
    """
    ranks: dict[str, tuple[list[Modality], list[Modality]]] = {}
    for scope in scopes:
        for fact in scope.facts.facts:
            if fact.kind in ("event", "participation") and not is_candidate(fact):
                event = scope.node(fact.subject if fact.kind == "event" else fact.object).value
                ranks.setdefault(event, ([], []))[fact.kind != "event"].append(fact.modality)
    strongest: tuple[Modality, ...] = ("planned", "urged", "denied")
    found: dict[str, Modality] = {}
    for event, (own, shared) in ranks.items():
        said = own or shared
        if not vocab.HAPPENED.intersection(said):
            found[event] = min(said, key=strongest.index)
    return found


def _qualifiers(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[NamedNode, Term]]:
    """Every qualifier as a property of the claim that bears its name."""
    for name, value in pairs:
        if name == "date":
            yield kg("date"), time(value)
        elif name in ("former", "acting"):
            yield kg(name), boolean(value.lower() not in ("", "0", "false", "no"))
        else:
            yield kg(re.sub(r"[^A-Za-z0-9_]", "_", name) or "_"), string(value)


# ------------------------------------------------------------------------------------------- one function a kind
def _plain(predicate: str) -> Callable[[Scope, Fact], _Saying]:
    def say(scope: Scope, fact: Fact) -> _Saying:
        return _Saying(scope.node(fact.subject), iri(predicate), scope.node(fact.object))

    return say


def _post(scope: Scope, fact: Fact) -> tuple[NamedNode, list[tuple[NamedNode, Term]], list[Triple]]:
    """The post that a position or an appointment is about, with the properties and nodes that tell of it."""
    title = fact.qualifier("title")
    organization = scope.id(fact.object) if fact.object else ""
    post = iri(vocab.post_iri(scope.base, organization, title))
    role = iri(f"{scope.base}id/role/{vocab.local_name(title)}")
    name = scope.name(fact.object) if fact.object else ""
    nodes = [
        Triple(post, A, iri(vocab.ORG + "Post")),
        Triple(post, LABEL, label(f"{name}{title}")),
        Triple(post, iri(vocab.ORG + "role"), role),
        Triple(role, A, iri(vocab.ORG + "Role")),
        Triple(role, iri(vocab.SKOS + "prefLabel"), label(title)),
    ]
    details: list[tuple[NamedNode, Term]] = [(iri(vocab.ORG + "role"), role)]
    if fact.object:
        nodes.append(Triple(post, iri(vocab.ORG + "postIn"), scope.node(fact.object)))
        details.append((iri(vocab.ORG + "organization"), scope.node(fact.object)))
    return post, details, nodes


def _position(scope: Scope, fact: Fact) -> _Saying:
    person = scope.node(fact.subject)
    former = bool(fact.qualifier("former"))
    member = (iri(vocab.ORG + "member"), person)
    if not fact.qualifier("title") and fact.object:
        predicate = vocab.KG + "formerlyMemberOf" if former else vocab.ORG + "memberOf"
        body = scope.node(fact.object)
        return _Saying(person, iri(predicate), body, [member, (iri(vocab.ORG + "organization"), body)])
    post, details, nodes = _post(scope, fact)
    predicate = vocab.KG + "formerlyHeld" if former else vocab.ORG + "holds"
    return _Saying(person, iri(predicate), post, [member, *details], structure=nodes)


def _appointment(scope: Scope, fact: Fact) -> _Saying:
    post, details, nodes = _post(scope, fact)
    predicate = vocab.OFFICE_CHANGE.get(fact.qualifier("change"), vocab.KG + "officeChanged")
    return _Saying(scope.node(fact.subject), iri(predicate), post, details, structure=nodes)


def _participation(scope: Scope, fact: Fact) -> _Saying:
    who, event = scope.node(fact.subject), scope.node(fact.object)
    predicate = vocab.PARTICIPATION.get(fact.qualifier("role"), vocab.PARTICIPATION["other"])
    return _Saying(who, iri(predicate), event, beside=[Triple(event, iri(vocab.SEM + "hasActor"), who)])


def _event(scope: Scope, fact: Fact) -> _Saying:
    event = scope.node(fact.subject)
    saying = _Saying(event, A, iri(vocab.EVENT_CLASS.get(fact.qualifier("kind"), vocab.SEM + "Event")))
    if fact.object:
        place = scope.node(fact.object)
        saying.details.append((kg("place"), place))
        saying.beside.append(Triple(event, iri(vocab.SEM + "hasPlace"), place))
    if fact.qualifier("date"):
        when = time(fact.qualifier("date"))
        recurring = when.datatype.value in (vocab.XSD + "gMonthDay", vocab.XSD + "gMonth")
        predicate = kg("monthDay") if recurring else iri(vocab.SEM + "hasTimeStamp")
        saying.beside.append(Triple(event, predicate, when))
    return saying


def _hierarchy(scope: Scope, fact: Fact) -> _Saying:
    types = scope.entity(fact.subject).type, scope.entity(fact.object).type
    predicate = {
        ("organization", "organization"): vocab.ORG + "subOrganizationOf",
        ("place", "place"): vocab.SCHEMA + "containedInPlace",
        ("organization", "place"): vocab.SCHEMA + "location",
    }.get(types, vocab.DCTERMS + "isPartOf")
    return _Saying(scope.node(fact.subject), iri(predicate), scope.node(fact.object))


def _statement(scope: Scope, fact: Fact) -> _Saying:
    pieces = scope.pieces(fact.evidence) or (fact.evidence,)
    place = f"{vocab.article_local(scope.article.id)}/{pieces[0].start}-{pieces[-1].end}"
    utterance = iri(f"{scope.base}id/statement/{place}")
    words = scope.facts.quote(fact)
    nodes = [
        Triple(utterance, A, kg("Utterance")),
        Triple(utterance, LABEL, label(words if len(words) <= 24 else f"{words[:23]}…")),
        Triple(utterance, iri(vocab.SCHEMA + "text"), label(words)),
        Triple(utterance, iri(vocab.SCHEMA + "isPartOf"), scope.iri),
    ]
    saying = _Saying(scope.node(fact.subject), kg("said"), utterance, structure=nodes)
    if fact.object:
        saying.details.append((kg("addressee"), scope.node(fact.object)))
    return saying


def _byline(scope: Scope, fact: Fact) -> _Saying:
    predicate = vocab.BYLINE.get(fact.qualifier("role"), vocab.SCHEMA + "contributor")
    return _Saying(scope.iri, iri(predicate), scope.node(fact.subject), swapped=True)


def _award(scope: Scope, fact: Fact) -> _Saying:
    name = fact.qualifier("award")
    award = iri(f"{scope.base}id/award/{vocab.local_name(name)}")
    nodes = [Triple(award, A, kg("Award")), Triple(award, iri(vocab.SKOS + "prefLabel"), label(name))]
    return _Saying(scope.node(fact.subject), kg("received"), award, structure=nodes)


_SAYINGS: Final[Mapping[str, Callable[[Scope, Fact], _Saying]]] = {
    "position": _position,
    "participation": _participation,
    "event": _event,
    "visit": _plain(vocab.KG + "visited"),
    "meeting": _plain(vocab.KG + "met"),
    "signing": _plain(vocab.KG + "signed"),
    "appointment": _appointment,
    "hierarchy": _hierarchy,
    "statement": _statement,
    "byline": _byline,
    "award": _award,
}
