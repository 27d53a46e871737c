"""The source texts of a file: one of a text file or a page, one a record of JSON lines, CSV or Parquet.

Problems are yielded beside the texts, so that what follows them is read all the same.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from kg.errors import InputError
from kg.read.encoding import SAMPLE, Decoded, UndecodableError, decode, decode_as, detect_encoding, split_bom
from kg.read.metadata import Metadata, front_matter, record_metadata
from kg.read.normalize import repair_surrogates
from kg.read.sources import SourceFile

LARGEST_FILE = 64 << 20
"""Bytes of the largest text or HTML file; one that is read record by record can be of any size."""
LONGEST_LINE = 1_000_000
"""Code points of the longest line of a text: two hundred times a long article. A line beyond it is no article."""
LONGEST_RECORD = 8 << 20
"""Bytes of the longest line of JSON, code points of the longest field of CSV."""

_BATCH = 256  # rows of Parquet held in memory at a time


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text as it lies in a file, and what the file says about it.

    Attributes:
        text: the source text; offsets of articles count in it.
        record: key of the record; empty for a whole file.
        place: where the record lies in the file (``line 3``); empty for a whole file.
        id: given by the record; empty where it is not.
        metadata: as given; its ``body`` says where the text proper begins.
        encoding: Python's name of the encoding that the file was read in.
    """

    text: str
    record: str = ""
    place: str = ""
    id: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    encoding: str = "utf-8"


def source_texts(source: SourceFile) -> Iterator[SourceText | InputError]:
    """The texts of a file, in order, and what could not be read."""
    readers = {
        "text": _text_file,
        "markdown": _text_file,
        "html": _html_file,
        "jsonl": _json_lines,
        "csv": _csv_rows,
        "parquet": _parquet_rows,
    }
    try:
        yield from readers[source.format](source)
    except InputError as error:
        yield error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield InputError(str(source.path), f"is damaged gzip data ({error}); what lies before the damage was read")
    except OSError as error:
        yield InputError(str(source.path), f"cannot be read ({error.strerror or error}); check the file")


def _whole(source: SourceFile) -> bytes:
    with source.open() as stream:
        data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise InputError(str(source.path), f"is larger than {LARGEST_FILE >> 20} MB; split it or give it as .jsonl")
    if not data:
        raise InputError(str(source.path), "is empty; remove it or put text in it")
    return data


def _damage(source: SourceFile, decoded: Decoded, where: str = "") -> Iterator[InputError]:
    if decoded.damaged:
        place = f"{where}byte {decoded.damage[0]}"
        places = "1 place" if decoded.damaged == 1 else f"{decoded.damaged} places"
        problem = f"is not valid {decoded.encoding.upper()} in {places}; read with U+FFFD there, check the file"
        yield InputError(str(source.path), problem, place)


def _text_file(source: SourceFile) -> Iterator[SourceText | InputError]:
    try:
        decoded = decode(_whole(source))
    except UndecodableError as error:
        raise InputError(str(source.path), str(error)) from error
    yield from _damage(source, decoded)
    metadata = front_matter(decoded.text)
    for line, problem in metadata.problems:
        yield InputError(str(source.path), problem, f"line {line}")
    yield SourceText(decoded.text, metadata=metadata, encoding=decoded.encoding)


def _html_file(source: SourceFile) -> Iterator[SourceText | InputError]:
    from kg.read.html import main_text

    try:
        page = main_text(_whole(source))
    except UndecodableError as error:
        raise InputError(str(source.path), str(error)) from error
    yield from _damage(source, page.decoded)
    if not page.text.strip():
        raise InputError(str(source.path), "has no main text that can be told from its navigation; give it as .txt")
    yield SourceText(page.text, metadata=record_metadata(page.values), encoding=page.decoded.encoding)


def _record(
    source: SourceFile, values: Mapping[Any, Any], number: int, unit: str, encoding: str = "utf-8"
) -> Iterator[SourceText | InputError]:
    place, path = f"{unit} {number}", str(source.path)
    text = values.get("text")
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if not isinstance(text, str):
        keys = ", ".join(sorted(str(key) for key in values)[:8]) or "no keys"
        yield InputError(path, f"record without text (it has {keys}); put the article under the key text", place)
        return
    if (zero := text.find("\0")) >= 0:
        yield InputError(path, f"text has a NUL at character {zero}, so it is no text; remove it", place)
        return
    metadata = record_metadata(values)
    for _, problem in metadata.problems:
        yield InputError(path, problem, place)
    key = values.get("id")
    id_ = "" if key is None or isinstance(key, dict | list | bool) else " ".join(str(key).split())
    yield SourceText(repair_surrogates(text), str(number), place, repair_surrogates(id_), metadata, encoding)


def _json_lines(source: SourceFile) -> Iterator[SourceText | InputError]:
    path = str(source.path)
    seen = False
    encoding, skip = _sample_encoding(source)
    for number, line in _encoded_lines(source, encoding, skip):
        if isinstance(line, InputError):
            yield line
            continue
        if not line or line.isspace():
            continue
        seen = True
        try:
            values = json.loads(line.rstrip("\r\n"))
        except (ValueError, RecursionError) as error:
            column = f", column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            why = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too large"
            yield InputError(path, f"is not JSON ({why}); correct the line", f"line {number}{column}")
            continue
        if not isinstance(values, dict):
            yield InputError(path, "is no JSON object; put one object with the key text on each line", f"line {number}")
            continue
        yield from _record(source, values, number, "line", encoding)
    if not seen:
        yield InputError(path, "is empty; remove it or put records in it")


def _sample_encoding(source: SourceFile) -> tuple[str, int]:
    """Encoding of a file that is too large to be read at once, and the length of its byte order mark."""
    with source.open() as stream:
        sample = stream.read(SAMPLE)
    try:
        encoding = detect_encoding(sample, whole=len(sample) < SAMPLE)
    except UndecodableError as error:
        raise InputError(str(source.path), str(error)) from error
    return encoding, split_bom(sample)[0]


def _encoded_lines(source: SourceFile, encoding: str, skip: int) -> Iterator[tuple[int, str | InputError]]:
    with source.open() as stream:
        stream.read(skip)
        if encoding.startswith(("utf-16", "utf-32")):
            # a line end is no single byte there
            yield from enumerate(io.TextIOWrapper(stream, encoding, "replace", newline="\n"), 1)
            return
        start = skip
        for number, line in enumerate(_byte_lines(stream), 1):
            if isinstance(line, int):
                size = line
                problem = f"is {size >> 20} MB long, more than {LONGEST_RECORD >> 20}; split the record"
                yield number, InputError(str(source.path), problem, f"line {number}")
            else:
                size = len(line)
                decoded = decode_as(line, encoding, start)
                for error in _damage(source, decoded, f"line {number}, "):
                    yield number, error
                yield number, decoded.text
            start += size


def _byte_lines(stream: BinaryIO) -> Iterator[bytes | int]:
    """The lines of a file; of one that is too long only its length, so that it never lies in memory."""
    while line := stream.readline(LONGEST_RECORD):
        if len(line) < LONGEST_RECORD or line.endswith(b"\n"):
            yield line
            continue
        size = len(line)
        while rest := stream.readline(1 << 20):
            size += len(rest)
            if rest.endswith(b"\n"):
                break
        yield size


def _csv_rows(source: SourceFile) -> Iterator[SourceText | InputError]:
    path = str(source.path)
    encoding, skip = _sample_encoding(source)
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_RECORD))
    with source.open() as stream:
        stream.read(skip)
        text = io.TextIOWrapper(stream, encoding, "replace", newline="")
        head = text.readline(LONGEST_RECORD)
        if not head.strip():
            raise InputError(path, "is empty; the first line of a CSV names its columns")
        delimiter = max(",\t;", key=head.count)
        names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
        if "text" not in names:
            raise InputError(path, f"has no column text (it has {', '.join(names)[:200]}); name one so", "line 1")
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        number = 0
        while True:
            first = reader.line_num + 2  # the head is line 1
            try:
                row = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                number += 1
                yield InputError(path, f"is no row of CSV ({error}); correct its quotes", f"line {first}")
                continue
            if not row:
                continue
            number += 1
            if any("\ufffd" in value for value in row):
                problem = f"may not be valid {encoding.upper()}; check its characters U+FFFD"
                yield InputError(path, problem, f"row {number}")
            yield from _record(source, dict(zip(names, row, strict=False)), number, "row", encoding)
        if not number:
            yield InputError(path, "has no rows below its column names")


def _parquet_rows(source: SourceFile) -> Iterator[SourceText | InputError]:
    import pyarrow
    from pyarrow import parquet

    path = str(source.path)
    number = 0
    try:
        with parquet.ParquetFile(source.path) as file:
            names = file.schema_arrow.names
            if "text" not in names:
                raise InputError(path, f"has no column text (it has {', '.join(names)[:200]}); name one so")
            columns = [name for name in ("id", "text", "title", "date", "source", "url", "place") if name in names]
            for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
                for values in batch.to_pylist():
                    number += 1
                    yield from _record(source, values, number, "row")
    except (pyarrow.ArrowException, ValueError) as error:
        why = str(error).splitlines()[0][:200]
        yield InputError(path, f"is damaged or no Parquet ({why})", f"row {number + 1}" if number else "")
        return
    if not number:
        yield InputError(path, "has no rows")
