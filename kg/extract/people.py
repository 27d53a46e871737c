"""The persons of a document as the grammar of posts needs them: who stands here, who comes next in a list, who is spoken of."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.analysis.document import Document
from kg.analysis.persons import looks_chinese
from kg.extract.chains import Chain
from kg.extract.draft import Draft
from kg.model import Mention

_NEXT = re.compile(r"(?:同志|先生|女士)?(?:（[^（）]{1,12}）|\([^()]{1,12}\))?(?:[、]|和|及|与|以及|[ \u3000])[ \u3000]*")
_BORDER = "、，。；：:,;）)（( \u3000\n"


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
        before = self._document.text[start : person.start]
        return person if len(before) <= 10 or not re.search(r"[，；。：]", before) and len(before) <= 24 else None

    def next_in_list(self, person: Mention, end: int) -> Mention | None:
        """The person after 、 or 和 in the list that a person stands in."""
        match = _NEXT.match(self._document.text, person.end, end)
        return self._by_start.get(match.end()) if match else None

    def list_before(self, offset: int, start: int) -> list[Mention]:
        """The list of persons that ends at an offset: 甲、乙和丙."""
        last = self._by_end.get(offset)
        if last is None or last.start < start:
            return []
        found = [last]
        while (match := re.compile(r".{0,4}?(?:、|和|及|与|[ \u3000])$").search(self._document.text, max(start, found[0].start - 1), found[0].start)) is not None:
            previous = self._by_end.get(match.start()) if match.group() else None
            if previous is None or previous.start < start:
                break
            found.insert(0, previous)
        return found

    def listed(self, text_start: int, end: int) -> list[Mention]:
        """The persons of ``text[text_start:end]``, read as a list of names and nothing else; empty where it is none."""
        found = []
        for match in re.compile(r"[^、，和\s]+").finditer(self._document.text, text_start, end):
            known = self._by_start.get(match.start())
            if known is not None and known.end == match.end():
                found.append(known)
            elif looks_chinese(match.group()) or "·" in match.group() and len(match.group()) < 20:
                found.append(Mention(*match.span(), "person", match.group(), ("chain",), 0.7))
            else:
                return []
        return found

    def guess(self, offset: int, chain: Chain) -> Mention | None:
        """A name after a post where the tagger saw none: surname and one or two characters up to a mark."""
        text, end = self._document.text, chain.sentence.end
        if not chain.items[-1].anchors and len(chain.items) == 1:
            return None
        for length in (3, 2):
            name = text[offset : offset + length]
            if len(name) == length and offset + length <= end and looks_chinese(name):
                if offset + length == end or text[offset + length] in _BORDER:
                    return Mention(offset, offset + length, "person", name, ("chain",), 0.6)
        return None
