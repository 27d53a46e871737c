"""Deals, public acts, signings and trips abroad as happenings."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

ACTS = [
    ("gives", "8月4日，青河药业有限公司向太原市红十字会捐赠疫苗。", "transaction", {("青河药业有限公司", "organize")}),
    ("pays", "青河药业有限公司投资3亿元建设新厂。", "transaction", {("青河药业有限公司", "organize")}),
    ("puts-out", "生态环境部推出绿色信贷政策。", "launch", {("生态环境部", "organize")}),
    ("sets-up", "太原市公安局成立反诈工作专班。", "launch", {("太原市公安局", "organize")}),
    ("response", "7月27日，福建省启动防御台风Ⅰ级应急响应。", "other", {("福建省", "organize")}),
    (
        "cooperates",
        "昨天，青河集团与青河大学深化战略合作。",
        "transaction",
        {("青河集团", "organize"), ("青河大学", "organize")},
    ),
    ("addresses", "7月26日，首相李国强发表电视讲话。", "activity", {("李国强", "speak")}),
    ("rates", "8月1日，青河评级有限公司将美国信用评级下调至AA+。", "other", {("青河评级有限公司", "organize")}),
    ("announced", "青河集团宣布，将投资3亿元建设新厂。", "transaction", {("青河集团", "organize")}),
    ("announces", "生态环境部宣布废除原有收费标准。", "other", {("生态环境部", "organize")}),
]


@pytest.mark.parametrize(("shape", "text", "kind", "expected"), ACTS, ids=[a[0] for a in ACTS])
def test_who_does_it(shape: str, text: str, kind: str, expected: set[tuple[str, str]]) -> None:
    found = read(text, date="2022-08-05")
    assert {row[-1] for row in rows(found, "event", "kind")} == {kind}
    assert {(who, role) for who, _, role in rows(found, "participation", "role")} >= expected


def test_parties_take_part_in_the_signing() -> None:
    found = read("6月2日，太原市公安局与青河大学签署战略合作协议。", date="2022-06-03")
    signs = {(who, role) for who, _, role in rows(found, "participation", "role")}
    assert signs == {("太原市公安局", "sign"), ("青河大学", "sign")}
    assert {row[-1] for row in rows(found, "event", "kind")} == {"signing"}


def test_a_document_signed_before_is_no_signing() -> None:
    found = read("公司将落实与太原市公安局签署的战略合作协议。")
    assert "signing" not in {row[-1] for row in rows(found, "event", "kind")}


def test_the_scene_of_a_sentence_is_the_place() -> None:
    found = read("在太原市，青河药业有限公司投资3亿元建设新厂。")
    assert {row[1] for row in rows(found, "event", "kind")} == {"太原市"}


def test_what_will_be_has_its_object() -> None:
    found = read("青河药业有限公司将推出绿色信贷政策。")
    assert {row[0] for row in rows(found, "event", "kind")} == {"推出绿色信贷政策"}


def test_what_is_opened_without_a_named_body_has_its_day() -> None:
    found = rows(read("8月18日，新能源电池项目正式投产。", date="2022-08-19"), "event", "kind", "date")
    assert {row[-2:] for row in found} == {("launch", "2022-08-18")}


def test_an_anniversary_is_no_founding() -> None:
    assert not rows(read("太原市公安局成立70周年纪念日将至。"), "event", "kind")


def test_a_wish_to_launch_is_no_launch() -> None:
    assert not rows(read("要加快推出绿色信贷政策，推动项目尽快投产。"), "event", "kind")


TRIPS = [
    ("abroad", "美国财政部长李国强将于7月16日至19日访华。", ("李国强", "中国", "2023-07-16")),
    ("country", "德国副总理张伟明于7月19日至22日访问印度。", ("张伟明", "印度", "2023-07-19")),
]


@pytest.mark.parametrize(("shape", "text", "expected"), TRIPS, ids=[t[0] for t in TRIPS])
def test_trip(shape: str, text: str, expected: tuple[str, str, str]) -> None:
    found = read(text, date="2023-07-15")
    who, where, day = expected
    events = rows(found, "event", "kind", "date")
    assert {(row[1], row[2], row[3]) for row in events} == {(where, "trip", day)}
    assert {(p, r) for p, _, r in rows(found, "participation", "role")} == {(who, "visit")}


def test_who_goes_along() -> None:
    found = read("张伟明将于7月23日访问新加坡。随行的还有陈建国、李国强。", date="2023-07-20")
    along = {who for who, _, role in rows(found, "participation", "role") if role == "accompany"}
    assert along == {"陈建国", "李国强"}
