"""The main job, stage by stage: read, extract, resolve, write, put in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import kg
from kg import vocab
from kg.errors import InputError, OutputError
from kg.model import CANDIDATE_BELOW, ArticleFacts, Resolution
from kg.pipeline import publish
from kg.pipeline.extraction import extract_all
from kg.pipeline.extractors import DEFAULT, ExtractorSpec, find_extractor, fingerprint
from kg.pipeline.manifest import Manifest, file_digest, read_manifest, relative_roots
from kg.pipeline.sources import Reading, read_articles
from kg.resolve import resolve
from kg.resolve.ledger import Decision, load

_WRITING = ("vocab.py", "model.py", "language", "resolve", "graph", "page")
_WRITING_LIBRARIES = ("jinja2", "networkx", "oxrdflib", "pyoxigraph", "pyvis", "rdflib")

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, what is done of it and what there is to do."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build.

    Attributes:
        extractor: name of a registered extractor, or ``package.module:function``.
        workers: processes that extract; 0 chooses. The output does not depend on it.
        base: base IRI of the instances.
        min_confidence: facts below are candidates: kept with their evidence, not asserted. At least 0.5, below which a fact
            is a guess whatever the build.
        fresh: extract every article again, whatever an earlier build in OUT found.
    """

    extractor: str = DEFAULT
    workers: int = 0
    base: str = vocab.DEFAULT_BASE
    fresh: bool = False
    min_confidence: float = CANDIDATE_BELOW


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What came of a build.

    Attributes:
        out: the output folder.
        counts: articles, the entities of each type, facts; in the order in which to show them.
        reused: articles whose facts an earlier build had found already.
        problems: what was skipped.
        warnings: ``article: what looks wrong in it``.
        articles, resolution: the facts themselves.
    """

    out: Path
    counts: Mapping[str, int]
    reused: int
    problems: tuple[InputError, ...]
    warnings: tuple[str, ...]
    articles: tuple[ArticleFacts, ...]
    resolution: Resolution


class NothingToBuildError(InputError):
    """No article could be read.

    Attributes:
        problems: why, one for each path or file.
    """

    def __init__(self, paths: Sequence[Path], problems: Sequence[InputError]) -> None:
        self.problems = tuple(problems)
        named = ", ".join(str(path) for path in paths[:3]) + (" …" if len(paths) > 3 else "")
        super().__init__(named, "no article in it, nothing was built; earlier output is untouched")


def build(
    paths: Sequence[Path],
    out: Path,
    options: BuildOptions = BuildOptions(),
    progress: Progress = lambda stage, done, total: None,
) -> BuildReport:
    """Build the graph of everything under ``paths`` into ``out``.

    Until the last moment ``out`` holds what it held; what is there besides a build stays.

    Raises:
        NothingToBuildError: no article could be read.
        OutputError: ``out`` is a file, cannot be written, the disk is full, or another build is writing to it.
        PluginError: the extractor cannot be loaded.
        ValueError: ``options.base`` is not an absolute IRI, or ``options.min_confidence`` is not between 0.5 and 1.
    """
    vocab.base_with_slash(options.base)
    if not CANDIDATE_BELOW <= options.min_confidence <= 1:
        raise ValueError(f"min_confidence is {options.min_confidence}: not between {CANDIDATE_BELOW} and 1")
    spec = find_extractor(options.extractor)
    with publish.staging(out) as folder:
        decisions = load(out)
        reading = read_articles(paths, out, lambda done, total: progress("read", done, total))
        if not reading.articles:
            raise NothingToBuildError(paths, reading.problems)
        return assemble(reading, out, folder, spec, options, decisions, progress)


def assemble(
    reading: Reading,
    out: Path,
    folder: Path,
    spec: ExtractorSpec,
    options: BuildOptions,
    decisions: Sequence[Decision],
    progress: Progress,
) -> BuildReport:
    """Everything after reading: extract what the build in ``out`` does not know, resolve, write to ``folder``.

    Raises:
        NothingToBuildError: no article could be extracted.
        OutputError, OSError: ``folder`` cannot be written.
        PluginError: the extractor cannot be loaded.
    """
    earlier = None if options.fresh else _earlier(out)
    extracted_by = spec.fingerprint()
    known = (
        earlier.facts if earlier is not None and earlier.manifest.can_lend(extracted_by, options.min_confidence) else {}
    )
    new = [article for article in reading.articles if article.id not in known or known[article.id].article != article]
    found, failed = extract_all(new, spec, options.workers, lambda done: progress("extract", done, len(new)))
    fresh = {facts.article.id: _sure(facts, options.min_confidence) for facts in found}
    lost = {error.place for error in failed}
    articles = tuple(
        fresh.get(article.id) or known[article.id]
        for article in reading.articles
        if f"article {article.id}" not in lost
    )
    if not articles:
        raise NothingToBuildError([Path(name) for name in sorted({a.source for a in reading.articles})], failed)
    progress("resolve", 0, 1)
    resolution = resolve(articles, decisions)
    progress("resolve", 1, 1)
    problems = tuple(sorted((*reading.problems, *failed), key=str))
    manifest = Manifest(
        kg=kg.__version__,
        extractor=spec.name,
        fingerprint=extracted_by,
        base=vocab.base_with_slash(options.base),
        min_confidence=options.min_confidence,
        roots=relative_roots(reading.roots, out),
        articles=tuple(facts.article.id for facts in articles),
        skipped=problems,
        writers=_writers(),
        outputs=earlier.manifest.outputs if earlier is not None else (),
    )
    if new or earlier is None or not earlier.is_what_would_be_written(out, manifest, resolution):
        write(folder, articles, resolution, manifest, progress)
    return BuildReport(
        out=out,
        counts=counts(articles, resolution),
        reused=len(reading.articles) - len(new),
        problems=problems,
        warnings=tuple(f"{facts.article.id}: {warning}" for facts in articles for warning in facts.warnings),
        articles=articles,
        resolution=resolution,
    )


def _sure(facts: ArticleFacts, least: float) -> ArticleFacts:
    """The facts, those below a confidence as candidates."""
    return replace(
        facts, facts=tuple(replace(f, status="candidate") if f.confidence < least else f for f in facts.facts)
    )


def write(
    folder: Path,
    articles: Sequence[ArticleFacts],
    resolution: Resolution,
    manifest: Manifest,
    progress: Progress = lambda stage, done, total: None,
) -> None:
    """Everything that an output folder holds, the manifest last.

    Raises:
        OSError, OutputError: the folder cannot be written.
    """
    from kg.graph.archive import write_archive
    from kg.graph.store import load_store
    from kg.graph.turtle import write_turtle
    from kg.page import render_page

    steps: tuple[Callable[[], object], ...] = (
        lambda: write_archive(folder, articles, resolution, base=manifest.base),
        lambda: write_turtle(folder, articles, resolution, base=manifest.base),
        lambda: load_store(folder / publish.STORE, [folder / publish.GRAPH, folder / publish.EVIDENCE]),
        lambda: (folder / publish.PAGE).write_text(render_page(articles, resolution), encoding="utf-8"),
        lambda: replace(manifest, outputs=_outputs(folder)).write(folder),
    )
    for done, step in enumerate(steps):
        progress("write", done, len(steps))
        step()
    progress("write", len(steps), len(steps))


def _outputs(folder: Path) -> tuple[tuple[str, str], ...]:
    return tuple((path.name, file_digest(path)) for path in sorted(folder.iterdir()) if path.is_file())


def _writers() -> str:
    """What the files depend on besides the facts."""
    return fingerprint(_WRITING, _WRITING_LIBRARIES)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The last build in OUT."""

    manifest: Manifest
    facts: Mapping[str, ArticleFacts]
    resolution: Resolution

    def is_what_would_be_written(self, out: Path, manifest: Manifest, resolution: Resolution) -> bool:
        """Whether a new build that found no new facts would only write the same again."""
        return (
            self.manifest.to_dict() == manifest.to_dict()
            and self.resolution == resolution
            and (out / publish.STORE).is_dir()
            and self.manifest.is_whole(out)
        )


def _earlier(out: Path) -> _Earlier | None:
    """The last build in OUT; ``None`` where there is none, or none that is whole, which only costs time."""
    from kg.graph.archive import read_archive

    try:
        manifest = read_manifest(out)
        articles, resolution = read_archive(out)
    except (OutputError, OSError):
        return None
    return _Earlier(manifest, {facts.article.id: facts for facts in articles}, resolution)


def counts(articles: Sequence[ArticleFacts], resolution: Resolution) -> dict[str, int]:
    """How much there is of what, in the order in which to show it."""
    types = Counter(entity.type for entity in resolution.entities)
    return {
        "articles": len(articles),
        "persons": types["person"],
        "organizations": types["organization"],
        "places": types["place"],
        "events": types["event"],
        "documents": types["document"],
        "facts": sum(len(facts.facts) for facts in articles),
    }
