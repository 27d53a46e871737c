"""Happenings, who took part in them, tours and meetings: every shape with a made-up sentence."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

HAPPENINGS = [
    (
        "held-before",
        "8月4日，青河县召开春季防汛工作推进会。",
        ("春季防汛工作推进会", "青河县", "meeting", "2023-08-04"),
    ),
    (
        "held-after",
        "8月4日，全国陶瓷技艺大赛在太原市举行。",
        ("全国陶瓷技艺大赛", "太原市", "competition", "2023-08-04"),
    ),
    ("bare", "8月4日，太原市委召开会议。", ("太原市委会议", "meeting", "2023-08-04")),
    ("whose", "8月4日，祁县召开全县领导干部会议。", ("祁县全县领导干部会议", "祁县", "meeting", "2023-08-04")),
    (
        "verb-inside",
        "8月4日，太原市召开全国安全生产电视电话会议。",
        ("全国安全生产电视电话会议", "太原市", "meeting", "2023-08-04"),
    ),
    ("visit", "8月4日，市长李建国调研老旧小区改造工作。", ("调研老旧小区改造工作", "visit", "2023-08-04")),
    ("visit-to", "8月4日，市长李建国赴忻州市调研。", ("赴忻州市调研", "忻州市", "visit", "2023-08-04")),
    (
        "visit-at-the-head",
        "8月4日，李建国在青河公园，检查防汛物资储备情况。",
        ("检查防汛物资储备情况", "青河公园", "visit", "2023-08-04"),
    ),
    (
        "visit-group",
        "8月4日，与会专家还参观了青河博物馆。",
        ("与会专家还参观了青河博物馆", "青河博物馆", "visit", "2023-08-04"),
    ),
    ("capital", "8月4日，国际水资源大会在荷兰首都海牙召开。", ("国际水资源大会", "海牙", "meeting", "2023-08-04")),
    (
        "list",
        "8月4日，市作家协会第二届会员大会，市美术家协会第三届会员大会在太原市召开。",
        ("市作家协会第二届会员大会", "太原市", "meeting", "2023-08-04"),
    ),
    (
        "day-of-its-own",
        "市人大常委会8月4日决定，第五次专题论坛于8月20日举行。",
        ("第五次专题论坛", "meeting", "2023-08-20"),
    ),
    (
        "opening",
        "8月4日，全国陶瓷技艺大会召开。李建国出席开幕式。",
        ("全国陶瓷技艺大会开幕式", "ceremony", "2023-08-04"),
    ),
    (
        "studied",
        "8月4日，市长李建国主持会议，传达学习全国林业发展大会精神。8月4日，太原市召开绿化座谈会。",
        ("绿化座谈会", "太原市", "meeting", "2023-08-04"),
    ),
    ("encounter", "8月4日，市长李建国会见马丽华一行。", ("李建国会见马丽华", "encounter", "2023-08-04")),
]


@pytest.mark.parametrize(("shape", "text", "row"), HAPPENINGS, ids=[h[0] for h in HAPPENINGS])
def test_happening(shape: str, text: str, row: tuple[str, ...]) -> None:
    assert row in rows(read(text, date="2023-08-05", place="山西省太原市"), "event", "kind", "date")


NOT_TOLD = [
    "要召开好每月的调度会，切实抓好落实。",
    "李建国指出，要深入调研企业困难。",
    "会议学习了上级工作会议精神。",
    "当地产业发展迅速，社会活动丰富。",
    "协会通过举办单项赛事促进交流。",
    "该楼盘主打“实时签约、拎包入住”。",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_wishes_and_what_is_studied_are_no_happenings(text: str) -> None:
    assert not rows(read(text, date="2023-08-05"), "event")


def test_a_happening_told_again_is_one() -> None:
    found = read(
        "8月4日，全市科技创新大会召开。市长李建国出席会议。会议由马丽华主持。本次大会为期一天。",
        date="2023-08-05",
        place="山西省太原市",
    )
    assert {e.name for e in found.entities if e.type == "event"} == {"全市科技创新大会"}


SAME = [
    "8月4日，李建国、马丽华为青河文学馆揭牌。揭牌仪式在太原市举行。",
    "8月4日，青河村首届西瓜开园节举行。李建国在开园仪式上讲话。",
    "8月4日，青河文学馆揭牌仪式在太原市举行。李建国与马丽华共同为青河文学馆揭牌。",
    "8月4日，太原市政府与青河大学签署合作备忘录。双方签订合作备忘录。",
    "8月4日，第九届世界大学生青河运动会在太原市开幕。市民期待大运会举行。",
]


@pytest.mark.parametrize("text", SAME)
def test_other_words_for_a_happening_are_no_other_one(text: str) -> None:
    found = read(text, date="2023-08-05", place="山西省太原市")
    assert len([e for e in found.entities if e.type == "event"]) == 1


def test_sessions_of_other_members_are_two() -> None:
    text = "8月4日，青河市侨联召开六届六次全委会议。会前，还召开了六届六次主席会议。"
    assert {r[0] for r in rows(read(text, date="2023-08-05"), "event")} == {"六届六次全委会议", "六届六次主席会议"}


def test_a_session_that_decides_is_told() -> None:
    text = "3月28日，青河省十四届人大常委会第二次会议决定，任命王文杰为副省长。"
    assert "青河省十四届人大常委会第二次会议" in {r[0] for r in rows(read(text, date="2023-08-05"), "event")}


def test_a_body_is_no_meeting() -> None:
    assert not rows(read("下一届主办城市代表王文杰来自德国联邦议会。"), "event")


ROLES = [
    (
        "list",
        "市长李建国，副市长马丽华，秘书长王文杰出席。",
        {("李建国", "attend"), ("马丽华", "attend"), ("王文杰", "attend")},
    ),
    ("two-roles", "市长李建国出席并讲话。", {("李建国", "attend"), ("李建国", "speak")}),
    ("preside", "副市长马丽华主持会议。", {("马丽华", "preside")}),
    ("passive", "会议由副市长马丽华主持。", {("马丽华", "preside")}),
    ("one-verb-each", "市长李建国主持会议，副市长马丽华作工作报告。", {("李建国", "preside"), ("马丽华", "speak")}),
]


@pytest.mark.parametrize(("shape", "text", "expected"), ROLES, ids=[r[0] for r in ROLES])
def test_role(shape: str, text: str, expected: set[tuple[str, str]]) -> None:
    found = read(f"8月4日，全市科技创新大会召开。{text}", date="2023-08-05", place="山西省太原市")
    told = {
        (person, role) for person, event, role in rows(found, "participation", "role") if event == "全市科技创新大会"
    }
    assert expected <= told
    people = {person for person, _ in expected}
    assert {t for t in told if t[0] in people and t[1] != "attend"} == {t for t in expected if t[1] != "attend"}


def test_who_speaks_is_there_and_the_reason_is_given() -> None:
    found = read("8月4日，全市科技创新大会召开。副市长马丽华致辞。", date="2023-08-05")
    (there,) = [f for f in found.facts if f.kind == "participation" and f.qualifier("role") == "attend"]
    assert there.status == "inferred"
    assert there.reason


HOLDERS = [
    ("before", "8月4日，青河大学举办校园安全论坛。", ("青河大学", "校园安全论坛", "organize")),
    ("by", "校园安全论坛8月4日举行。论坛由青河大学主办。", ("青河大学", "校园安全论坛", "organize")),
    ("of-the-name", "由青河大学主办的校园安全论坛8月4日在太原市举行。", ("青河大学", "校园安全论坛", "organize")),
    ("place", "祁县召开春季防汛工作推进会。", ("祁县", "春季防汛工作推进会", "organize")),
]


@pytest.mark.parametrize(("shape", "text", "row"), HOLDERS, ids=[h[0] for h in HOLDERS])
def test_holder(shape: str, text: str, row: tuple[str, ...]) -> None:
    assert row in rows(read(text, date="2023-08-05"), "participation", "role")


TOURS = [
    ("sites", "市长李建国先后来到青河公园、清源大学调研。", {("李建国", "青河公园"), ("李建国", "清源大学")}),
    (
        "group",
        "市长李建国调研城市建设。调研组一行先后到青河公园、清源大学。",
        {("李建国", "青河公园"), ("李建国", "清源大学")},
    ),
    ("left-out", "市长李建国走进青河公园，之后前往清源大学。", {("李建国", "青河公园"), ("李建国", "清源大学")}),
    ("stop", "市长李建国调研城市建设。在青河公园，李建国详细了解绿化情况。", {("李建国", "青河公园")}),
    ("looked-around", "在青河公园，李建国详细了解绿化情况。", {("李建国", "青河公园")}),
    ("one-character", "省长李建国率队来并调研。", {("李建国", "太原市")}),
    ("between", "副总理马丽华于19日至22日访问印度。", {("马丽华", "印度")}),
    ("there", "省长李建国在忻州市考察时指出，要抓好春耕。", {("李建国", "忻州市")}),
    ("abroad", "国务卿布林肯访华。", {("布林肯", "中国")}),
]


@pytest.mark.parametrize(("shape", "text", "expected"), TOURS, ids=[t[0] for t in TOURS])
def test_tour(shape: str, text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= rows(read(text, place="山西省太原市"), "visit")


def test_a_video_link_is_no_visit() -> None:
    assert not rows(read("市长李建国视频连线来到青河公园的值守人员。"), "visit")


MEETINGS = [
    ("receives", "市长李建国会见马丽华一行。", {("李建国", "马丽华")}),
    ("with", "市长李建国与董事长马丽华举行会谈。", {("李建国", "马丽华")}),
    (
        "over-commas",
        "李建国与青河大学校长马丽华，清源大学校长王文杰举行会谈。",
        {("李建国", "马丽华"), ("李建国", "王文杰")},
    ),
]


@pytest.mark.parametrize(("shape", "text", "expected"), MEETINGS, ids=[m[0] for m in MEETINGS])
def test_meeting(shape: str, text: str, expected: set[tuple[str, str]]) -> None:
    found = read(text)
    assert rows(found, "meeting") == expected
    assert {p for pair in expected for p in pair} == {
        p for p, _, role in rows(found, "participation", "role") if role == "meet"
    }


def test_who_greets_a_guest_meets_the_guest() -> None:
    assert rows(read("李建国对马丽华一行的到来表示欢迎。"), "meeting") == {("李建国", "马丽华")}


def test_whom_one_calls_on_one_meets() -> None:
    assert rows(read("市长李建国看望了马丽华。"), "meeting") == {("李建国", "马丽华")}
    assert not rows(read("市长李建国指出，要看望马丽华。"), "meeting")


def test_leaders_who_tour_apart_have_a_tour_each() -> None:
    text = "8月4日，李建国、马丽华、王文杰分别走访慰问部队官兵。李建国来到青河公园。马丽华来到清源大学。"
    tours = {
        r[:2] for r in rows(read(text, date="2023-08-05", place="山西省太原市"), "event", "kind") if r[-1] == "visit"
    }
    assert {("李建国来到青河公园", "青河公园"), ("马丽华来到清源大学", "清源大学")} <= tours


def test_evidence_is_one_sentence() -> None:
    text = "8月4日，全市科技创新大会召开。市长李建国出席并讲话。副市长马丽华主持。"
    found = read(text, date="2023-08-05")
    assert found.facts
    for fact in found.facts:
        assert "。" not in found.quote(fact)[:-1]


def test_a_bridge_is_opened_not_its_county() -> None:
    found = rows(read("8月3日，青河县新桥正式通车。", date="2023-08-04"), "event", "kind", "date")
    assert found == {("青河县新桥正式通车", "青河县", "launch", "2023-08-03")}


def test_a_name_keeps_the_places_whose_it_is() -> None:
    found = rows(read("6月2日，湖州、嘉兴两市人大常委会协作工作座谈会在嘉兴举行。"), "event", "kind")
    assert found == {("湖州、嘉兴两市人大常委会协作工作座谈会", "嘉兴", "meeting")}
