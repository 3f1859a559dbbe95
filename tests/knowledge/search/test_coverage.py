"""Query coverage of a passage, equal from its words and from the index."""

from dataclasses import replace

import pytest
import tantivy

from knowledge.search import query, thresholds
from knowledge.search.coverage import DocumentTerms, compile_alternatives, serialize_terms
from knowledge.search.index import Index
from knowledge.store.copies import make_article
from knowledge.store.store import StoredText
from knowledge.text.analysis import terms
from knowledge.text.analysis.lexicon import Lexicon

_TEXTS = (
    "별빛전자의 공장\n\n별빛전자는 새 공장을 짓는다고 밝혔다. AI 반도체 3,000개를 만든다. Anthropic's models were trained there.\n",
    "주민들의 말\n\n공장이 들어서는 마을의 주민들은 반긴다. 엔비디아의 칩이 쓰인다고 한다. 물 한 잔 값도 오른다.\n",
)
_QUESTIONS = (
    "별빛전자는 공장을 어디에 짓나?",
    "반도체 3000개",
    "Which models were trained by Anthropic?",
    "주민들이 반기는 공장",
    "엔비디아 칩",
    "nvidia chips",
    "한 잔 물",
    "김치찌개",
)


@pytest.mark.parametrize("question", _QUESTIONS)
@pytest.mark.parametrize("analyzer", ["plain", "morphemes"])
def test_what_is_read_is_what_the_engine_says(question: str, analyzer: terms.AnalyzerName) -> None:
    if analyzer == "morphemes":
        pytest.importorskip("MeCab", reason="the extra `ko` is not installed")
    lexicon = Lexicon((), (), ())
    index = Index(lexicon, terms.get_analyzer(analyzer))
    texts = [(number, make_article(body), body) for number, body in enumerate(_TEXTS, 1)]
    new = [(number, article, StoredText(article.id, article.sha256, body, {})) for number, article, body in texts]
    index.add_texts(lambda seq: [text for text in new if text[0] > seq])
    ranking = index._ranking()
    parsed = query.parse_query(question, lexicon, ranking._documents, index.documents)
    everything = dict.fromkeys(ranking._search(tantivy.Query.all_query(), 10), 0.0)
    both = replace(thresholds.PASSAGE_THRESHOLDS, candidates=10, beginnings=0.0)  # the engine has no word for these
    read = ranking._cover_by_stored_terms(everything, parsed, both)
    by_engine = ranking._cover_by_engine(everything, parsed, [], both)
    assert read == pytest.approx({place: by_engine.get(place, 0.0) for place in read})


@pytest.mark.parametrize(
    ("part", "has"),
    [
        (("words", "공장"), True),
        (("words", "공"), False),
        (("words", "train"), True),
        (("words", "tra"), False),
        (("grams", "전자"), True),
        (("grams", "자공"), False),
        (("grams", "잔"), True),
        (("grams", "값"), False),
        (("names", "entity:factory"), True),
    ],
)
def test_a_document_has_the_terms_of_its_words(part: tuple[str, str], has: bool) -> None:
    kept = serialize_terms("별빛전자 공장을 training 물 한 잔 값도", terms.get_analyzer("plain"))
    here = DocumentTerms.from_stored(kept, "entity:factory", frozenset())
    assert here.covers([compile_alternatives([{part: 1.0}])]) == has
