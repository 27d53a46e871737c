"""The facts of a build on disk: what everything else in the output folder can be made from again.

``articles.jsonl.gz`` holds one line an article (``ArticleFacts.to_dict``), sorted by article id; ``resolution.json`` who
is who. Both are the same bytes for the same content: keys sorted, no clock in the gzip header.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kg import vocab
from kg.errors import OutputError
from kg.model import ArticleFacts, Resolution, ResolvedEntity

ARTICLES: Final = "articles.jsonl.gz"
RESOLUTION: Final = "resolution.json"
VERSION: Final = 1
"""Of the two files' form; raised when an older reader could not read a newer file."""


def write_archive(
    folder: Path, articles: Sequence[ArticleFacts], resolution: Resolution, *, base: str = vocab.DEFAULT_BASE
) -> None:
    """Write the facts and the resolution into an existing folder.

    Raises:
        OSError: a file cannot be written.
    """
    with (
        (folder / ARTICLES).open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as file,
    ):
        for found in sorted(articles, key=lambda item: item.article.id):
            file.write(_line(found.to_dict()))
    known = {
        "version": VERSION,
        "base": vocab.base_with_slash(base),
        "entities": [asdict(entity) for entity in sorted(resolution.entities, key=lambda entity: entity.id)],
    }
    text = json.dumps(known, ensure_ascii=False, sort_keys=True, indent=1)
    (folder / RESOLUTION).write_text(f"{text}\n", encoding="utf-8", errors="surrogatepass", newline="\n")


def _line(data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "surrogatepass")


def iterate_archive(folder: Path) -> Iterator[ArticleFacts]:
    """The articles of a build one after the other, by id.

    Raises:
        OutputError: the folder holds no build, or a line of it is broken.
    """
    path = folder / ARTICLES
    number = 0
    try:
        with gzip.open(path, "rb") as file:
            for number, line in enumerate(file, 1):  # noqa: B007
                yield ArticleFacts.from_dict(json.loads(line.decode("utf-8", "surrogatepass")))
    except FileNotFoundError as error:
        raise OutputError(f"{folder}: holds no build; make one with `kg build PATH -o {folder}`") from error
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{path}, line {number}: broken ({error}); build again") from error


def read_resolution(folder: Path) -> tuple[Resolution, str]:
    """Who is who, and the base IRI of the build.

    Raises:
        OutputError: the folder holds no build, or its file is broken.
    """
    path = folder / RESOLUTION
    try:
        known = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
        if known["version"] != VERSION:
            raise OutputError(f"{path}: version {known['version']} is not {VERSION}; build again with this version")
        entities = tuple(
            ResolvedEntity(
                id=entity["id"],
                type=entity["type"],
                name=entity["name"],
                aliases=tuple(entity["aliases"]),
                members=tuple((article, key) for article, key in entity["members"]),
                reasons=tuple(entity["reasons"]),
            )
            for entity in known["entities"]
        )
        base = vocab.base_with_slash(known["base"])
    except FileNotFoundError as error:
        raise OutputError(f"{folder}: holds no build; make one with `kg build PATH -o {folder}`") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{path}: broken ({error}); build again") from error
    return Resolution(entities, {member: entity.id for entity in entities for member in entity.members}), base


def read_archive(folder: Path) -> tuple[tuple[ArticleFacts, ...], Resolution]:
    """The articles of a build by id, and who is who in it.

    Raises:
        OutputError: the folder holds no build, or a file of it is broken.
    """
    resolution, _ = read_resolution(folder)
    return tuple(iterate_archive(folder)), resolution
