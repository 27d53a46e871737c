"""From files and folders to articles.

    discover      which files, in which order
    read_source   the articles of a file, problems beside them
    reread        the source text again, to check quotations against
    normalize     the one-for-one writing that articles are in

Rooms, low to high: ``normalize``, ``patterns`` | ``encoding``, ``metadata``, ``sources``, ``lines`` | ``split``,
``html`` | ``layout``, ``records`` | ``articles``.
"""

from __future__ import annotations

from kg.read.articles import read_source, reread, reread_many
from kg.read.normalize import normalize
from kg.read.sources import SourceFile, discover

__all__ = ["SourceFile", "discover", "normalize", "read_source", "reread", "reread_many"]
