"""Words that the page shows for relations, roles and types, in Chinese and English.

One table, ``assets/src/labels.json``, serves this package and the page's own script, so that the two cannot differ.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Literal

Group = Literal["types", "relations", "notes", "events", "modalities", "bylines"]


@cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """The whole table: group -> code -> language (``zh``, ``en``) -> words."""
    data: dict[str, dict[str, dict[str, str]]] = json.loads(
        files("kg.page").joinpath("assets/src/labels.json").read_text(encoding="utf-8")
    )
    return data


def label(group: Group, code: str, language: str = "zh") -> str:
    """The words for a code; the code itself where the table has none (a plug-in's own role).

    >>> label("relations", "role/attend"), label("events", "meeting", "en"), label("relations", "role/own")
    ('出席', 'Meeting', 'own')
    """
    words = table()[group].get(code)
    if words:
        return words[language]
    return code[code.find("/") + 1 :] if group == "relations" else code
