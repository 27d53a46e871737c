"""Who wrote an article, took its pictures, edited it.

Rules:
    role-before     （记者 赵一鸣 通讯员 周大同）; 青河日报记者赵一鸣
    role-marked     责编：李小满; 摄影 孙文静; 文/赵一鸣
    role-after      孙文静 摄; 记者赵一鸣摄
    closing-names   …进行。（赵一鸣 李小满）; 青河新闻网8月9日电（赵一鸣）
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.analysis.document import Document
from kg.analysis.persons import looks_chinese
from kg.extract.draft import Draft
from kg.language.lexicon import alternatives, table, words
from kg.model import Span

_GAP = r"[ \t\u00a0\u3000]"
_LIST = re.compile(r"(?:[ \t\u00a0\u3000]*[、，,/]?[ \t\u00a0\u3000]*|和)")
_CREDITS = 200
"""Characters at an article's end that its credits stand in."""
_END = "、，,。；;：:）)】］]（(【[|｜/ \t\u00a0\u3000\n"
_SPACED = re.compile(r"([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_BRACKET = re.compile(r"[（(]([^（）()。，；\n]{2,24})[)）]")


@cache
def _roles(section: str) -> dict[str, str]:
    return {word: role for role, listed in table("bylines")[section].items() for word in listed.split()}


@cache
def _before() -> re.Pattern[str]:
    return re.compile(f"({alternatives(_roles('before'))}){_GAP}*[：:|｜/]?{_GAP}*")


@cache
def _marked() -> re.Pattern[str]:
    every, in_text = (
        _apart(_roles("marked")),
        _apart(w for w, r in _roles("marked").items() if r == "editor" or len(w) > 2),
    )
    border = f"(?:{_GAP}*[：:|｜/丨]{_GAP}*|{_GAP}+)"
    return re.compile(f"(?<![\\u4e00-\\u9fff“])({every}){border}|({in_text}){border}")


def _apart(roles: Iterable[str]) -> str:
    """Alternatives of words whose two characters may be set apart: 编 辑."""
    listed = sorted(set(roles), key=lambda w: (-len(w), w))
    return "|".join(f"{w[0]}{_GAP}?{w[1]}" if len(w) == 2 else re.escape(w) for w in listed)


@cache
def _editors() -> re.Pattern[str]:
    """编辑刘萌【…】: an editor's word with the name right behind it."""
    return re.compile(
        alternatives(w for w, r in _roles("marked").items() if r == "editor" and len(w) > 1 and w != "主编")
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(f"{_GAP}*({alternatives(_roles('after'))})(?=$|[\\s、，,。；;）)】\\]（(]|[\\u4e00-\\u9fff])")


@cache
def _follow() -> re.Pattern[str]:
    return re.compile(alternatives(words("bylines", "frames", "follow")))


@cache
def _credit() -> re.Pattern[str]:
    """摄 and its like behind a gap, at a border, or where another name begins."""
    return re.compile(
        f"(?:{_GAP}+|/|{_GAP}*/{_GAP}*)(摄影?|文图|图)(?=$|[\\s，。；;）)】\\]（(]|[\\u4e00-\\u9fff])|(摄)(?=$|[\\s。）)】\\]])|(?<=[\\u4e00-\\u9fff])(摄)(?=[\\u4e00-\\u9fff])"
    )


class _Names:
    """Reads lists of names; knows the document's persons."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self.persons = {m.start: m for m in document.mentions if m.type == "person"}
        self.bodies = {m.start: m for m in document.mentions if m.type == "organization"}
        self.tagged = {t.start: t for t in document.tokens if t.tag == "PER"}

    def read(self, offset: int, end: int) -> list[Span]:
        """The names that stand in a list from ``offset`` on."""
        found: list[Span] = []
        # 特约作者：青河市第三人民医院 周敏: the employer before the name, a gap between
        body = self.bodies.get(offset)
        if body is not None and (gap := re.compile(f"{_GAP}+").match(self._text, body.end, end)):
            offset = gap.end()
        position = offset
        while position < end:
            if found:
                match = _LIST.match(self._text, position, end)
                position = match.end() if match and match.end() > position else position
                if position == found[-1].end:
                    break
            name = self._name(position, end)
            if name is None:
                break
            found.append(name)
            position = name.end
        return found

    def _name(self, offset: int, end: int) -> Span | None:
        text = self._text
        if text[offset : offset + 1] in "记通":
            return None
        mention = self.persons.get(offset)
        if mention is not None and mention.end <= end:
            return mention.span
        spaced = _SPACED.match(text, offset, end)
        if spaced and looks_chinese(spaced.group(1) + spaced.group(2)) and not self._marked_role(offset):
            return Span(*spaced.span())
        for length in (3, 2, 4):
            name = text[offset : offset + length]
            stop = offset + length
            if stop > end or not looks_chinese(name) or self._marked_role(offset):
                continue
            if stop == end or text[stop] in _END:
                return Span(offset, stop)
        for length in (3, 2):
            name, stop = text[offset : offset + length], offset + length
            if (
                stop <= end
                and looks_chinese(name)
                and not self._marked_role(offset)
                and _follow().match(text, stop, end)
            ):
                return Span(offset, stop)
        token = self.tagged.get(offset)
        if token is not None and token.end <= end and 2 <= len(token.text) <= 4:
            return Span(token.start, token.end)
        return None

    def _marked_role(self, offset: int) -> bool:
        return _before().match(self._text, offset) is not None or _marked().match(self._text, offset) is not None


def extract(document: Document, draft: Draft) -> None:
    names, text = _Names(document), document.text
    for block in document.article.blocks:
        for start, end in _lines(text, block.start, block.end):
            _roles_before(draft, names, text, start, end)
            _roles_marked(draft, names, text, start, end)
            _closing(draft, names, text, start, end)
            _roles_after(draft, names, text, start, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


def _add(draft: Draft, text: str, name: Span, role: str, evidence: Span, rule: str, confidence: float = 0.9) -> None:
    person = draft.entity("person", re.sub(r"\s", "", text[name.start : name.end]), span=name)
    for each in ("reporter", "photographer") if role == "both" else (role,):
        draft.fact("byline", person, "", evidence, rule, confidence=confidence, role=each)


def _roles_before(draft: Draft, names: _Names, text: str, start: int, end: int) -> None:
    for match in _before().finditer(text, start, end):
        role = _roles("before")[match.group(1)]
        found = names.read(match.end(), end)
        speaks = found and text.startswith(
            (*words("bylines", "frames", "speaks"), *(("：",) if "·" in text[found[0].start : found[0].end] else ())),
            found[-1].end,
        )
        if not found or speaks:
            continue
        whole = Span(match.start(), found[-1].end)
        if after := _after().match(text, found[-1].end, end):
            credit = _roles("after")[after.group(1)]
            if not (after.group(1) in ("图", "文", "拍摄", "供图") and text[after.start()] not in " \u3000\u00a0/"):
                stop = Span(match.start(), after.end(1))
                for name in found:
                    _add(draft, text, name, credit, stop, "role-after")
                if credit == "photographer":
                    continue
        for name in found:
            _add(draft, text, name, role, whole, "role-before")


def _roles_marked(draft: Draft, names: _Names, text: str, start: int, end: int) -> None:
    for match in _editors().finditer(text, start, end):
        person = names.persons.get(match.end())
        # an editor in running text (《青河》编辑田敏) holds a post: a credit stands where the article ends
        closes = len(text) - match.start() < _CREDITS and not text[: match.start()].endswith(("总", "副", "任", "》"))
        if closes and person is not None and (person.end == end or text[person.end] in "【（([ \u3000\n。，"):
            role = _roles("marked")[match.group()]
            _add(draft, text, person.span, role, Span(match.start(), person.end), "role-marked", 0.8)
    for match in _marked().finditer(text, start, end):
        word = match.group(1) or match.group(2)
        for name in (found := names.read(match.end(), end)):
            _add(
                draft,
                text,
                name,
                _roles("marked")[re.sub(_GAP, "", word)],
                Span(match.start(), found[-1].end),
                "role-marked",
                0.85,
            )


def _roles_after(draft: Draft, names: _Names, text: str, start: int, end: int) -> None:
    """孙文静 摄: a name, a gap or a slash, the word, and a border."""
    for match in _credit().finditer(text, start, end):
        for length in (3, 2, 4):
            begin = match.start() - length
            name = text[max(begin, start) : match.start()]
            mention = names.persons.get(begin)
            if match.group(3) and match.end() not in names.persons and match.end() not in names.bodies:
                continue
            if (mention is not None and mention.end == match.start()) or (
                len(name) == length
                and looks_chinese(name)
                and name not in words("names", "never")
                and (begin == start or not text[begin - 1].isalnum())
            ):
                word = match.group(1) or match.group(2) or match.group(3)
                role = "both" if word == "文图" else "photographer"
                _add(draft, text, Span(begin, match.start()), role, Span(begin, match.end()), "role-after")
                break


def _closing(draft: Draft, names: _Names, text: str, start: int, end: int) -> None:
    """Names alone in brackets: after the dateline, or where the article ends."""
    dateline = tuple(words("bylines", "frames", "dateline"))
    for match in _BRACKET.finditer(text, start, end):
        before = text[max(start, match.start() - 30) : match.start()].rstrip()
        opening = before.endswith(dateline) and re.search(r"\d日|综合|本报|讯", before)
        closing = (
            match.end() >= end - 1 or text.startswith(words("bylines", "frames", "closed_by"), match.end())
        ) and (not before or before[-1] in "。！？”…")
        if not opening and not closing:
            continue
        found = names.read(match.start(1), match.end(1))
        if found and found[-1].end == match.end(1):
            for name in found:
                _add(draft, text, name, "reporter", Span(match.start(), match.end()), "closing-names", 0.85)
