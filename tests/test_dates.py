"""Dates as printed and the days they mean: examples, and properties over all days."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.dates import _Known, dates_in, number, read_dates

PRINTED = [
    # text, publication date, values
    ("6月2日，会议举行。", "2022-06-03", ["2022-06-02"]),
    ("6月2日，会议举行。", "", ["--06-02"]),
    ("2022年6月2日上午", "", ["2022-06-02"]),
    ("二〇二二年六月二日", "", ["2022-06-02"]),
    ("今天（19日）下午", "2023-07-19", ["2023-07-19", "2023-07-19"]),
    ("昨日，大会闭幕。", "2023-03-01", ["2023-02-28"]),
    ("日前，两家公司签约。", "2023-03-01", [""]),
    ("15日，他到任。", "2023-08-20", ["2023-08-15"]),
    ("31日，他到任。", "2023-09-02", ["2023-08-31"]),
    ("今年4月开工，同年11月完工。", "2021-12-01", ["2021-04", "2021-11"]),
    ("1月6日，消息公布。", "2023-08-05", ["2023-01-06"]),
    ("1月6日", "2023-12-20", ["2024-01-06"]),
    ("2020年1月任局长，6月任市长。", "2023-08-05", ["2020-01", "2020-06"]),
    ("代表团31日前往临江。", "2023-09-02", ["2023-08-31"]),
    ("请于31日前报名。", "2023-09-02", []),
    ("去年9月", "2021-12-01", ["2020-09"]),
    ("12月28日", "2023-01-05", ["2022-12-28"]),
    ("7月12日至15日，他访问三国。", "2023-07-20", ["2023-07-12"]),
    ("8月14～15日", "2023-08-18", ["2023-08-14"]),
    ("8月中下旬至9月上旬", "2023-08-18", ["2023-08"]),
    ("7月29日开会。2019年12月起施行。同日闭会。", "2023-08-01", ["2023-07-29", "2019-12", "2023-07-29"]),
    ("7月7日—9日", "2023-07-20", ["2023-07-07"]),
    ("7月30日，暴雨。当天，水位上涨。", "2023-08-01", ["2023-07-30", "2023-07-30"]),
    ("7月19日上午调研，19日晚开会。", "2023-08-01", ["2023-07-19", "2023-07-19"]),
    ("新华社太原8月18日电 代表团17日抵达。", "", ["--08-18", "--08-17"]),
    ("上周五", "2023-08-01", ["2023-07-28"]),
    ("2021年毕业", "", ["2021"]),
    ("每年7月1日放假，农历六月初八赶集。", "2023-08-01", []),
    ("3日内完成，24小时值班，第1日。", "2023-08-01", []),
]


@pytest.mark.parametrize(("text", "published", "values"), PRINTED, ids=[p[0] for p in PRINTED])
def test_printed_dates(text: str, published: str, values: list[str]) -> None:
    assert [d.value for d in dates_in(text, published)] == values


def test_what_context_fills_in_is_said() -> None:
    (found,) = dates_in("15日，他到任。", "2023-08-20")
    assert found.reason
    (printed,) = dates_in("2023年8月15日，他到任。", "2023-08-20")
    assert not printed.reason


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)))
def test_a_full_date_means_itself(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日", f"{day.isoformat()} 12:00"):
        assert [d.value for d in dates_in(text, "2023-08-01")] == [day.isoformat()]


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(-200, 92))
def test_a_day_without_year_is_the_one_near_the_publication(published: date, shift: int) -> None:
    day = published + timedelta(shift)
    (found,) = dates_in(f"{day.month}月{day.day}日", published.isoformat())
    assert found.value == day.isoformat()


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(0, 25))
def test_a_day_alone_is_of_the_last_weeks(published: date, back: int) -> None:
    day = published - timedelta(back)
    (found,) = dates_in(f"{day.day}日，", published.isoformat())
    assert found.value == day.isoformat()


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)))
def test_words_for_days_count_from_the_publication(published: date) -> None:
    values = [d.value for d in dates_in("昨日、今日、明日", published.isoformat())]
    assert values == [(published + timedelta(n)).isoformat() for n in (-1, 0, 1)]


@given(
    st.text(alphabet="0123456789年月日今去昨上周三至初一二十〇零前近连 ，", max_size=40),
    st.sampled_from(["", "2024-02-29"]),
)
def test_values_are_iso_or_empty_and_spans_lie_in_order(text: str, published: str) -> None:
    end = 0
    for found in dates_in(text, published):
        assert re.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?", found.value)
        assert end <= found.start < found.end <= len(text)
        end = found.end


@given(st.integers(1, 99))
def test_numbers_in_chinese(value: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    text = (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones else "")
    assert number(text) == value == number(str(value))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月3日，会议举行。次日，座谈会举行。", ["2023-05-03", "2023-05-04"]),
        ("5月3日，会议举行。前一天，代表报到。", ["2023-05-03", "2023-05-02"]),
        ("4月30日晚至5月1日凌晨，发生火灾。", ["2023-04-30"]),
    ],
)
def test_days_counted_from_the_one_before(text: str, expected: list[str]) -> None:
    assert [d.value for d in dates_in(text, "2023-05-04")] == expected


def test_a_day_alone_is_not_of_a_month_told_to_explain() -> None:
    text = "8日，会议举行。去年10月7日，协会成立。9日，会议闭幕。"
    known = _Known(date(2024, 6, 9), None, None, None)
    starts = [0, text.index("去年"), text.index("9日")]
    found = [read_dates(text, start, stop, known) for start, stop in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert [d.value for sentence in found for d in sentence] == ["2024-06-08", "2023-10-07", "2024-06-09"]


def test_a_day_alone_keeps_the_year_of_the_day_before() -> None:
    assert [d.value for d in dates_in("去年10月7日，会议举行，8日闭幕。", "2024-06-09")] == ["2023-10-07", "2023-10-08"]
