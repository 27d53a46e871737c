"""Chains of BIES tags: which are legal, and how certain a span of the best chain is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.analysis.viterbi import Floats, viterbi

Ints = npt.NDArray[np.int64]
_BARRED = np.float32(-1e4)


def tags_of(types: Sequence[str]) -> list[str]:
    """``O`` and the tags of each type: ``B`` begins, ``I`` is inside, ``E`` ends, ``S`` is a span of one character.

    >>> tags_of(["time"])
    ['O', 'B-time', 'I-time', 'E-time', 'S-time']
    """
    return ["O", *(f"{place}-{kind}" for kind in types for place in "BIES")]


def legal(tags: Sequence[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """``[from, to]``: which tag may follow which; ``[tag]``: which may come first; ``[tag]``: which last."""

    def follows(first: str, second: str) -> bool:
        if first[0] in "BI":
            return second[0] in "IE" and first[1:] == second[1:]
        return second[0] in "OBS"

    pairs = np.array([[follows(a, b) for b in tags] for a in tags])
    return pairs, np.array([t[0] in "OBS" for t in tags]), np.array([t[0] in "OES" for t in tags])


@dataclass(frozen=True)
class Found:
    """A span of the best chain; ``score`` is its probability: of all chains' weight the part that has this span."""

    start: int
    end: int
    type: str
    score: float


class Decoder:
    """The decoder of one layer of tags.

    Args:
        tags: see ``tags_of``.
        transitions: ``[from, to]`` learned weights of legal transitions.
    """

    def __init__(self, tags: Sequence[str], transitions: Floats) -> None:
        pairs, first, last = legal(tags)
        self._types = [tag[2:] for tag in tags]
        self._starts = np.array([tag[0] in "BS" for tag in tags])
        self._ends = np.array([tag[0] in "ES" for tag in tags])
        self._transitions = np.where(pairs, transitions, _BARRED).astype(np.float32)
        self._weights = np.where(pairs, np.exp(transitions.astype(np.float64)), 0.0)
        self._no_first = np.where(first, np.float32(0), _BARRED)
        self._no_last = np.where(last, np.float32(0), _BARRED)

    def decode(self, scores: Floats, lengths: Ints) -> list[list[Found]]:
        """The spans of each row's best legal chain.

        Args:
            scores: ``[batch, time, tags]``, padded at the end of time; changed.
            lengths: ``[batch]``, each at least 1, in descending order.
        """
        rows = np.arange(len(scores))
        scores[:, 0] += self._no_first
        scores[rows, lengths - 1] += self._no_last
        paths = viterbi(scores, lengths, self._transitions)
        certainty = _Certainty(scores, lengths, self._weights)
        return [list(self._spans(path, certainty, row)) for row, path in enumerate(paths)]

    def _spans(self, path: Ints, certainty: _Certainty, row: int) -> Iterator[Found]:
        starts, ends = np.flatnonzero(self._starts[path]), np.flatnonzero(self._ends[path])
        for start, last in zip(starts.tolist(), ends.tolist(), strict=True):
            score = certainty.of(row, path[start : last + 1], start)
            yield Found(start, last + 1, self._types[path[start]], score)


class _Certainty:
    """Forward and backward weights of a batch, scaled at each step as in Rabiner 1989, V.A."""

    def __init__(self, scores: Floats, lengths: Ints, weights: npt.NDArray[np.float64]) -> None:
        batch, steps, tags = scores.shape
        self._weights = weights
        # not below e^-60: a tag that the network all but rules out still leaves every legal chain some weight
        shifted = scores.astype(np.float64) - scores.max(axis=2, keepdims=True)
        self._here = np.exp(np.where(shifted < -1e3, -np.inf, np.maximum(shifted, -60.0)))
        going = np.searchsorted(-lengths, -np.arange(steps), side="left")
        self._forward = np.zeros((steps, batch, tags))
        self._scale = np.ones((steps, batch))
        self._backward = np.ones((steps, batch, tags))
        current = self._here[:, 0]
        for step in range(steps):
            rows = int(going[step])
            if step:
                current = (current[:rows] @ weights) * self._here[:rows, step]
            total = current.sum(axis=1)
            self._scale[step, :rows] = total
            current = current / total[:, None]
            self._forward[step, :rows] = current
        into = np.ascontiguousarray(weights.T)
        for step in range(steps - 2, -1, -1):
            rows = int(going[step + 1])
            ahead = self._here[:rows, step + 1] * self._backward[step + 1, :rows] / self._scale[step + 1, :rows, None]
            self._backward[step, :rows] = ahead @ into

    def of(self, row: int, path: Ints, start: int) -> float:
        """The probability of a stretch of a chain, to four digits: what is beyond depends on the machine."""
        value = self._forward[start, row, path[0]]
        for offset in range(1, len(path)):
            step, tag = start + offset, path[offset]
            value *= self._weights[path[offset - 1], tag] * self._here[row, step, tag] / self._scale[step, row]
        value *= self._backward[start + len(path) - 1, row, path[-1]]
        return round(min(1.0, float(value)), 4)
