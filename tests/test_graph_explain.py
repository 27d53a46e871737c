"""Explanations: who somebody is, what is said of them, what ties two, and what to do about a name nobody bears."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from kg.errors import QueryError
from kg.graph.explain import explain, find
from kg.graph.relations import relations
from kg.graph.wording import sentence
from kg.model import FactKind
from tests.factories import SENTENCES, hostile, resolve, sample, second

ALL = [sample(), second(), hostile()]
WHO = resolve(ALL)


def test_every_kind_of_fact_has_its_sentence() -> None:
    told: dict[str, set[str]] = {}
    for relation in relations(ALL, WHO):
        told.setdefault(relation.fact.kind, set()).add(sentence(relation))
    assert set(told) == set(get_args(FactKind))
    assert "钱立国任青河市委书记" in told["position"]
    assert "吴小梅任远山集团职工(待定)" in told["position"]
    assert "赵一鸣任记者" in told["position"]
    assert {"钱立国出席青河市产业发展座谈会", "钱立国出席青河市产业发展座谈会(计划)"} <= told["participation"]
    assert "李成林出席青河市产业发展座谈会(否认)" in told["participation"]
    assert "青河市产业发展座谈会(会议),2022-06-02,在青河市" in told["event"]
    assert told["visit"] == {"孙文静到访石桥县", "钱立国到访石桥县(要求)"}
    assert told["meeting"] == {"钱立国会见李成林"}
    assert told["appointment"] == {"周大勇被任命为青河市水利局局长"}
    assert told["hierarchy"] == {"青河市水利局属于青河市政府", "青河市水利局属于青河市"}
    assert told["byline"] == {"赵一鸣采写本文", "何光为本文摄影"}
    assert told["award"] == {"吴小梅获青河市劳动模范"}
    assert told["signing"] == {"青河市政府签署《战略合作协议》", "远山集团签署《战略合作协议》"}


def test_one_entity_with_all_that_is_said_of_it() -> None:
    (about,) = explain(ALL, WHO, "钱立国").entities
    assert (about.id, about.type, about.articles) == ("person/钱立国", "person", ("evening-news#2", "qinghe-daily"))
    assert about.reasons == ("same name and post",)
    position = next(said for said in about.facts if said.kind == "position" and said.article == "qinghe-daily")
    assert position.quotation == SENTENCES[1]
    assert [tuple(piece) for piece in position.pieces] == [(47, 69)]
    assert (position.rule, position.confidence, position.status) == ("test-position", 0.9, "inferred")
    assert position.names == ("青河市委: 市委 of the paper's own city",)
    lines = "\n".join(explain(ALL, WHO, "钱立国").lines())
    for part in ("合并: same name and post", "规则 test-position", "置信 0.90", "qinghe-daily.txt 47-69", "依据: 市委"):
        assert part in lines
    assert "69-79+94-101" in lines


def test_an_alias_or_an_id_leads_to_its_entity() -> None:
    assert [entity.id for entity in find(WHO, "市委")] == ["organization/青河市委"]
    assert [entity.id for entity in find(WHO, "place/青河市")] == ["place/青河市"]


def test_reprints_are_one_witness() -> None:
    news = [*ALL, sample("z-copy")]
    explanation = explain(news, resolve(news), "孙文静")
    assert explanation.entities[0].reprints == (("z-copy", "qinghe-daily"),)
    assert "  同文: z-copy 与 qinghe-daily" in explanation.lines()


def test_homonyms_are_all_told() -> None:
    split = resolve(ALL, {("evening-news#2", "person:钱立国"): "person/钱立国~abc123"})
    assert [about.id for about in explain(ALL, split, "钱立国").entities] == ["person/钱立国", "person/钱立国~abc123"]


def test_a_direct_tie() -> None:
    (tie,) = explain(ALL, WHO, "李成林", "钱立国").ties
    assert [said.sentence for said in tie.direct] == ["钱立国会见李成林"]
    assert tie.path == ()


def test_a_tie_by_a_shared_event_counts_no_denial() -> None:
    (tie,) = explain(ALL, WHO, "钱立国", "孙文静").ties
    assert [name for name, _ in tie.events] == ["青河市产业发展座谈会"]
    (denied,) = explain(ALL, WHO, "李成林", "孙文静").ties
    assert denied.events == ()
    assert next(said.kind for said in denied.path) in ("meeting", "position")


def test_a_tie_by_the_shortest_way() -> None:
    explanation = explain(ALL, WHO, "周大勇", "石桥县")
    (tie,) = explanation.ties
    assert (tie.direct, tie.events) == ((), ())
    assert [said.sentence for said in tie.path] == [
        "周大勇任青河市水利局局长",
        "青河市水利局属于青河市政府",
        "孙文静任青河市政府副市长",
        "孙文静到访石桥县",
    ]
    assert "周大勇 与 石桥县 经 4 步相连:" in explanation.lines()


def test_no_tie_is_said_to_be_none() -> None:
    explanation = explain(ALL, WHO, "吴小梅", "周大勇")
    assert explanation.ties[0].path == ()
    assert explanation.lines()[-1] == "吴小梅 与 周大勇 之间没有事实相连"


@pytest.mark.parametrize(("name", "near"), [("钱立", "钱立国"), ("战略", "《战略合作协议》"), ("座谈", "座谈会")])
def test_a_name_nobody_bears_gets_the_nearest(name: str, near: str) -> None:
    with pytest.raises(QueryError, match=f"did you mean .*{near}"):
        explain(ALL, WHO, name)
    with pytest.raises(QueryError, match="all names"):
        explain(ALL, WHO, "zzzz")


def test_one_entity_twice_is_an_error() -> None:
    with pytest.raises(QueryError, match="one entity"):
        explain(ALL, WHO, "青河市委", "市委")


def test_explanations_are_json() -> None:
    data = json.loads(json.dumps(explain(ALL, WHO, "钱立国", "孙文静").to_dict(), ensure_ascii=False))
    assert data["ties"][0]["events"][0][0] == "青河市产业发展座谈会"
