"""The page as a whole: pyvis fills our template, everything it needs is written into it.

pyvis's own template asks two CDNs for files in every mode and builds tooltips out of raw HTML; ours takes its nodes,
edges and options as JSON and the vis-network that pyvis ships, and nothing else. A Content-Security-Policy names the
hash of each script and style, so that nothing that comes with the data can run, and forbids every connection.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.model import ArticleFacts, Resolution

if TYPE_CHECKING:
    from kg.page.payload import Payload

LARGE_NODES, LARGE_PAIRS = 600, 1800
"""Above either, vis-network (a canvas, one object a node) is no longer fluid on a machine without a GPU."""
MOST_NODES, MOST_RELATIONS = 60_000, 200_000
"""Most nodes and relations in one page, those of the most important nodes; a larger file opens too slowly."""


def render_page(
    articles: Sequence[ArticleFacts],
    resolution: Resolution,
    *,
    title: str = "",
    about: str | None = None,
    depth: int = 1,
) -> str:
    """The relation graph as one HTML file.

    Args:
        articles: the facts of all articles of the build, in any order.
        resolution: who is who in the build.
        title: heading of the page; a heading is made from what it shows where empty.
        about: id, name or alias of the entity to show the neighbourhood of; the whole graph where ``None``.
        depth: how many relations from ``about`` are shown.

    Returns:
        the page: the same text for the same facts, on every machine.

    Raises:
        QueryError: nothing is called ``about``.
        ValueError: ``depth`` is negative.
    """
    from kg.page.encode import encode
    from kg.page.neighbourhood import find, most_important, neighbourhood
    from kg.page.network import relation_graph
    from kg.page.payload import pack

    graph = relation_graph(articles, resolution)
    centres: tuple[str, ...] = ()
    if about is not None:
        centres = find(graph, about)
        graph = neighbourhood(graph, centres, depth)
    if not title:
        title = f"{graph.nodes[centres[0]]['name']} · 关系图谱" if centres else "关系图谱"
    total = len(graph)
    graph = most_important(graph, MOST_NODES, MOST_RELATIONS, centres)
    payload = pack(graph, articles, title=title, centres=centres, depth=depth, total=total)
    large = len(graph) > LARGE_NODES or len(payload.pairs) > LARGE_PAIRS
    script = _asset("page-sigma.js" if large else "page-vis.js")
    # The page's script runs the library once its first frame is on the screen: until then it stands there as text.
    library = "" if large else _vis_network()
    style = _asset("page.css")
    network = _network(payload, large)
    network.templateEnv = _environment(
        title=title,
        style=style,
        library=library,
        script=script,
        policy=_policy([script, library] if library else [script], style),
        blocks=[("kg-data", *encode(payload.graph)), ("kg-details", *encode(payload.details))],
    )
    network.path = "page.html"
    html: str = network.generate_html()
    return html


def _network(payload: Payload, empty: bool) -> Any:
    """A pyvis network with positions given and physics off; without nodes for a page that WebGL draws."""
    from pyvis.network import Network

    from kg.page.layout import radius

    network = Network(directed=True, cdn_resources="in_line")
    palette = json.loads(_source("palette.json"))
    data, nodes = payload.graph, payload.graph["nodes"]
    for i in range(0 if empty else len(nodes["name"])):
        look = palette[data["strings"][nodes["type"][i]]]
        network.add_node(
            i,
            # pyvis puts the id where a label is empty; the page's script draws the labels, so a blank stands here.
            label=" ",
            shape=look["shape"],
            color=look["colour"],
            size=radius(nodes["degree"][i]),
            x=nodes["x"][i],
            y=nodes["y"][i],
        )
    unconfirmed = set(data["edges"]["candidate"])
    for number, (a, b, members) in enumerate([] if empty else payload.pairs):
        forward = any(data["edges"]["s"][e] == a for e in members)
        backward = any(data["edges"]["s"][e] == b for e in members)
        arrows = "to" if forward and not backward else "from" if backward and not forward else ""
        dashes = unconfirmed.issuperset(members)
        width = min(1.6 + 0.7 * (len(members) - 1), 5)
        network.add_edge(a, b, id=number, arrows=arrows, dashes=dashes, width=width)
    network.set_options(
        json.dumps(
            {
                "physics": {"enabled": False},
                "layout": {"improvedLayout": False},
                "nodes": {"font": {"size": 0}, "borderWidth": 1.5, "borderWidthSelected": 3},
                "edges": {
                    "smooth": False,
                    "color": {"color": "#b9ad9a", "highlight": "#8c3b1c", "hover": "#8c7f6b"},
                    "arrows": {"to": {"scaleFactor": 0.5}, "from": {"scaleFactor": 0.5}},
                },
                "interaction": {"hover": True, "tooltipDelay": 100000, "keyboard": False, "hideEdgesOnDrag": False},
            }
        )
    )
    return network


def _environment(**values: Any) -> Any:
    """A Jinja environment for pyvis to find our template in, with the rest of what the page needs."""
    import jinja2

    loader = jinja2.FunctionLoader(lambda name: _source(name) if name == "page.html" else None)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    environment.globals.update(values)
    return environment


def _policy(scripts: Sequence[str], style: str) -> str:
    run = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {run}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _source(name: str) -> str:
    return files("kg.page").joinpath("assets/src", name).read_text(encoding="utf-8")


@cache
def _asset(name: str) -> str:
    return _inline(files("kg.page").joinpath("assets/built", name).read_text(encoding="utf-8"), name)


@cache
def _vis_network() -> str:
    path = "templates/lib/vis-9.1.2/vis-network.min.js"
    return _inline(files("pyvis").joinpath(path).read_text(encoding="utf-8"), path)


def _inline(text: str, name: str) -> str:
    """Text as it may stand in an element: a closing tag or a comment in it would change where the element ends."""
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise ValueError(f"{name} cannot stand inside an HTML element: it holds a closing tag or a comment")
    return re.sub(r"\r\n?", "\n", text).strip() + "\n"
