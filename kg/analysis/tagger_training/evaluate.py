"""The tagger beside LAC and jieba: exact spans and types on the test sets, and speed, in one run.

``python -m kg.analysis.tagger_training.evaluate DATA.pkl [--models DIR]``
"""

# ruff: noqa: T201 - a script

from __future__ import annotations

import argparse
import logging
import pickle
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.analysis.lac import Lac
from kg.analysis.tagger import Tagger
from kg.analysis.tagger_training.prepare import LONG_TYPES, Example, Labelled

Predict = Callable[[Sequence[str]], list[list[Labelled]]]
_LAC = {"PER": "person", "LOC": "place", "ORG": "organization", "TIME": "time"}
_JIEBA = {"nr": "person", "nrt": "person", "nrfg": "person", "ns": "place", "nt": "organization", "t": "time"}
_TYPES = {
    "msra": ("person", "organization", "place"),
    "cluener": ("person", "organization", "place", "title"),
    "resume": ("person", "organization", "title"),
    "news": ("person", "organization", "place", "title", *LONG_TYPES),
}
_MICRO = ("person", "organization", "place")


def tagger(scheme: str, models: Path | None) -> Predict:
    own = Tagger(scheme, models) if models else Tagger(scheme)
    return lambda texts: [[(t.start, t.end, t.type) for t in found] for found in own.tag(texts)]


def lac() -> Predict:
    own = Lac()
    return lambda texts: [_from_words(words, _LAC) for words in own.tag(texts)]


def jieba() -> Predict:
    import jieba as package
    from jieba import posseg

    package.setLogLevel(logging.WARNING)
    posseg.lcut("开始")
    return lambda texts: [_from_words([(w.word, w.flag) for w in posseg.lcut(text)], _JIEBA) for text in texts]


def _from_words(words: list[tuple[str, str]], types: dict[str, str]) -> list[Labelled]:
    found, position = [], 0
    for word, tag in words:
        if tag in types:
            found.append((position, position + len(word), types[tag]))
        position += len(word)
    return found


def score(examples: list[Example], predictions: list[list[Labelled]], types: Sequence[str]) -> dict[str, list[int]]:
    """Found and right, found (optional and unknown ones left out), and to be found, for each type and over names."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for example, predicted in zip(examples, predictions, strict=True):
        optional = set(example.optional)
        required = {span for span in [*example.names, *example.longs] if span[2] in types} - optional
        answered = {span for span in predicted if span[2] in types} - optional
        for kind in (*types, "names"):
            chosen = _MICRO if kind == "names" else (kind,)
            masks = example.long_masks if kind in LONG_TYPES else example.masks
            gold = {span for span in required if span[2] in chosen}
            found = {
                (start, end, label)
                for start, end, label in answered
                if label in chosen and ((start, end, label) in gold or not any(start < b and a < end for a, b in masks))
            }
            for i, number in enumerate((len(gold & found), len(found), len(gold))):
                counts[kind][i] += number
    return counts


def f1(counts: list[int]) -> tuple[float, float, float]:
    right, found, gold = counts
    precision, recall = right / max(1, found), right / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def reliability(examples: list[Example], own: Tagger) -> list[tuple[str, float, float, int]]:
    """For each tenth of the score (names alone): its bounds, mean score, share that is right, and how many."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for example in examples:
        right = {*example.names}
        pieces = _sentences(example.text)
        for (shift, _), found in zip(pieces, own.tag([text for _, text in pieces]), strict=True):
            for start, end, kind, certainty in found:
                span = (start + shift, end + shift, kind)
                unknown = any(span[0] < b and a < span[1] for a, b in example.masks)
                if kind not in (*LONG_TYPES, "time") and (span in right or not unknown):
                    bins[min(9, int(certainty * 10))].append((certainty, span in right))
    return [
        (
            f"{number / 10:.1f}-{number / 10 + 0.1:.1f}",
            sum(certainty for certainty, _ in bins[number]) / len(bins[number]),
            sum(right for _, right in bins[number]) / len(bins[number]),
            len(bins[number]),
        )
        for number in sorted(bins)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--own", action="store_true", help="leave out the others")
    args = parser.parse_args()
    tests: dict[str, list[Example]] = pickle.loads(args.data.read_bytes())["tests"]
    print("| test | system | " + " | ".join(("names", *_MICRO, "title", *LONG_TYPES)) + " |")
    print("| --- | --- |" + " --- |" * 7)
    for name, examples in tests.items():
        systems: dict[str, Predict] = {f"own, {name}": tagger(name, args.models)}
        if name != "news":
            systems["own, news"] = tagger("news", args.models)
        if not args.own:
            systems |= {"LAC": lac(), "jieba.posseg": jieba()}
        # articles are read a sentence at a time, as the product does; the data sets give sentences
        parts = [_sentences(e.text) if name == "news" else [(0, e.text)] for e in examples]
        texts = [text for pieces in parts for _, text in pieces]
        for system, predict in systems.items():
            found = iter(predict(texts))
            joined = [[(a + s, b + s, k) for s, _ in pieces for a, b, k in next(found)] for pieces in parts]
            counts = score(examples, joined, _TYPES[name])
            cells = []
            for kind in ("names", *_MICRO, "title", *LONG_TYPES):
                possible = kind == "names" or kind in _TYPES[name]
                p, r, f = f1(counts[kind])
                cells.append(f"{100 * f:.1f} ({100 * p:.0f}/{100 * r:.0f})" if possible and counts[kind][1] else "-")
            print(f"| {name} | {system} | " + " | ".join(cells) + " |", flush=True)
    print("\n| score | mean score | right | spans |\n| --- | --- | --- | --- |")
    for bounds, mean, right, number in reliability(
        tests["news"], Tagger(models=args.models) if args.models else Tagger()
    ):
        print(f"| {bounds} | {mean:.2f} | {right:.2f} | {number} |")
    texts = [text for e in tests["news"] for _, text in _sentences(e.text)] * 2
    characters = sum(map(len, texts))
    for label, predict in (("own", tagger("news", args.models)), ("LAC", lac()), ("jieba.posseg", jieba())):
        predict(texts[:50])
        best = 0.0
        for _ in range(3):
            begun = time.process_time()
            predict(texts)
            best = max(best, characters / (time.process_time() - begun))
        print(f"{label}: {best:.0f} characters a second of one core")


def _sentences(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or text[end - 1] in "。！？；\n":
            piece = text[start:end]
            if piece.strip():
                found.append((start, piece.rstrip("\n")))
            start = end
    return found


if __name__ == "__main__":
    main()
