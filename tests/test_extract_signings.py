"""Who signed or issued which document."""

from __future__ import annotations

from .extraction import read


def _signings(text: str) -> set[tuple[str, str]]:
    found = read(text, date="2023-08-03")
    names = {entity.key: entity.name for entity in found.entities}
    return {(names[f.subject], names[f.object]) for f in found.facts if f.kind == "signing" and f.status != "candidate"}


def test_a_document_signed_long_ago_is_not_signed_by_who_stands_in_another_clause() -> None:
    assert _signings("青河市与柳河市有着特殊的关系，百年前签订的《白石条约》影响深远。") == set()


def test_two_leaders_sign_in_one_list() -> None:
    text = "省委书记陈立新，省长吴建国召开会议，签发今年第1号总河长令。"
    assert {party for party, _ in _signings(text)} == {"陈立新", "吴建国"}


def test_a_committee_does_not_countersign_by_the_end_of_its_name() -> None:
    text = "陈立新收到青河市监察委员会签发的《立案通知书》。"
    assert _signings(text) == {("青河市监察委员会", "立案通知书")}
