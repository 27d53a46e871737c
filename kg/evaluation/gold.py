"""Gold: what a careful reader of one article would state. One JSON file an article.

    {"id": "page-1",
     "entities": [{"id": "p1", "type": "person", "names": ["韦韬"]},
                  {"id": "o1", "type": "organization", "names": ["太原市委"], "weak": ["市委"], "also": ["place"], "optional": true}],
     "rows": {"positions": [{"person": "p1", "organization": "o1", "title": ["书记", "市委书记"],
                             "evidence": "太原市委书记韦韬", "level": "core", "optional": false}]}}

A cell is an entity's id, a string, a list of either (each is right), ``{"strict": [...], "weak": [...]}`` or null (nothing).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError

QUERIES: Mapping[str, tuple[str, ...]] = {
    "entities": ("name", "type"),
    "positions": ("person", "organization", "title"),
    "participation": ("participant", "event", "role"),
    "events": ("event", "kind", "date", "place"),
    "visits": ("person", "place"),
    "meetings": ("person", "counterpart"),
    "signings": ("party", "document"),
    "appointments": ("person", "organization", "title", "change"),
    "hierarchy": ("child", "parent"),
    "statements": ("speaker",),
    "bylines": ("person", "role"),
    "awards": ("recipient", "award"),
}
"""The twelve questions and the columns that have to be right; ``evidence`` is judged on its own."""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """What is right about one article."""

    id: str
    entities: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]

    def accepted(self, cell: Any) -> frozenset[str]:
        """Every string that is right for a cell."""
        if cell is None:
            return frozenset(("",))
        if isinstance(cell, str):
            return frozenset(self.entities[cell]["names"]) if cell in self.entities else frozenset((cell,))
        if isinstance(cell, Mapping):
            return frozenset(cell["strict"])
        return frozenset(name for part in cell for name in self.accepted(part))


def read_gold(folder: Path) -> dict[str, GoldArticle]:
    """Gold articles of a folder by their id (the file's stem).

    Raises:
        InputError: no gold there, or a file that is not in the form above.
    """
    found: dict[str, GoldArticle] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            entities = {e["id"]: e for e in data["entities"]}
            rows = {query: tuple(data["rows"].get(query, ())) for query in QUERIES if query != "entities"}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(str(path), f"is not a gold file: {error!r}") from error
        found[path.stem] = GoldArticle(path.stem, entities, {**rows, "entities": tuple(entities.values())})
    if not found:
        raise InputError(str(folder), "holds no gold files (*.json)")
    return found
