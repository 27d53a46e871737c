"""From articles to documents: sentences, tokens, mentions, complete names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.analysis.completion import complete
from kg.analysis.context import Context, zone_in
from kg.analysis.document import Document, Sentence, Token, split_sentences
from kg.analysis.mentions import find_mentions
from kg.analysis.sharing import shared
from kg.language import gazetteer
from kg.model import Article, Mention, Span

if TYPE_CHECKING:
    from kg.analysis.lac import Lac
    from kg.analysis.tagger import Tagged, Tagger

_ONE_PLACE = frozenset(("京津冀", "长三角", "珠三角", "粤港澳"))
__all__ = ["Context", "Document", "Sentence", "Token", "analyse"]


@cache
def _lac() -> Lac:
    from kg.analysis.lac import Lac

    return Lac()


@cache
def _tagger() -> Tagger | None:
    from kg.analysis.tagger import Tagger
    from kg.errors import PluginError

    try:
        return Tagger()
    except PluginError:
        return None


def analyse(articles: Sequence[Article]) -> list[Document]:
    """Documents of articles, in their order. Articles are tagged together for speed; each result depends on its own alone."""
    sentences = [tuple(split_sentences(article)) for article in articles]
    texts = [a.text[s.start : s.end] for a, found in zip(articles, sentences, strict=True) for s in found]
    words = iter(_lac().tag(texts))
    tagger = _tagger()
    names = iter(tagger.tag(texts)) if tagger is not None else None
    documents = []
    for article, found in zip(articles, sentences, strict=True):
        tokens = [_tokens(s, next(words)) for s in found]
        tagged = [_mentions(article.text, s, next(names)) for s in found] if names is not None else None
        mentions = _of_one_type(find_mentions(article.text, found, tokens, tagged))
        documents.append(_complete(article, found, tuple(t for part in tokens for t in part), mentions))
    return documents


def _of_one_type(mentions: Sequence[Mention]) -> list[Mention]:
    """Without the less sure of two that take the same words for a person, a body or a place."""
    best: dict[Span, Mention] = {}
    for mention in mentions:
        if mention.type in ("person", "organization", "place"):
            known = best.get(mention.span)
            if known is None or mention.score > known.score:
                best[mention.span] = mention
    return [m for m in mentions if best.get(m.span, m).type == m.type]


def _mentions(text: str, sentence: Sentence, tagged: Sequence[Tagged]) -> list[Mention]:
    return [
        Mention(begin, end, t.type, text[begin:end], ("tagger",), t.score)
        for t in tagged
        for begin, end in [(sentence.start + t.start, sentence.start + t.end)]
    ]


def _tokens(sentence: Sentence, words: Sequence[tuple[str, str]]) -> list[Token]:
    tokens: list[Token] = []
    start = sentence.start
    for word, tag in words:
        # the tagger takes fused names (太忻) to pieces: 太/d 忻/v
        if tokens and tokens[-1].text + word in gazetteer.compounds() and tag not in ("LOC", "ORG", "PER", "w"):
            tokens[-1] = Token(tokens[-1].start, start + len(word), tokens[-1].text + word, "nz")
        else:
            tokens.append(Token(start, start + len(word), word, tag))
        start += len(word)
    return tokens


def _complete(
    article: Article, sentences: tuple[Sentence, ...], tokens: tuple[Token, ...], mentions: Sequence[Mention]
) -> Document:
    # where a leader spoke is not where the article plays
    speeches = [m for m in mentions if m.type == "document" and m.text.startswith(("习近平", "总书记"))]
    places = [
        m for m in mentions if m.type == "place" and not any(s.start <= m.start and m.end <= s.end for s in speeches)
    ]
    zones = [zone for m in mentions if m.type == "organization" and (zone := zone_in(m)) is not None]
    context = Context(article, sorted([*places, *zones], key=lambda m: m.start))
    completed = complete(context, article.text, sentences, mentions)
    joint = shared(article.text, completed.mentions)
    names = {span: name for span, name in completed.names.items() if span not in joint.names}
    reasons = completed.reasons | joint.reasons
    parts = joint.names | _fused(article.text, joint.mentions)
    return Document(article, sentences, tokens, joint.mentions, names, reasons, parts, context.locality)


def _fused(text: str, mentions: Sequence[Mention]) -> dict[Span, tuple[str, ...]]:
    """Fused short names of places (太忻, 港澳) whose parts the article spells out; 京津冀 and its like stay one place."""
    found = {}
    for mention in mentions:
        names = gazetteer.compounds().get(mention.text, ()) if mention.type == "place" else ()
        if names and mention.text not in _ONE_PLACE and all(_short(name) in text for name in names):
            found[mention.span] = names
    return found


def _short(name: str) -> str:
    division = gazetteer.find(name)
    return division.short if division is not None else name
