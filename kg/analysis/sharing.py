"""Names that stand for several bodies: 太原、忻州两市人大常委会, 两省政府, 太原区、忻州区运营中心."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.language import gazetteer
from kg.model import Mention, Span

_COUNTED = re.compile(r"(?P<places>[^，。]{2,12}?)??([两二三四五六七八])(省市|省份|省|市|区|县|州|地|国)(?P<body>.*)")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_JOINED = ("、", "和", "与", "及", "")


@dataclass(frozen=True, slots=True)
class Shared:
    """What a mention stands for: the complete names, and what they were read from."""

    names: tuple[str, ...]
    reason: str


def names_several(text: str) -> bool:
    """Whether a name has the form of one that stands for several: 两市人大常委会, 太原、忻州两市人大常委会.

    >>> names_several("两市人大常委会"), names_several("太原忻州两市人大常委会"), names_several("太原市委")
    (True, True, False)
    """
    match = _COUNTED.fullmatch(text)
    return match is not None and bool(match.group("body"))


def shared_names(text: str, mentions: Sequence[Mention]) -> dict[Span, Shared]:
    """The mentions of organizations that name several bodies at once.

    ``A、B两市X`` is A市X and B市X; a later ``两市X`` the same pair: the last set of that size that was named. A counted
    word without such a set stays as it is printed.

    Args:
        mentions: of the whole article, in order.
    """
    found: dict[Span, Shared] = {}
    sets = _coordinated([m for m in mentions if m.type == "place"], text)
    for mention in mentions:
        if mention.type != "organization":
            continue
        if (match := _COUNTED.fullmatch(mention.text)) and match.group("body"):
            number, level = _NUMBERS[match.group(2)], match.group(3)
            counted = mention.start + match.start(2)
            before = [s for s in sets if len(s) == number and s[-1].end <= counted and _of_level(s, level)]
            if before:
                names = tuple(_with_level(p.text, level) + match.group("body") for p in before[-1])
                meant = "、".join(p.text for p in before[-1])
                found[mention.span] = Shared(names, f"“{match.group(2)}{level}”指{meant}")
        elif twin := _twin(text, mention):
            found[mention.span] = twin
    return found


def _coordinated(places: Sequence[Mention], text: str) -> list[list[Mention]]:
    """Runs of places joined by 、 or by nothing, in order."""
    runs: list[list[Mention]] = []
    for place in places:
        if runs and text[runs[-1][-1].end : place.start] in _JOINED and runs[-1][-1].end <= place.start:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if len(run) > 1]


def _of_level(places: Sequence[Mention], level: str) -> bool:
    """Two districts are no 两市; a name without its level (太原、忻州) may be any."""
    others = "省市区县州镇乡村国".replace(level[-1], "")
    return level in ("地", "省市", "省份") or not any(p.text[-1] in others and len(p.text) > 2 for p in places)


def _with_level(name: str, level: str) -> str:
    if level in ("地", "国", "省市", "省份") or name.endswith(level):
        return name
    division = gazetteer.find(name)
    if division is not None and division.name.endswith(level):
        return division.name
    return name + level


def _twin(text: str, mention: Mention) -> Shared | None:
    """``太原区、忻州区运营中心``: the part before 、 ends like the first part of the body and shares the rest."""
    inner = re.match(r"([\u4e00-\u9fff]{2,4}?)([区县市省])([\u4e00-\u9fff]{3,})$", mention.text)
    if inner is None:
        return None
    before = re.search(
        r"([\u4e00-\u9fff]{2,3}" + inner.group(2) + r")、$", text[max(0, mention.start - 5) : mention.start]
    )
    if before is None or before.group(1) == inner.group(1) + inner.group(2):
        return None
    return Shared((before.group(1) + inner.group(3), mention.text), f"“{inner.group(3)}”为两者共有")
