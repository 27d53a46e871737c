"""What a source says about itself: front matter of a text file, keys of a record, dates in their many writings."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEYS = ("title", "date", "source", "url", "place")

_FRONT = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENED = re.compile(r"---[ \t]*\r?\n[ \t]*(?:title|date|source|url|place)[ \t]*:")
_LONGEST_FRONT = 20_000  # characters; a rule of dashes further down closes no front matter

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s日].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE = re.compile(
    r"(?P<era>民[国國])?\s*(?P<year>[元\d〇○零一二三四五六七八九十]{1,4})\s*年\s*"
    r"(?P<month>[\d〇○零一二三四五六七八九十]{1,3})\s*月\s*(?P<day>[\d〇○零一二三四五六七八九十]{1,3})\s*[日号].*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says about itself.

    Attributes:
        values: the keys of ``KEYS`` that are given, as text; ``date`` as ISO 8601.
        problems: ``(line within the front matter, 0 for a record; problem)`` of what could not be read.
        body: where the text proper begins (code points).
    """

    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[tuple[int, str], ...] = ()
    body: int = 0


def front_matter(text: str) -> Metadata:
    """The YAML front matter at the start of ``text``; empty where there is none. Front matter that cannot be read is
    reported and passed over, so that the text below it is not lost."""
    if not text.startswith("---"):
        return Metadata()
    match = _FRONT.match(text, 0, _LONGEST_FRONT)
    if match is None:
        if _OPENED.match(text):
            return Metadata(problems=((1, "front matter is not closed; put a line --- after it"),))
        return Metadata()
    import yaml

    source = match["yaml"]
    # BaseLoader leaves every value text: YAML's own reading of dates raises on 2022-13-05 and drops 0 from 06-02.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        values = yaml.load(source, Loader=loader)  # safe: BaseLoader builds text, lists and mappings only
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or type(error).__name__
        line = min(mark.line, source.count("\n")) + 2 if mark else 1
        return Metadata(problems=((line, f"front matter is not YAML ({why}); correct it"),), body=match.end())
    if not values:
        return Metadata(body=match.end())
    if not isinstance(values, dict):
        if not source.strip() or ":" not in source:
            return Metadata()  # two rules of dashes around text, no front matter
        problem = "front matter is not a list of key: value lines; correct it"
        return Metadata(problems=((1, problem),), body=match.end())
    read = record_metadata(values)
    lines = [(_line_of(source, problem), problem) for _, problem in read.problems]
    return Metadata(read.values, tuple(lines), match.end())


def _line_of(source: str, problem: str) -> int:
    key = problem.split(" ", 1)[0]
    match = re.search(rf"^\s*{re.escape(key)}\s*:", source, re.MULTILINE)
    return source.count("\n", 0, match.start()) + 2 if match else 1


def record_metadata(record: Mapping[Any, Any]) -> Metadata:
    """The keys of ``KEYS`` in a record; values that cannot be read are reported and left empty."""
    values: dict[str, str] = {}
    problems: list[tuple[int, str]] = []
    for key in KEYS:
        value = record.get(key)
        if isinstance(value, list | tuple):
            value = "、".join(str(part) for part in value if part is not None)
        if value is None or isinstance(value, dict):
            continue
        if key == "date":
            value, problem = _read_date(value)
            if problem:
                problems.append((0, problem))
        value = " ".join(str(value).split())
        if value:
            values[key] = value
    return Metadata(values, tuple(problems))


def _read_date(value: Any) -> tuple[str, str]:
    if isinstance(value, datetime.date):  # of a Parquet column; a datetime is one too
        return f"{value.year:04}-{value.month:02}-{value.day:02}", ""
    text = str(value).strip()
    if not text or text.lower() in ("null", "none", "nan", "~"):
        return "", ""
    date = parse_date(text)
    return date, "" if date else f"date {text[:40]!r} is no day; write it as 2022-06-03"


def parse_date(text: str) -> str:
    """The day that ``text`` names as ISO 8601, empty where it names none.

    >>> {parse_date(t) for t in ("2022-06-03 08:00", "2022年6月3日", "20220603", "民国111年6月3日")}
    {'2022-06-03'}
    >>> parse_date("2022-13-05"), parse_date("13月")
    ('', '')
    """
    text = text.strip()
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _CHINESE.fullmatch(text):
        year, month, day = (_number(match[name]) for name in ("year", "month", "day"))
        if match["era"]:
            year += 1911
        elif len(match["year"]) != 4:
            return ""
    else:
        return ""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _number(text: str) -> int:
    if text == "元":
        return 1
    tens, ten, ones = text.partition("十")
    if ten:
        return _number(tens or "一") * 10 + _number(ones or "〇")
    digits = text.translate(_DIGITS)
    return int(digits) if digits.isdecimal() else 0
