"""Where on earth the places of a graph lie, as far as the gazetteer knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.language.gazetteer import find
from kg.model import ArticleFacts


def coordinates(nodes: Sequence[Mapping[str, Any]], articles: Sequence[ArticleFacts]) -> dict[int, list[int]]:
    """Longitude and latitude (hundredths of a degree) by the number of the place.

    A name that several divisions share is read near the locality that most of its articles are from; a name that this
    does not settle has no coordinates: a place is left off the map rather than put where it is not.
    """
    locality = {f.article.id: _code(f.locality) for f in articles if f.locality}
    found: dict[int, list[int]] = {}
    for i, node in enumerate(nodes):
        if node["type"] != "place":
            continue
        near = Counter(locality[a] for a in node["articles"] if locality.get(a))
        closest = min(near, key=lambda code: (-near[code], code)) if near else ""
        for name in (node["name"], *node["aliases"]):
            division = find(name, closest)
            if division and division.longitude is not None and division.latitude is not None:
                found[i] = [round(division.longitude * 100), round(division.latitude * 100)]
                break
    return found


def _code(locality: str) -> str:
    """The code of a locality, which comes as a code or as a name."""
    if locality.isdigit():
        return locality
    division = find(locality)
    return division.code if division else ""
