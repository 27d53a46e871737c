"""Why the graph says what it says: all that is known of one entity, or what ties two, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Final

from kg import vocab
from kg.errors import QueryError
from kg.graph.relations import Node, Relation, relations
from kg.graph.wording import sentence
from kg.model import ArticleFacts, Entity, Resolution, ResolvedEntity, Span

_TYPES: Final = {
    "person": "人物",
    "organization": "机构",
    "place": "地点",
    "event": "事件",
    "document": "文件",
    "unnamed": "未具名",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One fact as people read it.

    Attributes:
        sentence: what it says, in Chinese.
        quotation: what the article prints.
        article, source, record: where; ``pieces`` are code points of the source.
        rule, extractor, confidence, status, modality, reason: how it was found, how sure that is, and why.
        names: how the article names the fact's ends where that differs from the build's name, and why it is completed.
    """

    kind: str
    sentence: str
    quotation: str
    article: str
    source: str
    record: str
    pieces: tuple[Span, ...]
    rule: str
    extractor: str
    confidence: float
    status: str
    modality: str
    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """One entity: who it is, why its namings are one, and all that is said of it.

    Attributes:
        articles: that name it.
        reprints: those of them that print the text of another one, with that other: the two are one witness.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    articles: tuple[str, ...]
    reprints: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    facts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties two entities.

    Attributes:
        first, second: ids.
        direct: facts that name both.
        events: names of the events that both took part in, each with the facts that say so.
        path: the shortest way through facts where neither of the two above ties them; empty where none leads there.
    """

    first: str
    second: str
    direct: tuple[Said, ...]
    events: tuple[tuple[str, tuple[Said, ...]], ...]
    path: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of one name (every entity that bears it), or of two and what ties them."""

    entities: tuple[About, ...]
    ties: tuple[Tie, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Plain text, a line each."""
        lines = [line for about in self.entities for line in _about_lines(about, short=bool(self.ties))]
        return lines + [line for tie in self.ties for line in _tie_lines(tie, self.entities)]


def find(resolution: Resolution, name: str) -> tuple[ResolvedEntity, ...]:
    """The entities of an id, a name, or else an alias, the most mentioned first.

    Raises:
        QueryError: there is none; the message has the nearest names.
    """
    wanted = vocab.local_name(name)
    by_id = [entity for entity in resolution.entities if entity.id == name]
    by_name = [entity for entity in resolution.entities if vocab.local_name(entity.name) == wanted]
    by_alias = [entity for entity in resolution.entities if wanted in map(vocab.local_name, entity.aliases)]
    found = by_id or by_name or by_alias
    if not found:
        near = _near(resolution, name)
        hint = f"did you mean {'、'.join(near)}?" if near else "see `kg query OUT --named entities` for all names"
        raise QueryError(f"nothing in the graph is named {name!r}; {hint}")
    return tuple(sorted(found, key=lambda entity: (-len(entity.members), entity.id)))


def _near(resolution: Resolution, name: str) -> list[str]:
    names = sorted({form for entity in resolution.entities for form in (entity.name, *entity.aliases)})
    holding = [form for form in names if len(name) > 1 and name in form]
    close = get_close_matches(name, names, n=5, cutoff=0.4)
    return list(dict.fromkeys((*close, *sorted(holding, key=len))))[:5]


def explain(
    articles: Sequence[ArticleFacts],
    resolution: Resolution,
    name: str,
    other: str | None = None,
    *,
    base: str = vocab.DEFAULT_BASE,
) -> Explanation:
    """All that is known of a name, or what ties it to another.

    Raises:
        QueryError: nothing bears the name; the message has the nearest names.
        PluginError: a fact names an entity that its article does not have.
    """
    firsts = find(resolution, name)
    seconds = find(resolution, other) if other is not None else ()
    entities = tuple({entity.id: entity for entity in (*firsts, *seconds)}.values())
    all_relations = list(relations(articles, resolution, base=base))
    originals = _reprints(articles)
    about = tuple(
        _about(entity, originals, [r for r in all_relations if entity.id in (r.subject.id, r.object.id)])
        for entity in entities
    )
    if other is None:
        return Explanation(about)
    # of homonyms, the pair that is tied the closest
    ties = [_tie(all_relations, first.id, second.id) for first in firsts for second in seconds if first.id != second.id]
    if not ties:
        raise QueryError(f"{name!r} and {other!r} are one entity, {firsts[0].id}; name two")
    return Explanation(about, (min(ties, key=_distance),))


def _distance(tie: Tie) -> tuple[bool, bool, int, int]:
    return not tie.direct, not tie.events, len(tie.path) or 10**6, -len(tie.direct) - len(tie.events)


def _reprints(articles: Sequence[ArticleFacts]) -> dict[str, str]:
    """Articles that print the text of another one, with the first that does."""
    first: dict[str, str] = {}
    ordered = sorted((found.article for found in articles), key=lambda article: article.id)
    return {
        article.id: original
        for article in ordered
        if (original := first.setdefault(article.text, article.id)) != article.id
    }


def _about(entity: ResolvedEntity, originals: Mapping[str, str], said: Sequence[Relation]) -> About:
    articles = sorted({article for article, _ in entity.members})
    return About(
        id=entity.id,
        type=entity.type,
        name=entity.name,
        aliases=entity.aliases,
        articles=tuple(articles),
        reprints=tuple((article, originals[article]) for article in articles if article in originals),
        reasons=entity.reasons,
        facts=tuple(_said(relation) for relation in said),
    )


def _said(relation: Relation) -> Said:
    fact, article = relation.fact, relation.facts.article
    return Said(
        kind=fact.kind,
        sentence=sentence(relation),
        quotation=relation.evidence,
        article=article.id,
        source=article.source,
        record=article.record,
        pieces=relation.pieces,
        rule=fact.rule,
        extractor=fact.extractor,
        confidence=fact.confidence,
        status=relation.status,
        modality=relation.modality,
        reason=fact.reason,
        names=tuple(_names(relation)),
    )


def _names(relation: Relation) -> Iterable[str]:
    for node, key in ((relation.subject, relation.fact.subject), (relation.object, relation.fact.object)):
        if key:
            own: Entity = relation.facts.entity(key)
            if own.name != node.name:
                yield f"{node.name}: 文中全称{own.name}"
            if own.reason:
                yield f"{own.name}: {own.reason}"


# ------------------------------------------------------------------------------------------------------ ties
def _tie(all_relations: Sequence[Relation], first: str, second: str) -> Tie:
    direct = [r for r in all_relations if {first, second} == {r.subject.id, r.object.id}]
    parts: dict[str, dict[str, list[Relation]]] = {first: {}, second: {}}
    for relation in all_relations:
        if relation.fact.kind == "participation" and relation.shown and relation.subject.id in parts:
            parts[relation.subject.id].setdefault(relation.object.id, []).append(relation)
    events = [
        (both[0].object.name, tuple(_said(relation) for relation in both))
        for event in sorted(parts[first].keys() & parts[second].keys())
        if (both := [*parts[first][event], *parts[second][event]])
    ]
    path = () if direct or events else _path(all_relations, first, second)
    return Tie(first, second, tuple(_said(r) for r in direct), tuple(events), tuple(_said(r) for r in path))


def _path(all_relations: Sequence[Relation], first: str, second: str) -> tuple[Relation, ...]:
    """The shortest way from one entity to another through facts, each step the surest fact between its two ends."""
    import networkx

    net = networkx.Graph()
    for relation in sorted(all_relations, key=lambda r: (-r.fact.confidence, r.claim)):
        ends: tuple[Node, Node] = (relation.subject, relation.object)
        if relation.shown and ends[1].id and ends[1].type != "article" and not net.has_edge(ends[0].id, ends[1].id):
            net.add_edge(ends[0].id, ends[1].id, relation=relation)
    if first not in net or second not in net or not networkx.has_path(net, first, second):
        return ()
    nodes = networkx.shortest_path(net, first, second)
    return tuple(net.edges[pair]["relation"] for pair in pairwise(nodes))


# ----------------------------------------------------------------------------------------------------- lines
def _about_lines(about: About, *, short: bool) -> list[str]:
    lines = [f"{about.name}  [{_TYPES.get(about.type, about.type)}]  {about.id}"]
    if about.aliases:
        lines.append(f"  又作: {'、'.join(about.aliases)}")
    shown = "、".join(about.articles[:8]) + (" …" if len(about.articles) > 8 else "")
    lines.append(f"  见于 {len(about.articles)} 篇: {shown}")
    lines += [f"  同文: {article} 与 {original}" for article, original in about.reprints]
    lines += [f"  合并: {reason}" for reason in about.reasons]
    if not short:
        lines += [line for said in about.facts for line in _said_lines(said)]
    return lines


def _said_lines(said: Said, indent: str = "  ") -> list[str]:
    quotation = " ".join(said.quotation.split())
    place = said.source or said.article
    if said.record:
        place += f" 第{said.record}条"
    if said.pieces:
        place += f" {'+'.join(f'{piece.start}-{piece.end}' for piece in said.pieces)}"
    lines = [
        f"{indent}{said.sentence}",
        f"{indent}  “{quotation}”",
        f"{indent}  {said.article}  {place}  规则 {said.rule}  置信 {said.confidence:.2f}",
    ]
    if said.reason:
        lines.append(f"{indent}  依据: {said.reason}")
    return lines + [f"{indent}  {name}" for name in said.names]


def _tie_lines(tie: Tie, entities: Sequence[About]) -> list[str]:
    names = {about.id: about.name for about in entities}
    pair = f"{names[tie.first]} 与 {names[tie.second]}"
    lines: list[str] = []
    if tie.direct:
        lines.append(f"{pair} 的直接关系:")
        lines += [line for said in tie.direct for line in _said_lines(said)]
    if tie.events:
        lines.append(f"{pair} 共同参与的事件:")
    for event, said_of_both in tie.events:
        lines.append(f"  {event}")
        lines += [line for said in said_of_both for line in _said_lines(said, "    ")]
    if tie.path:
        lines.append(f"{pair} 经 {len(tie.path)} 步相连:")
        lines += [line for said in tie.path for line in _said_lines(said)]
    return lines or [f"{pair} 之间没有事实相连"]
