"""Positions as facts: an item of a chain, its body and its holder."""

from __future__ import annotations

import re

from kg.extract.bodies import Body
from kg.extract.body import BRACKET
from kg.extract.chains import Item
from kg.extract.draft import Draft
from kg.language.lexicon import table
from kg.model import Fact, Span

_PARTY = re.compile("(?:党委|党组|党工委|党总支|党支部)(?=.)")


def add(
    draft: Draft,
    person: str,
    item: Item,
    body: Body | None,
    evidence: Span,
    rule: str,
    confidence: float,
    reason: str = "",
) -> None:
    """Add the position that an item says a person holds or held."""
    key = body.key(draft) if body is not None else ""
    sure = confidence * (body.confidence / 0.9 if body is not None else 0.7)
    why = "；".join(r for r in (reason, body.reason if body is not None else "") if r)
    draft.fact(
        "position", person, key, evidence, rule, confidence=sure, reason=why, title=title_of(item, body),
        former="yes" if item.former else "", acting="yes" if item.acting else "",
    )  # fmt: skip


def title_of(item: Item, body: Body | None) -> str:
    """The title as it is answered: with the words before it that name no body."""
    if body is None:
        return item.title
    title = (body.prefix if len(body.prefix) > 2 else "") + item.title.removeprefix(body.taken)
    party = _PARTY.match(title)
    return title[party.end() :] if party is not None and body.name.endswith(party.group()) else title


def merge(draft: Draft) -> None:
    """Of two facts that say the same post of one person in other words, keep the first: 山东省青岛市政协 beside 青岛市政协."""
    kept: dict[tuple[str, str, str, str], list[Fact]] = {}
    stated = sorted(draft.facts("position", "appointment"), key=lambda fact: not fact.object)  # those of no body last
    for fact in stated:
        identity = (fact.kind, fact.subject, _same_title(fact.qualifier("title")), fact.qualifier("change"))
        same = kept.setdefault(identity, [])
        if any(_same_body(fact.object, other.object) for other in same):
            draft.drop(fact)
        else:
            same.append(fact)


def _same_title(title: str) -> str:
    return str(table("titles")["same"].get(title, title))


def _same_body(a: str, b: str) -> bool:
    one, other = (BRACKET.sub("", key.partition(":")[2]).replace("人民政府", "政府") for key in (a, b))
    return (
        not one
        or not other
        or one.endswith(other)
        or other.endswith(one)
        or one == f"{other}政府"
        or other == f"{one}政府"
    )
