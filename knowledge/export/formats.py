"""The export formats."""

from collections.abc import Callable
from typing import NamedTuple

from knowledge.export import bibliography, csv_tables, jsonl, jsonld, markdown
from knowledge.model import Language, UnanswerableError
from knowledge.store import Bundle


class Format(NamedTuple):
    """An export format."""

    name: str
    media_type: str
    ending: str
    """File name extension."""
    write: Callable[[Bundle, Language], str]


FORMATS = (
    Format("markdown", "text/markdown; charset=utf-8", ".md", markdown.write),
    Format("csv", "text/csv; charset=utf-8; header=present", ".claims.csv", csv_tables.claims),
    Format("csv-figures", "text/csv; charset=utf-8; header=present", ".figures.csv", csv_tables.figures),
    Format("bibtex", "application/x-bibtex; charset=utf-8", ".bib", bibliography.write_bibtex),
    Format("csl", "application/vnd.citationstyles.csl+json", ".csl.json", bibliography.write_csl),
    Format("jsonl", "application/jsonl; charset=utf-8", ".jsonl", jsonl.write),
    Format("jsonld", "application/ld+json", ".jsonld", jsonld.write),
)


def write(holdings: Bundle, format: str, language: Language) -> str:  # noqa: A002 - what it is called everywhere
    """Return knowledge as text in one of the formats, to be written as UTF-8 without changing line ends.

    Args:
        holdings: the knowledge to export.
        format: the name of one of `FORMATS`.
        language: language of labels and statements in Markdown and bibliographies; the other formats have both.

    Raises:
        UnanswerableError: if there is no such format.
    """
    for each in FORMATS:
        if each.name == format:
            return each.write(holdings, language)
    raise UnanswerableError(
        f"There is no format {format[:40]!r}. There are: {', '.join(each.name for each in FORMATS)}."
    )
