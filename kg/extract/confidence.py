"""How sure a fact is: the probability that a careful reader would sign it, from a model fitted on gold.

Rules propose, this decides. The model is a logistic regression over what is known of a candidate (its rule, the
certainty of the mentions, where it stands, what else says the same); ``confidence.json`` holds its weights, and
``kg.evaluation.fit_confidence`` makes that file. No weight depends on a name.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.analysis.document import Document
from kg.model import CANDIDATE_BELOW, Entity, Fact, Mention

MODEL = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of a logistic regression: ``p = 1 / (1 + exp(-(bias + sum of weights of the features)))``."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability, rounded to three digits so that no machine's last bit shows."""
        total = self.bias + math.fsum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)


@cache
def model() -> Model | None:
    """The fitted model; ``None`` where none is shipped, and rules keep the confidence they give themselves."""
    if not MODEL.exists():
        return None
    data = json.loads(MODEL.read_text(encoding="utf-8"))
    return Model(float(data["bias"]), data["weights"])


def scored(document: Document, entities: Sequence[Entity], facts: Sequence[Fact]) -> list[Fact]:
    """The facts with the confidence of the model, and the status that follows from it."""
    fitted = model()
    if fitted is None:
        return list(facts)
    return [
        _with(fact, fitted.probability(features))
        for fact, features in zip(facts, describe(document, entities, facts), strict=True)
    ]


def _with(fact: Fact, confidence: float) -> Fact:
    status = "candidate" if confidence < CANDIDATE_BELOW else "inferred" if fact.reason else "explicit"
    return replace(fact, confidence=confidence, status=status)  # type: ignore[arg-type]


def describe(document: Document, entities: Sequence[Entity], facts: Sequence[Fact]) -> Iterator[dict[str, float]]:
    """The features of each fact, in the facts' order: names of what holds of it, each with a value (1 unless a number)."""
    known = {entity.key: entity for entity in entities}
    certainty = _certainty(document)
    beside = Counter((fact.kind, fact.evidence) for fact in facts)
    told = Counter((fact.kind, fact.subject, fact.object) for fact in facts)
    said = {fact.evidence: fact.rule for fact in facts if fact.kind == "statement"}
    order = {sentence.start: number for number, sentence in enumerate(document.sentences)}
    for fact in facts:
        found = [f"rule={fact.rule}", f"from={fact.rule}{bool(fact.reason)}"]
        found += [f"{name}={value}" for name, value in fact.qualifiers if name in ("role", "change", "kind", "verb")]
        if role := fact.qualifier("role"):
            found.append(f"rule+role={fact.rule}+{role}")
        if kind := fact.qualifier("kind"):
            found.append(f"rule+kind={fact.rule}+{kind}")
        found.append(f"types={_type(fact.subject)}+{_type(fact.object)}")
        quote = document.text[fact.evidence.start : fact.evidence.end]
        sentence = document.sentence_at(fact.evidence.start)
        found.append(f"block={sentence.kind}")
        if fact.kind != "statement":
            found.append(f"said={said.get(sentence.span, 'no')}")
        number = order.get(sentence.start, 0)
        found.append(
            f"sentence={'first' if number == 0 else 'second' if number == 1 else 'early' if number < 5 else 'later'}"
        )
        found.append(f"share={_bucket(number / max(1, len(document.sentences)), (0.2, 0.5, 0.8))}")
        for part, key in (("subject", fact.subject), ("object", fact.object)):
            if not key:
                found.append(f"{part}=none")
                continue
            entity = known[key]
            printed = any(form in quote for form in (entity.name, *entity.aliases))
            found.append(f"{part} printed={printed}")
            found.append(f"{part} completed={bool(entity.reason)}")
            found.append(f"{part} length={_bucket(len(entity.name), (2, 3, 4, 6, 9, 14))}")
            found.append(f"{part} named={_bucket(len(entity.mentions), (0, 1, 2, 4))}")
            best = max((certainty[s] for s in entity.mentions if s in certainty), default=(0.0, 0))
            found.append(f"{part} certainty={_bucket(best[0], (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97))}")
            found.append(f"{part} sources={best[1]}")
        found.append(f"beside={_bucket(beside[fact.kind, fact.evidence], (1, 2, 4, 8, 16))}")
        found.append(f"told={_bucket(told[fact.kind, fact.subject, fact.object], (1, 2))}")
        found.append(f"quote={_bucket(len(quote), (20, 40, 80, 160))}")
        found.append(f"date={bool(fact.qualifier('date'))}")
        if title := fact.qualifier("title"):
            found.append(f"title length={_bucket(len(title), (1, 2, 3, 4, 6, 9))}")
        features = {f"{fact.kind} {name}": 1.0 for name in found}
        features[f"{fact.kind}"] = 1.0
        features[f"{fact.kind} prior"] = fact.confidence - 0.75
        yield features


def _certainty(document: Document) -> dict[tuple[int, int], tuple[float, int]]:
    """For each mention's span its best score and the number of its sources."""
    best: dict[tuple[int, int], Mention] = {}
    for mention in document.mentions:
        known = best.get(mention.span)
        if known is None or mention.score > known.score:
            best[mention.span] = mention
    return {span: (mention.score, len(mention.sources)) for span, mention in best.items()}


def _type(key: str) -> str:
    return key.split(":", 1)[0] if key else ""


def _bucket(value: float, edges: Sequence[float]) -> str:
    """Where a number lies between edges, as a word: ``<=0.5``; ``>0.8`` above the last."""
    for edge in edges:
        if value <= edge:
            return f"<={edge:g}"
    return f">{edges[-1]:g}"
