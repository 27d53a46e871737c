"""Nesting printed in names, and documents with their parties."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

NESTED = [
    ("place-in-place", "活动在浙江省湖州市举行。", ("湖州市", "浙江省")),
    ("department-cut-from-name", "北京大学第一医院发布公告。", ("北京大学第一医院", "北京大学")),
    ("department-of-body", "河南省委召开会议。河南省委组织部发布公告。", ("河南省委组织部", "河南省委")),
    ("body-of-place", "活动在太原市举行。太原市公安局发布通报。", ("太原市公安局", "太原市")),
    ("unit-after-body", "会后，他询问了山西焦煤集团东曲矿的生产状况。", ("东曲矿", "山西焦煤集团")),
    ("located-in", "青河市图书馆位于泰顺县。", ("青河市图书馆", "泰顺县")),
]


@pytest.mark.parametrize(("rule", "text", "pair"), NESTED, ids=[n[0] for n in NESTED])
def test_nesting(rule: str, text: str, pair: tuple[str, str]) -> None:
    found = read(text)
    assert pair in rows(found, "hierarchy")
    assert rule in {f.rule for f in found.facts}


def test_geography_is_inferred_with_its_reason() -> None:
    found = read("忻州市代表团来访。山西近年来发展迅速。")
    facts = [f for f in found.facts if f.rule == "geography"]
    assert [(f.subject, f.object, f.status) for f in facts] == [("place:忻州市", "place:山西", "inferred")]
    assert facts[0].reason


def test_no_county_holds_a_province() -> None:
    assert not rows(read("南京市江苏省委会议。"), "hierarchy") & {("江苏省", "南京市")}


SIGNED = [
    ("两方", "青河大学与清源大学签署战略合作协议。", {("青河大学", "战略合作协议"), ("清源大学", "战略合作协议")}),
    ("发布", "生态环境部发布《中国生态环境状况公报》。", {("生态环境部", "中国生态环境状况公报")}),
    (
        "两市",
        "太原、忻州两市人大常委会共同签署协作协议。",
        {("太原市人大常委会", "协作协议"), ("忻州市人大常委会", "协作协议")},
    ),
]


@pytest.mark.parametrize(("shape", "text", "expected"), SIGNED, ids=[s[0] for s in SIGNED])
def test_signing(shape: str, text: str, expected: set[tuple[str, str]]) -> None:
    assert rows(read(text), "signing") == expected


def test_a_refusal_is_no_signing() -> None:
    assert not rows(read("该国尚未签署该公约。法国没有签署这份协议。"), "signing")


def test_who_sends_a_report_owns_no_place() -> None:
    found = read("中新网利兹7月20日电 (记者 周立新)中国驻英国大使在利兹会见该市市长。")
    assert all(parent != "中新网" for _, parent in rows(found, "hierarchy"))


def test_it_is_the_site_that_lies_there() -> None:
    found = read("俄罗斯国防部表示，俄军打击了乌军位于哈尔科夫的指挥所。")
    assert ("乌军", "哈尔科夫") not in rows(found, "hierarchy")


def test_a_school_belongs_to_its_university() -> None:
    found = read("清河大学附属中学举行开学典礼。")
    assert ("清河大学附属中学", "清河大学") in rows(found, "hierarchy")
