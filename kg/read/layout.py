"""Repair of a page: from the paragraphs of a source to articles in reading order.

What columns, captions and page marks did to an article is undone: a paragraph that was cut in mid-sentence (or in
mid-word) is joined to its rest without a space, captions and furniture that stood inside it come after it, the
headline stack comes first. Every character keeps its place in the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Block, BlockKind, Segment
from kg.read import patterns
from kg.read.lines import GLUE, Paragraph, cut, extend, paragraphs
from kg.read.split import split

_TALLEST_HEAD = 8  # paragraphs above the body, of which one may repeat a given title
_LONG_HEADLINE = 60  # characters of the longest headline of a web page, which only a dateline below it proves
_LONGEST_PARAGRAPH = 20_000  # characters; nothing is joined to what is longer, it is no article's paragraph
_WIDE = 4  # line ends: three blank lines, which set a caption off from the sentence it interrupts
_OPENINGS = ("本报", "本刊", "本网", "本台", "新华社", "中新社")  # datelines that no sentence can go on with
_SHOULDER = re.compile(r"(?:时|时的讲话中)?(?:强调|指出|要求|表示)$")
_CAST = re.compile(r"(?:出席|主持|讲话|致辞|参加|陪同|发言|宣读)(?:会议|活动|仪式)?(?:并讲话|并致辞|并发言|讲话)?$")


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the page holds it, repaired.

    Attributes:
        text: blocks, one a line.
        segments: from ``text`` to the source, as in ``kg.model.Article``.
        blocks: kinds and places of the blocks in ``text``.
        title: main line of the headline stack, empty without one.
        date: text of the day printed in the furniture, empty without one.
        publisher: printed in the furniture (``来源：…``), empty without one.
    """

    text: str
    segments: tuple[Segment, ...]
    blocks: tuple[Block, ...]
    title: str = ""
    date: str = ""
    publisher: str = ""


@dataclass(slots=True)
class _Part:
    kind: BlockKind
    paragraph: Paragraph


def repair(text: str, start: int = 0, *, several: bool = True, markdown: bool = False, title: str = "") -> list[Page]:
    """The articles of a normalized source.

    Args:
        text: the source (``kg.read.normalize``); offsets of the result count in it.
        start: where the text proper begins, behind front matter.
        several: whether the source can hold more than one article.
        markdown: whether headings, emphasis and links are marked.
        title: as given beside the text; a paragraph above the body that repeats it is a headline, however long.

    Returns:
        the articles in order of their first paragraph; none where there is no text.
    """
    found = paragraphs(text, start, markdown=markdown)
    if not found:
        return []
    title = "".join(title.split())
    for paragraph in found[:_TALLEST_HEAD] if title else ():
        paragraph.heading = paragraph.heading or "".join(paragraph.text.split()) == title
    return [_page(text, _arrange(article)) for article in (split(found) if several else [found])]


def _arrange(found: Sequence[Paragraph]) -> list[_Part]:
    stack, rest = _headlines(found)
    flow = _flow(rest)
    parts = stack + flow
    if not any(part.kind == "body" for part in parts):  # a picture with its caption, or a mere note
        for kind in ("caption", "byline", "headline", "furniture"):
            chosen = [part for part in parts if part.kind == kind]
            if chosen:
                for part in chosen if kind == "caption" else chosen[-1:]:
                    part.kind = "body"
                break
    return parts


def _headlines(found: Sequence[Paragraph]) -> tuple[list[_Part], Sequence[Paragraph]]:
    """The headline stack, with the furniture above and in it behind it, and the paragraphs below it."""
    kinds: list[BlockKind] = []
    for index, paragraph in enumerate(found):
        if paragraph.heading or _is_long_headline(found, index):
            kinds.append("headline")
        elif patterns.is_furniture(paragraph.text) or patterns.is_day(paragraph.text):
            kinds.append("furniture")
        elif patterns.is_headline_like(paragraph.text) and not patterns.is_caption(paragraph.text):
            kinds.append("headline")
        else:
            break
    if len(kinds) == len(found) or patterns.continues(found[len(kinds)].text):
        # the last short line is the body, or the beginning of it that was cut off early
        del kinds[_last(kinds, "headline") :]
    head = [_Part(kind, paragraph) for kind, paragraph in zip(kinds, found, strict=False)]
    return sorted(head, key=lambda part: part.kind == "furniture"), found[len(kinds) :]


def _is_long_headline(found: Sequence[Paragraph], index: int) -> bool:
    text = found[index].text
    if not patterns.HEADLINE_LENGTH < len(text) <= _LONG_HEADLINE or "。" in text or index + 1 == len(found):
        return False
    if patterns.is_finished(text) or patterns.is_furniture(text):
        return False
    return not patterns.is_dateline(text) and patterns.is_dateline(found[index + 1].text)


def _last(kinds: Sequence[str], kind: str) -> int:
    return max((n for n, found in enumerate(kinds) if found == kind), default=0)


def _flow(found: Sequence[Paragraph]) -> list[_Part]:
    parts: list[_Part] = []
    current: Paragraph | None = None  # the body paragraph that may go on
    waiting: list[_Part] = []  # what interrupts it

    def close() -> None:
        nonlocal current, waiting
        if current is not None:
            parts.append(_Part("body", current))
        parts.extend(waiting)
        current, waiting = None, []

    found = [part for paragraph in found for part in _without_turn_marks(paragraph)]
    for index, paragraph in enumerate(found):
        text = paragraph.text
        is_open = current is not None and not patterns.is_finished(current.text)
        following = found[index + 1] if index + 1 < len(found) else None
        if patterns.is_furniture(text):
            waiting.append(_Part("furniture", paragraph))
        elif _is_caption(paragraph, following, is_open):
            waiting.append(_Part("caption", paragraph))
        elif patterns.is_byline(text):
            close()
            waiting.append(_Part("byline", paragraph))
        elif paragraph.heading:
            close()
            parts.append(_Part("headline", paragraph))
        elif current is not None and _stands_alone(current, paragraph):
            kind: BlockKind = "body" if _is_bare_line(text) else "headline"
            parts.append(_Part(kind, current))
            parts.extend(waiting)
            current, waiting = paragraph, []
        elif current is not None and len(current.text) < _LONGEST_PARAGRAPH and _goes_on(current, paragraph):
            extend(current, paragraph)
        else:
            close()
            current = paragraph
    close()
    return parts


def _without_turn_marks(paragraph: Paragraph) -> list[Paragraph]:
    """``（下转第2版）`` at the end and ``（上接第1版）`` at the start of a paragraph, each a paragraph of its own."""
    if "下转" not in paragraph.text and "上接" not in paragraph.text:
        return [paragraph]
    parts = []
    if match := patterns.CONTINUING.match(paragraph.text):
        mark, paragraph = cut(paragraph, match.end())
        parts.append(mark)
    if match := patterns.CONTINUED.search(paragraph.text):
        body, mark = cut(paragraph, len(paragraph.text[: match.start()].rstrip()))
        return [*parts, *([body] if body.text else []), mark]
    return [*parts, paragraph] if paragraph.text else parts


def _is_caption(paragraph: Paragraph, following: Paragraph | None, is_open: bool) -> bool:
    text = paragraph.text
    if not is_open or patterns.is_credit(text):
        return patterns.is_caption(text)
    if following is None or patterns.continues(text):  # the sentence must go on below, or this is its end
        return False
    inset = paragraph.breaks >= _WIDE and len(text) <= patterns.INSET_LENGTH
    return (inset and (patterns.is_finished(text) or _is_bare_line(text))) or patterns.is_caption(text)


def _stands_alone(current: Paragraph, paragraph: Paragraph) -> bool:
    """Whether ``current`` is a line of its own (a subhead, an entry of a list) and ``paragraph`` not its rest.

    Such a line is short and without a comma, and no wider gap follows it than stands before it: where a cut put a
    gap into a sentence, the gap is wider than those between the paragraphs, or the line is rarely that short.
    """
    if not _is_bare_line(current.text):
        return False
    return paragraph.breaks <= current.breaks and not patterns.continues(paragraph.text)


def _is_bare_line(text: str) -> bool:
    return patterns.is_headline_like(text) and not patterns.is_finished(text) and not {"，", ","} & set(text)


def _goes_on(current: Paragraph, paragraph: Paragraph) -> bool:
    if patterns.continues(paragraph.text):
        return True
    if patterns.is_finished(current.text):
        return False
    if patterns.starts_item(paragraph.text) and not patterns.starts_numeral(paragraph.text):
        return False
    return not (patterns.is_dateline(paragraph.text) and paragraph.text.startswith(_OPENINGS))


def _page(text: str, parts: Sequence[_Part]) -> Page:
    out: list[str] = []
    segments: list[Segment] = []
    blocks: list[Block] = []
    position = 0
    for part in parts:
        if out:
            out.append("\n")
            position += 1
        begin = position
        for piece in part.paragraph.pieces:
            low, high = piece
            if piece is GLUE:
                out.append(" ")
                position += 1
                continue
            out.append(text[low:high])
            last = segments[-1] if segments else None
            if last and last.start + last.length == position and last.source_start + last.length == low:
                segments[-1] = Segment(last.start, last.source_start, last.length + high - low)
            else:
                segments.append(Segment(position, low, high - low))
            position += high - low
        blocks.append(Block(part.kind, begin, position))
    furniture = [part.paragraph.text for part in parts if part.kind == "furniture"]
    return Page(
        "".join(out),
        tuple(segments),
        tuple(blocks),
        title=_title([part.paragraph.text for part in parts], blocks),
        date=_printed_date(furniture),
        publisher=next((m["source"] for line in furniture if (m := patterns.PRINTED_SOURCE.search(line))), ""),
    )


def _title(lines: Sequence[str], blocks: Sequence[Block]) -> str:
    """The main line of a headline stack: not the shoulder (``…时强调``), not the cast (``…出席并讲话``), else the
    longest; the first of equals."""
    stack: list[str] = []
    for line, block in zip(lines, blocks, strict=True):
        if block.kind != "headline":
            break
        stack.append(line)
    main = [line for line in stack if not _SHOULDER.search(line) and not _CAST.search(line)]
    return max(main or stack, key=len, default="")


def _printed_date(furniture: Sequence[str]) -> str:
    for line in furniture:
        if match := patterns.PRINTED_DATE.search(line):
            return match["date"] or match["iso"]
    return ""
