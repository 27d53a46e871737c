"""Who is who in a build: entities of single articles joined into entities of the whole, each join with its reason.

The outcome depends on the set of articles and on the user's decisions alone, not on their order nor on earlier builds:
an article that is added and taken away again leaves no trace. Ids are minted from content. A person's name that
several bear goes to the one who was named first (by the articles' dates, undated ones last, then by article id), the
others get a suffix made of their own first mention: later news takes no name from who bore it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg import vocab
from kg.model import ArticleFacts, Entity, EntityType, Resolution, ResolvedEntity
from kg.resolve import events, others, persons
from kg.resolve.cluster import listed
from kg.resolve.ledger import Decision, Member

__all__ = ["Decision", "Member", "resolve"]

_SUFFIX: Final = 6


def resolve(articles: Sequence[ArticleFacts], decisions: Iterable[Decision] = ()) -> Resolution:
    """Who is who among the entities of these articles.

    Args:
        articles: one for each article id.
        decisions: the user's, the latest last; those about members that are not there wait.

    Raises:
        ValueError: two articles have one id.
    """
    facts = {found.article.id: found for found in sorted(articles, key=lambda found: found.article.id)}
    if len(facts) != len(articles):
        raise ValueError("two articles have one id")
    ruling = _Ruling(facts, decisions)
    resolved = [*_keyed(facts, ruling), *_persons(facts, ruling)]
    index = {member: entity.id for entity in resolved for member in entity.members}
    happenings = _events(facts, index, ruling)
    index.update((member, entity.id) for entity in happenings for member in entity.members)
    entities = sorted([*resolved, *happenings], key=lambda entity: entity.id)
    return Resolution(tuple(entities), {member: index[member] for member in sorted(index)})


class _Ruling:
    """The decisions that bear on this build, as pairs of members."""

    def __init__(self, facts: Mapping[str, ArticleFacts], decisions: Iterable[Decision]) -> None:
        present = {(article, entity.key) for article, found in facts.items() for entity in found.entities}
        self.same: list[tuple[Member, Member]] = []
        self.different: list[tuple[Member, Member]] = []
        for decision in decisions:
            first = next((member for member in decision.first if member in present), None)
            second = next((member for member in decision.second if member in present), None)
            if first is not None and second is not None and first != second:
                (self.same if decision.verdict == "same" else self.different).append((first, second))

    def pairs(self, verdict: list[tuple[Member, Member]], members: Sequence[Member]) -> set[tuple[int, int]]:
        """The pairs that lie in a group, by their positions in it."""
        position = {member: i for i, member in enumerate(members)}
        return {
            (min(position[a], position[b]), max(position[a], position[b]))
            for a, b in verdict
            if a in position and b in position
        }

    def joined(self, groups: Mapping[str, Sequence[Member]]) -> dict[str, str]:
        """Group names that the user's ``same`` makes one: each to the first of them."""
        home = {member: name for name, members in groups.items() for member in members}
        leader: dict[str, str] = {name: name for name in groups}
        for a, b in self.same:
            if a in home and b in home:
                low, high = sorted((leader[home[a]], leader[home[b]]))
                leader = {name: low if first == high else first for name, first in leader.items()}
        return leader


def _persons(facts: Mapping[str, ArticleFacts], ruling: _Ruling) -> list[ResolvedEntity]:
    by_name = persons.by_name(list(facts.values()))
    leaders = frozenset(name for name, group in by_name.items() if any(profile.leader for profile in group))
    # Two names that the user calls one person are clustered together, under the name that comes first in order.
    leader = ruling.joined({name: [(p.article, p.key) for p in group] for name, group in by_name.items()})
    united: dict[str, list[persons.Profile]] = defaultdict(list)
    for name, group in by_name.items():
        united[leader[name]].extend(group)
    found = []
    taken: set[str] = set()
    for group in united.values():
        group.sort(key=lambda p: p.order)
        members = [(p.article, p.key) for p in group]
        clusters = persons.cluster(
            group, sorted(ruling.pairs(ruling.same, members)), ruling.pairs(ruling.different, members), leaders
        )
        for profiles, reasons in clusters:
            first = profiles[0]
            part = vocab.local_name(first.name)
            if part in taken:
                part = f"{part}~{_fresh(taken, part, first.article, first.key, str(first.start))}"
            taken.add(part)
            entities = [persons.entity_of(profile, facts) for profile in profiles]
            found.append(
                _resolved("person", part, first.name, entities, [(p.article, p.key) for p in profiles], reasons)
            )
    return found


def _fresh(taken: set[str], part: str, *content: str) -> str:
    digest = vocab.digest(*content, length=40)
    return next(digest[:n] for n in range(_SUFFIX, 41) if f"{part}~{digest[:n]}" not in taken)


def _keyed(facts: Mapping[str, ArticleFacts], ruling: _Ruling) -> list[ResolvedEntity]:
    """Organizations, places, documents, unnamed actors: one entity for each key."""
    groups: dict[str, list[tuple[Member, Entity, others.Key]]] = defaultdict(list)
    for article, found in facts.items():
        keys = others.keys(found)
        for entity in found.entities:
            if entity.key in keys:
                key = keys[entity.key]
                groups[f"{entity.type}/{key.part}"].append(((article, entity.key), entity, key))
    leader = ruling.joined({name: [member for member, _, _ in group] for name, group in groups.items()})
    united: dict[str, list[tuple[Member, Entity, others.Key]]] = defaultdict(list)
    for name in sorted(groups):
        united[leader[name]].extend(groups[name])
    apart = {member: (a, b) for a, b in ruling.different for member in (a, b)}
    resolved = []
    for name, group in sorted(united.items()):
        # What the user tells apart leaves the group with everything of its article.
        left = {b for member, _, _ in group for a, b in [apart.get(member, (member, member))] if a != b and member == b}
        for members in ([g for g in group if g[0] not in left], *([g] for g in group if g[0] in left)):
            if not members:
                continue
            part = name.partition("/")[2]
            alone = members[0][0] in left
            suffix = f"~{vocab.digest(*members[0][0], length=_SUFFIX)}" if alone else ""
            reasons = {f"{members[0][2].reason}: {_listed(members)}"} if len({m[0][0] for m in members}) > 1 else set()
            if len({g[2].part for g in members}) > 1:
                reasons.add(f"裁定为同一: {_listed(members)}")
            resolved.append(
                _resolved(
                    members[0][1].type,
                    part + suffix,
                    members[0][2].name,
                    [entity for _, entity, _ in members],
                    [member for member, _, _ in members],
                    sorted(reasons),
                )
            )
    return resolved


def _listed(group: Sequence[tuple[Member, Entity, others.Key]]) -> str:
    return listed(member[0] for member, _, _ in group)


def _events(
    facts: Mapping[str, ArticleFacts], index: Mapping[tuple[str, str], str], ruling: _Ruling
) -> list[ResolvedEntity]:
    by_kind: dict[str, list[events.EventProfile]] = defaultdict(list)
    for found in facts.values():
        for profile in events.profiles(found, index):
            by_kind[profile.kind].append(profile)
    leader = ruling.joined({kind: [(p.article, p.key) for p in group] for kind, group in by_kind.items()})
    united: dict[str, list[events.EventProfile]] = defaultdict(list)
    for kind in sorted(by_kind):
        united[leader[kind]].extend(by_kind[kind])
    resolved = []
    taken: set[str] = set()
    for group in united.values():
        group.sort(key=lambda p: p.order)
        members = [(p.article, p.key) for p in group]
        for profiles, reasons in events.cluster(
            group, ruling.pairs(ruling.same, members), ruling.pairs(ruling.different, members)
        ):
            first = profiles[0]
            part = events.mint(first, salt=False)
            if part in taken:
                part = events.mint(first, salt=True)
            if part in taken:
                part = f"{part}~{_fresh(taken, part, first.article, first.key)}"
            taken.add(part)
            entities = [events.entity_of(profile, facts) for profile in profiles]
            found_members = [(p.article, p.key) for p in profiles]
            resolved.append(_resolved("event", part, entities[0].name, entities, found_members, reasons))
    return resolved


def _resolved(
    type_: EntityType,
    part: str,
    name: str,
    entities: Sequence[Entity],
    members: Sequence[Member],
    reasons: Sequence[str],
) -> ResolvedEntity:
    aliases = {form for entity in entities for form in (entity.name, *entity.aliases)} - {name}
    return ResolvedEntity(
        id=f"{type_}/{part}",
        type=type_,
        name=name,
        aliases=tuple(sorted(aliases)),
        members=tuple(sorted(members)),
        reasons=tuple(sorted(set(reasons))),
    )
