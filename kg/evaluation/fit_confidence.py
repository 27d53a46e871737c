"""Fit the model that says how sure a fact is. Run by hand after the rules changed.

    python -m kg.evaluation.fit_confidence TRAIN_DIR [--report DEV_DIR]

TRAIN_DIR holds articles with gold (``ID.txt``, ``ID.json``). Stories that several papers told are kept in one fold (by
their persons), so that the cross-validated figures are not of texts that were learned. Needs scikit-learn (a
development dependency); the result is ``kg/extract/confidence.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from kg.analysis import analyse
from kg.analysis.pages import with_page_place
from kg.evaluation.gold import GoldArticle, read_gold
from kg.evaluation.rows import Answer, answers
from kg.evaluation.scoring import judge
from kg.extract import confidence, draft_of
from kg.model import Article, ArticleFacts, Fact
from kg.read import discover, read_source

_SEED = 7
_STRENGTH = 0.05  # inverse of the L2 penalty; weaker ones were surer than right on held-out folds
_RARE = 3  # features of fewer facts are left out: they would be about single articles


def examples(folder: Path) -> list[tuple[str, dict[str, float], bool, Fact]]:
    """``(article, features, whether the fact is right, the fact)`` for each fact that the rules propose."""
    gold = read_gold(folder)
    found = []
    for source in discover([folder]):
        if source.stem not in gold:
            continue
        articles = with_page_place([a for a in read_source(source) if isinstance(a, Article)])
        for document in analyse(articles):
            drafted = draft_of(document).drafted()
            right = _right(gold[source.stem], drafted)
            described = confidence.describe(document, drafted.entities, drafted.facts)
            found += [
                (source.stem, features, ok, fact)
                for features, ok, fact in zip(described, right, drafted.facts, strict=True)
            ]
    return found


def _right(gold: GoldArticle, drafted: ArticleFacts) -> list[bool]:
    """For each fact whether it is right, judged with all candidates on the table."""
    from dataclasses import replace

    sure = replace(
        drafted, facts=tuple(replace(f, status="explicit", confidence=i / 1e6) for i, f in enumerate(drafted.facts))
    )
    verdicts: dict[int, bool] = {}
    given: list[Answer] = list(answers(sure))
    for outcome in judge(gold, given, drafted.article.text):
        if outcome.query != "entities" and outcome.verdict != "missed":
            verdicts[round(outcome.confidence * 1e6)] = outcome.verdict != "wrong"
    # a fact that another says too has the verdict of the one that was judged
    same: dict[tuple[object, ...], bool] = {}
    for number, fact in enumerate(drafted.facts):
        if number in verdicts:
            same[fact.kind, fact.subject, fact.object, fact.qualifiers] = verdicts[number]
    return [
        verdicts.get(i, same.get((f.kind, f.subject, f.object, f.qualifiers), False))
        for i, f in enumerate(drafted.facts)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    import numpy
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    data = examples(options.train)
    counted = Counter(name for _, features, _, _ in data for name in features)
    rows = [{n: v for n, v in features.items() if counted[n] >= _RARE} for _, features, _, _ in data]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(rows)
    labels = numpy.array([ok for _, _, ok, _ in data])
    groups = [article for article, _, _, _ in data]
    regression = LogisticRegression(C=_STRENGTH, max_iter=2000, random_state=_SEED)
    guessed = cross_val_predict(regression, table, labels, groups=groups, cv=GroupKFold(8), method="predict_proba")[
        :, 1
    ]
    _report("learning set, cross-validated", guessed, labels)
    regression.fit(table, labels)
    weights = {
        name: round(float(weight), 4)
        for name, weight in zip(vectorizer.get_feature_names_out(), regression.coef_[0], strict=True)
        if abs(weight) >= 0.0005
    }
    fitted = {"bias": round(float(regression.intercept_[0]), 4), "weights": dict(sorted(weights.items()))}
    confidence.MODEL.write_text(json.dumps(fitted, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{confidence.MODEL}: {len(weights)} weights from {len(data)} facts")  # noqa: T201
    if options.report:
        confidence.model.cache_clear()
        model = confidence.model()
        assert model is not None
        held = examples(options.report)
        _report(
            "set that it was not fitted on",
            numpy.array([model.probability(features) for _, features, _, _ in held]),
            numpy.array([ok for _, _, ok, _ in held]),
        )


def _report(title: str, guessed: object, labels: object) -> None:
    import numpy

    p, y = numpy.asarray(guessed, dtype=float), numpy.asarray(labels, dtype=bool)
    print(f"{title}: {len(y)} facts, {y.mean():.3f} right, Brier {numpy.mean((p - y) ** 2):.4f}")  # noqa: T201
    for low in numpy.arange(0, 1, 0.1):
        held = (p >= low) & (p < low + 0.1 + (low > 0.85))
        if held.any():
            print(f"  {low:.1f}  mean {p[held].mean():.3f}  right {y[held].mean():.3f}  {held.sum():6}")  # noqa: T201


if __name__ == "__main__":
    main()
