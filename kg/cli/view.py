"""``kg view``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument, say_json


@click.command("view", epilog=example("kg view out --open", "kg view out --about 韦韬 --depth 2 --open"))
@out_argument
@click.option("--about", metavar="NAME", help="Show what lies around this one: a name, an alias or an id.")
@click.option("--depth", type=click.IntRange(0, 10), default=1, show_default=True, help="Relations from NAME to show.")
@click.option(
    "-o", "--to", type=click.Path(path_type=Path), help="Where to write the page; default: OUT/views/NAME.html."
)
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@json_option
def command(out: Path, about: str | None, depth: int, to: Path | None, open_it: bool, as_json: bool) -> None:
    """Make or open the interactive page: the whole graph, or the part around one.

    The page is one file that works without a network.
    """
    from kg.pipeline.publish import PAGE, open_output

    open_output(out)
    if about is None and to is None:
        page = out / PAGE
    else:
        page = to or _view_path(out, about or "")
        _write(out, page, about, depth)
    if as_json:
        say_json({"page": str(page)})
    else:
        click.echo(str(page))
    if open_it:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())


def _view_path(out: Path, about: str) -> Path:
    from kg import vocab
    from kg.pipeline.publish import VIEWS

    return out / VIEWS / f"{vocab.local_name(about)}.html"


def _write(out: Path, page: Path, about: str | None, depth: int) -> None:
    from kg.errors import OutputError
    from kg.graph.archive import read_archive
    from kg.page import render_page

    articles, resolution = read_archive(out)
    html = render_page(articles, resolution, about=about, depth=depth)
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{page}: cannot be written ({error.strerror}); choose another file with --to") from error
