"""Public acts that plain verbs tell: who did what, when, and what is no happening."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

ACTS = [
    ("force", "俄军8月3日摧毁乌军弹药库。", "摧毁乌军弹药库", {("俄军", "perpetrator"), ("乌军", "victim")}),
    (
        "towards",
        "美国商务部8月3日对青河公司发起反倾销调查。",
        "美国商务部对青河公司发起反倾销调查",
        {("美国商务部", "organize")},
    ),
    ("state", "印度政府8月3日解除大米出口禁令。", "解除大米出口禁令", {("印度政府", "organize")}),
    (
        "raised",
        "青河省防汛抗旱指挥部8月3日将防汛应急响应提升至二级。",
        "青河省防汛抗旱指挥部将防汛应急响应提升至二级",
        {("青河省防汛抗旱指挥部", "organize")},
    ),
    ("firm", "青河智能科技有限公司8月3日停牌。", "青河智能科技有限公司停牌", {("青河智能科技有限公司", "organize")}),
    (
        "person",
        "王建军8月3日向人民英雄纪念碑敬献花圈。",
        "敬献花圈",
        {("王建军", "other")},
    ),
]


@pytest.mark.parametrize(("shape", "text", "label", "roles"), ACTS, ids=[c[0] for c in ACTS])
def test_an_act_has_its_day_and_who_did_it(shape: str, text: str, label: str, roles: set[tuple[str, str]]) -> None:
    found = read(text, date="2022-08-04")
    told = {(row[0], row[-1]) for row in rows(found, "event", "date")}
    assert any(label in name for name, day in told if day == "2022-08-03"), told
    assert {(who, role) for who, _, role in rows(found, "participation", "role")} == roles


def test_who_acts_in_what_is_reported_is_not_who_reports_it() -> None:
    text = "俄罗斯国防部29日称，俄军再控制一个居民点，并在哈尔科夫方向击退乌军攻势。"
    found = rows(read(text, date="2022-07-30"), "participation", "role")
    assert {(who, role) for who, _, role in found if role != "victim"} == {
        ("俄军", "perpetrator"),
        ("俄军", "organize"),
    }


def test_a_police_force_still_arrests_and_a_team_still_wins() -> None:
    police = rows(read("8月3日，青河市公安局控制犯罪嫌疑人陈某。"), "event", "kind")
    team = rows(read("中国女排3日击退日本女排，夺得冠军。", date="2022-08-04"), "event", "kind")
    assert {row[-1] for row in police} == {"legal"}
    assert "competition" in {row[-1] for row in team}


@pytest.mark.parametrize(
    "text",
    [
        "如果美国恢复制裁，局势将恶化。",
        "每年8月，青河机场都会取消部分航班。",
        "陈建国呼吁印度政府解除大米出口禁令。",
        "8月3日，青河市委召开会议，部署秋季防火工作。",
        "2010年，印度政府解除了大米出口禁令。",
        "截至8月3日，青河省应急管理厅累计转移群众2000余人。",
    ],
)
def test_wishes_habits_sums_and_what_a_meeting_dealt_with_are_no_acts(text: str) -> None:
    found = read(text, date="2022-08-04")
    assert not [fact for fact in found.facts if fact.kind == "event" and fact.rule.startswith("act-")]


def test_one_happening_where_two_verbs_of_a_clause_tell_it() -> None:
    found = read("俄罗斯外交部11日宣布驱逐两名外交官。", date="2022-08-12")
    assert len(rows(found, "event", "kind")) == 1
