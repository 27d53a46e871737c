"""SPARQL over the store: the named queries, any other query, and the forms in which answers are given."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

import pyoxigraph as ox

from kg import vocab
from kg.errors import QueryError
from kg.graph import syntax
from kg.graph.store import GraphStore
from kg.graph.terms import encode, order, text_of

if TYPE_CHECKING:
    from rich.table import Table as RichTable

QUESTIONS: Final = (
    "entities",
    "positions",
    "participation",
    "events",
    "visits",
    "meetings",
    "signings",
    "appointments",
    "hierarchy",
    "statements",
    "bylines",
    "awards",
)
"""The named queries whose answers ``write_answers`` writes."""

Format = Literal["table", "csv", "tsv", "json", "xml", "ttl"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)

_Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with the package.

    Attributes:
        name: ``positions``.
        title: the question it answers.
        columns: of its answer.
        text: SPARQL.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: every cell as text, empty where a variable is unbound; IRIs in full."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """The twelve questions in their order, then the others by name."""
    texts = {
        Path(entry.name).stem: entry.read_text(encoding="utf-8")
        for entry in (files("kg.graph") / "queries").iterdir()
        if entry.name.endswith(".rq")
    }
    names = (*QUESTIONS, *sorted(texts.keys() - set(QUESTIONS)))
    return tuple(_named(name, texts[name]) for name in names)


def _named(name: str, text: str) -> NamedQuery:
    select = re.search(r"\bSELECT\b(.*?)\bWHERE\b", text, re.DOTALL)
    columns = (
        re.findall(r"\?(\w+)(?=\)|\s|$)", re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\bAS\b", "(", select[1]))
        if select
        else []
    )
    return NamedQuery(name, text.split("\n", 1)[0].lstrip("# "), tuple(columns), text)


def named_query(name: str) -> NamedQuery:
    """A named query.

    Raises:
        QueryError: there is none of this name; the message has the nearest names.
    """
    known = {query.name: query for query in named_queries()}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
    raise QueryError(f"no query is named {name!r}; {hint}")


# --------------------------------------------------------------------------------------------------- running
def _ask(store: GraphStore, sparql: str) -> _Answer:
    """Oxigraph's answer.

    Raises:
        QueryError: the query is malformed, asks another endpoint, or fails while it runs.
    """
    service = syntax.find_service(sparql)
    if service is not None:
        raise QueryError(
            f"{syntax.place(sparql, service)}: SERVICE asks another endpoint, which needs a network; leave it out"
        )
    try:
        return store.oxigraph.query(sparql, prefixes=store.prefixes)
    except SyntaxError as error:
        raise QueryError(syntax.diagnose(sparql, str(error), store.prefixes)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {' '.join(str(error).split())}") from error


def run(store: GraphStore, sparql: str) -> Table:
    """The answer to a query as text.

    ``SELECT`` gives its variables, ``ASK`` one cell ``true`` or ``false``, ``CONSTRUCT`` and ``DESCRIBE`` sorted triples.
    The prefixes of the vocabulary and of the instances (``person:韦韬``) need no declaration.

    Raises:
        QueryError: the query is malformed (with line, column and what was expected), or cannot be answered.
    """
    answer = _ask(store, sparql)
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), ((str(bool(answer)).lower(),),))
    if isinstance(answer, ox.QueryTriples):
        return _triples_table(_sorted_triples(answer))
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple(text_of(term) for term in row) for row in _solutions(answer)))


def _solutions(answer: ox.QuerySolutions) -> list[ox.QuerySolution]:
    with _failing():
        return list(answer)


def _sorted_triples(answer: ox.QueryTriples) -> list[ox.Triple]:
    with _failing():
        return sorted(answer, key=order)


@contextmanager
def _failing() -> Iterator[None]:
    """Failures while an answer is computed, which may be long after the query was accepted."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query stopped while it ran: {' '.join(str(error).split())}") from error


def _triples_table(triples: list[ox.Triple]) -> Table:
    return Table(("subject", "predicate", "object"), tuple(tuple(text_of(term) for term in row) for row in triples))


def run_named(store: GraphStore, name: str) -> Table:
    """The answer to a named query.

    Raises:
        QueryError: there is none of this name.
    """
    return run(store, named_query(name).text)


def render(store: GraphStore, sparql: str, form: Format = "csv") -> str:
    """The answer to a query in a form that programs or people read.

    ``csv``, ``tsv``, ``json`` and ``xml`` are the W3C's SPARQL result formats; for ``CONSTRUCT`` and ``DESCRIBE``
    ``ttl`` is Turtle, ``json`` JSON-LD and ``xml`` RDF/XML.

    Raises:
        QueryError: the query is malformed, or ``ttl`` is asked of a ``SELECT``.
    """
    if form not in FORMATS:
        raise QueryError(f"no form is named {form!r}; there are {', '.join(FORMATS)}")
    if form == "table":
        return _console(rich_table(run(store, sparql), store.base))
    answer = _ask(store, sparql)
    if isinstance(answer, ox.QueryTriples):
        return _triples(store, answer, form)
    if form == "ttl":
        raise QueryError("ttl writes triples: ask with CONSTRUCT or DESCRIBE, or choose csv, tsv, json or xml")
    formats = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON}
    if isinstance(answer, ox.QueryBoolean) and form in ("csv", "tsv"):
        return f"answer\n{str(bool(answer)).lower()}\n"
    with _failing():
        return (answer.serialize(format=formats.get(form, ox.QueryResultsFormat.XML)) or b"").decode()


def _triples(store: GraphStore, answer: ox.QueryTriples, form: str) -> str:
    triples = _sorted_triples(answer)
    if form in ("csv", "tsv"):
        return as_csv(_triples_table(triples), "," if form == "csv" else "\t")
    if form == "ttl":
        from kg.graph.turtle import turtle

        return turtle(triples, store.base).decode()
    formats = {"json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}
    return encode(triples, formats[form], vocab.prefixes(store.base)).decode()


# --------------------------------------------------------------------------------------------------- writing
def as_csv(table: Table, delimiter: str = ",") -> str:
    """A table with a header line, rows in their order, lines ended by a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue()


def write_answers(store: GraphStore, folder: Path) -> dict[str, int]:
    """Write the answers to the twelve questions as ``positions.csv`` …, in UTF-8, sorted; the rows of each.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for name in QUESTIONS:
        table = run_named(store, name)
        text = as_csv(Table(table.columns, tuple(sorted(table.rows))))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        counts[name] = len(table.rows)
    return counts


_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def rich_table(table: Table, base: str = vocab.DEFAULT_BASE) -> RichTable:
    """A table for the terminal: IRIs as prefixed names; text from articles can neither style it nor steer the terminal."""
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(header_style="bold")
    for column in table.columns:
        shown.add_column(Text(column), overflow="fold")
    for row in table.rows:
        shown.add_row(*(Text(_CONTROL.sub("\ufffd", _short(cell, base))) for cell in row))
    return shown


def _short(cell: str, base: str) -> str:
    """An IRI as a prefixed name, where a prefix of the build fits; any other text as it is."""
    for prefix, namespace in vocab.prefixes(base).items():
        if cell.startswith(namespace):
            return f"{prefix}:{cell[len(namespace) :]}"
    return cell


def _console(table: RichTable) -> str:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=160, no_color=True).print(table)
    return out.getvalue()
