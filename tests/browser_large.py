"""Made-up graphs of any size for tests and benchmarks of the page: groups, hubs, a sentence for each fact."""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate

from kg.model import Article, ArticleFacts, Block, Entity, Fact, Resolution, ResolvedEntity, Segment, Span, qualifiers

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = "伟国文明华建军志强海涛晓东立新春梅静雪一鸣成林思远永安庆丰云飞子墨清泉"
TOWNS = "青河石桥云山白塔清泉长岭新源东湖南屏西川北港安平宁远广德丰宁"
TYPES = ("person", "person", "person", "organization", "event", "place")
EACH = 30
"""Facts in an article."""


def large(nodes: int, edges: int, seed: int = 1) -> tuple[list[ArticleFacts], Resolution]:
    """Articles whose graph has ``nodes`` nodes and about ``edges`` relations between different pairs."""
    rng = random.Random(seed)
    groups = max(4, int(nodes**0.5) // 2)
    group = [min(int(rng.paretovariate(0.9)) - 1, groups * 3) % groups for _ in range(nodes)]
    members: dict[int, list[int]] = {}
    for node, g in enumerate(group):
        members.setdefault(g, []).append(node)
    weight = {g: list(accumulate((i + 1) ** -0.6 for i in m)) for g, m in members.items()}
    names = [_name(rng, i) for i in range(nodes)]
    pairs: set[tuple[int, int]] = set()
    articles: list[ArticleFacts] = []
    keys: dict[int, list[tuple[str, str]]] = {}
    while len(pairs) < edges:
        articles.append(_article(rng, len(articles), group, members, weight, names, pairs, keys, edges))
    entities = tuple(
        ResolvedEntity(f"{_type(n)}/{names[n]}", _type(n), names[n], (), tuple(sorted(keys[n]))) for n in sorted(keys)
    )
    entities = tuple(sorted(entities, key=lambda e: e.id))
    return articles, Resolution(entities, {m: e.id for e in entities for m in e.members})


def _type(node: int) -> str:
    return TYPES[node % len(TYPES)]


def _name(rng: random.Random, i: int) -> str:
    kind = _type(i)
    if kind == "person":
        return rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN) + _numeral(i)
    town = "".join(rng.sample(TOWNS, 2))
    return town + _numeral(i) + {"organization": "水利局", "event": "工作座谈会", "place": "县"}[kind]


def _numeral(i: int) -> str:
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(i))


def _article(rng, number, group, members, weight, names, pairs, keys, edges) -> ArticleFacts:
    text, facts, used = "", [], {}
    date = f"20{rng.randrange(18, 24)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    g = group[rng.randrange(len(group))]
    for _ in range(EACH):
        if len(pairs) >= edges:
            break
        inside = rng.random() < 0.85
        own = g if inside else group[rng.randrange(len(group))]
        a = members[own][bisect(weight[own], rng.random() * weight[own][-1]) % len(members[own])]
        b = members[own][rng.randrange(len(members[own]))] if inside else rng.randrange(len(group))
        pair = (min(a, b), max(a, b))
        if a == b or pair in pairs:
            continue
        pairs.add(pair)
        for node in pair:
            used[node] = Entity(f"{_type(node)}:{names[node]}", _type(node), names[node])
        kind, words, details = rng.choice(RELATIONS)
        sentence = f"{names[a]}{words}{names[b]},各项工作有序推进。"
        facts.append(
            Fact(kind, used[a].key, used[b].key, qualifiers(**details), Span(len(text), len(text) + len(sentence)), "x")
        )
        text += sentence
    article = Article(
        f"news-{number:05}", text, (Segment(0, 0, len(text)),), (Block("body", 0, len(text)),), f"news-{number:05}.txt",
        title=f"{names[g]}等地推进重点工作", date=date, publisher="青河日报",
    )  # fmt: skip
    for node, entity in used.items():
        keys.setdefault(node, []).append((article.id, entity.key))
    return ArticleFacts(article, tuple(used.values()), tuple(facts))


RELATIONS = (
    ("position", "任局长于", {"title": "局长"}),
    ("participation", "出席了", {"role": "attend"}),
    ("participation", "主持了", {"role": "preside"}),
    ("visit", "到访", {}),
    ("meeting", "会见了", {}),
    ("hierarchy", "属于", {}),
)
