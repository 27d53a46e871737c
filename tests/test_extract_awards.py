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
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), EXAMPLES, ids=[e[1][:10] for e in EXAMPLES])
def test_example_of_a_rule(rule: str, text: str, expected: set[tuple[str, ...]]) -> None:
    found = read(text)
    assert rows(found, "award", "award") == expected
    assert {f.rule for f in found.facts if f.kind == "award"} == {rule}


@pytest.mark.parametrize("text", ["周大同希望获得山西省科技进步奖。", "周大同获得广泛支持。"])
def test_nothing_won(text: str) -> None:
    assert rows(read(text), "award", "award") == set()
