"""The project's tagger: certainty by enumeration, vocabulary, and the shipped weights."""

from __future__ import annotations

import json
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.crf import Decoder, legal, tags_of
from kg.analysis.tagger import Tagged, Tagger, _pieces
from kg.analysis.tagger_vocabulary import FIRST, UNKNOWN, Vocabulary
from kg.errors import PluginError

MODELS = Path(__file__).parents[1] / "kg" / "analysis" / "models"
NAMES = ("person", "organization", "place", "title", "time")
SENTENCES = [
    "6月2日，太忻经济一体化发展协作工作座谈会在并举行。",
    "太原市委副书记、市长张新伟出席会议并讲话。",
    "好。",
    "",
    "李红霞说：“我们要把安全生产放在第一位，坚决守住底线，切实保障人民群众生命财产安全。”",
]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def _texts(sentence: str, found: list[Tagged], kind: str) -> list[str]:
    return [sentence[t.start : t.end] for t in found if t.type == kind]


def test_names_and_posts_of_official_news(tagger: Tagger) -> None:
    sentence = "太原市委副书记、市长张新伟出席会议并讲话。"
    found = tagger.tag([sentence])[0]
    assert _texts(sentence, found, "person") == ["张新伟"]
    assert _texts(sentence, found, "organization") == ["太原市委"]
    assert _texts(sentence, found, "title") == ["副书记", "市长"]


def test_batches_and_order_change_nothing(tagger: Tagger) -> None:
    alone = [tagger.tag([sentence])[0] for sentence in SENTENCES]
    assert tagger.tag(SENTENCES * 30)[-len(SENTENCES) :] == alone
    assert tagger.tag(SENTENCES[::-1]) == alone[::-1]
    assert tagger.tag([]) == []


def test_long_sentences_keep_their_offsets(tagger: Tagger) -> None:
    sentence = "会议要求加强管理，" * 60 + "张新伟出席会议。"
    found = tagger.tag([sentence])[0]
    assert "张新伟" in _texts(sentence, found, "person")
    pieces = list(_pieces(sentence))
    assert "".join(sentence[a:b] for a, b in pieces) == sentence
    assert all(sentence[b - 1] == "，" for _, b in pieces[:-1])
    assert list(_pieces("字" * 300)) == [(0, 254), (254, 300)]


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_sentence_gives_spans_that_do_not_overlap(sentence: str) -> None:
    found = _shared().tag([sentence])[0]
    assert all(0 <= t.start < t.end <= len(sentence) and 0 <= t.score <= 1 for t in found)
    for layer in ([t for t in found if t.type in NAMES], [t for t in found if t.type not in NAMES]):
        assert all(a.end <= b.start for a, b in pairwise(layer))


def test_the_weights_are_small_and_belong_together() -> None:
    assert sum(path.stat().st_size for path in MODELS.glob("tagger.*")) <= 25_000_000
    data = json.loads((MODELS / "tagger.json").read_text(encoding="utf-8"))
    assert data["layers"][0]["tags"] == tags_of(NAMES)


def test_missing_and_foreign_weights_are_errors(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="cannot be read"):
        Tagger(models=tmp_path)
    (tmp_path / "tagger.onnx").write_bytes(b"other")
    (tmp_path / "tagger.json").write_bytes((MODELS / "tagger.json").read_bytes())
    with pytest.raises(PluginError, match="does not belong"):
        Tagger(models=tmp_path)
    with pytest.raises(ValueError, match="one of news"):
        Tagger("spoken")


def test_certainty_is_the_share_of_all_legal_chains() -> None:
    tags = tags_of(["person", "place"])
    generator = np.random.default_rng(5)
    scores = generator.normal(size=(2, 4, len(tags))).astype(np.float32) * 2
    lengths = np.array([4, 3])
    transitions = generator.normal(size=(len(tags), len(tags))).astype(np.float32)
    pairs, first, last = legal(tags)
    decoded = Decoder(tags, transitions).decode(scores.copy(), lengths)
    for row, length in enumerate(lengths):
        weights = {}
        for chain in product(range(len(tags)), repeat=int(length)):
            if first[chain[0]] and last[chain[-1]] and all(pairs[a, b] for a, b in pairwise(chain)):
                score = sum(scores[row, i, tag] for i, tag in enumerate(chain))
                weights[chain] = np.exp(float(score + sum(transitions[a, b] for a, b in pairwise(chain))))
        best = max(weights, key=lambda chain: weights[chain])
        total = sum(weights.values())
        spans = [i for i, tag in enumerate(best) if tags[tag][0] in "BS"]
        assert [found.start for found in decoded[row]] == spans
        for found in decoded[row]:
            same = [w for c, w in weights.items() if c[found.start : found.end] == best[found.start : found.end]]
            assert found.score == pytest.approx(sum(same) / total, abs=1e-4)


def test_vocabulary() -> None:
    texts = ["山西太原", "太原市", "(太原)"]
    vocabulary = Vocabulary.count(texts, {"（": "(", "臺": "台"}, minimum=1, pairs=2, pair_minimum=2)
    assert vocabulary.pairs == ["太原"]
    assert vocabulary.numbers["（"] == vocabulary.numbers["("] >= FIRST
    assert vocabulary.encode("原鿿").tolist()[1] == UNKNOWN
    ids = vocabulary.encode("太原市")[None]
    assert vocabulary.pair_ids(ids).tolist() == [[0, 1, 0, 0]]


def test_vocabulary_is_what_was_saved(tmp_path: Path) -> None:
    vocabulary = Vocabulary.count(["太原太原"], {"（": "("}, minimum=1, pairs=9, pair_minimum=1)
    vocabulary.save(tmp_path / "v.json")
    assert vars(Vocabulary.load(tmp_path / "v.json"))["numbers"] == vocabulary.numbers


def _shared(cache: list[Tagger] = []) -> Tagger:  # noqa: B006 - one instance for all examples
    if not cache:
        cache.append(Tagger())
    return cache[0]
