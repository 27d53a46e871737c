"""Figures out of verdicts: by question, by rule, by confidence; what changed between two runs; floors that must hold."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.gold import QUERIES
from kg.evaluation.scoring import Outcome

FACTS = "facts"
"""The line over all questions but ``entities``."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and what follows from them.

    Attributes:
        right: answers that are right, optional ones among them.
        answered: answers given.
        found: required rows that were answered.
        expected: required rows.
    """

    right: int
    answered: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def figures(outcomes: Iterable[Outcome]) -> Figures:
    counted = Counter(o.verdict for o in outcomes)
    right, found = counted["right"] + counted["optional"], counted["right"]
    return Figures(right, right + counted["wrong"], found, found + counted["missed"])


def by_query(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Figures of each question, and of all facts together."""
    table = {query: figures(o for o in outcomes if o.query == query) for query in QUERIES}
    table[FACTS] = figures(o for o in outcomes if o.query != "entities")
    return table


def by_rule(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], Counter[str]]:
    """For each question and rule how many of its answers are right, optional and wrong."""
    table: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        if outcome.verdict != "missed":
            table[outcome.query, outcome.rule][outcome.verdict] += 1
    return dict(sorted(table.items()))


def reliability(outcomes: Iterable[Outcome], bins: int = 10) -> list[tuple[float, float, float, int]]:
    """A reliability table of the facts: ``(from, mean confidence, share right, answers)`` for each bin that holds any."""
    held: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.verdict != "missed" and outcome.query != "entities":
            held[min(int(outcome.confidence * bins), bins - 1)].append(outcome)
    return [
        (
            number / bins,
            sum(o.confidence for o in found) / len(found),
            sum(o.verdict != "wrong" for o in found) / len(found),
            len(found),
        )
        for number, found in sorted(held.items())
    ]


def changes(before: Sequence[Outcome], after: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    """What a second run does better (errors gone) and what it does worse (errors new)."""
    key: Callable[[Outcome], tuple[object, ...]] = lambda o: (  # noqa: E731
        o.article, o.query, o.verdict, *o.cells.values(), o.evidence if o.query == "statements" else "",
    )  # fmt: skip
    old, new = ({key(o): o for o in run if o.verdict in ("wrong", "missed")} for run in (before, after))
    return [o for k, o in old.items() if k not in new], [o for k, o in new.items() if k not in old]


def save_run(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Keep a run for a later comparison."""
    lines = [json.dumps(asdict(o), ensure_ascii=False, sort_keys=True) for o in outcomes]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def load_run(path: Path) -> list[Outcome]:
    """A run that ``save_run`` kept.

    Raises:
        InputError: the file is not one.
    """
    try:
        return [Outcome(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError, TypeError) as error:
        raise InputError(str(path), f"is not a run saved by `kg eval --save`: {error}") from error


def below_floors(table: Mapping[str, Figures], floors: Mapping[str, float], epsilon: float = 0.0005) -> list[str]:
    """Questions whose F1 fell under its accepted figure, one line each. ``epsilon`` is below what one row can move."""
    return [
        f"{query}: F1 {table[query].f1:.4f}, accepted {floor:.4f}"
        for query, floor in sorted(floors.items())
        if table[query].f1 < floor - epsilon
    ]
