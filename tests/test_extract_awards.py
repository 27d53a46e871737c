"""Prizes and honours of made-up winners."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

EXAMPLES = [
    ("won", "周大同荣获山西省科技进步奖。", {("周大同", "山西省科技进步奖")}),
    ("won", "他叫周大同。周大同先后荣获“太原好人”“优秀志愿者”等荣誉称号。", {
        ("周大同", "太原好人"), ("周大同", "优秀志愿者"),
    }),
    ("honoured", "孙文静被评为“山西省劳动模范”。", {("孙文静", "山西省劳动模范")}),
    ("given", "会议授予李晓明“太原好人”称号。", {("李晓明", "太原好人")}),
    ("given", "市长周大同为李晓明授锦旗、颁发荣誉证书。", {("李晓明", "锦旗"), ("李晓明", "荣誉证书")}),
    ("given", "会议将太原文学奖授予作家孙文静。", {("孙文静", "太原文学奖")}),
    ("won", "李晓明获得第3届、第4届太原跳水锦标赛女子冠军。", {
        ("李晓明", "第3届太原跳水锦标赛女子冠军"), ("李晓明", "第4届太原跳水锦标赛女子冠军"),
    }),
    ("won", "李晓明、孙文静分别获得一等奖、特等奖。", {("李晓明", "一等奖"), ("孙文静", "特等奖")}),
    ("won", "李晓明在男子跳远决赛中摘得金牌。", {("李晓明", "男子跳远金牌")}),
    ("won", "周大同，男，1969年9月生。曾获太原市科技进步奖。", {("周大同", "太原市科技进步奖")}),
    ("won-before", "太原文学奖揭晓，周大同《大河》、孙文静《小满》获此殊荣。", {
        ("周大同", "太原文学奖"), ("孙文静", "太原文学奖"),
    }),
    ("honoured", "“太原城市大脑”获评山西省“十佳应用”。", {("太原城市大脑", "山西省“十佳应用”")}),
    ("commended", "会上对周大同、孙文静等2名先进个人进行了表彰。", {("周大同", "先进个人"), ("孙文静", "先进个人")}),
    ("holder", "世界冠军孙文静来到学校。", {("孙文静", "世界冠军")}),
    ("champion", "孙文静在2021年太原马拉松锦标赛中夺冠。", {("孙文静", "2021年太原马拉松锦标赛冠军")}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), EXAMPLES, ids=[e[1][:10] for e in EXAMPLES])
def test_example_of_a_rule(rule: str, text: str, expected: set[tuple[str, ...]]) -> None:
    found = read(text)
    assert rows(found, "award", "award") == expected
    assert {f.rule for f in found.facts if f.kind == "award"} == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "周大同希望获得山西省科技进步奖。",
        "周大同获得广泛支持。",
        "为荣获太原市科技进步奖的同志颁奖。",
        "小组赛后，山西队无缘冠军。",
    ],
)
def test_nothing_won(text: str) -> None:
    assert rows(read(text), "award", "award") == set()
