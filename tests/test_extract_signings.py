"""Who signed or issued which document."""

from __future__ import annotations

from .extraction import read, rows


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


def test_a_pointing_word_means_the_body_named_last() -> None:
    found = read("记者从青河市教育局获悉，该局近日印发了《青河市中小学招生方案》。")
    assert ("青河市教育局", "青河市中小学招生方案") in rows(found, "signing")


def test_both_sides_are_the_two_named_last_together() -> None:
    found = read("5月3日，青河市人民政府与华新科技有限公司举行会谈。双方签署了《数字经济合作框架协议》。")
    assert {s for s, _ in rows(found, "signing")} == {"青河市人民政府", "华新科技有限公司"}


def test_who_is_spoken_of_signs_nothing() -> None:
    found = read("5月3日，海川集团与大明电机株式会社就海川集团收购东山电机在日本的业务签署备忘录。")
    assert {s for s, _ in rows(found, "signing")} == {"海川集团", "大明电机株式会社"}
