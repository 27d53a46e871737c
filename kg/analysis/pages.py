"""What the articles of one newspaper page tell about each other: the city where the page's stories play."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.language import gazetteer
from kg.language.lexicon import alternatives
from kg.model import Article


@cache
def _cities() -> re.Pattern[str]:
    names = {n for d in gazetteer.divisions().values() if d.level == gazetteer.CITY for n in (d.name, d.short)}
    return re.compile(alternatives(n for n in names if len(n) > 1))


def with_page_place(articles: Sequence[Article]) -> list[Article]:
    """The articles of one page, each with the city that the page names most often as its ``page_place``.

    A page of one article, or one that names no city, stays as it is. 市委 in a short item then stands for the body that
    the item beside it spells out; an article's own places come before this.
    """
    counted: Counter[str] = Counter()
    for article in articles:
        for match in _cities().finditer(article.text):
            division = gazetteer.find(match.group())
            if division is not None and division.level == gazetteer.CITY:
                counted[division.name] += 1
    if len(articles) < 2 or not counted:
        return list(articles)
    place = min(counted, key=lambda name: (-counted[name], name))
    return [replace(article, page_place=place) for article in articles]
