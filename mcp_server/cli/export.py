"""The commands that change what is known, or take it out: `mark`, `history`, `export`, `import`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from knowledge import StoreError
from knowledge.datasets import atomic_files
from knowledge.export import formats
from knowledge.export.jsonl_reader import MOST_BYTES
from knowledge.export.selection import asked, held
from knowledge.store.bundle import Bundle, strip_text
from knowledge.store.packaged import CurationError
from knowledge.store.store import ImportResult
from knowledge.text.sanitize import to_line
from mcp_server.cli.history import editor
from mcp_server.cli.library import opener
from mcp_server.settings import Settings, version

_SHOWN = 5
"""Ids that are said."""


async def export(options: argparse.Namespace) -> int:
    """Write what is known in a format; the exit status."""
    if options.sealed and options.texts:
        print("--sealed leaves out the words, --texts puts them in. Give one of them.", file=sys.stderr)
        return 2
    settings = Settings.read()
    async with opener(settings)() as knowledge:
        claims = None
        if options.query or options.articles or options.trends:
            claims = await asked(knowledge.store, options.query, options.articles, options.trends, options.language)
            if not claims:
                print("No claim answers this. Try other words, or leave the query out.", file=sys.stderr)
                return 1
        holdings = await held(knowledge.store, datetime.now(UTC), version(), claims=claims, with_texts=options.texts)
    written = formats.write(strip_text(holdings) if options.sealed else holdings, options.format, options.language)
    if options.out is None:
        sys.stdout.write(written)
        return 0
    _write(written, options.out)
    print(f"{to_line(str(options.out))}: {_written(holdings, options.format)}.", file=sys.stderr)
    return 0


def _write(written: str, out: Path) -> None:
    if not out.parent.is_dir():
        raise StoreError(f"{out.parent} is no folder. Make it, or name another with --out.")
    try:
        if out.exists() and not out.is_file():  # a device or pipe, which no file may take the place of
            out.write_text(written, encoding="utf-8")
        else:
            atomic_files.write(written.encode(), out)
    except OSError as error:
        raise StoreError(f"{out} cannot be written: {error.strerror}. Name another with --out.") from error


def _written(holdings: Bundle, form: str) -> str:
    """What is in an export of that format."""
    claims, articles = _counted(len(holdings.claims), "claim"), _counted(len(holdings.articles), "article")
    if form == "csv-figures":
        return f"{_counted(sum(len(one.figures) for one in holdings.claims), 'figure')} of {claims}"
    return articles if form in {"bibtex", "csl"} else f"{claims} of {articles}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


async def take_in(options: argparse.Namespace) -> int:
    """Take exports in; the exit status."""
    failed = 0
    async with editor(options.by) as edits:
        for file in options.files:
            try:
                imported, refused = await edits.import_jsonl(_read(file), file.name, marks=options.marks)
            except (StoreError, CurationError) as error:
                failed += 1
                print(to_line(f"{file}: {error}"), file=sys.stderr)
                continue
            print(to_line(f"{file}: {_imported(imported)}"))
            for fault in refused:
                failed += 1
                print(to_line(f"{file}: refused: {fault}"), file=sys.stderr)
    return 1 if failed else 0


def _read(file: Path) -> str:
    """Return a file's text, of which no more is read than may be taken: a device may have no end."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise StoreError(f"has more than {MOST_BYTES:,} bytes. Export it in parts: --query, --articles, --trends.")
        return data.decode()
    except UnicodeDecodeError:
        raise StoreError("is not UTF-8. Give a file that `ai-trends-mcp export --format jsonl` wrote.") from None
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}.") from error


def _imported(one: ImportResult) -> str:
    said = [f"{one.new:,} records are new", f"{one.same:,} were here"]
    said += [f"{one.texts:,} texts are new"] if one.texts else []
    said += [f"{one.changed:,} claims got another status"] if one.changed else []
    said += [f"{len(one.kept):,} stay as they are here: {_some(one.kept)}"] if one.kept else []
    if one.ungrounded:
        said += [
            f"{len(one.ungrounded):,} refused, since their words do not stand in the text: {_some(one.ungrounded)}"
        ]
    if one.unmarked:
        said += [f"{len(one.unmarked):,} have another status there, which --marks takes over: {_some(one.unmarked)}"]
    return f"{', '.join(said)}."


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (", ..." if len(ids) > _SHOWN else "")
