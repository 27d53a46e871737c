"""Where each node of the page stands: computed once, at build time, the same on every machine.

The coordinates must not differ by one unit between two builds, so this is written with what IEEE 754 fixes: numpy's
element-wise ``+ - * / sqrt`` and sums in a fixed order (``sum(axis=0)`` of a C array, ``bincount``). networkx's
``spring_layout`` goes through BLAS and ``einsum``, whose order of summation depends on the processor, and a
force-directed layout multiplies one last bit into another picture. No ``sin``, ``exp`` or ``log`` for the same reason.

Forces are those of Fruchterman and Reingold (1991) with ForceAtlas2's masses (Jacomy et al. 2014): hubs push harder.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

EDGE_LENGTH = 100.0
"""Wanted length of an edge in world units; a node of degree 1 has a radius of 11."""
ASPECT = 1.25
"""Pages are wider than high: the picture aims at this ratio of width to height."""


class Layout(NamedTuple):
    """Integer world coordinates, one entry a node, y downwards."""

    x: tuple[int, ...]
    y: tuple[int, ...]


def radius(degree: int) -> float:
    """Radius of a node in world units: its area grows with its degree, within bounds.

    >>> radius(1), radius(0) < radius(9) < radius(100)
    (11.0, True)
    """
    return float(min(7.0 + 4.0 * math.sqrt(degree), 40.0))


def layout(count: int, pairs: Sequence[tuple[int, int]]) -> Layout:
    """Coordinates for nodes ``0..count-1`` joined by ``pairs`` (undirected, each pair once).

    Nodes without an edge stand in rows below the rest.
    """
    import numpy as np

    ends = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    x, y = np.zeros(count), np.zeros(count)
    room = _Room()
    components = _components(count, pairs)
    for members in components:
        if len(members) > 1:
            nodes = np.asarray(members, dtype=np.int64)
            number = np.full(count, -1, dtype=np.int64)
            number[nodes] = np.arange(len(nodes))
            inside = number[ends[number[ends[:, 0]] >= 0]]
            own_x, own_y = forces(len(nodes), inside[:, 0], inside[:, 1])
            shift_x, shift_y = room.find(own_x, own_y)
            x[nodes], y[nodes] = own_x + shift_x, own_y + shift_y
    alone = np.asarray([members[0] for members in components if len(members) == 1], dtype=np.int64)
    _rows(x, y, alone, float(y.max(initial=0.0)), max(1200.0, float(np.ptp(x)) if count else 0.0))
    return Layout(tuple(int(v) for v in np.rint(x)), tuple(int(v) for v in np.rint(y)))


def _components(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Connected components, the largest first, then by their lowest node."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    return sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))


class _Room:
    """Finds room for one component after the other: as near to the middle as the earlier ones allow."""

    CELL = 70

    def __init__(self) -> None:
        self._taken: set[tuple[int, int]] = set()
        self._reach = 0

    def find(self, x: Floats, y: Floats) -> tuple[float, float]:
        cells = {(int(a // self.CELL), int(b // self.CELL)) for a, b in zip(x, y, strict=True)}
        cells = {(i + di, j + dj) for i, j in cells for di in (-1, 0, 1) for dj in (-1, 0, 1)}
        reach = self._reach + 2 + max(max(abs(i), abs(j)) for i, j in cells)
        steps = range(-reach, reach + 1)
        tries = sorted((i * i + ASPECT * ASPECT * j * j, i, j) for i in steps for j in steps)
        for _, right, down in tries:
            moved = {(i + right, j + down) for i, j in cells}
            if not moved & self._taken:
                break
        self._taken |= moved
        self._reach = max(max(abs(i), abs(j)) for i, j in self._taken)
        return float(right * self.CELL), float(down * self.CELL)


def forces(count: int, source: Ints, target: Ints) -> tuple[Floats, Floats]:
    """Force-directed coordinates of a graph of at most a few thousand nodes, centred on 0, 0."""
    import numpy as np

    index = np.arange(count, dtype=np.float64)
    spread = EDGE_LENGTH * float(count) ** 0.5
    # The R2 sequence fills a square evenly and needs no random numbers: fractions of multiples of its two constants.
    x = ((index * 0.7548776662466927 + 0.5) % 1.0 - 0.5) * spread * ASPECT
    y = ((index * 0.5698402909980532 + 0.5) % 1.0 - 0.5) * spread
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    mass = np.sqrt(1.0 + degree)
    rounds = 60 + int(min(340, 120_000 // count))
    for step in range(rounds):
        heat = EDGE_LENGTH * (1.0 - step / rounds) + 1.0
        push_x, push_y = _repulsion(x, y, mass)
        pull_x, pull_y = _attraction(x, y, source, target, count)
        gravity = 0.06 * mass
        move_x = push_x + pull_x - x * gravity
        move_y = push_y + pull_y - y * gravity * ASPECT
        length = np.sqrt(move_x * move_x + move_y * move_y) + 1e-9
        scale = np.minimum(length, heat) / length
        x, y = x + move_x * scale, y + move_y * scale
    x, y = _spread_overlaps(x, y, degree)
    return x - (x.max() + x.min()) / 2, y - (y.max() + y.min()) / 2


def _repulsion(x: Floats, y: Floats, mass: Floats) -> tuple[Floats, Floats]:
    import numpy as np

    push_x, push_y = np.zeros_like(x), np.zeros_like(y)
    block = max(1, 2_000_000 // len(x))
    for start in range(0, len(x), block):
        rows = slice(start, start + block)
        dx, dy = x[None, :] - x[rows, None], y[None, :] - y[rows, None]
        weight = (EDGE_LENGTH * EDGE_LENGTH / 3.0) * mass[rows, None] * mass[None, :] / (dx * dx + dy * dy + 1.0)
        push_x += (dx * weight).sum(axis=0)
        push_y += (dy * weight).sum(axis=0)
    return push_x, push_y


def _attraction(x: Floats, y: Floats, source: Ints, target: Ints, count: int) -> tuple[Floats, Floats]:
    import numpy as np

    dx, dy = x[target] - x[source], y[target] - y[source]
    distance = np.sqrt(dx * dx + dy * dy)
    weight = distance / EDGE_LENGTH
    forward_x, forward_y = dx * weight, dy * weight
    pull_x = np.bincount(source, forward_x, count) - np.bincount(target, forward_x, count)
    pull_y = np.bincount(source, forward_y, count) - np.bincount(target, forward_y, count)
    return pull_x.astype(np.float64), pull_y.astype(np.float64)


def _spread_overlaps(x: Floats, y: Floats, degree: Ints) -> tuple[Floats, Floats]:
    """Push nodes apart until none covers another or its label's first line."""
    import numpy as np

    size = np.minimum(7.0 + 4.0 * np.sqrt(degree.astype(np.float64)), 40.0)
    for _ in range(40):
        dx, dy = x[None, :] - x[:, None], y[None, :] - y[:, None]
        distance = np.sqrt(dx * dx + dy * dy) + 1e-6
        overlap = np.maximum(size[:, None] + size[None, :] + 26.0 - distance, 0.0)
        np.fill_diagonal(overlap, 0.0)
        if not overlap.any():
            break
        shift = overlap * 0.5 / distance
        x, y = x + (dx * shift).sum(axis=0), y + (dy * shift).sum(axis=0)
    return x, y


def _rows(x: Floats, y: Floats, nodes: Ints, bottom: float, width: float) -> None:
    import numpy as np

    columns = max(1, int(width // 90))
    place = np.arange(len(nodes))
    x[nodes] = (place % columns) * 90.0 - (min(columns, max(len(nodes), 1)) - 1) * 45.0
    y[nodes] = bottom + 160.0 + (place // columns) * 70.0
