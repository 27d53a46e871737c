"""Places one can go to or gather at, as a list after a verb names them; long ones (``露香园二期项目工地``) too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.draft import Draft
from kg.extract.shapes import Line
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, words
from kg.model import Span

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
        elif item.code == "join":
            if start is not None:
                pieces.append((start, end))
            start = None
            continue
        elif item.code == "mark" or item.code == "person" or item.code == "title" or (item.mention is None and item.tag not in _NOUNS) or item.text in ("等", "等地", "等处"):
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
    return re.compile(f"(?:{alternatives([*words('places', 'sites'), *words('organizations', 'suffixes', 'words'), *words('events', 'tour', 'sites')])})[”》）)]?$")


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
        if inner.start == start or line.mentions(start, inner.start, "place"):
            return Site(draft.mentioned(inner), inner.start, end)
    if not topic and _ends_like_site().search(text) and 3 <= len(text) <= 30 and text not in word_set("places", "common"):
        first = next((m for m in named if m.start == start), None)
        whole_name = f"{line.document.name(first)}{line.text[first.end : end]}" if first is not None else text
        reason = line.document.reasons.get(first.span, "") if first is not None and whole_name != text else ""
        return Site(draft.entity("place", whole_name, span=Span(start, end), alias=text, reason=reason), start, end)
    if named and (topic or motion):
        return Site(draft.mentioned(named[-1]), named[-1].start, named[-1].end)
    return None
