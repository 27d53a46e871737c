"""Contests and elections: who takes part, wins and loses."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

SHAPES = [
    (
        "team",
        "由张伟明、李国强组成的山西队夺得男子4×100米接力冠军。",
        {("山西队", "win"), ("张伟明", "compete"), ("李国强", "compete")},
    ),
    ("named", "张伟明在2021年青河马拉松锦标赛中夺冠。", {("张伟明", "win")}),
    ("beat", "在2021年青河足球锦标赛半决赛中，山西队以2比1战胜河南队。", {("山西队", "win"), ("河南队", "lose")}),
]


@pytest.mark.parametrize(("shape", "text", "expected"), SHAPES, ids=[s[0] for s in SHAPES])
def test_who_wins(shape: str, text: str, expected: set[tuple[str, str]]) -> None:
    found = rows(read(text), "participation", "role")
    assert {(who, role) for who, _, role in found} >= expected
    assert len({event for _, event, _ in found}) == 1


def test_a_discipline_names_its_contest_and_says_so() -> None:
    found = read("张伟明摘得男子20公里竞走金牌。")
    events = [f for f in found.facts if f.kind == "event"]
    assert [(f.subject, f.status) for f in events] == [("event:男子20公里竞走决赛", "inferred")]


def test_long_and_short_names_of_the_same_games_are_one() -> None:
    found = read("第31届世界大学生夏季运动会在成都举行。志愿者为成都大运会服务。")
    contests = {row[0] for row in rows(found, "event", "kind") if row[-1] == "competition"}
    assert len(contests) == 1


def test_games_of_other_places_stay_two() -> None:
    found = read("她获得过2004年雅典奥运会冠军和2008年北京奥运会冠军。")
    contests = {row[0] for row in rows(found, "event", "kind") if row[-1] == "competition"}
    assert {"2004年雅典奥运会", "2008年北京奥运会"} <= contests


def test_the_right_to_hold_games_is_no_win_in_them() -> None:
    found = read("3月，大连市成功获得2024年足球世界杯举办权。")
    kinds = {row[-1] for row in rows(found, "event", "kind") if "举办权" in row[0]}
    assert kinds == {"other"}


def test_an_election_is_a_contest() -> None:
    found = read("李国强在青河市长选举中败给张伟明。")
    assert {(w, r) for w, _, r in rows(found, "participation", "role")} == {("李国强", "lose"), ("张伟明", "win")}


def test_hope_of_a_prize_is_no_win() -> None:
    assert not rows(read("山西队希望夺得冠军。"), "participation", "role")


def test_the_object_of_the_verb_before_wins_nothing() -> None:
    found = rows(
        read("6月2日，男子团体决赛，青河队3比1战胜白沙队夺得金牌。", date="2022-06-03"), "participation", "role"
    )
    assert found == {("青河队", "男子团体决赛", "win"), ("白沙队", "男子团体决赛", "lose")}


def test_the_round_that_is_reached_is_not_the_one_that_was_won() -> None:
    found = rows(read("6月2日，青河队击败白沙队，晋级青河杯决赛。", date="2022-06-03"), "participation", "role")
    assert ("青河队", "青河杯决赛", "win") not in found
    assert ("白沙队", "lose") in {(who, role) for who, _, role in found}
