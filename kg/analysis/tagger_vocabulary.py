"""Characters and character pairs that the tagger knows, and sentences as numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
PAD, UNKNOWN, MASK, FIRST = 0, 1, 2, 3
_PAIR = 65536


class Vocabulary:
    """Numbers of characters and of pairs of neighbours.

    Args:
        characters: in the order of their numbers, from 3 on (0 padding, 1 unknown, 2 masked).
        pairs: two characters each, in any order; their numbers follow the sorted order, from 1 on (0 unknown).
        variants: full-width and traditional forms and what they are read as.
    """

    def __init__(self, characters: str, pairs: list[str], variants: Mapping[str, str]) -> None:
        self.characters, self.pairs, self.variants = characters, pairs, dict(variants)
        self.numbers = {character: number for number, character in enumerate(characters, FIRST)}
        self.numbers |= {form: self.numbers[plain] for form, plain in variants.items() if plain in self.numbers}
        keys = [self.numbers[pair[0]] * _PAIR + self.numbers[pair[1]] for pair in pairs]
        self._keys = np.array(sorted(keys), dtype=np.int64)

    @classmethod
    def count(
        cls, texts: Iterable[str], variants: Mapping[str, str], *, minimum: int, pairs: int, pair_minimum: int
    ) -> Vocabulary:
        """What is frequent in the texts, and every character of GB 2312.

        Of equally frequent pairs the first in code point order are kept.
        """
        singles: Counter[str] = Counter()
        doubles: Counter[str] = Counter()
        for text in texts:
            plain = "".join(variants.get(character, character) for character in text)
            singles.update(plain)
            doubles.update(plain[i : i + 2] for i in range(len(plain) - 1))
        known = {character for character, number in singles.items() if number >= minimum} | _hanzi_of_gb2312()
        ranked = sorted(
            (p for p, n in doubles.items() if n >= pair_minimum and p[0] in known and p[1] in known),
            key=lambda pair: (-doubles[pair], pair),
        )
        forms = {form: plain for form, plain in variants.items() if plain in known}
        return cls("".join(sorted(known)), sorted(ranked[:pairs]), forms)

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["characters"], data["pairs"], data["variants"])

    def save(self, path: Path) -> None:
        data = {"characters": self.characters, "pairs": self.pairs, "variants": self.variants}
        path.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")

    def encode(self, sentence: str) -> Ids:
        """``[characters]`` numbers."""
        return np.array([self.numbers.get(character, UNKNOWN) for character in sentence], dtype=np.int64)

    def pair_ids(self, ids: Ids) -> Ids:
        """``[batch, time + 1]`` numbers of the pairs before, between and after ``ids`` (``[batch, time]``)."""
        edge = np.zeros((len(ids), 1), dtype=np.int64)
        wanted = np.hstack([edge, ids]) * _PAIR + np.hstack([ids, edge])
        found = np.searchsorted(self._keys, wanted)
        found[found == len(self._keys)] = 0
        return np.where(self._keys[found] == wanted, found + 1, 0)


def _hanzi_of_gb2312() -> set[str]:
    """The 6,763 characters that names are written with, seen in the texts or not: LAC knows them all."""
    return set(b"".join(bytes((0xB0 + i, 0xA1 + j)) for i in range(72) for j in range(94)).decode("gb2312", "ignore"))
