"""Who is who: what joins, what keeps apart, and that nothing but the articles and the user's decisions shows in it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import (
    Article,
    ArticleFacts,
    Block,
    Entity,
    EntityType,
    Fact,
    FactKind,
    Resolution,
    Segment,
    Span,
    qualifiers,
)
from kg.resolve import resolve
from kg.resolve.ledger import Decision
from tests.factories import sample, second

Stated = tuple[FactKind, str, str, dict[str, str]]


def told(
    article_id: str,
    *stated: Stated,
    names: Sequence[str] = (),
    day: str = "",
    paper: str = "",
    locality: str = "",
    text: str = "",
) -> ArticleFacts:
    """An article that states these facts; entities are made of the keys that occur in them and in ``names``."""
    keys = dict.fromkeys([*names, *(key for _, subject, object_, _ in stated for key in (subject, object_) if key)])
    text = text or f"{article_id}:" + "、".join(key.partition(":")[2] for key in keys) + "。"
    article = Article(
        article_id, text, (Segment(0, 0, len(text)),), (Block("body", 0, len(text)),), f"{article_id}.txt",
        date=day, publisher=paper,
    )  # fmt: skip
    entities = []
    for key in keys:
        type_, _, name = key.partition(":")
        start = max(text.find(name), 0)
        kind: EntityType = type_  # type: ignore[assignment]
        entities.append(Entity(key, kind, name, mentions=(Span(start, start + len(name)),)))
    facts = tuple(
        Fact(kind, subject, object_, qualifiers(**values), Span(0, len(text)), "test")
        for kind, subject, object_, values in stated
    )
    return ArticleFacts(article, tuple(entities), facts, locality)


def post(person: str, organization: str, title: str, **values: str) -> Stated:
    return (
        "position",
        f"person:{person}",
        f"organization:{organization}" if organization else "",
        {"title": title, **values},
    )


def byline(person: str) -> Stated:
    return ("byline", f"person:{person}", "", {"role": "reporter"})


def ids(resolution: Resolution, *members: tuple[str, str]) -> list[str]:
    return [resolution.index[member] for member in members]


def are_one(resolution: Resolution, key: str, first: str, second_: str) -> bool:
    return resolution.index[first, key] == resolution.index[second_, key]


def test_the_same_post_joins_a_common_name_and_says_why() -> None:
    found = resolve([told("a", post("张伟", "太原市委", "书记")), told("b", post("张伟", "中共太原市委", "书记"))])
    assert ids(found, ("a", "person:张伟"), ("b", "person:张伟")) == ["person/张伟", "person/张伟"]
    entity = next(e for e in found.entities if e.id == "person/张伟")
    assert entity.members == (("a", "person:张伟"), ("b", "person:张伟"))
    assert entity.reasons == ("同一职务 太原市委书记: a、b",)


def test_a_post_printed_in_short_is_the_same_post_within_an_issue_only() -> None:
    whole, short = post("韦韬", "太原市委", "书记"), post("韦韬", "市委", "书记")
    day, paper = "2022-06-03", "太原日报"
    found = resolve(
        [
            told("a", whole, day=day, paper=paper),
            told("b", short, day=day, paper=paper),
            told("c", short, day=day, paper="长沙晚报"),
        ]
    )
    assert are_one(found, "person:韦韬", "a", "b")
    assert not are_one(found, "person:韦韬", "a", "c")


def test_a_leader_of_the_country_is_one_in_all_offices_and_beside_other_leaders() -> None:
    found = resolve(
        [
            told("a", post("王强", "国务院", "总理"), day="2024-01-01"),
            told("b", post("王强", "中共中央政治局", "常委"), post("李刚", "全国政协", "主席"), day="2024-01-02"),
            told("c", names=["person:王强", "person:李刚"], day="2024-01-03"),
            told("d", names=["person:王强"], day="2024-01-04"),
            told("e", post("王强", "国务院", "工作人员"), day="2024-01-05"),
        ]
    )
    assert are_one(found, "person:王强", "a", "b")
    assert are_one(found, "person:王强", "a", "c")
    assert not are_one(found, "person:王强", "a", "d")
    assert not are_one(found, "person:王强", "a", "e")


def test_a_short_name_of_a_body_is_a_name() -> None:
    found = resolve([told("a", post("卢拉", "巴西", "总统")), told("b", post("卢拉", "巴西", "总统"))])
    assert are_one(found, "person:卢拉", "a", "b")
    assert are_one(found, "organization:巴西", "a", "b")


def test_a_common_name_alone_joins_nobody() -> None:
    found = resolve([told("a", names=["person:张伟"]), told("b", names=["person:张伟"])])
    first, other = ids(found, ("a", "person:张伟"), ("b", "person:张伟"))
    assert first == "person/张伟"
    assert other.startswith("person/张伟~")


def test_a_rare_name_joins_where_nothing_speaks_against_it() -> None:
    found = resolve([told("a", names=["person:殷雪鸢"]), told("b", names=["person:殷雪鸢"])])
    assert are_one(found, "person:殷雪鸢", "a", "b")


@pytest.mark.parametrize("name", ["王珍", "殷雪鸢"])
def test_posts_in_two_places_at_one_time_are_two_people(name: str) -> None:
    found = resolve(
        [
            told("a", post(name, "太原市政府", "市长"), day="2022-06-01"),
            told("b", post(name, "长沙市政府", "市长"), day="2022-06-03"),
        ]
    )
    assert not are_one(found, f"person:{name}", "a", "b")


def test_a_rare_name_without_a_post_fits_neither_of_two_people() -> None:
    found = resolve(
        [
            told("a", post("殷雪鸢", "太原市政府", "市长")),
            told("b", post("殷雪鸢", "长沙市政府", "市长")),
            told("c", names=["person:殷雪鸢"]),
        ]
    )
    assert len(set(found.index.values()) - {"organization/太原市政府", "organization/长沙市政府"}) == 3


def test_posts_in_a_province_and_in_its_city_are_one_person() -> None:
    found = resolve([told("a", post("殷雪鸢", "山西省委", "常委")), told("b", post("殷雪鸢", "太原市委", "书记"))])
    assert are_one(found, "person:殷雪鸢", "a", "b")


def test_a_reporter_and_an_official_never_merge_by_name() -> None:
    found = resolve([told("a", byline("殷雪鸢"), paper="太原日报"), told("b", post("殷雪鸢", "太原市政府", "市长"))])
    assert not are_one(found, "person:殷雪鸢", "a", "b")


def test_bylines_of_one_paper_are_one_reporter_and_of_two_papers_are_not() -> None:
    found = resolve(
        [
            told("a", byline("张伟"), paper="太原日报"),
            told("b", byline("张伟"), paper="太原日报"),
            told("c", byline("张伟"), paper="长沙晚报"),
        ]
    )
    assert are_one(found, "person:张伟", "a", "b")
    assert not are_one(found, "person:张伟", "a", "c")


def test_parts_of_names_stay_in_their_article() -> None:
    found = resolve(
        [told("a", names=["person:王某", "person:姜大爷"]), told("b", names=["person:王某", "person:姜大爷"])]
    )
    assert not are_one(found, "person:王某", "a", "b")
    assert not are_one(found, "person:姜大爷", "a", "b")


def test_two_prints_of_one_text_name_the_same_people() -> None:
    stated = [("statement", "person:王某", "", {"verb": "说"})]
    found = resolve([told("a", *stated, text="王某说好。"), told("b", *stated, text="王某 说好。")])  # type: ignore[arg-type]
    assert are_one(found, "person:王某", "a", "b")


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("organization:太原市政府", "organization:太原市人民政府"),
        ("organization:太原市委", "organization:中国共产党太原市委员会"),
        ("organization:山西焦煤集团", "organization:山西焦煤集团有限责任公司"),
        ("place:太原", "place:太原市"),
        ("place:山西", "place:山西省"),
        ("document:《太忻经济一体化发展协作协议》", "document:太忻经济一体化发展协作协议"),
    ],
)
def test_two_forms_of_one_name(first: str, other: str) -> None:
    found = resolve([told("a", names=[first]), told("b", names=[other])])
    assert found.index["a", first] == found.index["b", other]


@pytest.mark.parametrize(
    "key",
    [
        "organization:市委",
        "organization:调研组",
        "organization:本报",
        "place:人民公园",
        "document:合作协议",
        "unnamed:负责人",
    ],
)
def test_what_means_another_thing_in_every_article_stays_there(key: str) -> None:
    found = resolve([told("a", names=[key]), told("b", names=[key])])
    assert not are_one(found, key, "a", "b")


def test_a_county_that_shares_its_name_is_told_by_its_city() -> None:
    found = resolve(
        [
            told("a", names=["place:鼓楼区"], locality="南京市"),
            told("b", names=["place:鼓楼区"], locality="福州市"),
            told("c", ("hierarchy", "place:鼓楼区", "place:南京市", {})),
        ]
    )
    assert ids(found, ("a", "place:鼓楼区"), ("b", "place:鼓楼区")) == ["place/南京市鼓楼区", "place/福州市鼓楼区"]
    assert are_one(found, "place:鼓楼区", "a", "c")


def happening(name: str, when: str, *people: str, kind: str = "meeting") -> list[Stated]:
    key = f"event:{name}"
    return [
        ("event", key, "", {"kind": kind, "date": when}),
        *[("participation", f"person:{person}", key, {"role": "attend"}) for person in people],  # type: ignore[list-item]
    ]


def test_one_happening_told_twice_is_one_event() -> None:
    found = resolve(
        [
            told("a", *happening("青河市产业发展座谈会", "2022-06-02", "钱立国"), day="2022-06-03"),
            told("b", *happening("产业发展座谈会", "--06-02", "钱立国"), post("钱立国", "青河市委", "书记")),
        ]
    )
    assert found.index["a", "event:青河市产业发展座谈会"] == found.index["b", "event:产业发展座谈会"]
    event = next(e for e in found.entities if e.type == "event")
    assert event.id.startswith("event/meeting-0602-")
    assert event.aliases == ("产业发展座谈会",)
    assert event.reasons == ("名称相近、同日、参与者或地点相同: a、b",)


def test_games_that_are_called_by_their_place_are_one_event_in_all_articles() -> None:
    games = "杭州亚运会"
    found = resolve(
        [
            told("a", *happening(games, "", kind="competition"), day="2023-09-01"),
            told("b", *happening(games, "2023-09-23", kind="competition")),
            told("c", *happening("运动会", "", kind="competition"), day="2023-09-01"),
            told("d", *happening("运动会", "", kind="competition"), day="2023-09-01"),
        ]
    )
    assert are_one(found, f"event:{games}", "a", "b")
    assert not are_one(found, "event:运动会", "c", "d")


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (happening("座谈会", "2022-06-02"), happening("座谈会", "2022-06-02")),
        (
            happening("青河市产业发展座谈会", "2022-06-02", "钱立国"),
            happening("青河市产业发展座谈会", "2022-06-09", "钱立国"),
        ),
        (happening("调研", "--06-02", "钱立国"), happening("调研", "--06-02", "孙文静")),
        (
            happening("青河市产业发展推进会", "2022-06-02", "钱立国"),
            happening("青河市产业发展推进会", "2022-06-02", "钱立国", kind="activity"),
        ),
    ],
    ids=["a generic name", "another day", "other people", "another kind"],
)
def test_two_happenings_stay_two_events(first: list[Stated], other: list[Stated]) -> None:
    found = resolve([told("a", *first), told("b", *other)])
    assert not are_one(found, first[0][1], "a", "b")


def test_two_events_of_one_article_stay_two() -> None:
    stated = [
        *happening("安全生产工作检查一", "2022-06-02", "钱立国", kind="visit"),
        *happening("安全生产工作检查二", "2022-06-02", "钱立国", kind="visit"),
    ]
    found = resolve([told("a", *stated)])
    assert found.index["a", stated[0][1]] != found.index["a", stated[2][1]]


def test_the_shared_samples() -> None:
    found = resolve([sample(), second()])
    key = "event:青河市产业发展座谈会"
    assert are_one(found, key, "qinghe-daily", "evening-news#2")
    assert are_one(found, "person:钱立国", "qinghe-daily", "evening-news#2")
    assert set(found.index) == {(a.article.id, e.key) for a in (sample(), second()) for e in a.entities}


# ------------------------------------------------------------------------------------------------ laws
PEOPLE = ("张伟", "李建国", "殷雪鸢", "王珍", "王某", "普京")
BODIES = ("太原市委", "长沙市政府", "山西省委", "外交部", "市委", "远山集团")
held = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(BODIES), st.sampled_from(["书记", "市长", "记者"]))
happened = st.tuples(
    st.sampled_from(["座谈会", "青河市产业发展座谈会", "产业发展座谈会"]),
    st.sampled_from(["", "--06-02", "2022-06-02"]),
    st.sampled_from(PEOPLE),
)
articles_strategy = st.lists(
    st.tuples(
        st.lists(held, max_size=3),
        st.lists(st.sampled_from(PEOPLE), max_size=2),
        st.sampled_from(["", "2022-06-01", "2024-06-01"]),
        st.sampled_from(["", "太原市", "长沙市"]),
        st.sampled_from(["", "太原日报"]),
        st.lists(happened, max_size=2),
    ),
    min_size=1,
    max_size=6,
)


def _build(drawn: Sequence[tuple]) -> list[ArticleFacts]:  # type: ignore[type-arg]
    return [
        told(
            f"n{n}",
            *[post(person, body, title) for person, body, title in posts],
            *[byline(person) for person in writers],
            *[stated for name, when, person in events for stated in happening(name, when, person)],
            day=day,
            locality=locality,
            paper=paper,
        )
        for n, (posts, writers, day, locality, paper, events) in enumerate(drawn)
    ]


@given(articles_strategy, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_articles_and_of_what_they_hold_does_not_show(
    drawn: Sequence[tuple], shuffle: random.Random
) -> None:  # type: ignore[type-arg]
    articles = _build(drawn)
    expected = resolve(articles)
    mixed = [
        ArticleFacts(
            found.article,
            tuple(shuffle.sample(found.entities, len(found.entities))),
            tuple(shuffle.sample(found.facts, len(found.facts))),
            found.locality,
        )
        for found in shuffle.sample(articles, len(articles))
    ]
    assert resolve(mixed) == expected


@given(articles_strategy)
@settings(max_examples=150, deadline=None)
def test_every_entity_has_one_id_and_every_id_its_members(drawn: Sequence[tuple]) -> None:  # type: ignore[type-arg]
    articles = _build(drawn)
    found = resolve(articles)
    assert set(found.index) == {(a.article.id, e.key) for a in articles for e in a.entities}
    assert [e.id for e in found.entities] == sorted({e.id for e in found.entities})
    assert {m: e.id for e in found.entities for m in e.members} == found.index


@given(articles_strategy)
@settings(max_examples=100, deadline=None)
def test_later_news_takes_no_name_from_who_bore_it_first(drawn: Sequence[tuple]) -> None:  # type: ignore[type-arg]
    articles = [found for found in _build(drawn) if found.article.date]
    later = told("z9", *[post(person, "昆明市政府", "市长") for person in PEOPLE], day="2099-01-01")
    before, after = resolve(articles), resolve([*articles, later])
    by_date = {found.article.id: (found.article.date, found.article.id) for found in articles}
    for person in (e for e in before.entities if e.id == f"person/{e.name}"):
        first = min(person.members, key=lambda member: by_date[member[0]])
        assert after.index[first] == person.id


# ------------------------------------------------------------------------------------------- decisions
def same(first: tuple[str, str], other: tuple[str, str]) -> Decision:
    return Decision("same", (first,), (other,), (first[1], other[1]))


def different(first: tuple[str, str], other: tuple[str, str]) -> Decision:
    return Decision("different", (first,), (other,), (first[1], other[1]))


def test_the_user_joins_what_rules_keep_apart() -> None:
    articles = [told("a", post("张伟", "太原市政府", "市长")), told("b", post("张伟", "长沙市政府", "市长"))]
    found = resolve(articles, [same(("a", "person:张伟"), ("b", "person:张伟"))])
    assert are_one(found, "person:张伟", "a", "b")
    assert "裁定为同一: a、b" in next(e for e in found.entities if e.type == "person").reasons


def test_the_user_parts_what_rules_join() -> None:
    articles = [told("a", post("张伟", "太原市委", "书记")), told("b", post("张伟", "太原市委", "书记"))]
    found = resolve(articles, [different(("a", "person:张伟"), ("b", "person:张伟"))])
    assert not are_one(found, "person:张伟", "a", "b")


def test_the_user_joins_two_names_of_one_person_or_body() -> None:
    articles = [
        told("a", names=["person:李大钊", "organization:并州公司"]),
        told("b", names=["person:李守常", "organization:晋阳公司"]),
    ]
    found = resolve(
        articles,
        [
            same(("a", "person:李大钊"), ("b", "person:李守常")),
            same(("a", "organization:并州公司"), ("b", "organization:晋阳公司")),
        ],
    )
    assert found.index["a", "person:李大钊"] == found.index["b", "person:李守常"]
    assert found.index["a", "organization:并州公司"] == found.index["b", "organization:晋阳公司"]


def test_the_user_parts_one_name_of_two_bodies() -> None:
    articles = [told("a", names=["organization:远山集团"]), told("b", names=["organization:远山集团"])]
    found = resolve(articles, [different(("a", "organization:远山集团"), ("b", "organization:远山集团"))])
    assert not are_one(found, "organization:远山集团", "a", "b")


def test_a_decision_about_an_article_that_is_gone_waits() -> None:
    articles = [told("a", post("张伟", "太原市委", "书记"))]
    assert resolve(articles, [same(("a", "person:张伟"), ("gone", "person:张伟"))]) == resolve(articles)


def test_two_articles_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="one id"):
        resolve([told("a"), told("a")])
