"""Ways to rank: the project's analyzers on its engine, and honest baselines."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing

import tantivy

from benchmarks.relevance import DEPTH, Run
from knowledge.text.analysis import terms

Texts = Mapping[str, str]
"""Id -> text."""
System = Callable[[Texts, Texts], Run]
"""Ranks the documents (first) for each of the questions (second)."""
_FIELDS = ("words", "grams", "sounds", "morphemes")
_WORD = re.compile(r"\w+")


def whitespace(documents: Texts, questions: Texts) -> Run:
    """BM25 over words as they are written."""
    return _plain(documents, questions, lambda text: text.lower().split())


def bigrams(documents: Texts, questions: Texts) -> Run:
    """BM25 over pairs of characters."""
    return _plain(documents, questions, _pairs)


def plain(documents: Texts, questions: Texts) -> Run:
    """The default analyzer."""
    return _analysed(documents, questions, terms.get_analyzer("plain"))


def morphemes(documents: Texts, questions: Texts) -> Run:
    """The analyzer of the `ko` extra."""
    return _analysed(documents, questions, terms.get_analyzer("morphemes"))


def trigrams(documents: Texts, questions: Texts) -> Run:
    """SQLite's FTS5 with its trigram tokenizer."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, body, tokenize='trigram')")
        connection.executemany("INSERT INTO texts VALUES (?, ?)", documents.items())
        sql = "SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank, rowid LIMIT ?"
        return {
            key: [row[0] for row in connection.execute(sql, (match, DEPTH))] if (match := any_trigram(text)) else []
            for key, text in questions.items()
        }


def any_trigram(text: str) -> str:
    """Return the FTS5 query for any three characters of a text; empty where it has none."""
    found = (word[at : at + 3] for word in _WORD.findall(text.lower()) for at in range(len(word) - 2))
    return " OR ".join(f'"{trigram}"' for trigram in dict.fromkeys(found))


def _pairs(text: str) -> list[str]:
    return [word[at : at + 2] for word in _WORD.findall(text.lower()) for at in range(max(1, len(word) - 1))]


def _plain(documents: Texts, questions: Texts, cut: Callable[[str], list[str]]) -> Run:
    engine = _Engine({key: {"words": cut(text)} for key, text in documents.items()})
    return {key: engine.best({("words", term): 1.0 for term in cut(text)}) for key, text in questions.items()}


def _analysed(documents: Texts, questions: Texts, by: terms.Analyzer) -> Run:
    engine = _Engine({key: terms.document_terms(text, by) for key, text in documents.items()})
    return {key: engine.best(_query(text, by, engine)) for key, text in questions.items()}


def _query(text: str, by: terms.Analyzer, engine: "_Engine") -> terms.TermWeights:
    """Return the terms that a question looks for, each with its greatest weight."""
    weights: terms.TermWeights = {}
    for word in terms.query_words(text, engine.known):
        for (field, term), share in word.terms.items():
            if weight := share * word.weight * by.weights[field]:
                weights[field, term] = max(weight, weights.get((field, term), 0.0))
    return weights | terms.query_morphemes(text, by)


class _Engine:
    """A tantivy index in memory over terms made elsewhere."""

    def __init__(self, documents: Mapping[str, Mapping[str, list[str]]]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for field in _FIELDS:
            builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        writer = index.writer(heap_size=50_000_000, num_threads=1)
        for key, fields in documents.items():
            writer.add_document(_document(key, fields))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def known(self, term: str) -> int:
        """In how many documents a term of `words` stands."""
        return self._searcher.doc_freq("words", term)

    def best(self, question: terms.TermWeights) -> list[str]:
        """The ids of the documents that score best."""
        parts = [(tantivy.Occur.Should, self._boosted(*part, weight)) for part, weight in question.items()]
        hits = self._searcher.search(tantivy.Query.boolean_query(parts), DEPTH, count=False).hits
        return [str(self._searcher.doc(place)["id"][0]) for _, place in hits]

    def _boosted(self, field: str, term: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term, "freq"), weight)


def _document(key: str, fields: Mapping[str, list[str]]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("id", key)
    for field, found in fields.items():
        document.add_text(field, " ".join(found))
    return document
