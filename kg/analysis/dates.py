"""Dates as they are printed, and the days they mean.

Two steps, after HeidelTime: a pattern reads what is printed into an underspecified date (``15日``, ``今年4月``, ``昨日``); a second
pass over the document fills in what is missing from the publication date, the dateline or the date named last.

Values are ISO 8601: ``2022-06-02``, ``2021-04``, ``2021``; ``--06-02`` where no year is to be had; empty where the day cannot be
told (``日前``). A span (``6月2日至4日``) is its first day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kg.analysis.calendar_days import near, parse, previous, valid
from kg.analysis.document import Document

_DIGITS = "0-9０-９〇零一二三四五六七八九十廿卅"
_NUMBER = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {"零": 0, "廿": 20, "卅": 30}
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][九〇零][〇零一二三四五六七八九]{2})\s*年"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])(?:\s*(?:至|到|—+|-+|－+|~|～|–|、|和|及)\s*[0-9一二三四五六七八九十]{1,3})?\s*[日号]"
_RELATIVE_YEAR = r"(?P<ryear>今年|去年|前年|明年|后年|同年|当年|本年|翌年|次年|上一年)"
_RELATIVE_MONTH = r"(?P<rmonth>本月|上月|上个月|下月|下个月|同月|当月|这个月)"
_HABIT = re.compile(r"(?:每年|每月|每逢|农历|旧历|阴历)(?:的)?$")
_SPAN = rf"(?:\s*(?:至|到|—+|-+|－+|~|～|–|、|和|及)\s*[{_DIGITS}]{{1,3}})?"  # 8月14～15日
_PART_OF_DAY = r"(?:凌晨|清晨|早晨|早上|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|深夜|午夜|夜里|晚|早|晨|夜)?"
_TAIL = re.compile(
    rf"(?:{_PART_OF_DAY}\s*(?:至|到|—+|-+|－+|~|～|–|、|和)\s*(?:(?:\d{{4}}年)?(?:[{_DIGITS}]{{1,3}}月)?[{_DIGITS}]{{1,3}}[日号]|(?:\d{{4}}年)?[{_DIGITS}]{{1,3}}月(?:[上中下]{{1,2}}旬|底|初)?(?![{_DIGITS}])))+"
)
_AHEAD = 155  # days: what news announces for a day without a year lies nearer than what it looks back at
_NEXT_YEAR = 92  # days: a month of the next year without its year is named near the turn of the year
_WEEKDAY = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}

_EXPRESSION = re.compile(
    "|".join(
        (
            r"(?P<iso>(?<![\d.])(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?![\d.]))",
            rf"(?:{_YEAR}|{_RELATIVE_YEAR})\s*(?:的\s*)?(?:{_MONTH}(?![龄供])\s*(?:{_DAY}(?![间均游内]))?)?",
            rf"(?:(?P<month2>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月|{_RELATIVE_MONTH})\s*(?P<day2>3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]){_SPAN}\s*[日号](?![间均游内])",
            rf"(?<![{_DIGITS}个\.])(?P<month3>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|[上中下]{{1,2}}旬|[初底末])?(?![龄供球光亮饼])",
            rf"{_RELATIVE_MONTH}(?:[上中下]旬|[初底末])?".replace("rmonth", "rmonth2"),
            rf"(?<![{_DIGITS}月第\.])(?P<day3>3[01]|[12]\d|0?[1-9]){_SPAN}日(?![间均游内本元新照产]|前(?![往来去赴])|常(?![委务])|报(?![道告名到])|后(?!来))",
            r"(?P<today>今天|今日|今晨|今晚|今早|即日)",
            r"(?P<yesterday>昨天|昨日|昨晚|昨晨|昨夜)",
            r"(?P<daybefore>前天|前日(?!本))",
            r"(?P<tomorrow>明天(?!会更)|明日|明晚|明早)",
            r"(?P<dayafter>后天(?![性养])|后日)",
            r"(?P<same>当天|当日|同日|同一天|当晚|当夜|次日|翌日|第二天|隔天|隔日|前一天|前一日|前一晚)",
            r"(?P<vague>(?<![0-9０-９一二三四五六七八九十今昨明])日前|近日|近期|近来|连日来|连日|不久前|此前不久)",
            r"(?P<week>(?<!每)(?:上|本|这|下)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![至到])(?!期|刊))",
        )
    )
)  # fmt: skip
_DATELINE = re.compile(
    rf"(?:社|网|报|客户端|新闻)[^，。；\n]{{0,16}}?{_MONTH}{_DAY}[电讯]|[电讯]\s*[(（][^)）]{{0,20}}[)）]\s*{_MONTH.replace('month', 'month_b')}{_DAY.replace('day', 'day_b')}[电讯]"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date in the text.

    Attributes:
        start, end: where the expression stands (the first day's and the span's tail together).
        value: what it means; see the module.
        reason: what filled in the missing parts; empty where the whole is printed.
        vague: the words name no day (``日前``).
    """

    start: int
    end: int
    value: str
    reason: str = ""
    vague: bool = False

    @property
    def is_day(self) -> bool:
        return len(self.value) in (7, 10) and self.value.count("-") in (2, 3)


def number(text: str) -> int:
    """A whole number in digits or Chinese numerals up to 99; years digit by digit.

    >>> number("15"), number("二十三"), number("十"), number("二〇二二")
    (15, 23, 10, 2022)
    """
    if text.isdigit() and text.isascii():
        return int(text)
    if len(text) == 4:
        return int("".join(str(_NUMBER[c]) for c in text))
    tens, ten, ones = text.partition("十")
    if ten:
        return (_NUMBER[tens] if tens else 1) * 10 + (_NUMBER[ones] if ones else 0)
    return _NUMBER[text]


@dataclass(slots=True)
class _Known:
    """What earlier dates of the article settle: the reference day and the date named last."""

    reference: date | None  # day of publication
    year: int | None
    month: int | None
    day: int | None
    dateline: tuple[int, int] | None = None  # month, day without a year
    last: str = ""  # the day named last, when months or years were named since
    told: int | None = None  # the year printed last in the sentence that is being read
    aside: bool = False  # the month named last is far from the publication and was named in an earlier sentence
    current: bool = False  # a day near the publication has been named


class Dates:
    """The dates of a document, in order, resolved.

    Args:
        document: its ``article.date`` is what relative dates count from; without it the dateline is (``--MM-DD``).
    """

    def __init__(self, document: Document) -> None:
        article = document.article
        reference = parse(article.date)
        known = _Known(reference, None, None, None)
        dateline = _DATELINE.search(article.text[:400])
        if dateline is not None:
            found = dateline.groupdict()
            month, day = number(found["month"] or found["month_b"]), number(found["day"] or found["day_b"])
            if valid(2000, month, day):
                known.dateline = (month, day)
                if reference is not None:
                    printed = near(month, day, reference)
                    known.reference = printed or reference
        self._dates: list[Date] = []
        for sentence in document.sentences:
            self._dates += read_dates(article.text, sentence.start, sentence.end, known)

    @cached_property
    def _starts(self) -> list[int]:
        return [d.start for d in self._dates]

    @property
    def all(self) -> tuple[Date, ...]:
        return tuple(self._dates)

    def within(self, start: int, end: int) -> list[Date]:
        """Dates that lie in the span."""
        return [
            d for d in self._dates[bisect_left(self._starts, start) : bisect_left(self._starts, end)] if d.end <= end
        ]

    def before(self, offset: int) -> Date | None:
        """The last dated expression that ends before an offset."""
        index = bisect_left(self._starts, offset)
        return self._dates[index - 1] if index else None


def dates_in(text: str, published: str = "") -> list[Date]:
    """The dates of a piece of text that stands alone.

    >>> [d.value for d in dates_in("6月2日，会议举行。", "2022-06-03")], [d.value for d in dates_in("6月2日，会议举行。")]
    (['2022-06-02'], ['--06-02'])
    """
    return read_dates(text, 0, len(text), _Known(parse(published), None, None, None))


def read_dates(text: str, start: int, end: int, known: _Known) -> list[Date]:
    """The dates in ``text[start:end]``; ``known`` is carried from one stretch to the next."""
    found: list[Date] = []
    position = start
    known.told = None
    known.aside = known.current and _far(known)
    while (match := _EXPRESSION.search(text, position, end)) is not None:
        position = match.end()
        if _HABIT.search(text, max(start, match.start() - 4), match.start()):
            continue
        resolved = _resolve(match, known)
        if resolved is None:
            continue
        value, reason, vague = resolved
        tail = _TAIL.match(text, match.end(), end)
        stop = tail.end() if tail is not None and value.count("-") >= 1 else match.end()
        found.append(Date(match.start(), stop, value, reason, vague))
        if found[-1].is_day:
            known.last = value
            known.current = known.current or not _far(known)
        known.aside = False
        position = stop
    return found


def _resolve(match: re.Match[str], known: _Known) -> tuple[str, str, bool] | None:
    part = match.groupdict()
    if part["vague"]:
        return "", "", True
    if part["iso"]:
        year, month, day = (int(p) for p in re.split(r"[-/.]", part["iso"]))
        return (_settle(known, year, month, day), "", False) if valid(year, month, day) else None
    for name, shift in (("today", 0), ("yesterday", -1), ("daybefore", -2), ("tomorrow", 1), ("dayafter", 2)):
        if part[name]:
            return _shifted(match.group(), shift, known)
    if part["same"]:
        return (*_same(match.group(), known), False)
    if part["week"]:
        return _weekday(match.group(), part["weekday"], known)
    if part["year"] or part["ryear"]:
        return _with_year(part, match.group(), known)
    if part["month2"] or part["rmonth"]:
        return _month_and_day(part, known)
    if part["month3"]:
        month = number(part["month3"])
        told = known.told or _year_of(month, 15, known)  # 2020年1月任…，6月任…
        known.month, known.day = month, None
        return (f"{told:04}-{month:02}", "年份据刊发日期", False) if told else (f"--{month:02}", "", False)
    if part["rmonth2"]:
        where = _relative_month(part["rmonth2"], known)
        if where is None:
            return "", "", True
        known.year, known.month, known.day = where[0], where[1], None
        return f"{where[0]:04}-{where[1]:02}" if where[0] else f"--{where[1]:02}", f"{part['rmonth2']}据刊发日期", False
    return _day_alone(number(part["day3"]), known)


def _with_year(part: dict[str, str | None], printed: str, known: _Known) -> tuple[str, str, bool] | None:
    reason = ""
    if part["year"]:
        year: int | None = number(part["year"])
    else:
        shift = {"今年": 0, "本年": 0, "去年": -1, "上一年": -1, "前年": -2, "明年": 1, "后年": 2}.get(
            part["ryear"] or ""
        )
        if shift is not None:
            year = known.reference.year + shift if known.reference else None
            reason = "年份据刊发日期"
        else:
            year = known.year + (1 if part["ryear"] in ("翌年", "次年") else 0) if known.year else None
            reason = "年份据前文"
    month = number(part["month"]) if part["month"] else None
    day = number(part["day"]) if part["day"] else None
    if month and day and not valid(year or 2000, month, day):
        return None
    if year is None:
        if month is None:
            return "", "", True
        known.month, known.day = month, day
        return (f"--{month:02}-{day:02}" if day else f"--{month:02}"), "", False
    if part["year"] or month:
        known.year = year
    if part["year"]:
        known.told = year
    if month is None:
        return f"{year:04}", reason, False
    return _settle(known, year, month, day), reason, False


def _month_and_day(part: dict[str, str | None], known: _Known) -> tuple[str, str, bool] | None:
    day = number(part["day2"] or "")
    if part["rmonth"]:
        where = _relative_month(part["rmonth"], known)
        if where is None:
            return "", "", True
        year: int | None = where[0]
        month = where[1]
    else:
        month = number(part["month2"] or "")
        year = _year_of(month, day, known)
    if not valid(year or 2000, month, day):
        return None
    if year is None:
        known.month, known.day = month, day
        return f"--{month:02}-{day:02}", "", False
    return _settle(known, year, month, day), "年份据刊发日期", False


def _far(known: _Known) -> bool:
    """Whether the month named last is long before the publication: told to explain what is reported."""
    if known.reference is None or known.year is None or known.month is None:
        return False
    return (known.reference.year - known.year) * 12 + known.reference.month - known.month > 2


def _day_alone(day: int, known: _Known) -> tuple[str, str, bool] | None:
    """``15日``: of the month named last, else of the publication's; never far in the future."""
    reference = known.reference
    month, year = (None, None) if known.aside else (known.month, known.year)
    if month is None and known.dateline is not None:
        month = known.dateline[0]
        if day > known.dateline[1] + 1:
            month = (month - 2) % 12 + 1
    if reference is not None:
        if month is None:
            year, month = reference.year, reference.month
            if day > reference.day + 2:
                year, month = previous(year, month)
        else:
            told = known.last if known.last[5:7] == f"{month:02}" else ""
            year = int(told[:4]) if told else _year_of(month, day, known) or reference.year
            if (
                valid(year, month, day)
                and known.day is not None
                and day < known.day
                and date(year, month, day) < reference - timedelta(25)
            ):
                later = (year + month // 12, month % 12 + 1)
                if valid(*later, day) and date(*later, day) <= reference:
                    year, month = later
    if month is None:
        return "", "", True
    if not valid(year or 2000, month, day):
        year, month = previous(year, month)
        if not valid(year or 2000, month, day):
            return None
    if (reference is None and known.year is None) or year is None:
        known.month, known.day = month, day
        return f"--{month:02}-{day:02}", "月份据前文", False
    return _settle(known, year, month, day), "年月据刊发日期或前文", False


def _shifted(printed: str, shift: int, known: _Known) -> tuple[str, str, bool]:
    if known.reference is not None:
        day = known.reference + timedelta(shift)
        return _settle(known, day.year, day.month, day.day), f"{printed}据刊发日期", False
    if known.dateline is not None:
        day = date(2000, *known.dateline) + timedelta(shift)
        known.month, known.day = day.month, day.day
        return f"--{day.month:02}-{day.day:02}", f"{printed}据电头日期", False
    return "", "", True


_SHIFTS = {"次": 1, "翌": 1, "第": 1, "隔": 1, "前": -1}  # 次日, 第二天, 前一天 count from the day named last


def _same(printed: str, known: _Known) -> tuple[str, str]:
    shift = _SHIFTS.get(printed[0])
    if shift is not None:
        if not (known.month and known.day and valid(known.year, known.month, known.day)):
            return "", ""
        day = date(known.year or 2000, known.month, known.day) + timedelta(shift)
        year = day.year if known.year else None
        known.year, known.month, known.day = year, day.month, day.day
        return (day.isoformat() if year else f"--{day:%m-%d}"), f"{printed}据前文"
    if known.month and known.day:
        if known.year and valid(known.year, known.month, known.day):
            return f"{known.year:04}-{known.month:02}-{known.day:02}", f"{printed}据前文"
        return f"--{known.month:02}-{known.day:02}", f"{printed}据前文"
    return (known.last, f"{printed}据前文") if known.last else ("", "")


def _weekday(printed: str, name: str, known: _Known) -> tuple[str, str, bool] | None:
    if known.reference is None:
        return "", "", True
    monday = known.reference - timedelta(known.reference.weekday())
    day = monday + timedelta(_WEEKDAY[name])
    if printed.startswith("上"):
        day -= timedelta(7)
    elif printed.startswith("下"):
        day += timedelta(7)
    elif printed[0] not in "本这" and day > known.reference:
        day -= timedelta(7)
    return _settle(known, day.year, day.month, day.day), f"{printed}据刊发日期", False


def _relative_month(word: str, known: _Known) -> tuple[int | None, int] | None:
    if word in ("同月", "当月"):
        return (known.year, known.month) if known.month else None
    if known.reference is None:
        return None
    year, month = known.reference.year, known.reference.month
    if word.startswith("上"):
        return previous(year, month)
    if word.startswith("下"):
        return (year + month // 12, month % 12 + 1)
    return year, month


def _year_of(month: int, day: int, known: _Known) -> int | None:
    """The year of a month and day: the one nearest the publication, at most five months ahead."""
    if known.reference is None:
        return None
    for year, ahead in (
        (known.reference.year + 1, _NEXT_YEAR),
        (known.reference.year, _AHEAD),
        (known.reference.year - 1, _AHEAD),
    ):
        if not valid(year, month, day):
            continue
        if date(year, month, day) <= known.reference + timedelta(ahead):
            return year
    return known.reference.year


def _settle(known: _Known, year: int, month: int, day: int | None) -> str:
    known.year, known.month, known.day = year, month, day
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}"
