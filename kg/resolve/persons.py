"""Who is who among persons of one name.

Rules, the strongest first; each joins only what nothing keeps apart:

1. the same text printed twice; 2. the same post, in one issue also as it is printed; 3. an office of the country's
leaders, or named beside one of them by a leader's name; 4. the same organization; 5. posts in the same place; 6. the same
title in the same place; 7. two bylines in one paper, or on one page; 8. the same company (others named in both
articles); 9. for a name that few bear: the same region, or a national figure.

Kept apart: posts in places of which neither lies in the other, held at one time; a reporter and anybody who is not one;
parts of names; what the user said is different.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from kg.language import gazetteer, lexicon
from kg.model import ArticleFacts, Entity
from kg.resolve import names
from kg.resolve.cluster import Clusters, listed

SAME_TERM_DAYS: Final = 400
"""Posts in two places are held at one time when their articles are at most so many days apart."""
_GOVERNING: Final = (
    "委",
    "政府",
    "人大",
    "政协",
    "纪委",
    "监委",
    "法院",
    "检察院",
    "中级",
    "高级",
    "军区",
    "军分区",
    "公安",
)
_LEVELS: Final = "省市县区旗州盟"
_GENERIC_TITLES: Final = frozenset(
    "记者 通讯员 编辑 代表 委员 党员 成员 负责人 主要负责人 教授 学生 村民 居民 工作人员 志愿者 队员 会员 职工".split()
)

_SUMMIT: Final = frozenset(
    "中国 国家 中共中央 中共中央政治局 中央政治局 中央书记处 中央纪委 中央军委 国务院 全国人大 全国人大常委会 全国政协 "
    "外交部 中央外事工作委员会办公室 中共中央外事工作委员会办公室".split()
)
_LEADING: Final = re.compile(r"总书记|主席|总理|国务委员|委员长|常委|政治局委员|书记|部长|外长|主任|秘书长|^委员$")
"""Offices that some dozens of people hold: who holds one of them under a name is the one whom the country knows by it."""

Scope = Literal["byline", "actor"]


@dataclass(frozen=True, slots=True)
class Post:
    """A post as an article says it: normalized organization (may be empty), title, whether it is past."""

    organization: str
    title: str
    former: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What one article says about one person, as far as it tells who that is.

    Attributes:
        article, key: the member.
        day: the article's date (ISO) or empty.
        start: first mention, for a stable order.
        seats: area codes of present posts in bodies that govern a place.
        home: area code of the article's locality; empty where there is none.
        scope: ``byline`` for somebody who only wrote it or took the picture.
        national: holds a present post in a body of the centre or of another country.
        company: normalized names of the other actors, national figures left out, who are named beside everybody.
        beside: normalized names of all others.
        leader: holds one of the offices of the country's leaders.
        page, paper: what two articles of one page or one paper share; may be empty.
        text: digest of the article's text.
    """

    article: str
    key: str
    name: str
    day: str
    start: int
    posts: frozenset[Post]
    seats: frozenset[str]
    home: str
    scope: Scope
    national: bool
    company: frozenset[str]
    beside: frozenset[str]
    leader: bool
    page: str
    paper: str
    text: str

    @property
    def order(self) -> tuple[str, str, int, str]:
        return (self.day or "9999", self.article, self.start, self.key)


def profiles(facts: ArticleFacts) -> list[Profile]:
    """One profile for each person that the article names."""
    persons = [entity for entity in facts.entities if entity.type == "person"]
    if not persons:
        return []
    article = facts.article
    home = names.area_code(names.plain(facts.locality))
    organizations = {e.key: names.organization(e.name) for e in facts.entities if e.type in ("organization", "place")}
    posts: dict[str, set[Post]] = defaultdict(set)
    writes: set[str] = set()
    acts: set[str] = set()
    for fact in facts.facts:
        if fact.kind == "byline":
            writes.add(fact.subject)
            continue
        acts.update((fact.subject, fact.object))
        if fact.kind in ("position", "appointment") and fact.status != "candidate":
            past = bool(fact.qualifier("former")) or fact.qualifier("change") in ("removed", "resigned")
            posts[fact.subject].add(Post(organizations.get(fact.object, ""), fact.qualifier("title"), past))
    text = names.text_digest(article)
    figures = {key for key, held in posts.items() if any(_national(post.organization) for post in held)}
    actors = {names.plain(e.name): e.key for e in persons if e.key in acts and e.key not in writes | figures}
    found = []
    for entity in persons:
        present = [post for post in posts[entity.key] if not post.former and post.organization]
        seats = frozenset(filter(None, (seat(post.organization, home) for post in present)))
        found.append(
            Profile(
                article=article.id,
                key=entity.key,
                name=names.plain(entity.name),
                day=article.date,
                start=entity.mentions[0].start if entity.mentions else len(article.text),
                posts=frozenset(posts[entity.key]),
                seats=seats,
                home=home,
                scope="byline" if entity.key in writes and entity.key not in acts else "actor",
                national=any(_national(post.organization) for post in present),
                company=frozenset(name for name, key in actors.items() if key != entity.key),
                beside=frozenset(names.plain(e.name) for e in persons if e.key != entity.key),
                leader=any(p.organization in _SUMMIT and _LEADING.search(p.title) for p in present),
                page=f"{article.source} {article.record}".strip(),
                paper=names.plain(article.publisher),
                text=text,
            )
        )
    return found


@cache
def seat(organization: str, near: str = "") -> str:
    """The area that a body governs, as a code; empty for a body that governs none.

    >>> seat("太原市委"), seat("山西省政府"), seat("长安汽车")
    ('140100', '140000', '')
    """
    for length in range(min(len(organization), 16), 1, -1):
        code = names.area_code(organization[:length], near)
        if code:
            place, rest = organization[:length], organization[length:]
            if names.area_code(place + "委", near) == code and (not rest or rest.startswith(_GOVERNING)):
                return code
            if place[-1] in _LEVELS and rest:
                return code
    return ""


@cache
def _national(organization: str) -> bool:
    national = {names.organization(name) for name in lexicon.national_bodies()}
    return organization in national or organization in gazetteer.countries() or organization == "中国共产党"


def cluster(
    group: Sequence[Profile],
    same: Iterable[tuple[int, int]] = (),
    different: Set[tuple[int, int]] = frozenset(),
    leaders: Set[str] = frozenset(),
) -> list[tuple[list[Profile], list[str]]]:
    """The humans behind the profiles of one name, each with the reasons why its profiles are one.

    Args:
        group: profiles of one name, sorted by ``order``.
        same, different: pairs of positions in ``group`` that the user decided on.
        leaders: names that leaders of the country bear in this build.
    """
    common = names.is_common_person(group[0].name)
    partial = names.is_partial_person(group[0].name)
    position = {(p.article, p.key): i for i, p in enumerate(group)}

    def conflict(first: Sequence[Profile], second: Sequence[Profile]) -> bool:
        if different:
            for a in first:
                for b in second:
                    pair = sorted((position[a.article, a.key], position[b.article, b.key]))
                    if (pair[0], pair[1]) in different:
                        return True
        return _apart(first, second)

    clusters = Clusters(group, conflict)
    for a, b in sorted(same):
        clusters.join([a, b], lambda ps: f"裁定为同一: {_articles(ps)}", force=True)

    def join_by(features: Callable[[Profile], Iterable[str]], what: str) -> None:
        bearers: dict[str, list[int]] = defaultdict(list)
        for index, profile in enumerate(group):
            for feature in features(profile):
                bearers[feature].append(index)
        for feature in sorted(bearers):
            if len(bearers[feature]) > 1:
                shown = what.format(feature.replace("\t", ""))
                clusters.join(bearers[feature], lambda ps, shown=shown: f"{shown}: {_articles(ps)}")  # type: ignore[misc]

    join_by(lambda p: [p.text], "同一文本")
    if partial:
        return list(clusters)
    join_by(_posts, "同一职务 {}")
    join_by(_posts_as_printed, "同期同一职务 {}")
    join_by(lambda p: ["国家领导人"] if _is_leader(p, leaders) else [], "{}")
    join_by(lambda p: _organizations(p, common), "同一机构 {}")
    join_by(lambda p: [_area(code) for code in p.seats] if not common else [], "任职同地 {}")
    join_by(lambda p: _local_titles(p), "同地同一职务 {}")
    join_by(lambda p: [p.paper or p.page] if p.scope == "byline" and (p.paper or p.page) else [], "同一报纸署名")
    join_by(lambda p: _company(p, common), "同与 {} 一起出现")
    if not common:
        _join_rare(clusters, group)
    return list(clusters)


def _posts(profile: Profile) -> list[str]:
    return [
        f"{p.organization}\t{p.title}"
        for p in profile.posts
        if p.organization and not names.is_relative(p.organization)
    ]


def _is_leader(profile: Profile, leaders: Set[str]) -> bool:
    """One of the country's leaders by office, or named without one beside another of them."""
    return profile.leader or (not profile.posts and profile.name in leaders and not leaders.isdisjoint(profile.beside))


def _posts_as_printed(profile: Profile) -> list[str]:
    """Posts as papers print them where the place is plain (``市委书记`` for ``太原市委书记``), within one page or issue."""
    issues = [profile.page] if profile.page else []
    if profile.paper and profile.day:
        issues.append(f"{profile.paper} {profile.day}")
    printed = {f"{_as_printed(p.organization)}{p.title}" for p in profile.posts if p.organization}
    return [f"{post} ({issue})" for issue in issues for post in printed if len(post) > 2]


@cache
def _as_printed(organization: str) -> str:
    """A body's name from its level on.

    >>> _as_printed("太原市委"), _as_printed("山西省人大常委会"), _as_printed("市委"), _as_printed("远山集团")
    ('市委', '省人大常委会', '市委', '远山集团')
    """
    for length in range(min(len(organization) - 1, 12), 2, -1):
        if organization[length - 1] in _LEVELS and names.area_code(organization[:length]):
            return organization[length - 1 :]
    return organization


def _organizations(profile: Profile, common: bool) -> list[str]:
    return [
        post.organization
        for post in profile.posts
        if post.organization
        and not names.is_relative(post.organization)
        and not (common and (post.title in _GENERIC_TITLES or _national(post.organization)))
    ]


def _local_titles(profile: Profile) -> list[str]:
    if len(profile.home) != 6 or profile.home.endswith("0000"):
        return []
    return [
        f"{post.title} {_area(profile.home)}"
        for post in profile.posts
        if len(post.title) > 1 and post.title not in _GENERIC_TITLES and not seat(post.organization, profile.home)
    ]


def _company(profile: Profile, common: bool) -> list[str]:
    """Others named beside: one is enough for a rare name, two for a common one."""
    if profile.scope == "byline":
        return []
    if not common:
        return sorted(profile.company)
    others = sorted(profile.company)[:12]
    return [f"{a}、{b}" for i, a in enumerate(others) for b in others[i + 1 :]]


def _join_rare(clusters: Clusters[Profile], group: Sequence[Profile]) -> None:
    """A name that few bear: clusters with posts first, then those without, each into the only one that it fits."""

    def reason(joined: Sequence[Profile]) -> str:
        return f"少见姓名，无相反依据: {_articles(joined)}"

    def seated(home: int) -> bool:
        return any(p.seats or p.national for p in clusters.members(home))

    for home in [h for h in clusters.homes() if seated(h)]:
        for other in [h for h in clusters.homes() if seated(h) and h < clusters.home(home)]:
            if _near(clusters.members(other), clusters.members(clusters.home(home))):
                clusters.join([other, home], reason)
    for home in [h for h in clusters.homes() if not seated(h)]:
        if clusters.home(home) != home:
            continue
        fits = [
            h for h in clusters.homes() if h != home and clusters.compatible(h, home) and _near_homes(clusters, h, home)
        ]
        figures = [h for h in fits if seated(h)]
        if len(figures) == 1:
            clusters.join([figures[0], home], reason)
        elif not figures and fits and fits[0] < home:
            clusters.join([fits[0], home], reason)


def _near_homes(clusters: Clusters[Profile], first: int, second: int) -> bool:
    return _near(clusters.members(first), clusters.members(second))


def _near(first: Sequence[Profile], second: Sequence[Profile]) -> bool:
    """Nothing speaks for two regions: one is a national figure, has no region, or both share one."""
    if any(p.national for p in (*first, *second)):
        return True
    left, right = ({code for p in ps for code in ({p.home} | p.seats) if code} for ps in (first, second))
    return not left or not right or any(names.within(a, b) for a in left for b in right)


def _apart(first: Sequence[Profile], second: Sequence[Profile]) -> bool:
    if {p.scope for p in first} != {p.scope for p in second} and not _shared_post(first, second):
        return True
    left, right = _seats(first), _seats(second)
    if not left or not right:
        return False
    return not any(names.within(a, b) or _long_between(x, y) for a, x in left for b, y in right)


def _shared_post(first: Sequence[Profile], second: Sequence[Profile]) -> bool:
    return bool({x for p in first for x in _posts(p)} & {x for p in second for x in _posts(p)}) or bool(
        {p.text for p in first} & {p.text for p in second}
    )


def _seats(group: Sequence[Profile]) -> set[tuple[str, str]]:
    return {(code, p.day) for p in group for code in p.seats}


@cache
def _area(code: str) -> str:
    """An area for people: its code and name."""
    division = gazetteer.divisions().get(code)
    return f"{code} {division.name}" if division else code


@cache
def _long_between(first: str, second: str) -> bool:
    try:
        days = date.fromisoformat(first) - date.fromisoformat(second)
    except ValueError:
        return False
    return abs(days.days) > SAME_TERM_DAYS


def _articles(group: Sequence[Profile]) -> str:
    return listed(p.article for p in group)


def by_name(facts: Sequence[ArticleFacts]) -> Mapping[str, list[Profile]]:
    """Every person of the build, grouped by normalized name, each group in order."""
    groups: dict[str, list[Profile]] = defaultdict(list)
    for article in facts:
        for profile in profiles(article):
            groups[profile.name].append(profile)
    return {name: sorted(groups[name], key=lambda p: p.order) for name in sorted(groups)}


def entity_of(profile: Profile, facts: Mapping[str, ArticleFacts]) -> Entity:
    return facts[profile.article].entity(profile.key)
