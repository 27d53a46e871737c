"""When and where made-up happenings took place."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

DAYS = [
    ("记者5月3日从市文旅局获悉，首届青河论坛将于5月20日在太原举行。", "2023-05-20"),
    ("首届青河论坛5月3日在太原举行。", "2023-05-03"),
    ("4月30日晚至5月1日凌晨，首届青河论坛在太原举行。", "2023-04-30"),
]


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[d[0][:16] for d in DAYS])
def test_the_day_of_a_happening(text: str, day: str) -> None:
    assert ("首届青河论坛", day) in {(e, d) for e, *_, d in rows(read(text, date="2023-05-04"), "event", "date")}


PLACES = [
    ("在山西太原，钟楼今天重新开放，当地还在楼下举行了非遗体验活动。", "非遗体验活动", "太原"),
    ("5月3日，周大同在太原市小店区，为首届青河论坛揭牌。", "首届青河论坛", "小店区"),
    ("在周大同的主持下，首届青河论坛5月3日召开。", "首届青河论坛", ""),
]


@pytest.mark.parametrize(("text", "event", "place"), PLACES, ids=[p[0][:16] for p in PLACES])
def test_the_place_of_a_happening(text: str, event: str, place: str) -> None:
    found = rows(read(text, date="2023-05-04"), "event")
    assert any(row[0].endswith(event) and (row[1:] or ("",))[0] == place for row in found), found
