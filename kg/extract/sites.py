"""Places one can go to or gather at, as a list after a verb names them; long ones (``露香园二期项目工地``) too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.draft import Draft
from kg.extract.shapes import Line
from kg.language import gazetteer
from kg.language.event_words import event_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_NOUNS = ("n", "nz", "nw", "vn", "an", "a", "m", "s", "f", "LOC", "ORG", "j", "q", "xc", "b", "PER", "t")

_LEAD = re.compile(r"(?:一行|当地|位于|辖区|现场|帮扶村——)+")


@dataclass(frozen=True, slots=True)
class Site:
    """A place or body that someone went to: its key and where it is printed."""

    key: str
    start: int
    end: int


def sites_after(draft: Draft, line: Line, offset: int, *, motion: bool, limit: int = -1) -> list[Site]:
    """The sites of a list that begins at an offset: each piece between 、 and 和 that names a place or ends like one."""
    sites: list[Site] = []
    pieces: list[tuple[int, int]] = []
    start = None
    end = offset
    depth = 0
    for item in line.items[line.index(offset) :]:
        if 0 <= limit <= item.start:
            break
        if item.code == "open":
            depth += 1
        elif item.code == "close":
            depth -= 1
        elif depth > 0:
            pass
        elif item.text.startswith("—") and start is not None:
            # 帮扶村——A村: what is named is A村
            start = None
            continue
        elif item.code == "join":
            if start is not None:
                pieces.append((start, end))
            start = None
            continue
        elif (
            item.code == "mark"
            or item.code == "person"
            or item.code == "title"
            or (item.mention is None and item.tag not in _NOUNS)
            or item.text in ("等", "等地", "等处")
        ):
            if item.text in ("了",):
                continue
            break
        if start is None:
            start = item.start
        end = item.end
    if start is not None:
        pieces.append((start, end))
    for start, end in pieces:
        site = site_in(draft, line, start, end, motion)
        if site is not None:
            sites.append(site)
    return sites


@cache
def _ends_like_site() -> re.Pattern[str]:
    return re.compile(
        f"(?:{alternatives([*words('places', 'sites'), *words('organizations', 'suffixes', 'words'), *words('events', 'tour', 'sites')])})[”》）)]?$"
    )


@cache
def _ends_like_topic() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('events', 'tour', 'topic'))})$")


def site_in(draft: Draft, line: Line, start: int, end: int, motion: bool) -> Site | None:
    lead = _LEAD.match(line.text, start, end)
    start = lead.end() if lead is not None else start
    named = line.mentions(start, end, "place", "organization")
    text = line.text[start:end].strip("“”").strip()
    whole = next((m for m in named if m.start == start and m.end == end), None)
    if whole is not None:
        return Site(draft.mentioned(whole), start, end)
    topic = _ends_like_topic().search(text) is not None
    if named and named[-1].end == end and not topic:
        # 新疆克拉玛依市: the innermost; 驻湖某部 and the like are whole
        inner = named[-1]
        outer = line.mentions(start, inner.start, "place")
        if (
            inner.type == "organization"
            and outer
            and outer[0].start == start
            and outer[-1].end == inner.start
            and len(inner.text) <= 4
        ):
            # 杭州警备区: what the body is called without its place names none
            return Site(draft.entity("organization", text, span=Span(start, end)), start, end)
        before = line.mentions(start, inner.start, "place")
        if inner.start == start or (
            before and (inner.type == "place" or line.document.name(inner).startswith(before[0].text[:2]))
        ):
            return Site(draft.mentioned(inner), inner.start, end)
    if (
        not topic
        and _ends_like_site().search(text)
        and 3 <= len(text) <= 30
        and text not in word_set("places", "common")
    ):
        first = next((m for m in named if m.start == start), None)
        whole_name = f"{_printed(line, first)}{line.text[first.end : end]}" if first is not None else text
        reason = line.document.reasons.get(first.span, "") if first is not None and whole_name != text else ""
        return Site(draft.entity("place", whole_name, span=Span(start, end), alias=text, reason=reason), start, end)
    if named and (topic or motion):
        return Site(draft.mentioned(named[-1]), named[-1].start, named[-1].end)
    return None


_CAPITAL = re.compile(r"(?:的?首都|首府|省会)")


def venue_in(draft: Draft, line: Line, start: int, end: int) -> Site | None:
    """Where something was held, from the words between 在 and 举行: 印度金奈 whole, 肯尼亚首都内罗毕 without what it is the capital of."""
    text = line.text
    if text[end - 1] in "）)" and (opening := max(text.rfind("（", start, end), text.rfind("(", start, end))) > start:
        end = opening
    capital = _CAPITAL.search(text, start, end)
    if capital is not None and end - capital.end() >= 2:
        start = capital.end()
        name = text[start:end]
        whole = next((m for m in line.mentions(start, end, "place") if m.start == start and m.end == end), None)
        return Site(
            draft.mentioned(whole) if whole is not None else draft.entity("place", name, span=Span(start, end)),
            start,
            end,
        )
    named = line.mentions(start, end, "place")
    leading = start
    count = 0
    for mention in named:
        if mention.start != leading:
            break
        leading, count = mention.end, count + 1
    rest = text[leading:end]
    if count >= 2 and len(rest) >= 4 and _ends_like_site().search(rest):
        # 武汉市武昌区…酒店: what the place is called, without what it lies in
        return Site(draft.entity("place", rest, span=Span(leading, end)), leading, end)
    if count == 1 and named[0].text in gazetteer.countries() and _FOREIGN.fullmatch(rest):
        # 印度金奈: a city that no list knows
        return Site(draft.entity("place", rest, span=Span(leading, end)), leading, end)
    if count == 1 and len(named) == 1 and _FOREIGN.fullmatch(rest) and not line.mentions(leading, end, "organization"):
        name = f"{_printed(line, named[-1])}{rest}"
        return Site(draft.entity("place", name, span=Span(start, end)), start, end)
    return site_in(draft, line, start, end, motion=True)


_FOREIGN = re.compile(r"[^\W与同和及并的]{2,10}")


@cache
def _came() -> re.Pattern[str]:
    doing = alternatives(
        [
            *words("events", "tour", "came_to"),
            *(word for pair in event_verbs() for word in [pair] if event_verbs()[pair].kind == "visit"),
        ]
    )
    return re.compile(f"(?:来|赴|到|抵|莅)(?P<place>[\u4e00-\u9fff])(?={doing}|[，。])")


def _one_character(text: str) -> dict[str, str]:
    """What a character may stand for in an article: 宁 is 南京 where the text speaks of it and not of 宁夏."""
    found = {"华": "中国", **gazetteer.abbreviations()}
    for pair in words("events", "tour", "also"):
        character, _, name = pair.partition("=")
        if name.removesuffix("市") in text and found.get(character, "　")[:2] not in text:
            found[character] = name
    return found


def came_to(draft: Draft, line: Line, start: int, end: int) -> list[Site]:
    """Places called by one character after 来, 赴 …: 来并调研. The article's own place comes first (来松 in a paper of 松江), then the usual one."""
    sites = []
    for match in _came().finditer(line.text, start, end):
        character = match.group("place")
        locality = line.document.locality
        name = locality if locality.startswith(character) else _one_character(line.document.text).get(character, "")
        index = line.index(match.start())
        whole = (
            index < len(line.items) and line.items[index].start == match.start() and line.items[index].mention is None
        )
        if name and whole and line.items[index].end <= match.end():
            sites.append(
                Site(
                    draft.entity(
                        "place", name, span=Span(*match.span("place")), alias=character, reason=f"{character}所指"
                    ),
                    *match.span("place"),
                )
            )
    return sites


def _printed(line: Line, mention: Mention) -> str:
    """A place as printed where its complete name only adds 市 or the like; its complete name else (我市, 区)."""
    name = line.document.name(mention)
    return mention.text if name.startswith(mention.text) and len(name) == len(mention.text) + 1 else name
