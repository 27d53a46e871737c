"""Complete names for mentions: what stands before an offset, the article's place, and names of one thing joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.analysis.context import Context
from kg.analysis.coreference import joined_names
from kg.analysis.document import Sentence
from kg.language import gazetteer
from kg.language.lexicon import alternatives, body_words, table, unit_words, words
from kg.model import Mention, Span

_OFFICE = re.compile(r"(?:第?[一二三四五六七八九十]+届)")
_CONGRESS = re.compile(r"^(.*?)第?[一二三四五六七八九十]+届(?=人大|政协|市委|省委|区委|县委|委|人民代表)")
_CPPCC = re.compile(r"^(?:中国人民政治协商会议|政协)(.{2,12}?)(?:第?[一二三四五六七八九十]+届)?委员会(.*)$")
_CPPCC_NATIONAL = re.compile(r"^(?:中国人民政治协商会议|政协)第?[一二三四五六七八九十]+届全国委员会")


@dataclass(frozen=True, slots=True)
class Completed:
    """Mentions with their complete names.

    Attributes:
        mentions: as given; those that name nothing by themselves and could not be completed have a score below 0.5.
        names, reasons: by span, where the name differs from what is printed.
    """

    mentions: tuple[Mention, ...]
    names: dict[Span, str]
    reasons: dict[Span, str]


@cache
def _body() -> re.Pattern[str]:
    body = alternatives([*body_words(), "党委", "党工委", "工委", "人大工委", "街道办事处", "办事处"])
    return re.compile(f"^(.{{2,14}}?)((?:{body})(?:{alternatives(unit_words())})*)$")


@cache
def _bare_body() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(w for w in body_words() if len(w) > 1)})(?:{alternatives(unit_words())})*$")


@cache
def _departments() -> dict[str, str]:
    """Each word of a department alone and its group: ``party``, ``place`` or ``unit``."""
    return {
        word: group for group in ("unit", "place", "party") for word in words("organizations", "departments", group)
    }


@cache
def _department() -> re.Pattern[str]:
    return re.compile(f"({alternatives(_departments())})((?:{alternatives(unit_words())})*)$")


@cache
def _stand_in() -> re.Pattern[str]:
    heads = alternatives(words("organizations", "stand_ins", "heads"))
    return re.compile(f"(?:该)?({heads})(.*)$")


@cache
def _tail_units() -> re.Pattern[str]:
    units = [*unit_words(), *words("organizations", "departments", "unit")]
    return re.compile(f"(?<=..)(?:{alternatives(units)})+$")


def split_body(name: str) -> tuple[str, str]:
    """``太原市委组织部`` -> ``太原市``, ``委组织部``; the second empty where the name is not a place with a body."""
    match = _body().match(name)
    return (match.group(1), match.group(2)) if match else (name, "")


def complete(context: Context, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Completed:
    """Complete names of all mentions of an article."""
    names: dict[Span, str] = {}
    reasons: dict[Span, str] = {}
    kept: list[Mention] = []
    before: list[tuple[int, str]] = []  # organizations so far: start, complete name
    number = 0
    for mention in mentions:
        while number + 1 < len(sentences) and mention.start >= sentences[number + 1].start:
            number += 1
        begin = sentences[number].start if sentences else 0
        earlier = sentences[max(0, number - 1)].start if sentences else 0
        name, reason = mention.text, ""
        if mention.type == "organization":
            name, reason = _organization(context, mention, begin, earlier, before)
            if not name:
                name, mention = mention.text, Mention(
                    mention.start, mention.end, mention.type, mention.text, mention.sources, min(mention.score, 0.4)
                )
            else:
                before.append((mention.start, name))
        elif mention.type == "place":
            own = context.own_place(mention.text, mention.start, begin)
            if own:
                name, reason = own
            elif len(mention.text) == 1 and (long := _spelled(context, mention, mentions)):
                name, reason = long, f"{mention.text}为{long}简称"
        elif mention.type == "person":
            name = "".join(mention.text.split())
        kept.append(mention)
        if name != mention.text:
            names[mention.span], reasons[mention.span] = name, reason
    _join(kept, names, reasons, context)
    return Completed(tuple(kept), names, reasons)


def _spelled(context: Context, mention: Mention, mentions: Sequence[Mention]) -> str:
    """What a one-character name is short for: the country or division with that character that the article spells out first."""
    states = table("abbreviations")["states"]
    beside = [m for m in mentions if m.type == "place" and len(m.text) == 1 and abs(m.start - mention.start) == 1]
    foreign = [m.text in states and m.text not in gazetteer.abbreviations() or m.text == "中" for m in (mention, *beside)]
    if mention.text in states and (any(foreign) or mention.text not in gazetteer.abbreviations()):
        for other in mentions:
            if other.type == "place" and other.text.startswith(mention.text) and other.text in gazetteer.countries():
                return other.text
        return str(states[mention.text])
    division = context.division(mention.text)
    return division.name if division else ""


def _join(mentions: Sequence[Mention], names: dict[Span, str], reasons: dict[Span, str], context: Context) -> None:
    for type_ in ("person", "organization", "place", "document"):
        listed = [(m, names.get(m.span, m.text)) for m in mentions if m.type == type_ and m.score >= 0.5]
        for short, (name, reason) in joined_names(type_, [name for _, name in listed], context).items():
            for mention, known in listed:
                if known == short:
                    names[mention.span] = name
                    reasons[mention.span] = reasons.get(mention.span) or reason


def _organization(
    context: Context, mention: Mention, begin: int, earlier: int, before: Sequence[tuple[int, str]]
) -> tuple[str, str]:
    """The complete name and why; an empty name where a bare department has nothing to belong to."""
    text = mention.text
    if _CPPCC_NATIONAL.match(text):
        return _CPPCC_NATIONAL.sub("全国政协", text), "政协全国委员会即全国政协"
    if match := _CPPCC.match(text):
        return f"{match.group(1)}政协{match.group(2)}", "政协委员会即政协"
    text = _CONGRESS.sub(r"\1", text)
    if match := _department().match(text):
        name, reason = _of_department(context, match, mention, begin, earlier, before)
        if name or text in _departments():
            return name, reason
    if match := _stand_in().match(text):
        for start, known in reversed(before):
            stem = _tail_units().sub("", known)
            if start >= earlier and stem.endswith(match.group(1)) and len(stem) > len(match.group(1)) + 1:
                return stem + match.group(2), f"前文提到{stem}"
        if text in words("organizations", "stand_ins", "heads"):
            return "", ""
    name, reason = context.complete(text, mention.start, begin)
    if reason:
        return name, reason
    if _bare_body().fullmatch(text):
        return _of_place(text, mention, begin, before) or (text, "")
    return name, reason if name == mention.text else reason or "届次略去"


def _of_department(
    context: Context, match: re.Match[str], mention: Mention, begin: int, earlier: int, before: Sequence[tuple[int, str]]
) -> tuple[str, str]:
    head, rest = match.group(1), match.group(2)
    group = _departments()[head]
    for start, known in reversed(before):
        if start < (begin if group != "unit" else earlier) and start < begin:
            break
        place, body = split_body(known)
        if group == "party":
            if body.startswith("委"):
                base = f"{place}{head}" if head in ("纪委", "监委", "纪委监委", "监察委") else f"{place}委{head}"
                return base + rest, f"前文提到{place}委"
            if "党委" in known:
                return known[: known.index("党委") + 2] + head + rest, f"前文提到{known}"
            if head in ("监委", "纪委", "监察委") and body.startswith(("纪委", "监委")):
                return place + head + rest, f"前文提到{known}"
        elif group == "place":
            if body:
                return place + head + rest, f"前文提到{known}"
        elif not known.endswith(head):
            stem = _tail_units().sub("", known) if head in ("党组", "党委", "党工委", "工委", "管委会") else known
            if head in ("管委会", "党工委", "工委") and body:
                stem = place
            return stem + head + rest, f"前文提到{known}"
    if group == "place":
        found = context.nearest(mention.start, begin)
        if found:
            return found[0] + head + rest, found[1]
    return "", ""


def _of_place(text: str, mention: Mention, begin: int, before: Sequence[tuple[int, str]]) -> tuple[str, str] | None:
    """A bureau printed without its place in a list: the place of the body before it."""
    for start, known in reversed(before):
        if start < begin:
            break
        place, body = split_body(known)
        if body and place:
            return place + text, f"前文提到{known}"
    return None
