"""What a build says when it is done."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.console import progress_bars, say_json
from kg.cli.group import say_error
from kg.errors import InputError
from kg.pipeline import BuildReport
from kg.pipeline.publish import GRAPH, PAGE
from kg.pipeline.summary import questions
from kg.resolve.ledger import Verdict


def skipped(problems: Iterable[InputError]) -> None:
    """A line on standard error for each thing that was skipped."""
    for problem in problems:
        say_error(str(problem))


def built(found: BuildReport, as_json: bool = False) -> None:
    """The summary: how much there is, where it lies, what to ask next."""
    asked = questions(found.articles, found.resolution, found.out)
    skipped(found.problems)
    if as_json:
        say_json(
            {
                "out": str(found.out),
                "graph": str(found.out / GRAPH),
                "page": str(found.out / PAGE),
                "counts": dict(found.counts),
                "reused": found.reused,
                "skipped": [{"path": p.path, "place": p.place, "problem": p.problem} for p in found.problems],
                "warnings": list(found.warnings),
                "questions": [{"question": q.text, "command": q.command} for q in asked],
            }
        )
        return
    for warning in found.warnings:
        click.echo(f"note: {warning}", err=True)
    wide = max(len(name) for name in found.counts)
    lines = [f"  {name:<{wide}} {number:>8,}" for name, number in found.counts.items()]
    lines += ["", f"  graph  {found.out / GRAPH}", f"  page   {found.out / PAGE}"]
    if found.reused:
        lines.append(f"  unchanged since the last build: {found.reused} articles")
    if found.problems:
        lines.append(f"  skipped: {len(found.problems)}, told above")
    lines += ["", "Ask next:"]
    for question in asked:
        lines += [f"  {question.text}", f"    {question.command}"]
    click.echo("\n".join(lines))


def decided(verdict: Verdict, out: Path, first: str, second: str, undo: bool, as_json: bool) -> None:
    """Record or take back a decision about two, and say what became of it."""
    from kg.pipeline.edit import decide, forget

    with progress_bars(not as_json) as progress:
        found = forget(out, first, second, progress) if undo else decide(out, verdict, first, second, progress)
    said = "taken back" if undo else verdict
    if as_json:
        say_json({"decision": said, "first": first, "second": second, "counts": dict(found.counts)})
    else:
        click.echo(f"{first}, {second}: {said}; {out} is rewritten and later builds into it follow")
