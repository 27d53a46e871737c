"""Lines of a source, and paragraphs made of them: pieces of the source that belong together.

A paragraph is a list of spans of the normalized source. Characters that no reader sees (zero-width marks, controls,
the spaces of a letter-spaced line, Markdown marks) fall between the spans; nothing is ever inserted but a space
between two Latin words that a line end held apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span
from kg.read.patterns import HAN, is_byline, is_dateline, is_finished, is_furniture, starts_item

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+"
)
_SET = f"[{HAN}0-9，。、；：！？“”‘’《》（）()%.·]"
_SPACED = re.compile(rf"(?<=[{HAN}，。、；：！？“”《》（）0-9]) +(?={_SET})")
_SPACED_PAIR = re.compile(rf"[{HAN}] (?=[{HAN}])")
_PAIR = re.compile(rf"[{HAN}](?=[{HAN}])")
_LONGEST_UNWRAPPED = 20_000  # characters; what is longer is no article's paragraph
_LEAST_SPACED = 8  # characters of the shortest line that is taken for letter-spaced; a list of names is shorter

_HEADING = re.compile(r"#{1,6}\s+")
_QUOTE = re.compile(r"(?:>\s?)+|[-*+]\s+")
_INLINE = re.compile(r"\*\*|__|!?\[(?P<label>[^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
GLUE = Span(-1, -1)
"""A piece that stands for a space that the source has not: between two Latin words that a line end held apart."""


@dataclass(slots=True)
class Paragraph:
    """Pieces of the source that form one paragraph.

    Attributes:
        pieces: spans of the normalized source, in order, none empty; ``GLUE`` between two Latin words.
        text: the pieces joined.
        breaks: line ends before it: 1 for the next line, 2 after a blank line, 4 after three.
        indented: begins with two spaces or more, as a new paragraph does in print.
        heading: marked as a heading (Markdown).
    """

    pieces: list[Span]
    text: str
    breaks: int
    indented: bool = False
    heading: bool = False


def paragraphs(text: str, start: int, *, markdown: bool = False) -> list[Paragraph]:
    """The paragraphs of a normalized source from ``start`` on; hard-wrapped lines are joined already."""
    lines = list(_lines(text, start, markdown))
    return _unwrap(lines) if len(lines) > 1 else lines


def extend(paragraph: Paragraph, other: Paragraph) -> None:
    """Put the text of ``other`` behind that of ``paragraph``, without a space but between Latin words."""
    if _is_latin(paragraph.text[-1:]) and _is_latin(other.text[:1]):
        paragraph.pieces.append(GLUE)
        paragraph.text += " "
    paragraph.pieces += other.pieces
    paragraph.text += other.text


def cut(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """A paragraph in two, before and from the character ``at`` of its text."""
    sides: tuple[list[Span], list[Span]] = [], []
    position = 0
    for piece in paragraph.pieces:
        length = 1 if piece is GLUE else piece.end - piece.start
        low = min(max(at - position, 0), length)
        if piece is GLUE:
            sides[low == 0].append(piece)
        else:
            sides[0].extend([Span(piece.start, piece.start + low)] * (low > 0))
            sides[1].extend([Span(piece.start + low, piece.end)] * (low < length))
        position += length
    left = Paragraph(sides[0], paragraph.text[:at], paragraph.breaks, paragraph.indented, paragraph.heading)
    return left, Paragraph(sides[1], paragraph.text[at:], 1)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _lines(text: str, start: int, markdown: bool) -> Iterator[Paragraph]:
    breaks, last = 0, start
    for match in _LINE.finditer(text, start):
        breaks += len(_LINE_END.findall(text, last, match.start()))
        last = match.end()
        raw = match.group()
        content = raw.lstrip(" \t")
        indent = len(raw) - len(content)
        begin, end = match.start() + indent, match.start() + len(raw.rstrip(" \t"))
        heading = False
        if markdown and content:
            if _IMAGE.fullmatch(content.rstrip()):
                continue
            if mark := _HEADING.match(content) or _QUOTE.match(content):
                heading = mark.re is _HEADING
                begin = min(begin + mark.end(), end)
        pieces = _pieces(text, begin, end, markdown)
        if not pieces:
            continue
        line = "".join(text[a:b] for a, b in pieces)
        yield Paragraph(pieces, line, breaks, indent >= 2, heading)
        breaks = 0


def _pieces(text: str, begin: int, end: int, markdown: bool) -> list[Span]:
    drops = [m.span() for m in _UNSEEN.finditer(text, begin, end)]
    if markdown:
        for match in _INLINE.finditer(text, begin, end):
            if match["label"] is None:
                drops.append(match.span())
            else:
                drops += [(match.start(), match.start("label")), (match.end("label"), match.end())]
    line = text[begin:end]
    if " " in line and _is_spaced(line):
        drops += [(begin + m.start(), begin + m.end()) for m in _SPACED.finditer(line)]
    if not drops:
        return [Span(begin, end)] if begin < end else []
    pieces, position = [], begin
    for low, high in sorted(drops):
        if low > position:
            pieces.append(Span(position, low))
        position = max(position, high)
    if position < end:
        pieces.append(Span(position, end))
    return pieces if any(not text[a:b].isspace() for a, b in pieces) else []


def _is_spaced(line: str) -> bool:
    """Whether nearly all neighbouring characters of a line are held apart by a space, as bad OCR leaves them."""
    spaced = len(_SPACED_PAIR.findall(line))
    return spaced >= _LEAST_SPACED - 1 and spaced > 4 * len(_PAIR.findall(line))


def _width(text: str) -> int:
    return 2 * len(text) - sum(map(str.isascii, text))


def _unwrap(lines: list[Paragraph]) -> list[Paragraph]:
    """Join the lines of a text that was wrapped at a fixed width.

    A text is wrapped when at least three lines, and half of those that another line follows at once, are cut off in
    mid-sentence at the same width (give or take two characters, which line-breaking rules shift).
    """
    followed = [line for line, after in pairwise(lines) if after.breaks == 1]
    cut = Counter(_width(line.text) // 2 for line in followed if not is_finished(line.text) and len(line.text) >= 8)
    if not cut:
        return lines
    full = max(cut, key=lambda width: (sum(cut[width + shift] for shift in range(-2, 3)), width))
    members = sum(cut[full + shift] for shift in range(-2, 3))
    if members < 3 or 2 * members < len(followed):
        return lines
    marked = any(line.indented or line.breaks > 1 for line in lines[1:])
    joined: list[Paragraph] = [lines[0]]
    tail = lines[0]  # the last line of what is joined
    for line in lines[1:]:
        reaches = _width(tail.text) // 2 >= full - 2 and (marked or not is_finished(tail.text))
        reaches = reaches and len(joined[-1].text) < _LONGEST_UNWRAPPED
        new = line.breaks > 1 or line.indented or starts_item(line.text)
        if reaches and not new and not any(test(line.text) for test in (is_dateline, is_byline, is_furniture)):
            extend(joined[-1], line)
        else:
            joined.append(line)
        tail = line
    return joined
