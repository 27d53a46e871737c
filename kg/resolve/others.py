"""Organizations, places, documents and unnamed actors: one key for each entity of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from kg import vocab
from kg.language import gazetteer
from kg.model import ArticleFacts, Entity
from kg.resolve import names


class Key(NamedTuple):
    """What the members of one entity share.

    Attributes:
        name: the canonical name.
        part: the last part of the id, unique among entities of the type.
        reason: why two articles' members are one.
    """

    name: str
    part: str
    reason: str


def keys(facts: ArticleFacts) -> dict[str, Key]:
    """The key of each organization, place, document and unnamed actor, by its article-local key."""
    text = names.text_digest(facts.article)
    home = names.area_code(names.plain(facts.locality))
    parents = _parents(facts)
    found: dict[str, Key] = {}
    for entity in facts.entities:
        match entity.type:
            case "organization":
                found[entity.key] = _organization(entity, text)
            case "place":
                found[entity.key] = _place(entity, text, parents.get(entity.key, ""), home)
            case "document":
                name = names.plain(entity.name)
                found[entity.key] = _shared_or_local(name, names.is_common_document(name), text, "同名文件")
            case "unnamed":
                found[entity.key] = _shared_or_local(names.plain(entity.name), True, text, "")
            case _:
                pass
    return found


def _organization(entity: Entity, text: str) -> Key:
    name = names.organization(entity.name)
    return _shared_or_local(name, names.is_relative(name), text, f"同名 {name}")


def _place(entity: Entity, text: str, parent: str, home: str) -> Key:
    name = names.plain(entity.name)
    division = gazetteer.find(name, parent) if parent else None
    division = division or gazetteer.find(name, home)
    if division is None:
        country = gazetteer.countries().get(name)
        if country is not None:
            return Key(country, vocab.local_name(country), f"同一国家 {country}")
        ambiguous = name in gazetteer.by_name() or names.is_common_place(name)
        return _shared_or_local(name, ambiguous, text, f"同名 {name}")
    part = division.name
    if len([d for d in gazetteer.by_name().get(division.name, ()) if d.name == division.name]) > 1:
        above = gazetteer.parent(division)
        part = f"{above.name if above else ''}{division.name}"
    return Key(division.name, vocab.local_name(part), f"同一行政区划 {division.code} {part}")


def _shared_or_local(name: str, only_here: bool, text: str, reason: str) -> Key:
    """A name that says enough is one entity wherever it is printed; another is one in this text alone."""
    if only_here:
        return Key(name, f"{vocab.local_name(name)}~{vocab.digest(text, name, length=6)}", "同一文本")
    return Key(name, vocab.local_name(name), reason)


def _parents(facts: ArticleFacts) -> Mapping[str, str]:
    """The area code of what each place is said to lie in, where the article says so."""
    places = {e.key: e for e in facts.entities if e.type == "place"}
    codes: dict[str, set[str]] = defaultdict(set)
    for fact in facts.facts:
        if fact.kind == "hierarchy" and fact.subject in places and fact.object in places and fact.status != "candidate":
            code = names.area_code(names.plain(places[fact.object].name))
            if code:
                codes[fact.subject].add(code)
    return {key: max(found, key=lambda c: (len(c.rstrip("0")), c)) for key, found in codes.items()}
