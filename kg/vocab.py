"""The words of the graph: namespaces, predicates, classes, and how IRIs are minted. The only file with IRI strings.

Standard terms are used wherever one exists; own terms (``kg:``) are defined and mapped to standard ones in
``kg/graph/ontology.ttl``. Instances live under ``BASE/id/``; ``BASE`` is a setting, the namespace of the own terms
is fixed, so that queries and shapes hold for every build.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

DEFAULT_BASE: Final = "https://kg.example.org/"
KG: Final = "https://kg.example.org/ns#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
ORG: Final = "http://www.w3.org/ns/org#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SCHEMA: Final = "https://schema.org/"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF: Final = "http://www.w3.org/2005/11/its/rdf#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
VOID: Final = "http://rdfs.org/ns/void#"

PREFIXES: Final[Mapping[str, str]] = {
    "kg": KG,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "org": ORG,
    "foaf": FOAF,
    "sem": SEM,
    "schema": SCHEMA,
    "nif": NIF,
    "itsrdf": ITSRDF,
    "prov": PROV,
    "dcterms": DCTERMS,
    "void": VOID,
}
"""Prefixes of the vocabularies; ``prefixes`` adds those of the instances."""

ID_KINDS: Final = (
    "person",
    "organization",
    "place",
    "event",
    "document",
    "unnamed",
    "post",
    "role",
    "award",
    "statement",
    "article",
    "source",
    "claim",
    "extractor",
)
"""First path segment of every instance IRI, and its prefix."""

EVIDENCE_KINDS: Final = ("claim", "source")
"""Instances under these segments, and the fragments of articles (namings), belong to ``evidence.ttl``."""

# ---------------------------------------------------------------------------------------------- predicates
PARTICIPATION: Final[Mapping[str, str]] = {
    "attend": KG + "attended",
    "speak": KG + "spokeAt",
    "preside": KG + "chaired",
    "organize": KG + "organized",
    "visit": KG + "conducted",
    "accompany": KG + "accompanied",
    "sign": KG + "signedAt",
    "meet": KG + "metAt",
    "win": KG + "wonAt",
    "lose": KG + "lostAt",
    "compete": KG + "competedIn",
    "victim": KG + "victimOf",
    "perpetrator": KG + "perpetratorOf",
    "other": KG + "participatedIn",
}
"""Role in an event to the predicate from participant to event; all lie under ``kg:participatedIn``."""

OFFICE_CHANGE: Final[Mapping[str, str]] = {
    "appointed": KG + "appointedTo",
    "elected": KG + "electedTo",
    "removed": KG + "removedFrom",
    "resigned": KG + "resignedFrom",
    "nominated": KG + "nominatedFor",
}
"""Change of an appointment to the predicate from person to post; all lie under ``kg:officeChanged``."""

BYLINE: Final[Mapping[str, str]] = {
    "reporter": SCHEMA + "author",
    "correspondent": KG + "correspondent",
    "photographer": KG + "photographer",
    "editor": SCHEMA + "editor",
}
"""Role in a byline to the predicate from article to person."""

EVENT_CLASS: Final[Mapping[str, str]] = {
    "meeting": KG + "Meeting",
    "visit": KG + "Visit",
    "encounter": KG + "Encounter",
    "signing": KG + "Signing",
    "ceremony": KG + "Ceremony",
    "appointment": KG + "Appointment",
    "activity": KG + "Activity",
    "competition": KG + "Competition",
    "incident": KG + "Incident",
    "trip": KG + "Trip",
    "legal": KG + "LegalProceeding",
    "transaction": KG + "Transaction",
    "launch": KG + "Launch",
    "other": SEM + "Event",
}
"""Kind of an event to its class, each below ``sem:Event``."""

CLAIM_CLASS: Final[Mapping[str, str]] = {
    "position": KG + "PositionClaim",
    "participation": KG + "ParticipationClaim",
    "event": KG + "EventClaim",
    "visit": KG + "VisitClaim",
    "meeting": KG + "MeetingClaim",
    "signing": KG + "SigningClaim",
    "appointment": KG + "AppointmentClaim",
    "hierarchy": KG + "HierarchyClaim",
    "statement": KG + "StatementClaim",
    "byline": KG + "BylineClaim",
    "award": KG + "AwardClaim",
}
"""Kind of a fact to the class of its claims, each below ``kg:Claim``."""

ENTITY_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "person": (FOAF + "Person",),
    "organization": (ORG + "Organization",),
    "place": (SCHEMA + "Place",),
    "event": (SEM + "Event",),
    "document": (SCHEMA + "CreativeWork",),
    "unnamed": (KG + "UnnamedAgent",),
}

STATUS: Final[Mapping[str, str]] = {name.lower(): KG + name for name in ("Explicit", "Inferred", "Candidate")}
MODALITY: Final[Mapping[str, str]] = {
    name.lower(): KG + name for name in ("Asserted", "Planned", "Urged", "Reported", "Denied")
}
HAPPENED: Final = frozenset({"asserted", "reported"})
"""Modalities under which the plain triple of a fact may be asserted."""

DOMAIN_PREDICATES: Final = tuple(
    sorted(
        {
            *PARTICIPATION.values(),
            *OFFICE_CHANGE.values(),
            *BYLINE.values(),
            ORG + "holds",
            ORG + "memberOf",
            ORG + "subOrganizationOf",
            SCHEMA + "containedInPlace",
            SCHEMA + "contributor",
            SCHEMA + "location",
            DCTERMS + "isPartOf",
            KG + "formerlyHeld",
            KG + "formerlyMemberOf",
            KG + "visited",
            KG + "met",
            KG + "signed",
            KG + "said",
            KG + "received",
        }
    )
)
"""Predicates whose every triple is said by a claim, besides the place, date and class of events."""

# --------------------------------------------------------------------------------------------------- IRIs
# What may stand in a path segment (RFC 3987 ipchar without pct-encoded; RFC 5147 and prefixed names need no more).
_ILLEGAL = re.compile(
    "[^A-Za-z0-9._~!$&'()*+,;=:@\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(p << 16)}-{chr((p << 16) + 0xFFFD)}" for p in range(1, 14))
    + f"{chr(0xE1000)}-{chr(0xEFFFD)}-]"
)
_BLANK = re.compile(r"\s+")


def digest(*parts: str, length: int = 16) -> str:
    """A stable short hash of strings, in hexadecimal: two of a million differ with probability 1 - 3e-8 at 16 digits.

    >>> digest("韦韬", "太原市委") == digest("韦韬太原市委")
    False
    """
    joined = "\x1f".join(part.replace("\x1f", "\x1f\x1f") for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@lru_cache(maxsize=65536)
def local_name(text: str) -> str:
    """Text as one path segment of an IRI: NFKC, white space and illegal characters replaced by ``_``.

    Chinese stays Chinese and nothing is percent-encoded. Where a character other than white space had to be replaced,
    a hash of the text follows, so that two names never share an IRI by accident.

    >>> local_name("韦韬"), local_name("约翰 史密斯")
    ('韦韬', '约翰_史密斯')
    >>> local_name("a<b") == local_name("a>b")
    False
    """
    name = _BLANK.sub("_", unicodedata.normalize("NFKC", text).strip())
    safe = _ILLEGAL.sub("_", name)
    if not safe.strip("."):
        safe = "_"
    return safe if safe == name else f"{safe}~{digest(text, length=6)}"


def article_local(article_id: str) -> str:
    """The path of an article: the id, with the number of an article within its file as a segment of its own.

    >>> article_local("taiyuan-daily#2")
    'taiyuan-daily/2'
    """
    stem, mark, number = article_id.rpartition("#")
    return (
        f"{local_name(stem)}/{number}" if mark and number.isdecimal() and number.isascii() else local_name(article_id)
    )


def article_iri(base: str, article_id: str) -> str:
    return f"{base}id/article/{article_local(article_id)}"


def naming_iri(base: str, article_id: str, key: str) -> str:
    """The node of one entity as one article names it; ``key`` is ``Entity.key``."""
    kind, _, name = key.partition(":")
    return f"{article_iri(base, article_id)}#{local_name(kind)}:{local_name(name)}"


def source_iri(base: str, path: str, record: str = "") -> str:
    """The text that offsets count in: a file, or one record of a file.

    >>> source_iri(DEFAULT_BASE, "news/2022 06.jsonl", "12")
    'https://kg.example.org/id/source/news/2022_06.jsonl/12'
    """
    segments = [local_name(part) for part in path.split("/") if part]
    return "/".join([f"{base}id/source", *(segments or ["_"]), *([local_name(record)] if record else [])])


def entity_iri(base: str, entity_id: str) -> str:
    """The IRI of a resolved entity: its id (``person/韦韬``) after the base.

    >>> entity_iri(DEFAULT_BASE, "person/韦韬")
    'https://kg.example.org/id/person/韦韬'
    """
    kind, mark, name = entity_id.partition("/")
    return f"{base}id/{local_name(kind)}/{local_name(name)}" if mark else f"{base}id/{local_name(kind)}"


def post_iri(base: str, organization_id: str, title: str) -> str:
    """A post exists without a holder: the organization's local name and the title, or the title alone.

    >>> post_iri(DEFAULT_BASE, "organization/太原市委", "书记")
    'https://kg.example.org/id/post/太原市委_书记'
    """
    organization = organization_id.partition("/")[2]
    return f"{base}id/post/{local_name(organization) + '_' if organization else ''}{local_name(title)}"


def base_with_slash(base: str) -> str:
    """A base that instances can follow.

    Raises:
        ValueError: it is not an absolute IRI, or holds characters that no IRI may.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`#?%]+", base):
        raise ValueError(f"base {base!r}: give an absolute IRI such as {DEFAULT_BASE}")
    return base if base.endswith(("/", ":")) else f"{base}/"


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Every prefix of a build: the vocabularies and the kinds of instances."""
    return {**PREFIXES, **{kind: f"{base}id/{kind}/" for kind in ID_KINDS}}


def is_evidence(base: str, subject: str) -> bool:
    """Whether a node belongs to ``evidence.ttl``: a claim, a source with its spans, or a naming."""
    start = f"{base}id/"
    kind = subject[len(start) :].partition("/")[0] if subject.startswith(start) else ""
    return kind in EVIDENCE_KINDS or (kind == "article" and "#" in subject)
