"""Positions as facts: an item of a chain, its body and its holder."""

from __future__ import annotations

from kg.extract.bodies import Body
from kg.extract.chains import Item
from kg.extract.draft import Draft
from kg.model import Span


def add(
    draft: Draft, person: str, item: Item, body: Body | None, evidence: Span, rule: str, confidence: float, reason: str = ""
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
    return (body.prefix if body is not None and len(body.prefix) > 2 else "") + item.title
