"""Who took part, and as what: every shape of a role with a made-up sentence."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

MEETING = "8月4日，全市科技创新大会召开。"
AT_MEETING = [
    (
        "group-last",
        "市长李建国，副市长马丽华，市财政局负责人等出席会议。",
        {("李建国", "attend"), ("马丽华", "attend")},
    ),
    ("group-between", "市长李建国，有关部门负责同志，副市长马丽华参加。", {("李建国", "attend"), ("马丽华", "attend")}),
    ("opening", "市长李建国出席大会开幕式。", {("李建国", "attend")}),
    ("hands", "市长李建国、副市长马丽华共同按下启动按钮。", {("李建国", "attend"), ("马丽华", "attend")}),
    ("invited", "大会邀请青河大学教授王文杰、北山大学教授赵志强授课。", {("王文杰", "attend"), ("赵志强", "attend")}),
    ("act-light", "副市长马丽华就全市创新工作作了专题说明。", {("马丽华", "speak")}),
    (
        "act-alone",
        "李建国、马丽华、王文杰围绕创新生态协商建言。",
        {("李建国", "speak"), ("马丽华", "speak"), ("王文杰", "speak")},
    ),
    ("heard", "会议听取了市财政局关于上半年工作的汇报。", {("太原市财政局", "speak")}),
    ("states-known", "市长李建国出席会议。他指出，创新是第一动力。", {("李建国", "attend"), ("李建国", "speak")}),
]


@pytest.mark.parametrize(("shape", "text", "expected"), AT_MEETING, ids=[a[0] for a in AT_MEETING])
def test_role_at_a_meeting(shape: str, text: str, expected: set[tuple[str, str]]) -> None:
    found = read(MEETING + text, date="2023-08-05", place="山西省太原市")
    assert expected <= {
        (who, role) for who, event, role in rows(found, "participation", "role") if event == "全市科技创新大会"
    }


def test_a_bare_word_means_what_the_article_is_about() -> None:
    text = "8月4日，全市科技创新大会召开。会议指出，要落实好上月召开的全省防汛工作会议精神。市长李建国出席会议。"
    told = rows(read(text, date="2023-08-05", place="山西省太原市"), "participation", "role")
    assert ("李建国", "全市科技创新大会", "attend") in told
    assert not [row for row in told if row[0] == "李建国" and row[1] != "全市科技创新大会"]


def test_company_is_kept_on_the_tour() -> None:
    text = "8月4日，市长李建国到青河县调研老旧小区改造工作并召开座谈会。副市长马丽华陪同调研。"
    told = rows(read(text, date="2023-08-05", place="山西省太原市"), "participation", "role")
    assert ("马丽华", "调研老旧小区改造工作", "accompany") in told


def test_a_name_that_begins_with_a_body_tells_who_holds_it() -> None:
    told = rows(read("8月4日，青河集团2023年年中工作会议召开。", date="2023-08-05"), "participation", "role")
    assert ("青河集团", "organize") in {(who, role) for who, _, role in told}


def test_who_speaks_elsewhere_does_not_speak_at_the_meeting() -> None:
    text = "8月4日，全市科技创新大会召开。记者致电青河集团，经理王文杰说，产品已经上市。"
    told = rows(read(text, date="2023-08-05", place="山西省太原市"), "participation", "role")
    assert ("王文杰", "全市科技创新大会", "attend") not in told


def test_what_a_verb_and_a_word_for_workers_say_is_no_list() -> None:
    found = read("8月4日，县总工会、县人社局联合举办职工技能大赛，县总工会主席王文杰出席并致辞。", date="2023-08-05")
    assert {r[0] for r in rows(found, "participation", "role") if r[2] == "speak"} == {"王文杰"}


def test_a_group_at_the_end_of_a_list_does_not_break_it() -> None:
    found = read(
        "8月4日，全县经济工作会议召开。县长赵志强、县政协主席陈明华、部分县级领导干部，各乡镇党委书记出席会议。",
        date="2023-08-05",
    )
    attending = {r[0] for r in rows(found, "participation", "role") if r[2] == "attend"}
    assert {"赵志强", "陈明华"} <= attending


def test_whom_one_speaks_for_does_not_speak() -> None:
    found = read("8月4日，全市科协代表大会开幕。王文杰代表市委、市政府致辞。", date="2023-08-05")
    assert {r[0] for r in rows(found, "participation", "role") if r[2] == "speak"} == {"王文杰"}


def test_what_is_announced_has_its_people() -> None:
    found = read("青河市政府8月4日宣布，市长王文杰将于8月29日赴上海参加双城论坛。", date="2023-08-05")
    assert ("王文杰", "双城论坛", "attend") in rows(found, "participation", "role")


def test_whose_article_it_is_speaks_not_whom_he_quotes() -> None:
    found = read(
        "8月4日，王文杰出席青河合作论坛并讲话。\n王文杰表示，合作前景广阔。赵志强指出，开放是共同的责任。",
        date="2023-08-05",
    )
    assert "赵志强" not in {r[0] for r in rows(found, "participation", "role")}
