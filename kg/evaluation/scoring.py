"""Answers against gold: which rows are right, wrong or missed.

Names are compared without width, white space and quotation marks, without a leading 中共 and the suffix of a place;
events are aligned one to one first, by label or by kind and sentence; rows then match one to one, as many as can.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from kg.evaluation.gold import QUERIES, GoldArticle
from kg.evaluation.rows import Answer

Verdict = Literal["right", "optional", "wrong", "missed"]
"""``optional``: right, but its absence would not have counted."""

_LIKE = 0.5  # bigram Dice from which two event labels are one (the guide of the gold)
_CONTAINED = 6  # characters from which a label inside another is the same event
_TOUCH = 10  # characters that two quotations of one sentence share


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one row. For a missed row ``cells`` are the gold's first names, and rule and confidence empty."""

    article: str
    query: str
    verdict: Verdict
    cells: Mapping[str, str]
    evidence: str
    rule: str = ""
    confidence: float = 0.0


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """A string with width, white space and quotation marks taken out."""
    return re.sub(r"[\s《》〈〉“”\"'‘’「」]+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=100_000)
def fold_name(text: str) -> str:
    """A name as names are compared."""
    text = fold(text).replace("人民政府", "政府").replace("人民代表大会常务委员会", "人大常委会")
    text = re.sub(r"^(?:中国共产党|中共)(?=..)", "", text)
    return re.sub(r"(?<=..)(?:自治区|特别行政区|省|市|县|区)$", "", text).casefold()


def alike(a: str, b: str) -> float:
    """How alike two event labels are, 0..1: Dice's coefficient of their character bigrams; 0.9 where one holds the other."""
    a, b = fold(a), fold(b)
    if a == b:
        return 1.0
    if min(len(a), len(b)) >= _CONTAINED and (a in b or b in a):
        return 0.9
    x, y = (Counter(s[i : i + 2] for i in range(len(s) - 1)) for s in (a, b))
    total = x.total() + y.total()
    return 2 * (x & y).total() / total if total else 0.0


def judge(gold: GoldArticle, given: Iterable[Answer], text: str) -> list[Outcome]:
    """The verdicts on an article's answers, and its missed rows.

    Args:
        text: the article's text, to find sentences in.
    """
    answers = _distinct(given)
    page = _Page(fold(text))
    events = _align(gold, answers, page)
    outcomes: list[Outcome] = []
    for query in QUERIES:
        rows, mine = gold.rows[query], [a for a in answers if a.query == query]
        edges = [
            [j for j, row in enumerate(rows) if _fits(gold, query, row, answer, events, page)]
            if query == "entities" or page.quotes(answer.evidence)
            else []
            for answer in mine
        ]
        matched = _largest_matching(edges)
        for i, answer in enumerate(mine):
            j = matched.get(i)
            verdict: Verdict = "wrong" if j is None else "optional" if rows[j].get("optional") else "right"
            outcomes.append(
                Outcome(gold.id, query, verdict, answer.cells, answer.evidence, answer.rule, answer.confidence)
            )
        hit = set(matched.values())
        for j, row in enumerate(rows):
            if j not in hit and not row.get("optional"):
                outcomes.append(Outcome(gold.id, query, "missed", _shown(gold, query, row), row.get("evidence", "")))
    return outcomes


class _Page:
    """A folded article, cut into sentences."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = [s for s in re.split(r"(?<=[。!?;])", text) if s]

    def quotes(self, evidence: str) -> bool:
        """Whether a quotation stands in the article, at most in three pieces where the page cut it."""
        rest, start = fold(evidence), 0
        for _ in range(3):
            length = next((n for n in range(len(rest), 0, -1) if self._text.find(rest[:n], start) >= 0), 0)
            if length < min(4, len(rest)) or not rest:
                return False
            start = self._text.find(rest[:length], start) + length
            rest = rest[length:]
            if not rest:
                return True
        return False

    def same_sentence(self, a: str, b: str) -> bool:
        a, b = fold(a), fold(b)
        if not a or not b:
            return False
        return a in b or b in a or any(self._touches(a, s) and self._touches(b, s) for s in self._sentences)

    @staticmethod
    def _touches(quotation: str, sentence: str) -> bool:
        if quotation in sentence or sentence in quotation:
            return True
        return any(quotation[i : i + _TOUCH] in sentence for i in range(len(quotation) - _TOUCH + 1))


def _distinct(given: Iterable[Answer]) -> list[Answer]:
    """Answers that say the same are one; a statement is one for each quotation, a meeting has no first and second."""
    seen: dict[tuple[object, ...], Answer] = {}
    for answer in given:
        values: Sequence[str] = [fold(v) for v in answer.cells.values()]
        if answer.query == "meetings":
            values = sorted(values)
        extra = fold(answer.evidence) if answer.query == "statements" else ""
        seen.setdefault((answer.query, *values, extra), answer)
    return list(seen.values())


def _align(gold: GoldArticle, answers: Sequence[Answer], page: _Page) -> dict[str, str]:
    """Event labels of the answers to events of the gold, one to one, the most alike first."""
    labels: dict[str, tuple[str, str]] = {}
    for query, column in (("events", "event"), ("participation", "event"), ("entities", "name")):
        for answer in answers:
            if answer.query == query and (query != "entities" or answer.cells["type"] == "event"):
                labels.setdefault(answer.cells[column], (answer.cells.get("kind", ""), answer.evidence))
    told = {row["event"]: row for row in gold.rows["events"]}
    pairs: list[tuple[float, str, str]] = []
    for label, (kind, evidence) in labels.items():
        for key, event in gold.entities.items():
            if event["type"] != "event":
                continue
            score = max((alike(label, n) for n in (*event["names"], *event.get("weak", ()))), default=0.0)
            row = told.get(key)
            if score >= _LIKE:
                pairs.append((-score, label, key))
            elif (
                row
                and kind
                and kind in _listed(row.get("kind"))
                and page.same_sentence(evidence, row.get("evidence", ""))
            ):
                pairs.append((-0.3, label, key))
    aligned: dict[str, str] = {}
    for _, label, key in sorted(pairs):
        if label not in aligned and key not in aligned.values():
            aligned[label] = key
    return aligned


def _fits(
    gold: GoldArticle, query: str, row: Mapping[str, Any], answer: Answer, events: Mapping[str, str], page: _Page
) -> bool:
    cells = answer.cells
    if query == "entities":
        if cells["type"] not in (row["type"], *row.get("also", ())):
            return False
        if row["type"] == "event":
            return bool(events.get(cells["name"]) == row["id"])
        return fold_name(cells["name"]) in {fold_name(n) for n in row["names"]}
    columns = QUERIES[query]
    fits = all(_cell_fits(gold, c, row.get(c), cells[c], events) for c in columns)
    if not fits and query == "meetings":
        fits = all(
            _cell_fits(gold, g, row.get(g), cells[a], events) for g, a in zip(columns, columns[::-1], strict=True)
        )
    return fits and (query != "statements" or page.same_sentence(row["evidence"], answer.evidence))


def _cell_fits(gold: GoldArticle, column: str, wanted: Any, value: str, events: Mapping[str, str]) -> bool:
    if column == "event":
        return bool(events.get(value) == wanted)
    if column in ("kind", "change", "role"):
        return value in _listed(wanted)
    if column == "date":
        return value[:10] in {(d or "")[:10] for d in _listed(wanted) or [""]}
    return fold_name(value) in {fold_name(n) for n in gold.accepted(wanted)}


def _listed(cell: Any) -> list[str]:
    return [] if cell is None else [cell] if isinstance(cell, str) else list(cell)


def _largest_matching(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """A largest one-to-one matching of answers to gold rows."""
    import networkx

    graph = networkx.Graph()
    mine = [("answer", i) for i, found in enumerate(edges) if found]
    graph.add_nodes_from(mine)
    graph.add_edges_from((("answer", i), ("gold", j)) for i, found in enumerate(edges) for j in found)
    matching = networkx.bipartite.hopcroft_karp_matching(graph, mine) if mine else {}
    return {node[1]: other[1] for node, other in matching.items() if node[0] == "answer"}


def _shown(gold: GoldArticle, query: str, row: Mapping[str, Any]) -> dict[str, str]:
    if query == "entities":
        return {"name": row["names"][0], "type": row["type"]}
    return {c: next(iter(_first(gold, row.get(c))), "") for c in QUERIES[query]}


def _first(gold: GoldArticle, cell: Any) -> list[str]:
    if isinstance(cell, str):
        return list(gold.entities[cell]["names"]) if cell in gold.entities else [cell]
    if isinstance(cell, Mapping):
        return list(cell["strict"])
    return [name for part in cell or () for name in _first(gold, part)]
