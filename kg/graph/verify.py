"""Does a build still say what its sources say? Every quotation is read again, every file compared with the facts.

Three checks, in this order: the quotations of all facts and mentions against the source text; ``graph.ttl``,
``evidence.ttl`` and the store against what the facts give; the triples against the shipped SHACL shapes (by pyshacl up to
``PYSHACL_LIMIT`` triples, on the store beyond: see ``shapes``).
"""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg import vocab
from kg.errors import InputError, OutputError
from kg.graph.archive import read_archive, read_resolution
from kg.graph.rdf import GraphBuilder
from kg.graph.shapes import PYSHACL_LIMIT, Violation, violations, violations_by_oxigraph
from kg.graph.store import ontology, open_store
from kg.graph.terms import order
from kg.graph.turtle import write_turtle
from kg.model import Article, ArticleFacts, Resolution, Span
from kg.read.articles import reread_many
from kg.read.normalize import normalize

COMPARED: Final = 1_000_000
"""Triples of a file up to which a difference is told triple by triple; both files have to fit in memory for it."""

LISTED: Final = 20
"""Differing triples of one file that are listed one by one; the rest is counted."""

Sources = Callable[[Iterable[Article]], Iterable[tuple[Article, str | InputError]]]
"""Reads sources again: each article with its source text, or with the reason why there is none."""


class Problem(NamedTuple):
    """Something that does not hold.

    Attributes:
        article: its id; empty where no single article is at fault.
        place: ``page.txt, characters 155-185``; a file of the build; a node of the graph.
        problem: what is wrong.
    """

    article: str
    place: str
    problem: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.article, self.place, self.problem) if part)


def verify_build(out: Path, roots: Sequence[Path] = (Path(),)) -> list[Problem]:
    """Everything in a build's folder that does not hold; empty where all is well.

    Args:
        out: the folder, with ``articles.jsonl.gz``, ``resolution.json`` and what was made from them.
        roots: folders that the sources' paths are relative to, tried in order.

    Raises:
        OutputError: the folder holds no build, or its facts cannot be read.
        PluginError: a fact names an entity that its article does not have.
    """
    articles, resolution = read_archive(out)
    _, base = read_resolution(out)
    found = list(verify_quotations(articles, partial(reread_many, root=list(roots))))
    with TemporaryDirectory(prefix="kg-verify-") as folder:
        made = Path(folder)
        counts = write_turtle(made, articles, resolution, base=base)
        for name in counts:
            found += _file(out / name, made / name, listed=counts[name] <= COMPARED)
        triples = sum(counts.values())
        if triples <= PYSHACL_LIMIT:
            found += _shapes(violations([triple for name in counts for triple in _read(made / name)]))
            return found + list(_store(out / "store", triples, shapes=False))
    return found + list(_store(out / "store", triples, shapes=True))


def verify(
    articles: Sequence[ArticleFacts], resolution: Resolution, sources: Sources, *, base: str = vocab.DEFAULT_BASE
) -> list[Problem]:
    """As ``verify_build``, of facts in memory: quotations and shapes.

    Raises:
        PluginError: a fact names an entity that its article does not have.
    """
    graph, evidence = GraphBuilder(articles, resolution, base=base).of()
    return [*verify_quotations(articles, sources), *_shapes(violations([*graph, *evidence]))]


def one_by_one(reread: Callable[[Article], str]) -> Sources:
    """``Sources`` from a function that reads the source of one article and raises ``InputError``."""

    def read(articles: Iterable[Article]) -> Iterator[tuple[Article, str | InputError]]:
        for article in articles:
            try:
                yield article, reread(article)
            except InputError as error:
                yield article, error

    return read


# ------------------------------------------------------------------------------------------------ quotations
def verify_quotations(articles: Sequence[ArticleFacts], sources: Sources) -> Iterator[Problem]:
    """Quotations and mentions that do not stand in the source, in the order in which sources are read."""
    by_id = {found.article.id: found for found in articles}
    previous, normal = "", ""
    for article, text in sources([found.article for found in articles]):
        if isinstance(text, InputError):
            yield Problem(article.id, ", ".join(part for part in (text.path, text.place) if part), text.problem)
            continue
        if text != previous:
            previous, normal = text, normalize(text)
        yield from _article(by_id[article.id], normal)


def _article(found: ArticleFacts, source: str) -> Iterator[Problem]:
    for fact in found.facts:
        wrong = _misquoted(found.article, fact.evidence, source)
        if wrong:
            yield Problem(found.article.id, _place(found.article, fact.evidence), f"{fact.kind} ({fact.rule}): {wrong}")
    for entity in found.entities:
        for mention in entity.mentions:
            wrong = _misquoted(found.article, mention, source)
            if wrong:
                yield Problem(found.article.id, _place(found.article, mention), f"mention of {entity.key}: {wrong}")


def _misquoted(article: Article, span: Span, source: str) -> str:
    """How a stretch of an article's text differs from its source; empty where it does not.

    Args:
        source: normalized as the reader normalizes it.
    """
    try:
        pieces = article.source_spans(span)
    except ValueError:
        return f"{span.start}-{span.end} is no stretch of an article of {len(article.text)} characters"
    quote = "".join(article.text[span.start : span.end].split())
    there = "".join("".join(source[piece.start : piece.end] for piece in pieces).split())
    if not pieces:
        return f"{quote!r} has no place in the source"
    if quote != there:
        return f"quotes {quote!r}, the source has {there!r}"
    return ""


def _place(article: Article, span: Span) -> str:
    name = article.source or article.id
    if article.record:
        name += f", record {article.record}"
    try:
        pieces = article.source_spans(span)
    except ValueError:
        return name
    return f"{name}, characters {' '.join(f'{piece.start}-{piece.end}' for piece in pieces)}" if pieces else name


# ----------------------------------------------------------------------------------------------------- files
def _read(path: Path) -> Iterator[ox.Triple]:
    with path.open("rb") as file:
        for quad in ox.parse(file, format=ox.RdfFormat.TURTLE):
            yield quad.triple


def _file(path: Path, made: Path, *, listed: bool) -> Iterator[Problem]:
    """How a Turtle file differs from the one that the facts give now.

    Args:
        listed: whether the triples that differ are told one by one.
    """
    if not path.is_file():
        yield Problem("", path.name, "is missing; build again")
        return
    try:
        if filecmp.cmp(path, made, shallow=False):
            return
        if not listed:
            yield Problem("", path.name, "is not what the facts give; it was changed, or made by another version")
            return
        there = set(_read(path))
    except (OSError, SyntaxError, ValueError) as error:
        yield Problem("", path.name, f"cannot be read: {' '.join(str(error).split())}")
        return
    wanted = set(_read(made))
    for triples, what in ((there - wanted, "says what no fact says"), (wanted - there, "lacks")):
        for triple in sorted(triples, key=order)[:LISTED]:
            yield Problem("", path.name, f"{what}: {triple.subject} {triple.predicate} {triple.object}")
        if len(triples) > LISTED:
            yield Problem("", path.name, f"{what}: {len(triples) - LISTED:,} triples more")


def _store(folder: Path, expected: int, *, shapes: bool) -> Iterator[Problem]:
    try:
        with open_store(folder) as store:
            count = len(store) - len(set(ontology()))
            if count != expected:
                yield Problem("", folder.name, f"holds {count:,} triples, the facts give {expected:,}; build again")
            if shapes:
                yield from _shapes(violations_by_oxigraph(store.oxigraph))
    except OutputError as error:
        yield Problem("", folder.name, str(error))


def _shapes(found: Iterable[Violation]) -> list[Problem]:
    return [Problem("", violation.node, violation.problem) for violation in found]
