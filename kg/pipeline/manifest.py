"""What a build was made of: read by the next build, and by commands that need the sources again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import InputError, OutputError
from kg.pipeline.publish import MANIFEST

FORMAT: Final = 3


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record of a finished build; no clock and no name of a machine in it.

    Attributes:
        kg: version of this package.
        extractor, fingerprint: which extractor made the facts, and a hash of all that they depend on.
        base: base IRI of the instances.
        min_confidence: facts below are candidates.
        roots: folders that the articles' sources are relative to, seen from the output folder.
        articles: their ids, sorted.
        skipped: what could not be read or extracted.
        writers: a hash of the code and libraries that made the files from the facts.
        outputs: name and SHA-256 of each file.
    """

    kg: str
    extractor: str
    fingerprint: str
    base: str
    roots: tuple[str, ...]
    articles: tuple[str, ...]
    min_confidence: float
    skipped: tuple[InputError, ...] = ()
    writers: str = ""
    outputs: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form."""
        stored = {name: getattr(self, name) for name in self.__dataclass_fields__}
        stored["skipped"] = [{"path": e.path, "place": e.place, "problem": e.problem} for e in self.skipped]
        stored["outputs"] = dict(self.outputs)
        return stored

    def can_lend(self, fingerprint: str, min_confidence: float) -> bool:
        """Whether an extraction would find the same facts again."""
        return (self.fingerprint, self.min_confidence) == (fingerprint, min_confidence)

    def is_whole(self, out: Path) -> bool:
        """Whether every file in the output folder is the one that was written there."""
        return bool(self.outputs) and all(
            (out / name).is_file() and file_digest(out / name) == digest for name, digest in self.outputs
        )

    def write(self, folder: Path) -> None:
        """Write it into a folder.

        Raises:
            OSError: the folder cannot be written.
        """
        text = json.dumps({"format": FORMAT, **self.to_dict()}, ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")

    def source_roots(self, out: Path) -> tuple[Path, ...]:
        """The folders to look for sources in, from where the output folder lies now."""
        return tuple(Path(os.path.normpath(out / root)) for root in self.roots)


def read_manifest(out: Path) -> Manifest:
    """The manifest of a finished build.

    Raises:
        OutputError: there is none, or it is not one that this version writes.
    """
    path = out / MANIFEST
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored.pop("format") != FORMAT:
            raise ValueError
        return Manifest(
            kg=str(stored["kg"]),
            extractor=str(stored["extractor"]),
            fingerprint=str(stored["fingerprint"]),
            base=str(stored["base"]),
            roots=tuple(map(str, stored["roots"])),
            articles=tuple(map(str, stored["articles"])),
            min_confidence=float(stored["min_confidence"]),
            skipped=tuple(InputError(e["path"], e["problem"], e["place"]) for e in stored["skipped"]),
            writers=str(stored["writers"]),
            outputs=tuple((str(name), str(digest)) for name, digest in sorted(stored["outputs"].items())),
        )
    except FileNotFoundError as error:
        raise OutputError(f"{out}: holds no finished build; `kg build PATH -o {out}` makes one") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{path}: is not a manifest of this version; build again into {out}") from error


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def relative_roots(roots: Iterable[Path], out: Path) -> tuple[str, ...]:
    """Folders as seen from the output folder, so that both can be moved together."""
    found = set()
    for root in roots:
        try:
            found.add(Path(os.path.relpath(root.resolve(), out.resolve())).as_posix())
        except ValueError:  # another drive
            found.add(root.resolve().as_posix())
    return tuple(sorted(found))
