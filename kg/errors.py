"""Errors of this package.

KgError
├── InputError        a source cannot be read; names the file and the place
├── OutputError       the output folder cannot be written or holds no build
├── QueryError        a query is malformed; names the position and what was expected
└── PluginError       an extractor or another plug-in cannot be loaded
"""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that this package raises on purpose.

    ``str(error)`` is one line that says what is wrong, where, and what to do about it.
    """


class InputError(KgError):
    """A source cannot be read.

    Attributes:
        path: the file or folder as the user gave it.
        place: where in the file: ``"line 3"``, ``"byte 1024"``, ``"record 7"``; empty for the file as a whole.
        problem: what is wrong and what to do.
    """

    def __init__(self, path: str, problem: str, place: str = "") -> None:
        self.path, self.place, self.problem = path, place, problem
        super().__init__(f"{path}{f', {place}' if place else ''}: {problem}")


class OutputError(KgError):
    """The output folder cannot be written, or holds no finished build."""


class QueryError(KgError):
    """A SPARQL query is malformed, or a named query does not exist."""


class PluginError(KgError):
    """An extractor or another plug-in cannot be loaded."""
