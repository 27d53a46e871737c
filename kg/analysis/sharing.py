"""Names that stand for several bodies: 太原、忻州两市人大常委会, 两省政府, 太原区、忻州区运营中心."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.language import gazetteer
from kg.language.lexicon import alternatives, body_words, unit_words
from kg.model import Mention, Span

_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_JOINED = re.compile(r"[、和与及,，]?$")
_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Shared:
    """Mentions with those that name several bodies, and what these stand for by span: complete names and the reason."""

    mentions: tuple[Mention, ...]
    names: dict[Span, tuple[str, ...]]
    reasons: dict[Span, str]


@cache
def _body() -> re.Pattern[str]:
    body, unit = alternatives(body_words()), alternatives(unit_words())
    return re.compile(f"([{''.join(_NUMBERS)}])(省|市|区|县|州|地)((?:{body})(?:{unit})*)")


def shared(text: str, mentions: Sequence[Mention]) -> Shared:
    """The mentions of an article, with those of counted bodies made out.

    ``A、B两市X`` is A市X and B市X; a later ``两市X`` the same pair: the last set of that size that was named. A counted
    body without such a set stays as it is printed.

    Args:
        mentions: of the whole article, in order.
    """
    names: dict[Span, tuple[str, ...]] = {}
    reasons: dict[Span, str] = {}
    kept = list(mentions)
    sets: dict[tuple[int, str], tuple[str, ...]] = {}
    for match in _body().finditer(text):
        number, level, body = _NUMBERS[match.group(1)], match.group(2), match.group(3)
        before = _names_before(text, match.start(), number)
        if before:
            sets[number, level] = before
        places = sets.get((number, level))
        if not places:
            continue
        span = Span(*match.span())
        kept = [m for m in kept if m.type != "organization" or m.end <= span.start or m.start >= span.end]
        kept.append(Mention(*span, "organization", match.group(), ("grammar",), 0.9))
        names[span] = tuple(_with_level(place, level) + body for place in places)
        reasons[span] = f"“{match.group(1)}{level}”指{'、'.join(places)}"
    for mention in list(kept):
        if mention.type == "organization" and mention.span not in names and (pair := _twin(text, mention, kept)):
            names[mention.span], reasons[mention.span] = pair, f"“{pair[1][len(_district(pair[1])) :]}”为两者共有"
    return Shared(tuple(sorted(kept, key=lambda m: (m.start, -m.end, m.type))), names, reasons)


def _names_before(text: str, end: int, number: int) -> tuple[str, ...]:
    """So many names of places that stand right before an offset, joined by 、 or by nothing; empty where they do not."""
    found: list[str] = []
    while len(found) < number:
        join = _JOINED.search(text, max(0, end - 1), end) if found else None
        stop = join.start() if join is not None else end
        name = next(
            (
                text[stop - length : stop]
                for length in range(min(_LONGEST_NAME, stop), 1, -1)
                if text[stop - length : stop] in gazetteer.by_name()
            ),
            "",
        )
        if not name:
            return ()
        found.insert(0, name)
        end = stop - len(name)
    return tuple(found)


def _with_level(name: str, level: str) -> str:
    if level == "地" or name.endswith(level):
        return name
    division = gazetteer.find(name)
    if division is not None and division.name.endswith(level):
        return division.name
    return name + level


def _district(name: str) -> str:
    match = re.match(r"[\u4e00-\u9fff]{2,4}?[区县市省]", name)
    return match.group() if match else ""


def _twin(text: str, mention: Mention, mentions: Sequence[Mention]) -> tuple[str, str] | None:
    """``太原区、忻州区运营中心``: the place before 、 ends like the first part of the body and shares the rest."""
    own = _district(mention.text)
    if not own or len(mention.text) - len(own) < 3 or text[max(0, mention.start - 1) : mention.start] != "、":
        return None
    for place in mentions:
        if place.type == "place" and place.end == mention.start - 1 and place.text[-1] == own[-1] and place.text != own:
            return place.text + mention.text[len(own) :], mention.text
    return None
