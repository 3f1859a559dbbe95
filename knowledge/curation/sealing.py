"""Sealing of a draft's quotes and its reverse, and checks of a data folder against the articles' texts.

The curator's side of the knowledge: nothing here runs while questions are answered. Needs the extra `curate`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from knowledge.model import Article, Claim, Evidence
from knowledge.store import CurationError, CurationFault, RecordSet, load_folder, parse_article
from knowledge.text import anchoring


def seal_draft(draft: str, text: str, file: str) -> tuple[str, str]:
    """Return the article's id and its sealed file, from a draft with quotes and the article's text.

    Comments, order and layout of the draft stay. Evidence that is sealed already stays as it is.

    Raises:
        CurationError: if a quote stands nowhere or more than once, or the draft is malformed.
    """
    text = anchoring.normalise(text)
    document, record = _parse(draft, file)
    article = str(record.get("id", ""))
    record["length"] = len(text)
    record["sha256"] = anchoring.digest(text)
    faults = tuple(
        fault
        for claim, evidence in _evidence_tables(document)
        if "quote" in evidence
        for fault in _seal_table(evidence, text, article, file, str(claim.get("id", "a claim")))
    )
    if faults:
        raise CurationError(faults)
    parse_article(document.unwrap(), file)
    return article, tomlkit.dumps(document)


def unseal(sealed: str, text: str, file: str) -> str:
    """Return a sealed file with its quotes restored, ready to be edited.

    Raises:
        CurationError: if the text is not the very one that the file was sealed with, or the file is malformed.
    """
    text = anchoring.normalise(text)
    document, record = _parse(sealed, file)
    parse_article(document.unwrap(), file)
    if record.pop("sha256") != anchoring.digest(text):
        problem = "was sealed with another text than this one"
        raise CurationError((CurationFault(file, str(record["id"]), problem, "Give the text that it was sealed with"),))
    record.pop("length")
    for _, evidence in _evidence_tables(document):
        quote = text[int(evidence.pop("start")) : int(evidence.pop("end"))]
        evidence.pop("sha256")
        evidence["quote"] = quote
    return tomlkit.dumps(document)


def check_folder(folder: Path, texts: Mapping[str, str]) -> tuple[RecordSet, tuple[CurationFault, ...]]:
    """Return the records in `folder` and their faults; `texts` are the available article texts by digest.

    Raises:
        CurationError: if the folder cannot be read as knowledge at all.
    """
    knowledge = load_folder(folder)
    return knowledge, tuple(_text_faults(folder, knowledge, texts))


def _parse(content: str, file: str) -> tuple[tomlkit.TOMLDocument, Table]:
    try:
        document = tomlkit.parse(content)
    except TOMLKitError as error:
        raise CurationError((CurationFault(file, "the file", f"is not TOML: {error}", "Mend its syntax"),)) from error
    record = document.get("article")
    if not isinstance(record, Table):
        raise CurationError(
            (CurationFault(file, "the file", "has no [article]", "Begin it with the article's record"),)
        )
    return document, record


def _evidence_tables(document: tomlkit.TOMLDocument) -> Iterator[tuple[Table, Table]]:
    claims = document.get("claims")
    for claim in claims if isinstance(claims, AoT) else ():
        evidence = claim.get("evidence")
        for piece in evidence if isinstance(evidence, AoT) else ():
            yield claim, piece


def _seal_table(evidence: Table, text: str, article: str, file: str, item: str) -> Iterator[CurationFault]:
    quote = anchoring.normalise(str(evidence["quote"]))
    sealed = anchoring.seal(text, quote, article)
    if isinstance(sealed, Evidence):
        evidence.pop("quote")
        evidence["start"], evidence["end"], evidence["sha256"] = sealed.start, sealed.end, sealed.sha256
        return
    if not sealed.places:
        yield CurationFault(
            file, item, f"the quote {quote[:40]!r} stands nowhere in the text", "Copy it letter for letter"
        )
    else:
        problem = f"the quote {quote[:40]!r} stands {len(sealed.places)} times in the text"
        yield CurationFault(file, item, problem, "Lengthen it until it stands once")


def _text_faults(folder: Path, knowledge: RecordSet, texts: Mapping[str, str]) -> Iterator[CurationFault]:
    for article in knowledge.articles:
        text = texts.get(article.sha256)
        if text is None:
            continue
        for claim in knowledge.claims:
            if claim.article == article.id:
                yield from _claim_faults(claim, text)
        yield from _shared_wording(folder, article, text)


def _claim_faults(claim: Claim, text: str) -> Iterator[CurationFault]:
    file = f"{claim.article}.toml"
    words = [text[evidence.start : evidence.end] for evidence in claim.evidence]
    for evidence, quote in zip(claim.evidence, words, strict=True):
        if anchoring.digest(quote) != evidence.sha256:
            problem = f"the seal {evidence.start}..{evidence.end} does not fit the text"
            yield CurationFault(file, claim.id, problem, "Seal the claim again from its quote")
    for figure in claim.figures:
        if not any(figure.raw in quote for quote in words):
            problem = f"{figure.raw!r} stands in none of its quotes"
            yield CurationFault(file, claim.id, problem, "Quote the words with the number")


def _shared_wording(folder: Path, article: Article, text: str) -> Iterator[CurationFault]:
    length = anchoring.MAX_SHARED_LENGTH + 1
    titles = f"{article.title or ''}\n{article.derived_from or ''}"
    pieces = {text[i : i + length] for i in range(len(text) - length + 1)}
    pieces = {piece for piece in pieces if piece not in titles}
    for file in sorted(folder.rglob("*.toml")):
        for item, string in _wording(file):
            shared = next(
                (string[i : i + length] for i in range(len(string)) if string[i : i + length] in pieces), None
            )
            if shared:
                problem = f"shares {shared!r} with article {article.id}"
                yield CurationFault(file.name, item, problem, "Say it in our own words")


def _wording(file: Path) -> Iterator[tuple[str, str]]:
    """Yield every string and comment of a file, with the item it stands in."""
    content = file.read_text(encoding="utf-8")
    yield from _strings(tomllib.loads(content), file.stem)
    yield from (("a comment", line.partition("#")[2]) for line in content.splitlines() if "#" in line)


def _strings(value: object, item: str) -> Iterator[tuple[str, str]]:
    """Yield every string in nested tables, with the id of the innermost table that has one."""
    if isinstance(value, str):
        yield item, value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner, str(value.get("id", item)))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, item)


def read_texts(folder: Path) -> dict[str, str]:
    """Return the texts in `folder` (`*.txt`, UTF-8), by digest."""
    texts = (anchoring.normalise(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.txt")))
    return {anchoring.digest(text): text for text in texts}
