"""The trained model as ``tagger.onnx`` (embeddings in half precision) and ``tagger.json``.

``python -m kg.analysis.tagger_training.export MODEL.pt VOCABULARY.json OUT_DIR``
"""

# mypy: disable-error-code="import-not-found, misc"
# PyTorch and onnx are needed here alone and are not installed with the package.

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.analysis.tagger_training.network import Encoder, digest
from kg.analysis.tagger_training.prepare import SCHEMES
from kg.analysis.tagger_training.train import LONG_TAGS, NAME_TAGS, Model
from kg.analysis.tagger_vocabulary import Vocabulary


class Exported(nn.Module):
    """The network as it runs: one scheme for the whole batch."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model
        self.characters = nn.Parameter(model.encoder.characters.weight.detach().half(), requires_grad=False)
        self.pairs = nn.Parameter(model.encoder.pairs.weight.detach().half(), requires_grad=False)
        corrections = model.corrections.detach().clone()
        corrections[0] = 0
        weights = torch.cat([model.names.weight.detach().T, model.names.bias.detach()[None]])
        self.weights = nn.Parameter(corrections + weights, requires_grad=False)

    def forward(self, ids: Tensor, pairs: Tensor, scheme: Tensor) -> tuple[Tensor, Tensor]:
        encoder = self.model.encoder
        # time first: the recurrent nodes want it so
        encoder.lac.batch_first = encoder.top.batch_first = False
        embedded = functional.embedding(ids, self.characters).float()
        low, _ = encoder.lac(embedded)
        edges = functional.embedding(pairs, self.pairs).float()
        top, _ = encoder.top(torch.cat([embedded, low, edges[:-1], edges[1:]], dim=-1))
        features = torch.cat([low, top], dim=-1)
        weights = self.weights[scheme]
        return features @ weights[:-1] + weights[-1], self.model.longs(features)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    import onnx

    vocabulary = Vocabulary.load(args.vocabulary)
    model = Model(Encoder(vocabulary), 0.0)
    model.load_state_dict(torch.load(args.model))
    path = args.out / "tagger.onnx"
    time = {0: "time", 1: "batch"}
    torch.onnx.export(
        Exported(model).eval(),
        (torch.zeros(8, 2, dtype=torch.long), torch.zeros(9, 2, dtype=torch.long), torch.tensor(0)),
        str(path),
        input_names=["ids", "pairs", "scheme"],
        output_names=["names", "longs"],
        dynamic_axes={"ids": time, "pairs": {0: "edges", 1: "batch"}, "names": time, "longs": time},
        opset_version=17,
        dynamo=False,
    )
    graph = onnx.load(str(path))
    graph.graph.input.append(onnx.helper.make_tensor_value_info("lengths", onnx.TensorProto.INT32, ["batch"]))
    for node in graph.graph.node:
        if node.op_type in ("GRU", "LSTM"):
            node.input[4] = "lengths"
    onnx.checker.check_model(graph)
    onnx.save(graph, str(path))
    layers = [
        {"tags": tags, "transitions": [[round(float(x), 4) for x in row] for row in crf.transitions.detach()]}
        for tags, crf in ((NAME_TAGS, model.name_crf), (LONG_TAGS, model.long_crf))
    ]
    data = {
        "sha256": digest(path),
        "schemes": list(SCHEMES),
        "layers": layers,
        "characters": vocabulary.characters,
        "pairs": vocabulary.pairs,
        "variants": vocabulary.variants,
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    (args.out / "tagger.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
