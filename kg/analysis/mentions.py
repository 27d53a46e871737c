"""All mentions of an article: proposals of the tagger, the gazetteer and the grammar, brought into agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.analysis import documents, organizations, persons, places
from kg.analysis.context import own_places
from kg.analysis.document import Sentence, Token
from kg.model import Mention

_CERTAIN = 0.8


def find_mentions(text: str, sentences: Sequence[Sentence], tokens: Sequence[Sequence[Token]]) -> list[Mention]:
    """Mentions of persons, places, organizations and titles, in order of start, longest first.

    Args:
        tokens: for each sentence its tokens.
    """
    found_persons: list[Mention] = []
    found_places: list[Mention] = []
    found_bodies: list[Mention] = []
    papers: list[Mention] = []
    titles: list[Mention] = []
    for sentence, words in zip(sentences, tokens, strict=True):
        span = (sentence.start, sentence.end)
        printed = choose(documents.find_documents(text, *span))
        sites = choose(places.find_places(text, *span, words))
        sites += [
            Mention(*s, "place", text[s.start : s.end], ("grammar",), 0.7)
            for s in own_places(text, *span)
            if not any(m.start < s.end and s.start < m.end for m in sites)
        ]
        bodies = choose(
            [
                *organizations.find_organizations(text, *span, words, sorted(sites, key=lambda m: m.start)),
                *(p for p in printed if p.type == "organization"),
            ]
        )
        named = choose(persons.find_persons(text, *span, words) + persons.addressed(text, *span, words))
        papers += [p for p in printed if p.type == "document"]
        found_bodies += [b for b in bodies if not _crosses(b, printed)]
        found_persons += [p for p in named if not any(_meet(p, b) and b.score >= 0.85 for b in bodies)]
        found_places += [s for s in sites if not _crosses(s, printed)]
        titles += persons.find_titles(text, *span, words)
    found_persons = _agree(text, found_persons)
    taken = [*found_persons, *found_bodies, *papers]
    sure: dict[str, float] = {}
    for person in found_persons:
        if person.score >= 0.6 and len(person.text) > 1 and (len(person.text) > 2 or person.score >= _CERTAIN):
            sure[person.text] = max(sure.get(person.text, 0), person.score)
    found_persons += [m for m in persons.spread(text, sure, taken) if _in_sentence(m, sentences)]
    found_places = [
        p for p in found_places
        if not any(_meet(p, q) for q in found_persons) or any(b.start <= p.start and p.end <= b.end for b in found_bodies)
    ]  # fmt: skip
    everything = [*found_persons, *found_places, *found_bodies, *papers, *titles]
    return sorted(everything, key=lambda m: (m.start, -m.end, m.type))


def _meet(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _crosses(mention: Mention, papers: Sequence[Mention]) -> bool:
    """Whether a mention stands partly in and partly out of a document's name, or is the whole of it."""
    return any(
        _meet(mention, p) and not (p.start <= mention.start and mention.end <= p.end and mention.span != p.span)
        for p in papers
        if p is not mention and p.type == "document"
    )


def choose(candidates: Sequence[Mention]) -> list[Mention]:
    """Mentions without overlaps: the surest first, the longer where equal; the same span found twice is surer."""
    merged: dict[tuple[int, int], Mention] = {}
    for mention in candidates:
        known = merged.get((mention.start, mention.end))
        if known is not None:
            sources = tuple(sorted({*known.sources, *mention.sources}))
            score = max(known.score, mention.score)
            if len(sources) > len(known.sources):
                score = 1 - (1 - known.score) * (1 - mention.score)
            mention = Mention(mention.start, mention.end, mention.type, mention.text, sources, round(score, 4))
        merged[mention.start, mention.end] = mention
    chosen: list[Mention] = []
    for mention in sorted(merged.values(), key=lambda m: (-round(m.score, 1), m.start - m.end, m.start)):
        if not any(c.start < mention.end and mention.start < c.end for c in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _agree(text: str, found: list[Mention]) -> list[Mention]:
    """One name, one reading in an article: 张新 beside 张新文 is the longer where the longer is as frequent."""
    counts = Counter(m.text for m in found)
    agreed = []
    for mention in found:
        longer = [n for n in counts if len(n) == len(mention.text) + 1 and n.startswith(mention.text)]
        grown = next((n for n in sorted(longer) if text.startswith(n, mention.start) and counts[n] >= counts[mention.text]), None)
        if grown is not None:
            mention = Mention(mention.start, mention.start + len(grown), "person", grown, mention.sources, mention.score)
        agreed.append(mention)
    return agreed


def _in_sentence(mention: Mention, sentences: Sequence[Sentence]) -> bool:
    return any(s.start <= mention.start and mention.end <= s.end for s in sentences)
