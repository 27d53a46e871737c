"""The organization or the place that a post belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.draft import Draft
from kg.model import EntityType, Mention, Span

BRACKET = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Body:
    """The organization (or place) of a post.

    Attributes:
        type: ``organization``, or ``place`` for heads of government (太原市, 市长).
        span: where it is named; ``None`` where the chain or the article gives it.
        reason: what completed it, empty where it is printed.
        confidence: that this is the body meant.
        prefix: words between the body and the title that belong to the title (气候变化事务|特使).
        root: the body it hangs on where the chain gave it (审判委员会: the court).
        taken: the beginning of the title that belongs to the body's name (宁夏回族自治区|党委|书记).
    """

    type: EntityType
    name: str
    span: Span | None = None
    mention: Mention | None = None
    reason: str = ""
    confidence: float = 0.9
    prefix: str = ""
    taken: str = ""
    root: str = ""

    def key(self, draft: Draft) -> str:
        """The key of its entity in the draft, which is made where it is new."""
        if self.mention is not None and self.mention.type == self.type:
            return draft.mentioned(self.mention)
        return draft.entity(self.type, self.name, span=self.span, reason=self.reason)
