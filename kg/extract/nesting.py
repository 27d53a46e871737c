"""Names that begin with the name of what they belong to: 南京市公安局交警支队|高速七大队, 湖南工业大学|科技园, 长兴县|和平镇|联盟坝河段."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.analysis.borders import is_generic
from kg.analysis.parts import balanced, cut_inside, is_party_group, is_unit, known_bodies
from kg.language import gazetteer
from kg.language.lexicon import alternatives, words
from kg.model import Entity

_RELATIVE = re.compile(r"[省市区县州旗盟镇乡我本该全各两三四]|自治区|集团(?!军)|公司|总[行局队部院]$")
_WATER = re.compile(r"(?:[江河湖海洋山]|流域|沿线|沿岸|海峡)$")
_AREA = re.compile(r"^(?:新区|地区)$|(?:流域|沿线|沿岸|一小区|模范区)$")
_MEDIUM = re.compile(r"(?:报|报网|在线|发布|融媒|客户端|新闻网?|观察|警方)$")


@dataclass(frozen=True, slots=True)
class Cut:
    """What a name begins with: the key of an entity of the article, or a name that it spells out itself (key empty)."""

    key: str
    outer: str
    rest: str
    is_place: bool


@cache
def _site() -> re.Pattern[str]:
    """What is left of a name when the place before it is taken off: 乡村振兴产业园, 党建综合阵地; not 北部, 流域."""
    sites = [*words("places", "sites"), *words("hierarchy", "sites")]
    long = alternatives(s for s in sites if len(s) > 1)
    return re.compile(f"(?:(?:..|[^镇乡村县区市])(?:{alternatives(sites)})|^(?:{long}))[”」]?$")


@cache
def _regions() -> frozenset[str]:
    return frozenset(words("places", "regions"))


class Names:
    """The names of an article's bodies and places, to see which of them another name begins with."""

    def __init__(self, bodies: Sequence[Entity], places: Sequence[Entity]) -> None:
        self._bodies = dict(_forms(bodies))
        self._places = {
            form: key
            for form, key in _forms([p for p in places if _holds(p.name)])
            if form not in gazetteer.countries()
        }

    def cut(self, entity: Entity) -> Cut | None:
        """The longest name that a body's or a place's name begins with, so that the rest is what belongs to it."""
        best: Cut | None = None
        for name in (entity.name, *(a for a in entity.aliases if len(a) > 5 and not _RELATIVE.match(a))):
            for found in self._cuts(entity, name):
                if best is None or len(found.outer) > len(best.outer):
                    best = found
        return best

    def _cuts(self, entity: Entity, name: str) -> Iterator[Cut]:
        body = entity.type == "organization"
        for length in range(len(name) - 1, 1, -1):
            outer, rest = name[:length], name[length:]
            known = outer in known_bodies()
            key = self._bodies.get(outer, "")
            if (key or known) and key != entity.key and (is_unit(outer, rest) if body else _is_site(outer, rest)):
                yield Cut(key, outer, rest, False)
                break
        if body and name == entity.name and (outer := cut_inside(name)):
            yield Cut(self._bodies.get(outer, ""), outer, name[len(outer) :], False)
        for key, end in reversed(self.links(name)):
            rest = name[end:]
            lies = _is_local(name, rest) if body else _is_site(name[:end], rest) and name not in gazetteer.by_name()
            if key != entity.key and lies:
                yield Cut(key, name[:end], rest, True)
                break

    def links(self, name: str) -> list[tuple[str, int]]:
        """The places that a name begins with, from the widest to the narrowest: the key of each, and where it ends."""
        links: list[tuple[str, int]] = []
        begin = 0
        while begin < len(name) - 1:
            end = next((e for e in range(len(name) - 1, begin + 1, -1) if name[begin:e] in self._places), 0)
            if not end:
                break
            links.append((self._places[name[begin:end]], end))
            begin = end
        return links


def _forms(entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """Every form of every name with the key of its entity; those that come later count for more: a full name over others."""
    for entity in entities:
        for alias in entity.aliases:
            if (len(alias) > 1 and not _RELATIVE.match(alias) and not is_generic(alias)) or len(alias) > 5:
                yield alias, entity.key
    for entity in entities:
        found = gazetteer.find(entity.name) if entity.type == "place" else None
        if found is not None and len(found.short) > 1:
            yield found.short, entity.key
            yield found.name, entity.key
    for entity in entities:
        if len(entity.name) > 1 and balanced(entity.name):
            yield entity.name, entity.key


def _holds(place: str) -> bool:
    """Waters and regions hold no bodies: 长江|航运中心."""
    return place in gazetteer.by_name() or not (_WATER.search(place) or place in _regions())


def _is_local(name: str, rest: str) -> bool:
    """Whether a body lies in the place that its name begins with; newspapers carry its name and are read everywhere."""
    if len(rest) < 2 or is_party_group(rest) or _MEDIUM.search(name):
        return False
    return rest[0] not in "（(）)，、·" and not rest[0].isascii()


def _is_site(outer: str, rest: str) -> bool:
    return balanced(outer) and bool(_site().search(rest)) and not _AREA.search(rest)
