"""The language of official news, read from the tables in ``data/``: titles, bodies, verbs, names.

A table is data a journalist can correct; this module only loads it and compiles what matches it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``data/NAME.toml`` as nested dictionaries."""
    with (DATA / f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def words(name: str, *path: str) -> tuple[str, ...]:
    """The words of one entry of a table, in the table's order, each once: ``words("titles", "heads", "party")``."""
    value: Any = table(name)
    for step in path:
        value = value[step]
    return tuple(dict.fromkeys(str(value).split()))


def alternatives(entries: Iterable[str]) -> str:
    """A regular expression that matches one of the entries, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(set(entries), key=lambda w: (-len(w), w)))


def first_characters(entries: Iterable[str]) -> str:
    """A condition that the next character begins one of the entries: before a long pattern it saves trying each of them."""
    return f"(?=[{''.join(re.escape(c) for c in sorted({word[0] for word in entries}))}])"


@cache
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Surnames of one character, and compound ones."""
    names = table("names")
    return frozenset(names["surnames"]), frozenset(names["compound_surnames"].split())


@cache
def title_heads() -> frozenset[str]:
    return frozenset(word for group in table("titles")["heads"].values() for word in group.split())


@cache
def title_pattern() -> re.Pattern[str]:
    """A title: rank and manner, then its head: ``常务副市长``, ``党组副书记``, ``总工程师``; 时代|首席 is no 代首席."""
    modifiers = alternatives(words("titles", "modifiers", "words"))
    begins = first_characters((*words("titles", "modifiers", "words"), *title_heads()))
    return re.compile(
        f"{begins}(?:(?!(?<=[时现近古当世历朝年])代)(?:{modifiers}))*(?:{alternatives(title_heads())})(?:助理|候选人|提名人选|（挂职）|\\(挂职\\))?"
    )


@cache
def national_bodies() -> tuple[str, ...]:
    return words("organizations", "national", "names")


@cache
def national_names() -> frozenset[str]:
    """The same, to ask whether a name is one."""
    return frozenset(national_bodies())


@cache
def body_words() -> tuple[str, ...]:
    """What a local body may be called after its place or level: ``委``, ``人大常委会``, ``公安局`` …"""
    bodies = table("organizations")["bodies"]
    return tuple(dict.fromkeys(" ".join(bodies[group] for group in ("party", "state", "mass")).split()))


@cache
def unit_words() -> tuple[str, ...]:
    return words("organizations", "bodies", "units")


@cache
def organization_suffixes() -> tuple[str, ...]:
    return words("organizations", "suffixes", "words")
