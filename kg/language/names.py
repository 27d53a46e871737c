"""When two names are one: the differences in print that carry no meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.language.gazetteer import COUNTY, by_name, find, plain_name
from kg.language.lexicon import table

_DOTS = str.maketrans("•・‧", "···")
"""The dot of foreign names, as Taiwan and Japan set it: one name, but quotations keep what is printed."""
_SPACE_AND_QUOTES = re.compile(r"[\s《》〈〉“”\"'‘’「」]+")


@cache
def _equivalents() -> dict[str, str]:
    """Customary short names of bodies of the centre, and their full ones."""
    return {str(short): str(full) for short, full in table("organizations")["equivalents"].items()}


def normal_name(type_: str, name: str) -> str:
    """A name with width, white space, quotation marks, 中共 and long forms of bodies taken out: equal where two names are one.

    >>> normal_name("person", "约翰・克里")
    '约翰·克里'
    >>> normal_name("organization", "中共太原市委"), normal_name("place", "太原市"), normal_name("organization", "太原市人民政府")
    ('太原市委', '太原', '太原市政府')
    """
    text = unicodedata.normalize("NFKC", _SPACE_AND_QUOTES.sub("", unicodedata.normalize("NFKC", name)))
    text = _SPACE_AND_QUOTES.sub("", text).translate(_DOTS)
    if type_ == "organization":
        text = _equivalents().get(text, text)
        text = text.replace("人民政府", "政府").replace("人民代表大会常务委员会", "人大常委会")
        text = re.sub(r"^(?:中国共产党|中共)(?=.{2})", "", text)
        return re.sub(r"(?<=[省市区县州旗])(?:委员会)$", "委", text)
    if type_ == "place" and name in by_name():
        division = find(name)
        return division.short if division is not None and division.level < COUNTY else plain_name(text)
    return text
