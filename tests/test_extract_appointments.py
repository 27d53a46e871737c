"""Appointments, elections, removals, resignations, nominations in made-up announcements."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

EXAMPLES = [
    ("verb-post", "李晓明同志任太原市委书记。", {("李晓明", "太原市委", "书记", "appointed")}),
    (
        "appoint-as",
        "会议决定任命孙文静、周大同为太原市商务局副局长。",
        {
            ("孙文静", "太原市商务局", "副局长", "appointed"),
            ("周大同", "太原市商务局", "副局长", "appointed"),
        },
    ),
    (
        "appoint-as",
        "会议选举周大同为太原市商会会长，孙文静为秘书长。",
        {("周大同", "太原市商会", "会长", "elected"), ("孙文静", "太原市商会", "秘书长", "elected")},
    ),
    ("remove-from", "免去李晓明的太原市商务局局长职务。", {("李晓明", "太原市商务局", "局长", "removed")}),
    ("resign-from", "会议接受李晓明辞去太原市市长职务的请求。", {("李晓明", "太原市", "市长", "resigned")}),
    ("verb-post", "周大同不再担任太原市委书记、常委、委员职务。", {
        ("周大同", "太原市委", "书记", "removed"),
        ("周大同", "太原市委", "常委", "removed"),
        ("周大同", "太原市委", "委员", "removed"),
    }),
    ("appoint-as", "决定任命：李晓明同志为太原市人民政府副市长。", {("李晓明", "太原市人民政府", "副市长", "appointed")}),
    ("appoint-as", "任命李晓明、周大同两名同志为太原市商务局副局长。", {
        ("李晓明", "太原市商务局", "副局长", "appointed"),
        ("周大同", "太原市商务局", "副局长", "appointed"),
    }),
    ("appoint-as", "会议推举山西宏达有限公司董事长周大同为太原市商会会长。", {("周大同", "太原市商会", "会长", "elected")}),
    ("listed-post", "决定任命：\n李晓明为太原市商务局局长；\n周大同为太原市教育局局长。\n免去：\n孙文静的太原市商务局局长职务。", {
        ("李晓明", "太原市商务局", "局长", "appointed"),
        ("周大同", "太原市教育局", "局长", "appointed"),
        ("孙文静", "太原市商务局", "局长", "removed"),
    }),
    ("post-by-person", "太原市委书记由李晓明担任。", {("李晓明", "太原市委", "书记", "appointed")}),
    ("verb-post", "5月31日，李晓明接替周大同，出任太原市公安局局长。", {("李晓明", "太原市公安局", "局长", "appointed")}),
    ("verb-post", "孙文静当选太原市商会会长。", {("孙文静", "太原市商会", "会长", "elected")}),
    ("verb-post", "孙文静拟任太原市商务局局长。", {("孙文静", "太原市商务局", "局长", "nominated")}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "sentence", "expected"), EXAMPLES, ids=[e[1][:14] for e in EXAMPLES])
def test_example_of_a_rule(rule: str, sentence: str, expected: set[tuple[str, ...]]) -> None:
    found = read(sentence)
    assert rows(found, "appointment", "title", "change") == expected
    assert rule in {f.rule for f in found.facts if f.kind == "appointment"}


def test_who_is_appointed_holds_the_post_and_a_nominee_does_not() -> None:
    appointed = read("李晓明同志任太原市委书记。")
    assert rows(appointed, "position", "title") == {("李晓明", "太原市委", "书记")}
    nominated = read("李晓明拟任太原市委书记。")
    assert rows(nominated, "position", "title") == set()


@pytest.mark.parametrize("sentence", ["周大同无缘出任太原市商会会长。", "周大同有意竞选太原市商会会长。"])
def test_a_post_never_held(sentence: str) -> None:
    assert rows(read(sentence), "appointment", "title") == set()


@pytest.mark.parametrize("sentence", ["李晓明在担任太原市市长期间多次调研。", "李晓明当时兼任太原市商会会长。"])
def test_a_post_held_all_the_while_is_no_change(sentence: str) -> None:
    found = read(sentence)
    assert rows(found, "appointment", "title") == set()
    assert len(rows(found, "position", "title")) == 1


def test_a_nominee_for_one_of_several_districts() -> None:
    found = read("李晓明现任太原市小店区副区长，拟任区委常委。")
    assert rows(found, "appointment", "title", "change") == {("李晓明", "区委", "常委", "nominated")}


def test_one_title_in_two_bodies() -> None:
    found = read("周大同任太原市商务局办公室和太原市教育局办公室主任。")
    assert rows(found, "position", "title") == {
        ("周大同", "太原市商务局办公室", "主任"),
        ("周大同", "太原市教育局办公室", "主任"),
    }


def test_name_that_is_also_a_place() -> None:
    found = read("省委决定：宁波同志任芜湖市委书记。")
    assert rows(found, "appointment", "title", "change") == {("宁波", "芜湖市委", "书记", "appointed")}


def test_a_relative_does_not_hold_the_post() -> None:
    assert rows(read("周大同的父亲担任太原市商会会长。"), "position", "title") == set()


def test_career_goes_on_without_a_name() -> None:
    found = read("李晓明出生于1970年。2015年任太原市商务局局长。")
    assert ("李晓明", "太原市商务局", "局长") in rows(found, "position", "title")
    assert all(f.reason for f in found.facts if f.kind == "appointment")


def test_all_whom_a_pronoun_means_are_appointed() -> None:
    found = read("钱立国致电周大同、李晓明、孙文静，祝贺他们就任太原市商会副会长。")
    assert rows(found, "appointment", "title") == {
        (name, "太原市商会", "副会长") for name in ("周大同", "李晓明", "孙文静")
    }


def test_an_unnamed_group_is_no_person_named_before() -> None:
    found = read("周大同律师受聘为太原市律师协会理事。此外，还有多名律师受聘为太原市律师协会会员。")
    assert rows(found, "appointment", "title") == {("周大同", "太原市律师协会", "理事")}


def test_what_the_office_gave_is_no_change() -> None:
    assert rows(read("该公司利用李晓明担任太原市商务局局长的职务便利开展合作。"), "appointment", "title") == set()


@pytest.mark.parametrize(
    "sentence",
    ["反对党要求罢免太原市商会会长周大同。", "太原市商会会长周大同拒绝辞职。", "太原市商会会长周大同辞职后出国。"],
)
def test_a_holder_who_stays_for_now(sentence: str) -> None:
    assert rows(read(sentence), "appointment", "change") == set()


def test_the_day_of_a_congratulation_is_not_that_of_the_election() -> None:
    found = read("8月4日，钱立国致电周大同，祝贺他当选太原市商会会长。", date="2023-08-05")
    assert ("周大同当选太原市商会会长", "appointment", "") in rows(found, "event", "kind", "date")
