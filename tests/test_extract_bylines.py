"""Bylines and credits of made-up reporters."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

EXAMPLES = [
    ("role-before", "本报讯（记者 赵一鸣 通讯员 周大同）6月2日，会议举行。", {
        ("赵一鸣", "reporter"), ("周大同", "correspondent"),
    }),
    ("role-marked", "责任编辑：李晓明", {("李晓明", "editor")}),
    ("role-marked", "摄影：孙文静", {("孙文静", "photographer")}),
    ("role-after", "会议现场。（孙文静 摄）", {("孙文静", "photographer")}),
    ("closing-names", "活动圆满结束。（赵一鸣 李晓明）", {("赵一鸣", "reporter"), ("李晓明", "reporter")}),
    ("closing-names", "太原新闻网8月9日电（赵一鸣）会议今天举行。", {("赵一鸣", "reporter")}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), EXAMPLES, ids=[e[1][:10] for e in EXAMPLES])
def test_example_of_a_rule(rule: str, text: str, expected: set[tuple[str, ...]]) -> None:
    found = read(text)
    assert rows(found, "byline", "role") == expected
    assert {f.rule for f in found.facts if f.kind == "byline"} == {rule}


@pytest.mark.parametrize(
    "text", ["记者从会上获悉，工程已经完工。", "周大同告诉记者，收成很好。", "冠军（周大同）与亚军都来自太原。"]
)
def test_no_byline(text: str) -> None:
    assert rows(read(text), "byline", "role") == set()


def test_names_of_a_byline_are_persons() -> None:
    found = read("编辑 李晓明 校对 孙文静")
    assert {e.name for e in found.entities if e.type == "person"} >= {"李晓明", "孙文静"}
