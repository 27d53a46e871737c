"""Administrative places of China and the countries of the world, with codes, parents and coordinates."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import DATA, table

PROVINCE, CITY, COUNTY = 0, 1, 2
_SUFFIX = re.compile(
    r"(?<=..)(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|新区|省|市|县|区|旗|盟|州)$"
)


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division (GB/T 2260).

    Attributes:
        code: six digits; the first two name the province, the first four the city.
        name, short: ``太原市``, ``太原``.
        level: ``PROVINCE``, ``CITY`` or ``COUNTY``.
        parent: code of the division it lies in, empty for provinces.
        longitude, latitude: degrees (GCJ-02, as the source gives them), ``None`` where unknown.
    """

    code: str
    name: str
    short: str
    level: int
    parent: str
    longitude: float | None
    latitude: float | None


@cache
def divisions() -> Mapping[str, Division]:
    """Every division by its code."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["code"]: Division(
                row["code"], row["name"], row["short"], int(row["level"]), row["parent"],
                float(row["lon"]) if row["lon"] else None, float(row["lat"]) if row["lat"] else None,
            )
            for row in csv.DictReader(handle)
        }  # fmt: skip


@cache
def by_name() -> Mapping[str, tuple[Division, ...]]:
    """Divisions by full and by short name, the highest level first; short names of one character are left out."""
    names: dict[str, list[Division]] = defaultdict(list)
    for division in divisions().values():
        prefecture = f"{division.short}州" if division.name.endswith("自治州") else ""
        for name in {division.name, division.short, plain_name(division.name), prefecture}:
            if len(name) > 1:
                names[name].append(division)
    return {name: tuple(sorted(found, key=lambda d: (d.level, d.code))) for name, found in names.items()}


def plain_name(name: str) -> str:
    """A place name without its administrative suffix.

    >>> plain_name("太原市"), plain_name("宁夏回族自治区"), plain_name("赵县")
    ('太原', '宁夏', '赵县')
    """
    return _SUFFIX.sub("", name)


def find(name: str, near: str = "") -> Division | None:
    """The division of this name: the one inside ``near`` (a code) where several share it, else the highest; ``None``
    where none has it, or where counties alone share it and ``near`` does not decide."""
    found = by_name().get(name, ())
    if not found:
        return None
    inside = [d for d in found if near and (d.code.startswith(near[:4]) or d.code.startswith(near[:2]))]
    if near:
        inside.sort(key=lambda d: (not d.code.startswith(near[:4]), d.level))
    if inside:
        return inside[0]
    return found[0] if len(found) == 1 or found[0].level < COUNTY else None


def parent(division: Division) -> Division | None:
    return divisions().get(division.parent)


def ancestor(division: Division, level: int) -> Division | None:
    """The division itself or the one above it at a level."""
    current: Division | None = division
    while current is not None and current.level > level:
        current = parent(current)
    return current if current is not None and current.level == level else None


@cache
def countries() -> Mapping[str, str]:
    """Names of countries, formal ones too, each with its common name."""
    names: dict[str, str] = {}
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for name in (row["name"], row["formal"]):
                if name:
                    names[name] = row["name"]
    return names


@cache
def foreign_cities() -> Mapping[str, str]:
    """Capitals and large cities abroad, each with its country."""
    names: dict[str, str] = {}
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["name"] != "中国":
                for city in (row["capital"], *row["cities"].split("|")):
                    if len(city) > 1:
                        names.setdefault(city, row["name"])
    return names


@cache
def abbreviations() -> Mapping[str, str]:
    """One-character names of provinces (``晋``: 山西省) and of cities (``并``: 太原市), from ``abbreviations.toml``."""
    data = table("abbreviations")
    return {**data["cities"], **data["provinces"]}


@cache
def compounds() -> Mapping[str, tuple[str, ...]]:
    """Fused short names and what they stand for: ``太忻``: 太原市, 忻州市."""
    return {name: tuple(parts.split()) for name, parts in table("abbreviations")["compounds"].items()}
