"""A sentence as a row of typed items: mentions, verbs, marks and plain words. What the grammar of happenings walks over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.analysis.document import Document, Sentence
from kg.language.event_words import word_set
from kg.language.lexicon import words
from kg.model import Mention, Span

Code = Literal[
    "person", "organization", "place", "title", "mark", "open", "close", "verb", "preposition", "join", "word"
]
_CREDITS = ("记者", "通讯员", "摄影", "编辑", "责编", "见习记者", "实习生", "特约记者")
_PICTURE = ("图", "上图", "下图", "左图", "右图", "图片", "照片")  # 图为A在B调研
BODIES = ("organization", "place")
ACTORS = ("person", "organization", "place")
_BETWEEN = ("比", "∶", ":", "：", "-", "－", "—", "/")
_OPEN, _CLOSE = "“《（(「『〈【[", "”》）)」』〉】]"


@dataclass(frozen=True, slots=True)
class Item:
    """A mention, a mark or a word; ``tag`` is the tagger's part of speech for words."""

    start: int
    end: int
    text: str
    code: Code
    tag: str = ""
    mention: Mention | None = None


class Line:
    """The items of one sentence. Mentions come first: a place inside an organization is no item, words under a mention are cut away."""

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self.document = document
        self.sentence = sentence
        self.text = document.text
        self.items = tuple(_items(document, sentence))
        self._starts = [item.start for item in self.items]

    def index(self, offset: int) -> int:
        """The index of the first item that starts at or after an offset."""
        from bisect import bisect_left

        return bisect_left(self._starts, offset)

    def is_word(self, index: int, offset: int) -> bool:
        """Whether the item of an index begins at an offset and is no name: a verb found in the text is one of the line."""
        return index < len(self.items) and self.items[index].start == offset and self.items[index].mention is None

    def mentions(self, start: int, end: int, *codes: str) -> list[Mention]:
        """Mentions that are items inside the span."""
        return [
            i.mention
            for i in self.items
            if i.mention is not None and start <= i.start and i.end <= end and i.code in codes
        ]

    def clause_end(self, offset: int, marks: str = "，。；！？,;：") -> int:
        """Where the clause that holds an offset ends: before the next mark outside brackets."""
        depth = 0
        for item in self.items[self.index(offset) :]:
            if item.code == "open":
                depth += 1
            elif item.code == "close":
                depth -= 1
                if depth < 0:
                    return item.start
            elif item.code == "mark" and item.text in marks and depth <= 0:
                return item.start
        return self.sentence.end

    def clause_start(self, offset: int, marks: str = "，。；！？,;：") -> int:
        """Where the clause that holds an offset begins: after the last mark before it."""
        start = self.sentence.start
        for item in self.items:
            if item.end > offset:
                break
            if item.code == "mark" and item.text in marks:
                start = item.end
        return start

    def subjects(self, offset: int, codes: Sequence[str] = ("person",), *, floor: int = -1) -> list[Mention]:
        """Who stands before a verb at ``offset`` as its subject, in order: a list over commas shares the verb at its end.

        Args:
            codes: which mentions may be subjects.
            floor: nothing before this offset is looked at.
        """
        found: list[Mention] = []
        clause: list[Mention] = []
        grouped = False  # a group without a name stands here too: 负责同志, 市监察委负责人
        modifies = False  # what is read now stands before a title or a name and only qualifies it
        index = self.index(offset) - 1
        depth = 0
        while index >= 0:
            item = self.items[index]
            if item.start < floor:
                break
            index -= 1
            if item.code == "close":
                depth += 1
            elif item.code == "open":
                depth = max(0, depth - 1)
            elif depth:
                continue
            elif item.code == "person":
                if not (modifies and self._whose(index + 1)) and not self._credited(index + 1):
                    clause.append(item.mention)  # type: ignore[arg-type]
                modifies = True
            elif item.code == "title" and item.text == "代表" and self._stands_for(index + 1):
                clause = []  # 甲代表市委致辞
                modifies = False
            elif item.code == "title":
                grouped = True
                modifies = True
                if item.text in _CREDITS and clause and clause[-1].start - item.end <= 3:
                    clause.pop()
            elif item.code in ("organization", "place"):
                if not modifies:
                    clause.append(item.mention)  # type: ignore[arg-type]
                modifies = True
            elif item.code == "join":
                modifies = self._is_title(index)
            elif item.code == "mark":
                if not item.text.strip():
                    continue
                if (
                    item.text not in "，,；;"
                    or not self._list_goes_on(index, codes)
                    or not (clause or found or grouped)
                ):
                    break
                found += clause
                clause = []
                modifies = False
            elif item.text in ("由", "经") or (item.text == "为" and self.items[index].text in _PICTURE and index >= 0):
                break
            elif item.text in word_set("roles", "walk", "motion"):
                clause = []
                modifies = False
            elif item.text in word_set("roles", "walk", "governs") or item.code == "preposition":
                clause = []
                modifies = False
                if item.tag == "v":
                    break
            elif item.text in word_set("roles", "walk", "light"):
                continue
            elif _is_group(item):
                grouped = True
                modifies = True
            elif item.tag in ("v", "vd", "u") and item.text not in ("等", "等等"):
                if (item.tag == "u" and item.text == "的") or self._of_group(index + 1):
                    modifies = True
                    continue
                break
            else:
                modifies = modifies or item.tag in ("n", "nz", "vn")
        found += clause
        return [m for m in reversed(found) if m.type in codes]

    def inherited(self, offset: int, codes: Sequence[str] = ("person",)) -> list[Mention]:
        """The subject that a clause without one takes from the clauses before it in its sentence: A前往B，检查C."""
        start = self.clause_start(offset)
        for item in self.items[self.index(start) : self.index(offset)]:
            # A到B调研并主持…: the first verb of the same clause has it
            if item.tag == "v" or item.text in word_set("roles", "walk", "motion"):
                if found := self.subjects(item.start, codes):
                    return found
                break
        while start > self.sentence.start:
            before = self.clause_start(start - 1)
            for item in self.items[self.index(before) : self.index(start)]:
                told = item.tag == "v" or item.text in word_set("roles", "walk", "motion")
                if told and (found := self.subjects(item.start, codes)):
                    return found
            if any(i.text in "；;" for i in self.items[self.index(before) : self.index(start)]):
                return []
            start = before
        return []

    def topic(self, offset: int, codes: Sequence[str] = ("person",)) -> list[Mention]:
        """Who the clause before a clause without a subject names, where it tells nothing: A、B等专家，结合实际作了发言."""
        start = self.clause_start(offset)
        index = self.index(start) - 2
        if start <= self.sentence.start or self.items[index].text == "下" or not self._list_goes_on(index, codes):
            return []
        return self.subjects(self.items[index].end, codes)

    def _whose(self, index: int) -> bool:
        """Whether a person only says whose the next one is: 甲主席特使、部长乙."""
        following = self.items[index + 1 : index + 4]
        return bool(following) and any(i.text in word_set("roles", "walk", "whose") for i in following)

    def _credited(self, index: int) -> bool:
        """Whether a name only says whose picture it is: 甲 摄."""
        following = self.items[index + 1] if index + 1 < len(self.items) else None
        return following is not None and following.text in ("摄", "摄影", "供图", "图", "摄影报道")

    def _stands_for(self, index: int) -> bool:
        """Whether 代表 that was taken for a title is a verb: a person before it, a body behind it."""
        around = (self.items[index - 1 : index], self.items[index + 1 : index + 2])
        return [i.code for side in around for i in side] == ["person", "organization"]

    def _of_group(self, index: int) -> bool:
        """Whether a verb only says which of a group without names: 挂职干部, 分管领导; not 举办职工大赛."""
        group, after = (self.items[i] if i < len(self.items) else None for i in (index + 1, index + 2))
        return (
            self.items[index].text in word_set("roles", "walk", "of_group")
            and group is not None
            and (group.code == "title" or _is_group(group))
            and (after is None or after.code != "person")
        )

    def _is_title(self, index: int) -> bool:
        """Whether the item before a joining word is a title: 市委书记、市长A is one person, and 市委 qualifies."""
        return index >= 0 and self.items[index].code == "title"

    def _list_goes_on(self, index: int, codes: Sequence[str]) -> bool:
        """Whether the stretch before a comma is one more of a list: it names someone and tells nothing (A，B，C出席)."""
        named = False
        depth = 0
        while index >= 0:
            item = self.items[index]
            if item.code == "close":
                depth += 1
            elif item.code == "open":
                depth -= 1
            elif depth:
                pass
            elif item.code == "mark":
                if item.text.strip():
                    break
            elif (item.code in codes and item.code != "place") or item.code == "title" or _is_group(item):
                named = True
            elif item.code == "preposition" or (
                item.tag == "v" and item.text not in word_set("roles", "walk", "light") and not self._of_group(index)
            ):
                return False
            index -= 1
        return named

    def objects(self, offset: int, codes: Sequence[str], *, stop_at_comma: bool = True) -> list[Mention]:
        """Who stands after a verb that ends at ``offset``, up to the next verb or comma: 会见A、B一行."""
        found: list[Mention] = []
        items = self.items
        index = self.index(offset)
        while index < len(items):
            item = items[index]
            following = items[index + 1] if index + 1 < len(items) else None
            if item.code == "mark":
                if stop_at_comma or item.text not in "，,":
                    break
            elif item.code in codes:
                qualifies = (
                    item.code != "person"
                    and following is not None
                    and following.code in ("title", "person", "organization", "place")
                )
                if not qualifies:
                    found.append(item.mention)  # type: ignore[arg-type]
            elif item.tag == "v" and item.text not in word_set("roles", "walk", "light"):
                break
            index += 1
        return found


class Lines:
    """The lines of a document, made when asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._lines: dict[int, Line] = {}

    def of(self, sentence: Sentence) -> Line:
        if sentence.start not in self._lines:
            self._lines[sentence.start] = Line(self.document, sentence)
        return self._lines[sentence.start]

    def at(self, offset: int) -> Line:
        return self.of(self.document.sentence_at(offset))


@cache
def _group_ending() -> tuple[str, ...]:
    return words("roles", "walk", "group_endings")


def _is_group(item: Item) -> bool:
    """Whether a word stands for people without names: 负责同志, 村民, 各乡镇党委书记."""
    return item.mention is None and (
        item.text in word_set("roles", "walk", "unnamed_group")
        or (item.tag == "n" and item.text.endswith(_group_ending()))
    )


@cache
def _sure() -> float:
    return 0.5


def _items(document: Document, sentence: Sentence) -> list[Item]:
    found = [
        m
        for m in document.mentions_in(sentence.start, sentence.end, *ACTORS, "title")
        if m.type == "title" or m.score >= _sure()
    ]
    # a title reaches over nothing; a name reaches over titles and places inside it
    order = {"person": 0, "organization": 0, "place": 1, "title": 2}
    chosen: list[Mention] = []
    for mention in sorted(found, key=lambda m: (order[m.type], m.start - m.end, m.start)):
        if not any(c.start < mention.end and mention.start < c.end for c in chosen):
            chosen.append(mention)
    spans = {m.start: m for m in chosen}
    items = [Item(m.start, m.end, m.text, m.type, "", m) for m in chosen]  # type: ignore[arg-type]
    covered = bytearray(sentence.end - sentence.start)
    for mention in spans.values():
        for offset in range(mention.start, mention.end):
            covered[offset - sentence.start] = 1
    for token in document.tokens_in(sentence.start, sentence.end):
        start, end = token.start, min(token.end, sentence.end)
        for piece in _free(covered, start, end, sentence.start):
            items.append(_word(document.text[piece.start : piece.end], piece, token.tag))
    items.sort(key=lambda i: i.start)
    return _paired([_score(items, i) for i in range(len(items))])


def _score(items: list[Item], index: int) -> Item:
    """An item, or the middle of a score as a plain word: 2∶1, 三比二, 郑某/黄某."""
    item = items[index]
    if item.mention is None and item.text in _BETWEEN and 0 < index < len(items) - 1:
        before, after = items[index - 1], items[index + 1]
        if before.tag == after.tag == "m" and before.end == item.start and item.end == after.start:
            return replace(item, code="word", tag="m")
        if item.text == "/" and before.code == after.code == "person":
            return replace(item, code="join")
    return item


def _paired(items: list[Item]) -> list[Item]:
    """Brackets without their other half are words: 副校（院）长 where a name swallowed the first."""
    alone: set[int] = set()
    opened: list[int] = []
    for index, item in enumerate(items):
        if item.code == "open":
            opened.append(index)
        elif item.code == "close":
            if opened:
                opened.pop()
            else:
                alone.add(index)
    alone.update(opened)
    return [replace(item, code="word") if index in alone else item for index, item in enumerate(items)]


def _free(covered: bytearray, start: int, end: int, base: int) -> list[Span]:
    """The stretches of a token that no mention covers."""
    pieces: list[Span] = []
    begin = None
    for offset in range(start, end + 1):
        free = offset < end and not covered[offset - base]
        if free and begin is None:
            begin = offset
        elif not free and begin is not None:
            pieces.append(Span(begin, offset))
            begin = None
    return pieces


def _word(text: str, span: Span, tag: str) -> Item:
    code: Code = "word"
    if text in word_set("roles", "walk", "join"):
        code = "join"
    elif len(text) == 1 and text in _OPEN:
        code = "open"
    elif len(text) == 1 and text in _CLOSE:
        code = "close"
    elif tag == "w":
        code = "mark"
    elif tag == "p":
        code = "preposition"
    elif tag == "v":
        code = "verb"
    return Item(span.start, span.end, text, code, tag)
