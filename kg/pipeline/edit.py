"""Changes to a finished build: articles added or taken out, identities decided. Each ends in the output that a build of
the changed input would have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg import vocab
from kg.errors import InputError
from kg.graph.archive import read_archive
from kg.model import Article, Resolution, ResolvedEntity
from kg.pipeline import publish
from kg.pipeline.extractors import find_extractor
from kg.pipeline.job import BuildOptions, BuildReport, NothingToBuildError, Progress, assemble
from kg.pipeline.manifest import read_manifest
from kg.pipeline.sources import Reading, read_articles, with_own_ids
from kg.resolve import ledger
from kg.resolve.ledger import Decision, Member, Verdict

_SILENT: Progress = lambda stage, done, total: None  # noqa: E731
_MEMBERS = 50  # of a side of a decision: enough that it outlives most of its articles
_SUFFIX = re.compile(r"~[0-9a-f]{6}(?=#\d+$|$)")


def add(out: Path, paths: Sequence[Path], workers: int = 0, progress: Progress = _SILENT) -> BuildReport:
    """Add what is under ``paths``; an article of the same source and record takes the place of the earlier one.

    Raises:
        NothingToBuildError: no article could be read.
        OutputError: ``out`` holds no build, or cannot be written.
    """

    def changed(before: Reading) -> Reading:
        found = read_articles(paths, out, lambda done, total: progress("read", done, total))
        if not found.articles:
            raise NothingToBuildError(paths, found.problems)
        new = [original(article) for article in found.articles]
        read = {(article.source, article.record) for article in new}
        kept = [article for article in before.articles if (article.source, article.record) not in read]
        named = {problem.path for problem in found.problems}
        return Reading(
            with_own_ids([*kept, *new]),
            (*(problem for problem in before.problems if problem.path not in named), *found.problems),
            tuple(sorted({*before.roots, *found.roots})),
            before.files + found.files,
        )

    return _change(out, changed, workers, progress)


def remove(out: Path, names: Sequence[str], progress: Progress = _SILENT) -> BuildReport:
    """Take articles out.

    Args:
        out: the output folder.
        names: ids of articles, or sources with everything in them (``news/a.txt``, as it was read).
        progress: told how far it is.

    Raises:
        InputError: nothing in the build is called so, or nothing would be left.
        OutputError: ``out`` holds no build, or cannot be written.
    """

    def changed(before: Reading) -> Reading:
        ids = {article.id for article in with_own_ids(before.articles)}
        sources = {article.source for article in before.articles} | {problem.path for problem in before.problems}
        for name in names:
            if name not in ids and name not in sources:
                raise InputError(
                    name, f"no article and no source of {out} is called so; `kg query {out} --named entities`"
                )
        gone = set(names)
        kept = [a for a in with_own_ids(before.articles) if a.id not in gone and a.source not in gone]
        if not kept:
            raise InputError(str(out), "nothing would be left in it; delete the folder instead")
        roots = [root for root in before.roots if any((root / article.source).exists() for article in kept)]
        return Reading(
            with_own_ids(original(article) for article in kept),
            tuple(problem for problem in before.problems if problem.path not in gone),
            tuple(roots) or before.roots,
            before.files,
        )

    return _change(out, changed, 0, progress)


def decide(out: Path, verdict: Verdict, first: str, second: str, progress: Progress = _SILENT) -> BuildReport:
    """Record that two are the same or are not, and apply it.

    Args:
        out: the output folder.
        verdict: ``same`` or ``different``.
        first, second: a name, an alias or an id; ``NAME@ARTICLE`` is the one whom that article names.
        progress: told how far it is.

    Raises:
        InputError: nothing, or more than one, is called so; or both are one entity and nothing tells them apart.
        OutputError: ``out`` holds no build, or cannot be written.
    """
    publish.open_output(out)
    _, resolution = read_archive(out)
    one, other = _members(resolution, first), _members(resolution, second)
    if set(one) & set(other):
        hint = "name the articles: NAME@ARTICLE NAME@ARTICLE" if verdict == "different" else "nothing to do"
        raise InputError(f"{first}, {second}", f"are one in this build; {hint}")
    new = Decision(verdict, one[:_MEMBERS], other[:_MEMBERS], (first, second))
    return _decided(out, ledger.decide(ledger.load(out), new), progress)


def forget(out: Path, first: str, second: str, progress: Progress = _SILENT) -> BuildReport:
    """Take back what was decided about two, named as they were then.

    Raises:
        InputError: nothing was decided about the two.
        OutputError: ``out`` holds no build, or cannot be written.
    """
    publish.open_output(out)
    decisions = ledger.load(out)
    kept = [decision for decision in decisions if set(decision.names) != {first, second}]
    if len(kept) == len(decisions):
        raise InputError(str(out / ledger.LEDGER), f"nothing was decided about {first} and {second}")
    return _decided(out, kept, progress)


def original(article: Article) -> Article:
    """The article as it was read, without the suffix that told it from another of its id."""
    for count in range(10):
        suffix = vocab.digest(article.source, article.record, str(count or ""), length=6)
        if (match := _SUFFIX.search(article.id)) and match[0] == f"~{suffix}":
            return replace(article, id=_SUFFIX.sub("", article.id))
    return article


def _decided(out: Path, decisions: Sequence[Decision], progress: Progress) -> BuildReport:
    before = ledger.load(out)
    ledger.save(out, decisions)
    try:
        return _change(out, lambda reading: reading, 0, progress)
    except BaseException:
        ledger.save(out, before)
        raise


def _change(out: Path, changed: Callable[[Reading], Reading], workers: int, progress: Progress) -> BuildReport:
    publish.open_output(out)
    with publish.staging(out) as folder:
        manifest = read_manifest(out)
        articles, _ = read_archive(out)
        before = Reading(
            tuple(original(facts.article) for facts in articles),
            manifest.skipped,
            manifest.source_roots(out),
            len({facts.article.source for facts in articles}),
        )
        options = BuildOptions(manifest.extractor, workers, manifest.base, min_confidence=manifest.min_confidence)
        reading = changed(before)
        reading = replace(reading, articles=with_own_ids(original(article) for article in reading.articles))
        return assemble(reading, out, folder, find_extractor(options.extractor), options, ledger.load(out), progress)


def _members(resolution: Resolution, name: str) -> tuple[Member, ...]:
    """The members of the one entity that is called so, or of its part in one article.

    Raises:
        InputError: nothing or more than one is called so.
    """
    called, mark, article = name.rpartition("@")
    if not mark or not any(where == article for entity in resolution.entities for where, _ in entity.members):
        called, article = name, ""
    found = _called(resolution, called, article)
    if not found:
        raise InputError(name, "nothing in the build is called so; `kg query OUT --named entities` lists names")
    if len(found) > 1:
        raise InputError(name, f"several are called so; name one of {', '.join(entity.id for entity in found)}")
    return tuple(member for member in found[0].members if not article or member[0] == article)


def _called(resolution: Resolution, name: str, article: str) -> list[ResolvedEntity]:
    entities = [e for e in resolution.entities if not article or any(where == article for where, _ in e.members)]
    for fits in (
        lambda e: e.id == name,
        lambda e: e.name == name,
        lambda e: name in e.aliases,
    ):
        found = [entity for entity in entities if fits(entity)]
        if found:
            return found
    return []
