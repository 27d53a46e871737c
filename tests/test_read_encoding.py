"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.encoding import UndecodableError, decode, detect_encoding
from kg.read.normalize import is_traditional, normalize

SIMPLIFIED = "甲市召开经济工作会议，市委书记李四出席并讲话。他强调，要认真贯彻落实省委的决定，推动经济社会发展。"
TRADITIONAL = "甲市召開經濟工作會議，市長李四出席並講話。他強調，要認真貫徹落實中央的決定，推動經濟社會發展。"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_and_gb18030_are_recognized(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_big5_is_recognized() -> None:
    decoded = decode(TRADITIONAL.encode("big5"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "big5hkscs")


def test_gb18030_with_its_mark() -> None:
    decoded = decode(b"\x84\x31\x95\x33" + SIMPLIFIED.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, "gb18030")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_sample_may_end_within_a_character(encoding: str) -> None:
    data = (SIMPLIFIED * 20).encode(encoding)
    assert {detect_encoding(data[: 900 + n], whole=False) for n in range(4)} == {encoding}


def test_damage_in_utf8_is_placed_and_read_over() -> None:
    data = SIMPLIFIED.encode() * 3
    decoded = decode(data[:30] + b"\xff\xfe" + data[30:])
    assert decoded.encoding == "utf-8"
    assert decoded.damage[0] == 30
    assert decoded.damaged == 2
    assert decoded.text == SIMPLIFIED[:10] + "\ufffd\ufffd" + SIMPLIFIED[10:] + SIMPLIFIED * 2


def test_damage_after_a_byte_order_mark_is_placed_in_the_file() -> None:
    decoded = decode(codecs.BOM_UTF8 + SIMPLIFIED.encode() + b"\xff")
    assert decoded.damage == (3 + len(SIMPLIFIED.encode()),)


def test_a_character_that_the_text_has_itself_is_no_damage() -> None:
    decoded = decode(("\ufffd" + SIMPLIFIED).encode() + b"\xff")
    assert decoded.damaged == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG image"),
        (b"%PDF-1.7 plain", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an Office document"),
    ],
)
def test_binary_files_are_called_by_their_name(data: bytes, kind: str) -> None:
    with pytest.raises(UndecodableError, match=f"is {kind}, not text"):
        decode(data)


@pytest.mark.parametrize("prefix", ["", "甲市"])
def test_nul_is_placed(prefix: str) -> None:
    data = prefix.encode() + b"\0" + SIMPLIFIED.encode()
    with pytest.raises(UndecodableError, match=f"NUL at byte {len(prefix.encode())}"):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_error_that_says_why(data: bytes) -> None:
    try:
        text = decode(data).text
    except UndecodableError as error:
        text = str(error)
        assert text.startswith(("is ", "has a NUL"))
    assert "\0" not in text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_normalize_keeps_the_length_and_is_idempotent(text: str) -> None:
    normalized = normalize(text)
    assert len(normalized) == len(text)
    assert normalize(normalized) == normalized


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("２０２２年，ＧＤＰ增长５．５％。", "2022年，GDP增长5.5%。"),
        ("（《“：；！？”》）", "（《“：；！？”》）"),
        ("⼀带⼀路", "一带一路"),  # radicals, as PDF tools leave them
        ("第①项5㎡", "第①项5㎡"),  # what would not stay one character, or change its meaning
        (TRADITIONAL, "甲市召开经济工作会议，市长李四出席并讲话。他强调，要认真贯彻落实中央的决定，推动经济社会发展。"),
        ("乾隆年間的瞭望臺於後來倒塌，乾燥無雲", "乾隆年间的瞭望台于后来倒塌，干燥无云"),
        ("书法家陳喆与張三的作品", "书法家陳喆与張三的作品"),  # simplified text keeps a name as it is printed
    ],
)
def test_normalize(text: str, normalized: str) -> None:
    assert normalize(text) == normalized


def test_script_of_a_text() -> None:
    assert is_traditional(TRADITIONAL)
    assert not is_traditional(SIMPLIFIED)
    assert not is_traditional("")
