"""An example of every rule: a made-up text and facts that the rule reads in it, in ``MODULE.toml`` beside this file.

They document the rules and are run by the tests. An entry is named like its rule::

    [event-name-before]
    text = "临江市召开安全生产工作会议。"
    says = [{kind = "event", subject = "安全生产工作会议", object = "临江"}]

``date``, ``place`` and ``publisher`` say what the article's front matter would; an empty ``object`` is a fact without one.
A rule that reads several constructions has several entries: ``[[event-name-before]]``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what a rule must read in it: one mapping for each fact, of ``kind``, ``subject``, ``object``, qualifiers."""

    rule: str
    module: str
    text: str
    says: tuple[Mapping[str, str], ...]
    date: str = ""
    place: str = ""
    publisher: str = ""


def _read(path: Path) -> Iterator[Example]:
    with path.open("rb") as handle:
        entries = tomllib.load(handle)
    for rule, entry in entries.items():
        for values in entry if isinstance(entry, list) else [entry]:
            yield Example(rule, path.stem, **{**values, "says": tuple(values["says"])})


@cache
def examples() -> tuple[Example, ...]:
    """All examples, by file and place in it."""
    return tuple(example for path in sorted(_FOLDER.glob("*.toml")) for example in _read(path))
