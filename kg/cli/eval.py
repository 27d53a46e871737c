"""``kg eval``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import example, json_option, out_argument, say_json
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.evaluation.report import Figures
    from kg.evaluation.rows import Answer
    from kg.evaluation.scoring import Outcome


@click.command("eval", epilog=example("kg eval out --gold gold --rules", "kg eval out --gold gold --errors positions"))
@out_argument
@click.option("--gold", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True, metavar="DIR",
              help="Folder of gold files, one JSON an article, named as the article.")  # fmt: skip
@click.option("--rules", is_flag=True, help="Also how often each rule is right.")
@click.option("--reliability", is_flag=True, help="Also how often facts are right by their confidence.")
@click.option("--errors", metavar="QUERY", help="Also every wrong and missed row of a question, or of all.")
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help="Keep the run for a later --against.")
@click.option("--against", type=click.Path(path_type=Path, exists=True), metavar="FILE",
              help="Tell what changed since a run that was kept.")  # fmt: skip
@click.option("--floors", type=click.Path(path_type=Path, exists=True), metavar="FILE",
              help='Accepted F1 by question, {"positions": 0.85}: exit 1 when one is not reached.')  # fmt: skip
@json_option
@click.pass_context
def command(
    context: click.Context, out: Path, gold: Path, rules: bool, reliability: bool, errors: str | None,
    save: Path | None, against: Path | None, floors: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Score a build against gold: precision, recall and F1 of the twelve questions."""
    from kg.evaluation import report

    outcomes = _judge(out, gold)
    table = report.by_query(outcomes)
    if save is not None:
        report.save_run(save, outcomes)
    if as_json:
        say_json({query: _plain(found) for query, found in table.items()})
    else:
        _print_table(table)
        if rules:
            for (query, rule), counted in report.by_rule(outcomes).items():
                right = counted["right"] + counted["optional"]
                click.echo(f"{query:14}{rule:34}{right:6} of {counted.total():5} right {right / counted.total():7.3f}")
        if reliability:
            click.echo("confidence from   mean   right  answers")
            for low, mean, right_share, number in report.reliability(outcomes):
                click.echo(f"{low:15.1f}{mean:7.3f}{right_share:8.3f}{number:9}")
        if errors:
            _print_errors([o for o in outcomes if errors in ("all", o.query) and o.verdict in ("wrong", "missed")])
        if against is not None:
            better, worse = report.changes(report.load_run(against), outcomes)
            click.echo(f"\nerrors gone: {len(better)}")
            _print_errors(better)
            click.echo(f"errors new: {len(worse)}")
            _print_errors(worse)
    if floors is not None:
        fallen = report.below_floors(table, _read_floors(floors))
        for line in fallen:
            click.echo(f"error: {line}", err=True)
        if fallen:
            context.exit(1)


def _judge(out: Path, gold: Path) -> list[Outcome]:
    from kg.evaluation.gold import read_gold
    from kg.evaluation.rows import answers
    from kg.evaluation.scoring import judge
    from kg.graph.archive import iterate_archive
    from kg.pipeline.publish import open_output

    wanted = read_gold(gold)
    texts: dict[str, list[str]] = {name: [] for name in wanted}
    given: dict[str, list[Answer]] = {name: [] for name in wanted}
    for found in iterate_archive(open_output(out)):
        name = found.article.id.split("#")[0]
        if name in wanted:
            texts[name].append(found.article.text)
            given[name].extend(answers(found))
    missing = sorted(name for name, found in texts.items() if not found)
    if len(missing) == len(wanted):
        raise InputError(
            str(gold), f"no article of {out} has gold here; gold files are named as articles: {missing[0]}.json"
        )
    for name in missing:
        click.echo(f"note: {name}: in the gold, not in the build", err=True)
    return [
        o for name in sorted(wanted) if texts[name] for o in judge(wanted[name], given[name], "\n".join(texts[name]))
    ]


def _print_table(table: dict[str, Figures]) -> None:
    click.echo(f"{'question':16}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'answered':>10}{'expected':>10}")
    for query, f in table.items():
        click.echo(f"{query:16}{f.precision:7.3f}{f.recall:7.3f}{f.f1:7.3f}{f.right:8}{f.answered:10}{f.expected:10}")


def _print_errors(outcomes: Sequence[Outcome]) -> None:
    for o in outcomes:
        cells = ", ".join(f"{name} {value}" for name, value in o.cells.items())
        click.echo(f"  {o.article}  {o.query}  {o.verdict}  {cells}  {o.rule}\n      {o.evidence}")


def _plain(f: Figures) -> dict[str, float]:
    return {
        "precision": f.precision,
        "recall": f.recall,
        "f1": f.f1,
        "right": f.right,
        "answered": f.answered,
        "expected": f.expected,
    }


def _read_floors(path: Path) -> dict[str, float]:
    try:
        return {str(k): float(v) for k, v in json.loads(path.read_text(encoding="utf-8"))["f1"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(str(path), f'holds no accepted figures {{"f1": {{"facts": 0.7}}}}: {error!r}') from error
