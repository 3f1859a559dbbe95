"""Test collections of documents, questions and relevant answers: sets in files, and sets derived from them.

A folder has `corpus.jsonl` (id, title, text), `queries.jsonl` (id, text) and `qrels.json` (question -> document -> grade).
"""

import json
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.relevance import Relevant

_ROOT = Path(__file__).parent.parent
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")
_LONG = 6
"""Words of a sentence that says something by itself."""
_TAKEN = 5
"""Sentences taken from one text, if it has three times as many."""


class Collection(NamedTuple):
    """Documents and questions by id."""

    name: str
    documents: dict[str, str]
    questions: dict[str, str]
    relevant: Relevant


def in_folder(folder: Path) -> Iterator[Collection]:
    """Every set in a folder of sets."""
    for subfolder in sorted(path.parent for path in folder.glob("*/qrels.json")):
        documents = {row["id"]: f"{row['title']}\n{row['text']}".strip() for row in _rows(subfolder / "corpus.jsonl")}
        questions = {row["id"]: row["text"] for row in _rows(subfolder / "queries.jsonl")}
        relevant = json.loads((subfolder / "qrels.json").read_text(encoding="utf-8"))
        yield Collection(subfolder.name, documents, questions, relevant)


def packaged() -> Collection:
    """The project's own questions, to its own claims in both languages."""
    claims = [claim for file in _data("articles") for claim in _toml(file)["claims"]]
    questions = [question for question in _toml(_ROOT / "tests" / "questions.toml")["questions"] if question["claims"]]
    return Collection(
        "own questions",
        {claim["id"]: f"{claim['statement']['ko']}\n{claim['statement']['en']}" for claim in claims},
        {str(place): question["ask"] for place, question in enumerate(questions)},
        {str(place): dict.fromkeys(question["claims"], 1) for place, question in enumerate(questions)},
    )


def sentences(collection: Collection, seed: int = 3) -> Collection:
    """Sentences of the documents as questions: each is taken out of its document, which is then to be found by it."""
    chance = random.Random(seed)
    documents: dict[str, str] = {}
    questions: dict[str, str] = {}
    relevant: dict[str, dict[str, int]] = {}
    for key, text in collection.documents.items():
        every = _SENTENCE.split(text)
        long = [sentence for sentence in every if len(sentence.split()) >= _LONG]
        taken = chance.sample(long, min(len(long), max(1, min(_TAKEN, len(every) // 3)))) if len(every) > 2 else []  # noqa: PLR2004
        documents[key] = " ".join(sentence for sentence in every if sentence not in taken)
        for place, sentence in enumerate(taken):
            questions[f"{key}/{place}"] = sentence
            relevant[f"{key}/{place}"] = {key: 1}
    return Collection(f"{collection.name}, by sentences", documents, questions, relevant)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _data(name: str) -> list[Path]:
    return sorted((_ROOT / "knowledge" / "data" / name).glob("*.toml"))


def _toml(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
