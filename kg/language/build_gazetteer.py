"""Make ``data/places.csv`` and ``data/countries.csv`` from their public sources. Run by hand, never at build time.

    python -m kg.language.build_gazetteer SOURCES_DIR

SOURCES_DIR holds ``areacity_ok_data_level3.csv`` (AreaCity-JsSpider-StatsGov, MIT: names, codes, parents),
``cpca_adcodes.csv`` (chinese_province_city_area_mapper, MIT: coordinates) and ``jionlp_world_location.txt``
(JioNLP, Apache-2.0: countries, capitals, large cities).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

DATA = Path(__file__).parent / "data"


def build_places(sources: Path) -> list[list[str]]:
    """Rows ``code, name, short, level, parent, lon, lat``, sorted by code; level 0 province, 1 city, 2 county."""
    with (sources / "cpca_adcodes.csv").open(encoding="utf-8-sig", newline="") as handle:
        coordinates = {r["adcode"][:6]: (r["longitude"], r["latitude"]) for r in csv.DictReader(handle)}
    with (sources / "areacity_ok_data_level3.csv").open(encoding="utf-8-sig", newline="") as handle:
        areas = list(csv.DictReader(handle))
    names = {r["id"]: r for r in areas}
    rows = []
    for area in areas:
        full = area["ext_name"] or area["name"]
        code = area["ext_id"][:6]
        # 市辖区 and 省直辖县 are columns of the source's tree, not places; their children hang on the grandparent.
        if (
            len(code) != 6
            or code == "000000"
            or full in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
        ):
            continue
        parent = names.get(area["pid"])
        while parent is not None and (parent["ext_name"] == full or "直辖" in parent["ext_name"]):
            parent = names.get(parent["pid"])
        level = area["deep"]
        if level == "1" and area["pid"] in ("11", "12", "31", "50"):
            continue  # the city level of 直辖市 repeats the province
        if parent is not None and parent["pid"] in ("11", "12", "31", "50") and parent["deep"] == "1":
            parent = names[parent["pid"]]
        lon, lat = coordinates.get(code, ("", ""))
        rows.append([code, full, area["name"], level, parent["ext_id"][:6] if parent else "", lon, lat])
    # Cities without counties (东莞, 仙桃) come once for each level: keep the highest. The new areas of the state level that
    # papers treat as places are in none of the sources.
    first = {row[0]: row for row in sorted(rows, reverse=True, key=lambda r: (r[0], r[3]))}
    first["133100"] = ["133100", "雄安新区", "雄安", "1", "130000", "115.933", "38.983"]
    return [first[code] for code in sorted(first)]


def build_countries(sources: Path) -> list[list[str]]:
    """Rows ``name, formal, capital, cities`` (cities separated by ``|``), in the order of the source."""
    rows = []
    for line in (sources / "jionlp_world_location.txt").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 3:
            rows.append([cells[0], cells[1], cells[2], "|".join(cells[3].split("/")) if len(cells) > 3 else ""])
    return rows


def main() -> None:
    sources = Path(sys.argv[1])
    for name, header, rows in (
        ("places.csv", ["code", "name", "short", "level", "parent", "lon", "lat"], build_places(sources)),
        ("countries.csv", ["name", "formal", "capital", "cities"], build_countries(sources)),
    ):
        with (DATA / name).open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    main()
