"""The happenings of one article: each once, with everything that refers to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.model import Modality, Span

_NUMBERED = re.compile(r"([0-9一二三四五六七八九十百]+)([次届场期轮])")
_SESSION = re.compile(r"次(主席|常委|常务|全委|理事|主任|代表|执委|党组)[^，。]{0,3}会")
_QUOTES = re.compile(r"[\s《》〈〉“”\"'‘’「」]+")


@dataclass(slots=True)
class Happening:
    """Something that happened, as the article tells it.

    Attributes:
        label: its name as printed, or trigger and object.
        kind: see ``data/events.toml``.
        anchor: where it is told first.
        evidence: the sentence (or clause) that tells it best.
        head: the ending of its name, or the verb that tells of it.
        date: ISO, may be empty; ``date_reason`` says what settles it where it is not printed beside it.
        places: keys of places and organizations where it took place.
        background: it is only looked back at, in what somebody says or studies; nothing later means it by a bare word.
        holder: complete name of the body or place that holds it, where one is printed.
        people: keys of who is known to take part, in order.
        references: every stretch of text that means it.
    """

    label: str
    kind: str
    anchor: Span
    evidence: Span
    head: str
    rule: str
    date: str = ""
    date_reason: str = ""
    places: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    references: list[Span] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    verbal: bool = False
    background: bool = False
    holder: str = ""
    confidence: float = 0.8
    modality: Modality = "asserted"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of text that means a happening."""

    start: int
    end: int
    happening: Happening


class Happenings:
    """The happenings of a document in the order they are told, and what refers to them."""

    def __init__(self) -> None:
        self.all: list[Happening] = []
        self._references: list[Reference] = []

    def add(self, happening: Happening) -> Happening:
        self.all.append(happening)
        self.refer(happening, happening.anchor)
        return happening

    def refer(self, happening: Happening, span: Span) -> None:
        happening.references.append(span)
        self._references.append(Reference(span.start, span.end, happening))

    def references(self, start: int, end: int) -> list[Reference]:
        """References that lie inside a span, in order."""
        return sorted(
            (r for r in self._references if start <= r.start and r.end <= end), key=lambda r: (r.start, -r.end)
        )

    def main(self) -> Happening | None:
        """What the article is about: the first named happening that is not only looked back at."""
        return next((h for h in self.all if not h.background and not h.verbal), None)

    def current(self, offset: int, *kinds: str, gatherings: bool = False) -> Happening | None:
        """The happening spoken of last before an offset; of the given kinds, or any.

        Args:
            gatherings: only what one can be at for a while: not the signing, the unveiling that a verb tells.
        """
        best: Reference | None = None
        for reference in self._references:
            if (
                reference.happening.background
                or reference.start >= offset
                or (kinds and reference.happening.kind not in kinds)
            ):
                continue
            if (
                gatherings
                and reference.happening.verbal
                and reference.happening.kind not in ("visit", "trip", "encounter")
            ):
                continue
            if best is None or reference.start >= best.start:
                best = reference
        return best.happening if best is not None else None

    def named(self, label: str, kind: str, head: str, holder: str = "", *, loosely: bool = False) -> Happening | None:
        """A happening that this name means too: the same name, one inside the other, or much alike with the same ending.

        Args:
            loosely: names of which one has most of the other's words are alike too; for a name that is not held here.
        """
        plain = plain_label(label)
        for happening in reversed(self.all):
            if happening.verbal or (
                holder and happening.holder and holder != happening.holder and not _within(holder, happening.holder)
            ):
                continue
            for name in (happening.label, *happening.names):
                known = plain_label(name)
                if known == plain:
                    return happening
                inside = min(len(known), len(plain)) >= 4 and (
                    known.endswith(plain) or plain.endswith(known) or known in plain or plain in known
                )
                if not numbers_differ(known, plain) and (shortened(plain, known) or shortened(known, plain)):
                    return happening
                same_head = happening.head == head or happening.head.endswith(head) or head.endswith(happening.head)
                if (
                    same_head
                    and not numbers_differ(known, plain)
                    and (inside or alike(known, plain) >= 0.75 or (loosely and covered(known, plain) >= 0.75))
                ):
                    return happening
        return None


def _within(a: str, b: str) -> bool:
    """Whether two holders may be one: 市委 and 市委宣传部, 太原 and 太原市."""
    return a in b or b in a or a[:2] == b[:2]


def plain_label(text: str) -> str:
    return _QUOTES.sub("", text)


_FAIR = re.compile(r"(?:运动会|博览会|交易会|洽谈会|锦标赛|[运博亚奥洽交]会|[锦冠]赛)$")


def shortened(short: str, full: str) -> bool:
    """Whether a name keeps single characters of another: 成都大运会 of 成都第31届世界大学生夏季运动会, 农博会 of 国际农业博览会."""
    if not 3 <= len(short) < len(full) - 2 or len(short) > 8 or not (_FAIR.search(short) and _FAIR.search(full)):
        return False
    if _kept(short, full):
        return True
    return (
        len(short) > 4 and _kept(short[2:], full) and len(short[2:]) <= 4
    )  # the host may stand in the short name alone


def _kept(short: str, full: str) -> bool:
    characters = iter(full)
    return all(c in characters for c in short)


def numbers_differ(a: str, b: str) -> bool:
    """Two numbered ones of a row: 第五次会议, 第六次会议."""
    numbers_a, numbers_b = ({unit: number for number, unit in _NUMBERED.findall(t)} for t in (a, b))
    if any(numbers_a[unit] != numbers_b[unit] for unit in numbers_a.keys() & numbers_b.keys()):
        return True
    # 六届六次主席会议, 六届六次全委会议: of other members
    who_a, who_b = ({w.removesuffix("全体") for w in _SESSION.findall(t)} for t in (a, b))
    return bool(who_a and who_b and not who_a & who_b)


def days_agree(one: Happening, other: Happening) -> bool:
    """Whether two happenings can be of one day: either's is not said, or both are the same."""
    return not one.date or not other.date or one.date == other.date


def covered(a: str, b: str) -> float:
    """How much of the shorter label's character pairs the longer one has, 0..1; 0 where the shorter tells too little."""
    short, long = sorted((a, b), key=len)
    pairs = {short[i : i + 2] for i in range(len(short) - 1)}
    return sum(pair in long for pair in pairs) / len(pairs) if len(pairs) >= 5 else 0.0


def alike(a: str, b: str) -> float:
    """Dice's coefficient of character pairs, 0..1."""
    x, y = (Counter(t[i : i + 2] for i in range(len(t) - 1)) for t in (a, b))
    total = sum(x.values()) + sum(y.values())
    return 2 * sum((x & y).values()) / total if total else float(a == b)
