"""The page that people open: the relation graph of a build as one HTML file that needs no network.

``network`` makes the graph, ``layout`` places it, ``payload`` packs it, ``render`` writes the page around the script in
``assets`` (its source: ``assets/src``; put together by ``assets/build.mjs``).
"""

from __future__ import annotations

from kg.page.render import render_page

__all__ = ["render_page"]
