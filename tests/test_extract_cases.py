"""Happenings of law and mishap: who was caught, tried and looked into by whom, what befell where."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

CASES = [
    ("active", "6月2日，青河市公安局抓获犯罪嫌疑人陈建国。", {("青河市公安局", "organize"), ("陈建国", "perpetrator")}),
    ("passive", "6月2日，陈建国被青河市公安局抓获。", {("青河市公安局", "organize"), ("陈建国", "perpetrator")}),
    (
        "towards",
        "6月2日，青河市人民检察院对陈建国作出逮捕决定。",
        {("青河市人民检察院", "organize"), ("陈建国", "perpetrator")},
    ),
    ("reason", "6月2日，陈建国因涉嫌受贿被逮捕。", {("陈建国", "perpetrator")}),
    ("topic", "青河市原副市长陈建国（1966年9月生），已于2022年3月被双开。", {("陈建国", "perpetrator")}),
    (
        "court",
        "6月2日，青河市中级人民法院判处陈建国有期徒刑十年。",
        {("青河市中级人民法院", "organize"), ("陈建国", "perpetrator")},
    ),
    ("appeal", "陈建国提起上诉。", {("陈建国", "other")}),
    ("death", "6月2日，陈建国因病逝世。", {("陈建国", "victim")}),
    ("attack", "6月2日，陈建国在青河市遭到李国强殴打。", {("陈建国", "victim"), ("李国强", "perpetrator")}),
]


@pytest.mark.parametrize(("shape", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_roles_by_the_grammar_of_the_clause(shape: str, text: str, expected: set[tuple[str, str]]) -> None:
    found = rows(read(text, date="2022-06-03"), "participation", "role")
    assert {(who, role) for who, _, role in found} == expected


def test_one_event_for_a_case_that_two_verbs_tell() -> None:
    found = read("青河市公安局破获一起盗窃案，犯罪嫌疑人陈建国被抓获归案。")
    assert len(rows(found, "event")) == 1
    assert {(w, r) for w, _, r in rows(found, "participation", "role")} == {
        ("青河市公安局", "organize"),
        ("陈建国", "perpetrator"),
    }


def test_one_event_for_an_inquiry_told_twice() -> None:
    text = "6月2日，青河大学校长陈建国被查。陈建国涉嫌严重违纪违法，目前正接受青河市监察委员会监察调查。"
    found = read(text, date="2022-06-03")
    assert len({row[0] for row in rows(found, "event", "kind")}) == 1
    assert ("青河市监察委员会", "organize") in {(w, r) for w, _, r in rows(found, "participation", "role")}


def test_bodies_that_look_into_a_case_have_all_that_is_printed_as_their_name() -> None:
    text = "陈建国涉嫌严重违纪违法，目前正接受省纪委监委驻青河大学纪检监察组纪律审查和青河市监察委员会监察调查。"
    found = rows(read(text), "participation", "role")
    assert {who for who, _, role in found if role == "organize"} >= {"青河市监察委员会"}
    assert any(who.endswith("驻青河大学纪检监察组") for who, _, role in found if role == "organize")


def test_disaster_with_day_and_place() -> None:
    found = rows(read("7月19日下午，太原市迎泽区发生一起火灾。", date="2022-07-20"), "event", "kind", "date")
    assert [row[-2:] for row in found] == [("incident", "2022-07-19")]
    assert all(row[1].endswith("迎泽区") for row in found)


def test_a_disaster_is_called_by_what_befell_alone() -> None:
    found = rows(read("受太原市迎泽区发生5.5级地震影响，多趟列车晚点。"), "event", "kind")
    assert {row[0] for row in found} == {"太原市迎泽区发生5.5级地震"}


@pytest.mark.parametrize(
    "text",
    [
        "检察院对涉嫌绑架李国强的嫌疑人提出了意见。",
        "要严厉打击电信诈骗，防止火灾事故发生。",
        "如发生火灾，请立即报警。",
        "太原市开展防溺水演练。",
        "公安局负责侦查的案件由检察院依法提起公诉的程序作了规定。",
    ],
)
def test_wishes_and_rules_are_no_cases(text: str) -> None:
    found = rows(read(text), "event", "kind")
    assert not {row for row in found if row[-1] in ("legal", "incident")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "青河市公安局接到报警。6月2日，民警将正在售卖电缆的段某、王某抓获。",
            {("青河市公安局", "organize"), ("段某", "perpetrator"), ("王某", "perpetrator")},
        ),
        ("民警锁定犯罪嫌疑人陈某，并于6月2日将其抓获。", {("陈某", "perpetrator")}),
        ("青河市公安局发布消息，3名男子被罚款。", set()),
    ],
    ids=["the police named last", "whom 其 means", "men without a name"],
)
def test_who_is_meant_without_a_name(text: str, expected: set[tuple[str, str]]) -> None:
    found = rows(read(text, date="2022-06-03"), "participation", "role")
    assert {(who, role) for who, what, role in found if "消息" not in what} == expected


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("8月10日晚，清河警方将潜逃多年的逃犯李某义在山西忻州一出租屋抓获归案。", {"忻州"}),
        ("8月10日，清河警方将犯罪嫌疑人李某义押解至忻州市，指认现场。", {"忻州市"}),
    ],
)
def test_where_one_is_caught_or_brought(text: str, places: set[str]) -> None:
    found = rows(read(text, date="2023-08-12"), "event", "kind")
    assert {row[1] for row in found if row[-1] == "legal"} == places


def test_a_town_that_is_struck_is_where_it_is_done() -> None:
    found = rows(read("以色列军机26日轰炸了加沙城。", date="2023-08-27"), "event", "kind")
    assert {row[1] for row in found} == {"加沙城"}
