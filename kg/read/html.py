"""Main text of HTML pages."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

import trafilatura

from kg.read.encoding import Decoded, decode, decode_as

# A page without text is reported by the caller, with its file; the library's own lines would only double it.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
# Fixed, for htmldate takes today as the last possible day and so would depend on the clock.
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2199-12-31"}


@dataclass(frozen=True, slots=True)
class MainText:
    """Main text of a page and what its head says.

    Attributes:
        text: paragraphs, one a line; empty where there is none.
        values: ``title``, ``date``, ``source``, ``url``, those that are given.
        decoded: how the bytes were read.
    """

    text: str
    values: Mapping[str, str]
    decoded: Decoded


def main_text(data: bytes) -> MainText:
    """Main text of an HTML page.

    Raises:
        kg.read.encoding.UndecodableError: the bytes are no text.
    """
    decoded = _decode(data)
    page = trafilatura.bare_extraction(
        decoded.text, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
    )
    if page is None or isinstance(page, dict):
        return MainText("", {}, decoded)
    given = {"title": page.title, "date": page.date, "source": page.sitename, "url": page.url}
    return MainText(page.text or "", {key: str(value) for key, value in given.items() if value}, decoded)


def _decode(data: bytes) -> Decoded:
    match = _CHARSET.search(data, 0, 4096)
    if match:
        named = match[1].decode("ascii").lower()
        encoding = _SUPERSETS.get(named, named)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                if encoding != "utf-8" and b"\0" not in data:
                    return decode_as(data, encoding)
            except LookupError:  # a name that is no encoding: as if it were not there
                pass
    return decode(data)
