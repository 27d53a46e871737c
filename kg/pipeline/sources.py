"""From paths to the articles of a build: each with an id of its own, in an order of their own, problems beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import vocab
from kg.analysis.pages import with_page_place
from kg.errors import InputError
from kg.model import Article
from kg.read import SourceFile, discover, read_source

Tick = Callable[[int, int], None]
"""Called with the numbers of files that are done and that there are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        articles: sorted by id; no two share one.
        problems: what could not be read, in order of path and place.
        roots: the folders that the articles' sources are relative to, as given.
        files: number of files that were opened.
    """

    articles: tuple[Article, ...]
    problems: tuple[InputError, ...]
    roots: tuple[Path, ...]
    files: int


def read_articles(paths: Sequence[Path], out: Path | None = None, tick: Tick = lambda done, total: None) -> Reading:
    """Every article under the paths. A path or a file that cannot be read is a problem, and the rest goes on.

    Args:
        paths: files and folders.
        out: an output folder, which is passed over where it lies inside a folder that is read.
        tick: told how far it is.
    """
    problems: list[InputError] = []
    good: list[Path] = []
    for path in paths:
        try:
            discover([path])
        except InputError as error:
            problems.append(error)
        else:
            good.append(path)
    files = tuple(file for file in (discover(good) if good else ()) if not _is_output(file, good, out))
    articles: list[Article] = []
    for done, file in enumerate(files):
        tick(done, len(files))
        read: list[Article] = []
        for found in _read(file):
            if isinstance(found, InputError):
                problems.append(found)
            else:
                read.append(found)
        articles += with_page_place(read) if read and not read[0].record else read
    tick(len(files), len(files))
    roots = dict.fromkeys(path if path.is_dir() else path.parent for path in good)
    return Reading(
        with_own_ids(articles),
        tuple(sorted(problems, key=lambda problem: (problem.path, problem.place, problem.problem))),
        tuple(sorted(roots)),
        len(files),
    )


def _is_output(file: SourceFile, paths: Sequence[Path], out: Path | None) -> bool:
    """Whether a file was met in the output folder only because a folder around it is read."""
    if out is None or not file.path.resolve().is_relative_to(out.resolve()):
        return False
    return not any(path.resolve().is_relative_to(out.resolve()) for path in paths)


def _read(file: SourceFile) -> Iterable[Article | InputError]:
    try:
        yield from read_source(file)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(
            str(file.path), f"cannot be read ({error.strerror or error}); check the file and its permissions"
        )


def with_own_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles sorted by id. Of several with one id (files of one name in two folders) the first by source keeps
    it, the others get a suffix made of their source.

    >>> two = [Article("a#1", "x", (), (), source=f"{folder}/a.txt") for folder in "qp"]
    >>> [(article.id, article.source) for article in with_own_ids(two)]
    [('a#1', 'p/a.txt'), ('a~e9f4f5#1', 'q/a.txt')]
    """
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[article.id].append(article)
    named: dict[str, Article] = {}
    for id_ in sorted(groups):
        stem, mark, number = id_.rpartition("#")
        stem = stem if mark else id_
        for position, article in enumerate(sorted(groups[id_], key=lambda a: (a.source, a.record, a.text))):
            own = id_
            count = 0
            while own in named or (position and own == id_) or (own != id_ and own in groups):
                suffix = vocab.digest(article.source, article.record, str(count or ""), length=6)
                own = f"{stem}~{suffix}{mark}{number if mark else ''}"
                count += 1
            named[own] = replace(article, id=own)
    return tuple(named[own] for own in sorted(named))
