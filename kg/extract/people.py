"""The persons of a document as the grammar of posts needs them: who stands here, who comes next in a list, who is spoken of."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from kg.analysis.document import Document
from kg.analysis.persons import looks_chinese
from kg.extract.chains import Chain
from kg.extract.draft import Draft
from kg.language.lexicon import alternatives, surnames, words
from kg.model import Mention

_NEXT = re.compile(
    r"(?:同志|先生|女士)?(?:（[^（）]{1,12}）|\([^()]{1,12}\))?(?:[、]|和|及|与|以及|[ \u3000])[ \u3000]*"
)
_BEFORE = re.compile(
    r"(?:同志|先生|女士)?(?:（[^（）]{1,8}）|\([^()]{1,8}\))?(?:、|和|及|与|以及|[ \u3000])[ \u3000]*$"
)
_SOURCE = re.compile(r"^[^，。；：]{0,24}(?:显示|介绍|消息|报道|透露|获悉|注意到|发现|披露|公布|讯|记载|查询)(?:，|：)")
_DOTS = tuple("·•・‧-")
_DOTTED = re.compile(
    "[\u4e00-\u9fffA-Za-z]{1,8}(?:[·•・‧-][\u4e00-\u9fff]{1,8})*[·•・‧-](?P<last>[\u4e00-\u9fff]{2,9})"
)
_BORDER = "、，。；：:,;）)（( \u3000\n"


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(alternatives(words("appointments", "frames", "predicates")))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words("appointments", "frames", "not_names"))


def _surnamed(name: str) -> bool:
    return (2 <= len(name) <= 3 and name[0] in surnames()[0]) or looks_chinese(name)


class People:
    """Persons by place.

    Attributes:
        topic: whom the last sentence that begins with a person is about: the subject of a career line without a name.
    """

    def __init__(self, document: Document, draft: Draft) -> None:
        self._document, self._draft = document, draft
        self._mentions = [m for m in document.mentions if m.type == "person"]
        self._starts = [m.start for m in self._mentions]
        self._by_start = {m.start: m for m in self._mentions}
        self._by_end = {m.end: m for m in self._mentions}
        self.topic: Mention | None = None

    def key(self, person: Mention) -> str:
        return self._draft.mentioned(person)

    def at(self, offset: int) -> Mention | None:
        """The person whose name starts at an offset."""
        return self._by_start.get(offset)

    def ending(self, offset: int) -> Mention | None:
        return self._by_end.get(offset)

    def before(self, offset: int, start: int) -> Mention | None:
        """The person named last in ``text[start:offset]``."""
        index = bisect_left(self._starts, offset) - 1
        if index >= 0 and self._mentions[index].start >= start and self._mentions[index].end <= offset:
            return self._mentions[index]
        return None

    def first_in(self, start: int, end: int) -> Mention | None:
        index = bisect_left(self._starts, start)
        if index < len(self._mentions) and self._mentions[index].end <= end:
            return self._mentions[index]
        return None

    def subject(self, start: int, end: int) -> Mention | None:
        """The person a sentence begins with, if it does: titles and times may stand before the name."""
        person = self.first_in(start, end)
        if person is None:
            return None
        before = _SOURCE.sub("", self._document.text[start : person.start])
        return person if len(before) <= 10 or (not re.search(r"[，；。：]", before) and len(before) <= 24) else None

    def next_in_list(self, person: Mention, end: int) -> Mention | None:
        """The person after 、 or 和 in the list that a person stands in."""
        match = _NEXT.match(self._document.text, person.end, end)
        if match is None:
            return None
        known = self._by_start.get(match.end())
        if known is None and "、" in match.group():
            known = self._bounded(match.end(), end, _BORDER)
        return self._fitted(known, end) if known is not None else None

    def _bounded(self, offset: int, end: int, borders: str) -> Mention | None:
        """A name of two or three characters at an offset that ends at a mark."""
        text = self._document.text
        for length in (3, 2):
            stop = offset + length
            if stop > end or not looks_chinese(text[offset:stop]) or not (stop == end or text[stop] in borders):
                continue
            tags = {t.tag for t in self._document.tokens_in(offset, stop)}
            if text[offset:stop] not in _not_names() and "ORG" not in tags:
                return Mention(offset, stop, "person", text[offset:stop], ("chain",), 0.6)
        return None

    def _fitted(self, person: Mention, end: int) -> Mention:
        """A name that the tagger cut short: 王瑞|连强调 is 王瑞连|强调."""
        text, stop = self._document.text, person.end
        following = self._document.tokens_in(stop, stop + 1)
        if len(following) != 1 or following[0].end != stop + 1:
            return person
        if person.end - person.start != 2 or stop >= end or not looks_chinese(text[person.start : stop + 1]):
            return person
        if (
            _predicate().match(text, stop, end)
            or text[stop] in _BORDER
            or not (stop + 1 == end or text[stop + 1] in _BORDER or _predicate().match(text, stop + 1, end))
        ):
            return person
        return Mention(person.start, stop + 1, "person", text[person.start : stop + 1], ("chain",), 0.7)

    def _foreign(self, offset: int, known: Mention | None, end: int) -> Mention | None:
        """A name with a dot or hyphen that the tagger missed or cut short: 劳伦特|-佩楚卡."""
        text = self._document.text
        if (
            known is not None
            and text[known.end - 1 : known.end] not in _DOTS
            and text[known.end : known.end + 1] not in _DOTS
        ):
            return None
        match = _DOTTED.match(text, offset, end)
        first = self._document.tokens_in(offset, offset + 1)
        if not first or first[0].start != offset or first[0].tag not in ("PER", "nr", "nz", "nw", "LOC", "ns", "n"):
            return None
        if match is None or (known is not None and known.end >= match.end()):
            return None
        for stop in range(match.start("last") + 2, match.end() + 1):
            if (
                stop == end
                or text[stop] in _BORDER
                or text[stop] in "均也都将曾则日称"
                or _predicate().match(text, stop, end)
            ):
                if known is not None and stop <= known.end:
                    return None
                return Mention(offset, stop, "person", text[offset:stop], ("chain",), 0.7)
        return None

    def list_before(self, offset: int, start: int) -> list[Mention]:
        """The list of persons that ends at an offset: 甲、乙和丙. Between two known names an unknown one may stand."""
        last = self._by_end.get(offset)
        if last is None or last.start < start:
            return []
        found = [last]
        while (match := _BEFORE.search(self._document.text, start, found[0].start)) is not None:
            previous = self._by_end.get(match.start())
            if previous is None:
                previous = self._unknown_before(match.start(), start)
            if previous is None or previous.start < start:
                break
            found.insert(0, previous)
        return found

    def _unknown_before(self, end: int, start: int) -> Mention | None:
        """A name the tagger missed inside a list: set off by marks on both sides."""
        text = self._document.text
        for length in (3, 2):
            begin = end - length
            if begin > start and looks_chinese(text[begin:end]) and text[begin - 1] in "、，":
                return Mention(begin, end, "person", text[begin:end], ("chain",), 0.6)
        return None

    def comrade(self, end: int, start: int) -> Mention | None:
        """甲 in 甲同志, that ends at ``end``, where the tagger took the name for something else (宁波同志)."""
        text = self._document.text
        stop = end - 2
        if text[stop:end] != "同志":
            return None
        for length in (3, 2):
            begin = stop - length
            if begin >= start and _surnamed(text[begin:stop]) and (begin == start or text[begin - 1] in _BORDER):
                return self._by_end.get(stop) or Mention(begin, stop, "person", text[begin:stop], ("chain",), 0.6)
        return None

    def listed(self, text_start: int, end: int) -> list[Mention]:
        """The persons of ``text[text_start:end]``, read as a list of names and nothing else; empty where it is none.

        The words around it say that names stand here: a surname and one or two characters do.
        """
        found = []
        for match in re.compile(r"[^、，和\s]+").finditer(self._document.text, text_start, end):
            known = self._by_start.get(match.start())
            if known is not None and known.end == match.end():
                found.append(known)
            elif _surnamed(match.group()) or ("·" in match.group() and len(match.group()) < 20):
                found.append(Mention(*match.span(), "person", match.group(), ("chain",), 0.7))
            else:
                return []
        return found

    def after(self, offset: int, chain: Chain) -> Mention | None:
        """The person named directly after a post, whether the tagger saw the name or not."""
        known = self._by_start.get(offset)
        if (foreign := self._foreign(offset, known, chain.sentence.end)) is not None:
            return foreign
        if known is not None:
            return self._fitted(known, chain.sentence.end)
        text, end = self._document.text, chain.sentence.end
        strong = len(chain.items) > 1 or bool(chain.items[-1].anchors)
        found = self._bounded(offset, end, _BORDER) if strong else None
        if found is not None:
            return found
        for length in (3, 2):
            stop = offset + length
            if stop >= end or text[offset : offset + 2] in _not_names():
                continue
            if looks_chinese(text[offset:stop]) and _predicate().match(text, stop, end):
                return Mention(offset, stop, "person", text[offset:stop], ("chain",), 0.6)
        return None
