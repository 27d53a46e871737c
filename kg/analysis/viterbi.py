"""Viterbi decoding of a batch of score lattices at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def viterbi(emissions: Floats, lengths: npt.NDArray[np.int64], transitions: Floats) -> list[npt.NDArray[np.int64]]:
    """The best tag path of each sequence.

    One pass over time for the whole batch; every row's path is what it would be alone, as rows meet only in the
    vector operations' shape.

    Args:
        emissions: ``[batch, time, tags]``, padded at the end of time.
        lengths: ``[batch]``, each at least 1, in descending order.
        transitions: ``[from, to]``.

    Returns:
        For each row ``[length]`` tag numbers. Of equally good paths the one with lower tag numbers, seen from the end.

    """
    batch, steps, tags = emissions.shape
    # argmax over the last, contiguous axis is several times faster than over the middle one
    into = np.ascontiguousarray(transitions.T)[None]
    best = emissions[:, 0].copy()
    back = np.zeros((steps, batch, tags), dtype=np.int64)
    # rows are in descending order of length: those that go on at a step are the first ones
    going = np.searchsorted(-lengths, -np.arange(steps), side="left")
    for step in range(1, steps):
        rows = int(going[step])
        scores = best[:rows, None, :] + into
        choice = scores.argmax(axis=2)
        back[step, :rows] = choice
        best[:rows] = np.take_along_axis(scores, choice[:, :, None], axis=2)[:, :, 0] + emissions[:rows, step]
    paths = np.zeros((batch, steps), dtype=np.int64)
    last = best.argmax(axis=1)
    every = np.arange(batch)
    paths[every, lengths - 1] = last
    current = last.copy()
    for step in range(steps - 1, 0, -1):
        rows = int(going[step])
        current[:rows] = back[step, every[:rows], current[:rows]]
        paths[:rows, step - 1] = current[:rows]
    return [paths[row, : lengths[row]] for row in range(batch)]
