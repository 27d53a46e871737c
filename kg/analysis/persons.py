"""Person mentions: the tagger's, names after titles, names run together, names with spaces, one name everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Token
from kg.language.lexicon import surnames, table, title_heads, title_pattern
from kg.model import Mention

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FOREIGN = re.compile(r"[\u4e00-\u9fffA-Za-z.]+(?:[·•・][\u4e00-\u9fffA-Za-z.]+)+")


@cache
def _tables() -> tuple[frozenset[str], frozenset[str], frozenset[str], tuple[str, ...]]:
    single, double = surnames()
    names = table("names")
    return single, double, frozenset(names["not_in_given_names"]), tuple(names["address_words"].split())


def looks_chinese(name: str) -> bool:
    """Whether a string has the shape of a Chinese person's name: surname and one or two characters more."""
    single, double, never, _ = _tables()
    if not _HAN.fullmatch(name):
        return False
    if name[:2] in double and 3 <= len(name) <= 4:
        return True
    return name[0] in single and 2 <= len(name) <= 3 and not set(name[1:]) & never


def find_persons(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """Person mentions of one sentence as the tagger and the grammar of names propose them."""
    found: list[Mention] = []
    for number, token in enumerate(tokens):
        if token.tag == "PER":
            found += _person_token(token)
    for match in _FOREIGN.finditer(text, start, end):
        found.append(Mention(*match.span(), "person", match.group(), ("grammar",), 0.8))
    found += _after_titles(text, tokens)
    found += _spaced(text, start, end)
    return found


def _person_token(token: Token) -> list[Mention]:
    name = token.text.strip("　 、，")
    if token.text != name:
        shift = token.text.index(name)
        token = Token(token.start + shift, token.start + shift + len(name), name, "PER")
    single, double, never, _ = _tables()
    # the tagger keeps 韦韬王纯 in one piece: no Chinese name has four characters but with a double surname
    if len(name) == 4 and name[:2] not in double and name[0] in single and name[2] in single and _HAN.fullmatch(name):
        return [
            Mention(token.start, token.start + 2, "person", name[:2], ("lac",), 0.6),
            Mention(token.start + 2, token.end, "person", name[2:], ("lac",), 0.6),
        ]
    if len(name) < 2 or name in title_heads():
        return []
    if len(name) == 2 and name[0] in single and name[1] in "某总局":
        return [Mention(token.start, token.end, "person", name, ("lac",), 0.7)] if name[1] == "某" else []
    return [Mention(token.start, token.end, "person", name, ("lac",), 0.85 if looks_chinese(name) else 0.65)]


def _after_titles(text: str, tokens: Sequence[Token]) -> list[Mention]:
    """``副主任张翔`` where the tagger saw no person: a title, then a surname and one or two characters up to a word's end."""
    found = []
    ends = {t.end for t in tokens}
    for number, token in enumerate(tokens[:-1]):
        if token.tag == "PER" or not token.text.endswith(tuple(title_heads())):
            continue
        after = tokens[number + 1]
        if after.tag in ("PER", "w", "LOC", "ORG", "TIME", "u", "c", "p", "d"):
            continue
        for length in (3, 2):
            name = text[after.start : after.start + length]
            if looks_chinese(name) and after.start + length in ends and len(name) == length:
                if _is_word(after, length, tokens, number + 1):
                    break
                found.append(Mention(after.start, after.start + length, "person", name, ("grammar",), 0.55))
                break
    return found


def _is_word(first: Token, length: int, tokens: Sequence[Token], number: int) -> bool:
    """A single ordinary word such as 高度 is no name; two scraps (魏 民) or a name-like word may be one."""
    return len(first.text) == length and first.tag in ("v", "vn", "n", "a", "ad", "an", "d", "m", "q", "r", "f", "s", "t")


def _spaced(text: str, start: int, end: int) -> list[Mention]:
    """``韦 韬``: two characters of a name set apart to fill the column."""
    single, _, never, _ = _tables()
    found = []
    for match in re.finditer(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])", text[start:end]):
        if match.group(1) in single and match.group(2) not in never:
            found.append(Mention(start + match.start(), start + match.end(), "person", match.group(), ("grammar",), 0.6))
    return found


def addressed(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """``姜大爷``, ``张先生``, ``王某``: a surname with a word of address is the name the article gives."""
    single, _, _, address = _tables()
    pattern = re.compile(f"[{''.join(sorted(single))}](?:{'|'.join(sorted(address, key=lambda w: -len(w)))})")
    starts = {t.start for t in tokens}
    return [
        Mention(start + m.start(), start + m.end(), "person", m.group(), ("grammar",), 0.6)
        for m in pattern.finditer(text[start:end])
        if start + m.start() in starts
    ]


def spread(text: str, names: dict[str, float], taken: Sequence[Mention]) -> list[Mention]:
    """Every other place where a name stands that was found with certainty elsewhere in the same article."""
    covered = bytearray(len(text))
    for mention in taken:
        for i in range(mention.start, mention.end):
            covered[i] = 1
    found = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(covered[start:end]):
                found.append(Mention(start, end, "person", name, ("consistency",), names[name] * 0.9))
                for i in range(start, end):
                    covered[i] = 1
            start = text.find(name, end)
    return found


def find_titles(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """Title mentions: longest match of the title grammar where a word or a known body ends."""
    ends = {t.end for t in tokens}
    return [
        Mention(*m.span(), "title", m.group(), ("grammar",), 0.9)
        for m in title_pattern().finditer(text, start, end)
        if m.end() in ends or text[m.end() : m.end() + 1] in "、，,；;。（(）) 　：:"
    ]
