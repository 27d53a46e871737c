"""Which paragraphs of a page make one article.

An article begins with a headline stack that a dateline or a byline follows (GRAMMAR 3e): ``本报讯（记者…）``,
``新华社北京6月2日电``, ``本报记者 张三``. A mark of a new page before a headline stack does as well. Nothing else
divides a file, so that a text without headlines stays one article.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.read.lines import Paragraph
from kg.read.patterns import (
    is_byline,
    is_caption,
    is_dateline,
    is_finished,
    is_furniture,
    is_headline_like,
    is_page_mark,
    starts_item,
)

_TALLEST_STACK = 7  # lines; the tallest of print has five (shoulder, two of main, two of subtitle)


def split(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """The articles of a page, in order; each keeps the furniture and the captions that stand in it."""
    starts = [0]
    for index in range(1, len(paragraphs)):
        if (first := _stack_above(paragraphs, index)) is not None and first > starts[-1]:
            starts.append(first)
    bounds = [*starts, len(paragraphs)]
    articles = [list(paragraphs[low:high]) for low, high in pairwise(bounds)]
    return _keep_with_body(articles)


def _stack_above(paragraphs: Sequence[Paragraph], index: int) -> int | None:
    """Where the headline stack of the article begins whose body begins at ``index``; ``None`` where none does."""
    opening = paragraphs[index]
    dated = is_dateline(opening.text) or (is_byline(opening.text) and not opening.text.startswith(("(", "（")))
    if not dated and not _is_body(opening):
        return None
    first, marked = index, False
    while first > 0 and index - first < _TALLEST_STACK:
        above = paragraphs[first - 1]
        if is_furniture(above.text):
            marked = is_page_mark(above.text)
            break
        if not is_headline_like(above.text) or is_caption(above.text) or starts_item(above.text):
            break
        first -= 1
    if first == index or not (dated or marked):
        return None
    before = _body_before(paragraphs, first)
    if before is None:
        return None
    # A column that was cut in mid-sentence goes on below; only a dateline tells that a new article begins there.
    if is_finished(before.text) or marked or (is_dateline(opening.text) and index - first < _TALLEST_STACK):
        return first
    return None


def _is_body(paragraph: Paragraph) -> bool:
    return not is_headline_like(paragraph.text) and not is_furniture(paragraph.text) and not is_caption(paragraph.text)


def _body_before(paragraphs: Sequence[Paragraph], index: int) -> Paragraph | None:
    for paragraph in reversed(paragraphs[:index]):
        if _is_body(paragraph):
            return paragraph
    return None


def _keep_with_body(articles: list[list[Paragraph]]) -> list[list[Paragraph]]:
    """Page marks that close an article's paragraphs open the next one, where there is one."""
    for article, following in pairwise(articles):
        while len(article) > 1 and is_page_mark(article[-1].text):
            following.insert(0, article.pop())
    return articles
