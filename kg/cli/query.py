"""``kg query``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument


@click.command(
    "query",
    epilog=example(
        "kg query out --named positions",
        "kg query out 'SELECT ?post WHERE { person:韦韬 org:holds/rdfs:label ?post }'",
        "kg query out -f my.rq --format csv > answer.csv",
    ),
)
@out_argument
@click.argument("sparql", required=False)
@click.option("--named", metavar="NAME", help="A query that ships with kg; `--named list` lists them.")
@click.option("-f", "--file", type=click.Path(path_type=Path), help="A file with the query; - is standard input.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl"]),
    default="table",
    show_default=True,
    help="Form of the answer; ttl for CONSTRUCT and DESCRIBE.",
)
@json_option
def command(out: Path, sparql: str | None, named: str | None, file: Path | None, form: str, as_json: bool) -> None:
    """Ask a build in SPARQL, or by the name of a query.

    Prefixes of the vocabulary and of the instances (person:韦韬) need no declaration.
    """
    if sum(given is not None for given in (sparql, named, file)) != 1:
        raise click.UsageError("give one of SPARQL, --named NAME and -f FILE")
    from kg.graph.queries import named_query, render, rich_table, run
    from kg.graph.store import open_store
    from kg.pipeline.publish import STORE, open_output

    open_output(out)
    if named == "list":
        return _list_named(as_json)
    text = named_query(named).text if named else _from_file(file) if file else str(sparql)
    with open_store(out / STORE) as store:
        if as_json:
            form = "json"
        if form == "table" and sys.stdout.isatty():
            from rich.console import Console

            Console().print(rich_table(run(store, text)))
        else:
            click.echo(render(store, text, form), nl=False)  # type: ignore[arg-type]
    return None


def _list_named(as_json: bool) -> None:
    from kg.cli.console import say_json
    from kg.graph.queries import named_queries

    if as_json:
        say_json([{"name": q.name, "question": q.title, "columns": list(q.columns)} for q in named_queries()])
        return
    for query in named_queries():
        click.echo(f"{query.name:<16}{query.title}")


def _from_file(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path}, byte {error.start}: is not UTF-8; save the query in UTF-8") from error
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from error
