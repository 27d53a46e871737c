"""All mentions of an article: proposals of the tagger, the gazetteer and the grammar, brought into agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.analysis import organizations, persons, places
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
    titles: list[Mention] = []
    for sentence, words in zip(sentences, tokens, strict=True):
        span = (sentence.start, sentence.end)
        sites = choose(places.find_places(text, *span, words))
        bodies = choose(organizations.find_organizations(text, *span, words, sites))
        sites += [
            Mention(*s, "place", text[s.start : s.end], ("grammar",), 0.7)
            for s in own_places(text, *span)
            if not any(b.start <= s.start and s.end <= b.end for b in bodies)
        ]
        named = choose(persons.find_persons(text, *span, words) + persons.addressed(text, *span, words))
        named = [p for p in named if not any(b.start < p.end and p.start < b.end and b.score >= 0.85 for b in bodies)]
        titles += persons.find_titles(text, *span, words)
        found_persons += named
        found_places += sites
        found_bodies += bodies
    found_persons = _agree(text, found_persons, found_bodies)
    taken = [*found_persons, *found_bodies]
    sure: dict[str, float] = {}
    for person in found_persons:
        if person.score >= 0.6 and len(person.text) > 1 and (len(person.text) > 2 or person.score >= _CERTAIN):
            sure[person.text] = max(sure.get(person.text, 0), person.score)
    found_persons += [m for m in persons.spread(text, sure, taken) if _in_sentence(m, sentences)]
    found_places = [
        p for p in found_places
        if not any(q.start < p.end and p.start < q.end for q in found_persons)
        or any(b.start <= p.start and p.end <= b.end for b in found_bodies)
    ]  # fmt: skip
    everything = [*found_persons, *found_places, *found_bodies, *titles]
    return sorted(everything, key=lambda m: (m.start, -m.end, m.type))


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


def _agree(text: str, found: list[Mention], bodies: Sequence[Mention]) -> list[Mention]:
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
