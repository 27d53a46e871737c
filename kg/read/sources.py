"""The files a build reads, in an order of their own."""

from __future__ import annotations

import gzip
import logging
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast

from kg.errors import InputError

Format = Literal["text", "markdown", "html", "jsonl", "csv", "parquet"]

_FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}
SUFFIXES = ".txt, .md, .html, .jsonl, .csv, .parquet (and .gz of all but the last)"

_log = logging.getLogger("kg.read")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read.

    Attributes:
        path: where it is, as the user gave it.
        name: what it is called: relative to the folder that was named (``/`` between parts), the file's name where
            the file itself was named.
    """

    path: Path
    name: str

    @property
    def format(self) -> Format:
        """How the file is read.

        Raises:
            InputError: no reader knows the suffix.
        """
        format_ = _format_of(self.path.name)
        if format_ is None:
            raise InputError(str(self.path), f"is of no kind that is read; give {SUFFIXES}")
        return format_

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix, in Unicode's composed form: the id of its article."""
        name = Path(self.name).name
        if name.lower().endswith(".gz"):
            name = name[:-3]
        return unicodedata.normalize("NFC", Path(name).stem)

    def open(self) -> BinaryIO:
        """The bytes of the file, unpacked where it is a ``.gz``.

        Raises:
            OSError: it cannot be opened.
        """
        if self.path.name.lower().endswith(".gz"):
            return cast(BinaryIO, gzip.open(self.path, "rb"))
        return self.path.open("rb")


def _format_of(name: str) -> Format | None:
    name = name.lower()
    if name.endswith(".gz"):
        name = name[:-3]
        if name.endswith(".parquet"):
            return None
    return _FORMATS.get(Path(name).suffix)


def discover(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """The files under ``paths``, each once, sorted by name: the order of ``paths`` does not matter.

    Hidden files and folders are passed over, and so are files in folders that no reader knows.

    Args:
        paths: files and folders.

    Raises:
        InputError: a path is missing, a named file is of no kind that is read, or a folder holds none that is.
    """
    found: dict[str, SourceFile] = {}
    for path in paths:
        try:
            files = _under(path) if path.is_dir() else [_single(path)]
        except OSError as error:
            raise InputError(str(path), f"cannot be read ({error.strerror}); check its permissions") from error
        for file in files:
            key = os.path.realpath(file.path)
            # A file that is named twice keeps the longer name: that of the folder rather than its own.
            if key not in found or _rank(file) < _rank(found[key]):
                found[key] = file
    return tuple(sorted(found.values(), key=lambda file: (file.name, file.path.as_posix())))


def _rank(file: SourceFile) -> tuple[int, str, str]:
    return -len(file.name), file.name, file.path.as_posix()


def _single(path: Path) -> SourceFile:
    if not path.exists():
        raise InputError(str(path), "does not exist; check the spelling")
    file = SourceFile(path, unicodedata.normalize("NFC", path.name))
    _ = file.format
    return file


def _under(folder: Path) -> list[SourceFile]:
    files, others = [], 0
    for path in _walk(folder):
        if _format_of(path.name) is None:
            others += 1
        else:
            files.append(SourceFile(path, unicodedata.normalize("NFC", path.relative_to(folder).as_posix())))
    if not files:
        raise InputError(str(folder), f"holds no file that is read; give {SUFFIXES}")
    if others:
        _log.info("%s: %d files of other kinds passed over", folder, others)
    return files


def _walk(folder: Path) -> Iterator[Path]:
    def report(error: OSError) -> None:
        _log.warning("%s: cannot be read (%s); its files are left out", error.filename, error.strerror)

    for root, folders, names in os.walk(folder, onerror=report):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(names) if not name.startswith("."))
