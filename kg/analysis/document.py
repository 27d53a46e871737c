"""A document: an article with its sentences, tokens and mentions. What extractors read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kg.model import Article, BlockKind, Mention, Span

# a title holds its own marks (《何以为家？》), and so does a quoted name in the middle of a clause (“青春有我！”活动)
_SENTENCE = re.compile(
    r"(?:[^。！？!?…\n《“]|《[^《》\n]{1,60}》|(?<=[\u4e00-\u9fff])“[^“”。\n]{1,16}[！？!?]”(?=[\u4e00-\u9fff])|[《“])*"
    r"(?:[。！？!?…]+[”’」』）)]*|\n|$)"
)


class Token(NamedTuple):
    """A word with its part of speech (LAC's tag set: ``n v vn PER LOC ORG TIME w`` …); offsets in the article's text."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of one block that ends in 。！？ or with the block; never holds a line break."""

    start: int
    end: int
    kind: BlockKind

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Document:
    """An analysed article.

    Attributes:
        sentences: in order; captions and headlines included (see ``Sentence.kind``), furniture left out.
        tokens: of all sentences, in order.
        mentions: in order of start, then longest first. Mentions of one type never overlap; a place may stand inside an
            organization (``太原市`` in ``太原市委``), a title may follow an organization directly.
        names: for each mention of an entity, by its span: the complete name (``市委`` -> ``太原市委``).
        reasons: for each completed name, by span: what completed it.
        parts: for a mention that names several at once, by span: their complete names (``两市人大常委会`` -> the two).

    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    names: dict[Span, str] = field(default_factory=dict)
    reasons: dict[Span, str] = field(default_factory=dict)
    parts: dict[Span, tuple[str, ...]] = field(default_factory=dict)
    locality: str = ""

    @property
    def text(self) -> str:
        return self.article.text

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds an offset (the one before it where the offset lies between two)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """Tokens that start inside the span."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    def mentions_in(self, start: int, end: int, *types: str) -> list[Mention]:
        """Mentions that lie inside the span, in order; of the given types, or all."""
        found = self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]
        return [m for m in found if m.end <= end and (not types or m.type in types)]

    def name(self, mention: Mention) -> str:
        """The complete name of what a mention names."""
        return self.names.get(mention.span, mention.text)


def split_sentences(article: Article) -> Iterator[Sentence]:
    """The sentences of an article's blocks, without surrounding white space."""
    for block in article.blocks:
        if block.kind == "furniture":
            continue
        for match in _SENTENCE.finditer(article.text, block.start, block.end):
            start, end = match.span()
            while start < end and article.text[start].isspace():
                start += 1
            while end > start and article.text[end - 1].isspace():
                end -= 1
            if start < end:
                yield Sentence(start, end, block.kind)
