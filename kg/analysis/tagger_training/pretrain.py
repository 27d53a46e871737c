"""Pretraining on unlabelled news: guess hidden characters, and LAC's tags of all characters.

``python -m kg.analysis.tagger_training.pretrain CORPUS.pkl VOCABULARY.json OUT.pt --lac FOLDER``
"""

# ruff: noqa: T201 - a script

# mypy: disable-error-code="import-not-found, misc"
# PyTorch and onnx are needed here alone and are not installed with the package.

from __future__ import annotations

import argparse
import pickle
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from kg.analysis.tagger_training.network import CHARACTER, FEATURES, Encoder
from kg.analysis.tagger_training.prepare import padded_length
from kg.analysis.tagger_vocabulary import MASK, PAD, Vocabulary

LAC_TAGS = 58
_BATCH = 8192  # characters


class Pretrainer(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.hidden = nn.Sequential(nn.Linear(FEATURES, CHARACTER), nn.GELU(), nn.LayerNorm(CHARACTER))
        self.bias = nn.Parameter(torch.zeros(encoder.characters.num_embeddings))
        self.tags = nn.Linear(FEATURES, LAC_TAGS)

    def forward(
        self, ids: torch.Tensor, pairs: torch.Tensor, hidden: torch.Tensor, truth: torch.Tensor, tags: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        features = self.encoder(ids, pairs)
        guesses = functional.linear(self.hidden(features[hidden]), self.encoder.characters.weight, self.bias)
        known = tags >= 0
        return (
            functional.cross_entropy(guesses.float(), truth[hidden]),
            functional.cross_entropy(self.tags(features[known]).float(), tags[known]),
        )


def hide(ids: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Which characters are hidden: about one in eight, half of them with their right neighbour."""
    first = random.random(ids.shape) < 0.085
    second = np.zeros_like(first)
    second[:, 1:] = first[:, :-1] & (random.random(ids.shape)[:, 1:] < 0.5)
    hidden: np.ndarray = (first | second) & (ids != PAD)
    return hidden


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lac", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=float, default=1.0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    random = np.random.default_rng(args.seed)
    vocabulary = Vocabulary.load(args.vocabulary)
    sentences, _, _ = pickle.loads(args.corpus.read_bytes())
    groups: dict[int, list[int]] = defaultdict(list)
    for number, (sentence, _) in enumerate(sentences):
        groups[padded_length(len(sentence))].append(number)
    model = Pretrainer(Encoder(vocabulary))
    model.encoder.start_from_lac(args.lac, vocabulary)
    slow = list(model.encoder.lac.parameters()) + list(model.encoder.characters.parameters())
    fast = [p for p in model.parameters() if all(p is not q for q in slow)]
    rates = [4e-4, 1.5e-3]
    optimizer = torch.optim.Adam([{"params": slow}, {"params": fast}], lr=1e-3, betas=(0.9, 0.98))
    batches = [
        (length, members[i : i + _BATCH // length])
        for length, members in groups.items()
        for members in [list(random.permutation(members))]
        for i in range(0, len(members), _BATCH // length)
    ]
    total = int(len(batches) * args.epochs)
    order = np.concatenate([random.permutation(len(batches)) for _ in range(int(np.ceil(args.epochs)))])[:total]
    begun, seen, losses = time.time(), 0, np.zeros(2)
    for step, number in enumerate(order):
        length, members = batches[number]
        ids = np.zeros((len(members), length), dtype=np.int64)
        tags = np.full((len(members), length), -1, dtype=np.int64)
        for row, member in enumerate(members):
            sentence, labels = sentences[member]
            ids[row, : len(sentence)] = vocabulary.encode(sentence)
            tags[row, : len(labels)] = np.frombuffer(labels, dtype=np.uint8)
        hidden = hide(ids, random)
        shown = np.where(hidden, MASK, ids)
        scale = min(1.0, (step + 1) / 100) * (1 - 0.95 * step / total)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        with torch.autocast("cpu", torch.bfloat16):
            arrays = (shown, vocabulary.pair_ids(shown), hidden, ids, tags)
            guess, tagging = model(*map(torch.from_numpy, arrays))
        (guess + tagging).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        seen += len(members) * length
        losses = 0.98 * losses + 0.02 * np.array([guess.item(), tagging.item()])
        if step % 50 == 49:
            norm = 1 - 0.98 ** (step + 1)
            rate = seen / (time.time() - begun)
            shown_losses = f"hidden {losses[0] / norm:.3f} tags {losses[1] / norm:.3f}"
            print(f"{step + 1}/{total} {shown_losses} {rate:.0f}/s", flush=True)
        if step % 400 == 399 or step + 1 == total:
            torch.save(model.encoder.state_dict(), args.out)


if __name__ == "__main__":
    main()
