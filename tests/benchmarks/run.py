"""Ratios that hold on any machine, each measured in one run.

    python -m tests.benchmarks.run                     start and memory
    python -m tests.benchmarks.run --corpus news.jsonl also a build of its first 200 articles against the tagger alone

Figures of seconds are processor time of the process (its waits for a busy machine do not count), but for the start,
where the fastest of many runs counts.
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from tests.readme import ROOT

ARTICLES = 200
STARTS = 40
BARS = {"build / tagger": 2.5, "kg --help / python -c pass": 6.0, "peak of the sample build, MiB": 500.0}


def fastest(command: list[str]) -> float:
    """Seconds of the fastest of many runs."""

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - start

    return min(once() for _ in range(STARTS))


def start() -> dict[str, float]:
    """``kg --help`` against an interpreter that does nothing."""
    program = Path(sys.executable).with_name("kg")
    idle = fastest([sys.executable, "-c", "pass"])
    return {"python -c pass, s": idle, "kg --help / python -c pass": fastest([str(program), "--help"]) / idle}


def memory() -> dict[str, float]:
    """Peak resident memory of a build of the sample page."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "kg", "build", str(ROOT / "data" / "taiyuan-daily.txt"), "-o", f"{folder}/out"]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return {"peak of the sample build, MiB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def processor_time(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def build(corpus: Path) -> dict[str, float]:
    """A build of articles against the taggers alone on the same sentences, models loaded in both."""
    from kg.analysis import lac, tagger
    from kg.analysis.document import split_sentences
    from kg.errors import PluginError
    from kg.pipeline import BuildOptions
    from kg.pipeline import build as build_graph
    from kg.pipeline.sources import read_articles

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "news.jsonl"
        with corpus.open(encoding="utf-8") as lines:
            source.write_text("".join(islice(lines, ARTICLES)), encoding="utf-8")
        articles = read_articles([source]).articles
        sentences = [a.text[s.start : s.end] for a in articles for s in split_sentences(a)]

        taggers: list[lac.Lac | tagger.Tagger] = [lac.Lac()]
        with contextlib.suppress(PluginError):  # a tree without our own tagger's weights
            taggers.append(tagger.Tagger())

        def tag() -> None:
            for one in taggers:
                one.tag(sentences)

        def everything() -> None:
            build_graph([source], Path(folder) / "out", BuildOptions(workers=1))

        tag()  # so that neither pays for what is loaded once
        alone, whole = processor_time(tag), processor_time(everything)
    characters = sum(map(len, sentences))
    return {
        "articles": len(articles),
        "tagger alone, s": alone,
        "tagger alone, characters/s": characters / alone,
        "build, s": whole,
        "build, characters/s": characters / whole,
        "build / tagger": whole / alone,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="articles, a JSON object a line")
    arguments = parser.parse_args()
    figures = {**start(), **memory(), **(build(arguments.corpus) if arguments.corpus else {})}
    for name, figure in figures.items():
        bar = f"   (at most {BARS[name]:g})" if name in BARS else ""
        sys.stdout.write(f"{name:<32}{figure:>12,.3f}{bar}\n")


if __name__ == "__main__":
    main()
