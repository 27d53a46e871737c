"""Front matter, keys of records, dates."""

from __future__ import annotations

import datetime

import pytest

from kg.read.metadata import front_matter, parse_date, record_metadata


def test_front_matter() -> None:
    yaml = "title: 甲市召开会议\ndate: 2022-06-03\nsource: 甲市日报\nurl: http://x.example/1\nplace: 甲市\nother: 1"
    text = f"---\n{yaml}\n---\n正文。"
    found = front_matter(text)
    assert dict(found.values) == {
        "title": "甲市召开会议",
        "date": "2022-06-03",
        "source": "甲市日报",
        "url": "http://x.example/1",
        "place": "甲市",
    }
    assert text[found.body :] == "正文。"
    assert not found.problems


@pytest.mark.parametrize("text", ["正文。", "---\n一句话。\n---\n正文。", "----\ntitle: 甲\n----\n", "", "---"])
def test_no_front_matter(text: str) -> None:
    found = front_matter(text)
    assert (dict(found.values), found.problems, found.body) == ({}, (), 0)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_body_begins_below_the_front_matter(newline: str) -> None:
    text = newline.join(["---", "title: 甲", "---", "", "正文。"])
    assert text[front_matter(text).body :] == f"{newline}正文。"


@pytest.mark.parametrize(
    ("yaml", "line", "problem"),
    [
        ("title: [甲\ndate: 2022-06-03", 3, "front matter is not YAML"),
        ("title: 甲: 乙", 2, "front matter is not YAML"),
        ("- title: 甲", 1, "front matter is not a list of key: value lines"),
        ("title: 甲\ndate: 2022-13-05", 3, "date '2022-13-05' is no day"),
        ("date: 13月", 2, "date '13月' is no day"),
    ],
)
def test_front_matter_that_cannot_be_read_is_placed_and_passed_over(yaml: str, line: int, problem: str) -> None:
    text = f"---\n{yaml}\n---\n正文。"
    found = front_matter(text)
    assert [place for place, _ in found.problems] == [line]
    assert problem in found.problems[0][1]
    assert text[found.body :] == "正文。"
    assert "date" not in found.values


def test_front_matter_that_is_not_closed() -> None:
    assert front_matter("---\ntitle: 甲\n正文。").problems == (
        (1, "front matter is not closed; put a line --- after it"),
    )


def test_keys_of_a_record() -> None:
    record = {
        "title": " 甲 \n乙 ",
        "date": datetime.datetime(2022, 6, 3, 8),
        "source": ["甲报", "乙报"],
        "url": None,
        "place": 7,
    }
    assert dict(record_metadata(record).values) == {
        "title": "甲 乙",
        "date": "2022-06-03",
        "source": "甲报、乙报",
        "place": "7",
    }


@pytest.mark.parametrize("date", [None, "", "null", float("nan")])
def test_a_record_without_date_is_no_problem(date: object) -> None:
    found = record_metadata({"date": date})
    assert (dict(found.values), found.problems) == ({}, ())


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022-06-03", "2022-06-03"),
        ("2022/6/3", "2022-06-03"),
        ("2022.6.3", "2022-06-03"),
        ("20220603", "2022-06-03"),
        ("2022-06-03T08:00:00+08:00", "2022-06-03"),
        ("2022年6月3日 星期五", "2022-06-03"),
        ("二〇二二年十二月二十一日", "2022-12-21"),
        ("民國111年6月3日", "2022-06-03"),
        ("民国元年十月十日", "1912-10-10"),
        ("2022-02-29", ""),
        ("2022-06", ""),
        ("6月3日", ""),
        ("22年6月3日", ""),
        ("昨天", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert parse_date(text) == date
