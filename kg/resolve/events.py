"""One happening told by many articles is one event: same kind, dates that agree, and names or company that agree."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from kg import vocab
from kg.model import ArticleFacts, Entity
from kg.resolve import names
from kg.resolve.cluster import Clusters, listed

SIMILAR: Final = 0.5
"""Dice coefficient of character bigrams from which two names may tell one event (the measure that readers' answers are
aligned by as well); company or place must agree too."""
SPECIFIC: Final = 10
"""A name of so many characters is hardly used twice; a shorter one (``调研``, ``座谈会``) names many events."""
_GREAT: Final = re.compile(r"(?:运动会|大运会|亚运会|奥运会|冬奥会|残奥会|博览会|进博会|服贸会|世界杯|锦标赛|峰会)$")
_SAME_SEASON_DAYS: Final = 400  # a great event of one name and place comes back after more than a year
SAME_NEWS_DAYS: Final = 7
"""Papers print one undated event within so many days."""
_KEPT: Final = 40  # partners an event is looked up by: the longest lists would make every meeting a neighbour of all


@dataclass(frozen=True, slots=True)
class EventProfile:
    """What one article says about one event.

    Attributes:
        kind, when: from the event fact; ``when`` is ISO, ``--MM-DD`` or empty.
        day: the article's date (ISO) or empty.
        partners: ids of resolved participants, places and documents.
        text: digest of the article's text.
    """

    article: str
    key: str
    name: str
    kind: str
    when: str
    day: str
    start: int
    partners: frozenset[str]
    text: str

    @property
    def order(self) -> tuple[str, str, int, str]:
        return (self.day or "9999", self.article, self.start, self.key)

    @property
    def month_day(self) -> str:
        """``MMDD``, or empty where the day is not said."""
        return self.when[-5:].replace("-", "") if len(self.when) in (7, 10) and self.when.count("-") > 1 else ""


def profiles(facts: ArticleFacts, index: Mapping[tuple[str, str], str]) -> list[EventProfile]:
    """One profile for each event that the article names; ``index`` resolves its participants."""
    article = facts.article
    events = [entity for entity in facts.entities if entity.type == "event"]
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    dates: dict[str, Counter[str]] = defaultdict(Counter)
    partners: dict[str, set[str]] = defaultdict(set)
    for fact in facts.facts:
        if fact.kind == "event":
            kinds[fact.subject][fact.qualifier("kind")] += 1
            dates[fact.subject][fact.qualifier("date")] += 1
            partners[fact.subject].add(index.get((article.id, fact.object), ""))
        elif fact.kind == "participation":
            partners[fact.object].add(index.get((article.id, fact.subject), ""))
    text = names.text_digest(article)
    return [
        EventProfile(
            article=article.id,
            key=event.key,
            name=names.plain(event.name),
            kind=_first(kinds[event.key]) or "other",
            when=_first(dates[event.key]),
            day=article.date,
            start=event.mentions[0].start if event.mentions else len(article.text),
            partners=frozenset(partners[event.key] - {""}),
            text=text,
        )
        for event in events
    ]


def cluster(
    group: Sequence[EventProfile],
    same: Set[tuple[int, int]] = frozenset(),
    different: Set[tuple[int, int]] = frozenset(),
) -> list[tuple[list[EventProfile], list[str]]]:
    """The happenings behind the profiles of one kind, each with the reasons why its profiles are one.

    Args:
        group: profiles of one kind, sorted by ``order``.
        same, different: pairs of positions in ``group`` that the user decided on.
    """
    position = {(p.article, p.key): i for i, p in enumerate(group)}

    def conflict(first: Sequence[EventProfile], second: Sequence[EventProfile]) -> bool:
        for a in first:
            for b in second:
                if not _dates_agree(a, b):
                    return True
                # One text tells its events apart by itself, unless it is printed twice.
                if a.text == b.text and a.key != b.key:
                    return True
                low, high = sorted((position[a.article, a.key], position[b.article, b.key]))
                if (low, high) in different:
                    return True
        return False

    clusters = Clusters(group, conflict)
    for a, b in sorted(same):
        clusters.join([a, b], lambda ps: f"裁定为同一: {_articles(ps)}", force=True)
    texts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, profile in enumerate(group):
        texts[profile.text, profile.key].append(index)
    for members in texts.values():
        clusters.join(members, lambda ps: f"同一文本: {_articles(ps)}")
    for score, a, b in sorted(_pairs(group), key=lambda pair: (-pair[0], pair[1], pair[2])):
        clusters.join([a, b], lambda ps, score=score: f"{_why(ps, score)}: {_articles(ps)}")  # type: ignore[misc]
    return list(clusters)


def similarity(first: str, second: str) -> float:
    """Dice coefficient of the character bigrams of two names, in 0..1.

    >>> similarity("安全生产会议", "安全生产会议"), similarity("座谈会", "展览")
    (1.0, 0.0)
    """
    left, right = (Counter(a + b for a, b in pairwise(name)) for name in (first, second))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else float(first == second)


def mint(profile: EventProfile, salt: bool) -> str:
    """The last part of an event's id: kind, day and a hash of its content; with ``salt`` of its text too, for an event
    whose kind, day and name another one shares or that has no day at all."""
    day = profile.month_day or "xxxx"
    parts = [profile.kind, day, profile.name]
    if salt or not profile.month_day:
        parts.append(profile.text)
    return f"{vocab.local_name(profile.kind)}-{day}-{vocab.digest(*parts, length=8)}"


def _pairs(group: Sequence[EventProfile]) -> list[tuple[float, int, int]]:
    """Pairs of positions that tell one event, with a score; only pairs that share a name or a partner are compared."""
    near: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, profile in enumerate(group):
        if len(profile.name) >= SPECIFIC or _is_great(profile.name):
            near["", profile.name].append(index)
        for partner in sorted(profile.partners)[:_KEPT]:
            near[partner, profile.name].append(index)
            if profile.month_day:
                near[partner, profile.month_day].append(index)
    candidates = {(a, b) for indexes in near.values() for i, a in enumerate(indexes) for b in indexes[i + 1 :]}
    scored = ((_score(group[a], group[b]), a, b) for a, b in candidates)
    return [(score, a, b) for score, a, b in scored if score > 0]


def _score(a: EventProfile, b: EventProfile) -> float:
    """How surely two profiles tell one event; 0 where they may not."""
    if not _dates_agree(a, b):
        return 0.0
    alike = similarity(a.name, b.name)
    shared = len(a.partners & b.partners)
    dated = bool(a.month_day and b.month_day)
    if a.name == b.name and len(a.name) >= SPECIFIC and (dated or _days_between(a, b) <= SAME_NEWS_DAYS):
        return 3.0 + shared
    if a.name == b.name and _is_great(a.name) and not _days_between(a, b) > _SAME_SEASON_DAYS:
        return 3.0 + shared
    if dated and shared and (alike >= SIMILAR or _contained(a.name, b.name)):
        return 1.0 + alike + shared / 100
    if a.name == b.name and shared and _days_between(a, b) <= SAME_NEWS_DAYS:
        return 1.0 + shared / 100
    return 0.0


def _contained(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return len(short) >= 6 and short in long


def _dates_agree(a: EventProfile, b: EventProfile) -> bool:
    """False where both say a day and the days differ; a day without a year agrees with any year of it."""
    if not a.when or not b.when:
        return True
    short, long = sorted((a.when.lstrip("-"), b.when.lstrip("-")), key=len)
    if a.when.startswith("--") or b.when.startswith("--"):
        return long.endswith(short) if len(short) == 5 else True
    return long.startswith(short)


def _is_great(name: str) -> bool:
    """True for games, fairs and summits that are called by their place: ``杭州亚运会``."""
    return bool(_GREAT.search(name)) and bool(names.area_code(name))


def _days_between(a: EventProfile, b: EventProfile) -> float:
    """Days between the two articles; not a number where one is undated."""
    try:
        return abs((date.fromisoformat(a.day) - date.fromisoformat(b.day)).days)
    except ValueError:
        return math.nan


def _why(group: Sequence[EventProfile], score: float) -> str:
    return "同名、同期" if score >= 3 else "名称相近、同日、参与者或地点相同"


def _articles(group: Sequence[EventProfile]) -> str:
    return listed(p.article for p in group)


def _first(values: Counter[str]) -> str:
    """The value said most often; of several the most precise, then the first in code point order; empty ones last."""
    return min((v for v in values), key=lambda v: (not v, -values[v], -len(v), v), default="")


def entity_of(profile: EventProfile, facts: Mapping[str, ArticleFacts]) -> Entity:
    return facts[profile.article].entity(profile.key)
