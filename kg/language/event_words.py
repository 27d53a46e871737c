"""The tables of happenings and roles (``data/events.toml``, ``data/roles.toml``), compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import alternatives, table, words


@dataclass(frozen=True, slots=True)
class VerbEntry:
    """A verb that tells of a happening: its kind, the roles of who stands before it and after it."""

    kind: str
    subject: str
    object: str


@cache
def heads() -> dict[str, str]:
    """The endings of names of happenings, each with its kind."""
    return {word: kind for kind, group in table("events")["heads"].items() if kind in _KINDS for word in group.split()}


_KINDS = ("meeting", "ceremony", "signing", "activity", "competition", "visit", "legal")


_ADDED = r"[（(](?:扩大|视频|电视电话|网络视频)[）)](?:会议)?|[（(]?第[一二三四五六七八九十百0-9]+[期场站季讲批][）)]?"  # what may follow the ending of a name and is part of it


@cache
def head_pattern() -> re.Pattern[str]:
    stop = alternatives(words("events", "heads", "not_before"))
    return re.compile(f"(?:{alternatives(heads())})(?:(?<=会)(?!议)|(?<!会))(?:{_ADDED})?(?!{stop})")


def head_of(matched: str) -> str:
    """The ending alone of what ``head_pattern`` matched: 会议 of 会议（扩大）."""
    return matched if matched in heads() else re.sub(f"(?:{_ADDED})$", "", matched)


@cache
def event_verbs() -> dict[str, VerbEntry]:
    entries: dict[str, VerbEntry] = {}
    for group in table("events")["verb"]:
        for word in group["words"].split():
            entries.setdefault(word, VerbEntry(group["kind"], group["subject"], group.get("object", "")))
    return entries


@cache
def event_verb_pattern() -> re.Pattern[str]:
    parts = []
    for group in table("events")["verb"]:
        noun = f"(?!{alternatives(group['noun_next'].split())})" if "noun_next" in group else ""
        parts.append(f"(?>{alternatives(group['words'].split())}){noun}")
    return re.compile("|".join(parts))


@cache
def role_verbs() -> dict[str, tuple[str, bool]]:
    """Role verbs, each with its role and whether its object has to be the name of a happening."""
    entries: dict[str, tuple[str, bool]] = {}
    for group in table("roles")["verb"]:
        for word in group["words"].split():
            entries.setdefault(word, (group["roles"], group["event"] == "named"))
    return entries


@cache
def role_verb_pattern() -> re.Pattern[str]:
    return re.compile(alternatives(role_verbs()))


@cache
def word_set(name: str, *path: str) -> frozenset[str]:
    return frozenset(words(name, *path))
