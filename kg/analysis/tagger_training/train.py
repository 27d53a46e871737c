"""Training on labelled sentences.

``python -m kg.analysis.tagger_training.train DATA.pkl VOCABULARY.json OUT.pt --lac FOLDER [--start PRETRAINED.pt]``
"""

# ruff: noqa: T201 - a script

# mypy: disable-error-code="import-not-found, misc"
# PyTorch and onnx are needed here alone and are not installed with the package.

from __future__ import annotations

import argparse
import pickle
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from kg.analysis.crf import legal, tags_of
from kg.analysis.tagger_training.network import FEATURES, Encoder, LockedDropout
from kg.analysis.tagger_training.prepare import LONG_TYPES, NAME_TYPES, SCHEMES, Example, padded_length
from kg.analysis.tagger_vocabulary import PAD, UNKNOWN, Vocabulary

_BATCH = 8192  # characters
_WEIGHTS = {"news": 4, "msra": 1, "cluener": 1, "resume": 1, "silver": 1}
_FORBIDDEN = -1e4


NAME_TAGS, LONG_TAGS = tags_of(NAME_TYPES), tags_of(LONG_TYPES)


class Crf(nn.Module):
    """A linear-chain CRF over BIES tags whose training allows sets of tags at each place."""

    def __init__(self, tags: list[str]) -> None:
        super().__init__()
        pairs, first, last = legal(tags)
        self.transitions = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.register_buffer("barred", torch.from_numpy(np.where(pairs, 0, _FORBIDDEN)).float())
        self.register_buffer("first", torch.from_numpy(np.where(first, 0, _FORBIDDEN)).float())
        self.register_buffer("last", torch.from_numpy(np.where(last, 0, _FORBIDDEN)).float())

    def forward(self, scores: Tensor, allowed: Tensor) -> Tensor:
        """``[batch]`` negative log-likelihoods of the allowed paths (scores and allowed: ``[batch, time, tags]``)."""
        batch = len(scores)
        # probabilities, scaled at each step: a third of the time that logarithms take
        weights = torch.exp(self.transitions + self.barred)
        top = scores.detach().amax(dim=2, keepdim=True)
        here = torch.exp(scores - top)
        here = torch.cat([here, here * allowed])
        alpha, logs = here[:, 0] * torch.exp(self.first), []
        for step in range(1, here.shape[1] + 1):
            total = alpha.sum(dim=1, keepdim=True) + 1e-30
            logs.append(total)
            alpha = alpha / total
            if step < here.shape[1]:
                alpha = (alpha @ weights) * here[:, step]
        last = (alpha * torch.exp(self.last)).sum(dim=1) + 1e-30
        final = torch.log(torch.cat(logs, dim=1)).sum(dim=1) + torch.log(last)
        return final[:batch] - final[batch:]


class Model(nn.Module):
    """The encoder with one output for names, another for events and documents.

    A scheme's scores are the shared ones and a correction of its own; ``news``, the scheme in use, has none.
    """

    def __init__(self, encoder: Encoder, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = LockedDropout(dropout)
        self.names = nn.Linear(FEATURES, len(NAME_TAGS))
        self.longs = nn.Linear(FEATURES, len(LONG_TAGS))
        self.corrections = nn.Parameter(torch.zeros(len(SCHEMES), FEATURES + 1, len(NAME_TAGS)))
        self.name_crf, self.long_crf = Crf(NAME_TAGS), Crf(LONG_TAGS)

    def scores(self, ids: Tensor, pairs: Tensor, schemes: Tensor) -> tuple[Tensor, Tensor]:
        features = self.dropout(self.encoder(ids, pairs))
        weights = self.corrections[schemes] * (schemes > 0)[:, None, None]
        names = self.names(features) + torch.baddbmm(weights[:, -1:], features.to(weights.dtype), weights[:, :-1])
        return names.float(), self.longs(features).float()


class Names:
    """New persons for old ones: surnames and given names as they occur in the news, drawn apart."""

    def __init__(self, names: Counter[str]) -> None:
        surnames: Counter[str] = Counter()
        given: Counter[str] = Counter()
        for name, number in names.items():
            surnames[name[0]] += number
            given[name[1:]] += 1
        common = {s for s, n in surnames.items() if n >= 5}
        self.surnames = {s: n for s, n in surnames.items() if s in common}
        self._surname_list = sorted(self.surnames)
        # the square root: rare surnames more often than in life
        weights = np.sqrt([self.surnames[s] for s in self._surname_list])
        self._surname_weights = weights / weights.sum()
        first: Counter[str] = Counter()
        last: Counter[str] = Counter()
        for text, number in given.items():
            first[text[0]] += number
            last[text[-1]] += number
        self._first, self._first_weights = _distribution(first)
        self._last, self._last_weights = _distribution(last)

    def draw(self, random: np.random.Generator) -> str:
        name = str(random.choice(self._surname_list, p=self._surname_weights))
        if random.random() < 0.75:
            name += str(random.choice(self._first, p=self._first_weights))
        return name + str(random.choice(self._last, p=self._last_weights))


def _distribution(counts: Counter[str]) -> tuple[list[str], np.ndarray]:
    keys = sorted(counts)
    weights = np.array([counts[key] for key in keys], dtype=float) ** 0.7
    return keys, weights / weights.sum()


class Places:
    """Other administrative places for those in a sentence, also at the head of an organization's name."""

    def __init__(self, tables: list[Path]) -> None:
        names = {
            match.group(1)
            for path in tables
            for match in re.finditer(r'^\d+,"([^"]+[省市县区旗])"', path.read_text(encoding="utf-8"), re.M)
            if match.group(1) not in ("市辖区", "县", "城区", "郊区", "矿区")
        }
        self._full: dict[str, list[str]] = {}
        for name in sorted(names):
            self._full.setdefault(name[-1], []).append(name)
        self._short = sorted({name[:-1] for name in names if 3 <= len(name) <= 5})
        self._known = {*names, *self._short}

    def head(self, text: str) -> str:
        """The longest place that the text begins with, or nothing."""
        return next((text[:n] for n in range(min(8, len(text)), 1, -1) if text[:n] in self._known), "")

    def draw(self, old: str, random: np.random.Generator) -> str:
        return str(random.choice(self._full[old[-1]] if old[-1] in self._full and len(old) > 2 else self._short))


def vary(example: Example, names: Names, places: Places, random: np.random.Generator) -> Example:
    """The sentence with other persons and places, other marks between persons, or as it is."""
    if random.random() < 0.5:
        return example
    changes: list[tuple[int, int, str]] = []
    drawn: dict[str, str] = {}
    with_persons, with_places = random.random() < 0.75, random.random() < 0.5
    last = -1
    for start, end, kind in example.names:
        old = example.text[start:end]
        if kind == "person":
            between = example.text[last:start]
            if last >= 0 and between in ("、", " ", "\u3000") and random.random() < 0.2:
                changes.append((last, start, str(random.choice(["、", " ", ""]))))
            last = end
        if kind == "person" and with_persons and 2 <= len(old) <= 3 and old[0] in names.surnames:
            if old not in drawn:
                new = names.draw(random)
                drawn[old] = f"{new[0]} {new[1]}" if len(new) == 2 and random.random() < 0.1 else new
            changes.append((start, end, drawn[old]))
        head = places.head(old) if kind in ("place", "organization") and with_places else ""
        if head and (kind == "organization" or head == old):
            if head not in drawn:
                drawn[head] = places.draw(head, random)
            changes.append((start, start + len(head), drawn[head]))
    if not changes:
        return example
    text, position, moved = "", 0, {}
    for start, end, new in changes:
        for i in range(position, start + 1):
            moved[i] = len(text) + i - position
        text += example.text[position:start] + new
        for i in range(start + 1, end):
            moved[i] = moved[start]
        position = end
    for i in range(position, len(example.text) + 1):
        moved[i] = len(text) + i - position
    text += example.text[position:]
    return Example(
        example.scheme,
        text,
        [(moved[a], moved[b], kind) for a, b, kind in example.names],
        [(moved[a], moved[b], kind) for a, b, kind in example.longs],
        [(moved[a], moved[b]) for a, b in example.masks],
        [(moved[a], moved[b]) for a, b in example.long_masks],
        example.open_types,
        example.has_long,
    )


def allowed_tags(
    length: int,
    spans: list[tuple[int, int, str]],
    masks: list[tuple[int, int]],
    open_types: tuple[str, ...],
    tags: list[str],
) -> np.ndarray:
    """``[length, tags]``: what the loss lets stand at each place."""
    numbers = {tag: number for number, tag in enumerate(tags)}
    allowed = np.zeros((length, len(tags)), dtype=bool)
    allowed[:, 0] = True
    for number, tag in enumerate(tags):
        if tag[2:] in open_types:
            allowed[:, number] = True
    for start, end in masks:
        allowed[start:end] = True
    for start, end, kind in spans:
        allowed[start:end] = False
        if end - start == 1:
            allowed[start, numbers[f"S-{kind}"]] = True
        else:
            allowed[start, numbers[f"B-{kind}"]] = True
            allowed[start + 1 : end - 1, numbers[f"I-{kind}"]] = True
            allowed[end - 1, numbers[f"E-{kind}"]] = True
    return allowed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lac", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a pretrained encoder")
    parser.add_argument("--model", type=Path, help="a trained model to go on from")
    parser.add_argument("--silver", type=Path, help="sentences that a former model labelled")
    parser.add_argument("--persons", type=Path, required=True, help="corpus with LAC's tags, for the names of persons")
    parser.add_argument("--places", type=Path, nargs="+", required=True, help="CSV tables: code, name in quotes")
    parser.add_argument("--msra-share", type=float, default=1.0, help="part of MSRA that an epoch draws")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    random = np.random.default_rng(args.seed)
    vocabulary = Vocabulary.load(args.vocabulary)
    examples: list[Example] = pickle.loads(args.data.read_bytes())["train"]
    weighted = [e for e in examples for _ in range(_WEIGHTS[e.scheme])]
    if args.silver:
        weighted += pickle.loads(args.silver.read_bytes())
    names, places = Names(persons_of(args.persons)), Places(args.places)
    encoder = Encoder(vocabulary, dropout=0.2)
    if args.start:
        encoder.load_state_dict(torch.load(args.start))
    else:
        encoder.start_from_lac(args.lac, vocabulary)
    model = Model(encoder, dropout=0.3)
    if args.model:
        model.load_state_dict(torch.load(args.model))
    slow = list(encoder.lac.parameters()) + list(encoder.characters.parameters())
    special = [model.corrections]
    fast = [p for p in model.parameters() if all(p is not q for q in [*slow, *special])]
    optimizer = torch.optim.AdamW(
        [
            {"params": slow, "weight_decay": 0.0, "share": 0.4},
            {"params": fast, "weight_decay": 0.01, "share": 1.0},
            {"params": special, "weight_decay": 1.0, "share": 0.5},
        ],
        betas=(0.9, 0.98),
        fused=True,
    )
    average = {name: value.clone() for name, value in model.state_dict().items()}
    share = {scheme: args.msra_share if scheme == "msra" else 1.0 for scheme in _WEIGHTS}
    total = int(args.epochs * (sum(share[e.scheme] * padded_length(len(e.text)) for e in weighted) // _BATCH + 40))
    step, seen, mean, begun = 0, 0, np.zeros(2), time.time()
    for epoch in range(args.epochs):
        groups: dict[int, list[Example]] = defaultdict(list)
        for example in weighted:
            if share[example.scheme] < 1 and random.random() > share[example.scheme]:
                continue
            varied = vary(example, names, places, random)
            groups[padded_length(len(varied.text))].append(varied)
        batches = []
        for length in sorted(groups):
            members, size = groups[length], max(1, _BATCH // length)
            order = random.permutation(len(members))
            batches += [(length, [members[i] for i in order[k : k + size]]) for k in range(0, len(members), size)]
        for number in random.permutation(len(batches)):
            length, members = batches[number]
            ids = np.full((len(members), length), PAD, dtype=np.int64)
            name_allowed = np.zeros((len(members), length, len(NAME_TAGS)), dtype=bool)
            long_allowed = np.zeros((len(members), length, len(LONG_TAGS)), dtype=bool)
            for row, e in enumerate(members):
                ids[row, : len(e.text)] = vocabulary.encode(e.text)
                name_allowed[row] = allowed_tags(length, e.names, e.masks, e.open_types, NAME_TAGS)
                if e.has_long:
                    long_allowed[row] = allowed_tags(length, e.longs, e.long_masks, (), LONG_TAGS)
            ids[(random.random(ids.shape) < 0.004) & (ids != PAD)] = UNKNOWN
            schemes = torch.tensor([SCHEMES.index("news" if e.scheme == "silver" else e.scheme) for e in members])
            has_long = torch.tensor([i for i, e in enumerate(members) if e.has_long], dtype=torch.long)
            scale = min(1.0, (step + 1) / 100) * max(0.02, 1 - step / total)
            for group in optimizer.param_groups:
                group["lr"] = args.rate * scale * group["share"]
            with torch.autocast("cpu", torch.bfloat16):
                name_scores, long_scores = model.scores(
                    torch.from_numpy(ids), torch.from_numpy(vocabulary.pair_ids(ids)), schemes
                )
            loss = model.name_crf(name_scores, torch.from_numpy(name_allowed)).sum()
            long_loss = torch.zeros(())
            if len(has_long):
                long_loss = model.long_crf(long_scores[has_long], torch.from_numpy(long_allowed)[has_long]).sum()
            ((loss + 0.5 * long_loss) / len(members)).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
            if step % 8 == 0:
                keep = min(0.984, step / (step + 40))
                with torch.no_grad():
                    for name, value in model.state_dict().items():
                        average[name].lerp_(value, 1 - keep)
            seen += len(members) * length
            mean = 0.98 * mean + 0.02 * np.array([loss.item() / len(members), long_loss.item() / max(1, len(has_long))])
            if step % 50 == 0:
                print(
                    f"epoch {epoch + 1} step {step}/{total} names {mean[0]:.3f} long {mean[1]:.3f} "
                    f"{seen / (time.time() - begun):.0f}/s",
                    flush=True,
                )
            if step % 200 == 0:
                torch.save(average, args.out)
        torch.save(average, args.out)


def persons_of(corpus: Path) -> Counter[str]:
    """Chinese persons of two or three characters that LAC finds in the corpus."""
    sentences, _, tags = pickle.loads(corpus.read_bytes())
    first = 2 * tags.index("PER")
    found: Counter[str] = Counter()
    for text, labels in sentences:
        for start, label in enumerate(labels):
            if label == first:
                end = start + 1
                while end < len(labels) and labels[end] == first + 1:
                    end += 1
                if 2 <= end - start <= 3:
                    found[text[start:end]] += 1
    return found


if __name__ == "__main__":
    main()
