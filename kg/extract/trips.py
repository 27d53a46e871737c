"""Going abroad: who went to which country, and who went along (``将于16日至19日访华``)."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.happenings import Happening
from kg.extract.roles import persons_before
from kg.extract.shapes import Line
from kg.extract.story import Story, date_of
from kg.extract.travellers import hosts_of, themselves, with_spouse
from kg.extract.triggers import take_part
from kg.language import gazetteer
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span


def read(story: Story) -> None:
    """Add a trip for each person and country, or its country and day to one that is known."""
    for sentence in story.document.sentences:
        if sentence.kind != "body":
            continue
        line = story.lines.of(sentence)
        for match in _abroad().finditer(line.text, sentence.start, sentence.end):
            span = Span(*match.span())
            index = line.index(span.start)
            if not line.is_word(index, span.start) or _unreal(line, index):
                continue
            where = _countries()[match.group()]
            place = story.draft.entity(
                "place", where, span=Span(span.start + 1, span.end), reason=f"{match.group()}所指"
            )
            _trip(story, line, span, [(where, place)])
        for match in _to().finditer(line.text, sentence.start, sentence.end):
            span = Span(*match.span())
            index = line.index(span.start)
            if not line.is_word(index, span.start) or _unreal(line, index):
                continue
            if all(item.end != span.end for item in line.items[index : index + 3]):
                continue  # 访 of 访华
            places = [m for m in line.objects(span.end, ("place",)) if _foreign(m)]
            if not places and line.text[span.start : span.end] in ("赴", "将赴"):
                places = _inviting(story, line, span.start)
            if places:
                _trip(story, line, span, [(story.document.name(m), story.key(m)) for m in places])
        for match in _PAID.finditer(line.text, sentence.start, sentence.end):
            if line.is_word(line.index(match.start()), match.start()) and (
                places := paid_to(line, match.start("verb"))
            ):
                _trip(
                    story,
                    line,
                    Span(*match.span()),
                    [(story.document.name(m), story.key(m)) for m in places],
                    paid=True,
                )
        _companions(story, line)


_PAID = re.compile(r"对(?P<where>[^，。；对]{2,30}?)(?P<verb>进行|开展|展开|作)了?[^，。；]{0,16}?访问")


def paid_to(line: Line, offset: int) -> list[Mention]:
    """The countries that a visit is paid to: 对A、B|进行国事访问."""
    to = line.text.rfind("对", line.clause_start(offset), offset)
    return line.mentions(to, offset, "place") if to >= 0 else []


@cache
def _countries() -> dict[str, str]:
    return dict(pair.split("=") for pair in words("events", "tour", "abroad"))


@cache
def _abroad() -> re.Pattern[str]:
    return re.compile(alternatives(_countries()))


@cache
def _to() -> re.Pattern[str]:
    return re.compile(alternatives(words("deals", "trips", "words")))


def _foreign(mention: Mention) -> bool:
    """A country or a foreign city: what lies in China is a tour's stop."""
    return (
        mention.text in gazetteer.countries() and gazetteer.countries()[mention.text] != "中国"
    ) or mention.text in gazetteer.foreign_cities()


def _unreal(line: Line, index: int) -> bool:
    before = line.items[index - 1] if index else None
    after = line.items[index + 1] if index + 1 < len(line.items) else None
    if after is not None and after.text in word_set("deals", "trips", "not_next"):
        return True
    return before is not None and before.mention is None and before.text in word_set("deals", "grammar", "unreal")


def _inviting(story: Story, line: Line, offset: int) -> list[Mention]:
    """应甲国政府邀请，…将赴甲: the country that invites, where the verb's object is only its short name."""
    match = re.search(
        f"应(?P<who>[^，。；]{{2,20}}?)(?:{alternatives(words('deals', 'trips', 'invited'))})[^，。；]{{0,16}}邀请",
        line.text[line.sentence.start : offset],
    )
    if match is None:
        return []
    start = line.sentence.start + match.start("who")
    return story.document.mentions_in(start, line.sentence.start + match.end(), "place")[:1]


def _trip(story: Story, line: Line, span: Span, places: list[tuple[str, str]], *, paid: bool = False) -> None:
    """Add a trip, or what is said of one that is known.

    Args:
        paid: a verb said before may tell of it: 抵达A，对B进行访问.
    """
    date, reason = date_of(story, line, span.start, span.end)
    said = line.text.rfind("：", line.sentence.start, span.start)
    if said >= 0 and not story.dates.within(said, span.start):
        date, reason = "", ""
    for person in with_spouse(line, hosts_of(line, themselves(line, persons_before(line, span.start)))):
        key = story.key(person)
        known = next(
            (
                h
                for h in story.happenings.all
                if h.kind in ("trip", "visit")
                and h.verbal
                and key in h.people
                and (_is(h, places) or (paid and h.evidence == line.sentence.span))
            ),
            None,
        )
        if known is not None and known.kind == "visit":
            continue
        if known is None:
            label = f"{story.document.name(person)}访问{'、'.join(name for name, _ in places)}"
            known = Happening(label, "trip", span, line.sentence.span, "访问", "trip", verbal=True, confidence=0.65)
            story.happenings.add(known)
        known.places = known.places or [place for _, place in places]
        if not known.date:
            known.date, known.date_reason = date, reason
        take_part(story, key, known, "visit", line.sentence.span, "trip-visit", 0.7)
        for _, place in places:
            story.draft.fact("visit", key, place, line.sentence.span, "trip-to", confidence=0.7)


def _is(happening: Happening, places: list[tuple[str, str]]) -> bool:
    """Whether a trip may be the one to these places: it names one of them, or none."""
    if any(place in happening.places or name in happening.label for name, place in places):
        return True
    shorts = [short for short, country in _countries().items() if any(country == name for name, _ in places)]
    return any(short in happening.label for short in shorts)


def _companions(story: Story, line: Line) -> None:
    """随行的有A、B: who goes along."""
    match = re.compile(
        f"(?:{alternatives(words('deals', 'trips', 'members'))})[^，。；]{{0,10}}?(?:有|包括|为)"
    ).search(line.text, line.sentence.start, line.sentence.end)
    if match is None:
        return
    trip = story.happenings.current(match.end(), "trip")
    if trip is None:
        return
    for person in line.objects(match.end(), ("person",), stop_at_comma=False):
        take_part(story, story.key(person), trip, "accompany", line.sentence.span, "trip-accompany", 0.65)
