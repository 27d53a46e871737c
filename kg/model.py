"""The data model: what is read, what is found in it, and what is said about it.

Everything here is a frozen value that knows nothing of files, taggers or RDF. Offsets are half-open and count
Unicode code points. Two coordinate systems occur and are never mixed: *text* offsets count in the repaired text of
an article (``Article.text``); *source* offsets count in the text as it lies in the source (the decoded file, or the
``text`` of a record). ``Article.source_spans`` goes from the first to the second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

EntityType = Literal["person", "organization", "place", "event", "document", "unnamed"]
"""``unnamed`` is a speaker or actor that the article does not name (``现场负责人``): never listed as an entity."""

FactKind = Literal[
    "position",  # subject person, object organization or "", qualifiers title, [former], [acting]
    "participation",  # subject person/organization/place, object event, qualifier role
    "event",  # subject event, object place or "", qualifiers kind, date (ISO, "--MM-DD" or "")
    "visit",  # subject person, object place or organization
    "meeting",  # subject person, object counterpart
    "signing",  # subject party, object document
    "appointment",  # subject person, object organization or "", qualifiers title, change
    "hierarchy",  # subject child, object parent
    "statement",  # subject speaker, object "", qualifier verb; the evidence is the statement
    "byline",  # subject person, object "", qualifier role
    "award",  # subject recipient, object "", qualifier award
]
Modality = Literal["asserted", "planned", "urged", "reported", "denied"]
Status = Literal["explicit", "inferred", "candidate"]
CANDIDATE_BELOW: Final = 0.5
"""A fact of a lower confidence is more likely wrong than right: never asserted."""
BlockKind = Literal["headline", "body", "caption", "byline", "furniture"]


class Span(NamedTuple):
    """A half-open stretch of code points.

    >>> "太原市委书记"[slice(*Span(0, 4))]
    '太原市委'
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of repaired text that stands in one piece in the source: ``text[start:start+length]`` is
    ``source[source_start:source_start+length]`` up to width and script normalization (one code point for one)."""

    start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article with its part in the layout; offsets in the repaired text."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    r"""One article, repaired and ready to be analysed.

    Attributes:
        id: the file's stem, ``stem#2`` for the second article in it, a record's ``id``.
        text: the repaired text: paragraphs joined where columns cut them, captions moved out of sentences,
            one ``\\n`` between blocks.
        segments: the map from ``text`` to the source, in order of ``start``. Characters outside every segment
            (the separators that repair put in) have no place in the source.
        blocks: the layout, in order, covering ``text`` but for separators.
        source: path of the file as given, relative to the folder that was named where one was.
        record: key of the record inside the file (``"12"`` for the line or row number), empty for whole files.
        source_sha256: of the source text (UTF-8).
        title, date, publisher, url, place: from front matter or the record; empty where not given. ``date`` is
            ISO 8601 (``2022-06-03``) or empty.
        page_place: the city that the page's articles name most often, for an article cut out of a page; else empty.
    """

    id: str
    text: str
    segments: tuple[Segment, ...]
    blocks: tuple[Block, ...]
    source: str = ""
    record: str = ""
    source_sha256: str = ""
    title: str = ""
    date: str = ""
    publisher: str = ""
    url: str = ""
    place: str = ""
    page_place: str = ""

    def source_spans(self, span: Span) -> tuple[Span, ...]:
        """The pieces of the source that ``text[span.start:span.end]`` was made of, in text order.

        Raises:
            ValueError: the span is empty, reversed or outside the text.
        """
        start, end = span
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{self.id}: span {start},{end} is not inside a text of {len(self.text)} characters")
        pieces: list[Span] = []
        first = max(0, bisect_right(self.segments, start, key=lambda s: s.start) - 1)
        for segment in self.segments[first:]:
            low, high = max(start, segment.start), min(end, segment.start + segment.length)
            if segment.start >= end:
                break
            if low < high:
                shift = segment.source_start - segment.start
                if pieces and pieces[-1].end == low + shift:
                    pieces[-1] = Span(pieces[-1].start, high + shift)
                else:
                    pieces.append(Span(low + shift, high + shift))
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something.

    Attributes:
        type: an entity type, ``title`` (a post without its organization) or ``time``.
        sources: who proposed it (``tagger``, ``lac``, ``gazetteer``, ``grammar`` …), sorted.
        score: certainty in 0..1 of type and borders.
    """

    start: int
    end: int
    type: str
    text: str
    sources: tuple[str, ...] = ()
    score: float = 1.0

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Entity:
    """Something an article names, made complete from the article's own context.

    Attributes:
        key: ``type:name``; facts refer to entities of their article by it.
        name: the complete name (``太原市委`` where the text prints ``市委``).
        aliases: other forms, printed or equivalent, sorted, without ``name``.
        mentions: where it is named (text offsets), in order; empty for an entity that only the context gives.
        reason: how ``name`` was completed where it is not printed as such; empty otherwise.
    """

    key: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of one article, with its evidence.

    Attributes:
        kind: see ``FactKind`` for what subject, object and qualifiers mean.
        subject, object: keys of entities of the same article; ``object`` may be empty.
        qualifiers: sorted ``(name, value)`` pairs; see ``FactKind``.
        evidence: text span of the quotation: at most one sentence.
        rule: name of the rule that proposed it.
        extractor: name and version of the extractor.
        confidence: probability in 0..1 that a careful reader would sign it.
        status: ``explicit``: printed; ``inferred``: needs context, ``reason`` says which; ``candidate``: below 0.5.
    """

    kind: FactKind
    subject: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    evidence: Span
    rule: str
    extractor: str = "kg"
    confidence: float = 0.9
    status: Status = "explicit"
    reason: str = ""
    modality: Modality = "asserted"

    def qualifier(self, name: str) -> str:
        """The value of a qualifier, empty where there is none."""
        return next((value for key, value in self.qualifiers if key == name), "")


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """Everything the per-article stages found: a pure function of the article, the settings and the models."""

    article: Article
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    locality: str = ""
    warnings: tuple[str, ...] = field(default=())

    def entity(self, key: str) -> Entity:
        """The entity with this key.

        Raises:
            KeyError: no entity of the article has it.
        """
        for entity in self.entities:
            if entity.key == key:
                return entity
        raise KeyError(key)

    def quote(self, fact: Fact) -> str:
        return self.article.text[fact.evidence.start : fact.evidence.end]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form; ``from_dict`` is its inverse."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ArticleFacts:
        article = dict(data["article"])
        article["segments"] = tuple(Segment(**s) for s in article["segments"])
        article["blocks"] = tuple(Block(**b) for b in article["blocks"])
        return cls(
            article=Article(**article),
            entities=tuple(_entity(e) for e in data["entities"]),
            facts=tuple(_fact(f) for f in data["facts"]),
            locality=data.get("locality", ""),
            warnings=tuple(data.get("warnings", ())),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _entity(data: Mapping[str, Any]) -> Entity:
    return Entity(**{**data, "aliases": tuple(data["aliases"]), "mentions": tuple(Span(*m) for m in data["mentions"])})


def _fact(data: Mapping[str, Any]) -> Fact:
    qualifiers = tuple((str(k), str(v)) for k, v in data["qualifiers"])
    return Fact(**{**data, "qualifiers": qualifiers, "evidence": Span(*data["evidence"])})


def qualifiers(**values: str) -> tuple[tuple[str, str], ...]:
    """Qualifiers in their stored order, empty ones left out.

    >>> qualifiers(title="书记", former="")
    (('title', '书记'),)
    """
    return tuple(sorted((name, value) for name, value in values.items() if value))


def iterate_spans(text: str, needle: str) -> Iterator[Span]:
    """Every place where ``needle`` stands in ``text``, without overlaps."""
    start = text.find(needle) if needle else -1
    while start >= 0:
        yield Span(start, start + len(needle))
        start = text.find(needle, start + len(needle))


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """One entity of the whole build.

    Attributes:
        id: readable local identifier, minted from content, never from order or time: ``person/韦韬``,
            ``person/张伟~3fa9c1`` for a homonym, ``event/meeting-0602-8e57bfcb``. The graph puts its base before it.
        members: ``(article id, entity key)`` of every article-local entity that it stands for, sorted.
        reasons: one line for each merge: why its members are one.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who in a build: entities sorted by id, and the way from an article's entity to the build's."""

    entities: tuple[ResolvedEntity, ...]
    index: Mapping[tuple[str, str], str]
