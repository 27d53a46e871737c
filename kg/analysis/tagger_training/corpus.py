"""Unlabelled news: sentences with LAC's tags, and the vocabulary.

``python -m kg.analysis.tagger_training.corpus NEWS.jsonl.gz OUT.pkl VOCABULARY.json --lac FOLDER [TEXT ...]``
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

from kg.analysis.lac import Lac
from kg.analysis.tagger_vocabulary import Vocabulary

LONGEST = 126
TAGS = "a ad an c d f m n nr ns nt nw nz p q r s t u v vd vn w xc PER LOC ORG TIME O".split()


def sentences_of(text: str) -> Iterator[str]:
    """Sentences of at most ``LONGEST`` characters; joined they are the text without line breaks."""
    for part in re.split(r"(?<=[。！？!?；;\n])", text):
        sentence = part.strip("\n")
        while len(sentence) > LONGEST:
            cut = max(sentence.rfind(mark, 40, LONGEST) for mark in "，,、：: ")
            cut = LONGEST - 1 if cut < 0 else cut
            yield sentence[: cut + 1]
            sentence = sentence[cut + 1 :]
        if sentence:
            yield sentence


def variants(lac: Path) -> dict[str, str]:
    """Full-width and traditional characters and what they are read as."""
    forms = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | dict.fromkeys("\u3000\xa0\t\n\r", " ")
    for line in (lac / "q2b.dic").read_text(encoding="utf-8").split("\n"):
        form, _, plain = line.partition("\t")
        if len(form) == len(plain) == 1 and form != plain:
            forms.setdefault(form, plain)
    return forms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("texts", type=Path, nargs="*", help="more text for the vocabulary")
    parser.add_argument("--lac", type=Path, required=True)
    args = parser.parse_args()
    sentences: list[str] = []
    with gzip.open(args.news, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            sentences += sentences_of(f"{record['title']}\n{record['text']}")
    others = [text for path in args.texts for text in path.read_text(encoding="utf-8").split("\n")]
    vocabulary = Vocabulary.count([*sentences, *others], variants(args.lac), minimum=2, pairs=48000, pair_minimum=8)
    vocabulary.save(args.vocabulary)
    numbers = {tag: 2 * i for i, tag in enumerate(TAGS)}
    lac = Lac()
    tagged = []
    for start in range(0, len(sentences), 20000):
        part = sentences[start : start + 20000]
        for sentence, words in zip(part, lac.tag(part), strict=True):
            labels = bytearray()
            for word, tag in words:
                labels += bytes([numbers[tag]]) + bytes([numbers[tag] + 1]) * (len(word) - 1)
            tagged.append((sentence, bytes(labels)))
    args.out.write_bytes(pickle.dumps((tagged, [], TAGS)))


if __name__ == "__main__":
    main()
