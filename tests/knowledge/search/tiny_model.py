"""An embedding model of a few kilobytes, made here: every byte has a random vector, and a text means the sum of its bytes.

So a text means the same as its words in another order or backwards, and words alone do not find that.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from knowledge.search.embeddings import Vector

LENGTH = 32
_RANDOM = Random(7)
_BYTES = [[_RANDOM.gauss(0, 1) for _ in range(LENGTH)] for _ in range(256)]


def vector(text: str) -> list[float]:
    """Return the model's vector of a text."""
    rows = [_BYTES[byte] for byte in text.encode()]
    return [sum(numbers) / len(rows) for numbers in zip(*rows, strict=True)]


def backwards(text: str) -> str:
    """Each word backwards: what means the same to the model. It begins with a capital, and so no other word is a name."""
    return " ".join(word[::-1] for word in text.split()).lower().capitalize()


class Tiny:
    """The same model in Python, which remembers what it was asked."""

    name = "tiny"

    def __init__(self) -> None:
        self.documents: list[str] = []
        self.questions: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        self.documents += texts
        return [vector(text.lower()) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> list[Vector]:
        self.questions += texts
        return [vector(text.lower()) for text in texts]


def make(folder: Path) -> Path:
    """The model as ONNX, with its tokenizer, as an export leaves them; skips where the libraries are not installed."""
    onnx = pytest.importorskip("onnx", reason="onnx, which makes the model, is not installed")
    tokenizers = pytest.importorskip("tokenizers", reason="the extra `dense` is not installed")
    from onnx import TensorProto, helper  # noqa: PLC0415
    from tokenizers import decoders, normalizers, pre_tokenizers  # noqa: PLC0415

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {"[PAD]": 0, **{letter: place for place, letter in enumerate(letters, 1)}}
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.normalizer, tokenizer.pre_tokenizer, tokenizer.decoder = (
        normalizers.Lowercase(),
        level,
        decoders.ByteLevel(),
    )
    table = [[0.0] * LENGTH for _ in vocabulary]
    for byte in range(256):
        character = _character(byte)
        table[vocabulary[character]] = _BYTES[byte]
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"model_max_length": 4096, "pad_token": "[PAD]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
    shape = ["texts", "tokens"]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, LENGTH])],
        [helper.make_tensor("table", TensorProto.FLOAT, [len(table), LENGTH], [one for row in table for one in row])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    return folder


def _character(byte: int) -> str:
    """Return the character by which byte-level tokenizers write a byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return chr(byte if byte in shown else 256 + [one for one in range(256) if one not in shown].index(byte))
