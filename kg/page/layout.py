"""Where each node of the page stands: computed once, at build time, the same on every machine.

The coordinates must not differ by one unit between two builds, so this is written with what IEEE 754 fixes: numpy's
element-wise ``+ - * / sqrt`` and sums in a fixed order (``sum(axis=0)`` of a C array, ``bincount``). networkx's
``spring_layout`` goes through BLAS and ``einsum``, whose order of summation depends on the processor, and a
force-directed layout multiplies one last bit into another picture. No ``sin``, ``exp`` or ``log`` for the same reason.

Forces are those of Fruchterman and Reingold (1991) with ForceAtlas2's masses (Jacomy et al. 2014): hubs push harder.
A large component is laid out community by community, and the communities as discs among each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.page.communities import communities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

EDGE_LENGTH = 100.0
"""Wanted length of an edge in world units; a node of degree 1 has a radius of 11."""
ASPECT = 1.25
"""Pages are wider than high: the picture aims at this ratio of width to height."""
DIRECT = 240
"""Largest graph whose nodes all push each other: the cost grows with the square."""
INNER_ROUNDS = 60
"""Rounds for a part of a large graph: there are many parts, and each is seen small."""
ALONE_STEP = (90.0, 70.0)
"""Distance of nodes without relations, which stand in rows."""


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


def layout(count: int, pairs: Sequence[tuple[int, int]], member: Sequence[int] | None = None) -> Layout:
    """Coordinates for nodes ``0..count-1`` joined by ``pairs`` (undirected, each pair once).

    Connected components stand side by side, the largest in the middle; nodes without an edge in rows below the rest.

    Args:
        member: the community of each node, so that large components are laid out by the communities that the page
            shows; they are found here where it is not given.
    """
    import numpy as np

    ends = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    x, y = np.zeros(count), np.zeros(count)
    groups, alone = _components(count, pairs)
    component = np.full(count, -1, dtype=np.int64)
    for i, members in enumerate(groups):
        component[members] = i
    by_component = _split(ends, component[ends[:, 0]], len(groups))
    room = _Room()
    for members, inside in zip(groups, by_component, strict=True):
        nodes = np.asarray(members, dtype=np.int64)
        own = None if member is None else _groups(members, member)
        own_x, own_y = _place(len(nodes), np.searchsorted(nodes, inside), own)
        shift_x, shift_y = room.find(own_x, own_y)
        x[nodes], y[nodes] = own_x + shift_x, own_y + shift_y
    width = max(1200.0, float(np.ptp(x)) if count else 0.0)
    _rows(x, y, np.asarray(alone, dtype=np.int64), float(y.max(initial=0.0)), width)
    return Layout(tuple(np.rint(x).astype(int).tolist()), tuple(np.rint(y).astype(int).tolist()))


def _components(count: int, pairs: Sequence[tuple[int, int]]) -> tuple[list[list[int]], list[int]]:
    """Connected components, the largest first, then by their lowest node; and the nodes that stand alone."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_edges_from(pairs)
    found = sorted((sorted(c) for c in nx.connected_components(graph)), key=lambda c: (-len(c), c[0]))
    return found, [node for node in range(count) if node not in graph]


def _split(ends: Ints, part: Ints, parts: int) -> list[Ints]:
    """Rows of ``ends`` by their part (those of part -1 left out)."""
    import numpy as np

    order = np.argsort(part, kind="stable")
    borders = np.searchsorted(part[order], np.arange(parts + 1))
    return [ends[order[low:high]] for low, high in pairwise(borders.tolist())]


_ALIKE = 12
"""Nodes of a graph up to which layouts are kept to be used again."""


def _groups(nodes: Sequence[int], member: Sequence[int]) -> list[list[int]]:
    """Positions in ``nodes`` by community, the largest community first."""
    groups: dict[int, list[int]] = {}
    for i, node in enumerate(nodes):
        groups.setdefault(member[node], []).append(i)
    return sorted(groups.values(), key=lambda g: (-len(g), g[0]))


def _place(count: int, ends: Ints, groups: list[list[int]] | None = None, rounds: int = 0) -> tuple[Floats, Floats]:
    """A connected graph, centred on 0, 0, laid out by its communities where it is large."""
    import numpy as np

    if count <= _ALIKE:
        known = _small(count, tuple((int(a), int(b)) for a, b in ends.tolist()), rounds)
        return np.array(known[0]), np.array(known[1])
    if count <= DIRECT:
        return forces(count, ends[:, 0], ends[:, 1], rounds)
    if groups is None:
        groups = communities(count, map(tuple, ends.tolist()))
    if len(groups) == 1 or len(groups) > count // 2:
        return _spiral(count)
    part = np.zeros(count, dtype=np.int64)
    for i, members in enumerate(groups):
        part[members] = i
    inner = part[ends[:, 0]]
    inner[inner != part[ends[:, 1]]] = -1
    pieces = _split(ends, inner, len(groups))
    x, y, size = np.zeros(count), np.zeros(count), np.zeros(len(groups))
    for i, (members, inside) in enumerate(zip(groups, pieces, strict=True)):
        nodes = np.asarray(members, dtype=np.int64)
        x[nodes], y[nodes] = _place(len(nodes), np.searchsorted(nodes, inside), rounds=INNER_ROUNDS)
        # A disc for nine tenths of a community: its outliers may reach into a neighbour's margin.
        reach = np.sort(x[nodes] * x[nodes] + y[nodes] * y[nodes])
        size[i] = float(np.sqrt(reach[(len(nodes) * 9) // 10])) + EDGE_LENGTH * 0.5
    between = np.unique(np.sort(part[ends[inner < 0]], axis=1), axis=0)
    centre_x, centre_y = _discs(size, between)
    return x + centre_x[part], y + centre_y[part]


@lru_cache(maxsize=4096)
def _small(count: int, ends: tuple[tuple[int, int], ...], rounds: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The layout of a small graph: most parts of a page are pairs and stars, and one drawing serves all that are alike."""
    import numpy as np

    pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
    x, y = forces(count, pairs[:, 0], pairs[:, 1], rounds or min(400, 40 * count))
    return tuple(x.tolist()), tuple(y.tolist())


def _spiral(count: int) -> tuple[Floats, Floats]:
    """Nodes of a graph without structure, evenly over a square, the important ones in the middle."""
    import numpy as np

    index = np.arange(count, dtype=np.float64)
    x, y = (index * 0.7548776662466927) % 1.0 - 0.5, (index * 0.5698402909980532) % 1.0 - 0.5
    rank = np.argsort(np.argsort(x * x + y * y, kind="stable"), kind="stable")
    order = np.argsort(rank, kind="stable")
    side = EDGE_LENGTH * 0.8 * float(np.sqrt(float(count)))
    return x[order] * side, y[order] * side


def _discs(size: Floats, pairs: Ints) -> tuple[Floats, Floats]:
    """Centres for discs of given radii, those joined by ``pairs`` near each other, none over another."""
    import numpy as np

    unit = float(np.sqrt(np.add.accumulate(size * size)[-1] / len(size)))
    x, y = forces(len(size), pairs[:, 0], pairs[:, 1], rounds=80)
    # From edge lengths between points to distances between discs; then the large ones push the others off.
    x, y = x * (unit / EDGE_LENGTH), y * (unit / EDGE_LENGTH)
    for _ in range(150):
        x, y = _spread(x * 0.97, y * 0.97, size, 0.0, rounds=2)
    return _spread(x, y, size, 0.0, rounds=60)


def forces(count: int, source: Ints, target: Ints, rounds: int = 0) -> tuple[Floats, Floats]:
    """Force-directed coordinates of a graph of at most a few thousand nodes, centred on 0, 0.

    Args:
        rounds: of moving everything; chosen by the size of the graph where 0.
    """
    import numpy as np

    index = np.arange(count, dtype=np.float64)
    spread = EDGE_LENGTH * float(np.sqrt(float(count)))
    # The R2 sequence fills a square evenly and needs no random numbers: fractions of multiples of its two constants.
    x = ((index * 0.7548776662466927 + 0.5) % 1.0 - 0.5) * spread * ASPECT
    y = ((index * 0.5698402909980532 + 0.5) % 1.0 - 0.5) * spread
    degree = np.bincount(source, minlength=count) + np.bincount(target, minlength=count)
    mass = np.sqrt(1.0 + degree)
    rounds = rounds or 30 + min(370, 8_000 // count)
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
    size = np.minimum(7.0 + 4.0 * np.sqrt(degree.astype(np.float64)), 40.0)
    return _spread(x, y, size, 26.0, rounds=40)


def _repulsion(x: Floats, y: Floats, mass: Floats) -> tuple[Floats, Floats]:
    import numpy as np

    push_x, push_y = np.zeros_like(x), np.zeros_like(y)
    block = max(1, 500_000 // len(x))
    strength = EDGE_LENGTH * EDGE_LENGTH / 3.0
    for start in range(0, len(x), block):
        rows = slice(start, start + block)
        dx, dy = x[None, :] - x[rows, None], y[None, :] - y[rows, None]
        weight = (strength * mass[rows])[:, None] * mass[None, :] / (dx * dx + dy * dy + 1.0)
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


def _spread(x: Floats, y: Floats, size: Floats, gap: float, rounds: int) -> tuple[Floats, Floats]:
    """Push discs apart until none covers another; centred on 0, 0."""
    import numpy as np

    wanted = size[:, None] + size[None, :] + gap
    np.fill_diagonal(wanted, 0.0)
    for _ in range(rounds):
        dx, dy = x[None, :] - x[:, None], y[None, :] - y[:, None]
        distance = np.sqrt(dx * dx + dy * dy) + 1e-6
        overlap = np.maximum(wanted - distance, 0.0)
        if not overlap.any():
            break
        # The larger disc of two moves less.
        shift = overlap * (size[:, None] / (size[:, None] + size[None, :])) / distance
        x, y = x + (dx * shift).sum(axis=0), y + (dy * shift).sum(axis=0)
    return x - (x.max() + x.min()) / 2, y - (y.max() + y.min()) / 2


class _Room:
    """Finds room for one component after the other: as near to the middle as the earlier ones allow."""

    TRIES = 60
    """Components that are fitted in; those after them, small ones, go in rows below."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, int]] = set()
        self._reach = self._placed = 0
        self._right = self._bottom = self._row = 0.0
        self._cell = 0.0

    def find(self, x: Floats, y: Floats) -> tuple[float, float]:
        """The shift for a component centred on 0, 0."""
        self._placed += 1
        # The first, largest component fixes the grid: some hundred cells around it, none smaller than a node's room.
        self._cell = self._cell or max(70.0, float(max(x.max(), y.max())) / 40)
        if self._placed > self.TRIES:
            return self._line(x, y)
        cells = {(int(a // self._cell), int(b // self._cell)) for a, b in zip(x, y, strict=True)}
        cells = {(i + di, j + dj) for i, j in cells for di in (-1, 0, 1) for dj in (-1, 0, 1)}
        right, down = self._free(cells) if self._taken else (0, 0)
        self._taken |= {(i + right, j + down) for i, j in cells}
        self._reach = max(max(abs(i), abs(j)) for i, j in self._taken)
        return right * self._cell, down * self._cell

    def _free(self, cells: set[tuple[int, int]]) -> tuple[int, int]:
        """The nearest shift at which the cells are free, ring by ring around the middle."""
        for ring in range(2 * self._reach + 2 + 2 * max(max(abs(i), abs(j)) for i, j in cells)):
            border = {(s * ring, k) for k in range(-ring, ring + 1) for s in (-1, 1)}
            border |= {(k, s * ring) for k in range(-ring, ring + 1) for s in (-1, 1)}
            for right, down in sorted(border, key=lambda b: (b[0] * b[0] + 2 * b[1] * b[1], b)):
                if not any((i + right, j + down) in self._taken for i, j in cells):
                    return right, down
        return 0, 2 * self._reach + 2

    def _line(self, x: Floats, y: Floats) -> tuple[float, float]:
        width, height = float(x.max() - x.min()) + 2 * self._cell, float(y.max() - y.min()) + 2 * self._cell
        edge = float(self._reach * self._cell)
        if self._placed == self.TRIES + 1 or self._right + width > edge:
            self._right = -edge
            self._bottom = (edge if self._placed == self.TRIES + 1 else self._bottom) + self._row
            self._row = 0.0
        place = self._right - float(x.min()) + self._cell, self._bottom - float(y.min()) + self._cell
        self._right += width
        self._row = max(self._row, height)
        return place


def _rows(x: Floats, y: Floats, nodes: Ints, bottom: float, width: float) -> None:
    import numpy as np

    step_x, step_y = ALONE_STEP
    columns = max(1, int(width // step_x))
    place = np.arange(len(nodes))
    x[nodes] = (place % columns) * step_x - (min(columns, max(len(nodes), 1)) - 1) * step_x / 2
    y[nodes] = bottom + 160.0 + (place // columns) * step_y
