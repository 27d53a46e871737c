"""RDF terms: the few kinds of literal that the graph holds, in forms that rdflib and Oxigraph write alike."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg import vocab

Term = NamedNode | Literal

LANGUAGE: Final = "zh-Hans"
"""Tag of names and labels. Oxigraph writes it in lower case, which RDF holds for the same tag; Turtle by rdflib keeps it."""


@lru_cache(maxsize=65536)
def iri(value: str) -> NamedNode:
    """A node.

    Raises:
        ValueError: not an absolute IRI.
    """
    return NamedNode(value)


def label(value: str) -> Literal:
    """Chinese text that people read."""
    return Literal(value, language=LANGUAGE)


def string(value: str) -> Literal:
    """Text as it is: names to compare with, quotations, identifiers."""
    return Literal(value)


@lru_cache(maxsize=4096)
def decimal(value: float) -> Literal:
    """A number in 0..1 with at most four places, in canonical form: ``0.9``, ``1.0``."""
    digits = f"{value:.4f}".rstrip("0")
    return Literal(f"{digits}0" if digits.endswith(".") else digits, datatype=iri(vocab.XSD + "decimal"))


def index(value: int) -> Literal:
    """An offset or a count."""
    return Literal(str(value), datatype=iri(vocab.XSD + "nonNegativeInteger"))


def boolean(value: bool) -> Literal:
    return Literal(str(value).lower(), datatype=iri(vocab.XSD + "boolean"))


_DATES: Final = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "{}", "date"),
    (re.compile(r"\d{4}-\d\d"), "{}-01", "gYearMonth"),
    (re.compile(r"\d{4}"), "{}-01-01", "gYear"),
    (re.compile(r"--\d\d-\d\d"), "2000{:.6}", "gMonthDay"),
    (re.compile(r"--\d\d"), "2000{:.4}-01", "gMonth"),
)


@lru_cache(maxsize=65536)
def time(value: str) -> Literal:
    """A date as precise as the text says it, typed; a string where it is none.

    >>> time("2021-04").datatype.value.rpartition("#")[2], time("--06-02").datatype.value.rpartition("#")[2]
    ('gYearMonth', 'gMonthDay')
    """
    for pattern, full, datatype in _DATES:
        if pattern.fullmatch(value):
            day = full.format(value if full.startswith("{") else value[1:])
            try:
                date.fromisoformat(day)
            except ValueError:
                break
            return Literal(value, datatype=iri(vocab.XSD + datatype))
    return Literal(value)


def text_of(term: object) -> str:
    """A term without its marks: the IRI, or the text of a literal; empty for none."""
    if term is None:
        return ""
    return str(term.value) if isinstance(term, NamedNode | Literal | BlankNode) else str(term)


def order(triple: Triple) -> tuple[str, str, str]:
    """The order in which triples are written: by subject, predicate and object as text."""
    return str(triple.subject), triple.predicate.value, str(triple.object)


def encode(triples: Iterable[Triple] | Iterable[Quad], format: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    """Triples or quads in one of Oxigraph's formats, in the order in which they come."""
    out = io.BytesIO()
    serialize(triples, out, format, prefixes=dict(sorted(prefixes.items())))
    return out.getvalue()
