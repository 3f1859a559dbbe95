"""Parser of a data folder: records, or every fault with file, item, problem and fix."""

import hashlib
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.model import Article, Claim, Disagreement, Entity, Term, Trend, Value
from knowledge.store import validation
from knowledge.store.validation import RecordSet

_V = TypeVar("_V", bound=Value)
_ARTICLE_TABLES = ("article", "claims")
_LISTS = ("trends", "entities", "disagreements", "terms")
_HOMES = {"articles": "data/articles", "claims": "data/articles", "trends": "trends.toml", "entities": "entities.toml"}
"""Files in which a curator finds each kind of record."""


@dataclass(frozen=True)
class CurationFault:
    """One fault in a data folder."""

    file: str
    item: str
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}: {self.item}: {self.problem}. {self.fix}."


class CurationError(Exception):
    """Raised for knowledge that cannot be read; `faults` lists every fault with its fix."""

    def __init__(self, faults: tuple[CurationFault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass
class _Reader:
    """Collector of values and faults while files are read."""

    faults: list[CurationFault] = field(default_factory=list)

    def table(self, file: Traversable, allowed: Collection[str]) -> dict[str, Any]:
        """Read the tables of a file; an unknown table is a fault."""
        try:
            return self.tables(tomllib.loads(file.read_text(encoding="utf-8")), allowed, file.name)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.faults.append(CurationFault(file.name, "the file", f"is not TOML: {error}", "Mend its syntax"))
        except OSError:
            self.faults.append(CurationFault(file.name, "the file", "is not there", "Put it into the data folder"))
        return {}

    def tables(self, raw: Mapping[str, Any], allowed: Collection[str], file: str) -> dict[str, Any]:
        wanted = ", ".join(f"`{name}`" for name in allowed)
        shapes = {name: dict if name == "article" else list for name in allowed}
        for name, value in raw.items():
            if name not in shapes:
                self.faults.append(CurationFault(file, name, "is not read", f"The file may have {wanted}"))
            elif not isinstance(value, shapes[name]):
                fix = f"Write [{name}]" if name == "article" else f"Write [[{name}]]"
                self.faults.append(CurationFault(file, name, f"is not a {shapes[name].__name__} of tables", fix))
        return {name: value for name, value in raw.items() if name in shapes and isinstance(value, shapes[name])}

    def value(self, kind: type[_V], raw: Any, file: str) -> Iterator[_V]:
        if not isinstance(raw, Mapping):
            self.faults.append(
                CurationFault(file, repr(raw), "is not a table", "See knowledge/README.md for what is allowed")
            )
            return
        try:
            yield kind.model_validate(raw)
        except ValidationError as error:
            self.faults += list_faults(error, file, str(raw.get("id", kind.__name__.lower())))


def list_faults(error: ValidationError, file: str, item: str) -> Iterator[CurationFault]:
    """Yield what is wrong with one value."""
    for fault in error.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in fault["loc"])
        problem = f"{where}: {fault['msg']}" if where else fault["msg"]
        yield CurationFault(file, item, problem, "See knowledge/README.md for what is allowed")


def get_packaged_folder() -> Traversable:
    """Return the data folder that comes with the package."""
    return resources.files("knowledge").joinpath("data")


def hash_folder(folder: Traversable) -> str:
    """Return a digest of a data folder's files, which changes when any file does."""
    total = hashlib.sha256()
    for file in _files(folder):
        total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def load_folder(folder: Traversable) -> RecordSet:
    """Return the records in `folder`.

    Raises:
        CurationError: with every fault, if any claim lacks evidence, names what does not exist, or is malformed.
    """
    reader = _Reader()
    knowledge = _read(folder, reader)
    faults = (*reader.faults, *_cross_check(knowledge))
    if faults:
        raise CurationError(faults)
    return knowledge


def parse_article(raw: Mapping[str, Any], file: str) -> tuple[Article, tuple[Claim, ...]]:
    """Parse an article file's TOML table into its record and claims.

    Raises:
        CurationError: if record or claims are malformed.
    """
    reader = _Reader()
    articles, claims = _article(reader.tables(raw, _ARTICLE_TABLES, file), file, reader)
    if reader.faults:
        raise CurationError(tuple(reader.faults))
    return articles[0], claims


def _files(folder: Traversable) -> list[Traversable]:
    return [*_article_files(folder), *(folder.joinpath(f"{name}.toml") for name in _LISTS)]


def _article_files(folder: Traversable) -> list[Traversable]:
    articles = folder.joinpath("articles")
    files = articles.iterdir() if articles.is_dir() else ()
    return sorted((file for file in files if file.name.endswith(".toml")), key=lambda file: file.name)


def _read(folder: Traversable, reader: _Reader) -> RecordSet:
    articles: list[Article] = []
    claims: list[Claim] = []
    for file in _article_files(folder):
        new_articles, new_claims = _article(reader.table(file, _ARTICLE_TABLES), file.name, reader)
        articles += new_articles
        claims += new_claims
    return RecordSet(
        tuple(articles),
        tuple(claims),
        _list(folder, "trends", Trend, reader),
        _list(folder, "entities", Entity, reader),
        _list(folder, "disagreements", Disagreement, reader),
        _list(folder, "terms", Term, reader),
    )


def _list(folder: Traversable, name: str, kind: type[_V], reader: _Reader) -> tuple[_V, ...]:
    file = folder.joinpath(f"{name}.toml")
    return tuple(
        value for raw in reader.table(file, [name]).get(name, ()) for value in reader.value(kind, raw, file.name)
    )


def _article(raw: Mapping[str, Any], file: str, reader: _Reader) -> tuple[tuple[Article, ...], tuple[Claim, ...]]:
    articles = tuple(reader.value(Article, raw.get("article", {}), file))
    if not articles:
        return (), ()
    entries = (_of_article(entry, articles[0].id) for entry in raw.get("claims", ()))
    return articles, tuple(claim for entry in entries for claim in reader.value(Claim, entry, file))


def _of_article(entry: Any, article: str) -> Any:
    """Return a claim's table with the id of the article it stands under, which it cannot choose itself."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("evidence"), list):
        return entry if not isinstance(entry, Mapping) else {**entry, "article": article}
    evidence = [{**piece, "article": article} if isinstance(piece, Mapping) else piece for piece in entry["evidence"]]
    return {**entry, "article": article, "evidence": evidence}


def _cross_check(knowledge: RecordSet) -> Iterator[CurationFault]:
    for flaw in validation.find_flaws(knowledge, _HOMES):
        yield CurationFault(_home(flaw), flaw.item, flaw.problem, flaw.fix)
    for claim in knowledge.claims:
        if any(evidence.quote is not None for evidence in claim.evidence):
            fix = "Seal it with `ai-trends-mcp curate seal`"
            yield CurationFault(f"{claim.article}.toml", claim.id, "carries a quote", fix)


def _home(flaw: validation.Flaw) -> str:
    """Return the name of the file that a faulty item stands in."""
    return f"{flaw.kind}.toml" if flaw.kind in _LISTS else f"{flaw.item.partition('.')[0]}.toml"
