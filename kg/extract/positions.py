"""Who holds which post: chains of posts before, after and beside names; names with a verb between are ``appointments``'.

Rules (the fact's ``rule``), each with an example:
    title-before-name   青河市委副书记、市长钱立国
    shared-title        副主任孙文静、李小满、周大同
    title-after-name    钱立国总书记; 周大同主任说
    name-parenthesis    周大同（青河市商务局局长）
    name-apposition     周大同，青河市商务局局长，
    post-colon-name     青河市商务局局长：周大同
    post-is-name        青河市现任市长为钱立国，
    as-post             作为青河市商会会长，周大同…
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analysis.document import Document
from kg.extract import appointments
from kg.extract.bodies import Bodies, Body
from kg.extract.chains import Chain, ChainFinder
from kg.extract.draft import Draft
from kg.extract.people import People
from kg.extract.posts import add, merge
from kg.model import Mention, Span

_BEFORE_NAME = re.compile(r"[ \u3000]*(?:[:：|｜][ \u3000]*|[为是])?[“]?")


def extract(document: Document, draft: Draft) -> None:
    finder, bodies, people = ChainFinder(document), Bodies(document), People(document, draft)
    later: list[tuple[Chain, Sequence[Body | None], Mention]] = []
    for sentence in document.sentences:
        people.topic = people.subject(*sentence.span) or people.topic
        chains = finder.chains(sentence)
        for chain in chains:
            resolved = bodies.resolve(chain)
            holders, rule = _holders(document, people, chain)
            if holders:
                _hold(document, draft, people, chain, resolved, holders, rule)
                continue
            if appointments.read(document, draft, people, chain, resolved, finder.shared(chain)):
                continue
            if (person := _title_after(people, chain)) is not None:
                later.append((chain, resolved, person))
                continue
            holders, rule = _beside(document, people, chain)
            if holders:
                _hold(document, draft, people, chain, resolved, holders, rule)
    _after_names(document, draft, people, later)
    merge(draft)


def _holders(document: Document, people: People, chain: Chain) -> tuple[list[Mention], str]:
    """The persons named directly after a chain."""
    text, end = document.text, chain.sentence.end
    start = chain.end
    match = _BEFORE_NAME.match(text, start, end)
    offset = match.end() if match else start
    first = people.after(offset, chain)
    if first is None:
        return [], ""
    found = [first]
    while (following := people.next_in_list(found[-1], end)) is not None:
        found.append(following)
    if text[start:offset] in ("为", "是") and not _copula(document, start, found[-1].end, end):
        return [], ""
    colon = any(c in text[start:offset] for c in ":：|｜")
    return found, "post-is-name" if text[start:offset] in (
        "为",
        "是",
    ) else "post-colon-name" if colon else "title-before-name"


def _copula(document: Document, start: int, stop: int, end: int) -> bool:
    """现任市长为钱立国，: 为 is the verb and nothing follows the name."""
    tokens = document.tokens_in(start, start + 1)
    return bool(tokens) and tokens[0].tag == "v" and (stop == end or document.text[stop] in "，。；、等")


def _title_after(people: People, chain: Chain) -> Mention | None:
    first = chain.items[0]
    if not first.bare or len(chain.items) > 1:
        return None
    return people.ending(first.title_start) if not first.former else None


def _beside(document: Document, people: People, chain: Chain) -> tuple[list[Mention], str]:
    """The person before a chain set off by a bracket or commas, or after it in 作为…，X."""
    text, sentence = document.text, chain.sentence
    before = text[max(sentence.start, chain.start - 1) : chain.start]
    after = text[chain.end : min(chain.end + 1, sentence.end)]
    if before in ("（", "(") and before:
        person = people.ending(chain.start - 1)
        return ([person], "name-parenthesis") if person else ([], "")
    if text[max(sentence.start, chain.start - 2) : chain.start] in ("作为", "身为"):
        if after in ("，", ","):
            person = people.at(chain.end + 1)
            if person is not None:
                return [person], "as-post"
        person = people.before(chain.start - 2, sentence.start)
        return ([person], "as-post") if person else ([], "")
    if before in ("，", ",") and before and (after in ("，", ",", "。", "；", "") or not after):
        person = people.ending(chain.start - 1)
        if person is not None and (person.start == sentence.start or text[person.start - 1] in "，。；、：:（( \u3000"):
            return [person], "name-apposition"
    return [], ""


def _hold(
    document: Document,
    draft: Draft,
    people: People,
    chain: Chain,
    resolved: Sequence[Body | None],
    holders: Sequence[Mention],
    rule: str,
) -> None:
    for number, person in enumerate(holders):
        start, end = min(chain.start, person.start), max(chain.end, person.end)
        for item, body in zip(chain.items, resolved, strict=True):
            shared = number > 0
            add(
                draft,
                people.key(person),
                item,
                body,
                Span(start, end),
                "shared-title" if shared else rule,
                0.9 if not shared else 0.85,
            )


def _after_names(
    document: Document, draft: Draft, people: People, later: Sequence[tuple[Chain, Sequence[Body | None], Mention]]
) -> None:
    """钱立国总书记: the post that the article gave him before, if it did."""
    for chain, resolved, person in later:
        item = chain.items[0]
        key = people.key(person)
        known = [f for f in draft.facts("position") if f.subject == key and f.qualifier("title").endswith(item.title)]
        if known:
            continue
        body = resolved[0]
        if body is not None and (body.confidence < 0.65 or body.reason.startswith(("接本句前文", "本句前文"))):
            body = None
        add(draft, key, item, body, Span(person.start, chain.end), "title-after-name", 0.8)
