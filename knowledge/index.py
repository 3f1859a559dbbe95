"""The full-text indexes: tantivy indexes derived from the records, in a folder or in memory. Disposable: they can be made anew.

One holds claims, another the passages of a user's texts, so that these never change what answers a question. Passages
carry the sequence number of their text, so that an index knows how far it has come and any process can bring it up to
date.
"""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import tantivy

from knowledge import analyzer, passages, period
from knowledge.lexicon import Lexicon
from knowledge.model import Article, Claim, Passage
from knowledge.ranking import SEARCHED, WHOLE, WITH_FIGURE, Hits, Ranking
from knowledge.store import Filters, Text

VERSION = f"2.{analyzer.VERSION}"
"""Changes when documents change, so that an index of another version is not opened."""
_HEAP = 50_000_000
_PATIENCE = 5.0
"""Seconds that a process waits for another one that is writing, before it answers without the newest texts."""
_UNFINISHED = "unfinished-"
_COMPLETE = "complete"
"""The file that says how many documents an index was made with."""
_DAY = 24 * 60 * 60

NewText = tuple[int, Article, Text]
"""A text that has come in: its sequence number, its article, itself."""


class Index:
    """An index that finds claims, or passages."""

    def __init__(self, lexicon: Lexicon, folder: Path | None = None) -> None:
        """Open the index in `folder` (empty or made before); `None` for one in memory."""
        self._lexicon = lexicon
        self._folder = folder
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder) if folder else None)
        self._index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._last = self._newest()

    @classmethod
    def at(cls, folder: Path, lexicon: Lexicon, claims: Callable[[], Iterable[Claim]]) -> "Index":
        """The index in `folder`; made of the claims if it is not there or damaged. Old ones beside it are removed.

        It is made under another name and then renamed: nobody ever opens half an index, and whoever comes second uses
        the first one's.
        """
        with contextlib.suppress(OSError, ValueError):  # not there, or damaged
            return cls._opened(folder, lexicon)
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, lambda unfinished: cls(lexicon, unfinished).add_claims(claims()))
        return cls._opened(folder, lexicon)

    @classmethod
    def _opened(cls, folder: Path, lexicon: Lexicon) -> "Index":
        """The index in a folder, if it has all the documents that it was made with."""
        made_with = int((folder / _COMPLETE).read_text(encoding="ascii"))
        index = cls(lexicon, folder)
        if index.documents < made_with:
            raise ValueError(f"{folder} lost documents")
        return index

    @property
    def documents(self) -> int:
        """How many documents are in."""
        return self._index.searcher().num_docs

    @property
    def last(self) -> int:
        """The sequence number of the newest text that is in, 0 when there is none."""
        return self._last

    def add_claims(self, claims: Iterable[Claim]) -> None:
        """Put claims in."""
        with self._writing() as writer:
            for claim in claims:
                writer.add_document(self._claim_document(claim))
        if self._folder:
            (self._folder / _COMPLETE).write_text(str(self.documents), encoding="ascii")

    def add_texts(self, texts: Iterable[NewText]) -> None:
        """Put the passages of texts in, each in the place of the same article's older ones.

        Where another process is writing, wait for it: it is bringing the same texts in.
        """
        deadline = time.monotonic() + _PATIENCE
        waiting = [text for text in texts if text[0] > self._last]
        while waiting and time.monotonic() < deadline:
            try:
                with self._writing() as writer:
                    for text in waiting:
                        self._replace(writer, text)
            except ValueError as error:  # tantivy has no class of its own for it
                if "LockBusy" not in str(error):
                    raise
                time.sleep(0.05)
            self._index.reload()
            self._last = self._newest()
            waiting = [text for text in waiting if text[0] > self._last]

    def search(self, text: str, filters: Filters) -> Hits:
        """What answers `text`; everything that the filters let through, in order, when there is no text."""
        return Ranking(self._index.searcher(), self._schema, self._lexicon).rank(text, filters)

    def search_whole(self, text: str, filters: Filters) -> Hits:
        """What answers most of `text`."""
        return Ranking(self._index.searcher(), self._schema, self._lexicon).rank(text, filters, WHOLE)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        yield writer
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _newest(self) -> int:
        everything = tantivy.Query.all_query()
        hits = self._index.searcher().search(everything, 1, order_by_field="seq").hits
        return int(hits[0][0] or 0) if hits else 0

    def _replace(self, writer: tantivy.IndexWriter, new: NewText) -> None:
        seq, article, text = new
        writer.delete_documents_by_term("article", article.id)
        for passage in passages.cut(article.id, text.body):
            document = self._passage_document(article, passage)
            document.add_integer("seq", seq)
            writer.add_document(document)

    def _claim_document(self, claim: Claim) -> tantivy.Document:
        entities = {*claim.entities, *filter(None, [claim.speaker]), *(figure.subject for figure in claim.figures)}
        text = f"{claim.statement.ko}\n{claim.statement.en}"
        names = [f"entity:{entity}" for entity in entities] + [WITH_FIGURE] * bool(claim.figures)
        names += [f"term:{figure.measure.replace('_', '-')}" for figure in claim.figures]
        document = self._document(f"claim:{claim.id}", text, names)
        document.add_text("subjects", " ".join(f"entity:{figure.subject}" for figure in claim.figures))
        document.add_text("kind", claim.kind)
        document.add_text("article", claim.article)
        for entity in entities:
            document.add_text("entity", entity)
        for trend in claim.trends:
            document.add_text("trend", trend)
        if claim.period:
            start, end = period.bounds(claim.period)
            document.add_integer("start", start.toordinal())
            document.add_integer("end", end.toordinal())
        return document

    def _passage_document(self, article: Article, passage: Passage) -> tantivy.Document:
        # The title in front of a passage tells what it is about (measured: +0.9 nDCG@10 on long Korean pages).
        key = f"passage:{passage.article}:{passage.start}:{passage.end}"
        document = self._document(key, f"{article.title or article.about.ko}\n{passage.text}", [])
        document.add_text("article", passage.article)
        return document

    def _document(self, key: str, text: str, names: list[str]) -> tantivy.Document:
        words = analyzer.words(text)
        mentioned = {identity for mention in self._lexicon.mentions(text) for identity in mention.ids}.difference(names)
        document = tantivy.Document()
        document.add_text("key", key)
        document.add_text("words", " ".join(word.term for word in words))
        document.add_text("grams", " ".join(gram for word in words for gram in word.grams))
        document.add_text("names", " ".join([*names, *sorted(mentioned)]))
        return document


def _make(folder: Path, fill: Callable[[Path], None]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    fill(unfinished)
    with contextlib.suppress(OSError):  # another process was faster
        unfinished.rename(folder)
    for other in folder.parent.iterdir():
        if other == unfinished or (other != folder and time.time() - other.stat().st_mtime > _DAY):
            shutil.rmtree(other, ignore_errors=True)  # younger ones may be in use by another version


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for field in SEARCHED:
        builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
    for field in ("kind", "article", "trend", "entity"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("start", "end", "seq"):
        builder.add_integer_field(field, indexed=True, fast=True)
    return builder.build()
