"""The project's own tagger: persons, organizations, places, titles and times; events and documents.

How it was trained, on what, and how good it is: ``tagger_training/DATA_CARD.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kg.analysis.crf import Decoder, Found
from kg.analysis.tagger_vocabulary import Vocabulary
from kg.errors import PluginError

_MODELS = Path(__file__).parent / "models"
_BATCH = 32
_LONGEST = 254
"""Longer sentences are cut after a comma, a list mark or a space; the network was trained on up to 126 characters."""


class Tagged(NamedTuple):
    """A named stretch of a sentence.

    ``type`` is person, organization, place, title, time, event or document. ``score`` is the model's probability of
    exactly this span with this type. The first five types do not overlap with each other, nor do the last two; an
    event or a document may contain names.
    """

    start: int
    end: int
    type: str
    score: float


class Tagger:
    """The tagger with its weights loaded; one instance serves a whole build.

    Args:
        scheme: whose idea of a name: ``news``, that of this project, or ``msra``, ``cluener``, ``resume`` for
            measuring on those data sets (events and documents are the same in all).
        models: folder of ``tagger.onnx`` and ``tagger.json``.

    Raises:
        PluginError: a file is missing, or the two do not belong together.
        ValueError: there is no such scheme.
    """

    def __init__(self, scheme: str = "news", models: Path = _MODELS) -> None:
        import onnxruntime

        try:
            network = (models / "tagger.onnx").read_bytes()
            data = json.loads((models / "tagger.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise PluginError(f"{models}: the tagger cannot be read ({error}): reinstall the package") from error
        if hashlib.sha256(network).hexdigest() != data["sha256"]:
            raise PluginError(f"{models}/tagger.onnx: does not belong to tagger.json: reinstall the package")
        if scheme not in data["schemes"]:
            raise ValueError(f"no scheme {scheme}: one of {', '.join(data['schemes'])}")
        self._scheme = np.array(data["schemes"].index(scheme), dtype=np.int64)
        self._vocabulary = Vocabulary(data["characters"], data["pairs"], data["variants"])
        self._layers = [
            Decoder(layer["tags"], np.array(layer["transitions"], dtype=np.float32)) for layer in data["layers"]
        ]
        options = onnxruntime.SessionOptions()
        # one thread: articles are spread over processes, and results do not depend on the machine's cores
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])

    def tag(self, sentences: Sequence[str]) -> list[list[Tagged]]:
        """What each sentence names, in order of start and length; offsets count in the sentence.

        Results do not depend on which sentences come together.
        """
        pieces = [
            (number, start, sentence[start:end])
            for number, sentence in enumerate(sentences)
            for start, end in _pieces(sentence)
        ]
        pieces.sort(key=lambda piece: (-len(piece[2]), piece))
        tagged: list[list[Tagged]] = [[] for _ in sentences]
        for first in range(0, len(pieces), _BATCH):
            batch = pieces[first : first + _BATCH]
            for layer in self._decode([piece[2] for piece in batch]):
                for (number, shift, _), spans in zip(batch, layer, strict=True):
                    tagged[number] += [Tagged(s.start + shift, s.end + shift, s.type, s.score) for s in spans]
        return [sorted(spans) for spans in tagged]

    def _decode(self, batch: list[str]) -> Iterator[list[list[Found]]]:
        lengths = np.array([len(piece) for piece in batch], dtype=np.int64)
        # at least two rows: products of a single row take another path, with other rounding
        rows = max(2, len(batch))
        # each is read with one character of padding after it, the mark of a sentence's end in training
        ids = np.zeros((rows, lengths[0] + 1), dtype=np.int64)
        read = np.ones(rows, dtype=np.int32)
        for row, piece in enumerate(batch):
            ids[row, : len(piece)] = self._vocabulary.encode(piece)
            read[row] = len(piece) + 1
        pairs = self._vocabulary.pair_ids(ids)
        feed = {"ids": ids.T, "pairs": pairs.T, "lengths": read, "scheme": self._scheme}
        for decoder, scores in zip(self._layers, self._session.run(None, feed), strict=True):
            yield decoder.decode(scores[: lengths[0], : len(batch)].swapaxes(0, 1).copy(), lengths)


def _pieces(sentence: str) -> Iterator[tuple[int, int]]:
    start = 0
    while len(sentence) - start > _LONGEST:
        window = sentence[start : start + _LONGEST]
        cut = max(window.rfind(mark) for mark in "，,；;、 。！？!?：:")
        end = start + (cut + 1 if cut >= _LONGEST // 3 else _LONGEST)
        yield start, end
        start = end
    if start < len(sentence):
        yield start, len(sentence)
