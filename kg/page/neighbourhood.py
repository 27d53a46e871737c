"""Parts of a relation graph: around one entity, or the most important nodes."""

from __future__ import annotations

from collections import deque
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.page.network import by_importance

if TYPE_CHECKING:
    import networkx as nx


def find(graph: nx.MultiDiGraph, name: str) -> tuple[str, ...]:
    """The nodes that are called ``name``: by id, else by name (homonyms give several), else by alias.

    Raises:
        QueryError: nothing is called so; the message names what comes near.
    """
    if name in graph:
        return (name,)
    nodes = [(node, data) for node, data in graph.nodes(data=True) if data["type"] != "article"]
    found = tuple(sorted(node for node, data in nodes if data["name"] == name))
    found = found or tuple(sorted(node for node, data in nodes if name in data["aliases"]))
    if found:
        return found
    names = sorted({data["name"] for _, data in nodes})
    near = [n for n in names if name and name in n][:3] or get_close_matches(name, names, 3, 0.5)
    hint = f"; did you mean {'、'.join(near)}?" if near else ""
    raise QueryError(f"nothing in the graph is called {name!r}{hint}")


def neighbourhood(graph: nx.MultiDiGraph, centres: tuple[str, ...], depth: int = 1) -> nx.MultiDiGraph:
    """All nodes within ``depth`` relations of ``centres`` (direction and bylines left out of account), and the
    relations among them.

    Raises:
        ValueError: ``depth`` is negative.
    """
    if depth < 0:
        raise ValueError(f"depth is {depth}; it counts relations from the centre and cannot be negative")
    distance = dict.fromkeys(centres, 0)
    queue = deque(centres)
    while queue:
        node = queue.popleft()
        if distance[node] == depth:
            continue
        for one, other, kind in [*graph.out_edges(node, data="kind"), *graph.in_edges(node, data="kind")]:
            neighbour = other if one == node else one
            if kind != "byline" and neighbour not in distance:
                distance[neighbour] = distance[node] + 1
                queue.append(neighbour)
    part = graph.subgraph([node for node in graph if node in distance])
    return part.copy()


def most_important(graph: nx.MultiDiGraph, nodes: int, relations: int, keep: tuple[str, ...] = ()) -> nx.MultiDiGraph:
    """The graph itself, or the part of its most important nodes that has at most so many nodes and relations; the
    nodes of ``keep`` are in it anyway."""
    if len(graph) <= nodes and graph.number_of_edges() <= relations:
        return graph
    ranked = by_importance(graph)
    rank = {node: i for i, node in enumerate(ranked)}
    # A relation is there once the less important of its two ends is.
    complete = sorted(max(rank[one], rank[other]) for one, other in graph.edges())
    if len(complete) > relations:
        nodes = min(nodes, complete[relations])
    return graph.subgraph({*ranked[:nodes], *keep})
