"""From files to articles and back, and every bad input with its file and place."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from kg.errors import InputError
from kg.model import Article, Span
from kg.read import SourceFile, normalize, read_source, records, reread, reread_many
from kg.read.articles import LONGEST_LINE

TEXT = "甲市召开经济工作会议，市委书记李四出席并讲话。"
SAMPLE = Path(__file__).parent.parent / "data" / "taiyuan-daily.txt"


def read(path: Path) -> tuple[list[Article], list[InputError]]:
    found = list(read_source(SourceFile(path, path.name)))
    articles = [article for article in found if isinstance(article, Article)]
    return articles, [error for error in found if isinstance(error, InputError)]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def error_of(path: Path) -> InputError:
    articles, errors = read(path)
    assert articles == []
    (error,) = errors
    assert error.path == str(path)
    return error


# --- what is read ----------------------------------------------------------------------------------------------------


def test_sample_page() -> None:
    articles, errors = read(SAMPLE)
    assert not errors
    assert [article.id for article in articles] == ["taiyuan-daily#1", "taiyuan-daily#2"]
    assert {article.source for article in articles} == {"taiyuan-daily.txt"}


def test_text_with_front_matter(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.txt", f"---\ntitle: 会议\ndate: 2022年6月3日\nsource: 甲市日报\nplace: 甲市\n---\n\n{TEXT}\n"
    )
    ((article,), errors) = read(path)
    assert not errors
    assert (article.id, article.title, article.date, article.publisher, article.place) == (
        "a",
        "会议",
        "2022-06-03",
        "甲市日报",
        "甲市",
    )
    assert article.text == TEXT
    assert article.record == ""
    source = reread(article, tmp_path)
    ((start, end),) = article.source_spans(Span(0, len(TEXT)))
    assert source[start:end] == TEXT
    assert source.startswith("---\ntitle")


def test_title_and_date_of_front_matter_go_before_those_of_the_page(tmp_path: Path) -> None:
    page = f"2022年6月4日 星期六\n会议举行\n{TEXT}"
    ((printed,), _) = read(write(tmp_path / "a.txt", page))
    ((given,), _) = read(write(tmp_path / "b.txt", f"---\ntitle: 会议\ndate: 2022-06-03\n---\n{page}"))
    assert (printed.title, printed.date) == ("会议举行", "2022-06-04")
    assert (given.title, given.date) == ("会议", "2022-06-03")


def test_a_title_of_the_front_matter_is_a_headline_that_can_be_quoted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"---\ntitle: 甲市开大会　记者 王五\ndate: 2022-06-03\n---\n\n{TEXT}\n")
    ((article,), _) = read(path)
    assert article.text == f"甲市开大会 记者 王五\n{TEXT}"
    assert [block.kind for block in article.blocks] == ["headline", "body"]
    source = path.read_text(encoding="utf-8")
    for quotation in ("记者 王五", "市委书记李四"):
        at = article.text.index(quotation)
        (piece,) = article.source_spans(Span(at, at + len(quotation)))
        assert normalize(source)[piece.start : piece.end] == quotation


def test_a_title_that_the_text_prints_stands_there_once(tmp_path: Path) -> None:
    ((article,), _) = read(write(tmp_path / "a.txt", f"---\ntitle: 甲市开大会\n---\n甲市开大会\n\n{TEXT}\n"))
    assert article.text.count("甲市开大会") == 1


def test_markdown(tmp_path: Path) -> None:
    ((article,), _) = read(write(tmp_path / "a.md", f"# 会议举行\n\n{TEXT}"))
    assert (article.title, article.text) == ("会议举行", f"会议举行\n{TEXT}")


def test_html_main_text(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{TEXT}第{n}项议程是审议报告，与会人员围绕报告作了讨论。</p>" for n in range(9))
    page = (
        '<html><head><meta charset="gb2312"><title>会议举行</title><meta name="pubdate" content="2022-06-03"></head>'
        f"<body><nav><a href=/>首页</a></nav><article><h1>会议举行</h1>{paragraphs}</article>"
        "<footer>版权所有</footer></body></html>"
    )
    path = write(tmp_path / "a.html", page.encode("gb18030"))
    ((article,), errors) = read(path)
    assert not errors
    assert article.text.count(TEXT) == 9
    assert "首页" not in article.text
    assert (article.title, article.date) == ("会议举行", "2022-06-03")
    source = reread(article, tmp_path)
    assert "".join(source[a:b] for a, b in article.source_spans(Span(0, 4))) == "会议举行"


RECORDS = [
    {"id": "n-1", "title": "会议", "date": "2022-06-03", "source": "甲市日报", "text": TEXT},
    {"text": f"{TEXT}第二篇。"},
    {"id": 3, "text": f"{TEXT}第三篇。"},
]
IDS = ["n-1", "a#2", "3"]


def test_json_lines(tmp_path: Path) -> None:
    articles, errors = read(write(tmp_path / "a.jsonl", lines(*RECORDS)))
    assert not errors
    assert [article.id for article in articles] == IDS
    assert [article.record for article in articles] == ["1", "2", "3"]
    assert (articles[0].title, articles[0].date, articles[0].publisher) == ("会议", "2022-06-03", "甲市日报")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_records_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    articles, errors = read(write(tmp_path / "a.jsonl", lines(*RECORDS).encode(encoding)))
    assert not errors
    assert [article.text for article in articles] == [record["text"] for record in RECORDS]
    rows = f'id,text,date\nn-1,{TEXT},2022-06-03\n,"{TEXT}\n第二段，有“引号”。",\n'
    articles, errors = read(write(tmp_path / "a.csv", rows.encode(encoding)))
    assert not errors
    assert [(article.id, article.text, article.date) for article in articles] == [
        ("n-1", TEXT, "2022-06-03"),
        ("a#2", f"{TEXT}\n第二段，有“引号”。", ""),
    ]


def test_gzip(tmp_path: Path) -> None:
    articles, errors = read(write(tmp_path / "a.jsonl.gz", gzip.compress(lines(*RECORDS).encode())))
    assert not errors
    assert [article.id for article in articles] == IDS


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_delimiters(tmp_path: Path, delimiter: str) -> None:
    rows = delimiter.join(["id", "text"]) + "\n" + delimiter.join(["x", TEXT]) + "\n"
    ((article,), errors) = read(write(tmp_path / "a.csv", rows))
    assert not errors
    assert (article.id, article.text) == ("x", TEXT)


def test_parquet(tmp_path: Path) -> None:
    import datetime

    table = pyarrow.table(
        {"id": ["n-1", None], "text": [TEXT, None], "date": [datetime.date(2022, 6, 3), None], "other": [1, 2]}
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    ((article,), (error,)) = read(tmp_path / "a.parquet")
    assert (article.id, article.text, article.date, article.record) == ("n-1", TEXT, "2022-06-03", "1")
    assert error.place == "row 2"


def test_another_encoding_is_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = write(tmp_path / "a.txt", (TEXT * 3).encode("gb18030"))
    with caplog.at_level(logging.WARNING, "kg.read"):
        ((article,), errors) = read(path)
    assert article.text == TEXT * 3
    assert not errors
    assert f"{path}: read as GB18030" in caplog.text


def test_order_and_repetition_change_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", lines(*RECORDS))
    assert read(path) == read(path)


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "has no text"),
        ("a.txt", "---\ntitle: 甲\n---\n".encode(), "has no text below its front matter"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "is a PNG image, not text"),
        ("a.txt", TEXT.encode() + b"\0" + TEXT.encode(), f"has a NUL at byte {len(TEXT.encode())}"),
        ("a.txt", bytes(range(1, 256)) * 4, "is no text in any encoding known here"),
        ("a.html", b"<html><body></body></html>", "has no main text"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"text\n", "has no rows"),
        ("a.parquet", b"PAR1 and no more", "is damaged or no Parquet"),
        ("a.jsonl.gz", b"no gzip", "is damaged gzip data"),
    ],
)
def test_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    assert problem in error_of(write(tmp_path / name, content)).problem


def test_missing_and_forbidden_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cannot be read (No such file" in error_of(tmp_path / "a.txt").problem
    path = write(tmp_path / "b.txt", TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "cannot be read (Permission denied)" in error_of(path).problem


def test_damaged_bytes_are_placed_and_the_rest_is_read(tmp_path: Path) -> None:
    data = (TEXT * 3).encode()
    ((article,), (error,)) = read(write(tmp_path / "a.txt", data[:6] + b"\xff" + data[6:]))
    assert article.text == f"甲市\ufffd{TEXT[2:]}{TEXT * 2}"
    assert (error.place, "not valid UTF-8 in 1 place" in error.problem) == ("byte 6", True)


@pytest.mark.parametrize(
    ("front", "place"), [("date: 2022-13-05", "line 2"), ("title: [甲", "line 2"), ("title: 甲\ndate: 13月", "line 3")]
)
def test_bad_front_matter_is_placed_and_the_text_is_read(tmp_path: Path, front: str, place: str) -> None:
    ((article,), (error,)) = read(write(tmp_path / "a.txt", f"---\n{front}\n---\n{TEXT}"))
    assert (article.text, article.date) == (TEXT, "")
    assert error.place.startswith("line ")
    assert abs(int(error.place.split()[1]) - int(place.split()[1])) <= 1  # YAML sees some errors a line later


@pytest.mark.parametrize("newline", ["\n", ""])
def test_a_line_beyond_all_measure_is_refused(tmp_path: Path, newline: str) -> None:
    error = error_of(write(tmp_path / "a.txt", TEXT + newline + "甲" * (LONGEST_LINE + 1)))
    assert error.place == f"line {1 + len(newline)}"
    assert "break it into paragraphs" in error.problem


def test_a_record_beyond_all_measure_is_refused_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "LONGEST_RECORD", 1000)
    path = write(tmp_path / "a.jsonl", lines(RECORDS[0], {"text": "甲" * 2_000_000}, RECORDS[2]))
    articles, (error,) = read(path)
    assert [article.id for article in articles] == ["n-1", "3"]
    assert error.place == "line 2"


def test_a_file_beyond_all_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LARGEST_FILE", 10)
    assert "split it" in error_of(write(tmp_path / "a.txt", TEXT)).problem


@pytest.mark.parametrize(
    ("row", "place", "problem"),
    [
        ('{"text": "甲"', "line 2, column 13", "is not JSON"),
        ("[1, 2]", "line 2", "is no JSON object"),
        ('{"title": "甲"}', "line 2", "record without text (it has title)"),
        ('{"text": 7}', "line 2", "record without text"),
        ('{"text": ""}', "line 2", "has no text"),
        (r'{"text": "甲\u0000乙"}', "line 2", "NUL at character 1"),
        ("[" * 100_000, "line 2", "is not JSON"),
    ],
)
def test_bad_record_is_placed_and_the_rest_is_read(tmp_path: Path, row: str, place: str, problem: str) -> None:
    path = write(tmp_path / "a.jsonl", lines(RECORDS[0]) + row + "\n" + lines(RECORDS[2]))
    articles, (error,) = read(path)
    assert [article.id for article in articles] == ["n-1", "3"]
    assert error.path == str(path)
    assert error.place == place
    assert problem in error.problem


def test_bad_date_of_a_record_is_placed_and_the_record_is_read(tmp_path: Path) -> None:
    ((article,), (error,)) = read(write(tmp_path / "a.jsonl", lines({"text": TEXT, "date": "2022-13-05"})))
    assert (article.text, article.date, error.place) == (TEXT, "", "line 1")


def test_lone_surrogate_of_a_record_is_replaced(tmp_path: Path) -> None:
    ((article,), _) = read(write(tmp_path / "a.jsonl", '{"id": "x\\udcff", "text": "甲市\\ud800召开会议。"}'))
    assert (article.id, article.text) == ("x\ufffd", "甲市\ufffd召开会议。")


def test_damage_in_json_lines_is_placed(tmp_path: Path) -> None:
    head = lines(RECORDS[0]).encode()
    data = head + lines(RECORDS[2]).encode().replace("市".encode(), b"\xff\xff", 1)
    articles, (error,) = read(write(tmp_path / "a.jsonl", data))
    assert len(articles) == 2
    assert error.place == f"line 2, byte {data.index(0xFF)}"


def test_csv_without_text_names_its_columns(tmp_path: Path) -> None:
    error = error_of(write(tmp_path / "a.csv", "title,body\n甲,乙\n"))
    assert (error.place, "no column text (it has title, body)" in error.problem) == ("line 1", True)


def test_csv_with_a_broken_quote_names_the_line(tmp_path: Path) -> None:
    rows = f'id,text\n1,{TEXT}\n2,"{TEXT}"乙\n3,{TEXT}\n4,"{TEXT}\n'
    articles, errors = read(write(tmp_path / "a.csv", rows))
    assert [article.id for article in articles] == ["1", "3"]
    assert [error.place for error in errors] == ["line 3", "line 5"]


def test_truncated_parquet_and_gzip(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"text": [TEXT] * 100}), tmp_path / "whole.parquet")
    data = (tmp_path / "whole.parquet").read_bytes()
    assert "is damaged or no Parquet" in error_of(write(tmp_path / "a.parquet", data[: len(data) // 2])).problem
    packed = gzip.compress(
        "".join(lines({"id": str(n), "text": f"{TEXT}第{n * n}号。"}) for n in range(20_000)).encode()
    )
    articles, (error,) = read(write(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2]))
    assert "is damaged gzip data" in error.problem
    assert len(articles) > 100


def test_parquet_without_text_names_its_columns(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"body": ["甲"]}), tmp_path / "a.parquet")
    assert "no column text (it has body)" in error_of(tmp_path / "a.parquet").problem


# --- sources again ---------------------------------------------------------------------------------------------------


def test_reread_holds_every_quotation(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", lines(*RECORDS))
    write(tmp_path / "b.csv", f"id,text\nx,{TEXT}\n")
    parquet.write_table(pyarrow.table({"text": [TEXT, f"{TEXT}二。"]}), tmp_path / "c.parquet")
    write(tmp_path / "d.txt", SAMPLE.read_bytes().replace("工作".encode(), "工 作２".encode()))
    articles = [article for path in sorted(tmp_path.iterdir()) for article in read(path)[0]]
    assert len(articles) == 8
    found = list(reread_many(articles[::-1], tmp_path))
    assert sorted(article.id for article, _ in found) == sorted(article.id for article in articles)
    for article, source in found:
        assert isinstance(source, str)
        for block in article.blocks:
            pieces = article.source_spans(Span(block.start, block.end))
            assert "".join(normalize(source)[a:b] for a, b in pieces) == article.text[block.start : block.end]
        assert reread(article, tmp_path) == source


def test_reread_looks_in_every_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    write(tmp_path / "one" / "a.txt", "别的文章。")
    ((article,), _) = read(write(tmp_path / "two" / "a.txt", TEXT))
    assert reread(article, [tmp_path / "one", tmp_path / "two"]) == TEXT


def test_reread_of_a_changed_or_missing_source(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    ((article,), _) = read(path)
    write(path, TEXT + "改")
    with pytest.raises(InputError, match=r"a\.txt: has changed since it was read"):
        reread(article, tmp_path)
    write(path, b"")
    with pytest.raises(InputError, match=r"a\.txt: is empty"):
        reread(article, tmp_path)
    path.unlink()
    with pytest.raises(InputError, match=r"a\.txt: is gone"):
        reread(article, tmp_path)


def test_reread_of_a_missing_record(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", lines(*RECORDS))
    articles, _ = read(path)
    write(path, lines(RECORDS[0], {"text": "改"}))
    found = {article.id: source for article, source in reread_many(articles, tmp_path)}
    assert found["n-1"] == TEXT
    assert "has changed" in str(found["a#2"])
    assert "no longer holds the record" in str(found["3"])
