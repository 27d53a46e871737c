"""Administrative places and countries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language import gazetteer
from kg.language.names import normal_name


def test_a_name_is_found_in_short_and_in_full() -> None:
    assert gazetteer.find("太原") == gazetteer.find("太原市")
    prefecture = gazetteer.find("恩施州")
    assert prefecture is not None
    assert prefecture.name == "恩施土家族苗族自治州"
    assert gazetteer.find("没有这个地方") is None


def test_a_shared_name_needs_a_neighbour() -> None:
    assert gazetteer.find("鼓楼区") is None
    near = gazetteer.find("鼓楼区", "350100")
    assert near is not None
    assert near.code.startswith("3501")


def test_ancestors() -> None:
    district = gazetteer.find("小店区")
    assert district is not None
    city, province = gazetteer.ancestor(district, gazetteer.CITY), gazetteer.ancestor(district, gazetteer.PROVINCE)
    assert city is not None
    assert province is not None
    assert (city.name, province.name) == ("太原市", "山西省")


def test_every_parent_exists_and_is_higher() -> None:
    for division in gazetteer.divisions().values():
        above = gazetteer.parent(division)
        if division.level > gazetteer.PROVINCE:
            assert above is not None, division
            assert above.level < division.level, division


def test_abbreviations_and_compounds_name_divisions() -> None:
    for name in gazetteer.abbreviations().values():
        assert gazetteer.find(name) is not None, name
    assert gazetteer.compounds()["太忻"] == ("太原市", "忻州市")


@pytest.mark.parametrize(
    ("type_", "one", "other"),
    [
        ("organization", "中共太原市委", "太原市委"),
        ("organization", "太原市人民政府", "太原市政府"),
        ("organization", "党中央", "中共中央"),
        ("place", "太原", "太原市"),
        ("place", "海北州", "海北藏族自治州"),
        ("document", "《清河条例》", "清河条例"),
    ],
)
def test_names_that_are_one(type_: str, one: str, other: str) -> None:
    assert normal_name(type_, one) == normal_name(type_, other)


@given(st.text(max_size=20), st.sampled_from(["person", "organization", "place", "document"]))
def test_a_normal_name_is_its_own(name: str, type_: str) -> None:
    once = normal_name(type_, name)
    assert normal_name(type_, once) == once
