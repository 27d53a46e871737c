"""Articles to facts, in chunks, in this process or in several; the facts do not depend on how many."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from kg.errors import InputError
from kg.model import Article, ArticleFacts
from kg.pipeline.extractors import ExtractMany, ExtractorSpec

CHUNK: Final = 32
"""Articles handed over at once: enough for the taggers to batch, few enough to lose little when a worker dies."""
_PER_WORKER: Final = 64  # a further process pays for loading its models from about this many articles on

Tick = Callable[[int], None]
"""Called with the number of articles that are done."""
_Outcome = ArticleFacts | str
_loaded: ExtractMany | None = None


def extract_all(
    articles: Sequence[Article], spec: ExtractorSpec, workers: int = 0, tick: Tick = lambda done: None
) -> tuple[list[ArticleFacts], list[InputError]]:
    """The facts of each article, in the order given, and one error for each article whose extraction failed.

    Args:
        workers: processes; 0 chooses by the number of articles and of processors, 1 stays in this process.

    Raises:
        PluginError: the extractor cannot be loaded.
    """
    if not articles:
        return [], []
    workers = workers or max(1, min(os.cpu_count() or 1, len(articles) // _PER_WORKER))
    chunks = [articles[i : i + CHUNK] for i in range(0, len(articles), CHUNK)]
    if workers == 1:
        many = spec.load()
        outcomes: Iterator[list[_Outcome]] = (_run(many, chunk) for chunk in chunks)
    else:
        spec.load()  # an extractor that cannot be loaded is told here, not by each worker
        outcomes = _pooled(chunks, spec, workers)
    facts: list[ArticleFacts] = []
    errors: list[InputError] = []
    done = 0
    for chunk, results in zip(chunks, outcomes, strict=True):
        for article, outcome in zip(chunk, results, strict=True):
            if isinstance(outcome, str):
                errors.append(InputError(article.source or article.id, outcome, place=f"article {article.id}"))
            else:
                facts.append(outcome)
        done += len(chunk)
        tick(done)
    return facts, errors


def _run(many: ExtractMany, chunk: Sequence[Article]) -> list[_Outcome]:
    """Each article's facts, or what went wrong with it; a fault in one costs no other."""
    try:
        results = many(chunk)
    except Exception as error:
        if len(chunk) > 1:
            return [outcome for article in chunk for outcome in _run(many, [article])]
        kind = type(error).__name__
        message = " ".join(str(error).split())
        return [f"extraction failed ({kind}{f': {message}' if message else ''}); skipped, the other articles are built"]
    if len(results) != len(chunk):
        return [f"the extractor gave {len(results)} results for {len(chunk)} articles; skipped" for _ in chunk]
    return [_checked(article, facts) for article, facts in zip(chunk, results, strict=True)]


def _checked(article: Article, facts: ArticleFacts) -> _Outcome:
    """The facts, or in which way they are not facts of this article: an extractor may be anybody's."""
    if facts.article != article:
        return f"the extractor gave the facts of another article ({facts.article.id}); skipped"
    keys = {entity.key for entity in facts.entities}
    for fact in facts.facts:
        for key in (fact.subject, fact.object):
            if key not in keys and (key or not fact.subject):
                return f"the extractor gave a fact ({fact.rule}) about {key!r}, which is none of its entities; skipped"
        if not 0 <= fact.evidence.start < fact.evidence.end <= len(article.text):
            return f"the extractor gave a fact ({fact.rule}) whose quotation lies outside the text; skipped"
    return facts


def _start(spec: ExtractorSpec) -> None:
    global _loaded
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _loaded = spec.load()


def _leave_with_parent() -> None:
    """A pool's processes would wait for work for ever when the build is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(chunk: Sequence[Article]) -> list[_Outcome]:
    assert _loaded is not None
    return _run(_loaded, chunk)


def _pool(spec: ExtractorSpec, workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: native libraries with threads of their own do not survive a fork.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(spec,))


def _pooled(chunks: Sequence[Sequence[Article]], spec: ExtractorSpec, workers: int) -> Iterator[list[_Outcome]]:
    """Results of the chunks in order. When a worker dies, the chunks under way are run again alone, down to the article
    that kills its process."""
    waiting = deque(range(len(chunks)))
    results: dict[int, list[_Outcome]] = {}
    following = 0
    while following < len(chunks):
        under_way: dict[Future[list[_Outcome]], int] = {}
        try:
            with _pool(spec, workers) as pool:
                while waiting or under_way:
                    while waiting and len(under_way) <= workers:
                        under_way[pool.submit(_work, chunks[waiting[0]])] = waiting[0]
                        waiting.popleft()
                    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                        results[under_way[future]] = future.result()
                        del under_way[future]
                    while following in results:
                        yield results.pop(following)
                        following += 1
        except BrokenProcessPool:
            for index in sorted(under_way.values()):
                results[index] = _alone(chunks[index], spec)
        while following in results:
            yield results.pop(following)
            following += 1


def _alone(chunk: Sequence[Article], spec: ExtractorSpec) -> list[_Outcome]:
    """Each article by itself in a process of its own, which is started anew when one kills it."""
    results: list[_Outcome] = []
    while len(results) < len(chunk):
        with _pool(spec, 1) as pool:
            try:
                for article in chunk[len(results) :]:
                    results += pool.submit(_work, [article]).result()
            except BrokenProcessPool:
                results.append(
                    "the process that extracted it died (out of memory, or a fault in a native library); "
                    "skipped, the other articles are built"
                )
    return results
