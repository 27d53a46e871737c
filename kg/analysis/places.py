"""Place mentions: administrative names from the gazetteer, what the tagger calls a place, and places built on places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Token
from kg.language import gazetteer
from kg.language.lexicon import alternatives, table, words
from kg.model import Mention

# A place below the county: its name has at least one character before the suffix.
_LOCAL = re.compile(r"[\u4e00-\u9fff]{1,6}(?:镇|乡|村|街道|社区|苏木|嘎查)$")


@cache
def _full_names() -> re.Pattern[str]:
    """Names with their administrative suffix, and short names of provinces and cities: unambiguous in running text."""
    names = set()
    for division in gazetteer.divisions().values():
        if len(division.name) > 2 or division.level < gazetteer.COUNTY:
            names.add(division.name)
        if division.level < gazetteer.COUNTY and len(division.short) > 1:
            names.update((division.short, gazetteer.plain_name(division.name)))
    names -= set(table("places")["not_alone"].split())
    return re.compile(alternatives(n for n in names if len(n) > 1))


@cache
def _countries() -> re.Pattern[str]:
    return re.compile(alternatives(n for n in [*gazetteer.countries(), *words("places", "regions")] if len(n) > 1))


@cache
def _one_character() -> re.Pattern[str]:
    frames = table("abbreviations")["frames"]
    names = "".join(gazetteer.abbreviations())
    before, after = alternatives(frames["before"].split()), alternatives(frames["after"].split())
    return re.compile(f"(?:{before})([{names}])(?={after})")


def find_places(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """Place mentions of one sentence; may overlap, the caller chooses."""
    found: list[Mention] = []
    boundaries = {t.start for t in tokens} | {t.end for t in tokens}
    for pattern, source in ((_full_names(), "gazetteer"), (_countries(), "gazetteer")):
        for match in pattern.finditer(text, start, end):
            name = match.group()
            at_words = match.start() in boundaries and match.end() in boundaries
            # 海南 in 上海南站, 中国 in 发展中国家: a short name counts where words begin or end with it
            if at_words or (len(name) > 2 and match.start() in boundaries) or _names_division(name):
                if any(t.start < match.start() < t.end and t.tag in ("PER",) for t in tokens):
                    continue
                if not at_words and len(name) == 2 and match.start() not in boundaries:
                    continue
                found.append(Mention(*match.span(), "place", name, (source,), 0.9 if at_words else 0.7))
    for token in tokens:
        if token.tag == "LOC" and len(token.text) > 1:
            found.append(Mention(token.start, token.end, "place", token.text, ("lac",), 0.75))
        elif token.tag in ("n", "nz", "ns") and _LOCAL.match(token.text) and len(token.text) > 2 and not _common(token.text):
            found.append(Mention(token.start, token.end, "place", token.text, ("grammar",), 0.5))
    for match in _one_character().finditer(text, start, end):
        found.append(Mention(*match.span(1), "place", match.group(1), ("gazetteer",), 0.7))
    return found


def _names_division(name: str) -> bool:
    return name[-1] in "省市县区州旗盟" and len(name) > 2


def _common(word: str) -> bool:
    return word in set(words("places", "common"))
