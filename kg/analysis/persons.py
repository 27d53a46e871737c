"""Person mentions: the tagger's, names after titles, names run together, names with spaces, one name everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg.analysis.document import Token
from kg.language import gazetteer
from kg.language.lexicon import surnames, table, title_heads, title_pattern, words
from kg.model import Mention

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DOT = re.compile(r"[·•・‧]")
_PART = r"(?:[\u4e00-\u9fff]{1,9}|[A-Z][A-Za-z.]*)"
_FOREIGN = re.compile(rf"{_PART}(?:[-－–]{_PART})?(?:\s?[·•・‧]\s?{_PART}(?:[-－–]{_PART})?)+")
_MARKS = "　 、，-－丨｜|·•・‧/〉〈《》【】"
_ENDINGS = re.compile(r"(?:之[子女父母妻]|的儿子|夫妇|夫人|一行|先生|女士|本人|等人|将)$")


@cache
def _tables() -> tuple[
    frozenset[str], frozenset[str], frozenset[str], tuple[str, ...], frozenset[str], frozenset[str], frozenset[str]
]:
    single, double = surnames()
    names = table("names")
    return (
        single,
        double,
        frozenset(names["not_in_given_names"]),
        tuple(names["address_words"].split()),
        frozenset(names["transliteration"]),
        frozenset(names["never"].split()),
        frozenset(names["verbs_after"]),
    )


def looks_chinese(name: str) -> bool:
    """Whether a string has the shape of a Chinese person's name: surname and one or two characters more."""
    single, double, never, *_ = _tables()
    if not _HAN.fullmatch(name):
        return False
    if name[:2] in double and 3 <= len(name) <= 4:
        return True
    return name[0] in single and 2 <= len(name) <= 3 and not set(name[1:]) & never


def transliterated(name: str) -> bool:
    """Whether every character is one that foreign names are written with."""
    return bool(name) and set(name) <= _tables()[4]


@cache
def _sides() -> re.Pattern[str]:
    """韩方, 中方正: a side in talks; 韩日, 黎以: two countries; 韩警方, 苗族, 洪拳: a force, a people, an art; 拉金霍恩峰: a mountain."""
    countries = table("names")["countries_in_short"]
    often = table("names")["countries_often_paired"]
    return re.compile(
        f"(?:[{countries}]方(?:正|就|已|将|对|称)?|[{often}]{{2}}都?|韩[中美日朝]|[{often}]军|韩军|[{countries}][军警]方|..?(?:警方|军方)|.*(?:族|拳|犬))"
    )


def no_name(name: str) -> bool:
    """What a tagger may take for a person and never is one: words of the table, sides, peoples, breeds, mountains with foreign names."""
    if name in _tables()[5] or name in gazetteer.countries() or _sides().fullmatch(name) or "丨" in name:
        return True
    return len(name) > 3 and name[-1] in "邦峰州岛港河湖城郡" and transliterated(name[:-1])


def find_persons(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """Person mentions of one sentence as the tagger and the grammar of names propose them."""
    found: list[Mention] = []
    for number, token in enumerate(tokens):
        if token.tag == "PER" and not _DOT.search(token.text):
            found += _person_token(text, tokens, number)
    if _DOT.search(text, start, end):
        found += _foreign(text, start, end, tokens)
    found += _after_titles(text, tokens)
    found += _spaced(text, start, end)
    return found


def _person_token(text: str, tokens: Sequence[Token], number: int) -> list[Mention]:
    token = tokens[number]
    single = _tables()[0]
    name = token.text.strip(_MARKS)
    cut = _ENDINGS.search(name)
    if cut and len(name) - len(cut.group()) >= 2 and not (len(name) == 3 and name[0] in single):
        name = name[: cut.start()]
    if not name or no_name(name) or not any("\u4e00" <= c <= "\u9fff" or c.isupper() for c in name):
        return []
    begin = token.start + token.text.index(name)
    if name[0] in "和与及" and looks_chinese(name[1:]) and len(name) == 4:
        begin, name = begin + 1, name[1:]
    before = text[max(0, begin - 3) : begin]
    if before.endswith(("台风“", "台风", "台风”")):
        return []
    if text[begin - 1 : begin] in ("-", "－") and number and tokens[number - 1].end == begin - 1:
        return []
    pieces = list(_pieces(name))
    if len(pieces) > 1:
        found, at = [], begin
        for piece in pieces:
            found.append(Mention(at, at + len(piece), "person", piece, ("lac",), 0.6))
            at += len(piece)
        return found
    if len(name) < 2 or name in title_heads():
        return []
    if len(name) == 2 and name[0] not in single and number and _surname_before(text, tokens[number - 1], begin):
        # 仝|小林: the surname is a word of its own to the tagger
        return [Mention(begin - 1, begin + 2, "person", text[begin - 1 : begin + 2], ("grammar",), 0.97)]
    if len(name) == 2 and name[0] in single and name[1] in "某总局":
        return [Mention(begin, begin + 2, "person", name, ("lac",), 0.7)] if name[1] == "某" else []
    if len(name) > 2 and (looks_chinese(name) or transliterated(name)) and _acts_as_one(text, tokens, number):
        return [Mention(begin, begin + len(name), "person", name, ("grammar",), 0.8)]
    score = 0.85 if looks_chinese(name) else 0.75 if transliterated(name) else 0.6
    return [Mention(begin, begin + len(name), "person", name, ("lac",), score)]


def _surname_before(text: str, token: Token, offset: int) -> bool:
    if token.end != offset or len(token.text) != 1 or token.text in "和与向于从对由同及有是又都时将还之成":
        return False
    before = text[token.start - 1 : token.start]
    return token.text in _tables()[0] and (not before or before in "、，。；：（(“ 　\n")


def _acts_as_one(text: str, tokens: Sequence[Token], number: int) -> bool:
    """A title stands right before, a verb of speech right after: what LAC alone calls a name is one there."""
    token = tokens[number]
    titled = (
        number > 0 and tokens[number - 1].end == token.start and tokens[number - 1].text.endswith(tuple(title_heads()))
    )
    return titled or text.startswith(words("names", "persons_do"), token.end)


def separated(tagged: Iterable[Mention]) -> list[Mention]:
    """The persons among a tagger's mentions, names run together parted."""
    found = []
    for mention in tagged:
        name = mention.text.strip(_MARKS)
        if mention.type != "person" or not name or no_name(name):
            continue
        at = mention.start + mention.text.index(name)
        for piece in _pieces(name):
            found.append(Mention(at, at + len(piece), "person", piece, mention.sources, mention.score))
            at += len(piece)
    return found


def _pieces(name: str) -> Iterator[str]:
    """The names of a run that is too long for one: 韦韬王纯 is two (no Chinese name has four characters but with a compound surname)."""
    single, double, *_ = _tables()
    if len(name) < 4 or not _HAN.fullmatch(name) or transliterated(name):
        yield name
        return
    if len(name) == 4 and (name[:2] in double or not (name[0] in single and name[2] in single)):
        yield name
        return
    cuts = _cut(name)
    yield from cuts or (name,)


def _cut(name: str) -> list[str]:
    """A run of names cut into two- and three-character names with surnames, the longer names first; empty where it cannot be."""
    if not name:
        return []
    for length in (3, 2):
        head, rest = name[:length], name[length:]
        if len(head) == length and looks_chinese(head):
            if not rest:
                return [head]
            tail = _cut(rest)
            if tail:
                return [head, *tail]
    return []


def _foreign(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """Names with a dot (乔·拜登): as far to both sides as the characters of transliterations and the tagger's words reach."""
    found = []
    known = {t.start: t for t in tokens}
    ends = {t.end: t for t in tokens}
    for match in _FOREIGN.finditer(text, start, end):
        dots = [d.start() for d in _DOT.finditer(text, *match.span())]
        begin, stop = match.span()
        first, last = dots[0], dots[-1]
        inside = [t for t in tokens if t.end > begin and t.start < stop and t.tag == "PER" and len(t.text) > 1]
        if not inside:
            continue
        left = first
        while left > begin and (text[left - 1] in _tables()[4] or text[left - 1].isascii() or text[left - 1] in "-－–"):
            left -= 1
        for token in inside:
            if token.start < first <= token.end:
                left = max(begin, token.start)
        if begin < left <= begin + 2 and first - begin <= 5 and text[begin - 1 : begin] in ("、", "，", "（", "。", ""):
            left = begin  # 、玉苏甫江·麦麦提: a mark before the run
        right = last + 1
        while right < stop and (text[right] in _tables()[4] or text[right].isascii() or text[right] in "-－–"):
            right += 1
        covering = [t for t in inside if t.start <= last + 1 < t.end]
        if covering:
            edge = covering[0].end
            # a scrap that goes on in characters of transliteration belongs to the name: 博罗|代
            following = known.get(edge)
            if (
                following
                and following.end <= right
                and len(following.text) == 1
                and following.tag not in ("c", "p", "d", "u")
            ):
                edge = following.end
            right = edge
        else:
            limit = right
            while right > last + 1 and right not in ends:
                right -= 1
            right = right if right > last + 1 else limit
        if right < stop <= right + 4 and text[stop : stop + 1] in ("、", "（", "）") and stop - last <= 6:
            right = stop  # 祖木热提·吾布力、: in a list the run goes on to the mark
        name = text[left:right]
        if cut := _ENDINGS.search(name):
            name = name[: cut.start()]
        if left < first and len(name) > first - left + 1 and not no_name(name):
            found.append(Mention(left, left + len(name), "person", name, ("grammar",), 0.9))
    return found


@cache
def _heads() -> tuple[tuple[str, ...], frozenset[str]]:
    """Heads of titles, and the characters they end in."""
    return tuple(title_heads()), frozenset(head[-1] for head in title_heads())


def _after_titles(text: str, tokens: Sequence[Token]) -> list[Mention]:
    """``副主任张翔`` where the tagger saw no person: a title, then a surname and one or two characters up to a word's end."""
    found = []
    ends = {t.end for t in tokens}
    heads, last = _heads()
    for number, token in enumerate(tokens[:-1]):
        if token.tag == "PER" or token.text[-1] not in last or not token.text.endswith(heads):
            continue
        after = tokens[number + 1]
        if after.tag == "w" and after.text.isspace() and number + 2 < len(tokens):
            after = tokens[number + 2]
        if after.tag in ("LOC", "ORG", "TIME", "w", "u", "c", "p") or (after.tag == "PER" and len(after.text) > 1):
            continue
        for length in (3, 2):
            name = text[after.start : after.start + length]
            if looks_chinese(name) and after.start + length in ends and len(name) == length:
                if _is_word(after, length):
                    break
                found.append(Mention(after.start, after.start + length, "person", name, ("grammar",), 0.6))
                break
    return found


def _is_word(first: Token, length: int) -> bool:
    """A single ordinary word such as 高度 is no name; two scraps (魏 民) or a name-like word may be one."""
    return len(first.text) == length and first.tag in (
        "v",
        "vn",
        "n",
        "a",
        "ad",
        "an",
        "d",
        "m",
        "q",
        "r",
        "f",
        "s",
        "t",
    )


def _spaced(text: str, start: int, end: int) -> list[Mention]:
    """``韦 韬``: two characters of a name set apart to fill the column."""
    single, _, never, *_ = _tables()
    found = []
    for match in re.finditer(
        r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])", text[start:end]
    ):
        if match.group(1) in single and match.group(2) not in never:
            found.append(
                Mention(start + match.start(), start + match.end(), "person", match.group(), ("grammar",), 0.6)
            )
    return found


_COMRADE = re.compile(r"(?:任命|免去|决定：|推荐|提名|接受|批准|^|[，。；：、]|关于)([\u4e00-\u9fff]{2,3})同志")


def comrades(text: str, start: int, end: int) -> list[Mention]:
    """``免去单向前同志的职务``: what stands before 同志 in a decision is a name, whatever else it may mean."""
    return [
        Mention(*m.span(1), "person", m.group(1), ("grammar",), 0.97)
        for m in _COMRADE.finditer(text, start, end)
        if looks_chinese(m.group(1))
    ]


def verbs_after() -> frozenset[str]:
    """Characters of verbs and adverbs that a tagger may take for the last of a name."""
    return _tables()[6]


@cache
def _address() -> re.Pattern[str]:
    single, _, _, address, *_ = _tables()
    return re.compile(f"[{''.join(sorted(single))}](?:{'|'.join(sorted(address, key=lambda w: (-len(w), w)))})")


def addressed(text: str, start: int, end: int, tokens: Sequence[Token]) -> list[Mention]:
    """``姜大爷``, ``张先生``, ``王某``: a surname with a word of address is the name the article gives."""
    starts = {t.start for t in tokens}
    return [
        Mention(*m.span(), "person", m.group(), ("grammar",), 0.75)
        for m in _address().finditer(text, start, end)
        if m.start() in starts and m.group() not in _tables()[5] and not (m.group()[0] == "和" and m.start())
    ]


def spread(text: str, names: dict[str, float], taken: Iterable[Mention]) -> list[Mention]:
    """Every other place where a name stands that was found with certainty elsewhere in the same article."""
    covered = bytearray(len(text))
    for mention in taken:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    found = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(covered[start:end]):
                found.append(Mention(start, end, "person", name, ("consistency",), round(names[name] * 0.9, 4)))
                covered[start:end] = b"\1" * len(name)
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
