"""Sentences of the unlabelled news with the labels of a former model, where it is certain or LAC agrees.

``python -m kg.analysis.tagger_training.silver DATA.pkl CORPUS.pkl OUT.pkl --lac FOLDER [--models DIR] [--count N]``

What only one of the two sees, or the model without certainty, stays unknown: the loss lets anything stand there.
"""

# ruff: noqa: T201 - a script

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from pathlib import Path

import numpy as np

from kg.analysis.tagger import Tagged, Tagger
from kg.analysis.tagger_training.corpus import variants
from kg.analysis.tagger_training.prepare import LONG_TYPES, Example, Overlap

_LAC = {"PER": "person", "LOC": "place", "ORG": "organization", "TIME": "time"}
_ALONE, _WITH_LAC, _LONG = 0.9, 0.6, 0.8


def lac_spans(labels: bytes, tags: list[str]) -> set[tuple[int, int, str]]:
    found, start = set(), 0
    for end in range(1, len(labels) + 1):
        if end == len(labels) or labels[end] % 2 == 0:
            tag = tags[labels[start] // 2]
            if tag in _LAC:
                found.add((start, end, _LAC[tag]))
            start = end
    return found


def silver(text: str, tagged: list[Tagged], lac: set[tuple[int, int, str]]) -> Example:
    """The sentence as an example of the news scheme."""
    example = Example("silver", text, has_long=True)
    for start, end, kind, score in tagged:
        if kind in LONG_TYPES:
            kept, masks, certain = example.longs, example.long_masks, score >= _LONG
        else:
            agreed = (start, end, kind) in lac
            kept, masks, certain = example.names, example.masks, score >= (_WITH_LAC if agreed else _ALONE)
        if certain:
            kept.append((start, end, kind))
        else:
            # one character more on each side: it is the border that a doubtful span is doubtful about
            masks.append((max(0, start - 1), min(len(text), end + 1)))
    for start, end, _ in sorted(lac):
        if not any(start < b and a < end for a, b, _ in example.names):
            example.masks.append((start, end))
    return example


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lac", type=Path, required=True)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--count", type=int, default=24000)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    sentences, _, tags = pickle.loads(args.corpus.read_bytes())
    tests = pickle.loads(args.data.read_bytes())["tests"]
    overlap = Overlap((e.text for examples in tests.values() for e in examples), variants(args.lac))
    tagger = Tagger(models=args.models) if args.models else Tagger()
    order = np.random.default_rng(args.seed).permutation(len(sentences))
    examples: list[Example] = []
    for first in range(0, len(order), 4000):
        part = [sentences[i] for i in order[first : first + 4000]]
        for (text, labels), tagged in zip(part, tagger.tag([text for text, _ in part]), strict=True):
            kinds = {t.type for t in tagged}
            # official news is full of persons and posts: half of the sentences have them, the rest has any name
            wanted = {"title", "person"} if len(examples) % 2 else {"person", "organization", "place"}
            if len(text) >= 12 and kinds & wanted and text not in overlap:
                examples.append(silver(text, tagged, lac_spans(labels, tags)))
        if len(examples) >= args.count:
            break
    examples = examples[: args.count]
    counts = Counter(kind for e in examples for _, _, kind in [*e.names, *e.longs])
    unknown = sum(len(e.masks) for e in examples)
    print(len(examples), sum(len(e.text) for e in examples), dict(counts), "unknown:", unknown)
    args.out.write_bytes(pickle.dumps(examples))


if __name__ == "__main__":
    main()
