"""The full-text index: a tantivy index derived from the records, made anew whenever they or the analyzer change.

A document is a claim or a passage. Three fields are searched (BM25, scores added): its words, its syllable pairs, and the
names it mentions or is about. How much of a question a document *covers* decides whether it is an answer at all: the
share of the question's words, the telling ones weighing more, that it has in one of the three forms.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import tantivy

from knowledge import analyzer, period
from knowledge.lexicon import Lexicon
from knowledge.model import Article, Claim, Passage
from knowledge.store import Filters

VERSION = f"1.{analyzer.VERSION}"
_CANDIDATES = 100
"""How many documents of the best score are looked at for coverage."""
_WORDS, _GRAMS, _NAMES = 1.0, 0.5, 1.6
"""What a match in each field counts; chosen on one half of the question set, checked on the other."""
_UNCOVERED = 0.1
"""What is left of a document's score when it covers next to nothing of the question."""
_NEAR = 5
_COVER = 0.3
"""The least coverage of an answer; below, a document only shares a word or two with the question."""
_WHOLE = 0.6
"""From this coverage on, a claim speaks about the whole question."""
_COVER_UNKNOWN = 0.45
"""The same where the question has a name that stands nowhere: then the rest must match all the better."""
_UNKNOWN_NO_NAME = 0.25
_UNKNOWN_ENGLISH = 0.6
"""What an unknown word that cannot be a name weighs, beside one that can."""
_DISTANT = 0.3
"""Hits that score less than this share of the best are left out."""


@dataclass(frozen=True)
class Hit:
    """A document that answers, with its score."""

    key: str
    score: float
    coverage: float


@dataclass(frozen=True)
class Hits:
    """Claims and passages, each best first."""

    claims: tuple[Hit, ...] = ()
    passages: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    """Claims that come near but do not answer."""
    unknown_words: tuple[str, ...] = ()
    """The question's words that no document has."""
    whole: bool = True
    """Whether the best claim covers most of the question."""


@dataclass(frozen=True)
class _Unit:
    """A word or name of the question, in every form that a document may have it in."""

    raw: str
    forms: tuple[tuple[str, str], ...]
    """(field, term), any of which is the word itself."""
    grams: tuple[str, ...]
    may_be_name: bool


class Index:
    """An index in memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._schema = _schema()
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())

    def add(self, claims: Iterable[Claim], passages: Iterable[tuple[Article, Passage]]) -> None:
        """Put claims and passages in."""
        writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        for claim in claims:
            writer.add_document(self._claim_document(claim))
        for article, passage in passages:
            writer.add_document(self._passage_document(article, passage))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, text: str, filters: Filters) -> Hits:
        """What answers `text`; every claim that the filters let through, in order, when there are no words."""
        searcher = self._index.searcher()
        limits = self._filter(filters)
        units = self._units(text)
        if not units:
            return Hits(self._everything(searcher, limits))
        weights = [_weight(searcher, unit) for unit in units]
        ranked = searcher.search(_both(self._ranking(units), limits), _CANDIDATES).hits
        scores = {str(searcher.doc(address)["key"][0]): float(score) for score, address in ranked}
        covered = self._coverage(searcher, units, weights, list(scores))
        hits = sorted(
            (Hit(key, score * (_UNCOVERED + covered[key]), covered[key]) for key, score in scores.items()),
            key=lambda hit: (-hit.score, hit.key),
        )
        unknown = tuple(unit.raw for unit in units if unit.may_be_name and not self._occurs(searcher, unit))
        least = _COVER_UNKNOWN if unknown else _COVER
        kept = [hit for hit in hits if hit.coverage >= least and hit.score >= _DISTANT * hits[0].score]
        return Hits(
            _of("claim", kept),
            _of("passage", kept),
            _of("claim", [hit for hit in hits if hit not in kept])[:_NEAR],
            unknown,
            any(hit.coverage >= _WHOLE for hit in _of("claim", kept)[:1]),
        )

    def _claim_document(self, claim: Claim) -> tantivy.Document:
        text = f"{claim.statement.ko}\n{claim.statement.en}"
        names = {f"entity:{entity}" for entity in (*claim.entities, *filter(None, [claim.speaker]))}
        names |= {f"entity:{figure.subject}" for figure in claim.figures}
        about = names | {f"trend:{trend}" for trend in claim.trends}
        document = self._document(f"claim:{claim.id}", text, names)
        document.add_text("kind", claim.kind)
        document.add_text("article", claim.article)
        for name in about:
            document.add_text("about", name)
        if claim.period:
            start, end = period.bounds(claim.period)
            document.add_integer("start", start.toordinal())
            document.add_integer("end", end.toordinal())
        return document

    def _passage_document(self, article: Article, passage: Passage) -> tantivy.Document:
        # The title in front of a passage tells what it is about (measured: +0.9 nDCG@10 on long Korean pages).
        key = f"passage:{passage.article}:{passage.start}:{passage.end}"
        document = self._document(key, f"{article.title or article.about.ko}\n{passage.text}", set())
        document.add_text("kind", "passage")
        document.add_text("article", passage.article)
        return document

    def _document(self, key: str, text: str, names: set[str]) -> tantivy.Document:
        words = analyzer.words(text)
        mentioned = {identity for mention in self._lexicon.mentions(text) for identity in mention.ids}
        document = tantivy.Document()
        document.add_text("key", key)
        document.add_text("words", " ".join(word.term for word in words))
        document.add_text("grams", " ".join(gram for word in words for gram in word.grams))
        document.add_text("names", " ".join(sorted(names | mentioned)))
        return document

    def _units(self, text: str) -> list[_Unit]:
        """The telling words of a question, each once; the words of a name together make one unit."""
        tokens = analyzer.tokens(text)
        mentions = self._lexicon.mentions(text)
        telling = {word.raw for word in analyzer.question_words(text)}
        units: dict[str, _Unit] = {}
        for place, token in enumerate(tokens):
            here = [mention for mention in mentions if mention.first <= place <= mention.last]
            if token not in telling and not here:
                continue
            word = analyzer.words(token)
            forms = [("words", one.term) for one in word]
            forms += [("names", identity) for mention in here for identity in sorted(mention.ids)]
            grams = tuple(gram for one in word for gram in one.grams)
            units[token] = _Unit(token, tuple(forms), grams, analyzer.may_be_name(token, text))
        return list(units.values())

    def _ranking(self, units: Sequence[_Unit]) -> tantivy.Query:
        parts: dict[tuple[str, str], float] = {}
        for unit in units:
            for field, term in unit.forms:
                parts[field, term] = _NAMES if field == "names" else _WORDS
            for gram in unit.grams:
                parts["grams", gram] = _GRAMS
        return _any([tantivy.Query.boost_query(self._term(*part), boost) for part, boost in parts.items()])

    def _coverage(
        self, searcher: tantivy.Searcher, units: Sequence[_Unit], weights: Sequence[float], keys: Sequence[str]
    ) -> dict[str, float]:
        """The covered share of the question, 0 to 1, of each document."""
        total = sum(weights)
        parts = [self._cover(unit, weight / total) for unit, weight in zip(units, weights, strict=True)]
        among = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "key", list(keys)), 0.0)
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, among), *((tantivy.Occur.Should, part) for part in parts)]
        )
        hits = searcher.search(query, max(len(keys), 1)).hits
        return {str(searcher.doc(address)["key"][0]): float(score) for score, address in hits}

    def _cover(self, unit: _Unit, share: float) -> tantivy.Query:
        whole = [tantivy.Query.const_score_query(self._term(*form), share) for form in unit.forms]
        each = share / max(len(unit.grams), 1)
        pairs = [tantivy.Query.const_score_query(self._term("grams", gram), each) for gram in set(unit.grams)]
        return tantivy.Query.disjunction_max_query([*whole, _any(pairs)] if pairs else whole)

    def _filter(self, filters: Filters) -> list[tantivy.Query]:
        chosen = {
            "kind": filters.kinds,
            "article": filters.articles,
            "about": tuple(f"trend:{trend}" for trend in filters.trends),
        }
        limits = [_any([self._term(name, value) for value in values]) for name, values in chosen.items() if values]
        if filters.entities:
            limits.append(_any([self._term("about", f"entity:{entity}") for entity in filters.entities]))
        if filters.since:
            limits.append(self._days("end", period.bounds(filters.since)[0], date.max))
        if filters.until:
            limits.append(self._days("start", date.min, period.bounds(filters.until)[1]))
        return limits

    def _days(self, field: str, first: date, last: date) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self._schema, field, kind, first.toordinal(), last.toordinal())

    def _everything(self, searcher: tantivy.Searcher, limits: list[tantivy.Query]) -> tuple[Hit, ...]:
        passages = (tantivy.Occur.MustNot, self._term("kind", "passage"))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, _both(tantivy.Query.all_query(), limits)), passages])
        hits = searcher.search(query, max(searcher.num_docs, 1)).hits
        return tuple(Hit(str(searcher.doc(address)["key"][0]), float(score), 1.0) for score, address in hits)

    def _occurs(self, searcher: tantivy.Searcher, unit: _Unit) -> bool:
        return any(searcher.doc_freq(*form) for form in unit.forms)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(
            self._schema, field, term, "freq" if field in {"words", "grams", "names"} else "basic"
        )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("words", "grams", "names"):
        builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
    for field in ("kind", "article", "about"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("start", "end"):
        builder.add_integer_field(field, indexed=True, fast=True)
    return builder.build()


def _of(kind: str, hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.key.startswith(f"{kind}:"))


def _weight(searcher: tantivy.Searcher, unit: _Unit) -> float:
    """How telling a word is: its inverse document frequency, counting every document that has it in some form."""
    documents = max((searcher.doc_freq(*form) for form in unit.forms), default=0)
    rarity = math.log(1 + (searcher.num_docs - documents + 0.5) / (documents + 0.5))
    if documents or unit.may_be_name:
        return rarity
    return rarity * (_UNKNOWN_NO_NAME if unit.grams else _UNKNOWN_ENGLISH)


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _both(query: tantivy.Query, limits: Sequence[tantivy.Query]) -> tantivy.Query:
    if not limits:
        return query
    still = [tantivy.Query.const_score_query(limit, 0.0) for limit in limits]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in (query, *still)])
