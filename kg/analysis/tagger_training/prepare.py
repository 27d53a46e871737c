"""Labelled data in one form: sentences with spans of names, of titles and times, and of events and documents.

``python -m kg.analysis.tagger_training.prepare OUT.pkl --msra DIR --cluener DIR --resume DIR --train DIR --dev DIR``

Each source annotates some types only; what it does not annotate stays open (``Example.open_types``, ``masks``), and
the loss lets the model choose there. Times are LAC's everywhere. Training sentences that overlap with a test set are
left out: equal ones and near copies (half of the 8-character runs are in the test set).
"""

# ruff: noqa: T201 - a script

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.analysis.lac import Lac
from kg.analysis.tagger_training.corpus import sentences_of, variants

NAME_TYPES = ("person", "organization", "place", "title", "time")
LONG_TYPES = ("event", "document")
SCHEMES = ("news", "msra", "cluener", "resume")
Labelled = tuple[int, int, str]
_STEP = 8
_BODY = re.compile("^[省市区县州旗镇乡]|(常委会|党组|政协|人大|政法委|纪委|党工委|管委会|统战部|组织部|宣传部)$")

_MSRA = {"PER": "person", "ORG": "organization", "LOC": "place"}
_CLUENER = {
    "name": "person",
    "company": "organization",
    "organization": "organization",
    "government": "organization",
    "address": "place",
    "scene": "place",
    "position": "title",
}
_RESUME = {"NAME": "person", "ORG": "organization", "LOC": "place", "TITLE": "title"}


@dataclass
class Example:
    """A sentence with labels.

    Attributes:
        scheme: whose idea of a name the labels follow.
        names, longs: spans of the two layers; within a layer they do not overlap.
        masks: stretches of the names' layer where nothing is known; long_masks likewise.
        open_types: types of the names' layer that the source does not annotate.
        has_long: whether events and documents are annotated.
        optional: spans that are right when found and not missed when absent (measuring alone).
    """

    scheme: str
    text: str
    names: list[Labelled] = field(default_factory=list)
    longs: list[Labelled] = field(default_factory=list)
    masks: list[tuple[int, int]] = field(default_factory=list)
    long_masks: list[tuple[int, int]] = field(default_factory=list)
    open_types: tuple[str, ...] = ()
    has_long: bool = False
    optional: list[Labelled] = field(default_factory=list)


def read_columns(lines: Iterable[str]) -> Iterator[tuple[str, list[Labelled]]]:
    """Sentences of a file with a character and a BIO or BMES tag a line, an empty line between sentences."""
    text = ""
    tags: list[str] = []
    for line in [*lines, "\n"]:
        parts = line.rstrip("\r\n").replace("\t", " ").rsplit(" ", 1)
        if len(parts) == 2 and len(parts[0]) == 1:
            text, tags = text + parts[0], [*tags, parts[1]]
        elif text:
            yield text, _spans(tags)
            text, tags = "", []


def _spans(tags: Sequence[str]) -> list[Labelled]:
    spans: list[Labelled] = []
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag[0] in "BSO":
            spans.append((start, i, tags[start].split("-")[1]))
            start = -1
        if tag[0] in "BS":
            start = i
    return spans


def cut(example: Example) -> Iterator[Example]:
    """The example's sentences; a span that a cut goes through becomes unknown on both sides."""
    position = 0
    for piece in sentences_of(example.text):
        start = example.text.index(piece, position)
        end = position = start + len(piece)
        part = Example(example.scheme, piece, open_types=example.open_types, has_long=example.has_long)
        for spans, kept, masks in (
            (example.names, part.names, part.masks),
            (example.longs, part.longs, part.long_masks),
            (example.optional, part.optional, []),
        ):
            for a, b, label in spans:
                if start <= a and b <= end:
                    kept.append((a - start, b - start, label))
                elif a < end and b > start:
                    masks.append((max(a, start) - start, min(b, end) - start))
        for old, new in ((example.masks, part.masks), (example.long_masks, part.long_masks)):
            new += [(max(a, start) - start, min(b, end) - start) for a, b in old if a < end and b > start]
        yield part


def msra(lines: Iterable[str]) -> Iterator[Example]:
    for text, spans in read_columns(lines):
        names = [(a, b, _MSRA[label]) for a, b, label in spans]
        yield Example("msra", text, names, open_types=("title",))


def cluener(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        example = Example("cluener", record["text"])
        for label, found in record["label"].items():
            for start, last in (span for spans in found.values() for span in spans):
                if label in _CLUENER:
                    example.names.append((start, last + 1, _CLUENER[label]))
                else:
                    example.masks.append((start, last + 1))
        example.names = without_overlap(example.names)
        example.masks = [m for m in example.masks if not any(m[0] < b and a < m[1] for a, b, _ in example.names)]
        yield example


def resume(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for text, spans in read_columns(lines):
            example = Example("resume", text, open_types=("place",))
            for start, end, label in spans:
                if label in _RESUME:
                    example.names.append((start, end, _RESUME[label]))
                else:
                    example.masks.append((start, end))
            yield example


def without_overlap(spans: Iterable[Labelled]) -> list[Labelled]:
    """The longest spans first, of equally long ones the first; those that overlap a kept one are dropped."""
    kept: list[Labelled] = []
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(end <= a or b <= start for a, b, _ in kept):
            kept.append((start, end, label))
    return sorted(kept)


def _strings(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def titles_of(gold: dict[str, Any]) -> set[str]:
    """Titles of the posts in an article, without forms that only put an organization before a shorter one."""
    found: set[str] = set()
    for kind in ("positions", "appointments"):
        for row in gold["rows"].get(kind, []):
            forms = [form for form in _strings(row["title"]) if len(form) > 1]
            found |= {form for form in forms if not any(form != f and form.endswith(f) for f in forms)}
    return found


def article(text: str, gold: dict[str, Any], known_titles: set[str]) -> Example:
    """The article's text with every occurrence of the gold's names."""
    body = re.sub(r"\A---\n.*?\n---\n", lambda m: "\n" * len(m.group()), text, flags=re.S)
    example = Example("news", body, has_long=True)
    wanted: dict[str, tuple[str, bool]] = {}
    open_: dict[str, set[str]] = {"names": set(), "longs": set()}
    longs: dict[str, tuple[str, bool]] = {}
    weak: dict[str, tuple[str, bool]] = {}
    for entity in sorted(gold["entities"], key=lambda e: bool(e.get("optional"))):
        kind, optional = entity["type"], bool(entity.get("optional"))
        layer = "longs" if kind in LONG_TYPES else "names"
        for name in entity["names"]:
            if len(name.strip("《》“”")) < 2:
                open_[layer].add(name)
            else:
                (longs if layer == "longs" else wanted).setdefault(name, (kind, optional or bool(entity.get("also"))))
        for form in entity.get("weak", []):
            if _is_mention(form, kind):
                weak.setdefault(form, (kind, True))
            else:
                open_[layer].add(form)
    wanted = weak | wanted
    places = {name for name, (kind, _) in wanted.items() if kind == "place"}
    # 四川省成都市 is two places printed together, each of which the gold lists
    for name in places:
        if any(name[:i] in places and name[i:] in places for i in range(2, len(name) - 1)):
            del wanted[name]
    titles = titles_of(gold)
    names = _greedy(body, list(wanted))
    # 太原市长: the post's 市 belongs to the title here, the place is 太原
    for title in titles:
        for match in re.finditer(re.escape(title), body):
            for i, (start, end) in enumerate(names):
                if start < match.start() == end - 1 and end - start > 2 and wanted[body[start:end]][0] == "place":
                    wanted.setdefault(body[start : end - 1], wanted[body[start:end]])
                    names[i] = (start, end - 1)
    taken = list(names)
    found = [(s, e, "title") for s, e in _greedy(body, sorted(titles | known_titles), taken)]
    taken += [(s, e) for s, e, _ in found]
    for start, end in names:
        kind, optional = wanted[body[start:end]]
        example.names.append((start, end, kind))
        if optional:
            example.optional.append((start, end, kind))
    for start, end, _ in found:
        if body[start:end] in titles:
            example.names.append((start, end, "title"))
        else:
            example.masks.append((start, end))
    example.masks += _greedy(body, [s for s in open_["names"] if s], taken)
    taken = _greedy(body, list(longs))
    for start, end in taken:
        kind, optional = longs[body[start:end]]
        example.longs.append((start, end, kind))
        if optional:
            example.optional.append((start, end, kind))
    example.long_masks = _greedy(body, [s for s in open_["longs"] if s], list(taken))
    example.names.sort()
    return example


def _is_mention(form: str, kind: str) -> bool:
    """Whether an unresolved form names something by itself: 省政府 and 克里 do, 公司 and 涉事男子 do not."""
    if kind == "organization":
        return len(form) > 1 and bool(_BODY.search(form))
    return kind == "person" and len(form) > 1 and not re.search(r"[男女子总长一被]|书记|老师|教练|大臣", form)


def _greedy(text: str, needles: list[str], taken: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Where the needles stand, the longest first, outside of what is taken."""
    used = bytearray(len(text))
    for start, end in taken:
        used[start:end] = b"\1" * (end - start)
    found = []
    for needle in sorted(set(needles), key=lambda n: (-len(n), n)):
        position = text.find(needle)
        while position >= 0:
            end = position + len(needle)
            if not any(used[position:end]):
                used[position:end] = b"\1" * len(needle)
                found.append((position, end))
                position = text.find(needle, end)
            else:
                position = text.find(needle, position + 1)
    return sorted(found)


def articles(folder: Path, known_titles: set[str]) -> Iterator[Example]:
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        yield article(text, json.loads(path.read_text(encoding="utf-8")), known_titles)


def padded_length(length: int) -> int:
    """The length at which a sentence is read in training: a multiple of eight, with padding at the end.

    Padding is a character that the network learns, as the mark of an end, so that sentences of like lengths share a
    batch without packing.
    """
    return (length // _STEP + 1) * _STEP


class Overlap:
    """Whether a sentence is in a test set, or nearly."""

    def __init__(self, tests: Iterable[str], forms: dict[str, str], run: int = 8) -> None:
        self._forms, self._run = forms, run
        plain = [self._plain(text) for text in tests]
        self._whole = set(plain)
        self._runs = {text[i : i + run] for text in plain for i in range(len(text) - run + 1)}

    def __contains__(self, text: str) -> bool:
        plain = self._plain(text)
        if plain in self._whole:
            return True
        runs = [plain[i : i + self._run] for i in range(len(plain) - self._run + 1)]
        return bool(runs) and sum(run in self._runs for run in runs) * 2 >= len(runs)

    def _plain(self, text: str) -> str:
        return "".join(c for c in (self._forms.get(c, c) for c in text) if c.isalnum())


def add_times(examples: list[Example], lac: Lac) -> None:
    """LAC's times, where nothing else is labelled."""
    for example, words in zip(examples, lac.tag([e.text for e in examples]), strict=True):
        position = 0
        for word, tag in words:
            start, position = position, position + len(word)
            if tag != "TIME":
                continue
            if any(a < position and start < b for a, b, _ in example.names):
                continue
            example.names.append((start, position, "time"))
            example.masks = [m for m in example.masks if m[1] <= start or m[0] >= position]
        example.names.sort()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    for name in ("msra", "cluener", "resume", "train", "dev", "lac"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    forms = variants(args.lac)
    with (args.msra / "msra_test_bio.txt").open(encoding="utf-8") as lines:
        tests = {"msra": list(msra(lines))}
    tests["cluener"] = list(cluener(args.cluener / "dev.json"))
    tests["resume"] = list(resume(args.resume / "test.char.bmes"))
    known_titles: Counter[str] = Counter()
    for path in sorted(args.train.glob("*.json")):
        known_titles.update(titles_of(json.loads(path.read_text(encoding="utf-8"))))
    tests["news"] = list(articles(args.dev, set(known_titles)))
    overlap = Overlap((e.text for examples in tests.values() for e in examples), forms)
    with gzip.open(args.msra / "dh_msra.txt.gz", "rt", encoding="utf-8") as lines:
        sources = {"msra": list(msra(lines))}
    sources["cluener"] = list(cluener(args.cluener / "train.json"))
    sources["resume"] = list(resume(args.resume / "train.char.bmes")) + list(resume(args.resume / "dev.char.bmes"))
    sources["news"] = [part for whole in articles(args.train, set(known_titles)) for part in cut(whole)]
    lac = Lac()
    train: list[Example] = []
    for scheme, examples in sources.items():
        pieces = [piece for e in examples if e.text not in overlap for piece in cut(e)]
        kept = [piece for piece in pieces if piece.text not in overlap and piece.text.strip()]
        add_times(kept, lac)
        labels = Counter(label for e in kept for _, _, label in [*e.names, *e.longs])
        print(scheme, len(examples), "read,", len(kept), "kept,", sum(len(e.text) for e in kept), dict(labels))
        train += kept
    for examples in tests.values():
        add_times(examples, lac)
    args.out.write_bytes(pickle.dumps({"train": train, "tests": tests}))


if __name__ == "__main__":
    main()
