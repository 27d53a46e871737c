"""Who acts in a clause without a name of his own: 民警 of the police named last, and three men whom nobody named before is."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.shapes import Item, Line
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, table
from kg.model import Mention


@cache
def _sorts() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    return tuple(
        (frozenset(group["words"].split()), re.compile(f"(?:{alternatives(group['bodies'].split())})$"))
        for group in table("cases")["sort"]
    )


def implied(line: Line, start: int, end: int, codes: tuple[str, ...]) -> list[Mention]:
    """The body that a word for its sort means in a stretch of text: 民警 of the police named last, 法院 of the court."""
    if "organization" not in codes:
        return []
    for item in line.items[line.index(start) : line.index(end)]:
        if item.code in ("person", "organization") and not _led(line, item, end):
            return []
        if item.mention is not None and item.code != "title":
            continue
        for names, ending in _sorts():
            if item.text in names:
                known = line.document.mentions_in(0, item.start, "organization")
                found = next((m for m in reversed(known) if ending.search(line.document.name(m))), None)
                return [found] if found is not None else []
        if item.tag == "v":
            return []
    return []


def _led(line: Line, item: Item, end: int) -> bool:
    """Whether a name only says whose the group next to it is: 青河市公安局民警."""
    index = line.index(item.end)
    following = line.items[index] if index < len(line.items) else None
    return (
        item.code == "organization"
        and following is not None
        and following.end <= end
        and any(following.text in names for names, _ in _sorts())
    )


def unnamed(item: Item) -> bool:
    """A person or a group without a name."""
    return item.mention is None and (
        item.text in word_set("cases", "grammar", "unnamed")
        or (len(item.text) > 2 and item.text.endswith(("男子", "女子", "人员", "嫌疑人", "们")))
        or item.text in ("当事人", "涉事者", "肇事者", "死难者", "幸存者")
    )


def own_subject(line: Line, start: int, offset: int) -> bool:
    """Whether a clause has a subject of its own that has no name: 三人被罚款, 该男子被抓获, 多名乘客受伤."""
    counted = False
    for item in line.items[line.index(start) : line.index(offset)]:
        if item.tag == "p" or (item.tag == "v" and item.text not in ("造成", "致", "导致", "致使")):
            return False
        if unnamed(item):
            return True
        counted = counted or (item.tag == "m" and re.search(r"[名位人个起]$", item.text) is not None)
        if counted and (item.text.endswith(("人", "名")) or item.tag in ("n", "q")):
            return True
    return False
