"""Data as it may stand inside an HTML element: readable JSON where it is short, else compressed."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

PLAIN_LIMIT = 256 * 1024
"""Bytes of JSON up to which data lies readable in the page; above, it is compressed."""


class Strings:
    """Strings numbered by first use, so that each stands in the page once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __call__(self, value: str) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def table(self) -> list[str]:
        return list(self._numbers)


def encode(data: Mapping[str, Any]) -> tuple[str, str]:
    """``(media type, text)`` of a data block.

    The text holds no ``<``, ``>`` or ``&``, so that nothing in it can end the element that it stands in.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) <= PLAIN_LIMIT:
        for character in "<>&\u2028\u2029":
            text = text.replace(character, f"\\u{ord(character):04x}")
        # A lone surrogate has no UTF-8; JSON can name it.
        text = "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) if _lone(text) else text
        return "application/json", text
    if _lone(text):
        raw = json.dumps(data, separators=(",", ":"), sort_keys=True).encode("ascii")
    return "application/gzip", base64.b64encode(_gzip(raw)).decode("ascii")


def _lone(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _gzip(raw: bytes) -> bytes:
    """Gzip with a header that tells neither time nor system.

    Through pyarrow: its wheels bring zlib with them, while Python's is the system's, and zlib-ng writes other bytes.
    """
    import pyarrow

    packed = bytearray(pyarrow.Codec("gzip", compression_level=7).compress(raw, asbytes=True))
    packed[4:8], packed[9] = bytes(4), 255
    return bytes(packed)
