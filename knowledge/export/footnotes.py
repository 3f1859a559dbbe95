"""The footnotes of an exported text: which words of which article bear a claim. Pure functions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.export import messages
from knowledge.export.escaping import address, markdown, markdown_lines
from knowledge.model.records import Article, Claim, Evidence, Language
from knowledge.text.sanitize import flag_hidden


@dataclass
class Footnotes:
    """Numbers evidence in the order in which it is cited; the same words in the same role have one number."""

    articles: Mapping[str, Article]
    language: Language
    _numbers: dict[tuple[str, int, int, str, str], int] = field(default_factory=dict)
    _cited: list[Evidence] = field(default_factory=list)

    def cite(self, claim: Claim) -> str:
        """The marks of a claim's evidence: `[^1][^2]`."""
        return "".join(f"[^{self._number(piece)}]" for piece in claim.evidence)

    def lines(self) -> Iterator[str]:
        """The footnotes, each followed by an empty line."""
        for number, piece in enumerate(self._cited, start=1):
            yield f"[^{number}]: {self._where(piece)}"
            yield ""
            if piece.quote is not None:
                yield from self._quote(piece.quote)

    def _number(self, piece: Evidence) -> int:
        key = (piece.article, piece.start, piece.end, piece.sha256, piece.role)
        if key not in self._numbers:
            self._cited.append(piece)
            self._numbers[key] = len(self._cited)
        return self._numbers[key]

    def _where(self, piece: Evidence) -> str:
        language = self.language
        parts = [
            source(self.articles[piece.article], language),
            messages.CODE_POINTS.format(start=piece.start, end=piece.end).in_language(language),
            f"SHA-256 `{piece.sha256}`",
            messages.CONTEXT.in_language(language) if piece.role == "context" else "",
            messages.REMOVED.in_language(language) if piece.quote is not None and flag_hidden(piece.quote) else "",
        ]
        return "; ".join(filter(None, parts)) + "."

    @staticmethod
    def _quote(quote: str) -> Iterator[str]:
        for line in markdown_lines(quote):
            yield f"    > {line}".rstrip()
        yield ""


def source(article: Article, language: Language) -> str:
    """An article in one line: title, publisher, author, date, address."""
    linked = address(article.url)
    parts = [
        markdown(article.title) if article.title else messages.UNTITLED.format(id=article.id).in_language(language),
        markdown(article.publisher or ""),
        markdown(article.author or ""),
        article.published or "",
        f"<{linked}>" if linked else markdown(article.url or ""),
        messages.COPY_OF.format(id=article.syndicated_from).in_language(language) if article.syndicated_from else "",
    ]
    return ", ".join(filter(None, parts))
