"""Answers in words, for people and for hosts that show a model only text. Says everything that the structure says."""

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch

from knowledge.answers import (
    Answer,
    ArticleView,
    Call,
    Citation,
    Cited,
    CostComparison,
    CountryCount,
    CountryCounts,
    CountSource,
    Position,
    Quoted,
    SearchResults,
    TrendBrief,
)
from knowledge.model import Language

# What answers call things: Korean, English.
_WORDS = {
    "figure": ("수치", "figure"),
    "fact": ("사실", "fact"),
    "forecast": ("전망", "forecast"),
    "opinion": ("의견", "opinion"),
    "hypothesis": ("가설", "hypothesis"),
    "definition": ("정의", "definition"),
    "supports": ("뒷받침", "supports"),
    "qualifies": ("한정", "qualifies"),
    "disputes": ("반박", "disputes"),
    "author": ("기사 본문", "the article itself"),
    "direct": ("직접 인용", "direct"),
    "indirect": ("간접 인용", "indirect"),
    "unnamed": ("익명", "unnamed"),
    "found": ("찾은 주장", "claims found"),
    "evidence": ("근거", "evidence"),
    "note": ("덧붙임", "note"),
    "next": ("이어서", "next"),
    "trends": ("동향", "trends"),
    "entities": ("대상", "entities"),
    "related": ("관련", "related"),
    "articles": ("기사", "articles"),
    "asserted": ("말한 때", "asserted"),
    "unknown": ("알 수 없음", "unknown"),
    "passage": ("본문", "passage"),
    "more": ("더 있음", "more"),
    "holders": ("말한 이", "said by"),
    "figures": ("주요 수치", "key figures"),
    "disagreement": ("엇갈리는 점", "disagreement"),
    "rank": ("순위", "rank"),
    "stated_rank": ("기사가 밝힌 순위", "rank stated"),
    "share": ("비중", "share"),
    "leader": ("1위 대비", "of the leader"),
    "gap": ("1위와 차이", "behind the leader"),
    "count": ("모델 수", "models"),
    "publisher": ("집계", "counted by"),
    "population": ("대상", "of"),
    "period": ("기간", "period"),
    "rule": ("집계 기준", "rule"),
    "known": ("수치가 있는 나라", "countries known"),
    "missing": ("없음", "not found"),
    "near": ("비슷한 이름", "near"),
    "without": ("비용 수치 없음", "no cost figure"),
    "not_comparable": ("비교할 수 없는 까닭", "not comparable because"),
    "title": ("제목", "title"),
    "author_field": ("필자", "author"),
    "editor": ("편집", "editor"),
    "published": ("발행", "published"),
    "coverage": ("다루는 때", "coverage"),
    "derived": ("원글", "derived from"),
    "cites": ("출처", "cites"),
    "length": ("길이", "length"),
    "published_by": ("매체", "publisher"),
    "url": ("주소", "url"),
}


def word(key: str, language: Language) -> str:
    """What an answer in that language calls a kind, stance, attribution or label."""
    korean, english = _WORDS[key]
    return korean if language == "ko" else english


def render(answer: Answer) -> str:
    """The whole answer as text."""
    tail = [f"* {note}" for note in answer.notes]
    tail += [f"{word('next', answer.language)}: {_call(call)}" for call in answer.next_calls]
    return "\n".join([*_body(answer), *tail])


@singledispatch
def _body(answer: Answer) -> Iterator[str]:
    raise TypeError(f"no words for {type(answer).__name__}")


@_body.register
def _(answer: SearchResults) -> Iterator[str]:
    language = answer.language
    yield f"{word('found', language)}: {answer.total}"
    yield from _claims(answer.items, language)
    for passage in answer.passages:
        yield from _quoted(passage, language)
    if answer.trends:
        facets = ", ".join(f"{facet.name} ({facet.trend}) {facet.claims}" for facet in answer.trends)
        yield f"{word('trends', language)}: {facets}"
    yield from _labelled("missing", answer.unknown_words, language)
    yield from _more(answer.cursor, language)


@_body.register
def _(answer: TrendBrief) -> Iterator[str]:
    language = answer.language
    yield f"{answer.name} ({answer.id})"
    yield answer.summary
    for position in answer.positions:
        yield from _position(position, language)
    if answer.key_figures:
        yield f"{word('figures', language)}:"
        yield from _claims(answer.key_figures, language)
    for dispute in answer.disagreements:
        yield f"{word('disagreement', language)}: {dispute.question}"
        for side in dispute.sides:
            yield f"  - {side.position} [{', '.join(side.articles)}] {', '.join(side.claims)}"
    yield from _labelled("related", answer.related, language)


@_body.register
def _(answer: CountryCounts) -> Iterator[str]:
    for source in answer.counts:
        yield from _source(source, answer.language)
    yield from _labelled("missing", answer.not_found, answer.language)
    yield from _labelled("known", answer.countries_known, answer.language)


@_body.register
def _(answer: CostComparison) -> Iterator[str]:
    language = answer.language
    for group in answer.groups:
        yield f"{group.basis}: {group.meaning}"
        for place, item in enumerate(group.items, start=1):
            yield from _claim(item.claim, f"{place}. ", language, suffix=f" <{', '.join(item.models)}>")
    if answer.not_comparable_because:
        yield f"{word('not_comparable', language)}: {answer.not_comparable_because}"
    yield from _labelled("without", answer.without_figures, language)
    for one in answer.unknown:
        yield f"{word('missing', language)}: {one.name}" + (
            f" ({word('near', language)}: {', '.join(one.near)})" if one.near else ""
        )
    yield from _more(answer.cursor, language)


@_body.register
def _(answer: ArticleView) -> Iterator[str]:
    language, record = answer.language, answer.article
    yield f"{record.id}: {record.about}"
    fields = {
        "title": record.title,
        "published_by": record.publisher,
        "author_field": record.author,
        "editor": record.editor,
        "published": record.published,
        "coverage": record.coverage,
        "url": record.url,
        "derived": record.derived_from,
        "cites": ", ".join(record.cites) or None,
        "length": str(record.length),
    }
    yield from (f"{word(key, language)}: {value}" for key, value in fields.items() if value)
    yield f"sha256: {record.sha256}"
    yield from _labelled("unknown", record.unknown, language)
    yield from _labelled("note", [record.note] if record.note else [], language)
    yield f"{word('found', language)}: {answer.total}"
    yield from _claims(answer.claims, language)
    if answer.text:
        yield from _quoted(answer.text, language)
    yield from _more(answer.cursor, language)


def _position(position: Position, language: Language) -> Iterator[str]:
    yield f"{word(position.stance, language)}: {position.total} [{', '.join(position.articles)}]"
    yield from _labelled("holders", position.holders, language)
    yield from _claims(position.claims, language)


def _source(source: CountSource, language: Language) -> Iterator[str]:
    fields = (
        ("publisher", source.publisher),
        ("population", source.population),
        ("period", source.period),
        ("rule", source.rule),
    )
    yield " · ".join(f"{word(key, language)}: {value}" for key, value in fields)
    yield from _labelled("articles", source.articles, language)
    for row in source.rows:
        yield from _row(row, language)


def _row(row: CountryCount, language: Language) -> Iterator[str]:
    parts = [
        f"{word('rank', language)} {row.rank}",
        f"{word('share', language)} {row.share_percent}%",
        f"{word('leader', language)} {row.ratio_to_leader}",
        f"{word('gap', language)} {row.gap_to_leader}",
    ]
    if row.stated_rank is not None:
        parts.append(f"{word('stated_rank', language)} {row.stated_rank}")
    yield f"{row.country} ({row.iso}): {row.count} — {' · '.join(parts)}"
    yield f"   {_evidence(row.evidence, language)} · {row.claim}"


def _claims(claims: Sequence[Cited], language: Language) -> Iterator[str]:
    for place, claim in enumerate(claims, start=1):
        yield from _claim(claim, f"{place}. ", language)


def _claim(claim: Cited, lead: str, language: Language, suffix: str = "") -> Iterator[str]:
    yield f"{lead}[{word(claim.kind, language)}] {claim.statement}{suffix}"
    said = [claim.speaker, word(claim.attribution, language)] if claim.speaker else [word(claim.attribution, language)]
    parts = [", ".join(filter(None, said)), ", ".join(claim.figures), claim.cost_basis, claim.period, claim.status]
    yield f"   {' · '.join(part for part in parts if part)} · {claim.id}"
    yield f"   {_evidence(claim.evidence, language)}"
    if claim.note:
        yield f"   {word('note', language)}: {claim.note}"
    if claim.original:
        yield f"   = {claim.original}"
    if claim.trends:
        yield f"   {word('trends', language)}: " + ", ".join(
            f"{trend} ({word(stance, language)})" for trend, stance in claim.trends.items()
        )
    if claim.entities:
        yield f"   {word('entities', language)}: {', '.join(claim.entities)}"
    for figure in claim.typed_figures or ():
        known = figure.model_dump(mode="json", exclude_none=True)
        yield "   # " + ", ".join(f"{name}={value}" for name, value in known.items())
    if claim.asserted:
        yield f"   {word('asserted', language)}: {claim.asserted}"


def _evidence(evidence: Iterable[Citation], language: Language) -> str:
    return f"{word('evidence', language)}: " + "; ".join(_citation(one) for one in evidence)


def _citation(citation: Citation) -> str:
    place = f"{citation.article} {citation.start}-{citation.end}"
    quote = f" “{_in_line(citation.quote)}”{_flag(citation.flag)}" if citation.quote else ""
    return place + quote + (f" sha256:{citation.sha256}" if citation.sha256 else "")


def _flag(flag: str | None) -> str:
    return f" [{flag}]" if flag else ""


def _in_line(text: str) -> str:
    """Words from outside on one line, so that they cannot pose as lines of ours."""
    return " ".join(text.split())


def _quoted(passage: Quoted, language: Language) -> Iterator[str]:
    title = f" ({passage.title})" if passage.title else ""
    yield f"{word('passage', language)} {passage.article}{title} {passage.start}-{passage.end}: “{_in_line(passage.text)}”{_flag(passage.flag)}"


def _labelled(key: str, values: Sequence[str], language: Language) -> Iterator[str]:
    if values:
        yield f"{word(key, language)}: {', '.join(values)}"


def _more(cursor: str | None, language: Language) -> Iterator[str]:
    if cursor:
        yield f"{word('more', language)}: cursor={cursor}"


def _call(call: Call) -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in call.arguments.items())
    return f"{call.tool}({arguments})"
