"""The reader of our JSON Lines: the sound records of a file, and the faults of the others. Files are treated as hostile."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from pydantic import ValidationError

from knowledge.export import jsonl
from knowledge.export.jsonl import KINDS, UNKNOWN, VERSION, ArticleText, Header
from knowledge.export.provenance import trace_provenance
from knowledge.model import Article, Claim, Event, Value, serialize_event
from knowledge.store import (
    Bundle,
    CurationError,
    CurationFault,
    Flaw,
    RecordSet,
    copies,
    get_subject_type,
    list_faults,
    validation,
)
from knowledge.text import anchoring, to_excerpt

MOST_BYTES = 64 * 2**20
"""Bytes of UTF-8 in the longest file that is read."""
MOST_LINES = 250_000
"""The most lines that are read; as many of the shortest there are make a file of that length."""
MOST_FAULTS = 1_000
"""Faults that are named one by one; the rest are counted."""
_MOST_DIGITS = 100
_LAST_YEAR = 9999
_ROUNDS = 8
"""Rounds of refusing records that name a refused one; then all that are left are refused."""
_WRITE_AGAIN = "Give the file as `ai-trends-mcp export --format jsonl` wrote it"
_IN_PARTS = "Export it in parts: --query, --articles, --trends"
_REFERS = "Add what it names, or leave it out"
_WHOLE = "Take it with all of its events"
_LINE = re.compile(r'\{"kind":"([a-z]{1,20})","record":(.*)\}')
_ID = re.compile(r'\{"kind":"([a-z]{1,20})","record":\{"id":"((?:[^"\\]|\\.){1,300})"')
_PLACES = {kind: place for place, kind in enumerate(KINDS)}
_KIND_OF = {kind.collection: name for name, kind in KINDS.items()}
_CHECKED = ("articles", "claims", "trends", "entities", "disagreements")
_HOMES: dict[str, str] = dict.fromkeys(validation.RECORD_KINDS, "the file")


class Contents(NamedTuple):
    """The contents of a file."""

    holdings: Bundle
    """The sound records, which refer to sound records only."""
    refused: tuple[CurationFault, ...]
    """The faults of refused records; empty if there are none."""


def read(text: str, file: str = "the file") -> Contents:
    """Return the knowledge in a file, line by line: what is not sound is refused with whatever names it, and the rest is taken.

    A line is sound if it is, letter for letter, the line that would be written of what was read from it.

    Args:
        text: the file, of 64 MiB at the most.
        file: its name, for faults.

    Raises:
        CurationError: if nothing of it can be read: it is too long, cut off, no export of ours, or of a newer version.
    """
    try:
        return _read(text, file)
    except _RefusedError as error:
        raise CurationError(tuple(CurationFault(file, "the file", *fault) for fault in error.faults)) from None


def _read(text: str, file: str) -> Contents:
    _check_size(text)
    first, *lines = text.split("\n")
    header = _header(first, text)
    if not lines or lines.pop() != "" or len(lines) != sum(header.lines.values()):
        _refuse(
            f"has not the {sum(header.lines.values()):,} records that its first line counts: it was cut off or edited"
        )
    found = _Lines(file)
    for number, line in enumerate(lines, start=2):
        found.read(number, line)
    found.settle()
    contents = found.contents()
    written = jsonl.header(contents.holdings)
    if header.sealed and not written.sealed:
        _refuse("says that it is sealed, and has words of articles")
    if not contents.refused and written != header:
        _refuse("has a first line that says something else than the rest")
    return contents


class _RefusedError(Exception):
    """A refusal of a line or file."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(faults)
        self.faults = faults
        """Pairs of problem and fix."""


def _refuse(problem: str, fix: str = _WRITE_AGAIN) -> NoReturn:
    raise _RefusedError((problem, fix))


def _check_size(text: str) -> None:
    try:
        length = len(text) if len(text) > MOST_BYTES else len(text.encode())
    except UnicodeEncodeError:
        _refuse("is not Unicode: it has half a pair of surrogates")
    if length > MOST_BYTES:
        _refuse(f"is longer than {MOST_BYTES // 2**20} MB", _IN_PARTS)
    if text.count("\n") > MOST_LINES:
        _refuse(f"has more than {MOST_LINES:,} lines", _IN_PARTS)


def _header(line: str, text: str) -> Header:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict) or raw.get("format") != "ai-trends-mcp":
        if '"@context"' in text:
            _refuse(
                "is JSON-LD, which is written for other programs and not read",
                "Export the library again with `ai-trends-mcp export --format jsonl`, and import that",
            )
        _refuse("is no JSON Lines export of ai-trends-mcp: its first line does not say so")
    if type(raw.get("version")) is int and raw["version"] != VERSION:
        _refuse(
            f"has a version other than {VERSION}, which this program does not know",
            "Upgrade: pip install -U ai-trends-mcp",
        )
    try:
        header = Header.model_validate_json(line)
    except ValidationError as error:
        _refuse(f"has a first line that cannot be read: {_problems(error)[0]}")
    if header.model_dump_json() != line or [*header.lines] != [*KINDS]:
        _refuse("has a first line that is not as this version writes it")
    return header


def _problems(error: ValidationError) -> list[str]:
    return [to_excerpt(fault.problem) for fault in list_faults(error, "", "")]


@dataclass
class _Lines:
    """The records read so far."""

    file: str
    values: dict[str, list[Any]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    faults: list[CurationFault] = field(default_factory=list)
    last: tuple[Any, ...] = (-1,)
    """By which the line before was sorted."""
    articles: dict[str, Article] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def read(self, number: int, line: str) -> None:
        try:
            kind, value = _parsed(line)
            self._check(kind, value)
        except _RefusedError as error:
            self.faults += (CurationFault(self.file, _name_of_line(number, line), *fault) for fault in error.faults)
        else:
            self.values[kind].append(value)

    def _check(self, kind: str, value: Any) -> None:
        place = (_PLACES[kind], *KINDS[kind].order(value))
        if place < self.last:
            _refuse("stands behind a line that it should be before")
        self.last = place
        if isinstance(value, Article):
            _check_article(value)
            self.articles[value.id] = value
        elif isinstance(value, ArticleText):
            self._check_text(value)
        elif isinstance(value, Claim):
            _check_claim(value, self.texts)
        elif isinstance(value, Event):
            _check_event(value)

    def _check_text(self, text: ArticleText) -> None:
        """Refuse a text that is not the one that its article's record is of, and that record with it."""
        article = self.articles.get(text.article)
        if article is None or text.article in self.texts:
            _refuse("is the text of no article in the file, or its second", _REFERS)
        digests = {anchoring.digest(text.body), anchoring.digest(anchoring.normalise(text.body))}
        if len(text.body) != article.length or digests != {article.sha256}:
            del self.articles[article.id]
            _refuse("has not the digest that its article's record says", "Leave the text out, or give the right one")
        self.texts[article.id] = text.body

    def settle(self) -> None:
        """Refuse inconsistent records until the rest is consistent."""
        self.values["article"] = [article for article in self.values["article"] if article.id in self.articles]
        for _ in range(_ROUNDS):
            unsound = set(self._flaws())
            if not unsound:
                return
            for kind, values in self.values.items():
                self.values[kind] = [value for value in values if (kind, _id(value)) not in unsound]
        self._fault("the file", "hangs together with what was refused, all of it", _WRITE_AGAIN)
        self.values = {kind: [] for kind in KINDS}

    def _flaws(self) -> Iterator[tuple[str, str]]:
        """Yield kind and id of whatever names something that is not here, or is not what its events say."""
        knowledge = RecordSet(**{name: tuple(self.values[_KIND_OF[name]]) for name in _CHECKED})
        for flaw in (*validation.find_flaws(knowledge, _HOMES), *self._flaws_of_history()):
            kind = _KIND_OF[flaw.kind]
            self._fault(f"{kind} {to_excerpt(flaw.item)}", to_excerpt(flaw.problem), flaw.fix)
            yield kind, flaw.item
        there = {(type(value), value.id) for kind in ("article", "entity", "claim") for value in self.values[kind]}
        for event in self.values["event"]:
            if (get_subject_type(event), event.subject) not in there:
                self._fault(f"event of {to_excerpt(event.subject)}", "was done to what is not in the file", _REFERS)
                yield "event", _id(event)
        yield from (("text", text.article) for text in self.values["text"] if (Article, text.article) not in there)

    def _flaws_of_history(self) -> Iterator[Flaw]:
        events: list[Event] = self.values["event"]
        came = {(event.action, event.subject): event.record for event in reversed(events) if event.record}
        changed = trace_provenance(events).changed
        for entity in self.values["entity"]:
            if ("named", entity.id) not in came:
                yield Flaw("entities", entity.id, "no event says how it came", _WHOLE)
        for claim in self.values["claim"]:
            record, last = came.get(("recorded", claim.id)), changed.get(claim.id)
            if record is None:
                yield Flaw("claims", claim.id, "no event says how it came", _WHOLE)
            elif claim.status != (last.action if last else Claim.model_validate_json(record).status):
                yield Flaw("claims", claim.id, "its status is not what its events say", _WHOLE)

    def _fault(self, item: str, problem: str, fix: str) -> None:
        self.faults.append(CurationFault(self.file, item, problem, fix))

    def contents(self) -> Contents:
        events, more = self.values["event"], len(self.faults) - MOST_FAULTS
        if more > 0:
            self.faults[MOST_FAULTS:] = [
                CurationFault(self.file, "the file", f"has {more} faults more", "Correct these first")
            ]
        collections: dict[str, Any] = {kind.collection: tuple(self.values[name]) for name, kind in KINDS.items()}
        collections["texts"] = {text.article: text.body for text in self.values["text"]}
        holdings = Bundle(exported=events[-1].at if events else UNKNOWN, version="", **collections)
        return Contents(holdings, tuple(self.faults))


def _id(value: Any) -> str:
    if isinstance(value, Event):
        return serialize_event(value)
    return str(value.article if isinstance(value, ArticleText) else value.id)


def _name_of_line(number: int, line: str) -> str:
    """Return what a line is called in faults: its kind and id where it begins with them, else its number."""
    named = _ID.match(line)
    return to_excerpt(f"{named[1]} {named[2]}") if named else f"line {number}"


def _parsed(line: str) -> tuple[str, Value]:
    match = _LINE.fullmatch(line)
    if match is None or match[1] not in KINDS:
        _refuse("is no line of a record of a known kind")
    kind, raw = match.groups()
    value = _validated(KINDS[kind].model, raw, "")
    if jsonl.line(kind, value) != line:
        _refuse("is not as this version writes it")
    return kind, value


def _validated(model: type[Value], raw: str, prefix: str) -> Value:
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        raise _RefusedError(*((prefix + problem, _WRITE_AGAIN) for problem in _problems(error))) from None
    except OverflowError:
        _refuse(f"{prefix}a moment is outside of the calendar")


def _check_article(article: Article) -> None:
    if article.curated is not None:
        _refuse("`curated` is for the library to decide", "Leave it out")
    if article.length > copies.LONGEST_TEXT:
        _refuse(f"its text has more than {copies.LONGEST_TEXT:,} characters", "Leave it out")


def _check_claim(claim: Claim, texts: dict[str, str]) -> None:
    _check_numbers(claim)
    for piece in claim.evidence:
        where = f"the quote at {piece.start}..{piece.end} of article {piece.article!r}"
        if piece.quote is None:
            if piece.article in texts:
                _refuse(f"{where} is not there, though the text is")
        elif len(piece.quote) != piece.end - piece.start or anchoring.digest(piece.quote) != piece.sha256:
            _refuse(f"{where} does not digest to its seal", "Leave the words out, or give the sealed ones")
        elif piece.article in texts and not texts[piece.article].startswith(piece.quote, piece.start):
            _refuse(f"{where} does not stand there", "Seal the claim again from its quote")


def _check_numbers(claim: Claim) -> None:
    """Refuse numbers such as 1E+999999, which has a million digits when it is written out."""
    numbers = [number for figure in claim.figures for number in (figure.value, figure.upper) if number is not None]
    if any(abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS for number in numbers):
        _refuse(f"a number has more than {_MOST_DIGITS} digits", "Correct it")
    if any(not 0 < (figure.currency_year or 1) <= _LAST_YEAR for figure in claim.figures):
        _refuse("`currency_year` is no year", "Correct it")


def _check_event(event: Event) -> None:
    """Refuse what happened to a library only, and records that are not of what the event was done to."""
    if event.action == "imported":
        _refuse("is of another library alone", "Leave it out")
    if event.record is None:
        return
    value: Any = _validated(get_subject_type(event), event.record, "record: ")
    if value.id != event.subject:
        _refuse(f"its record is of {to_excerpt(value.id)!r}", f"Give the record of {to_excerpt(event.subject)!r}")
    if value.model_dump_json(exclude_defaults=True) != event.record:
        _refuse("its record is not as this version writes it")
    if isinstance(value, Article):
        _check_article(value)
    elif isinstance(value, Claim):
        _check_claim(value, {})
