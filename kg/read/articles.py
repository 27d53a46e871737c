"""Articles of a file, and their source texts again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.model import Article, Block, Segment
from kg.read.layout import Page, repair
from kg.read.metadata import Metadata, parse_date
from kg.read.normalize import normalize
from kg.read.records import LONGEST_LINE, SourceText, source_texts
from kg.read.sources import SourceFile

_log = logging.getLogger("kg.read")


def read_source(source: SourceFile) -> Iterator[Article | InputError]:
    """The articles of one file in order; what cannot be read is yielded as an error and the rest goes on.

    A file that is read record by record is never in memory as a whole. An encoding other than UTF-8 is reported to
    the logger ``kg.read``.
    """
    reported = "utf-8"
    for found in source_texts(source):
        if isinstance(found, InputError):
            yield found
        else:
            if found.encoding != reported:
                _log.warning("%s: read as %s", source.path, found.encoding.upper())
                reported = found.encoding
            yield from _articles(source, found)


def _articles(source: SourceFile, found: SourceText) -> Iterator[Article | InputError]:
    path, place, text = str(source.path), found.place, found.text
    if len(text) > LONGEST_LINE and (line := _too_long(text)):
        where = f"{place}, line {line}" if place else f"line {line}"
        yield InputError(path, f"line of more than {LONGEST_LINE} characters; break it into paragraphs", where)
        return
    format_ = source.format
    pages = repair(
        normalize(text),
        found.metadata.body,
        several=format_ in ("text", "markdown"),
        markdown=format_ == "markdown",
        title=normalize(found.metadata.values.get("title", "")),
    )
    if not pages:
        below = " below its front matter" if found.metadata.body else ""
        yield InputError(path, f"has no text{below}; remove it or put text in it", place)
        return
    given = found.metadata.values
    if len(pages) == 1:
        pages = [_titled(pages[0], text, found.metadata)]
    name = found.id or (f"{source.stem}#{found.record}" if found.record else source.stem)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    printed = next((page.date for page in pages if page.date), "")
    for number, page in enumerate(pages, 1):
        alone = len(pages) == 1
        yield Article(
            id=name if alone else f"{name}#{number}",
            text=page.text,
            segments=page.segments,
            blocks=page.blocks,
            source=source.name,
            record=found.record,
            source_sha256=digest,
            title=(given.get("title", "") if alone else "") or page.title,
            date=given.get("date", "") or parse_date(page.date or printed),
            publisher=given.get("source", "") or page.publisher,
            url=given.get("url", ""),
            place=given.get("place", ""),
        )


def _titled(page: Page, source: str, metadata: Metadata) -> Page:
    """The page under the title that its front matter gives, where it is not printed in the text: it is a line of the
    source, so what it says can be quoted."""
    title = normalize(metadata.values.get("title", ""))
    at = normalize(source[: metadata.body]).find(title) if title else -1
    if at < 0 or "".join(title.split()) in "".join(page.text.split()):
        return page
    shift = len(title) + 1
    return replace(
        page,
        text=f"{title}\n{page.text}",
        segments=(Segment(0, at, len(title)), *(replace(s, start=s.start + shift) for s in page.segments)),
        blocks=(
            Block("headline", 0, len(title)),
            *(Block(b.kind, b.start + shift, b.end + shift) for b in page.blocks),
        ),
    )


def _too_long(text: str) -> int:
    """Number of the first line that is longer than an article can be, 0 where none is."""
    return next((n for n, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST_LINE), 0)


def reread(article: Article, root: Path | Sequence[Path]) -> str:
    """The source text of an article as it lies in its file now.

    Args:
        article: as ``read_source`` gave it.
        root: the folder that ``article.source`` is relative to, or several to look in.

    Returns:
        the text that ``article.source_spans`` counts in. ``kg.read.normalize`` of it holds every quotation.

    Raises:
        InputError: the file or record is gone, or its text is no longer the one that was read.
    """
    return _one(next(iter(reread_many([article], root)))[1])


def _one(found: str | InputError) -> str:
    if isinstance(found, InputError):
        raise found
    return found


def reread_many(articles: Iterable[Article], root: Path | Sequence[Path]) -> Iterator[tuple[Article, str | InputError]]:
    """As ``reread`` for many articles, each file read once: yields each article with its text or the error, grouped
    by file in order of first appearance."""
    roots = [root] if isinstance(root, Path) else list(root)
    files: dict[str, list[Article]] = {}
    for article in articles:
        files.setdefault(article.source, []).append(article)
    for name, wanted in files.items():
        missing: dict[int, tuple[Article, InputError]] = {}
        rest = wanted
        for folder in roots or [Path()]:
            missing.clear()
            for article, found in _from_file(SourceFile(folder / name, name), rest):
                if isinstance(found, InputError):
                    missing[id(article)] = (article, found)
                else:
                    yield article, found
            rest = [article for article, _ in missing.values()]
            if not rest:
                break
        yield from missing.values()


def _from_file(source: SourceFile, wanted: Sequence[Article]) -> Iterator[tuple[Article, str | InputError]]:
    by_record: dict[str, list[Article]] = {}
    for article in wanted:
        by_record.setdefault(article.record, []).append(article)
    path = str(source.path)
    problem = InputError(path, "is gone; put it back or build again")
    if source.path.exists():
        problem = InputError(path, "no longer holds the record; put it back or build again")
        for found in source_texts(source):
            if isinstance(found, InputError):
                if not found.place:
                    problem = found
                continue
            digest = ""
            for article in by_record.pop(found.record, ()):
                digest = digest or hashlib.sha256(found.text.encode("utf-8")).hexdigest()
                if digest == article.source_sha256:
                    yield article, found.text
                else:
                    yield article, InputError(path, "has changed since it was read; build again", found.place)
            if not by_record:
                return
    for articles in by_record.values():
        for article in articles:
            yield article, problem
