"""All mentions of an article: proposals of the tagger, the gazetteer and the grammar, brought into agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.analysis import documents, organizations, persons, places
from kg.analysis.consistency import agreed, moved
from kg.analysis.context import own_places
from kg.analysis.document import Sentence, Token
from kg.analysis.person_borders import settled
from kg.analysis.person_shapes import by_shape
from kg.language import gazetteer
from kg.language.lexicon import words
from kg.model import Mention

_CERTAIN = 0.8
_ALONE = 0.5  # what LAC alone calls a name, where the project's tagger disagrees: below the bar
_SURE = 0.6
_POSSIBLE = {"place": 0.4, "organization": 0.5, "person": 0.5, "document": 0.5}
"""What a mention has to reach to be kept: a little below even odds, where a miss costs as much as an error."""
_FLAT = ("person", "organization", "place", "title", "time")


def find_mentions(
    text: str,
    sentences: Sequence[Sentence],
    tokens: Sequence[Sequence[Token]],
    tagged: Sequence[Sequence[Mention]] | None = None,
) -> list[Mention]:
    """Mentions of persons, places, organizations, documents and titles, in order of start, longest first.

    Args:
        tokens: for each sentence its tokens.
        tagged: for each sentence what the project's tagger found; without it LAC's names stand alone.
    """
    found: dict[str, list[Mention]] = {"person": [], "place": [], "organization": [], "document": [], "title": []}
    for number, (sentence, own) in enumerate(zip(sentences, tokens, strict=True)):
        named = tagged[number] if tagged is not None else None
        for kind, mentions in _in_sentence(text, sentence, own, named).items():
            found[kind] += mentions
    found["person"], places_ = _no_places(text, settled(text, _agree(text, found["person"])))
    found["person"], cities = moved(text, found["person"])
    found["place"] += [*places_, *cities]
    others = [*found["person"], *found["document"]]
    found["place"], found["organization"] = agreed(
        text, sentences, tokens, found["place"], found["organization"], others
    )
    taken = [*found["person"], *found["organization"], *found["document"]]
    sure: dict[str, float] = {}
    for person in found["person"]:
        if person.score >= 0.6 and len(person.text) > 1 and (len(person.text) > 2 or person.score >= _CERTAIN):
            sure[person.text] = max(sure.get(person.text, 0), person.score)
    found["person"] += [m for m in persons.spread(text, sure, taken) if _inside_one(m, sentences)]
    found["place"] = [
        p for p in found["place"]
        if not any(_meet(p, q) for q in found["person"])
        or any(b.start <= p.start and p.end <= b.end for b in found["organization"])
    ]  # fmt: skip
    everything = [m for mentions in found.values() for m in mentions if not _kind_of_work(text, m)]
    return sorted(everything, key=lambda m: (m.start, -m.end, m.type))


def _in_sentence(
    text: str, sentence: Sentence, words: Sequence[Token], tagged: Sequence[Mention] | None
) -> dict[str, list[Mention]]:
    """The chosen mentions of one sentence by type."""
    start, end = sentence.start, sentence.end

    def vote(type_: str, candidates: Sequence[Mention]) -> list[Mention]:
        if tagged is None:
            return choose([c for c in candidates if c.type == type_])
        own = [t for t in tagged if t.type == type_]
        others = [t for t in tagged if t.type != type_ and t.type in _FLAT] if type_ in _FLAT else []
        return choose(_weighed([c for c in candidates if c.type == type_], own, others))

    printed = documents.find_documents(text, start, end)
    papers = vote("document", [*printed, *_long(text, tagged)])
    sites = vote("place", [*places.find_places(text, start, end, words), *places.parts(text, tagged or ())])
    sites += [
        Mention(*s, "place", text[s.start : s.end], ("grammar",), 0.7)
        for s in own_places(text, start, end)
        if not any(m.start < s.end and s.start < m.end for m in sites)
    ]
    sites = places.whole_sites(text, end, sites, words, tagged or ())
    bodies = organizations.find_organizations(text, start, end, words, sorted(sites, key=lambda m: m.start))
    bodies = vote("organization", [*bodies, *printed, *organizations.cleaned(text, tagged or (), words)])
    named = persons.find_persons(text, start, end, words) + persons.addressed(text, start, end, words)
    named += persons.comrades(text, start, end) + by_shape(text, start, end, words)
    named = vote("person", [*named, *persons.separated(tagged or ())])
    return {
        "document": papers,
        "place": [s for s in sites if not _crosses(s, papers)],
        "organization": [b for b in bodies if not _crosses(b, papers)],
        "person": [p for p in named if not any(_meet(p, b) and b.score >= 0.85 and b.score >= p.score for b in bodies)],
        "title": persons.find_titles(text, start, end, words),
    }


def _long(text: str, tagged: Sequence[Mention] | None) -> list[Mention]:
    """The tagger's documents without their brackets."""
    found = []
    for mention in tagged or ():
        if mention.type == "document":
            inner = mention.text.strip("《》 ")
            begin = mention.start + mention.text.index(inner) if inner else mention.start
            if len(inner) > 1 and not documents.is_bare(inner) and "《" not in inner and "》" not in inner:
                found.append(Mention(begin, begin + len(inner), "document", inner, mention.sources, mention.score))
    return found


def _weighed(candidates: Sequence[Mention], own: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """Candidates of one type as they count beside what the project's tagger found.

    Args:
        own, others: the tagger's mentions of this type, and of the others.
    """
    spans = {(t.start, t.end) for t in own if t.score >= 0.4}
    weighed = []
    for mention in candidates:
        score = mention.score
        if "tagger" not in mention.sources and (mention.start, mention.end) not in spans:
            if set(mention.sources) <= {"lac", "run"} or (mention.type == "person" and mention.score < 0.7):
                score *= _ALONE
            against = [t for t in others if _meet(t, mention)]
            nested = any(mention.type == "organization" and _holds(mention, t) and t.type == "place" for t in against)
            against = [t for t in against if not (mention.type == "place" and _holds(t, mention))]
            decided = mention.type == "person" and mention.score > 0.95  # 宁波同志
            if not nested and not decided and any(t.score >= _SURE for t in against):
                continue
        if score >= _POSSIBLE[mention.type]:
            weighed.append(replace(mention, score=round(score, 4)))
    return weighed


def _holds(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _meet(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _crosses(mention: Mention, papers: Sequence[Mention]) -> bool:
    """Whether a mention stands partly in and partly out of a document's name, or is the whole of it."""
    return any(
        _meet(mention, p) and (mention.span == p.span or not (_holds(p, mention) or _holds(mention, p)))
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
        # 严允|曾任: a verb that follows often does not become part of the name
        longer = [
            n
            for n in counts
            if len(n) == len(mention.text) + 1 and n.startswith(mention.text) and n[-1] not in persons.verbs_after()
        ]
        grown = next(
            (n for n in sorted(longer) if text.startswith(n, mention.start) and counts[n] >= counts[mention.text]), None
        )
        if grown is not None:
            mention = Mention(
                mention.start, mention.start + len(grown), "person", grown, mention.sources, mention.score
            )
        agreed.append(mention)
    return agreed


def _no_places(text: str, found: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Persons, and those among them that are places: 泰顺 in an article that prints 泰顺县."""
    people, places_ = [], []
    for mention in found:
        divisions = gazetteer.by_name().get(mention.text, ())
        full = any(d.name != mention.text and d.name in text for d in divisions)
        if divisions and (full or mention.text[-1] in "省市区县州盟旗") and "grammar" not in mention.sources:
            places_.append(replace(mention, type="place"))
        else:
            people.append(mention)
    return people, places_


def _kind_of_work(text: str, mention: Mention) -> bool:
    """人大工作, 政协履职: the institution as such, no body of a place."""
    return mention.text in ("人大", "政协") and text.startswith(words("organizations", "as_such", "words"), mention.end)


def _inside_one(mention: Mention, sentences: Sequence[Sentence]) -> bool:
    return any(s.start <= mention.start and mention.end <= s.end for s in sentences)
