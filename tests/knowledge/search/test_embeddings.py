"""Embeddings come from a model in a folder or from an endpoint; whatever is wrong with either is a sentence."""

import json
import logging
import math
import shutil
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from knowledge import StoreError, open_knowledge
from knowledge.search import embeddings, semantic
from knowledge.search.embeddings import ApiEmbedder, EmbeddingSource, OnnxEmbedder
from tests.knowledge.search import tiny_model
from tests.knowledge.search.tiny_model import backwards

CLAIM = "tech-2024-review.assistant-definition"
KEY = "no-one-may-see-this"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("fastembed", reason="the extra `dense` is not installed")
    return tiny_model.make(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def model(made: Path, tmp_path: Path) -> Path:
    """A model of one's own, to spoil."""
    return shutil.copytree(made, tmp_path / "model")


def _unit(vector: embeddings.Vector) -> list[float]:
    length = math.sqrt(sum(number * number for number in vector))
    return [number / length for number in vector]


def test_a_model_in_a_folder_embeds_texts_of_any_length(model: Path) -> None:
    texts = ["Hello 세계", "world", "긴 글 " * 500]
    vectors = OnnxEmbedder(model).embed_documents(texts)
    assert [_unit(vector) for vector in vectors] == [
        pytest.approx(_unit(tiny_model.vector(text.lower())), abs=1e-5) for text in texts
    ]


def test_it_gets_the_prompts_that_it_was_trained_with(model: Path) -> None:
    prompts = {"prompts": {"query": "query: ", "passage": "passage: "}}
    (model / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    assert OnnxEmbedder(model).embed_queries(["where"]) == OnnxEmbedder(model).embed_queries(["where"])
    assert _unit(OnnxEmbedder(model).embed_queries(["where"])[0]) == pytest.approx(
        _unit(tiny_model.vector("query: where")), abs=1e-5
    )
    assert _unit(OnnxEmbedder(model).embed_documents(["here"])[0]) == pytest.approx(
        _unit(tiny_model.vector("passage: here")), abs=1e-5
    )


def test_it_pools_as_it_was_trained_to(model: Path) -> None:
    (model / "1_Pooling").mkdir()
    (model / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}', encoding="utf-8")
    assert _unit(OnnxEmbedder(model).embed_documents(["abc"])[0]) == pytest.approx(
        _unit(tiny_model.vector("a")), abs=1e-5
    )


def test_models_that_differ_have_names_that_differ(made: Path, model: Path) -> None:
    other = OnnxEmbedder(model).name
    assert other.startswith("model-")
    (model / "tokenizer_config.json").write_text('{"model_max_length": 8, "pad_token": "[PAD]"}', encoding="utf-8")
    assert len({other, OnnxEmbedder(model).name, OnnxEmbedder(made).name}) == 3


async def test_a_library_is_searched_with_a_model_in_a_folder(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "_PATIENCE_S", 60.0)
    async with open_knowledge(None, embeddings=EmbeddingSource(str(made))) as knowledge:
        statement = (await knowledge.claim(CLAIM, language="en")).claim.statement
        assert (await knowledge.search(backwards(statement))).items[0].id == CLAIM


def test_nothing_is_written_into_its_folder(model: Path) -> None:
    before = sorted(model.rglob("*"))
    OnnxEmbedder(model).embed_queries(["where"])
    assert sorted(model.rglob("*")) == before


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("tokenizer.json", "has no tokenizer.json. It takes what `optimum-cli export onnx` makes"),
        ("model.onnx", "has no model.onnx. It takes what"),
        ("", "There is no folder "),
    ],
)
def test_a_folder_without_a_model_is_said(model: Path, missing: str, sentence: str) -> None:
    if missing:
        (model / missing).unlink()
    with pytest.raises(StoreError, match=sentence):
        OnnxEmbedder(model if missing else model / "none").embed_queries(["where"])


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_model_that_is_damaged_is_said(model: Path, file: str) -> None:
    (model / file).write_bytes(b"{}")
    with pytest.raises(StoreError, match=r"The model in .* cannot be loaded: .*\. It takes what") as wrong:
        OnnxEmbedder(model).embed_queries(["where"])
    assert "\n" not in str(wrong.value)


def test_without_the_extra_it_is_said(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastembed", None)
    with pytest.raises(StoreError, match=r"needs the extra `dense`: pip install 'ai-trends-mcp\[dense\]'"):
        OnnxEmbedder(model).embed_queries(["where"])


class Api(ThreadingHTTPServer):
    """An OpenAI-compatible endpoint on this machine that answers with the tiny model, or as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.body, self.stalls = 200, b"", threading.Event()
        self.stalls.set()
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    def handle_error(self, *_: Any) -> None:
        """Clients that left."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Api

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append({"path": self.path, **asked})
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.server.stalls.wait(30)
        rows = [
            {"index": place, "embedding": tiny_model.vector(one.lower())} for place, one in enumerate(asked["input"])
        ]
        body = self.server.body or json.dumps({"data": rows[::-1], "model": "tiny"}).encode()
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def api() -> Iterator[Api]:
    with Api() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.stalls.set()
        server.shutdown()
        thread.join()


def test_an_endpoint_is_asked_as_openai_s_is(api: Api) -> None:
    vectors = ApiEmbedder(EmbeddingSource(api.url, "tiny", KEY)).embed_documents(["one", "two"])
    assert vectors == [pytest.approx(tiny_model.vector("one")), pytest.approx(tiny_model.vector("two"))]
    assert api.asked == [
        {"path": "/v1/embeddings", "model": "tiny", "input": ["one", "two"], "encoding_format": "float"}
    ]
    assert api.headers[0]["authorization"] == f"Bearer {KEY}"
    ApiEmbedder(EmbeddingSource(f"{api.url}/", "tiny")).embed_documents(["one"])
    assert api.asked[1]["path"] == "/v1/embeddings"
    assert "authorization" not in api.headers[1]


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (401, b"{}", "it answered with status 401 Unauthorized"),
        (302, b"", "it answered with status 302 Found"),
        (200, b"<html>", "its answer is no list of embeddings"),
        (200, b'{"data": [{"index": 0}]}', "its answer is no list of embeddings"),
        (200, b'{"data": [1, 2]}', "its answer is no list of embeddings"),
        (200, b'{"data": []}', "it gave 0 embeddings for 1 texts"),
        (200, b'{"data": [{"index": 0, "embedding": []}]}', "it gave 1 embeddings for 1 texts"),
        (200, b" " * 2_000, "its answer is longer than 1,000 bytes"),
    ],
)
def test_an_endpoint_that_does_not_work_is_said_without_its_key(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, status: int, body: bytes, sentence: str
) -> None:
    monkeypatch.setattr(embeddings, "_LONGEST_ANSWER", 1_000)
    api.status, api.body = status, body
    where = EmbeddingSource(api.url, "tiny", KEY)
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError) as wrong:
        ApiEmbedder(where).embed_documents(["one"])
    said = str(wrong.value)
    assert (
        said
        == f"The embeddings endpoint at 127.0.0.1:{api.server_port} does not work: {sentence}. See AI_TRENDS_DENSE."
    )
    assert KEY not in caplog.text + said + repr(where)


def test_an_endpoint_that_does_not_answer_in_time_is_said(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "_QUESTION_S", 0.1)
    api.stalls.clear()
    with pytest.raises(StoreError, match="it did not answer in time"):
        ApiEmbedder(EmbeddingSource(api.url, "tiny")).embed_queries(["one"])


def test_an_endpoint_that_is_not_there_is_said(api: Api) -> None:
    url = api.url
    api.server_close()
    with pytest.raises(StoreError, match=r"it cannot be reached"):
        ApiEmbedder(EmbeddingSource(url, "tiny")).embed_queries(["one"])


async def test_a_library_is_searched_with_an_endpoint(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy", reason="the extra `dense` is not installed")
    monkeypatch.setattr(semantic, "_PATIENCE_S", 60.0)
    async with open_knowledge(None, embeddings=EmbeddingSource(api.url, "tiny", KEY)) as knowledge:
        statement = (await knowledge.claim(CLAIM, language="en")).claim.statement
        assert (await knowledge.search(backwards(statement))).items[0].id == CLAIM
        api.status = 500
        found = await knowledge.search("Karpathy cognitive core")
        assert found.items[0].id == "ai-bubble-essay.karpathy-cognitive-core"
        assert any("Searched by words only, not by meaning: The embeddings endpoint at" in note for note in found.notes)
        assert KEY not in found.model_dump_json()
    assert max(len(one["input"]) for one in api.asked) <= embeddings.BATCH_SIZE
